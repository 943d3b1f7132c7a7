//! Saves and restores the position and the marks of an article; measures reading time.

use super::anchor::Anchor;
use super::clash::Clash;
use super::marks::Save;
use super::memory::{ListedMark, MarkFilter, Recalled, SavedPosition};
use super::mode::Mode;
use super::position::{ALL_ABOVE, ReadingPosition, ScrollPosition};
use super::quote;
use super::shown_text::ShownText;
use super::state::Session;
use super::term::KeywordScope;
use super::viewport::View;
use crate::text::{Pos, Span, cluster};

impl Session {
    /// Returns the position to be saved; `None` for the raw source and without an article.
    pub fn kept(&self) -> Option<SavedPosition> {
        let text = self.article.document().text();
        if self.article.is_raw() || text.is_empty() {
            return None;
        }
        let ReadingPosition { place, focus } = self.reading.position();
        let lift = |place: ScrollPosition| (place.lift != ALL_ABOVE).then_some(place.lift);
        let jump = |p: &ReadingPosition| (p.place.top.0, lift(p.place), p.focus.0);
        Some(SavedPosition {
            top: Anchor::at(text, place.top),
            lift: lift(place),
            focus: Anchor::at(text, focus),
            per_cent: self.per_cent(),
            shown: self.memory.pace.shown.stretches(),
            is_done: self.is_read_through(),
            jumps: self.jumps.spots().iter().map(jump).collect(),
            keywords: self.find.terms(KeywordScope::Article),
        })
    }

    /// Returns whether the article was read through: its end and most of its text were shown, and
    /// not for a glance only.
    pub fn is_read_through(&self) -> bool {
        let end = self.article.document().end();
        let pace = &self.memory.pace;
        let spent = self.memory.totals.article.plus(pace.here);
        !self.article.file.is_head
            && pace.shown.is_read_through(end)
            && spent.may_skim(self.article.length)
    }

    /// Forgets what of the article was shown.
    pub fn forget_shown(&mut self) {
        self.memory.pace.shown = ShownText::default();
    }

    /// Restores the marks and keywords of an article, and the position if `place` says so. In
    /// a changed text they are searched for.
    pub fn recall(&mut self, recalled: Recalled, place: bool) {
        if self.article.is_raw() {
            return;
        }
        let document = self.article.shared();
        let text = document.text();
        self.memory.marks.take_up(recalled.marks, text);
        self.memory.marks.take_up_drafts(recalled.drafts);
        if !recalled.same {
            self.re_anchor();
        }
        self.memory.totals.article = recalled.read;
        let time = self.memory.local_time();
        self.pages.drill.take_up(recalled.cards, time);
        self.restore_position(recalled.kept, recalled.same, place);
        self.tell_of_drafts();
        if let Some(uid) = self.memory.awaited_mark.take() {
            self.arrive_at_mark(&uid);
        }
    }

    /// Restores the keywords of an article, and the position if `place` says so.
    fn restore_position(&mut self, kept: Option<SavedPosition>, same: bool, place: bool) {
        let document = self.article.shared();
        let text = document.text();
        let Some(kept) = kept else { return };
        if same {
            let before = ShownText::of(&kept.shown, document.end());
            self.memory.pace.shown.join(&before);
        }
        for term in kept.keywords {
            self.find.add_term(&document, term, KeywordScope::Article);
        }
        if !place {
            return;
        }
        // the end of the text has nothing after it to be found by
        let nearest = |at: usize| cluster::floor(text, at.min(text.len().saturating_sub(1)));
        let found = |anchor: &Anchor| match anchor.find(text) {
            Some(span) => span.start,
            None => Pos::new(nearest(anchor.start)),
        };
        let (top, focus) = (found(&kept.top), found(&kept.focus));
        let position = |top: Pos, lift: Option<usize>, focus: Pos| {
            let lift = lift.unwrap_or(ALL_ABOVE);
            let place = ScrollPosition { top, lift };
            ReadingPosition { place, focus }
        };
        let focus = focus.max(top);
        self.reading.restore(position(top, kept.lift, focus));
        if same {
            let fits = |byte: u32| text.is_char_boundary(byte as usize);
            let jumps = kept.jumps.iter().filter(|j| fits(j.0) && fits(j.2));
            let jumps = jumps.map(|j| position(Pos(j.0), j.1, Pos(j.2)));
            self.jumps.take_up(jumps.collect());
        }
        self.refresh();
    }

    /// Goes to a mark of an article that was opened for it: going back leads to the article
    /// before. Where the marks are not known yet, it is gone to once they are.
    pub fn arrive_at_mark(&mut self, uid: &str) {
        if self.memory.marks.get(uid).is_none() && self.article.file.is_head {
            self.memory.awaited_mark = Some(uid.to_owned());
        } else if let Some(span) = self.tell_of_mark(uid) {
            self.open_fold(span.start);
            self.show(span.start, Span::at(span.start));
            self.refresh();
        }
    }

    /// Tells the note of a mark, or that its text is gone; returns its span.
    pub(crate) fn tell_of_mark(&mut self, uid: &str) -> Option<Span> {
        let mark = self.memory.marks.get(uid)?;
        let (span, note) = (mark.span, mark.typed().replace('\n', " "));
        if span.is_none() {
            self.say((
                "原文已不在，只留下引文和批注",
                "The text is gone; only the quotation and the note are left",
            ));
        } else if !note.is_empty() {
            self.tell(note);
        }
        span
    }

    /// Anchors found marks again in a changed text, so that the next change is measured from
    /// here.
    fn re_anchor(&mut self) {
        let (document, outline) = (self.article.document(), &self.article.outline);
        let marks = &mut self.memory.marks;
        for mark in &mut marks.all {
            let Some(span) = mark.span else { continue };
            let anchor = Anchor::of(document.text(), span);
            if anchor == mark.anchor {
                continue;
            }
            let before = Some(Box::new(mark.clone()));
            mark.anchor = anchor;
            mark.cited = quote::cited(document, outline, span);
            mark.under = quote::under(document, outline, span);
            marks.outbox.push(Save::Put(Box::new(mark.clone()), before));
        }
    }

    /// Lists the marks: after a change, or for another filter.
    pub(crate) fn list_marks(&mut self) {
        let panel = &self.memory.panel;
        let title = self.article.title();
        let here = self.memory.marks.all.iter().map(|m| ListedMark {
            mark: m.clone(),
            title: title.to_owned(),
            path: None,
        });
        let elsewhere = panel.elsewhere.iter().filter(|_| panel.everywhere).cloned();
        let filter = MarkFilter::parse(&panel.list.filter);
        let fits = |l: &ListedMark| filter.admits(l, &self.memory.day(l.mark.made));
        let rows: Vec<ListedMark> = here.chain(elsewhere).filter(fits).collect();
        self.memory.panel.rows = rows;
    }

    /// Counts the reading time up to `now`, in milliseconds.
    pub fn tick(&mut self, now: u64) {
        let document = self.article.document();
        let is_typing = self.pages.prompt().is_some();
        let reading = matches!(self.pages.mode(), Mode::Read | Mode::Outline)
            && !is_typing
            && !document.text().is_empty()
            && !self.article.is_raw();
        let shown = (self.reading.place.top, self.reading.bottom());
        // other views leave text out
        if reading && matches!(self.reading.view, View::Text | View::Unfolded) {
            self.memory.pace.shown.add(self.reading.seen());
        }
        let chars = |from: Pos, to: Pos| {
            let text = document.slice(Span::between(from, to));
            text.chars().filter(|c| c.is_alphanumeric()).count() as u64
        };
        self.memory.pace.tick(now, shown, reading, chars);
    }

    /// Returns the pace in characters a minute, measured or as set.
    pub fn pace(&self) -> usize {
        let lately = self.memory.totals.lately.plus(self.memory.pace.session);
        lately.pace().unwrap_or(self.settings.pace).max(1)
    }

    /// Takes the changes to be saved.
    pub fn take_saves(&mut self) -> Vec<Save> {
        self.keep_typed(false);
        std::mem::take(&mut self.memory.marks.outbox)
    }

    /// Takes a mark that another program had changed as well, and says what became of it; `is_here`
    /// where it is one of the open article.
    pub(crate) fn take_clash(&mut self, clash: &Clash, is_here: bool) {
        if is_here {
            let document = self.article.shared();
            self.memory.marks.take_clash(clash, document.text());
            self.list_marks();
        }
        let (zh, en) = clash.said();
        self.warn(self.settings.lang.say_owned(zh, en));
    }

    /// Says beside the message about a change that it cannot be saved now.
    pub(crate) fn warn_unsaved(&mut self) {
        let said = self.memory.said.take().unwrap_or_default();
        let (zh, en) = (
            "没存下，退出时另存",
            "not stored; saved elsewhere at the end",
        );
        let warning = self.settings.lang.say((zh, en));
        self.warn(format!("{said}  {warning}"));
    }

    /// Takes note that changes have been saved, or could not be.
    pub(crate) fn confirm(&mut self, kept: bool) {
        let said = self.memory.said.take().filter(|_| kept);
        if let Some(notice) = self
            .notice
            .as_mut()
            .filter(|n| Some(&n.text) == said.as_ref())
        {
            notice.text += self.settings.lang.say(("  已存", "  saved"));
            notice.warns = false;
        }
    }
}
