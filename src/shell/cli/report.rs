//! What is printed without a reader: outline, diagnostics, errors.

use crate::document::Document;
use crate::format::rules;
use crate::outline::{self, EntryKind, Index, Outline};
use crate::session::Article;
use crate::shell::Error;
use crate::shell::open::library::{Item, Reading};
use crate::shell::open::pieces;
use crate::source::{Source, sanitize};
use crate::text::sentence::LABEL_ENDS;
use crate::text::{Lang, Span};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// Prints a text to standard output. A reader that has gone ends it quietly.
pub fn out(text: &str, code: u8) -> ExitCode {
    ended(write(text), code)
}

/// What comes of having written.
pub fn ended(written: io::Result<()>, code: u8) -> ExitCode {
    match written {
        Ok(()) => ExitCode::from(code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(141),
        Err(error) => fail(&Error::Output(error), Lang::Zh),
    }
}

/// Writes to standard output, all of it, and at once. What only says where a line
/// may end and is no character to be seen is left out.
///
/// # Errors
/// Where standard output is closed or full.
pub fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for part in text.split(INVISIBLE) {
        out.write_all(part.as_bytes())?;
    }
    out.flush()
}

/// Zero width space and word joiner: of use to the layout only.
const INVISIBLE: [char; 2] = ['\u{200b}', '\u{2060}'];

/// JSON in which nothing is left out: what is not to be seen is escaped.
pub fn json(value: &Value) -> String {
    escaped(value.to_string())
}

/// The same for JSON that is written already.
pub fn escaped(mut text: String) -> String {
    for c in INVISIBLE {
        if text.contains(c) {
            text = text.replace(c, &format!("\\u{:04x}", c as u32));
        }
    }
    text
}

/// Says on standard error why it gave up.
pub fn fail(error: &Error, lang: Lang) -> ExitCode {
    let _ = writeln!(io::stderr(), "jingdu: {}", error.line(lang));
    ExitCode::from(2)
}

/// Says on standard error what was odd but did not stop it.
pub fn warn(text: &str) {
    let _ = writeln!(
        io::stderr(),
        "jingdu: {}",
        crate::source::sanitize::line(text)
    );
}

/// Says what was wrong with the arguments.
pub fn wrong(text: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::from(2)
}

/// Prints the outline of a file.
///
/// # Errors
/// Where the file cannot be read.
pub fn outline(
    file: &Path,
    as_json: bool,
    reading: &Reading,
    lang: Lang,
) -> Result<ExitCode, Error> {
    let article = Item::of(file).open(reading)?;
    if article.outline.cut {
        warn(lang.say(outline::CUT));
    }
    let text = if as_json {
        json(&json_outline(&article)) + "\n"
    } else {
        text_outline(article.document(), &article.outline)
    };
    Ok(out(&text, 0))
}

/// The outline as text: indented, for pasting.
pub fn text_outline(document: &Document, outline: &Outline) -> String {
    let mut out = String::new();
    if !document.meta().title.is_empty() {
        let _ = writeln!(out, "{}\n", document.meta().title);
    }
    for entry in &outline.entries {
        let label = document
            .slice(entry.label)
            .trim()
            .trim_end_matches(LABEL_ENDS);
        let sign = match entry.kind {
            EntryKind::Topic(_) => "§ ",
            _ => "",
        };
        let _ = writeln!(
            out,
            "{}{sign}{label}",
            "  ".repeat(usize::from(entry.depth))
        );
    }
    out
}

/// The outline as JSON, in the form that scripts build on.
pub fn json_outline(article: &Article) -> Value {
    let (document, outline) = (article.document(), &article.outline);
    let slice = |span: Span| document.slice(span);
    let points: Vec<Value> = outline
        .points
        .iter()
        .map(|p| {
            let marker = if p.marker.is_empty() { "##" } else { slice(p.marker) };
            json!({
                "marker": marker, "label": slice(p.label), "text": slice(p.span), "level": p.level, "parent": p.parent.map(Index::get),
                "series": p.series.get(), "start": p.span.start.byte(), "end": p.span.end.byte(),
            })
        })
        .collect();
    let topics: Vec<Value> = outline
        .topics
        .iter()
        .map(|t| json!({ "text": slice(t.label), "start": t.span.start.byte(), "end": t.span.end.byte(), "points": t.points().collect::<Vec<_>>() }))
        .collect();
    let folded: Vec<Value> = document
        .folded()
        .map(|d| json!({ "line": d.source_line, "rule": d.rule, "text": d.excerpt }))
        .collect();
    let meta = document.meta();
    json!({
        "file": article.name, "title": meta.title, "date": meta.date, "author": meta.author,
        "points": points, "topics": topics, "folded": folded,
    })
}

/// Prints every diagnostic of a file.
///
/// # Errors
/// Where the file cannot be read.
pub fn check(file: &Path, reading: &Reading, lang: Lang) -> Result<ExitCode, Error> {
    let item = Item::of(file);
    let (document, source) = pieces::document(&item, reading)?;
    let guess = guess(&source, lang);
    let (bad, foreign, removed) = (source.bad_bytes, source.foreign_lines, source.removed);
    let meta = document.meta();
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}  {}  {}{guess}",
        sanitize::line(&item.name()),
        meta.format,
        meta.encoding
    );
    let mut whole = |rule: &str, zh: String, en: String| {
        let _ = writeln!(text, "{:>5}  {rule:<18}  {}", "-", lang.say_owned(zh, en));
    };
    if bad > 0 {
        whole(
            "bad-bytes",
            format!("{bad} 处读不出，以 \u{fffd} 代替"),
            format!("{bad} bad sequences became \u{fffd}"),
        );
    }
    if foreign > 0 {
        whole(
            "mixed-encodings",
            format!("{foreign} 行用的是另一种编码，已分别读取"),
            format!("{foreign} lines were in another encoding; read as such"),
        );
    }
    if removed > 0 {
        whole(
            "control",
            format!("去掉 {removed} 个控制字符"),
            format!("{removed} control characters removed"),
        );
    }
    for d in document.diagnostics() {
        let said = lang.say(rules::said(d.rule));
        let _ = writeln!(
            text,
            "{:>5}  {:<18}  {said}：{}",
            d.source_line, d.rule, d.excerpt
        );
    }
    Ok(out(&text, 0))
}

/// What is said of an encoding that nobody stated: how sure it is, and what comes
/// next. Empty where it is stated.
fn guess(source: &Source, lang: Lang) -> String {
    if !source.guessed {
        return String::new();
    }
    let sure = source.sure;
    let (zh, en) = source.next.map_or_else(Default::default, |next| {
        (format!("；其次 {next}"), format!("; next {next}"))
    });
    lang.say_owned(
        format!("（猜的，把握 {sure}%{zh}）"),
        format!(" (guessed, {sure} % sure{en})"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_escaped_in_json() {
        let text = json(&json!({ "a": "甲\u{200b}乙\u{2060}" }));
        assert_eq!(text, r#"{"a":"甲\u200b乙\u2060"}"#);
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap()["a"],
            "甲\u{200b}乙\u{2060}"
        );
    }
}
