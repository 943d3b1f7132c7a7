//! The whole road: a file, a size, and keys; every frame passes the gate.
#![no_main]

use jingdu::command::{Input, Keymap, update};
use jingdu::session::{Article, Session, Settings};
use jingdu::shell::display::{Abilities, Display, buffer};
use jingdu::shell::gate;
use jingdu::shell::input::{Decoder, Event};
use jingdu::source;
use jingdu::view::{self, Theme, theme::Depth};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KEYMAP: LazyLock<Keymap> = LazyLock::new(Keymap::default);
static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::named("dark", None, Depth::True));

fuzz_target!(|data: &[u8]| {
    let (head, rest) = data.split_at(data.len().min(3));
    let byte = |i: usize| head.get(i).copied().unwrap_or(60);
    let keys_end = rest.len().min(usize::from(byte(2) % 48));
    let (keys, text) = rest.split_at(keys_end);
    let mut session = Session::new(Settings::default(), u16::from(byte(0)), u16::from(byte(1)) % 64);
    session.open(Article::new(["a.md", "a.html", "a.txt"][usize::from(byte(2)) % 3], source::read(text, None)));
    session.refresh();
    let mut display = Display::new(Abilities { underlines: true, links: true, margins: true, scrolls: true, together: true });
    let mut draw = |session: &Session| {
        let mut cells = buffer(session.screen.columns, session.screen.rows);
        let drawn = view::draw(session, &KEYMAP, &THEME, &mut cells);
        let bytes = display.frame(&cells, drawn);
        assert_eq!(gate::leak(bytes), None, "{:?}", String::from_utf8_lossy(bytes));
    };
    draw(&session);
    let mut decoder = Decoder::default();
    let mut events = decoder.feed(keys);
    events.extend(decoder.give_up());
    for event in events {
        if let Event::Input(input) = event {
            update(&mut session, &KEYMAP, input);
            draw(&session);
        }
    }
    update(&mut session, &KEYMAP, Input::Resize(u16::from(byte(1)), u16::from(byte(0)) % 64));
    draw(&session);
});
