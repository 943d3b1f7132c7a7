//! Two programs that change one mark: nothing that either wrote is undone without a word.
//!
//! A change knows the mark as it was before ([`Save`](super::marks::Save)). Where the store has
//! another one by now:
//!
//! 1. [`decide_put`]: what only one of both changed is taken as that one has it; of two texts both
//!    are kept; a mark that was deleted elsewhere stays where it was changed here.
//! 2. [`decide_drop`]: a mark that was changed elsewhere is not deleted.
//!
//! Knows no store: what that has is given in.

use super::marks::{Mark, MarkKind, Marks};

/// Stands between two notes that become one.
const BETWEEN_NOTES: &str = " ｜ ";

/// The outcome of a change of a mark that another program had changed as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClashKind {
    /// Both texts of the note are kept.
    BothNotes,
    /// It has the changes of both.
    Both,
    /// It was to be deleted, and stays.
    Stays,
    /// It was deleted elsewhere, and is back.
    Back,
    /// It was deleted elsewhere, and nothing of it was changed here.
    Gone,
    /// A bookmark is here now, and was set elsewhere.
    Moved,
}

/// A mark that two programs changed, as it is stored now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The hash of the article.
    pub of: [u8; 16],
    /// The name of the mark.
    pub uid: String,
    /// The outcome.
    pub kind: ClashKind,
    /// The mark as it is stored; `None` where it is gone.
    pub stored: Option<Mark>,
    /// The mark as the other program left it.
    pub theirs: Option<Mark>,
}

impl Clash {
    /// Returns what became of the mark, in both languages.
    pub(crate) fn said(&self) -> (String, String) {
        let (zh, en) = match self.kind {
            ClashKind::BothNotes => (
                "别的窗口也改了批注，两边都留着",
                "Changed elsewhere as well: both notes are kept",
            ),
            ClashKind::Both => (
                "别的窗口也改了它，已合在一起",
                "Changed elsewhere as well: it has both changes",
            ),
            ClashKind::Stays => (
                "别的窗口刚改过它，没有删",
                "Just changed elsewhere: it stays",
            ),
            ClashKind::Back => (
                "别的窗口删了它；这里改过，留着",
                "Deleted elsewhere, changed here: it stays",
            ),
            ClashKind::Gone => ("别的窗口删了这条标注", "Deleted elsewhere"),
            ClashKind::Moved => {
                let theirs = self.theirs.as_ref();
                let place = theirs.map(|mark| mark.cited.as_str()).unwrap_or_default();
                return (
                    format!("别的窗口把它记在{place}，现在改到这里"),
                    format!("Set elsewhere at {place}; it is here now"),
                );
            }
        };
        (zh.to_owned(), en.to_owned())
    }
}

/// Decides what is stored of a mark that was changed here, where the store has `theirs`: the mark
/// to be written, if any, and the outcome where another program had changed it.
pub(crate) fn decide_put(
    ours: &Mark,
    before: Option<&Mark>,
    theirs: Option<&Mark>,
) -> (Option<Mark>, Option<ClashKind>) {
    let is_unchanged = before.is_some_and(|before| is_alike(before, ours));
    match theirs {
        None if is_unchanged => (None, Some(ClashKind::Gone)),
        None => (Some(ours.clone()), before.map(|_| ClashKind::Back)),
        Some(theirs) if is_alike(theirs, ours) => (Some(ours.clone()), None),
        Some(theirs) if before.is_some_and(|before| is_alike(before, theirs)) => {
            (Some(ours.clone()), None)
        }
        Some(_) if matches!(ours.kind, MarkKind::Bookmark(_)) => {
            (Some(ours.clone()), Some(ClashKind::Moved))
        }
        Some(theirs) => {
            let (mark, kind) = merge(ours, before, theirs);
            (Some(mark), Some(kind))
        }
    }
}

/// Decides whether a mark that was deleted here is deleted, where the store has `theirs`.
pub(crate) fn decide_drop(before: Option<&Mark>, theirs: &Mark) -> bool {
    before.is_none_or(|before| is_alike(before, theirs))
}

/// Returns whether two states of a mark say the same; its text may have been found elsewhere.
fn is_alike(a: &Mark, b: &Mark) -> bool {
    let is_bookmark = matches!(a.kind, MarkKind::Bookmark(_));
    let is_same_place = a.anchor.exact == b.anchor.exact && a.cited == b.cited;
    a.kind == b.kind && a.note == b.note && a.tags == b.tags && (!is_bookmark || is_same_place)
}

/// Returns a mark with the changes of both, and whether both texts are in it.
fn merge(ours: &Mark, before: Option<&Mark>, theirs: &Mark) -> (Mark, ClashKind) {
    let mut mark = ours.clone();
    let is_ours = |same: fn(&Mark, &Mark) -> bool| before.is_some_and(|b| same(b, ours));
    let is_theirs = |same: fn(&Mark, &Mark) -> bool| before.is_some_and(|b| same(b, theirs));
    if is_ours(|a, b| a.kind == b.kind) {
        mark.kind = theirs.kind;
    }
    let mut kind = ClashKind::Both;
    if is_ours(|a, b| a.note == b.note) {
        mark.note.clone_from(&theirs.note);
    } else if !is_theirs(|a, b| a.note == b.note) {
        mark.note = both(&ours.note, &theirs.note);
        kind = ClashKind::BothNotes;
    }
    if is_ours(|a, b| a.tags == b.tags) {
        mark.tags.clone_from(&theirs.tags);
    } else if !is_theirs(|a, b| a.tags == b.tags) {
        let new = theirs.tags.iter().filter(|tag| !ours.tags.contains(tag));
        mark.tags.extend(new.cloned());
    }
    mark.changed = ours.changed.max(theirs.changed);
    (mark, kind)
}

/// Returns a note with both texts, or the one that has the other in it.
fn both(ours: &str, theirs: &str) -> String {
    if ours.contains(theirs) {
        return ours.to_owned();
    }
    if theirs.contains(ours) {
        return theirs.to_owned();
    }
    let has_lines = ours.contains('\n') || theirs.contains('\n');
    let between = if has_lines { "\n" } else { BETWEEN_NOTES };
    [ours, theirs].join(between)
}

impl Marks {
    /// Takes a mark as it is stored. Undoing the last change of it leads back to what the other
    /// program had.
    pub(crate) fn take_clash(&mut self, clash: &Clash, text: &str) {
        let find = |mark: &Mark| Mark {
            span: mark.anchor.find(text),
            ..mark.clone()
        };
        self.all.retain(|m| m.uid != clash.uid);
        self.all.extend(clash.stored.as_ref().map(find));
        let theirs = clash.theirs.as_ref().map(find);
        let last = self.undone.iter_mut().rfind(|(uid, _)| *uid == clash.uid);
        if let Some((_, before)) = last
            && clash.kind != ClashKind::Moved
        {
            *before = theirs;
        }
        self.sort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::anchor::Anchor;

    fn mark(kind: MarkKind, note: &str, tags: &[&str]) -> Mark {
        Mark {
            uid: "u".to_owned(),
            kind,
            anchor: Anchor::default(),
            span: None,
            note: note.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            cited: String::new(),
            under: Vec::new(),
            made: 1,
            changed: 1,
        }
    }

    fn note(text: &str) -> Mark {
        mark(MarkKind::Annotation, text, &[])
    }

    #[test]
    fn of_two_texts_both_are_kept() {
        let before = note("原来的");
        let put = |ours: &str, theirs: &str| {
            let (ours, theirs) = (note(ours), note(theirs));
            let (mark, kind) = decide_put(&ours, Some(&before), Some(&theirs));
            (mark.unwrap().note, kind)
        };
        let both = Some(ClashKind::BothNotes);
        assert_eq!(
            put("原来的BBB", "原来的AAA"),
            ("原来的BBB ｜ 原来的AAA".to_owned(), both)
        );
        assert_eq!(
            put("原来的AAAB", "原来的AAA"),
            ("原来的AAAB".to_owned(), both)
        );
        assert_eq!(put("原来的B", "原来的"), ("原来的B".to_owned(), None));
        assert_eq!(put("一样", "一样"), ("一样".to_owned(), None));
        assert_eq!(put("", "原来的AAA"), ("原来的AAA".to_owned(), both));
        assert_eq!(put("上\n下", "左"), ("上\n下\n左".to_owned(), both));
    }

    #[test]
    fn changes_of_different_parts_do_not_clash() {
        let before = mark(MarkKind::Highlight(0), "想法", &["甲"]);
        let ours = mark(MarkKind::Highlight(2), "想法", &["甲", "乙"]);
        let theirs = mark(MarkKind::Highlight(0), "想法多了", &["甲", "丙"]);
        let (merged, kind) = decide_put(&ours, Some(&before), Some(&theirs));
        let wanted = mark(MarkKind::Highlight(2), "想法多了", &["甲", "乙", "丙"]);
        assert_eq!((merged, kind), (Some(wanted), Some(ClashKind::Both)));
    }

    #[test]
    fn what_was_deleted_and_changed_stays() {
        let (before, changed) = (note("原来的"), note("改过"));
        assert!(decide_drop(Some(&before), &before));
        assert!(!decide_drop(Some(&before), &changed));
        let back = decide_put(&changed, Some(&before), None);
        assert_eq!(back, (Some(changed.clone()), Some(ClashKind::Back)));
        // only its text was found elsewhere
        let gone = decide_put(&before, Some(&before), None);
        assert_eq!(gone, (None, Some(ClashKind::Gone)));
        assert_eq!(
            decide_put(&before, None, None),
            (Some(before.clone()), None)
        );
    }
}
