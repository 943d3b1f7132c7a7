//! What a session remembers for the reader: marks, the selection, reading time;
//! and what it takes up again when an article is opened once more.
//!
//! 1. [`Kept`]: where the reader stood, as an anchor, so that an edited file is
//!    taken up at the same text.
//! 2. [`Panel`]: the marks that are listed, here or in all articles.
//! 3. [`Memory`]: all of it, and what the world has told (time, totals).

use super::anchor::Anchor;
use super::marks::{Mark, Marks, Save};
use super::pace::{Pace, Read};
use super::position::{ALL_ABOVE, ReadingPosition, ScrollPosition};
use super::selection::Selection;
use super::{Mode, Session, quote};
use crate::search::Query;
use crate::text::{Pos, Span};

/// Where the reader stood in an article, and what goes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The first cluster of the top row.
    pub top: Anchor,
    /// Rows without text above it; `None` for all.
    pub lift: Option<usize>,
    /// What was looked at.
    pub focus: Anchor,
    /// How far it was read, 0 to 100.
    pub per_cent: usize,
    /// The places jumped from: top, lift, focus. Of use only in the same text.
    pub jumps: Vec<(u32, Option<usize>, u32)>,
    /// The keywords.
    pub keywords: Vec<String>,
}

/// What is known of an article that was open before.
#[derive(Clone, Debug, Default)]
pub struct Recalled {
    /// Where the reader stood.
    pub kept: Option<Kept>,
    /// Whether the text is the same as then.
    pub same: bool,
    /// The marks.
    pub marks: Vec<Mark>,
    /// What was read of it.
    pub read: Read,
}

/// What was read, to be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Of this article, before this session.
    pub article: Read,
    /// In the last seven days, before this session.
    pub week: Read,
    /// In the last months, before this session: the pace.
    pub lately: Read,
}

/// A mark in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The mark.
    pub mark: Mark,
    /// The title of its article.
    pub title: String,
    /// Where that lies; `None` for the article that is open.
    pub path: Option<String>,
}

/// The list of marks.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// Whether all articles are listed.
    pub everywhere: bool,
    /// What the listed ones must hold.
    pub filter: String,
    /// What is listed.
    pub rows: Vec<Listed>,
    /// The chosen one.
    pub selected: usize,
    /// The marks of other articles, as far as they have been asked for.
    pub elsewhere: Vec<Listed>,
}

/// What a note that is being typed will stand on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noting {
    /// The mark that has the note, if there is one.
    pub uid: Option<String>,
    /// The text.
    pub span: Span,
    /// Whether the list of marks is to be returned to.
    pub from_panel: bool,
}

/// What a session remembers.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The marks of the article.
    pub marks: Marks,
    /// The selection, while there is one.
    pub selection: Option<Selection>,
    /// The reading time.
    pub pace: Pace,
    /// The list of marks.
    pub panel: Panel,
    /// The note that is being typed.
    pub noting: Option<Noting>,
    /// What was read before.
    pub totals: Totals,
    /// The time, in seconds since 1970.
    pub now: i64,
    /// What to add to it for the reader's own clock, in seconds.
    pub offset: i64,
    /// The form of a quotation with its source; empty for the usual one.
    pub citation: String,
    /// What was said of a change that is not yet kept.
    pub said: Option<String>,
}

impl Memory {
    /// The form of a quotation with its source.
    pub fn citation(&self) -> &str {
        if self.citation.is_empty() {
            quote::TEMPLATE
        } else {
            &self.citation
        }
    }

    /// The day of a time, by the reader's clock: `2026-11-23`.
    pub fn day(&self, seconds: i64) -> String {
        day(seconds + self.offset)
    }
}

/// The day of a time in seconds since 1970, in the proleptic Gregorian calendar.
///
/// ```
/// assert_eq!(jingdu::session::memory::day(1_550_793_600), "2019-02-22");
/// assert_eq!(jingdu::session::memory::day(951_782_400), "2000-02-29");
/// ```
pub fn day(seconds: i64) -> String {
    // days since 0000-03-01, in eras of 400 years
    let days = seconds.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    format!(
        "{:04}-{month:02}-{day:02}",
        era * 400 + year + i64::from(month <= 2)
    )
}

impl Listed {
    /// Whether it holds every word of a filter: `#tag`, `>2026-11-01`, or text.
    pub fn holds(&self, filter: &str, day: &str) -> bool {
        filter.split_whitespace().all(|word| {
            if let Some(tag) = word.strip_prefix(['#', '＃']).filter(|t| !t.is_empty()) {
                return self.mark.tags.iter().any(|t| t.contains(tag));
            }
            if let Some(since) = word
                .strip_prefix(['>', '＞', '》'])
                .filter(|t| !t.is_empty())
            {
                return day >= since;
            }
            let m = &self.mark;
            let texts = [m.anchor.exact.as_str(), &m.note, &self.title, &m.cited, day];
            texts.iter().any(|t| t.contains(word))
                || m.tags.iter().any(|t| t.contains(word))
                || m.under.iter().any(|u| u.contains(word))
        })
    }
}

impl Session {
    /// The selected text.
    pub fn selected(&self) -> Option<Span> {
        let selection = self.memory.selection?;
        Some(selection.span(
            self.article.document(),
            &self.article.outline,
            self.reading.focus,
        ))
        .filter(|s| !s.is_empty())
    }

    /// What is to be kept of where the reader stands; `None` in what is no article.
    pub fn kept(&self) -> Option<Kept> {
        let document = self.article.document();
        if self.article.is_raw() || document.text().is_empty() {
            return None;
        }
        let (spot, text) = (self.reading.position(), document.text());
        let lift = |place: ScrollPosition| (place.lift != ALL_ABOVE).then_some(place.lift);
        Some(Kept {
            top: Anchor::at(text, spot.place.top),
            lift: lift(spot.place),
            focus: Anchor::at(text, spot.focus),
            per_cent: self.per_cent(),
            jumps: self
                .jumps
                .spots()
                .iter()
                .map(|s| (s.place.top.0, lift(s.place), s.focus.0))
                .collect(),
            keywords: self
                .find
                .keywords
                .iter()
                .map(|k| k.query.typed().to_owned())
                .collect(),
        })
    }

    /// Takes up an article where it was left: the place, if `place` says so, the
    /// marks, the keywords. Where the text has changed, everything is looked for in it.
    pub fn recall(&mut self, recalled: Recalled, place: bool) {
        if self.article.is_raw() {
            return;
        }
        let text = self.article.document().text();
        self.memory.marks.take_up(recalled.marks, text);
        if !recalled.same {
            self.re_anchor();
        }
        let text = self.article.document().text();
        self.memory.totals.article = recalled.read;
        let Some(kept) = recalled.kept else { return };
        if self.find.keywords.is_empty() {
            for query in kept.keywords.iter().filter_map(|k| Query::new(k)) {
                self.find.toggle_keyword(&self.article.shared(), query);
            }
        }
        if !place {
            return;
        }
        let found = |anchor: &Anchor| {
            anchor
                .find(text)
                .map_or_else(|| nearest(text, anchor.start), |span| span.start)
        };
        // the end of the text has nothing after it to be found by
        let (top, focus) = (found(&kept.top), found(&kept.focus));
        let spot = |top: Pos, lift: Option<usize>, focus: Pos| ReadingPosition {
            place: ScrollPosition {
                top,
                lift: lift.unwrap_or(ALL_ABOVE),
            },
            focus,
        };
        self.reading.restore(spot(top, kept.lift, focus.max(top)));
        if recalled.same {
            let jumps = kept.jumps.iter().filter(|j| {
                text.is_char_boundary(j.0 as usize) && text.is_char_boundary(j.2 as usize)
            });
            self.jumps
                .take_up(jumps.map(|j| spot(Pos(j.0), j.1, Pos(j.2))).collect());
        }
        self.refresh();
    }

    /// In a text that has changed, what was found of the marks is anchored anew, so
    /// that the next change is measured from here.
    fn re_anchor(&mut self) {
        let (document, outline) = (self.article.document(), &self.article.outline);
        let marks = &mut self.memory.marks;
        for mark in &mut marks.all {
            let Some(span) = mark.span else { continue };
            let anchor = Anchor::of(document.text(), span);
            if anchor == mark.anchor {
                continue;
            }
            mark.anchor = anchor;
            mark.cited = quote::cited(document, outline, span);
            mark.under = quote::under(document, outline, span);
            marks.outbox.push(Save::Put(Box::new(mark.clone())));
        }
    }

    /// Lists the marks anew: after a change, or for another filter.
    pub fn list_marks(&mut self) {
        let panel = &self.memory.panel;
        let title = self.article.title();
        let here = self.memory.marks.all.iter().map(|m| Listed {
            mark: m.clone(),
            title: title.to_owned(),
            path: None,
        });
        let elsewhere = panel.elsewhere.iter().filter(|_| panel.everywhere).cloned();
        let fits = |l: &Listed| l.holds(&panel.filter, &self.memory.day(l.mark.made));
        let rows: Vec<Listed> = here.chain(elsewhere).filter(fits).collect();
        self.memory.panel.selected = panel.selected.min(rows.len().saturating_sub(1));
        self.memory.panel.rows = rows;
    }

    /// The time goes on: `now` in milliseconds.
    pub fn tick(&mut self, now: u64) {
        let reading = matches!(self.mode, Mode::Read | Mode::Outline)
            && !self.article.document().text().is_empty()
            && !self.article.is_raw();
        let shown = (self.reading.place.top, self.reading.bottom());
        let document = self.article.document();
        let chars = |from: Pos, to: Pos| {
            document
                .slice(Span {
                    start: from,
                    end: to,
                })
                .chars()
                .filter(|c| c.is_alphanumeric())
                .count() as u64
        };
        self.memory.pace.tick(now, shown, reading, chars);
    }

    /// Characters a minute: as measured, or as set.
    pub fn pace(&self) -> usize {
        self.memory
            .totals
            .lately
            .plus(self.memory.pace.session)
            .pace()
            .unwrap_or(self.settings.pace)
            .max(1)
    }

    /// Hands out what is to be kept.
    pub fn take_saves(&mut self) -> Vec<Save> {
        std::mem::take(&mut self.memory.marks.outbox)
    }

    /// What was marked is kept now, or could not be.
    pub fn confirm(&mut self, kept: bool) {
        let Some(said) = self.memory.said.take() else {
            return;
        };
        if kept && self.notice.as_ref().is_some_and(|n| n.text == said) {
            let done = self.settings.lang.say(("  已存", "  saved"));
            self.tell(format!("{said}{done}"));
        }
    }
}

/// The cluster boundary nearest to where something was, in the text.
fn nearest(text: &str, at: usize) -> Pos {
    Pos::new(crate::text::cluster::floor(
        text,
        at.min(text.len().saturating_sub(1)),
    ))
}
