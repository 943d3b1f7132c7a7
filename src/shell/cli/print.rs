//! `jingdu print`: the laid-out text, a row a line, for pipes and files.
//!
//! The same layout as the reader's. Without white space the rows hold the same
//! characters at every width: no bars, rules or signs of wrapping are drawn.

use crate::document::{BlockKind, Document};
use crate::format;
use crate::format::Ask;
use crate::layout::{Face, Flow, Measure, Row, glyphs, masthead, measure};
use crate::outline::outline;
use crate::shell::Error;
use crate::shell::cli::report;
use crate::shell::open::library::{Item, Reading};
use crate::shell::open::pieces;
use crate::text::{Pos, WidthPolicy};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `jingdu print` was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one for each switch of the command line"
)]
pub struct Options {
    /// The file.
    pub file: PathBuf,
    /// The exact measure in cells; 0 for one block a line.
    pub width: Option<usize>,
    /// First-line indent in cells.
    pub indent: Option<usize>,
    /// Whether stops hang; by default as in the reader.
    pub hang: Option<bool>,
    /// Whether the last row holds two characters; by default as in the reader.
    pub widow: Option<bool>,
    /// Cells of ambiguous characters.
    pub widths: WidthPolicy,
    /// Curly quotes two cells wide.
    pub wide_quotes: bool,
    /// The body alone, without the masthead.
    pub body: bool,
    /// Plain text as it stands.
    pub verbatim: bool,
    /// The raw source.
    pub raw: bool,
    /// Whether to colour markers and headings.
    pub color: bool,
}

/// Prints a file.
///
/// # Errors
/// Where it cannot be read.
pub fn print(options: &Options, reading: &Reading) -> Result<ExitCode, Error> {
    let item = Item::of(&options.file);
    if options.raw {
        return Ok(report::out(&ended(item.source(reading)?.text), 0));
    }
    let document = if options.verbatim {
        format::parse(
            &item.source(reading)?,
            Ask {
                name: &item.name(),
                verbatim: true,
                ..Ask::default()
            },
        )
    } else {
        pieces::document(&item, reading)?.0
    };
    Ok(report::ended(
        rows(&document, options, &mut report::write),
        0,
    ))
}

fn ended(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The rows of a document, each with its line end.
pub fn render(document: &Document, options: &Options) -> String {
    let mut text = String::new();
    let _ = rows(document, options, &mut |part| {
        text.push_str(part);
        Ok(())
    });
    text
}

/// So many bytes are given on at once.
const PAGE: usize = 64 << 10;

/// Lays out, and gives the rows on page by page: of a long text never all at once.
/// Titles and headings are bold where colours are asked for.
fn rows(
    document: &Document,
    options: &Options,
    give: &mut dyn FnMut(&str) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = String::new();
    let mut line = |indent: usize, text: &str, strong: bool| -> io::Result<()> {
        if out.len() > PAGE {
            give(&out)?;
            out.clear();
        }
        let clean: String = text
            .chars()
            .filter(|c| !matches!(c, '\u{200b}' | '\u{2060}'))
            .collect();
        if !clean.is_empty() {
            out.push_str(&" ".repeat(indent));
        }
        if options.color && strong && !clean.trim().is_empty() {
            out.extend(["\u{1b}[1m", &clean, "\u{1b}[0m"]);
        } else {
            out.push_str(&clean);
        }
        out.push('\n');
        Ok(())
    };
    let with_head = !options.body && !options.verbatim;
    if options.width == Some(0) {
        if with_head {
            for text in [
                document.meta().title.clone(),
                masthead::facts(document.meta()),
            ] {
                if !text.is_empty() {
                    line(0, &text, false)?;
                }
            }
        }
        for block in document.blocks() {
            let strong = matches!(block.kind, BlockKind::Heading(_));
            line(
                0,
                &format!(
                    "{}{}",
                    bullet(document, block.kind, block.span),
                    document.slice(block.span)
                ),
                strong,
            )?;
        }
        return give(&out);
    }
    let measure = measure(options);
    if with_head {
        for row in masthead::masthead(document.meta(), &measure) {
            line(row.indent, row.text.trim_end(), row.title)?;
        }
    }
    // what is read verbatim has no points
    let bound = if options.verbatim {
        Vec::new()
    } else {
        outline(document).points.iter().map(|p| p.marker).collect()
    };
    let flow = Flow {
        bound: bound.into(),
        ..Flow::default()
    };
    let mut piece = flow.segment_at(document, Pos(0));
    while let Some(p) = piece {
        let Some(block) = document.blocks().get(p.block) else {
            break;
        };
        if !options.verbatim {
            (0..flow.blank_before(document, &p, &measure)).try_for_each(|_| line(0, "", false))?;
        }
        let strong = matches!(block.kind, BlockKind::Heading(_));
        let bullet = if p.span.start == block.span.start {
            bullet(document, block.kind, block.span)
        } else {
            ""
        };
        for (i, row) in flow.rows(document, &p, &measure).iter().enumerate() {
            let sign = if i == 0 { bullet } else { "" };
            let glyphs_of = |row: &Row| -> String {
                glyphs(document.text(), p.span, row, measure.face)
                    .map(|g| " ".repeat(g.blanks) + g.drawn)
                    .collect()
            };
            let mut drawn = String::new();
            for part in &*row.parts {
                drawn += &" ".repeat(part.left.saturating_sub(measure.face.widths.text(&drawn)));
                drawn += &glyphs_of(&part.row);
            }
            if row.parts.is_empty() {
                drawn = glyphs_of(row);
            }
            line(
                usize::from(row.indent).saturating_sub(sign.len()),
                &(sign.to_owned() + &drawn),
                strong,
            )?;
        }
        piece = flow.next(document, &p);
    }
    give(&out)
}

/// The bullet of an item that has no number of its own.
fn bullet(document: &Document, kind: BlockKind, span: crate::text::Span) -> &'static str {
    let numbered = document
        .slice(span)
        .starts_with(|c: char| c.is_ascii_digit());
    if kind == BlockKind::Item && !numbered {
        "- "
    } else {
        ""
    }
}

/// The measure asked for: exact, odd too, not capped.
fn measure(options: &Options) -> Measure {
    let cells = options.width.unwrap_or(measure::DEFAULT).max(1);
    let roomy = cells >= measure::NARROW;
    let indent = options.indent.unwrap_or(match (options.verbatim, cells) {
        (true, _) | (_, 0..measure::NARROW) => 0,
        (_, measure::NARROW..30) => 2,
        _ => 4,
    });
    Measure {
        cells,
        indent,
        gap: false,
        hang: options.hang.unwrap_or(roomy),
        widow: options.widow.unwrap_or(roomy),
        leading: false,
        linear: true,
        face: Face {
            wide_quotes: options.wide_quotes,
            ..Face::plain(options.widths)
        },
    }
}
