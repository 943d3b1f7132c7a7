//! The status row, and the line being typed.
//!
//! From the left: progress, point, search; or a notice. At
//! the right: folded lines, encoding, the key to help.

use super::Role;
use super::paint::Painter;
use crate::command::{Keymap, keymap::show};
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

/// Returns whether a notice is shown behind the place in the text.
fn has_place(mode: &Mode) -> bool {
    mode.is_over_text() || matches!(mode, Mode::MarkFilter(_))
}

/// The position in a list: of the shelf, of the hits.
fn position(session: &Session) -> String {
    match &session.mode {
        Mode::Shelf => {
            let (at, all) = (session.shelf.list.selected + 1, session.shelf.items.len());
            let lang = session.settings.lang;
            lang.say_owned(format!("{at}/{all}"), format!("{at} of {all}"))
        }
        Mode::Hits | Mode::Line(Purpose::Filter, _) => super::lists::position(session),
        _ => String::new(),
    }
}

/// Returns the progress in per cent, and the point being read.
fn place(session: &Session) -> String {
    let mut text = format!("{}%", session.per_cent());
    let total = session.article.outline.points.len();
    if let Some(i) = session.current_point() {
        let lang = session.settings.lang;
        let at = i + 1;
        text += &lang.say_owned(
            format!("  第{at}点/{total}"),
            format!("  point {at}/{total}"),
        );
        if let Some((k, n)) = session.article.outline.rank(i) {
            text += &lang.say_owned(format!("  本组{k}/{n}"), format!("  {k} of {n}"));
        }
    }
    let view = match (session.reading.view, session.article.is_raw()) {
        (_, true) => Some(("原文件", "raw")),
        (View::Skeleton, _) => Some(("提纲", "skeleton")),
        (View::Unfolded, _) => Some(("展开", "unfolded")),
        (View::Paragraphs, _) => Some(("只看命中段", "paragraphs with hits")),
        (View::Sentences, _) => Some(("只看命中句", "sentences with hits")),
        (View::Text, _) => None,
    };
    if let Some(view) = view {
        text += "  ";
        text += session.settings.lang.say(view);
    }
    text
}

/// The query and which hit of how many, and how it was found.
fn search(session: &Session) -> Option<(String, Role)> {
    let query = session.find.query.as_ref()?;
    let (count, role) = count(session);
    let sign = if query.typed().starts_with('/') {
        ""
    } else {
        "/"
    };
    let kind = kind(session);
    Some((
        format!(
            "{sign}{} {count}{}{kind}",
            query.typed(),
            if kind.is_empty() { "" } else { " " }
        ),
        role,
    ))
}

/// Returns the number of the current hit and of all; a plus while more may be found.
fn count(session: &Session) -> (String, Role) {
    let n = session.find.matches.len();
    let more = if session.find.is_searching() { "+" } else { "" };
    if n == 0 && more.is_empty() {
        return ("0".to_owned(), Role::Warning);
    }
    let k = session.find.current.unwrap_or_else(|| {
        session
            .find
            .matches
            .at_or_after(session.reading.focus)
            .unwrap_or(n.saturating_sub(1))
    }) + 1;
    (format!("{}/{n}{more}", k.min(n)), Role::Notice)
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

/// Folded lines and encoding.
fn facts(session: &Session) -> String {
    let folded = session.article.folded;
    let mut parts = Vec::new();
    if folded > 0 {
        parts.push(match session.settings.lang {
            Lang::Zh => format!("收起{folded}行"),
            Lang::En => format!("{folded} lines folded"),
        });
    }
    let file = session.article.file;
    let say = |pair| session.settings.lang.say(pair).to_owned();
    if file.is_head {
        parts.insert(0, say(("读入中", "reading")));
    } else if file.since == Since::Gone {
        parts.insert(0, say(("文件已不在", "file gone")));
    } else if file.since == Since::Changed && !file.follows {
        parts.insert(0, say(("文件已改", "file changed")));
    }
    if file.follows {
        parts.insert(0, say(("跟读", "following")));
    }
    let meta = session.article.facts();
    if !meta.encoding.is_empty() {
        let mark = if meta.encoding_guessed { "?" } else { "" };
        parts.push(format!("{}{mark}", meta.encoding));
    }
    parts.join("  ")
}

/// The keys that matter most now.
fn hint(session: &Session, keymap: &Keymap) -> String {
    let lang = session.settings.lang;
    let key = |name: &str| keymap.keys_of(name).next().unwrap_or_default();
    let hint = |(name, zh, en): &Hint| format!("{} {}", key(name), lang.say((zh, en)));
    hints(&session.mode)
        .iter()
        .map(hint)
        .collect::<Vec<_>>()
        .join("  ")
}

/// A command whose key is shown, and what it does in Chinese and English.
type Hint = (&'static str, &'static str, &'static str);

/// The commands whose keys are shown in a mode.
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
            ("list-go", "跳到", "go"),
            ("list-filter", "筛选", "filter"),
            ("list-close", "关", "close"),
        ],
        Mode::Terms(_) => &[
            ("term-take", "留", "take"),
            ("terms-take", "前八个", "first eight"),
            ("terms-close", "回", "back"),
        ],
        Mode::Search(_)
        | Mode::Keyword(_)
        | Mode::Filter(_)
        | Mode::Line(..)
        | Mode::MarkFilter(_)
        | Mode::Palette(..) => &[("accept", "确定", "accept"), ("cancel", "取消", "cancel")],
        Mode::Read => &[("help", "帮助", "help")],
    }
}

/// Draws the line being typed, on the row above the text: there is room for an input
/// method's candidates below it. Returns the cursor.
fn prompt(session: &Session, p: &mut Painter<'_>) -> Option<(u16, u16)> {
    let typed = session.mode.prompt()?;
    let area = if session.screen.crumbs.width > 0 {
        session.screen.crumbs
    } else {
        session.screen.status
    };
    if area.width == 0 {
        return None;
    }
    let lang = session.settings.lang;
    let sign = match session.mode {
        Mode::Search(_)
        | Mode::Filter(_)
        | Mode::Line(Purpose::Filter, _)
        | Mode::MarkFilter(_) => "/",
        Mode::Note(_) => lang.say(("批注 ", "note ")),
        Mode::Keyword(_) => "*",
        _ => ":",
    };
    let from = area.x + u16::from(area.width >= 24);
    let style = p.style(Role::Prompt);
    let x = p.put(from, area.y, area.width, sign, style);
    let mut end = area.width.saturating_sub(1);
    if let Mode::Search(_) = session.mode {
        let (text, role) = search_state(session);
        let style = p.style(role);
        let right = p.put_right(x + 4, area.y, end, text.trim(), style);
        end = right.saturating_sub(1);
    }
    // keep the cursor in sight: what is before it scrolls out at the left
    let (mut before, mut shown) = (typed.text.get(..typed.cursor)?, typed.text.as_str());
    let room = usize::from(end.saturating_sub(x)).max(1);
    while p.widths.text(before) >= room && !before.is_empty() {
        let next = crate::text::cluster::next(before, 0);
        (before, shown) = (before.get(next..)?, shown.get(next..)?);
    }
    let cursor = x + p.widths.text(before) as u16;
    let style = p.style(Role::Typed);
    let x = p.put(x, area.y, end, shown, style);
    if typed.text.is_empty() {
        let text = lang.say(placeholder(&session.mode)).trim_end_matches('…');
        let style = p.style(Role::Crumbs);
        p.put_cut(x + 2, area.y, end, text, style);
    }
    Some((cursor.min(area.width.saturating_sub(1)), area.y))
}

/// The state of the search that is being typed: its fault, or how and how often it was found.
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
    (
        format!("{} {count}", how.unwrap_or_else(|| kind(session))),
        role,
    )
}

/// The words in an empty prompt, which say what to type.
fn placeholder(mode: &Mode) -> Say {
    match mode {
        Mode::Search(_) => ("查找…", "search…"),
        Mode::Filter(_) => ("筛选提纲…", "filter the outline…"),
        Mode::Keyword(_) => ("关键词，可以几个…", "keywords…"),
        Mode::Line(Purpose::Filter, _) => ("筛选…", "filter…"),
        Mode::Line(Purpose::Rename(_), _) => ("新名字…", "new name…"),
        Mode::Line(Purpose::Save, _) => ("存成哪一组…", "save as…"),
        Mode::Line(Purpose::Open, _) => ("打开哪一组…", "open which set…"),
        Mode::MarkFilter(_) => ("文字、#标签、>日期…", "text, #tag, >date…"),
        Mode::Note(_) => ("写下想法，#词 是标签…", "a thought; #word is a tag…"),
        _ => ("命令或段号…", "command or paragraph…"),
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
            Mode::Search(Prompt::default()),
        ];
        for (name, ..) in modes.iter().flat_map(hints) {
            assert!(keymap.keys_of(name).next().is_some(), "{name}");
        }
    }
}
