//! Takes more of an article that is being read, or what its file has become.
//!
//! 1. Where the text begins with the text that was there, every position stays: the place,
//!    the focus, jumps, folds, hits.
//! 2. Where the text was changed, the place and the marks are found again by
//!    their anchors.
//! 3. A reader who follows the file and is at its end is taken to the new one. One who
//!    asked for a place before all was there ([`Jump`]), and has not moved since, is taken
//!    there.
//!
//! Knows nothing of files: the shell says in [`FileState`] whether there is more.

use super::file_state::{FileState, Jump};
use super::memory::Recalled;
use super::{Article, Session};
use crate::text::{Pos, Span, cluster};

impl Session {
    /// Takes another state of the article that is open. True where the text begins
    /// with the text that was there.
    pub fn grow(&mut self, mut article: Article) -> bool {
        let FileState {
            follows, pending, ..
        } = self.article.file;
        article.file.follows = follows;
        let pending = pending.filter(|(_, led)| *led == self.reading.position());
        let jump = pending.map(|(jump, _)| jump);
        let old = self.article.document();
        let at_end = self.reading.bottom() >= old.end();
        let begins = !self.article.is_raw() && article.document().text().starts_with(old.text());
        if begins {
            self.extend(article);
        } else {
            self.replace(article);
        }
        if let Some(jump) = jump.or((follows && at_end).then_some(Jump::End)) {
            self.go(jump);
        }
        self.refresh();
        begins
    }

    /// Goes to a place that depends on the whole of the article, and again when there is
    /// more of it.
    pub fn go(&mut self, jump: Jump) {
        let (document, height) = (self.article.shared(), self.height());
        match jump {
            Jump::End => self.reading.to_end(&document, height),
            Jump::PerCent(n) => {
                // the second time by what the screen holds there, as the status row does
                let mut seen = 0;
                for _ in 0..2 {
                    let byte = document.end().byte().saturating_sub(seen) * n / 100;
                    let top = Pos::new(cluster::floor(document.text(), byte));
                    self.reading.to_top(&document, top);
                    self.reading.refresh(&document, height);
                    let (top, bottom) = (self.reading.place.top, self.reading.bottom());
                    seen = bottom.byte().saturating_sub(top.byte());
                }
                if self.per_cent() < n {
                    // the row began before it
                    self.reading.scroll(&document, 1, height);
                    self.reading.to_top(&document, self.reading.place.top);
                }
            }
            Jump::Paragraph(n) => {
                let count = document.blocks().len();
                if n > count && !self.article.file.is_head {
                    let text = self.settings.lang.say_owned(
                        format!("只有 {count} 段"),
                        format!("There are {count} paragraphs"),
                    );
                    self.tell(text);
                }
                if let Some(block) = document.blocks().get(n.clamp(1, count.max(1)) - 1) {
                    let start = block.span.start;
                    self.show(start, Span { start, end: start });
                }
            }
        }
        let file = &mut self.article.file;
        file.pending = file.is_head.then(|| (jump, self.reading.position()));
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
        let seen = Span {
            start: self.reading.place.top,
            end: self.reading.bottom().max(self.reading.place.top),
        };
        self.find.grow(&self.article.shared(), seen);
        self.sift();
        let marks = std::mem::take(&mut self.memory.marks.all);
        let text = self.article.document().text();
        self.memory.marks.take_up(marks, text);
    }

    /// Another text: the place and the marks are looked for in it.
    fn replace(&mut self, article: Article) {
        if self.article.is_raw() {
            self.article.toggle_raw(self.reading.focus);
        }
        let (kept, marks) = (self.kept(), self.memory.marks.all.clone());
        let read = self.memory.totals.article;
        self.open(article);
        let recalled = Recalled {
            kept,
            same: false,
            marks,
            read,
        };
        self.recall(recalled, true);
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
            let _ = writeln!(
                text,
                "第{i}段说的是第{i}件事，一是要读，二是要写，三是要想。\n"
            );
            text
        });
        Article::new("a.txt", source::read(text.as_bytes(), None))
    }

    fn opened(article: Article) -> Session {
        let mut session = Session::new(Settings::default(), 60, 12);
        session.open(article);
        session.refresh();
        session
    }

    fn visible(s: &Session) -> &str {
        let (start, end) = (s.reading.place.top, s.reading.bottom());
        s.article.document().slice(Span { start, end })
    }

    #[test]
    fn more_of_the_same_text_keeps_every_position() {
        let mut s = opened(article(0..20));
        s.scroll(1, 9);
        let query = crate::search::Query::new("读");
        s.find.search(&s.article.shared(), query, Span::default());
        s.refresh();
        let (spot, rows) = (s.reading.position(), s.reading.window.clone());
        assert!(s.grow(article(0..40)));
        assert_eq!((s.reading.position(), &s.reading.window), (spot, &rows));
        assert_eq!(s.find.matches.len(), 40);
        assert_eq!(s.article.outline.points.len(), 120);
    }

    #[test]
    fn another_text_keeps_the_place_by_its_words() {
        let mut s = opened(article(0..40));
        s.scroll(1, 40);
        s.refresh();
        let before = visible(&s).to_owned();
        assert!(!s.grow(article(3..40)));
        assert_eq!(visible(&s), before);
    }

    #[test]
    fn who_follows_is_taken_to_the_new_end() {
        let mut s = Session::new(Settings::default(), 60, 12);
        s.open(article(0..20));
        s.article.file.follows = true;
        s.refresh();
        assert!(s.grow(article(0..30)) && s.reading.bottom() < s.article.document().end());
        let height = s.height();
        s.reading.to_end(s.article.document(), height);
        assert!(s.grow(article(0..40)) && s.reading.bottom() == s.article.document().end());
        assert!(s.article.file.follows);
    }

    #[test]
    fn who_asked_too_early_is_taken_there() {
        let mut s = Session::new(Settings::default(), 60, 12);
        let coming = |to: usize, coming: bool| {
            let mut article = article(0..to);
            article.file.is_head = coming;
            article
        };
        s.open(coming(20, true));
        s.refresh();
        s.go(Jump::End);
        assert!(s.grow(coming(30, true)) && s.reading.bottom() == s.article.document().end());
        assert!(
            s.grow(coming(40, false))
                && s.reading.bottom() == s.article.document().end()
                && s.article.file.pending.is_none()
        );
        for (wish, least) in [
            (Jump::PerCent(50), 15),
            (Jump::Paragraph(31), 30),
            (Jump::Paragraph(99), 39),
        ] {
            let [mut early, mut late] = [coming(20, true), coming(40, false)].map(|article| {
                let mut s = opened(article);
                s.go(wish);
                s
            });
            assert!(early.grow(coming(40, false)));
            late.refresh();
            assert_eq!(
                (early.reading.position(), &early.notice),
                (late.reading.position(), &late.notice),
                "{wish:?}"
            );
            assert_eq!(early.notice.is_some(), wish == Jump::Paragraph(99));
            let paragraph = early.article.document().block_at(early.reading.focus);
            assert!(
                paragraph.is_some_and(|n| n >= least),
                "{wish:?} {paragraph:?}"
            );
        }
        // who has moved on since stays where he is
        s.open(coming(20, true));
        s.refresh();
        s.go(Jump::End);
        s.scroll(-1, 5);
        s.refresh();
        assert!(s.grow(coming(40, false)) && s.reading.bottom() < s.article.document().end());
    }
}
