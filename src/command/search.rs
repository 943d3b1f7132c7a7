//! Search as you type, from hit to hit; keywords with a colour of their own.

use super::table::{Command, Group, When};
use crate::search::Query;
use crate::session::prompt::Prompt;
use crate::session::{Effect, Mode, Session};
use crate::text::{Lang, Pos};

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "search",
        keys: &["/", "ctrl-s"],
        group: Group::Search,
        brief: ("查找", "Search"),
        about: ("边输入边查找；回车留在命中处，Esc 回到原处。", "Search as you type; Enter stays at the hit, Esc returns."),
        when: When::Reading,
        run: open,
    },
    Command {
        name: "next-hit",
        keys: &["n"],
        group: Group::Search,
        brief: ("下一处", "Next hit"),
        about: ("到下一个命中处（按命中而不是按行），到文末从头继续。", "Go to the next hit (by hit, not by row); wraps at the end."),
        when: When::Reading,
        run: |s, n| by_hits(s, n, true),
    },
    Command {
        name: "previous-hit",
        keys: &["N"],
        group: Group::Search,
        brief: ("上一处", "Previous hit"),
        about: ("到上一个命中处。", "Go to the previous hit."),
        when: When::Reading,
        run: |s, n| by_hits(s, n, false),
    },
    Command {
        name: "clear",
        keys: &["esc"],
        group: Group::Search,
        brief: ("取消查找", "Clear the search"),
        about: ("去掉查找的高亮；关键词留着。", "Take the search's highlight away; keywords stay."),
        when: When::Reading,
        run: |s, _| {
            s.find.search(s.article.document(), None);
            Effect::None
        },
    },
    Command {
        name: "add-keyword",
        keys: &["*"],
        group: Group::Search,
        brief: ("留作关键词", "Keep as keyword"),
        about: (
            "把正在查找的词留作关键词，有自己的颜色和次数；已是关键词就取消；没有在查找时输入一个词。",
            "Keep what is searched as a keyword with a colour and a count of its own; again takes it back; without a search, type one.",
        ),
        when: When::Reading,
        run: add_keyword,
    },
    Command {
        name: "keywords",
        keys: &["#"],
        group: Group::Search,
        brief: ("关键词一览", "Keyword panel"),
        about: ("列出关键词和次数，可跳转、删除。", "List the keywords with their counts; go to one, remove one."),
        when: When::Reading,
        run: |s, _| {
            if s.find.keywords.is_empty() {
                s.say(("还没有关键词：先 / 查找，再按 *", "No keywords yet: search with /, then press *"));
            } else {
                s.mode = Mode::Keywords(0);
            }
            Effect::None
        },
    },
    Command {
        name: "keyword-down",
        keys: &["j", "down"],
        group: Group::Search,
        brief: ("下一个词", "Next keyword"),
        about: ("在关键词一览里选下一个。", "Choose the next keyword in the panel."),
        when: When::Keywords,
        run: |s, n| choose(s, n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "keyword-up",
        keys: &["k", "up"],
        group: Group::Search,
        brief: ("上一个词", "Previous keyword"),
        about: ("在关键词一览里选上一个。", "Choose the previous keyword in the panel."),
        when: When::Keywords,
        run: |s, n| choose(s, -n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "keyword-go",
        keys: &["enter", "n"],
        group: Group::Search,
        brief: ("到此词下一处", "Next hit of it"),
        about: ("跳到这个关键词的下一处，并用 n N 继续。", "Go to this keyword's next hit; n and N go on."),
        when: When::Keywords,
        run: go_to_keyword,
    },
    Command {
        name: "keyword-remove",
        keys: &["d", "x", "delete", "backspace"],
        group: Group::Search,
        brief: ("删去此词", "Remove it"),
        about: ("取消这个关键词。", "Take this keyword back."),
        when: When::Keywords,
        run: |s, _| {
            if let Mode::Keywords(i) = s.mode
                && i < s.find.keywords.len()
            {
                s.find.keywords.remove(i);
                s.mode = if s.find.keywords.is_empty() { Mode::Read } else { Mode::Keywords(i.min(s.find.keywords.len() - 1)) };
            }
            Effect::None
        },
    },
    Command {
        name: "keyword-add",
        keys: &["*", "a"],
        group: Group::Search,
        brief: ("再加一个词", "Add another"),
        about: ("输入一个新的关键词。", "Type another keyword."),
        when: When::Keywords,
        run: |s, _| {
            s.mode = Mode::Keyword(Prompt::default());
            Effect::None
        },
    },
];

fn open(s: &mut Session, _: Option<usize>) -> Effect {
    s.find.origin = Some((s.reading.spot(), s.find.query.clone()));
    s.mode = Mode::Search(Prompt::default());
    Effect::None
}

/// Searches for what has been typed so far, from where the search began.
pub fn preview(s: &mut Session, typed: &str) {
    let Some((origin, _)) = s.find.origin.clone() else { return };
    s.find.search(s.article.document(), Query::new(typed));
    s.reading.restore(origin);
    if let Some((hit, _)) = s.find.step(Pos(origin.focus.0), true, 1) {
        to_hit(s, hit);
    }
}

/// Ends the prompt at the hit, or repeats the last search where nothing was
/// typed.
pub fn accept(s: &mut Session, typed: &str) -> Effect {
    s.mode = Mode::Read;
    let Some((origin, before)) = s.find.origin.take() else { return Effect::None };
    if typed.trim().is_empty() {
        let again = before.or_else(|| s.find.history.last().and_then(|h| Query::new(h)));
        s.find.search(s.article.document(), again);
        return by_hits(s, None, true);
    }
    s.find.remember(typed.trim());
    if s.find.matches.is_empty() {
        s.reading.restore(origin);
        not_found(s);
    } else {
        s.jumps.leave(origin);
        if s.reading.focus < origin.focus {
            s.say(("已到文末，从头继续", "Past the end, on from the beginning"));
        }
    }
    Effect::None
}

/// Ends the prompt where the search began, with what was searched before.
pub fn cancel(s: &mut Session) -> Effect {
    s.mode = Mode::Read;
    if let Some((origin, before)) = s.find.origin.take() {
        s.find.search(s.article.document(), before);
        s.reading.restore(origin);
    }
    Effect::None
}

fn not_found(s: &mut Session) {
    let typed = s.find.query.as_ref().map(|q| q.typed().to_owned()).unwrap_or_default();
    let text = match s.settings.lang {
        Lang::Zh => format!("没有找到“{typed}”"),
        Lang::En => format!("Not found: {typed}"),
    };
    s.warn(text);
}

/// Goes to a hit without remembering where from.
fn to_hit(s: &mut Session, hit: usize) {
    if let Some(span) = s.find.matches.spans.get(hit).copied() {
        s.show(span.start, span);
        s.find.current = Some(hit);
    }
}

fn by_hits(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    if s.find.query.is_none() {
        if let Some(last) = s.find.history.last().and_then(|h| Query::new(h)) {
            s.find.search(s.article.document(), Some(last));
        } else {
            s.say(("还没有查找过：按 / 查找", "Nothing searched yet: press /"));
            return Effect::None;
        }
    }
    match s.find.step(s.reading.focus, forward, count.unwrap_or(1).max(1)) {
        None => not_found(s),
        Some((hit, wrapped)) => {
            s.jumps.leave(s.reading.spot());
            to_hit(s, hit);
            if wrapped {
                s.say(if forward {
                    ("已到文末，从头继续", "Past the end, on from the beginning")
                } else {
                    ("已到文首，从末尾继续", "Past the beginning, on from the end")
                });
            }
        }
    }
    Effect::None
}

fn add_keyword(s: &mut Session, _: Option<usize>) -> Effect {
    match s.find.query.clone() {
        Some(query) => {
            keep(s, query);
            s.find.search(s.article.document(), None);
        }
        None => s.mode = Mode::Keyword(Prompt::default()),
    }
    Effect::None
}

/// Adds a typed keyword.
pub fn accept_keyword(s: &mut Session, typed: &str) -> Effect {
    s.mode = Mode::Read;
    if let Some(query) = Query::new(typed) {
        keep(s, query);
    }
    Effect::None
}

/// Adds a keyword or takes it back, and says which.
fn keep(s: &mut Session, query: Query) {
    let typed = query.typed().to_owned();
    let lang = s.settings.lang;
    let text = match (s.find.toggle_keyword(s.article.document(), query), lang) {
        (Some(k), Lang::Zh) => format!("关键词“{typed}”：{} 处", k.matches.len()),
        (Some(k), Lang::En) => format!("Keyword {typed}: {} hits", k.matches.len()),
        (None, Lang::Zh) => format!("已取消关键词“{typed}”"),
        (None, Lang::En) => format!("Keyword {typed} taken back"),
    };
    s.tell(text);
}

fn choose(s: &mut Session, by: isize) -> Effect {
    if let Mode::Keywords(i) = s.mode {
        s.mode = Mode::Keywords(i.saturating_add_signed(by).min(s.find.keywords.len().saturating_sub(1)));
    }
    Effect::None
}

fn go_to_keyword(s: &mut Session, _: Option<usize>) -> Effect {
    if let Mode::Keywords(i) = s.mode
        && let Some(keyword) = s.find.keywords.get(i)
    {
        let query = keyword.query.clone();
        s.mode = Mode::Read;
        s.find.remember(query.typed());
        s.find.search(s.article.document(), Some(query));
        return by_hits(s, None, true);
    }
    Effect::None
}
