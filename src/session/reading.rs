//! The place, and the rows that are on the screen.
//!
//! 1. A [`Place`] is text: the first cluster of the top row, and how many of the
//!    blank rows (or masthead rows) above it are in view. It changes when the
//!    reader moves, never by a resize.
//! 2. Rows are laid out piece by piece as they are met, and kept.
//! 3. [`Reading::refresh`] lists the rows of the screen, for drawing to read.
//!
//! No row number outlives an input.

use crate::document::{Document, Meta};
use crate::layout::flow::Only;
use crate::layout::masthead::{MastRow, masthead};
use crate::layout::{Face, Flow, Measure, Piece, Row};
use crate::text::{Pos, Span};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Where the screen stands in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The first cluster of the top row.
    pub top: Pos,
    /// How many rows without text above it (blank rows, or the masthead above
    /// the first row of all) are in view; [`ALL`] of them, whatever their number
    /// at another size.
    pub lift: usize,
}

/// Every row without text above the top row is in view.
pub const ALL: usize = usize::MAX;

/// Where the screen stands and what the reader looks at: enough to come back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Where the screen stands.
    pub place: Place,
    /// Where the last jump, hit or motion landed.
    pub focus: Pos,
}

/// How the text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// As it is written.
    #[default]
    Text,
    /// 提纲: topics and points only.
    Skeleton,
    /// 展开: every point on rows of its own.
    Unfolded,
    /// Only the paragraphs that have hits.
    Paragraphs,
    /// Only the sentences that have hits.
    Sentences,
}

/// A row of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A row of the masthead, by its index.
    Mast(usize),
    /// A row without anything.
    Blank,
    /// A row of text.
    Text {
        /// The row.
        row: Row,
        /// The piece it belongs to.
        piece: Piece,
        /// Whether it is the first of its block.
        first: bool,
    },
}

/// The place and what is kept for it.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Where the screen stands.
    pub place: Place,
    /// Where the last jump, hit or motion landed; scrolling keeps it in view.
    pub focus: Pos,
    /// What the last jump landed on, shown until the next key.
    pub landed: Option<Span>,
    /// How the text is shown.
    pub view: View,
    /// The place in the text before another view was chosen.
    pub before_view: Option<Spot>,
    /// What the view shows.
    pub flow: Flow,
    /// What is unfolded in the skeleton, by where it begins.
    pub unfolded: BTreeSet<Pos>,
    /// The sentence being read, where the ruler is on.
    pub ruled: Option<Span>,
    /// The measure in force.
    pub measure: Option<Measure>,
    /// Title and facts above the text.
    pub masthead: Vec<MastRow>,
    /// The rows of the screen, from the top.
    pub window: Vec<Line>,
    kept: HashMap<Span, Arc<[Row]>>,
    /// The rows of the measure and the view before, for who goes back to them.
    before: Option<Box<Laid>>,
}

/// Rows that were laid out, and for what.
#[derive(Clone, Debug)]
struct Laid {
    measure: Measure,
    flow: Flow,
    masthead: Vec<MastRow>,
    kept: HashMap<Span, Arc<[Row]>>,
}

/// A view of so many stretches is not kept beside another.
const MANY: usize = 4096;

/// How many pieces' rows are kept before all are forgotten.
const KEPT: usize = 512;

/// So many rows are scrolled at once.
pub const LONG: usize = 16 * 1024;

/// A cell holds no more bytes: what would pile up on one was cut.
const CELL: usize = 64;

/// A row of text on the way up or down, and how many of the rows without text
/// above it are counted in.
#[derive(Clone, Debug)]
struct Cursor {
    piece: Piece,
    rows: Arc<[Row]>,
    index: usize,
    lift: usize,
}

impl Cursor {
    fn row(&self) -> Row {
        self.rows.get(self.index).cloned().unwrap_or_else(|| Row {
            span: self.piece.span,
            shown: self.piece.span.end,
            ..Row::default()
        })
    }

    /// Order on the screen, from top to bottom.
    fn key(&self) -> (Pos, std::cmp::Reverse<usize>) {
        (self.row().span.start, std::cmp::Reverse(self.lift))
    }
}

impl Reading {
    /// Where the screen stands and what is looked at.
    pub fn spot(&self) -> Spot {
        Spot {
            place: self.place,
            focus: self.focus,
        }
    }

    /// Takes another measure; there and back costs nothing.
    pub fn set_measure(&mut self, measure: Measure, meta: &Meta) {
        if self.measure == Some(measure) {
            return;
        }
        let flow = if self.is_long() {
            Flow::default()
        } else {
            self.flow.clone()
        };
        if !self.lay(measure, flow) {
            self.masthead = masthead(meta, &measure);
        }
    }

    /// Shows the text of another document, or more of it.
    pub fn set_flow(&mut self, flow: Flow) {
        self.flow = flow;
        self.kept.clear();
        self.before = None;
    }

    /// Shows other parts of the text, or the same otherwise cut; there and back
    /// costs nothing.
    pub fn turn_flow(&mut self, flow: Flow) {
        match self.measure {
            Some(measure) if !self.is_long() => {
                let masthead = self.masthead.clone();
                self.lay(measure, flow);
                self.masthead = masthead;
            }
            _ => self.set_flow(flow),
        }
    }

    fn is_long(&self) -> bool {
        let listed = if let Some(Only::Listed(shown)) = &self.flow.only {
            shown.len()
        } else {
            0
        };
        self.flow.cuts.len() + self.flow.bound.len() + listed > MANY
    }

    /// Lays out anew for that measure and flow; true where the rows for them are there
    /// already. What was laid out is kept for the way back, but for a long text.
    fn lay(&mut self, measure: Measure, flow: Flow) -> bool {
        let long = self.is_long();
        let before = self
            .before
            .take()
            .filter(|b| self.measure.is_some() && b.measure == measure && b.flow == flow);
        let kept = std::mem::take(&mut self.kept);
        let masthead = std::mem::take(&mut self.masthead);
        let was = self.measure.replace(measure);
        if long {
            return false;
        }
        let flow = std::mem::replace(&mut self.flow, flow);
        let known = before
            .map(|b| (self.kept, self.masthead) = (b.kept, b.masthead))
            .is_some();
        self.before = was.map(|measure| {
            Box::new(Laid {
                measure,
                flow,
                masthead,
                kept,
            })
        });
        known
    }

    /// To the very start, masthead and all.
    pub fn to_start(&mut self, document: &Document) {
        self.focus = Pos(0);
        let start = self.locate(document, Pos(0)).map(|mut c| {
            c.lift = self.blank_above(document, &c);
            c
        });
        self.set_place(document, start.as_ref());
    }

    fn set_place(&mut self, document: &Document, cursor: Option<&Cursor>) {
        let whole = |c: &Cursor| c.lift > 0 && c.lift == self.blank_above(document, c);
        self.place = match cursor {
            None => Place {
                top: Pos(0),
                lift: ALL,
            },
            Some(c) => Place {
                top: c.row().span.start,
                lift: if whole(c) { ALL } else { c.lift },
            },
        };
    }

    fn measure(&self) -> Measure {
        self.measure.unwrap_or(Measure::fitted(
            80,
            crate::layout::measure::DEFAULT,
            false,
            false,
            Face::default(),
        ))
    }

    fn rows(&mut self, document: &Document, piece: &Piece) -> Arc<[Row]> {
        if let Some(rows) = self.kept.get(&piece.span) {
            return Arc::clone(rows);
        }
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        let rows: Arc<[Row]> = self.flow.rows(document, piece, &self.measure()).into();
        self.kept.insert(piece.span, Arc::clone(&rows));
        rows
    }

    /// The row that shows `pos`.
    fn locate(&mut self, document: &Document, pos: Pos) -> Option<Cursor> {
        let piece = self.flow.piece_at(document, pos)?;
        let rows = self.rows(document, &piece);
        let index = rows
            .partition_point(|r| r.span.start <= pos)
            .saturating_sub(1);
        Some(Cursor {
            piece,
            rows,
            index,
            lift: 0,
        })
    }

    /// Rows without text above this one.
    fn blank_above(&self, document: &Document, c: &Cursor) -> usize {
        let leading = usize::from(self.measure().leading);
        if c.index > 0 {
            return leading;
        }
        match self.flow.prev(document, &c.piece) {
            None => self.masthead.len(),
            Some(_) => leading + self.flow.blank_before(document, &c.piece, &self.measure()),
        }
    }

    /// One row further down; `None` at the last.
    fn down(&mut self, document: &Document, c: &Cursor) -> Option<Cursor> {
        if c.lift > 0 {
            return Some(Cursor {
                lift: c.lift - 1,
                ..c.clone()
            });
        }
        let mut next = if c.index + 1 < c.rows.len() {
            Cursor {
                index: c.index + 1,
                ..c.clone()
            }
        } else {
            let piece = self.flow.next(document, &c.piece)?;
            Cursor {
                rows: self.rows(document, &piece),
                piece,
                index: 0,
                lift: 0,
            }
        };
        next.lift = self.blank_above(document, &next);
        Some(next)
    }

    /// One row further up; `None` at the first.
    fn up(&mut self, document: &Document, c: &Cursor) -> Option<Cursor> {
        if c.lift < self.blank_above(document, c) {
            return Some(Cursor {
                lift: c.lift + 1,
                ..c.clone()
            });
        }
        if c.index > 0 {
            return Some(Cursor {
                index: c.index - 1,
                lift: 0,
                ..c.clone()
            });
        }
        let piece = self.flow.prev(document, &c.piece)?;
        let rows = self.rows(document, &piece);
        Some(Cursor {
            index: rows.len().saturating_sub(1),
            rows,
            piece,
            lift: 0,
        })
    }

    /// The top row of the screen.
    fn top(&mut self, document: &Document) -> Option<Cursor> {
        let mut c = self.locate(document, self.place.top)?;
        let above = self.blank_above(document, &c);
        c.lift = self.place.lift.min(above);
        Some(c)
    }

    /// The lowest top row: the one that has the last row at the screen's end.
    fn lowest(&mut self, document: &Document, height: usize) -> Option<Cursor> {
        let end = document.end();
        let mut c = self.locate(document, end)?;
        c.index = c.rows.len().saturating_sub(1);
        for _ in 1..height {
            match self.up(document, &c) {
                Some(above) => c = above,
                None => break,
            }
        }
        Some(c)
    }

    /// Scrolls by rows, down where positive, but by no more than [`LONG`]; by how many
    /// it could.
    pub fn scroll(&mut self, document: &Document, rows: isize, height: usize) -> usize {
        let Some(mut c) = self.top(document) else {
            return 0;
        };
        // far from the end the lowest row is not looked for: so much text takes more rows
        let rows_ahead = rows.unsigned_abs().saturating_add(height);
        let near = rows_ahead
            .saturating_mul(self.measure.map_or(0, |m| m.cells))
            .saturating_mul(CELL);
        let far = rows < 0
            || self.flow.only.is_none()
                && document.end().byte().saturating_sub(self.place.top.byte()) > near;
        let lowest = if far {
            None
        } else {
            self.lowest(document, height)
        };
        let mut moved = 0;
        while moved < rows.unsigned_abs().min(LONG) {
            let next = if rows > 0 {
                self.down(document, &c)
            } else {
                self.up(document, &c)
            };
            let Some(next) = next else { break };
            if rows > 0 && lowest.as_ref().is_some_and(|l| next.key() > l.key()) {
                break;
            }
            c = next;
            moved += 1;
        }
        self.set_place(document, Some(&c));
        self.keep_focus(document, height);
        moved
    }

    /// Brings the row that holds `pos` to the top of the screen.
    pub fn to_top(&mut self, document: &Document, pos: Pos) {
        let at = self.locate(document, pos);
        self.set_place(document, at.as_ref());
        self.focus = self.place.top;
    }

    /// To the end, the last row at the screen's end.
    pub fn to_end(&mut self, document: &Document, height: usize) {
        let lowest = self.lowest(document, height);
        self.set_place(document, lowest.as_ref());
        let last = Pos(document.end().0.saturating_sub(1));
        self.focus = super::motion::sentence_at(document, last);
        self.keep_focus(document, height);
    }

    /// Brings `pos` into view and looks at it: where it stands in the middle
    /// third of the screen nothing moves, else its row comes to stand with a
    /// third of the screen above it.
    pub fn reveal(&mut self, document: &Document, pos: Pos, height: usize) {
        self.focus = pos;
        self.refresh(document, height);
        let at = self
            .window
            .iter()
            .position(|l| matches!(l, Line::Text { row, .. } if row.span.contains(pos)));
        let near_start = self.place.top == Pos(0);
        if at.is_some_and(|at| (at >= height / 3 || near_start) && at < height - height / 3) {
            return;
        }
        let Some(mut c) = self.locate(document, pos) else {
            return;
        };
        for _ in 0..height / 3 {
            match self.up(document, &c) {
                Some(above) => c = above,
                None => break,
            }
        }
        if let Some(lowest) = self.lowest(document, height)
            && c.key() > lowest.key()
        {
            c = lowest;
        }
        self.set_place(document, Some(&c));
    }

    /// Back to a spot, as it was.
    pub fn restore(&mut self, spot: Spot) {
        self.place = spot.place;
        self.focus = spot.focus;
    }

    /// Keeps the focus on the screen after scrolling.
    fn keep_focus(&mut self, document: &Document, height: usize) {
        self.refresh(document, height);
        let rows = || {
            self.window.iter().filter_map(|l| {
                if let Line::Text { row, .. } = l {
                    Some(row.span)
                } else {
                    None
                }
            })
        };
        let seen = rows().next().zip(rows().next_back());
        // on a screen of blank rows, what comes next
        let next = || self.top(document).map(|c| (c.row().span, c.row().span));
        let Some((first, last)) = seen.or_else(next) else {
            return;
        };
        if self.focus < first.start {
            self.focus = first.start;
        } else if self.focus >= last.end && self.focus > last.start {
            self.focus = last.start;
        }
    }

    /// The end of the text on the screen.
    pub fn bottom(&self) -> Pos {
        let last = self.window.iter().rev().find_map(|l| {
            if let Line::Text { row, .. } = l {
                Some(row.span.end)
            } else {
                None
            }
        });
        last.unwrap_or(self.place.top)
    }

    /// Lists the rows of the screen.
    pub fn refresh(&mut self, document: &Document, height: usize) {
        self.window.clear();
        let Some(mut c) = self.top(document) else {
            self.window
                .extend((0..self.masthead.len().min(height)).map(Line::Mast));
            return;
        };
        let mut at_start = self.blank_above(document, &c);
        while self.window.len() < height {
            if c.lift > 0 {
                let mast = c.index == 0 && self.flow.prev(document, &c.piece).is_none();
                self.window.push(if mast {
                    Line::Mast(at_start - c.lift)
                } else {
                    Line::Blank
                });
            } else {
                let starts = document
                    .blocks()
                    .get(c.piece.block)
                    .is_some_and(|b| b.span.start == c.piece.span.start);
                self.window.push(Line::Text {
                    row: c.row(),
                    piece: c.piece,
                    first: c.index == 0 && starts,
                });
            }
            match self.down(document, &c) {
                Some(next) => c = next,
                None => break,
            }
            if c.lift > 0 && c.index == 0 {
                at_start = self.blank_above(document, &c);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    fn document() -> Document {
        let mut b = Builder::new();
        b.meta().title = "题目".to_owned();
        for i in 0..30 {
            b.block(
                BlockKind::Paragraph,
                0,
                i + 1,
                &format!("第{i}段，{}完。", "协同发展，".repeat(i % 5 * 6)),
            );
        }
        b.finish()
    }

    fn reading(d: &Document, columns: usize) -> Reading {
        let mut r = Reading::default();
        r.set_measure(
            Measure::fitted(columns, 72, false, true, Face::default()),
            d.meta(),
        );
        r.to_start(d);
        r
    }

    #[test]
    fn scrolling_down_and_up_comes_home() {
        let d = document();
        let mut r = reading(&d, 60);
        let start = r.place;
        assert_eq!(r.scroll(&d, 17, 20), 17);
        assert_eq!(r.scroll(&d, -17, 20), 17);
        assert_eq!(r.place, start);
        assert_eq!(r.scroll(&d, -1, 20), 0);
    }

    #[test]
    fn there_and_back_lays_nothing_out_again() {
        let d = document();
        let mut r = reading(&d, 60);
        r.refresh(&d, 10);
        let rows = |r: &mut Reading| {
            let piece = r.flow.piece_at(&d, Pos(0)).unwrap();
            r.rows(&d, &piece)
        };
        let at = |columns| Measure::fitted(columns, 72, false, true, Face::default());
        let (first, mast) = (rows(&mut r), r.masthead.clone());
        r.set_measure(at(40), d.meta());
        let narrow = rows(&mut r);
        assert!(!Arc::ptr_eq(&first, &narrow));
        r.set_measure(at(60), d.meta());
        assert!(Arc::ptr_eq(&first, &rows(&mut r)) && r.masthead == mast);
        let cut = Flow {
            cuts: vec![Pos(0)],
            ..Flow::default()
        };
        r.turn_flow(cut.clone());
        assert!(!Arc::ptr_eq(&first, &rows(&mut r)));
        r.turn_flow(Flow::default());
        assert!(Arc::ptr_eq(&first, &rows(&mut r)) && r.masthead == mast);
        // another document is laid out anew, and so is another measure of another view
        r.turn_flow(cut);
        r.set_measure(at(40), d.meta());
        assert!(!Arc::ptr_eq(&narrow, &rows(&mut r)));
        r.set_flow(Flow::default());
        r.set_measure(at(60), d.meta());
        assert!(!Arc::ptr_eq(&first, &rows(&mut r)));
    }

    #[test]
    fn the_end_stops_at_the_last_row() {
        let d = document();
        let mut r = reading(&d, 60);
        r.to_end(&d, 10);
        assert_eq!(r.window.len(), 10);
        assert_eq!(r.bottom(), d.end());
        assert_eq!(r.scroll(&d, 1, 10), 0);
    }

    #[test]
    fn a_resize_there_and_back_changes_nothing() {
        let d = document();
        for n in 0..40 {
            let mut r = reading(&d, 60);
            r.scroll(&d, n, 10);
            r.refresh(&d, 10);
            let (window, place) = (r.window.clone(), r.place);
            for columns in [20, 33, 90, 120, 7] {
                r.set_measure(
                    Measure::fitted(columns, 72, false, true, Face::default()),
                    d.meta(),
                );
                r.refresh(&d, 10);
            }
            r.set_measure(
                Measure::fitted(60, 72, false, true, Face::default()),
                d.meta(),
            );
            r.refresh(&d, 10);
            assert_eq!((&r.window, r.place), (&window, place), "{n}");
        }
    }
}
