//! The cards of a drill, made from an article.
//!
//! 1. [`points`]: the labels of the outline, with its nesting.
//! 2. [`blanks`]: the sentences that the reader has marked, with keywords in them.
//!
//! A card is known again by its own text, so that a change elsewhere in the file leaves it.

use crate::document::Document;
use crate::outline::{Outline, STOPS, words_of};
use crate::search::matches::make_disjoint;
use crate::session::find::Keyword;
use crate::session::marks::Marks;
use crate::session::motion;
use crate::text::{Pos, Span};
use std::collections::{BTreeMap, HashMap};
use twox_hash::XxHash3_128;

/// Cards of a drill at the most: a list of a hundred thousand is none that anybody recalls.
pub(crate) const MAX_CARDS: usize = 10_000;

/// The hash of a card's text.
pub type CardKey = [u8; 16];

/// A piece of text that is recalled at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The name by which it is known again.
    pub key: CardKey,
    /// Steps of indentation.
    pub depth: u8,
    /// The marker before it, which stays visible; empty where there is none.
    pub marker: Span,
    /// Its text.
    pub text: Span,
    /// The parts of that which are hidden, in order.
    pub hidden: Vec<Span>,
}

/// Returns the cards of the points, of the topics and of plain sub-headings, the first 10,000 of
/// them; one that has no words but a marker is none.
pub(crate) fn points(document: &Document, outline: &Outline) -> Vec<Card> {
    let entries = outline.entries.iter().filter(|e| !e.kind.is_quiet());
    let mut keys = Keys::default();
    let cards = entries.filter_map(|entry| {
        let (marker, label) = outline.name(entry);
        let text = words(document, label)?;
        Some(Card {
            key: keys.of(["point", document.slice(marker), document.slice(text)]),
            depth: entry.depth,
            marker,
            text,
            hidden: vec![text],
        })
    });
    cards.take(MAX_CARDS).collect()
}

/// Returns the words of a label, without the marks around them; `None` where there are none.
fn words(document: &Document, label: Span) -> Option<Span> {
    let text = document.slice(label);
    let rest = text.trim_start_matches(STOPS).trim_start();
    let start = label.start.byte() + text.len() - rest.len();
    let words = words_of(rest);
    let has_words = words.chars().any(char::is_alphanumeric);
    has_words.then(|| Span::new(start, start + words.len()))
}

/// Returns the cards of the sentences that are highlighted or noted and have keywords in them.
pub(crate) fn blanks(document: &Document, marks: &Marks, keywords: &[Keyword]) -> Vec<Card> {
    let mut sentences: BTreeMap<Pos, Span> = BTreeMap::new();
    for (_, marked) in marks.painted() {
        let mut at = marked.start;
        while at < marked.end {
            let sentence = motion::sentence_span(document, at);
            sentences.insert(sentence.start, sentence);
            if sentence.end <= at {
                break;
            }
            at = sentence.end;
        }
    }
    let mut keys = Keys::default();
    let cards = sentences.into_values().filter_map(|sentence| {
        let text = document.slice(sentence);
        let start = sentence.start.byte() + text.len() - text.trim_start().len();
        let sentence = Span::new(start, start + text.trim().len());
        let hits = keywords.iter().flat_map(|k| k.matches.within(sentence));
        let mut hidden: Vec<Span> = hits.filter_map(|hit| hit.within(sentence)).collect();
        make_disjoint(&mut hidden);
        let card = |hidden| Card {
            key: keys.of(["blank", "", document.slice(sentence)]),
            depth: 0,
            marker: Span::at(sentence.start),
            text: sentence,
            hidden,
        };
        Some(hidden).filter(|hidden| !hidden.is_empty()).map(card)
    });
    cards.collect()
}

/// The keys given so far: of several cards with one text each has its own.
#[derive(Default)]
struct Keys(HashMap<String, usize>);

impl Keys {
    /// Returns the key of a card of that kind, marker and text.
    fn of(&mut self, parts: [&str; 3]) -> CardKey {
        let text = parts.join("\0");
        let count = self.0.entry(text.clone()).or_default();
        *count += 1;
        let text = match *count {
            1 => text,
            n => format!("{text}\0{n}"),
        };
        XxHash3_128::oneshot(text.as_bytes()).to_be_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    fn cards(paragraphs: &[&str]) -> (Vec<Card>, Vec<String>) {
        let mut b = Builder::new();
        for (i, text) in paragraphs.iter().enumerate() {
            b.block(BlockKind::Paragraph, 0, i + 1, text);
        }
        let document = b.finish();
        let cards = points(&document, &crate::outline::outline(&document));
        let text = |card: &Card| {
            let [marker, text] = [card.marker, card.text].map(|span| document.slice(span));
            format!("{} {marker}|{text}", card.depth)
        };
        let texts = cards.iter().map(text).collect();
        (cards, texts)
    }

    #[test]
    fn the_labels_of_points_and_topics_are_cards() {
        let text = "办法有两条：一是把路修好。细说一番。二是把灯点亮，亮到天明。";
        let (_, texts) = cards(&["开头先说几句。", text, "说完了。"]);
        assert_eq!(
            texts,
            [
                "0 |办法有两条",
                "1 一是|把路修好",
                "1 二是|把灯点亮，亮到天明"
            ]
        );
    }

    #[test]
    fn a_card_is_known_again_where_the_text_around_it_has_changed() {
        let [one, two] = [
            "一是把路修好。二是把灯点亮。",
            "一是把路修好，慢慢来。二是把灯点亮。",
        ];
        let (before, _) = cards(&["办法有两条。", one]);
        let (after, texts) = cards(&["这里加了一段。", "办法有两条。", two]);
        let key = |cards: &[Card], i: usize| cards[cards.len() - i].key;
        assert_eq!(key(&before, 1), key(&after, 1), "{texts:?}");
        assert_ne!(before[0].key, before[1].key);
    }

    #[test]
    fn a_drill_has_so_many_cards_at_the_most() {
        let text = "一是把路修好。二是把灯点亮。".repeat(MAX_CARDS);
        assert_eq!(cards(&[&text]).0.len(), MAX_CARDS);
    }

    #[test]
    fn cards_of_one_text_differ() {
        let text = "一是把路修好。二是把灯点亮。";
        let (cards, texts) = cards(&[text, "换一处说。", text]);
        let mut keys: Vec<CardKey> = cards.iter().map(|card| card.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), cards.len());
        assert_eq!(cards.len(), 4, "{texts:?}");
    }
}
