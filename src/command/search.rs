//! Search as you type, from hit to hit; words offered while one types.
//!
//! A long text is searched by the world (`Effect::Search`); [`take`] goes to a
//! hit that the reader waits for.

use super::entry::{Command, READING, asking, command};
use crate::search::{Answer, How, Query};
use crate::session::find::{SearchOrigin, Suggestions};
use crate::session::{Effect, Purpose, Session};
use crate::text::{Lang, Say};

/// Said where the search went on at the beginning.
const WRAPPED: Say = ("已到文末，从头继续", "Search wrapped to the top");
/// Said where the search went on at the end.
const WRAPPED_BACK: Say = ("已到文首，从末尾继续", "Search wrapped to the bottom");

pub(crate) const COMMANDS: &[&[Command]] = &[&READING.section([
    command("search", "/, ctrl-s", open)
        .zh("查找：边输入边查找；回车留在结果处，Esc 回到原处。")
        .en("Search: Search as you type; Enter stays at the hit, Esc returns."),
    asking("clear", "esc", clear)
        .zh("取消查找：去掉查找的高亮；关键词留着。从结果或同文的列表打开的，回到列表。")
        .en("Clear the search: Take the search's highlight away; keywords stay. An article that was opened from a list of hits or copies returns to it."),
])];

fn clear(s: &mut Session, _: Option<usize>) -> Effect {
    s.go_back().unwrap_or_else(|| {
        s.search(None);
        Effect::None
    })
}

fn open(s: &mut Session, _: Option<usize>) {
    s.find.origin = Some(s.search_origin());
    (s.find.how, s.find.fault, s.find.offers) = (How::Auto, None, Suggestions::default());
    s.pages.ask(Purpose::Search, "");
}

/// Searches for the text typed so far, from where the search began. A text that does not
/// compile only sets the fault.
pub(crate) fn preview(s: &mut Session, typed: &str) {
    match Query::compile(typed, s.find.how) {
        Ok(query) => look(s, query),
        Err(fault) => s.find.fault = Some(fault),
    }
}

/// Searches from where the search began.
fn look(s: &mut Session, query: Option<Query>) {
    let Some(origin) = s.find.origin.clone() else {
        return;
    };
    s.return_to(&origin);
    s.search(query);
    if let Some((hit, _)) = s.find.step(origin.position.focus, true, 1) {
        to_hit(s, hit);
    }
}

/// Takes the typed text as a regular expression, or as text again.
pub(crate) fn toggle_regex(s: &mut Session, _: Option<usize>) {
    if let Some(typed) = s.pages.typed_for(Purpose::Search).map(str::to_owned) {
        s.find.how = match s.find.how {
            How::Pattern => How::Auto,
            _ => How::Pattern,
        };
        preview(s, &typed);
    }
}

/// Chooses the next or previous offered word; none before the first. Returns whether there
/// was one to choose.
pub(crate) fn choose(s: &mut Session, down: bool) -> bool {
    let Some(typed) = s.pages.typed_for(Purpose::Search).map(str::to_owned) else {
        return false;
    };
    let mut offers = s.find.offers.clone();
    let Some(last) = offers.words.len().checked_sub(1) else {
        return false;
    };
    offers.chosen = match (offers.chosen, down) {
        (None, true) => Some(0),
        (Some(i), true) => Some((i + 1).min(last)),
        (Some(i), false) => i.checked_sub(1),
        (None, false) => return false,
    };
    if let Some(i) = offers.chosen {
        look(s, Query::new(&offers.words[i].text));
    } else {
        preview(s, &typed);
    }
    s.find.offers = offers;
    true
}

/// Takes the offered word of that number, from 1, as if it had been typed. Returns whether
/// there is one.
pub(crate) fn pick(s: &mut Session, number: usize) -> bool {
    let (find, at) = (&s.find, number.wrapping_sub(1));
    let word = find.offers.words.get(at).filter(|_| find.is_numbered());
    let Some(word) = word.map(|w| w.text.clone()) else {
        return false;
    };
    s.pages.ask(Purpose::Search, &word);
    preview(s, &word);
    true
}

/// Takes an answer to a search; goes to its first hit where the reader has not
/// gone on since.
pub(crate) fn take(s: &mut Session, answer: Answer) {
    let came = s.take(answer);
    go_on(s, came);
}

/// More of the article has come: goes to the hit that was waited for.
pub(crate) fn grown(s: &mut Session) {
    let came = s.find.current.is_none() && !s.find.matches.is_empty();
    go_on(s, came);
}

/// Goes to the first hit where one `came` and the reader has not gone on since;
/// says so where there is none to wait for any more.
fn go_on(s: &mut Session, came: bool) {
    let done = !s.find.is_searching() && !s.article.file.is_head;
    let from = match (s.pages.purpose(), &s.find.origin) {
        (Some(Purpose::Search), Some(origin)) => Some(origin.position.focus),
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
pub fn accept(s: &mut Session, typed: &str) {
    if let Some((zh, en)) = s.find.fault.clone() {
        // the typed text stays, to be mended
        s.pages.ask(Purpose::Search, typed);
        return s.warn(s.settings.lang.say_owned(zh, en));
    }
    s.pages.end_line();
    let Some(SearchOrigin {
        position: origin,
        query: before,
        ..
    }) = s.find.origin.take()
    else {
        return;
    };
    if typed.trim().is_empty() {
        let again = before.or_else(|| s.find.history.last().and_then(|h| Query::new(h)));
        s.search(again);
        return by_hits(s, None, true);
    }
    let query = s.find.query.as_ref();
    let words = query.map_or(typed.trim(), Query::typed).to_owned();
    s.find.remember(&words);
    if !s.find.matches.is_empty() {
        s.jumps.leave(origin);
        if s.reading.focus < origin.focus {
            s.say(WRAPPED);
        }
    } else if s.find.is_searching() || s.article.file.is_head {
        s.reading.restore(origin);
        s.find.work.waits_at = Some(origin.focus);
    } else {
        s.reading.restore(origin);
        not_found(s);
    }
}

/// Ends the prompt where the search began, with the query before it.
pub(crate) fn cancel(s: &mut Session) {
    s.pages.end_line();
    if let Some(origin) = s.find.origin.take() {
        s.return_to(&origin);
        s.search(origin.query);
        s.reading.restore(origin.position);
    }
}

/// Returns what goes behind a number of hits where there are others in folds.
pub fn beside(folded: usize) -> (String, String) {
    match folded {
        0 => Default::default(),
        n => (format!("（折叠内 {n}）"), format!(" ({n} in folds)")),
    }
}

fn not_found(s: &mut Session) {
    let typed = s.find.query.as_ref().map_or("", Query::typed);
    let offers = &s.find.offers;
    let near = offers.words.iter().filter(|_| offers.near);
    let near: Vec<_> = near.map(|w| format!("{} {}", w.text, w.count)).collect();
    let text = match (s.settings.lang, near.is_empty()) {
        (Lang::Zh, true) => format!("没有找到“{typed}”"),
        (Lang::Zh, false) => format!("没有找到“{typed}”，相近的有：{}", near.join("、")),
        (Lang::En, true) => format!("Not found: {typed}"),
        (Lang::En, false) => format!("Not found: {typed}; near it: {}", near.join(", ")),
    };
    s.warn(text);
}

/// Goes to a hit without remembering where from.
pub(crate) fn to_hit(s: &mut Session, hit: usize) {
    if let Some(span) = s.find.matches.spans.get(hit).copied() {
        s.open_fold(span.start);
        s.show(span.start, span);
        s.find.current = Some(hit);
    }
}

/// Goes by hits, and says where an end of the text was passed.
pub(crate) fn by_hits(s: &mut Session, count: Option<usize>, forward: bool) {
    if s.find.query.is_none() {
        if let Some(last) = s.find.history.last().and_then(|h| Query::new(h)) {
            s.search(Some(last));
        } else {
            return s.say(("还没有查找过：按 / 查找", "Nothing searched yet: press /"));
        }
    }
    let count = count.unwrap_or(1).max(1);
    match s.find.step(s.reading.focus, forward, count) {
        None => not_found(s),
        Some((hit, wrapped)) => {
            s.jumps.leave(s.reading.position());
            to_hit(s, hit);
            if wrapped {
                s.say(if forward { WRAPPED } else { WRAPPED_BACK });
            }
        }
    }
}
