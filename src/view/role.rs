//! Everything that can have a colour.
//!
//! A role says what a cell is; a theme says how that looks. `tests` check that
//! every theme names every role.

/// The meaning of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    Text,
    /// The title in the masthead.
    Title,
    /// Author, source, date in the masthead.
    Facts,
    /// A heading of the first level.
    Heading1,
    /// A heading of the second level.
    Heading2,
    /// A deeper heading.
    Heading3,
    /// The abstract before the body.
    Lead,
    /// A quotation.
    Quote,
    /// Code.
    Code,
    /// Notes, bibliography, captions.
    Note,
    /// Strong emphasis.
    Strong,
    /// Emphasis; never italic for Han.
    Emphasis,
    /// A proper name (专名号).
    ProperName,
    /// A title with a wavy line (书名号甲式).
    BookTitle,
    /// The names of a table's columns.
    TableHead,
    /// All but the sentence being read, under the ruler.
    Faded,
    /// A link.
    Link,
    /// Struck-out text.
    Struck,
    /// The mark of a note.
    NoteMark,
    /// The marker of a point: visible, quiet.
    Marker,
    /// Bullets, bars, rules.
    Ornament,
    /// The target of the last jump.
    Landed,
    /// The marker of a point, where it is the target of the last jump.
    MarkerLanded,
    /// The tick in the margin beside it.
    Tick,
    /// The header row.
    Header,
    /// The trail of the reader's place: section, topic, point.
    Crumbs,
    /// The innermost part of the trail.
    Crumb,
    /// The status row.
    Status,
    /// The most important part of the status row.
    StatusStrong,
    /// A notice.
    Notice,
    /// An error or a warning.
    Warning,
    /// The sign before a line being typed.
    Prompt,
    /// A line being typed.
    Typed,
    /// The line beside the outline.
    Border,
    /// An entry of the outline.
    Entry,
    /// A heading or topic in the outline.
    EntryTopic,
    /// A lesser entry.
    EntryDim,
    /// The marker of an entry.
    EntryMarker,
    /// The entry that is being read.
    EntryHere,
    /// The entry that is chosen while the outline has the keys.
    EntryChosen,
    /// The chosen row of a list.
    Chosen,
    /// A key in help and hints.
    Key,
    /// A hit of the search.
    Match,
    /// The hit that was gone to.
    MatchCurrent,
    /// A hit of the first keyword colour.
    Keyword1,
    /// A hit of the second keyword colour.
    Keyword2,
    /// A hit of the third keyword colour.
    Keyword3,
    /// A hit of the fourth keyword colour.
    Keyword4,
    /// A hit of the fifth keyword colour.
    Keyword5,
    /// A hit of the sixth keyword colour.
    Keyword6,
    /// A hit of the seventh keyword colour.
    Keyword7,
    /// A hit of the eighth keyword colour.
    Keyword8,
    /// Selected text.
    Selection,
    /// A highlight of the first colour.
    Highlight1,
    /// A highlight of the second colour.
    Highlight2,
    /// A highlight of the third colour.
    Highlight3,
    /// A highlight of the fourth colour.
    Highlight4,
    /// Text with a note.
    Annotated,
    /// The letter of a bookmark, the sign of a note.
    Bookmark,
    /// The strip at the right edge.
    Strip,
    /// The part of it that is on the screen.
    StripView,
    /// A hit in it.
    StripMark,
    /// The line in place of text that is left out.
    Fold,
    /// An entry without hits while others have some.
    Zero,
}

impl Role {
    /// All roles with their names in theme files, in the order of the enum.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Text, "text"),
        (Self::Title, "title"),
        (Self::Facts, "facts"),
        (Self::Heading1, "heading1"),
        (Self::Heading2, "heading2"),
        (Self::Heading3, "heading3"),
        (Self::Lead, "lead"),
        (Self::Quote, "quote"),
        (Self::Code, "code"),
        (Self::Note, "note"),
        (Self::Strong, "strong"),
        (Self::Emphasis, "emphasis"),
        (Self::ProperName, "proper-name"),
        (Self::BookTitle, "book-title"),
        (Self::TableHead, "table-head"),
        (Self::Faded, "faded"),
        (Self::Link, "link"),
        (Self::Struck, "struck"),
        (Self::NoteMark, "note-mark"),
        (Self::Marker, "marker"),
        (Self::Ornament, "ornament"),
        (Self::Landed, "landed"),
        (Self::MarkerLanded, "marker-landed"),
        (Self::Tick, "tick"),
        (Self::Header, "header"),
        (Self::Crumbs, "crumbs"),
        (Self::Crumb, "crumb"),
        (Self::Status, "status"),
        (Self::StatusStrong, "status-strong"),
        (Self::Notice, "notice"),
        (Self::Warning, "warning"),
        (Self::Prompt, "prompt"),
        (Self::Typed, "typed"),
        (Self::Border, "border"),
        (Self::Entry, "entry"),
        (Self::EntryTopic, "entry-topic"),
        (Self::EntryDim, "entry-dim"),
        (Self::EntryMarker, "entry-marker"),
        (Self::EntryHere, "entry-here"),
        (Self::EntryChosen, "entry-chosen"),
        (Self::Chosen, "chosen"),
        (Self::Key, "key"),
        (Self::Match, "match"),
        (Self::MatchCurrent, "match-current"),
        (Self::Keyword1, "keyword1"),
        (Self::Keyword2, "keyword2"),
        (Self::Keyword3, "keyword3"),
        (Self::Keyword4, "keyword4"),
        (Self::Keyword5, "keyword5"),
        (Self::Keyword6, "keyword6"),
        (Self::Keyword7, "keyword7"),
        (Self::Keyword8, "keyword8"),
        (Self::Selection, "selection"),
        (Self::Highlight1, "highlight1"),
        (Self::Highlight2, "highlight2"),
        (Self::Highlight3, "highlight3"),
        (Self::Highlight4, "highlight4"),
        (Self::Annotated, "annotated"),
        (Self::Bookmark, "bookmark"),
        (Self::Strip, "strip"),
        (Self::StripView, "strip-view"),
        (Self::StripMark, "strip-mark"),
        (Self::Fold, "fold"),
        (Self::Zero, "zero"),
    ];

    /// The role of a highlight of that colour.
    pub fn highlight(colour: u8) -> Self {
        const ROLES: [Role; 4] = [
            Role::Highlight1,
            Role::Highlight2,
            Role::Highlight3,
            Role::Highlight4,
        ];
        ROLES[usize::from(colour) % ROLES.len()]
    }

    /// The role of a keyword of that colour.
    pub fn keyword(colour: usize) -> Self {
        const ROLES: [Role; 8] = [
            Role::Keyword1,
            Role::Keyword2,
            Role::Keyword3,
            Role::Keyword4,
            Role::Keyword5,
            Role::Keyword6,
            Role::Keyword7,
            Role::Keyword8,
        ];
        ROLES[colour % ROLES.len()]
    }
}
