//! Rewrites the syntax of other programs as Markdown, or takes it out where it says nothing to a
//! reader: programs for notes (Obsidian, Logseq) and for sites (Hexo, Hugo, Jekyll), page code.
//!
//! 1. [`BLOCK_FORMS`] stretch over lines: comments go, code becomes a fence.
//! 2. [`LINE_FORMS`] take a whole line: titles of callouts and containers, properties.
//! 3. [`SPAN_FORMS`](super::dialect_spans) stand inside a line.
//!
//! Lines keep their numbers. Code is left alone.

use super::dialect_spans;
use crate::format::draft::DraftDocument;
use crate::format::prose;
use crate::text::words::Words;
use std::borrow::Cow;
use std::collections::HashMap;

/// The fate of a block of lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// A comment of the author to himself.
    Comment,
    /// Data of the program.
    Gone,
    Code,
}

/// Blocks by the heads of their first and last lines.
const BLOCK_FORMS: &[(&str, &str, Fate)] = &[
    ("%%", "%%", Fate::Comment),
    ("```dataview", "```", Fate::Gone),
    ("{% comment", "{% endcomment", Fate::Comment),
    (":LOGBOOK:", ":END:", Fate::Gone),
    (":PROPERTIES:", ":END:", Fate::Gone),
    ("#+BEGIN_QUERY", "#+END_QUERY", Fate::Gone),
    ("{% codeblock", "{% endcodeblock", Fate::Code),
    ("{% highlight", "{% endhighlight", Fate::Code),
    ("{{< highlight", "{{< /highlight", Fate::Code),
];

/// Rewrites a line; `None` where it has another form.
type Rewrite = fn(&Line) -> Option<String>;

/// Forms of whole lines; the first that fits wins.
const LINE_FORMS: &[Rewrite] = &[
    callout, container, contents, row_mark, property, clock, task,
];

/// A line that may have a form of another program.
struct Line<'a> {
    /// Its blanks, and the marks of the quotations and items that it begins.
    lead: &'a str,
    bare: &'a str,
    /// True in the notes of an outliner.
    is_outline: bool,
}

/// Returns a text as Markdown that begins on source line `first`; reports comments.
pub fn rewrite<'a>(text: &'a str, first: usize, page: &mut DraftDocument) -> Cow<'a, str> {
    if !may_have_forms(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = prose::lines(text).collect();
    let data = export_data(&lines);
    let mut rewriter = Rewriter {
        is_outline: is_outline(&lines),
        ends: last_lines(&lines),
        fence: None,
        block: None,
        page,
    };
    let mut out = String::with_capacity(text.len());
    let mut is_changed = false;
    for (i, line) in lines.iter().enumerate() {
        let fixed = if i >= data || is_toc_item(line, lines.get(i + 1)) {
            Cow::Borrowed("")
        } else {
            rewriter.line(line, i, first + i)
        };
        is_changed |= fixed != *line;
        out.push_str(&fixed);
        out.push('\n');
    }
    if is_changed {
        // a head may end inside a line
        out.truncate(out.len() - usize::from(!text.ends_with('\n')));
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns the first line of the data that Joplin exports below a note, or the number of lines:
/// from an `id` of 32 digits to the `type_` that ends the file, nothing but entries.
fn export_data(lines: &[&str]) -> usize {
    let none = lines.len();
    let Some(last) = lines.iter().rposition(|line| !line.trim().is_empty()) else {
        return none;
    };
    let is_entry = |line: &&&str| {
        line.split_once(": ")
            .is_some_and(|(key, _)| is_data_key(key))
            || line.strip_suffix(':').is_some_and(is_data_key)
    };
    let count = lines
        .iter()
        .take(last + 1)
        .rev()
        .take_while(is_entry)
        .count();
    let from = last + 1 - count;
    let is_id = |line: &&str| {
        let id = line.strip_prefix("id: ").unwrap_or_default();
        id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let is_data = lines.get(from).is_some_and(is_id)
        && lines.get(last).is_some_and(|l| l.starts_with("type_: "));
    if is_data { from } else { none }
}

fn is_data_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Recognises the item above `{:toc}`, in whose place kramdown sets the contents.
fn is_toc_item(line: &str, next: Option<&&str>) -> bool {
    let below = next.map_or("", |next| next.trim());
    let lower = line.trim().to_ascii_lowercase();
    below.starts_with("{:")
        && below.contains("toc")
        && matches!(&*lower, "* toc" | "- toc" | "1. toc" | "* content")
}

/// Rewrites lines one after the other.
struct Rewriter<'a, 'd> {
    is_outline: bool,
    /// The last line of each kind of block.
    ends: HashMap<&'static str, usize>,
    /// The mark of the open fence.
    fence: Option<&'static str>,
    /// The end of the open block, and its fate.
    block: Option<(&'static str, Fate)>,
    page: &'a mut DraftDocument<'d>,
}

impl Rewriter<'_, '_> {
    /// Rewrites the line of that index, which is source line `number`.
    fn line<'t>(&mut self, text: &'t str, index: usize, number: usize) -> Cow<'t, str> {
        let (lead, bare) = split_lead(text);
        if let Some((end, fate)) = self.block {
            let is_comment = fate == Fate::Comment;
            let closes = bare.starts_with(end) || is_comment && bare.ends_with(end);
            self.block = self.block.filter(|_| !closes);
            return self.in_block(text, fate, closes, number);
        }
        if let Some(mark) = self.fence {
            self.fence = self.fence.filter(|_| !bare.starts_with(mark));
            return Cow::Borrowed(text);
        }
        self.block = begun(bare, index, &self.ends);
        if let Some((_, fate)) = self.block {
            return self.in_block(text, fate, true, number);
        }
        let marks = ["```", "~~~"];
        self.fence = marks.into_iter().find(|mark| bare.starts_with(mark));
        if self.fence.is_some() {
            return Cow::Borrowed(text);
        }
        let line = Line {
            lead,
            bare,
            is_outline: self.is_outline,
        };
        one(&line, text, number, self.page)
    }

    /// Returns what a line of a block becomes; `is_edge` of its first and its last line.
    fn in_block<'t>(
        &mut self,
        text: &'t str,
        fate: Fate,
        is_edge: bool,
        number: usize,
    ) -> Cow<'t, str> {
        match fate {
            Fate::Code if is_edge => Cow::Borrowed("```"),
            Fate::Code => Cow::Borrowed(text),
            Fate::Comment if !text.trim().is_empty() => {
                self.page.fold("comment", number, text.trim());
                Cow::Borrowed("")
            }
            Fate::Comment | Fate::Gone => Cow::Borrowed(""),
        }
    }
}

/// Returns the facts of a page's head with the signs of an outliner taken off: `title:: 甲`.
pub fn property_of_page(line: &str) -> Cow<'_, str> {
    let line = match line.split_once(":: ") {
        Some((key, value)) if is_key(key.trim()) => Cow::Owned(format!("{key}: {value}")),
        _ => Cow::Borrowed(line),
    };
    let names = |line: &str| line.replace("[[", "").replace("]]", "");
    if matches!(line, Cow::Owned(_)) && line.contains("[[") {
        return Cow::Owned(names(&line));
    }
    line
}

/// Rewrites one line.
fn one<'a>(line: &Line, text: &'a str, number: usize, page: &mut DraftDocument) -> Cow<'a, str> {
    let is_edge = line.bare.starts_with('}');
    if !may_have_forms(text.as_bytes()) && !line.is_outline && !is_edge {
        return Cow::Borrowed(text);
    }
    match LINE_FORMS.iter().find_map(|form| form(line)) {
        Some(fixed) => {
            let fixed = dialect_spans::rewrite(&fixed, |_| {}).into_owned();
            Cow::Owned(fixed)
        }
        None => dialect_spans::rewrite(text, |comment| page.fold("comment", number, comment)),
    }
}

/// Returns false for most lines and texts without any form.
fn may_have_forms(text: &[u8]) -> bool {
    memchr::memchr3(b'{', b'%', b'[', text).is_some()
        || memchr::memchr3(b'=', b'^', b'(', text).is_some()
        || memchr::memmem::find(text, b"::").is_some()
        || memchr::memmem::find(text, b"```dataview").is_some()
        || memchr::memmem::find(text, b"!!! ").is_some()
        || memchr::memmem::find(text, b"??? ").is_some()
        || memchr::memmem::find(text, b"type_: ").is_some()
        || text.first() == Some(&b':')
}

/// Returns the blanks and the marks of quotations and items at the head of a line, and its rest.
fn split_lead(line: &str) -> (&str, &str) {
    let mut rest = line.trim_start();
    while let Some(inner) = rest.strip_prefix('>').or_else(|| {
        let inner = rest.strip_prefix(['-', '*', '+'])?;
        inner.starts_with([' ', '\t']).then_some(inner)
    }) {
        rest = inner.trim_start();
    }
    let at = line.len() - rest.len();
    (line.get(..at).unwrap_or_default(), rest.trim_end())
}

/// Returns for the last line of each kind of block where it stands last.
fn last_lines(lines: &[&str]) -> HashMap<&'static str, usize> {
    let mut found = HashMap::new();
    for (i, line) in lines.iter().enumerate() {
        let bare = split_lead(line).1;
        for (_, end, _) in BLOCK_FORMS {
            if bare.starts_with(end) || *end == "%%" && bare.ends_with(end) {
                found.insert(*end, i);
            }
        }
    }
    found
}

/// Returns the end of the block that a line begins: one that ends below, and not in the line.
fn begun(
    bare: &str,
    at: usize,
    ends: &HashMap<&'static str, usize>,
) -> Option<(&'static str, Fate)> {
    let is_begun = |(open, end, _): &&(&str, &str, Fate)| {
        let rest = bare.strip_prefix(open);
        rest.is_some_and(|rest| !rest.contains(end)) && ends.get(end).is_some_and(|last| *last > at)
    };
    let (_, end, fate) = BLOCK_FORMS.iter().find(is_begun)?;
    Some((*end, *fate))
}

/// Returns a title as a line of its own.
fn titled(lead: &str, title: &str) -> String {
    let title = title.trim().trim_matches(['"', '“', '”', '[', ']']);
    if title.is_empty() {
        lead.trim_end().to_owned()
    } else {
        format!("{lead}<b>{title}</b>")
    }
}

/// `> [!note]- 标题` heads a quotation.
fn callout(line: &Line) -> Option<String> {
    let (kind, title) = line.bare.strip_prefix("[!")?.split_once(']')?;
    let is_kind = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | ' ');
    let is_quoted = line.lead.contains('>');
    (is_quoted && !kind.is_empty() && kind.chars().all(is_kind))
        .then(|| titled(line.lead, title.trim_start_matches(['-', '+'])))
}

/// `:::tip 标题` and `:::` are the edges of a box; `!!! note "标题"` is the head of one.
fn container(line: &Line) -> Option<String> {
    let admonition = || {
        let rest = line
            .bare
            .strip_prefix("!!!")
            .or(line.bare.strip_prefix("???"))?;
        rest.starts_with([' ', '+'])
            .then(|| rest.trim_start_matches(['+', ' ']))
    };
    let rest = line
        .bare
        .strip_prefix(":::")
        .map(|rest| rest.trim_start_matches(':').trim());
    let rest = rest.or_else(admonition)?;
    let name_len = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let (name, title) = rest.split_at(name_len.unwrap_or(rest.len()));
    let title = title.split('{').next().unwrap_or_default().trim();
    let is_apart = title.starts_with('[') || rest.len() > name.len() + title.len();
    let is_named = !name.is_empty() && (title.is_empty() || is_apart);
    (rest.is_empty() || rest.starts_with('{') || is_named).then(|| titled(line.lead, title))
}

/// `[toc]` asks the program for contents.
fn contents(line: &Line) -> Option<String> {
    static CONTENTS: Words =
        Words::new("[toc] [[toc]] [[_toc_]] {:toc} {{toc}} {toc} ${toc} @[toc]");
    let lower = line.bare.to_ascii_lowercase().replace(' ', "");
    let is_csdn = lower.starts_with("@[toc](") && lower.ends_with(')');
    (CONTENTS.has(&lower) || is_csdn).then(String::new)
}

/// `{{{row` and `}}}` put blocks beside each other.
fn row_mark(line: &Line) -> Option<String> {
    static ROW_MARKS: Words = Words::new("{{{row {{{col {{{ }}} #+BEGIN_QUOTE #+END_QUOTE");
    ROW_MARKS.has(line.bare).then(String::new)
}

/// `id:: 6412ab` is a property of a block.
fn property(line: &Line) -> Option<String> {
    let (key, value) = line.bare.split_once("::")?;
    let is_apart = value.is_empty() || value.starts_with(' ');
    (line.is_outline && is_apart && is_key(key)).then(String::new)
}

fn is_key(key: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(is_part)
}

/// `CLOCK: […]` and `SCHEDULED: <…>` are times of a task.
fn clock(line: &Line) -> Option<String> {
    static TASK_TIMES: Words = Words::new("CLOCK: SCHEDULED: DEADLINE: CLOSED:");
    let time = TASK_TIMES.rests(line.bare).next()?.trim_start();
    time.starts_with(['[', '<']).then(String::new)
}

/// `- TODO [#A] 事` is an item.
fn task(line: &Line) -> Option<String> {
    static STATES: Words =
        Words::new("TODO DONE DOING LATER NOW WAITING WAIT CANCELED CANCELLED IN-PROGRESS");
    let is_item = line.lead.trim_start().starts_with(['-', '*', '+']);
    let (word, rest) = line.bare.split_once(' ')?;
    let rest = rest.trim_start();
    let rest = match rest.split_once(']') {
        Some((mark, rest)) if mark.starts_with("[#") && mark.len() == 3 => rest.trim_start(),
        _ => rest,
    };
    (line.is_outline && is_item && STATES.has(word)).then(|| format!("{}{rest}", line.lead))
}

/// Recognises the notes of an outliner: by a line of its own, by a property that begins the page,
/// or by several properties below items.
fn is_outline(lines: &[&str]) -> bool {
    let is_property = |line: &str| line.split_once(":: ").is_some_and(|(key, _)| is_key(key));
    let inner = lines.iter().filter(|line| line.starts_with([' ', '\t']));
    let properties = inner.filter(|line| is_property(line.trim_start()));
    lines.first().is_some_and(|line| is_property(line))
        || lines.iter().any(|line| is_outliner_line(line))
        || properties.take(MIN_PROPERTIES).count() == MIN_PROPERTIES
}

/// Least properties that tell an outliner.
const MIN_PROPERTIES: usize = 2;

/// Recognises a line that only outliners write.
fn is_outliner_line(line: &str) -> bool {
    static KEYS: Words =
        Words::new("id:: collapsed:: :LOGBOOK: heading:: background-color:: logseq.");
    KEYS.starts(split_lead(line).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        let mut page = DraftDocument::default();
        rewrite(text, 1, &mut page).into_owned()
    }

    #[test]
    fn forms_of_lines_become_what_they_mean() {
        for (form, wanted) in [
            ("> [!note]- 题\n> 文", "> <b>题</b>\n> 文"),
            ("> [!TIP]\n> 文", ">\n> 文"),
            (":::tip 提示\n文\n:::", "<b>提示</b>\n文\n"),
            (":::note[提示]\n文\n:::", "<b>提示</b>\n文\n"),
            ("```dataview\nLIST\n```\n文", "\n\n\n文"),
            ("* content\n{:toc}\n文", "\n\n文"),
            (
                "- #+BEGIN_QUOTE\n  id:: 1a\n  文\n  #+END_QUOTE",
                "\n\n  文\n",
            ),
            ("::: warning\n文\n:::", "\n文\n"),
            ("!!! note \"提示\"\n文", "<b>提示</b>\n文"),
            ("??? note \"提示\"\n文", "<b>提示</b>\n文"),
            ("文\n\n* TOC\n{:toc}", "文\n\n\n"),
            (
                "文\n\nid: 0123456789abcdef0123456789abcdef\nparent_id: \nauthor: \ntype_: 1",
                "文\n\n\n\n\n",
            ),
            ("[TOC]\n文", "\n文"),
            ("%%\n注\n%%\n文", "\n\n\n文"),
            ("{% highlight c %}\na\n{% endhighlight %}", "```\na\n```"),
            ("- 甲\n  id:: 1a\n  - TODO [#A] 乙", "- 甲\n\n  - 乙"),
            ("tags:: 城市\n\n- 甲", "\n\n- 甲"),
            (":LOGBOOK:\nCLOCK: [1]\n:END:\n文", "\n\n\n文"),
            ("{{{row\n文\n}}}", "\n文\n"),
        ] {
            assert_eq!(text(form), wanted, "{form}");
        }
        for same in [
            "```\n[toc]\n:::\n```",
            "- TODO 写信",
            "调用 std::move 与 a::b",
            "价格 :: 十元",
            "%%\n没有结尾",
            ":::不是容器",
        ] {
            assert_eq!(text(same), same);
        }
        assert_eq!(property_of_page("author:: [[李四]]"), "author: 李四");
        assert_eq!(property_of_page("title: a:: b"), "title: a:: b");
    }
}
