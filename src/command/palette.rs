//! The palette: commands by name.

use super::entry::{Command, When};
use super::{groups::GROUPS, scroll};
use crate::session::{Effect, Mode, Session};

/// Returns the commands whose name or description holds the text that was typed.
pub fn offered(typed: &str) -> Vec<&'static Command> {
    let wanted = typed.trim().to_lowercase();
    let mut seen = Vec::new();
    let all = GROUPS.iter().flat_map(super::entry::Group::commands);
    all.filter(|c| matches!(c.when, When::Reading | When::Always) && c.name != "palette")
        .filter(|c| {
            [c.name, c.brief().0, c.about().0]
                .iter()
                .any(|text| text.contains(&wanted))
                || [c.brief().1, c.about().1]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&wanted))
        })
        .filter(|c| {
            let new = !seen.contains(&c.brief().0);
            seen.push(c.brief().0);
            new
        })
        .collect()
}

/// Runs what was typed: a paragraph's number, `q`, or the chosen command.
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
    let (zh, en) = (
        format!("没有这样的命令：{typed}"),
        format!("No such command: {typed}"),
    );
    s.warn(s.settings.lang.say_owned(zh, en));
    Effect::None
}
