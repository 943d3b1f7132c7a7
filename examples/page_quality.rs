//! Measures how even a page is: `cargo run --example page_quality -- FILE…`.
//!
//! At every width from 20 to 120, hanging marks on, last rows of paragraphs and
//! headings left out: the share of rows within a cell of the measure, and the
//! share of rows whose Han all stand on an even column, with curly quotes two
//! cells wide; the same over the rows of Han and full-width marks alone.

use jingdu::document::{BlockKind, Document};
use jingdu::format;
use jingdu::format::ParseOptions;
use jingdu::layout::{Face, Flow, Glyph, Measure, glyphs};
use jingdu::outline::outline;
use jingdu::source;
use jingdu::text::Pos;

/// Rows counted, and those that pass.
#[derive(Default)]
struct Share {
    passed: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, passed: bool) {
        self.all += 1;
        self.passed += usize::from(passed);
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of rows are far below 2^52"
    )]
    fn per_cent(&self) -> f64 {
        if self.all == 0 {
            100.0
        } else {
            self.passed as f64 * 100.0 / self.all as f64
        }
    }
}

fn is_han(cluster: &str) -> bool {
    cluster
        .chars()
        .next()
        .is_some_and(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Returns whether every Han of the row begins on an even column, and whether the row
/// holds nothing but Han and full-width marks.
fn grid(indent: usize, row: &[Glyph<'_>], text: &str) -> (bool, bool) {
    let (mut column, mut even, mut pure) = (indent, true, true);
    for glyph in row {
        column += glyph.blanks;
        even &= !is_han(glyph.drawn) || column % 2 == 0;
        // a quote is a full-width mark, whatever the terminal makes of it
        pure &= glyph.cells == 2 || matches!(glyph.span.of(text), "“" | "”" | "‘" | "’");
        column += glyph.cells;
    }
    (even, pure)
}

fn measure_of(width: usize) -> Measure {
    Measure::fitted(
        width + 4,
        width,
        false,
        true,
        Face {
            wide_quotes: true,
            ..Face::default()
        },
    )
}

fn rate(document: &Document, shares: &mut [Share; 4]) {
    let bound = outline(document).points.iter().map(|p| p.marker).collect();
    let flow = Flow {
        bound,
        ..Flow::default()
    };
    for width in 20..=120 {
        let measure = measure_of(width);
        let mut piece = flow.segment_at(document, Pos(0));
        while let Some(p) = piece {
            let rows = flow.rows(document, &p, &measure);
            let block = document.blocks().get(p.block);
            if block.is_some_and(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Lead)) {
                for row in rows.iter().take(rows.len().saturating_sub(1)) {
                    let cells = usize::from(row.indent) + usize::from(row.cells);
                    let (even, pure) = grid(
                        usize::from(row.indent),
                        &glyphs(document.text(), p.span, row, measure.face).collect::<Vec<_>>(),
                        document.text(),
                    );
                    let full = cells + 1 >= measure.cells;
                    shares[0].add(full);
                    shares[1].add(even);
                    if pure {
                        shares[2].add(full);
                        shares[3].add(even);
                    }
                }
            }
            piece = flow.next(document, &p);
        }
    }
}

fn main() {
    let mut total = [const { Share { passed: 0, all: 0 } }; 4];
    println!(
        "{:>7} {:>7} {:>7} {:>7}  file",
        "full", "grid", "full*", "grid*"
    );
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("cannot read {path}");
            continue;
        };
        let document = format::parse(
            &source::read(&bytes, None),
            ParseOptions {
                name: &path,
                ..ParseOptions::default()
            },
        );
        let mut shares = [const { Share { passed: 0, all: 0 } }; 4];
        rate(&document, &mut shares);
        let [full, grid, full_pure, grid_pure] = &shares;
        println!(
            "{:7.2} {:7.2} {:7.2} {:7.2}  {path}",
            full.per_cent(),
            grid.per_cent(),
            full_pure.per_cent(),
            grid_pure.per_cent()
        );
        for (sum, share) in total.iter_mut().zip(shares) {
            sum.passed += share.passed;
            sum.all += share.all;
        }
    }
    let [full, grid, full_pure, grid_pure] = &total;
    println!(
        "{:7.2} {:7.2} {:7.2} {:7.2}  all; * rows of Han and full-width marks only",
        full.per_cent(),
        grid.per_cent(),
        full_pure.per_cent(),
        grid_pure.per_cent()
    );
}
