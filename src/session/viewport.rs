//! The viewport: the position in the text, and the rows that are on the screen.
//!
//! 1. A [`ScrollPosition`] is text: the first cluster of the top row. It changes when the
//!    reader moves, never by a resize.
//! 2. Rows are laid out segment by segment as they come into view, and cached.
//! 3. [`Viewport::refresh`] lists the rows of the screen, for drawing to read.
//!
//! No row number outlives an input.

use super::motion;
use super::position::{ALL_ABOVE, ReadingPosition, ScrollPosition};
use crate::document::{Document, Meta};
use crate::layout::PosSet;
use crate::layout::masthead::{MastRow, masthead};
use crate::layout::{Face, Flow, Measure, Row, Segment, measure};
use crate::text::{Pos, Span};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// A way to show the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// All of it, as written.
    #[default]
    Text,
    /// 骨架: topics and points only.
    Skeleton,
    /// 分点: every point on rows of its own.
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
    /// An empty row.
    Blank,
    /// A row of text.
    Text {
        /// The row.
        row: Row,
        /// The segment it belongs to.
        segment: Segment,
        /// It is the first of its block.
        first: bool,
    },
}

impl Line {
    pub(crate) fn row(&self) -> Option<&Row> {
        match self {
            Self::Text { row, .. } => Some(row),
            Self::Mast(_) | Self::Blank => None,
        }
    }
}

/// The parts of the text that the reader has opened, by their starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenParts {
    /// Entries and paragraphs of the skeleton.
    pub entries: PosSet,
    /// Folds of the text.
    pub folds: PosSet,
}

/// The sentence at the focus, in the ways that it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FocusSentence {
    /// The sentence that is read, where the ruler is on.
    pub ruled: Option<Span>,
    /// The sentence that a command would take, once a motion led there.
    pub pointed: Option<Span>,
    /// The focus that the last motion led to.
    pub moved_to: Option<Pos>,
}

/// The part of the text that is on the screen.
#[derive(Clone, Debug, Default)]
pub struct Viewport {
    /// The position of the screen.
    pub place: ScrollPosition,
    /// The target of the last jump, hit or motion; scrolling keeps it in view.
    pub focus: Pos,
    /// The span that the last jump went to, shown until the next key.
    pub landed: Option<Span>,
    /// The way the text is shown.
    pub view: View,
    /// The position in the text before another view was chosen.
    pub before_view: Option<ReadingPosition>,
    /// The parts of the text that the view shows.
    pub flow: Flow,
    /// The parts that are open.
    pub open: OpenParts,
    /// The sentence at the focus, where it is shown.
    pub sentence: FocusSentence,
    /// The measure in force.
    pub measure: Option<Measure>,
    /// Title and facts above the text.
    pub masthead: Vec<MastRow>,
    /// The rows of the screen, from the top.
    pub window: Vec<Line>,
    /// Rows of segments that were laid out for this measure and flow.
    cache: HashMap<Span, Arc<[Row]>>,
}

/// The cache is cleared when it has the rows of this many segments.
const MAX_CACHED_SEGMENTS: usize = 512;

/// A scroll ends after this many rows.
pub const MAX_SCROLL_ROWS: usize = 16 * 1024;

/// A row of text, and the number of visible rows without text above it.
#[derive(Clone, Debug)]
struct Cursor {
    segment: Segment,
    rows: Arc<[Row]>,
    index: usize,
    lift: usize,
}

impl Cursor {
    fn span(&self) -> Span {
        let row = self.rows.get(self.index);
        row.map_or(self.segment.span, |r| r.span)
    }

    /// Orders cursors from the top of the screen to its bottom.
    fn key(&self) -> (Pos, Reverse<usize>) {
        (self.span().start, Reverse(self.lift))
    }
}

impl Viewport {
    /// Returns the position of the screen and of the focus.
    pub fn position(&self) -> ReadingPosition {
        ReadingPosition {
            place: self.place,
            focus: self.focus,
        }
    }

    /// Goes back to a position.
    pub fn restore(&mut self, position: ReadingPosition) {
        (self.place, self.focus) = (position.place, position.focus);
    }

    /// Changes the measure.
    pub(crate) fn set_measure(&mut self, measure: Measure, meta: &Meta) {
        if self.measure != Some(measure) {
            self.measure = Some(measure);
            self.masthead = masthead(meta, &measure);
            self.cache.clear();
        }
    }

    /// Shows other parts of the text, or the text of another document.
    pub(crate) fn set_flow(&mut self, flow: Flow) {
        self.flow = flow;
        self.cache.clear();
    }

    fn measure(&self) -> Measure {
        self.measure
            .unwrap_or_else(|| Measure::fitted(80, measure::DEFAULT, false, false, Face::default()))
    }

    fn rows(&mut self, document: &Document, segment: &Segment) -> Arc<[Row]> {
        if let Some(rows) = self.cache.get(&segment.span) {
            return Arc::clone(rows);
        }
        if self.cache.len() >= MAX_CACHED_SEGMENTS {
            self.cache.clear();
        }
        let rows: Arc<[Row]> = self.flow.rows(document, segment, &self.measure()).into();
        self.cache.insert(segment.span, Arc::clone(&rows));
        rows
    }

    /// Returns the first row of a segment.
    fn first_row(&mut self, document: &Document, segment: Segment) -> Cursor {
        Cursor {
            rows: self.rows(document, &segment),
            segment,
            index: 0,
            lift: 0,
        }
    }

    /// Returns the row that shows `pos`.
    fn locate(&mut self, document: &Document, pos: Pos) -> Option<Cursor> {
        let mut c = self.first_row(document, self.flow.segment_at(document, pos)?);
        let next = c.rows.partition_point(|r| r.span.start <= pos);
        c.index = next.saturating_sub(1);
        Some(c)
    }

    /// Returns the number of rows without text above a row.
    fn rows_above(&self, document: &Document, c: &Cursor) -> usize {
        let leading = usize::from(self.measure().leading);
        if c.index > 0 {
            return leading;
        }
        let (flow, measure) = (&self.flow, self.measure());
        match flow.prev(document, &c.segment) {
            None => self.masthead.len(),
            Some(_) => leading + flow.blank_before(document, &c.segment, &measure),
        }
    }

    /// Returns the row below; `None` at the last.
    fn down(&mut self, document: &Document, c: &Cursor) -> Option<Cursor> {
        let mut next = c.clone();
        if c.lift > 0 {
            next.lift -= 1;
            return Some(next);
        }
        if c.index + 1 < c.rows.len() {
            next.index += 1;
        } else {
            next = self.first_row(document, self.flow.next(document, &c.segment)?);
        }
        next.lift = self.rows_above(document, &next);
        Some(next)
    }

    /// Returns the row above; `None` at the first.
    fn up(&mut self, document: &Document, c: &Cursor) -> Option<Cursor> {
        let mut above = c.clone();
        if c.lift < self.rows_above(document, c) {
            above.lift += 1;
            return Some(above);
        }
        if c.index > 0 {
            above.index -= 1;
        } else {
            above = self.first_row(document, self.flow.prev(document, &c.segment)?);
            above.index = above.rows.len().saturating_sub(1);
        }
        above.lift = 0;
        Some(above)
    }

    /// Returns the row `count` rows above, or the first.
    fn up_by(&mut self, document: &Document, mut c: Cursor, count: usize) -> Cursor {
        for _ in 0..count {
            match self.up(document, &c) {
                Some(above) => c = above,
                None => break,
            }
        }
        c
    }

    /// Returns the top row of the screen.
    fn top(&mut self, document: &Document) -> Option<Cursor> {
        let mut c = self.locate(document, self.place.top)?;
        c.lift = self.place.lift.min(self.rows_above(document, &c));
        Some(c)
    }

    /// Returns the lowest top row: the one with the last row of the text at the screen's end.
    fn lowest(&mut self, document: &Document, height: usize) -> Option<Cursor> {
        let mut last = self.locate(document, document.end())?;
        last.index = last.rows.len().saturating_sub(1);
        Some(self.up_by(document, last, height.saturating_sub(1)))
    }

    fn set_top(&mut self, document: &Document, cursor: Option<&Cursor>) {
        self.place = match cursor {
            None => ScrollPosition::START,
            Some(c) => {
                let all = c.lift > 0 && c.lift == self.rows_above(document, c);
                let lift = if all { ALL_ABOVE } else { c.lift };
                let top = c.span().start;
                ScrollPosition { top, lift }
            }
        };
    }

    /// Goes to the very start, with the masthead.
    pub(crate) fn go_to_start(&mut self, document: &Document) {
        self.focus = Pos(0);
        self.place = ScrollPosition::START;
        let start = self.top(document);
        self.set_top(document, start.as_ref());
    }

    /// Brings the row that holds `pos` to the top of the screen.
    pub(crate) fn go_to_top(&mut self, document: &Document, pos: Pos) {
        let at = self.locate(document, pos);
        self.set_top(document, at.as_ref());
        self.focus = self.place.top;
    }

    /// Goes to the end, with the last row at the screen's end.
    pub(crate) fn go_to_end(&mut self, document: &Document, height: usize) {
        let lowest = self.lowest(document, height);
        self.set_top(document, lowest.as_ref());
        let last = Pos(document.end().0.saturating_sub(1));
        self.focus = motion::sentence_at(document, last);
        self.keep_focus(document, height);
    }

    /// Scrolls by rows, down where positive, but by [`MAX_SCROLL_ROWS`] at most. Returns the
    /// number of rows scrolled.
    pub fn scroll(&mut self, document: &Document, rows: isize, height: usize) -> usize {
        let Some(mut c) = self.top(document) else {
            return 0;
        };
        let down = rows > 0;
        let lowest = down.then(|| self.lowest(document, height)).flatten();
        let mut moved = 0;
        while moved < rows.unsigned_abs().min(MAX_SCROLL_ROWS) {
            let next = if down {
                self.down(document, &c)
            } else {
                self.up(document, &c)
            };
            let Some(next) = next else { break };
            if lowest.as_ref().is_some_and(|l| next.key() > l.key()) {
                break;
            }
            c = next;
            moved += 1;
        }
        self.set_top(document, Some(&c));
        self.keep_focus(document, height);
        moved
    }

    /// Brings `pos` into view and focuses it. Nothing moves where it is in the middle third of
    /// the screen; else its row gets a third of the screen above it.
    pub(crate) fn reveal(&mut self, document: &Document, pos: Pos, height: usize) {
        self.focus = pos;
        self.refresh(document, height);
        let Some(row) = self.locate(document, pos) else {
            return;
        };
        let shown = row.span();
        let shows = |l: &Line| l.row().is_some_and(|row| row.span == shown);
        let at = self.window.iter().position(shows);
        let top = self.top(document);
        let near_start = top
            .is_some_and(|top| top.index == 0 && self.flow.prev(document, &top.segment).is_none());
        if at.is_some_and(|at| (at >= height / 3 || near_start) && at < height - height / 3) {
            return;
        }
        let top = self.up_by(document, row, height / 3);
        let lowest = self.lowest(document, height);
        let top = lowest.filter(|l| top.key() > l.key()).unwrap_or(top);
        self.set_top(document, Some(&top));
    }

    /// Moves the focus into the screen after scrolling.
    fn keep_focus(&mut self, document: &Document, height: usize) {
        self.refresh(document, height);
        let mut spans = self.window.iter().filter_map(Line::row).map(|r| r.span);
        let first = spans.next();
        let last = spans.next_back().or(first);
        // on a screen of blank rows, the text behind them
        let next = |v: &mut Self| v.top(document).map(|c| (c.span(), c.span()));
        let Some((first, last)) = first.zip(last).or_else(|| next(self)) else {
            return;
        };
        if self.focus < first.start {
            self.focus = first.start;
        } else if self.focus >= last.end && self.focus > last.start {
            self.focus = last.start;
        }
    }

    /// Returns the end of the text on the screen.
    pub fn bottom(&self) -> Pos {
        let last = self.window.iter().rev().find_map(Line::row);
        last.map_or(self.place.top, |row| row.span.end)
    }

    /// Returns whether `pos` is in a fold that is closed.
    pub(crate) fn is_closed(&self, document: &Document, pos: Pos) -> bool {
        let segment = self.flow.segment_at(document, pos);
        segment.is_some_and(|segment| segment.folded)
    }

    /// Returns the text on the screen.
    pub fn seen(&self) -> Span {
        Span::between(self.place.top, self.bottom().max(self.place.top))
    }

    /// Lists the rows of the screen.
    pub fn refresh(&mut self, document: &Document, height: usize) {
        self.window.clear();
        let Some(mut c) = self.top(document) else {
            let rows = self.masthead.len().min(height);
            self.window.extend((0..rows).map(Line::Mast));
            return;
        };
        while self.window.len() < height {
            let line = if c.lift == 0 {
                let block = document.blocks().get(c.segment.block);
                let starts = block.is_some_and(|b| b.span.start == c.segment.span.start);
                Line::Text {
                    row: c.rows.get(c.index).cloned().unwrap_or_default(),
                    segment: c.segment,
                    first: c.index == 0 && starts,
                }
            } else if c.index == 0 && self.flow.prev(document, &c.segment).is_none() {
                Line::Mast(self.masthead.len() - c.lift)
            } else {
                Line::Blank
            };
            self.window.push(line);
            match self.down(document, &c) {
                Some(next) => c = next,
                None => break,
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
            let text = format!("第{i}段，{}完。", "协同发展，".repeat(i % 5 * 6));
            b.block(BlockKind::Paragraph, 0, i + 1, &text);
        }
        b.finish()
    }

    fn viewport(d: &Document, columns: usize) -> Viewport {
        let mut r = Viewport::default();
        resize(&mut r, d, columns);
        r.go_to_start(d);
        r
    }

    fn resize(r: &mut Viewport, d: &Document, columns: usize) {
        let measure = Measure::fitted(columns, 72, false, true, Face::default());
        r.set_measure(measure, d.meta());
    }

    #[test]
    fn scrolling_down_and_up_returns_to_the_same_place() {
        let d = document();
        let mut r = viewport(&d, 60);
        let start = r.place;
        assert_eq!(r.scroll(&d, 17, 20), 17);
        assert_eq!(r.scroll(&d, -17, 20), 17);
        assert_eq!(r.place, start);
        assert_eq!(r.scroll(&d, -1, 20), 0);
    }

    #[test]
    fn the_end_stops_at_the_last_row() {
        let d = document();
        let mut r = viewport(&d, 60);
        r.go_to_end(&d, 10);
        assert_eq!(r.window.len(), 10);
        assert_eq!(r.bottom(), d.end());
        assert_eq!(r.scroll(&d, 1, 10), 0);
    }

    #[test]
    fn a_resize_there_and_back_changes_nothing() {
        let d = document();
        for n in 0..40 {
            let mut r = viewport(&d, 60);
            r.scroll(&d, n, 10);
            r.refresh(&d, 10);
            let (window, place) = (r.window.clone(), r.place);
            for columns in [20, 33, 90, 120, 7] {
                resize(&mut r, &d, columns);
                r.refresh(&d, 10);
            }
            resize(&mut r, &d, 60);
            r.refresh(&d, 10);
            assert_eq!((&r.window, r.place), (&window, place), "{n}");
        }
    }
}
