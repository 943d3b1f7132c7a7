//! Articles, marks and positions as JSON: for `state` and `export`, in the store's rows, and
//! in spilled jobs.
//!
//! Text that is read is cleaned, and values that do not fit are left out.

use super::message::{Identity, MarkedArticle};
use crate::library::order::Order;
use crate::session::anchor::Anchor;
use crate::session::find::KEYWORD_COLOURS;
use crate::session::marks::{Draft, Mark, MarkKind};
use crate::session::memory::SavedPosition;
use crate::session::saved_views::SavedView;
use crate::session::term::Term;
use crate::source::sanitize;
use serde_json::{Value, json};

/// Returns a field's text; empty where it has none.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn line(value: &Value, name: &str) -> String {
    sanitize::line(text(value, name))
}

/// Returns a field's number; 0 where it has none.
pub(crate) fn number(value: &Value, name: &str) -> i64 {
    value.get(name).and_then(Value::as_i64).unwrap_or_default()
}

fn size(value: &Value, name: &str) -> usize {
    let number = value.get(name).and_then(Value::as_u64);
    number.unwrap_or_default() as usize
}

/// Returns a field's list; empty where it has none.
pub(crate) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    let list = value.get(name).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

/// Returns the texts of a field's list.
pub(crate) fn texts<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    list(value, name).iter().filter_map(Value::as_str)
}

fn lines(value: &Value, name: &str) -> Vec<String> {
    texts(value, name).map(sanitize::line).collect()
}

/// Writes a hash in hexadecimal digits.
pub(crate) fn hex(hash: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(hash))
}

/// Reads a hash; `None` where it is not one.
pub(crate) fn unhex(text: &str) -> Option<[u8; 16]> {
    let whole = Some(text).filter(|t| t.len() == 32)?;
    let number = u128::from_str_radix(whole, 16).ok()?;
    Some(number.to_be_bytes())
}

/// Writes an article's facts.
pub(crate) fn identity_value(i: &Identity) -> Value {
    json!({
        "hash": hex(i.hash), "path": i.path, "title": i.title, "author": i.author, "source": i.source, "date": i.date,
        "length": i.length,
    })
}

/// Reads an article's facts; `None` where there is no hash.
pub(crate) fn identity(value: &Value) -> Option<Identity> {
    Some(Identity {
        hash: unhex(text(value, "hash"))?,
        path: line(value, "path"),
        title: line(value, "title"),
        author: line(value, "author"),
        source: line(value, "source"),
        date: line(value, "date"),
        length: size(value, "length"),
        other: value.get("other").and_then(Value::as_bool) == Some(true),
    })
}

/// Writes an article with its marks.
pub(crate) fn article_value(a: &MarkedArticle) -> Value {
    let mut value = identity_value(&a.identity);
    value["marks"] = a.marks.iter().map(mark_value).collect();
    value
}

/// Writes a mark.
pub(crate) fn mark_value(m: &Mark) -> Value {
    let (kind, letter, colour) = m.kind.parts();
    let mut anchor = m.anchor.clone();
    anchor.start = m.span.map_or(anchor.start, |s| s.start.byte());
    json!({
        "uid": m.uid, "kind": kind, "letter": letter, "colour": colour, "text": m.anchor.exact, "note": m.note, "tags": m.tags,
        "where": m.cited, "under": m.under, "made": m.made, "changed": m.changed, "orphan": m.is_orphan(),
        "anchor": anchor_value(&anchor),
    })
}

/// Reads a mark; `None` where it is not one.
pub(crate) fn mark(value: &Value) -> Option<Mark> {
    let letter = text(value, "letter").chars().next();
    let colour = value.get("colour").and_then(Value::as_u64);
    let colour = colour.and_then(|n| u8::try_from(n).ok());
    let kind = MarkKind::of_parts(text(value, "kind"), letter, colour)?;
    let anchor = value.get("anchor").map(anchor)?;
    if anchor.exact.is_empty() || text(value, "uid").is_empty() {
        return None;
    }
    let mark = Mark {
        uid: line(value, "uid"),
        kind,
        anchor,
        span: None,
        note: sanitize::sanitize(text(value, "note").to_owned()).0,
        tags: lines(value, "tags"),
        cited: line(value, "where"),
        under: lines(value, "under"),
        made: number(value, "made"),
        changed: number(value, "changed"),
    };
    Some(mark.with_tags_of_note())
}

/// Writes a draft.
pub(crate) fn draft_value(d: &Draft) -> Value {
    json!({ "uid": d.uid, "text": d.text, "made": d.made, "anchor": anchor_value(&d.anchor) })
}

/// Reads a draft; `None` where it is not one.
pub(crate) fn draft(value: &Value) -> Option<Draft> {
    let typed = sanitize::sanitize(text(value, "text").to_owned()).0;
    Some(Draft {
        uid: Some(line(value, "uid")).filter(|uid| !uid.is_empty())?,
        anchor: value.get("anchor").map(anchor)?,
        text: typed,
        made: number(value, "made"),
    })
}

fn anchor_value(a: &Anchor) -> Value {
    json!({
        "start": a.start, "exact": a.exact, "before": a.before, "after": a.after, "above": a.above, "below": a.below,
        "twins": a.twins,
    })
}

fn anchor(value: &Value) -> Anchor {
    let text = |name| text(value, name).to_owned();
    Anchor {
        start: size(value, "start"),
        exact: text("exact"),
        before: text("before"),
        after: text("after"),
        above: text("above"),
        below: text("below"),
        twins: size(value, "twins"),
    }
}

/// The names of the choices that are saved views begin with this.
pub(crate) const VIEW_PREFIX: &str = "view:";

/// Writes a saved view of the shelf as the name and the value of a choice.
pub(crate) fn view_choice(name: &str, view: Option<&SavedView>) -> (String, String) {
    let value = view.map(|view| {
        let (typed, order) = (&view.typed, view.order.key());
        json!({ "typed": typed, "order": order, "copies": view.shows_copies }).to_string()
    });
    (format!("{VIEW_PREFIX}{name}"), value.unwrap_or_default())
}

/// Reads a saved view of the shelf from a choice; `None` where it is not one.
pub(crate) fn view(name: &str, value: &str) -> Option<SavedView> {
    let name = sanitize::line(name.strip_prefix(VIEW_PREFIX)?);
    let value: Value = serde_json::from_str(value).ok()?;
    Some(SavedView {
        name: Some(name).filter(|name| !name.is_empty())?,
        typed: line(&value, "typed"),
        order: Order::named(text(&value, "order")).unwrap_or_default(),
        shows_copies: value.get("copies").and_then(Value::as_bool) == Some(true),
    })
}

/// Writes a keyword.
pub(crate) fn term_value(t: &Term) -> Value {
    json!({ "term": t.text, "name": t.name, "colour": t.colour, "on": t.on })
}

/// Reads a keyword: its text alone, or all of it; `None` where it is not one.
pub(crate) fn term(value: &Value) -> Option<Term> {
    let plain = |text: &str| Some(sanitize::line(text)).filter(|text| !text.is_empty());
    if let Some(text) = value.as_str() {
        return plain(text).map(|text| Term::plain(&text));
    }
    let colour = value.get("colour").and_then(Value::as_u64);
    let colour = colour.map(|n| n as usize);
    Some(Term {
        text: plain(text(value, "term"))?,
        name: plain(text(value, "name")),
        colour: colour.filter(|n| *n < KEYWORD_COLOURS),
        on: value.get("on").and_then(Value::as_bool) != Some(false),
    })
}

/// Writes a position.
pub(crate) fn position_value(k: &SavedPosition) -> Value {
    json!({
        "top": anchor_value(&k.top), "lift": k.lift, "focus": anchor_value(&k.focus), "per_cent": k.per_cent,
        "shown": k.shown, "done": k.is_done,
        "jumps": k.jumps, "keywords": k.keywords.iter().map(term_value).collect::<Value>(),
    })
}

/// Reads a position.
pub(crate) fn position(value: &Value) -> SavedPosition {
    let place = |n: &Value| n.as_u64().and_then(|n| u32::try_from(n).ok());
    let rows = |n: &Value| n.as_u64().map(|n| n as usize);
    let part = |name: &str| value.get(name).map(anchor).unwrap_or_default();
    let stretch = |s: &Value| Some((place(s.get(0)?)?, place(s.get(1)?)?));
    let jump = |j: &Value| Some((place(j.get(0)?)?, rows(j.get(1)?), place(j.get(2)?)?));
    SavedPosition {
        top: part("top"),
        lift: value.get("lift").and_then(rows),
        focus: part("focus"),
        per_cent: size(value, "per_cent").min(100),
        shown: list(value, "shown").iter().filter_map(stretch).collect(),
        is_done: value.get("done").and_then(Value::as_bool) == Some(true),
        jumps: list(value, "jumps").iter().filter_map(jump).collect(),
        keywords: list(value, "keywords").iter().filter_map(term).collect(),
    }
}
