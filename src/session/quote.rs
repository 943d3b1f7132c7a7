//! Quotations and citations.
//!
//! 1. [`line()`]: a span as one line, in the source's own characters.
//! 2. [`cited`]: the paragraph and point of a span, as people cite them.
//! 3. [`cite`]: a quotation with its source, by the reader's template; missing facts are left
//!    out with their comma.
//! 4. [`nested`]: quotation marks inside quotation marks.

use super::article::Article;
use crate::document::Document;
use crate::outline::{Index, Outline};
use crate::text::Span;
use crate::text::sentence::{FULL_STOPS, LABEL_ENDS};
use std::fmt::Write as _;

/// The default template of a quotation with its source.
pub(crate) const TEMPLATE: &str = "“{text}”（{author}：《{title}》，{source}，{date}，{where}）";

/// The marks that “…” becomes inside a quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InnerQuotes {
    /// ‘…’, and “…” inside that (GB/T 15834).
    #[default]
    Single,
    /// 「…」, and 『…』 inside that.
    Corner,
    /// As in the source.
    Source,
}

/// The form of a quotation with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The text with its fields in braces.
    pub template: String,
    /// The quotation marks inside the quoted text.
    pub inner: InnerQuotes,
}

impl Default for Citation {
    fn default() -> Self {
        Self {
            template: TEMPLATE.to_owned(),
            inner: InnerQuotes::default(),
        }
    }
}

/// Returns a span as one line: paragraphs are joined by a blank, what is folded between them is
/// left out, nothing else changes.
pub fn line(document: &Document, span: Span) -> String {
    joined(&document.unfolded(span))
}

/// Returns paragraphs joined by a blank.
pub(crate) fn joined(text: &str) -> String {
    let parts = text.split('\n').map(str::trim);
    parts
        .filter(|p| !p.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns paragraph and point of a span: 第3段第2点; of several paragraphs 第3至5段; of the raw
/// source its lines. A point is named that begins in the paragraph; the lead is 核心提示.
pub fn cited(document: &Document, outline: &Outline, span: Span) -> String {
    let Some(first) = document.block_at(span.start) else {
        return String::new();
    };
    let last = document.block_at(span.end).filter(|_| !span.is_empty());
    // a span that ends where a block begins holds nothing of it
    let begins = |i: &usize| (document.blocks().get(*i)).is_some_and(|b| b.span.start >= span.end);
    let last = last.map_or(first, |i| i.saturating_sub(usize::from(begins(&i))));
    let number = |block| document.paragraph_number(block);
    let unit = kind(document, first);
    let mut text = match (number(first), number(last.max(first))) {
        (Some(a), Some(b)) if a != b => format!("第{a}至{b}{unit}"),
        (Some(a), _) => format!("第{a}{unit}"),
        (None, _) => unit.to_owned(),
    };
    let begins_in = document.blocks().get(first).map_or(span, |b| b.span);
    let point = outline.point_at(span.start).filter(|i| {
        let point = outline.points.get(*i).filter(|p| !p.is_heading());
        point.is_some_and(|p| p.span.end >= span.end && begins_in.contains(p.span.start))
    });
    if let Some((k, _)) = point.and_then(|i| outline.rank(i)) {
        let _ = write!(text, "第{k}点");
    }
    text
}

/// Returns the name of a block; of one with a number the word behind it.
fn kind(document: &Document, block: usize) -> &'static str {
    use crate::document::BlockKind::{
        Caption, Code, Folded, Heading, Image, Lead, Note, Rule, Source,
    };
    match document.blocks().get(block).map(|b| b.kind) {
        Some(Source) => "行",
        Some(Lead) => "核心提示",
        Some(Heading(_)) => "标题",
        Some(Note) => "注",
        Some(Folded) => "折叠",
        Some(Caption) => "图注",
        None | Some(Code | Image | Rule) => "",
        Some(_) => "段",
    }
}

/// Returns the labels of the points around a span, outermost first.
pub fn under(document: &Document, outline: &Outline, span: Span) -> Vec<String> {
    let mut at = outline.entry_holding(span.start);
    let mut labels = Vec::new();
    while let Some(entry) = at.and_then(|i| outline.entries.get(i)) {
        let label = document.slice(entry.label).trim();
        let ends = |c| LABEL_ENDS.contains(&c) || FULL_STOPS.contains(&c);
        labels.push(label.trim_end_matches(ends).to_owned());
        at = entry.parent.map(Index::get);
    }
    labels.reverse();
    labels
}

/// Returns a text as it stands inside “…”: its own “…” and ‘…’ are changed by depth. A mark
/// without its fellow, as at the end of a cut sentence, is taken for one of the outermost;
/// an apostrophe stays.
pub(crate) fn nested(text: &str, inner: InnerQuotes) -> String {
    let [outer, within] = match inner {
        InnerQuotes::Single => [['‘', '’'], ['“', '”']],
        InnerQuotes::Corner => [['「', '」'], ['『', '』']],
        InnerQuotes::Source => return text.to_owned(),
    };
    let at_depth = |depth: usize| {
        if depth.is_multiple_of(2) {
            outer
        } else {
            within
        }
    };
    let mut open: Vec<char> = Vec::new();
    let mut out = String::with_capacity(text.len());
    let (mut before, mut chars) = (' ', text.chars().peekable());
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        let is_apostrophe = before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
        let last = open.last().copied();
        out.push(match c {
            '“' | '‘' => {
                // a paragraph inside a quotation begins with a mark of its own
                if last != Some(c) {
                    open.push(c);
                }
                at_depth(open.len() - 1)[0]
            }
            '”' => {
                let at = open.iter().rposition(|mark| *mark == '“');
                open.truncate(at.unwrap_or_default());
                at_depth(open.len())[1]
            }
            '’' if last == Some('‘') && !is_apostrophe => {
                open.pop();
                at_depth(open.len())[1]
            }
            c => c,
        });
        before = c;
    }
    out
}

/// Returns a text as it stands in a template: with other quotation marks where the template has
/// it in some.
fn inside(template: &str, text: &str, inner: InnerQuotes) -> String {
    let head = template.split("{text}").next().unwrap_or_default();
    let is_open = |open, close| head.rfind(open) > head.rfind(close);
    if is_open('“', '”') {
        return nested(text, inner);
    }
    if is_open('「', '」') && inner != InnerQuotes::Source {
        let marks = ["「『", "』」"];
        let other = |c: char| {
            let pair = marks.iter().find(|pair| pair.contains(c))?;
            pair.chars().find(|mark| *mark != c)
        };
        return text.chars().map(|c| other(c).unwrap_or(c)).collect();
    }
    text.to_owned()
}

/// Returns a quotation with its source. A file without a title is named without 《》, which only
/// titles have.
pub fn cite(citation: &Citation, article: &Article, text: &str, place: &str) -> String {
    let facts = article.facts();
    let site = facts.source.as_deref().filter(|s| !s.contains("://"));
    let date = facts.shown_date().unwrap_or_default();
    let author = facts.author.as_deref().unwrap_or_default();
    let template = &citation.template;
    // a form without the author names whom it has
    let whose = if template.contains("{author}") {
        ""
    } else {
        author
    };
    let text = inside(template, text, citation.inner);
    let fields = [
        ("title", article.title()),
        ("source", site.unwrap_or(whose)),
        ("author", author),
        ("date", date.get(..10).unwrap_or(date)),
        ("where", place),
        ("file", article.name.rsplit('/').next().unwrap_or_default()),
        ("text", &text),
    ];
    if article.has_title() {
        fill(template, &fields)
    } else {
        fill(&template.replace("《{title}》", "{title}"), &fields)
    }
}

/// The marks between the facts of a source.
const COMMAS: &[char] = &['，', '、', '；', ',', ';', ' '];

/// The marks behind who said it.
const LEADS_ON: &[char] = &['：', ':'];

/// Fills in a template in one pass, so that braces in a value are not a field. A field without
/// a value goes with the quotes around it and the comma before it.
fn fill(template: &str, fields: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (head, tail) = rest.split_at(open);
        let close = tail.find('}');
        let name = close.and_then(|c| tail.get(1..c)).unwrap_or_default();
        out.push_str(head);
        let Some((_, value)) = fields.iter().find(|(n, _)| *n == name) else {
            out.push('{');
            rest = tail.get(1..).unwrap_or_default();
            continue;
        };
        rest = close.and_then(|c| tail.get(c + 1..)).unwrap_or_default();
        if value.is_empty() {
            for (left, right) in [("《", "》"), ("“", "”"), ("「", "」")] {
                if out.ends_with(left)
                    && let Some(behind) = rest.strip_prefix(right)
                {
                    out.truncate(out.len() - left.len());
                    rest = behind;
                }
            }
            if out.ends_with(COMMAS) {
                out.truncate(out.trim_end_matches(COMMAS).len());
            } else {
                rest = rest.trim_start_matches(|c| COMMAS.contains(&c) || LEADS_ON.contains(&c));
            }
        } else {
            out.push_str(value);
        }
    }
    out.push_str(rest);
    out.replace("（）", "").replace("()", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_change_with_their_depth() {
        use InnerQuotes::{Corner, Single, Source};
        for (text, single, corner) in [
            ("无引号。", "无引号。", "无引号。"),
            ("他说“好”。", "他说‘好’。", "他说「好」。"),
            ("“甲”和“乙”", "‘甲’和‘乙’", "「甲」和「乙」"),
            ("“他说‘好’吗”", "‘他说“好”吗’", "「他说『好』吗」"),
            (
                "“甲‘乙“丙”丁’戊”",
                "‘甲“乙‘丙’丁”戊’",
                "「甲『乙「丙」丁』戊」",
            ),
            ("‘甲’", "‘甲’", "「甲」"),
            // cut off at either end
            ("说：“好", "说：‘好", "说：「好"),
            ("好。”他说“是”", "好。’他说‘是’", "好。」他说「是」"),
            ("“甲‘乙”丙", "‘甲“乙’丙", "「甲『乙」丙"),
            ("”", "’", "」"),
            // paragraphs of one quotation
            ("“甲 “乙”丙", "‘甲 ‘乙’丙", "「甲 「乙」丙"),
            // apostrophes
            ("it’s “don’t”", "it’s ‘don’t’", "it’s 「don’t」"),
            ("‘don’t’", "‘don’t’", "「don’t」"),
            ("the boys’ “x”", "the boys’ ‘x’", "the boys’ 「x」"),
            // other marks are no matter
            (
                "「甲」\"乙\"《丙》",
                "「甲」\"乙\"《丙》",
                "「甲」\"乙\"《丙》",
            ),
        ] {
            assert_eq!(nested(text, Single), single);
            assert_eq!(nested(text, Corner), corner);
            assert_eq!(nested(text, Source), text);
        }
    }

    #[test]
    fn a_template_without_marks_changes_none() {
        for (template, wanted) in [
            (TEMPLATE, "他说‘好’「是」"),
            ("{title}：“{text}", "他说‘好’「是」"),
            ("> {text}", "他说“好”「是」"),
            ("“{title}”{text}", "他说“好”「是」"),
            ("「{text}」", "他说“好”『是』"),
        ] {
            let found = inside(template, "他说“好”「是」", InnerQuotes::Single);
            assert_eq!(found, wanted, "{template}");
        }
    }

    #[test]
    fn missing_facts_go_with_their_comma() {
        let names = ["author", "title", "source", "date", "where", "text"];
        for (template, [author, title, source, date], wanted) in [
            (
                TEMPLATE,
                ["林深", "题", "报", "2019"],
                "“甲{title}乙”（林深：《题》，报，2019，第3段）",
            ),
            (
                TEMPLATE,
                ["", "题", "", ""],
                "“甲{title}乙”（《题》，第3段）",
            ),
            (
                TEMPLATE,
                ["", "", "", "2019"],
                "“甲{title}乙”（2019，第3段）",
            ),
            (
                TEMPLATE,
                ["林深", "", "报", ""],
                "“甲{title}乙”（林深：报，第3段）",
            ),
            (
                "{text} {nothing}",
                ["", "", "", ""],
                "甲{title}乙 {nothing}",
            ),
            (
                "{where}：《{title}》，{source}",
                ["", "", "报", ""],
                "第3段：报",
            ),
            ("（{date}：《{title}》）", ["", "题", "", ""], "（《题》）"),
        ] {
            let values = [author, title, source, date, "第3段", "甲{title}乙"];
            let fields: Vec<_> = names.into_iter().zip(values).collect();
            assert_eq!(fill(template, &fields), wanted);
        }
    }
}
