//! The drill (默写提纲): the points of an article, covered, to be recalled one by one.
//!
//! 1. [`card`]: the cards, made from an article.
//! 2. [`rounds`]: which of them are asked, uncovered, missed.
//! 3. [`schedule`]: the day on which each is asked again.
//! 4. [`due`]: the articles whose day has come.
//! 5. [`Drill`]: the one that is under way, with the records of all cards of the article. Every
//!    answer changes a record and is given out as a [`CardSave`], for the world to store.

pub mod card;
pub mod due;
pub mod rounds;
pub mod schedule;

use card::{Card, CardKey};
use rounds::{CardTurn, Rounds};
use schedule::{CardRecord, LocalTime};
use std::collections::BTreeMap;

/// The kinds of drill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DrillKind {
    /// The labels of the outline.
    #[default]
    Points,
    /// The keywords in marked sentences.
    Blanks,
}

impl DrillKind {
    /// Returns the other kind.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Points => Self::Blanks,
            Self::Blanks => Self::Points,
        }
    }
}

/// A change of a card's record to be stored; `None` where it has none any more.
pub type CardSave = (CardKey, Option<CardRecord>);

/// The records of an article's cards.
pub type CardRecords = BTreeMap<CardKey, CardRecord>;

/// The drill of the open article.
#[derive(Clone, Debug, Default)]
pub struct Drill {
    /// The kind that is under way.
    pub kind: DrillKind,
    /// Its cards; none before it has begun.
    pub cards: Vec<Card>,
    /// The cards that were asked, and the answers.
    pub rounds: Rounds,
    /// Cells of the longest card.
    pub longest: usize,
    /// The hidden parts that are uncovered of each card that has more of them.
    parts: Vec<usize>,
    /// The day on which it began.
    day: String,
    /// The record that each card had before.
    before: Vec<Option<CardRecord>>,
    records: CardRecords,
    /// Changes that are not given out yet.
    outbox: Vec<CardSave>,
}

impl Drill {
    /// Returns the drill of an article that is opened: none, but what is not stored yet.
    pub(crate) fn forgotten(&mut self) -> Self {
        Self {
            outbox: self.take_saves(),
            ..Self::default()
        }
    }

    /// Takes the records of an article's cards. What was answered while they were read stays; a
    /// drill that has only begun asks what is due by them.
    pub(crate) fn take_up(&mut self, records: CardRecords, time: LocalTime) {
        for (key, record) in records {
            self.records.entry(key).or_insert(record);
        }
        for (i, card) in self.cards.iter().enumerate() {
            if self.rounds.first(i).is_none() {
                self.before[i] = self.records.get(&card.key).cloned();
            }
        }
        if self.rounds.is_fresh() {
            self.rounds = Rounds::new(&self.turns(time));
        }
    }

    /// Returns the records of the article's cards.
    pub(crate) fn records(&self) -> &CardRecords {
        &self.records
    }

    /// Begins with these cards.
    pub(crate) fn begin(&mut self, kind: DrillKind, cards: Vec<Card>, time: LocalTime) {
        self.kind = kind;
        self.day = time.day_in(0);
        self.parts = vec![0; cards.len()];
        self.cards = cards;
        self.before = self.known_records();
        self.rounds = Rounds::new(&self.turns(time));
    }

    /// Takes the cards of the article, which has changed; answers stay.
    pub(crate) fn renew(&mut self, cards: Vec<Card>, time: LocalTime) {
        let olds = self.cards.iter().enumerate().map(|(i, card)| (card.key, i));
        let olds: BTreeMap<CardKey, usize> = olds.collect();
        let old: Vec<_> = cards.iter().map(|c| olds.get(&c.key).copied()).collect();
        let parts = old.iter().map(|old| self.parts.get((*old)?).copied());
        self.parts = parts.map(Option::unwrap_or_default).collect();
        self.cards = cards;
        let now = self.known_records().into_iter().zip(&old);
        let before = now.map(|(now, old)| match old {
            Some(i) => self.before.get(*i).cloned().flatten(),
            None => now,
        });
        self.before = before.collect();
        self.rounds.renew(&old, &self.turns(time));
    }

    fn known_records(&self) -> Vec<Option<CardRecord>> {
        let cards = self.cards.iter();
        cards.map(|c| self.records.get(&c.key).cloned()).collect()
    }

    /// Returns when each card has its turn, by the record that it had before.
    fn turns(&self, time: LocalTime) -> Vec<CardTurn> {
        let turn = |record: &Option<CardRecord>| match record {
            None => CardTurn::New,
            Some(record) if record.is_due(time) => CardTurn::Due,
            Some(_) => CardTurn::Later,
        };
        self.before.iter().map(turn).collect()
    }

    /// Returns whether a drill of this day is under way, with answers, and not at its end.
    pub(crate) fn is_under_way(&self, time: LocalTime) -> bool {
        let is_done = matches!(self.rounds.stage(), rounds::DrillStage::Done(_));
        self.day == time.day_in(0) && !self.rounds.is_fresh() && !is_done
    }

    /// Uncovers the next hidden part of a card; with the last one the card is uncovered.
    pub(crate) fn uncover(&mut self, card: usize, time: LocalTime) {
        let parts = self.cards.get(card).map_or(0, |card| card.hidden.len());
        if let Some(part) = self.parts.get_mut(card) {
            *part += 1;
            if *part < parts && !self.rounds.is_open(card) {
                return;
            }
            *part = 0;
        }
        self.rounds.uncover(card);
        self.record(card, time);
    }

    /// Returns the number of hidden parts of a card that are uncovered.
    pub fn uncovered(&self, card: usize) -> usize {
        if self.rounds.is_open(card) {
            return self.cards.get(card).map_or(0, |card| card.hidden.len());
        }
        self.parts.get(card).copied().unwrap_or_default()
    }

    /// Marks a card as missed, or takes that back.
    pub(crate) fn toggle_missed(&mut self, card: usize, time: LocalTime) {
        if let Some(parts) = self.parts.get_mut(card) {
            *parts = 0;
        }
        self.rounds.toggle_missed(card);
        self.record(card, time);
    }

    /// Covers a card, or the last one that was uncovered; returns its number.
    pub(crate) fn cover(&mut self, card: usize, time: LocalTime) -> Option<usize> {
        if let Some(parts) = self.parts.get_mut(card).filter(|parts| **parts > 0) {
            // no answer yet
            *parts = 0;
            return Some(card);
        }
        let covered = self.rounds.cover(card)?;
        self.record(covered, time);
        Some(covered)
    }

    /// Brings the record of a card up to date with its first answer.
    fn record(&mut self, card: usize, time: LocalTime) {
        let Some(key) = self.cards.get(card).map(|card| card.key) else {
            return;
        };
        let before = self.before.get(card).cloned().flatten();
        let record = match self.rounds.first(card) {
            None => before,
            Some(known) => Some(CardRecord::after(before.as_ref(), known, time)),
        };
        if self.records.get(&key) == record.as_ref() {
            return;
        }
        match &record {
            Some(record) => _ = self.records.insert(key, record.clone()),
            None => _ = self.records.remove(&key),
        }
        self.outbox.push((key, record));
    }

    /// Returns the next day on which cards are due, and their number.
    pub fn next_due(&self) -> Option<(&str, usize)> {
        let cards = self.cards.iter();
        let days = cards.filter_map(|c| Some(self.records.get(&c.key)?.due.as_str()));
        let days: Vec<&str> = days.collect();
        let first = days.iter().min()?;
        Some((first, days.iter().filter(|day| *day == first).count()))
    }

    /// Takes the changes to be stored.
    pub(crate) fn take_saves(&mut self) -> Vec<CardSave> {
        std::mem::take(&mut self.outbox)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn cards(keys: &[u8]) -> Vec<Card> {
        let card = |key: &u8| Card {
            key: [*key; 16],
            depth: 0,
            marker: Span::default(),
            text: Span::default(),
            hidden: Vec::new(),
        };
        keys.iter().map(card).collect()
    }

    fn on(day: i64) -> LocalTime {
        LocalTime {
            now: day * 86_400,
            offset: 0,
        }
    }

    #[test]
    fn each_answer_is_stored_and_taken_back() {
        let mut drill = Drill::default();
        drill.begin(DrillKind::Points, cards(&[1, 2]), on(0));
        drill.uncover(0, on(0));
        drill.toggle_missed(0, on(0));
        drill.cover(0, on(0));
        let saves = drill.take_saves();
        let boxes: Vec<_> = saves
            .iter()
            .map(|(_, r)| r.as_ref().map(|r| r.box_number))
            .collect();
        assert_eq!(boxes, [Some(2), Some(1), None]);
        assert!(drill.records().is_empty() && drill.next_due().is_none());
    }

    #[test]
    fn the_parts_of_a_card_are_uncovered_one_by_one() {
        let mut drill = Drill::default();
        let mut two = cards(&[1, 2]);
        two[0].hidden = vec![Span::new(0, 3), Span::new(6, 9), Span::new(9, 12)];
        drill.begin(DrillKind::Blanks, two, on(0));
        for uncovered in [1, 2] {
            drill.uncover(0, on(0));
            assert_eq!(drill.uncovered(0), uncovered);
            assert!(!drill.rounds.is_open(0) && drill.take_saves().is_empty());
        }
        // covered again before there is an answer
        assert_eq!((drill.cover(0, on(0)), drill.uncovered(0)), (Some(0), 0));
        for _ in 0..3 {
            drill.uncover(0, on(0));
        }
        assert_eq!((drill.rounds.first(0), drill.uncovered(0)), (Some(true), 3));
        assert_eq!(drill.take_saves().len(), 1);
        drill.cover(0, on(0));
        drill.uncover(0, on(0));
        drill.toggle_missed(0, on(0));
        assert_eq!(
            (drill.rounds.first(0), drill.uncovered(0)),
            (Some(false), 3)
        );
    }

    #[test]
    fn missed_cards_are_due_first_the_next_day() {
        let mut drill = Drill::default();
        drill.begin(DrillKind::Points, cards(&[1, 2, 3]), on(0));
        drill.uncover(0, on(0));
        drill.toggle_missed(1, on(0));
        drill.uncover(2, on(0));
        assert!(drill.is_under_way(on(0)) && !drill.is_under_way(on(1)));
        drill.rounds.begin_next();
        drill.uncover(1, on(0));
        assert!(!drill.is_under_way(on(0)));
        assert_eq!(drill.next_due(), Some(("1970-01-02", 1)));
        drill.begin(DrillKind::Points, cards(&[1, 2, 3]), on(1));
        assert_eq!(drill.rounds.stage(), rounds::DrillStage::Asking(1));
        assert_eq!(drill.rounds.next(0..3), Some(1));
        drill.uncover(1, on(1));
        assert_eq!(drill.next_due(), Some(("1970-01-03", 2)));
        // the same day once more: nothing is due, and nothing is put off
        drill.take_saves();
        drill.begin(DrillKind::Points, cards(&[1, 2, 3]), on(1));
        assert_eq!(drill.rounds.stage(), rounds::DrillStage::Asking(3));
        drill.uncover(0, on(1));
        assert!(drill.take_saves().is_empty());
    }

    #[test]
    fn records_that_come_late_say_what_is_due() {
        let mut drill = Drill::default();
        drill.begin(DrillKind::Points, cards(&[1, 2]), on(0));
        for i in 0..2 {
            drill.uncover(i, on(0));
        }
        let known = drill.records().clone();
        let mut late = Drill::default();
        late.begin(DrillKind::Points, cards(&[1, 2, 3]), on(1));
        late.take_up(known.clone(), on(1));
        assert_eq!(late.rounds.stage(), rounds::DrillStage::Asking(1));
        assert_eq!(late.rounds.next(0..3), Some(2));
        // what was answered before they came stays
        let mut begun = Drill::default();
        begun.begin(DrillKind::Points, cards(&[1, 2]), on(2));
        begun.toggle_missed(0, on(2));
        begun.take_up(known, on(2));
        begun.uncover(1, on(2));
        let boxes: Vec<_> = begun.records().values().map(|r| r.box_number).collect();
        assert_eq!(boxes, [1, 3]);
    }

    #[test]
    fn a_changed_article_keeps_the_answers() {
        let mut drill = Drill::default();
        drill.begin(DrillKind::Points, cards(&[1, 2]), on(0));
        drill.toggle_missed(1, on(0));
        drill.renew(cards(&[3, 2]), on(0));
        assert!(drill.rounds.is_missed(1) && !drill.rounds.is_open(0));
        drill.cover(1, on(0));
        assert!(drill.records().is_empty());
    }
}
