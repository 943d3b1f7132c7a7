//! The list of each page, wherever in the session it is kept.

use super::list::List;
use super::mode::Mode;
use super::state::Session;

impl Session {
    /// Returns the list of a page.
    pub fn list(&self, mode: Mode) -> &List {
        match mode {
            Mode::Outline => &self.pane.list,
            Mode::Hits => &self.find.hits.list,
            Mode::Marks => &self.memory.panel.list,
            Mode::Shelf => &self.shelf.list,
            Mode::ShelfHits => &self.pages.library.hits.list,
            Mode::Same => &self.pages.library.same.list,
            Mode::TermTable => &self.pages.library.table.list,
            Mode::Differences => &self.pages.library.differences.list,
            Mode::LikePoints => &self.pages.library.like.list,
            Mode::Phrases => &self.pages.library.phrases.list,
            Mode::Twin => self.pages.library.twin.list(),
            other => self.pages.own_list(other),
        }
    }

    /// Returns the list of a page, to be changed.
    pub(crate) fn list_mut(&mut self, mode: Mode) -> &mut List {
        match mode {
            Mode::Outline => &mut self.pane.list,
            Mode::Hits => &mut self.find.hits.list,
            Mode::Marks => &mut self.memory.panel.list,
            Mode::Shelf => &mut self.shelf.list,
            Mode::ShelfHits => &mut self.pages.library.hits.list,
            Mode::Same => &mut self.pages.library.same.list,
            Mode::TermTable => &mut self.pages.library.table.list,
            Mode::Differences => &mut self.pages.library.differences.list,
            Mode::LikePoints => &mut self.pages.library.like.list,
            Mode::Phrases => &mut self.pages.library.phrases.list,
            Mode::Twin => self.pages.library.twin.list_mut(),
            other => self.pages.own_list_mut(other),
        }
    }

    /// Returns whether an article is open.
    pub(crate) fn has_article(&self) -> bool {
        !self.article.name.is_empty()
    }

    /// Returns the chosen item of a page's list.
    pub(crate) fn chosen(&self, mode: Mode) -> usize {
        self.list(mode).item()
    }
}
