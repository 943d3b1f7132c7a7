//! `jingdu keywords`: the terms that characterise a file.

use super::report;
use crate::search::{Word, terms};
use crate::shell::error::Error;
use crate::shell::open::item::{DecodeOptions, Item};
use crate::text::Lang;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Prints the terms of a file, no more than `most`; 1 where there are none.
pub(crate) fn keywords(
    file: &Path,
    most: usize,
    as_json: bool,
    reading: &DecodeOptions,
    lang: Lang,
) -> Result<ExitCode, Error> {
    let item = Item::of(file);
    let article = item.article(reading)?;
    report::warn_of_loss(article.document(), &item, lang);
    let found = terms::terms(&article.document().body(), most);
    let terms = found.iter();
    let text = if as_json {
        let terms: Value = terms
            .map(|t| json!({ "term": t.text, "count": t.count }))
            .collect();
        let meta = article.meta();
        let value = json!({ "file": item.name(), "title": meta.title, "date": meta.date, "keywords": terms });
        report::json(&value) + "\n"
    } else {
        let row = |t: &Word| format!("{}\t{}\n", t.count, t.text);
        terms.map(row).collect()
    };
    Ok(report::out(&text, u8::from(found.is_empty())))
}
