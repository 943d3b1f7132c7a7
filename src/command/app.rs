//! The program: settings by key, help, facts, palette, raw source, quitting.

use super::help;
use super::table::{self, Command, Group, When};
use crate::layout::measure;
use crate::session::prompt::Prompt;
use crate::session::{Effect, Mode, Session};
use crate::text::{Lang, Span};

/// The themes that `T` goes through.
pub const THEMES: &[&str] = &["auto", "dark", "light"];

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "narrower",
        keys: &["-"],
        group: Group::App,
        brief: ("行短些", "Shorter rows"),
        about: ("每行少两个字。", "Two Han less on a row."),
        when: When::Reading,
        run: |s, n| set_measure(s, -4 * n.unwrap_or(1).min(40).cast_signed()),
    },
    Command {
        name: "wider",
        keys: &["+"],
        group: Group::App,
        brief: ("行长些", "Longer rows"),
        about: ("每行多两个字。", "Two Han more on a row."),
        when: When::Reading,
        run: |s, n| set_measure(s, 4 * n.unwrap_or(1).min(40).cast_signed()),
    },
    Command {
        name: "indent-or-gap",
        keys: &["g i"],
        group: Group::App,
        brief: ("缩进或空行", "Indent or blank row"),
        about: (
            "段落之间：首行缩进，或空一行。",
            "Tell paragraphs apart by an indent, or by a blank row.",
        ),
        when: When::Reading,
        run: |s, _| {
            s.settings.gap = !s.settings.gap;
            s.say(if s.settings.gap {
                ("段间空行", "Blank row between paragraphs")
            } else {
                ("首行缩进", "First-line indent")
            });
            Effect::None
        },
    },
    Command {
        name: "theme",
        keys: &["T"],
        group: Group::App,
        brief: ("换主题", "Next theme"),
        about: (
            "在自动、深色、浅色之间换。",
            "Go through auto, dark and light.",
        ),
        when: When::Reading,
        run: next_theme,
    },
    Command {
        name: "raw",
        keys: &["g r"],
        group: Group::App,
        brief: ("看原文件", "Raw source"),
        about: (
            "看未经清理的原文件，再按回到同一处。",
            "Show the file as it is; again returns to the same place.",
        ),
        when: When::Reading,
        run: raw,
    },
    Command {
        name: "facts",
        keys: &["="],
        group: Group::App,
        brief: ("本文信息", "Facts"),
        about: (
            "题目、作者、日期、字数、要点数、收起的行。",
            "Title, author, date, length, points, folded lines.",
        ),
        when: When::Reading,
        run: |s, _| {
            s.mode = Mode::Facts;
            Effect::None
        },
    },
    Command {
        name: "reload",
        keys: &["R"],
        group: Group::App,
        brief: ("重新读入", "Reload"),
        about: (
            "重新读入文件，位置不变。",
            "Read the file again and keep the place.",
        ),
        when: When::Reading,
        run: |_, _| Effect::Reload,
    },
    Command {
        name: "follow",
        keys: &["F"],
        group: Group::App,
        brief: ("跟着读", "Follow"),
        about: (
            "到文末，文件变长时跟着显示；再按不再跟。",
            "To the end, and on as the file grows; again stops.",
        ),
        when: When::Reading,
        run: follow,
    },
    Command {
        name: "encoding",
        keys: &["E"],
        group: Group::App,
        brief: ("换编码", "Next encoding"),
        about: (
            "换一种编码读这个文件，并记住；转一圈回到自动。",
            "Read this file in another encoding, and remember it; all round is the guess again.",
        ),
        when: When::Reading,
        run: |_, _| Effect::NextEncoding,
    },
    Command {
        name: "redraw",
        keys: &["ctrl-l"],
        group: Group::App,
        brief: ("重画", "Redraw"),
        about: ("整屏重画。", "Draw the whole screen anew."),
        when: When::Always,
        run: |_, _| Effect::Redraw,
    },
    Command {
        name: "palette",
        keys: &[":"],
        group: Group::App,
        brief: ("命令面板", "Command palette"),
        about: (
            "输入命令名或段号：:12 到第 12 段，:q 退出。",
            "Type a command or a paragraph's number: :12, :q.",
        ),
        when: When::Always,
        run: |s, _| {
            s.mode = Mode::Palette(Prompt::default(), 0);
            Effect::None
        },
    },
    Command {
        name: "help",
        keys: &["?", "f1"],
        group: Group::App,
        brief: ("帮助", "Help"),
        about: ("列出全部按键。", "List all keys."),
        when: When::Always,
        run: |s, _| {
            s.mode = if matches!(s.mode, Mode::Help(_)) {
                Mode::Read
            } else {
                Mode::Help(0)
            };
            Effect::None
        },
    },
    Command {
        name: "page-line-down",
        keys: &["j", "down"],
        group: Group::App,
        brief: ("下一行", "One row down"),
        about: ("帮助向下一行。", "Scroll the help down."),
        when: When::Page,
        run: |s, n| turn(s, n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "page-line-up",
        keys: &["k", "up"],
        group: Group::App,
        brief: ("上一行", "One row up"),
        about: ("帮助向上一行。", "Scroll the help up."),
        when: When::Page,
        run: |s, n| turn(s, -n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "page-page-down",
        keys: &["space", "f", "d", "pgdn"],
        group: Group::App,
        brief: ("下一页", "Next page"),
        about: ("帮助向下一页。", "Scroll the help a page down."),
        when: When::Page,
        run: |s, _| {
            turn(
                s,
                usize::from(s.screen.body.height).max(3).cast_signed() - 2,
            )
        },
    },
    Command {
        name: "page-page-up",
        keys: &["b", "u", "pgup"],
        group: Group::App,
        brief: ("上一页", "Previous page"),
        about: ("帮助向上一页。", "Scroll the help a page up."),
        when: When::Page,
        run: |s, _| {
            turn(
                s,
                2 - usize::from(s.screen.body.height).max(3).cast_signed(),
            )
        },
    },
    Command {
        name: "page-first",
        keys: &["g g", "home"],
        group: Group::App,
        brief: ("到开头", "To the beginning"),
        about: ("帮助到开头。", "To the beginning of the help."),
        when: When::Page,
        run: |s, _| turn(s, isize::MIN / 2),
    },
    Command {
        name: "page-last",
        keys: &["G", "end"],
        group: Group::App,
        brief: ("到末尾", "To the end"),
        about: ("帮助到末尾。", "To the end of the help."),
        when: When::Page,
        run: |s, _| turn(s, isize::MAX / 2),
    },
    Command {
        name: "close",
        keys: &["esc", "q", "ctrl-c", "enter", "="],
        group: Group::App,
        brief: ("关上", "Close"),
        about: ("关上帮助或信息。", "Close help or facts."),
        when: When::Page,
        run: |s, _| close(s),
    },
    Command {
        name: "suspend",
        keys: &["ctrl-z"],
        group: Group::App,
        brief: ("挂起", "Suspend"),
        about: (
            "回到 shell，用 fg 再回来。",
            "Go to the shell; fg comes back.",
        ),
        when: When::Always,
        run: |_, _| Effect::Suspend,
    },
    Command {
        name: "quit",
        keys: &["q", "ctrl-c"],
        group: Group::App,
        brief: ("返回或退出", "Back or quit"),
        about: (
            "从书架打开的回到书架，否则退出。",
            "Back to the shelf where one came from it, else quit.",
        ),
        when: When::Reading,
        run: quit,
    },
    Command {
        name: "shelf-quit",
        keys: &["q", "ctrl-c", "esc"],
        group: Group::App,
        brief: ("退出", "Quit"),
        about: ("退出。", "Quit."),
        when: When::Shelf,
        run: |_, _| Effect::Quit,
    },
    Command {
        name: "outline-quit",
        keys: &["ctrl-c"],
        group: Group::App,
        brief: ("返回或退出", "Back or quit"),
        about: ("同正文里的退出。", "As while reading."),
        when: When::Outline,
        run: quit,
    },
];

fn close(s: &mut Session) -> Effect {
    s.mode = Mode::Read;
    Effect::None
}

fn quit(s: &mut Session, _: Option<usize>) -> Effect {
    if s.shelf.reading.is_some() && !s.shelf.items.is_empty() {
        s.mode = Mode::Shelf;
        return Effect::None;
    }
    Effect::Quit
}

fn set_measure(s: &mut Session, by: isize) -> Effect {
    // begin from what is seen, so that the first press shows
    let seen = s.reading.measure.map_or(s.settings.measure, |m| m.cells);
    let from = if by < 0 {
        s.settings.measure.min(seen.max(measure::MIN_CELLS))
    } else {
        s.settings.measure
    };
    s.settings.measure = from
        .saturating_add_signed(by)
        .clamp(measure::MIN_CELLS, measure::MAX_CELLS);
    s.arrange();
    let cells = s.reading.measure.map_or(0, |m| m.cells);
    let end = match (cells == seen, by < 0) {
        (false, _) => ("", ""),
        (true, true) => ("，最短了", ", the shortest"),
        (true, false) => ("，最长了", ", the longest that fits"),
    };
    let text = match s.settings.lang {
        Lang::Zh => format!("每行 {} 字{}", cells / 2, end.0),
        Lang::En => format!("{} Han on a row{}", cells / 2, end.1),
    };
    s.tell(text);
    Effect::None
}

fn next_theme(s: &mut Session, _: Option<usize>) -> Effect {
    let at = THEMES
        .iter()
        .position(|t| *t == s.settings.theme)
        .unwrap_or(0);
    let next = THEMES
        .get((at + 1) % THEMES.len())
        .copied()
        .unwrap_or("auto");
    next.clone_into(&mut s.settings.theme);
    s.say(match next {
        "dark" => ("主题：深色", "Theme: dark"),
        "light" => ("主题：浅色", "Theme: light"),
        _ => ("主题：随终端", "Theme: as the terminal"),
    });
    Effect::Redraw
}

/// Shows the raw source, or the document again.
pub fn raw(s: &mut Session, _: Option<usize>) -> Effect {
    if !s.article.has_source() && !s.article.is_raw() {
        return Effect::ReadSource;
    }
    let to_raw = !s.article.is_raw();
    let spot = s.reading.position();
    let at = s.article.toggle_raw(spot.focus);
    s.reading.set_flow(s.article.flow());
    s.reading.view = crate::session::View::Text;
    s.reading.measure = None;
    s.arrange();
    s.pane.reset(&s.article.outline);
    s.find.reopen(&s.article.shared());
    if to_raw {
        s.reading.before_view = Some(spot);
        s.reading.place.lift = 0;
        s.show(at, Span { start: at, end: at });
    } else {
        // the raw source was only looked at: exactly the same place
        match s.reading.before_view.take() {
            Some(before) => s.reading.restore(before),
            None => s.show(at, Span { start: at, end: at }),
        }
    }
    Effect::None
}

fn follow(s: &mut Session, _: Option<usize>) -> Effect {
    let follows = !s.article.arrival.follows;
    s.article.arrival.follows = follows;
    if follows {
        let height = s.height();
        s.jumps.leave(s.reading.position());
        s.reading.to_end(s.article.document(), height);
    }
    s.say(if follows {
        ("跟着读：新内容一到就显示", "Following: what comes is shown")
    } else {
        ("不再跟着读", "No longer following")
    });
    Effect::Follow
}

fn turn(s: &mut Session, by: isize) -> Effect {
    match s.mode.clone() {
        Mode::Help(top) => {
            s.mode = Mode::Help(top.saturating_add_signed(by).min(help::last_top(s)))
        }
        Mode::Notes(notes, top) => {
            let last = super::jump::note_rows(s, &notes)
                .len()
                .saturating_sub(usize::from(s.screen.body.height));
            s.mode = Mode::Notes(notes, top.saturating_add_signed(by).min(last));
        }
        _ => {}
    }
    Effect::None
}

/// The commands that a palette offers for what was typed: those whose name or
/// description holds it.
pub fn offered(typed: &str) -> Vec<&'static Command> {
    let wanted = typed.trim().to_lowercase();
    let mut seen = Vec::new();
    table::all()
        .filter(|c| matches!(c.when, When::Reading | When::Always) && c.name != "palette")
        .filter(|c| {
            wanted.is_empty()
                || c.name.contains(&wanted)
                || c.brief.0.contains(&wanted)
                || c.brief.1.to_lowercase().contains(&wanted)
                || c.about.0.contains(&wanted)
                || c.about.1.to_lowercase().contains(&wanted)
        })
        .filter(|c| {
            let new = !seen.contains(&c.brief.0);
            seen.push(c.brief.0);
            new
        })
        .collect()
}

/// Runs what was typed into the palette: a number, `q`, or the chosen command.
pub fn run_typed(s: &mut Session, typed: &str, chosen: usize) -> Effect {
    s.mode = Mode::Read;
    let typed = typed.trim();
    if let Ok(n) = typed.parse::<usize>() {
        return super::scroll::to_paragraph(s, n);
    }
    match typed {
        "" if chosen == 0 => return Effect::None,
        "q" | "quit" | "q!" | "wq" | "x" => return Effect::Quit,
        _ => {}
    }
    if let Some(command) = offered(typed).get(chosen) {
        (command.run)(s, None)
    } else {
        let text = match s.settings.lang {
            Lang::Zh => format!("没有这样的命令：{typed}"),
            Lang::En => format!("No such command: {typed}"),
        };
        s.warn(text);
        Effect::None
    }
}
