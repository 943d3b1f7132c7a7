//! One gate: whatever stands in a file, in its name or in what is typed, nothing
//! reaches a terminal but text and our own sequences.

use crate::support;
use jingdu::command::{Input, Keymap, update};
use jingdu::session::{Mode, Session, Settings};
use jingdu::shell::error::Error;
use jingdu::shell::terminal::display::{Abilities, Display, buffer};
use jingdu::shell::terminal::output_check;
use jingdu::source::{self, sanitize};
use jingdu::text::{Lang, WidthPolicy};
use jingdu::view::{self, Theme, theme::Depth};
use proptest::prelude::*;

/// The pieces of hostile files.
const PIECES: &[&[u8]] = &[
    "京津冀协同发展，一是要大胆探索。二是要严把质量。".as_bytes(),
    "\n".as_bytes(),
    "\r".as_bytes(),
    "\n\n　　".as_bytes(),
    b"\x1b[2J",
    b"\x1b]52;c;ZWNobyBwd25lZA==\x07",
    b"\x1b]0;title\x1b\\",
    b"\x1bP+q544e\x1b\\",
    b"\x1b",
    b"\x9b31m",
    b"\xc2\x9b31m",
    b"\x07\x08\x0b\x0c\x0e\x0f\x7f",
    b"\0",
    b"\xff\xfe",
    b"\xd6\xd0\xb9\xfa",
    "\u{202e}\u{2066}\u{200f}\u{61c}".as_bytes(),
    "\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}\u{034f}\u{180e}".as_bytes(),
    "\u{e0041}\u{e007f}\u{fff9}\u{fdd0}\u{10ffff}".as_bytes(),
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}".as_bytes(),
    "\u{2028}\u{2029}\u{85}".as_bytes(),
    b"---\ntitle: \"\\e]0;x\\a\\u202e\"\nauthor: \"\\x9b2J\"\ntags: [\"\\b\"]\n---\n",
    b"&#27;[2J&#x9b;&#8238;&#7;",
    b"<title>&#27;]0;x&#7;</title><h1>&#x202e;</h1>",
    b"<a href=\"http://a/&#27;\\&#7;\x1b[2J\">l</a>",
    b"[l](http://a/\x1b\\%1b)",
    "## 标题\u{1b}[31m\n".as_bytes(),
    b"|a\x1b|b|\n|-|-|\n|\x9b|d|\n",
    "```\n\u{1b}[2J code\t\u{7}\n```\n".as_bytes(),
    "👨‍👩‍👧‍👦🇨🇳❤️".as_bytes(),
];

/// Keys that lead to every page of the program.
pub const PAGES: &[&str] = &[
    "j",
    "J",
    "t",
    "o",
    "O",
    "=",
    "?",
    "g r",
    "g s",
    "L",
    "#",
    "g m",
    "g n",
    "/ 京 enter",
    "*",
    "x",
    ":",
    "&",
    "v",
    "G",
    "g l g v",
    "g o",
    "g l / 京 enter",
    "g l / 京 enter L",
    "g c",
    "v s g c",
    "g d space x enter",
    "g D",
    "g x",
    "/ 京 enter g t",
    "g l / 京 enter g k",
];

/// Draws on a terminal that can do everything; the bytes must pass the gate.
fn passes(session: &Session, keymap: &Keymap, display: &mut Display) {
    let theme = Theme::named("dark", None, Depth::True);
    let mut cells = buffer(session.screen.columns, session.screen.rows);
    let drawn = view::draw(session, keymap, &theme, &mut cells);
    let bytes = display.frame(&cells, &drawn);
    assert_eq!(
        output_check::first_unsafe_byte(bytes),
        None,
        "{:?}",
        String::from_utf8_lossy(bytes)
    );
}

fn hostile(parts: &[usize]) -> Vec<u8> {
    parts
        .iter()
        .filter_map(|i| PIECES.get(*i))
        .flat_map(|piece| piece.iter().copied())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// From the file to the screen there is one gate.
    #[test]
    fn no_file_reaches_the_terminal_but_as_text(parts in prop::collection::vec(0..PIECES.len(), 0..24), name in 0..PIECES.len(), columns in 1u16..90, rows in 1u16..30, wide: bool) {
        let bytes = hostile(&parts);
        let name = format!("{}{}", String::from_utf8_lossy(PIECES[name]), ["a.md", "a.html", "a.txt"][parts.len() % 3]);
        let settings = Settings { face: jingdu::layout::Face { widths: if wide { WidthPolicy::WIDE } else { WidthPolicy::NARROW }, ..Settings::default().face }, ..Settings::default() };
        let mut session = Session::new(settings, columns, rows);
        session.open(support::article(&name, &bytes));
        session.refresh();
        let (keymap, mut display) = (Keymap::default(), Display::new(Abilities { underlines: true, links: true, margins: true, scrolls: true, together: true }));
        passes(&session, &keymap, &mut display);
        for page in PAGES {
            for key in support::keys(page) {
                update(&mut session, &keymap, Input::Key(key));
                passes(&session, &keymap, &mut display);
            }
            for key in support::keys("esc esc") {
                update(&mut session, &keymap, Input::Key(key));
            }
            session.pages.go(Mode::Read);
        }
        // what is pasted or typed is input, too
        for key in support::keys("/") {
            update(&mut session, &keymap, Input::Key(key));
        }
        update(&mut session, &keymap, Input::Paste(String::from_utf8_lossy(&bytes).into_owned()));
        passes(&session, &keymap, &mut display);
    }

    /// Output and messages are text, too.
    #[test]
    fn nothing_printed_and_no_error_carries_a_control(parts in prop::collection::vec(0..PIECES.len(), 0..24)) {
        let bytes = hostile(&parts);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let clean = |printed: &str| printed.chars().all(|c| c == '\n' || !sanitize::is_hostile(c) && c != '\t');
        for error in [Error::Empty((&text).into()), Error::Encoding(text.clone()), Error::Query(text.clone()), Error::Open { path: (&text).into(), why: std::io::Error::other(text.clone()) }] {
            for lang in [Lang::Zh, Lang::En] {
                let line = error.line(lang);
                prop_assert!(clean(&line) && !line.contains('\n'), "{line:?}");
            }
        }
        let source = source::read(&bytes, None);
        let article = jingdu::session::Article::new(&text, source);
        let printed = jingdu::shell::cli::print::render(article.document(), &jingdu::shell::cli::options::PrintOptions::default());
        prop_assert!(clean(&printed), "{printed:?}");
        let outline = jingdu::shell::cli::outline::json_outline(&article).collect::<String>() + &jingdu::shell::cli::outline::text_outline(article.document(), &article.outline);
        prop_assert!(clean(&outline), "{outline:?}");
    }
}
