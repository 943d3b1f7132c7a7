//! Pages in place of the text: help, facts, the palette's list.
//!
//! They take the whole body, so that nothing is drawn over half a character.

use super::Role;
use super::paint::Painter;
use crate::command::pages::{self, HelpRow, MAX_PAGE_WIDTH};
use crate::command::{Command, Keymap, palette};
use crate::session::{Area, Session};
use crate::text::Lang;

/// Cells of the widest column of keys.
const MAX_KEY_CELLS: u16 = 22;

/// A page's column: in the middle, no wider than reads well.
pub(crate) fn column(area: Area, widest: u16) -> (u16, u16) {
    let width = area.width.min(widest);
    let x = area.x + (area.width - width) / 2;
    (x + u16::from(width > 24), x + width)
}

/// Draws the help from its row `top` on: every command with its keys. The status
/// row says what part of it is seen.
pub(crate) fn help(session: &Session, keymap: &Keymap, top: usize, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, MAX_PAGE_WIDTH);
    let keys_end = x + pages::keys_width(area.width);
    let rows = pages::help_rows(session);
    let height = usize::from(area.height);
    let top = top.min(rows.len().saturating_sub(height));
    for (y, row) in (area.y..area.y + area.height).zip(rows.iter().skip(top)) {
        match row {
            HelpRow::Blank => {}
            HelpRow::Title(title) => {
                let style = p.style(Role::Heading1);
                p.put_cut(x, y, end, session.settings.lang.say(*title), style);
            }
            HelpRow::Settings => {
                let style = p.style(Role::Heading1);
                let keys = keymap.keys_of("settings").next().unwrap_or_default();
                let title = session.settings.lang.say_owned(
                    format!("设置（{keys} 里改）"),
                    format!("Settings (change them with {keys})"),
                );
                p.put_cut(x, y, end, &title, style);
            }
            HelpRow::Setting(label, about) => {
                let (key, text) = (p.style(Role::Key), p.style(Role::Text));
                let label = p.own(label.map_or("", |l| session.settings.lang.say(l)));
                p.put_cut(x, y, keys_end, &label, key);
                let about = p.own(about);
                p.put(keys_end + 1, y, end, &about, text);
            }
            HelpRow::Commands(commands, about) => {
                let (key, text) = (p.style(Role::Key), p.style(Role::Text));
                let keys = p.own(&keys_of(keymap, commands)).into_owned();
                p.put_cut(x, y, keys_end, &keys, key);
                let about = p.own(about);
                p.put(keys_end + 1, y, end, &about, text);
            }
        }
    }
    let status = session.screen.status;
    if rows.len() > height && status.width > 0 && session.notice.is_none() {
        let style = p.style(Role::StatusStrong);
        let part = format!(
            "{}-{} / {}",
            top + 1,
            (top + height).min(rows.len()),
            rows.len()
        );
        p.put_cut(
            u16::from(status.width >= 24),
            status.y,
            status.width / 2,
            &part,
            style,
        );
    }
}

/// The keys of a command; of several that do the same, from the first to the last.
fn keys_of(keymap: &Keymap, commands: &[&Command]) -> String {
    let keys = |command: &Command| keymap.keys_of(command.name).collect::<Vec<_>>().join(" ");
    match commands {
        [] => String::new(),
        [only] => keys(only),
        [first, .., last] => format!("{}-{}", keys(first), keys(last)),
    }
}

/// Draws the notes whose marks are on the screen, from row `top` on.
pub(crate) fn notes(session: &Session, notes: &[usize], top: usize, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, MAX_PAGE_WIDTH);
    let rows = pages::note_rows(session, notes);
    let style = p.style(Role::Text);
    for (y, row) in (area.y..area.y + area.height).zip(rows.iter().skip(top)) {
        p.put(x, y, end, row, style);
    }
}

/// Draws what is known about the article.
pub(crate) fn facts(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, 76);
    let meta = session.article.facts();
    let outline = &session.article.outline;
    let document = session.article.document();
    let length = session.article.length;
    let tags = meta.tags.join("  ");
    let pace = session.pace();
    let minutes = length.div_ceil(pace);
    let left = (length * (100 - session.per_cent().min(100)) / 100).div_ceil(pace);
    let lang = session.settings.lang;
    let count = |n: usize| n.to_string();
    let rows: Vec<((&str, &str), String)> = vec![
        (("题目", "Title"), session.article.title().to_owned()),
        (
            ("原题", "As written"),
            meta.title_as_written.clone().unwrap_or_default(),
        ),
        (("作者", "Author"), meta.author.clone().unwrap_or_default()),
        (("来源", "Source"), meta.source.clone().unwrap_or_default()),
        (("编辑", "Editor"), meta.editor.clone().unwrap_or_default()),
        (("日期", "Date"), meta.date.clone().unwrap_or_default()),
        (("标签", "Tags"), tags),
        (("字数", "Length"), count(length)),
        (
            ("约需", "Minutes"),
            lang.say_owned(
                format!("{minutes} 分钟，还剩 {left} 分钟，按每分钟 {pace} 字"),
                format!("{minutes}, {left} left, at {pace} characters a minute"),
            ),
        ),
        (("已读", "Read"), read(session)),
        (("段落", "Paragraphs"), count(document.blocks().len())),
        (
            ("要点", "Points"),
            lang.say_owned(
                format!("{} 个，{} 组", outline.points.len(), outline.series.len()),
                format!(
                    "{} in {} series",
                    outline.points.len(),
                    outline.series.len()
                ),
            ),
        ),
        (("段旨", "Topics"), count(outline.topics.len())),
        (("收起", "Folded"), count(session.article.folded)),
        (("文件", "File"), session.article.name.clone()),
        (
            ("格式", "Format"),
            format!("{}  {}", meta.format, meta.encoding),
        ),
    ];
    let free = area.y + u16::from(area.height > 16)..area.y + area.height;
    for (y, (name, value)) in free.zip(rows.into_iter().filter(|(_, v)| !v.is_empty())) {
        let (quiet, text) = (p.style(Role::Facts), p.style(Role::Text));
        p.put(x, y, end, lang.say(name), quiet);
        p.put_cut(
            (x + if lang == Lang::Zh { 8 } else { 13 }).min(end),
            y,
            end,
            &value,
            text,
        );
    }
}

/// How long this article, this session and this week were read.
fn read(session: &Session) -> String {
    let (totals, fresh) = (session.memory.totals, session.memory.pace.session);
    let minutes = |ms: u64| ms.div_ceil(60_000);
    let (article, week) = (
        minutes(totals.article.ms + session.memory.pace.here.ms),
        minutes(totals.week.ms + fresh.ms),
    );
    let now = minutes(fresh.ms);
    session.settings.lang.say_owned(
        format!("本文 {article} 分钟，这次 {now} 分钟，近七天 {week} 分钟"),
        format!("this article {article} min, this session {now} min, last seven days {week} min"),
    )
}

/// Draws the commands that the palette offers.
pub(crate) fn palette(
    session: &Session,
    keymap: &Keymap,
    typed: &str,
    chosen: usize,
    p: &mut Painter<'_>,
) {
    let area = session.screen.body;
    let (x, end) = column(area, 84);
    let offered = palette::offered(typed);
    let room = usize::from(area.height).max(1);
    let top = (chosen + 1).saturating_sub(room);
    let keys_width = MAX_KEY_CELLS.min(area.width / 3);
    for (y, (i, command)) in
        (area.y..area.y + area.height).zip(offered.iter().enumerate().skip(top))
    {
        let keys = keymap.keys_of(command.name).collect::<Vec<_>>().join(" ");
        let keys = p.own(&keys);
        let about = p.own(session.settings.lang.say(command.about));
        let mut row = p.row((x, end), y).set_off_rows(i == chosen, 1);
        row.end = x + keys_width;
        row.left(&keys, Role::Key);
        (row.x, row.end) = (x + keys_width + 1, end);
        row.left(&about, Role::Text);
    }
    if offered.is_empty() && typed.trim().parse::<usize>().is_err() {
        let style = p.style(Role::Facts);
        p.put_cut(
            x,
            area.y,
            end,
            session
                .settings
                .lang
                .say(("没有这样的命令", "No such command")),
            style,
        );
    }
}
