//! The palette: commands by name.

use super::entry::{Command, Group, READING, When};
use super::{groups::GROUPS, scroll, synonyms};
use crate::search::Query;
use crate::session::{Effect, Mode, Session};

/// Returns the commands that the palette has: those of the page below it, then those of reading
/// that do not have keys of such a one, and those that count everywhere.
pub(crate) fn commands(s: &Session) -> Vec<&'static Command> {
    let below = s.pages.below();
    let all = || GROUPS.iter().flat_map(Group::commands);
    let is_here = |c: &&Command| matches!(c.when, When::On(modes) if modes.contains(&below));
    let here: Vec<&Command> = all().filter(is_here).collect();
    let is_elsewhere = |c: &&Command| match c.when {
        When::On(_) => c.when == READING && here.iter().all(|own| !own.keys().eq(c.keys())),
        When::Always => c.name != "palette",
        _ => false,
    };
    let elsewhere = all().filter(|c| !is_here(c)).filter(is_elsewhere);
    let mut found: Vec<&Command> = Vec::new();
    for command in here.iter().copied().chain(elsewhere) {
        // g1 … g9 are one row
        if found.iter().all(|c| c.brief().0 != command.brief().0) {
            found.push(command);
        }
    }
    found
}

/// Offers the commands that hold the typed words: first those whose name does.
pub(crate) fn filter(s: &mut Session, typed: &str) {
    let found = Query::new(typed).map(|query| {
        let holds = |text: String| !query.find(&text).is_empty();
        let is_named = |c: &Command| holds([c.name, c.brief().0, c.brief().1].join("  "));
        let is_about = |c: &Command| {
            let about = [c.about().0, c.about().1].into_iter();
            holds(
                about
                    .chain(synonyms::of(c.name))
                    .collect::<Vec<_>>()
                    .join("  "),
            )
        };
        let commands = commands(s);
        let all = || commands.iter().enumerate();
        let named = all().filter(|(_, c)| is_named(c));
        let others = all().filter(|(_, c)| !is_named(c) && is_about(c));
        named.chain(others).map(|(i, _)| i).collect()
    });
    s.list_mut(Mode::Palette).show_from_top(found);
}

/// Runs the typed line: a paragraph's number, `q`, or the chosen command.
pub(crate) fn run(s: &mut Session, typed: &str) -> Effect {
    let list = s.list(Mode::Palette);
    let (is_first, chosen) = (list.selected == 0, list.item());
    let chosen = commands(s).get(chosen).copied();
    s.pages.close();
    let typed = typed.trim();
    if let Ok(n) = typed.parse::<usize>() {
        if goes_to_text(s) {
            scroll::to_paragraph(s, n);
        }
        return Effect::None;
    }
    match typed {
        "" if is_first => return Effect::None,
        "q" | "quit" | "q!" | "wq" | "x" => return Effect::Quit,
        _ => {}
    }
    if let Some(command) = chosen {
        if command.when.rank(s).is_some() || goes_to_text(s) {
            return command.run(s, None);
        }
        return Effect::None;
    }
    let en = format!("No such command: {typed}");
    let said = s
        .settings
        .lang
        .say_owned(format!("没有这样的命令：{typed}"), en);
    s.warn(said);
    Effect::None
}

/// Goes to the text; says so where no article is open.
fn goes_to_text(s: &mut Session) -> bool {
    let is_open = s.has_article();
    if is_open {
        s.pages.go(Mode::Read);
    } else {
        s.say(("还没有打开文章", "No article is open"));
    }
    is_open
}
