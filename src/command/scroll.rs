//! Moving through the text: rows, pages, ends, per cent, paragraphs, sentences.

use super::table::{Command, Group, When};
use crate::session::grow::Wish;
use crate::session::{Effect, Session, motion};
use crate::text::Span;

/// Rows that stay when a page is turned, to read on from.
const STAY: usize = 2;

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "line-down",
        keys: &["j", "down"],
        group: Group::Scroll,
        brief: ("下一行", "One row down"),
        about: (
            "向下一行；前面可加数字，如 5j。",
            "Scroll a row down; a count goes before it: 5j.",
        ),
        when: When::Reading,
        run: |s, n| by_rows(s, n, 1),
    },
    Command {
        name: "line-up",
        keys: &["k", "up"],
        group: Group::Scroll,
        brief: ("上一行", "One row up"),
        about: ("向上一行。", "Scroll a row up."),
        when: When::Reading,
        run: |s, n| by_rows(s, n, -1),
    },
    Command {
        name: "page-down",
        keys: &["space", "f", "pgdn", "ctrl-f"],
        group: Group::Scroll,
        brief: ("下一页", "Next page"),
        about: (
            "翻到下一页，上一页的末两行留在页首。",
            "Turn the page; two rows stay to read on from.",
        ),
        when: When::Reading,
        run: |s, n| by_pages(s, n, 1, 1),
    },
    Command {
        name: "page-up",
        keys: &["b", "pgup", "ctrl-b"],
        group: Group::Scroll,
        brief: ("上一页", "Previous page"),
        about: ("翻回上一页。", "Turn the page back."),
        when: When::Reading,
        run: |s, n| by_pages(s, n, -1, 1),
    },
    Command {
        name: "half-page-down",
        keys: &["d", "ctrl-d"],
        group: Group::Scroll,
        brief: ("下半页", "Half a page down"),
        about: ("向下半页。", "Scroll half a page down."),
        when: When::Reading,
        run: |s, n| by_pages(s, n, 1, 2),
    },
    Command {
        name: "half-page-up",
        keys: &["u", "ctrl-u"],
        group: Group::Scroll,
        brief: ("上半页", "Half a page up"),
        about: ("向上半页。", "Scroll half a page up."),
        when: When::Reading,
        run: |s, n| by_pages(s, n, -1, 2),
    },
    Command {
        name: "start",
        keys: &["g g", "home"],
        group: Group::Scroll,
        brief: ("到文首", "To the beginning"),
        about: ("回到文首。", "Go to the beginning of the article."),
        when: When::Reading,
        run: |s, n| match n {
            Some(n) => to_paragraph(s, n),
            None => to_start(s),
        },
    },
    Command {
        name: "end",
        keys: &["G", "end"],
        group: Group::Scroll,
        brief: ("到文末", "To the end"),
        about: (
            "到文末；前面加数字 12G 到第 12 段。",
            "Go to the end; 12G goes to paragraph 12.",
        ),
        when: When::Reading,
        run: |s, n| match n {
            Some(n) => to_paragraph(s, n),
            None => to_end(s),
        },
    },
    Command {
        name: "per-cent",
        keys: &["%"],
        group: Group::Scroll,
        brief: ("到百分之几", "To a per cent"),
        about: (
            "50% 到全文的一半处。",
            "50% goes to the middle of the article.",
        ),
        when: When::Reading,
        run: to_per_cent,
    },
    Command {
        name: "next-paragraph",
        keys: &["}", "ctrl-n"],
        group: Group::Scroll,
        brief: ("下一段", "Next paragraph"),
        about: ("到下一段的开头。", "Go to the start of the next paragraph."),
        when: When::Reading,
        run: |s, n| by_paragraphs(s, n, true),
    },
    Command {
        name: "previous-paragraph",
        keys: &["{", "ctrl-p"],
        group: Group::Scroll,
        brief: ("上一段", "Previous paragraph"),
        about: (
            "到本段或上一段的开头。",
            "Go to the start of this paragraph, or of the one before.",
        ),
        when: When::Reading,
        run: |s, n| by_paragraphs(s, n, false),
    },
    Command {
        name: "next-sentence",
        keys: &[")"],
        group: Group::Scroll,
        brief: ("下一句", "Next sentence"),
        about: (
            "到下一句的开头（以。！？……断句）。",
            "Go to the next sentence (。！？……).",
        ),
        when: When::Reading,
        run: |s, n| by_sentences(s, n, true),
    },
    Command {
        name: "previous-sentence",
        keys: &["("],
        group: Group::Scroll,
        brief: ("上一句", "Previous sentence"),
        about: ("到上一句的开头。", "Go to the sentence before."),
        when: When::Reading,
        run: |s, n| by_sentences(s, n, false),
    },
];

/// Scrolls so many rows, down where `sign` is positive.
pub fn by_rows(s: &mut Session, count: Option<usize>, sign: isize) -> Effect {
    s.scroll(sign, count.unwrap_or(1).min(100_000));
    Effect::None
}

fn by_pages(s: &mut Session, count: Option<usize>, sign: isize, part: usize) -> Effect {
    let page = s.height().saturating_sub(if part == 1 { STAY } else { 0 }) / part;
    s.scroll(
        sign * page.max(1).cast_signed(),
        count.unwrap_or(1).min(1000),
    );
    Effect::None
}

fn to_start(s: &mut Session) -> Effect {
    s.jumps.leave(s.reading.position());
    s.reading.to_start(s.article.document());
    Effect::None
}

fn to_end(s: &mut Session) -> Effect {
    go(s, Wish::End)
}

fn to_per_cent(s: &mut Session, count: Option<usize>) -> Effect {
    match count {
        None => s.say(("先输入数字：50%", "Type a number first: 50%")),
        Some(n) => {
            _ = go(
                s,
                if n >= 100 {
                    Wish::End
                } else {
                    Wish::PerCent(n)
                },
            )
        }
    }
    Effect::None
}

/// Goes to the n-th paragraph of the document, from 1.
pub fn to_paragraph(s: &mut Session, n: usize) -> Effect {
    go(s, Wish::Paragraph(n))
}

/// Goes there and remembers where that was done.
fn go(s: &mut Session, wish: Wish) -> Effect {
    s.jumps.leave(s.reading.position());
    s.go(wish);
    Effect::None
}

fn by_paragraphs(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    match motion::paragraph(
        s.article.document(),
        s.reading.focus,
        forward,
        count.unwrap_or(1),
    ) {
        Some(to) => s.show(to, Span { start: to, end: to }),
        None if forward => s.say(("已是最后一段", "This is the last paragraph")),
        None => s.say(("已是第一段", "This is the first paragraph")),
    }
    Effect::None
}

fn by_sentences(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    for _ in 0..count.unwrap_or(1).min(1000) {
        let document = s.article.document();
        let Some(to) = motion::sentence(document, s.reading.focus, forward)
            .filter(|to| *to != s.reading.focus)
        else {
            s.say(if forward {
                ("已是最后一句", "This is the last sentence")
            } else {
                ("已是第一句", "This is the first sentence")
            });
            break;
        };
        let end = motion::sentence(document, to, true)
            .filter(|end| *end > to)
            .unwrap_or(document.end());
        s.show(to, Span { start: to, end });
    }
    Effect::None
}
