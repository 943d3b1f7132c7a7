//! Rewrites what other programs write inside a line: links between notes, tags of templates,
//! comments, marks of blocks.
//!
//! A form is a row of [`SPAN_FORMS`]: what opens it, what closes it, and what it becomes.

use super::code_spans::CodeSpans;
use crate::format::prose;
use crate::text::words::Words;
use std::borrow::Cow;

/// Limit of a form, in bytes.
const MAX_FORM_BYTES: usize = 2000;

/// A stretch in the form of another program.
struct Found<'a> {
    before: &'a str,
    inside: &'a str,
    after: &'a str,
}

/// A form: what opens and closes it, and its meaning; `None` where it is text after all.
struct SpanForm {
    open: &'static str,
    close: &'static str,
    becomes: fn(&Found) -> Option<String>,
    is_comment: bool,
}

const fn form(
    open: &'static str,
    close: &'static str,
    becomes: fn(&Found) -> Option<String>,
) -> SpanForm {
    SpanForm {
        open,
        close,
        becomes,
        is_comment: false,
    }
}

/// Forms, those with longer openings first.
const SPAN_FORMS: &[SpanForm] = &[
    SpanForm {
        is_comment: true,
        ..form("%%", "%%", comment)
    },
    form("![[", "]]", embed),
    form("[[", "]]", wiki_link),
    form("{{<", ">}}", tag),
    form("{{%", "%}}", tag),
    form("{{", "}}", variable),
    form("{%", "%}", tag),
    form("{:", "}", attributes),
    form("((", "))", block_link),
    form("<%", "%>", page_code),
    form("==", "==", highlight),
    form("^[", "]", note),
];

/// Rewrites a line; hands comments on.
pub fn rewrite(line: &str, mut report: impl FnMut(&str)) -> Cow<'_, str> {
    let code = CodeSpans::of(line);
    let bytes = line.as_bytes();
    let (mut out, mut from, mut at) = (String::new(), 0, 0);
    while let Some(i) = bytes.get(at..).and_then(|rest| {
        let is_head = |b: &u8| matches!(b, b'%' | b'!' | b'[' | b'{' | b'(' | b'<' | b'=' | b'^');
        rest.iter().position(is_head)
    }) {
        at += i;
        let is_code = code.holds(at) && bytes.get(at) != Some(&b'<');
        let found = line.get(at..).filter(|_| !is_code).and_then(|text| {
            let before = line.get(..at).unwrap_or_default();
            read(before, text)
        });
        let Some((form, len, meaning)) = found else {
            at += 1;
            continue;
        };
        if form.is_comment {
            report(line.get(at..at + len).unwrap_or_default());
        }
        out.push_str(line.get(from..at).unwrap_or_default());
        out.push_str(&meaning);
        at += len;
        from = at;
    }
    let rest = line.get(from..).unwrap_or_default();
    let bare = without_block_mark(rest);
    if from == 0 && bare.len() == rest.len() {
        return Cow::Borrowed(line);
    }
    out.push_str(bare);
    Cow::Owned(out)
}

/// Reads the form at the head of a text: its row, its length and what it becomes.
fn read(before: &str, text: &str) -> Option<(&'static SpanForm, usize, String)> {
    let near = text.get(..text.floor_char_boundary(MAX_FORM_BYTES))?;
    SPAN_FORMS.iter().find_map(|form| {
        let len = near.strip_prefix(form.open)?.find(form.close)?;
        let end = form.open.len() + len + form.close.len();
        let meaning = (form.becomes)(&Found {
            before,
            inside: text.get(form.open.len()..form.open.len() + len)?,
            after: text.get(end..)?,
        });
        meaning.map(|meaning| (form, end, meaning))
    })
}

/// Returns a line without the mark of its block: ` ^abc123`.
fn without_block_mark(line: &str) -> &str {
    let text = line.trim_end();
    let Some((bare, mark)) = text.rsplit_once('^') else {
        return line;
    };
    let is_part = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let is_mark = mark.bytes().all(is_part)
        && (mark.len() == 6 || mark.len() > 2 && mark.bytes().any(|b| b.is_ascii_lowercase()));
    let is_apart = bare.is_empty() || bare.ends_with([' ', '\t']);
    let follows_text = bare
        .trim_end()
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_ascii());
    if is_mark && is_apart && follows_text {
        bare.trim_end()
    } else {
        line
    }
}

/// `%%给自己看%%`, but not 100%%.
fn comment(found: &Found) -> Option<String> {
    let is_number = found
        .before
        .ends_with(|c: char| c.is_ascii_digit() || c == '%');
    (!is_number && !found.inside.is_empty()).then(String::new)
}

/// `[[页面#小节|显示]]`; `[[1]](#a)` and arrays are left alone.
fn wiki_link(found: &Found) -> Option<String> {
    let inside = found.inside;
    let is_text = inside.contains(['[', ']'])
        || inside.trim() != inside
        || !inside.chars().any(char::is_alphabetic)
        || found.after.starts_with('(');
    (!is_text && !inside.is_empty()).then(|| name(inside))
}

/// Returns the name that a link between notes shows.
fn name(inside: &str) -> String {
    let (target, shown) = inside.split_once('|').unwrap_or((inside, ""));
    if !shown.trim().is_empty() {
        return shown.trim().trim_end_matches('\\').to_owned();
    }
    let target = target.trim_end_matches('\\');
    // the mark of a block is not shown
    let target = target.split_once("#^").map_or(target, |(page, _)| page);
    target.trim_start_matches('#').replace('#', " > ")
}

/// `![[图 1.png|300]]` is a picture, `![[笔记]]` another note.
fn embed(found: &Found) -> Option<String> {
    let (target, shown) = found.inside.split_once('|').unwrap_or((found.inside, ""));
    let target = target.trim();
    if target.is_empty() || target.contains(['[', ']', '<', '>']) {
        return None;
    }
    let file = target
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .replace(' ', "_");
    if !prose::is_file_name(&file) {
        return Some(name(found.inside));
    }
    let is_size = shown
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'x' | b'|' | b' '));
    let alt = if is_size { "" } else { shown.trim() };
    Some(format!("![{alt}](<{target}>)"))
}

/// Tags of templates that hold words of the author in a line.
static WORDS_IN_TAG: Words = Words::new(
    "post_link link label u emp wavy del kbd span ruby btn button mark note sup sub bubble tip",
);
/// Tags of templates that are pictures.
static PICTURE_TAGS: Words =
    Words::new("asset_img img image figure img-post local_img gallery_img fancybox");

/// `{% note info 题 %}` and `{{< figure src="a.png" title="题" >}}`.
fn tag(found: &Found) -> Option<String> {
    let inside = found.inside.trim().trim_matches('-').trim();
    let (name, rest) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_/.".contains(c);
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    if PICTURE_TAGS.has(name) {
        return Some(picture(rest));
    }
    let own_line = found.before.trim().is_empty() && found.after.trim().is_empty();
    let words = attribute(rest, "title").or_else(|| {
        let is_word = |word: &&str| prose::has_han(word) && !word.contains('=');
        let words: Vec<&str> = rest.split_whitespace().filter(is_word).collect();
        (!words.is_empty()).then(|| words.join(" "))
    });
    let words = words
        .filter(|_| own_line || WORDS_IN_TAG.has(name))
        .unwrap_or_default();
    let words = words
        .trim_matches(['"', '\'', '@', ','])
        .replace(['@', '|'], " ");
    Some(match words.trim() {
        words if own_line && !words.is_empty() => format!("<b>{words}</b>"),
        words => words.to_owned(),
    })
}

/// Returns a picture of a tag with an address and a description.
fn picture(rest: &str) -> String {
    let is_file = |word: &&str| prose::is_file_name(word.trim_matches(['"', '\'']));
    let file = || rest.split_whitespace().find(is_file).map(str::to_owned);
    let address = attribute(rest, "src").or_else(file).unwrap_or_default();
    let said = ["title", "alt", "caption"]
        .into_iter()
        .find_map(|name| attribute(rest, name));
    let said = said.unwrap_or_else(|| {
        let is_word = |word: &&str| prose::has_han(word) && !is_file(word);
        let words: Vec<&str> = rest.split_whitespace().filter(is_word).collect();
        words.join(" ")
    });
    let said = said.trim_matches(['"', '\'']).replace(['[', ']'], "");
    let address = address.trim_matches(['"', '\'']).replace(['<', '>'], "");
    format!("![{said}](<{address}>)")
}

/// Returns the value of `name="…"`.
fn attribute(text: &str, name: &str) -> Option<String> {
    let (before, rest) = text.split_once(&format!("{name}="))?;
    let is_apart = before.is_empty() || before.ends_with(char::is_whitespace);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = rest.get(1..)?.split(quote).next()?;
    (is_apart && !value.is_empty()).then(|| value.to_owned())
}

/// `{{ site.title }}` and `{{query …}}`; text in braces stays.
fn variable(found: &Found) -> Option<String> {
    static VARIABLES: Words = Words::new(
        "site. page. post. layout. theme. config. $page. $frontmatter. $site. .Site .Page .Title
        query embed renderer video youtube tweet",
    );
    VARIABLES
        .starts(found.inside.trim().trim_start_matches('-').trim())
        .then(String::new)
}

/// `{: .notice}` and `{: id="2021"}`.
fn attributes(found: &Found) -> Option<String> {
    let inside = found.inside.trim();
    let is_attribute = |word: &str| word.starts_with(['.', '#']) || word.contains('=');
    let is_name = matches!(inside, "toc" | "nofollow" | "footnotes");
    let words = inside.split_whitespace();
    // a value in quotation marks may hold blanks
    let is_list = words.clone().next().is_some_and(is_attribute)
        && (inside.contains('"') || words.clone().all(is_attribute));
    (is_list || is_name).then(String::new)
}

/// `((6412ab…))` and `((20200813131152-0wk5akh "文"))` lead to a block.
fn block_link(found: &Found) -> Option<String> {
    let (id, said) = found.inside.split_once(' ').unwrap_or((found.inside, ""));
    let is_part = |b: u8| b.is_ascii_hexdigit() || b.is_ascii_lowercase() || b == b'-';
    let is_id = id.len() >= 20 && id.bytes().all(is_part) && id.contains('-');
    is_id.then(|| said.trim().trim_matches(['"', '\'']).to_owned())
}

/// `<%= link %>`, but not a sentence about it.
fn page_code(found: &Found) -> Option<String> {
    (!prose::has_han(found.inside) && !found.inside.trim().is_empty()).then(String::new)
}

/// `^[注]`, a note in its place.
fn note(found: &Found) -> Option<String> {
    prose::has_han(found.inside).then(|| format!("（{}）", found.inside))
}

/// `==重点==`, but no comparison.
fn highlight(found: &Found) -> Option<String> {
    let inside = found.inside;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '=';
    let is_signs = inside.is_empty()
        || inside.trim() != inside
        || inside.starts_with('=')
        || found.after.starts_with('=')
        || found.before.ends_with(is_word)
        || found.before.ends_with(['!', '<', '>']) && !prose::has_han(inside);
    let inside = || rewrite(found.inside, |_| {});
    (!is_signs).then(|| format!("<b>{}</b>", inside()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    #[test]
    fn forms_become_what_they_mean() {
        for [line, wanted] in rows(
            r#"
看 [[城市|新城]]、[[菜#篮]]、[[甲#^ab12]] ¦ 看 新城、菜 > 篮、甲
图 ![[附件/图 1.png|300]] 和 ![[笔记]] ¦ 图 ![](<附件/图 1.png>) 和 笔记
前%%给自己%%后 ¦ 前后
==这一句==，==甲==乙 ¦ <b>这一句</b>，<b>甲</b>乙
一段。 ^abc123 ¦ 一段。
{% post_url a %}里说过 ¦ 里说过
见{% post_link a 上一篇 %}。 ¦ 见上一篇。
{% note info 提示 %} ¦ <b>提示</b>
{% asset_img a.png 一张图 %} ¦ ![一张图](<a.png>)
{{< figure src="a.png" title="图一" >}} ¦ ![图一](<a.png>)
[甲](b){:target="_blank"}。{: .x} ¦ [甲](b)。
((20200813131152-0wk5akh "锚"))处 ¦ 锚处
<a href="<%= link %>">甲</a> ¦ <a href="">甲</a>
{{ site.title }}站 ¦ 站"#,
        ) {
            assert_eq!(rewrite(line, |_| {}), wanted);
        }
        for same in [
            "[[1]](#a)，[[1, 2], [3]]，[[ -f a ]]",
            "a == b，c == d，if a==b==c",
            "`[[甲]]` 与 `{% raw %}`",
            "涨了100%%，又%%",
            "x ^2 与 2 ^10",
            "用 <% 和 %> 包起来",
            "集合 {{甲}} 与 ((乙))",
            "=====",
            "{: 表情 }",
        ] {
            assert_eq!(rewrite(same, |_| {}), same);
        }
    }
}
