//! Prints diagnostics and errors, without the reading screen.

use super::options::ColorWhen;
use crate::document::Document;
use crate::format::rules;
use crate::shell::environment;
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::source::{Source, sanitize};
use crate::text::Lang;
use crate::text::lang::counted;
use crate::view::theme::Depth;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::path::Path;
use std::process::ExitCode;

/// Zero width space and word joiner: of use to the layout only.
pub(crate) const INVISIBLE: [char; 2] = ['\u{200b}', '\u{2060}'];

/// Bytes of pieces that are written at once, at the least.
const MIN_WRITTEN_BYTES: usize = 64 * 1024;

/// The exit status of a program that wrote to a closed pipe.
const BROKEN_PIPE: u8 = 141;

/// Prints a text to standard output. A reader that has gone ends it quietly.
pub(crate) fn out(text: &str, code: u8) -> ExitCode {
    ended(write(text), code)
}

/// Returns the exit status after writing.
pub(crate) fn ended(written: io::Result<()>, code: u8) -> ExitCode {
    match written {
        Ok(()) => ExitCode::from(code),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(BROKEN_PIPE),
        Err(error) => fail(&Error::Output(error), Lang::Zh),
    }
}

/// Writes to standard output, all of it, and at once; without invisible characters.
pub(crate) fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for part in text.split(INVISIBLE) {
        out.write_all(part.as_bytes())?;
    }
    out.flush()
}

/// Writes pieces of text to standard output as they come, many at once.
pub(crate) fn write_all(pieces: impl IntoIterator<Item = String>) -> io::Result<()> {
    let mut waiting = String::new();
    for piece in pieces {
        waiting += &piece;
        if waiting.len() >= MIN_WRITTEN_BYTES {
            write(&waiting)?;
            waiting.clear();
        }
    }
    write(&waiting)
}

/// Returns JSON in which invisible characters are escaped, so that none is left out.
pub(crate) fn json(value: &Value) -> String {
    escaped(value.to_string())
}

/// Escapes characters that must not reach a terminal, or are not seen, in JSON that is written
/// already: what a script reads is what was there.
pub(crate) fn escaped(text: String) -> String {
    let is_odd = |c: char| INVISIBLE.contains(&c) || sanitize::is_hostile(c) && c != '\n';
    if !text.contains(is_odd) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if !is_odd(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// Returns whether to print colours.
pub(crate) fn colors(asked: ColorWhen) -> bool {
    match asked {
        ColorWhen::Always => true,
        ColorWhen::Auto => io::stdout().is_terminal() && environment::depth() != Depth::None,
        ColorWhen::Never => false,
    }
}

/// Reports on standard error why the program gave up.
pub(crate) fn fail(error: &Error, lang: Lang) -> ExitCode {
    wrong(&format!("jingdu: {}", error.line(lang)))
}

/// Reports on standard error a fault that does not stop the program.
pub(crate) fn warn(text: &str) {
    let _ = writeln!(io::stderr(), "jingdu: {}", sanitize::line(text));
}

/// Prints lines about the end on standard error.
pub(crate) fn lines(text: &str) {
    let _ = write!(io::stderr(), "{text}");
}

/// Reports that a part of a file is not there: a limit cut it off, or it is damaged.
pub(crate) fn warn_of_loss(document: &Document, item: &Item, lang: Lang) {
    if let Some((zh, en)) = rules::warning(document.diagnostics()) {
        let name = sanitize::path(item.name().as_ref());
        warn(&lang.say_owned(format!("{name}：{zh}"), format!("{name}: {en}")));
    }
}

/// Shows how far a task is, on one row of the terminal that the next call replaces.
pub(crate) fn progress(text: &str) {
    let _ = write!(io::stderr(), "\r\u{1b}[K{}", sanitize::line(text));
}

/// Reports wrong arguments.
pub(crate) fn wrong(text: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::from(2)
}

/// Prints every diagnostic of a file.
pub(crate) fn check(file: &Path, reading: &DecodeOptions, lang: Lang) -> Result<ExitCode, Error> {
    let item = Item::of(file);
    let (document, source) = item.document(reading)?;
    let meta = document.meta();
    let (name, guess) = (sanitize::line(&item.name()), guess(&source, lang));
    let mut text = format!("{name}  {}  {}{guess}\n", meta.format, meta.encoding);
    for (count, rule, (zh, en)) in of_source(&source) {
        if count > 0 {
            let said = lang.say_owned(zh, en);
            let _ = writeln!(text, "{:>5}  {rule:<18}  {said}", "-");
        }
    }
    for d in document.diagnostics() {
        let said = lang.say(rules::message(d.rule));
        let (line, rule, excerpt) = (d.source_line, d.rule, &d.excerpt);
        let _ = writeln!(text, "{line:>5}  {rule:<18}  {said}：{excerpt}");
    }
    Ok(out(&text, 0))
}

/// Returns the findings about the file as a whole: how often, the rule, and the text for it.
fn of_source(source: &Source) -> [(usize, &'static str, (String, String)); 3] {
    let (bad, foreign, removed) = (source.bad_bytes, source.foreign_lines, source.removed);
    let rows = [
        (
            bad,
            "bad-bytes",
            format!("{bad} 处读不出，以 \u{fffd} 代替"),
            format!("{} became \u{fffd}", counted(&bad, "bad sequence")),
        ),
        (
            foreign,
            "mixed-encodings",
            format!("{foreign} 行用的是另一种编码，已分别读取"),
            format!(
                "{} in another encoding, read as such",
                counted(&foreign, "line")
            ),
        ),
        (
            removed,
            "control",
            format!("去掉 {removed} 个控制字符"),
            format!("{removed} control characters removed"),
        ),
    ];
    rows.map(|(count, rule, zh, en)| (count, rule, (zh, en)))
}

/// Returns how sure a guessed encoding is, and which comes next; empty where the encoding is
/// given.
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
    use serde_json::json;

    #[test]
    fn invisible_characters_are_escaped_in_json() {
        let odd = "甲\u{200b}乙\u{2060}\u{9b}31m\u{202e}\u{e0041}\u{1d173}\u{7f}\u{1b}\u{feff}\n\t";
        let text = json(&json!({ "a": odd }));
        assert_eq!(
            text,
            r#"{"a":"甲\u200b乙\u2060\u009b31m\u202e\udb40\udc41\ud834\udd73\u007f\u001b\ufeff\n\t"}"#
        );
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["a"], odd);
    }
}
