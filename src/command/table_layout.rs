//! The widths of the columns of the table of terms, by the room that there is.

use crate::library::division::Division;
use crate::session::term_table_page::TermTablePage;

/// Cells of the columns beside the numbers, by the room that there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TableLayout {
    /// Cells of the names of rows.
    pub(crate) name: u16,
    /// Cells of facts behind the names: dates, or numbers of articles and characters.
    pub(crate) facts: [u16; 2],
    /// Cells of the sum.
    pub(crate) total: u16,
    /// Cells of a number.
    pub(crate) number: u16,
    /// Columns of numbers that have room; 0 where only the chosen one has.
    pub(crate) numbers: u16,
    /// Cells of the bucket without the fact.
    pub(crate) apart: u16,
    /// Cells of the first use.
    pub(crate) first: u16,
    /// Cells of the chart.
    pub(crate) chart: u16,
    /// Cells of its highest number.
    pub(crate) peak: u16,
}

/// Widths of the room from which on a table has more columns: those of one number and a chart, of
/// several numbers, and of everything.
const TABLE_WIDTHS: [u16; 3] = [34, 62, 96];
/// Cells of a narrow chart and of its highest number.
const NARROW_CHART: (u16, u16) = (10, 6);
/// Cells of the number of a month.
const MONTH_CELLS: u16 = 9;
/// Empty cells before a number.
const NUMBER_GAP: u16 = 2;

impl TableLayout {
    /// Shares the room out.
    pub(crate) fn of(page: &TermTablePage, room: u16) -> Self {
        let mut layout = if page.table.division.is_of_time() {
            Self::of_terms(page, room)
        } else {
            Self::of_buckets(page, room)
        };
        if layout.numbers > 0 {
            layout.share_among_numbers(page, room);
        } else {
            // what is left is the name's, but for the mark of hidden columns
            layout.name += room.saturating_sub(layout.beside() + layout.number + 1);
        }
        layout
    }

    /// Returns the cells of all but the numbers.
    fn beside(&self) -> u16 {
        let facts: u16 = self.facts.iter().sum();
        let charts = self.chart + self.peak;
        self.name + facts + self.total + self.apart + self.first + charts
    }

    /// Gives the numbers what is left. Years that are hidden go before the chart; of months it
    /// shows those that are hidden in any case.
    fn share_among_numbers(&mut self, page: &TermTablePage, room: u16) {
        let wanted = page.numbers().len();
        let has_all = |layout: &Self| {
            let left = room.saturating_sub(layout.beside());
            usize::from(left / layout.number) >= wanted
        };
        if page.table.division == Division::Year {
            for (chart, peak) in [NARROW_CHART, (0, 0)] {
                if !has_all(self) && chart < self.chart {
                    (self.chart, self.peak) = (chart, peak);
                }
            }
        }
        let mark = u16::from(!has_all(self));
        let left = room.saturating_sub(self.beside() + mark);
        self.numbers = (left / self.number).max(1);
    }

    fn of_terms(page: &TermTablePage, room: u16) -> Self {
        let [one, several, all] = TABLE_WIDTHS;
        let is_by_month = page.table.division == Division::Month;
        let number = if is_by_month {
            MONTH_CELLS
        } else {
            year_cells(page)
        };
        let name = names_cells(page);
        let (chart, peak) = NARROW_CHART;
        let apart = if page.apart().is_some() { 8 } else { 0 };
        match room {
            room if room >= all => Self {
                name,
                total: 8,
                number,
                numbers: 1,
                apart,
                first: 13,
                chart: 18,
                peak: if is_by_month { 15 } else { 12 },
                ..Self::default()
            },
            room if room >= several => Self {
                name: name.min(12),
                number,
                numbers: 1,
                apart,
                first: 13,
                chart,
                peak,
                ..Self::default()
            },
            room if room >= one && !is_by_month && page.numbers().contains(&page.column) => Self {
                name: name.min(12),
                number,
                numbers: 1,
                ..Self::default()
            },
            room if room >= one => Self {
                number: 12,
                chart,
                peak,
                ..Self::default()
            },
            _ => Self {
                number: room.min(11),
                ..Self::default()
            },
        }
    }

    fn of_buckets(page: &TermTablePage, room: u16) -> Self {
        let [one, several, _] = TABLE_WIDTHS;
        let is_by_article = page.table.division == Division::Article;
        let number = 11;
        if room < one {
            return Self {
                number: room.min(number),
                ..Self::default()
            };
        }
        let facts = match (room < several, is_by_article) {
            (true, _) => [0, 0],
            (_, true) => [12, 0],
            _ => [7, 10],
        };
        Self {
            name: (room / 3).clamp(12, 36),
            facts,
            number,
            numbers: 1,
            ..Self::default()
        }
    }
}

/// Returns the cells of the number of a year: as many as the widest takes.
fn year_cells(page: &TermTablePage) -> u16 {
    let articles = page.table.buckets.iter().map(|bucket| bucket.articles);
    let most = articles.chain([page.table.most()]).max();
    let digits = match most.unwrap_or_default().checked_ilog10() {
        _ if page.form.as_rates => "<0.01".len() as u32,
        digits => digits.unwrap_or_default() + 1,
    };
    (digits.max("2000".len() as u32) as u16).saturating_add(NUMBER_GAP)
}

/// Returns the cells of the names of terms: about as many as the longest takes, in bounds.
fn names_cells(page: &TermTablePage) -> u16 {
    let cells = page
        .counts
        .terms
        .iter()
        .map(|name| 2 * name.chars().count());
    (cells.max().unwrap_or_default() + 1).clamp(10, 16) as u16
}
