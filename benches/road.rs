//! Every stage of the road at three sizes: an article as people have it, 1 MB,
//! 10 MB. `cargo bench --bench road` runs all, with `-- keys` those with that name.
//!
//! The stages up to the outline, searching and the walk over everything may take
//! time in proportion to the text; one screen, a key and a frame may not: their
//! figures are to be the same in every column.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jingdu::command::{Input, Keymap, update};
use jingdu::document::Document;
use jingdu::format;
use jingdu::format::ParseOptions;
use jingdu::layout::{Face, Flow, Measure, measure};
use jingdu::library::count::{CountedTerm, TermCounter};
use jingdu::search::Query;
use jingdu::session::term::{KeywordScope, Term};
use jingdu::session::{Article, Session, Settings};
use jingdu::shell::terminal::display::{self, Display};
use jingdu::source::{self, Source};
use jingdu::text::Pos;
use jingdu::text::key::Key;
use jingdu::view::theme::Depth;
use jingdu::view::{self, Theme};
use ratatui::buffer::Buffer;
use std::sync::Arc;
use std::time::Duration;

#[path = "../tests/support/epub.rs"]
#[allow(dead_code, reason = "its traps are for the tests")]
mod epub;

/// The sizes, in bytes.
const SIZES: [usize; 3] = [12_000, 1_000_000, 10_000_000];
/// The sizes that are searched: also what no key may wait for.
const SEARCHED: [usize; 4] = [12_000, 1_000_000, 10_000_000, 100_000_000];
const COMMENTARY: &str = include_str!("../articles/02-crawled-commentary.md");
const REPORT: &str = include_str!("../articles/06-long-report.md");

fn main() {
    divan::Divan::from_args()
        .max_time(Duration::from_secs(1))
        .min_time(Duration::from_millis(100))
        .run_benches();
}

/// A text of about that size: the body of the commentary, and from 1 MB on the
/// report as well, again and again.
fn text(size: usize) -> String {
    let body: Vec<&str> = COMMENTARY
        .lines()
        .skip(15)
        .filter(|l| l.len() > 100)
        .collect();
    let report: Vec<&str> = REPORT.lines().skip(9).filter(|l| !l.is_empty()).collect();
    let mut out = String::with_capacity(size + 4096);
    for line in body.iter().chain(&report).cycle() {
        if out.len() + line.len() > size {
            return out;
        }
        out += line;
        out.push('\n');
    }
    out
}

/// The same text as a file of a format, in paragraphs or lines.
fn file(size: usize, name: &str) -> String {
    let text = text(size);
    match name {
        "a.md" => format!(
            "---\ntitle: 评论\n---\n## 一\n\n{}",
            text.replace('\n', "\n\n")
        ),
        "a.html" => format!(
            "<!doctype html><html><body><h1>评论</h1><p>{}</p></body></html>",
            text.replace('\n', "</p>\n<p>")
        ),
        _ => text,
    }
}

fn source(size: usize, name: &str) -> Source {
    source::read(file(size, name).as_bytes(), None)
}

fn document(size: usize) -> Document {
    format::parse(
        &source(size, "a.md"),
        ParseOptions {
            name: "a.md",
            ..ParseOptions::default()
        },
    )
}

/// A session in the middle of an article, and what it takes to draw it.
struct Stage {
    session: Session,
    keymap: Keymap,
    theme: Theme,
}

impl Stage {
    fn new(size: usize) -> Self {
        let mut session = Session::new(Settings::default(), 120, 40);
        session.open(Article::new("a.md", source(size, "a.md")));
        session.refresh();
        let mut stage = Self {
            session,
            keymap: Keymap::default(),
            theme: Theme::named("dark", None, Depth::True),
        };
        for key in ["5", "0", "%"] {
            stage.press(key);
        }
        stage
    }

    fn press(&mut self, key: &str) {
        let key = Key::parse(key).expect("a key");
        update(&mut self.session, &self.keymap, Input::Key(key));
    }

    fn draw(&self) -> Buffer {
        let mut buffer = display::buffer(self.session.screen.columns, self.session.screen.rows);
        view::draw(&self.session, &self.keymap, &self.theme, &mut buffer);
        buffer
    }
}

fn measure() -> Measure {
    Measure::fitted(120, measure::DEFAULT, false, true, Face::default())
}

#[divan::bench(args = SIZES)]
fn a_source(bencher: Bencher<'_, '_>, size: usize) {
    let text = text(size);
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| source::read(black_box(text.as_bytes()), None));
}

/// Bytes whose encoding is not said: told from what reads as text, and decoded.
#[divan::bench(args = SIZES)]
fn a_source_detected(bencher: Bencher<'_, '_>, size: usize) {
    let text = text(size);
    let (bytes, ..) = encoding_rs::GB18030.encode(&text);
    bencher
        .counter(BytesCount::of_slice(&*bytes))
        .bench_local(|| source::read(black_box(&bytes), None));
}

/// A book of a chapter for every hundred paragraphs, from its bytes to a document.
#[divan::bench(args = SIZES)]
fn b_format_epub(bencher: Bencher<'_, '_>, size: usize) {
    let text = text(size);
    let lines: Vec<&str> = text.lines().collect();
    let chapters: Vec<(&str, String)> = lines
        .chunks(100)
        .map(|part| ("章", epub::xhtml("章", part)))
        .collect();
    let bytes = epub::Epub::new().chapters(&chapters, true, false).bytes();
    bencher
        .counter(BytesCount::of_slice(&bytes))
        .bench_local(|| {
            let book = format::epub::open(black_box(&bytes), None).expect("a good book");
            book.document()
        });
}

#[divan::bench(args = SIZES)]
fn b_format_markdown(bencher: Bencher<'_, '_>, size: usize) {
    parse(bencher, size, "a.md");
}

#[divan::bench(args = SIZES)]
fn b_format_plain(bencher: Bencher<'_, '_>, size: usize) {
    parse(bencher, size, "a.txt");
}

#[divan::bench(args = SIZES)]
fn b_format_html(bencher: Bencher<'_, '_>, size: usize) {
    parse(bencher, size, "a.html");
}

fn parse(bencher: Bencher<'_, '_>, size: usize, name: &str) {
    let source = source(size, name);
    bencher
        .counter(BytesCount::of_str(source.text.as_str()))
        .bench_local(|| {
            format::parse(
                black_box(&source),
                ParseOptions {
                    name,
                    ..ParseOptions::default()
                },
            )
        });
}

#[divan::bench(args = SIZES)]
fn c_outline(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    bencher
        .counter(BytesCount::of_str(document.text()))
        .bench_local(|| jingdu::outline::outline(black_box(&document)));
}

/// 字数, for the masthead of an article as soon as all of it has come.
#[divan::bench(args = SIZES)]
fn c_length(bencher: Bencher<'_, '_>, size: usize) {
    let document = document(size);
    bencher
        .counter(BytesCount::of_str(document.text()))
        .bench_local(|| black_box(&document).length());
}

/// A word without other forms: to be compared with `rg -o WORD -j1` on the same bytes.
#[divan::bench(args = SEARCHED)]
fn d_search_plain(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "居民");
}

/// A word with other forms.
#[divan::bench(args = SEARCHED)]
fn d_search_folded(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "电梯");
}

/// A word that is hardly there.
#[divan::bench(args = SEARCHED)]
fn d_search_rare(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "雄安质量");
}

#[divan::bench(args = SEARCHED)]
fn d_search_pinyin(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "ljxq");
}

#[divan::bench(args = SEARCHED)]
fn d_search_paragraphs(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "居民 电梯");
}

#[divan::bench(args = SEARCHED)]
fn d_search_expression(bencher: Bencher<'_, '_>, size: usize) {
    search(bencher, size, "/居民.{1,3}电梯/");
}

/// One query compiled and searched for.
fn search(bencher: Bencher<'_, '_>, size: usize, typed: &str) {
    let text = text(size);
    // the tables of forms and readings are read once in a session
    black_box(Query::new("aaa"));
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| {
            Query::new(typed)
                .expect("a query")
                .find(black_box(&text))
                .len()
        });
}

/// Twenty terms counted in the articles of a library of that size, of 12 kB each.
#[divan::bench(args = SEARCHED)]
fn d_count_terms(bencher: Bencher<'_, '_>, size: usize) {
    let text = text(size);
    let starts = (0..text.len()).step_by(12_000);
    let articles: Vec<&str> = starts
        .map(|at| {
            let end = text.floor_char_boundary(at + 12_000);
            text.get(text.floor_char_boundary(at)..end)
                .unwrap_or_default()
        })
        .collect();
    let typed = "居民 电梯 老旧小区 改造 管网 路面 便民服务 群众 柜台 老人 协同发展 雄安 \
                 高质量发展 乡村振兴 获得感 工匠精神 共享单车 互联网 科学发展观 新时代";
    let terms = typed.split_whitespace().map(CountedTerm::parse);
    let terms: Vec<CountedTerm> = terms.filter_map(Result::ok).flatten().collect();
    bencher
        .counter(BytesCount::of_str(text.as_str()))
        .bench_local(|| {
            let mut counter = TermCounter::new(&terms);
            for article in &articles {
                counter.add(Arc::default(), black_box(article), &|_| true);
            }
            counter.finish().found().count()
        });
}

#[divan::bench(args = SIZES)]
fn e_layout_everything(bencher: Bencher<'_, '_>, size: usize) {
    let (document, flow, measure) = (document(size), Flow::default(), measure());
    bencher
        .counter(BytesCount::of_str(document.text()))
        .bench_local(|| {
            let (mut rows, mut next) = (0, flow.segment_at(&document, Pos(0)));
            while let Some(piece) = next {
                rows += flow.rows(&document, &piece, &measure).len();
                next = flow.next(&document, &piece);
            }
            rows
        });
}

#[divan::bench(args = SIZES)]
fn f_layout_one_screen(bencher: Bencher<'_, '_>, size: usize) {
    let (document, flow, measure) = (document(size), Flow::default(), measure());
    let middle = document
        .blocks()
        .get(document.blocks().len() / 2)
        .map_or(Pos(0), |b| b.span.start);
    bencher.bench_local(|| {
        let (mut rows, mut next) = (0, flow.segment_at(&document, black_box(middle)));
        while let Some(piece) = next.filter(|_| rows < 40) {
            rows += flow.rows(&document, &piece, &measure).len();
            next = flow.next(&document, &piece);
        }
        rows
    });
}

#[divan::bench(args = SIZES)]
fn g_keys_row(bencher: Bencher<'_, '_>, size: usize) {
    keys(bencher, size, ["j", "k"]);
}

#[divan::bench(args = SIZES)]
fn g_keys_page(bencher: Bencher<'_, '_>, size: usize) {
    keys(bencher, size, ["f", "b"]);
}

#[divan::bench(args = SIZES)]
fn g_keys_point(bencher: Bencher<'_, '_>, size: usize) {
    keys(bencher, size, ["J", "K"]);
}

/// One key there or back, and its frame drawn into cells.
fn keys(bencher: Bencher<'_, '_>, size: usize, [there, back]: [&'static str; 2]) {
    let mut stage = Stage::new(size);
    let mut forth = false;
    bencher.bench_local(|| {
        forth = !forth;
        stage.press(if forth { there } else { back });
        stage.draw()
    });
}

/// A character typed into a query, as in a long text: what is on the screen is
/// searched and drawn, the rest is asked for. And back.
#[divan::bench(args = SIZES)]
fn g_keys_query(bencher: Bencher<'_, '_>, size: usize) {
    let mut stage = Stage::new(size);
    stage.session.find.work.sync_bytes = 0;
    stage.press("/");
    stage.press("居");
    let mut forth = false;
    bencher.bench_local(|| {
        forth = !forth;
        stage.press(if forth { "民" } else { "backspace" });
        stage.draw()
    });
}

/// A key while ten keywords are shown on a wide screen, and its frame as bytes.
#[divan::bench(args = SIZES)]
fn g_keys_ten_keywords(bencher: Bencher<'_, '_>, size: usize) {
    let mut stage = Stage::new(size);
    update(&mut stage.session, &stage.keymap, Input::Resize(200, 50));
    let document = stage.session.article.shared();
    stage.session.find.work.sync_bytes = usize::MAX;
    for word in [
        "居民",
        "改造",
        "电梯",
        "老旧小区",
        "物业",
        "管线",
        "楼道",
        "财政",
        "工程",
        "小区",
    ] {
        let find = &mut stage.session.find;
        find.add_term(&document, Term::plain(word), KeywordScope::Article);
    }
    let mut display = Display::default();
    let mut forth = false;
    bencher.bench_local(|| {
        forth = !forth;
        stage.press(if forth { "f" } else { "b" });
        display
            .frame(&stage.draw(), &jingdu::view::Drawn::default())
            .len()
    });
}

#[divan::bench(args = SIZES)]
fn g_resize(bencher: Bencher<'_, '_>, size: usize) {
    let mut stage = Stage::new(size);
    let mut columns = 120;
    bencher.bench_local(|| {
        columns = if columns == 120 { 90 } else { 120 };
        let _ = update(
            &mut stage.session,
            &stage.keymap,
            Input::Resize(columns, 40),
        );
        black_box(stage.draw());
    });
}

#[divan::bench(args = SIZES)]
fn h_frame_bytes(bencher: Bencher<'_, '_>, size: usize) {
    let mut stage = Stage::new(size);
    let one = stage.draw();
    stage.press("f");
    let two = stage.draw();
    let mut display = Display::default();
    let mut forth = false;
    let next = || {
        forth = !forth;
        if forth { two.clone() } else { one.clone() }
    };
    bencher.with_inputs(next).bench_local_values(|buffer| {
        display
            .frame(black_box(&buffer), &jingdu::view::Drawn::default())
            .len()
    });
}
