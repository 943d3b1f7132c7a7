//! Reads `BBCode`, as forums write it, by way of HTML: `[b]…[/b]`, `[quote]…[/quote]`, `[url=…]`.
//!
//! 1. [`html`] takes a tag for one only where it is closed, in a text with several such pairs:
//!    `a[i]` is text. A line stays a line, so that lines keep their numbers.
//! 2. What is between `[code]` and `[/code]` is left as it is.

use crate::text::words::Words;
use std::collections::HashMap;
use std::ops::Range;

/// Tags that have an end, with what their edges become in HTML; of some the text inside is an
/// address.
const PAIRS: &[(&str, &str, &str)] = &[
    ("b", "<b>", "</b>"),
    ("i", "<i>", "</i>"),
    ("u", "<u>", "</u>"),
    ("s", "<s>", "</s>"),
    ("quote", "<blockquote>", "</blockquote>"),
    ("code", "<pre><code>", "</code></pre>"),
    ("list", "<ul>", "</ul>"),
    ("table", "<table>", "</table>"),
    ("tr", "<tr>", "</tr>"),
    ("td", "<td>", "</td>"),
    ("sup", "<sup>", "</sup>"),
    ("url", "<a href=\"", "</a>"),
    ("email", "<a href=\"", "</a>"),
    ("img", "<img src=\"", "\">"),
    ("attach", "<!--", "-->"),
];
/// Tags that say how their text looks.
static LOOKS: Words = Words::new(
    "size color font align center left right backcolor bgcolor indent float p hide free",
);
/// Least pairs of tags that tell such a text.
const MIN_PAIRS: usize = 2;
/// Limit of a tag with its value, in bytes.
const MAX_BBCODE_TAG_BYTES: usize = 300;

/// A tag of the text.
#[derive(Clone, Debug)]
struct Tag<'a> {
    bytes: Range<usize>,
    name: String,
    value: &'a str,
    closes: bool,
}

/// Returns lines with `BBCode` as HTML; `None` for any other text.
pub(crate) fn html(lines: &[&str]) -> Option<String> {
    let has_end = |line: &&str| memchr::memmem::find(line.as_bytes(), b"[/").is_some();
    lines.iter().any(has_end).then_some(())?;
    let text = lines.join("\n");
    let tags = paired(&text);
    if tags.iter().filter(|tag| tag.closes).count() < MIN_PAIRS {
        return None;
    }
    let (mut out, mut at) = (String::with_capacity(text.len() * 2), 0);
    let (mut is_code, mut tags) = (false, tags.iter().peekable());
    while let Some(tag) = tags.next() {
        push(&mut out, text.get(at..tag.bytes.start)?, is_code);
        at = tag.bytes.end;
        is_code = tag.name == "code" && !tag.closes;
        let inside = tags.peek().and_then(|next| text.get(at..next.bytes.start));
        out.push_str(&edge(tag, inside.unwrap_or_default()));
    }
    push(&mut out, text.get(at..)?, is_code);
    Some(out)
}

/// Returns what a tag becomes; `inside` is the text up to the next one.
fn edge(tag: &Tag, inside: &str) -> String {
    if tag.name == "*" {
        return "<li>".to_owned();
    }
    let Some((_, open, close)) = PAIRS.iter().find(|(name, ..)| *name == tag.name) else {
        return String::new();
    };
    let address = |address: &str| escaped(address.trim().trim_matches('"')).replace('"', "&quot;");
    match (&*tag.name, tag.closes) {
        (_, true) => (*close).to_owned(),
        ("url" | "email", _) if tag.value.is_empty() => format!("{open}{}\">", address(inside)),
        ("url" | "email", _) => format!("{open}{}\">", address(tag.value)),
        ("quote", _) if !tag.value.is_empty() => {
            let who = tag.value.split([',', ';']).next().unwrap_or_default();
            format!("{open}{}：<br>", address(who))
        }
        _ => (*open).to_owned(),
    }
}

/// Adds text between two tags.
fn push(out: &mut String, text: &str, is_code: bool) {
    let text = escaped(text);
    let end = if is_code { "\n" } else { "\n<br>" };
    // inside an attribute there is an address
    if out.ends_with("src=\"") {
        out.push_str(text.trim());
    } else {
        out.push_str(&text.replace('\n', end));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Returns the tags of a text that are closed, with the items of its lists.
fn paired(text: &str) -> Vec<Tag<'_>> {
    let mut tags: Vec<(Tag, bool)> = Vec::new();
    let mut open: HashMap<String, Vec<usize>> = HashMap::new();
    let mut code = None;
    for at in memchr::memchr_iter(b'[', text.as_bytes()) {
        let Some(tag) = tag_at(text, at) else {
            continue;
        };
        let is_code = tag.name == "code";
        if code.is_some() && !(is_code && tag.closes) {
            continue;
        }
        let index = tags.len();
        if !tag.closes {
            open.entry(tag.name.clone()).or_default().push(index);
            code = code.or(is_code.then_some(index));
            tags.push((tag, false));
            continue;
        }
        code = code.filter(|_| !is_code);
        let opened = open.get_mut(&tag.name).and_then(Vec::pop);
        if let Some((_, is_paired)) = opened.and_then(|i| tags.get_mut(i)) {
            *is_paired = true;
            tags.push((tag, true));
        }
    }
    let has_list = tags
        .iter()
        .any(|(tag, paired)| *paired && tag.name == "list");
    let is_tag = |(tag, paired): &(Tag, bool)| *paired || has_list && tag.name == "*";
    tags.retain(is_tag);
    tags.into_iter().map(|(tag, _)| tag).collect()
}

/// Returns the tag that begins at a byte.
fn tag_at(text: &str, at: usize) -> Option<Tag<'_>> {
    let rest = text.get(at + 1..text.floor_char_boundary(at + MAX_BBCODE_TAG_BYTES))?;
    let inside = rest.get(..rest.find([']', '\n', '['])?)?;
    rest.get(inside.len()..)?.starts_with(']').then_some(())?;
    let bare = inside.strip_prefix('/');
    let (name, value) = bare
        .unwrap_or(inside)
        .split_once('=')
        .unwrap_or((bare.unwrap_or(inside), ""));
    let name = name.to_ascii_lowercase();
    let is_known =
        name == "*" || LOOKS.has(&name) || PAIRS.iter().any(|(known, ..)| *known == name);
    is_known.then(|| Tag {
        bytes: at..at + inside.len() + 2,
        name,
        value,
        closes: bare.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use crate::format::draft::DraftDocument;
    use crate::format::plain;
    use crate::text::cases::rows;

    fn read(text: &str) -> String {
        let mut page = DraftDocument::default();
        plain::read(&text.lines().collect::<Vec<_>>(), 1, &mut page);
        let dump = crate::document::dump::dump(&page.build());
        dump.replace(" | ", "|").trim_end().to_owned()
    }

    #[test]
    fn tags_that_are_closed_become_markup() {
        for [text, wanted] in rows(
            "\
[b]渡口[/b]的船。⏎[color=red]停了[/color]。 ¦ L1 paragraph|渡口的船。⏎    strong 渡口⏎L2 paragraph|停了。
[quote]船停了。⏎人散了。[/quote]是的。⏎[i]是[/i]。 ¦ L1 quote depth 1|船停了。⏎L2 quote depth 1|人散了。⏎L2 paragraph|是的。⏎L3 paragraph|是。⏎    emphasis 是
[url=http://a.b]旧文[/url]和[url]http://c.d[/url]。 ¦ L1 paragraph|旧文和http://c.d。⏎    link <http://a.b> 旧文⏎    link <http://c.d> http://c.d
[list]⏎[*]路[/b]⏎[*]桥⏎[/list]⏎[u]完[/u]。 ¦ L2 item depth 1|路[/b]⏎L3 item depth 1|桥⏎L5 paragraph|完。⏎    propername 完
[code]a[b]c[/b][/code]⏎[b]完[/b]。 ¦ L1 code|a[b]c[/b]⏎L2 paragraph|完。⏎    strong 完
// signs of other things
数组 a[i] 与 b[i]，[注]见后。⏎第二行。 ¦ L1 paragraph|数组 a[i] 与 b[i]，[注]见后。⏎L2 paragraph|第二行。
写 [b]粗[/b] 即可。 ¦ L1 paragraph|写 [b]粗[/b] 即可。",
        ) {
            assert_eq!(read(text), wanted.replace('⏎', "\n"), "{text}");
        }
    }
}
