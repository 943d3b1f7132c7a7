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
//! Knows nothing of files: the shell says in [`FileState`](super::FileState) whether there is more.

use super::file_state::Jump;
use super::memory::Recalled;
use super::{Article, Session};
use crate::text::lang::counted;
use crate::text::{Pos, Span, cluster};

impl Session {
    /// Takes another state of the article that is open. True where the text begins
    /// with the text that was there.
    pub fn grow(&mut self, mut article: Article) -> bool {
        let (follows, pending) = (self.article.file.follows, self.article.file.pending);
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
            Jump::End => self.reading.go_to_end(&document, height),
            Jump::PerCent(n) => {
                // the second time by the length of the screen there, as the status row does
                let mut seen = 0;
                for _ in 0..2 {
                    let byte = document.end().byte().saturating_sub(seen) * n / 100;
                    let top = Pos::new(cluster::floor(document.text(), byte));
                    self.reading.go_to_top(&document, top);
                    self.reading.refresh(&document, height);
                    seen = self.reading.seen().len();
                }
                if self.per_cent() < n {
                    // the row began before it
                    self.reading.scroll(&document, 1, height);
                    self.reading.go_to_top(&document, self.reading.place.top);
                }
            }
            Jump::Paragraph(n) => {
                let count = document.paragraphs();
                if n > count && !self.article.file.is_head {
                    self.say_owned(
                        format!("只有 {count} 段"),
                        format!("The article has {}", counted(&count, "paragraph")),
                    );
                }
                let block = document.nth_paragraph(n.clamp(1, count.max(1)));
                if let Some(block) = block.and_then(|i| document.blocks().get(i)) {
                    let start = block.span.start;
                    self.show(start, Span::at(start));
                }
            }
        }
        let file = &mut self.article.file;
        file.pending = file.is_head.then(|| (jump, self.reading.position()));
    }

    /// Takes more of the same text: every position stays.
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
        self.find.grow(&self.article.shared(), self.reading.seen());
        self.sift();
        let marks = std::mem::take(&mut self.memory.marks.all);
        let text = self.article.document().text();
        self.memory.marks.take_up(marks, text);
        self.renew_drill();
    }

    /// Replaces the text: the place and the marks are looked for in it.
    fn replace(&mut self, article: Article) {
        if self.article.is_raw() {
            self.article.toggle_raw(self.reading.focus);
        }
        let (kept, marks) = (self.kept(), self.memory.marks.all.clone());
        let read = self.memory.totals.article;
        let cards = self.pages.drill.records().clone();
        let drafts = self.memory.marks.drafts.clone();
        let encodings = std::mem::take(&mut self.memory.encodings);
        let (before, encoding) = (self.article.document().end(), self.article.facts().encoding);
        self.open(article);
        self.memory.encodings = encodings;
        let mut kept = kept;
        if self.article.facts().encoding != encoding
            && let Some(kept) = &mut kept
        {
            kept.stretch(before, self.article.document().text());
        }
        let same = false;
        let recalled = Recalled {
            kept,
            same,
            marks,
            read,
            cards,
            drafts,
        };
        self.recall(recalled, true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Settings;
    use crate::source;
    use std::ops::Range;

    fn article(paragraphs: Range<usize>) -> Article {
        let paragraph = |i| format!("第{i}段说的是第{i}件事，一是要读，二是要写，三是要想。\n\n");
        let text: String = paragraphs.map(paragraph).collect();
        Article::new("a.txt", source::read(text.as_bytes(), None))
    }

    /// Returns the first paragraphs of the article, of which more is being read.
    fn head(paragraphs: usize) -> Article {
        let mut article = article(0..paragraphs);
        article.file.is_head = true;
        article
    }

    fn opened(article: Article) -> Session {
        let mut session = Session::new(Settings::default(), 60, 12);
        session.open(article);
        session.refresh();
        session
    }

    fn is_at_end(s: &Session) -> bool {
        s.reading.bottom() == s.article.document().end()
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
        let visible = |s: &Session| s.article.document().slice(s.reading.seen()).to_owned();
        let mut s = opened(article(0..40));
        s.scroll(1, 40);
        s.refresh();
        let before = visible(&s);
        assert!(!s.grow(article(3..40)));
        assert_eq!(visible(&s), before);
    }

    #[test]
    fn a_follower_at_the_end_is_taken_to_the_new_end() {
        let mut s = opened(article(0..20));
        s.article.file.follows = true;
        assert!(s.grow(article(0..30)) && !is_at_end(&s));
        let height = s.height();
        s.reading.go_to_end(s.article.document(), height);
        assert!(s.grow(article(0..40)) && is_at_end(&s));
        assert!(s.article.file.follows);
    }

    #[test]
    fn a_jump_before_all_was_there_is_done_again() {
        let mut s = opened(head(20));
        s.go(Jump::End);
        assert!(s.grow(head(30)) && is_at_end(&s));
        assert!(s.grow(article(0..40)) && is_at_end(&s));
        assert!(s.article.file.pending.is_none());
        for (jump, least) in [
            (Jump::PerCent(50), 15),
            (Jump::Paragraph(31), 30),
            (Jump::Paragraph(99), 39),
        ] {
            let [mut early, mut late] = [head(20), article(0..40)].map(opened);
            early.go(jump);
            late.go(jump);
            assert!(early.grow(article(0..40)));
            late.refresh();
            let state = |s: &Session| (s.reading.position(), s.notice.clone());
            assert_eq!(state(&early), state(&late), "{jump:?}");
            assert_eq!(early.notice.is_some(), jump == Jump::Paragraph(99));
            let paragraph = early.article.document().block_at(early.reading.focus);
            assert!(paragraph >= Some(least), "{jump:?} {paragraph:?}");
        }
        // a reader who has moved on since stays
        s = opened(head(20));
        s.go(Jump::End);
        s.scroll(-1, 5);
        s.refresh();
        assert!(s.grow(article(0..40)) && !is_at_end(&s));
    }
}
