//! Keywords: terms with a colour of their own, the panel that lists them, named
//! sets of them, and the terms that an article proposes itself.

use super::search::by_hits;
use super::sets::Term;
use super::table::{Command, Group, When};
use crate::search::{Query, Word};
use crate::session::find::COLOURS;
use crate::session::prompt::Prompt;
use crate::session::{Effect, Mode, Purpose, Session};
use crate::text::Lang;

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "add-keyword",
        keys: &["*"],
        group: Group::Search,
        brief: ("留作关键词", "Keep as keyword"),
        about: (
            "把正在查找的词留作关键词，有自己的颜色和次数；已是关键词就取消；没有在查找时输入，一次可以几个。",
            "Keep what is searched as a keyword with a colour and a count of its own; again takes it back; without a search, type one or several.",
        ),
        when: When::Reading,
        run: add,
    },
    Command {
        name: "keywords",
        keys: &["#"],
        group: Group::Search,
        brief: ("关键词一览", "Keyword panel"),
        about: (
            "列出关键词和次数：增删、改名、换色、开关、跳转、存成一组。",
            "List the keywords with their counts: add, remove, rename, colour, switch, go to, save as a set.",
        ),
        when: When::Reading,
        run: |s, _| panel(s),
    },
    Command {
        name: "keyword-down",
        keys: &["j", "down"],
        group: Group::Search,
        brief: ("下一个词", "Next keyword"),
        about: (
            "在关键词一览里选下一个。",
            "Choose the next keyword in the panel.",
        ),
        when: When::Keywords,
        run: |s, n| choose(s, n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "keyword-up",
        keys: &["k", "up"],
        group: Group::Search,
        brief: ("上一个词", "Previous keyword"),
        about: (
            "在关键词一览里选上一个。",
            "Choose the previous keyword in the panel.",
        ),
        when: When::Keywords,
        run: |s, n| choose(s, -n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "keyword-go",
        keys: &["enter", "n"],
        group: Group::Search,
        brief: ("到此词下一处", "Next hit of it"),
        about: (
            "跳到这个关键词的下一处，并用 n N 继续；先打数字，到那一处。",
            "Go to this keyword's next hit; n and N go on. With a count, to that hit of it.",
        ),
        when: When::Keywords,
        run: go,
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
                s.mode = Mode::Keywords(i.min(s.find.keywords.len().saturating_sub(1)));
                s.sift();
            }
            Effect::None
        },
    },
    Command {
        name: "keyword-add",
        keys: &["*", "a"],
        group: Group::Search,
        brief: ("再加词", "Add more"),
        about: (
            "输入新的关键词；几个词用空格、顿号或逗号隔开，也可以粘贴一列。",
            "Type more keywords, parted by blanks or commas; a pasted list will do.",
        ),
        when: When::Keywords,
        run: |s, _| {
            s.mode = Mode::Keyword(Prompt::default());
            Effect::None
        },
    },
    Command {
        name: "keyword-rename",
        keys: &["r"],
        group: Group::Search,
        brief: ("改名", "Rename"),
        about: (
            "给这个关键词起个名字；空着恢复原词。",
            "Give this keyword a name; an empty one takes it back.",
        ),
        when: When::Keywords,
        run: |s, _| {
            if let Mode::Keywords(i) = s.mode
                && let Some(keyword) = s.find.keywords.get(i)
            {
                s.mode = Mode::Line(Purpose::Rename(i), Prompt::with(keyword.label()));
            }
            Effect::None
        },
    },
    Command {
        name: "keyword-colour",
        keys: &["c"],
        group: Group::Search,
        brief: ("换颜色", "Next colour"),
        about: (
            "给这个关键词换下一种颜色；先打数字，换成第几种。",
            "Give this keyword the next colour; with a count, that one.",
        ),
        when: When::Keywords,
        run: |s, n| {
            change(s, |k| {
                k.colour = n.map_or(k.colour + 1, |n| n.saturating_sub(1)) % COLOURS
            });
            Effect::None
        },
    },
    Command {
        name: "keyword-switch",
        keys: &["space"],
        group: Group::Search,
        brief: ("开关", "On or off"),
        about: (
            "显示或不显示这个关键词，次数照算。",
            "Show this keyword or not; it is counted all the same.",
        ),
        when: When::Keywords,
        run: |s, _| {
            change(s, |k| k.on = !k.on);
            s.sift();
            Effect::None
        },
    },
    Command {
        name: "keyword-propose",
        keys: &["p"],
        group: Group::Search,
        brief: ("本文的词", "Terms of the article"),
        about: (
            "找出最能代表本文的十几个词，挑作关键词。",
            "Propose the terms that characterise this article, to be taken as keywords.",
        ),
        when: When::Keywords,
        run: |s, _| {
            if s.find.choices.terms.is_empty() {
                s.say(("正在找本文的词…", "Looking for the article's terms…"));
                return Effect::Propose;
            }
            s.mode = Mode::Terms(0);
            Effect::None
        },
    },
    Command {
        name: "keywords-save",
        keys: &["s"],
        group: Group::Search,
        brief: ("存成一组", "Save as a set"),
        about: (
            "给这些关键词起个名字存起来，别的文章也能用。",
            "Save these keywords under a name, for other articles as well.",
        ),
        when: When::Keywords,
        run: |s, _| {
            s.mode = Mode::Line(Purpose::Save, Prompt::default());
            Effect::None
        },
    },
    Command {
        name: "keywords-open",
        keys: &["o"],
        group: Group::Search,
        brief: ("打开一组", "Open a set"),
        about: (
            "打开存过的一组关键词，代替现在的；上下键选名字。",
            "Open a saved set in place of these keywords; Up and Down go through the names.",
        ),
        when: When::Keywords,
        run: |s, _| {
            s.mode = Mode::Line(Purpose::Open, Prompt::default());
            Effect::None
        },
    },
    Command {
        name: "keywords-close",
        keys: &["esc", "q", "ctrl-c", "#", "tab"],
        group: Group::Search,
        brief: ("关上一览", "Close the panel"),
        about: ("关上关键词一览。", "Close the keyword panel."),
        when: When::Keywords,
        run: |s, _| {
            s.mode = Mode::Read;
            Effect::None
        },
    },
    Command {
        name: "term-down",
        keys: &["j", "down"],
        group: Group::Search,
        brief: ("下一个推荐词", "Next term"),
        about: ("选下一个推荐词。", "Choose the next proposed term."),
        when: When::Terms,
        run: |s, n| choose_term(s, n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "term-up",
        keys: &["k", "up"],
        group: Group::Search,
        brief: ("上一个推荐词", "Previous term"),
        about: ("选上一个推荐词。", "Choose the previous proposed term."),
        when: When::Terms,
        run: |s, n| choose_term(s, -n.unwrap_or(1).cast_signed()),
    },
    Command {
        name: "term-take",
        keys: &["enter", "space", "*"],
        group: Group::Search,
        brief: ("留作关键词", "Take it"),
        about: (
            "把这个词留作关键词，再按取消。",
            "Take this term as a keyword; again takes it back.",
        ),
        when: When::Terms,
        run: |s, _| {
            if let Mode::Terms(i) = s.mode
                && let Some(word) = s.find.choices.terms.get(i)
                && let Some(query) = Query::new(&word.text)
            {
                keep(s, query);
            }
            choose_term(s, 1)
        },
    },
    Command {
        name: "terms-take",
        keys: &["a"],
        group: Group::Search,
        brief: ("前八个都留", "Take the first eight"),
        about: (
            "把前八个词都留作关键词，每个一种颜色。",
            "Take the first eight terms as keywords, a colour each.",
        ),
        when: When::Terms,
        run: |s, _| {
            let words: Vec<String> = s
                .find
                .choices
                .terms
                .iter()
                .take(COLOURS)
                .map(|w| w.text.clone())
                .collect();
            several(s, &words);
            panel(s)
        },
    },
    Command {
        name: "terms-close",
        keys: &["esc", "q", "ctrl-c"],
        group: Group::Search,
        brief: ("回一览", "Back"),
        about: ("回到关键词一览。", "Back to the keyword panel."),
        when: When::Terms,
        run: |s, _| panel(s),
    },
];

/// Opens the panel.
pub fn panel(s: &mut Session) -> Effect {
    s.mode = Mode::Keywords(0);
    Effect::None
}

fn add(s: &mut Session, _: Option<usize>) -> Effect {
    // what is selected goes before what is searched
    if let Some(query) = s
        .selected()
        .and_then(|span| Query::new(s.article.document().slice(span)))
    {
        s.memory.selection = None;
        keep(s, query);
        return Effect::None;
    }
    match s.find.query.clone() {
        Some(query) => {
            keep(s, query);
            s.search(None);
        }
        None => s.mode = Mode::Keyword(Prompt::default()),
    }
    Effect::None
}

/// Adds what was typed: one keyword, or several.
pub fn accept(s: &mut Session, typed: &str) -> Effect {
    s.mode = Mode::Read;
    let terms = parted(typed);
    match terms.as_slice() {
        [] => {}
        [one] => {
            if let Some(query) = Query::new(one) {
                keep(s, query);
            }
        }
        more => several(s, more),
    }
    Effect::None
}

/// The terms in what was typed: parted by blanks and commas, but for `"…"` and `/…/`.
fn parted(typed: &str) -> Vec<String> {
    let typed = typed.trim();
    let whole =
        |sign: char| typed.starts_with(sign) && typed.ends_with(sign) && typed.chars().count() > 2;
    if whole('/') || (whole('"') && typed.matches('"').count() == 2) {
        return vec![typed.to_owned()];
    }
    typed
        .split(|c: char| c.is_whitespace() || "、，,；;".contains(c))
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Adds a keyword or takes it back, and says which.
fn keep(s: &mut Session, query: Query) {
    let typed = query.typed().to_owned();
    let lang = s.settings.lang;
    let document = s.article.shared();
    let text = match (s.find.toggle_keyword(&document, query), lang) {
        (Some(k), _) if k.is_counting() => lang.say_owned(
            format!("关键词“{typed}”：正在数"),
            format!("Keyword {typed}: counting"),
        ),
        (Some(k), Lang::Zh) => format!("关键词“{typed}”：{} 处", k.matches.len()),
        (Some(k), Lang::En) => format!("Keyword {typed}: {} hits", k.matches.len()),
        (None, Lang::Zh) => format!("已取消关键词“{typed}”"),
        (None, Lang::En) => format!("Keyword {typed} taken back"),
    };
    s.tell(text);
}

/// Adds several keywords, and says how many there are.
fn several(s: &mut Session, terms: &[String]) {
    let document = s.article.shared();
    for query in terms.iter().filter_map(|t| Query::new(t)) {
        s.find.add_keyword(&document, query, None, None, true);
    }
    let n = s.find.keywords.len();
    s.tell(
        s.settings
            .lang
            .say_owned(format!("共 {n} 个关键词"), format!("{n} keywords")),
    );
}

fn choose(s: &mut Session, by: isize) -> Effect {
    if let Mode::Keywords(i) = s.mode {
        s.mode = Mode::Keywords(
            i.saturating_add_signed(by)
                .min(s.find.keywords.len().saturating_sub(1)),
        );
    }
    Effect::None
}

fn choose_term(s: &mut Session, by: isize) -> Effect {
    if let Mode::Terms(i) = s.mode {
        s.mode = Mode::Terms(
            i.saturating_add_signed(by)
                .min(s.find.choices.terms.len().saturating_sub(1)),
        );
    }
    Effect::None
}

fn change(s: &mut Session, how: impl FnOnce(&mut crate::session::Keyword)) {
    if let Mode::Keywords(i) = s.mode
        && let Some(keyword) = s.find.keywords.get_mut(i)
    {
        how(keyword);
    }
}

fn go(s: &mut Session, count: Option<usize>) -> Effect {
    if let Mode::Keywords(i) = s.mode
        && let Some(keyword) = s.find.keywords.get(i)
    {
        let query = keyword.query.clone();
        s.mode = Mode::Read;
        s.find.remember(query.typed());
        s.search(Some(query));
        if let Some(n) = count.filter(|n| (1..=s.find.matches.len()).contains(n)) {
            s.jumps.leave(s.reading.position());
            super::search::to_hit(s, n - 1);
            return Effect::None;
        }
        return by_hits(s, None, true);
    }
    Effect::None
}

/// A name was typed for a keyword or a set.
pub fn named(s: &mut Session, purpose: Purpose, name: &str) -> Effect {
    s.mode = Mode::Keywords(0);
    match purpose {
        Purpose::Rename(i) => {
            s.mode = Mode::Keywords(i);
            change(s, |k| {
                k.name = Some(name.to_owned()).filter(|n| !n.is_empty() && n != k.query.typed())
            });
        }
        Purpose::Save if !name.is_empty() => return Effect::SaveSet(name.to_owned()),
        Purpose::Open if !name.is_empty() => return Effect::OpenSet(name.to_owned()),
        _ => {}
    }
    Effect::None
}

/// Takes a set of keywords in place of those there are.
pub fn take_set(s: &mut Session, terms: Vec<Term>) {
    let document = s.article.shared();
    s.find.keywords.clear();
    for term in terms {
        if let Some(query) = Query::new(&term.text) {
            s.find
                .add_keyword(&document, query, term.colour, term.name, term.on);
        }
    }
    s.sift();
}

/// The terms that were asked for have been found.
pub fn offer(s: &mut Session, terms: Vec<Word>) -> Effect {
    s.notice = None;
    s.find.choices.terms = terms;
    if s.find.choices.terms.is_empty() {
        s.say((
            "这篇文章太短，没有可推荐的词",
            "The article is too short to propose terms",
        ));
    } else if matches!(s.mode, Mode::Keywords(_)) {
        s.mode = Mode::Terms(0);
    }
    Effect::None
}
