//! Tells by its head what a text is: where its front matter ends, and its format.
//!
//! Content decides first, the file's name second. Of a long text only the head is
//! looked at, so that the head and the whole are read alike.

use crate::format::front_matter;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown, as far as its author knew it.
    Markdown,
    /// A web page.
    Html,
    /// Plain text.
    Plain,
}

impl Format {
    /// Its name, as `check` prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Plain => "plain",
        }
    }
}

/// The form of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// Lines of its front matter, fences included.
    pub front_matter: usize,
    /// The format of the text behind it.
    pub format: Format,
}

impl Sniffed {
    /// Sniffs the head of a text of a file of that name; `stated`: facts of it are known
    /// as a front matter would give them.
    pub fn of(head: &str, name: &str, stated: bool) -> Self {
        let front_matter = if stated {
            0
        } else {
            front_matter::split(head).unwrap_or(0)
        };
        let body = head
            .get(lines_len(head, front_matter)..)
            .unwrap_or_default();
        Self {
            front_matter,
            format: detect(body, name, stated || front_matter > 0),
        }
    }
}

/// Returns the length of so many first lines, in bytes.
pub fn lines_len(text: &str, lines: usize) -> usize {
    text.split_inclusive('\n').take(lines).map(str::len).sum()
}

/// Endings of files that are Markdown.
const MARKDOWN: &[&str] = &[".md", ".markdown", ".mdown", ".mkd"];
/// Endings of files that are HTML.
const HTML: &[&str] = &[".html", ".htm", ".xhtml", ".shtml"];

/// Whether a name says that the file holds markup.
pub fn is_markup_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    MARKDOWN.iter().chain(HTML).any(|end| name.ends_with(end))
}

/// Returns the format of a body: by tags that carry the lines, then by the signs of
/// Markdown, then by the name.
fn detect(body: &str, name: &str, front_matter: bool) -> Format {
    let name = name.to_ascii_lowercase();
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    let head = body
        .trim_start()
        .chars()
        .take(16)
        .collect::<String>()
        .to_ascii_lowercase();
    let page = ["<!doctype", "<html", "<?xml", "<head", "<body", "<meta"]
        .iter()
        .any(|tag| head.starts_with(tag));
    let (mut lines, mut tagged, mut signs) = (0usize, 0usize, 0usize);
    for line in body
        .lines()
        .map(str::trim_start)
        .filter(|l| !l.is_empty())
        .take(500)
    {
        lines += 1;
        tagged += usize::from(begins_with_tag(line));
        let heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
        signs += usize::from(
            heading
                || line.contains("](")
                || line.contains("**")
                || line.starts_with("```")
                || line.starts_with("> ")
                || line.starts_with("* "),
        );
    }
    let tags = tagged * 10 >= lines * 4 && head.starts_with('<') && tagged >= 2;
    if page || tags || (ends(HTML) && tagged * 10 >= lines) {
        Format::Html
    } else if front_matter
        || ends(MARKDOWN)
        || signs * 20 >= lines.max(1) && signs >= 1 && !ends(&[".txt", ".text"])
        || signs >= 3
    {
        if !front_matter && signs == 0 {
            Format::Plain
        } else {
            Format::Markdown
        }
    } else {
        Format::Plain
    }
}

/// Whether a line begins with an HTML tag; a comment or an autolink does not count.
pub fn begins_with_tag(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('<') else {
        return false;
    };
    let name: String = rest
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let after = rest.trim_start_matches('/').chars().nth(name.len());
    !name.is_empty() && after.is_none_or(|c| matches!(c, ' ' | '>' | '/' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_before_the_name() {
        assert_eq!(detect("<!DOCTYPE html><p>甲", "a.md", false), Format::Html);
        assert_eq!(
            detect("<article>\n <p>\n 甲\n </p>\n</article>", "a.md", true),
            Format::Html
        );
        assert_eq!(detect("# 甲\n\n乙", "", false), Format::Markdown);
        assert_eq!(detect("甲。\n乙。", "a.txt", false), Format::Plain);
        assert_eq!(
            detect("甲。\n<img src=a>\n乙。\n丙。\n丁。", "a.md", true),
            Format::Markdown
        );
    }
}
