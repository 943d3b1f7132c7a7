//! Puts targets of links and pictures that hold blanks between angle brackets, without which
//! `CommonMark` takes the whole for text: `![图](附件/图 1.png)`.
//!
//! The size behind a picture's target (`=300x200`) goes.

use super::code_spans::CodeSpans;
use std::borrow::Cow;

/// Limit of a target, in bytes.
const MAX_TARGET_BYTES: usize = 2000;

/// Repairs the targets of a line.
pub fn repair(line: &str) -> Cow<'_, str> {
    if let Some((label, target)) = line.split_once("]: ").filter(|_| line.starts_with('['))
        && let Some(fixed) = fixed(target).filter(|_| !label.contains([']', '^']))
    {
        return Cow::Owned(format!("{label}]: {fixed}"));
    }
    if !line.contains("](") {
        return Cow::Borrowed(line);
    }
    let code = CodeSpans::of(line);
    let (mut out, mut from) = (String::new(), 0);
    for (at, _) in line.match_indices("](").filter(|(at, _)| !code.holds(*at)) {
        let start = at + 2;
        let Some(inside) = line.get(start.max(from)..).and_then(inside) else {
            continue;
        };
        if let Some(fixed) = fixed(inside).filter(|_| start >= from) {
            out.push_str(line.get(from..start).unwrap_or_default());
            out.push_str(&fixed);
            from = start + inside.len();
        }
    }
    if from == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(line.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Returns the text before the bracket that closes the one before it.
fn inside(text: &str) -> Option<&str> {
    let mut depth = 0usize;
    for (at, c) in text
        .char_indices()
        .take_while(|(at, _)| *at <= MAX_TARGET_BYTES)
    {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return text.get(..at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns a target with blanks as Markdown reads it; `None` where it needs no change or is none.
fn fixed(inside: &str) -> Option<String> {
    let text = inside.trim();
    if !text.contains([' ', '\u{3000}', '\t']) || text.contains(['<', '>']) {
        return None;
    }
    let (target, title) = match title_at(text) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (target, has_size) = match target.rsplit_once(" =") {
        Some((target, size)) if is_size(size.trim()) => (target, true),
        _ => (target, false),
    };
    let target = target.trim_end();
    let has_blank = target.contains([' ', '\u{3000}', '\t']);
    if !(has_size || has_blank && is_address(target)) {
        return None;
    }
    let gap = if title.is_empty() { "" } else { " " };
    Some(format!("<{target}>{gap}{title}"))
}

/// Returns the position of a title in quotation marks at the end.
fn title_at(text: &str) -> Option<usize> {
    let quote = text
        .chars()
        .next_back()
        .filter(|c| matches!(c, '"' | '\''))?;
    let open = format!(" {quote}");
    text.find(&open)
        .map(|at| at + 1)
        .filter(|at| at + 1 < text.len())
}

/// Recognises the size of a picture: 300x200, 300x, x200.
fn is_size(text: &str) -> bool {
    let is_side = |side: &str| side.bytes().all(|b| b.is_ascii_digit() || b == b'%');
    let sides = text.split_once(['x', 'X', '*']).unwrap_or((text, ""));
    text.len() > 1 && is_side(sides.0) && is_side(sides.1)
}

/// Recognises an address, or the path of a file.
fn is_address(target: &str) -> bool {
    let has_ending = target.rsplit_once('.').is_some_and(|(_, ending)| {
        (1..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    target.contains('/') || target.starts_with('#') || has_ending
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_with_blanks_are_targets() {
        for (line, wanted) in [
            ("![图](附件/图 1.png)，", "![图](<附件/图 1.png>)，"),
            ("[甲](a b.md \"题\")尾", "[甲](<a b.md> \"题\")尾"),
            ("[甲](图 (1).png)", "[甲](<图 (1).png>)"),
            ("![图](a.png =300x200)", "![图](<a.png>)"),
            ("[甲]: 附件/图 1.png", "[甲]: <附件/图 1.png>"),
            ("[甲](http://a.b/旧 页)", "[甲](<http://a.b/旧 页>)"),
        ] {
            assert_eq!(repair(line), wanted);
        }
        for same in [
            "[甲](a.png \"一 二\")",
            "[注](见 下文)",
            "[^1]: 见 a/b 下文",
            "`[甲](a b.md)`",
            "[甲](<a b.md>)",
            "[甲](a b.md",
        ] {
            assert_eq!(repair(same), same);
        }
    }
}
