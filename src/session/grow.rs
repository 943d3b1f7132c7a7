//! Takes more of an article that is being read, or what its file has become.
//!
//! 1. What begins with the text that was there keeps every position: the place,
//!    the focus, jumps, folds, hits.
//! 2. Where the text was changed, the place and the marks are found again by
//!    their anchors.
//! 3. A reader who follows the file, or asked for its end before that was there, and
//!    stands at the end is taken to the new one.
//!
//! Knows nothing of files: whether there is more is told by [`Arrival`].

use super::memory::Recalled;
use super::{Article, Session};
use crate::text::Span;

/// How an article comes in, and whether it is still what its file says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// More of it is being read.
    pub coming: bool,
    /// The reader follows the file as it grows.
    pub follows: bool,
    /// The reader asked for the end while more was being read.
    pub ends: bool,
    /// What has become of the file since it was read.
    pub since: Since,
}

/// What has become of a file since it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Since {
    /// Nothing.
    #[default]
    Same,
    /// It was changed.
    Changed,
    /// It is no longer there; what was read of it is.
    Gone,
}

impl Session {
    /// Takes another state of the article that is open. True where the text begins
    /// with what was there.
    pub fn grow(&mut self, mut article: Article) -> bool {
        let Arrival { follows, ends, .. } = self.article.arrival;
        article.arrival = Arrival { follows, ends: ends && article.arrival.coming, ..article.arrival };
        let at_end = self.reading.bottom() >= self.article.document().end();
        let begins = !self.article.is_raw() && article.document().text().starts_with(self.article.document().text());
        if begins {
            self.extend(article);
        } else {
            self.replace(article);
        }
        if (follows || ends) && at_end {
            let height = self.height();
            self.reading.to_end(self.article.document(), height);
        }
        self.refresh();
        begins
    }

    /// More of the same text: every position stays.
    fn extend(&mut self, article: Article) {
        let facts = article.meta() != self.article.meta();
        self.article = article;
        if facts {
            // the masthead may say more now
            self.reading.measure = None;
        }
        let flow = self.flow_of(self.reading.view);
        self.reading.set_flow(flow);
        self.pane.grow(&self.article.outline);
        let seen = Span { start: self.reading.place.top, end: self.reading.bottom().max(self.reading.place.top) };
        self.find.grow(&self.article.shared(), seen);
        self.sift();
        let marks = std::mem::take(&mut self.memory.marks.all);
        self.memory.marks.take_up(marks, self.article.document().text());
    }

    /// Another text: the place and the marks are looked for in it.
    fn replace(&mut self, article: Article) {
        let raw = self.article.is_raw();
        if raw {
            let spot = self.reading.spot();
            self.article.toggle_raw(spot.focus);
        }
        let (kept, marks) = (self.kept(), self.memory.marks.all.clone());
        let read = self.memory.totals.article;
        self.open(article);
        self.recall(Recalled { kept, same: false, marks, read }, true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Settings;
    use crate::source;
    use std::fmt::Write as _;

    fn article(paragraphs: std::ops::Range<usize>) -> Article {
        let text = paragraphs.fold(String::new(), |mut text, i| {
            let _ = writeln!(text, "第{i}段说的是第{i}件事，一是要读，二是要写，三是要想。\n");
            text
        });
        Article::new("a.txt", source::read(text.as_bytes(), None))
    }

    #[test]
    fn more_of_the_same_text_keeps_every_position() {
        let mut s = Session::new(Settings::default(), 60, 12);
        s.open(article(0..20));
        s.refresh();
        s.scroll(1, 9);
        s.find.search(&s.article.shared(), crate::search::Query::new("读"), Span::default());
        s.refresh();
        let (spot, rows) = (s.reading.spot(), s.reading.window.clone());
        assert!(s.grow(article(0..40)));
        assert_eq!((s.reading.spot(), &s.reading.window), (spot, &rows));
        assert_eq!(s.find.matches.len(), 40);
        assert_eq!(s.article.outline.points.len(), 120);
    }

    #[test]
    fn another_text_keeps_the_place_by_its_words() {
        let mut s = Session::new(Settings::default(), 60, 12);
        s.open(article(0..40));
        s.refresh();
        s.scroll(1, 40);
        s.refresh();
        let top = s.article.document().slice(Span { start: s.reading.place.top, end: s.reading.bottom() }).to_owned();
        assert!(!s.grow(article(3..40)));
        let now = s.article.document().slice(Span { start: s.reading.place.top, end: s.reading.bottom() });
        assert_eq!(now, top);
    }

    #[test]
    fn who_follows_is_taken_to_the_new_end() {
        let mut s = Session::new(Settings::default(), 60, 12);
        s.open(article(0..20));
        s.article.arrival.follows = true;
        s.refresh();
        assert!(s.grow(article(0..30)) && s.reading.bottom() < s.article.document().end());
        let height = s.height();
        s.reading.to_end(s.article.document(), height);
        assert!(s.grow(article(0..40)) && s.reading.bottom() == s.article.document().end());
        assert!(s.article.arrival.follows);
    }

    #[test]
    fn who_asked_for_the_end_too_early_is_taken_there() {
        let mut s = Session::new(Settings::default(), 60, 12);
        let coming = |to: usize, coming: bool| {
            let mut article = article(0..to);
            article.arrival.coming = coming;
            article
        };
        s.open(coming(20, true));
        s.refresh();
        let end = |s: &mut Session| {
            let height = s.height();
            s.reading.to_end(s.article.document(), height);
            s.article.arrival.ends = s.article.arrival.coming;
        };
        end(&mut s);
        assert!(s.grow(coming(30, true)) && s.reading.bottom() == s.article.document().end());
        assert!(s.grow(coming(40, false)) && s.reading.bottom() == s.article.document().end() && !s.article.arrival.ends);
        // who has moved on since stays where he is
        s.open(coming(20, true));
        s.refresh();
        end(&mut s);
        s.scroll(-1, 5);
        s.refresh();
        assert!(s.grow(coming(40, false)) && s.reading.bottom() < s.article.document().end());
    }
}
