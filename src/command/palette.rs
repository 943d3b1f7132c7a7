//! The palette: commands by name.

use super::entry::{Command, When};
use super::{groups::GROUPS, scroll};
use crate::session::{Effect, Mode, Session};

/// Returns the commands whose name or description holds the text that was typed.
pub fn offered(typed: &str) -> Vec<&'static Command> {
    let wanted = typed.trim().to_lowercase();
    let all = GROUPS.iter().flat_map(super::entry::Group::commands);
    let all = all.filter(|c| matches!(c.when, When::Reading | When::Always) && c.name != "palette");
    let holds = |c: &&Command| {
        let (brief, about) = (c.brief(), c.about());
        let zh = [c.name, brief.0, about.0].map(str::to_owned);
        let en = [brief.1, about.1].map(str::to_lowercase);
        zh.iter().chain(&en).any(|text| text.contains(&wanted))
    };
    let mut found: Vec<&Command> = Vec::new();
    for command in all.filter(holds) {
        // g1 … g9 are one row
        if found.iter().all(|c| c.brief().0 != command.brief().0) {
            found.push(command);
        }
    }
    found
}

/// Runs the typed line: a paragraph's number, `q`, or the chosen command.
pub(crate) fn run(s: &mut Session, typed: &str, chosen: usize) -> Effect {
    s.mode = Mode::Read;
    let typed = typed.trim();
    if let Ok(n) = typed.parse::<usize>() {
        scroll::to_paragraph(s, n);
        return Effect::None;
    }
    match typed {
        "" if chosen == 0 => return Effect::None,
        "q" | "quit" | "q!" | "wq" | "x" => return Effect::Quit,
        _ => {}
    }
    if let Some(command) = offered(typed).get(chosen) {
        return command.run(s, None);
    }
    let en = format!("No such command: {typed}");
    let said = s
        .settings
        .lang
        .say_owned(format!("没有这样的命令：{typed}"), en);
    s.warn(said);
    Effect::None
}
