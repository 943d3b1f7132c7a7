//! The state of one reading, from opening to quitting.
//!
//! 1. Opening, resizing, [`Session::refresh`]: what depends on other state follows it.
//! 2. Scrolling and jumping.
//! 3. Searching, and the views that show a part of the text.

use super::article::Article;
use super::find::{Find, SearchOrigin};
use super::jump::Jumps;
use super::list::List;
use super::memory::Memory;
use super::mode::{Effect, Mode, Notice, Pending};
use super::open_pages::OpenPages;
use super::pane::Pane;
use super::position::{ReadingPosition, ScrollPosition};
use super::screen::{MAX_SCREEN_COLUMNS, MAX_SCREEN_ROWS, PaneUse, Screen};
use super::selection::{Grain, unit};
use super::settings::Settings;
use super::shelf::Shelf;
use super::viewport::{FocusSentence, MAX_SCROLL_ROWS, View, Viewport};
use super::{sieve, skeleton};
use crate::layout::{Flow, Measure, measure};
use crate::search::{Answer, Query};
use crate::text::{Pos, Say, Span};
use std::borrow::Cow;

/// Cells in which numbers of paragraphs have room at least.
const MIN_NUMBER_CELLS: usize = 4;

/// Blanks between a number and its text: a tick stands there.
const NUMBER_GAP: usize = 2;

/// One reading, from opening to quitting.
#[derive(Clone, Debug)]
pub struct Session {
    /// The article that is open.
    pub article: Article,
    /// The position in it, and the rows on the screen.
    pub reading: Viewport,
    /// The search and the keywords.
    pub find: Find,
    /// The outline pane.
    pub pane: Pane,
    /// The articles to choose from.
    pub shelf: Shelf,
    /// The open pages, and the line being typed.
    pub pages: OpenPages,
    /// The positions that were left by jumps.
    pub jumps: Jumps,
    /// The terminal's size and its areas.
    pub screen: Screen,
    /// The reader's choices.
    pub settings: Settings,
    /// A message on the status row.
    pub notice: Option<Notice>,
    /// Keys of an unfinished sequence, and the count before it.
    pub pending: Pending,
    /// Marks, selection and reading time.
    pub memory: Memory,
}

impl Session {
    /// Creates a session without an article, on a terminal of this size in cells.
    pub fn new(settings: Settings, columns: u16, rows: u16) -> Self {
        let mut session = Self {
            article: Article::default(),
            reading: Viewport::default(),
            find: Find::default(),
            pane: Pane::default(),
            shelf: Shelf::default(),
            pages: OpenPages::default(),
            jumps: Jumps::default(),
            screen: Screen::default(),
            settings,
            notice: None,
            pending: Pending::default(),
            memory: Memory::default(),
        };
        session.resize(columns, rows);
        session
    }

    /// Notes that the article which is opened next returns to the open pages and to the article
    /// below them, and is searched for a query.
    pub(crate) fn leave_pages(&mut self, query: Option<Query>) {
        self.pages.library.seeks = query;
        let is_over_text = self.pages.base() == Mode::Read;
        let article = self.jumps.article().filter(|_| is_over_text);
        self.pages.leave_open(article.cloned());
    }

    /// Goes back to the pages that the article was opened from; `None` where there are none.
    pub(crate) fn go_back(&mut self) -> Option<Effect> {
        let point = self.pages.return_point()?;
        let other = point
            .article
            .as_ref()
            .filter(|path| self.jumps.article() != Some(path));
        if let Some(path) = other {
            return Some(Effect::ReturnOver(path.clone()));
        }
        self.pages.go_back();
        Some(Effect::None)
    }

    /// Opens another article at its start. The standing keywords stay and are searched for in it;
    /// those of the article before are kept with it.
    pub fn open(&mut self, article: Article) {
        self.article = article;
        self.reading = Viewport::default();
        self.jumps.clear();
        self.pane.reset(&self.article.outline);
        self.find.leave_article();
        *self.list_mut(Mode::Keywords) = List::default();
        self.find.reopen(&self.article.shared());
        self.find.choices.terms.clear();
        self.pages.go(Mode::Read);
        self.reading.set_flow(self.article.flow());
        self.memory.selection = None;
        self.memory.marks.clear();
        self.memory.awaited_mark = None;
        self.pages.forget_drill();
        self.memory.encodings.clear();
        self.memory.pace.turn();
        self.arrange();
        self.reading.go_to_start(self.article.document());
        self.refresh();
    }

    /// Takes the terminal's size in cells.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.columns = columns.min(MAX_SCREEN_COLUMNS);
        self.screen.rows = rows.min(MAX_SCREEN_ROWS);
        if !self.pane.decided {
            self.pane.open = self.screen.is_wide();
        }
        self.refresh();
    }

    /// Fits areas and measure to the size, the pane and the settings. The position stays.
    pub(crate) fn arrange(&mut self) {
        let pane = match self.pages.mode() {
            Mode::Settings | Mode::Keywords | Mode::Terms => PaneUse::Panel,
            _ if !self.pane.open || self.article.is_raw() => PaneUse::Closed,
            Mode::Outline => PaneUse::Focused,
            _ => PaneUse::Open,
        };
        // the names of the keywords would give the answers of a drill away
        self.screen.has_legend = !self.find.keywords.is_empty()
            && self.pages.base() != Mode::Shelf
            && !self.pages.is_open(Mode::Drill);
        // text that was laid out for a terminal has its own measure
        let has_own = self.article.keeps_lines() && !self.article.is_raw();
        let s = &self.settings;
        self.screen.measure = if has_own { 0 } else { s.measure };
        self.screen.arrange(pane, self.pages.prompt().is_some());
        let width = usize::from(self.screen.text.width);
        let wish = if has_own { width } else { s.measure };
        let fitted = |wish| Measure {
            leading: s.leading,
            ..Measure::fitted(width, wish, s.gap, s.hang, s.face)
        };
        let full = fitted(wish);
        // numbers of paragraphs shorten a measure that leaves them no room
        let numbered = self
            .room_for_numbers()
            .filter(|_| !has_own)
            .and_then(|numbers| {
                let shorter = (measure::MIN_CELLS..=full.cells).rev().step_by(2);
                let roomy = shorter.map(fitted).find(|m| m.free(width) >= numbers)?;
                Some(Measure { numbers, ..roomy })
            });
        let measure = numbered.unwrap_or(full);
        self.reading.set_measure(measure, self.article.meta());
    }

    /// Returns the cells that the numbers of paragraphs take left of the measure, where the
    /// reader wants them.
    fn room_for_numbers(&self) -> Option<usize> {
        let largest = self.article.document().paragraphs().to_string().len();
        let room = MIN_NUMBER_CELLS.max(largest + NUMBER_GAP);
        self.settings.numbers.then_some(room)
    }

    /// Brings dependent state up to date after every input, so that drawing only
    /// reads.
    pub fn refresh(&mut self) {
        self.arrange();
        let [text, outline] =
            [self.screen.text, self.screen.outline].map(|area| usize::from(area.height));
        let document = self.article.document();
        self.reading.refresh(document, text);
        let focus = self.reading.focus;
        let landed = self.reading.landed.map(|_| focus);
        let moved_to = landed.or(self.reading.sentence.moved_to);
        let outline_of_text = &self.article.outline;
        let sentence =
            |shown: bool| shown.then(|| unit(document, outline_of_text, focus, Grain::Sentence));
        self.reading.sentence = FocusSentence {
            ruled: sentence(self.settings.ruler),
            pointed: sentence(moved_to == Some(focus)),
            moved_to,
        };
        let selected = self.selected();
        if let Some(selection) = &mut self.memory.selection {
            selection.seen = selected;
        }
        let focused = self.has_outline_focus();
        let entries = &self.article.outline;
        self.pane.follow(entries, focus, outline, focused);
    }

    fn has_outline_focus(&self) -> bool {
        self.pages.mode() == Mode::Outline
    }

    /// Shows a message on the status row until the next key.
    pub fn say(&mut self, pair: Say) {
        self.tell(self.settings.lang.say(pair).to_owned());
    }

    /// Shows a message in the user's language.
    pub fn tell(&mut self, text: String) {
        self.notice = Some(Notice { text, warns: false });
    }

    /// Shows a message with values in it, in the user's language.
    pub(crate) fn say_owned(&mut self, zh: String, en: String) {
        self.tell(self.settings.lang.say_owned(zh, en));
    }

    /// Shows a message that something went wrong.
    pub(crate) fn warn(&mut self, text: String) {
        self.notice = Some(Notice { text, warns: true });
    }

    /// Returns the rows of text on the screen.
    pub fn height(&self) -> usize {
        usize::from(self.screen.text.height).max(1)
    }

    /// Scrolls `times` times by `rows`, down where positive. Says so if the last of them found
    /// an end.
    pub fn scroll(&mut self, rows: isize, times: usize) {
        let height = self.height();
        let before = rows.saturating_mul(times.saturating_sub(1).cast_signed());
        let all = before.saturating_add(rows);
        let moved = self.reading.scroll(self.article.document(), all, height);
        if moved <= before.unsigned_abs() && moved < MAX_SCROLL_ROWS {
            self.say(if rows > 0 {
                ("已到文末", "End of the article")
            } else {
                ("已到文首", "Beginning of the article")
            });
        }
    }

    /// Goes to a position in the text and remembers the one before. `landed` is shown until the
    /// next key.
    pub fn jump(&mut self, to: Pos, landed: Span) {
        self.jumps.leave(self.reading.position());
        self.open_fold(to);
        self.show(to, landed);
    }

    /// Brings a position into view without remembering the one before.
    pub fn show(&mut self, to: Pos, landed: Span) {
        let height = self.height();
        self.unfold_for(to);
        self.reading.reveal(self.article.document(), to, height);
        self.reading.landed = Some(landed);
        // a hit is only gone to by the search, which says so afterwards
        self.find.current = None;
    }

    /// Searches for a query, or for nothing.
    pub fn search(&mut self, query: Option<Query>) {
        let document = self.article.shared();
        let takes_long = |query: &Query| self.find.work.takes_long(query, &document);
        if query.as_ref().is_some_and(takes_long) {
            let height = self.height();
            self.reading.refresh(&document, height);
        }
        self.find.search(&document, query, self.reading.seen());
        self.sift();
    }

    /// Returns the state that a query being typed returns to.
    pub fn search_origin(&self) -> SearchOrigin {
        SearchOrigin {
            position: self.reading.position(),
            view: self.reading.view,
            open: self.reading.open.clone(),
            query: self.find.query.clone(),
        }
    }

    /// Returns to the state before a query was typed: what was opened for a hit closes. A view
    /// of hits follows with the next search.
    pub(crate) fn return_to(&mut self, origin: &SearchOrigin) {
        let reading = &mut self.reading;
        let is_changed = reading.view != origin.view || reading.open != origin.open;
        if is_changed {
            (reading.view, reading.open) = (origin.view, origin.open.clone());
            let flow = self.flow_of(origin.view);
            self.reading.set_flow(flow);
        }
        self.reading.restore(origin.position);
    }

    /// Takes an answer to a search. Returns whether the search now has a hit that was waited
    /// for: the commands go to it.
    pub fn take(&mut self, answer: Answer) -> bool {
        let is_own = self.find.take(answer);
        let found = is_own && self.find.current.is_none() && !self.find.matches.is_empty();
        self.sift();
        found
    }

    /// Shows the present hits where only hits are shown; everything where there are none.
    pub(crate) fn sift(&mut self) {
        let sentences = match self.reading.view {
            View::Paragraphs => false,
            View::Sentences => true,
            View::Text | View::Skeleton | View::Unfolded => return,
        };
        let hits = self.find.matches_of(self.find.hits.scope);
        let flow = sieve::sieve(self.article.document(), hits, sentences);
        if flow.is_none() {
            self.reading.view = View::Text;
        }
        let flow = flow.unwrap_or_else(|| self.flow_of(View::Text));
        self.reading.set_flow(flow);
    }

    /// Returns the flow of a view; that of the whole text for views of hits.
    pub(crate) fn flow_of(&self, view: View) -> Flow {
        let outline = &self.article.outline;
        match view {
            View::Skeleton => skeleton::skeleton(outline, &self.reading.open.entries),
            View::Unfolded => Flow {
                cuts: outline.points.iter().map(|p| p.span.start).collect(),
                ..self.flow_of(View::Text)
            },
            View::Text | View::Paragraphs | View::Sentences => Flow {
                opened: self.reading.open.folds.clone(),
                ..self.article.flow()
            },
        }
    }

    /// Opens the fold that holds `pos`, if one does; the skeleton, which has no folds, makes way
    /// for the text.
    pub(crate) fn open_fold(&mut self, pos: Pos) {
        let document = self.article.document();
        let Some(fold) = document.fold_at(pos) else {
            return;
        };
        let start = document.fold_span(fold).start;
        let was_closed = self.reading.open.folds.set(start, true);
        let was_skeleton = self.reading.view == View::Skeleton;
        if was_skeleton {
            self.reading.view = View::Text;
        }
        if was_closed || was_skeleton {
            self.lay_text();
        }
    }

    /// Shows the text anew after a fold was opened or closed, unless only hits are shown.
    pub(crate) fn lay_text(&mut self) {
        if matches!(self.reading.view, View::Text | View::Unfolded) {
            let flow = self.flow_of(self.reading.view);
            self.reading.set_flow(flow);
        }
    }

    /// Makes `to` visible: unfolds the entry that hides it in the skeleton, leaves a view of
    /// hits.
    fn unfold_for(&mut self, to: Pos) {
        let document = self.article.document();
        let segment = self.reading.flow.segment_at(document, to);
        if segment.is_some_and(|s| s.span.contains(to)) {
            return;
        }
        match self.reading.view {
            View::Paragraphs | View::Sentences => {
                self.reading.view = View::Text;
                let flow = self.flow_of(View::Text);
                self.reading.set_flow(flow);
            }
            View::Skeleton => {
                if let Some(start) = skeleton::hidden_by(document, &self.article.outline, to) {
                    self.reading.open.entries.set(start, true);
                    let flow = self.flow_of(View::Skeleton);
                    self.reading.set_flow(flow);
                }
            }
            View::Text | View::Unfolded => {}
        }
    }

    /// Returns the selected text.
    pub fn selected(&self) -> Option<Span> {
        let (document, outline) = (self.article.document(), &self.article.outline);
        let selection = self.memory.selection?;
        Some(selection.span(document, outline, self.reading.focus)).filter(|s| !s.is_empty())
    }

    /// Returns the folds in a span that are not open.
    fn closed_in(&self, span: Span) -> impl Iterator<Item = Span> {
        let has_folds = matches!(self.reading.view, View::Text | View::Unfolded);
        let open = &self.reading.open.folds;
        let folds = self.article.document().folds_in(span);
        folds.filter(move |fold| !(has_folds && open.contains(fold.start)))
    }

    /// Returns the text of a span as it is seen: without the folds that are closed.
    pub(crate) fn seen_text(&self, span: Span) -> Cow<'_, str> {
        let document = self.article.document();
        document.without(span, self.closed_in(span))
    }

    /// Returns the number of lines in closed folds that a span goes over.
    pub(crate) fn unseen_lines(&self, span: Span) -> usize {
        let document = self.article.document();
        let folds = self.closed_in(span);
        let folds = folds.filter_map(|fold| document.fold_at(fold.start));
        folds.map(|fold| fold.end - fold.first).sum()
    }

    /// Returns a span without the closed folds at its ends.
    pub(crate) fn seen_span(&self, span: Span) -> Span {
        let ends = |fold: &Span| fold.start <= span.start || span.end <= fold.end;
        self.closed_in(span).filter(ends).fold(span, |seen, fold| {
            // the line end beside a fold goes with it
            if fold.start <= span.start {
                Span::between(Pos::new(fold.end.byte() + 1).min(span.end), seen.end)
            } else {
                Span::between(seen.start, fold.start.min(seen.end))
            }
        })
    }

    /// Returns the end of the closed fold that holds `pos`, or its start going back.
    pub(crate) fn beyond_fold(&self, pos: Pos, forward: bool) -> Option<Pos> {
        let mut folds = self.closed_in(Span::between(pos, Pos::new(pos.byte() + 1)));
        let fold = folds.next()?;
        Some(if forward { fold.end } else { fold.start })
    }

    /// Returns the point that holds the focus.
    pub(crate) fn current_point(&self) -> Option<usize> {
        self.article.outline.point_at(self.reading.focus)
    }

    /// Returns the position of the screen between the beginning (0) and the end (100).
    pub fn per_cent(&self) -> usize {
        let (end, seen) = (self.article.document().end(), self.reading.seen());
        let unseen = end.byte().saturating_sub(seen.len());
        if seen.end >= end {
            return 100;
        }
        let top = seen.start.byte();
        (top * 100).checked_div(unseen).unwrap_or(100).min(99)
    }

    /// Returns whether the whole article fits on the screen.
    pub(crate) fn fits_screen(&mut self) -> bool {
        let position = self.reading.position();
        self.reading.restore(ReadingPosition {
            place: ScrollPosition::START,
            focus: Pos(0),
        });
        self.refresh();
        let fits =
            !self.article.file.is_head && self.reading.bottom() >= self.article.document().end();
        self.reading.restore(position);
        self.refresh();
        fits
    }
}
