//! Settles what only the neighbours of a candidate can decide, before any series is made.
//!
//! 1. Ordinals are proven by their [`frame`].
//! 2. Lines that begin with 第一, 第二, 第三 and no mark: three in a row count on.
//! 3. Three steps of one sentence prove each other. 然后 and 接着 count on between 首先 and 最后, and nowhere else.
//! 4. The lines of a table of contents repeat the points to come; they are none.
//! 5. A number behind a word, whose like is still to come in its paragraph, refers to that.
//! 6. A label with the same number twice in a row names a speaker: 店员2：…店员2：….
//! 7. `I.` between `H.` and `J.` is a letter.
//!
//! Each step reads the candidates once, forwards or backwards.

use super::candidate::{Candidate, runs};
use super::context::{Confidence, Preceding};
use super::family::{Family, Ordinal};
use super::frame;
use super::reading::Reading;
use super::word_rules::begins_clause;
use crate::text::letter;
use std::collections::{HashMap, HashSet};

/// Blocks from one line of a song or of a rule to the next.
const MAX_RUN_BLOCKS: u32 = 3;

/// Blocks from 首先 or 最后 at the head of a line to the steps between them.
const MAX_STEP_BLOCKS: u32 = 8;

/// Bytes from one step of a sentence to the next.
const MAX_STEP_BYTES: usize = 600;

/// Bytes of a line that a table of contents may list.
const MAX_CONTENTS_LINE_BYTES: usize = 60 * 3;

/// Measure words of what is counted where lines begin with 第一, 第二 and the same of these.
const MEASURES: &str =
    "次回届天年月日号期批轮代名位任集卷页版项季世个篇首本部幅张封段句场组队家座杯眼课";

/// Decides about the candidates that are in doubt, and drops those that fail.
pub fn settle(document: &Reading<'_>, found: &mut Vec<Candidate>) {
    let mut kept = vec![true; found.len()];
    frame::settle(document, found, &mut kept);
    prove_steps(document.text(), found, &mut kept);
    plain_lines(document.text(), found, &mut kept);
    steps(found, &mut kept);
    contents(document, found, &mut kept);
    references(found, &mut kept);
    speakers(found, &mut kept);
    letters(found);
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(true));
}

/// Keeps the lines 第一X, 第二X, 第三X that are three or more in a row, or go on from a clear
/// one with a clause.
fn plain_lines(text: &str, found: &mut [Candidate], kept: &mut [bool]) {
    let is_line = |c: &Candidate| c.heads_line() && c.family == Family::Order;
    let goes_on = |last: &Candidate, next: &Candidate| {
        next.ordinal.number() == last.ordinal.number() + 1
            && next.block <= last.block + MAX_RUN_BLOCKS
            && next.depth == last.depth
    };
    for run in runs(found, is_line, goes_on) {
        settle_run(text, &run, found, kept);
    }
}

/// Decides about the plain lines of one run.
fn settle_run(text: &str, run: &[usize], found: &mut [Candidate], kept: &mut [bool]) {
    let after = |c: &Candidate| text.get(c.end()..).unwrap_or_default();
    // 第一中学, 第二中学, 第三中学: one name, counted; 第一次, 第二次: one measure word
    let counted = |c: &Candidate| {
        let is_measured = after(c).starts_with(|c| MEASURES.contains(c));
        let chars = after(c).chars().take(if is_measured { 1 } else { 2 });
        chars.collect::<String>()
    };
    let lines = || run.iter().filter_map(|i| found.get(*i));
    let is_row = run.len() >= 3
        && lines().next().is_some_and(|c| c.ordinal.number() == 1)
        && lines().map(counted).collect::<HashSet<_>>().len() > 1;
    let mut is_clear = false;
    for i in run {
        let (Some(line), Some(kept)) = (found.get_mut(*i), kept.get_mut(*i)) else {
            continue;
        };
        let is_plain = line.confidence == Confidence::Plain;
        if is_plain && (is_row || (is_clear && begins_clause(after(line)))) {
            line.confidence = Confidence::Clear;
        }
        is_clear |= line.confidence == Confidence::Clear;
        *kept = line.confidence != Confidence::Plain;
    }
}

/// Takes three steps or more of one sentence for clear (首先火要大，其次手要快，最后盐要晚放), two
/// where each stands behind a mark. Drops those that only their fellows could prove.
fn prove_steps(text: &str, found: &mut [Candidate], kept: &mut [bool]) {
    let is_step = |c: &Candidate| c.family == Family::First && !c.is_heading();
    let is_one_sentence = |a: &Candidate, b: &Candidate| {
        let between = text.get(a.end()..b.start()).unwrap_or_default();
        a.block == b.block
            && b.ordinal != Ordinal::Number(1)
            && between.len() < MAX_STEP_BYTES
            && !between.contains(['。', '！', '？'])
    };
    for run in runs(found, is_step, is_one_sentence) {
        let opens = |c: &Candidate| {
            let after = text.get(c.end()..).unwrap_or_default();
            let is_set_off = c.preceding != Preceding::Word || after.starts_with(['是', '要']);
            c.ordinal == Ordinal::Number(1) && is_set_off
        };
        let first = run.first().and_then(|i| found.get(*i));
        let is_pair = || {
            let pair: Vec<&Candidate> = run.iter().filter_map(|i| found.get(*i)).collect();
            let is_second = |c: &Candidate| c.ordinal == Ordinal::Next;
            pair.iter().all(|c| c.preceding != Preceding::Word)
                && matches!(pair[..], [_, second] if is_second(second))
        };
        let is_proven = (run.len() >= 3 || is_pair()) && first.is_some_and(opens);
        for i in run {
            let (Some(step), Some(kept)) = (found.get_mut(i), kept.get_mut(i)) else {
                continue;
            };
            if is_proven {
                step.confidence = Confidence::Clear;
            }
            *kept &= step.confidence != Confidence::Doubtful;
        }
    }
}

/// Drops 然后 and 接着 that are not between 首先 and 最后: in one paragraph, or all three at the
/// heads of lines.
fn steps(found: &[Candidate], kept: &mut [bool]) {
    fn keep_held<'a>(
        steps: impl Iterator<Item = (&'a Candidate, &'a mut bool)>,
        opens: Ordinal,
        closes: Ordinal,
    ) {
        let mut open: Option<&Candidate> = None;
        for (step, kept) in steps {
            match step.ordinal {
                Ordinal::Then => *kept &= open.is_some_and(|open| holds(open, step)),
                _ if step.family != Family::First => {}
                end if end == opens && step.confidence == Confidence::Clear => open = Some(step),
                end if end == closes => open = None,
                _ => {}
            }
        }
    }
    let (first, last) = (Ordinal::Number(1), Ordinal::Last);
    keep_held(found.iter().zip(kept.iter_mut()), first, last);
    keep_held(found.iter().zip(kept.iter_mut()).rev(), last, first);
}

/// Returns whether 首先 or 最后 is close enough to a step between them.
fn holds(end: &Candidate, step: &Candidate) -> bool {
    let are_lines = end.heads_line() && step.heads_line();
    end.block == step.block || (are_lines && end.block.abs_diff(step.block) <= MAX_STEP_BLOCKS)
}

/// Drops a number behind a word where the same number comes later in the paragraph, behind a stop:
/// 与问题②相似 before ②….
fn references(found: &[Candidate], kept: &mut [bool]) {
    let mut clear: HashSet<(Family, u32)> = HashSet::new();
    let mut block = None;
    for (candidate, kept) in found.iter().zip(kept).rev() {
        if block != Some(candidate.block) {
            clear.clear();
            block = Some(candidate.block);
        }
        let number = candidate.ordinal.number();
        if candidate.family.is_word() || !candidate.is_inline() || number == 0 {
            continue;
        }
        match candidate.confidence {
            Confidence::Weak => *kept &= !clear.contains(&(candidate.family, number)),
            Confidence::Clear if number == 1 => clear.retain(|(f, _)| *f != candidate.family),
            Confidence::Clear => drop(clear.insert((candidate.family, number))),
            _ => {}
        }
    }
}

/// Drops the labels at the heads of lines of which one but the first comes twice in a row, with no other
/// number between: 店员2：.
fn speakers(found: &[Candidate], kept: &mut [bool]) {
    let is_label = |c: &Candidate| matches!(c.family, Family::Label(_)) && c.heads_line();
    let mut last: HashMap<Family, u32> = HashMap::new();
    let mut spoken: HashSet<Family> = HashSet::new();
    for label in found.iter().filter(|c| is_label(c)) {
        let number = label.ordinal.number();
        if last.insert(label.family, number) == Some(number) && number > 1 {
            spoken.insert(label.family);
        }
    }
    for (candidate, kept) in found.iter().zip(kept) {
        *kept &= !spoken.contains(&candidate.family);
    }
}

/// Takes a Roman number for the letter that it is where the line before has the letter before it.
fn letters(found: &mut [Candidate]) {
    let mut last: Option<Candidate> = None;
    for candidate in found.iter_mut().filter(|c| !c.is_inline()) {
        let letter = match candidate.ordinal.number() {
            1 => 9,
            5 => 22,
            10 => 24,
            _ => 0,
        };
        let goes_on = |last: Candidate| {
            last.family == Family::Upper
                && last.ordinal.number() + 1 == letter
                && candidate.block <= last.block + MAX_RUN_BLOCKS
        };
        if candidate.family == Family::Roman && last.is_some_and(goes_on) {
            candidate.family = Family::Upper;
            candidate.ordinal = Ordinal::Number(letter);
        }
        last = Some(*candidate);
    }
}

/// Returns the letters and digits of a numbered line, without the page it may give.
fn name(document: &Reading<'_>, candidate: &Candidate) -> Option<String> {
    if candidate.is_inline() || candidate.span.is_empty() {
        return None;
    }
    let block = document.blocks().get(candidate.block as usize)?;
    let line = document.slice(block.span);
    let before_page = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let led = before_page.trim_end_matches(['…', '.', '·', '　', ' ', '\t', '-', '—']);
    let has_page = before_page.len() >= led.len() + 2;
    let line = if has_page { led } else { line };
    let words = line.get(candidate.end().checked_sub(block.span.start.byte())?..)?;
    let is_name = words.contains(letter::is_alphanumeric) && line.len() <= MAX_CONTENTS_LINE_BYTES;
    let letters = line.chars().filter(|c| letter::is_alphanumeric(*c));
    is_name.then(|| letters.collect())
}

/// Drops the lines of a table of contents: lines in a row, most of which come again later, wider
/// apart.
fn contents(document: &Reading<'_>, found: &[Candidate], kept: &mut [bool]) {
    let names: Vec<Option<String>> = found.iter().map(|c| name(document, c)).collect();
    let mut last_blocks: HashMap<&str, u32> = HashMap::new();
    for (candidate, name) in found.iter().zip(&names) {
        if let Some(name) = name {
            last_blocks.insert(name, candidate.block);
        }
    }
    // the block of each line, and the later one that says the same
    let lines: Vec<(u32, Option<u32>)> = found
        .iter()
        .zip(&names)
        .filter(|(candidate, _)| !candidate.is_inline())
        .map(|(candidate, name)| {
            let last = name
                .as_ref()
                .and_then(|name| last_blocks.get(name.as_str()));
            let again = last.copied().filter(|block| *block > candidate.block);
            (candidate.block, again)
        })
        .collect();
    for run in lines.chunk_by(|a, b| b.0 <= a.0 + 1) {
        let Some((first, last)) = listed(run) else {
            continue;
        };
        let from = found.partition_point(|c| c.block < first);
        let listed = found.iter().zip(kept.iter_mut()).skip(from);
        for (_, kept) in listed.take_while(|(c, _)| c.block <= last) {
            *kept = false;
        }
    }
}

/// Returns the first and the last block of the table of contents that a run of lines begins
/// with, if it is one.
fn listed(run: &[(u32, Option<u32>)]) -> Option<(u32, u32)> {
    let mut again = run
        .iter()
        .enumerate()
        .filter_map(|(i, (_, again))| Some((i, (*again)?)));
    let count = again.clone().count();
    let (_, from) = again.next()?;
    let (last, to) = again.next_back()?;
    let is_wider = to.saturating_sub(from) as usize > last;
    let is_listed = count * 3 >= (last + 1) * 2 && is_wider;
    is_listed.then_some((run.first()?.0, run.get(last)?.0))
}
