//! Deals with a second front matter in one file: crawlers that append write an
//! article twice.
//!
//! 1. [`fold`] blanks the lines of any further front matter, so that line numbers stay.
//! 2. [`copies`] finds paragraphs after it that repeat one before it. New ones stay.

use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::front_matter::fences::{self, fence};
use crate::format::front_matter::keys::{entry, is_title};
use crate::format::prose;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The report of a second front matter.
const SECOND: &str = "second-front-matter";
/// Limit of front matter in the middle of a file, in lines.
const MAX_BLOCK_LINES: usize = 60;

/// Blanks further front matter in a body that begins on line `first`; returns the body.
pub(crate) fn fold<'a>(body: &'a str, first: usize, page: &mut DraftDocument) -> Cow<'a, str> {
    let mut out = String::new();
    let mut i = 0;
    // the byte from which the body is not yet in `out`
    let mut kept = 0;
    let mut at = 0;
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        let after = (at + end + 1).min(body.len());
        let more = fence(line).and_then(|open| {
            let below = body.get(after..)?.lines().take(MAX_BLOCK_LINES);
            let lines: Vec<&str> = below.collect();
            let more = block(open, &lines)?;
            let bytes: usize = lines.iter().take(more).map(|l| l.len() + 1).sum();
            Some((more, lines.first().copied().unwrap_or_default(), bytes))
        });
        let Some((more, entry, bytes)) = more else {
            (at, i) = (after, i + 1);
            continue;
        };
        page.fold(SECOND, first + i, entry);
        out.push_str(body.get(kept..at).unwrap_or_default());
        out.extend(std::iter::repeat_n('\n', more + 1));
        at = (after + bytes).min(body.len());
        kept = at;
        i += more + 1;
    }
    if kept == 0 {
        return Cow::Borrowed(body);
    }
    out.push_str(body.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// Returns how many lines after a fence belong to front matter, its closing fence among
/// them: entries, one of them the title.
fn block(open: fences::Fence, lines: &[&str]) -> Option<usize> {
    let end = fences::fenced(open, lines)?;
    let inside = lines.get(..end)?;
    let titled = |line: &&str| {
        let bare = line.trim_start().trim_start_matches('{').trim_start();
        entry(bare).is_some_and(|(key, _)| is_title(key))
    };
    // a paragraph with a colon is not an entry
    let prose = |line: &&str| {
        !line.starts_with([' ', '\t'])
            && prose::has_stop(line)
            && !entry(line).is_some_and(|(key, _)| key.is_ascii())
    };
    (inside.iter().any(titled) && !inside.iter().any(prose)).then_some(end)
}

/// Finds the blocks behind a second front matter that repeat one above it: whole, cut off, or
/// with a small difference.
pub(crate) fn copies(page: &DraftDocument) -> Vec<usize> {
    let Some(second) = page.line_of(SECOND) else {
        return Vec::new();
    };
    let above = page.blocks.iter().filter(|d| d.line < second);
    let keys = above.map(|d| prose::key(&d.text));
    let above: Vec<String> = keys.filter(|key| !key.is_empty()).collect();
    let whole: HashSet<&str> = above.iter().map(String::as_str).collect();
    let mut heads: HashMap<String, &str> = HashMap::new();
    for key in &above {
        heads.entry(head(key)).or_insert(key);
    }
    let below = page.blocks.iter().enumerate();
    let is_copied = |(_, draft): &(usize, &DraftBlock)| {
        if draft.line <= second || !draft.is_shown() {
            return false;
        }
        let key = prose::key(&draft.text);
        let is_long = key.chars().count() >= MIN_COPY_CHARS;
        let alike = || {
            is_long
                && heads
                    .get(&head(&key))
                    .is_some_and(|first| is_copy(first, &key))
        };
        !key.is_empty() && (whole.contains(key.as_str()) || alike())
    };
    below.filter(is_copied).map(|(i, _)| i).collect()
}

/// Least characters of a copy that is cut off or differs a little.
const MIN_COPY_CHARS: usize = 20;

/// Returns the first characters of a paragraph.
fn head(key: &str) -> String {
    key.chars().take(8).collect()
}

/// Recognises a copy that is cut off, or differs in a few characters.
fn is_copy(first: &str, second: &str) -> bool {
    if first.starts_with(second) {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (first.chars().collect(), second.chars().collect());
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let ends = a.iter().rev().zip(b.iter().rev());
    let back = ends.take_while(|(x, y)| x == y).count();
    let (least, most) = (a.len().min(b.len()), a.len().max(b.len()));
    (front + back).min(least) * 100 >= most * 92
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        for (text, wanted, second) in [
            (
                "甲\n---\ntitle: 乙\ndate: 2019\n---\n丙\n---\n丁",
                "甲\n\n\n\n\n丙\n---\n丁",
                Some(2),
            ),
            ("甲\n+++\ntitle = \"乙\"\n+++\n丙", "甲\n\n\n\n丙", Some(2)),
            (
                "甲。\n\n---\ntitle: 乙\ndate: 2019\n\n丙。",
                "甲。\n\n\n\n\n\n丙。",
                Some(3),
            ),
            ("甲\n---\n乙：丙\n---\n丁", "甲\n---\n乙：丙\n---\n丁", None),
        ] {
            let mut page = DraftDocument::default();
            let body = fold(text, 1, &mut page);
            assert_eq!((&*body, page.line_of(SECOND)), (wanted, second));
            assert_eq!(matches!(body, Cow::Borrowed(_)), second.is_none());
        }
    }

    #[test]
    fn a_copy_may_be_cut_or_differ_a_little() {
        let text =
            "协同发展是一个系统工程，不能急，也不能等，人们怎样一起把路修好，是城市与乡村的事。";
        let is_copy = |second: &str| is_copy(&prose::key(text), &prose::key(second));
        let head = "协同发展是一个系统工程，不能急，也不能等，";
        assert!(is_copy(&format!("{head}人们怎样一起把路修")));
        assert!(is_copy(&text.replace("修好", "铺好")));
        let other = head.to_owned() + "这是另一段的开头，说的是别的事情。";
        assert!(!is_copy(&other));
    }
}
