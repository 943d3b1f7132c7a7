//! The order in which texts are written, so that the pages of the cache are full.
//!
//! `SQLite` begins a new page where the next row does not fit into the rest of the last. Texts
//! are a tenth of a page: written as they come they leave a twelfth of the file unused.

use super::schema::PAGE_BYTES;
use std::collections::BTreeSet;

/// Bytes that a row takes beside its columns, and a page beside its rows, at the most.
const ROW_HEAD_BYTES: usize = 24;

/// The rest of the page that was written last.
#[derive(Default)]
pub(crate) struct PageFit {
    room_bytes: usize,
}

impl PageFit {
    /// Sorts rows so that each is the longest that fits into the rest of its page; `len` returns
    /// the bytes of one. Rows of one length stay in order.
    ///
    /// Takes n log n comparisons.
    pub(crate) fn sort<T>(&mut self, rows: Vec<T>, len: impl Fn(&T) -> usize) -> Vec<T> {
        let lens = rows.iter().map(|row| len(row) + ROW_HEAD_BYTES);
        let mut left: BTreeSet<(usize, usize)> = lens.zip((0..rows.len()).rev()).collect();
        let mut rows: Vec<Option<T>> = rows.into_iter().rev().map(Some).collect();
        let mut sorted = Vec::with_capacity(rows.len());
        while let Some(longest) = left.last().copied() {
            let fits = left.range(..=(self.room_bytes, usize::MAX)).next_back();
            let chosen = fits.copied().unwrap_or_else(|| {
                self.room_bytes = PAGE_BYTES - ROW_HEAD_BYTES;
                longest
            });
            self.room_bytes = self.room_bytes.saturating_sub(chosen.0);
            left.remove(&chosen);
            sorted.extend(rows.get_mut(chosen.1).and_then(Option::take));
        }
        sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_filled_with_what_fits() {
        let kb = |n: usize| n << 10;
        let rows = vec![kb(40), kb(50), 100, kb(23), kb(13), 100, kb(900)];
        let sorted = PageFit::default().sort(rows, |len| *len);
        let wanted = [kb(900), kb(50), kb(13), 100, 100, kb(40), kb(23)];
        assert_eq!(sorted, wanted);
    }

    #[test]
    fn the_next_rows_go_on_where_the_last_ones_ended() {
        let mut fit = PageFit::default();
        fit.sort(vec![40 << 10], |len| *len);
        assert_eq!(
            fit.sort(vec![30 << 10, 20 << 10], |len| *len),
            [20 << 10, 30 << 10]
        );
    }

    #[test]
    fn rows_of_one_length_stay_in_order_and_none_is_lost() {
        let rows: Vec<(usize, usize)> = (0..1000).map(|n| (n, 6000)).collect();
        let mut fit = PageFit::default();
        assert_eq!(fit.sort(rows.clone(), |row| row.1), rows);
        assert!(fit.sort(Vec::<usize>::new(), |len| *len).is_empty());
    }
}
