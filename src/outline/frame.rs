//! Proves ordinals by their frame: 第一笔账是…第二笔账是…, whatever the noun.
//!
//! A run is ordinals that count 1, 2, 3, close to each other, others between them passed over. It
//! is proven
//!
//! 1. by an announcement: the measure word behind each of them stands behind a number before the
//!    first (三笔账);
//! 2. by a frame: the same measure word and noun behind each of them;
//! 3. by the same words of a clause behind each of them: 第一就看…，第二就看…;
//! 4. by three that all begin clauses with words of their own: 第一挖…，第二种…，第三禁….
//!
//! Ordinals that no run proves are dropped: 第一产业 and 第二季度 are names.

use super::candidate::Candidate;
use super::context::{Confidence, Preceding};
use super::family::{Family, Ordinal};
use super::reading::Reading;
use super::word_rules::begins_clause;
use crate::text::words::Words;
use crate::text::{cluster, letter, numeral};
use std::collections::HashSet;

/// Blocks from one ordinal of a run to the next.
const MAX_RUN_BLOCKS: u32 = 3;

/// Runs that may go on at once.
const MAX_OPEN_RUNS: usize = 3;

/// Characters behind an ordinal that are compared.
const MAX_FRAME_CHARS: usize = 8;

/// Bytes before a run that may announce it: 60 Han.
const MAX_ANNOUNCING_BYTES: usize = 60 * 3;

/// Bytes before a run that may list what its ordinals refer to: 300 Han.
const MAX_LIST_BYTES: usize = 300 * 3;

/// Bytes from 最后 to the ordinal that it repeats: 最后也是最难的第三个难题.
const MAX_BYTES_TO_ORDINAL: usize = 20 * 3;

/// Names with ordinals, which count nothing in a text.
static COUNTED_NAMES: Words = Words::new(
    "产业 季度 季 次 名 届 代 世界 中学 小学 大学 医院 军 师 版 集 卷 页 楼 年 天 位 手 线 方面军",
);

/// Measure words of times, which an announced number alone does not turn into points.
const TIMES: &str = "年天日月次季届代回";

/// Measure words of what may be a point. Those of times and ranks are none: 次 季 名 届.
const FRAME_MEASURES: &str = "个件把笔股条种类项层点步道本张块场重";

/// Those of them that count what is said, not what there is: not 个 件 把.
const PART_MEASURES: &str = "条点种类项层步";

/// Decides about the ordinals that only their fellows can prove.
pub fn settle(document: &Reading<'_>, found: &mut [Candidate], kept: &mut [bool]) {
    let mut counted: HashSet<String> = HashSet::new();
    for run in runs(found) {
        let members: Vec<Candidate> = run.iter().filter_map(|i| found.get(*i)).copied().collect();
        // 第二种修法比第一种修法…: behind a word, and counted before
        let name = members.first().map(|first| name(document, first));
        let refers = members
            .first()
            .is_some_and(|c| c.preceding == Preceding::Word)
            && name.as_ref().is_some_and(|name| counted.contains(name));
        let is_proven = !refers && is_proven(document, &members);
        counted.extend(name.filter(|_| is_proven));
        for i in run {
            let Some(candidate) = found.get_mut(i) else {
                continue;
            };
            if is_proven {
                candidate.confidence = Confidence::Clear;
            } else if may_be_called_for(document, candidate) {
                candidate.confidence = Confidence::Weak;
            }
            if let Some(kept) = kept.get_mut(i) {
                *kept &= candidate.confidence != Confidence::Doubtful;
            }
        }
    }
    last_before_ordinal(document, found, kept);
}

/// Returns the runs of ordinals: each goes on from the end of one of the last runs.
fn runs(found: &[Candidate]) -> Vec<Vec<usize>> {
    let goes_on = |a: &Candidate, b: &Candidate| {
        b.ordinal.number() == a.ordinal.number() + 1 && b.block <= a.block + MAX_RUN_BLOCKS
    };
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (i, ordinal) in found.iter().enumerate() {
        if ordinal.family != Family::Order || ordinal.is_heading() {
            continue;
        }
        let is_called_for = |run: &&mut Vec<usize>| {
            let last = run.last().and_then(|last| found.get(*last));
            last.is_some_and(|last| goes_on(last, ordinal))
        };
        let mut last_runs = runs.iter_mut().rev().take(MAX_OPEN_RUNS);
        match last_runs.find(is_called_for) {
            Some(run) => run.push(i),
            None => runs.push(vec![i]),
        }
    }
    runs
}

/// Returns whether an ordinal may be the next of a series, if one is open: it opens a paragraph
/// and has a measure word behind it.
fn may_be_called_for(document: &Reading<'_>, candidate: &Candidate) -> bool {
    let is_measured = || behind(document, candidate).starts_with(|c| FRAME_MEASURES.contains(c));
    candidate.confidence == Confidence::Doubtful
        && candidate.ordinal.number() > 1
        && candidate.opens_paragraph(document.text())
        && is_measured()
}

/// Returns whether a run of ordinals counts points.
fn is_proven(document: &Reading<'_>, run: &[Candidate]) -> bool {
    let Some(first) = run.first().filter(|c| c.ordinal == Ordinal::Number(1)) else {
        return false;
    };
    if run.len() < 2 || run.iter().all(|c| c.confidence == Confidence::Clear) {
        return false;
    }
    if leads_clear_ones(document, run) || counts_without_stops(document, run) {
        return true;
    }
    let frames: Vec<Vec<char>> = run.iter().map(|c| frame(document, c)).collect();
    let shared = shared(&frames);
    let measure = shared.first().copied();
    if measure.is_some_and(|measure| is_listed(document, first, measure)) {
        return false;
    }
    // 过去两年, 第一年; but 三次危机。第一次是…。第二次是…
    let are_set_off = || run.iter().all(|c| c.preceding != Preceding::Word);
    let may_be_announced = measure.is_none_or(|measure| !TIMES.contains(measure))
        || (shared.contains(&'是') && are_set_off());
    if may_be_announced && is_announced(document, first, &shared) {
        return true;
    }
    if let Some(measure) = measure.filter(|measure| FRAME_MEASURES.contains(*measure)) {
        return counts_parts(document, run, &shared, measure);
    }
    shares_clause(document, run, &shared) || are_clauses(document, run, &frames, &shared)
}

/// Returns whether a first behind a stop leads ordinals that are clear: 第一放弃…；第二是…；第三是….
fn leads_clear_ones(document: &Reading<'_>, run: &[Candidate]) -> bool {
    let mut later = run.iter().skip(1);
    let is_first = |c: &Candidate| {
        c.preceding != Preceding::Word && !COUNTED_NAMES.starts(behind(document, c))
    };
    run.len() >= 3
        && run.first().is_some_and(is_first)
        && later.all(|c| c.confidence == Confidence::Clear)
}

/// Returns whether a run with a measure word of points behind its ordinals names each, or counts
/// what was said at the heads of sentences.
fn counts_parts(document: &Reading<'_>, run: &[Candidate], shared: &[char], measure: char) -> bool {
    let is_set_off =
        |c: &Candidate| c.preceding != Preceding::Word || c.opens_paragraph(document.text());
    // 烈的第一种，…便是第二种 refers to what is named before
    let names = shared.len() > 1 || run.iter().any(|c| c.preceding != Preceding::Word);
    let heads_sentences = run.len() >= 3
        && PART_MEASURES.contains(measure)
        && run.iter().all(|c| c.preceding.opens_sentence());
    run.first().is_some_and(is_set_off)
        && (shared.contains(&'是')
            || heads_sentences
            || (names && names_points(document, run, shared.len())))
}

/// Returns whether three ordinals or more of one paragraph are set off by one mark behind them, and
/// each stands behind a word of its own: 问题第一，…体系第二，…战略第三，….
fn counts_without_stops(document: &Reading<'_>, run: &[Candidate]) -> bool {
    let text = document.text();
    let around = |c: &Candidate| {
        let before = text.get(..c.start()).and_then(|t| t.chars().next_back());
        (before, text.get(c.end()..).and_then(|t| t.chars().next()))
    };
    let Some(first) = run.first() else {
        return false;
    };
    let (word, mark) = around(first);
    let is_mark = mark.is_some_and(|c| "，：、,:".contains(c));
    let mut later = run.iter().skip(1);
    run.len() >= 3
        && is_mark
        && run
            .iter()
            .all(|c| c.block == first.block && around(c).1 == mark)
        && later.all(|c| around(c).0 != word)
}

/// Returns whether the same words begin a clause behind all ordinals of a run, each behind a stop:
/// 第一就看…，第二就看….
fn shares_clause(document: &Reading<'_>, run: &[Candidate], shared: &[char]) -> bool {
    shared.len() >= 2
        && run.iter().all(|c| c.preceding != Preceding::Word)
        && run
            .first()
            .is_some_and(|c| begins_clause(behind(document, c)))
}

/// Returns whether three ordinals or more begin clauses with words of their own. The first may
/// stand behind a word: 这样做第一尊重…，第二保护…，第三….
fn are_clauses(
    document: &Reading<'_>,
    run: &[Candidate],
    frames: &[Vec<char>],
    shared: &[char],
) -> bool {
    let is_clause = |c: &Candidate| !COUNTED_NAMES.starts(behind(document, c));
    let is_near = || matches!(run, [first, second, ..] if first.block == second.block);
    let is_set_off = run.first().is_some_and(|c| c.preceding != Preceding::Word);
    let mut later = run.iter().skip(1);
    run.len() >= 3
        && shared.len() <= 1
        && (is_set_off || (shared.is_empty() && is_near()))
        && run.iter().all(is_clause)
        && later.all(|c| c.preceding != Preceding::Word)
        && frames.iter().all(|frame| frame.len() >= 2)
}

/// Returns the measure word and the noun behind an ordinal, as far as three letters go: 种修法.
fn name(document: &Reading<'_>, ordinal: &Candidate) -> String {
    let letters = behind(document, ordinal).chars();
    letters
        .take(3)
        .take_while(|c| letter::is_letter(*c))
        .collect()
}

/// Returns the text of its block behind an ordinal.
fn behind<'a>(document: &'a Reading<'a>, candidate: &Candidate) -> &'a str {
    let block = document.blocks().get(candidate.block as usize);
    let end = block.map_or(0, |block| block.span.end.byte());
    let rest = document.text().get(candidate.end()..end);
    rest.unwrap_or_default()
}

/// Returns the letters right behind an ordinal.
fn frame(document: &Reading<'_>, candidate: &Candidate) -> Vec<char> {
    let letters = behind(document, candidate).chars().take(MAX_FRAME_CHARS);
    letters.take_while(|c| letter::is_letter(*c)).collect()
}

/// Returns whether a mark or a verb of naming follows the `shared` characters behind most ordinals:
/// 第二个难处，…; not 第一个“道”.
fn names_points(document: &Reading<'_>, run: &[Candidate], shared: usize) -> bool {
    let is_named = |c: &&Candidate| {
        let next = behind(document, c).chars().nth(shared);
        next.is_none_or(|c| c.is_whitespace() || "是就则在叫要更，,：:、。；—".contains(c))
    };
    run.iter().filter(is_named).count() * 3 >= run.len() * 2
}

/// Returns the characters that all frames begin with.
fn shared(frames: &[Vec<char>]) -> Vec<char> {
    let mut frames = frames.iter();
    let Some(first) = frames.next() else {
        return Vec::new();
    };
    let len = frames.fold(first.len(), |len, frame| {
        let same = first.iter().zip(frame).take(len);
        same.take_while(|(a, b)| a == b).count()
    });
    first.get(..len).unwrap_or_default().to_vec()
}

/// Returns whether a number announces a run, in its block or at the end of the one above: with the
/// measure word behind its ordinals (三笔账) or with the noun (两个阶段).
fn is_announced(document: &Reading<'_>, first: &Candidate, shared: &[char]) -> bool {
    let Some(measure) = shared.first() else {
        return false;
    };
    let text = document.text();
    let from = cluster::floor(text, first.start().saturating_sub(MAX_ANNOUNCING_BYTES));
    let before = text.get(from..first.start()).unwrap_or_default();
    let is_counted = |at: usize| {
        let mut head = before.get(..at).unwrap_or_default().chars().rev();
        let number = head.next();
        // 一个 and 第二轮 announce nothing
        number.is_some_and(|c| c != '一' && (c == '两' || numeral::is_han_numeral(c)))
            && head.next() != Some('第')
    };
    let noun: Option<String> = shared
        .get(..2)
        .map(|noun| format!("个{}", String::from_iter(noun)));
    let mut nouns = noun.iter().flat_map(|noun| before.match_indices(noun));
    before.match_indices(*measure).any(|(at, _)| is_counted(at))
        || nouns.any(|(at, _)| is_counted(at))
}

/// Returns whether a list before a run names what its ordinals refer to: 一种是…；一种是…。第一种….
fn is_listed(document: &Reading<'_>, first: &Candidate, measure: char) -> bool {
    let text = document.text();
    let from = cluster::floor(text, first.start().saturating_sub(MAX_LIST_BYTES));
    let before = text.get(from..first.start()).unwrap_or_default();
    let item = format!("一{measure}");
    let is_item = |(at, _): &(usize, &str)| {
        let head = before.get(..*at).unwrap_or_default();
        head.ends_with(['：', '；', '，', '。', ':', ';', ','])
    };
    before.match_indices(&item).filter(is_item).count() >= 2
}

/// Drops an ordinal that 最后 at the head of its sentence repeats: 最后也是最难的第三个难题.
fn last_before_ordinal(document: &Reading<'_>, found: &mut [Candidate], kept: &mut [bool]) {
    for i in 1..found.len() {
        let (Some(last), Some(ordinal)) = (found.get(i - 1).copied(), found.get(i).copied()) else {
            continue;
        };
        let between = document.text().get(last.end()..ordinal.start());
        let is_close = between.is_some_and(|between| {
            between.len() <= MAX_BYTES_TO_ORDINAL && !between.contains(['。', '；', '！', '？'])
        });
        let repeats = last.ordinal == Ordinal::Last
            && ordinal.family == Family::Order
            && ordinal.block == last.block
            && is_close
            && kept.get(i) == Some(&true);
        if let (true, Some(last), Some(kept)) = (repeats, found.get_mut(i - 1), kept.get_mut(i)) {
            last.confidence = Confidence::Clear;
            *kept = false;
        }
    }
}
