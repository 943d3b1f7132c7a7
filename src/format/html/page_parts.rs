//! Parts of a web page that are not the article, known by tag, class or id.
//!
//! A part is only folded when it has ended and holds no long paragraph, so a
//! page that wraps its article in the wrong tag loses nothing. Class names count
//! only as whole words.

use super::hidden::StyleSheet;
use super::tag_kinds::Attribute;
use crate::document::BlockKind::{self, Heading, Item, Lead, Paragraph, Quote};
use crate::format::draft::{DraftBlock, fold_all};
use crate::format::{prose, rules};
use crate::text::words::Words;

/// Least characters of a paragraph of body text.
const MIN_BODY_CHARS: usize = 100;
/// Body text that comes before comments, in characters.
const MIN_CHARS_BEFORE_COMMENTS: usize = 200;

/// Most parts that are open at once; what begins deeper belongs to them.
pub(crate) const MAX_PARTS: usize = 8;

/// An open part of a page.
pub(crate) struct PagePart {
    rule: &'static str,
    name: Vec<u8>,
    open: usize,
    from: usize,
}

impl PagePart {
    /// Begins a part at tag `name`, whose first block will be `from`.
    pub(crate) fn new(rule: &'static str, name: &[u8], from: usize) -> Self {
        Self {
            rule,
            name: name.to_vec(),
            open: 1,
            from,
        }
    }

    /// Returns whether its blocks become notes.
    pub(crate) fn is_notes(&self) -> bool {
        self.rule == NOTES
    }

    /// Folds its blocks unless body text is among them.
    pub(crate) fn fold(&self, drafts: &mut [DraftBlock]) {
        let Some((before, mine)) = drafts.split_at_mut_checked(self.from) else {
            return;
        };
        if self.rule == NOTES {
            let is_prose = |kind| matches!(kind, Paragraph | Item | Quote | Heading(_) | Lead);
            let prose = mine.iter_mut().filter(|d| is_prose(d.kind));
            return prose.for_each(|d| d.kind = BlockKind::Note);
        }
        let shown = before.iter().filter(|d| d.is_shown()).take(40);
        let before: usize = shown.map(|d| prose::len(&d.text)).sum();
        let is_long = |d: &DraftBlock| d.is_shown() && prose::at_least(&d.text, MIN_BODY_CHARS);
        let are_comments = self.rule == "comments" && before >= MIN_CHARS_BEFORE_COMMENTS;
        if are_comments || !mine.iter().any(is_long) {
            fold_all(self.rule, mine);
        }
    }
}

/// The "rule" of a part that holds notes: its blocks become notes.
pub(crate) const NOTES: &str = "notes";

/// Returns the part that a tag begins in a book, where nothing is clutter: notes, or a
/// table of contents.
pub(crate) fn of_book(name: &[u8], attribute: Attribute<'_>) -> Option<&'static str> {
    static NOTE: Words = Words::new(
        "footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote
        doc-endnotes duokan-footnote-content duokan-footnote-item",
    );
    if matches!(name, b"a" | b"span" | b"sup" | b"body") {
        return None;
    }
    let words = ["epub:type", "role", "class"].map(|name| attribute(name).unwrap_or_default());
    let words = words.join(" ").to_ascii_lowercase();
    if words.split_whitespace().any(|word| NOTE.has(word)) {
        Some(NOTES)
    } else {
        (name == b"nav").then_some("contents-page")
    }
}

/// Enters a tag inside open parts.
pub(crate) fn nest(parts: &mut [PagePart], name: &[u8]) {
    // only the innermost part of that name waits for this tag's end
    if let Some(part) = parts.iter_mut().rev().find(|p| p.name == name) {
        part.open += 1;
    }
}

/// Leaves a tag; returns the part that ends with it.
pub(crate) fn unnest(parts: &mut Vec<PagePart>, name: &[u8]) -> Option<PagePart> {
    let at = parts.iter().rposition(|p| p.name == name)?;
    let part = parts.get_mut(at)?;
    part.open = part.open.saturating_sub(1);
    if part.open > 0 {
        return None;
    }
    Some(parts.remove(at))
}

/// Returns whether the innermost open part is a paragraph, which the next block ends.
pub(crate) fn is_paragraph(parts: &[PagePart]) -> bool {
    parts.last().is_some_and(|part| part.name == b"p")
}

/// Returns the rule for a tag that begins a part, on a page of that style sheet.
pub(super) fn rule(
    name: &[u8],
    sheet: &StyleSheet,
    attribute: Attribute<'_>,
) -> Option<&'static str> {
    static PARTS: Words = Words::new("nav footer button select aside dialog");
    static CONTAINERS: Words =
        Words::new("div section ul ol dl table h1 h2 h3 h4 h5 h6 header form li");
    let name = std::str::from_utf8(name).ok()?;
    if PARTS.has(name) {
        return Some("page-part");
    }
    if sheet.hides_block(name, attribute) {
        return Some("page-part");
    }
    if !CONTAINERS.has(name) {
        return None;
    }
    let names = ["class", "id"].map(|name| attribute(name).unwrap_or_default());
    let names = names.join(" ").to_ascii_lowercase();
    let rule = |word| {
        let of_comments = || is_of_comments(word).then_some("comments");
        rules::of_class(word, false).or_else(of_comments)
    };
    let mut words = names.split_whitespace();
    words.find_map(rule)
}

/// Recognises the class of readers' comments, which names nothing else: `hot-comment-list`.
fn is_of_comments(class: &str) -> bool {
    static COMMENTS: Words = Words::new("comment comments cmt tie gentie pinglun");
    static PARTS: Words = Words::new(
        "list item items box area wrap wrapper content section container body post hot new newest
        latest txt text main home feed shared read detail news module thread reply replies user all
        page inner single floor sina js block bd",
    );
    let mut has_comments = false;
    // an author's remark may be a comment as well
    let is_joined = class.contains(['-', '_']);
    is_joined
        && class.split(['-', '_']).all(|word| {
            has_comments |= COMMENTS.has(word);
            COMMENTS.has(word) || PARTS.has(word)
        })
        && has_comments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_count_as_whole_words() {
        let class =
            |value: &'static str| move |name: &str| (name == "class").then(|| value.to_owned());
        let rule =
            |name: &[u8], attribute: Attribute<'_>| rule(name, &StyleSheet::default(), attribute);
        assert_eq!(rule(b"div", &class("box related")), Some("related-links"));
        assert_eq!(rule(b"div", &class("unrelated-box")), None);
        assert_eq!(rule(b"p", &class("related")), None);
        assert_eq!(rule(b"div", &class("post_comment_area")), Some("comments"));
        assert_eq!(rule(b"div", &class("comment-closed comment")), None);
        assert_eq!(rule(b"div", &class("news-list")), None);
    }
}
