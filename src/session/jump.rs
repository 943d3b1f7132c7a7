//! The jump list: positions to go back and forward in, and the articles before and behind.
//!
//! Going back from an article leads first through the jumps that were made in it since it was
//! opened, then to the article that one came from.

use super::position::ReadingPosition;
use std::path::PathBuf;

/// The jump list.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    spots: Vec<ReadingPosition>,
    /// The number of `spots` behind; the others are ahead.
    at: usize,
    /// The number of spots that were behind when the article was opened.
    base: usize,
    articles: Articles,
}

/// The articles that were opened one after the other, by their files.
#[derive(Clone, Debug, Default)]
struct Articles {
    behind: Vec<PathBuf>,
    here: Option<PathBuf>,
    ahead: Vec<PathBuf>,
}

/// Older positions are forgotten.
const MAX_JUMPS: usize = 100;

impl Jumps {
    /// Remembers a position that a jump leaves. Positions ahead are forgotten.
    pub fn leave(&mut self, spot: ReadingPosition) {
        self.spots.truncate(self.at);
        if self.spots.last() != Some(&spot) {
            self.spots.push(spot);
        }
        if self.spots.len() > MAX_JUMPS {
            self.spots.remove(0);
        }
        self.at = self.spots.len();
    }

    /// Returns the positions behind, oldest first.
    pub fn spots(&self) -> &[ReadingPosition] {
        self.spots.get(..self.at).unwrap_or_default()
    }

    /// Restores positions that were behind, oldest first.
    pub(crate) fn take_up(&mut self, spots: Vec<ReadingPosition>) {
        self.at = spots.len();
        self.base = self.at;
        self.spots = spots;
    }

    /// Forgets the positions: another article is opened.
    pub(crate) fn clear(&mut self) {
        self.spots.clear();
        (self.at, self.base) = (0, 0);
    }

    /// Returns the path of the article that the reader has opened.
    pub(super) fn article(&self) -> Option<&PathBuf> {
        self.articles.here.as_ref()
    }

    /// Notes that the reader has opened the article at a path.
    pub fn arrive(&mut self, path: PathBuf) {
        let articles = &mut self.articles;
        if articles.here.as_ref() != Some(&path) {
            articles.behind.extend(articles.here.replace(path));
            articles.ahead.clear();
        }
    }

    /// Goes back to the article that one came from, where no jump in this one is left to go back;
    /// returns its path.
    pub(crate) fn cross_back(&mut self) -> Option<PathBuf> {
        let to = self.articles.behind.last().filter(|_| self.at <= self.base);
        let to = to.cloned()?;
        self.articles.behind.pop();
        self.articles
            .ahead
            .extend(self.articles.here.replace(to.clone()));
        Some(to)
    }

    /// Goes forward to the article that one went back from; returns its path.
    pub(crate) fn cross_forward(&mut self) -> Option<PathBuf> {
        let to = self.articles.ahead.pop()?;
        self.articles
            .behind
            .extend(self.articles.here.replace(to.clone()));
        Some(to)
    }

    /// Goes back from `here`, `count` steps.
    pub fn back(&mut self, here: ReadingPosition, count: usize) -> Option<ReadingPosition> {
        if self.at == 0 {
            return None;
        }
        if self.at == self.spots.len() {
            self.spots.push(here);
        }
        self.at = self.at.saturating_sub(count);
        self.spots.get(self.at).copied()
    }

    /// Goes forward again, `count` steps.
    pub fn forward(&mut self, count: usize) -> Option<ReadingPosition> {
        let last = self.spots.len().checked_sub(1)?;
        if self.at >= last {
            return None;
        }
        self.at = (self.at + count).min(last);
        self.spots.get(self.at).copied()
    }

    /// Swaps `here` with the last position left.
    pub(crate) fn swap(&mut self, here: ReadingPosition) -> Option<ReadingPosition> {
        let last = self.at.checked_sub(1)?;
        let there = std::mem::replace(self.spots.get_mut(last)?, here);
        self.spots.truncate(self.at);
        Some(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Pos;

    fn spot(n: u32) -> ReadingPosition {
        ReadingPosition {
            focus: Pos(n),
            ..ReadingPosition::default()
        }
    }

    #[test]
    fn back_and_forward_meet_the_same_spots() {
        let mut j = Jumps::default();
        j.leave(spot(1));
        j.leave(spot(2));
        assert_eq!(j.back(spot(3), 1), Some(spot(2)));
        assert_eq!(j.back(spot(2), 1), Some(spot(1)));
        assert_eq!(j.back(spot(1), 1), None);
        assert_eq!(j.forward(1), Some(spot(2)));
        assert_eq!(j.forward(5), Some(spot(3)));
        assert_eq!(j.forward(1), None);
    }

    #[test]
    fn back_leads_to_the_article_before() {
        let mut j = Jumps::default();
        j.arrive("a".into());
        assert_eq!(j.cross_back(), None);
        j.arrive("b".into());
        // jumps of an earlier session are not gone through
        j.take_up(vec![spot(1), spot(2)]);
        j.leave(spot(3));
        assert_eq!((j.cross_back(), j.back(spot(4), 1)), (None, Some(spot(3))));
        assert_eq!(j.cross_back(), Some("a".into()));
        j.clear();
        assert_eq!(
            (j.cross_back(), j.cross_forward()),
            (None, Some("b".into()))
        );
        assert_eq!(j.cross_forward(), None);
    }

    #[test]
    fn swapping_twice_comes_home() {
        let mut j = Jumps::default();
        j.leave(spot(1));
        assert_eq!(j.swap(spot(9)), Some(spot(1)));
        assert_eq!(j.swap(spot(1)), Some(spot(9)));
    }
}
