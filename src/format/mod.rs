//! Text to document: every format that an article comes in.
//!
//! 1. Articles in JSON are unpacked ([`records`]). [`front_matter`] is split off; a second
//!    one in the same file is folded.
//! 2. The format is chosen by content first, by the file's name second.
//! 3. [`markdown`], [`html`] or [`plain`] write a [`draft::DraftDocument`]: blocks that can still be
//!    folded.
//! 4. [`clean`] folds clutter by named rules and takes facts out of the text.
//! 5. A book's chapters go the same way one by one ([`epub`]), without clean-up.
//! 6. The page becomes a [`Document`], with a diagnostic for each thing folded; a long
//!    text page by page ([`stream`]).
//!
//! Every step is linear in the text, iterative, and cannot fail.

pub mod clean;
pub mod date;
pub mod draft;
pub mod epub;
pub mod front_matter;
pub mod html;
pub mod markdown;
pub mod plain;
pub mod prose;
pub mod records;
pub mod rules;
pub mod stream;

use crate::document::{BlockKind, Builder, Document};
use crate::source::Source;
use plain::preformatted;
pub use stream::Parser;

/// What the reader of a file asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ask<'a> {
    /// The file's name, for a hint at its format. Content decides first.
    pub name: &'a str,
    /// Plain text as it stands: no front matter, no clean-up, no title taken.
    pub verbatim: bool,
    /// Whether it is only the beginning of what is to be read.
    pub cut: bool,
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Markdown,
    Html,
    Plain,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Plain => "plain",
        }
    }
}

/// Parses a text. Never fails: odd input leaves diagnostics in the document.
pub fn parse(source: &Source, ask: Ask<'_>) -> Document {
    if ask.verbatim {
        return verbatim(source);
    }
    let text = source.text.as_str();
    if is_typed(source, ask.name) {
        return preformatted::read(source);
    }
    let unpacked = records::unpack(text, ask.cut);
    let text = unpacked.as_ref().map_or(text, |u| u.text.as_str());
    let mut parser = Parser::new(ask.name);
    if let Some(unpacked) = &unpacked {
        parser.unpacked(unpacked);
    }
    if text.len() <= stream::SHORT || !Parser::takes(source, ask.name) {
        parser.feed(text, true);
        return parser.finish(source);
    }
    parser.reserve(text.len());
    parser.pour(text, stream::HEAD, true);
    parser.finish(source)
}

/// Endings of files that are Markdown.
const MARKDOWN: &[&str] = &[".md", ".markdown", ".mdown", ".mkd"];

/// Whether a text was set for a terminal, so that its layout must stay, and nothing says
/// that it is an article.
fn is_typed(source: &Source, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    // first what most texts are told by
    preformatted::is_laid_out(&source.text, source.typed)
        && !MARKDOWN
            .iter()
            .chain(&[".html", ".htm", ".xhtml", ".shtml"])
            .any(|end| name.ends_with(end))
        && front_matter::split(&source.text).is_none()
        && detect(&source.text, &name, false) != Format::Html
}

/// One paragraph for each line that is not blank.
fn verbatim(source: &Source) -> Document {
    let mut b = Builder::new();
    for (i, line) in source.text.lines().enumerate() {
        b.block(BlockKind::Paragraph, 0, i + 1, line);
    }
    let meta = b.meta();
    (meta.format, meta.encoding, meta.encoding_guessed) =
        ("plain", source.encoding, source.guessed);
    b.finish()
}

/// Which format a body is in: tags that carry the lines, then the signs of
/// Markdown, then the name.
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
    if page || tags || (ends(&[".html", ".htm", ".xhtml", ".shtml"]) && tagged * 10 >= lines) {
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

/// Whether a line begins with an HTML tag (a comment or an autolink is none).
fn begins_with_tag(line: &str) -> bool {
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

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]

        /// Whatever stands in a file, reading it ends, and blocks are in order.
        #[test]
        fn any_text_is_read(parts in proptest::collection::vec(0..PIECES.len(), 0..60), name in 0..3usize) {
            let text: String = parts.iter().filter_map(|i| PIECES.get(*i)).copied().collect();
            let source = crate::source::read(text.as_bytes(), None);
            let d = parse(&source, Ask { name: ["a.md", "a.html", "a.txt"][name], ..Ask::default() });
            let mut end = 0;
            for block in d.blocks() {
                proptest::prop_assert!(block.span.start.byte() >= end && !d.slice(block.span).contains('\n'));
                end = block.span.end.byte();
            }
            for m in d.markup() {
                proptest::prop_assert!(!d.slice(m.span).is_empty() || matches!(m.kind, crate::document::MarkupKind::Cell(_)));
            }
        }
    }

    /// What odd files are made of.
    const PIECES: &[&str] = &[
        "\n",
        "\n\n",
        "---\n",
        "title: 甲\n",
        "文字。",
        "　　",
        "    ",
        "\t",
        "# ",
        "＃",
        "**",
        "*",
        "“",
        "”",
        "`",
        "```\n",
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</b>",
        "<li>",
        "<ol>",
        "</ol>",
        "<td>",
        "<tr>",
        "<table>",
        "</table>",
        "<nav>",
        "</nav>",
        "<script>",
        "<!--",
        "-->",
        "<!-- more -->",
        "<sup>",
        "</sup>",
        "<a href=x>",
        "</a>",
        "<h1>",
        "</h1>",
        "<pre>",
        "</pre>",
        "<img alt=图 width=9>",
        "![图](a.png)",
        "[链](b)",
        "[^1]",
        "[^1]: 注\n",
        "〔１〕",
        "1. ",
        "2019. ",
        "> ",
        "- ",
        "|甲|乙|\n|-|-|\n",
        "原标题：",
        "责任编辑：丙",
        "来源：",
        "相关阅读\n",
        "评论\n",
        "参考文献\n",
        "【1】",
        "{.x}",
        "&nbsp;",
        "\u{200b}",
        "e\u{301}",
        "👨‍👩‍👧",
        "<div class=related>",
        "</div>",
        "{\"title\":\"甲\",",
        "\"content\":[",
        "\"text\":\"文字。\\n\\ud83d\"}",
        "]}",
        "[{",
        ",",
    ];

    #[test]
    fn verbatim_takes_nothing_away() {
        let source = crate::source::read(
            "---\ntitle: 甲\n---\n　　乙 \n\n<!-- more -->".as_bytes(),
            None,
        );
        let d = parse(
            &source,
            Ask {
                verbatim: true,
                ..Ask::default()
            },
        );
        assert_eq!(d.text(), "---\ntitle: 甲\n---\n乙\n<!-- more -->");
        assert!(d.diagnostics().is_empty() && d.meta().title.is_empty());
    }
}
