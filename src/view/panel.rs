//! Pages in place of the text: help, facts, the palette's list.
//!
//! They take the whole body, so that no wide character is half covered.

use super::Role;
use super::paint::Painter;
use crate::command::page_rows::{self, HelpRow, MAX_PAGE_WIDTH};
use crate::command::{Command, Keymap, pages, palette};
use crate::outline::Index;
use crate::search::Query;
use crate::session::{Area, Mode, Session};
use crate::text::{Lang, Say};

/// Cells of a list of names and what belongs to them, at most.
pub(crate) const MAX_LIST_CELLS: u16 = 110;
/// Cells of the widest column of keys.
const MAX_KEY_CELLS: u16 = 22;

/// Returns the first column and the end of a page: in the middle, `widest` cells at most.
pub(crate) fn column(area: Area, widest: u16) -> (u16, u16) {
    let width = area.width.min(widest);
    let x = area.x + (area.width - width) / 2;
    (x + u16::from(width > 24), x + width)
}

/// Draws the help: every command with its keys.
pub(crate) fn help(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, MAX_PAGE_WIDTH);
    let keys_end = x + page_rows::keys_width(area.width);
    let rows = page_rows::help_rows(session);
    let top = session.list(Mode::Help).top;
    let pair = |key: &str, about: &str, y: u16, p: &mut Painter<'_>| {
        let (key, about) = (p.own(key), p.own(about));
        p.row((x, keys_end), y).left(&key, Role::Key);
        p.row((keys_end + 1, end), y).put(&about, Role::Text);
    };
    for (y, row) in (area.y..area.y + area.height).zip(rows.iter().skip(top)) {
        match row {
            HelpRow::Blank => {}
            HelpRow::Here(mode) => {
                let (zh, en) = pages::of(*mode).title;
                let (zh, en) = (
                    format!("此处的按键：{zh}"),
                    format!("Keys of this page: {en}"),
                );
                let title = session.settings.lang.say_owned(zh, en);
                p.row((x, end), y).left(&title, Role::Heading1);
            }
            HelpRow::When(when) => {
                let (zh, en) = pages::title(*when);
                let (zh, en) = (format!("{zh}："), format!("{en}:"));
                let title = session.settings.lang.say_owned(zh, en);
                p.row((x, end), y).left(&title, Role::Strong);
            }
            HelpRow::Title(title) => {
                let title = session.settings.lang.say(*title);
                p.row((x, end), y).left(title, Role::Heading1);
            }
            HelpRow::Settings => {
                let keys = keymap.keys_of("settings").next().unwrap_or_default();
                let (zh, en) = (
                    format!("设置（{keys} 里改）"),
                    format!("Settings (change them with {keys})"),
                );
                let title = session.settings.lang.say_owned(zh, en);
                p.row((x, end), y).left(&title, Role::Heading1);
            }
            HelpRow::Setting(label, about) => {
                let label = label.map_or("", |label| session.settings.lang.say(label));
                pair(label, about, y, p);
            }
            HelpRow::Commands(commands, about) => pair(&keys_of(keymap, commands), about, y, p),
        }
    }
}

/// Returns the keys of a command; of several, those of the first and of the last.
fn keys_of(keymap: &Keymap, commands: &[&Command]) -> String {
    let keys = |command: &Command| keymap.keys_of(command.name).collect::<Vec<_>>().join(" ");
    match commands {
        [] => String::new(),
        [only] => keys(only),
        [first, .., last] => format!("{}-{}", keys(first), keys(last)),
    }
}

/// Draws the notes whose marks are on the screen.
pub(crate) fn notes(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, MAX_PAGE_WIDTH);
    let rows = page_rows::note_rows(session);
    let top = session.list(Mode::Notes).top;
    for (y, row) in (area.y..area.y + area.height).zip(rows.iter().skip(top)) {
        p.row((x, end), y).put(row, Role::Text);
    }
}

/// Draws the facts of the article; those without a value are left out.
pub(crate) fn facts(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, 76);
    let lang = session.settings.lang;
    let value_x = (x + if lang == Lang::Zh { 8 } else { 13 }).min(end);
    let rows = source_facts(session).into_iter();
    let rows = rows.chain(text_facts(session));
    let free = area.y + u16::from(area.height > 16)..area.y + area.height;
    let query = Query::new(&session.list(Mode::Facts).filter);
    let passes = |(name, value): &(Say, String)| {
        let text = || format!("{}  {}  {value}", name.0, name.1);
        !value.is_empty() && query.as_ref().is_none_or(|q| !q.find(&text()).is_empty())
    };
    for (y, (name, value)) in free.zip(rows.filter(passes)) {
        p.row((x, end), y).put(lang.say(name), Role::Facts);
        p.row((value_x, end), y).left(&value, Role::Text);
    }
}

/// Returns the facts that the source states.
fn source_facts(session: &Session) -> [(Say, String); 7] {
    let meta = session.article.facts();
    let stated = |fact: &Option<String>| fact.clone().unwrap_or_default();
    [
        (("题目", "Title"), session.article.title().to_owned()),
        (("原题", "As written"), stated(&meta.title_as_written)),
        (("作者", "Author"), stated(&meta.author)),
        (("来源", "Source"), stated(&meta.source)),
        (("编辑", "Editor"), stated(&meta.editor)),
        (
            ("日期", "Date"),
            meta.shown_date().unwrap_or_default().to_owned(),
        ),
        (("标签", "Tags"), meta.tags.join("  ")),
    ]
}

/// Returns the facts of the text, of its reading and of its file.
fn text_facts(session: &Session) -> [(Say, String); 10] {
    let (meta, lang) = (session.article.facts(), session.settings.lang);
    let (length, pace) = (session.article.length, session.pace());
    let minutes = length.div_ceil(pace);
    let left = (length * (100 - session.per_cent().min(100)) / 100).div_ceil(pace);
    let needed = lang.say_owned(
        format!("{minutes} 分钟，还剩 {left} 分钟，按每分钟 {pace} 字"),
        format!("{minutes}, {left} left, at {pace} characters a minute"),
    );
    let outline = &session.article.outline;
    let headings = outline.headings();
    let points = outline.points.len() - headings;
    let is_numbered = |first: Option<&Index>| {
        let point = first.and_then(|i| outline.points.get(i.get()));
        point.is_some_and(|p| !p.is_heading())
    };
    let series = outline.series.iter().filter(|s| is_numbered(s.first()));
    let series = series.count();
    let points = lang.say_owned(
        format!("{points} 个，{series} 组"),
        format!("{points} in {series} series"),
    );
    let paragraphs = session.article.document().paragraphs();
    let format = format!("{}  {}", meta.format, meta.encoding);
    [
        (("字数", "Length"), length.to_string()),
        (("约需", "Minutes"), needed),
        (("已读", "Read"), read(session)),
        (("段落", "Paragraphs"), paragraphs.to_string()),
        (("标题", "Headings"), headings.to_string()),
        (("要点", "Points"), points),
        (("主旨句", "Topics"), outline.topics.len().to_string()),
        (("折叠", "Folded"), session.article.folded.to_string()),
        (("文件", "File"), session.article.name.clone()),
        (("格式", "Format"), format),
    ]
}

/// Returns the minutes that this article was read, in this session and this week.
fn read(session: &Session) -> String {
    let (totals, fresh) = (session.memory.totals, session.memory.pace.session);
    let minutes = |ms: u64| ms.div_ceil(60_000);
    let article = minutes(totals.article.ms + session.memory.pace.here.ms);
    let (week, now) = (minutes(totals.week.ms + fresh.ms), minutes(fresh.ms));
    session.settings.lang.say_owned(
        format!("本文 {article} 分钟，这次 {now} 分钟，近七天 {week} 分钟"),
        format!("this article {article} min, this session {now} min, last seven days {week} min"),
    )
}

/// Draws the commands that the palette offers.
pub(crate) fn palette(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, MAX_PAGE_WIDTH);
    let commands = palette::commands(session);
    let keys_width = MAX_KEY_CELLS.min(area.width / 3);
    let shown = pages::shown(session, Mode::Palette);
    for (y, i, is_chosen) in &shown {
        let Some(command) = commands.get(*i) else {
            continue;
        };
        let keys = keymap.keys_of(command.name).collect::<Vec<_>>().join(" ");
        let keys = p.own(&keys);
        let about = p.own(session.settings.lang.say(command.about()));
        let mut row = p.row((x, end), *y).set_off_rows(*is_chosen, 1);
        row.end = x + keys_width;
        row.left(&keys, Role::Key);
        (row.x, row.end) = (x + keys_width + 1, end);
        row.left(&about, Role::Text);
    }
    let typed = &session.list(Mode::Palette).filter;
    if shown.is_empty() && typed.trim().parse::<usize>().is_err() {
        let text = session
            .settings
            .lang
            .say(("没有这样的命令", "No such command"));
        p.row((x, end), area.y).left(text, Role::Facts);
    }
}
