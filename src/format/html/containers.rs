//! The containers of a web page: which block elements hold which, as numbers.
//!
//! 1. While a page is read, [`Containers::enter`] and [`Containers::leave`] follow its
//!    tags; every block remembers the container that it stands in.
//! 2. [`Containers::sums`] adds up what stands in each, and in those inside it.
//!
//! There is no tree of nodes, and no tag has to match another: an end tag leaves
//! the innermost container of its name, one without a beginning nothing.

/// How far out an end tag looks for its beginning.
const REACH: usize = 64;
/// Deepest nesting; what stands deeper belongs to the last container above.
const DEEPEST: usize = 4000;

/// The containers of a page, numbered from 0, which is the page itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Containers {
    /// The container around each but 0; it always has a lower number.
    around: Vec<usize>,
    open: Vec<(&'static str, usize)>,
    /// What was begun deeper than that.
    deeper: usize,
}

/// Elements that may hold an article or a part of the page.
const NAMES: &[&str] = &[
    "div",
    "td",
    "th",
    "article",
    "section",
    "main",
    "aside",
    "ul",
    "ol",
    "dl",
    "table",
    "form",
    "header",
    "footer",
    "nav",
    "center",
    "blockquote",
];

fn known(name: &[u8]) -> Option<&'static str> {
    NAMES.iter().find(|known| known.as_bytes() == name).copied()
}

impl Containers {
    /// The container that is open.
    pub fn here(&self) -> usize {
        self.open.last().map_or(0, |(_, number)| *number)
    }

    /// A tag has begun.
    pub fn enter(&mut self, name: &[u8]) {
        let Some(name) = known(name) else { return };
        // cells end where the next begins
        if matches!(name, "td" | "th") && matches!(self.open.last(), Some(("td" | "th", _))) {
            self.open.pop();
        }
        if self.open.len() >= DEEPEST {
            self.deeper += 1;
            return;
        }
        self.around.push(self.here());
        self.open.push((name, self.around.len()));
    }

    /// A tag has ended.
    pub fn leave(&mut self, name: &[u8]) {
        let Some(name) = known(name) else { return };
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let from = self.open.len().saturating_sub(REACH);
        if let Some(at) = self
            .open
            .iter()
            .skip(from)
            .rposition(|(open, _)| *open == name)
        {
            self.open.truncate(from + at);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.around.len() + 1
    }

    /// The container around another.
    pub fn around(&self, number: usize) -> Option<usize> {
        self.around.get(number.checked_sub(1)?).copied()
    }

    /// Of each container what stands in it and in those inside it, from what
    /// stands in it alone.
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

    /// Which containers are `number` or inside it.
    pub fn inside(&self, number: usize) -> Vec<bool> {
        let mut inside = vec![number == 0; self.len()];
        for n in 0..self.len() {
            let mine = n == number
                || self
                    .around(n)
                    .is_some_and(|outer| inside.get(outer) == Some(&true));
            if let Some(place) = inside.get_mut(n) {
                *place |= mine;
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
                None => c.enter(tag.as_bytes()),
            }
        }
        assert_eq!(
            (c.here(), c.around(2), c.around(3), c.around(4)),
            (4, Some(1), Some(1), Some(0))
        );
        assert_eq!(c.sums(vec![0, 0, 5, 7, 1]), [13, 12, 5, 7, 1]);
        assert_eq!(c.inside(1), [false, true, true, true, false]);
    }
}
