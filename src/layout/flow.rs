//! Cuts a document into pieces that are laid out one at a time.
//!
//! 1. A piece is a block, or a part of one: a view may start new rows at given
//!    places (every point on its own row) or show some spans only (提纲).
//! 2. A paragraph too long to lay out in a moment is set in parts of about
//!    [`LONG`] bytes that end after a sentence, so that a paragraph of 10 MB
//!    costs no more than any other.
//! 3. Each kind of block has its setting and its blank rows around it.
//!
//! A piece is found from any position in O(log n); nothing is remembered. What a view
//! shows is listed for it, or asked of it where it is needed.

use super::{Measure, Row, Setting, lay_out, table};
use crate::document::{Block, BlockKind, Document};
use crate::text::sentence::first_break;
use crate::text::{Pos, Span, cluster};
use std::fmt::Debug;
use std::sync::Arc;

/// A paragraph longer than this many bytes is set in parts.
pub const LONG: usize = 16 * 1024;

/// What a view shows of a document, and where it begins new rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Positions that begin a row of their own, hanging; sorted.
    pub cuts: Vec<Pos>,
    /// Shows these stretches only. `None` shows everything.
    pub only: Option<Only>,
    /// Markers, which stay on a row with what follows them (I-8); sorted.
    pub bound: Arc<[Span]>,
    /// Whether these stretches are set as ever, with a row between two that have
    /// other text between them.
    pub gaps: bool,
}

/// A stretch that a view lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What of the text.
    pub span: Span,
    /// How far it is set in, in steps.
    pub depth: u8,
}

/// The stretches that a view lets through: in text order, disjoint, none empty, each
/// within one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Only {
    /// All of them.
    Listed(Vec<Shown>),
    /// What tells them one by one: a long text has more than anyone looks at.
    Told(Told),
}

/// Tells the stretches of a view one by one.
pub trait Tell: Debug + Send + Sync {
    /// The first stretch that ends after `pos`.
    fn after(&self, document: &Document, pos: Pos) -> Option<Shown>;

    /// The last stretch that begins before `pos`.
    fn before(&self, document: &Document, pos: Pos) -> Option<Shown>;
}

/// Who tells. Equal to itself only.
#[derive(Clone, Debug)]
pub struct Told(pub Arc<dyn Tell>);

impl PartialEq for Told {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Told {}

impl Only {
    /// The first stretch that ends after `pos`.
    pub fn after(&self, document: &Document, pos: Pos) -> Option<Shown> {
        match self {
            Self::Listed(shown) => shown
                .get(shown.partition_point(|s| s.span.end <= pos))
                .copied(),
            Self::Told(told) => told.0.after(document, pos),
        }
    }

    /// The last stretch that begins before `pos`.
    pub fn before(&self, document: &Document, pos: Pos) -> Option<Shown> {
        match self {
            Self::Listed(shown) => shown
                .get(
                    shown
                        .partition_point(|s| s.span.start < pos)
                        .checked_sub(1)?,
                )
                .copied(),
            Self::Told(told) => told.0.before(document, pos),
        }
    }
}

/// A stretch of one block that is laid out at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    /// The index of the block.
    pub block: usize,
    /// What of it.
    pub span: Span,
    /// Whether it begins at one of the flow's cuts.
    pub hanging: bool,
    /// How far a view sets it in, in steps.
    pub depth: u8,
}

impl Flow {
    /// The piece that holds `pos`, or the nearest one shown: after it where
    /// there is one, else before. `None` where nothing is shown at all.
    pub fn piece_at(&self, document: &Document, pos: Pos) -> Option<Piece> {
        let shown = match &self.only {
            None => None,
            Some(only) => Some(
                only.after(document, pos)
                    .or_else(|| only.before(document, Pos(u32::MAX)))?,
            ),
        };
        self.piece_in(document, shown, pos)
    }

    /// The piece that holds `pos`, or what is nearest to it of the stretch that is shown
    /// there.
    fn piece_in(&self, document: &Document, shown: Option<Shown>, pos: Pos) -> Option<Piece> {
        let pos = shown.map_or(pos, |s| {
            pos.clamp(
                s.span.start,
                Pos(s.span.end.0.saturating_sub(1)).max(s.span.start),
            )
        });
        let block = document.block_at(pos)?;
        let whole = document.blocks().get(block)?.span;
        let pos = pos.clamp(
            whole.start,
            Pos(whole.end.0.saturating_sub(1)).max(whole.start),
        );
        let mut span = part_at(document.text(), whole, pos);
        span = shown.and_then(|s| s.span.within(span)).unwrap_or(span);
        let depth = shown.map_or(0, |s| s.depth);
        let next = self.cuts.partition_point(|&c| c <= pos);
        let before = next
            .checked_sub(1)
            .and_then(|i| self.cuts.get(i))
            .copied()
            .filter(|&c| span.start <= c && whole.start < c);
        if let Some(cut) = before {
            span.start = cut;
        }
        if let Some(&cut) = self.cuts.get(next).filter(|&&c| c < span.end) {
            span.end = cut;
        }
        Some(Piece {
            block,
            span,
            hanging: before.is_some(),
            depth,
        })
    }

    /// The piece after `piece`.
    pub fn next(&self, document: &Document, piece: &Piece) -> Option<Piece> {
        let whole = document.blocks().get(piece.block)?.span;
        let from = if piece.span.end < whole.end {
            piece.span.end
        } else {
            document.blocks().get(piece.block + 1)?.span.start
        };
        self.piece_at(document, from)
            .filter(|p| p.span.start >= from)
    }

    /// The piece before `piece`.
    pub fn prev(&self, document: &Document, piece: &Piece) -> Option<Piece> {
        let whole = document.blocks().get(piece.block)?.span;
        let limit = piece.span.start;
        if let Some(only) = &self.only {
            let shown = only.before(document, limit)?;
            let last = shown.span;
            let pos = last.end.min(limit).0.saturating_sub(1);
            return self.piece_in(document, Some(shown), Pos(pos).max(last.start));
        }
        if whole.start < limit {
            return self.piece_at(document, Pos(limit.0 - 1));
        }
        let before = document.blocks().get(piece.block.checked_sub(1)?)?.span;
        self.piece_at(
            document,
            Pos(before.end.0.saturating_sub(1)).max(before.start),
        )
    }

    /// Lays out one piece. A pure function; the caller keeps the rows.
    pub fn rows(&self, document: &Document, piece: &Piece, measure: &Measure) -> Vec<Row> {
        let Some(block) = document.blocks().get(piece.block) else {
            return Vec::new();
        };
        if block.kind == BlockKind::Row && self.only.is_none() && piece.span == block.span {
            let rows = table::rows(document, piece.block, &block, measure);
            if !rows.is_empty() {
                return rows;
            }
        }
        let mut setting = setting(&block, document.slice(block.span), measure);
        if block.kind == BlockKind::Paragraph && block.depth > 0 {
            setting = continued(document, piece.block, measure).unwrap_or(setting);
        }
        if self.only.is_some() && !self.gaps {
            let step = 2 * usize::from(piece.depth).min(measure.cells / 8);
            setting = Setting {
                first_indent: step,
                rest_indent: step + 2.min(measure.cells / 8),
                ..Setting::default()
            };
        } else if piece.hanging {
            let step = measure.indent.max(2).min(measure.cells / 8 * 2);
            setting = Setting {
                first_indent: setting.rest_indent + step,
                rest_indent: setting.rest_indent + 2 * step,
                ..setting
            };
        } else if piece.span.start > block.span.start {
            setting.first_indent = setting.rest_indent;
        }
        let bound = self
            .bound
            .get(self.bound.partition_point(|b| b.start < piece.span.start)..)
            .unwrap_or_default();
        let bound = bound
            .get(..bound.partition_point(|b| b.end < piece.span.end))
            .unwrap_or_default();
        let rows = lay_out(
            document.slice(piece.span),
            piece.span.start,
            setting,
            measure,
            bound,
        );
        if rows.is_empty() {
            return vec![Row {
                span: piece.span,
                shown: piece.span.end,
                indent: setting.first_indent as u16,
                ..Row::default()
            }];
        }
        rows
    }

    /// Blank rows before a piece. Those before the first one are the masthead's
    /// affair.
    pub fn blank_before(&self, document: &Document, piece: &Piece, measure: &Measure) -> usize {
        let Some(block) = document.blocks().get(piece.block) else {
            return 0;
        };
        if piece.span.start > block.span.start && self.only.is_none() {
            return 0;
        }
        if self.only.is_some() && !self.gaps && !matches!(block.kind, BlockKind::Heading(_)) {
            return 0;
        }
        let Some(above) = self.prev(document, piece) else {
            return 0;
        };
        if self.gaps {
            return usize::from(above.span.end.byte() + 1 < piece.span.start.byte());
        }
        let Some(before) = document.blocks().get(above.block) else {
            return 0;
        };
        if self.only.is_some() {
            return 1;
        }
        blank_between(&before, &block, measure)
    }
}

/// Blank rows between two neighbouring blocks: a heading, a change of kind, or
/// the reader's wish (P-2: never together with an indent).
fn blank_between(above: &Block, below: &Block, measure: &Measure) -> usize {
    use BlockKind::{
        Caption, Code, Heading, Image, Item, Lead, Note, Paragraph, Quote, Row, Rule, Verse,
    };
    let blank = match (above.kind, below.kind) {
        (_, Heading(_)) | (Heading(1 | 2) | Lead, _) => true,
        (Heading(_), _)
        | (Item, Item)
        | (Quote, Quote)
        | (Code, Code)
        | (Row, Row)
        | (Verse, Verse)
        | (Note, Note)
        | (Image, Caption)
        | (Caption, Image | Caption) => false,
        (Rule, _) | (_, Rule) => true,
        (Paragraph, Paragraph) => measure.gap,
        (a, b) => a != b,
    };
    usize::from(blank)
}

/// How a block of this kind is set.
fn setting(block: &Block, text: &str, measure: &Measure) -> Setting {
    let room = measure.cells;
    let step = |n: usize| {
        if room >= super::measure::NARROW {
            n.min(room / 4) & !1
        } else {
            0
        }
    };
    let nested = step(2 * usize::from(block.depth));
    match block.kind {
        BlockKind::Paragraph | BlockKind::Lead | BlockKind::Note => Setting {
            first_indent: measure.indent.min(room / 2),
            ..Setting::default()
        },
        BlockKind::Heading(_) => Setting {
            balanced: true,
            ..Setting::default()
        },
        BlockKind::Item => {
            // a number ends where the text begins, so that 9. and 10. line up
            let marker = item_marker(text, measure);
            let hang = step(marker.map_or(2, |cells| cells.next_multiple_of(2)));
            let first = nested + hang.saturating_sub(marker.unwrap_or(0));
            Setting {
                first_indent: first,
                rest_indent: nested + hang,
                ..Setting::default()
            }
        }
        BlockKind::Quote => {
            let side = step(4 + 2 * usize::from(block.depth.saturating_sub(1)));
            Setting {
                first_indent: side,
                rest_indent: side,
                right: step(4),
                ..Setting::default()
            }
        }
        BlockKind::Code => Setting {
            first_indent: step(2),
            rest_indent: step(4),
            verbatim: true,
            ..Setting::default()
        },
        BlockKind::Source | BlockKind::Row => Setting {
            rest_indent: step(2),
            ..Setting::default()
        },
        BlockKind::Verse => Setting {
            first_indent: step(4),
            rest_indent: step(6),
            ..Setting::default()
        },
        // room for the brackets that stand around it: 〔图：…〕
        BlockKind::Image if room >= super::measure::NARROW => Setting {
            first_indent: 6,
            rest_indent: 6,
            right: 2,
            ..Setting::default()
        },
        BlockKind::Caption | BlockKind::Image | BlockKind::Rule => Setting {
            centred: true,
            ..Setting::default()
        },
    }
}

/// How a further paragraph of a list item is set: under the item's text.
fn continued(document: &Document, block: usize, measure: &Measure) -> Option<Setting> {
    let depth = document.blocks().get(block)?.depth;
    let mut above = document.blocks().range(0..block).rev().take(20);
    let item = above.find(|b| b.kind == BlockKind::Item && b.depth == depth)?;
    let indent = setting(&item, document.slice(item.span), measure).rest_indent;
    Some(Setting {
        first_indent: indent,
        rest_indent: indent,
        ..Setting::default()
    })
}

/// Cells of the number that begins an item (`3. ` is 3), if one does.
fn item_marker(text: &str, measure: &Measure) -> Option<usize> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .filter(|&n| n > 0 && n < 6)?;
    let rest = text.get(end..)?;
    let marker = text.get(
        ..end
            + rest.starts_with(['.', ')']).then_some(1)?
            + usize::from(rest.get(1..)?.starts_with(' ')),
    )?;
    Some(measure.face.widths.text(marker))
}

/// The part of a block that holds `pos`: the whole block where it is not long.
fn part_at(text: &str, block: Span, pos: Pos) -> Span {
    if block.len() <= LONG + LONG / 2 {
        return block;
    }
    let border = |k: usize| {
        if k == 0 {
            block.start.byte()
        } else {
            border_after(text, block, block.start.byte() + k * LONG)
        }
    };
    let mut k = (pos.byte() - block.start.byte()) / LONG;
    if border(k) > pos.byte() {
        k -= 1;
    }
    // a short rest belongs to the part before it
    for start in [k.checked_sub(1).map(border), Some(border(k))]
        .into_iter()
        .flatten()
    {
        if block.end.byte() - start < LONG + LONG / 2 {
            return Span::new(start, block.end.byte());
        }
    }
    Span::new(border(k), border(k + 1).min(block.end.byte()))
}

/// The place near `byte` where a long paragraph is parted: after the next
/// sentence, or at the next cluster where no sentence ends for 2 kB.
fn border_after(text: &str, block: Span, byte: usize) -> usize {
    if byte >= block.end.byte() {
        return block.end.byte();
    }
    let floor = cluster::floor(text, byte);
    let from = if floor < byte {
        cluster::next(text, floor)
    } else {
        floor
    };
    let window = text
        .get(from..cluster::floor(text, (from + 2048).min(block.end.byte())))
        .unwrap_or_default();
    first_break(window).map_or(from, |i| from + i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Builder;
    use crate::layout::Face;
    use crate::text::WidthPolicy;

    fn document(paragraphs: &[&str]) -> Document {
        let mut b = Builder::new();
        for (i, p) in paragraphs.iter().enumerate() {
            b.block(BlockKind::Paragraph, 0, i + 1, p);
        }
        b.finish()
    }

    fn walk(flow: &Flow, d: &Document) -> Vec<String> {
        let mut out = Vec::new();
        let mut piece = flow.piece_at(d, Pos(0));
        while let Some(p) = piece {
            out.push(d.slice(p.span).to_owned());
            assert_eq!(flow.piece_at(d, p.span.start), Some(p));
            piece = flow.next(d, &p);
            if let Some(n) = piece {
                assert_eq!(flow.prev(d, &n), Some(p));
            }
        }
        out
    }

    #[test]
    fn cuts_begin_pieces_of_their_own() {
        let d = document(&["为此，一是甲。二是乙。", "完。"]);
        let at = |s: &str| Pos::new(d.text().find(s).unwrap());
        let flow = Flow {
            cuts: vec![at("一是"), at("二是")],
            ..Flow::default()
        };
        assert_eq!(walk(&flow, &d), ["为此，", "一是甲。", "二是乙。", "完。"]);
    }

    #[test]
    fn a_view_shows_some_spans_only() {
        let d = document(&["甲乙丙丁", "戊己庚辛"]);
        let flow = Flow {
            only: Some(Only::Listed(
                [Span::new(3, 6), Span::new(16, 19)]
                    .map(|span| Shown { span, depth: 0 })
                    .to_vec(),
            )),
            ..Flow::default()
        };
        assert_eq!(walk(&flow, &d), ["乙", "己"]);
    }

    #[test]
    fn a_huge_paragraph_is_set_in_parts() {
        let long = "协同发展是一个系统工程。".repeat(3000);
        let d = document(&["前。", &long, "后。"]);
        let parts = walk(&Flow::default(), &d);
        assert!(parts.len() > 5, "{}", parts.len());
        assert_eq!(parts.concat(), format!("前。{long}后。"));
        assert!(
            parts
                .iter()
                .all(|p| p.ends_with('。') && p.len() < 2 * LONG)
        );
        let piece = Flow::default().piece_at(&d, Pos::new(50_000)).unwrap();
        let measure = Measure::fitted(100, 72, false, true, Face::plain(WidthPolicy::NARROW));
        assert!(!Flow::default().rows(&d, &piece, &measure).is_empty());
    }
}
