//! Pictures in a text: what they say, and whether they stand inside a sentence.
//!
//! A picture inside a sentence is a word of it: a rare character, a formula, an emoticon. It keeps
//! its place as 〔图〕, with its description where it has one. Any other is a block of its own.

use crate::document::{BlockKind, MarkupKind};
use crate::format::prose;
use crate::text::words::Words;
use std::borrow::Cow;
use std::ops::Range;

/// Limit of the description of a picture inside a sentence, in characters.
const MAX_INLINE_CHARS: usize = 60;

/// A picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Picture {
    /// Its description.
    pub alt: String,
    pub address: String,
    /// True where it is as small as an icon.
    pub is_tiny: bool,
    /// Its source line, from 1.
    pub line: usize,
    /// The byte of its block before which it stands.
    pub at: usize,
}

/// The worth of a picture that stands beside the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PictureMeaning {
    Decoration,
    Undescribed,
    Described,
}

impl Picture {
    /// Returns what it says beside the text.
    pub fn meaning(&self) -> PictureMeaning {
        if self.is_tiny || prose::is_tiny_by_name(&self.address) {
            PictureMeaning::Decoration
        } else if prose::is_description(&self.alt) {
            PictureMeaning::Described
        } else {
            PictureMeaning::Undescribed
        }
    }

    /// Returns the text for the picture inside a sentence.
    fn mark(&self) -> String {
        let alt = prose::one_line(self.alt.trim());
        let name = if is_formula(&alt, &self.address) {
            "公式"
        } else {
            "图"
        };
        let mut chars = alt.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && prose::is_han(c)
            && !ICONS.has(&alt)
        {
            // the character that the picture shows
            return alt;
        }
        let said = alt.trim_matches(['[', ']', '【', '】', '〔', '〕', '(', ')']);
        let says_more = said != name && (name == "公式" || prose::is_description(said));
        if says_more && !said.is_empty() && prose::at_most(said, MAX_INLINE_CHARS) {
            format!("〔{name}：{said}〕")
        } else {
            format!("〔{name}〕")
        }
    }

    /// Returns whether it stands inside a sentence of its block.
    fn is_inside(&self, kind: BlockKind, text: &str, has_stop: bool) -> bool {
        let is_heading = matches!(kind, BlockKind::Heading(_));
        let is_text = !matches!(kind, BlockKind::Row | BlockKind::Code);
        let (Some(before), Some(after)) = (text.get(..self.at), text.get(self.at..)) else {
            return false;
        };
        let (last, next) = (before.chars().next_back(), after.chars().next());
        let is_near = |c: Option<char>| c.is_some_and(prose::is_wide);
        let is_prose = has_stop || is_heading && is_near(last) && is_near(next);
        is_text
            && is_prose
            && !before.trim().is_empty()
            && !after.trim().is_empty()
            && !prose::ends_sentence(before.trim_end())
            && !before.trim_end().ends_with(['：', ':'])
            && !prose::is_tiny_by_name(&self.address)
    }
}

/// Descriptions of icons, a character each.
static ICONS: Words = Words::new("图 注 注释 译 评 批 按 新 热");

/// Recognises a formula by its description, or by the service that drew it.
fn is_formula(alt: &str, address: &str) -> bool {
    static FORMULAS: Words = Words::new("[公式] 公式 formula equation");
    static SERVICES: Words =
        Words::new("equation?tex= latex.codecogs.com latex.php mathjax /math/");
    let is_command = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_tex =
        alt.split('\\').skip(1).any(is_command) || alt.contains("^{") || alt.contains("_{");
    is_tex || FORMULAS.has(alt) || SERVICES.occur_in(address)
}

/// Puts the pictures that stand inside a sentence of a block into its text, in order; returns the
/// others. Linear.
pub(crate) fn place(
    pictures: Vec<Picture>,
    kind: BlockKind,
    text: &mut Cow<'_, str>,
    markup: &mut [(MarkupKind, Range<usize>)],
) -> Vec<Picture> {
    if pictures.is_empty() {
        return pictures;
    }
    let has_stop = prose::has_stop(text);
    let is_inside = |picture: &Picture| picture.is_inside(kind, text, has_stop);
    let (inside, beside): (Vec<_>, Vec<_>) = pictures.into_iter().partition(is_inside);
    let (mut out, mut from) = (String::with_capacity(text.len() + 8 * inside.len()), 0);
    // the bytes before which pictures stand, and what was added up to there
    let mut added: Vec<(usize, usize)> = Vec::with_capacity(inside.len());
    for picture in inside {
        out.push_str(text.get(from..picture.at).unwrap_or_default());
        from = picture.at;
        out.push_str(&picture.mark());
        added.push((from, out.len() - from));
    }
    if added.is_empty() {
        return beside;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    *text = Cow::Owned(out);
    let moved = |byte: usize, before: usize| {
        let last = before.checked_sub(1).and_then(|i| added.get(i));
        byte + last.map_or(0, |(_, added)| *added)
    };
    for (_, range) in markup {
        // what ends at the picture ends before it
        let begins = added.partition_point(|(at, _)| *at <= range.start);
        let ends = added.partition_point(|(at, _)| *at < range.end);
        *range = moved(range.start, begins)..moved(range.end, ends.max(begins));
    }
    beside
}
