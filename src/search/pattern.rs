//! A regular expression, found within lines.
//!
//! A line of the text is a paragraph, and `[^，。]` is meant to stop at its end as `.` does. Only
//! an expression that names a line break (`\n`, `(?s)`) spans lines.

use super::Fault;
use crate::text::{Pos, Span, cluster};
use regex::{Regex, RegexBuilder};
use std::ops::Range;

/// Bytes of a compiled expression.
const MAX_REGEX_BYTES: usize = 1 << 20;

/// A compiled regular expression.
#[derive(Debug)]
pub(super) struct Pattern {
    regex: Regex,
    spans_lines: bool,
}

impl Pattern {
    /// Compiles an expression; an error where it is wrong or too large.
    pub(super) fn new(typed: &str) -> Result<Self, Fault> {
        Ok(Self {
            regex: compile(typed)?,
            spans_lines: typed.contains("\\n") || names_dot_all(typed),
        })
    }

    /// Returns whether a hit may hold a line break.
    pub(super) fn spans_lines(&self) -> bool {
        self.spans_lines
    }

    /// Adds the hits in a part of the text that begins and ends with a line.
    pub(super) fn find(&self, text: &str, range: Range<usize>, found: &mut Vec<Span>) {
        let part = text.get(range.clone()).unwrap_or_default();
        let is_whole = |at: Pos| cluster::is_boundary(text, at.byte());
        let mut at = 0;
        while let Some(hit) = self.next(part, at) {
            let span = Span::new(range.start + hit.start, range.start + hit.end);
            if !span.is_empty() && is_whole(span.start) && is_whole(span.end) {
                found.push(span);
            }
            let behind = part.get(hit.end..).unwrap_or_default().chars().next();
            at = match behind {
                Some(c) if hit.is_empty() => hit.end + c.len_utf8(),
                None if hit.is_empty() => break,
                _ => hit.end,
            };
        }
    }

    /// Returns the first hit at or behind a byte of a text.
    fn next(&self, text: &str, mut at: usize) -> Option<Range<usize>> {
        loop {
            let hit = self.regex.find_at(text, at)?.range();
            let line_end = hit.start + text.get(hit.clone())?.find('\n').unwrap_or(hit.len());
            if self.spans_lines || line_end == hit.end {
                return Some(hit);
            }
            // what spans lines may still have a hit that ends with its first line
            let line = text.get(..line_end)?;
            if let Some(hit) = self.regex.find_at(line, hit.start) {
                return Some(hit.range());
            }
            at = line_end + 1;
        }
    }
}

/// Returns whether an expression lets `.` match a line break: `(?s)`, `(?is:…)`.
fn names_dot_all(typed: &str) -> bool {
    let groups = typed.split("(?").skip(1);
    let mut flags = groups.map(|group| group.split([':', ')', '-']).next().unwrap_or_default());
    flags.any(|flags| flags.contains('s') && flags.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Compiles an expression with the limits of a search.
fn compile(pattern: &str) -> Result<Regex, Fault> {
    RegexBuilder::new(pattern)
        .multi_line(true)
        .size_limit(MAX_REGEX_BYTES)
        .dfa_size_limit(8 * MAX_REGEX_BYTES)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => ("正则太大".to_owned(), "too large".to_owned()),
            other => {
                let text = other.to_string();
                let last = text.lines().last().unwrap_or_default();
                let said = last.strip_prefix("error: ").unwrap_or(last);
                let mut rows = FAULTS.lines().filter_map(|row| row.split_once(" | "));
                let row = rows.find(|(en, _)| said.starts_with(en));
                let zh = row.map_or(said, |(_, zh)| zh);
                (format!("正则有误：{zh}"), said.to_owned())
            }
        })
}

/// Common faults of a regular expression that is still being typed: how the message of the
/// library begins, and the same in Chinese.
const FAULTS: &str = "
unclosed group | 括号未闭合
unopened group | 多了右括号
unclosed character class | 方括号未闭合
repetition operator missing expression | 重复号前没有东西
unclosed counted repetition | 花括号未闭合
repetition quantifier expects a valid decimal | 花括号里要数字
incomplete escape sequence | 反斜线后没有东西
unrecognized escape sequence | 没有这种转义
invalid character class range | 字符范围前后颠倒
invalid repetition count range | 重复次数前后颠倒
look-around | 不支持环视
backreferences are not supported | 不支持反向引用
";

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the hits of an expression as text.
    fn hits<'t>(typed: &str, text: &'t str) -> Vec<&'t str> {
        let mut found = Vec::new();
        let pattern = Pattern::new(typed).unwrap();
        pattern.find(text, 0..text.len(), &mut found);
        found.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_hit_ends_with_its_line() {
        let text = "此路不通\n所谓法理\n通则所谓久";
        assert_eq!(hits("通[^，。]{1,8}谓", text), ["通则所谓"]);
        assert_eq!(hits("通[^，。]*", text), ["通", "通则所谓久"]);
        assert_eq!(hits(r"通\s+所", text), [""; 0]);
        assert_eq!(hits(r"\s*所谓.", text), ["所谓法", "所谓久"]);
        assert_eq!(
            hits("^.|.$", "甲乙\n丙\n\n丁戊"),
            ["甲", "乙", "丙", "丁", "戊"]
        );
        assert_eq!(hits("[^甲]+", "甲乙\n\n丙甲\n"), ["乙", "丙"]);
        assert_eq!(hits("x*", "axx\n\nxb"), ["xx", "x"]);
    }

    #[test]
    fn an_expression_that_names_a_line_break_spans_lines() {
        let text = "此路不通\n所谓法理";
        assert_eq!(hits(r"通\n所", text), ["通\n所"]);
        assert_eq!(hits("(?s)路.*法", text), ["路不通\n所谓法"]);
        assert_eq!(hits("(?is:通.)所", text), ["通\n所"]);
        assert_eq!(hits("(?-s)路.*", text), ["路不通"]);
        assert_eq!(hits("(?P<通>通).*", text), ["通"]);
    }
}
