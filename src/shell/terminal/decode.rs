//! Bytes to inputs: keys, pastes, and answers of the terminal.
//!
//! 1. [`Event`]: what reaches the loop.
//! 2. [`Decoder`] cuts the bytes into sequences: keys go to terminput, pastes are
//!    collected whole, answers to our questions are told apart from keys.
//!
//! A paste that never ends is given up on; a sequence nobody knows is dropped. Reads
//! no terminal and waits for nothing: that is the [`inbox`](crate::shell::app::inbox)'s affair.

use crate::command::{Input, Mouse};
use crate::text::key::{Code, Key};
use std::time::Duration;
use terminput::{
    Event as Decoded, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
    ScrollDirection,
};

/// Something that reaches the loop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key or a paste.
    Input(Input),
    /// The terminal told its background: whether it is light.
    Background(bool),
    /// The terminal told where its cursor is: the column, from 1.
    Column(u16),
    /// The terminal told of a private mode: its number, and whether it knows it.
    Knows(u16, bool),
    /// The terminal has answered everything that it will.
    Answered,
    /// More of what is read has come; the loader has it.
    Loaded,
    /// Something has happened to the file that is read.
    Touched,
    /// A signal came.
    Signal(i32),
    /// The store has something to say.
    Store(crate::shell::store::Reply),
    /// What became of a text for the clipboard: what to say, and whether it is a
    /// warning.
    Copied((String, bool)),
    /// The terminal has gone.
    HangUp,
}

/// How long an unfinished sequence is waited for: a lone Esc
/// is a key, over a slow line too.
const PATIENCE: Duration = Duration::from_millis(40);
/// How long the rest of an answer of the terminal is waited for.
const ANSWER_PATIENCE: Duration = Duration::from_millis(400);
/// How long the end of a paste is waited for.
const PASTE_PATIENCE: Duration = Duration::from_secs(1);
/// The longest paste, in bytes.
const LONGEST: usize = 1 << 20;

/// Cuts a stream of bytes into events.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    /// Whether a paste that is too long goes by, unseen; the end of what came of it
    /// is pending.
    skips: bool,
}

const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

impl Decoder {
    /// How long to wait for more; `None` for ever.
    pub fn patience(&self) -> Option<Duration> {
        match self.pending.as_slice() {
            _ if self.pastes() => Some(PASTE_PATIENCE),
            [] => None,
            // no hand types this: an answer that comes in pieces
            [0x1b, b'[' | b']' | b'P', _, ..] => Some(ANSWER_PATIENCE),
            _ => Some(PATIENCE),
        }
    }

    /// Whether a paste is on the way.
    pub fn pastes(&self) -> bool {
        self.skips || self.pending.starts_with(PASTE)
    }

    /// Takes bytes; returns what they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.pending.extend_from_slice(bytes);
        if self.skips && !self.skip() {
            return Vec::new();
        }
        let mut events = Vec::new();
        let mut at = 0;
        while let Some(rest) = self.pending.get(at..).filter(|r| !r.is_empty()) {
            match cut(rest) {
                Cut::Whole(n, event) => {
                    events.extend(event);
                    at += n;
                }
                Cut::Partial => break,
            }
        }
        self.pending.drain(..at);
        if self.pending.len() > LONGEST {
            // what is left of a paste must not be taken for keys
            self.skips = self.pending.starts_with(PASTE);
            self.pending.clear();
        }
        events
    }

    /// Passes over a paste; whether its end has come.
    fn skip(&mut self) -> bool {
        let end = find(&self.pending, PASTE_END).map(|i| i + PASTE_END.len());
        // the end may be cut in two
        let gone = end.unwrap_or_else(|| self.pending.len().saturating_sub(PASTE_END.len() - 1));
        self.pending.drain(..gone);
        self.skips = end.is_none();
        !self.skips
    }

    /// Nothing more came: what is pending is all there is.
    pub fn give_up(&mut self) -> Vec<Event> {
        let pending = std::mem::take(&mut self.pending);
        if std::mem::take(&mut self.skips) {
            return Vec::new();
        }
        match pending.as_slice() {
            [0x1b] => vec![key(Key::plain(Code::Esc))],
            // a string or a sequence without its end, half a character
            _ => Vec::new(),
        }
    }
}

/// What stands at the head of the bytes.
enum Cut {
    /// So many bytes, which mean this, or nothing.
    Whole(usize, Option<Event>),
    /// Not all of it has come.
    Partial,
}

fn key(key: Key) -> Event {
    Event::Input(Input::Key(key))
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}

/// Cuts one sequence off.
#[allow(clippy::match_same_arms, reason = "one arm for each form of sequence")]
fn cut(bytes: &[u8]) -> Cut {
    if bytes.starts_with(PASTE) {
        let body = bytes.get(PASTE.len()..).unwrap_or_default();
        return match find(body, PASTE_END) {
            Some(end) => {
                let text =
                    String::from_utf8_lossy(body.get(..end).unwrap_or_default()).into_owned();
                Cut::Whole(
                    PASTE.len() + end + PASTE_END.len(),
                    Some(Event::Input(Input::Paste(text))),
                )
            }
            None => Cut::Partial,
        };
    }
    match bytes {
        [0x1b] => Cut::Partial,
        [0x1b, b']' | b'P' | b'_' | b'^', ..] => match end_of_string(bytes) {
            Some(end) => Cut::Whole(end, background(bytes.get(..end).unwrap_or_default())),
            None => Cut::Partial,
        },
        [0x1b, b'[', rest @ ..] => {
            let Some(last) = rest
                .iter()
                .position(|b| (0x40..=0x7e).contains(b) && *b != b'[')
            else {
                return Cut::Partial;
            };
            let body = rest.get(..last).unwrap_or_default();
            let event = match rest.get(last) {
                Some(b'c') if body.starts_with(b"?") => Some(Event::Answered),
                Some(b'R') if body.contains(&b';') => column(body),
                Some(b'y') if body.starts_with(b"?") && body.ends_with(b"$") => knows(body),
                _ => decoded(bytes.get(..last + 3).unwrap_or_default()),
            };
            Cut::Whole(last + 3, event)
        }
        [0x1b, b'O', last, ..] => Cut::Whole(3, decoded(&[0x1b, b'O', *last])),
        [0x1b, b'O'] => Cut::Partial,
        // Esc and a key in one breath: two keys, for people type faster than Alt
        [0x1b, ..] => Cut::Whole(1, Some(key(Key::plain(Code::Esc)))),
        // Enter, typed before the terminal was ours
        [b'\n', ..] => Cut::Whole(1, Some(key(Key::plain(Code::Enter)))),
        [first, ..] => {
            let len = match first {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => 1,
            };
            match bytes.get(..len) {
                Some(whole) => Cut::Whole(len, decoded(whole)),
                None => Cut::Partial,
            }
        }
        [] => Cut::Partial,
    }
}

/// Where a string sequence ends: after BEL or ST.
fn end_of_string(bytes: &[u8]) -> Option<usize> {
    let bell = bytes.iter().position(|&b| b == 7).map(|i| i + 1);
    let st = find(bytes, b"\x1b\\").map(|i| i + 2);
    bell.into_iter().chain(st).min()
}

/// Reads `OSC 11 ; rgb:rrrr/gggg/bbbb`: whether the background is light.
fn background(bytes: &[u8]) -> Option<Event> {
    let text = std::str::from_utf8(bytes).ok()?;
    let colour = text.strip_prefix("\x1b]11;")?.strip_prefix("rgb")?;
    let parts: Vec<f64> = colour
        .trim_start_matches('a')
        .trim_start_matches(':')
        .trim_end_matches(['\x07', '\x1b', '\\'])
        .split('/')
        .take(3)
        .filter_map(|hex| {
            Some(
                f64::from(u16::from_str_radix(hex, 16).ok()?)
                    / f64::from((1u32 << (4 * hex.len().min(4))) - 1),
            )
        })
        .collect();
    let [r, g, b] = parts.as_slice() else {
        return None;
    };
    Some(Event::Background(0.299 * r + 0.587 * g + 0.114 * b > 0.5))
}

/// Reads `row ; column` of a cursor position report.
fn column(body: &[u8]) -> Option<Event> {
    let text = std::str::from_utf8(body).ok()?;
    Some(Event::Column(text.split(';').nth(1)?.parse().ok()?))
}

/// Reads `? mode ; state $` of a report on a private mode (DECRPM): 1 and 2 are
/// on and off, 3 on for ever; 0 and 4 are of no use.
fn knows(body: &[u8]) -> Option<Event> {
    let text = std::str::from_utf8(body).ok()?;
    let (mode, state) = text.strip_prefix('?')?.strip_suffix('$')?.split_once(';')?;
    Some(Event::Knows(
        mode.parse().ok()?,
        matches!(state, "1" | "2" | "3"),
    ))
}

/// What a button or the wheel means.
fn mouse(event: terminput::MouseEvent) -> Option<Event> {
    let mouse = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Mouse::Click,
        MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
        MouseEventKind::Scroll(ScrollDirection::Up) => Mouse::WheelUp,
        MouseEventKind::Scroll(ScrollDirection::Down) => Mouse::WheelDown,
        _ => return None,
    };
    Some(Event::Input(Input::Mouse(mouse, event.column, event.row)))
}

/// Whether it is a report of the mouse at a column or row 0, which there is not.
fn is_nowhere(bytes: &[u8]) -> bool {
    let zero = |number: &[u8]| number.iter().all(|b| matches!(b, b'0' | b'+'));
    match bytes {
        [0x1b, b'[', body @ .., b'M' | b'm'] => body.split(|b| *b == b';').skip(1).any(zero),
        _ => false,
    }
}

/// Lets terminput say which key a sequence is.
fn decoded(bytes: &[u8]) -> Option<Event> {
    if is_nowhere(bytes) {
        return None;
    }
    let event = match Decoded::parse_from(bytes) {
        Ok(Some(Decoded::Key(event))) => event,
        Ok(Some(Decoded::Mouse(event))) => return mouse(event),
        _ => return None,
    };
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let ctrl = event.modifiers.contains(KeyModifiers::CTRL);
    Some(key(Key { code, ctrl }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(bytes: &[u8]) -> Vec<String> {
        let mut d = Decoder::default();
        let mut events = d.feed(bytes);
        events.extend(d.give_up());
        events
            .into_iter()
            .map(|e| match e {
                Event::Input(Input::Key(k)) => k.to_string(),
                Event::Input(Input::Paste(t)) => format!("paste {t}"),
                other => format!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn keys_are_told_apart() {
        assert_eq!(
            keys(b"jJ\r\t\x7f\x04\x1b[A\x1b[6~\x1bOP\x1b[Z\x1b"),
            [
                "j",
                "J",
                "enter",
                "tab",
                "backspace",
                "ctrl-d",
                "up",
                "pgdn",
                "f1",
                "shift-tab",
                "esc"
            ]
        );
        assert_eq!(keys("／雄".as_bytes()), ["／", "雄"]);
        assert_eq!(keys(b"\x1bn"), ["esc", "n"]);
    }

    #[test]
    fn a_paste_comes_whole_or_not_at_all() {
        assert_eq!(
            keys("\u{1b}[200~雄安\u{1b}[201~q".as_bytes()),
            ["paste 雄安", "q"]
        );
        assert_eq!(keys("\u{1b}[200~雄安".as_bytes()), Vec::<String>::new());
        let mut d = Decoder::default();
        d.feed(b"\x1b[200~abc");
        d.give_up();
        assert_eq!(d.feed(b"q"), [key(Key::char('q'))]);
    }

    #[test]
    fn what_has_no_end_is_given_up_at_once() {
        for begun in [
            &b"\x1b_A\x1b[0~\x1b"[..],
            b"\x1b^q\x1b",
            b"\x1b]11;rgb:\x1b",
            b"\x1bPq",
            b"\x1b[<0;",
            b"\xe4\xbd",
            b"\x1bO",
        ] {
            let mut d = Decoder::default();
            assert_eq!(
                (d.feed(begun), d.give_up(), d.patience()),
                (vec![], vec![], None),
                "{begun:?}"
            );
        }
    }

    #[test]
    fn nothing_of_a_paste_is_taken_for_keys_however_long() {
        let mut d = Decoder::default();
        let all: Vec<_> = [PASTE, &vec![b'q'; 3 * LONGEST], b"\x1b[20", b"1~j"]
            .concat()
            .chunks(4096)
            .flat_map(|b| d.feed(b))
            .collect();
        assert_eq!((all, d.pastes()), (vec![key(Key::char('j'))], false));
        let none: Vec<_> = [PASTE, &vec![b'q'; 3 * LONGEST]]
            .concat()
            .chunks(4096)
            .flat_map(|b| d.feed(b))
            .collect();
        assert_eq!((none, d.pastes()), (Vec::new(), true));
        assert_eq!(
            (d.give_up(), d.feed(b"q"), d.pastes()),
            (Vec::new(), vec![key(Key::char('q'))], false)
        );
    }

    #[test]
    fn bytes_may_come_one_by_one() {
        let mut d = Decoder::default();
        let all: Vec<_> = "雄\u{1b}[200~安\u{1b}[201~\u{1b}[B"
            .bytes()
            .flat_map(|b| d.feed(&[b]))
            .collect();
        assert_eq!(
            all,
            [
                key(Key::char('雄')),
                Event::Input(Input::Paste("安".into())),
                key(Key::plain(Code::Down))
            ]
        );
    }

    #[test]
    fn the_mouse_clicks_and_scrolls() {
        assert_eq!(
            keys(b"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<65;1;1M"),
            ["Input(Mouse(Click, 9, 4))", "Input(Mouse(WheelDown, 0, 0))"]
        );
    }

    #[test]
    fn the_mouse_is_somewhere() {
        for nowhere in [
            "\x1b[<0;0;5M",
            "\x1b[<0;5;0m",
            "\x1b[<65;1;00M",
            "\x1b[32;0;1M",
            "\x1b[32;1;0M",
            "\x1b[32;1;+0M",
            "\x1b[<0;;M",
        ] {
            assert_eq!(
                keys(nowhere.as_bytes()),
                Vec::<String>::new(),
                "{nowhere:?}"
            );
        }
    }

    #[test]
    fn answers_are_no_keys() {
        assert_eq!(
            keys(b"\x1b]11;rgb:fafa/f8f8/f2f2\x1b\\\x1b[1;2R\x1b[?62;22c"),
            ["Background(true)", "Column(2)", "Answered"]
        );
        assert_eq!(keys(b"\x1b]11;rgb:14/16/1a\x07"), ["Background(false)"]);
        assert_eq!(
            keys(b"\x1b[?69;2$y\x1b[?2026;0$yj"),
            ["Knows(69, true)", "Knows(2026, false)", "j"]
        );
        assert_eq!(keys(b"\x1bP1+r\x1b\\j"), ["j"]);
    }
}
