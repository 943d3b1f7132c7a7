//! Drafts: notes that are being typed. Each is kept while it is typed, so that a sudden end of the
//! program or of the line takes nothing; it goes when the note is accepted or given up.

use super::anchor::Anchor;
use super::marks::{Draft, Mark, Marks, Save};
use super::memory::Noting;
use super::mode::Purpose;
use super::quote;
use super::state::Session;
use crate::text::Span;

/// A longer note is kept at the end alone, not while it is typed: a key costs no more than the screen.
const MAX_EAGER_BYTES: usize = 64 << 10;
/// The names of drafts begin with this; that of the mark follows, if it has one.
const PREFIX: &str = "draft-";

impl Marks {
    /// Returns the name of the draft of a note: of a mark, or of one that is to be made on a span.
    pub(crate) fn name_draft(&mut self, uid: Option<&str>, span: Span, text: &str) -> String {
        if let Some(uid) = uid {
            return format!("{PREFIX}{uid}");
        }
        let is_here = |draft: &&Draft| {
            let found = draft.anchor.find(text);
            found.is_some_and(|found| found == span || found.overlaps(span))
        };
        let known = self.drafts.iter().find(is_here).map(|d| d.uid.clone());
        known.unwrap_or_else(|| format!("{PREFIX}{}", self.name()))
    }

    /// Returns the draft of that name.
    pub(crate) fn draft(&self, uid: &str) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.uid == uid)
    }

    /// Restores the drafts of an article; those that were begun while the store was read stay.
    pub(super) fn take_up_drafts(&mut self, mut stored: Vec<Draft>) {
        stored.retain(|draft| self.draft(&draft.uid).is_none());
        self.drafts.extend(stored);
    }

    fn put_draft(&mut self, draft: Draft) {
        self.drafts.retain(|known| known.uid != draft.uid);
        self.outbox.push(Save::Draft(
            draft.uid.clone(),
            Some(Box::new(draft.clone())),
        ));
        self.drafts.push(draft);
    }

    /// Gives up the draft of that name.
    pub(crate) fn drop_draft(&mut self, uid: &str) {
        if self.draft(uid).is_some() {
            self.drafts.retain(|known| known.uid != uid);
            self.outbox.push(Save::Draft(uid.to_owned(), None));
        }
    }
}

impl Session {
    /// Keeps what has been typed of a note as a draft, a long one only at the end; cheap where
    /// nothing has been typed.
    pub(crate) fn keep_typed(&mut self, at_end: bool) {
        let typed = self.pages.typed_for(Purpose::Note);
        let typed = typed.filter(|typed| at_end || typed.len() <= MAX_EAGER_BYTES);
        let (Some(noting), Some(typed)) = (&self.memory.noting, typed) else {
            return;
        };
        let marks = &self.memory.marks;
        let mark = noting.uid.as_deref().and_then(|uid| marks.get(uid));
        let known = if let Some(draft) = marks.draft(&noting.draft) {
            draft.text == typed
        } else {
            mark.map(Mark::typed).unwrap_or_default() == typed
        };
        if !known {
            let typed = typed.to_owned();
            self.keep_draft(typed);
        }
    }

    /// Keeps a text as the draft of the note that is being typed; returns the draft's name.
    pub(crate) fn keep_draft(&mut self, text: String) -> Option<String> {
        let Noting { uid, span, draft } = self.memory.noting.clone()?;
        let marks = &self.memory.marks;
        let mark = uid.as_deref().and_then(|uid| marks.get(uid));
        // looked for in the text once, not with every key
        let known = marks.draft(&draft).map(|draft| &draft.anchor);
        let known = known.or(mark.map(|mark| &mark.anchor)).cloned();
        let document = self.article.document();
        let anchor = known.unwrap_or_else(|| Anchor::of(document.text(), span));
        let made = self.memory.now;
        self.memory.marks.put_draft(Draft {
            uid: draft.clone(),
            anchor,
            text,
            made,
        });
        Some(draft)
    }

    /// Says that a note was not typed to its end, and where.
    pub(super) fn tell_of_drafts(&mut self) {
        if self.memory.said.is_some() || self.memory.noting.is_some() {
            // the store answers late, and the reader waits for another message
            return;
        }
        let (document, outline) = (self.article.document(), &self.article.outline);
        let marks = &self.memory.marks;
        let spans = marks.drafts.iter();
        let mut spans = spans.filter_map(|draft| draft.anchor.find(document.text()));
        let Some(span) = spans.next() else {
            if let Some(draft) = marks.drafts.first() {
                let text = draft.text.replace('\n', " ");
                let zh = format!("没写完的批注，原文已不在：{text}");
                self.say_owned(zh, format!("An unfinished note whose text is gone: {text}"));
            }
            return;
        };
        let place = quote::cited(document, outline, span);
        self.say_owned(
            format!("{place}有没写完的批注，按 a 接着写"),
            format!("A note is not finished ({place}): a goes on with it"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(uid: &str, text: &str) -> Draft {
        Draft {
            uid: uid.to_owned(),
            anchor: Anchor::default(),
            text: text.to_owned(),
            made: 0,
        }
    }

    #[test]
    fn what_is_typed_while_the_store_is_read_stays() {
        let mut marks = Marks::default();
        marks.put_draft(draft("draft-a", "新的"));
        marks.take_up_drafts(vec![draft("draft-a", "旧的"), draft("draft-b", "另一条")]);
        let texts = ["draft-a", "draft-b"].map(|uid| marks.draft(uid).unwrap().text.clone());
        assert_eq!(texts, ["新的", "另一条"]);
    }
}
