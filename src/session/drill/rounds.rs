//! The rounds of a drill: which cards are asked, which are uncovered, which were missed.
//!
//! 1. The first round asks the cards that are due; where none is, the new ones; else all. A card
//!    that is uncovered counts as known until it is marked as missed.
//! 2. Each round after it asks again those that were missed in the one before, until there are
//!    none.
//! 3. Behind that the new cards can be asked, and then those that are not due.
//!
//! The first answer to a card is the one that counts. Cards are numbers here.

/// The turn of a card, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardTurn {
    /// Its day has come.
    Due,
    /// It was never asked.
    #[default]
    New,
    /// Its day has not come.
    Later,
}

/// The state of a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct CardState {
    turn: CardTurn,
    /// It is asked in this round.
    is_asked: bool,
    is_open: bool,
    /// It will be asked again.
    is_missed: bool,
    /// It was known when it was asked first; `None` until then.
    first: Option<bool>,
}

/// The stage that a drill is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrillStage {
    /// Cards are to be uncovered: so many of this round.
    Asking(usize),
    /// All were uncovered, and so many missed.
    Missed(usize),
    /// All that were asked are known; the cards whose turn is next, and their number.
    Done(Option<(CardTurn, usize)>),
}

/// The rounds of one drill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rounds {
    states: Vec<CardState>,
    /// The cards uncovered in this round, the last one last.
    log: Vec<usize>,
    /// Cards that were missed are asked again.
    is_again: bool,
}

impl Rounds {
    /// Begins with the cards that have the first turn.
    pub fn new(turns: &[CardTurn]) -> Self {
        let first = turns.iter().min();
        let state = |turn: &CardTurn| CardState {
            turn: *turn,
            is_asked: Some(turn) == first,
            ..CardState::default()
        };
        Self {
            states: turns.iter().map(state).collect(),
            ..Self::default()
        }
    }

    /// Takes over the states of the same cards. `old` has the former number of each card, `turns`
    /// when the others have theirs.
    pub fn renew(&mut self, old: &[Option<usize>], turns: &[CardTurn]) {
        let fresh = Self::new(turns);
        let states = old.iter().zip(fresh.states).map(|(old, fresh)| {
            let known = old.and_then(|i| self.states.get(i).copied());
            known.unwrap_or(CardState {
                is_asked: fresh.is_asked && !self.is_again,
                ..fresh
            })
        });
        let states = states.collect();
        let number = |card: &usize| old.iter().position(|old| *old == Some(*card));
        self.log = self.log.iter().filter_map(number).collect();
        self.states = states;
    }

    fn state(&self, card: usize) -> CardState {
        self.states.get(card).copied().unwrap_or_default()
    }

    /// Returns whether a card is uncovered.
    pub fn is_open(&self, card: usize) -> bool {
        self.state(card).is_open
    }

    /// Returns whether a card is asked in this round.
    pub fn is_asked(&self, card: usize) -> bool {
        self.state(card).is_asked
    }

    /// Returns whether a card was missed and is asked again.
    pub fn is_missed(&self, card: usize) -> bool {
        self.state(card).is_missed
    }

    /// Returns whether a card was known when it was asked first.
    pub fn first(&self, card: usize) -> Option<bool> {
        self.state(card).first
    }

    /// Returns whether missed cards are asked again.
    pub fn is_again(&self) -> bool {
        self.is_again
    }

    /// Returns whether nothing was uncovered yet.
    pub fn is_fresh(&self) -> bool {
        self.score().1 == 0
    }

    /// Returns the number of cards that were known at first, and of those that were asked.
    pub fn score(&self) -> (usize, usize) {
        let firsts = self.states.iter().filter_map(|state| state.first);
        let (known, missed): (Vec<bool>, Vec<bool>) = firsts.partition(|known| *known);
        (known.len(), known.len() + missed.len())
    }

    /// Returns the stage.
    pub fn stage(&self) -> DrillStage {
        let count = |test: fn(&CardState) -> bool| self.states.iter().filter(|s| test(s)).count();
        match (count(|s| s.is_asked && !s.is_open), count(|s| s.is_missed)) {
            (0, 0) => DrillStage::Done(self.rest()),
            (0, missed) => DrillStage::Missed(missed),
            (covered, _) => DrillStage::Asking(covered),
        }
    }

    /// Returns the cards whose turn is next, of those that were not asked yet, and their number.
    fn rest(&self) -> Option<(CardTurn, usize)> {
        let left = self.states.iter().filter(|state| state.first.is_none());
        let turns: Vec<CardTurn> = left.map(|state| state.turn).collect();
        let next = turns.iter().min()?;
        Some((*next, turns.iter().filter(|turn| *turn == next).count()))
    }

    /// Returns the turn of the cards that are asked first.
    pub fn turn(&self) -> CardTurn {
        let asked = self.states.iter().filter(|state| state.is_asked);
        asked.map(|state| state.turn).min().unwrap_or_default()
    }

    /// Returns the first of these cards that is to be uncovered.
    pub fn next(&self, mut cards: impl Iterator<Item = usize>) -> Option<usize> {
        cards.find(|card| self.is_asked(*card) && !self.is_open(*card))
    }

    /// Uncovers a card: from then on it counts as known.
    pub fn uncover(&mut self, card: usize) {
        if self.states.get(card).is_some_and(|state| !state.is_open) {
            self.log.push(card);
            self.answer(card, true);
        }
    }

    /// Marks a card as missed, uncovering it; takes the mark back where it has one.
    pub fn toggle_missed(&mut self, card: usize) {
        let was_missed = self.is_missed(card);
        self.uncover(card);
        self.answer(card, was_missed);
    }

    /// Notes an answer. The first one counts, until another round has begun.
    fn answer(&mut self, card: usize, known: bool) {
        let is_again = self.is_again;
        if let Some(state) = self.states.get_mut(card) {
            (state.is_open, state.is_missed) = (true, !known);
            if !(is_again && state.is_asked) {
                state.first = Some(known);
            }
        }
    }

    /// Covers a card that was uncovered in this round, else the last that was; returns its
    /// number. Its answer is taken back.
    pub fn cover(&mut self, card: usize) -> Option<usize> {
        let at = self.log.iter().rposition(|logged| *logged == card);
        let at = at.or(self.log.len().checked_sub(1))?;
        let card = self.log.remove(at);
        let is_again = self.is_again;
        if let Some(state) = self.states.get_mut(card) {
            (state.is_open, state.is_missed) = (false, false);
            if !(is_again && state.is_asked) {
                state.first = None;
            }
        }
        Some(card)
    }

    /// Begins the next round: what was missed, else what has the next turn. Returns false where
    /// there is neither.
    pub fn begin_next(&mut self) -> bool {
        self.log.clear();
        let next = match self.stage() {
            DrillStage::Asking(_) => return true,
            DrillStage::Missed(_) => None,
            DrillStage::Done(None) => return false,
            DrillStage::Done(Some((turn, _))) => Some(turn),
        };
        self.is_again = next.is_none();
        for state in &mut self.states {
            state.is_asked = match next {
                None => state.is_missed,
                Some(turn) => state.first.is_none() && state.turn == turn,
            };
            state.is_open &= !state.is_asked;
            state.is_missed = false;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use CardTurn::{Due, Later, New};

    /// Uncovers the next card from `at` on; returns its number.
    fn step(rounds: &mut Rounds, at: usize) -> usize {
        let next = rounds.next((at..9).chain(0..at)).unwrap();
        rounds.uncover(next);
        next
    }

    #[test]
    fn missed_cards_come_again_until_each_was_known() {
        let mut rounds = Rounds::new(&[New; 4]);
        assert_eq!(rounds.stage(), DrillStage::Asking(4));
        for i in 0..4 {
            assert_eq!(step(&mut rounds, i), i);
        }
        assert_eq!(rounds.stage(), DrillStage::Done(None));
        rounds.toggle_missed(1);
        rounds.toggle_missed(3);
        assert_eq!(
            (rounds.stage(), rounds.score()),
            (DrillStage::Missed(2), (2, 4))
        );
        assert!(rounds.begin_next());
        assert_eq!((rounds.next(0..4), rounds.is_open(0)), (Some(1), true));
        step(&mut rounds, 0);
        rounds.toggle_missed(1);
        step(&mut rounds, 0);
        assert_eq!(rounds.stage(), DrillStage::Missed(1));
        assert!(rounds.begin_next());
        step(&mut rounds, 0);
        assert_eq!(
            (rounds.stage(), rounds.score()),
            (DrillStage::Done(None), (2, 4))
        );
        assert!(!rounds.begin_next());
    }

    #[test]
    fn what_is_due_comes_first_and_the_rest_when_asked_for() {
        let mut rounds = Rounds::new(&[New, Due, Later, New]);
        assert_eq!((step(&mut rounds, 0), rounds.turn()), (1, Due));
        assert_eq!(rounds.stage(), DrillStage::Done(Some((New, 2))));
        assert!(rounds.begin_next());
        assert_eq!((step(&mut rounds, 1), rounds.is_open(1)), (3, true));
        assert_eq!((step(&mut rounds, 3), rounds.turn()), (0, New));
        assert_eq!(rounds.stage(), DrillStage::Done(Some((Later, 1))));
        assert!(rounds.begin_next());
        step(&mut rounds, 0);
        let done = (DrillStage::Done(None), (4, 4));
        assert_eq!((rounds.stage(), rounds.score()), done);
        // where nothing is due or new, all is asked
        assert_eq!(Rounds::new(&[Later; 2]).stage(), DrillStage::Asking(2));
    }

    #[test]
    fn an_answer_is_taken_back() {
        let mut rounds = Rounds::new(&[Due; 3]);
        let fresh = rounds.clone();
        assert_eq!(rounds.cover(0), None);
        // a card that is covered is uncovered by its mark
        rounds.toggle_missed(2);
        assert_eq!((rounds.is_open(2), rounds.first(2)), (true, Some(false)));
        rounds.toggle_missed(2);
        assert_eq!((rounds.is_missed(2), rounds.first(2)), (false, Some(true)));
        rounds.uncover(0);
        // the chosen one first, then the last one
        assert_eq!((rounds.cover(2), rounds.cover(2)), (Some(2), Some(0)));
        assert_eq!(rounds, fresh);
        assert!(rounds.is_fresh());
    }

    #[test]
    fn a_later_round_changes_no_first_answer() {
        let mut rounds = Rounds::new(&[New; 2]);
        rounds.toggle_missed(0);
        rounds.uncover(1);
        rounds.begin_next();
        rounds.uncover(0);
        assert_eq!(rounds.first(0), Some(false));
        rounds.cover(0);
        assert_eq!(rounds.first(0), Some(false));
        // but one that was known after all was not
        rounds.toggle_missed(1);
        assert_eq!((rounds.first(1), rounds.score()), (Some(false), (0, 2)));
    }

    #[test]
    fn more_of_the_article_keeps_the_answers() {
        let mut rounds = Rounds::new(&[New; 2]);
        rounds.toggle_missed(1);
        rounds.renew(&[None, Some(0), Some(1), None], &[New; 4]);
        assert_eq!(rounds.stage(), DrillStage::Asking(3));
        assert_eq!((rounds.first(2), rounds.cover(0)), (Some(false), Some(2)));
    }
}
