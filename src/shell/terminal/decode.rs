//! Decodes bytes of the terminal to events: keys, pastes, mouse, and answers to our questions.
//!
//! [`Decoder`] cuts the bytes into sequences: keys go to terminput, pastes are collected
//! whole, answers are separated from keys. Of a paste that never ends, what has come is taken; an
//! unknown sequence is dropped. Reads no terminal and waits for nothing: the
//! [`inbox`](crate::shell::app::inbox) does.

use crate::command::{Input, Mouse};
use crate::shell::event::AppEvent;
use crate::text::key::{Code, Key};
use memchr::memmem;
use std::time::Duration;
use terminput::{
    Event, KeyCode, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind, ScrollDirection,
};

/// The time that the rest of a sequence is waited for: long enough for a slow line, short
/// enough for a lone Esc.
const KEY_TIMEOUT: Duration = Duration::from_millis(40);
/// The time that the rest of an answer of the terminal is waited for.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(400);
/// The time that the end of a paste is waited for.
const PASTE_TIMEOUT: Duration = Duration::from_secs(1);
/// Of a longer paste the beginning is taken, and it is said.
const MAX_PASTE_BYTES: usize = 64 << 20;

/// Longer sequences are none.
const MAX_SEQUENCE_BYTES: usize = 1 << 20;

const PASTE: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Cuts a stream of bytes into events.
#[derive(Debug, Default)]
pub struct Decoder {
    pending: Vec<u8>,
    /// Drops the bytes of a paste that was too long, until its end.
    skips_paste: bool,
    /// Bytes of a paste in which no end was found.
    searched: usize,
}

impl Decoder {
    /// Returns the time to wait for more bytes; `None` without a limit.
    pub fn timeout(&self) -> Option<Duration> {
        match self.pending.as_slice() {
            _ if self.is_in_paste() => Some(PASTE_TIMEOUT),
            [] => None,
            // not typed: an answer that comes in pieces
            [0x1b, b'[' | b']' | b'P', _, ..] => Some(ANSWER_TIMEOUT),
            _ => Some(KEY_TIMEOUT),
        }
    }

    /// Returns whether a paste has begun and not ended.
    pub(crate) fn is_in_paste(&self) -> bool {
        self.skips_paste || self.pending.starts_with(PASTE)
    }

    /// Takes bytes; returns the events that they complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<AppEvent> {
        self.pending.extend_from_slice(bytes);
        if self.skips_paste && !self.skip_paste() {
            return Vec::new();
        }
        let mut events = Vec::new();
        if !self.has_end_of_paste() {
            return self.cut_paste();
        }
        let mut at = 0;
        while let Some((len, event)) = self.pending.get(at..).and_then(sequence) {
            events.extend(event);
            at += len;
        }
        self.pending.drain(..at);
        if !self.is_in_paste() && self.pending.len() > MAX_SEQUENCE_BYTES {
            self.pending.clear();
        }
        events
    }

    /// Returns whether the paste that has begun, if there is one, has its end. Searches each
    /// byte once.
    fn has_end_of_paste(&mut self) -> bool {
        if !self.pending.starts_with(PASTE) {
            self.searched = 0;
            return true;
        }
        // the end may be cut in two
        let from = self.searched.saturating_sub(PASTE_END.len());
        let rest = self.pending.get(from..).unwrap_or_default();
        let has_end = memmem::find(rest, PASTE_END).is_some();
        self.searched = if has_end { 0 } else { self.pending.len() };
        has_end
    }

    /// Ends a paste that is too long: its beginning is taken, and its rest is not taken for keys.
    fn cut_paste(&mut self) -> Vec<AppEvent> {
        if self.pending.len() <= MAX_PASTE_BYTES {
            return Vec::new();
        }
        self.skips_paste = true;
        let text = self.take_paste();
        // the rest may begin with the end
        let kept = self.pending.len().saturating_sub(PASTE_END.len());
        self.pending.drain(..kept);
        vec![text, AppEvent::PasteCut]
    }

    /// Takes what has come of a paste.
    fn take_paste(&mut self) -> AppEvent {
        self.searched = 0;
        let body = self.pending.get(PASTE.len()..).unwrap_or_default();
        let text = String::from_utf8_lossy(body);
        AppEvent::Input(Input::Paste(text.into_owned()))
    }

    /// Drops bytes up to the end of a paste; returns whether it has come.
    fn skip_paste(&mut self) -> bool {
        let end = memmem::find(&self.pending, PASTE_END).map(|i| i + PASTE_END.len());
        // the end may be cut in two
        let kept = PASTE_END.len() - 1;
        let dropped = end.unwrap_or_else(|| self.pending.len().saturating_sub(kept));
        self.pending.drain(..dropped);
        self.skips_paste = end.is_none();
        !self.skips_paste
    }

    /// Ends the pending bytes, since no more came.
    pub fn give_up(&mut self) -> Vec<AppEvent> {
        let is_paste = !self.skips_paste && self.pending.starts_with(PASTE);
        let pasted = is_paste.then(|| self.take_paste());
        let pending = std::mem::take(&mut self.pending);
        if let Some(pasted) = pasted {
            // a slow line, or a terminal that forgets the end
            return vec![pasted];
        }
        if std::mem::take(&mut self.skips_paste) || pending != [0x1b] {
            // a string or a sequence without its end, half a character
            return Vec::new();
        }
        vec![key(Key::plain(Code::Esc))]
    }
}

fn key(key: Key) -> AppEvent {
    AppEvent::Input(Input::Key(key))
}

/// A sequence's length in bytes, and its event where it has one.
type Sequence = (usize, Option<AppEvent>);

/// Cuts the first sequence off; `None` where it is not complete.
fn sequence(bytes: &[u8]) -> Option<Sequence> {
    match bytes {
        [] | [0x1b] => None,
        _ if bytes.starts_with(PASTE) => paste(bytes),
        [0x1b, b']' | b'P' | b'_' | b'^', ..] => control_string(bytes),
        [0x1b, b'[', rest @ ..] => control_sequence(bytes, rest),
        [0x1b, b'O', ..] => bytes.get(..3).map(|whole| (3, known_key(whole))),
        // Esc and a key at once are two keys: people type faster than they press Alt
        [0x1b, ..] => Some((1, Some(key(Key::plain(Code::Esc))))),
        // Enter, typed before raw mode
        [b'\n', ..] => Some((1, Some(key(Key::plain(Code::Enter))))),
        [first, ..] => {
            let len = match first {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => 1,
            };
            bytes.get(..len).map(|whole| (len, known_key(whole)))
        }
    }
}

/// Cuts off a bracketed paste.
fn paste(bytes: &[u8]) -> Option<Sequence> {
    let body = bytes.get(PASTE.len()..)?;
    let end = memmem::find(body, PASTE_END)?;
    let text = String::from_utf8_lossy(body.get(..end)?).into_owned();
    let event = AppEvent::Input(Input::Paste(text));
    Some((PASTE.len() + end + PASTE_END.len(), Some(event)))
}

/// Cuts off a string (OSC, DCS, APC, PM), which ends with BEL or ST.
fn control_string(bytes: &[u8]) -> Option<Sequence> {
    let bel = memchr::memchr(7, bytes).map(|i| i + 1);
    let st = memmem::find(bytes, b"\x1b\\").map(|i| i + 2);
    let end = bel.into_iter().chain(st).min()?;
    Some((end, background(bytes.get(..end)?)))
}

/// Cuts off a control sequence (CSI), whose final byte is in `@` to `~`.
fn control_sequence(bytes: &[u8], rest: &[u8]) -> Option<Sequence> {
    let is_final = |b: &u8| (0x40..=0x7e).contains(b) && *b != b'[';
    let last = rest.iter().position(is_final)?;
    let body = rest.get(..last)?;
    let event = match rest.get(last) {
        Some(b'c') if body.starts_with(b"?") => Some(AppEvent::Answered),
        Some(b'R') if body.contains(&b';') => cursor_column(body),
        Some(b'y') if body.starts_with(b"?") && body.ends_with(b"$") => private_mode(body),
        _ => known_key(bytes.get(..last + 3)?),
    };
    Some((last + 3, event))
}

/// Parses `OSC 11 ; rgb:rrrr/gggg/bbbb`: whether the background is light.
fn background(bytes: &[u8]) -> Option<AppEvent> {
    let text = std::str::from_utf8(bytes).ok()?;
    let colour = text.strip_prefix("\x1b]11;")?.strip_prefix("rgb")?;
    let colour = colour.trim_start_matches('a').trim_start_matches(':');
    let part = |hex: &str| {
        let value = f64::from(u16::from_str_radix(hex, 16).ok()?);
        Some(value / f64::from((1u32 << (4 * hex.len().min(4))) - 1))
    };
    let parts = colour.trim_end_matches(['\x07', '\x1b', '\\']).split('/');
    let parts: Vec<f64> = parts.take(3).filter_map(part).collect();
    let [r, g, b] = *parts.as_array()?;
    Some(AppEvent::Background(
        0.299 * r + 0.587 * g + 0.114 * b > 0.5,
    ))
}

/// Parses `row ; column` of a cursor position report.
fn cursor_column(body: &[u8]) -> Option<AppEvent> {
    let text = std::str::from_utf8(body).ok()?;
    Some(AppEvent::Column(text.split(';').nth(1)?.parse().ok()?))
}

/// Parses `? mode ; state $` of a report on a private mode (DECRPM): 1 and 2 are on and
/// off, 3 is on for ever; 0 and 4 mean that the mode cannot be used.
fn private_mode(body: &[u8]) -> Option<AppEvent> {
    let text = std::str::from_utf8(body).ok()?;
    let (mode, state) = text.strip_prefix('?')?.strip_suffix('$')?.split_once(';')?;
    let known = matches!(state, "1" | "2" | "3");
    Some(AppEvent::Mode(mode.parse().ok()?, known))
}

/// Decodes a key or a report of the mouse with terminput.
fn known_key(bytes: &[u8]) -> Option<AppEvent> {
    if is_mouse_at_zero(bytes) {
        return None;
    }
    match Event::parse_from(bytes).ok()?? {
        Event::Mouse(event) => mouse(event),
        Event::Key(event) if event.kind != KeyEventKind::Release => {
            let shift = event.modifiers.contains(KeyModifiers::SHIFT);
            let ctrl = event.modifiers.contains(KeyModifiers::CTRL);
            let code = key_code(event.code, shift)?;
            Some(key(Key { code, ctrl }))
        }
        _ => None,
    }
}

/// Returns whether it is a report of the mouse at a column or row 0, which does not exist
/// and which terminput takes for a very large one.
fn is_mouse_at_zero(bytes: &[u8]) -> bool {
    let zero = |number: &[u8]| number.iter().all(|b| matches!(b, b'0' | b'+'));
    match bytes {
        [0x1b, b'[', body @ .., b'M' | b'm'] => body.split(|b| *b == b';').skip(1).any(zero),
        _ => false,
    }
}

fn mouse(event: terminput::MouseEvent) -> Option<AppEvent> {
    let mouse = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Mouse::Click,
        MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
        MouseEventKind::Scroll(ScrollDirection::Up) => Mouse::WheelUp,
        MouseEventKind::Scroll(ScrollDirection::Down) => Mouse::WheelDown,
        _ => return None,
    };
    let input = Input::Mouse(mouse, event.column, event.row);
    Some(AppEvent::Input(input))
}

/// Keys without a value of their own.
const NAMED_KEYS: [(KeyCode, Code); 13] = [
    (KeyCode::Enter, Code::Enter),
    (KeyCode::Esc, Code::Esc),
    (KeyCode::Tab, Code::Tab),
    (KeyCode::Backspace, Code::Backspace),
    (KeyCode::Delete, Code::Delete),
    (KeyCode::Up, Code::Up),
    (KeyCode::Down, Code::Down),
    (KeyCode::Left, Code::Left),
    (KeyCode::Right, Code::Right),
    (KeyCode::Home, Code::Home),
    (KeyCode::End, Code::End),
    (KeyCode::PageUp, Code::PageUp),
    (KeyCode::PageDown, Code::PageDown),
];

fn key_code(code: KeyCode, shift: bool) -> Option<Code> {
    match code {
        KeyCode::Char(c) => Some(Code::Char(c)),
        KeyCode::F(n) => Some(Code::F(n)),
        KeyCode::Tab if shift => Some(Code::BackTab),
        _ => Some(NAMED_KEYS.iter().find(|(theirs, _)| *theirs == code)?.1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        let mut decoder = Decoder::default();
        let mut events = decoder.feed(bytes);
        events.extend(decoder.give_up());
        let shown = events.into_iter().map(|event| match event {
            AppEvent::Input(Input::Key(key)) => key.to_string(),
            AppEvent::Input(Input::Paste(text)) => format!("paste:{text}"),
            AppEvent::Input(Input::Mouse(mouse, x, y)) => format!("{mouse:?}:{x}:{y}"),
            other => format!("{other:?}").replace(' ', ""),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn bytes_become_events() {
        for (bytes, wanted) in [
            ("jJ\r\t\x7f\x04", "j J enter tab backspace ctrl-d"),
            ("\x1b[A\x1b[6~\x1bOP\x1b[Z\x1b", "up pgdn f1 shift-tab esc"),
            ("／雄", "／ 雄"),
            ("\x1bn", "esc n"),
            ("\x1b[200~雄安\x1b[201~q", "paste:雄安 q"),
            ("\x1b[200~雄安", "paste:雄安"),
            ("\x1b[<0;10;5M\x1b[<0;10;5m", "Click:9:4"),
            ("\x1b[<65;1;1M", "WheelDown:0:0"),
            // the mouse is never at column or row 0
            ("\x1b[<0;0;5M", ""),
            ("\x1b[<0;5;0m", ""),
            ("\x1b[<65;1;00M", ""),
            ("\x1b[32;0;1M", ""),
            ("\x1b[32;1;0M", ""),
            ("\x1b[32;1;+0M", ""),
            ("\x1b[<0;;M", ""),
            // answers are not keys
            ("\x1b]11;rgb:fafa/f8f8/f2f2\x1b\\", "Background(true)"),
            ("\x1b[1;2R\x1b[?62;22c", "Column(2) Answered"),
            ("\x1b]11;rgb:14/16/1a\x07", "Background(false)"),
            (
                "\x1b[?69;2$y\x1b[?2026;0$yj",
                "Mode(69,true) Mode(2026,false) j",
            ),
            ("\x1bP1+r\x1b\\j", "j"),
        ] {
            assert_eq!(decoded(bytes.as_bytes()), wanted, "{bytes:?}");
        }
    }

    #[test]
    fn of_a_paste_without_an_end_is_taken_what_has_come() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.feed(b"\x1b[200~abc"), []);
        let pasted = AppEvent::Input(Input::Paste("abc".to_owned()));
        assert_eq!(decoder.give_up(), [pasted]);
        assert_eq!(decoder.feed(b"q"), [key(Key::char('q'))]);
    }

    #[test]
    fn a_sequence_without_an_end_is_given_up() {
        for begun in [
            &b"\x1b_A\x1b[0~\x1b"[..],
            b"\x1b^q\x1b",
            b"\x1b]11;rgb:\x1b",
            b"\x1bPq",
            b"\x1b[<0;",
            b"\xe4\xbd",
            b"\x1bO",
        ] {
            let mut decoder = Decoder::default();
            assert_eq!(decoder.feed(begun), [], "{begun:?}");
            assert_eq!(decoder.give_up(), [], "{begun:?}");
            assert_eq!(decoder.timeout(), None, "{begun:?}");
        }
    }

    #[test]
    fn no_byte_of_a_long_paste_is_taken_for_a_key() {
        let mut decoder = Decoder::default();
        let mut feed = |parts: &[&[u8]]| -> (Vec<AppEvent>, bool) {
            let bytes = parts.concat();
            let events = bytes.chunks(4096).flat_map(|b| decoder.feed(b)).collect();
            (events, decoder.is_in_paste())
        };
        let long = vec![b'q'; MAX_PASTE_BYTES + 100_000];
        let (events, is_open) = feed(&[PASTE, &long, b"\x1b[20", b"1~j"]);
        let taken = |event: &AppEvent| match event {
            AppEvent::Input(Input::Paste(text)) => text.len(),
            _ => 0,
        };
        assert_eq!((events.len(), is_open), (3, false));
        assert!(events.first().map(taken) >= Some(MAX_PASTE_BYTES - 4096));
        assert_eq!(
            events.get(1..),
            Some(&[AppEvent::PasteCut, key(Key::char('j'))][..])
        );
        assert!(feed(&[PASTE, &long]).1);
        assert_eq!(decoder.give_up(), []);
        assert_eq!(decoder.feed(b"q"), [key(Key::char('q'))]);
    }

    #[test]
    fn bytes_may_come_one_by_one() {
        let mut decoder = Decoder::default();
        let bytes = "雄\u{1b}[200~安\u{1b}[201~\u{1b}[B".bytes();
        let all: Vec<_> = bytes.flat_map(|b| decoder.feed(&[b])).collect();
        let paste = AppEvent::Input(Input::Paste("安".into()));
        let down = key(Key::plain(Code::Down));
        assert_eq!(all, [key(Key::char('雄')), paste, down]);
    }
}
