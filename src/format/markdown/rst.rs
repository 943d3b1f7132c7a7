//! Rewrites reStructuredText as Markdown: titles by the line under them, fields at the head,
//! directives.
//!
//! A title has a line of one sign below it, and perhaps one above it, as long as the title is wide:
//! that tells it from a rule. The signs rank titles in the order in which they come. Lines keep
//! their numbers.

use crate::format::draft::DraftDocument;
use crate::format::front_matter;
use crate::format::markdown::repair;
use crate::format::prose;
use crate::text::words::Words;

/// Signs of the lines below titles.
const UNDERLINE_SIGNS: &str = "=-~^\"'#*+`:.";
/// Least signs of such a line.
const MIN_UNDERLINE: usize = 3;
/// Cells that it may be longer or shorter than its title.
const MAX_DIFFERENCE: usize = 4;
/// Titles that tell the format.
const MIN_TITLES: usize = 2;
/// Deepest heading of Markdown.
const MAX_RANK: usize = 6;

/// Directives whose text is for the program.
static FOR_PROGRAMS: Words = Words::new(
    "toctree contents meta raw index only highlight default-role include sectnum tags post categories author",
);
/// Directives that are a picture.
static PICTURES: Words = Words::new("image figure");
/// Directives that are code.
static CODE: Words = Words::new("code code-block sourcecode literalinclude");

/// Recognises reStructuredText by its titles.
pub(crate) fn is_rst(lines: &[&str], is_named: bool) -> bool {
    let titles = (0..lines.len()).filter(|i| title(lines, *i).is_some());
    let others = (0..lines.len()).filter(|i| {
        // `===` alone is of Markdown as well
        title(lines, *i).is_some_and(|(sign, is_over)| sign != '=' || is_over)
    });
    let enough = if is_named { 1 } else { MIN_TITLES };
    titles.take(enough).count() == enough && (is_named || others.count() > 0)
}

/// Returns the sign under the title that line `i` is, and whether there is one above, too.
fn title(lines: &[&str], i: usize) -> Option<(char, bool)> {
    let line = lines.get(i)?.trim();
    let sign = sign_of(lines.get(i + 1)?)?;
    let length = lines.get(i + 1)?.trim_end().len();
    let is_near = |cells: usize| cells.abs_diff(length) <= MAX_DIFFERENCE;
    let fits = is_near(prose::cells(line)) || is_near(line.chars().count());
    let above = i.checked_sub(1).and_then(|above| lines.get(above));
    let is_over = above.and_then(|line| sign_of(line)) == Some(sign);
    let is_apart = is_over || above.is_none_or(|line| line.trim().is_empty());
    let is_title = !line.is_empty() && sign_of(line).is_none() && repair::reads_as_heading(line);
    (fits && is_apart && is_title && !line.starts_with(['#', '-', '|', '>']))
        .then_some((sign, is_over))
}

/// Returns the sign that a line consists of.
fn sign_of(line: &str) -> Option<char> {
    let line = line.trim_end();
    let sign = line
        .chars()
        .next()
        .filter(|c| UNDERLINE_SIGNS.contains(*c))?;
    (line.len() >= MIN_UNDERLINE && line.chars().all(|c| c == sign)).then_some(sign)
}

/// Returns reStructuredText as Markdown; its fields become facts of the page.
pub(crate) fn rewrite(text: &str, page: &mut DraftDocument) -> String {
    let lines: Vec<&str> = prose::lines(text).collect();
    let (mut ranks, mut entries) = (Vec::new(), Vec::new());
    let (mut out, mut inside) = (Vec::with_capacity(lines.len()), Inside::Text);
    for (i, line) in lines.iter().enumerate() {
        let below = i.checked_sub(1).and_then(|above| title(&lines, above));
        let above =
            title(&lines, i + 1).filter(|(sign, is_over)| *is_over && sign_of(line) == Some(*sign));
        if let Some(form) = title(&lines, i) {
            let rank = ranks
                .iter()
                .position(|known| *known == form)
                .unwrap_or(ranks.len());
            if rank == ranks.len() {
                ranks.push(form);
            }
            out.push(format!(
                "{} {}",
                "#".repeat((rank + 1).min(MAX_RANK)),
                line.trim()
            ));
        } else if below.is_some() || above.is_some() {
            out.push(String::new());
        } else if let Some(entry) = field(line).filter(|_| {
            page.section.first
                && out
                    .iter()
                    .all(|l: &String| l.is_empty() || l.starts_with('#'))
        }) {
            entries.push(entry);
            out.push(String::new());
        } else {
            out.push(inside.line(line));
        }
    }
    if page.section.first {
        front_matter::read_entries(&entries, page);
    }
    let mut out = out.join("\n");
    out.push_str(if text.ends_with('\n') { "\n" } else { "" });
    out
}

/// Reads `:作者: 林深` as an entry.
fn field(line: &str) -> Option<String> {
    let (key, value) = line.strip_prefix(':')?.split_once(':')?;
    front_matter::is_known(key).then(|| format!("{key}: {}", value.trim()))
}

/// The block that a line is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    /// Of a directive that says something to the reader.
    Note,
    Code,
    Program,
}

impl Inside {
    /// Returns what a line becomes.
    fn line(&mut self, line: &str) -> String {
        let bare = line.trim_start();
        if bare.is_empty() {
            return String::new();
        }
        if line.starts_with([' ', '\t', '\u{3000}']) && *self != Self::Text {
            return self.indented(line, bare);
        }
        *self = Self::Text;
        line.strip_prefix(".. ")
            .map_or_else(|| spans(line), |rest| self.directive(rest))
    }

    /// Returns what an indented line of a directive becomes.
    fn indented(self, line: &str, bare: &str) -> String {
        let is_option = bare
            .strip_prefix(':')
            .is_some_and(|rest| rest.contains(':'));
        match self {
            _ if is_option => String::new(),
            Self::Note => format!("> {}", spans(bare)),
            Self::Code => format!("    {line}"),
            Self::Text | Self::Program => String::new(),
        }
    }

    /// Returns what the head of a directive becomes.
    fn directive(&mut self, rest: &str) -> String {
        let Some((name, value)) = rest.split_once("::") else {
            // a comment, a target, a note of its own
            *self = Self::Program;
            return Some(rest)
                .filter(|rest| rest.starts_with('['))
                .map_or(String::new(), spans);
        };
        let value = value.trim();
        if PICTURES.has(name) {
            *self = Self::Program;
            return format!("![](<{value}>)");
        }
        *self = match () {
            () if FOR_PROGRAMS.has(name) => Self::Program,
            () if CODE.has(name) => Self::Code,
            () => Self::Note,
        };
        if *self == Self::Note && !value.is_empty() {
            format!("> {}", spans(value))
        } else {
            String::new()
        }
    }
}

/// Writes links and roles of a line as Markdown: `` `文 <a>`_ ``, `` :ref:`文` ``.
fn spans(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once('`') {
        let Some((inside, behind)) = after
            .split_once('`')
            .filter(|(inside, _)| !inside.is_empty())
        else {
            break;
        };
        let role = before.strip_suffix(':').and_then(|b| b.rsplit_once(':'));
        let role = role
            .filter(|(_, name)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase()));
        let link = inside.strip_suffix('>').and_then(|i| i.rsplit_once('<'));
        let text = link.map_or(inside, |(text, _)| text.trim_end());
        let is_link = behind.starts_with('_');
        match (link, role) {
            (Some((_, address)), None) if is_link => {
                out.push_str(&format!("{before}[{text}](<{address}>)"));
            }
            (_, Some((before, _))) => out.push_str(&format!("{before}{text}")),
            _ if is_link => out.push_str(&format!("{before}{inside}")),
            _ => out.push_str(&format!("{before}`{inside}`")),
        }
        rest = if is_link {
            behind.trim_start_matches('_')
        } else {
            behind
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{ParseOptions, parse};
    use crate::source;

    #[test]
    fn titles_have_their_rank_by_their_signs() {
        let text = "========\n渡口的船\n========\n\n:作者: 林深\n:date: 2019-02-22\n\n修桥之前\n========\n\n船停了，见 `旧文 <https://a.example>`_。\n\n\
            开船的人\n--------\n\n人散了。\n\n.. note:: 提示。\n\n.. toctree::\n   :maxdepth: 2\n\n   a\n\n.. code-block:: c\n\n   a;\n\n修桥之后\n========\n\n完了。\n";
        let options = ParseOptions {
            name: "a.txt",
            ..ParseOptions::default()
        };
        let d = parse(&source::read(text.as_bytes(), None), options);
        assert_eq!(d.meta().title, "渡口的船");
        assert_eq!(d.meta().author.as_deref(), Some("林深"));
        assert_eq!(d.meta().date.as_deref(), Some("2019-02-22"));
        let found: Vec<_> = d
            .blocks()
            .iter()
            .map(|b| (b.line, d.slice(b.span).trim()))
            .collect();
        let wanted = [
            (8, "修桥之前"),
            (11, "船停了，见 旧文。"),
            (13, "开船的人"),
            (16, "人散了。"),
            (18, "提示。"),
            (27, "a;"),
            (29, "修桥之后"),
            (32, "完了。"),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn rules_below_text_are_none() {
        for (text, wanted) in [
            ("甲乙丙\n~~~~~~\n文。\n\n丁戊\n~~~~\n文。", true),
            (
                "甲乙丙\n------------------------------\n文。\n\n丁戊\n------------------------------",
                false,
            ),
            ("甲乙丙\n======\n文。\n\n丁戊\n====\n文。", false),
            ("一句话。\n--------\n\n又一句。\n--------", false),
            ("# 甲\n\n文。\n---\n文。\n---", false),
        ] {
            assert_eq!(
                is_rst(&text.lines().collect::<Vec<_>>(), false),
                wanted,
                "{text}"
            );
        }
    }
}
