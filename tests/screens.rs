//! Key scripts with expected screens, in process.
//!
//! A file of `tests/screens/` is script and expectation at once; with
//! `UPDATE_EXPECT=1` the program writes what it shows, to be read before it is
//! committed. Lines of a script:
//!
//! ```text
//! # what it shows
//! article NAME        one of articles/
//! text LINE           a line of an article of its own
//! encoded NAME        that article is written in this encoding
//! size 80x24          the first opens, later ones resize
//! shelf               the shipped articles as a shelf
//! away NAME           the folder, or file, of that name is not there
//! repost 2            that of this number as another site has it, on the shelf as well
//! wide                ambiguous characters take two cells
//! english             the interface in English
//! keys / 雄安 enter    keys in the notation of the command table
//! paste TEXT          a bracketed paste
//! click 10 5          a click at column and row, from 0
//! day 3               it is noon, so many days later
//! drag 10 5           the mouse is moved there with its button held
//! wheel 10 5 down     the wheel, there
//! screen              the screen follows, a row a line behind |
//! status              the status row follows
//! styled ROLE         what has this role's style follows
//! cursor              where the cursor is follows
//! exported            the list that was exported last follows, and its name
//! copied              what went to the clipboard follows, and how it is called
//! ```

use crate::support::{self, many, row};
use encoding_rs::{Encoding, UTF_8};
use expect_test::expect_file;
use jingdu::command::{Input, Keymap, Mouse, encodings, pages, table, update};
use jingdu::library::LibraryEntry;
use jingdu::library::rank::ScanTotals;
use jingdu::session::drill::due::{DueArticle, DueList};
use jingdu::session::library_pages::LibraryAnswer;
use jingdu::session::recent::RecentArticle;
use jingdu::session::{Article, Effect, Mode, Session, Settings};
use jingdu::session::{Shelf, ShelfAnswer, ShelfNews};
use jingdu::shell::library::article_file;
use jingdu::shell::open::item::{DecodeOptions, Item, SHIPPED};
use jingdu::source;
use jingdu::source::choices::choices;
use jingdu::text::{Lang, WidthPolicy};
use jingdu::view::theme::Depth;
use jingdu::view::{self, Drawn, Theme};
use ratatui::buffer::Buffer;
use std::fmt::Write;
use std::path::PathBuf;

/// The first day of a script: 2026-11-23, in seconds since 1970.
const NOON: i64 = 1_795_435_200;

/// A session driven by a script.
struct Player {
    session: Option<Session>,
    keymap: Keymap,
    settings: Settings,
    text: String,
    /// The bytes of the article.
    bytes: Vec<u8>,
    encoding: &'static Encoding,
    article: Option<String>,
    shelf: bool,
    reposts: Vec<usize>,
    copied: String,
    exported: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/screens")
}

impl Player {
    fn new() -> Self {
        Self {
            session: None,
            keymap: Keymap::default(),
            settings: Settings::default(),
            text: String::new(),
            bytes: Vec::new(),
            encoding: UTF_8,
            article: None,
            shelf: false,
            reposts: Vec::new(),
            copied: String::new(),
            exported: String::new(),
        }
    }

    fn size(&mut self, size: &str) {
        let (columns, rows) = size.split_once('x').unwrap();
        let (columns, rows) = (columns.parse().unwrap(), rows.parse().unwrap());
        if let Some(session) = &mut self.session {
            update(session, &self.keymap, Input::Resize(columns, rows));
            self.answer_library();
            return;
        }
        let mut session = Session::new(self.settings.clone(), columns, rows);
        if self.shelf {
            let entry = |i: usize| {
                let options = DecodeOptions::default();
                let entry = article_file::entry(&Item::Shipped(i), &options, Lang::Zh);
                LibraryEntry {
                    id: i64::try_from(i).unwrap(),
                    ..entry
                }
            };
            let repost = |i: &usize| LibraryEntry {
                id: i64::try_from(many::ON_SHELF + i).unwrap(),
                path: "repost.md".into(),
                title: format!("转载：{}", entry(*i).title),
                ..entry(*i)
            };
            let shipped = (0..many::ON_SHELF).map(entry);
            let all = shipped.chain(self.reposts.iter().map(repost));
            session.shelf = Shelf::of("shipped", all.collect());
            session.pages.go(Mode::Shelf);
        } else {
            let (name, bytes) = match &self.article {
                Some(name) => (
                    name.clone(),
                    SHIPPED
                        .iter()
                        .find(|(n, _)| n == name)
                        .unwrap()
                        .1
                        .as_bytes()
                        .to_vec(),
                ),
                None => (
                    "script.txt".to_owned(),
                    self.encoding.encode(&self.text).0.into_owned(),
                ),
            };
            session.open(Article::new(&name, source::read(&bytes, None)));
            self.bytes = bytes;
        }
        pages::refresh(&mut session);
        self.session = Some(session);
    }

    fn input(&mut self, input: Input) {
        let session = self.session.as_mut().unwrap();
        let effect = update(session, &self.keymap, input);
        match effect {
            Effect::Open(i) => {
                let (name, text) = SHIPPED[usize::try_from(i).unwrap()];
                session.open(Article::new(name, source::read(text.as_bytes(), None)));
                session.shelf.place.reading = session.shelf.entry(i).map(|e| e.path.clone());
                let last = std::mem::take(&mut session.shelf.place.enters_at_end);
                jingdu::command::shelf::search_opened(session, last);
                session.refresh();
            }
            Effect::ListRecent => {
                update(session, &self.keymap, Input::Recent(recent()));
            }
            Effect::OpenRecent(path) => {
                let is_it = |(name, _): &&(&str, &str)| path.ends_with(name);
                let (name, text) = SHIPPED.iter().find(is_it).unwrap();
                session.open(Article::new(name, source::read(text.as_bytes(), None)));
                session.refresh();
            }
            Effect::OpenAt(path, span) => {
                let entries = session.shelf.entries.iter();
                let id = entries.clone().find(|e| e.path == path).unwrap().id;
                let (name, text) = many::source(id);
                session.open(Article::new(name, source::read(text.as_bytes(), None)));
                session.shelf.place.reading = Some(path);
                if let Some(span) = span {
                    jingdu::command::shelf_hits::arrive(session, span);
                }
                session.refresh();
            }
            Effect::ListDue => {
                update(session, &self.keymap, Input::Due(due()));
            }
            Effect::OpenDrill(path) => {
                let file = path.to_string_lossy();
                let is_it = |(name, _): &&(&str, &str)| file.ends_with(name);
                let (name, text) = SHIPPED.iter().find(is_it).unwrap();
                session.open(Article::new(name, source::read(text.as_bytes(), None)));
                session.shelf.place.reading = Some(path);
                jingdu::command::drill::begin_over_list(session);
                session.refresh();
            }
            Effect::FindSame | Effect::FindLike | Effect::ReadTwin => {
                let own = session.shelf.place.reading.clone();
                let library = &mut session.pages.library;
                match effect {
                    Effect::FindSame => library.find_same(own),
                    Effect::FindLike => library.find_like(own),
                    _ => library.read_twin(own),
                }
            }
            Effect::CountTerms => jingdu::command::term_table::count(session),
            Effect::Copy { text, what } => self.copied = format!("{text} ← {what}"),
            Effect::ExportSheet(sheet, format) => {
                self.exported = format!("{}\n{}", sheet.name, sheet.contents(format));
            }
            Effect::ListEncodings => encodings::offer(session, choices(&self.bytes, true)),
            Effect::ReadAs(name) => {
                let read = source::read(&self.bytes, Some(name));
                session.grow(Article::new("script.txt", read));
            }
            _ => {}
        }
        self.session.as_mut().unwrap().take_saves();
        self.search_shelf();
        self.answer_library();
    }

    /// Answers what is asked about many articles, as the program's thread does.
    fn answer_library(&mut self) {
        let session = self.session.as_mut().unwrap();
        while let Some((id, ask)) = session.pages.library.take_request() {
            if let Some(found) = many::answer(&session.shelf, ask) {
                let answer = Input::Library(LibraryAnswer { id, found });
                update(session, &self.keymap, answer);
            }
        }
    }

    /// Searches the texts of the shelf, as the program's thread does.
    fn search_shelf(&mut self) {
        let session = self.session.as_mut().unwrap();
        let Some((id, query)) = session.shelf.take_request() else {
            return;
        };
        let (mut found, mut totals) = (Vec::new(), ScanTotals::default());
        for entry in &session.shelf.entries {
            let text = many::source(entry.id).1;
            let document = support::article("a.md", text.as_bytes()).shared();
            let hits = query.search(entry, document.text(), &|_| true);
            totals.count(entry.length, hits.as_ref());
            found.extend(hits.map(|hits| (entry.id, hits.shortened(document.text()))));
        }
        let answer = ShelfAnswer {
            id,
            found,
            totals,
            done: true,
        };
        update(
            session,
            &self.keymap,
            Input::Shelf(ShelfNews::Found(answer)),
        );
    }

    fn keys(&mut self, keys: &str) {
        for key in support::keys(keys) {
            self.input(Input::Key(key));
        }
    }

    fn draw(&self) -> (Buffer, Drawn, Theme) {
        let session = self.session.as_ref().unwrap();
        let theme = Theme::named("dark", Some(false), Depth::True);
        let mut buffer =
            jingdu::shell::terminal::display::buffer(session.screen.columns, session.screen.rows);
        let drawn = view::draw(session, &self.keymap, &theme, &mut buffer);
        (buffer, drawn, theme)
    }
}

/// Four of the shipped articles as if they had been read, one of which is open and one gone.
fn recent() -> Vec<RecentArticle> {
    let article = |i: usize, (name, text): &(&str, &str)| RecentArticle {
        paths: vec![format!("/texts/{name}")],
        title: support::article(name, text.as_bytes()).title().to_owned(),
        per_cent: [0, 35, 7, 100][i],
        at: 1_550_793_600 - 100_000 * i64::try_from(i).unwrap(),
        is_open: i == 1,
        is_gone: i == 2,
    };
    let shipped = SHIPPED.iter().take(4).enumerate();
    shipped.map(|(i, shipped)| article(i, shipped)).collect()
}

/// Two of the shipped articles with cards that are due.
fn due() -> DueList {
    let article = |name: &str, day: &str, cards| DueArticle {
        paths: vec![format!("/texts/{name}")],
        title: support::shipped(name).title().to_owned(),
        day: day.to_owned(),
        cards,
    };
    let articles = vec![
        article("02-crawled-commentary.md", "2026-11-23", 12),
        article("03-markdown-headings.md", "2026-11-20", 3),
    ];
    DueList {
        articles,
        next: None,
    }
}

/// The stretches that have a role's style, row by row.
fn styled(buffer: &Buffer, widths: WidthPolicy, style: ratatui::style::Style) -> Vec<String> {
    let mut found = Vec::new();
    for y in 0..buffer.area.height {
        let mut run = String::new();
        let mut x = 0;
        while x <= buffer.area.width {
            let cell = buffer.cell((x, y));
            let has = cell.is_some_and(|c| {
                style.fg.is_none_or(|f| f == c.fg)
                    && style.bg.is_none_or(|b| b == c.bg)
                    && c.modifier.contains(style.add_modifier)
            });
            if has {
                run.push_str(cell.unwrap().symbol());
            } else if !run.trim().is_empty() {
                found.push(std::mem::take(&mut run).trim().to_owned());
            }
            x += support::cells(buffer, widths, x, y);
        }
    }
    found
}

/// Plays a script and writes it with what was shown.
fn play(script: &str) -> String {
    let mut player = Player::new();
    let mut out = String::new();
    for line in script.lines() {
        if line.starts_with('|') || line.starts_with("= ") {
            continue; // what was expected
        }
        let _ = writeln!(out, "{line}");
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "" | "#" => {}
            "encoded" => player.encoding = Encoding::for_label(rest.as_bytes()).unwrap(),
            "article" => player.article = Some(rest.to_owned()),
            "text" => player.text.extend([rest, "\n"]),
            "shelf" => player.shelf = true,
            "repost" => player.reposts.push(rest.parse().unwrap()),
            "wide" => player.settings.face.widths = WidthPolicy::WIDE,
            "english" => player.settings.lang = Lang::En,
            "size" => player.size(rest),
            "keys" => player.keys(rest),
            "away" => player.input(Input::Shelf(ShelfNews::Away(vec![rest.into()]))),
            "day" => {
                let days: i64 = rest.parse().unwrap();
                player.session.as_mut().unwrap().memory.now = NOON + days * 86_400;
            }
            "paste" => player.input(Input::Paste(rest.to_owned())),
            "click" | "wheel" | "drag" => {
                let mut words = rest.split(' ');
                let (column, row) = (
                    words.next().unwrap().parse().unwrap(),
                    words.next().unwrap().parse().unwrap(),
                );
                let mouse = match words.next() {
                    None if word == "drag" => Mouse::Drag,
                    None => Mouse::Click,
                    Some("down") => Mouse::WheelDown,
                    Some(_) => Mouse::WheelUp,
                };
                player.input(Input::Mouse(mouse, column, row));
            }
            "screen" => {
                let (buffer, drawn, _) = player.draw();
                for y in 0..buffer.area.height {
                    let _ = writeln!(out, "|{}", row(&buffer, drawn.widths, y));
                }
            }
            "status" => {
                let (buffer, drawn, _) = player.draw();
                let last = row(&buffer, drawn.widths, buffer.area.height - 1);
                let _ = writeln!(out, "= {}", last.trim());
            }
            "styled" => {
                let (buffer, drawn, theme) = player.draw();
                let style = theme.style_named(rest);
                let style = style.unwrap_or_else(|| panic!("no role {rest}"));
                let found = styled(&buffer, drawn.widths, style);
                let _ = writeln!(out, "= {}", found.join(" / "));
            }
            "exported" => {
                for line in std::mem::take(&mut player.exported).lines() {
                    let _ = writeln!(out, "| {}", line.trim_end());
                }
            }
            "copied" => {
                let _ = writeln!(out, "= {}", std::mem::take(&mut player.copied));
            }
            "cursor" => {
                let (_, drawn, _) = player.draw();
                let _ = writeln!(out, "= {:?}", drawn.cursor);
            }
            other => panic!("no such line in a script: {other}"),
        }
    }
    out
}

fn scripts() -> Vec<PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    found.sort();
    found
}

#[test]
fn scripts_show_what_they_say() {
    let found = scripts();
    assert!(found.len() > 5);
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        expect_file![path].assert_eq(&play(&text));
    }
}

#[test]
fn every_command_has_a_script() {
    let keys: Vec<String> = scripts()
        .iter()
        .flat_map(|p| {
            std::fs::read_to_string(p)
                .unwrap()
                .lines()
                .filter_map(|l| l.strip_prefix("keys ").map(|k| format!(" {k} ")))
                .collect::<Vec<_>>()
        })
        .collect();
    let missing: Vec<_> = table::all()
        .filter(|c| !matches!(c.name, "suspend" | "reload" | "redraw")) // these are the world's: see terminal.rs
        // of a key and any letter, the key
        .filter(|c| {
            !c.keys().map(|k| k.trim_end_matches("letter")).any(|k| {
                keys.iter()
                    .any(|line| line.contains(&format!(" {} ", k.trim())))
            })
        })
        .map(|c| c.name)
        .collect();
    assert!(
        missing.is_empty(),
        "no script in tests/screens presses {missing:?}"
    );
}
