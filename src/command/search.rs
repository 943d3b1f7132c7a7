//! Search as you type, from hit to hit; words offered while one types.
//!
//! A long text is searched by the world (`Effect::Search`); [`take`] goes to a
//! hit that the reader waits for.

use super::table::{Command, Group, When};
use crate::search::{Answer, How, Query};
use crate::session::find::Offers;
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
        about: (
            "边输入边查找；回车留在命中处，Esc 回到原处。",
            "Search as you type; Enter stays at the hit, Esc returns.",
        ),
        when: When::Reading,
        run: open,
    },
    Command {
        name: "next-hit",
        keys: &["n"],
        group: Group::Search,
        brief: ("下一处", "Next hit"),
        about: (
            "到下一个命中处（按命中而不是按行），到文末从头继续。",
            "Go to the next hit (by hit, not by row); wraps at the end.",
        ),
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
        about: (
            "去掉查找的高亮；关键词留着。",
            "Take the search's highlight away; keywords stay.",
        ),
        when: When::Reading,
        run: |s, _| {
            s.search(None);
            Effect::None
        },
    },
    Command {
        name: "toggle-regex",
        keys: &["ctrl-r"],
        group: Group::Prompt,
        brief: ("正则开关", "Regex on or off"),
        about: (
            "查找时把输入的当作正则表达式，再按恢复。",
            "While searching, take what is typed as a regular expression; again as text.",
        ),
        when: When::Prompt,
        run: toggle_regex,
    },
];

fn open(s: &mut Session, _: Option<usize>) -> Effect {
    s.find.origin = Some((s.reading.position(), s.find.query.clone()));
    (s.find.how, s.find.fault, s.find.offers) = (How::Auto, None, Offers::default());
    s.mode = Mode::Search(Prompt::default());
    Effect::None
}

/// Searches for what has been typed so far, from where the search began. What
/// cannot be compiled changes nothing but what is said.
pub fn preview(s: &mut Session, typed: &str) {
    match Query::compile(typed, s.find.how) {
        Ok(query) => look(s, query),
        Err(fault) => s.find.fault = Some(fault),
    }
}

/// Searches from where the search began.
fn look(s: &mut Session, query: Option<Query>) {
    let Some((origin, _)) = s.find.origin.clone() else {
        return;
    };
    s.reading.restore(origin);
    s.search(query);
    if let Some((hit, _)) = s.find.step(Pos(origin.focus.0), true, 1) {
        to_hit(s, hit);
    }
}

fn toggle_regex(s: &mut Session, _: Option<usize>) -> Effect {
    if let Mode::Search(prompt) = &s.mode {
        let typed = prompt.text.clone();
        s.find.how = if s.find.how == How::Pattern {
            How::Auto
        } else {
            How::Pattern
        };
        preview(s, &typed);
    }
    Effect::None
}

/// Chooses the next offered word, or the one before; none before the first.
/// False where there is none to choose.
pub fn choose(s: &mut Session, down: bool) -> bool {
    let Mode::Search(prompt) = &s.mode else {
        return false;
    };
    let typed = prompt.text.clone();
    let mut offers = s.find.offers.clone();
    let next = match (offers.chosen, down) {
        (None, true) => Some(0),
        (Some(i), true) => Some((i + 1).min(offers.words.len().saturating_sub(1))),
        (Some(i), false) => i.checked_sub(1),
        (None, false) => return false,
    };
    if offers.words.is_empty() {
        return false;
    }
    offers.chosen = next;
    match next.and_then(|i| offers.words.get(i)) {
        Some(word) => look(s, Query::new(&word.text)),
        None => preview(s, &typed),
    }
    s.find.offers = offers;
    true
}

/// Takes the offered word of that number, from 1, as if it had been typed.
/// False where there is none.
pub fn pick(s: &mut Session, number: usize) -> bool {
    let word = s
        .find
        .offers
        .words
        .get(number.wrapping_sub(1))
        .filter(|_| s.find.is_numbered())
        .map(|w| w.text.clone());
    if let (Some(word), Mode::Search(prompt)) = (word, &mut s.mode) {
        *prompt = Prompt::with(&word);
        preview(s, &word);
        return true;
    }
    false
}

/// Takes an answer to a search; goes to its first hit where the reader has not
/// gone on since.
pub fn take(s: &mut Session, answer: Answer) {
    let came = s.take(answer);
    go_on(s, came);
}

/// More of the article has come: goes to the hit that was waited for.
pub fn grown(s: &mut Session) {
    let came = s.find.current.is_none() && !s.find.matches.is_empty();
    go_on(s, came);
}

/// Goes to the first hit where one `came` and the reader has not gone on since;
/// says so where there is none to wait for any more.
fn go_on(s: &mut Session, came: bool) {
    let done = !s.find.is_searching() && !s.article.arrival.coming;
    let from = match (&s.mode, &s.find.origin) {
        (Mode::Search(_), Some((origin, _))) => Some(origin.focus),
        _ => s.find.work.waits_at,
    };
    if came && from == Some(s.reading.focus) {
        s.find.work.waits_at = None;
        if let Some((hit, _)) = s.find.step(s.reading.focus, true, 1) {
            to_hit(s, hit);
        }
    } else if done && s.find.work.waits_at.take().is_some() && s.find.matches.is_empty() {
        not_found(s);
    }
}

/// Ends the prompt at the hit, or repeats the last search where nothing was
/// typed.
pub fn accept(s: &mut Session, typed: &str) -> Effect {
    if let Some((zh, en)) = s.find.fault.clone() {
        // what was typed stays, to be mended
        s.mode = Mode::Search(Prompt::with(typed));
        s.warn(s.settings.lang.say_owned(zh, en));
        return Effect::None;
    }
    s.mode = Mode::Read;
    let Some((origin, before)) = s.find.origin.take() else {
        return Effect::None;
    };
    if typed.trim().is_empty() {
        let again = before.or_else(|| s.find.history.last().and_then(|h| Query::new(h)));
        s.search(again);
        return by_hits(s, None, true);
    }
    let words = s
        .find
        .query
        .as_ref()
        .map_or(typed.trim(), Query::typed)
        .to_owned();
    s.find.remember(&words);
    if !s.find.matches.is_empty() {
        s.jumps.leave(origin);
        if s.reading.focus < origin.focus {
            s.say(("已到文末，从头继续", "Past the end, on from the beginning"));
        }
    } else if s.find.is_searching() || s.article.arrival.coming {
        s.reading.restore(origin);
        s.find.work.waits_at = Some(origin.focus);
    } else {
        s.reading.restore(origin);
        not_found(s);
    }
    Effect::None
}

/// Ends the prompt where the search began, with what was searched before.
pub fn cancel(s: &mut Session) -> Effect {
    s.mode = Mode::Read;
    if let Some((origin, before)) = s.find.origin.take() {
        s.search(before);
        s.reading.restore(origin);
    }
    Effect::None
}

fn not_found(s: &mut Session) {
    let typed = s
        .find
        .query
        .as_ref()
        .map(|q| q.typed().to_owned())
        .unwrap_or_default();
    let near: Vec<String> = s
        .find
        .offers
        .words
        .iter()
        .filter(|_| s.find.offers.near)
        .map(|w| format!("{} {}", w.text, w.count))
        .collect();
    let text = match (s.settings.lang, near.is_empty()) {
        (Lang::Zh, true) => format!("没有找到“{typed}”"),
        (Lang::Zh, false) => format!("没有找到“{typed}”，相近的有：{}", near.join("、")),
        (Lang::En, true) => format!("Not found: {typed}"),
        (Lang::En, false) => format!("Not found: {typed}; near it: {}", near.join(", ")),
    };
    s.warn(text);
}

/// Goes to a hit without remembering where from.
pub fn to_hit(s: &mut Session, hit: usize) {
    if let Some(span) = s.find.matches.spans.get(hit).copied() {
        s.show(span.start, span);
        s.find.current = Some(hit);
    }
}

/// Goes by hits, and says where an end of the text was passed.
pub fn by_hits(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    if s.find.query.is_none() {
        if let Some(last) = s.find.history.last().and_then(|h| Query::new(h)) {
            s.search(Some(last));
        } else {
            s.say(("还没有查找过：按 / 查找", "Nothing searched yet: press /"));
            return Effect::None;
        }
    }
    match s
        .find
        .step(s.reading.focus, forward, count.unwrap_or(1).max(1))
    {
        None => not_found(s),
        Some((hit, wrapped)) => {
            s.jumps.leave(s.reading.position());
            to_hit(s, hit);
            if wrapped {
                s.say(if forward {
                    ("已到文末，从头继续", "Past the end, on from the beginning")
                } else {
                    (
                        "已到文首，从末尾继续",
                        "Past the beginning, on from the end",
                    )
                });
            }
        }
    }
    Effect::None
}
