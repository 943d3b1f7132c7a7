//! A one-line editor with a history.
//!
//! Cuts and moves by whole clusters. Knows nothing of keys.

use crate::source::sanitize;
use crate::text::cluster;

/// The longest line but for a note: a pasted book is not a query.
const MAX_TYPED_BYTES: usize = 4096;

/// A one-line editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// The text.
    pub text: String,
    /// The cursor: a byte position on a cluster boundary.
    pub cursor: usize,
    /// The shown line of the history, counted from the newest, and the line that was being
    /// typed.
    recalled: Option<(usize, String)>,
    /// True where the first text that is typed replaces the line.
    pub(crate) is_offered: bool,
    /// True where it may be of any length.
    is_unlimited: bool,
}

impl Prompt {
    /// Creates a prompt with `text`.
    pub fn with(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
            ..Self::default()
        }
    }

    /// Creates a prompt with a line to be changed, or replaced by what is typed first.
    pub(super) fn offering(text: &str) -> Self {
        Self {
            is_offered: !text.is_empty(),
            ..Self::with(text)
        }
    }

    /// Creates a prompt with a line that may be of any length.
    pub(super) fn unlimited(text: &str) -> Self {
        Self {
            is_unlimited: true,
            ..Self::with(text)
        }
    }

    /// Types or pastes text at the cursor; line ends become blanks. Returns false where not all
    /// of it has room: the beginning is taken.
    pub fn insert(&mut self, text: &str) -> bool {
        if std::mem::take(&mut self.is_offered) {
            (self.text, self.cursor) = (String::new(), 0);
        }
        let clean = sanitize::line(text);
        let room = MAX_TYPED_BYTES.saturating_sub(self.text.len());
        let room = if self.is_unlimited { clean.len() } else { room };
        let taken = clean.get(..cluster::floor(&clean, room));
        let taken = taken.unwrap_or_default();
        self.text.insert_str(self.cursor, taken);
        self.cursor = cluster::floor(&self.text, self.cursor + taken.len());
        self.recalled = None;
        taken.len() == clean.len()
    }

    /// Removes the cluster before the cursor. Returns false if there is none.
    pub(crate) fn erase(&mut self) -> bool {
        self.is_offered = false;
        let from = cluster::prev(&self.text, self.cursor);
        let erased = from < self.cursor;
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
        erased
    }

    /// Removes the cluster at the cursor.
    pub(crate) fn delete(&mut self) {
        self.is_offered = false;
        let to = cluster::next(&self.text, self.cursor).min(self.text.len());
        self.text
            .replace_range(self.cursor..to.max(self.cursor), "");
    }

    /// Removes everything before the cursor.
    pub(crate) fn erase_all(&mut self) {
        self.is_offered = false;
        self.text.replace_range(..self.cursor, "");
        self.cursor = 0;
    }

    /// Removes the word before the cursor: back to the next blank.
    pub(crate) fn erase_word(&mut self) {
        self.is_offered = false;
        let head = self.text.get(..self.cursor).unwrap_or_default().trim_end();
        let from = head
            .rfind([' ', '\u{3000}'])
            .map_or(0, |i| cluster::next(&self.text, i));
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    /// Moves the cursor by a cluster.
    pub fn step(&mut self, forward: bool) {
        self.is_offered = false;
        self.cursor = match forward {
            true if self.cursor == self.text.len() => self.cursor,
            true => cluster::next(&self.text, self.cursor),
            false => cluster::prev(&self.text, self.cursor),
        };
    }

    /// Moves the cursor to an end of the line.
    pub fn edge(&mut self, end: bool) {
        self.is_offered = false;
        self.cursor = if end { self.text.len() } else { 0 };
    }

    /// Shows an older or newer line of the history (oldest first).
    pub fn recall(&mut self, history: &[String], older: bool) {
        self.is_offered = false;
        let oldest = history.len().saturating_sub(1);
        let (step, typed) = match self.recalled.take() {
            None if older => (Some(0), self.text.clone()),
            None => return,
            Some((n, typed)) if older => (Some((n + 1).min(oldest)), typed),
            Some((n, typed)) => (n.checked_sub(1), typed),
        };
        let line = step.and_then(|n| history.iter().rev().nth(n));
        self.text.clone_from(line.unwrap_or(&typed));
        self.cursor = self.text.len();
        self.recalled = step.filter(|_| line.is_some()).map(|n| (n, typed));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_by_whole_clusters() {
        let mut p = Prompt::default();
        p.insert("雄安e\u{301}");
        assert!(p.erase());
        assert_eq!(p.text, "雄安");
        p.step(false);
        p.insert("\n质");
        assert_eq!((p.text.as_str(), p.cursor), ("雄 质安", 7));
        p.delete();
        assert_eq!(p.text, "雄 质");
        p.erase_all();
        assert_eq!(p.text, "");
        assert!(!p.erase());
    }

    #[test]
    fn of_a_long_text_a_line_takes_what_fits_and_a_note_takes_all() {
        let long = "船".repeat(3000);
        let mut line = Prompt::with("查");
        assert!(!line.insert(&long));
        assert_eq!(line.text.chars().count(), 1 + (MAX_TYPED_BYTES - 3) / 3);
        assert_eq!(line.cursor, line.text.len());
        assert!(!line.insert("船") && line.insert(""));
        let mut note = Prompt::unlimited("记");
        assert!(note.insert(&long) && note.insert(&long));
        assert_eq!(note.text.chars().count(), 6001);
    }

    #[test]
    fn a_line_that_is_offered_is_replaced_or_changed() {
        let mut p = Prompt::offering("协同 >2019");
        p.insert("改");
        p.insert("革");
        assert_eq!(p.text, "改革");
        let mut p = Prompt::offering("协同");
        p.edge(true);
        p.insert(" >2019");
        assert_eq!(p.text, "协同 >2019");
        let mut p = Prompt::offering("协同");
        assert!(p.erase());
        p.insert("商");
        assert_eq!(p.text, "协商");
    }

    #[test]
    fn history_keeps_what_was_being_typed() {
        let history = vec!["甲".to_owned(), "乙".to_owned()];
        let mut p = Prompt::with("丙");
        for (older, wanted) in [
            (true, "乙"),
            (true, "甲"),
            (true, "甲"),
            (false, "乙"),
            (false, "丙"),
        ] {
            p.recall(&history, older);
            assert_eq!(p.text, wanted);
        }
    }
}
