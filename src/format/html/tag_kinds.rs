//! The kinds of HTML tags, and attributes that concern one tag only.

use crate::document::{Align, MarkupKind};
use crate::text::words::Words;
use html5gum::StartTag;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The value of an attribute of a tag, by its name.
pub type Attribute<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The effect of a tag.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
pub enum TagKind {
    Other,
    // facts of the page
    Meta,
    Time,
    // inside a line
    LineBreak,
    Image,
    Link,
    Strong,
    Emphasis,
    Struck,
    Underlined,
    Code,
    Raised,
    Ruby,
    RubyBase,
    RubyReading,
    // blocks
    Rule,
    Heading(u8),
    Paragraph,
    Division,
    Quote,
    List,
    NumberedList,
    Item,
    Preformatted,
    Caption,
    Table,
    Row,
    Cell,
    HeaderCell,
    /// A block that says no more than that the one before it ends.
    Block,
}

/// Tags by their kinds.
const KINDS: &[(TagKind, &str)] = &[
    (TagKind::Meta, "meta"),
    (TagKind::Time, "time"),
    (TagKind::LineBreak, "br"),
    (TagKind::Image, "img"),
    (TagKind::Link, "a"),
    (TagKind::Strong, "b strong"),
    (TagKind::Emphasis, "i em"),
    (TagKind::Struck, "s del strike"),
    (TagKind::Underlined, "u"),
    (TagKind::Code, "code tt kbd"),
    (TagKind::Raised, "sup"),
    (TagKind::Ruby, "ruby"),
    (TagKind::RubyBase, "rb"),
    (TagKind::RubyReading, "rt rp rtc"),
    (TagKind::Rule, "hr"),
    (TagKind::Heading(1), "h1"),
    (TagKind::Heading(2), "h2"),
    (TagKind::Heading(3), "h3"),
    (TagKind::Heading(4), "h4"),
    (TagKind::Heading(5), "h5"),
    (TagKind::Heading(6), "h6"),
    (TagKind::Paragraph, "p"),
    (TagKind::Division, "div"),
    (TagKind::Quote, "blockquote"),
    (TagKind::List, "ul menu dir"),
    (TagKind::NumberedList, "ol"),
    (TagKind::Item, "li"),
    (TagKind::Preformatted, "pre listing xmp"),
    (TagKind::Caption, "figcaption caption"),
    (TagKind::Table, "table"),
    (TagKind::Row, "tr"),
    (TagKind::Cell, "td"),
    (TagKind::HeaderCell, "th"),
    (TagKind::Block, BLOCK_TAGS),
];
/// Tags of [`TagKind::Block`].
const BLOCK_TAGS: &str = "section article header footer main aside nav dl dt dd thead tbody tfoot \
    figure form fieldset legend address center body head html details summary hgroup select \
    option button frameset colgroup";

impl TagKind {
    /// Returns the kind of the tag with that name, in small letters.
    pub fn of(name: &[u8]) -> Self {
        static BY_NAME: LazyLock<HashMap<&[u8], TagKind>> = LazyLock::new(|| {
            let names = |(kind, names): &(TagKind, &'static str)| {
                let kind = *kind;
                names.split_whitespace().map(move |n| (n.as_bytes(), kind))
            };
            KINDS.iter().flat_map(names).collect()
        });
        BY_NAME.get(name).copied().unwrap_or(Self::Other)
    }

    /// Returns whether the tag begins a block that has an end.
    pub fn is_block(self) -> bool {
        // blocks come last
        self > Self::Rule
    }

    /// Returns the markup that the tag begins and ends, where attributes do not matter.
    pub fn markup(self) -> Option<MarkupKind> {
        Some(match self {
            Self::Strong => MarkupKind::Strong,
            Self::Emphasis => MarkupKind::Emphasis,
            Self::Struck => MarkupKind::Struck,
            Self::Code => MarkupKind::Code,
            Self::Raised => MarkupKind::NoteMark,
            _ => return None,
        })
    }
}

/// Returns how a cell's text is aligned in its column.
pub fn align(attribute: Attribute<'_>) -> Align {
    let value = attribute("align").or_else(|| attribute("style"));
    let value = value.unwrap_or_default().to_ascii_lowercase();
    let value = value.replace("text-align: ", "text-align:");
    let is = |word: &str| value == word || value.contains(&format!("text-align:{word}"));
    if is("right") {
        Align::Right
    } else if is("center") {
        Align::Centre
    } else {
        Align::Left
    }
}

/// Recognises `<br>` in any spelling.
pub fn is_line_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_start_matches('/');
    let name = name.trim_end_matches('>').trim_end_matches('/').trim();
    let after = name.get(2..3).and_then(|c| c.chars().next());
    name.get(..2).is_some_and(|n| n.eq_ignore_ascii_case("br"))
        && !after.is_some_and(char::is_alphanumeric)
}

/// Recognises a script with data about the page (JSON-LD).
pub fn is_data(tag: &StartTag<usize>) -> bool {
    let kind = tag.attributes.get(b"type".as_slice());
    kind.is_some_and(|v| v.value.eq_ignore_ascii_case(b"application/ld+json"))
}

/// Recognises a script that is JSON: what the code of the page begins with.
pub fn is_json(tag: &StartTag<usize>) -> bool {
    let kind = tag.attributes.get(b"type".as_slice());
    kind.is_some_and(|v| v.value.eq_ignore_ascii_case(b"application/json"))
}

/// Recognises the class, role or type of a link to a note.
pub fn is_note_mark(words: &str) -> bool {
    static NOTE_MARKS: Words =
        Words::new("noteref doc-noteref duokan-footnote footnote-ref footnote-link");
    let words = words.to_ascii_lowercase();
    words.split_whitespace().any(|word| NOTE_MARKS.has(word))
}
