//! The status row, and the line being typed.
//!
//! From the left: progress, point, search; or a notice. At
//! the right: folded lines, encoding, the key to help.

use super::Role;
use super::paint::Painter;
use crate::command::search::beside;
use crate::command::{Keymap, keymap::show};
use crate::outline::{Outline, Point};
use crate::search::{How, MatchKind};
use crate::session::{Mode, Purpose, Session, Since, View};
use crate::text::{Lang, Say};

/// Draws the status row and the prompt. Returns where the cursor belongs.
pub(crate) fn draw(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) -> Option<(u16, u16)> {
    status(session, keymap, p);
    prompt(session, p)
}

fn status(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) {
    let area = session.screen.status;
    if area.width == 0 {
        return;
    }
    let hint = p.own(&hint(session, keymap)).into_owned();
    let count = session.pending.count.map(|n| n.to_string());
    let typed = count.unwrap_or_default() + &show(&session.pending.keys);
    let typed = p.own(&typed).into_owned();
    let mut row = p.row((0, area.width.saturating_sub(1)), area.y);
    if area.width >= 40 {
        row.right(&hint, Role::Status);
        row.end = row.end.saturating_sub(2);
    }
    row.x = u16::from(area.width >= 24);
    if !typed.is_empty() {
        row.right(&typed, Role::StatusStrong);
        row.end = row.end.saturating_sub(2);
    }
    let warns = session.notice.as_ref().is_some_and(|notice| notice.warns);
    if session.mode.is_over_text() || (session.notice.is_some() && has_place(&session.mode)) {
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
    } else if session.mode.is_over_text() {
        // the search goes before the facts where there is little room
        if row.x < row.end {
            row.right(&facts(session), Role::Status);
        }
    } else {
        row.left(&position(session), Role::StatusStrong);
    }
}

/// Returns true if a notice is shown behind the place in the text.
fn has_place(mode: &Mode) -> bool {
    mode.is_over_text() || matches!(mode, Mode::MarkFilter(_))
}

/// Returns the position in a list: of the shelf, of the hits.
fn position(session: &Session) -> String {
    match &session.mode {
        Mode::Shelf | Mode::ShelfSearch(_) => {
            let all = session.shelf.shown.len();
            let at = (session.shelf.list.selected + 1).min(all);
            let lang = session.settings.lang;
            lang.say_owned(format!("{at}/{all}"), format!("{at} of {all}"))
        }
        Mode::Encodings(choices, chosen) => format!("{}/{}", chosen + 1, choices.len()),
        Mode::Hits | Mode::Line(Purpose::Filter, _) => super::lists::position(session),
        _ => String::new(),
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
        View::Paragraphs => ("  只看命中段", "  paragraphs with hits"),
        View::Sentences => ("  只看命中句", "  sentences with hits"),
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
        let plural = if folded == 1 { "line" } else { "lines" };
        let (zh, en) = (
            format!("已折叠 {folded} 行"),
            format!("{folded} {plural} folded"),
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

/// Returns the keys that matter most now.
fn hint(session: &Session, keymap: &Keymap) -> String {
    let lang = session.settings.lang;
    let key = |name: &str| keymap.keys_of(name).next().unwrap_or_default();
    let hint = |(name, zh, en): &Hint| format!("{} {}", key(name), lang.say((zh, en)));
    let hints = hints(&session.mode).iter().map(hint);
    hints.collect::<Vec<_>>().join("  ")
}

/// A command whose key is shown, and what it does in Chinese and English.
type Hint = (&'static str, &'static str, &'static str);

/// Returns the commands whose keys are shown in a mode.
fn hints(mode: &Mode) -> &'static [Hint] {
    match mode {
        Mode::Outline => &[
            ("outline-go", "到此处", "go"),
            ("outline-leave", "回正文", "back"),
        ],
        Mode::Keywords(_) => &[
            ("keyword-go", "跳到", "go"),
            ("keyword-add", "加", "add"),
            ("keyword-remove", "删", "remove"),
            ("keyword-propose", "推荐", "propose"),
            ("keywords-save", "存", "save"),
            ("keywords-close", "关", "close"),
        ],
        Mode::Settings(_) => &[
            ("setting-next", "改", "change"),
            ("settings-close", "关", "close"),
        ],
        Mode::Help(_) | Mode::Facts | Mode::Notes(..) => &[("close", "关上", "close")],
        Mode::Shelf => &[
            ("shelf-open", "打开", "open"),
            ("shelf-search", "查找", "search"),
            ("shelf-order", "排序", "sort"),
            ("help", "帮助", "help"),
            ("shelf-quit", "退出", "quit"),
        ],
        Mode::Marks => &[
            ("marks-go", "到此处", "go"),
            ("marks-everywhere", "全部", "all"),
            ("marks-filter", "筛选", "filter"),
            ("marks-close", "关", "close"),
        ],
        Mode::Note(_) => &[
            ("note-in-editor", "编辑器", "editor"),
            ("accept", "确定", "accept"),
            ("cancel", "取消", "cancel"),
        ],
        Mode::Hits => &[
            ("hits-go", "跳到", "go"),
            ("hits-filter", "筛选", "filter"),
            ("hits-close", "关", "close"),
        ],
        Mode::Encodings(..) => &[
            ("encoding-take", "选用", "take"),
            ("encodings-close", "不变", "leave"),
        ],
        Mode::Terms(_) => &[
            ("term-take", "留", "take"),
            ("terms-take", "前八个", "first eight"),
            ("terms-close", "回", "back"),
        ],
        Mode::Read => &[("help", "帮助", "help")],
        // the modes with a prompt
        _ => &[("accept", "确定", "accept"), ("cancel", "取消", "cancel")],
    }
}

/// Draws the line being typed, on the row above the text: there is room for an input
/// method's candidates below it. Returns the cursor.
fn prompt(session: &Session, p: &mut Painter<'_>) -> Option<(u16, u16)> {
    let typed = session.mode.prompt()?;
    let (crumbs, status) = (session.screen.crumbs, session.screen.status);
    let area = if crumbs.width > 0 { crumbs } else { status };
    if area.width == 0 {
        return None;
    }
    let lang = session.settings.lang;
    let sign = match session.mode {
        Mode::Search(_)
        | Mode::Filter(_)
        | Mode::Line(Purpose::Filter, _)
        | Mode::MarkFilter(_)
        | Mode::ShelfSearch(_) => "/",
        Mode::Note(_) => lang.say(("批注 ", "note ")),
        Mode::Keyword(_) => "*",
        _ => ":",
    };
    let from = area.x + u16::from(area.width >= 24);
    let mut row = p.row((from, area.width), area.y);
    row.put(sign, Role::Prompt);
    let x = row.x;
    row.end = row.end.saturating_sub(1);
    if let Mode::Search(_) = session.mode {
        let (text, role) = search_state(session);
        row.x += 4;
        row.right(text.trim(), role);
        (row.x, row.end) = (x, row.end.saturating_sub(1));
    }
    // keep the cursor in sight: what is before it scrolls out at the left
    let (mut before, mut shown) = (typed.text.get(..typed.cursor)?, typed.text.as_str());
    let room = row.room().max(1);
    while row.p.widths.text(before) >= room && !before.is_empty() {
        let next = crate::text::cluster::next(before, 0);
        (before, shown) = (before.get(next..)?, shown.get(next..)?);
    }
    let cursor = x + row.p.widths.text(before) as u16;
    row.put(shown, Role::Typed);
    if typed.text.is_empty() {
        row.x += 2;
        row.left(lang.say(placeholder(&session.mode)), Role::Crumbs);
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

/// Returns the words in an empty prompt, which say what to type.
fn placeholder(mode: &Mode) -> Say {
    match mode {
        Mode::Search(_) => ("查找", "search"),
        Mode::Filter(_) => ("筛选提纲", "filter the outline"),
        Mode::Keyword(_) => ("关键词，可以几个", "keywords"),
        Mode::Line(Purpose::Filter, _) => ("筛选", "filter"),
        Mode::Line(Purpose::Rename(_), _) => ("新名字", "new name"),
        Mode::Line(Purpose::Save, _) => ("存成哪一组", "save as"),
        Mode::Line(Purpose::Open, _) => ("打开哪一组", "open which set"),
        Mode::MarkFilter(_) => ("文字、#标签、>日期", "text, #tag, >date"),
        Mode::ShelfSearch(_) => (
            "词、作者:、来源:、>2019、#标签、未读",
            "words, author:, source:, >2019, #tag, is:unread",
        ),
        Mode::Note(_) => ("写下想法，#词 是标签", "a thought; #word is a tag"),
        _ => ("命令或段号", "command or paragraph"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::prompt::Prompt;

    #[test]
    fn every_hint_names_a_command_with_a_key() {
        let keymap = Keymap::default();
        let modes = [
            Mode::Read,
            Mode::Outline,
            Mode::Keywords(0),
            Mode::Settings(0),
            Mode::Facts,
            Mode::Shelf,
            Mode::Marks,
            Mode::Note(Prompt::default()),
            Mode::Hits,
            Mode::Terms(0),
            Mode::Encodings(Vec::new(), 0),
            Mode::Search(Prompt::default()),
        ];
        for (name, ..) in modes.iter().flat_map(hints) {
            assert!(keymap.keys_of(name).next().is_some(), "{name}");
        }
    }
}
