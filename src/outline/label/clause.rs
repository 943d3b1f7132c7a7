//! Splits the beginning of a text into clauses, with quotes and brackets closed.

use crate::text::sentence::FULL_STOPS;

/// Characters that are searched for clauses.
pub const MAX_SPLIT_CHARS: usize = 240;

/// Characters behind which a full stop ends the search.
const MIN_SEARCHED_CHARS: usize = 60;

/// Characters of a quotation or a bracket that is closed; a longer one has lost its end.
const MAX_QUOTED_CHARS: usize = 120;

/// The mark that ends a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseMark {
    Comma,
    Colon,
    Dash,
    Semicolon,
    Question,
    Stop,
    /// The end of the text, without a mark.
    Open,
}

/// A clause of a text, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// The first byte, behind blanks.
    pub start: usize,
    /// The byte before its mark.
    pub end: usize,
    pub mark: ClauseMark,
}

/// The clauses at the beginning of a text.
#[derive(Debug)]
pub struct Clauses<'a> {
    /// The text in simplified characters.
    pub text: &'a str,
    /// True in an article of a law.
    pub is_law: bool,
    list: Vec<Clause>,
}

impl<'a> Clauses<'a> {
    /// Splits a text. One that ends at a marker or a paragraph ends its last clause there.
    pub fn new(text: &'a str) -> Self {
        let mut splitter = Splitter {
            text,
            ..Splitter::default()
        };
        splitter.run();
        Self {
            text,
            is_law: false,
            list: splitter.clauses,
        }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn get(&self, i: usize) -> Option<&Clause> {
        self.list.get(i)
    }

    /// Returns the words of a clause; empty where there is none.
    pub fn words(&self, i: usize) -> &'a str {
        self.span(i, i)
    }

    /// Returns the mark behind a clause.
    pub fn mark(&self, i: usize) -> ClauseMark {
        self.get(i).map_or(ClauseMark::Open, |c| c.mark)
    }

    /// Returns the words from clause `first` to clause `last`.
    pub fn span(&self, first: usize, last: usize) -> &'a str {
        let ends = self.get(first).zip(self.get(last));
        ends.and_then(|(a, b)| self.text.get(a.start..b.end))
            .unwrap_or_default()
    }

    /// Returns the characters from clause `first` to clause `last`, marks between them counted.
    pub fn chars(&self, first: usize, last: usize) -> usize {
        chars(self.span(first, last))
    }

    /// Returns the last clause of the sentence that clause `i` is in; half sentences count.
    pub fn sentence_end(&self, i: usize) -> usize {
        let goes_on = |j: &usize| {
            matches!(
                self.mark(*j),
                ClauseMark::Comma | ClauseMark::Colon | ClauseMark::Dash
            ) && j + 1 < self.len()
        };
        let ends = (i..self.len()).find(|j| !goes_on(j));
        ends.unwrap_or(i)
    }

    /// Returns the last clause of the sentence that clause `i` is in, half sentences aside.
    pub fn stop(&self, i: usize) -> usize {
        let is_half = |j: &usize| self.mark(*j) == ClauseMark::Semicolon && j + 1 < self.len();
        let mut end = self.sentence_end(i);
        while is_half(&end) {
            end = self.sentence_end(end + 1);
        }
        end
    }
}

/// Counts the characters of a text without blanks.
pub fn chars(text: &str) -> usize {
    crate::text::letter::visible(text)
}

#[derive(Default)]
struct Splitter<'a> {
    text: &'a str,
    clauses: Vec<Clause>,
    /// The first byte of the clause in the making, if it has begun.
    start: Option<usize>,
    /// Quotes and brackets that are open, and the byte and the character of the first.
    depth: usize,
    opened: (usize, usize),
    before: char,
    stops: usize,
}

impl Splitter<'_> {
    fn run(&mut self) {
        for (n, (i, c)) in self.text.char_indices().enumerate() {
            if n >= MAX_SPLIT_CHARS || (self.stops > 1 && n >= MIN_SEARCHED_CHARS) {
                // a clause that is cut off here cannot be judged
                if self.clauses.is_empty() {
                    self.push(i, ClauseMark::Open);
                }
                return;
            }
            if self.depth > 0 && (c == '\n' || n > self.opened.1 + MAX_QUOTED_CHARS) {
                self.depth = 0;
            }
            self.read(n, i, c);
            self.before = c;
        }
        self.push(self.text.len(), ClauseMark::Open);
    }

    fn read(&mut self, n: usize, i: usize, c: char) {
        match c {
            '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '(' | '【' | '〔' | '[' => {
                self.start.get_or_insert(i);
                if self.depth == 0 {
                    self.opened = (i, n);
                }
                self.depth += 1;
            }
            '”' | '’' | '」' | '』' | '》' | '〉' | '）' | ')' | '】' | '〕' | ']' => {
                self.close(i, c);
            }
            _ if self.depth > 0 => {}
            _ => match self.mark(i, c) {
                Some(mark) => self.push(i, mark),
                None if c.is_whitespace() => {}
                None => {
                    self.start.get_or_insert(i);
                }
            },
        }
    }

    /// Closes a quote or a bracket. A full stop before it ends a sentence; a bracket that holds
    /// a sentence is left out.
    fn close(&mut self, i: usize, c: char) {
        self.start.get_or_insert(i);
        self.depth = self.depth.saturating_sub(1);
        if self.depth > 0 || !FULL_STOPS.contains(&self.before) {
            return;
        }
        let is_bracket = matches!(c, '）' | ')');
        let has_words = self.start.is_some_and(|start| start < self.opened.0);
        let end = if is_bracket && has_words {
            self.opened.0
        } else {
            i + c.len_utf8()
        };
        self.push(end, ClauseMark::Stop);
    }

    /// Returns the mark that `c` at byte `i` is. Commas and colons in numbers are none.
    fn mark(&self, i: usize, c: char) -> Option<ClauseMark> {
        let next = || {
            let rest = self.text.get(i + c.len_utf8()..);
            rest.and_then(|rest| rest.chars().next())
        };
        let in_number =
            || self.before.is_ascii_alphanumeric() && next().is_some_and(|c| c.is_ascii_digit());
        // one alone may join two names; two, or one between blanks, part clauses
        let is_dash = || {
            let is_other = |o: char| o == c || o.is_whitespace();
            is_other(self.before) || next().is_some_and(is_other)
        };
        let mark = match c {
            '，' => ClauseMark::Comma,
            ',' if !in_number() => ClauseMark::Comma,
            '：' => ClauseMark::Colon,
            ':' if !in_number() => ClauseMark::Colon,
            '—' | '─' if is_dash() => ClauseMark::Dash,
            '…' | '；' | ';' => ClauseMark::Semicolon,
            '？' | '?' => ClauseMark::Question,
            '。' | '！' | '!' | '．' | '\n' => ClauseMark::Stop,
            _ => return None,
        };
        Some(mark)
    }

    /// Ends the clause in the making before byte `end`.
    fn push(&mut self, end: usize, mark: ClauseMark) {
        let Some(start) = self.start.take() else {
            return;
        };
        let words = self.text.get(start..end).unwrap_or_default().trim_end();
        if words.chars().any(char::is_alphanumeric) {
            self.stops += usize::from(matches!(mark, ClauseMark::Stop | ClauseMark::Question));
            self.clauses.push(Clause {
                start,
                end: start + words.len(),
                mark,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the clauses of a text, each with its mark.
    fn split(text: &str) -> String {
        let clauses = Clauses::new(text);
        let print = |i| format!("{}|{:?} ", clauses.words(i), clauses.mark(i));
        (0..clauses.len()).map(print).collect()
    }

    #[test]
    fn clauses_keep_quotes_and_numbers_whole() {
        for (text, wanted) in [
            ("，先修，后管。", "先修|Comma 后管|Stop "),
            ("定“先修，后管”的规矩", "定“先修，后管”的规矩|Open "),
            ("他说：“好。”走了", "他说|Colon “好。”|Stop 走了|Open "),
            ("修渠（渠长，水少。）修路", "修渠|Stop 修路|Open "),
            ("收1,000元，1:3", "收1,000元|Comma 1:3|Open "),
            ("谁修——村里修？", "谁修|Dash 村里修|Question "),
            ("”。修；管", "修|Semicolon 管|Open "),
        ] {
            assert_eq!(split(text), wanted, "{text}");
        }
    }

    #[test]
    fn the_search_is_bounded() {
        let long = "甲".repeat(1000);
        assert_eq!(Clauses::new(&long).chars(0, 0), MAX_SPLIT_CHARS);
        let quoted = format!("“{long}，{long}”");
        assert_eq!(Clauses::new(&quoted).len(), 1);
        let short = "修渠。".repeat(100);
        assert_eq!(Clauses::new(&short).len(), MIN_SEARCHED_CHARS / 3);
    }
}
