//! Rewrites Org, the markup of Emacs, as Markdown: `#+TITLE:`, `* ` headings, `#+BEGIN_…` blocks,
//! `[[address][text]]`. Drawers are taken out as those of other [outliners](super::dialects).
//!
//! Lines keep their numbers.

use crate::format::draft::DraftDocument;
use crate::format::front_matter;
use crate::text::words::Words;

/// Lines at the head, one of which must be of Org.
const MAX_HEAD_LINES: usize = 20;
/// Headings below others that tell Org without any keyword.
const MIN_DEEP_HEADINGS: usize = 2;
/// Deepest heading of Markdown.
const MAX_ORG_LEVEL: usize = 6;

/// The kind of a block of lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OrgBlock {
    Quote,
    Code,
    /// Set by the program, or meant for it.
    Other,
}

/// Recognises Org by a keyword at its head, or by headings of two depths.
pub(crate) fn is_org(lines: &[&str]) -> bool {
    let mut head = lines.iter().take(MAX_HEAD_LINES);
    let deep = lines
        .iter()
        .filter(|line| level(line).is_some_and(|(level, _)| level > 1));
    let is_top = |line: &&str| level(line).is_some_and(|(level, _)| level == 1);
    // 思源 and Logseq have blocks in Markdown, too
    head.any(|line| keyword(line).is_some_and(|(key, _)| !key.contains('_')))
        || deep.take(MIN_DEEP_HEADINGS).count() == MIN_DEEP_HEADINGS && lines.iter().any(is_top)
}

/// Returns Org as Markdown; its keywords become facts of the page.
pub(crate) fn rewrite(text: &str, page: &mut DraftDocument) -> String {
    let (mut block, mut entries) = (None, Vec::new());
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (bare, end) = line
            .strip_suffix('\n')
            .map_or((line, ""), |bare| (bare, "\n"));
        out.push_str(&one(bare, &mut block, &mut entries));
        out.push_str(end);
    }
    if page.section.first {
        front_matter::read_entries(&entries, page);
    }
    out
}

fn one(line: &str, block: &mut Option<OrgBlock>, entries: &mut Vec<String>) -> String {
    if let Some((key, value)) = keyword(line) {
        return keyword_line(&key, value, block, entries);
    }
    match block {
        Some(OrgBlock::Quote) => return format!("> {}", linked(line)),
        Some(OrgBlock::Code) => return line.to_owned(),
        _ => {}
    }
    if line.starts_with("# ") {
        // a comment
        return String::new();
    }
    match level(line) {
        Some((level, title)) => {
            format!(
                "{} {}",
                "#".repeat(level.min(MAX_ORG_LEVEL)),
                linked(bare_title(title))
            )
        }
        None => linked(line),
    }
}

/// Returns what a line with a keyword becomes.
fn keyword_line(
    key: &str,
    value: &str,
    block: &mut Option<OrgBlock>,
    entries: &mut Vec<String>,
) -> String {
    let was_code = *block == Some(OrgBlock::Code);
    if let Some(name) = key.strip_prefix("begin_") {
        *block = Some(match name {
            "quote" | "verse" => OrgBlock::Quote,
            "src" | "example" => OrgBlock::Code,
            _ => OrgBlock::Other,
        });
    } else if key.starts_with("end_") {
        *block = None;
    } else if front_matter::is_known(key) {
        entries.push(format!("{key}: {value}"));
    }
    let is_code = *block == Some(OrgBlock::Code);
    if is_code == was_code {
        String::new()
    } else {
        "```".to_owned()
    }
}

/// Reads `#+TITLE: 题`, `#+BEGIN_QUOTE`: the word in small letters, and the rest.
fn keyword(line: &str) -> Option<(String, &str)> {
    let rest = line.trim_start().strip_prefix("#+")?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let (word, value) = rest.split_at(end.unwrap_or(rest.len()));
    let word = word.to_ascii_lowercase();
    let value = match value.strip_prefix(':') {
        Some(value) => value,
        None => Some(value).filter(|_| word.starts_with("begin_") || word.starts_with("end_"))?,
    };
    (!word.is_empty()).then(|| (word, value.trim()))
}

/// Reads a heading: how deep it is, and its title. `**甲** 乙` is none.
fn level(line: &str) -> Option<(usize, &str)> {
    let title = line.trim_start_matches('*');
    let level = line.len() - title.len();
    let title = title.strip_prefix(' ').filter(|_| level > 0)?.trim();
    (!title.is_empty() && !title.contains("**")).then_some((level, title))
}

/// Returns a title without the state of a task before it and its tags behind it.
fn bare_title(title: &str) -> &str {
    static STATES: Words = Words::new("TODO DONE WAITING NEXT CANCELED CANCELLED");
    let task = title.split_once(' ').filter(|(word, _)| STATES.has(word));
    let title = task.map_or(title, |(_, rest)| rest.trim_start());
    let tagged = title
        .trim_end()
        .strip_suffix(':')
        .and_then(|t| t.rsplit_once(" :"));
    let is_tags = |tags: &str| !tags.is_empty() && !tags.contains(char::is_whitespace);
    tagged
        .filter(|(_, tags)| is_tags(tags))
        .map_or(title, |(rest, _)| rest.trim_end())
}

/// Writes the links of a line as those of Markdown.
fn linked(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((inside, behind)) = after.split_once("]]") else {
            break;
        };
        out.push_str(before);
        let (address, text) = inside.split_once("][").unwrap_or((inside, inside));
        out.push_str(&format!("[{text}](<{address}>)"));
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{ParseOptions, parse};
    use crate::source;

    fn document(text: &str) -> crate::document::Document {
        let name = "a.org";
        parse(
            &source::read(text.as_bytes(), None),
            ParseOptions {
                name,
                ..ParseOptions::default()
            },
        )
    }

    #[test]
    fn org_has_headings_facts_and_links() {
        let text = "#+TITLE: 渡口的船\n#+AUTHOR: 林深\n#+OPTIONS: toc:nil\n\n* TODO 修桥之前 :桥:\n:PROPERTIES:\n:ID: 1\n:END:\n\
            船停了，见[[https://a.example][旧文]]。\n# 注\n** 开船的人\n#+BEGIN_QUOTE\n人散了。\n#+END_QUOTE\n#+begin_src c\n* a\n#+end_src\n- 第一件事";
        let d = document(text);
        assert_eq!(d.meta().title, "渡口的船");
        assert_eq!(d.meta().author.as_deref(), Some("林深"));
        let wanted = "修桥之前\n船停了，见旧文。\n开船的人\n人散了。\n* a\n第一件事";
        assert_eq!(d.text().replace("• ", "").replace("- ", ""), wanted);
        let lines: Vec<u32> = d.blocks().iter().map(|b| b.line).collect();
        assert_eq!(lines, [5, 9, 11, 13, 16, 18]);
    }

    #[test]
    fn org_differs_from_markdown() {
        for (text, wanted) in [
            ("#+title: 甲\n乙", true),
            ("* 甲\n** 乙\n文。\n** 丙", true),
            ("* 甲\n* 乙\n**丙** 丁", false),
            ("# 甲\n**乙**\n** 丙 **", false),
            ("#标签 甲", false),
        ] {
            assert_eq!(is_org(&text.lines().collect::<Vec<_>>()), wanted, "{text}");
        }
    }
}
