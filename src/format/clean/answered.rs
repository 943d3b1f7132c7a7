//! Finds notes by evidence: runs of blocks numbered 1, 2, 3 whose numbers are glued to words of
//! the text above, as note marks are; or that a line over them announces; or that cite works at
//! the end of a text.
//!
//! 1. [`glued`] reads the note marks of a text, in any bracket, a circle, or bare.
//! 2. [`find`] looks for runs that such marks answer.
//! 3. [`is_announced`], [`cite_works`]: notes and bibliographies without marks.
//!
//! An enumeration looks alike: 包括(1)公平(2)公开. Its numbers follow each other without a stop
//! between them; those of notes do not.

use super::note_heads::is_note_head;
use super::note_numbers::{self, ENDNOTE, NoteNumber};
use crate::document::BlockKind::{Code, Heading};
use crate::format::draft::{DraftBlock, DraftDocument, TAKEN};
use crate::format::prose;
use crate::text::letter;
use crate::text::script::simplify;
use std::collections::HashMap;

/// A note mark in a block.
#[derive(Clone, Copy, Debug)]
struct Mark {
    number: NoteNumber,
    block: usize,
    /// Its first byte in the text of the block.
    start: usize,
}

/// Characters of a line that heads notes.
const MAX_HEAD_CHARS: usize = 12;

/// Characters behind a bare number that make it a quantity.
const UNITS: &str = "年月日号时点分秒个人次名位岁元万亿世多余天周倍%％.．、:：-—–/";

/// Characters before a number that it belongs to: 第1, 图(1), 包括(1).
const OWNERS: &str = "第图表式例注见章节条为是有括";

/// Blocks above notes that may hold their marks.
const MAX_BLOCKS_ABOVE: usize = 1000;

/// Marks of one number that are looked at for each note.
const MAX_MARKS_PER_NUMBER: usize = 8;

/// The notation of numbers in brackets of endnotes.
const BRACKETED: char = '[';

/// Numbers that a run of notes may leave out.
const MAX_GAP: u32 = 2;

/// The most that a misprinted number is off: 5, 8, 7, 8.
const MAX_MISPRINT: u32 = 3;

/// Finds the notes of a page that their marks in the text prove; true for each block of one.
pub(crate) fn find(page: &DraftDocument) -> Vec<bool> {
    let mut is_note = vec![false; page.blocks.len()];
    let blocks = page.blocks.iter().enumerate();
    let heads = blocks.filter(|(_, d)| is_text(d));
    let heads: Vec<(usize, NoteNumber)> = heads
        .filter_map(|(i, d)| Some((i, head(&d.text)?)))
        .collect();
    let goes_on = |(i, a): &(usize, NoteNumber), (j, b): &(usize, NoteNumber)| {
        // a number that is misprinted, right below its fellow
        let is_misprint = j - i == 1 && b.value > 1 && a.value.abs_diff(b.value) <= MAX_MISPRINT;
        is_misprint || (a.value + 1..=a.value + MAX_GAP).contains(&b.value)
    };
    let last_text = page.blocks.iter().rposition(is_text);
    let (mut marks, mut paged) = (Marks::default(), None);
    for run in heads.chunk_by(goes_on) {
        let (Some((first, opening)), Some((last, _))) = (run.first(), run.last()) else {
            continue;
        };
        // a page further down may have one note, and so may a text in brackets of notes
        let is_bracketed = opening.notation == BRACKETED;
        let is_alone = run.len() < 2 && paged != Some(opening.notation) && !is_bracketed;
        if is_alone || opening.value != 1 {
            continue;
        }
        let is_end = last_text == Some(*last);
        let is_headed = is_announced(page, *first) || (is_end && cite_works(page, run));
        // a bare number heads points; notes only at the end
        let may_be_answered = is_end || opening.notation != '1';
        if may_be_answered && !is_headed {
            marks.read(page, *first);
        }
        if is_headed || (may_be_answered && are_answered(page, run, &marks, is_end)) {
            let start = first - usize::from(is_headed);
            // the last of all may go on in paragraphs of its own
            let goes_on = is_bracketed && page.section.last && heads.last() == run.last();
            let end = if goes_on {
                end_of_part(page, *last)
            } else {
                last + 1
            };
            let blocks = is_note.iter_mut().zip(&page.blocks).take(end).skip(start);
            blocks.for_each(|(is_note, block)| *is_note |= is_text(block));
            marks.forget(last + 1);
            paged = Some(opening.notation);
        }
    }
    is_note
}

/// Returns the end of the part of a page that a block is in: the next heading, or the last block.
fn end_of_part(page: &DraftDocument, block: usize) -> usize {
    let mut below = page.blocks.iter().skip(block);
    let heading = below.position(|d| matches!(d.kind, Heading(_)));
    heading.map_or(page.blocks.len(), |n| block + n)
}

/// Recognises a block of text other than headings and code.
fn is_text(block: &DraftBlock) -> bool {
    block.is_shown() && !matches!(block.kind, Code | Heading(_))
}

/// The note marks of the blocks before a run, by their numbers; no block is read twice.
#[derive(Default)]
struct Marks {
    by_number: HashMap<u32, Vec<Mark>>,
    /// The first block that is not read yet.
    next: usize,
}

impl Marks {
    /// Reads the blocks before `end`.
    fn read(&mut self, page: &DraftDocument, end: usize) {
        let from = self.next.max(end.saturating_sub(MAX_BLOCKS_ABOVE));
        let blocks = page.blocks.iter().enumerate().take(end).skip(from);
        let has_marks = |d: &DraftBlock| is_text(d) || d.folded == Some(TAKEN);
        for (i, block) in blocks.filter(|(_, d)| has_marks(d)) {
            for mark in glued(i, &block.text) {
                self.by_number
                    .entry(mark.number.value)
                    .or_default()
                    .push(mark);
            }
        }
        self.next = self.next.max(end);
    }

    /// Forgets the marks before block `next`, which are answered.
    fn forget(&mut self, next: usize) {
        self.by_number.clear();
        self.next = next;
    }

    /// Returns the last marks with a number, latest first.
    fn last(&self, number: u32) -> impl Iterator<Item = &Mark> {
        let marks = self.by_number.get(&number);
        let marks = marks.map(Vec::as_slice).unwrap_or_default();
        marks.iter().rev().take(MAX_MARKS_PER_NUMBER)
    }
}

/// Returns the line over a block, where it may head a list: short, without a full stop.
fn line_above<'a>(page: &'a DraftDocument, block: usize) -> Option<&'a str> {
    let above = page.blocks.get(block.checked_sub(1)?)?;
    let is_head = above.is_shown()
        && prose::at_most(&above.text, MAX_HEAD_CHARS)
        && !above.text.ends_with(['。', '！', '？']);
    is_head.then_some(&above.text)
}

/// Returns whether the line over a run is a heading of notes: 注：.
fn is_announced(page: &DraftDocument, first: usize) -> bool {
    line_above(page, first).is_some_and(is_note_head)
}

/// Returns whether most blocks of a run under a short line name a work and where it appeared.
fn cite_works(page: &DraftDocument, run: &[(usize, NoteNumber)]) -> bool {
    let names_work = |(block, _): &&(usize, NoteNumber)| {
        let text = page.blocks.get(*block).map_or("", |d| d.text.as_ref());
        let is_named = text.contains('《') || text.contains("http") || text.contains("[J]");
        let digits = text.split(|c: char| !c.is_ascii_digit());
        let is_dated = digits.clone().any(|d| d.len() == 4);
        is_named && (is_dated || text.contains(['社', '刊', '版', '期']))
    };
    let works = run.iter().filter(names_work).count();
    let first = run.first().map_or(0, |(block, _)| *block);
    works * 3 >= run.len() * 2 && line_above(page, first).is_some()
}

/// Returns whether a run of numbered blocks is answered by marks: by most of them at the end of
/// the page, by all elsewhere; and where the two are written differently each note begins with
/// the word that its mark is glued to.
fn are_answered(
    page: &DraftDocument,
    run: &[(usize, NoteNumber)],
    marks: &Marks,
    is_end: bool,
) -> bool {
    let answer = |(block, number): &(usize, NoteNumber)| {
        let note = page.blocks.get(*block)?.text.get(number.len..)?;
        let mut marks = marks.last(number.value);
        marks.find(|mark| mark.number.notation == number.notation || repeats_word(page, mark, note))
    };
    let answers: Vec<&Mark> = run.iter().filter_map(answer).collect();
    let enough = if is_end { 2 } else { 3 };
    answers.len() * 3 >= run.len() * enough && are_apart(page, &answers)
}

/// Returns whether a note begins with the word before its mark: 评话[2] and 2. 评话，….
fn repeats_word(page: &DraftDocument, mark: &Mark, note: &str) -> bool {
    let text = page.blocks.get(mark.block).map(|d| d.text.as_ref());
    let before = text.and_then(|text| text.get(..mark.start));
    let word: Vec<char> = note
        .chars()
        .filter(|c| letter::is_letter(*c))
        .take(2)
        .collect();
    let before = before.unwrap_or_default().chars().rev();
    let before: Vec<char> = before.filter(|c| letter::is_letter(*c)).take(8).collect();
    let mut pairs = before.windows(2);
    word.len() == 2 && pairs.any(|pair| pair == [word[1], word[0]])
}

/// Returns whether most marks have a stop between them and the next one, or behind them: the
/// numbers of an enumeration have their members behind them.
fn are_apart(page: &DraftDocument, marks: &[&Mark]) -> bool {
    let is_stop = |c: char| "，。；！？、,;!?.…".contains(c);
    let is_apart = |pair: &&[&Mark]| {
        let [a, b] = pair else {
            return false;
        };
        let text = page.blocks.get(a.block).map(|d| d.text.as_ref());
        let between = text.and_then(|text| text.get(a.start..b.start));
        let behind = text.and_then(|text| text.get(b.start + b.number.len..));
        a.block != b.block
            || between.is_none_or(|between| between.contains(is_stop))
            || behind.is_some_and(|behind| behind.starts_with(is_stop))
    };
    let apart = marks.windows(2).filter(is_apart).count();
    marks.len() == 1 || apart * 2 > marks.len().saturating_sub(1)
}

/// Returns the number that a block begins with.
fn head(text: &str) -> Option<NoteNumber> {
    let number = NoteNumber::read(text)?;
    let rest = text.get(number.len..)?;
    let next = rest.chars().next()?;
    let is_set_off = matches!(next, '.' | '．' | '、' | ' ' | '　');
    let is_head = number.notation != '1'
        || (is_set_off && !rest.starts_with(|c: char| c.is_ascii_digit()))
        || !(UNITS.contains(simplify(next)) || next.is_ascii());
    is_head.then_some(NoteNumber {
        len: number.len + if is_set_off { next.len_utf8() } else { 0 },
        ..number
    })
}

/// Returns whether the number at byte `start` is glued to the word before it, blanks aside.
pub(crate) fn is_glued(text: &str, start: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let before = before.trim_end_matches([' ', '\u{a0}']).chars().next_back();
    before.is_some_and(|c| {
        let is_word = letter::is_letter(c) || "”’」』》〉）)】".contains(c);
        is_word && !OWNERS.contains(simplify(c))
    })
}

/// Returns whether a text has a digit, half or full width, or a circled number.
fn has_number(text: &str) -> bool {
    let pairs = text.as_bytes().windows(2);
    let is_number = |pair: &[u8]| {
        matches!(
            pair,
            [b'0'..=b'9', _] | [0xe2, 0x91 | 0x9d] | [0xbc, 0x90..=0x99]
        )
    };
    pairs.into_iter().any(is_number) || text.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns the note marks of a block.
fn glued(block: usize, text: &str) -> impl Iterator<Item = Mark> {
    // most paragraphs have no number (`b_format_markdown` in benches/road.rs)
    let text = if has_number(text) { text } else { "" };
    text.char_indices().filter_map(move |(start, c)| {
        let may_begin = c.is_ascii_digit() || note_numbers::opens(c);
        let is_bracketed = start > 0 && ENDNOTE.contains(&c);
        if !may_begin || !(is_bracketed || is_glued(text, start)) {
            return None;
        }
        let number = NoteNumber::read(text.get(start..)?)?;
        let after = text.get(start + number.len..)?.chars().next();
        // in spaced text (上升 3 次) a bare number has a blank before it
        let is_spaced = text.get(..start)?.ends_with(char::is_whitespace);
        let is_quantity = number.notation == '1'
            && (is_spaced
                || after.is_some_and(|c| UNITS.contains(simplify(c)) || c.is_ascii_alphanumeric()));
        (!is_quantity).then_some(Mark {
            number,
            block,
            start,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    fn notes(text: &str) -> String {
        let page = DraftDocument::of_lines(&text.split('|').collect::<Vec<_>>());
        let found = find(&page);
        let signs = found.iter().map(|is_note| if *is_note { 'n' } else { '.' });
        signs.collect()
    }

    #[test]
    fn numbered_blocks_are_notes_where_marks_answer_them() {
        for [text, wanted] in rows(
            "\
老何(1)搬家，旧历书(2)上。|(1)老何，养蜂人。|(2)历书，小册子。 ¦ .nn
老何①搬家，旧历书②上。|①老何，养蜂人。|②历书，小册子。 ¦ .nn
老何❶搬家，旧历书❷上。|❶老何，养蜂人。|❷历书，小册子。 ¦ .nn
老何1搬家，“旧历书”2。|1老何，养蜂人。|2历书，小册子。 ¦ .nn
// written differently, but of one word
周先生[1]说书，后来评话[2]多了。|1. 周先生，城南人。|2. 评话，说书的一种。 ¦ .nn
周先生[1]说书，后来评话[2]多了。|1. 要修路，先借钱。|2. 要请人，先管饭。 ¦ ...
// in brackets behind a stop, a note alone, and one that goes on
老何搬家。〔１〕历书。〔２〕|又一段。|〔１〕　老何，养蜂人。|接着说。|〔２〕　历书。|再说。 ¦ ..nnnn
老何搬家。[1]|[1] 老何，养蜂人。 ¦ .n
// an enumeration, and quantities
原则(1)公平(2)公开。|(1)公平是根本。|(2)公开是保证。 ¦ ...
他来了1次，我去了2次。|1、路要修。|2、水要通。 ¦ ...
他来了 1 趟，我去了 2 趟。|1.路要修。|2.水要通。 ¦ ...
// announced, or works at the end
甲乙丙。|注：|1. 老何。|2. 历书。|又一段。 ¦ .nnn.
甲乙丙。|书单：|1. 《老何》，某社1983年版。|2. 《历书》，某社1991年版。 ¦ .nnn
甲乙丙。|书单：|1. 《老何》，某社1983年版。|2. 要修路。|3. 要通水。 ¦ .....
// below its paragraph, where the article goes on
老何(1)搬家，历书(2)上。|(1)老何。|(2)历书。|又一段。 ¦ .nn.
老何(1)搬家，历书上。|(1)老何。|(2)历书。|又一段。 ¦ ....
// two marks in one clause, and a page with one note
老何①搬家到历书②。|①老何。|②历书。|又一段说①过。|①说书。|又一段。 ¦ .nn.n.",
        ) {
            assert_eq!(notes(text), wanted, "{text}");
        }
    }
}
