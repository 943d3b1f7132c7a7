//! The parts of a session that a drill takes: the text and the outline of the article, the marks, the
//! keywords, the time.

use super::drill::card::{self, Card};
use super::drill::{CardRecords, CardSave, DrillKind};
use super::mode::Mode;
use super::state::Session;

/// The cells of a step of indentation.
pub(crate) const STEP_CELLS: usize = 2;

impl Session {
    /// Returns the cards of a kind that the article has.
    pub(crate) fn drill_cards(&self, kind: DrillKind) -> Vec<Card> {
        let document = self.article.document();
        match kind {
            DrillKind::Points => card::points(document, &self.article.outline),
            DrillKind::Blanks => card::blanks(document, &self.memory.marks, &self.find.keywords),
        }
    }

    /// Begins a drill with cards, if there are any; returns whether there are.
    pub(crate) fn begin_drill(&mut self, kind: DrillKind) -> bool {
        let cards = self.drill_cards(kind);
        if cards.is_empty() {
            return false;
        }
        let time = self.memory.local_time();
        self.pages.drill.begin(kind, cards, time);
        self.measure_drill();
        true
    }

    /// Takes the cards of the article, of which there is more, into a drill that has begun.
    pub(crate) fn renew_drill(&mut self) {
        if self.pages.drill.cards.is_empty() {
            return;
        }
        let chosen = self.pages.own_list(Mode::Drill).item();
        let key = self.pages.drill.cards.get(chosen).map(|card| card.key);
        let cards = self.drill_cards(self.pages.drill.kind);
        let time = self.memory.local_time();
        let drill = &mut self.pages.drill;
        drill.renew(cards, time);
        let chosen = drill.cards.iter().position(|card| Some(card.key) == key);
        self.pages
            .own_list_mut(Mode::Drill)
            .choose(chosen.unwrap_or_default());
        self.measure_drill();
    }

    /// Takes the answers to be stored.
    pub fn take_card_saves(&mut self) -> Vec<CardSave> {
        self.pages.drill.take_saves()
    }

    /// Returns the records of the article's cards.
    pub(crate) fn card_records(&self) -> CardRecords {
        self.pages.drill.records().clone()
    }

    /// Notes the cells of the longest card.
    fn measure_drill(&mut self) {
        let (document, widths) = (self.article.document(), self.settings.face.widths);
        let cells = |card: &Card| {
            let [marker, text] = [card.marker, card.text].map(|s| widths.text(document.slice(s)));
            usize::from(card.depth) * STEP_CELLS + marker + 1 + text
        };
        let longest = self.pages.drill.cards.iter().map(cells).max();
        self.pages.drill.longest = longest.unwrap_or_default();
    }
}
