//! Settles what only the neighbours of a candidate tell, before any series is
//! made.
//!
//! 1. Lines that begin with 第一, 第二, 第三 and no mark: three in a row count on.
//! 2. 然后 and 接着 count on between 首先 and 最后, and nowhere else.
//! 3. A table of contents names the points to come; its lines are none.
//!
//! Each step reads the candidates once, forwards or backwards.

use super::PlaceOf;
use super::candidate::Candidate;
use super::context::{Sign, begins_clause};
use super::style::{Family, Ordinal};
use crate::document::Document;
use crate::text::letter;
use std::collections::HashSet;

/// Lines of a song or of a rule stand no farther apart than this.
const NEARBY: u32 = 3;

/// What is counted where lines begin with 第一, 第二 and the same of these.
const MEASURES: &[char] = &[
    '次', '回', '届', '屆', '天', '年', '月', '日', '号', '號', '期', '批', '轮', '輪', '代', '名',
    '位', '任', '集', '卷', '页', '頁', '版', '项', '項', '季', '世', '个', '個', '篇', '首', '本',
    '部', '幅', '张', '張', '封', '段', '句', '场', '場', '组', '組', '队', '隊', '家', '座', '杯',
    '眼', '课', '課',
];

/// The steps that lines begin with, 首先 to 最后, stand no farther apart.
const STEPS: u32 = 8;

/// Decides about the candidates that are in doubt, and drops those that fail.
pub fn settle(document: &Document, found: &mut Vec<Candidate>) {
    let mut kept = vec![true; found.len()];
    plain_lines(document.text(), found, &mut kept);
    steps(found, &mut kept);
    contents(document, found, &mut kept);
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(true));
}

/// Keeps the lines 第一X, 第二X, 第三X that stand in a row of three or more, or that
/// go on from a clear one with a clause.
fn plain_lines(text: &str, found: &mut [Candidate], kept: &mut [bool]) {
    let mut run: Vec<usize> = Vec::new();
    for i in 0..=found.len() {
        let line = |c: &Candidate| c.place == PlaceOf::LineHead && c.family == Family::Order;
        let next = found.get(i);
        if next.is_some_and(|c| !line(c)) {
            continue;
        }
        let last = run.last().and_then(|l| found.get(*l));
        let goes_on = next.zip(last).is_some_and(|(n, l)| {
            number(n) == number(l) + 1 && n.block <= l.block + NEARBY && n.depth == l.depth
        });
        if !goes_on {
            close(text, &run, found, kept);
            run.clear();
        }
        run.push(i);
    }
}

/// Decides about the plain lines of one run.
fn close(text: &str, run: &[usize], found: &mut [Candidate], kept: &mut [bool]) {
    let after = |c: &Candidate| text.get(c.end()..).unwrap_or_default();
    let members = || run.iter().filter_map(|i| found.get(*i));
    // 第一中学, 第二中学, 第三中学: one name, counted. 第一次, 第二次: so is one measure.
    let counted = |c: &Candidate| {
        let measure = after(c).starts_with(MEASURES);
        after(c)
            .chars()
            .take(if measure { 1 } else { 2 })
            .collect::<String>()
    };
    let alike = members().map(counted).collect::<HashSet<_>>().len() == 1;
    let row = run.len() >= 3 && !alike && members().next().is_some_and(|c| number(c) == 1);
    let mut clear = false;
    for i in run {
        let Some(c) = found.get_mut(*i) else { continue };
        if c.sign == Sign::Plain && (row || (clear && begins_clause(after(c)))) {
            c.sign = Sign::Clear;
        }
        clear |= c.sign == Sign::Clear;
        if let Some(slot) = kept.get_mut(*i) {
            *slot = c.sign != Sign::Plain;
        }
    }
}

/// The number a candidate shows; 0 for none.
fn number(c: &Candidate) -> u32 {
    if let Ordinal::Number(n) = c.ordinal {
        n
    } else {
        0
    }
}

/// Drops 然后 and 接着 where 首先 and 最后 do not hold them: in one paragraph, or
/// all three at the heads of lines.
fn steps(found: &[Candidate], kept: &mut [bool]) {
    let clear = |c: &Candidate| c.family == Family::First && c.sign == Sign::Clear;
    let line = |c: &Candidate| c.place == PlaceOf::LineHead;
    let held = |c: &Candidate, by: Option<&Candidate>| {
        by.is_some_and(|b| {
            b.block == c.block || (line(b) && line(c) && b.block.abs_diff(c.block) <= STEPS)
        })
    };
    let mut open = None;
    for (c, kept) in found.iter().zip(kept.iter_mut()) {
        match c.ordinal {
            Ordinal::Number(1) if clear(c) => open = Some(c),
            Ordinal::Last if c.family == Family::First => open = None,
            Ordinal::Then => *kept &= held(c, open),
            _ => {}
        }
    }
    // The 最后 that is to come, reading backwards.
    let mut close = None;
    for (c, kept) in found.iter().zip(kept.iter_mut()).rev() {
        match c.ordinal {
            Ordinal::Last if clear(c) => close = Some(c),
            Ordinal::Number(1) if c.family == Family::First => close = None,
            Ordinal::Then => *kept &= held(c, close),
            _ => {}
        }
    }
}

/// Longer lines, in bytes, name nothing.
const NAME: usize = 60 * 3;

/// What a numbered line says, without the page it may give: its letters and numbers.
fn name<'a>(document: &'a Document, c: &Candidate) -> Option<impl Iterator<Item = char> + 'a> {
    let block = document
        .blocks()
        .get(c.block as usize)
        .filter(|_| c.place != PlaceOf::Inline && !c.span.is_empty())?;
    let line = document.slice(block.span);
    let words = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let led = words.trim_end_matches(['…', '.', '·', '　', ' ', '\t', '-', '—']);
    let line = if words.len() >= led.len() + 2 {
        led
    } else {
        line
    };
    let says = line
        .get(c.end().checked_sub(block.span.start.byte())?..)?
        .contains(letter::is_alphanumeric);
    (says && line.len() <= NAME).then(|| line.chars().filter(|c| letter::is_alphanumeric(*c)))
}

/// For each candidate, the last block that begins with what its line says, where
/// several do. Lines are told apart by a hash, and then by what they say.
fn echoes(document: &Document, found: &[Candidate]) -> Vec<Option<u32>> {
    let hash = |name: &mut dyn Iterator<Item = char>| {
        name.fold(0xcbf2_9ce4_8422_2325_u64, |h, c| {
            (h ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    let mut lines: Vec<(u64, u32)> = found
        .iter()
        .zip(0..)
        .filter_map(|(c, i)| Some((hash(&mut name(document, c)?), i)))
        .collect();
    lines.sort_unstable();
    let mut echoes = vec![None; found.len()];
    for alike in lines
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|alike| alike.len() > 1)
    {
        let Some(last) = alike.last().and_then(|(_, i)| found.get(*i as usize)) else {
            continue;
        };
        for (_, i) in alike {
            let same = |c| Some(name(document, c)?.eq(name(document, last)?));
            if let (Some(echo), Some(true)) = (
                echoes.get_mut(*i as usize),
                found.get(*i as usize).and_then(same),
            ) {
                *echo = Some(last.block);
            }
        }
    }
    echoes
}

/// Drops the lines of a table of contents: lines in a row, most of which come
/// again later, wider apart.
fn contents(document: &Document, found: &[Candidate], kept: &mut [bool]) {
    let echo = echoes(document, found);
    let mut lines = found
        .iter()
        .zip(&echo)
        .filter(|(c, _)| c.place != PlaceOf::Inline)
        .map(|(c, echo)| (c.block, echo))
        .peekable();
    // The blocks of the lines, and what comes again: at which line of the run, in which block.
    let (mut run, mut again) = (Vec::new(), Vec::new());
    while let Some((first, echo)) = lines.next() {
        let later = |at: usize, block: u32, echo: &Option<u32>| {
            echo.filter(|e| *e > block).map(|e| (at, e))
        };
        run.clear();
        run.push(first);
        again.clear();
        again.extend(later(0, first, echo));
        while let Some((block, echo)) =
            lines.next_if(|(b, _)| run.last().is_some_and(|last| *b <= last + 1))
        {
            again.extend(later(run.len(), block, echo));
            run.push(block);
        }
        let Some(((_, from), (last, to))) = again.first().zip(again.last()) else {
            continue;
        };
        let spread = (to.saturating_sub(*from) as usize) > *last;
        if again.len() < 2 || again.len() * 3 < (last + 1) * 2 || !spread {
            continue;
        }
        let end = run.get(*last).copied().unwrap_or(0);
        let from = found.partition_point(|c| c.block < first);
        for (_, kept) in found
            .iter()
            .zip(kept.iter_mut())
            .skip(from)
            .take_while(|(c, _)| (first..=end).contains(&c.block))
        {
            *kept = false;
        }
    }
}
