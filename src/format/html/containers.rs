//! The containers of a web page: block elements that hold others, as numbers.
//!
//! 1. While a page is read, [`Containers::enter`] and [`Containers::leave`] follow its
//!    tags; every block remembers its container.
//! 2. [`Containers::sums`] adds up what is in each, and in those inside it.
//!
//! There is no tree of nodes, and no tag has to match another: an end tag leaves
//! the innermost container of its name, one without a beginning nothing.

use super::tag_kinds::Attribute;
use crate::text::words::Words;

/// Open containers among which an end tag looks for its beginning.
const MAX_REACH: usize = 64;
/// Limit of nesting; deeper tags belong to the last container above.
const MAX_CONTAINER_DEPTH: usize = 4000;

/// The containers of a page, numbered from 0, which is the page itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Containers {
    /// The container around each but 0; it always has a lower number.
    around: Vec<usize>,
    open: Vec<(&'static str, usize)>,
    /// Containers begun deeper than that.
    deeper: usize,
    /// Containers that the page calls the text of an article.
    named: Vec<usize>,
}

/// Classes and ids of the container of an article's text.
static ARTICLES: Words = Words::new(
    "endtext post_text post_body artibody article_content articlecontent article-content
    pages_content trs_editor trs_ueditor rich_media_content entry-content post-content rm_txt_con
    rwb_zw ozoom zoom ucap-content ucapcontent news_txt all-txt main_content mp-editor content_views
    cnblogs_post_body review-content u-maintext",
);

/// Elements that may hold an article or a part of the page.
static CONTAINERS: Words = Words::new(
    "div td th article section main aside ul ol dl table form header footer nav center
    blockquote",
);

fn known(name: &[u8]) -> Option<&'static str> {
    CONTAINERS.iter().find(|known| known.as_bytes() == name)
}

impl Containers {
    /// Returns the innermost open container.
    pub fn here(&self) -> usize {
        self.open.last().map_or(0, |(_, number)| *number)
    }

    /// Enters a tag; returns whether it is a container.
    pub fn enter(&mut self, name: &[u8]) -> bool {
        let Some(name) = known(name) else {
            return false;
        };
        // cells end where the next begins
        if matches!(name, "td" | "th") && matches!(self.open.last(), Some(("td" | "th", _))) {
            self.open.pop();
        }
        if self.open.len() >= MAX_CONTAINER_DEPTH {
            self.deeper += 1;
            return false;
        }
        self.around.push(self.here());
        self.open.push((name, self.around.len()));
        true
    }

    /// Reads the class and the id of the container that was entered last.
    pub(super) fn name(&mut self, attribute: Attribute<'_>) {
        let names = ["class", "id"].into_iter().filter_map(attribute);
        let mut names = names.map(|names| names.to_ascii_lowercase());
        if names.any(|names| names.split_whitespace().any(|name| ARTICLES.has(name))) {
            self.named.push(self.here());
        }
    }

    /// Returns the container that the page calls its article, if `fits` accepts it and no other
    /// beside it.
    pub fn article(&self, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let mut named = self.named.iter().copied().filter(|number| fits(*number));
        let first = named.next()?;
        let inside = self.inside(first);
        named
            .all(|other| inside.get(other) == Some(&true))
            .then_some(first)
    }

    /// Leaves a tag.
    pub fn leave(&mut self, name: &[u8]) {
        let Some(name) = known(name) else { return };
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let from = self.open.len().saturating_sub(MAX_REACH);
        let mut near = self.open.iter().skip(from);
        if let Some(at) = near.rposition(|(open, _)| *open == name) {
            self.open.truncate(from + at);
        }
    }

    /// Returns the number of containers.
    pub fn len(&self) -> usize {
        self.around.len() + 1
    }

    /// Returns the container around another.
    pub fn around(&self, number: usize) -> Option<usize> {
        self.around.get(number.checked_sub(1)?).copied()
    }

    /// Adds up what is in each container and in those inside it, from what is in it alone.
    pub fn sums(&self, mut own: Vec<usize>) -> Vec<usize> {
        own.resize(self.len(), 0);
        for number in (1..self.len()).rev() {
            let mine = own.get(number).copied().unwrap_or_default();
            if let Some(outer) = self.around(number).and_then(|outer| own.get_mut(outer)) {
                *outer += mine;
            }
        }
        own
    }

    /// Returns for each container true where it is `number` or inside it.
    pub fn inside(&self, number: usize) -> Vec<bool> {
        let mut inside = vec![number == 0; self.len()];
        for n in 0..self.len() {
            let outer = self.around(n).and_then(|outer| inside.get(outer).copied());
            if let Some(mine) = inside.get_mut(n) {
                *mine |= n == number || outer == Some(true);
            }
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_nest() {
        let mut c = Containers::default();
        for tag in ["div", "td", "td", "/div", "/span", "section"] {
            match tag.strip_prefix('/') {
                Some(name) => c.leave(name.as_bytes()),
                None => drop(c.enter(tag.as_bytes())),
            }
        }
        assert_eq!(c.here(), 4);
        assert_eq!([2, 3, 4].map(|n| c.around(n)), [Some(1), Some(1), Some(0)]);
        assert_eq!(c.sums(vec![0, 0, 5, 7, 1]), [13, 12, 5, 7, 1]);
        assert_eq!(c.inside(1), [false, true, true, true, false]);
    }
}
