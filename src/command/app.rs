//! The program: settings by key, help, facts, palette, raw source, quitting.

use super::entry::{Command, READING, When, asking, command};
use super::list;
use super::options::THEMES;
use crate::layout::{PosSet, measure};
use crate::session::{Effect, Mode, Purpose, Session, View};
use crate::text::Span;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([
        command("narrower", "-", |s, n| change_measure(s, n, -1))
            .zh("行短些：每行少两个字。")
            .en("Shorter rows: Two Han less on a row."),
        command("wider", "+", |s, n| change_measure(s, n, 1))
            .zh("行长些：每行多两个字。")
            .en("Longer rows: Two Han more on a row."),
        command("indent-or-gap", "g i", indent_or_gap)
            .zh("缩进或空行：段落之间：首行缩进，或空一行。")
            .en("Indent or blank row: Tell paragraphs apart by an indent, or by a blank row."),
        command("paragraph-numbers", "g N", paragraph_numbers)
            .zh("段号：在左边的空白里标出每段的段号；再按不标。")
            .en("Paragraph numbers: Number each paragraph in the left margin; again stops."),
        asking("theme", "T", next_theme)
            .zh("换主题：在自动、深色、浅色之间换。")
            .en("Next theme: Go through auto, dark and light."),
        asking("raw", "g r", raw)
            .zh("看原文件：看未经清理的原文件，再按回到同一处。")
            .en("Raw source: Show the file as it is; again returns to the same place."),
        command("facts", "=", |s, _| s.pages.open(Mode::Facts))
            .zh("本文信息：标题、作者、日期等和它们的出处；字数、要点数、折叠的行；各部分、开头、结尾的字数和占比。")
            .en("Facts: Title, author, date and where they are stated; length, points, folded lines; length and share of each part."),
        asking("reload", "R", |_, _| Effect::Reload)
            .zh("重新读入：重新读入文件，位置不变。")
            .en("Reload: Read the file again and keep the place."),
        asking("follow", "F", follow)
            .zh("跟着读：到文末，文件变长时跟着显示；再按不再跟。")
            .en("Follow: To the end, and on as the file grows; again stops."),
    ]),
    &When::Always.section([
        asking("redraw", "ctrl-l", |_, _| Effect::Redraw)
            .zh("重画：整屏重画。")
            .en("Redraw: Draw the whole screen anew."),
        command("palette", ":", |s, _| {
            s.pages.open(Mode::Palette);
            s.pages.ask(Purpose::Command, "");
        })
        .zh("命令面板：输入命令名或段号：:12 到第 12 段，:q 退出。")
        .en("Command palette: Type a command or a paragraph's number: :12, :q."),
        command("help", "?, f1", help)
            .zh("帮助：列出全部按键。")
            .en("Help: List all keys."),
    ]),
    &When::On(&[Mode::Help, Mode::Facts, Mode::Notes]).section([command(
        "page-close",
        "enter, =",
        list::close,
    )
    .zh("关闭：关闭帮助或信息。")
    .en("Close: Close help or facts.")]),
    &When::Always.section([asking("suspend", "ctrl-z", |_, _| Effect::Suspend)
        .zh("挂起：回到 shell，用 fg 再回来。")
        .en("Suspend: Go to the shell; fg comes back.")]),
    &READING.section([asking("quit", "q, ctrl-c", quit)
        .zh("返回或退出：从书架打开的回到书架，否则退出。")
        .en("Back or quit: Back to the shelf where one came from it, else quit.")]),
    &When::On(&[Mode::Shelf]).section([asking("shelf-quit", "q, ctrl-c", |_, _| Effect::Quit)
        .zh("退出：退出。")
        .en("Quit: Quit.")]),
    &When::On(&[Mode::Outline]).section([asking("outline-quit", "ctrl-c", quit)
        .zh("返回或退出：同正文里的退出。")
        .en("Back or quit: As while reading.")]),
];

fn indent_or_gap(s: &mut Session, _: Option<usize>) {
    s.settings.gap ^= true;
    s.say(if s.settings.gap {
        ("段间空行", "Blank row between paragraphs")
    } else {
        ("首行缩进", "First-line indent")
    });
}

fn paragraph_numbers(s: &mut Session, _: Option<usize>) {
    s.settings.numbers ^= true;
    s.arrange();
    let is_shown = s.reading.measure.is_some_and(|m| m.numbers > 0);
    s.say(match (s.settings.numbers, is_shown) {
        (false, _) => ("不标段号", "No paragraph numbers"),
        (true, true) => ("标出段号", "Paragraph numbers in the margin"),
        (true, false) => (
            "这里太窄，标不下段号",
            "Too narrow here for paragraph numbers",
        ),
    });
}

fn help(s: &mut Session, _: Option<usize>) {
    match s.pages.mode() {
        Mode::Help => s.pages.close(),
        _ => s.pages.open(Mode::Help),
    }
}

fn quit(s: &mut Session, _: Option<usize>) -> Effect {
    if let Some(effect) = s.go_back() {
        return effect;
    }
    if s.shelf.place.reading.is_some() && !s.shelf.entries.is_empty() {
        s.pages.go(Mode::Shelf);
        return Effect::None;
    }
    Effect::Quit
}

/// Makes rows longer, or shorter where `sign` is negative, by two Han a time.
fn change_measure(s: &mut Session, count: Option<usize>, sign: isize) {
    let by = sign * 4 * count.unwrap_or(1).min(40).cast_signed();
    // begin from the measure in force, so that the first press shows
    let seen = s.reading.measure.map_or(s.settings.measure, |m| m.cells);
    let from = if by < 0 {
        s.settings.measure.min(seen.max(measure::MIN_CELLS))
    } else {
        s.settings.measure
    };
    let wish = from.saturating_add_signed(by);
    s.settings.measure = wish.clamp(measure::MIN_CELLS, measure::MAX_CELLS);
    s.arrange();
    let cells = s.reading.measure.map_or(0, |m| m.cells);
    let (zh, en) = match (cells == seen, by < 0) {
        (false, _) => ("", ""),
        (true, true) => ("，最短了", ", the shortest"),
        (true, false) => ("，最长了", ", the longest that fits"),
    };
    let han = cells / 2;
    s.say_owned(
        format!("每行 {han} 字{zh}"),
        format!("{han} Han on a row{en}"),
    );
}

fn next_theme(s: &mut Session, _: Option<usize>) -> Effect {
    let now = THEMES.iter().position(|t| *t == s.settings.theme);
    let next = THEMES[(now.unwrap_or(0) + 1) % THEMES.len()];
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
    s.reading.open.folds = PosSet::default();
    s.reading.set_flow(s.article.flow());
    s.reading.view = View::Text;
    s.reading.measure = None;
    s.arrange();
    s.pane.reset(&s.article.outline);
    s.find.reopen(&s.article.shared());
    // the raw source was only looked at: exactly the same place
    let before = s.reading.before_view.take().filter(|_| !to_raw);
    if to_raw {
        s.reading.before_view = Some(spot);
        s.reading.place.lift = 0;
    }
    match before {
        Some(before) => s.reading.restore(before),
        None => s.show(at, Span::at(at)),
    }
    Effect::None
}

fn follow(s: &mut Session, _: Option<usize>) -> Effect {
    let follows = !s.article.file.follows;
    s.article.file.follows = follows;
    if follows {
        let height = s.height();
        s.jumps.leave(s.reading.position());
        s.reading.go_to_end(s.article.document(), height);
    }
    s.say(if follows {
        ("跟着读：新内容一到就显示", "Following: what comes is shown")
    } else {
        ("不再跟着读", "No longer following")
    });
    Effect::Follow
}
