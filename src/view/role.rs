//! Everything that can have a colour: a role is the meaning of a cell, and a theme says how that
//! looks.

/// The meaning of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Text,
    /// The title in the masthead.
    Title,
    /// Author, source, date in the masthead.
    Facts,
    Heading1,
    Heading2,
    Heading3,
    /// The abstract before the body.
    Lead,
    Quote,
    Code,
    /// Notes, bibliography, captions.
    Note,
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
    Link,
    Struck,
    NoteMark,
    /// The marker of a point: visible, quiet.
    Marker,
    /// Bullets, bars, rules.
    Ornament,
    /// The sentence that a command would take.
    Pointed,
    /// The target of the last jump.
    Landed,
    /// The marker of a point, where it is the target of the last jump.
    MarkerLanded,
    /// The tick in the margin beside it.
    Tick,
    Header,
    /// The trail of the reader's place: section, topic, point.
    Crumbs,
    /// The innermost part of the trail.
    Crumb,
    Status,
    /// The most important part of the status row.
    StatusStrong,
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
    Keyword2,
    Keyword3,
    Keyword4,
    Keyword5,
    Keyword6,
    Keyword7,
    Keyword8,
    /// Selected text.
    Selection,
    /// A highlight of the first colour.
    Highlight1,
    Highlight2,
    Highlight3,
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
    /// Text that only the first of two articles has.
    OnlyHere,
    /// Text that only the second one has.
    OnlyThere,
    /// The changed part of a paragraph, as the first one has it.
    ChangedHere,
    /// The same as the second one has it.
    ChangedThere,
}

impl Role {
    /// The names of the roles in theme files, in the order of the enum.
    const NAMES: &str = "\
        text title facts heading1 heading2 heading3 lead quote code note strong emphasis \
        proper-name book-title table-head faded link struck note-mark marker ornament pointed landed \
        marker-landed tick header crumbs crumb status status-strong notice warning prompt \
        typed border entry entry-topic entry-dim entry-marker entry-here entry-chosen chosen \
        key match match-current keyword1 keyword2 keyword3 keyword4 keyword5 keyword6 \
        keyword7 keyword8 selection highlight1 highlight2 highlight3 highlight4 annotated \
        bookmark strip strip-view strip-mark fold zero only-here only-there \
        changed-here changed-there";

    /// Returns the names of the roles, each at the number of its role.
    pub(crate) fn names() -> Vec<&'static str> {
        Self::NAMES.split_ascii_whitespace().collect()
    }

    /// Returns the role of a highlight of that colour.
    pub(crate) fn highlight(colour: u8) -> Self {
        match colour % 4 {
            0 => Self::Highlight1,
            1 => Self::Highlight2,
            2 => Self::Highlight3,
            _ => Self::Highlight4,
        }
    }

    /// Returns the role of a keyword of that colour.
    pub(crate) fn keyword(colour: usize) -> Self {
        match colour % 8 {
            0 => Self::Keyword1,
            1 => Self::Keyword2,
            2 => Self::Keyword3,
            3 => Self::Keyword4,
            4 => Self::Keyword5,
            5 => Self::Keyword6,
            6 => Self::Keyword7,
            _ => Self::Keyword8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_named() {
        let source = include_str!("role.rs");
        let of_enum = |line: &'static str| line.strip_prefix("    ")?.strip_suffix(',');
        let is_variant = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric());
        let variants = source.lines().filter_map(of_enum).filter(is_variant);
        let names = Role::NAMES.replace('-', "");
        assert!(variants.map(str::to_lowercase).eq(names.split(' ')));
    }
}
