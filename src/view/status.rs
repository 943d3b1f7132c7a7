//! The status row, and the line being typed.
//!
//! From the left: progress, point, search; or a notice. At
//! the right: folded lines, encoding, the key to help.

use super::Role;
use super::paint::Painter;
use crate::command::search::beside;
use crate::command::{Hint, Keymap, keymap::show, pages, prompt};
use crate::outline::{Outline, Point};
use crate::search::{How, MatchKind};
use crate::session::{Purpose, Session, Since, View};
use crate::text::lang::counted;
use crate::text::{Lang, cluster};

/// Width from which on keys are shown on the status row.
const MIN_WIDTH_WITH_HINTS: u16 = 40;

/// Draws the status row and the prompt. Returns where the cursor belongs.
pub(crate) fn draw(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) -> Option<(u16, u16)> {
    status(session, keymap, p);
    typed(session, p)
}

fn status(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) {
    let area = session.screen.status;
    if area.width == 0 {
        return;
    }
    let count = session.pending.count.map(|n| n.to_string());
    let typed = count.unwrap_or_default() + &show(&session.pending.keys);
    let typed = p.own(&typed).into_owned();
    let mut row = p.row((0, area.width.saturating_sub(1)), area.y);
    let said = match &session.notice {
        Some(notice) => notice.text.clone(),
        None if pages::here(session).is_over_text => String::new(),
        None => pages::position(session),
    };
    if area.width >= MIN_WIDTH_WITH_HINTS {
        // what is said goes before the hints
        let room = usize::from(area.width).saturating_sub(row.p.widths.text(&said) + 4);
        let hint = hints(session, keymap, room, row.p);
        row.right(&hint, Role::Status);
        row.end = row.end.saturating_sub(2 * u16::from(!hint.is_empty()));
    }
    row.x = u16::from(area.width >= 24);
    if !typed.is_empty() {
        row.right(&typed, Role::StatusStrong);
        row.end = row.end.saturating_sub(2);
    }
    let warns = session.notice.as_ref().is_some_and(|notice| notice.warns);
    let is_over_text = pages::here(session).is_over_text;
    if is_over_text {
        row.left(&place(session), Role::StatusStrong);
        row.x += 2;
        if let Some((text, role)) = search(session).filter(|_| !warns) {
            row.left(&text, role);
            row.x += 2;
        }
    }
    if let Some(notice) = &session.notice {
        let said = row.p.own(&notice.text).into_owned();
        row.left(&said, if warns { Role::Warning } else { Role::Notice });
    } else if is_over_text {
        // the search goes before the facts where there is little room
        if row.x < row.end {
            row.right(&facts(session), Role::Status);
        }
    } else {
        let position = row.p.own(&pages::position(session)).into_owned();
        row.left(&position, Role::StatusStrong);
    }
}

/// Returns the progress in per cent, and the point or section being read.
fn place(session: &Session) -> String {
    let mut text = format!("{}%", session.per_cent());
    let (outline, lang) = (&session.article.outline, session.settings.lang);
    if let Some(i) = session.current_point() {
        text += &point(
            outline,
            i,
            lang,
            session.screen.columns >= MIN_WIDTH_WITH_SERIES,
        );
    }
    let view = match session.reading.view {
        _ if session.article.is_raw() => ("  原文件", "  raw"),
        View::Skeleton => ("  骨架", "  skeleton"),
        View::Unfolded => ("  分点", "  by points"),
        View::Paragraphs => ("  只看匹配段落", "  paragraphs with hits"),
        View::Sentences => ("  只看匹配句子", "  sentences with hits"),
        View::Text => ("", ""),
    };
    text + lang.say(view)
}

/// From this width on the status row has the number of the point in its series, too.
const MIN_WIDTH_WITH_SERIES: u16 = 60;

/// Returns the number of a point among all, and in its series if asked for; or that of a heading.
fn point(outline: &Outline, point: usize, lang: Lang, has_series: bool) -> String {
    let (at, of) = outline.ordinal(point);
    if outline.points.get(point).is_some_and(Point::is_heading) {
        return lang.say_owned(format!("  第{at}节/{of}"), format!("  section {at}/{of}"));
    }
    let mut text = lang.say_owned(format!("  第{at}点/{of}"), format!("  point {at}/{of}"));
    if let Some((k, n)) = outline.rank(point).filter(|(_, n)| has_series && *n != of) {
        let (zh, en) = (
            format!("  本组第{k}/{n}点"),
            format!(" ({k}/{n} in its series)"),
        );
        text += &lang.say_owned(zh, en);
    }
    text
}

/// Returns the query, the number of its current hit and of all, and how it was found.
fn search(session: &Session) -> Option<(String, Role)> {
    let typed = session.find.query.as_ref()?.typed();
    let (count, role) = count(session);
    let sign = if typed.starts_with('/') { "" } else { "/" };
    let text = format!("{sign}{typed} {count} {}", kind(session));
    Some((text.trim_end().to_owned(), role))
}

/// Returns the number of the current hit and of all; a plus while more may be found. Hits in
/// folds are counted apart.
fn count(session: &Session) -> (String, Role) {
    let (find, matches) = (&session.find, &session.find.matches);
    let (lang, n, folded) = (session.settings.lang, matches.in_body(), matches.folded());
    let more = if find.is_searching() { "+" } else { "" };
    if matches.is_empty() && more.is_empty() {
        return ("0".to_owned(), Role::Warning);
    }
    if let Some(k) = find.current.and_then(|i| matches.number_in_folds(i)) {
        let (zh, en) = (
            format!("折叠内 {k}/{folded}"),
            format!("in folds {k}/{folded}"),
        );
        return (lang.say_owned(zh, en), Role::Notice);
    }
    let next = || matches.at_or_after(session.reading.focus);
    let k = find.current.or_else(next);
    let k = k.map_or(n, |k| (matches.before_index(k) + 1).min(n));
    let (zh, en) = beside(folded);
    (
        format!("{k}/{n}{more}") + &lang.say_owned(zh, en),
        Role::Notice,
    )
}

/// Returns how the hits were found, where not exactly as typed.
fn kind(session: &Session) -> &'static str {
    let pair = match session.find.kind() {
        None | Some(MatchKind::Text) => return "",
        Some(MatchKind::Variant) => ("简繁", "variants"),
        Some(MatchKind::Exact) => ("精确", "exact"),
        Some(MatchKind::Pattern) => ("正则", "regex"),
        Some(MatchKind::Sound) => ("拼音", "pinyin"),
    };
    session.settings.lang.say(pair)
}

/// Columns from which the key to folded lines is shown.
const WIDE_COLUMNS: u16 = 100;

/// Returns the state of the file, the folded lines and the encoding.
fn facts(session: &Session) -> String {
    let (file, folded) = (session.article.file, session.article.folded);
    let lang = session.settings.lang;
    let mut parts = Vec::new();
    if file.follows {
        parts.push(lang.say(("跟读", "following")).to_owned());
    }
    let state = match file.since {
        _ if file.is_head => Some(("读入中", "reading")),
        Since::Gone => Some(("文件已不在", "file gone")),
        Since::Changed if !file.follows => Some(("文件已改", "file changed")),
        _ => None,
    };
    parts.extend(state.map(|state| lang.say(state).to_owned()));
    if session.article.document().is_reported("garbled") {
        parts.push(lang.say(("疑为乱码", "garbled?")).to_owned());
    }
    if folded > 0 {
        let is_wide = session.screen.columns >= WIDE_COLUMNS;
        let key = if is_wide {
            ("（gr 查看）", " (gr: source)")
        } else {
            ("", "")
        };
        let (zh, en) = (
            format!("已折叠 {folded} 行"),
            format!("{} folded", counted(&folded, "line")),
        );
        parts.push(lang.say_owned(zh + key.0, en + key.1));
    }
    let meta = session.article.facts();
    if !meta.encoding.is_empty() {
        let mark = if meta.encoding_guessed { "?" } else { "" };
        parts.push(format!("{}{mark}", meta.encoding));
    }
    parts.join("  ")
}

/// Returns the keys that matter most now: as many as have room, and always the last one, which
/// leaves the page.
fn hints(session: &Session, keymap: &Keymap, room: usize, p: &Painter<'_>) -> String {
    let lang = session.settings.lang;
    let key = |name: &str| keymap.keys_of(name).next().unwrap_or_default();
    let hint = |(name, zh, en): &Hint| format!("{} {}", key(name), lang.say((zh, en)));
    let line = prompt::typed_line(session).map(|line| line.hints);
    let hints = line.unwrap_or(pages::here(session).hints);
    let mut hints: Vec<String> = hints.iter().map(hint).collect();
    loop {
        let text = p.own(&hints.join("  ")).into_owned();
        if p.widths.text(&text) <= room {
            return text;
        }
        // the one before the last matters least
        match hints.len() {
            0 => return text,
            1 => hints.clear(),
            n => _ = hints.remove(n - 2),
        }
    }
}

/// Draws the line being typed, on the row above the text: there is room for an input
/// method's candidates below it. Returns the cursor.
fn typed(session: &Session, p: &mut Painter<'_>) -> Option<(u16, u16)> {
    let prompt = session.pages.prompt()?;
    let (crumbs, status) = (session.screen.crumbs, session.screen.status);
    let area = if crumbs.width > 0 { crumbs } else { status };
    if area.width == 0 {
        return None;
    }
    let lang = session.settings.lang;
    let line = prompt::typed_line(session)?;
    let from = area.x + u16::from(area.width >= 24);
    let mut row = p.row((from, area.width), area.y);
    row.put(lang.say(line.sign), Role::Prompt);
    let x = row.x;
    row.end = row.end.saturating_sub(1);
    if session.pages.purpose() == Some(Purpose::Search) {
        let (text, role) = search_state(session);
        row.x += 4;
        row.right(text.trim(), role);
        (row.x, row.end) = (x, row.end.saturating_sub(1));
    }
    // keep the cursor in sight: what is before it scrolls out at the left
    let before = prompt.text.get(..prompt.cursor)?;
    let room = row.room().max(1);
    let (mut from, mut cells) = (before.len(), 0);
    while from > 0 {
        let start = cluster::prev(before, from);
        let wider = cells + row.p.widths.text(before.get(start..from)?);
        if wider >= room {
            break;
        }
        (from, cells) = (start, wider);
    }
    let shown = prompt.text.get(from..)?;
    let cursor = x + cells as u16;
    let role = if prompt.is_offered {
        Role::Selection
    } else {
        Role::Typed
    };
    row.put(shown, role);
    if prompt.text.is_empty() {
        row.x += 2;
        let placeholder = line.placeholder;
        let placeholder = placeholder.unwrap_or(pages::here(session).placeholder);
        row.left(lang.say(placeholder), Role::Crumbs);
    }
    Some((cursor.min(area.width.saturating_sub(1)), area.y))
}

/// Returns the state of the search being typed: its fault, or the way and the number of hits.
fn search_state(session: &Session) -> (String, Role) {
    let lang = session.settings.lang;
    if let Some((zh, en)) = session.find.fault.clone() {
        return (lang.say_owned(zh, en), Role::Warning);
    }
    let regex = session.find.how == How::Pattern;
    let how = regex.then(|| lang.say(("正则", "regex")));
    if session.find.query.is_none() {
        return (how.unwrap_or_default().to_owned(), Role::Notice);
    }
    let (count, role) = count(session);
    let how = how.unwrap_or_else(|| kind(session));
    (format!("{how} {count}"), role)
}
