//! Tells text that was broken at a fixed width from text whose lines are
//! paragraphs.
//!
//! In this genre a source line is a paragraph. Only where many lines are nearly
//! equally wide and end in the middle of a sentence was the text wrapped by a
//! machine; then its lines are joined again, up to where a paragraph or a heading
//! begins: by its indent, after a short line, or by how it reads after a full stop.

use super::{chapters, prose};
use crate::text::numeral::is_han_numeral;

/// Fewest lines that can show a habit.
const ENOUGH: usize = 6;
/// Widest line, in cells, that a machine wraps at.
const WIDEST: usize = 130;
/// Narrowest one.
const NARROWEST: usize = 24;

/// So many cells a full line may lack: a long word or a mark went to the next one.
const SLACK: usize = 12;

/// A text wrapped at about this many cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrap {
    width: usize,
}

/// Whether these lines were wrapped by a machine, and how wide. Looks at the
/// first ten thousand lines.
pub fn detect<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Wrap> {
    // a line counts where the next one goes on without an indent
    let mut inner: Vec<(usize, bool)> = Vec::new();
    let mut before: Option<&str> = None;
    for line in lines.take(10_000) {
        let goes_on = !line.trim().is_empty() && !begins_paragraph(line);
        if let Some(before) = before.filter(|_| goes_on) {
            // a long line is a paragraph: how long does not matter
            let before = before.trim_end();
            let cells = if before.len() > 8 * WIDEST { 2 * WIDEST } else { prose::cells(before) };
            inner.push((cells, prose::ends_sentence(before)));
        }
        before = (!line.trim().is_empty()).then_some(line);
    }
    if inner.len() < ENOUGH {
        return None;
    }
    let mut widths: Vec<usize> = inner.iter().map(|(w, _)| *w).collect();
    widths.sort_unstable();
    // the few widest lines hang a mark or hold a long word
    let width = *widths.get(widths.len() * 9 / 10)?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let full: Vec<bool> = inner.iter().filter(|(w, _)| w.abs_diff(width) <= 6).map(|(_, ends)| *ends).collect();
    let ended = full.iter().filter(|e| **e).count();
    let wrapped = full.len() * 10 >= inner.len() * 6 && ended * 2 <= full.len();
    wrapped.then_some(Wrap { width })
}

/// Whether a line begins a paragraph by its indent: one full-width blank, a tab,
/// or two half-width blanks.
pub fn begins_paragraph(line: &str) -> bool {
    let indent: usize = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\u{3000}' || c == '\t' { 2 } else { 1 }).sum();
    indent >= 2
}

impl Wrap {
    /// Whether `line` goes on in `next`: it is full, and the next one has no
    /// indent, no mark of its own, and is no heading.
    pub fn joins(self, line: &str, next: &str) -> bool {
        // after a full stop, a quote or a dash begins what somebody else says
        let turn = next.starts_with(['“', '「', '『', '—', '-', '–', '"']) && prose::ends_sentence(line);
        !next.trim().is_empty() && !begins_paragraph(next) && !turn && self.is_full(line) && !self.heads(line, next)
    }

    /// Whether a line is about as wide as all are.
    fn is_full(self, line: &str) -> bool {
        prose::cells(line.trim_end()) + SLACK >= self.width
    }

    /// Whether `next` is a heading after the end of a sentence: numbered as headings
    /// are, or short and no sentence. The last line of a paragraph is short too, but ends one.
    fn heads(self, line: &str, next: &str) -> bool {
        let text = next.trim();
        // what stands in brackets belongs to what was said before
        let short = !self.is_full(text) && !text.starts_with(['（', '(']) && !prose::ends_sentence(text) && !text.ends_with(['，', '、', ',', '—', '-']);
        // what is asked last reads all of the line
        ends_full(line) && (is_numbered(text) || short || chapters::is_plain(text))
    }
}

/// Whether a sentence is over: 。！？ and what closes behind them, no ； or ：.
fn ends_full(line: &str) -> bool {
    prose::ends_sentence(line) && !line.trim_end().ends_with(['；', '：', ';', ':', '…'])
}

/// Whether a line begins with a number as headings have it: 二、 （一） 3. .
fn is_numbered(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || is_han_numeral(c);
    let (open, bare) = text.strip_prefix(['（', '(']).map_or((false, text), |rest| (true, rest));
    let rest = bare.trim_start_matches(is_digit);
    let digits = bare.chars().take(5).take_while(|c| is_digit(*c)).count();
    let mut rest = rest.chars();
    let mark = rest.next();
    let follows = rest.next();
    // 3.5 and 2024. count nothing
    (1..=3).contains(&digits)
        && match mark {
            Some('）' | ')') => open,
            Some('、') => !open,
            Some('.' | '．') => !open && follows.is_some_and(|c| !c.is_ascii_digit()),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_width_is_a_habit_of_machines() {
        let text = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸";
        let sentence = text.repeat(8);
        let wrapped: Vec<String> = sentence.chars().collect::<Vec<_>>().chunks(15).map(|c| c.iter().collect()).collect();
        let found = detect(wrapped.iter().map(String::as_str));
        assert_eq!(found, Some(Wrap { width: 30 }));
        // sentences of many lengths, each ended: paragraphs
        let lines: Vec<String> = (10..40).map(|n| format!("{}。", text.chars().cycle().take(n).collect::<String>())).collect();
        assert_eq!(detect(lines.iter().map(String::as_str)), None);
        assert_eq!(detect(["短"].into_iter()), None);
    }

    #[test]
    fn a_short_line_ends_a_paragraph() {
        let wrap = Wrap { width: 30 };
        assert!(wrap.joins("一二三四五六七八九十一二三四五", "六"));
        assert!(!wrap.joins("一二三。", "四五六"));
        assert!(!wrap.joins("一二三四五六七八九十一二三四五", "　　六"));
    }

    #[test]
    fn a_heading_after_a_full_stop_begins_anew() {
        let wrap = Wrap { width: 40 };
        let full = "这一段到这里刚好写满一行，话也说完了。";
        for head in ["二、怎么办", "（一）摸清底数", "第三章 归来", "结语", "3. 钱从何处来", "12、谁来办", "二、这一条写得很长，长到了一整行那么长也没有完"]
        {
            assert!(!wrap.joins(full, head), "{head}");
            assert!(wrap.joins("这一段到这里刚好写满一行，话还没有说完，", head), "{head}");
        }
        for line in ["短句也是句。", "后面还有整整一行的话要说，说到这里还没有", "3.5亿元，", "（见图二）", "短的，"] {
            assert!(wrap.joins(full, line), "{line}");
        }
        assert!(wrap.joins("这一段到这里刚好写满一行，后面还有几句；", "其二"));
    }
}
