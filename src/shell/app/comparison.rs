//! Two articles side by side as Markdown.

use crate::outline::words_of;
use crate::session::twin::{TwinArticles, TwinSide, pair_mark};
use crate::shell::notes::markdown::plain;
use crate::shell::notes::names::file_name;
use crate::text::{Lang, Span};
use std::fmt::Write as _;

/// Returns a comparison as Markdown.
pub(crate) fn markdown(articles: &TwinArticles, lang: Lang) -> String {
    let [left, right] = &articles.sides;
    let mut out = format!(
        "# {} | {}\n\n",
        plain(&left.text.title),
        plain(&right.text.title)
    );
    facts(articles, lang, &mut out);
    ends(
        lang.say(("开头", "Beginning")),
        articles,
        |s| s.opening,
        &mut out,
    );
    for number in 0..2 {
        outline(articles, number, lang, &mut out);
    }
    pairs(articles, lang, &mut out);
    ends(lang.say(("结尾", "End")), articles, |s| s.closing, &mut out);
    out.trim_end().to_owned() + "\n"
}

/// Writes the facts of both, and the hits of each word.
fn facts(articles: &TwinArticles, lang: Lang, out: &mut String) {
    let [left, right] = articles.sides.each_ref().map(|side| cell(&side.text.title));
    let _ = writeln!(out, "| | {left} | {right} |\n|---|---|---|");
    let mut row = |name: &str, of: &dyn Fn(&TwinSide) -> String| {
        let [left, right] = articles.sides.each_ref().map(|side| cell(&of(side)));
        if !left.is_empty() || !right.is_empty() {
            let _ = writeln!(out, "| {} | {left} | {right} |", cell(name));
        }
    };
    let fact = |at: usize| {
        move |side: &TwinSide| {
            side.text
                .facts
                .get(at)
                .cloned()
                .flatten()
                .unwrap_or_default()
        }
    };
    row(lang.say(("日期", "date")), &fact(0));
    row(lang.say(("来源", "source")), &fact(1));
    row(lang.say(("字数", "characters")), &|side| {
        side.text.length.to_string()
    });
    row(lang.say(("要点", "points")), &|side| {
        side.text.outline.points.len().to_string()
    });
    for (at, (term, _)) in articles.terms.iter().enumerate() {
        row(term, &|side| {
            side.hits
                .all
                .get(at)
                .copied()
                .unwrap_or_default()
                .to_string()
        });
    }
    out.push('\n');
}

/// Writes the sentence with which each begins, or ends.
fn ends(heading: &str, articles: &TwinArticles, sentence: fn(&TwinSide) -> Span, out: &mut String) {
    let _ = writeln!(out, "## {heading}\n");
    for side in &articles.sides {
        let text = side.text.slice(sentence(side)).trim();
        if !text.is_empty() {
            let _ = writeln!(out, "- {}（《{}》）", plain(text), plain(&side.text.title));
        }
    }
    out.push('\n');
}

/// Writes the outline of a side; what the other one has in like words has the letter of its pair.
fn outline(articles: &TwinArticles, number: usize, lang: Lang, out: &mut String) {
    let Some(side) = articles.sides.get(number) else {
        return;
    };
    let heading = lang.say(("提纲", "Outline"));
    let _ = writeln!(out, "## {heading}：{}\n", plain(&side.text.title));
    for (at, entry) in side.entries().iter().enumerate() {
        let indent = "  ".repeat(entry.depth.into());
        let pair = articles.pair_of(number, at);
        let mark = pair.map_or(String::new(), |pair| format!(" **{}**", pair_mark(pair)));
        let hits = side
            .hits
            .by_entry
            .get(at)
            .into_iter()
            .flatten()
            .zip(&articles.terms);
        let hits = hits.filter(|(count, _)| **count > 0);
        let hits: Vec<String> = hits.map(|(n, (term, _))| format!("{term} {n}")).collect();
        let hits = match hits.join("，") {
            counts if counts.is_empty() => counts,
            counts => format!("（{}）", plain(&counts)),
        };
        let label = plain(&label_of(side, at));
        let _ = writeln!(out, "{indent}- {label}{hits}{mark}");
    }
    out.push('\n');
}

/// Writes what both have in like words, side by side.
fn pairs(articles: &TwinArticles, lang: Lang, out: &mut String) {
    let [left, right] = &articles.sides;
    let _ = writeln!(out, "## {}\n", lang.say(("措辞相近", "In like words")));
    if articles.pairs.is_empty() {
        let none = lang.say(("没有措辞相近的要点。", "No points are in like words."));
        let _ = writeln!(out, "{none}\n");
        return;
    }
    let _ = writeln!(
        out,
        "| | {} | {} |\n|---|---|---|",
        cell(&left.text.title),
        cell(&right.text.title)
    );
    for (at, (l, r)) in articles.pairs.iter().enumerate() {
        let (l, r) = (cell(&label_of(left, *l)), cell(&label_of(right, *r)));
        let _ = writeln!(out, "| {} | {l} | {r} |", pair_mark(at));
    }
    out.push('\n');
}

/// Returns marker and label of an entry.
fn label_of(side: &TwinSide, entry: usize) -> String {
    let Some(entry) = side.entries().get(entry) else {
        return String::new();
    };
    let (marker, label) = side.text.outline.name(entry);
    let [marker, label] = [marker, label].map(|span| side.text.slice(span));
    words_of(&format!("{marker}{label}")).to_owned()
}

/// Returns a text as it stands in a cell of a table.
fn cell(text: &str) -> String {
    plain(text).replace('|', "\\|")
}

/// Returns the name of a file for a comparison.
pub(crate) fn name(articles: &TwinArticles) -> String {
    let title = |side: &TwinSide| file_name(&side.text.title).unwrap_or_default();
    let [left, right] = articles.sides.each_ref().map(title);
    format!("{left} - {right}")
}
