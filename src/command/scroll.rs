//! Moving through the text: rows, pages, ends, per cent, paragraphs, sentences.

use super::entry::{Command, READING, command};
use crate::session::file_state::Jump;
use crate::session::{Session, motion};
use crate::text::Span;

/// Rows of a page that stay in view when it is turned, to read on from.
const OVERLAP_ROWS: usize = 2;
/// The rows that one command scrolls at the most.
const MAX_ROWS: usize = 100_000;
/// The pages or sentences that one command passes at the most.
const MAX_REPEATS: usize = 1000;

pub(crate) const COMMANDS: &[&[Command]] = &[&READING.section([
    command("line-down", "j, down", |s, n| by_rows(s, n, 1))
        .zh("下一行：向下一行；前面可加数字，如 5j。")
        .en("One row down: Scroll a row down; a count goes before it: 5j."),
    command("line-up", "k, up", |s, n| by_rows(s, n, -1))
        .zh("上一行：向上一行。")
        .en("One row up: Scroll a row up."),
    command("page-down", "space, f, pgdn, ctrl-f", |s, n| {
        by_pages(s, n, 1);
    })
    .zh("下一页：翻到下一页，上一页的末两行留在页首。")
    .en("Next page: Turn the page; two rows stay to read on from."),
    command("page-up", "b, pgup, ctrl-b", |s, n| by_pages(s, n, -1))
        .zh("上一页：翻回上一页。")
        .en("Previous page: Turn the page back."),
    command("half-page-down", "d, ctrl-d", |s, n| by_half_pages(s, n, 1))
        .zh("下半页：向下半页。")
        .en("Half a page down: Scroll half a page down."),
    command("half-page-up", "u, ctrl-u", |s, n| by_half_pages(s, n, -1))
        .zh("上半页：向上半页。")
        .en("Half a page up: Scroll half a page up."),
    command("start", "g g, home", to_start)
        .zh("到文首：回到文首。")
        .en("To the beginning: Go to the beginning of the article."),
    command("end", "G, end", to_end)
        .zh("到文末：到文末；前面加数字 12G 到第 12 段。")
        .en("To the end: Go to the end; 12G goes to paragraph 12."),
    command("per-cent", "%", to_per_cent)
        .zh("到百分之几：50% 到全文的一半处。")
        .en("To a per cent: 50% goes to the middle of the article."),
    command("next-paragraph", "}, ctrl-n", |s, n| {
        by_paragraphs(s, n, true);
    })
    .zh("下一段：到下一段的开头。")
    .en("Next paragraph: Go to the start of the next paragraph."),
    command("previous-paragraph", "{, ctrl-p", |s, n| {
        by_paragraphs(s, n, false);
    })
    .zh("上一段：到本段或上一段的开头。")
    .en("Previous paragraph: Go to the start of this paragraph, or of the one before."),
    command("next-sentence", ")", |s, n| by_sentences(s, n, true))
        .zh("下一句：到下一句的开头（以。！？……断句）。")
        .en("Next sentence: Go to the next sentence (。！？……)."),
    command("previous-sentence", "(", |s, n| by_sentences(s, n, false))
        .zh("上一句：到上一句的开头。")
        .en("Previous sentence: Go to the sentence before."),
])];

/// Scrolls by `count` rows, down where `sign` is positive.
pub(crate) fn by_rows(s: &mut Session, count: Option<usize>, sign: isize) {
    s.scroll(sign, count.unwrap_or(1).min(MAX_ROWS));
}

fn by_pages(s: &mut Session, count: Option<usize>, sign: isize) {
    by_many_rows(s, count, s.height().saturating_sub(OVERLAP_ROWS), sign);
}

fn by_half_pages(s: &mut Session, count: Option<usize>, sign: isize) {
    by_many_rows(s, count, s.height() / 2, sign);
}

/// Scrolls `count` times by that many rows, down where `sign` is positive.
fn by_many_rows(s: &mut Session, count: Option<usize>, rows: usize, sign: isize) {
    let times = count.unwrap_or(1).min(MAX_REPEATS);
    s.scroll(sign * rows.max(1).cast_signed(), times);
}

fn to_start(s: &mut Session, count: Option<usize>) {
    if let Some(n) = count {
        return to_paragraph(s, n);
    }
    s.jumps.leave(s.reading.position());
    s.reading.go_to_start(s.article.document());
    s.reading.sentence.moved_to = Some(s.reading.focus);
}

fn to_end(s: &mut Session, count: Option<usize>) {
    go(s, count.map_or(Jump::End, Jump::Paragraph));
}

fn to_per_cent(s: &mut Session, count: Option<usize>) {
    match count {
        None => s.say(("先输入数字：50%", "Type a number first: 50%")),
        Some(100..) => go(s, Jump::End),
        Some(n) => go(s, Jump::PerCent(n)),
    }
}

/// Goes to the n-th paragraph of the document, from 1.
pub(crate) fn to_paragraph(s: &mut Session, n: usize) {
    go(s, Jump::Paragraph(n));
}

/// Goes to a place and remembers where from.
fn go(s: &mut Session, jump: Jump) {
    s.jumps.leave(s.reading.position());
    s.go(jump);
    s.reading.sentence.moved_to = Some(s.reading.focus);
}

fn by_paragraphs(s: &mut Session, count: Option<usize>, forward: bool) {
    let (document, times) = (s.article.document(), count.unwrap_or(1));
    match motion::paragraph(document, s.reading.focus, forward, times) {
        Some(to) => {
            let is_end = motion::paragraph(document, to, forward, 1).is_none();
            s.show(to, Span::at(to));
            if times > 1 && is_end {
                s.say(if forward {
                    ("到最后一段", "The last paragraph")
                } else {
                    ("到第一段", "The first paragraph")
                });
            }
        }
        None if forward => s.say(("已是最后一段", "This is the last paragraph")),
        None => s.say(("已是第一段", "This is the first paragraph")),
    }
}

fn by_sentences(s: &mut Session, count: Option<usize>, forward: bool) {
    for _ in 0..count.unwrap_or(1).min(MAX_REPEATS) {
        let (document, focus) = (s.article.document(), s.reading.focus);
        let to = motion::sentence(document, focus, forward).filter(|to| *to != focus);
        let Some(to) = to else {
            s.say(if forward {
                ("已是最后一句", "This is the last sentence")
            } else {
                ("已是第一句", "This is the first sentence")
            });
            break;
        };
        let next = motion::sentence(document, to, true).filter(|next| *next > to);
        let end = next.unwrap_or(document.end());
        s.show(to, Span { start: to, end });
    }
}
