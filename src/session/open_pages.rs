//! The open pages, one over the other; the line that is being typed over them.
//!
//! At the bottom is the text or the shelf. A page that is closed gives the keys back to the one
//! below it.

use super::drill::Drill;
use super::drill::due::DueList;
use super::library_pages::{LibraryPages, ReturnPoint};
use super::list::List;
use super::mode::{Mode, Purpose};
use super::prompt::Prompt;
use super::recent::RecentArticle;
use super::saved_views::SavedViews;
use super::shares::Shares;
use crate::source::choices::EncodingChoice;
use std::path::PathBuf;

/// A link on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageLink {
    /// The text that links.
    pub text: String,
    /// The address as the article has it.
    pub target: String,
}

/// The open pages and the lists in them.
#[derive(Clone, Debug, Default)]
pub struct OpenPages {
    /// The pages over the text, outermost first.
    over_text: Vec<Mode>,
    /// The line being typed, and its purpose.
    line: Option<(Purpose, Prompt)>,
    /// The lists of the pages that nothing else in the session has the lists of.
    lists: [List; Mode::ALL.len()],
    /// The blocks of the notes that are looked at.
    pub(crate) notes: Vec<usize>,
    /// The encodings that are offered.
    pub encodings: Vec<EncodingChoice>,
    /// The links that are looked at.
    pub(crate) links: Vec<PageLink>,
    /// The articles that were read last, newest first.
    pub recent: Vec<RecentArticle>,
    /// The saved views of the shelf.
    pub views: SavedViews,
    /// The pages about many articles.
    pub library: LibraryPages,
    /// The drill of the article.
    pub drill: Drill,
    /// The article in numbers, while the page of facts is open.
    pub shares: Shares,
    /// The cards that are due.
    pub due: DueList,
}

impl OpenPages {
    /// Returns the page on top: it has the keys.
    pub fn mode(&self) -> Mode {
        self.over_text.last().copied().unwrap_or_default()
    }

    /// Returns the page below that on top.
    pub(crate) fn below(&self) -> Mode {
        let below = self.over_text.iter().rev().nth(1);
        below.copied().unwrap_or_default()
    }

    /// Returns the page at the bottom: the text or the shelf.
    pub(crate) fn base(&self) -> Mode {
        let first = self.over_text.first().copied();
        first
            .filter(|mode| *mode == Mode::Shelf)
            .unwrap_or_default()
    }

    /// Returns whether the text has the keys, and no line is being typed.
    pub fn is_reading(&self) -> bool {
        self.over_text.is_empty() && self.line.is_none()
    }

    /// Opens a page over the present one, at its start; goes back to it where it is open already.
    pub fn open(&mut self, mode: Mode) {
        if mode == Mode::Read {
            return self.go(mode);
        }
        self.line = None;
        if let Some(at) = self.over_text.iter().position(|open| *open == mode) {
            self.over_text.truncate(at + 1);
        } else {
            // there is one list of a kind: the text cannot return to another one
            let is_of_another = |point: &ReturnPoint| !point.pages.contains(&mode);
            self.library.returns.retain(is_of_another);
            self.over_text.push(mode);
            *self.own_list_mut(mode) = List::default();
        }
    }

    /// Closes the page on top.
    pub(crate) fn close(&mut self) {
        self.line = None;
        if self.over_text.pop().is_some_and(Mode::is_of_library) {
            self.library.close(&self.over_text);
        }
    }

    /// Returns whether a page is open, perhaps below others.
    pub(crate) fn is_open(&self, mode: Mode) -> bool {
        self.over_text.contains(&mode)
    }

    /// Returns whether the text was opened from a page.
    pub(crate) fn returns_to(&self, mode: Mode) -> bool {
        let last = self.library.returns.last();
        last.is_some_and(|point| point.pages.contains(&mode))
    }

    /// Notes that the text which is opened next returns to the pages that are open, and to the
    /// article below them.
    pub(super) fn leave_open(&mut self, article: Option<PathBuf>) {
        let pages = self.over_text.clone();
        self.library.returns.push(ReturnPoint { pages, article });
    }

    /// Forgets the drill: another article is opened, and the text does not return to it.
    pub(crate) fn forget_drill(&mut self) {
        self.drill = self.drill.forgotten();
        let is_of_another = |point: &ReturnPoint| !point.pages.contains(&Mode::Drill);
        self.library.returns.retain(is_of_another);
    }

    /// Returns the pages that the text returns to, and the article below them.
    pub(super) fn return_point(&self) -> Option<&ReturnPoint> {
        self.library.returns.last()
    }

    /// Goes back to the pages that the text was opened from; returns whether there are any.
    pub(crate) fn go_back(&mut self) -> bool {
        let point = self.library.returns.pop();
        let goes = point.is_some();
        if let Some(point) = point {
            (self.line, self.over_text) = (None, point.pages);
        }
        goes
    }

    /// Goes to the text or to the shelf; closes all else.
    pub fn go(&mut self, base: Mode) {
        self.line = None;
        self.over_text.clear();
        self.over_text
            .extend(Some(base).filter(|base| *base != Mode::Read));
        // the text may return to the pages that it was opened from
        if base == Mode::Shelf {
            self.library.returns.clear();
        }
        self.library.close(&self.over_text);
    }

    /// Begins to type a line over the page, with `text` in it.
    pub(crate) fn ask(&mut self, purpose: Purpose, text: &str) {
        let prompt = match purpose {
            Purpose::Filter => Prompt::offering(text),
            Purpose::Note => Prompt::unlimited(text),
            _ => Prompt::with(text),
        };
        self.line = Some((purpose, prompt));
    }

    /// Ends the typing; returns the text.
    pub(crate) fn end_line(&mut self) -> Option<String> {
        self.line.take().map(|(_, prompt)| prompt.text)
    }

    /// Returns the purpose of the line being typed.
    pub fn purpose(&self) -> Option<Purpose> {
        self.line.as_ref().map(|(purpose, _)| *purpose)
    }

    /// Returns the line being typed.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.line.as_ref().map(|(_, prompt)| prompt)
    }

    /// Returns the line being typed, to be changed.
    pub(crate) fn prompt_mut(&mut self) -> Option<&mut Prompt> {
        self.line.as_mut().map(|(_, prompt)| prompt)
    }

    /// Returns the text of the line that is typed for a purpose.
    pub(crate) fn typed_for(&self, purpose: Purpose) -> Option<&str> {
        let line = self.line.as_ref().filter(|(own, _)| *own == purpose);
        line.map(|(_, prompt)| prompt.text.as_str())
    }

    /// Returns the list of a page that is kept here.
    pub(crate) fn own_list(&self, mode: Mode) -> &List {
        &self.lists[mode as usize]
    }

    /// Returns the list of a page that is kept here, to be changed.
    pub(crate) fn own_list_mut(&mut self, mode: Mode) -> &mut List {
        &mut self.lists[mode as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_returns_to_the_one_below_it() {
        let mut pages = OpenPages::default();
        assert!(pages.is_reading());
        for mode in [Mode::Shelf, Mode::Help, Mode::Palette] {
            pages.open(mode);
            assert_eq!((pages.mode(), pages.base()), (mode, Mode::Shelf));
        }
        pages.open(Mode::Help);
        assert_eq!(pages.mode(), Mode::Help);
        pages.close();
        assert_eq!(pages.mode(), Mode::Shelf);
        pages.go(Mode::Read);
        pages.close();
        assert_eq!(pages.mode(), Mode::Read);
    }
}
