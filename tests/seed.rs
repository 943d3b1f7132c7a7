//! The first article that jingdu was written for, when it is there: everything
//! must be true of it first.

use crate::support::{self, corpus, press, row};
use jingdu::command::{Input, Keymap, update};
use jingdu::document::BlockKind;
use jingdu::outline::{EntryKind, Index};
use jingdu::search::Query;
use jingdu::session::{Article, Line, Session};
use jingdu::text::Pos;
use jingdu::view::theme::Depth;
use jingdu::view::{self, Theme};

/// The sizes that the key scripts run at.
const SIZES: [(u16, u16); 2] = [(120, 40), (80, 24)];

fn seed() -> Option<Article> {
    let bytes = std::fs::read(corpus()?.join("articles/jingjinji.md")).unwrap();
    Some(support::article("jingjinji.md", &bytes))
}

/// The status row as drawn.
fn status(session: &Session) -> String {
    let mut buffer =
        jingdu::shell::terminal::display::buffer(session.screen.columns, session.screen.rows);
    view::draw(
        session,
        &Keymap::default(),
        &Theme::named("dark", None, Depth::True),
        &mut buffer,
    );
    row(
        &buffer,
        session.settings.face.widths,
        buffer.area.height - 1,
    )
}

/// A row as drawn.
fn row_of(session: &Session, y: u16) -> String {
    let mut buffer =
        jingdu::shell::terminal::display::buffer(session.screen.columns, session.screen.rows);
    view::draw(
        session,
        &Keymap::default(),
        &Theme::named("dark", None, Depth::True),
        &mut buffer,
    );
    row(&buffer, session.settings.face.widths, y)
}

/// The line being typed, as drawn.
fn prompt(session: &Session) -> String {
    row_of(session, session.screen.crumbs.y)
}

/// Returns whether a place of the text is on the screen.
fn is_on_screen(session: &Session, pos: Pos) -> bool {
    session
        .reading
        .window
        .iter()
        .any(|line| matches!(line, Line::Text { row, .. } if row.span.contains(pos)))
}

#[test]
fn its_facts_and_blocks_are_read() {
    let Some(article) = seed() else { return };
    let meta = article.meta();
    assert_eq!(meta.title, "全力推动京津冀协同发展向广度深度拓展");
    assert_eq!(
        (
            meta.date.as_deref(),
            meta.author.as_deref(),
            meta.editor.as_deref()
        ),
        (Some("2019-02-22 07:31"), Some("wetech"), Some("刘亚楠"))
    );
    let kinds: Vec<BlockKind> = article.document().blocks().iter().map(|b| b.kind).collect();
    assert_eq!(
        kinds,
        [&[BlockKind::Lead][..], &[BlockKind::Paragraph; 6]].concat()
    );
    let count = |term: &str| article.document().text().matches(term).count();
    assert_eq!(
        (count("京津冀"), count("京津冀协同发展"), count("雄安质量")),
        (34, 20, 7)
    );
    let series: Vec<usize> = article.outline.series.iter().map(Vec::len).collect();
    assert_eq!(series, [4, 3, 3, 3, 4]);
}

#[test]
fn seventeen_keys_visit_seventeen_points() {
    let keymap = Keymap::default();
    for (columns, rows) in SIZES {
        let Some(article) = seed() else { return };
        let mut session = support::session(article, columns, rows);
        let points = session.article.outline.points.clone();
        assert_eq!(points.len(), 17);
        for (i, point) in points.iter().enumerate() {
            press(&mut session, &keymap, "J");
            assert_eq!(
                session.reading.landed,
                Some(point.marker),
                "{columns}x{rows}: J {}",
                i + 1
            );
            assert!(
                is_on_screen(&session, point.marker.start),
                "{columns}x{rows}: point {} is off the screen",
                i + 1
            );
            let status = status(&session);
            assert!(
                status.contains(&format!("第{}点/17", i + 1)),
                "{columns}x{rows}: {status}"
            );
            let chosen = session
                .pane
                .entry()
                .and_then(|e| session.article.outline.entries.get(e))
                .map(|e| e.kind);
            assert_eq!(
                chosen,
                Some(EntryKind::Point(Index::new(i))),
                "{columns}x{rows}: the outline's choice"
            );
        }
        let before = session.reading.position();
        press(&mut session, &keymap, "J");
        assert_eq!(session.reading.position(), before);
        assert!(
            status(&session).contains("已是最后一个要点"),
            "{}",
            status(&session)
        );
    }
}

#[test]
fn searching_counts_its_hits() {
    let keymap = Keymap::default();
    for (columns, rows) in SIZES {
        let Some(article) = seed() else { return };
        let mut session = support::session(article, columns, rows);
        press(&mut session, &keymap, "/ 雄安质量 enter");
        assert!(
            status(&session).contains("/雄安质量 1/7"),
            "{}",
            status(&session)
        );
        for k in 2..=7 {
            press(&mut session, &keymap, "n");
            assert!(
                status(&session).contains(&format!("/雄安质量 {k}/7")),
                "{}",
                status(&session)
            );
            assert!(is_on_screen(&session, session.reading.focus));
        }
        press(&mut session, &keymap, "g g / 京津冀协同发展 enter");
        assert!(
            status(&session).contains("/京津冀协同发展 1/20"),
            "{}",
            status(&session)
        );
    }
}

#[test]
fn it_is_found_however_it_is_typed() {
    let Some(article) = seed() else { return };
    let text = article.document().text();
    for (typed, count) in [
        ("协同发展", 27),
        ("生态", 20),
        ("机制", 14),
        ("生态环境", 4),
        ("体制机制", 3),
        ("體制機制", 3),
        ("\"雄安质量\"", 7),
        ("“雄安质量”", 7),
        ("xazl", 7),
        ("xiongazl", 7),
        ("xionganzhiliang", 7),
        ("fsdgn", 7),
        ("cjpt", 4),
        ("xtfz", 27),
    ] {
        let found = Query::new(typed).unwrap().find(text);
        assert_eq!(found.len(), count, "{typed}: {:?}", found.words);
    }
    let found = Query::new("jjj").unwrap().find(text);
    assert_eq!(
        (found.words[0].text.as_str(), found.words[0].count),
        ("京津冀", 34),
        "{:?}",
        found.words
    );
}

#[test]
fn keys_find_it_however_it_is_typed() {
    let keymap = Keymap::default();
    for (columns, rows) in SIZES {
        let Some(article) = seed() else { return };
        let mut session = support::session(article, columns, rows);
        for (typed, count) in [
            ("協同發展", 27),
            ("生态", 20),
            ("机制", 14),
            ("生态环境", 4),
            ("體制機制", 3),
            ("\"雄安质量\"", 7),
            ("“雄安质量”", 7),
        ] {
            press(&mut session, &keymap, "/");
            let _ = update(&mut session, &keymap, Input::Paste(typed.to_owned()));
            assert!(
                prompt(&session).trim_end().ends_with(&format!("1/{count}")),
                "{}",
                prompt(&session)
            );
            press(&mut session, &keymap, "enter n g g");
            assert!(
                status(&session).contains(&format!("/{count}")),
                "{}",
                status(&session)
            );
            let hit = session.find.matches.spans[0];
            assert!(
                !session.article.document().slice(hit).contains('體'),
                "what is marked is the source"
            );
        }
        for (typed, count) in [
            ("x a z l", 7),
            ("f s d g n", 7),
            ("c j p t", 4),
            ("x t f z", 27),
            ("x i o n g a n z l", 7),
        ] {
            press(&mut session, &keymap, &format!("/ {typed} enter"));
            assert!(
                status(&session).contains(&format!("/{count} 拼音")),
                "{}",
                status(&session)
            );
        }
        press(&mut session, &keymap, "/ j j j");
        assert_eq!(
            (
                session.find.offers.words[0].text.as_str(),
                session.find.offers.words[0].count
            ),
            ("京津冀", 34)
        );
        assert!(row_of(&session, session.screen.body.y).contains("1 京津冀 34"));
        press(&mut session, &keymap, "1 enter");
        assert!(
            status(&session).contains("/京津冀 "),
            "{}",
            status(&session)
        );
        assert_eq!(session.find.matches.len(), 34);
        // keywords: the longest has the colour, the counts of both are true
        press(&mut session, &keymap, "esc *");
        let _ = update(
            &mut session,
            &keymap,
            Input::Paste("协同发展、生态、机制\n生态环境".to_owned()),
        );
        press(&mut session, &keymap, "enter");
        assert!(
            row_of(&session, session.screen.legend.y)
                .contains("1 协同发展 27  2 生态 20  3 机制 14  4 生态环境 4")
        );
        press(&mut session, &keymap, "/ 生态环境 enter");
        let span = session.find.matches.spans[0];
        assert_eq!(jingdu::view::legend::longest(&session, span), [(span, 3)]);
        // nothing found: said at once, the place stays
        let before = session.reading.position();
        press(&mut session, &keymap, "/ 碳达峰 enter");
        assert!(
            status(&session).contains("没有找到“碳达峰”"),
            "{}",
            status(&session)
        );
        assert_eq!(session.reading.position(), before);
    }
}

#[test]
fn its_key_terms_are_its_own() {
    let Some(article) = seed() else { return };
    let terms = jingdu::search::terms::terms(article.document().text(), 20);
    let named: Vec<String> = terms
        .iter()
        .map(|t| format!("{} {}", t.text, t.count))
        .collect();
    for term in ["京津冀协同发展 20", "雄安质量 7", "非首都功能 7"] {
        assert!(
            named.iter().any(|t| t == term),
            "{term} is not among {named:?}"
        );
    }
}
