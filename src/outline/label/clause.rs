//! Divides a text into its clauses.
//!
//! Marks inside quotes and brackets divide nothing; a bracket that never closes is none.

use crate::text::Span;

/// Characters that are looked at: what a label takes is in them.
pub const MAX_SEARCHED_CHARS: usize = 320;

/// Opening brackets and quotes, each before its closing one.
const BRACKET_PAIRS: &str = "“”‘’「」『』《》〈〉（）()【】〔〕[]";

/// The mark that a clause ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseMark {
    /// 。！ or the end of the line.
    Stop,
    /// ？
    Question,
    /// ；
    Semicolon,
    /// ：
    Colon,
    /// ——
    Dash,
    /// ，or ……
    Comma,
    /// None: the text ends.
    End,
}

impl ClauseMark {
    /// Returns whether a sentence ends with it, or half of one.
    pub fn ends_sentence(self) -> bool {
        matches!(
            self,
            Self::Stop | Self::Question | Self::Semicolon | Self::End
        )
    }
}

/// A part of a text between two marks.
#[derive(Clone, Copy, Debug)]
pub struct Clause<'a> {
    /// Its text, without the marks and blanks around it.
    pub text: &'a str,
    /// The byte at which it begins.
    pub start: usize,
    /// The mark behind it.
    pub mark: ClauseMark,
}

impl Clause<'_> {
    /// The byte at which it ends.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Returns the clauses of the beginning of a text. None is empty.
pub fn split(text: &str) -> Vec<Clause<'_>> {
    let end = text.char_indices().nth(MAX_SEARCHED_CHARS);
    let text = end.map_or(text, |(end, _)| text.split_at(end).0);
    let pairs = pairs(text);
    let mut clauses = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut closed = pairs.iter();
    let mut push = |from: usize, to: usize, mark| {
        let part = text.get(from..to).unwrap_or_default();
        let body =
            part.trim_start_matches(|c: char| c.is_whitespace() || "，。；：、,".contains(c));
        let start = to - body.len();
        let text = body.trim_end();
        if !text.is_empty() {
            clauses.push(Clause { text, start, mark });
        }
    };
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(pair) = closed.as_slice().first().filter(|p| p.start.byte() <= at) {
            closed.next();
            let (cut, mark) = around(text, *pair);
            if let (true, Some(mark)) = (cut > from, mark) {
                push(from, cut, mark);
                from = pair.end.byte();
            }
            at = pair.end.byte();
        } else if let Some((mark, len)) = mark_at(text, at) {
            push(from, at, mark);
            at += len;
            from = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    push(from, text.len(), ClauseMark::End);
    clauses
}

/// Returns where a clause ends at a bracket or quote that holds whole sentences, and the mark
/// that this stands for: before a bracket, behind a quote.
fn around(text: &str, pair: Span) -> (usize, Option<ClauseMark>) {
    let inside = pair.of(text);
    let is_bracket = inside.starts_with(['（', '(', '〔', '[', '【']);
    let ends: Vec<char> = inside.chars().filter(|c| "。！？!?".contains(*c)).collect();
    let closing = inside.chars().next_back().map_or(0, char::len_utf8);
    let inner = inside.split_at(inside.len() - closing).0;
    let Some(last) = inner.chars().next_back().filter(|c| ends.contains(c)) else {
        return (0, None);
    };
    if is_bracket {
        return (pair.start.byte(), Some(ClauseMark::Stop));
    }
    let behind = text.get(pair.end.byte()..).unwrap_or_default();
    let is_name = ends.len() == 1 && "？?".contains(last) || behind.starts_with('的');
    (pair.end.byte(), (!is_name).then_some(ClauseMark::Stop))
}

/// Returns the outermost brackets that close, in text order.
fn pairs(text: &str) -> Vec<Span> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut pairs: Vec<Span> = Vec::new();
    for (i, c) in text.char_indices() {
        let Some(place) = BRACKET_PAIRS.chars().position(|b| b == c) else {
            continue;
        };
        if place % 2 == 0 {
            open.extend(
                BRACKET_PAIRS
                    .chars()
                    .nth(place + 1)
                    .map(|closing| (closing, i)),
            );
        } else if let Some(match_at) = open.iter().rposition(|(closing, _)| *closing == c) {
            let start = open.get(match_at).map_or(i, |(_, start)| *start);
            open.truncate(match_at);
            while pairs.pop_if(|inner| inner.start.byte() > start).is_some() {}
            pairs.push(Span::new(start, i + c.len_utf8()));
        }
    }
    pairs
}

/// Returns the mark at byte `at` of a text, and its length in bytes.
fn mark_at(text: &str, at: usize) -> Option<(ClauseMark, usize)> {
    let (before, rest) = text.split_at_checked(at)?;
    let c = rest.chars().next()?;
    let mark = match c {
        '。' | '！' | '!' | '\n' => ClauseMark::Stop,
        '？' | '?' => ClauseMark::Question,
        '；' | ';' => ClauseMark::Semicolon,
        '：' | ':' => ClauseMark::Colon,
        '，' | ',' => ClauseMark::Comma,
        '—' | '―' if rest.chars().nth(1) == Some(c) => ClauseMark::Dash,
        '…' => ClauseMark::Comma,
        '.' if before.ends_with(|c: char| !c.is_ascii()) => ClauseMark::Stop,
        _ => return None,
    };
    let after = rest.split_at(c.len_utf8()).1;
    let is_number = |c: char| c.is_ascii_digit();
    let in_number = before.ends_with(is_number) && after.starts_with(is_number);
    let is_address = c.is_ascii()
        && after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && before.ends_with(|c: char| c.is_ascii_alphanumeric());
    if in_number || is_address {
        return None;
    }
    let len = rest.find(|next| next != c).unwrap_or(rest.len());
    Some((mark, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_at_marks_outside_brackets() {
        for (text, wanted) in [
            ("甲，乙；丙。丁", "甲 乙 丙 丁"),
            ("“甲，乙”丙，丁", "“甲，乙”丙 丁"),
            ("“甲，乙丙，丁", "“甲 乙丙 丁"),
            ("1,000元，10:30起", "1,000元 10:30起"),
            ("甲乙（丙，丁。）戊己", "甲乙 戊己"),
            ("甲（丙）乙，丁", "甲（丙）乙 丁"),
            ("甲说：“乙丙。”丁", "甲说 “乙丙。” 丁"),
            ("“甲？”这一问", "“甲？”这一问"),
            ("甲——乙……丙", "甲 乙 丙"),
            ("", ""),
        ] {
            let clauses: Vec<_> = split(text).iter().map(|c| c.text).collect();
            assert_eq!(clauses.join(" "), wanted, "{text}");
        }
    }
}
