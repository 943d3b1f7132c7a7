//! The shelf: the articles to choose from, filtered, searched and sorted.
//!
//! The shell lists the articles and searches their texts; what comes is put in here bit by bit,
//! and the chosen article stays chosen. Positions in lists are by the number of the article.

use super::list::List;
use super::shelf_news::{ReadProgress, ShelfIntake, ShelfNews};
use super::shelf_search::ShelfSearch;
use crate::library::entry::{ArticleId, ReadState};
use crate::library::order::Order;
use crate::library::{LibraryEntry, LibraryQuery};
use crate::search::Query;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

/// The shelf.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Its name: a directory's.
    pub name: String,
    /// All its articles, in the order in which they were listed.
    pub entries: Vec<Arc<LibraryEntry>>,
    /// The indices of the articles that are shown, in their order.
    pub shown: Vec<usize>,
    /// The choice among those that are shown.
    pub list: List,
    /// The articles that one reads.
    pub place: ShelfPlace,
    /// The order.
    pub order: Order,
    /// True where the articles were given one by one, in an order that means something.
    pub is_given: bool,
    /// True where copies are rows of their own.
    pub shows_copies: bool,
    /// The search.
    pub search: ShelfSearch,
    /// The progress in each article, by the path of its file.
    pub read: HashMap<PathBuf, ReadProgress>,
    /// The progress of the refresh, and the folders that are missing.
    pub intake: ShelfIntake,
    /// Lookups that are derived from the articles.
    pub(super) index: Index,
}

/// The articles of a shelf that one reads, by their files.
#[derive(Clone, Debug, Default)]
pub struct ShelfPlace {
    /// The article that is open.
    pub reading: Option<PathBuf>,
    /// The article that was read last, offered to be continued.
    pub again: Option<PathBuf>,
    /// The article that is chosen for a comparison.
    pub chosen: Option<ArticleId>,
    /// The thing to be done once all are listed.
    pub waits_for: Option<Awaited>,
    /// True where the next article is entered at its last hit.
    pub enters_at_end: bool,
    /// The query that the open article was searched for when it was opened.
    pub handed: Option<Query>,
    /// Articles that could not be opened: the way to the next one leads past them.
    pub refused: HashSet<ArticleId>,
}

/// Something that is done once all articles are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// Opening the next article.
    Next,
    /// Opening the previous one.
    Previous,
    /// Comparing the open article with the next one.
    Twin,
}

/// Lookups that are derived from the articles of a shelf.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    pub(super) by_id: HashMap<ArticleId, usize>,
    /// The number of all articles, those included that are not listed yet.
    pub(super) all: usize,
    /// The number of articles that are copies of others.
    pub(super) copies: usize,
    /// The number of files that are empty or cannot be read.
    pub(super) faulty: usize,
    /// All articles in the order of the shelf.
    pub(super) sequence: Vec<usize>,
    /// True where the world has to sort the articles.
    pub(super) is_order_wanted: bool,
    /// The number of articles in the group of each one that has copies.
    pub(super) groups: HashMap<ArticleId, usize>,
    /// The progress in articles with copies, in the one that was read furthest; by their group.
    pub(super) read_copies: HashMap<ArticleId, ReadProgress>,
}

impl Shelf {
    /// Makes a shelf of articles in the order in which they are given.
    pub fn of(name: &str, entries: Vec<LibraryEntry>) -> Self {
        let mut shelf = Self {
            name: name.to_owned(),
            order: Order::Given,
            is_given: true,
            ..Self::default()
        };
        let all = entries.len();
        let entries = entries.into_iter().map(Arc::new).collect();
        shelf.take(ShelfNews::Listed(entries, all));
        shelf
    }

    /// Makes a shelf on which nothing is listed yet; `is_given` for articles that are given one by
    /// one.
    pub fn coming(name: &str, is_given: bool, place: ShelfPlace) -> Self {
        let order = if is_given { Order::Given } else { Order::Date };
        Self {
            name: name.to_owned(),
            place,
            order,
            is_given,
            intake: ShelfIntake {
                incoming: Some((0, 0)),
                ..ShelfIntake::default()
            },
            ..Self::default()
        }
    }

    /// Returns an article by its number.
    pub fn entry(&self, id: ArticleId) -> Option<&LibraryEntry> {
        let index = self.index.by_id.get(&id)?;
        self.entries.get(*index).map(AsRef::as_ref)
    }

    /// Returns the article at a row of the list.
    pub fn at(&self, row: usize) -> Option<&LibraryEntry> {
        let index = self.shown.get(row)?;
        self.entries.get(*index).map(AsRef::as_ref)
    }

    /// Returns the chosen article.
    pub fn chosen(&self) -> Option<ArticleId> {
        self.at(self.list.selected).map(|entry| entry.id)
    }

    /// Chooses an article, where it is shown.
    pub fn choose(&mut self, id: ArticleId) {
        let index = self.index.by_id.get(&id);
        if let Some(row) = index.and_then(|i| self.shown.iter().position(|j| j == i)) {
            self.list.selected = row;
        }
    }

    /// Returns the number of articles that an article stands for, itself included.
    pub fn group_size(&self, entry: &LibraryEntry) -> usize {
        let group = entry.copy_of.unwrap_or(entry.id);
        self.index.groups.get(&group).copied().unwrap_or(1)
    }

    /// Returns the rows of the screen that an article takes: one, or two with its first hit.
    pub fn rows_of_article(&self) -> u16 {
        1 + u16::from(!self.search.query.terms.is_empty())
    }

    /// Takes what the world tells. The chosen article stays chosen; a reader at the top stays
    /// there.
    pub fn take(&mut self, news: ShelfNews) {
        let chosen = self.chosen().filter(|_| self.list.selected > 0);
        self.search.is_behind |= matches!(news, ShelfNews::Listed(..) | ShelfNews::Added(..));
        match news {
            ShelfNews::Listed(entries, all) => {
                self.entries = entries;
                self.index.all = all;
                self.index.sequence = (0..self.entries.len()).collect();
                self.list_anew();
                self.sort();
            }
            ShelfNews::Added(entries) => {
                for entry in entries {
                    let known = self.index.by_id.get(&entry.id);
                    if let Some(changes) = &mut self.intake.changes {
                        // the number of an article that has gone may be given to another one
                        let old = known.and_then(|i| self.entries.get(*i));
                        changes.note(old.is_none_or(|old| old.path != entry.path));
                    }
                    if let Some(place) = known.and_then(|i| self.entries.get_mut(*i)) {
                        *place = entry;
                    } else {
                        let new = self.entries.len();
                        self.index.by_id.insert(entry.id, new);
                        self.index.sequence.push(new);
                        self.entries.push(entry);
                    }
                }
                self.list_anew();
                self.sort_by_day();
            }
            ShelfNews::Sorted(order, _) if order != self.order => return,
            ShelfNews::Sorted(_, ids) => {
                let index = |id: &ArticleId| self.index.by_id.get(id).copied();
                let sequence = ids.iter().filter_map(index);
                self.index.sequence = sequence.collect();
            }
            ShelfNews::Incoming(incoming) => {
                self.intake.incoming = incoming;
                if incoming.is_none() {
                    self.search.complete();
                }
            }
            ShelfNews::Away(folders) => self.intake.away = folders,
            ShelfNews::Progress(read) => {
                self.read.extend(read);
                self.note_copies();
            }
            ShelfNews::Trouble(..) => return,
            ShelfNews::Found(answer) if answer.id != self.search.id => return,
            ShelfNews::Found(answer) => self.search.take(answer),
        }
        self.show(chosen);
    }

    /// Brings what follows from the articles up to date.
    fn list_anew(&mut self) {
        let numbers = self.entries.iter().enumerate();
        self.index.by_id = numbers.map(|(i, entry)| (entry.id, i)).collect();
        self.index.groups.clear();
        for entry in &self.entries {
            if let Some(first) = entry.copy_of {
                *self.index.groups.entry(first).or_insert(1) += 1;
            }
        }
        let copies = self.entries.iter().filter(|entry| entry.copy_of.is_some());
        self.index.copies = copies.count();
        let faulty = self.entries.iter().filter(|entry| entry.fault.is_some());
        self.index.faulty = faulty.count();
        self.index.all = self.index.all.max(self.entries.len());
        self.note_copies();
    }

    /// Returns whether nothing more comes to it: no article and no hit.
    pub(crate) fn is_complete(&self) -> bool {
        !self.search.is_running && self.intake.incoming.is_none()
    }

    /// Returns the number of articles that are copies of others.
    pub fn copies(&self) -> usize {
        self.index.copies
    }

    /// Returns the number of files that are listed, but are empty or cannot be read.
    pub fn faulty(&self) -> usize {
        self.index.faulty
    }

    /// Returns the number of all articles, those included that are not listed yet.
    pub fn count(&self) -> usize {
        self.index.all - self.index.faulty
    }

    /// Returns the number of all articles as they are counted now: copies once where they are
    /// folded.
    pub fn counted(&self) -> usize {
        let copies = if self.shows_copies {
            0
        } else {
            self.index.copies
        };
        self.count() - copies
    }

    /// Shows copies as rows of their own, or folds them into the earliest.
    pub fn set_copies(&mut self, shows: bool) {
        let chosen = self.chosen();
        self.shows_copies = shows;
        self.show(chosen);
    }

    /// Searches for what was typed, and chooses the first article. Words are searched for by the
    /// world.
    pub fn look_for(&mut self, typed: &str) {
        // the end of a search leaves the reader at what was found
        let kept = self.chosen().filter(|_| typed.is_empty());
        let (query, fault) = match LibraryQuery::parse(typed) {
            Ok(query) => (query, None),
            Err(fault) => (LibraryQuery::default(), Some(fault)),
        };
        typed.clone_into(&mut self.search.typed);
        self.search.begin(query, fault);
        self.show(kept);
    }

    /// Lists the articles that are asked for, in their order; `chosen` stays chosen.
    pub(super) fn show(&mut self, chosen: Option<ArticleId>) {
        if matches!(self.order, Order::Hits | Order::Relevance) {
            self.sort();
        }
        let admitted = |i: &&usize| self.entries.get(**i).is_some_and(|e| self.admits(e));
        let mut shown: Vec<usize> = self
            .index
            .sequence
            .iter()
            .filter(admitted)
            .copied()
            .collect();
        if !self.shows_copies {
            let copy = |i: &usize| self.entries.get(*i).map(|e| (e.copy_of, e.id));
            let originals = shown.iter().filter_map(copy).filter(|(of, _)| of.is_none());
            // the earliest stands for its group, else the first that is asked for
            let mut standing: HashSet<ArticleId> = originals.map(|(_, id)| id).collect();
            shown.retain(|i| {
                let first = copy(i).and_then(|(of, _)| of);
                first.is_none_or(|first| standing.insert(first))
            });
        }
        if let Some(again) = self.again_row(&shown) {
            let first = shown.remove(again);
            shown.insert(0, first);
        }
        self.shown = shown;
        let kept = chosen.is_some_and(|id| {
            self.choose(id);
            self.chosen() == Some(id)
        });
        if !kept {
            (self.list.selected, self.list.top) = (0, 0);
        }
    }

    /// Returns the row of the article that is offered to be continued: unless something is asked
    /// for, or it was read to the end.
    fn again_row(&self, shown: &[usize]) -> Option<usize> {
        let again = self
            .place
            .again
            .as_ref()
            .filter(|_| self.search.typed.is_empty())?;
        let entry = |i: &usize| self.entries.get(*i).filter(|entry| entry.path == *again);
        let row = shown.iter().position(|i| entry(i).is_some())?;
        let entry = shown.get(row).and_then(entry)?;
        (self.read_state(entry) != ReadState::Done).then_some(row)
    }

    /// Returns whether a row is the article that is offered to be continued.
    pub fn is_again(&self, row: usize) -> bool {
        let entry = self
            .at(row)
            .filter(|_| row == 0 && self.search.typed.is_empty());
        entry.is_some_and(|entry| {
            let is_last = self.place.again.as_ref() == Some(&entry.path);
            is_last && self.read_state(entry) != ReadState::Done
        })
    }

    /// Returns whether an article has what is asked for, as far as that is known.
    fn admits(&self, entry: &LibraryEntry) -> bool {
        let search = &self.search;
        let has_words = search.query.terms.is_empty() || search.found.contains_key(&entry.id);
        search.fault.is_none() && has_words && search.query.admits(entry, self.read_state(entry))
    }

    /// Returns the articles that pass the filters, copies included; `with_words`: those that have the
    /// words of the search as well.
    pub(crate) fn admitted(&self, with_words: bool) -> Vec<ArticleId> {
        let passes = |entry: &LibraryEntry| {
            let query = &self.search.query;
            if with_words {
                self.admits(entry)
            } else {
                query.admits(entry, self.read_state(entry))
            }
        };
        let entries = self.entries.iter().filter(|entry| passes(entry));
        entries.map(|entry| entry.id).collect()
    }

    /// Returns the search that the world has to carry out, if there is one; an empty query ends
    /// the one before.
    pub fn take_request(&mut self) -> Option<(u64, LibraryQuery)> {
        let wanted = std::mem::take(&mut self.search.is_wanted);
        wanted.then(|| (self.search.id, self.search.query.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Day;
    use crate::library::rank::ScanTotals;
    use crate::library::scan::ArticleHits;
    use crate::session::ShelfAnswer;
    use crate::text::Span;
    use std::cmp::Reverse;

    fn entry(id: ArticleId, title: &str, date: &str, copy_of: Option<ArticleId>) -> LibraryEntry {
        LibraryEntry {
            id,
            path: format!("{id}.md").into(),
            title: title.into(),
            day: Day::read(date),
            copy_of,
            ..LibraryEntry::default()
        }
    }

    fn shelf() -> Shelf {
        let mut shelf = Shelf::default();
        let entries = [
            entry(1, "甲", "2020", None),
            entry(2, "乙", "2021", None),
            entry(3, "甲又", "2022", Some(1)),
            entry(4, "丁", "", None),
        ];
        let mut listed = entries.map(Arc::new).to_vec();
        listed.sort_by_key(|entry| Reverse(entry.day));
        shelf.take(ShelfNews::Listed(listed, 4));
        shelf
    }

    fn ids(shelf: &Shelf) -> Vec<ArticleId> {
        let rows = 0..shelf.shown.len();
        rows.filter_map(|row| shelf.at(row)).map(|e| e.id).collect()
    }

    #[test]
    fn copies_fold_into_the_earliest_that_is_shown() {
        let mut shelf = shelf();
        assert_eq!((ids(&shelf), shelf.counted()), (vec![2, 1, 4], 3));
        assert_eq!(shelf.group_size(shelf.entry(3).unwrap()), 2);
        shelf.set_copies(true);
        assert_eq!((ids(&shelf), shelf.counted()), (vec![3, 2, 1, 4], 4));
        shelf.set_copies(false);
        shelf.look_for(">2022");
        assert_eq!(ids(&shelf), [3]);
    }

    #[test]
    fn the_chosen_article_stays_chosen_but_the_top_is_the_top() {
        let mut shelf = shelf();
        shelf.choose(1);
        let new = entry(5, "戊", "2023", None);
        shelf.take(ShelfNews::Added(vec![Arc::new(new)]));
        assert_eq!((ids(&shelf), shelf.chosen()), (vec![5, 2, 1, 4], Some(1)));
        shelf.set_order(Order::Title);
        assert_eq!(shelf.chosen(), Some(1));
        shelf.set_order(Order::Date);
        shelf.choose(5);
        let newer = entry(6, "己", "2024", None);
        shelf.take(ShelfNews::Added(vec![Arc::new(newer)]));
        assert_eq!(shelf.chosen(), Some(6));
        shelf.set_order(Order::Title);
        assert_eq!(shelf.list.selected, 0);
        shelf.set_order(Order::Date);
        shelf.look_for("标题:甲");
        assert_eq!((ids(&shelf), shelf.chosen()), (vec![1], Some(1)));
    }

    #[test]
    fn words_wait_for_the_world() {
        let mut shelf = shelf();
        shelf.look_for("协同");
        let (id, query) = shelf.take_request().unwrap();
        assert!(ids(&shelf).is_empty() && shelf.search.is_running && query.terms.len() == 1);
        let hits = |n: usize| ArticleHits {
            count: n,
            spans: vec![Span::new(0, 3)],
            by_term: vec![(n, false)],
            ..ArticleHits::default()
        };
        let answer = |id, found| {
            ShelfNews::Found(ShelfAnswer {
                id,
                found,
                totals: ScanTotals::default(),
                done: true,
            })
        };
        shelf.take(answer(id - 1, vec![(4, hits(1))]));
        assert!(ids(&shelf).is_empty());
        shelf.take(answer(id, vec![(4, hits(1)), (2, hits(3)), (3, hits(2))]));
        assert_eq!(ids(&shelf), [3, 2, 4]);
        shelf.set_order(Order::Hits);
        assert_eq!(ids(&shelf), [2, 3, 4]);
        // another filter keeps what was found
        shelf.look_for("协同 <2021");
        assert_eq!((ids(&shelf), shelf.take_request()), (vec![2], None));
        shelf.look_for("");
        assert_eq!(ids(&shelf).len(), 3);
    }

    #[test]
    fn a_search_is_completed_when_more_articles_have_come() {
        let mut shelf = shelf();
        shelf.look_for("协同");
        let (first, _) = shelf.take_request().unwrap();
        let found = |id, ids: &[ArticleId]| {
            let hits = |id: &ArticleId| (*id, ArticleHits::default());
            let found = ids.iter().map(hits).collect();
            let (totals, done) = (ScanTotals::default(), true);
            ShelfNews::Found(ShelfAnswer {
                id,
                found,
                totals,
                done,
            })
        };
        shelf.take(found(first, &[2, 4]));
        shelf.take(ShelfNews::Incoming(None));
        assert_eq!(shelf.take_request(), None, "nothing has changed");
        shelf.take(ShelfNews::Added(vec![Arc::new(entry(
            5, "戊", "2023", None,
        ))]));
        shelf.take(ShelfNews::Incoming(None));
        let (again, query) = shelf.take_request().unwrap();
        assert!(again != first && query.terms.len() == 1);
        assert_eq!(ids(&shelf), [2, 4], "until the answer is there");
        shelf.take(found(again, &[2, 5]));
        assert_eq!(ids(&shelf), [5, 2]);
    }
}
