//! Draws a screen of the program as an SVG picture, cell by cell.
//!
//! Every character is placed on the grid by itself, so that the picture is
//! right whatever fonts its reader has. Bars and strips are drawn as shapes.
//!
//! Included by the example that prints the picture and by the test that holds
//! docs/screen.svg to it.

use jingdu::command::{self, Input, Keymap, update};
use jingdu::library::count::TermCounter;
use jingdu::library::term_table::TermTable;
use jingdu::library::{Day, LibraryEntry};
use jingdu::session::library_pages::{LibraryAnswer, LibraryAsk, LibraryFound};
use jingdu::session::{Article, Effect, Session, Settings, ShelfNews};
use jingdu::source;
use jingdu::text::WidthPolicy;
use jingdu::text::key::Key;
use jingdu::view::theme::Depth;
use jingdu::view::{self, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use std::sync::Arc;

/// A cell in pixels; Han take two.
const CELL: u16 = 9;
/// A row in pixels.
const ROW: u16 = 24;
/// From the top of a row to the line that its letters stand on.
const BASE: u16 = 18;
/// Around the screen.
const MARGIN: u16 = 12;
/// Paper and ink where the theme leaves them to the terminal.
const PAPER: &str = "#16181d";
const INK: &str = "#cfd2d8";
const FONTS: &str = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK SC','PingFang SC','Microsoft YaHei',monospace";

/// Opens the crawled commentary with the outline.
fn article((columns, rows): (u16, u16), keymap: &Keymap) -> Session {
    let text = include_str!("../../articles/02-crawled-commentary.md");
    let mut session = Session::new(Settings::default(), columns, rows);
    session.open(Article::new(
        "02-crawled-commentary.md",
        source::read(text.as_bytes(), None),
    ));
    session.refresh();
    update(&mut session, keymap, Input::Key(Key::char('t')));
    session
}

/// Draws docs/screen.svg: a keyword, a search and a point, with the outline.
pub fn screen() -> String {
    let keymap = Keymap::default();
    let mut session = article((100, 28), &keymap);
    let typed = [
        "/", "居", "民", "enter", "*", "/", "管", "线", "enter", "g", "g", "5", "J",
    ];
    for key in typed.iter().filter_map(|name| Key::parse(name)) {
        update(&mut session, &keymap, Input::Key(key));
    }
    picture(&session, &keymap)
}

/// Draws a session as SVG.
fn picture(session: &Session, keymap: &Keymap) -> String {
    svg(&buffer(session, keymap))
}

/// Draws a session into a buffer.
fn buffer(session: &Session, keymap: &Keymap) -> Buffer {
    let mut buffer =
        jingdu::shell::terminal::display::buffer(session.screen.columns, session.screen.rows);
    view::draw(
        session,
        keymap,
        &Theme::named("dark", None, Depth::True),
        &mut buffer,
    );
    buffer
}

/// Draws docs/table.svg: how often the keywords of an article occur by year, in a library of
/// invented articles.
pub fn table() -> String {
    let keymap = Keymap::default();
    picture(&table_session((120, 10), &keymap), &keymap)
}

/// Counts the keywords of an article in a library of invented articles.
fn table_session((columns, rows): (u16, u16), keymap: &Keymap) -> Session {
    let mut session = Session::new(Settings::default(), columns, rows);
    let terms = ["基层治理", "微改造", "适老化", "规划引领"];
    let open = format!("---\ntitle: 八年里的提法\n---\n{}。\n", terms.join("，"));
    let open = source::read(open.as_bytes(), None);
    session.open(Article::new("terms.md", open));
    let articles: Vec<(Arc<LibraryEntry>, String)> = (2016..)
        .zip(&YEARLY_HITS)
        .map(|(year, hits)| invented(year, hits, &terms))
        .collect();
    let entries = articles
        .iter()
        .map(|(entry, _)| Arc::clone(entry))
        .collect();
    session
        .shelf
        .take(ShelfNews::Listed(entries, articles.len()));
    session.refresh();
    let mut typed: Vec<String> = Vec::new();
    for term in terms {
        typed.push("/".into());
        typed.extend(term.chars().map(String::from));
        typed.extend(["enter", "*"].map(String::from));
    }
    typed.extend(["g", "t"].map(String::from));
    for key in typed.iter().filter_map(|name| Key::parse(name)) {
        if update(&mut session, keymap, Input::Key(key)) == Effect::CountTerms {
            command::term_table::count(&mut session);
        }
    }
    while let Some((id, LibraryAsk::Count(ask))) = session.pages.library.take_request() {
        let mut counter = TermCounter::new(&ask.terms);
        for (entry, text) in &articles {
            counter.add(Arc::clone(entry), text, &|_| true);
        }
        let counts = counter.finish();
        let table = Arc::new(TermTable::of(&counts, ask.division));
        let found = LibraryFound::Counted(Arc::new(counts), table);
        let answer = Input::Library(LibraryAnswer { id, found });
        update(&mut session, keymap, answer);
    }
    session
}

/// The hits of each term of the table, a row a year.
const YEARLY_HITS: [[usize; 4]; 8] = [
    [3, 0, 0, 9],
    [5, 0, 1, 8],
    [9, 1, 2, 8],
    [14, 3, 4, 6],
    [17, 8, 9, 5],
    [19, 12, 15, 5],
    [18, 17, 22, 3],
    [21, 16, 26, 2],
];

/// Returns an article that has each term as often as it is used in a year.
fn invented(year: i64, hits: &[usize; 4], terms: &[&str; 4]) -> (Arc<LibraryEntry>, String) {
    let texts = terms.iter().zip(hits);
    let text: String = texts
        .map(|(term, n)| format!("{term}是一件要紧的事。").repeat(*n))
        .collect();
    let entry = LibraryEntry {
        id: year,
        title: format!("{year}年的文章"),
        day: Day::read(&format!("{year}-03-04")),
        path: format!("{year}.md").into(),
        length: text.chars().count(),
        ..LibraryEntry::default()
    };
    (Arc::new(entry), text)
}

/// A buffer as SVG.
fn svg(buffer: &Buffer) -> String {
    let mut out = opening(buffer.area.width, buffer.area.height);
    cells(buffer, &mut out);
    out.push_str("</svg>\n");
    out
}

/// The beginning of a picture of this many cells and rows: its size, font and paper.
fn opening(columns: u16, rows: u16) -> String {
    let (width, height) = (columns * CELL + 2 * MARGIN, rows * ROW + 2 * MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"{FONTS}\" font-size=\"16\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    )
}

/// Draws the cells of a buffer.
fn cells(buffer: &Buffer, out: &mut String) {
    for y in 0..buffer.area.height {
        grounds(buffer, y, out);
        let mut x = 0;
        while x < buffer.area.width {
            x = run(buffer, x, y, out);
        }
    }
}

/// The screen of the moving picture, in cells and rows; below it a row with the keys.
const TOUR: (u16, u16) = (96, 22);
/// Seconds for which a frame of it stays.
const FRAME_SECONDS: usize = 3;

/// Draws docs/tour.svg: an article is opened, its points are visited, a word is searched, kept,
/// listed, the skeleton is looked at, and terms are counted.
pub fn tour() -> String {
    let keymap = Keymap::default();
    let mut session = article(TOUR, &keymap);
    let mut frames = vec![("jingdu 老旧小区改造.md", buffer(&session, &keymap))];
    let steps = [
        ("J J J    下一个要点 next point", "J J J"),
        (
            "/ guanxian    查找，打拼音也行 search",
            "/ g u a n x i a n enter",
        ),
        ("*    留作关键词 keep as a keyword", "*"),
        ("L    全部结果 all hits", "L"),
        ("o    骨架 the skeleton", "L g g o"),
    ];
    for (caption, keys) in steps {
        for key in keys.split(' ').filter_map(Key::parse) {
            update(&mut session, &keymap, Input::Key(key));
        }
        frames.push((caption, buffer(&session, &keymap)));
    }
    let counted = table_session(TOUR, &keymap);
    frames.push((
        "gt    各词每年几次 terms by year",
        buffer(&counted, &keymap),
    ));
    let all = frames.len();
    let mut out = opening(TOUR.0, TOUR.1 + 1);
    let _ = writeln!(
        out,
        "<style>g{{visibility:hidden;animation:f {}s step-end infinite}}@keyframes f{{0%{{visibility:visible}}{}.{:03}%{{visibility:hidden}}}}</style>",
        all * FRAME_SECONDS,
        100 / all,
        100_000 / all % 1000
    );
    for (i, (caption, frame)) in frames.iter().enumerate() {
        let _ = writeln!(out, "<g style=\"animation-delay:{}s\">", i * FRAME_SECONDS);
        cells(frame, &mut out);
        let y = MARGIN + TOUR.1 * ROW + BASE;
        let _ = writeln!(
            out,
            "<text x=\"{MARGIN}\" y=\"{y}\" fill=\"#e5c07b\" xml:space=\"preserve\">{caption}</text></g>"
        );
    }
    out.push_str("</svg>\n");
    out
}

/// The colours behind the cells of a row.
fn grounds(buffer: &Buffer, y: u16, out: &mut String) {
    let ground = |x: u16| buffer.cell((x, y)).map(|c| colours(c).1);
    let mut x = 0;
    while let Some(colour) = ground(x) {
        let mut end = x + width(buffer, x, y);
        while ground(end).as_ref() == Some(&colour) {
            end += width(buffer, end, y);
        }
        if colour != PAPER {
            rect(x * CELL, y * ROW, (end - x) * CELL, ROW, &colour, out);
        }
        x = end;
    }
}

/// One stretch of text of one style; returns where the next begins.
#[allow(clippy::too_many_lines, reason = "one SVG element, part by part")]
fn run(buffer: &Buffer, from: u16, y: u16, out: &mut String) -> u16 {
    let style = |x: u16| {
        buffer
            .cell((x, y))
            .map(|c| (colours(c).0, c.modifier - Modifier::REVERSED))
    };
    let Some((colour, modifier)) = style(from) else {
        return from + 1;
    };
    let mut text = String::new();
    let mut x = from;
    while style(x).as_ref() == Some(&(colour.clone(), modifier)) {
        let symbol = buffer.cell((x, y)).map_or("", |c| c.symbol());
        match symbol {
            "│" => rect(x * CELL + CELL / 2, y * ROW, 1, ROW, &colour, out),
            "▐" => rect(
                x * CELL + CELL / 2,
                y * ROW,
                CELL / 2 + 1,
                ROW,
                &colour,
                out,
            ),
            "▌" => rect(x * CELL, y * ROW, CELL / 2, ROW, &colour, out),
            _ => {
                let mut at = x;
                for c in symbol.chars() {
                    let shown = match c {
                        ' ' => String::new(),
                        '&' => "&amp;".to_owned(),
                        '<' => "&lt;".to_owned(),
                        c => c.to_string(),
                    };
                    if !shown.is_empty() {
                        let _ = write!(text, "<tspan x=\"{}\">{shown}</tspan>", MARGIN + at * CELL);
                    }
                    at += WidthPolicy::NARROW.text(c.encode_utf8(&mut [0; 4])) as u16;
                }
            }
        }
        x += width(buffer, x, y);
    }
    if !text.is_empty() {
        let signs = [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::DIM, " opacity=\"0.7\""),
        ];
        let signs: String = signs
            .iter()
            .filter(|(m, _)| modifier.contains(*m))
            .map(|(_, sign)| *sign)
            .collect();
        let _ = writeln!(
            out,
            "<text y=\"{}\" fill=\"{colour}\"{signs}>{text}</text>",
            MARGIN + y * ROW + BASE
        );
    }
    x.max(from + 1)
}

fn rect(x: u16, y: u16, width: u16, height: u16, colour: &str, out: &mut String) {
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>",
        MARGIN + x,
        MARGIN + y
    );
}

/// Ink and ground of a cell.
fn colours(cell: &Cell) -> (String, String) {
    let hex = |colour: Color, default: &str| match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => default.to_owned(),
    };
    let (ink, ground) = (hex(cell.fg, INK), hex(cell.bg, PAPER));
    if cell.modifier.contains(Modifier::REVERSED) {
        (ground, ink)
    } else {
        (ink, ground)
    }
}

/// Cells that the symbol at a cell takes.
fn width(buffer: &Buffer, x: u16, y: u16) -> u16 {
    let cells = |cell: &Cell| WidthPolicy::NARROW.cluster(cell.symbol()).max(1) as u16;
    buffer.cell((x, y)).map_or(1, cells)
}
