//! The status row, and the line being typed.
//!
//! From the left: how far, which point, the search; or what is to be said. At
//! the right: folded lines, encoding, the key to help.

use super::Role;
use super::paint::Painter;
use crate::command::{Keymap, keymap::show};
use crate::search::{How, Kind};
use crate::session::{Mode, Purpose, Session, Since, View};
use crate::text::Lang;

/// Draws the status row and the prompt. Returns where the cursor belongs.
pub fn draw(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) -> Option<(u16, u16)> {
    status(session, keymap, p);
    prompt(session, p)
}

fn status(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) {
    let area = session.screen.status;
    if area.width == 0 {
        return;
    }
    let (quiet, strong) = (p.style(Role::Status), p.style(Role::StatusStrong));
    let mut end = area.width.saturating_sub(1);
    let hint = p.own(&hint(session, keymap)).into_owned();
    if area.width >= 40 {
        end = p.put_right(0, area.y, end, &hint, quiet).saturating_sub(2);
    }
    let mut x = u16::from(area.width >= 24);
    if !session.pending.keys.is_empty() || session.pending.count.is_some() {
        let typed = format!(
            "{}{}",
            session
                .pending
                .count
                .map_or(String::new(), |n| n.to_string()),
            show(&session.pending.keys)
        );
        let typed = p.own(&typed).into_owned();
        end = p
            .put_right(x, area.y, end, &typed, strong)
            .saturating_sub(2);
    }
    if let Some(notice) = &session.notice {
        let said = p.own(&notice.text).into_owned();
        let style = p.style(if notice.warns {
            Role::Warning
        } else {
            Role::Notice
        });
        if matches!(
            session.mode,
            Mode::Shelf
                | Mode::Help(_)
                | Mode::Facts
                | Mode::Notes(..)
                | Mode::Keywords(_)
                | Mode::Terms(_)
                | Mode::Hits
                | Mode::Line(..)
                | Mode::Palette(..)
                | Mode::Marks
        ) {
            p.put_cut(x, area.y, end, &said, style);
            return;
        }
        let head = place(session);
        x = p.put_cut(x, area.y, end, &head, strong) + 2;
        if let Some((text, role)) = search(session).filter(|_| !notice.warns) {
            let style = p.style(role);
            x = p.put_cut(x, area.y, end, &text, style) + 2;
        }
        p.put_cut(x, area.y, end, &said, style);
        return;
    }
    match &session.mode {
        Mode::Shelf => {
            let text = match session.settings.lang {
                Lang::Zh => format!(
                    "{}/{}",
                    session.shelf.list.selected + 1,
                    session.shelf.items.len()
                ),
                Lang::En => format!(
                    "{} of {}",
                    session.shelf.list.selected + 1,
                    session.shelf.items.len()
                ),
            };
            p.put_cut(x, area.y, end, &text, strong);
        }
        Mode::Hits | Mode::Line(Purpose::Filter, _) => {
            let text = super::lists::position(session);
            p.put_cut(x, area.y, end, &text, strong);
        }
        Mode::Help(_)
        | Mode::Facts
        | Mode::Notes(..)
        | Mode::Keywords(_)
        | Mode::Terms(_)
        | Mode::Line(..)
        | Mode::Palette(..)
        | Mode::Marks
        | Mode::MarkFilter(_) => {}
        Mode::Settings(_)
        | Mode::Read
        | Mode::Outline
        | Mode::Search(_)
        | Mode::Keyword(_)
        | Mode::Filter(_)
        | Mode::Note(_) => {
            let tail = facts(session);
            // the search goes before the facts where there is little room
            let found = search(session);
            let head = place(session);
            x = p.put_cut(x, area.y, end, &head, strong) + 2;
            if let Some((text, role)) = found {
                let style = p.style(role);
                x = p.put_cut(x, area.y, end, &text, style) + 2;
            }
            if x < end {
                p.put_right(x, area.y, end, &tail, quiet);
            }
        }
    }
}

/// How far one has read, and which point.
fn place(session: &Session) -> String {
    let mut text = format!("{}%", session.per_cent());
    let total = session.article.outline.points.len();
    if let Some(i) = session.current_point() {
        let which = match session.settings.lang {
            Lang::Zh => format!("  第{}点/{total}", i + 1),
            Lang::En => format!("  point {}/{total}", i + 1),
        };
        text.push_str(&which);
        if let Some((k, n)) = session.article.outline.rank(i) {
            let of_series = match session.settings.lang {
                Lang::Zh => format!("  本组{k}/{n}"),
                Lang::En => format!("  {k} of {n}"),
            };
            text.push_str(&of_series);
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

/// Which hit of how many; a plus while more may be found.
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

/// How the hits were found, where that is not plainly as typed.
fn kind(session: &Session) -> &'static str {
    let pair = match session.find.kind() {
        None | Some(Kind::Text) => return "",
        Some(Kind::Variant) => ("简繁", "variants"),
        Some(Kind::Exact) => ("精确", "exact"),
        Some(Kind::Pattern) => ("正则", "regex"),
        Some(Kind::Sound) => ("拼音", "pinyin"),
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
    let arrival = session.article.arrival;
    let say = |pair| session.settings.lang.say(pair).to_owned();
    if arrival.coming {
        parts.insert(0, say(("读入中", "reading")));
    } else if arrival.since == Since::Gone {
        parts.insert(0, say(("文件已不在", "file gone")));
    } else if arrival.since == Since::Changed && !arrival.follows {
        parts.insert(0, say(("文件已改", "file changed")));
    }
    if arrival.follows {
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
    let key = |name: &str| keymap.keys_of(name).next().unwrap_or_default();
    let say = |pair| session.settings.lang.say(pair);
    let keys: &[(&str, (&str, &str))] = match session.mode {
        Mode::Outline => &[
            ("outline-go", ("到此处", "go")),
            ("outline-leave", ("回正文", "back")),
        ],
        Mode::Keywords(_) => &[
            ("keyword-go", ("跳到", "go")),
            ("keyword-add", ("加", "add")),
            ("keyword-remove", ("删", "remove")),
            ("keyword-propose", ("推荐", "propose")),
            ("keywords-save", ("存", "save")),
            ("keywords-close", ("关", "close")),
        ],
        Mode::Settings(_) => &[
            ("setting-next", ("改", "change")),
            ("settings-close", ("关", "close")),
        ],
        Mode::Help(_) | Mode::Facts | Mode::Notes(..) => &[("close", ("关上", "close"))],
        Mode::Shelf => &[
            ("shelf-open", ("打开", "open")),
            ("shelf-quit", ("退出", "quit")),
        ],
        Mode::Marks => &[
            ("marks-go", ("到此处", "go")),
            ("marks-everywhere", ("全部", "all")),
            ("marks-filter", ("筛选", "filter")),
            ("marks-close", ("关", "close")),
        ],
        Mode::Note(_) => &[
            ("note-in-editor", ("编辑器", "editor")),
            ("accept", ("确定", "accept")),
            ("cancel", ("取消", "cancel")),
        ],
        Mode::Hits => &[
            ("list-go", ("跳到", "go")),
            ("list-filter", ("筛选", "filter")),
            ("list-close", ("关", "close")),
        ],
        Mode::Terms(_) => &[
            ("term-take", ("留", "take")),
            ("terms-take", ("前八个", "first eight")),
            ("terms-close", ("回", "back")),
        ],
        Mode::Search(_)
        | Mode::Keyword(_)
        | Mode::Filter(_)
        | Mode::Line(..)
        | Mode::MarkFilter(_)
        | Mode::Palette(..) => &[
            ("accept", ("确定", "accept")),
            ("cancel", ("取消", "cancel")),
        ],
        Mode::Read => &[("help", ("帮助", "help"))],
    };
    keys.iter()
        .map(|(name, words)| format!("{} {}", key(name), say(*words)))
        .collect::<Vec<_>>()
        .join("  ")
}

/// The line being typed, on the row above the text: there is room for an input
/// method's candidates below it.
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
    let sign = match session.mode {
        Mode::Search(_)
        | Mode::Filter(_)
        | Mode::Line(Purpose::Filter, _)
        | Mode::MarkFilter(_) => "/",
        Mode::Note(_) => session.settings.lang.say(("批注 ", "note ")),
        Mode::Keyword(_) => "*",
        _ => ":",
    };
    let (sign_style, style) = (p.style(Role::Prompt), p.style(Role::Typed));
    let mut x = p.put(
        area.x + u16::from(area.width >= 24),
        area.y,
        area.width,
        sign,
        sign_style,
    );
    let mut end = area.width.saturating_sub(1);
    if let Mode::Search(_) = session.mode {
        let regex = session.find.how == How::Pattern;
        let (text, role) = match &session.find.fault {
            Some(fault) => (
                if session.settings.lang == Lang::Zh {
                    fault.0.clone()
                } else {
                    fault.1.clone()
                },
                Role::Warning,
            ),
            None if session.find.query.is_some() => {
                let (count, role) = count(session);
                (
                    format!(
                        "{} {count}",
                        if regex {
                            session.settings.lang.say(("正则", "regex"))
                        } else {
                            kind(session)
                        }
                    ),
                    role,
                )
            }
            None => (
                if regex {
                    session.settings.lang.say(("正则", "regex")).to_owned()
                } else {
                    String::new()
                },
                Role::Notice,
            ),
        };
        let style = p.style(role);
        end = p
            .put_right(x + 4, area.y, end, text.trim(), style)
            .saturating_sub(1);
    }
    // keep the cursor in sight: what is before it scrolls out at the left
    let before = typed.text.get(..typed.cursor).unwrap_or_default();
    let room = usize::from(end.saturating_sub(x));
    let mut from = 0;
    while p.widths.text(before.get(from..).unwrap_or_default()) >= room.max(1)
        && from < before.len()
    {
        from = crate::text::cluster::next(before, from);
    }
    let cursor = x + p.widths.text(before.get(from..).unwrap_or_default()) as u16;
    x = p.put(
        x,
        area.y,
        end,
        typed.text.get(from..).unwrap_or_default(),
        style,
    );
    if typed.text.is_empty() {
        let quiet = p.style(Role::Crumbs);
        let text = match session.mode {
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
        };
        let text = session.settings.lang.say(text).trim_end_matches('…');
        p.put_cut(x + 2, area.y, end, text, quiet);
    }
    Some((cursor.min(area.width.saturating_sub(1)), area.y))
}
