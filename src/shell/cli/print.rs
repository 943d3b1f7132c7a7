//! `jingdu print`: the laid-out text, a row a line, for pipes and files.
//!
//! The same layout as the reader's. Without white space the rows hold the same characters at
//! every width: no bars, rules or signs of wrapping are drawn.

use super::options::PrintOptions;
use super::report;
use crate::document::{Block, BlockKind, Document};
use crate::format::{self, ParseOptions};
use crate::layout::{Face, Flow, Measure, PosSet, Row, glyphs, masthead, measure};
use crate::outline::outline;
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::text::{Lang, Pos, Span};
use std::io;
use std::process::ExitCode;

/// Bytes that are written at once.
const PAGE_BYTES: usize = 64 << 10;

pub(crate) fn print(
    options: &PrintOptions,
    reading: &DecodeOptions,
    lang: Lang,
) -> Result<ExitCode, Error> {
    let item = Item::of(&options.file);
    if options.raw {
        let mut text = item.source(reading)?.text;
        if !text.ends_with('\n') {
            text.push('\n');
        }
        return Ok(report::out(&text, 0));
    }
    let document = if options.verbatim {
        let ask = ParseOptions {
            name: &item.name(),
            verbatim: true,
            ..ParseOptions::default()
        };
        format::parse(&item.source(reading)?, ask)
    } else {
        item.document(reading)?.0
    };
    let written = rows(&document, options, &mut report::write);
    report::warn_of_loss(&document, &item, lang);
    Ok(report::ended(written, 0))
}

/// Returns the rows of a document, each with its line end.
pub fn render(document: &Document, options: &PrintOptions) -> String {
    let mut text = String::new();
    let _ = rows(document, options, &mut |part| {
        text.push_str(part);
        Ok(())
    });
    text
}

/// Collects lines, and writes them page by page: never a whole long text at once.
struct Pages<'a> {
    page: String,
    write: &'a mut dyn FnMut(&str) -> io::Result<()>,
    /// Titles and headings are bold.
    color: bool,
}

impl Pages<'_> {
    fn line(&mut self, indent: usize, text: &str, strong: bool) -> io::Result<()> {
        if self.page.len() > PAGE_BYTES {
            self.flush()?;
        }
        let text: String = text.split(report::INVISIBLE).collect();
        if !text.is_empty() {
            self.page.push_str(&" ".repeat(indent));
        }
        if self.color && strong && !text.trim().is_empty() {
            self.page.extend(["\u{1b}[1m", &text, "\u{1b}[0m"]);
        } else {
            self.page.push_str(&text);
        }
        self.page.push('\n');
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        (self.write)(&std::mem::take(&mut self.page))
    }
}

/// Lays a document out and writes its rows.
fn rows(
    document: &Document,
    options: &PrintOptions,
    write: &mut dyn FnMut(&str) -> io::Result<()>,
) -> io::Result<()> {
    let mut pages = Pages {
        page: String::new(),
        write,
        color: report::colors(options.color.when),
    };
    let with_head = !options.parts.body && !options.verbatim;
    if options.layout.width == Some(0) {
        unfilled(document, with_head, options.parts.folded, &mut pages)?;
    } else {
        filled(document, with_head, options, &mut pages)?;
    }
    pages.flush()
}

/// Writes one block a line.
fn unfilled(
    document: &Document,
    with_head: bool,
    with_folds: bool,
    pages: &mut Pages<'_>,
) -> io::Result<()> {
    let meta = document.meta();
    let head = [meta.title.clone(), masthead::facts(meta)];
    for text in head.iter().filter(|text| with_head && !text.is_empty()) {
        pages.line(0, text, false)?;
    }
    let blocks = document.blocks().iter();
    for block in blocks.filter(|block| with_folds || !block.is_folded()) {
        let text = bullet(document, block).to_owned();
        pages.line(0, &(text + document.slice(block.span)), is_strong(block))?;
    }
    Ok(())
}

/// Writes rows of the measure.
fn filled(
    document: &Document,
    with_head: bool,
    options: &PrintOptions,
    pages: &mut Pages<'_>,
) -> io::Result<()> {
    let measure = measure(options);
    if with_head {
        for row in masthead::masthead(document.meta(), &measure) {
            pages.line(row.indent, row.text.trim_end(), row.title)?;
        }
    }
    let mut flow = Flow {
        opened: PosSet::full(options.parts.folded),
        ..Flow::default()
    };
    if !options.verbatim {
        let points = outline(document).points;
        flow.bound = points.iter().map(|p| p.marker).collect::<Vec<_>>().into();
    }
    let mut piece = flow.segment_at(document, Pos(0));
    while let Some(p) = piece {
        let Some(block) = document.blocks().get(p.block) else {
            break;
        };
        if p.folded {
            piece = flow.next(document, &p);
            continue;
        }
        if !options.verbatim {
            for _ in 0..flow.blank_before(document, &p, &measure) {
                pages.line(0, "", false)?;
            }
        }
        let begins = p.span.start == block.span.start;
        let bullet = bullet(document, block);
        let mut sign = if begins { bullet } else { "" };
        for row in &flow.rows(document, &p, &measure) {
            let text = sign.to_owned() + &drawn(document, p.span, row, measure.face);
            let indent = usize::from(row.indent).saturating_sub(sign.len());
            pages.line(indent, &text, is_strong(block))?;
            sign = "";
        }
        piece = flow.next(document, &p);
    }
    Ok(())
}

/// Returns a row's characters, with blanks between them where they are set apart.
fn drawn(document: &Document, piece: Span, row: &Row, face: Face) -> String {
    let glyphs_of = |row: &Row| -> String {
        let glyphs = glyphs(document.text(), piece, row, face);
        glyphs.map(|g| " ".repeat(g.blanks) + g.drawn).collect()
    };
    if row.parts.is_empty() {
        return glyphs_of(row);
    }
    let mut drawn = String::new();
    for part in &*row.parts {
        let blanks = part.left.saturating_sub(face.widths.text(&drawn));
        drawn += &" ".repeat(blanks);
        drawn += &glyphs_of(&part.row);
    }
    drawn
}

fn is_strong(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
}

/// Returns the bullet of an item that has no number of its own.
fn bullet(document: &Document, block: &Block) -> &'static str {
    let numbered = document
        .slice(block.span)
        .starts_with(|c: char| c.is_ascii_digit());
    let has_bullet = block.kind == BlockKind::Item && !numbered;
    if has_bullet { "- " } else { "" }
}

/// Returns the measure asked for: exact, odd as well, not capped.
fn measure(options: &PrintOptions) -> Measure {
    let layout = &options.layout;
    let cells = layout.width.unwrap_or(measure::DEFAULT).max(1);
    let roomy = cells >= measure::NARROW;
    let indent = match cells {
        _ if options.verbatim || !roomy => 0,
        ..30 => 2,
        _ => 4,
    };
    Measure {
        cells,
        indent: layout.indent.unwrap_or(indent),
        gap: false,
        hang: layout.hang().unwrap_or(roomy),
        widow: layout.widow().unwrap_or(roomy),
        leading: false,
        linear: true,
        numbers: 0,
        face: Face {
            wide_quotes: layout.wide_quotes(),
            ..Face::plain(layout.widths())
        },
    }
}
