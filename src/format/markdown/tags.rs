//! Tells tags of HTML from text that looks like one: `Box<T>`, `<文件名>`, `<form> 标签`.
//!
//! 1. [`Closed`] knows which elements a text closes somewhere.
//! 2. [`literal`] escapes everything else. A tag has a known name, and the evidence that its
//!    [`Class`] asks for: an end tag, an attribute with a value, the edge of its line.
//!
//! Code is left alone; so are comments and addresses between angle brackets.

use super::code_spans::CodeSpans;
use crate::format::prose;
use crate::text::words::Words;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

/// Limit of a tag, in bytes.
const MAX_TAG_BYTES: usize = 2000;
/// Limit of the lines in which a tag inside a sentence is closed.
const MAX_PARAGRAPH_LINES: usize = 40;

/// Kinds of elements, by the evidence that a start tag of theirs needs inside a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// None: it is one line break or another.
    Break,
    /// An attribute with a value: a picture without an address is none.
    Void,
    /// Its place at the head of a line, or its end tag in the same paragraph.
    Optional,
    /// Its end tag in the same paragraph, or an attribute with a value.
    Phrase,
    /// Its end tag anywhere, an attribute with a value, or a line of its own.
    Block,
    /// Its end tag anywhere, or a line of its own: it is a control of a form.
    Control,
}

/// Known elements.
static ELEMENTS: [(Class, Words); 6] = [
    (Class::Break, Words::new("br wbr")),
    (
        Class::Void,
        Words::new("img embed source track link meta base area param col"),
    ),
    (
        Class::Optional,
        Words::new("p li td th tr dt dd thead tbody tfoot colgroup hr rt rp rb rtc"),
    ),
    (
        Class::Phrase,
        Words::new(
            "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark \
            nobr q ruby s samp small span strike strong sub sup time tt u var",
        ),
    ),
    (
        Class::Block,
        Words::new(
            "address applet article aside audio blockquote body canvas caption center details \
            dialog dir div dl fieldset figcaption figure footer frameset h1 h2 h3 h4 h5 h6 head \
            header hgroup html iframe legend listing main map marquee menu nav noframes noscript \
            object ol pre script search section slot style summary svg table template title ul \
            video xmp math annotation",
        ),
    ),
    (
        Class::Control,
        Words::new(
            "button datalist form input meter optgroup option output progress select textarea",
        ),
    ),
];

/// The elements of which a text has start tags and end tags, code aside.
#[derive(Default)]
pub struct Closed {
    starts: BTreeSet<String>,
    ends: BTreeSet<String>,
    /// Unknown elements with an attribute, or with a name in parts.
    components: BTreeSet<String>,
}

impl Closed {
    /// Returns those of a text. Linear.
    pub fn of(text: &str) -> Self {
        let mut found = Self::default();
        if memchr::memchr(b'<', text.as_bytes()).is_none() {
            return found;
        }
        let mut in_fence = false;
        for line in prose::lines(text) {
            let bare = line.trim_start();
            in_fence ^= bare.starts_with("```") || bare.starts_with("~~~");
            if in_fence || !line.contains('<') {
                continue;
            }
            let code = CodeSpans::of(line);
            for (at, _) in line.match_indices('<').filter(|(at, _)| !code.holds(*at)) {
                let Some(tag) = line.get(at..).and_then(Tag::read) else {
                    continue;
                };
                if tag.has_value || tag.name.contains([':', '-']) {
                    found.components.insert(tag.name.clone());
                }
                let names = if tag.is_end {
                    &mut found.ends
                } else {
                    &mut found.starts
                };
                names.insert(tag.name);
            }
        }
        found
    }
}

/// Text in the form of a tag.
struct Tag {
    name: String,
    is_end: bool,
    is_empty: bool,
    has_value: bool,
    len: usize,
}

impl Tag {
    /// Reads the tag at the head of a text, as `CommonMark` takes it for one.
    fn read(text: &str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let (is_end, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':');
        let name_len = inside.find(|c| !is_name(c)).unwrap_or(inside.len());
        let name = inside.get(..name_len)?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = end_of_tag(inside)?;
        let attributes = inside.get(name_len..end)?;
        let is_apart = attributes.is_empty() || attributes.starts_with([' ', '\t', '/']);
        is_apart.then(|| Self {
            name: name.to_ascii_lowercase(),
            is_end,
            is_empty: attributes.ends_with('/'),
            has_value: attributes.contains('='),
            len: text.len() - inside.len() + end + 1,
        })
    }

    fn class(&self) -> Option<Class> {
        let row = ELEMENTS.iter().find(|(_, names)| names.has(&self.name))?;
        Some(row.0)
    }
}

/// Returns the position of the `>` that ends a tag: none inside a value in quotation marks.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = '<';
    for (at, c) in inside.char_indices() {
        match quote {
            _ if at > MAX_TAG_BYTES => return None,
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') && before == '=' => quote = Some(c),
            None if c == '>' => return Some(at),
            None if c == '<' => return None,
            _ => {}
        }
        before = c;
    }
    None
}

/// Returns a line in which what looks like a tag and is none is text; `rest` are the lines below.
pub fn literal<'a>(line: &'a str, rest: &[&str], closed: &Closed) -> Cow<'a, str> {
    if !line.contains('<') {
        return Cow::Borrowed(line);
    }
    let code = CodeSpans::of(line);
    let mut ends = EndsNear::of(line, rest);
    let (mut out, mut from, mut behind) = (String::new(), 0, 0);
    for (at, _) in line.match_indices('<') {
        let text = line.get(at..).unwrap_or_default();
        if at < behind || code.holds(at) || line.get(..at).is_some_and(is_escaped) {
            continue;
        }
        let before = line.get(..at).unwrap_or_default().trim_end();
        let place = Place { at, before, closed };
        let (is_tag, len) = match Tag::read(text) {
            Some(tag) => (place.is_tag(&tag, text, &mut ends), tag.len),
            // <!DOCTYPE html> and <?php ?> inside a sentence are shown
            None => (before.is_empty() || !is_declaration(text), 1),
        };
        if is_tag {
            behind = at + len;
        } else {
            out.push_str(line.get(from..at).unwrap_or_default());
            out.push_str("&lt;");
            from = at + 1;
        }
    }
    if from == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(line.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Returns true where an odd number of backslashes ends a text.
fn is_escaped(before: &str) -> bool {
    before.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
}

fn is_declaration(text: &str) -> bool {
    let mark = text
        .strip_prefix("<!")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    mark || text.starts_with("<?")
}

/// The end tags of a line and of the rest of its paragraph, by name.
struct EndsNear<'a> {
    line: String,
    rest: &'a [&'a str],
    /// The last end tag in the line, and whether one stands below.
    found: HashMap<String, (Option<usize>, bool)>,
}

impl<'a> EndsNear<'a> {
    fn of(line: &str, rest: &'a [&'a str]) -> Self {
        Self {
            line: line.to_ascii_lowercase(),
            rest,
            found: HashMap::new(),
        }
    }

    /// Returns whether the element that begins at a byte of the line ends in its paragraph.
    fn close(&mut self, name: &str, at: usize) -> bool {
        let (last, below) = *self.found.entry(name.to_owned()).or_insert_with(|| {
            let end = format!("</{name}");
            let below = self.rest.iter().take(MAX_PARAGRAPH_LINES);
            let mut below = below.take_while(|line| !line.trim().is_empty());
            let has = |line: &&str| line.to_ascii_lowercase().contains(&end);
            (self.line.rfind(&end), below.any(has))
        });
        below || last.is_some_and(|last| last > at)
    }
}

/// The surroundings of a tag.
struct Place<'a> {
    at: usize,
    before: &'a str,
    closed: &'a Closed,
}

impl Place<'_> {
    /// Decides whether something in the form of a tag is one; `text` begins with it.
    fn is_tag(&self, tag: &Tag, text: &str, ends: &mut EndsNear) -> bool {
        let after = text.get(tag.len..).unwrap_or_default().trim_start();
        // beside another tag it is one, too
        let at_head = self.before.is_empty() || self.before.ends_with(['>', '|']);
        let at_end = after.is_empty() || after.starts_with(['<', '|']);
        let starts = self.closed.starts.contains(&tag.name);
        match tag.class() {
            None => self.is_component(tag),
            Some(Class::Break) => true,
            Some(_) if tag.is_end => at_end || at_head || starts,
            Some(class) => self.is_start(class, tag, (at_head, at_end), ends),
        }
    }

    /// Recognises a part of another program, or of Word.
    fn is_component(&self, tag: &Tag) -> bool {
        let has = |names: &BTreeSet<String>| names.contains(&tag.name);
        let is_closed = tag.is_empty || has(&self.closed.starts) && has(&self.closed.ends);
        has(&self.closed.components) && is_closed
    }

    /// Decides about a start tag at the head or the end of its line, or inside.
    fn is_start(
        &self,
        class: Class,
        tag: &Tag,
        (at_head, at_end): (bool, bool),
        ends: &mut EndsNear,
    ) -> bool {
        let closed = self.closed.ends.contains(&tag.name);
        let own_line = at_head && at_end;
        let in_markup = at_head || self.before.starts_with('<');
        let by_value = tag.has_value && class != Class::Control;
        by_value
            || match class {
                Class::Break | Class::Void => false,
                Class::Optional => in_markup || ends.close(&tag.name, self.at),
                Class::Phrase => ends.close(&tag.name, self.at),
                // inside a sentence it is more often a word about a tag
                Class::Block => own_line || in_markup && closed || ends.close(&tag.name, self.at),
                Class::Control => own_line || closed,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let closed = Closed::of(text);
        let line = |(i, line): (usize, &&str)| literal(line, &lines[i + 1..], &closed).into_owned();
        let lines: Vec<String> = lines.iter().enumerate().map(line).collect();
        lines.join("\n")
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for text in [
            "用 <T> 和 <file name>",
            "标题 <template> 的用法",
            "<form> 标签和 <title> 标签",
            "<b> 是粗体",
            "`</main>` 前面是 <main>",
            "写成 <img> 的图片，写成 <input type=\"text\"> 的框",
            "文件头是 <!DOCTYPE html> 一行",
            "参数 <name>张三</name>",
            "多余的 </div> 要删去",
        ] {
            let wanted: Vec<&str> = text.split('`').collect();
            let wanted = match wanted[..] {
                [a, code, b] => format!("{a}`{code}`{}", b.replace('<', "&lt;")),
                _ => text.replace('<', "&lt;"),
            };
            assert_eq!(fixed(text), wanted);
        }
    }

    #[test]
    fn a_sentence_may_name_a_tag_that_is_used_elsewhere() {
        let wanted = "说到 &lt;div> 标签\n\n<div>\n甲\n</div>";
        assert_eq!(fixed(&wanted.replace("&lt;", "<")), wanted);
    }

    #[test]
    fn real_tags_stay() {
        for text in [
            "甲<br>乙<br/>丙",
            "<p>一段",
            "<p align=center>一段",
            "看<b>这里</b>，<font color=red>红的",
            "<div>\n甲\n</div>",
            "<table><tr><td>甲<td>乙</table>",
            "<img src=a.png>",
            "<o:p></o:p>尾",
            "<Badge text=\"新\"/>尾",
            "<http://a.b/c> <a@b.c>",
            "<!-- 注 --> 前 <!-- more -->",
            "前<span\nclass=\"a\">甲</span>",
            "`<T>` 与 \\<T>",
            "1 < 2 > 1 和 <3",
            "a<sub>1</sub>\n和<b>甲\n乙</b>",
        ] {
            assert_eq!(fixed(text), text);
        }
    }
}
