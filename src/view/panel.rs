//! Pages in place of the text: help, facts, the palette's list.
//!
//! They take the whole body, so that no wide character is half covered.

use super::Role;
use super::paint::Painter;
use crate::command::facts::{self, FactsRow, MAX_FACTS_WIDTH};
use crate::command::page_rows::{self, HelpRow, MAX_PAGE_WIDTH};
use crate::command::{Command, Keymap, pages, palette};
use crate::session::{Area, Mode, Session};

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

/// Draws the facts of the article and the shares of its parts.
pub(crate) fn facts(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.body;
    let (x, end) = column(area, MAX_FACTS_WIDTH);
    let lang = session.settings.lang;
    let value_x = (x + facts::name_width(lang)).min(end);
    let rows = facts::rows(session);
    let top = session.list(Mode::Facts).top;
    for (y, row) in (area.y..area.y + area.height).zip(rows.iter().skip(top)) {
        match row {
            FactsRow::Blank => {}
            FactsRow::Title(title) => p.row((x, end), y).put(lang.say(*title), Role::Heading1),
            FactsRow::Fact(name, value, origin) => {
                let (value, origin) = (p.own(value).into_owned(), p.own(origin).into_owned());
                let name = name.map_or("", |name| lang.say(name));
                p.row((x, end), y).put(name, Role::Facts);
                let mut row = p.row((value_x, end), y);
                row.right(&origin, Role::Facts);
                row.left(&value, Role::Text);
            }
            FactsRow::Share(name, share) => {
                let (name, share) = (p.own(name).into_owned(), p.own(share).into_owned());
                let mut row = p.row((x, end), y);
                row.right(&share, Role::Facts);
                row.end = row.end.saturating_sub(2);
                row.left(&name, Role::Text);
            }
        }
    }
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
