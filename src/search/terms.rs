//! The words that characterise an article.
//!
//! 1. The text is cut into words by a dictionary, which is unpacked for it and dropped again: a
//!    tenth of a second.
//! 2. Words that occur together again and again are one term: 京津冀协同发展.
//! 3. Terms are weighted by how often they occur, how long they are and how rare they are in other
//!    texts; a part of a chosen term that hardly occurs without it is left out.
//!
//! Takes time in proportion to the text; belongs on a thread of its own.

use super::matches::Word;
use super::query::{How, Query};
use crate::text::han::is_han;
use crate::text::script::simplify;
use jieba_rs::Jieba;
use std::collections::{HashMap, HashSet};

/// Terms that are proposed for an article at the most.
pub const MAX_TERMS: usize = 16;
/// Words of a term.
const MAX_TERM_WORDS: usize = 5;
/// Characters of a term.
const MAX_TERM_CHARS: usize = 12;
/// Bytes of the text that are read: its terms occur early.
const MAX_READ_BYTES: usize = 4 << 20;
/// Bytes of a line that are cut into words at once.
const MAX_LINE_BYTES: usize = 64 * 1024;

/// Words that say nothing by themselves, and do not begin or end a term.
const EMPTY_WORDS: &str = "的 了 和 是 在 与 及 以 为 对 等 中 上 下 将 要 就 都 也 而 不 有 更 从 到 把 被 让 使 向 于 之 其 这 那 各 个 种 并 或 者 但 又 还 很 最 已 能 可 会 须 应 所 由 此 该 每 再 才 只 如 若 因 当 则 且 却 地 得 着 过 去 来 年 月 日 人 我 你 他 她 它 说 做 看 想 没 一 二 三 四 五 六 七 八 九 十 两 几 多 少 大 小 新 好 前 后 里 外 间 时 \
我们 你们 他们 它们 自己 这个 那个 这些 那些 这样 那样 这种 那种 一个 一种 一些 一是 二是 三是 四是 五是 六是 一方面 另一方面 首先 其次 再次 最后 第一 第二 第三 第四 第五 \
以及 并且 而且 或者 但是 然而 因此 所以 因为 由于 如果 虽然 尽管 不仅 不但 既要 也要 又要 还要 就是 不是 只有 只要 没有 可以 能够 应该 应当 必须 需要 已经 正在 成为 作为 进行 通过 按照 根据 关于 对于 随着 为了 之间 其中 以来 以后 以前 之后 之前 时候 方面 同时 目前 当前 今天 现在 近年来 \
进一步 不断 更加 十分 非常 特别 尤其 所有 各种 各个 许多 很多 大量 一定 一切 全部 不同 不能 不会 不要 什么 怎么 怎样 如何 这里 那里 出来 起来 下来 下去 上来 开始 继续 实现 提出 认为 指出 表示 看到 来说 而言 的话";

/// Returns the terms of a text with their counts, weightiest first; at most `most`.
///
/// ```
/// use jingdu::search::terms::terms;
/// let text = "渡口管理要有人。渡口管理不能只靠热心，热心会凉。渡口管理也要有钱。";
/// let found = terms(text, 1);
/// assert_eq!((found[0].text.as_str(), found[0].count), ("渡口管理", 3));
/// ```
pub fn terms(text: &str, most: usize) -> Vec<Word> {
    let jieba = Jieba::new();
    let empty: HashSet<&str> = EMPTY_WORDS.split_whitespace().collect();
    let mut counts: HashMap<String, Seen> = HashMap::new();
    let end = crate::text::cluster::floor(text, MAX_READ_BYTES);
    let text = text.get(..end).unwrap_or_default();
    let mut total = 0;
    for line in text.lines().flat_map(pieces) {
        let plain: String = line.chars().map(simplify).collect();
        // cut as simplified, count as written: the characters are one to one
        let written: Vec<char> = line.chars().collect();
        let tokens = tokens(&jieba, &plain);
        total += tokens.len();
        for first in 0..tokens.len() {
            for last in first..tokens.len().min(first + MAX_TERM_WORDS) {
                let run = &tokens[first..=last];
                let (start, end) = (tokens[first].start, tokens[last].end);
                if !tokens[last].joins() || end - start > MAX_TERM_CHARS {
                    break;
                }
                if end - start < 2 || !is_term(run, &empty) {
                    continue;
                }
                let word: String = written.get(start..end).unwrap_or_default().iter().collect();
                let seen = counts.entry(word).or_insert_with(|| Seen {
                    count: 0,
                    words: run.len(),
                    rarity: rarity(&jieba, run.iter().map(|t| t.word)),
                    before: HashMap::new(),
                    after: HashMap::new(),
                });
                seen.count += 1;
                let before = first.checked_sub(1).and_then(|i| tokens.get(i));
                let sides = [
                    (before, &mut seen.before),
                    (tokens.get(last + 1), &mut seen.after),
                ];
                for (token, words) in sides {
                    if let Some(token) = token.filter(|t| t.joins()) {
                        *words.entry(token.word.to_owned()).or_default() += 1;
                    }
                }
            }
        }
    }
    choose(text, counts, total, most)
}

/// A word with its kind, at characters of its line.
struct Token<'a> {
    word: &'a str,
    kind: &'a str,
    start: usize,
    end: usize,
}

impl Token<'_> {
    /// Returns whether it may be part of a term: no mark, no number.
    fn joins(&self) -> bool {
        let joins = |c| is_han(c) || c.is_ascii_alphabetic();
        self.word.chars().all(joins)
    }

    /// Returns whether it names something: a noun, a verb used as one, an abbreviation,
    /// a set phrase, a word the dictionary does not have.
    fn names(&self) -> bool {
        self.is_of("n vn an j l i s eng x")
    }

    /// Returns whether its kind begins with one of these, parted by blanks.
    fn is_of(&self, kinds: &str) -> bool {
        kinds.split(' ').any(|k| self.kind.starts_with(k))
    }
}

/// Returns the words of a line, whose characters are one to one with those of the text.
fn tokens<'a>(jieba: &'a Jieba, line: &'a str) -> Vec<Token<'a>> {
    let mut end = 0;
    let token = |t: jieba_rs::Tag<'a>| {
        let start = end;
        end += t.word.chars().count();
        Token {
            word: t.word,
            kind: t.tag,
            start,
            end,
        }
    };
    jieba.tag(line, true).into_iter().map(token).collect()
}

/// Returns whether neighbouring words may be a term: it ends with a word that names something,
/// does not begin with a verb or an empty word, and has none within.
fn is_term(run: &[Token<'_>], empty: &HashSet<&str>) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return false;
    };
    let single = run.len() == 1;
    let begins = first.names() || (!single && first.is_of("b h a f"));
    let ends = last.names() || (!single && last.kind == "v" && last.word.chars().count() > 1);
    begins && ends && run.iter().all(|t| t.joins() && !empty.contains(t.word))
}

/// The counts of a possible term.
struct Seen {
    count: usize,
    words: usize,
    rarity: f64,
    before: HashMap<String, usize>,
    after: HashMap<String, usize>,
}

impl Seen {
    /// Returns whether it is a part only: nearly always the same word is beside it.
    fn is_part(&self) -> bool {
        let most = |beside: &HashMap<String, usize>| beside.values().max().copied().unwrap_or(0);
        most(&self.before).max(most(&self.after)) * 10 > self.count * 9
    }
}

/// Returns how rare these words are in other texts: the mean of their rarities.
fn rarity<'a>(jieba: &Jieba, words: impl Iterator<Item = &'a str>) -> f64 {
    let (mut sum, mut n) = (0.0, 0.0);
    for word in words {
        // a word that the dictionary does not have is rare
        let known = jieba.has_word(word);
        let frequency = if known { jieba.suggest_freq(word) } else { 1 };
        sum += (60_000_000.0 / (1.0 + float(frequency))).ln();
        n += 1.0;
    }
    sum / f64::max(n, 1.0)
}

/// Converts a count to weigh with; counts are far below where that is inexact.
fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Returns the weightiest terms.
fn choose(text: &str, counts: HashMap<String, Seen>, total: usize, most: usize) -> Vec<Word> {
    let least = if total > 300 { 3 } else { 2 };
    let fits = |s: &Seen| s.count >= least && !s.is_part();
    let mut all: Vec<(String, Seen)> = counts.into_iter().filter(|(_, s)| fits(s)).collect();
    let weight = |word: &str, s: &Seen| {
        let length = float(word.chars().count()).sqrt();
        float(s.count) * s.rarity.powf(2.5) * length * if s.words > 1 { 1.15 } else { 1.0 }
    };
    all.sort_by(|(a, seen_a), (b, seen_b)| {
        let order = weight(b, seen_b).total_cmp(&weight(a, seen_a));
        order.then_with(|| a.cmp(b))
    });
    let mut chosen: Vec<(String, usize)> = Vec::new();
    for (word, seen) in all {
        if chosen.len() >= most {
            break;
        }
        // a longer term that occurs nearly as often says more; a piece of one says nothing new
        let repeats = |(c, n): &(String, usize)| {
            c.contains(&word) && seen.count * 4 < n * 5
                || word.contains(c.as_str()) && seen.count * 4 < *n
        };
        if !chosen.iter().any(repeats) {
            chosen.retain(|(c, n)| !(word.contains(c.as_str()) && *n * 4 < seen.count * 5));
            chosen.push((word, seen.count));
        }
    }
    let counted = |word: String| {
        let query = Query::compile(&word, How::Exact).ok().flatten();
        Word {
            count: query.map_or(0, |q| q.find(text).len()),
            text: word,
        }
    };
    chosen.into_iter().map(|(word, _)| counted(word)).collect()
}

/// Splits a long line into pieces that end at a stop.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = crate::text::cluster::floor(rest, MAX_LINE_BYTES);
        let head = rest.get(..at).filter(|_| at < rest.len());
        let stop = head.and_then(|head| head.rfind('。'));
        let cut = stop.map_or(at, |i| i + '。'.len_utf8());
        let (piece, after) = rest.split_at_checked(cut.max(1)).unwrap_or((rest, ""));
        rest = after;
        Some(piece)
    })
}
