//! Benchmarks of queries over many articles, at three sizes: `cargo bench --bench library`.
//!
//! All of it takes time in proportion to the texts.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use jingdu::library::phrases::{PhraseFinder, PhraseSide};
use std::time::Duration;

/// The sizes of all texts together, in bytes.
const SIZES: [usize; 3] = [100_000, 1_000_000, 10_000_000];
/// Bytes of an article.
const ARTICLE_BYTES: usize = 6_000;
const COMMENTARY: &str = include_str!("../articles/02-crawled-commentary.md");
const REPORT: &str = include_str!("../articles/06-long-report.md");

fn main() {
    divan::Divan::from_args()
        .max_time(Duration::from_secs(1))
        .min_time(Duration::from_millis(100))
        .run_benches();
}

/// Returns articles of about that size together; each begins at another line.
fn texts(size: usize) -> Vec<String> {
    let lines: Vec<&str> = COMMENTARY
        .lines()
        .chain(REPORT.lines())
        .filter(|line| line.len() > 100)
        .collect();
    let article = |first: usize| {
        let mut text = String::new();
        for line in lines.iter().cycle().skip(first % lines.len()) {
            if text.len() + line.len() > ARTICLE_BYTES {
                break;
            }
            text += line;
            text.push('\n');
        }
        text
    };
    (0..size / ARTICLE_BYTES).map(article).collect()
}

/// The salient phrases of a tenth of the articles beside the rest.
#[divan::bench(args = SIZES)]
fn a_salient_phrases(bencher: Bencher<'_, '_>, size: usize) {
    let texts = texts(size);
    let (asked, others) = texts.split_at(texts.len() / 10);
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        let mut finder = PhraseFinder::default();
        for text in asked {
            finder.add(black_box(text));
        }
        let mut counts = finder.phrases(5);
        for (side, texts) in [(PhraseSide::Asked, asked), (PhraseSide::Others, others)] {
            for (id, text) in (1..).zip(texts) {
                counts.count(text, id, None, side);
            }
        }
        counts.salient(100, 1).len()
    });
}
