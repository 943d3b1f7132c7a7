//! The saved views of the shelf: what was asked for and in which order, under a name.
//!
//! They are kept by name, so that two programs that save different ones do not meet; the world
//! keeps them and lists those that other programs have saved.

use super::shelf::Shelf;
use crate::library::order::Order;
use crate::text::natural;

/// The number of changes that can be undone.
const MAX_UNDO: usize = 100;

/// A filter and an order of the shelf, saved under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// The filter as it was typed.
    pub typed: String,
    /// The order.
    pub order: Order,
    /// True where copies are rows of their own.
    pub shows_copies: bool,
}

/// A view's name, and the view itself unless there is none.
pub type NamedView = (String, Option<SavedView>);

/// The saved views.
#[derive(Clone, Debug, Default)]
pub struct SavedViews {
    /// All of them, in the natural order of their names.
    pub all: Vec<SavedView>,
    /// The state before each change, newest last.
    undone: Vec<NamedView>,
    /// The names of those that have changed since the world was asked for all; `None` where it was
    /// not.
    changed: Option<Vec<String>>,
}

impl SavedViews {
    /// Notes that the world was asked for the views.
    pub(crate) fn ask(&mut self) {
        self.changed = Some(Vec::new());
    }

    /// Takes the views that the world has; those that have changed meanwhile are newer.
    pub fn take(&mut self, mut views: Vec<SavedView>) {
        let Some(changed) = self.changed.take() else {
            return;
        };
        let is_changed = |view: &SavedView| changed.contains(&view.name);
        views.retain(|view| !is_changed(view));
        self.all.retain(is_changed);
        self.all.extend(views);
        self.sort();
    }

    /// Saves a view; returns the one of that name before.
    pub(crate) fn put(&mut self, view: &SavedView) -> Option<SavedView> {
        let name = view.name.clone();
        let before = self.set(&name, Some(view.clone()));
        if before.as_ref() != Some(view) {
            self.remember((name, before.clone()));
        }
        before
    }

    /// Removes a view; returns it.
    pub(crate) fn remove(&mut self, name: &str) -> Option<SavedView> {
        let before = self.set(name, None)?;
        self.remember((name.to_owned(), Some(before.clone())));
        Some(before)
    }

    /// Takes the last change back; returns the name, and the view that it has again.
    pub(crate) fn undo(&mut self) -> Option<NamedView> {
        let (name, before) = self.undone.pop()?;
        self.set(&name, before.clone());
        Some((name, before))
    }

    /// Gives a name another view, or none; returns the one before.
    fn set(&mut self, name: &str, view: Option<SavedView>) -> Option<SavedView> {
        self.changed
            .iter_mut()
            .for_each(|all| all.push(name.to_owned()));
        let at = self.all.iter().position(|own| own.name == name);
        let before = at.map(|at| self.all.remove(at));
        self.all.extend(view);
        self.sort();
        before
    }

    fn sort(&mut self) {
        self.all
            .sort_by_cached_key(|view| (natural::key(&view.name), view.name.clone()));
    }

    fn remember(&mut self, before: NamedView) {
        self.undone.push(before);
        if self.undone.len() > MAX_UNDO {
            self.undone.remove(0);
        }
    }
}

impl Shelf {
    /// Returns what the shelf shows now as a view of that name.
    pub fn view(&self, name: &str) -> SavedView {
        SavedView {
            name: name.to_owned(),
            typed: self.list.filter.clone(),
            order: self.order,
            shows_copies: self.shows_copies,
        }
    }

    /// Shows what a view asks for. The order in which articles were given has no meaning where
    /// they were not.
    pub fn go_to(&mut self, view: &SavedView) {
        let is_known = self.is_given || view.order != Order::Given;
        let order = if is_known { view.order } else { Order::Date };
        view.typed.clone_into(&mut self.list.filter);
        self.look_for(&view.typed);
        self.set_copies(view.shows_copies);
        self.set_order(order);
        (self.list.selected, self.list.top) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Day, LibraryEntry};

    fn shelf() -> Shelf {
        let entry = |(id, title, date, source): (i64, &str, &str, &str)| LibraryEntry {
            id,
            path: format!("{id}.md").into(),
            title: title.into(),
            day: Day::read(date),
            source: Some(source.into()),
            author: Some("林深".into()).filter(|_| id == 2),
            tags: ["经济".into()].into(),
            copy_of: (id == 3).then_some(1),
            ..LibraryEntry::default()
        };
        let entries = [
            (1, "甲", "2019-05-06", "江城日报"),
            (2, "乙", "2021", "晚报"),
            (3, "甲又", "2022", "江城日报"),
            (4, "丁", "", "晚报"),
        ];
        let mut shelf = Shelf::of("x", entries.map(entry).to_vec());
        shelf.is_given = false;
        shelf.set_order(Order::Date);
        shelf
    }

    fn ids(shelf: &Shelf) -> Vec<i64> {
        let rows = 0..shelf.shown.len();
        rows.filter_map(|row| shelf.at(row)).map(|e| e.id).collect()
    }

    /// A view of every form of filter brings back the same articles in the same order.
    #[test]
    fn a_view_brings_back_what_was_shown() {
        for typed in [
            "",
            "来源:晚报",
            "source:晚报 -丁",
            "作者:林深",
            "标题:甲",
            "-标题:甲",
            ">2020",
            "<2021-06 >2019",
            "#经济",
            "未读",
            "-读完",
            "协同 发展|改革",
            "\"a b\" -旧",
            "/一.是/",
            "/(/",
        ] {
            for order in [Order::Date, Order::Oldest, Order::Title, Order::Hits] {
                let mut shelf = shelf();
                typed.clone_into(&mut shelf.list.filter);
                shelf.look_for(typed);
                shelf.set_order(order);
                shelf.set_copies(order == Order::Title);
                let (shown, view) = (ids(&shelf), shelf.view("甲"));
                shelf.look_for("标题:丁");
                shelf.set_copies(false);
                shelf.set_order(Order::Date);
                shelf.go_to(&view);
                assert_eq!(ids(&shelf), shown, "{typed} {order:?}");
                assert_eq!(shelf.view("甲"), view);
                assert_eq!(shelf.search.typed, typed);
            }
        }
    }

    #[test]
    fn the_order_of_given_articles_means_nothing_elsewhere() {
        let mut shelf = shelf();
        shelf.go_to(&SavedView {
            order: Order::Given,
            ..SavedView::default()
        });
        assert_eq!(shelf.order, Order::Date);
        shelf.is_given = true;
        shelf.go_to(&SavedView {
            order: Order::Given,
            ..SavedView::default()
        });
        assert_eq!(shelf.order, Order::Given);
    }

    #[test]
    fn every_change_can_be_taken_back() {
        let view = |name: &str, typed: &str| SavedView {
            name: name.into(),
            typed: typed.into(),
            ..SavedView::default()
        };
        let mut views = SavedViews::default();
        for name in ["第10", "第2"] {
            assert_eq!(views.put(&view(name, "a")), None);
        }
        assert_eq!(views.put(&view("第2", "b")), Some(view("第2", "a")));
        assert_eq!(views.all, [view("第2", "b"), view("第10", "a")]);
        assert_eq!(views.put(&view("第2", "b")), Some(view("第2", "b")));
        assert_eq!(views.remove("第10"), Some(view("第10", "a")));
        assert_eq!(views.remove("没有"), None);
        // a list that was asked for before a change is older than it
        views.ask();
        let (name, again) = views.undo().unwrap();
        assert_eq!((name.as_str(), again), ("第10", Some(view("第10", "a"))));
        views.take(vec![view("第10", "old"), view("第2", "c")]);
        assert_eq!(views.all, [view("第2", "c"), view("第10", "a")]);
        views.take(Vec::new());
        assert_eq!(views.all.len(), 2, "nothing was asked");
        assert_eq!(views.undo().unwrap().1, Some(view("第2", "a")));
        assert_eq!(views.undo(), Some(("第2".into(), None)));
        assert_eq!(views.undo(), Some(("第10".into(), None)));
        assert_eq!((views.undo(), views.all.len()), (None, 0));
        views.ask();
        views.take(vec![view("乙", ""), view("甲", "")]);
        assert_eq!(views.all.len(), 2);
    }
}
