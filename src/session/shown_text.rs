//! The parts of an article that were on the screen, and whether it was read through.
//!
//! A jump to the end is not reading: an article was read through once its end and most of its text
//! have been on the screen, in whatever order and over several days.

use crate::text::{Pos, Span};

/// Part of the text that must have been shown, in per cent: what is behind an article (notes, an
/// appendix) may be skipped.
const MIN_SHOWN_PER_CENT: usize = 75;
/// Stretches that are kept apart; of more the nearest are joined.
const MAX_STRETCHES: usize = 64;

/// The stretches of a text that were on the screen: sorted, with text between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownText(Vec<Span>);

impl ShownText {
    /// Makes it of stretches that were saved, of which those are left out that do not fit into a
    /// text up to `end`.
    pub(crate) fn of(stretches: &[(u32, u32)], end: Pos) -> Self {
        let mut shown = Self::default();
        for (from, to) in stretches {
            if from < to && *to <= end.0 {
                shown.add(Span::between(Pos(*from), Pos(*to)));
            }
        }
        shown
    }

    /// Returns the stretches to be saved.
    pub(crate) fn stretches(&self) -> Vec<(u32, u32)> {
        self.0
            .iter()
            .map(|span| (span.start.0, span.end.0))
            .collect()
    }

    /// Adds all stretches of another one of the same text.
    pub(crate) fn join(&mut self, other: &Self) {
        other.0.iter().for_each(|span| self.add(*span));
    }

    /// Adds a stretch.
    pub(crate) fn add(&mut self, span: Span) {
        let from = self.0.partition_point(|own| own.end < span.start);
        let to = self.0.partition_point(|own| own.start <= span.end);
        let touched = self.0.get(from..to).unwrap_or_default();
        let start = touched
            .first()
            .map_or(span.start, |own| own.start.min(span.start));
        let end = touched.last().map_or(span.end, |own| own.end.max(span.end));
        self.0
            .splice(from..to.max(from), [Span::between(start, end)]);
        if self.0.len() > MAX_STRETCHES {
            self.join_nearest();
        }
    }

    fn join_nearest(&mut self) {
        let gaps = self.0.windows(2).map(|pair| match pair {
            [a, b] => b.start.byte() - a.end.byte(),
            _ => usize::MAX,
        });
        let nearest = gaps.enumerate().min_by_key(|(_, gap)| *gap);
        if let Some((at, _)) = nearest {
            let behind = self.0.remove(at + 1);
            if let Some(span) = self.0.get_mut(at) {
                span.end = behind.end;
            }
        }
    }

    /// Returns whether a text up to `end` was read through.
    pub(crate) fn is_read_through(&self, end: Pos) -> bool {
        let shown: usize = self.0.iter().map(|span| span.len()).sum();
        let has_end = self.0.last().is_some_and(|span| span.end >= end);
        has_end && shown * 100 >= end.byte() * MIN_SHOWN_PER_CENT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(stretches: &[(u32, u32)]) -> ShownText {
        ShownText::of(stretches, Pos(100_000))
    }

    #[test]
    fn stretches_are_joined_where_they_touch() {
        for (added, wanted) in [
            (&[(0, 10), (10, 20)][..], &[(0, 20)][..]),
            (&[(0, 10), (20, 30)], &[(0, 10), (20, 30)]),
            (&[(20, 30), (0, 10), (5, 25)], &[(0, 30)]),
            (&[(0, 50), (20, 30)], &[(0, 50)]),
            (
                &[(0, 10), (40, 50), (20, 30)],
                &[(0, 10), (20, 30), (40, 50)],
            ),
        ] {
            assert_eq!(shown(added).stretches(), wanted, "{added:?}");
        }
        let many: Vec<(u32, u32)> = (0..200).map(|i| (i * 20 + i % 7, i * 20 + 10)).collect();
        let kept = shown(&many).stretches();
        assert_eq!(kept.len(), MAX_STRETCHES);
        assert_eq!((kept[0].0, kept[MAX_STRETCHES - 1].1), (0, 3990));
        assert_eq!(
            ShownText::of(&[(5, 3), (0, 200)], Pos(100)),
            ShownText::default()
        );
    }

    #[test]
    fn most_of_the_text_and_its_end_are_a_reading() {
        for (stretches, wanted) in [
            (&[(0, 100)][..], true),
            (&[(0, 60), (80, 100)], true),
            (&[(0, 60), (90, 100)], false),
            (&[(0, 99)], false),
            (&[(90, 100)], false),
            (&[], false),
        ] {
            assert_eq!(
                shown(stretches).is_read_through(Pos(100)),
                wanted,
                "{stretches:?}"
            );
        }
    }
}
