//! Tells by its head what a text is: where its front matter ends, and its format.
//!
//! Content decides first, the file's name second. Of a long text only the head is
//! looked at, so that the head and the whole are read alike.

use crate::format::front_matter;
use crate::format::markdown::{org, repair, rst};
use crate::text::sentence::{CLOSERS, SENTENCE_ENDS};
use crate::text::words::Words;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Markdown,
    /// A syntax that is rewritten as Markdown.
    Org,
    Rst,
    Html,
    Plain,
}

impl Format {
    /// Its name, as `check` prints it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Org => "org",
            Self::Rst => "rst",
            Self::Html => "html",
            Self::Plain => "plain",
        }
    }

    /// Returns whether it is read as Markdown.
    pub(crate) fn is_markdown(self) -> bool {
        matches!(self, Self::Markdown | Self::Org | Self::Rst)
    }
}

/// The form of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sniffed {
    /// Lines of its front matter, fences included.
    pub front_matter: usize,
    /// The format of the text behind it.
    pub format: Format,
}

impl Sniffed {
    /// Sniffs the head of a text of a file of that name; `stated`: facts of it are known
    /// as a front matter would give them.
    pub(crate) fn of(head: &str, name: &str, stated: bool) -> Self {
        let split = front_matter::split(head).filter(|_| !stated);
        let front_matter = split.unwrap_or(0);
        let body = head.get(lines_len(head, front_matter)..);
        let format = detect(body.unwrap_or_default(), name, stated || front_matter > 0);
        Self {
            front_matter,
            format,
        }
    }
}

/// Returns the bytes of the first lines of a text.
pub(crate) fn lines_len(text: &str, lines: usize) -> usize {
    text.split_inclusive('\n').take(lines).map(str::len).sum()
}

/// Endings of files by format.
static MARKDOWN: Words = Words::new(".md .markdown .mdown .mkd");
static HTML: Words = Words::new(".html .htm .xhtml .shtml");
static ORG: Words = Words::new(".org");
static RST: Words = Words::new(".rst .rest");
static PLAIN: Words = Words::new(".txt .text");
/// Beginnings of a web page.
static PAGE: Words = Words::new("<!doctype <html <?xml <head <body <meta");

/// Lines that are looked at.
const MAX_LINES: usize = 500;

/// Recognises the name of a file with markup.
pub(crate) fn is_markup_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [&MARKDOWN, &HTML, &ORG, &RST]
        .iter()
        .any(|ends| ends.ends(&name))
}

/// Recognises a line with a sign of Markdown.
fn is_markdown(line: &str) -> bool {
    let heading = line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    let inside = ["](", "**"].iter().any(|sign| line.contains(sign));
    let begins = ["```", "> ", "* "]
        .iter()
        .any(|sign| line.starts_with(sign));
    heading || inside || begins
}

/// Recognises a heading over a line of `===`.
fn is_underlined(line: &str, below: &str) -> bool {
    let below = below.trim_end();
    below.len() >= 3 && below.bytes().all(|b| b == b'=') && repair::reads_as_heading(line)
}

/// Recognises the line of a list that plain text may have as well.
fn is_bullet(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("+ ")
}

/// Recognises the bullets of a text as the dashes of its dialogue: sentences all of them, some
/// asked or called out, with lines of prose between them, and no list that a line announces.
fn is_dialogue(lines: &[&str]) -> bool {
    let ends_with = |line: &str, ends: &[char]| line.trim_end_matches(CLOSERS).ends_with(ends);
    let turns = || lines.iter().filter(|line| is_bullet(line));
    let announces = |[line, first, second]: &[&str; 3]| {
        !is_bullet(line) && ends_with(line, &['：', ':']) && is_bullet(first) && is_bullet(second)
    };
    let first = lines.iter().position(|line| is_bullet(line));
    let last = lines.iter().rposition(|line| is_bullet(line));
    let inside = first
        .zip(last)
        .and_then(|(first, last)| lines.get(first..last));
    let is_interrupted = inside.is_some_and(|lines| !lines.iter().all(|line| is_bullet(line)));
    is_interrupted
        && turns().all(|line| ends_with(line, &SENTENCE_ENDS))
        && turns().any(|line| ends_with(line, &['？', '！', '?', '!']))
        && !lines.array_windows().any(announces)
}

/// Returns the format of a body: by tags that carry the lines, then by the signs of
/// Markdown, then by the name.
fn detect(body: &str, name: &str, front_matter: bool) -> Format {
    let name = name.to_ascii_lowercase();
    let lines = body.lines().map(str::trim_start);
    let lines: Vec<&str> = lines.filter(|l| !l.is_empty()).take(MAX_LINES).collect();
    let count = |has: fn(&str) -> bool| lines.iter().filter(|l| has(l)).count();
    let underlined = |[line, below]: &&[&str; 2]| is_underlined(line, below);
    let underlined = lines.array_windows().filter(underlined).count();
    let (tagged, signs) = (count(begins_with_tag), count(is_markdown) + underlined);
    let head: String = behind_comments(body).chars().take(16).collect();
    let is_tagged = head.starts_with('<') && tagged >= 2 && tagged * 10 >= lines.len() * 4;
    let is_named_page = HTML.ends(&name) && tagged * 10 >= lines.len();
    if PAGE.starts(&head.to_ascii_lowercase()) || is_tagged || is_named_page {
        return Format::Html;
    }
    let source: Vec<&str> = body.lines().take(MAX_LINES).collect();
    if ORG.ends(&name) || org::is_org(&source) {
        return Format::Org;
    }
    if rst::is_rst(&source, RST.ends(&name)) {
        return Format::Rst;
    }
    let many_signs = signs >= 3 || signs >= 1 && signs * 20 >= lines.len() && !PLAIN.ends(&name);
    let is_dialogue = signs == 0 && is_dialogue(&lines);
    let is_named_markdown = MARKDOWN.ends(&name) && (signs > 0 || count(is_bullet) > 1);
    if (front_matter || is_named_markdown || many_signs) && !is_dialogue {
        Format::Markdown
    } else {
        Format::Plain
    }
}

/// Returns a text from its first tag or word on: a server may write comments before a page.
fn behind_comments(body: &str) -> &str {
    let mut rest = body.trim_start();
    while let Some((_, after)) = rest
        .strip_prefix("<!--")
        .and_then(|comment| comment.split_once("-->"))
    {
        rest = after.trim_start();
    }
    rest
}

/// Recognises a line that begins with an HTML tag; a comment or an autolink is not one.
pub(crate) fn begins_with_tag(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('<') else {
        return false;
    };
    let name = rest.trim_start_matches('/');
    let after = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    after.len() < name.len() && (after.is_empty() || after.starts_with([' ', '>', '/', '\t']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    #[test]
    fn content_decides_before_the_name() {
        for [body, name, head, wanted] in rows(
            "\
<!DOCTYPE html><p>甲 ¦ a.md ¦ - ¦ Html
<!--a 0.1 --><!--b⏎-->⏎<html><p>甲⏎乙 ¦ a.txt ¦ - ¦ Html
<!-- 甲 -->⏎# 乙 ¦ a.md ¦ - ¦ Markdown
<!-- 甲 ¦ a.txt ¦ - ¦ Plain
<article>⏎ <p>⏎ 甲⏎ </p>⏎</article> ¦ a.md ¦ head ¦ Html
# 甲⏎⏎乙 ¦ - ¦ - ¦ Markdown
甲。⏎乙。 ¦ a.txt ¦ - ¦ Plain
甲：⏎⏎- 乙⏎- 丙 ¦ a.md ¦ - ¦ Markdown
甲：⏎⏎- 乙⏎- 丙 ¦ a.txt ¦ - ¦ Plain
门开了。⏎- 渡船走了吗？⏎- 走了。⏎他放下担子。⏎- 那我等明天。 ¦ a.md ¦ - ¦ Plain
门开了。⏎- 渡船走了吗？⏎- 走了。⏎他放下担子。⏎- 那我等明天。 ¦ a.md ¦ head ¦ Plain
渡口要问三件事。⏎⏎- 船走了吗？⏎- 几点开？⏎- 谁撑船？ ¦ a.md ¦ - ¦ Markdown
要问的事：⏎- 船走了吗？⏎- 几点开？⏎问完了。⏎- 记下来。 ¦ a.md ¦ - ¦ Markdown
头一件。⏎- 修渡口。⏎后一件。⏎- 买新船。 ¦ a.md ¦ - ¦ Markdown
#+TITLE: 甲⏎乙 ¦ a.txt ¦ - ¦ Org
甲乙⏎----⏎文。⏎⏎丙丁⏎----⏎文。 ¦ a.txt ¦ - ¦ Rst
甲。⏎<img src=a>⏎乙。⏎丙。⏎丁。 ¦ a.md ¦ head ¦ Markdown",
        ) {
            let found = detect(body, name, head == "head");
            assert_eq!(format!("{found:?}"), wanted, "{body}");
        }
    }
}
