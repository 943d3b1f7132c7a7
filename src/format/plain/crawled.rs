//! Reads the HTML that a crawler left in plain text: entities (`&nbsp;`, `&#34;`, `&ldquo;`) and
//! tags (`<br/>`, `</p>`).
//!
//! 1. They are counted in lines of prose. Few of them, or a text that speaks about them, is left
//!    as it is; so is every line of code.
//! 2. A tag that ends a paragraph begins a line; other tags go, entities are read.
//!
//! Each line knows the line of the source that it comes from.

use crate::format::entities;
use crate::format::prose;
use crate::text::words::Words;

/// Least number of entities and tags in a crawled text.
const MIN_FORMS: usize = 3;
/// Limit of a tag, in bytes.
const MAX_TAG_BYTES: usize = 400;

/// Tags at which a line ends, and tags inside a line.
static BREAKS: Words = Words::new(
    "br p div li tr ul ol table tbody h1 h2 h3 h4 h5 h6 section article blockquote dd dt center hr",
);
static INLINE: Words =
    Words::new("span strong b em i u font a td th img small big sub sup s label");

/// A text without tags.
pub struct Crawled {
    pub text: String,
    /// For each of its lines the index of the line that it comes from.
    pub lines: Vec<usize>,
}

impl Crawled {
    /// Returns the index of the source line of a line of the text.
    pub fn source_line(&self, index: usize) -> usize {
        self.lines.get(index).copied().unwrap_or(index)
    }
}

/// An entity or a tag in a text.
enum Form {
    /// An entity, with the text that it encodes.
    Entity(String),
    Break,
    Inline,
}

/// Reads a text that a crawler left HTML in; `None` for any other.
pub fn read(text: &str) -> Option<Crawled> {
    if memchr::memchr2(b'&', b'<', text.as_bytes()).is_none() || !is_crawled(text) {
        return None;
    }
    let mut crawled = Crawled {
        text: String::with_capacity(text.len()),
        lines: Vec::new(),
    };
    for (i, line) in prose::lines(text).enumerate() {
        let fixed = if is_prose(line) {
            // what was escaped twice, or is a tag now
            without_forms(&without_forms(line))
        } else {
            line.to_owned()
        };
        for piece in fixed.split('\n') {
            crawled.text.push_str(piece);
            crawled.text.push('\n');
            crawled.lines.push(i);
        }
    }
    Some(crawled)
}

/// Decides by the number of forms whether a crawler left them, or the text speaks about them.
fn is_crawled(text: &str) -> bool {
    static TOPICS: Words =
        Words::new("html xml 标签 实体 转义 代码 字符 标记 写成 写作 编码 浏览器 网页源");
    let (mut forms, mut lines, mut about) = (0, 0, 0);
    for line in prose::lines(text).filter(|line| line.contains(['&', '<']) && is_prose(line)) {
        let (mut here, mut is_quoted) = (0, false);
        each_form(line, |at, len, _| {
            here += 1;
            let before = line.get(..at).and_then(|l| l.chars().next_back());
            let after = line.get(at + len..).and_then(|l| l.chars().next());
            is_quoted |= matches!(
                (before, after),
                (
                    Some('“' | '‘' | '`' | '「' | '"'),
                    Some('”' | '’' | '`' | '」' | '"')
                )
            );
        });
        forms += here;
        lines += usize::from(here > 0);
        about += usize::from(here > 0 && (is_quoted || TOPICS.occur_in(&line.to_lowercase())));
    }
    forms >= MIN_FORMS && about * 2 <= lines
}

/// Recognises Chinese prose between tags and entities, or nothing else than these.
fn is_prose(line: &str) -> bool {
    if !line.contains(['&', '<']) {
        return false;
    }
    let bare = without_forms(&without_forms(line));
    bare != line && (bare.trim().is_empty() || prose::is_prose(&bare))
}

/// Returns a line with its entities read and without its tags; `\n` stands where a line ends.
fn without_forms(line: &str) -> String {
    let (mut out, mut from) = (String::with_capacity(line.len()), 0);
    each_form(line, |at, len, form| {
        out.push_str(line.get(from..at).unwrap_or_default());
        from = at + len;
        match form {
            Form::Entity(text) => out.push_str(text),
            Form::Break => out.push('\n'),
            Form::Inline => {}
        }
    });
    out.push_str(line.get(from..).unwrap_or_default());
    out
}

/// Calls `found` with the place, the length and the meaning of each form of a line.
fn each_form(line: &str, mut found: impl FnMut(usize, usize, &Form)) {
    let mut from = 0;
    while let Some(i) = line
        .as_bytes()
        .get(from..)
        .and_then(|rest| memchr::memchr2(b'&', b'<', rest))
    {
        let at = from + i;
        let rest = line.get(at..).unwrap_or_default();
        from = at + 1;
        let entity = entities::entity(rest).map(|(len, text)| (len, Form::Entity(text)));
        if let Some((len, form)) = entity.or_else(|| tag(rest)) {
            found(at, len, &form);
            from = at + len;
        }
    }
}

/// Reads the tag at the head of a text.
fn tag(text: &str) -> Option<(usize, Form)> {
    let end = text.bytes().take(MAX_TAG_BYTES).position(|b| b == b'>')?;
    let inside = text.get(1..end).filter(|_| text.starts_with('<'))?;
    let inside = inside.trim_start_matches('/');
    let name_len = inside
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inside.len());
    let (name, rest) = inside.split_at(name_len);
    let name = name.to_ascii_lowercase();
    let is_tag = rest.trim_matches(['/', ' ']).is_empty() || rest.contains('=');
    let form = if BREAKS.has(&name) {
        Form::Break
    } else if INLINE.has(&name) {
        Form::Inline
    } else {
        return None;
    };
    is_tag.then_some((end + 1, form))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    #[test]
    fn what_a_crawler_left_is_read() {
        for [text, wanted] in rows(
            r#"
&nbsp;&nbsp;他说：&#34;好。&#34;&hellip; ¦   他说："好。"…⏎
甲。<br/>乙。</p>⏎<p>丙&ldquo;丁&rdquo; ¦ 甲。⏎乙。⏎⏎⏎丙“丁”⏎
&lt;p&gt;甲说。&lt;/p&gt; ¦ ⏎甲说。⏎⏎
甲&amp;nbsp;乙&amp;nbsp;丙&amp;nbsp; ¦ 甲 乙 丙 ⏎
甲<span class="a">乙</span>&#19993; ¦ 甲乙丙⏎
甲&nbsp;乙&nbsp;丙&nbsp;⏎if (a &lt; b) { c &amp;= d; } ¦ 甲 乙 丙 ⏎if (a &lt; b) { c &amp;= d; }⏎"#,
        ) {
            assert_eq!(
                read(text).map(|c| c.text).as_deref(),
                Some(wanted),
                "{text}"
            );
        }
    }

    #[test]
    fn other_texts_stay() {
        for text in [
            "甲与乙 AT&T; 的事，一处&nbsp;而已",
            "空格写成 &nbsp;，小于号写成 &lt;，大于号写成 &gt;",
            "“&nbsp;”是空格，“&lt;”是小于，“&gt;”是大于",
            "类型 Box<T> 和 Pair<K> 和 <main>",
            "a &lt; b\nc &gt; d\ne &amp; f",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
        let crawled = read("甲<br>乙<br>丙<br>\n丁").unwrap();
        assert_eq!(crawled.lines, [0, 0, 0, 0, 1]);
    }
}
