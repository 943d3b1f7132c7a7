//! Finds the page numbers that a printed page leaves in its text.
//!
//! 1. [`number`] reads a whole line as a page number: 第 3 页, - 3 -, 3/12, Page 3, [3].
//! 2. [`find`] accepts those that go up through the text, and 第 3 页 anywhere.
//!
//! A bare number may be a heading, and stays. [`plain`](crate::format::plain) joins a sentence
//! over a page number only in text that a machine wrapped.

use crate::format::prose;
use crate::text::script::simplified;

/// The form of a page number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// 第 3 页, 第3页 共12页, Page 3 of 12: a page number beyond doubt.
    Worded,
    /// - 3 -
    Dashed,
    /// 3/12
    Of,
    /// [3]: also how notes are numbered.
    Bracketed,
}

/// Limit of a page number with its words, in bytes.
const MAX_LINE_BYTES: usize = 60;
/// Least average of the text between two numbers in brackets, in bytes: notes are shorter than
/// pages.
const MIN_PAGE_BYTES: usize = 600;

/// Returns which lines are page numbers, in ascending order.
pub fn find(lines: &[&str]) -> Vec<usize> {
    let numbered = lines.iter().enumerate();
    let found = numbered.filter_map(|(i, line)| number(line).map(|(form, n)| (i, form, n)));
    let found: Vec<(usize, Form, u32)> = found.collect();
    let mut out = Vec::new();
    for form in [Form::Worded, Form::Dashed, Form::Of, Form::Bracketed] {
        let of_form = found.iter().filter(|(_, f, _)| *f == form);
        let all: Vec<(usize, u32)> = of_form.map(|(i, _, n)| (*i, *n)).collect();
        let rises = |w: &&[(usize, u32)]| matches!(w, [(_, a), (_, b)] if a < b);
        let up = all.windows(2).filter(rises).count();
        let ascends = all.len() >= 2 && up * 10 >= (all.len() - 1) * 8;
        let believed = match form {
            Form::Worded => true,
            Form::Dashed | Form::Of => ascends,
            Form::Bracketed => ascends && all.len() >= 3 && between(lines, &all) >= MIN_PAGE_BYTES,
        };
        if believed {
            out.extend(all.iter().map(|(i, _)| *i));
        }
    }
    out.sort_unstable();
    out
}

/// Returns the bytes of text between two numbers, on the average.
fn between(lines: &[&str], all: &[(usize, u32)]) -> usize {
    let (Some((first, _)), Some((last, _))) = (all.first(), all.last()) else {
        return 0;
    };
    let inside = lines.get(*first..*last).unwrap_or_default();
    let text: usize = inside.iter().map(|l| l.len()).sum();
    text / (all.len() - 1).max(1)
}

/// Reads a whole line as a page number.
fn number(line: &str) -> Option<(Form, u32)> {
    let line = line.trim();
    if line.len() > MAX_LINE_BYTES || !line.contains(char::is_numeric) {
        return None;
    }
    let half = prose::half(line);
    let bare: String = half.split_whitespace().collect();
    let bare = bare.to_lowercase();
    let bare = simplified(&bare);
    let digits = |text: &str| {
        let is_number = text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| is_number)
    };
    let inner = bare.trim_matches(['-', '–', '—', '―', '·', '~', '─', '－']);
    if let Some(page) = worded(inner, digits) {
        return Some((Form::Worded, page));
    }
    if inner.len() < bare.len() {
        let (head, tail) = bare.split_once(inner)?;
        let page = digits(inner).filter(|_| !head.is_empty() && !tail.is_empty());
        return page.map(|n| (Form::Dashed, n));
    }
    if let Some((page, all)) = bare.split_once('/') {
        let (page, all) = (digits(page)?, digits(all)?);
        return (page <= all && page > 0).then_some((Form::Of, page));
    }
    let boxed = bare
        .strip_prefix(['[', '〔'])
        .and_then(|r| r.strip_suffix([']', '〕']));
    boxed.and_then(digits).map(|n| (Form::Bracketed, n))
}

/// Reads 第3页, 第3页共12页, 第3页/共12页, 共12页第3页, page3of12, page3.
fn worded(text: &str, digits: impl Fn(&str) -> Option<u32>) -> Option<u32> {
    if let Some(rest) = text.strip_prefix("page") {
        let parts = rest.split_once("of").or_else(|| rest.split_once('/'));
        let (page, all) = parts.unwrap_or((rest, ""));
        return digits(page).filter(|_| all.is_empty() || digits(all).is_some());
    }
    let text = text.trim_start_matches(['(', '[', '【']);
    let text = text.trim_end_matches([')', ']', '】']);
    let pages = |word: char, t: &str| digits(t.strip_prefix(word)?.strip_suffix('页')?);
    let total = |t: &str| pages('共', t).is_some();
    let page = |t: &str| pages('第', t);
    if let Some(n) = page(text) {
        return Some(n);
    }
    let (head, tail) = text.split_once('页')?;
    let head = format!("{head}页");
    let tail = tail.trim_start_matches(['/', ',', '|', '(', '，', '-']);
    match (page(&head), page(tail)) {
        (Some(n), _) if total(tail) => Some(n),
        (_, Some(n)) if total(&head) => Some(n),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_in_all_their_forms() {
        let numbers = "第 3 页|第３页|- 3 -|—3—|－ 3 －|3/12|3 / 12|Page 3 of 12|page 3|[3]|第3页 共12页|第3页/共12页|共12页 第3页|· 3 ·|第 3 頁";
        for line in numbers.split('|') {
            assert_eq!(number(line).map(|(_, n)| n), Some(3), "{line}");
        }
        let others =
            "3|2019|第三页|翻到第3页|13/12|- 三 -|-3|3-4|[a]|（3）|1. 甲|第3页的内容|12/25/2019";
        for line in others.split('|') {
            assert_eq!(number(line), None, "{line}");
        }
    }

    #[test]
    fn they_go_up_through_the_text() {
        let page = "这一页上有许多字。".repeat(40);
        assert_eq!(find(&[&page, "- 3 -", &page, "- 4 -", &page]), [1, 3]);
        assert_eq!(find(&[&page, "- 4 -", &page, "- 3 -"]), [0; 0]);
        assert_eq!(find(&[&page, "- 4 -", &page]), [0; 0]);
        assert_eq!(find(&[&page, "第 4 页", &page]), [1]);
        assert_eq!(find(&["[1]", &page, "[2]", &page, "[3]"]), [0, 2, 4]);
        let notes = ["[1]", "某书，某年。", "[2]", "另一书。", "[3]", "又一书。"];
        assert_eq!(find(&notes), [0; 0]);
    }
}
