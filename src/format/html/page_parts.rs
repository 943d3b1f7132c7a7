//! Parts of a web page that are not the article, known by tag, class or id.
//!
//! A part is only folded when it has ended and holds no long paragraph, so a
//! page that wraps its article in the wrong tag loses nothing. Class names count
//! only as whole words.

use super::tag_kinds::Attribute;
use crate::document::BlockKind;
use crate::format::draft::DraftBlock;
use crate::format::prose;
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

    /// Returns whether its blocks stay, as notes.
    pub(crate) fn is_notes(&self) -> bool {
        self.rule == NOTES
    }

    /// Folds its blocks unless body text stands among them.
    pub(crate) fn fold(&self, drafts: &mut [DraftBlock]) {
        let before: usize = drafts
            .get(..self.from)
            .unwrap_or_default()
            .iter()
            .filter(|d| d.is_shown())
            .take(40)
            .map(|d| prose::len(&d.text))
            .sum();
        let mine = drafts.get_mut(self.from..).unwrap_or_default();
        if self.rule == NOTES {
            let prose = |kind| {
                matches!(
                    kind,
                    BlockKind::Paragraph
                        | BlockKind::Item
                        | BlockKind::Quote
                        | BlockKind::Heading(_)
                        | BlockKind::Lead
                )
            };
            mine.iter_mut()
                .filter(|d| prose(d.kind))
                .for_each(|d| d.kind = BlockKind::Note);
            return;
        }
        let long = mine
            .iter()
            .any(|d| d.is_shown() && prose::at_least(&d.text, MIN_BODY_CHARS));
        if long && !(self.rule == "comments" && before >= MIN_CHARS_BEFORE_COMMENTS) {
            return;
        }
        for draft in mine.iter_mut().filter(|d| d.folded.is_none()) {
            draft.folded = Some(self.rule);
        }
    }
}

/// The "rule" of a part that holds notes: its blocks stay, as notes.
pub(crate) const NOTES: &str = "notes";

/// Returns the part that a tag begins in a book, where nothing is clutter: notes, or a
/// table of contents.
pub(crate) fn of_book(name: &[u8], attribute: Attribute<'_>) -> Option<&'static str> {
    const NOTE: Words = Words::new(
        "footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote
        doc-endnotes duokan-footnote-content duokan-footnote-item",
    );
    if name == b"a" || name == b"span" || name == b"sup" || name == b"body" {
        return None;
    }
    let words = ["epub:type", "role", "class"]
        .map(|name| attribute(name).unwrap_or_default().to_ascii_lowercase());
    let is_note = words
        .iter()
        .flat_map(|w| w.split_whitespace())
        .any(|word| NOTE.has(word));
    if is_note {
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

/// Returns the rule for a tag that begins a part.
pub(crate) fn rule(name: &[u8], attribute: Attribute<'_>) -> Option<&'static str> {
    let tag = match name {
        b"nav" | b"footer" | b"button" | b"select" | b"aside" | b"dialog" => {
            return Some("page-part");
        }
        b"div" | b"section" | b"ul" | b"ol" | b"dl" | b"table" | b"h1" | b"h2" | b"h3" | b"h4"
        | b"h5" | b"h6" | b"header" | b"form" | b"li" => true,
        b"span" => false,
        _ => return None,
    };
    let hidden = attribute("hidden").is_some()
        || attribute("style").is_some_and(|s| {
            s.replace(' ', "")
                .to_ascii_lowercase()
                .contains("display:none")
        });
    let words = format!(
        "{} {}",
        attribute("class").unwrap_or_default(),
        attribute("id").unwrap_or_default()
    )
    .to_ascii_lowercase();
    let by_class = words.split_whitespace().find_map(|word| {
        CLASSES
            .iter()
            .find(|(names, _)| names.has(word))
            .map(|(_, rule)| *rule)
    });
    if hidden {
        Some("page-part")
    } else {
        by_class.filter(|_| tag)
    }
}

/// Words of class and id, and their rule.
const CLASSES: &[(Words, &str)] = &[
    (
        Words::new(
            "comments comment-list commentlist comment-wrapper respond comment-form
            disqus_thread comment-area comments-area",
        ),
        "comments",
    ),
    (
        Words::new(
            "related related-posts relatedposts related-articles yarpp-related recommend
            recommended jp-relatedposts post-navigation",
        ),
        "related-links",
    ),
    (
        Words::new("breadcrumb breadcrumbs crumbs navcurrent breadnav position"),
        "breadcrumb",
    ),
    (
        Words::new(
            "share sharedaddy social-share bdsharebuttonbox jiathis_style share-box sharebox
            social-links",
        ),
        "share-line",
    ),
    (
        Words::new("element-invisible screen-reader-text sr-only visually-hidden"),
        "page-part",
    ),
    (
        Words::new(
            "comment-add sidebar site-footer site-header entry-footer copyright toolbar
            pagination menu",
        ),
        "page-part",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_count_as_whole_words() {
        let class =
            |value: &'static str| move |name: &str| (name == "class").then(|| value.to_owned());
        assert_eq!(rule(b"div", &class("box related")), Some("related-links"));
        assert_eq!(rule(b"div", &class("unrelated-box")), None);
        assert_eq!(rule(b"p", &class("related")), None);
    }
}
