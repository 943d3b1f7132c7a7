//! All state of one reading, and the only code that changes it.
//!
//! 1. [`settings`]: what the reader has chosen.
//! 2. [`screen`]: the size of the terminal, cut into areas. Plain numbers.
//! 3. [`article`]: the document being read and its outline; [`grow`]: more of it, or
//!    what its file has become.
//! 4. [`viewport`]: the place, and the rows that are on the screen.
//! 5. [`motion`]: where the next point, paragraph, sentence begins.
//! 6. [`jump`]: where the reader came from.
//! 7. [`find`]: the search and the keywords; [`sieve`] and [`hit_list`]: their hits alone.
//! 8. [`pane`]: what the outline pane shows; [`skeleton`]: what the skeleton view
//!    lets through.
//! 9. [`shelf`]: the articles to choose from.
//! 10. [`memory`]: what is kept for the reader: [`marks`] on [`anchor`]s, the
//!     [`selection`], [`quote`]s of it, the [`pace`] of reading.
//! 11. [`mode`] and [`prompt`]: what keys mean now; a line being typed.
//!
//! Geometry is state: a resize is an input like any other. Knows nothing of
//! keys, colours, files or terminals; what the world must do is an [`Effect`].

pub mod anchor;
pub mod article;
pub mod find;
pub mod grow;
pub mod hit_list;
pub mod jump;
pub mod list;
pub mod marks;
pub mod memory;
pub mod mode;
pub mod motion;
pub mod pace;
pub mod pane;
pub mod position;
pub mod prompt;
pub mod quote;
pub mod screen;
pub mod selection;
pub mod settings;
pub mod shelf;
pub mod sieve;
pub mod skeleton;
pub mod viewport;

use crate::layout::Flow;
use crate::search::{Answer, Query};
use crate::text::{Pos, Say, Span};
pub use article::Article;
pub use find::{Find, Keyword};
pub use grow::{Arrival, Since};
pub use hit_list::HitList;
pub use list::List;
pub use mode::{Effect, Mode, Notice, Purpose};
pub use position::{ReadingPosition, ScrollPosition};
pub use screen::{Area, Screen};
pub use settings::Settings;
pub use shelf::{Shelf, ShelfItem};
pub use sieve::Scope;
pub use viewport::{Line, View, Viewport};

/// One reading, from opening to quitting.
#[derive(Clone, Debug)]
pub struct Session {
    /// What is read.
    pub article: Article,
    /// Where in it, and what of it is on the screen.
    pub reading: Viewport,
    /// The search and the keywords.
    pub find: Find,
    /// The outline pane.
    pub pane: pane::Pane,
    /// The articles to choose from.
    pub shelf: Shelf,
    /// What keys mean now.
    pub mode: Mode,
    /// Where the reader came from.
    pub jumps: jump::Jumps,
    /// The terminal's size and its areas.
    pub screen: Screen,
    /// What the reader has chosen.
    pub settings: Settings,
    /// What is to be said on the status row.
    pub notice: Option<Notice>,
    /// Keys of an unfinished sequence, and the count before it.
    pub pending: mode::Pending,
    /// What is kept for the reader.
    pub memory: memory::Memory,
}

impl Session {
    /// A reading of nothing yet, on a terminal of that size (cells).
    pub fn new(settings: Settings, columns: u16, rows: u16) -> Self {
        let mut session = Self {
            article: Article::default(),
            reading: Viewport::default(),
            find: Find::default(),
            pane: pane::Pane::default(),
            shelf: Shelf::default(),
            mode: Mode::Read,
            jumps: jump::Jumps::default(),
            screen: Screen::default(),
            settings,
            notice: None,
            pending: mode::Pending::default(),
            memory: memory::Memory::default(),
        };
        session.resize(columns, rows);
        session
    }

    /// Takes up another article, from its start. Keywords stay, and are looked
    /// for in it.
    pub fn open(&mut self, article: Article) {
        self.article = article;
        self.reading = Viewport::default();
        self.jumps = jump::Jumps::default();
        self.pane.reset(&self.article.outline);
        self.find.reopen(&self.article.shared());
        self.find.choices.terms.clear();
        self.mode = Mode::Read;
        self.reading.set_flow(self.article.flow());
        self.memory.selection = None;
        self.memory.marks.clear();
        self.memory.pace.turn();
        self.arrange();
        self.reading.to_start(self.article.document());
    }

    /// The terminal has another size now, in cells.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.columns = columns.min(screen::WIDEST);
        self.screen.rows = rows.min(screen::TALLEST);
        if !self.pane.decided {
            self.pane.open = self.screen.is_wide();
        }
        self.arrange();
    }

    /// Fits areas and measure to the size, the pane and the settings. The place
    /// stays.
    pub fn arrange(&mut self) {
        let setting = matches!(self.mode, Mode::Settings(_));
        let focused = matches!(self.mode, Mode::Outline | Mode::Filter(_)) || setting;
        let open = self.pane.open && !self.article.is_raw() || setting;
        self.screen.has_legend =
            !self.find.keywords.is_empty() && !matches!(self.mode, Mode::Shelf);
        self.screen
            .arrange(open, focused, self.mode.prompt().is_some());
        let s = &self.settings;
        let width = usize::from(self.screen.text.width);
        // what was set for a terminal has its own measure
        let wish = if self.article.is_set() && !self.article.is_raw() {
            width
        } else {
            s.measure
        };
        let fitted = crate::layout::Measure::fitted(width, wish, s.gap, s.hang, s.face);
        let measure = crate::layout::Measure {
            leading: s.leading,
            ..fitted
        };
        self.reading.set_measure(measure, self.article.meta());
    }

    /// Brings up to date what depends on other state: called once after every
    /// input, so that drawing only reads.
    pub fn refresh(&mut self) {
        self.arrange();
        self.reading.refresh(
            self.article.document(),
            usize::from(self.screen.text.height),
        );
        self.reading.ruled = self
            .settings
            .ruler
            .then(|| motion::sentence_span(self.article.document(), self.reading.focus));
        let focused = matches!(self.mode, Mode::Outline | Mode::Filter(_));
        self.pane.follow(
            &self.article.outline,
            self.reading.focus,
            usize::from(self.screen.outline.height),
            focused,
        );
        let body = usize::from(self.screen.body.height);
        let hits = &mut self.find.hits;
        hits.list.follow(hits.rows.len(), body);
        // two rows are the shelf's head
        let shelf = &mut self.shelf;
        shelf.list.follow(shelf.items.len(), body.saturating_sub(2));
    }

    /// The chosen row of the list that the mode shows, or the first row in view of a page
    /// without a choice.
    pub fn selected_row(&mut self) -> Option<&mut usize> {
        match &mut self.mode {
            Mode::Keywords(row) | Mode::Terms(row) | Mode::Settings(row) => Some(row),
            Mode::Palette(_, row) | Mode::Help(row) | Mode::Notes(_, row) => Some(row),
            Mode::Outline => Some(&mut self.pane.list.selected),
            Mode::Hits => Some(&mut self.find.hits.list.selected),
            Mode::Marks => Some(&mut self.memory.panel.selected),
            Mode::Shelf => Some(&mut self.shelf.list.selected),
            _ => None,
        }
    }

    /// Says something on the status row until the next key.
    pub fn say(&mut self, pair: Say) {
        self.notice = Some(Notice {
            text: self.settings.lang.say(pair).to_owned(),
            warns: false,
        });
    }

    /// Says something already worded.
    pub fn tell(&mut self, text: String) {
        self.notice = Some(Notice { text, warns: false });
    }

    /// Says something with values in it, in the reader's language.
    pub fn say_owned(&mut self, zh: String, en: String) {
        self.tell(self.settings.lang.say_owned(zh, en));
    }

    /// Says that something went wrong.
    pub fn warn(&mut self, text: String) {
        self.notice = Some(Notice { text, warns: true });
    }

    /// Rows of text on the screen.
    pub fn height(&self) -> usize {
        usize::from(self.screen.text.height).max(1)
    }

    /// Scrolls so many times by `rows`, down where positive. Says so where the last
    /// of them found an end.
    pub fn scroll(&mut self, rows: isize, times: usize) {
        let height = self.height();
        let before = rows.saturating_mul(times.saturating_sub(1).cast_signed());
        let moved =
            self.reading
                .scroll(self.article.document(), before.saturating_add(rows), height);
        if moved <= before.unsigned_abs() && moved < viewport::MAX_SCROLL_ROWS {
            self.say(if rows > 0 {
                ("已到文末", "End of the article")
            } else {
                ("已到文首", "Beginning of the article")
            });
        }
    }

    /// Goes to a place in the text and remembers where it came from. `landed`
    /// is shown quietly until the next key.
    pub fn jump(&mut self, to: Pos, landed: Span) {
        self.jumps.leave(self.reading.position());
        self.show(to, landed);
    }

    /// Brings a place into view without remembering.
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
        if document.text().len() > self.find.work.short {
            let height = self.height();
            self.reading.refresh(&document, height);
        }
        let seen = Span {
            start: self.reading.place.top,
            end: self.reading.bottom().max(self.reading.place.top),
        };
        self.find.search(&document, query, seen);
        self.sift();
    }

    /// Takes an answer to a search. True where the search now has a hit that was
    /// waited for: the commands go to it.
    pub fn take(&mut self, answer: Answer) -> bool {
        let found =
            self.find.take(answer) && self.find.current.is_none() && !self.find.matches.is_empty();
        self.sift();
        found
    }

    /// Shows other hits where only those are shown; everything where there are none.
    pub fn sift(&mut self) {
        let sentences = match self.reading.view {
            View::Paragraphs => false,
            View::Sentences => true,
            _ => return,
        };
        let hits = sieve::hits(&self.find, self.find.hits.scope);
        let flow = sieve::sieve(self.article.document(), &hits, sentences);
        if flow.is_none() {
            self.reading.view = View::Text;
        }
        self.reading.set_flow(flow.unwrap_or_default());
    }

    /// How the text flows in a view; what a sieve lets through aside.
    pub fn flow_of(&self, view: View) -> Flow {
        let outline = &self.article.outline;
        match view {
            View::Skeleton => skeleton::skeleton(outline, &self.reading.unfolded),
            View::Unfolded => Flow {
                cuts: outline.points.iter().map(|p| p.span.start).collect(),
                ..self.article.flow()
            },
            View::Text | View::Paragraphs | View::Sentences => self.article.flow(),
        }
    }

    /// In the skeleton, unfolds what hides a place that is gone to.
    fn unfold_for(&mut self, to: Pos) {
        let (document, outline) = (self.article.document(), &self.article.outline);
        if matches!(self.reading.view, View::Paragraphs | View::Sentences)
            && self
                .reading
                .flow
                .segment_at(document, to)
                .is_none_or(|p| !p.span.contains(to))
        {
            self.reading.view = View::Text;
            self.reading.set_flow(Flow::default());
        }
        let hidden = self.reading.view == View::Skeleton
            && self
                .reading
                .flow
                .segment_at(document, to)
                .is_none_or(|p| !p.span.contains(to));
        if let Some(start) = hidden
            .then(|| skeleton::hidden_by(document, outline, to))
            .flatten()
        {
            self.reading.unfolded.insert(start);
            let flow = skeleton::skeleton(outline, &self.reading.unfolded);
            self.reading.set_flow(flow);
        }
    }

    /// The point that the focus is in.
    pub fn current_point(&self) -> Option<usize> {
        self.article.outline.point_at(self.reading.focus)
    }

    /// How far the screen stands between the beginning (0) and the end (100).
    pub fn per_cent(&self) -> usize {
        let (end, bottom, top) = (
            self.article.document().end().byte(),
            self.reading.bottom().byte(),
            self.reading.place.top.byte(),
        );
        let unseen = end.saturating_sub(bottom.saturating_sub(top));
        if bottom >= end {
            100
        } else {
            (top * 100).checked_div(unseen).unwrap_or(100).min(99)
        }
    }
}
