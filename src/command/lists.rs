//! Hits alone: the list of all with what stands around them, and the text of
//! the paragraphs or sentences that have one.

use super::table::{Command, Group, When};
use crate::session::lists::List;
use crate::session::prompt::Prompt;
use crate::session::{Effect, Mode, Purpose, Scope, Session, View};

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "list-hits",
        keys: &["L"],
        group: Group::Search,
        brief: ("命中列表", "List of hits"),
        about: (
            "列出所有命中处和前后文，对齐在命中处；没有在查找时列出各关键词的。",
            "List all hits with what stands around them, aligned; without a search, those of the keywords.",
        ),
        when: When::Reading,
        run: |s, _| open(s, Scope::All),
    },
    Command {
        name: "keyword-list",
        keys: &["L"],
        group: Group::Search,
        brief: ("此词的命中列表", "List its hits"),
        about: (
            "列出这一个关键词的命中处。",
            "List the hits of this keyword alone.",
        ),
        when: When::Keywords,
        run: |s, _| {
            let scope = scope(s);
            open(s, scope)
        },
    },
    Command {
        name: "only-hits",
        keys: &["&"],
        group: Group::Search,
        brief: ("只看命中段", "Only with hits"),
        about: (
            "只看有命中的段落；再按只看有命中的句子；再按恢复全文。没有在查找时按关键词。",
            "Show only paragraphs with hits; again, only sentences; again, everything. Without a search, hits of the keywords.",
        ),
        when: When::Reading,
        run: |s, _| {
            if s.reading.view == View::Text
                || s.reading.view == View::Skeleton
                || s.reading.view == View::Unfolded
            {
                s.find.list.scope = Scope::All;
            }
            sift(s)
        },
    },
    Command {
        name: "only-keyword",
        keys: &["&"],
        group: Group::Search,
        brief: ("只看此词的段", "Only with this one"),
        about: (
            "只看有这一个关键词的段落。",
            "Show only the paragraphs that have this keyword.",
        ),
        when: When::Keywords,
        run: |s, _| {
            let scope = scope(s);
            s.mode = Mode::Read;
            s.find.list.scope = scope;
            s.reading.view = View::Text;
            sift(s)
        },
    },
    Command {
        name: "list-down",
        keys: &["j", "down"],
        group: Group::Search,
        brief: ("下一条", "Next hit"),
        about: ("选下一条。", "Choose the next one."),
        when: When::Hits,
        run: |s, n| step(s, n, 1),
    },
    Command {
        name: "list-up",
        keys: &["k", "up"],
        group: Group::Search,
        brief: ("上一条", "Previous hit"),
        about: ("选上一条。", "Choose the previous one."),
        when: When::Hits,
        run: |s, n| step(s, n, -1),
    },
    Command {
        name: "list-page-down",
        keys: &["space", "f", "pgdn"],
        group: Group::Search,
        brief: ("下一页", "Page down"),
        about: ("向下一页。", "A page down."),
        when: When::Hits,
        run: |s, _| step(s, Some(page(s)), 1),
    },
    Command {
        name: "list-page-up",
        keys: &["b", "pgup"],
        group: Group::Search,
        brief: ("上一页", "Page up"),
        about: ("向上一页。", "A page up."),
        when: When::Hits,
        run: |s, _| step(s, Some(page(s)), -1),
    },
    Command {
        name: "list-first",
        keys: &["g g", "home"],
        group: Group::Search,
        brief: ("第一条", "First hit"),
        about: (
            "选第一条；先打数字，第几条。",
            "Choose the first one; with a count, that one.",
        ),
        when: When::Hits,
        run: |s, n| {
            s.find.list.selected = n.unwrap_or(1).saturating_sub(1);
            Effect::None
        },
    },
    Command {
        name: "list-last",
        keys: &["G", "end"],
        group: Group::Search,
        brief: ("最后一条", "Last hit"),
        about: (
            "选最后一条；先打数字，第几条。",
            "Choose the last one; with a count, that one.",
        ),
        when: When::Hits,
        run: |s, n| {
            s.find.list.selected = n.map_or(usize::MAX, |n| n.saturating_sub(1));
            Effect::None
        },
    },
    Command {
        name: "list-go",
        keys: &["enter"],
        group: Group::Search,
        brief: ("到此处", "Go there"),
        about: ("跳到正文里的这一处。", "Go to the hit in the text."),
        when: When::Hits,
        run: go,
    },
    Command {
        name: "list-filter",
        keys: &["/"],
        group: Group::Search,
        brief: ("筛选", "Filter"),
        about: (
            "只列所在段落也有某词的命中处；Esc 恢复全部。",
            "List only hits whose paragraph also holds what is typed; Esc lists all again.",
        ),
        when: When::Hits,
        run: |s, _| {
            s.mode = Mode::Line(Purpose::Filter, Prompt::default());
            Effect::None
        },
    },
    Command {
        name: "list-scope",
        keys: &["#", "*"],
        group: Group::Search,
        brief: ("换词", "Another keyword"),
        about: (
            "轮流列出：全部、每个关键词。",
            "List by turns: all, each keyword alone.",
        ),
        when: When::Hits,
        run: |s, _| {
            let n = s.find.keywords.len();
            let next = match s.find.list.scope {
                Scope::All if n > 0 => Scope::Keyword(0),
                Scope::Keyword(i) if i + 1 < n => Scope::Keyword(i + 1),
                _ => Scope::All,
            };
            open(s, next)
        },
    },
    Command {
        name: "list-close",
        keys: &["esc", "q", "ctrl-c", "L"],
        group: Group::Search,
        brief: ("关上列表", "Close the list"),
        about: (
            "回到正文原处；筛选过的先恢复全部。",
            "Back to the same place in the text. A filter is taken away first.",
        ),
        when: When::Hits,
        run: |s, _| {
            if s.find.list.filter.is_empty() {
                s.mode = Mode::Read;
            } else {
                s.filter_list("");
            }
            Effect::None
        },
    },
];

/// The keyword that is chosen in the panel.
fn scope(s: &Session) -> Scope {
    if let Mode::Keywords(i) = s.mode {
        Scope::Keyword(i)
    } else {
        Scope::All
    }
}

fn open(s: &mut Session, scope: Scope) -> Effect {
    let list = List::of(&s.find, scope, s.reading.focus);
    if list.rows.is_empty() && scope == Scope::All {
        nothing(s);
        return Effect::None;
    }
    s.find.list = list;
    s.mode = Mode::Hits;
    Effect::None
}

fn nothing(s: &mut Session) {
    s.say((
        "没有命中可列：先 / 查找，或按 * 加关键词",
        "No hits: search with /, or add keywords with *",
    ));
}

fn page(s: &Session) -> usize {
    usize::from(s.screen.body.height).max(2) - 1
}

fn step(s: &mut Session, count: Option<usize>, sign: isize) -> Effect {
    s.find
        .list
        .step(sign * count.unwrap_or(1).min(1_000_000).cast_signed());
    Effect::None
}

/// Goes to the chosen hit; `n` and `N` go on with what it is a hit of.
fn go(s: &mut Session, _: Option<usize>) -> Effect {
    let Some((span, which)) = s.find.list.rows.get(s.find.list.selected).copied() else {
        return Effect::None;
    };
    s.mode = Mode::Read;
    s.arrange();
    if let Some(query) = which
        .and_then(|i| s.find.keywords.get(i))
        .map(|k| k.query.clone())
    {
        s.find.remember(query.typed());
        s.search(Some(query));
    }
    s.jump(span.start, span);
    s.find.current = s.find.matches.spans.binary_search(&span).ok();
    Effect::None
}

/// From the whole text to paragraphs with hits, to sentences, and back.
fn sift(s: &mut Session) -> Effect {
    let spot = s.reading.position();
    let next = match s.reading.view {
        View::Paragraphs => View::Sentences,
        View::Sentences => View::Text,
        View::Text | View::Skeleton | View::Unfolded => View::Paragraphs,
    };
    s.reading.view = next;
    if next == View::Text {
        s.reading.set_flow(crate::layout::Flow::default());
    } else {
        s.sift();
        if s.reading.view == View::Text {
            nothing(s);
            return Effect::None;
        }
    }
    // where the focus is hidden, the hit nearest to it
    let document = s.article.shared();
    let shown = s
        .reading
        .flow
        .segment_at(&document, spot.focus)
        .map_or(spot.focus, |p| spot.focus.clamp(p.span.start, p.span.end));
    let height = s.height();
    s.reading.place.lift = 0;
    s.reading.reveal(&document, shown, height);
    Effect::None
}
