//! Deals with a second front matter in one file: crawlers that append write an
//! article twice.
//!
//! 1. [`fold`] blanks the lines of any further front matter, so that line numbers
//!    stay, and tells where it stood.
//! 2. [`copies`] folds paragraphs after it that stand before it already. What is new
//!    stays.

use super::draft::Page;
use super::{front_matter, prose};
use std::borrow::Cow;
use std::collections::HashSet;

/// Most lines that a front matter in the middle of a file may have.
const LINES: usize = 60;

/// Blanks further front matter in a body that begins on line `first`; gives the
/// body and the line of the first one.
pub fn fold<'a>(body: &'a str, first: usize, page: &mut Page) -> (Cow<'a, str>, Option<usize>) {
    if !body.contains("\n---") && !body.starts_with("---") {
        return (Cow::Borrowed(body), None);
    }
    let lines: Vec<&str> = body.lines().collect();
    let mut out = String::new();
    let (mut i, mut found) = (0, None);
    // where the part of the body that is not yet in `out` begins
    let mut kept = 0;
    let mut at = 0;
    while let Some(line) = lines.get(i) {
        let taken = if line.trim_end() == "---" { block(lines.get(i + 1..).unwrap_or_default()) } else { None };
        let Some(more) = taken else {
            at += line.len() + 1;
            i += 1;
            continue;
        };
        found.get_or_insert(first + i);
        page.fold("second-front-matter", first + i, lines.get(i + 1).copied().unwrap_or_default());
        out.push_str(body.get(kept..at).unwrap_or_default());
        for line in lines.iter().skip(i).take(more + 1) {
            out.push('\n');
            at += line.len() + 1;
        }
        kept = at;
        i += more + 1;
    }
    if found.is_none() {
        return (Cow::Borrowed(body), None);
    }
    out.push_str(body.get(kept..).unwrap_or_default());
    (Cow::Owned(out), found)
}

/// How many lines after a fence belong to front matter, its closing fence
/// among them: all entries, one of them the title.
fn block(lines: &[&str]) -> Option<usize> {
    let mut titled = false;
    for (i, line) in lines.iter().take(LINES).enumerate() {
        if line.trim_end() == "---" {
            return titled.then_some(i + 1);
        }
        let entry = front_matter::entry(line);
        let goes_on = line.starts_with([' ', '\t', '-']) && i > 0;
        if entry.is_none() && !goes_on {
            return None;
        }
        titled |= entry.is_some_and(|(key, _)| matches!(key.to_lowercase().as_str(), "title" | "标题" | "標題"));
    }
    None
}

/// Folds the blocks from line `second` on that stand above it as well.
pub fn copies(page: &mut Page, second: usize) {
    let above: HashSet<String> = page.drafts.iter().filter(|d| d.line < second).map(|d| prose::key(&d.text)).collect();
    for draft in page.drafts.iter_mut().filter(|d| d.line > second && d.folded.is_none()) {
        let key = prose::key(&draft.text);
        if !key.is_empty() && above.contains(&key) {
            draft.folded = Some("second-copy");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers() {
        let mut page = Page::default();
        let (body, second) = fold("甲\n---\ntitle: 乙\ndate: 2019\n---\n丙\n---\n丁", 5, &mut page);
        assert_eq!((body.as_ref(), second), ("甲\n\n\n\n\n丙\n---\n丁", Some(6)));
        let (same, none) = fold("甲\n---\n乙：丙\n---\n丁", 1, &mut page);
        assert!(matches!(same, Cow::Borrowed(_)) && none.is_none());
    }
}
