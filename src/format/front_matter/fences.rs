//! Finds where front matter ends, however its fences were written or forgotten.
//!
//! 1. `---`, `----`, `———`, `+++`, `;;;` and `---json` open it, indented or not; the same
//!    kind closes it. The lines between must be entries, with a key that is known or looks
//!    like one: rules around prose or an interview are not fences.
//! 2. Where the closing fence is missing it ends at the blank line before the body; where
//!    the opening one is missing, entries at the head do: both only where at least two
//!    known keys, a title among them, say that it is front matter at all.
//! 3. `{` opens JSON up to the brace that closes it.
//!
//! Never takes a line of prose. [`front_matter`](crate::format::front_matter) reads the entries.

use crate::format::front_matter::keys::{bbs_entry, entry, is_known, is_title};
use crate::format::prose;
use crate::text::words::Words;

/// Limit of front matter, in bytes, of which one line counts [`MAX_COUNTED_BYTES`] at most.
const MAX_FRONT_MATTER_BYTES: usize = 16 * 1024;
/// Bytes of a long line that count.
const MAX_COUNTED_BYTES: usize = 512;

/// A kind of fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// `---`: YAML, or JSON where it says so.
    Dashes,
    /// `+++`: TOML.
    Pluses,
    /// `;;;`: JSON.
    Semicolons,
}

/// Limit of a fence, in bytes.
const MAX_FENCE_BYTES: usize = 64;

/// Returns the kind of a fence; `None` for other lines.
pub fn fence(line: &str) -> Option<Fence> {
    let line = line.trim();
    if line.len() > MAX_FENCE_BYTES {
        return None;
    }
    let mut languages = ["json", "yaml", "toml"].into_iter();
    let bare = languages.find_map(|language| line.strip_suffix(language));
    let bare = bare.unwrap_or(line).trim_end();
    let all = |marks: &[char], least: usize| {
        bare.len() <= 60
            && bare.chars().count() >= least
            && bare.chars().all(|c| marks.contains(&c))
    };
    if all(&['-', '－', '–'], 3) || all(&['—', '─'], 2) {
        Some(Fence::Dashes)
    } else if all(&['+', '＋'], 3) {
        Some(Fence::Pluses)
    } else if all(&[';'], 3) {
        Some(Fence::Semicolons)
    } else {
        None
    }
}

/// Returns where front matter ends: the number of lines it takes with both fences, or
/// `None` where the text has none.
pub fn split(text: &str) -> Option<usize> {
    let mut taken = 0;
    let within = |line: &&str| {
        taken += line.len().min(MAX_COUNTED_BYTES) + 1;
        taken <= MAX_FRONT_MATTER_BYTES
    };
    let lines: Vec<&str> = text.lines().take_while(within).collect();
    let head = lines.iter().position(|l| !l.trim().is_empty())?;
    let first = lines.get(head)?.trim();
    let inside = lines.get(head + 1..)?;
    if let Some(open) = fence(first) {
        return fenced(open, inside).map(|n| head + 1 + n);
    }
    if first.starts_with('{') {
        return json(lines.get(head..)?).map(|n| head + n);
    }
    if let Some(len) = bbs(lines.get(head..)?) {
        return Some(head + len);
    }
    // without its opening fence, the first line must name a fact
    entry(first).filter(|(key, _)| is_known(key))?;
    open_ended(lines.get(head..)?, true).map(|n| head + n)
}

/// Returns how many lines after an opening fence belong to it, its closing one among them.
pub fn fenced(open: Fence, lines: &[&str]) -> Option<usize> {
    let is_filled = |l: &&str| !l.trim().is_empty() && !l.trim_start().starts_with('#');
    let begin = lines.iter().position(is_filled)?;
    let first = lines.get(begin)?.trim();
    if first.starts_with('{') {
        let end = begin + json(lines.get(begin..)?)?;
        let mut below = lines.iter().enumerate().skip(end);
        let next = below.find(|(_, l)| !l.trim().is_empty());
        let closed = next.filter(|(_, l)| fence(l).is_some());
        return Some(closed.map_or(end, |(i, _)| i + 1));
    }
    let table = open == Fence::Pluses && first.starts_with('[');
    if !table {
        entry(first)?;
    }
    let mut quoted = false;
    for (i, line) in lines.iter().enumerate() {
        let bare = line.trim();
        if quoted || opens_text(bare) {
            quoted = quoted != (opens_text(bare) || closes_text(bare));
            continue;
        }
        // a fence inside a block scalar is indented, below lines that are indented deeper
        if fence(line) == Some(open) || (open == Fence::Dashes && bare == "...") {
            return states(lines.get(..i)?).then_some(i + 1);
        }
        let after_blank = i > 0 && lines.get(i - 1).is_some_and(|l| l.trim().is_empty());
        // prose over a line end or two may be a description; more of it is the body
        let mut below = lines.iter().skip(i + 1).take(3);
        let mut is_long = || {
            let is_sentence = prose::len(line) >= 20 && prose::has_stop(line);
            is_sentence && !below.any(|l| fence(l) == Some(open))
        };
        if is_body(line) && (after_blank || is_long()) {
            return open_ended(lines, false);
        }
    }
    open_ended(lines, false)
}

/// Recognises front matter between fences: one of its keys is known, or none is Chinese and
/// not all of its values are sentences. 记者：… and 专家：… between rules are an interview.
fn states(lines: &[&str]) -> bool {
    let entries = || lines.iter().filter_map(|l| entry(l.trim_start()));
    let is_sentence = |value: &str| prose::has_han(value) && prose::ends_sentence(value);
    let is_known = entries().any(|(key, _)| is_known(key));
    let is_ascii = || entries().all(|(key, _)| key.is_ascii());
    // a table of TOML may be empty
    let is_empty = || entries().next().is_none();
    is_known || is_empty() || is_ascii() && !entries().all(|(_, value)| is_sentence(value))
}

/// Recognises a line of TOML that begins a text over several lines.
fn opens_text(line: &str) -> bool {
    let begins = |quote: &str| entry(line).is_some_and(|(_, value)| value.starts_with(quote));
    let mut quotes = ["\"\"\"", "'''"].into_iter();
    quotes.any(|quote| line.matches(quote).count() == 1 && begins(quote))
}

/// Recognises a line of TOML that ends such a text.
fn closes_text(line: &str) -> bool {
    line.contains("\"\"\"") || line.contains("'''")
}

/// Recognises a line that cannot be part of front matter.
fn is_body(line: &str) -> bool {
    let is_heading = line.starts_with("# ") || line.starts_with("##");
    let is_entry = entry(line).is_some_and(|(key, _)| is_known(key) || key.is_ascii());
    !line.trim().is_empty()
        && !is_entry
        && (is_heading || !line.starts_with([' ', '\t', '-', '#', '[', ']', '}', '"']))
}

/// Returns how many lines the head of a BBS takes without any colon: author, title and time, and
/// the rule below them.
fn bbs(lines: &[&str]) -> Option<usize> {
    let keys = ["作者", "标题", "时间"];
    let is_of = |(line, key): (&&str, &str)| bbs_entry(line).is_some_and(|e| e.starts_with(key));
    let head = lines.get(..keys.len())?;
    let is_head = head.iter().zip(keys).all(is_of);
    let has_rule = lines
        .get(keys.len())
        .is_some_and(|line| fence(line).is_some());
    is_head.then_some(keys.len() + usize::from(has_rule))
}

/// Returns how many lines belong to front matter that has no closing fence: entries to the
/// first blank line, two of them known and one the title.
pub(super) fn open_ended(lines: &[&str], until_fence: bool) -> Option<usize> {
    let (mut facts, mut titled, mut end) = (0, false, 0);
    for (i, line) in lines.iter().enumerate() {
        if line.trim().is_empty() {
            break;
        }
        if until_fence && fence(line) == Some(Fence::Dashes) {
            end = i + 1;
            break;
        }
        let found = entry(line.trim_start());
        let goes_on = i > 0 && line.starts_with([' ', '\t', '-', '#', ']', '}']);
        // 核心提示：… is a paragraph, and so is a long line
        let is_short = |(key, value): &(&str, &str)| key.is_ascii() && prose::len(value) <= 120;
        let plain = found.filter(|entry| is_known(entry.0) || is_short(entry));
        if plain.is_none() && !goes_on {
            if until_fence {
                return None;
            }
            break;
        }
        facts += usize::from(plain.is_some_and(|(key, value)| is_known(key) && !value.is_empty()));
        titled |= plain.is_some_and(|(key, value)| is_title(key) && !value.is_empty());
        end = i + 1;
    }
    // a body follows
    let more = lines.iter().skip(end).any(|l| !l.trim().is_empty());
    // an outliner's page may have a title:: only
    let least = if lines
        .first()
        .is_some_and(|line| line.starts_with("title:: "))
    {
        1
    } else {
        2
    };
    (facts >= least && titled && more).then_some(end)
}

/// Returns how many lines an object of JSON takes that begins the first; `None` where it
/// does not end, or states no title.
fn json(lines: &[&str]) -> Option<usize> {
    let mut deep = 0usize;
    for (i, line) in lines.iter().enumerate() {
        // no text of JSON goes over a line end: what was not closed was forgotten
        let (mut quoted, mut escaped) = (false, false);
        for c in line.chars() {
            match c {
                '"' if !escaped => quoted = !quoted,
                '{' | '[' if !quoted => deep += 1,
                '}' | ']' if !quoted => deep = deep.saturating_sub(1),
                _ => {}
            }
            escaped = c == '\\' && !escaped;
        }
        if deep == 0 || (quoted && line.trim_end().ends_with('}')) || (i > 0 && line.trim() == "}")
        {
            static TITLE_KEYS: Words =
                Words::new("\"title\": title: \"标题\": 'title': \"title\"：");
            let all = lines.get(..=i)?.concat();
            let body = all.chars().filter(|c| !c.is_whitespace());
            let body: String = body.take(MAX_FRONT_MATTER_BYTES).collect();
            return TITLE_KEYS.occur_in(&body).then_some(i + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_of_every_kind() {
        let fences = "---|---¦---|...¦----|----¦--- |---\t¦  ---|---¦———|———¦——|——¦－－－|－－－¦---|-----¦+++|+++¦---yaml|---";
        for (open, close) in fences.split('¦').filter_map(|pair| pair.split_once('|')) {
            let text = format!("{open}\ntitle: 甲\ndate: 2019\n{close}\n乙");
            assert_eq!(split(&text), Some(4), "{text}");
        }
        assert_eq!(split("---\nlayout: post\nmenu: 主页\n---\n乙"), Some(4));
        assert_eq!(split("\n\n---\ntitle: 甲\n---\n乙"), Some(5));
    }

    #[test]
    fn front_matter_ends_where_its_entries_do() {
        // `⏎` is a line end
        for (end, texts) in [
            // a closing fence is forgotten
            (3, "---⏎title: 甲⏎date: 2019⏎⏎正文。⏎⏎---⏎⏎又一段。"),
            (5, "---⏎title: 甲⏎tags:⏎  - 乙⏎date: 2019⏎⏎正文从这里开始。"),
            (
                3,
                "---⏎title: 甲⏎date: 2019⏎正文从这里开始，没有空行，也没有结束的标记。⏎又一段，也是正文。⏎再一段。⏎又再一段。⏎---⏎完",
            ),
            (
                5,
                "---⏎title: 甲⏎about: 一段说明，很长很长，长到换了行，⏎这里是没有缩进的第二行，也很长很长，说完了。⏎---⏎正文",
            ),
            // an opening one
            (2, "title: 甲⏎author: 乙⏎⏎正文。¦标题：甲⏎作者：乙⏎⏎正文。"),
            (3, "title: 甲⏎author: 乙⏎---⏎正文。"),
            // JSON
            (
                4,
                "{⏎  \"title\": \"甲\",⏎  \"tags\": [\"乙\", \"}\"]⏎}⏎正文",
            ),
            (1, "{\"title\": \"甲\"}⏎正文"),
            (3, ";;;⏎\"title\": \"甲\"⏎;;;⏎正文"),
            (5, "---json⏎{⏎\"title\": \"甲\",⏎}⏎---⏎正文"),
            // no front matter
            (0, "title: 甲⏎⏎正文。¦date: 2019⏎author: 乙⏎⏎正文。"),
            (0, "title: 甲⏎author: 乙⏎正文从这里开始，没有空行。"),
            (
                0,
                "---⏎⏎正文。⏎⏎---⏎⏎又一段。¦---⏎他说：好。⏎正文。⏎⏎又一段。",
            ),
            (0, "title: 甲⏎author: 乙¦核心提示：甲。⏎作者：乙⏎⏎正文。"),
            (0, "---⏎记者: 您怎么看？⏎专家: 很好看。⏎---⏎⏎正文在这里。"),
            (0, "---⏎Q: 您怎么看？⏎A: 很好看。⏎---⏎⏎正文在这里。"),
            (0, "{正文}⏎乙¦{⏎正文⏎¦{\"a\": 1}⏎正文"),
        ] {
            for text in texts.split('¦').map(|text| text.replace('⏎', "\n")) {
                let wanted = Some(end).filter(|end| *end > 0);
                assert_eq!(split(&text), wanted, "{text}");
            }
        }
    }

    #[test]
    fn texts_of_toml_may_hold_anything() {
        let text = "+++\ntitle = \"甲\"\nabout = \"\"\"\n一段。\n\n又一段。\n\"\"\"\n[extra]\nk = 1\n+++\n正文";
        assert_eq!(split(text), Some(10));
    }
}
