//! Scores the outlines of real articles against those of careful readers.
//!
//! 1. [`norm`], [`is_same`], [`align`]: a point that was found is one of the gold where one of the
//!    two texts begins with the other; the longest common subsequence counts.
//! 2. [`Score`]: what was found, missed and wrong, of one article or of many.
//! 3. The test: with the lists of words of `outline`, and without any of them.
//!
//! The articles are no part of this repository; where they are missing, the test says so and passes.

use crate::document::Document;
use crate::outline::{Outline, outline};
use crate::shell::open::item::{DecodeOptions, Item};
use crate::text::words;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The folders of articles below the one that holds them.
const CORPORA: [&str; 2] = ["corpus", "corpus2"];

/// The micro F1 that a corpus keeps when `outline` has no list of words, in parts of 1000.
const MIN_F1_WITHOUT_WORDS: usize = 970;

/// The figures that a corpus keeps, in parts of 1000: micro F1, macro F1, levels, parents.
const MIN_FIGURES: [usize; 4] = [990, 985, 980, 980];

/// The result of comparing points with a gold outline.
#[derive(Debug, Default)]
struct Score {
    found: usize,
    wanted: usize,
    matched: usize,
    /// Matched points with the level of the gold.
    levels: usize,
    /// Matched points with the parent of the gold.
    parents: usize,
    /// Points at the places that the gold names as traps.
    traps: usize,
    /// Points in clutter or notes.
    junk: usize,
    /// F1 of the articles, summed up.
    f1_sum: usize,
    articles: usize,
    /// The missed and the false points, a line for each article.
    faults: String,
}

/// Returns a text without blanks and the characters of markup.
fn norm(text: &str) -> String {
    let is_kept =
        |c: &char| !c.is_whitespace() && !"*_`#>~\\|\u{200b}\u{200e}\u{200f}\u{feff}".contains(*c);
    text.chars().filter(is_kept).collect()
}

/// Returns the string of a member, or nothing.
fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Returns the list of a member, or nothing.
fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Returns whether a found text is that of a point of the gold: they agree as far as both go,
/// over four characters, or two for a heading.
fn is_same(found: &str, gold: &Value) -> bool {
    let start = string(gold, "start");
    let len = found.chars().count().min(start.chars().count());
    let needed = if string(gold, "marker").starts_with('#') {
        2
    } else {
        start.chars().count().min(4)
    };
    len >= needed && found.chars().zip(start.chars()).all(|(a, b)| a == b)
}

/// Returns for each found point the one of the gold that it is, in step.
fn align(found: &[String], gold: &[Value]) -> Vec<Option<usize>> {
    let mut best = vec![vec![0; gold.len() + 1]; found.len() + 1];
    for i in (0..found.len()).rev() {
        for j in (0..gold.len()).rev() {
            let both = best[i + 1][j + 1] + usize::from(is_same(&found[i], &gold[j]));
            best[i][j] = both.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut pairs, mut i, mut j) = (vec![None; found.len()], 0, 0);
    while i < found.len() && j < gold.len() {
        if is_same(&found[i], &gold[j]) && best[i][j] == best[i + 1][j + 1] + 1 {
            pairs[i] = Some(j);
            (i, j) = (i + 1, j + 1);
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Returns F1 of a number of matches, in parts of 1000.
fn f1(found: usize, wanted: usize, matched: usize) -> usize {
    (2000 * matched).checked_div(found + wanted).unwrap_or(1000)
}

impl Score {
    /// Adds the outline of one article.
    fn add(&mut self, document: &Document, outline: &Outline, gold: &Value) {
        let points = outline.points.iter().map(|p| norm(document.slice(p.span)));
        let (found, wanted): (Vec<String>, _) = (points.collect(), list(gold, "points"));
        let pairs = align(&found, wanted);
        let mut faults = String::new();
        for ((point, text), pair) in outline.points.iter().zip(&found).zip(&pairs) {
            let Some(gold_point) = pair.map(|j| &wanted[j]) else {
                let _ = write!(faults, " +{}", head(text, 12));
                self.traps += usize::from(is_trap(text, gold));
                self.junk += usize::from(is_junk(text, gold));
                continue;
            };
            let level = gold_point["level"].as_u64() == Some(u64::from(point.level));
            let parent = point.parent.map(|p| pairs[p.get()]);
            let is_child = match gold_point["parent"].as_u64() {
                None => parent.is_none(),
                Some(wanted) => parent == Some(Some(wanted as usize)),
            };
            self.levels += usize::from(level);
            self.parents += usize::from(is_child);
        }
        for (j, point) in wanted.iter().enumerate() {
            if !pairs.contains(&Some(j)) {
                let _ = write!(faults, " -{}", string(point, "start"));
            }
        }
        let matched = pairs.iter().flatten().count();
        self.found += found.len();
        self.wanted += wanted.len();
        self.matched += matched;
        self.f1_sum += f1(found.len(), wanted.len(), matched);
        self.articles += 1;
        if !faults.is_empty() {
            let _ = writeln!(self.faults, "{}:{faults}", string(gold, "file"));
        }
    }

    fn micro(&self) -> usize {
        f1(self.found, self.wanted, self.matched)
    }

    /// Micro F1, macro F1, levels, parents.
    fn figures(&self) -> [usize; 4] {
        let of_matched = |count: usize| 1000 * count / self.matched.max(1);
        [
            self.micro(),
            self.f1_sum / self.articles.max(1),
            of_matched(self.levels),
            of_matched(self.parents),
        ]
    }
}

/// Returns the first characters of a text.
fn head(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// Returns whether a point begins where the gold names a trap.
fn is_trap(text: &str, gold: &Value) -> bool {
    let start = head(text, 6);
    let mut traps = list(gold, "traps").iter();
    !start.is_empty() && traps.any(|trap| string(trap, "text").contains(&start))
}

/// Returns whether a point is one of the lines that the gold calls clutter or notes.
fn is_junk(text: &str, gold: &Value) -> bool {
    let (short, long) = (head(text, 8), head(text, 14));
    let lines = ["boilerplate", "notes"].map(|key| list(&gold["blocks"], key));
    let mut lines = lines.into_iter().flatten().filter_map(Value::as_str);
    text.chars().nth(1).is_some() && lines.any(|line| line.contains(&short) || long.contains(line))
}

/// Scores all articles of a corpus, with the lists of words of `outline` and without them.
fn scores(corpus: &Path) -> [Score; 2] {
    let mut scores = [Score::default(), Score::default()];
    let golds = std::fs::read_dir(corpus.join("gold")).expect("golds");
    for gold in golds.map(|entry| entry.expect("entry").path()) {
        let gold: Value =
            serde_json::from_slice(&std::fs::read(gold).expect("gold")).expect("JSON");
        let file = corpus.join("articles").join(string(&gold, "file"));
        let article = Item::of(&file)
            .article(&DecodeOptions::default())
            .expect("article");
        let document = article.document();
        scores[0].add(document, &article.outline, &gold);
        let bare = words::without("src/outline/", || outline(document));
        scores[1].add(document, &bare, &gold);
    }
    scores
}

/// Returns the folders of articles: beside this repository, or beside the one that is named.
fn corpora() -> Vec<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let first = std::env::var_os("JINGDU_CORPUS").map_or_else(beside, PathBuf::from);
    let mut corpora = CORPORA.map(|name| first.with_file_name(name)).to_vec();
    corpora[0] = first;
    corpora.retain(|corpus| {
        let is_there = corpus.join("gold").is_dir();
        if !is_there {
            eprintln!("\n*** SKIPPED: no corpus at {} ***\n", corpus.display());
        }
        is_there
    });
    corpora
}

#[test]
fn outlines_hold_without_word_lists() {
    for corpus in corpora() {
        let [with, without] = scores(&corpus);
        let name = corpus.display();
        eprintln!(
            "{name}: with lists {:?}, without {:?}",
            with.figures(),
            without.figures()
        );
        let is_met = with
            .figures()
            .iter()
            .zip(MIN_FIGURES)
            .all(|(is, least)| *is >= least);
        assert!(is_met, "{name}: {:?}\n{}", with.figures(), with.faults);
        assert_eq!((with.traps, with.junk), (0, 0), "{name}\n{}", with.faults);
        let f1 = without.micro();
        assert!(
            f1 >= MIN_F1_WITHOUT_WORDS,
            "{name}: {f1}\n{}",
            without.faults
        );
    }
}
