//! Cuts the question out of a line of an interview: without who asks and the courtesies.

use super::clause::{ClauseMark, Clauses, chars};
use crate::text::words::Words;
use std::ops::Range;

/// The names of one who asks, before a colon.
static ASKERS: Words = Words::new("记者 问 主持人 采访者 提问 提问者 访谈者 编者 本报记者");

/// Words that begin a courtesy.
static COURTESIES: Words =
    Words::new("您好 你好 大家好 感谢 谢谢 多谢 欢迎 很高兴 很荣幸 请问 打扰 祝贺 恭喜");

/// Ends of how somebody is addressed.
static ADDRESSES: Words = Words::new("老师 先生 女士 教授 主任 院长 博士 师傅 校长 书记 总 导演");

/// Words of a question that names no matter: 您怎么看, 为什么.
static MATTERLESS: Words = Words::new(
    "那么 那 您 你 对此 对于这 对这 这个 这 是 有 怎么 怎样 如何 为什么 什么 哪些 看待 看 想 理解 评价 办 做 呢 吗 \
    会 能 的 一 下 谈谈 吧 想法 看法 具体 问题 现象 情况 请",
);

/// Characters of an address.
const MAX_ADDRESS_CHARS: usize = 8;

/// Characters that are left of a question without a matter.
const MAX_MATTER_CHARS: usize = 1;

/// Returns the question of a line in simplified characters, in bytes, if somebody asks it or a
/// courtesy stands before it. A question that names no matter makes way for the sentence before.
pub fn question(line: &str) -> Option<Range<usize>> {
    let clauses = Clauses::new(line);
    let asks = |i: &usize| clauses.mark(*i) == ClauseMark::Question;
    let end = (0..clauses.len()).rfind(asks)?;
    let is_front = |i: &usize| is_asker(&clauses, *i) || is_courtesy(&clauses, *i);
    let front = (0..end).take_while(is_front).count();
    if front == 0 {
        return None;
    }
    let mut from = sentence_start(&clauses, end).max(front);
    let mut to = end;
    while from < to && is_courtesy(&clauses, from) {
        from += 1;
    }
    if from > front && has_no_matter(clauses.span(from, to)) {
        to = from - 1;
        from = sentence_start(&clauses, to).max(front);
    }
    Some(clauses.get(from)?.start..clauses.get(to)?.end)
}

/// Returns the first clause of the sentence that clause `i` is in.
fn sentence_start(clauses: &Clauses, i: usize) -> usize {
    let ends = |j: &usize| matches!(clauses.mark(*j), ClauseMark::Stop | ClauseMark::Question);
    (0..i).rfind(ends).map_or(0, |j| j + 1)
}

fn is_asker(clauses: &Clauses, i: usize) -> bool {
    i == 0 && clauses.mark(i) == ClauseMark::Colon && ASKERS.has(clauses.words(i))
}

fn is_courtesy(clauses: &Clauses, i: usize) -> bool {
    let words = clauses.words(i);
    let is_address = || {
        clauses.mark(i) == ClauseMark::Comma
            && ADDRESSES.ends(words)
            && chars(words) <= MAX_ADDRESS_CHARS
    };
    COURTESIES.starts(words) && clauses.mark(i) != ClauseMark::Question || is_address()
}

/// Returns whether a question holds nothing but words of asking.
fn has_no_matter(words: &str) -> bool {
    let (mut rest, mut left) = (words, 0);
    while let Some(c) = rest.chars().next() {
        let after = MATTERLESS.strip_prefix(rest);
        left += usize::from(after.is_none() && c.is_alphanumeric());
        rest = after.or(rest.get(c.len_utf8()..)).unwrap_or_default();
    }
    left <= MAX_MATTER_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_stand_without_who_asks() {
        for (line, wanted) in [
            (
                "记者：您好！感谢您接受采访。夜市为什么要换人来管？",
                Some("夜市为什么要换人来管"),
            ),
            ("问：租金呢？", Some("租金呢")),
            ("您好，林老师，路灯由谁来修？", Some("路灯由谁来修")),
            ("记者：听说租金也要改。您怎么看？", Some("听说租金也要改")),
            ("电费：由谁出？", None),
            ("夜市办了两年。今年为什么换人？", None),
        ] {
            let found = question(line).and_then(|range| line.get(range));
            assert_eq!(found, wanted, "{line}");
        }
    }
}
