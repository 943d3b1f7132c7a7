//! Rewrites Markdown lines so that `CommonMark` reads them as their authors meant.
//!
//! Works line by line and keeps their number, so that a line of the repaired
//! text is the same line of the file.
//!
//! 1. `#标题` and `＃ 标题` become headings; `{.class}` after a heading goes.
//! 2. `文字⏎---` is a paragraph and a rule, not a heading; over `===` a short line is one.
//! 3. An indented line of prose is not code; a fence around prose goes.
//! 4. `2019. 年…` is not a list.
//! 5. Text that only looks like a tag stays text ([`tags`]); signs inside a line mean what their author
//!    meant ([`marks`]), and so do targets of links ([`targets`]).
//! 6. Code and declarations without an end ([`declarations`]) are one line. A line's outer `<div>` and `<center>` go: Markdown inside them is meant.
//! 7. The bytes of inline pictures go ([`payloads`]): they make lines too long to parse.
//!
//! Nothing is repaired inside code.

use super::tags::{self, Closed};
use super::{declarations, marks, targets};
use crate::format::prose;
use crate::text::words::Words;
use std::borrow::Cow;

/// The lines above the next one.
#[derive(Default)]
struct State<'a> {
    fence: Option<Fence>,
    in_list: bool,
    before: &'a str,
}

/// An open fence.
#[derive(Clone, Copy)]
struct Fence {
    mark: char,
    width: usize,
    /// True where it holds prose, so that it goes.
    is_prose: bool,
}

impl Fence {
    /// Returns the fence that a line opens; `rest` are the lines after it.
    fn open(bare: &str, rest: &[&str]) -> Option<Self> {
        let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let width = bare.chars().take_while(|c| *c == mark).count();
        let opens = width >= 3 && !bare.get(width..).unwrap_or_default().contains('`');
        opens.then(|| Self {
            mark,
            width,
            is_prose: fence_holds_prose(rest, mark, width),
        })
    }

    fn is_closed_by(self, bare: &str) -> bool {
        let width = bare.chars().take_while(|c| *c == self.mark).count();
        width >= self.width.max(1) && bare.trim_end().chars().all(|c| c == self.mark)
    }
}

/// Beginning of the bytes of an inline picture.
pub const PAYLOAD: &str = ";base64,";
/// Indent of code, in columns.
const CODE_INDENT: usize = 4;
/// Limit of an inline image that is left, in bytes.
const MAX_PAYLOAD_BYTES: usize = 64 << 10;

/// Returns a text without the bytes of inline pictures; `None` if it has none.
pub fn payloads(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let (mut out, mut from) = (String::new(), 0);
    for at in memchr::memmem::find_iter(bytes, PAYLOAD.as_bytes()).map(|at| at + PAYLOAD.len()) {
        let rest = bytes.get(at.max(from)..).unwrap_or_default();
        let len = rest.iter().take_while(|b| is_payload(**b)).count();
        if len > MAX_PAYLOAD_BYTES {
            out.push_str(text.get(from..at).unwrap_or_default());
            from = at + len;
        }
    }
    (from > 0).then(|| out + text.get(from..).unwrap_or_default())
}

/// Recognises the bytes of an inline picture.
pub fn is_payload(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'%' | b'-' | b'_')
}

/// Repairs a text, or a part of one that closes these elements. Linear; lines keep their numbers.
pub fn repair(text: &str, closed: &Closed) -> String {
    let lines: Vec<&str> = prose::lines(text).collect();
    let mut out = String::with_capacity(text.len() + text.len() / 50 + 16);
    let mut state = State::default();
    for (i, line) in lines.iter().enumerate() {
        let rest = lines.get(i + 1..).unwrap_or_default();
        let fixed = one(line, rest, closed, &mut state);
        out.push_str(&fixed);
        out.push('\n');
        state.before = line;
    }
    out
}

/// Repairs one line; `rest` are the lines after it.
fn one<'a>(line: &'a str, rest: &[&str], closed: &Closed, state: &mut State<'a>) -> Cow<'a, str> {
    let bare = line.trim_start();
    if let Some(fence) = state.fence {
        let closes = fence.is_closed_by(bare);
        state.fence = state.fence.filter(|_| !closes);
        return match (closes, fence.is_prose) {
            (true, true) => Cow::Borrowed(""),
            (false, true) => {
                let line = line.trim_matches([' ', '\t']);
                prose::and_then(tags::literal(line, rest, closed), inline)
            }
            _ => Cow::Borrowed(line),
        };
    }
    if let Some(fence) = Fence::open(bare, rest) {
        state.fence = Some(fence);
        return Cow::Borrowed(if fence.is_prose { "" } else { line });
    }
    if bare.is_empty() {
        return Cow::Borrowed("");
    }
    let indent = indent(line);
    if is_item(bare) && indent < CODE_INDENT {
        state.in_list = true;
    } else if indent < 2 && !bare.starts_with('>') {
        state.in_list = false;
    }
    if is_rule_below(bare, state.before) {
        return Cow::Borrowed("***");
    }
    let is_prose = || prose::is_prose(bare) || bare.starts_with('<');
    let is_indented_prose = indent >= CODE_INDENT && !state.in_list && is_prose();
    if is_code(indent, state) && !is_prose() {
        return Cow::Borrowed(line);
    }
    let line = declarations::closed(if is_indented_prose { bare } else { line }, rest);
    let line = prose::and_then(line, |line| tags::literal(line, rest, closed));
    let line = prose::and_then(line, |line| Cow::Borrowed(unwrap_layout(line)));
    let line = prose::and_then(line, |line| {
        heading(line).unwrap_or_else(|| not_a_list(line))
    });
    prose::and_then(line, inline)
}

/// Recognises the indent of code.
fn is_code(indent: usize, state: &State) -> bool {
    if state.in_list {
        return indent >= 2 * CODE_INDENT;
    }
    indent >= CODE_INDENT
        && (state.before.trim().is_empty() || self::indent(state.before) >= CODE_INDENT)
}

/// Repairs links and signs inside a line.
fn inline(line: &str) -> Cow<'_, str> {
    prose::and_then(targets::repair(line), marks::repair)
}

/// Returns the indent of a line in columns.
fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Recognises a line of `---` or `===` that is a rule below the line before it, and no heading's.
fn is_rule_below(bare: &str, before: &str) -> bool {
    let is_heading = bare.starts_with('=') && reads_as_heading(before);
    is_underline(bare) && is_text(before) && !is_heading
}

/// Recognises a line that `---` below would make a heading.
fn is_text(line: &str) -> bool {
    let bare = line.trim_start();
    !bare.is_empty() && !bare.starts_with(['#', '>', '|', '-'])
}

/// Characters of the longest line that `===` makes a heading.
const MAX_UNDERLINED_CHARS: usize = 40;

/// Recognises a line that `===` below makes a heading: short, and no sentence.
pub(crate) fn reads_as_heading(line: &str) -> bool {
    prose::at_most(line, MAX_UNDERLINED_CHARS) && !prose::has_stop(line.trim())
}

/// Recognises a fence around Chinese sentences instead of code.
fn fence_holds_prose(rest: &[&str], mark: char, width: usize) -> bool {
    let inside = || {
        rest.iter().take_while(|l| {
            let bare = l.trim();
            !(bare.chars().all(|c| c == mark) && bare.chars().count() >= width)
        })
    };
    let (mut lines, mut prose) = (0usize, 0usize);
    let filled = inside().map(|l| l.trim()).filter(|l| !l.is_empty());
    for line in filled.take(200) {
        lines += 1;
        let code = line.ends_with(['{', '}', ';', ')'])
            || line.starts_with(['$', '#', '<', '/', '+', '|', '{'])
            || line.contains("──");
        prose += usize::from(prose::is_prose(line) && !code);
    }
    let is_sentence = |l: &&str| prose::ends_sentence(l) && prose::len(l) >= 10;
    let long = inside().take(200).any(is_sentence);
    lines > 0 && prose * 10 >= lines * 9 && long
}

/// Recognises the first line of a list item.
fn is_item(bare: &str) -> bool {
    let after = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks: &[char] = if after.len() < bare.len() {
        &['.', ')']
    } else {
        &['-', '*', '+']
    };
    after.starts_with(marks) && after.chars().nth(1).is_none_or(char::is_whitespace)
}

/// Recognises a line of `---` or `===`, which would make a heading of the line above it.
fn is_underline(bare: &str) -> bool {
    let bare = bare.trim_end();
    bare.len() >= 2 && (bare.chars().all(|c| c == '-') || bare.chars().all(|c| c == '='))
}

/// `#标题` and `＃ 标题` as headings; attributes after a heading go.
fn heading(line: &str) -> Option<Cow<'_, str>> {
    let bare = line.trim_start_matches(' ');
    let level = bare.chars().take_while(|c| matches!(c, '#' | '＃')).count();
    if !(1..=6).contains(&level) || line.len() - bare.len() > 3 {
        return None;
    }
    let text = bare.trim_start_matches(['#', '＃']);
    // #话题# and #1 are no headings
    let spaced = text.is_empty() || text.starts_with([' ', '\t', '\u{3000}']);
    let tag = level == 1 && !spaced && (text.contains('#') || text.contains(char::is_whitespace));
    if !spaced && (tag || !text.chars().next().is_some_and(prose::is_wide)) {
        return None;
    }
    let mut text = text.trim();
    if let Some(at) = text.rfind('{').filter(|_| text.ends_with('}')) {
        let inside = text.get(at + 1..text.len() - 1).unwrap_or_default();
        let is_attribute = |w: &str| w.starts_with(['.', '#']) || w.contains('=');
        let attributes = !inside.is_empty() && inside.split_whitespace().all(is_attribute);
        if attributes || inside == "-" {
            text = text.get(..at).unwrap_or_default().trim_end();
        }
    }
    Some(Cow::Owned(format!("{} {text}", "#".repeat(level))))
}

/// `2019. 年` and `1.` before a decimal are prose: the dot is escaped.
fn not_a_list(line: &str) -> Cow<'_, str> {
    let bare = line.trim_start();
    let after = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_item =
        after.starts_with(['.', ')']) && after.chars().nth(1).is_some_and(char::is_whitespace);
    if bare.len() - after.len() < 3 || !is_item {
        return Cow::Borrowed(line);
    }
    let (number, rest) = line.split_at(line.len() - after.len());
    Cow::Owned(format!("{number}\\{rest}"))
}

/// Returns a line without the layout tags at its edges.
fn unwrap_layout(line: &str) -> &str {
    static TAGS: Words = Words::new("div center section article main font");
    let mut text = line;
    if !text.trim_start().starts_with('<') && !text.trim_end().ends_with('>') {
        return line;
    }
    // one paragraph on a line of its own is that line
    let paragraph = line.trim_end().ends_with("</p>") && line.matches("<p").count() == 1;
    let is_layout = |tag: &str| {
        let name = tag.trim_start_matches('/').chars();
        let name: String = name.take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        TAGS.has(&name) || (paragraph && name == "p")
    };
    while let Some(rest) = text.trim_start().strip_prefix('<')
        && let Some(end) = rest.find('>')
        && rest.get(..end).is_some_and(is_layout)
    {
        text = rest.get(end + 1..).unwrap_or_default();
    }
    while let Some(rest) = text.trim_end().strip_suffix('>')
        && let Some(begin) = rest.rfind('<')
        && rest.get(begin + 1..).is_some_and(is_layout)
    {
        text = rest.get(..begin).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    fn line(text: &str) -> String {
        repair(text, &Closed::of(text))
            .trim_end_matches('\n')
            .to_owned()
    }

    #[test]
    fn lines_are_read_as_they_are_meant() {
        for [text, wanted] in rows(
            r#"
// headings
#标题 ¦ # 标题
＃ 标题 ¦ # 标题
#include <a> ¦ #include &lt;a>
## 标题 {.unnumbered} ¦ ## 标题
// rules
文字⏎--- ¦ 文字⏎***
// code and prose
    这是一句话。 ¦ 这是一句话。
```⏎这是诗一样的一句话，写在围栏里。⏎``` ¦ ⏎这是诗一样的一句话，写在围栏里。
// years
2019. 年初 ¦ 2019\. 年初
// strong and emphasis beside Chinese marks
谈**“质量”**的事 ¦ 谈<strong>“质量”</strong>的事
**注意：**必须 ¦ <strong>注意：</strong>必须
**标题 ** ¦ <strong>标题 </strong>
*“甲”*乙 ¦ <em>“甲”</em>乙
// layout tags
<div align="center">⏎**图**⏎</div> ¦ ⏎**图**
<center>图一</center> ¦ 图一
<p align=center>**甲**</p> ¦ **甲**"#,
        ) {
            assert_eq!(line(text), wanted);
        }
        let same = "## 集合 {甲}¦#话题# 聊聊¦#1 楼¦\n---¦    let a = 1;¦12. 条目¦**普通**的¦\
            - 甲\n\n    乙的第二段。¦```\nlet 甲 = 1;\n```¦和 `**“甲”**`¦<p>甲</p><p>乙</p>";
        for same in same.split('¦') {
            assert_eq!(line(same), same);
        }
    }

    #[test]
    fn pictures_in_the_text_go() {
        let long = "A+/=".repeat(20_000);
        let text = "甲![图](data:image/png;base64,¦)乙<img src=\"data:image/gif;base64,¦\">丙";
        let found = payloads(&text.replace('¦', &long));
        assert_eq!(found, Some(text.replace('¦', "")));
        assert_eq!(payloads("甲![图](data:image/png;base64,AAAA)"), None);
    }
}
