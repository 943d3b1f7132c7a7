//! The text around a marker.

use super::marker::Marker;
use crate::text::words::Words;

/// Conjunctions between a stop and a marker, longer ones first.
static CONJUNCTIONS: Words = Words::new("但是 但 而且 而 并且 并 且 然而 可是 可 不过 同时 因为");

/// The last characters of [`CONJUNCTIONS`].
const CONJUNCTION_ENDS: [char; 11] = [
    '是', '但', '且', '而', '并', '然', '可', '过', '时', '为', '因',
];

/// The mark before a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preceding {
    /// None: the marker begins a line.
    LineStart,
    /// 。！？
    FullStop,
    /// ；
    Semicolon,
    /// ，：— quotes, brackets.
    LightMark,
    /// None: a word.
    Word,
}

impl Preceding {
    /// Returns the mark that `text` ends with. A conjunction behind a mark is passed over: ，但.
    pub fn of(text: &str) -> Self {
        let may_join = text.ends_with(CONJUNCTION_ENDS);
        let joined = may_join.then(|| CONJUNCTIONS.strip_suffix(text));
        match joined.flatten().map(Self::of_mark) {
            None | Some(Self::Word) => Self::of_mark(text),
            Some(mark) => mark,
        }
    }

    fn of_mark(text: &str) -> Self {
        let Some(last) = text.trim_end().chars().next_back() else {
            return Self::LineStart;
        };
        match last {
            '。' | '！' | '？' | '!' | '?' | '…' | '.' => Self::FullStop,
            '；' | ';' => Self::Semicolon,
            c if "，：—―─,:-“”‘’\"'「」『』（）()〔〕［］[]【】《》〈〉".contains(c) => {
                Self::LightMark
            }
            _ => Self::Word,
        }
    }

    /// Returns whether a sentence or half a sentence begins behind it.
    pub fn opens_sentence(self) -> bool {
        matches!(self, Self::LineStart | Self::FullStop | Self::Semicolon)
    }
}

/// The degree to which a marker is sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// After a stop and before a mark, or a word that tells.
    Clear,
    /// A bracket that a conjunction joins to the one before it: 或（2）.
    Joined,
    /// After a full stop, before a clause that nothing sets off: 第三在….
    Bare,
    /// At the head of a line, before any word: 第三莫….
    Plain,
    /// In a place where it counts only close to a clear one.
    Weak,
    /// An ordinal before any word, which only its fellows can prove.
    Doubtful,
}

/// A marker with the text around it.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The marker.
    pub marker: Marker,
    /// The text of its block before it.
    pub before: &'a str,
    /// The text of its block from the marker on.
    pub text: &'a str,
    /// The text of its block behind it.
    pub after: &'a str,
    /// The mark before it.
    pub preceding: Preceding,
}

impl<'a> Context<'a> {
    /// The context of a marker that `text` begins with.
    pub fn new(marker: Marker, before: &'a str, text: &'a str) -> Self {
        Self {
            marker,
            before,
            text,
            after: text.get(marker.len..).unwrap_or_default(),
            preceding: Preceding::of(before),
        }
    }

    /// The context of a marker that begins a line.
    pub fn of_line(marker: Marker, line: &'a str) -> Self {
        Self::new(marker, "", line)
    }

    /// The character behind the marker.
    pub fn next(&self) -> Option<char> {
        self.after.chars().next()
    }

    /// The character before the marker.
    pub fn prev(&self) -> Option<char> {
        self.before.chars().next_back()
    }

    /// Returns whether one of `chars` follows the marker.
    pub fn next_in(&self, chars: &str) -> bool {
        self.next().is_some_and(|c| chars.contains(c))
    }

    /// Returns whether one of `chars` comes right before the marker.
    pub fn prev_in(&self, chars: &str) -> bool {
        self.prev().is_some_and(|c| chars.contains(c))
    }

    /// Returns whether a mark or a blank sets the marker off from what follows, or nothing
    /// follows.
    pub fn is_set_off(&self) -> bool {
        self.next()
            .is_none_or(|c| c.is_whitespace() || "，,、：:；;。—“「《".contains(c))
    }

    /// Returns whether 一个 begins the marker.
    pub fn is_one_of(&self) -> bool {
        self.text.starts_with("一个")
    }
}
