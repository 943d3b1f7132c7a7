//! Says what one tag tells by itself: a block, a line break, data, the mark of a note,
//! where a cell's text stands.
//!
//! Knows no page: what a tag does there, [`html`](crate::format::html) says.

use crate::document::Align;
use html5gum::StartTag;

/// Where a cell's text stands in its column.
pub fn align(attribute: &dyn Fn(&str) -> Option<String>) -> Align {
    let said = attribute("align")
        .or_else(|| attribute("style"))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let named = |word: &str| {
        said == word
            || said.contains(&format!("text-align:{word}"))
            || said.contains(&format!("text-align: {word}"))
    };
    match () {
        () if named("right") => Align::Right,
        () if named("center") => Align::Centre,
        () => Align::Left,
    }
}

/// Whether a tag is `<br>`, in any of its spellings.
pub fn is_line_break(tag: &str) -> bool {
    let name = tag
        .trim_start_matches('<')
        .trim_start_matches('/')
        .trim_end_matches('>')
        .trim_end_matches('/')
        .trim();
    name.get(..2).is_some_and(|n| n.eq_ignore_ascii_case("br"))
        && !name
            .get(2..3)
            .is_some_and(|c| c.chars().all(char::is_alphanumeric))
}

/// Whether a script holds data about the page.
pub fn is_data(tag: &StartTag<usize>) -> bool {
    tag.attributes
        .get(b"type".as_slice())
        .is_some_and(|v| v.value.eq_ignore_ascii_case(b"application/ld+json"))
}

/// Whether a link says that it leads to a note.
pub fn is_note_mark(words: &str) -> bool {
    words.split_whitespace().any(|w| {
        [
            "noteref",
            "doc-noteref",
            "duokan-footnote",
            "footnote-ref",
            "footnote-link",
        ]
        .iter()
        .any(|n| w.eq_ignore_ascii_case(n))
    })
}

/// Whether a tag begins or ends a block.
pub fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"section"
            | b"article"
            | b"header"
            | b"footer"
            | b"main"
            | b"aside"
            | b"nav"
            | b"ul"
            | b"ol"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"table"
            | b"thead"
            | b"tbody"
            | b"tfoot"
            | b"figure"
            | b"form"
            | b"fieldset"
            | b"legend"
            | b"address"
            | b"center"
            | b"body"
            | b"head"
            | b"html"
            | b"details"
            | b"summary"
            | b"hgroup"
            | b"select"
            | b"option"
            | b"button"
            | b"frameset"
            | b"colgroup"
            | b"td"
            | b"th"
    )
}
