//! Laws that hold of any text, any size and any keys.

use jingdu::command::{Input, Keymap, table, update};
use jingdu::document::{BlockKind, Builder, Document};
use jingdu::format;
use jingdu::format::ParseOptions;
use jingdu::layout::{BlockStyle, Face, Flow, Measure, Row, glyphs, lay_out};
use jingdu::session::{Article, Line, Session, Settings};
use jingdu::shell::terminal::display::{self, Display};
use jingdu::source::{self, sanitize};
use jingdu::text::key::Key;
use jingdu::text::{Lang, Pos, Span, WidthPolicy};
use jingdu::view::theme::Depth;
use jingdu::view::{self, Theme};
use proptest::prelude::*;

/// Text of the kinds that we meet, and of some that we would rather not.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => "[京津冀协同发展生态机制质量体系的是和在]{1,8}",
        3 => prop::sample::select(vec!["，", "。", "、", "；", "：", "！", "？", "“", "”", "‘", "’", "《", "》", "（", "）", "——", "……", "·", "—", "～"]).prop_map(str::to_owned),
        2 => "[a-zA-Z]{1,9}| |[0-9]{1,6}|[0-9]{1,3}[.,:%℃年月日个万-][0-9]{0,2}",
        1 => prop::sample::select(vec!["一是", "二是", "首先", "（一）", "1. ", "①", "第三，", "另一方面"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["👨\u{200d}👩\u{200d}👧", "👍🏽", "e\u{301}", "葛\u{e0100}", "𠀀", "\u{200b}", "\u{a0}", "\u{3000}", "ﾊﾟ", "한", "\u{2060}", "http://a.cn/b?c=d-e_f.html", "[12]"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn document(paragraphs: &[String]) -> Document {
    let mut b = Builder::new();
    for (i, p) in paragraphs.iter().enumerate() {
        b.block(BlockKind::Paragraph, 0, i + 1, p);
    }
    b.finish()
}

fn rows(text: &str, cells: usize, widths: WidthPolicy, wide_quotes: bool) -> (Vec<Row>, Measure) {
    let measure = Measure::fitted(
        cells,
        cells,
        false,
        true,
        Face {
            wide_quotes,
            ..Face::plain(widths)
        },
    );
    let measure = Measure { cells, ..measure };
    (
        lay_out(text, Pos(0), BlockStyle::default(), &measure, &[]),
        measure,
    )
}

/// Marks that may not begin a row, and those that may not end one.
const NEVER_FIRST: &str = "，。、；：！？”’》）…·～,.:%℃";
const NEVER_LAST: &str = "“‘《（[";

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Rows of a block joined are its text, and none is wider than it may be.
    #[test]
    fn rows_lose_nothing_and_stay_inside(text in text(), cells in 1usize..200, wide: bool, quotes: bool) {
        let widths = if wide { WidthPolicy::WIDE } else { WidthPolicy::NARROW };
        let (rows, measure) = rows(&text, cells, widths, quotes && !wide);
        let joined: String = rows.iter().map(|r| r.span.of(&text)).collect();
        prop_assert!(joined == text);
        for pair in rows.windows(2) {
            prop_assert_eq!(pair[0].span.end, pair[1].span.start);
        }
        for row in &rows {
            let drawn = row.drawn().of(&text);
            let gutter = if measure.hang { 2 } else { 0 };
            let single = jingdu::text::cluster::clusters(drawn).count() <= 1;
            prop_assert!(usize::from(row.cells) <= cells + gutter || single, "{:?} takes {} of {}", drawn, row.cells, cells);
        }
    }

    /// The drawn part of a row takes the cells that it was laid out for, whatever
    /// the reader wishes of quotes, dashes and blanks.
    #[test]
    fn rows_are_drawn_as_they_were_measured(text in text(), cells in 4usize..130, quotes: bool, marks: bool, spaced: bool) {
        let face = Face { wide_quotes: quotes, long_marks: marks, spaced, ..Face::default() };
        let measure = Measure::fitted(cells, cells, false, true, face);
        let setting = BlockStyle { first_indent: measure.indent, ..BlockStyle::default() };
        for row in lay_out(&text, Pos(0), setting, &measure, &[]) {
            let drawn: Vec<_> = glyphs(&text, Span::new(0, text.len()), &row, face).collect();
            prop_assert_eq!(drawn.iter().map(|g| g.blanks + g.cells).sum::<usize>(), usize::from(row.cells));
            prop_assert_eq!(drawn.iter().map(|g| g.span.of(&text)).collect::<String>(), row.drawn().of(&text));
        }
    }

    /// No row begins or ends with a mark that may not, where its units fit.
    #[test]
    fn edges_are_right_from_eight_cells_on(text in "[京津冀协同发展]{1,6}([，。、；：！？][京津冀协同发展]{2,6}|“[京津冀协同]{1,4}”[京津冀]{2}|《[京津冀]{1,3}》[发展]{2}){0,12}", cells in 10usize..200) {
        let (rows, _) = rows(&text, cells, WidthPolicy::NARROW, false);
        for (i, row) in rows.iter().enumerate() {
            let drawn = row.drawn().of(&text);
            prop_assert!(i == 0 || !drawn.starts_with(|c| NEVER_FIRST.contains(c)), "{drawn:?} at {cells} of {text}");
            prop_assert!(i + 1 == rows.len() || !drawn.ends_with(|c| NEVER_LAST.contains(c)), "{drawn:?} at {cells} of {text}");
        }
    }

    /// However the window is pulled about, the reader does not lose the place.
    #[test]
    fn a_resize_there_and_back_changes_nothing(paragraphs in prop::collection::vec(text(), 1..12), w in 4u16..130, v in 4u16..130, h in 4u16..40, n in 0usize..60) {
        let mut s = session(&paragraphs.join("\n"), w, h);
        let keymap = Keymap::default();
        (0..n).for_each(|_| _ = update(&mut s, &keymap, Input::Key(Key::char('j'))));
        let (before, place) = (shown(&s), s.reading.place);
        let _ = update(&mut s, &keymap, Input::Resize(v, h));
        let _ = update(&mut s, &keymap, Input::Resize(w, h));
        prop_assert_eq!(shown(&s), before);
        prop_assert_eq!(s.reading.place, place);
    }

    /// Any keys and any sizes: nothing panics, the focus is on the screen, and
    /// what is drawn fits.
    #[test]
    fn any_keys_and_sizes_never_panic(paragraphs in prop::collection::vec(text(), 0..8), steps in prop::collection::vec((0usize..400, any::<u16>(), any::<u16>()), 0..60)) {
        let keymap = Keymap::default();
        let keys: Vec<Vec<Key>> = table::all().flat_map(jingdu::command::Command::keys).map(|k| Key::parse_all(k).unwrap()).collect();
        let theme = Theme::named("auto", None, Depth::True);
        let mut s = session(&paragraphs.join("\n"), 80, 24);
        let mut display = Display::default();
        for (n, w, h) in steps {
            match n {
                0..40 => _ = update(&mut s, &keymap, Input::Resize(w % 131, h % 60)),
                40..60 => _ = update(&mut s, &keymap, Input::Paste("协同".to_owned())),
                60..100 => _ = update(&mut s, &keymap, Input::Key(Key::char(['1', '2', '9', '0'][n % 4]))),
                _ => {
                    for key in &keys[n % keys.len()] {
                        let _ = update(&mut s, &keymap, Input::Key(*key));
                    }
                }
            }
            let mut buffer = display::buffer(s.screen.columns, s.screen.rows);
            let drawn = view::draw(&s, &keymap, &theme, &mut buffer);
            let _ = display.frame(&buffer, &drawn);
            if let Some((x, y)) = drawn.cursor {
                prop_assert!(x < s.screen.columns.max(1) && y < s.screen.rows.max(1));
            }
            prop_assert!(s.reading.focus <= s.article.document().end());
        }
    }

    /// Parsing any bytes never panics, keeps the document's invariants, and lets
    /// nothing hostile through.
    #[test]
    fn any_bytes_become_a_document(bytes in prop::collection::vec(any::<u8>(), 0..600), name in prop::sample::select(vec!["a.md", "a.txt", "a.html", ""])) {
        holds(&bytes, name)?;
    }

    /// The same for any mixture of the pieces of formats.
    #[test]
    fn any_markup_becomes_a_document(parts in prop::collection::vec(prop_oneof![
        3 => prop::sample::select(vec!["---\n", "title: ", "- ", "1. ", "# ", "> ", "```\n", "**", "*", "|", "\n", "\n\n", "<p>", "</div>", "<br>", "<script>", "&nbsp;", "&#27;", "<!--", "-->", "[^1]", "](", "![", "　　", "    ", "\t", "：", "\u{1b}[2J", "\r", "\u{202e}"]).prop_map(str::to_owned),
        1 => text(),
    ], 0..60), name in prop::sample::select(vec!["a.md", "a.txt", "a.html"])) {
        holds(parts.concat().as_bytes(), name)?;
    }

    /// A text that was read once is read as it is, private-use characters among it.
    #[test]
    fn reading_twice_changes_nothing(parts in prop::collection::vec(prop_oneof![
        3 => "[\u{e000}-\u{e00f}\u{e060}-\u{e06f}\u{e311}-\u{e320}\u{e815}-\u{e830}\u{eeb8}-\u{eec8}\u{f6b1}-\u{f848}]{1,3}",
        2 => "[這條過嚟話門㐀㪺协同]{1,4}",
        1 => "[a-z ，。_\u{8}\u{1b}\u{200b}\u{ad}]{1,2}",
    ], 0..40)) {
        let once = source::read(parts.concat().as_bytes(), Some("utf-8")).text;
        let again = source::read(once.as_bytes(), Some("utf-8")).text;
        prop_assert_eq!(again, once);
    }

    /// Hits are sorted, disjoint and on cluster boundaries, in any text.
    #[test]
    fn hits_are_sorted_and_whole(text in text(), query in "[京津冀a1“’，.*(]{1,3}") {
        if let Some(q) = jingdu::search::Query::new(&query) {
            let found = q.find(&text);
            for pair in found.spans.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            for span in &found.spans {
                prop_assert_eq!(jingdu::text::cluster::floor(&text, span.start.byte()), span.start.byte());
                prop_assert!(!span.is_empty());
            }
        }
    }

    /// Walking the pieces of a document meets every byte of it once.
    #[test]
    fn pieces_cover_the_text(paragraphs in prop::collection::vec(text(), 1..10), repeat in 1usize..400) {
        let mut paragraphs = paragraphs;
        paragraphs[0] = paragraphs[0].repeat(repeat);
        let d = document(&paragraphs);
        let flow = Flow::default();
        let mut joined = String::new();
        let mut piece = flow.segment_at(&d, Pos(0));
        while let Some(p) = piece {
            if !joined.is_empty() && d.blocks().get(p.block).is_some_and(|b| b.span.start == p.span.start) {
                joined.push('\n');
            }
            joined.push_str(d.slice(p.span));
            piece = flow.next(&d, &p);
            if let Some(n) = piece {
                prop_assert!(flow.prev(&d, &n) == Some(p));
            }
        }
        prop_assert!(joined == d.text(), "{} bytes of {}", joined.len(), d.text().len());
    }
}

fn holds(bytes: &[u8], name: &str) -> Result<(), TestCaseError> {
    let source = source::read(bytes, None);
    for verbatim in [false, true] {
        let d = format::parse(
            &source,
            ParseOptions {
                name,
                verbatim,
                ..ParseOptions::default()
            },
        );
        let mut end = None;
        for block in d.blocks() {
            prop_assert!(!d.slice(block.span).contains('\n'));
            prop_assert_eq!(d.text().get(block.span.range()), Some(d.slice(block.span)));
            if let Some(end) = end {
                prop_assert_eq!(block.span.start.byte(), end + 1);
            }
            end = Some(block.span.end.byte());
        }
        prop_assert_eq!(end.unwrap_or(0), d.text().len());
        let meta = d.meta();
        let shown = [
            Some(&meta.title),
            meta.author.as_ref(),
            meta.date.as_ref(),
            meta.source.as_ref(),
            meta.editor.as_ref(),
        ];
        for text in shown
            .into_iter()
            .flatten()
            .map(String::as_str)
            .chain([d.text()])
        {
            prop_assert!(
                !text
                    .chars()
                    .any(|c| c != '\n' && (c.is_control() || sanitize::is_hostile(c))),
                "{:?}",
                text
            );
        }
        for markup in d.markup() {
            prop_assert!(d.text().get(markup.span.range()).is_some());
        }
        let _ = jingdu::outline::outline(&d);
    }
    Ok(())
}

/// Of all pairs of widths from 20 to 120: there and back is the same top row,
/// and the top cluster never changes.
#[test]
fn no_pair_of_widths_moves_the_reader() {
    let text: String = jingdu::shell::open::item::SHIPPED[4]
        .1
        .chars()
        .take(700)
        .collect();
    for (steps, height) in [(0, 6), (9, 6)] {
        for w in 20..=120 {
            let mut s = session(&text, w, height);
            (0..steps)
                .for_each(|_| _ = update(&mut s, &Keymap::default(), Input::Key(Key::char('j'))));
            let (before, place) = (shown(&s), s.reading.place);
            for v in 20..=120 {
                s.resize(v, height);
                s.refresh();
                assert_eq!(s.reading.place, place, "{w} to {v}");
                s.resize(w, height);
                s.refresh();
                assert!(shown(&s) == before, "{w} to {v} and back");
            }
        }
    }
}

/// On a terminal with wide ambiguous characters the interface draws none of its
/// own: in no mode, of no size, in neither language.
#[test]
fn a_wide_terminal_gets_no_ambiguous_character_of_ours() {
    let keymap = Keymap::default();
    let theme = Theme::named("auto", None, Depth::True);
    let text = "# 协同发展\n\n一、总论\n\n- 甲项\n- 乙项\n\n> 引文一段。\n\n---\n\n一是京津冀要协同。二是生态要保护。\n\n```\nlet a = 1;\n```\n".repeat(3);
    let mut found = std::collections::BTreeSet::new();
    for lang in [Lang::Zh, Lang::En] {
        for (columns, rows) in [(120, 200), (70, 24), (40, 20), (20, 10)] {
            let commands = table::all().filter_map(|command| command.keys().next());
            for keys in commands.chain(crate::gate::PAGES.iter().copied()) {
                let settings = Settings {
                    lang,
                    face: Face::plain(WidthPolicy::WIDE),
                    ..Settings::default()
                };
                let mut s = Session::new(settings, columns, rows);
                s.open(Article::new("law.md", source::read(text.as_bytes(), None)));
                s.refresh();
                for key in ["/ 协 enter", "* ", keys]
                    .into_iter()
                    .flat_map(|keys| Key::parse_all(keys).unwrap())
                {
                    update(&mut s, &keymap, Input::Key(key));
                }
                let mut buffer = display::buffer(columns, rows);
                view::draw(&s, &keymap, &theme, &mut buffer);
                for cell in (0..rows)
                    .flat_map(|y| (0..columns).map(move |x| (x, y)))
                    .filter_map(|at| buffer.cell(at))
                {
                    let one = WidthPolicy::NARROW.text(cell.symbol());
                    if WidthPolicy::WIDE.text(cell.symbol()) != one {
                        found.insert(format!("{} after {keys}", cell.symbol()));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

fn session(text: &str, columns: u16, rows: u16) -> Session {
    let mut s = Session::new(Settings::default(), columns, rows);
    s.open(Article::new("law.txt", source::read(text.as_bytes(), None)));
    s.refresh();
    s
}

/// Returns what the reading pane shows, without what depends on its width alone.
fn shown(s: &Session) -> Vec<String> {
    let text = |line: &Line| match line {
        Line::Text { row, .. } => s.article.document().slice(row.drawn()).to_owned(),
        Line::Mast(i) => format!("mast {i}"),
        Line::Blank => String::new(),
    };
    s.reading.window.iter().map(text).collect()
}
