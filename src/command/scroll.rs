//! Moving through the text: rows, pages, ends, per cent, paragraphs, sentences.

use super::entry::{Command, When, command};
use crate::session::file_state::Jump;
use crate::session::{Session, motion};
use crate::text::Span;

/// Rows of a page that stay in view when it is turned, to read on from.
const OVERLAP_ROWS: usize = 2;
/// The rows that one command scrolls at the most.
const MAX_ROWS: usize = 100_000;
/// The pages or sentences that one command passes at the most.
const MAX_REPEATS: usize = 1000;

/// The commands of this group.
pub(crate) const COMMANDS: &[&[Command]] = &[&When::Reading.section([
    command("line-down", "j, down", line_down).help(
        ("下一行", "One row down"),
        "向下一行；前面可加数字，如 5j。",
        "Scroll a row down; a count goes before it: 5j.",
    ),
    command("line-up", "k, up", line_up).help(
        ("上一行", "One row up"),
        "向上一行。",
        "Scroll a row up.",
    ),
    command("page-down", "space, f, pgdn, ctrl-f", page_down).help(
        ("下一页", "Next page"),
        "翻到下一页，上一页的末两行留在页首。",
        "Turn the page; two rows stay to read on from.",
    ),
    command("page-up", "b, pgup, ctrl-b", page_up).help(
        ("上一页", "Previous page"),
        "翻回上一页。",
        "Turn the page back.",
    ),
    command("half-page-down", "d, ctrl-d", half_page_down).help(
        ("下半页", "Half a page down"),
        "向下半页。",
        "Scroll half a page down.",
    ),
    command("half-page-up", "u, ctrl-u", half_page_up).help(
        ("上半页", "Half a page up"),
        "向上半页。",
        "Scroll half a page up.",
    ),
    command("start", "g g, home", to_start).help(
        ("到文首", "To the beginning"),
        "回到文首。",
        "Go to the beginning of the article.",
    ),
    command("end", "G, end", to_end).help(
        ("到文末", "To the end"),
        "到文末；前面加数字 12G 到第 12 段。",
        "Go to the end; 12G goes to paragraph 12.",
    ),
    command("per-cent", "%", to_per_cent).help(
        ("到百分之几", "To a per cent"),
        "50% 到全文的一半处。",
        "50% goes to the middle of the article.",
    ),
    command("next-paragraph", "}, ctrl-n", next_paragraph).help(
        ("下一段", "Next paragraph"),
        "到下一段的开头。",
        "Go to the start of the next paragraph.",
    ),
    command("previous-paragraph", "{, ctrl-p", previous_paragraph).help(
        ("上一段", "Previous paragraph"),
        "到本段或上一段的开头。",
        "Go to the start of this paragraph, or of the one before.",
    ),
    command("next-sentence", ")", next_sentence).help(
        ("下一句", "Next sentence"),
        "到下一句的开头（以。！？……断句）。",
        "Go to the next sentence (。！？……).",
    ),
    command("previous-sentence", "(", previous_sentence).help(
        ("上一句", "Previous sentence"),
        "到上一句的开头。",
        "Go to the sentence before.",
    ),
])];

/// Scrolls down by `count` rows.
pub(crate) fn line_down(s: &mut Session, count: Option<usize>) {
    s.scroll(1, count.unwrap_or(1).min(MAX_ROWS));
}

fn line_up(s: &mut Session, count: Option<usize>) {
    s.scroll(-1, count.unwrap_or(1).min(MAX_ROWS));
}

fn page_down(s: &mut Session, count: Option<usize>) {
    by_pages(s, count, s.height().saturating_sub(OVERLAP_ROWS), 1);
}

fn page_up(s: &mut Session, count: Option<usize>) {
    by_pages(s, count, s.height().saturating_sub(OVERLAP_ROWS), -1);
}

fn half_page_down(s: &mut Session, count: Option<usize>) {
    by_pages(s, count, s.height() / 2, 1);
}

fn half_page_up(s: &mut Session, count: Option<usize>) {
    by_pages(s, count, s.height() / 2, -1);
}

/// Scrolls by `count` pages of that many rows, down where `sign` is positive.
fn by_pages(s: &mut Session, count: Option<usize>, rows: usize, sign: isize) {
    let times = count.unwrap_or(1).min(MAX_REPEATS);
    s.scroll(sign * rows.max(1).cast_signed(), times);
}

fn to_start(s: &mut Session, count: Option<usize>) {
    if let Some(n) = count {
        return to_paragraph(s, n);
    }
    s.jumps.leave(s.reading.position());
    s.reading.to_start(s.article.document());
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
pub fn to_paragraph(s: &mut Session, n: usize) {
    go(s, Jump::Paragraph(n));
}

/// Goes to a place and remembers where from.
fn go(s: &mut Session, jump: Jump) {
    s.jumps.leave(s.reading.position());
    s.go(jump);
}

fn next_paragraph(s: &mut Session, count: Option<usize>) {
    by_paragraphs(s, count, true);
}

fn previous_paragraph(s: &mut Session, count: Option<usize>) {
    by_paragraphs(s, count, false);
}

fn by_paragraphs(s: &mut Session, count: Option<usize>, forward: bool) {
    let (document, times) = (s.article.document(), count.unwrap_or(1));
    match motion::paragraph(document, s.reading.focus, forward, times) {
        Some(to) => s.show(to, Span::at(to)),
        None if forward => s.say(("已是最后一段", "This is the last paragraph")),
        None => s.say(("已是第一段", "This is the first paragraph")),
    }
}

fn next_sentence(s: &mut Session, count: Option<usize>) {
    by_sentences(s, count, true);
}

fn previous_sentence(s: &mut Session, count: Option<usize>) {
    by_sentences(s, count, false);
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
