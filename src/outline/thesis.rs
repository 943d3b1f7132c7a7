//! Finds the claims (分论点) that head paragraphs side by side: 理性是修身之要。…… 理性是立业之本。……
//!
//! Nothing marks them, so their fellows must prove them. Each is the first sentence of its
//! paragraph, short, with the argument behind it.
//!
//! 1. [`frame`]: neighbours share a frame, words in a row that are much of both.
//! 2. [`is_alike`]: they have as many clauses and about one length, each is short beside its
//!    paragraph, and there are three of them, or two that begin or end alike.
//!
//! A paragraph that carries a series is named by its claim; any other becomes a topic without
//! points.

use super::index::Index;
use super::label::circumstance::is_circumstance;
use super::label::clause::Clauses;
use super::label::opener::is_opener;
use super::model::{Outline, Topic};
use super::reading::Reading;
use crate::document::{Block, BlockKind};
use crate::text::Span;
use crate::text::cluster;
use crate::text::sentence::{CLOSERS, whole_end};
use crate::text::words::Words;
use std::ops::{Range, RangeInclusive};

/// Letters of a claim.
const CLAIM_LETTERS: RangeInclusive<usize> = 6..=40;

/// Letters of the argument behind a claim, at the least.
const MIN_ARGUED_LETTERS: usize = 40;

/// Letters of a paragraph that are counted.
const MAX_COUNTED_LETTERS: usize = 200;

/// Bytes of a paragraph that opens or closes a text: 15 Han.
const MIN_END_BYTES: usize = 15 * 3;

/// Bytes of a paragraph in which its first sentence ends.
const MAX_FIRST_SENTENCE_BYTES: usize = 400;

/// Letters of a frame, of one that is a long beginning, and its share of the shorter claim in
/// hundredths.
const MIN_FRAME_LETTERS: usize = 4;
const MIN_BEGINNING_LETTERS: usize = 5;
const MIN_FRAME_SHARE: usize = 20;

/// Letters of a claim that its shape proves, and of its paragraph.
const SHAPED_LETTERS: RangeInclusive<usize> = 8..=30;
const MIN_SHAPED_PARAGRAPH: usize = 100;

/// Times that such a claim goes into its paragraph.
const MIN_SHAPED_TIMES: usize = 4;

/// Paragraphs between two claims in one frame, which the argument of the first goes on in.
const MAX_PARAGRAPHS_BETWEEN: usize = 1;

/// Neighbours whose shape proves them, and letters with which two of them begin or end.
const MIN_SHAPED: usize = 3;
const MIN_EDGE_LETTERS: usize = 2;

/// Words of reports and quotations, which claim nothing.
static REPORTING: Words = Words::new(
    "说 表示 指出 认为 他们 他的 他在 他是 她 你 咱 谈过 曾经 曾言 例如 比如 譬如 近日 日前 有人 记者 笔者",
);

/// Words that hold such a word and report nothing.
static NOT_REPORTING: Words = Words::new("学说 小说");

/// The proof of a claim.
#[derive(Clone, Copy)]
enum Proof {
    /// It has the shape of its neighbours: a paragraph that carries a series keeps its name.
    Shape,
    /// It shares words with one of them.
    Words,
}

/// The first sentence of a paragraph, where it may be its claim.
struct Claim {
    /// The block of its paragraph.
    block: usize,
    /// Its words, without the stop.
    span: Span,
    letters: Vec<char>,
    clauses: usize,
    /// True where it is short beside its paragraph, with no circumstance in front.
    is_shaped: bool,
}

/// Names the paragraphs with a claim in an outline whose points and topics are known.
pub fn add(document: &Reading<'_>, outline: &mut Outline) {
    let claims: Vec<Claim> = (0..document.blocks().len())
        .filter_map(|block| claim(document, outline, block))
        .collect();
    let mut added = Vec::new();
    for (claim, proof) in proved(document, &claims) {
        let Some(block) = document.blocks().get(claim.block) else {
            continue;
        };
        let start = block.span.start;
        let at = outline.topics.partition_point(|t| t.span.start < start);
        let carries = outline.topics.get_mut(at).filter(|t| t.span.start == start);
        match (carries, proof) {
            (Some(topic), Proof::Words) => topic.label = claim.span,
            (Some(_), Proof::Shape) => {}
            (None, _) => {
                let first = outline.points.partition_point(|p| p.span.start < start);
                added.push(Topic {
                    label: claim.span,
                    span: block.span,
                    first: Index::new(first),
                    count: 0,
                });
            }
        }
    }
    outline.topics.append(&mut added);
    outline.topics.sort_by_key(|t| t.span.start);
}

/// Returns the first sentence of a paragraph where it may be its claim.
fn claim(document: &Reading<'_>, outline: &Outline, block: usize) -> Option<Claim> {
    let span = document.blocks().get(block)?.span;
    let is_text = document.blocks().get(block)?.kind == BlockKind::Paragraph;
    let text = document.slice(span);
    let head = text.get(..cluster::floor(text, MAX_FIRST_SENTENCE_BYTES.min(text.len())))?;
    let end = if is_text {
        whole_end(head)?
    } else {
        return None;
    };
    let (sentence, rest) = text.split_at_checked(end)?;
    let words = sentence
        .trim_end_matches(CLOSERS)
        .trim_end_matches(['。', '！', '!']);
    let is_stated = words.len() < sentence.trim_end_matches(CLOSERS).len();
    let count = |text: &str| letters(text).take(MAX_COUNTED_LETTERS).count();
    let letters: Vec<char> = letters(words).collect();
    let argued = count(rest);
    let next = outline
        .points
        .partition_point(|p| p.span.start < span.start);
    let point = outline.points.get(next).map(|p| p.span.start.byte());
    let is_free = point.is_none_or(|at| at >= span.start.byte() + end);
    let may = is_stated
        && CLAIM_LETTERS.contains(&letters.len())
        && argued >= letters.len().max(MIN_ARGUED_LETTERS)
        && is_free
        && !is_told(words)
        && !is_opener(&Clauses::new(words), 0);
    let length = letters.len();
    let is_short = SHAPED_LETTERS.contains(&length)
        && length + argued >= MIN_SHAPED_PARAGRAPH
        && MIN_SHAPED_TIMES * length <= length + argued;
    may.then(|| Claim {
        block,
        span: Span::new(span.start.byte(), span.start.byte() + words.len()),
        letters,
        clauses: words.matches(['，', ',']).count(),
        is_shaped: is_short && !is_circumstance(&Clauses::new(words), 0),
    })
}

/// Returns the letters of a text, without its marks.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// Returns whether a sentence tells something: who said or did it, and when.
fn is_told(words: &str) -> bool {
    let first_person = |at: usize| {
        let rest = words.get(at..).unwrap_or_default();
        !["我们", "我国"].iter().any(|word| rest.starts_with(word))
    };
    let says_i = words
        .match_indices('我')
        .any(|(at, _)| first_person(at) && !words.get(..at).is_some_and(|b| b.ends_with('自')));
    words.chars().any(|c| c.is_ascii_digit())
        || says_i
        || REPORTING.occur_in(words) && !NOT_REPORTING.occur_in(words)
}

/// Returns the claims that their neighbours prove, in text order, each with its best proof.
fn proved<'a>(
    document: &Reading<'_>,
    claims: &'a [Claim],
) -> impl Iterator<Item = (&'a Claim, Proof)> {
    let long = |b: &Block| b.kind == BlockKind::Paragraph && b.span.len() >= MIN_END_BYTES;
    let opening = document.blocks().iter().position(long);
    let closing = document.blocks().iter().rposition(long);
    let is_at = |claim: &Claim, end: Option<usize>| Some(claim.block) == end;
    let mut proofs = vec![None; claims.len()];
    let mut prove = |range: Range<usize>, proof| {
        proofs.get_mut(range).unwrap_or_default().fill(Some(proof));
    };
    let mut from = 0;
    for run in claims.chunk_by(|a, b| goes_on(document, a, b)) {
        let to = from + run.len();
        if let [first, .., last] = run
            && run.len() >= MIN_SHAPED
        {
            // what opens or closes the text is none of more than three, whatever its shape
            let is_spare = run.len() > MIN_SHAPED;
            let opens = usize::from(is_spare && is_at(first, opening));
            let closes = usize::from(is_spare && is_at(last, closing));
            prove(from + opens..to - closes, Proof::Shape);
        }
        from = to;
    }
    let mut was_framed = false;
    for (i, pair) in claims.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let is_inner = [a, b]
            .iter()
            .all(|claim| !is_at(claim, opening) && !is_at(claim, closing));
        let frame = frame(a, b).filter(|frame| {
            let may = frame.is_beginning && is_inner || is_alike(a, b);
            may && paragraphs_between(document, a.block, b.block) <= MAX_PARAGRAPHS_BETWEEN
        });
        // a name that two sentences share makes no parallel
        let goes_on = goes_on(document, a, b);
        let is_pair = frame.is_some_and(|frame| frame.is_aligned || goes_on);
        if is_pair || frame.is_some() && was_framed {
            prove(i - usize::from(was_framed)..i + 2, Proof::Words);
        } else if goes_on && edge(a, b) >= MIN_EDGE_LETTERS {
            prove(i..i + 2, Proof::Words);
        }
        was_framed = frame.is_some();
    }
    let claims = claims.iter().zip(proofs);
    claims.filter_map(|(claim, proof)| Some((claim, proof?)))
}

/// Returns whether a claim has the shape of the one in the paragraph before it.
fn goes_on(document: &Reading<'_>, a: &Claim, b: &Claim) -> bool {
    let is_next = paragraphs_between(document, a.block, b.block) == 0;
    is_next && a.is_shaped && b.is_shaped && is_alike(a, b)
}

/// Returns the number of blocks between two, pictures aside.
fn paragraphs_between(document: &Reading<'_>, block: usize, next: usize) -> usize {
    let between = document.blocks().get(block + 1..next).unwrap_or_default();
    let is_picture = |kind| matches!(kind, BlockKind::Image | BlockKind::Caption);
    between.iter().filter(|b| !is_picture(b.kind)).count()
}

/// Words that two claims share.
#[derive(Clone, Copy)]
struct Frame {
    /// True where they stand as far from the beginning of both, or from the end.
    is_aligned: bool,
    /// True where they are a long beginning of both.
    is_beginning: bool,
}

/// Returns the frame that two claims share: words in a row that are much of both.
fn frame(a: &Claim, b: &Claim) -> Option<Frame> {
    let (length, [at, other]) = longest_run(&a.letters, &b.letters);
    let (one, two) = (a.letters.len(), b.letters.len());
    let share = 100 * length / one.min(two).max(1);
    let is_same = length == one && length == two;
    let is_frame = length >= MIN_FRAME_LETTERS && share >= MIN_FRAME_SHARE && !is_same;
    is_frame.then_some(Frame {
        is_aligned: at == other || one - at == two - other,
        is_beginning: length >= MIN_BEGINNING_LETTERS && at == 0 && other == 0,
    })
}

/// Returns the longest run of letters that two texts share: its length, and its place in each.
fn longest_run(a: &[char], b: &[char]) -> (usize, [usize; 2]) {
    let mut best = (0, [0, 0]);
    let mut above = vec![0; b.len() + 1];
    for (i, c) in a.iter().enumerate() {
        let mut row = vec![0; b.len() + 1];
        for (j, _) in b.iter().enumerate().filter(|(_, other)| *other == c) {
            let length = above.get(j).copied().unwrap_or(0) + 1;
            if let Some(slot) = row.get_mut(j + 1) {
                *slot = length;
            }
            if length > best.0 {
                best = (length, [i + 1 - length, j + 1 - length]);
            }
        }
        above = row;
    }
    best
}

/// Returns whether two claims have as many clauses, and about one length.
fn is_alike(a: &Claim, b: &Claim) -> bool {
    let (one, two) = (a.letters.len(), b.letters.len());
    a.clauses == b.clauses && 2 * one.max(two) <= 3 * one.min(two)
}

/// Returns the letters with which two claims begin or end alike.
fn edge(a: &Claim, b: &Claim) -> usize {
    let same = |pair: &(&char, &char)| pair.0 == pair.1;
    let begin = a.letters.iter().zip(&b.letters).take_while(same).count();
    let end = a.letters.iter().rev().zip(b.letters.iter().rev());
    begin.max(end.take_while(same).count())
}
