//! The whole road: a file, a size, and keys; every frame passes the gate.
#![no_main]

use jingdu::command::{Input, Keymap, update};
use jingdu::session::{Article, Session, Settings};
use jingdu::shell::terminal::display::{Abilities, Display, buffer};
use jingdu::shell::terminal::output_check;
use jingdu::shell::event::AppEvent;
use jingdu::shell::terminal::decode::Decoder;
use jingdu::source;
use jingdu::view::{self, Theme, theme::Depth};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KEYMAP: LazyLock<Keymap> = LazyLock::new(Keymap::default);
static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::named("dark", None, Depth::True));

fuzz_target!(|data: &[u8]| {
    // small screens and few keys: a frame costs by its cells
    let Some((&[columns, rows, mixed], rest)) = data.split_first_chunk::<3>() else { return };
    let size = |a: u8, b: u8| (u16::from(a) % 84, u16::from(b) % 26);
    let (keys, text) = rest.split_at(rest.len().min(usize::from(mixed / 4 % 16)));
    let (width, height) = size(columns, rows);
    let mut session = Session::new(Settings::default(), width, height);
    session.open(Article::new(["a.md", "a.html", "a.txt", ""][usize::from(mixed % 4)], source::read(text, None)));
    session.refresh();
    let mut display = Display::new(Abilities { underlines: true, links: true, margins: true, scrolls: true, together: true });
    let mut draw = |session: &Session| {
        let mut cells = buffer(session.screen.columns, session.screen.rows);
        let drawn = view::draw(session, &KEYMAP, &THEME, &mut cells);
        let bytes = display.frame(&cells, &drawn);
        assert_eq!(output_check::first_unsafe_byte(bytes), None, "{:?}", String::from_utf8_lossy(bytes));
    };
    draw(&session);
    let mut decoder = Decoder::default();
    let mut events = decoder.feed(keys);
    events.extend(decoder.give_up());
    for event in events {
        if let AppEvent::Input(input) = event {
            update(&mut session, &KEYMAP, input);
            draw(&session);
        }
    }
    let (width, height) = size(rows, columns);
    update(&mut session, &KEYMAP, Input::Resize(width, height));
    draw(&session);
});
