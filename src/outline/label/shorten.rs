//! Shortens a clause that is too long to be a label, where that leaves a whole.

use super::clause::chars;
use super::{circumstance, pair, predicate};
use crate::text::words::Words;
use std::ops::Range;

/// Characters of a label.
pub const MAX_CLAIM_CHARS: usize = 24;

/// Characters of a clause with a list in it that is shortened.
const MAX_LIST_CHARS: usize = 40;

/// Characters of a list that may end behind its 等.
const MAX_LISTED_CHARS: usize = 35;

/// Members of a list that is cut between two of them.
const MIN_MEMBERS: usize = 4;

/// Characters of a label.
const MIN_SHORTENED_CHARS: usize = 8;

/// Characters of the shortest subject in front of a claim that is left out.
const MIN_SUBJECT_CHARS: usize = 4;

/// Words that begin with 等 and end no list.
static NO_ENDS: Words = Words::new("等于 等待 等级 等同 等到 等效");

/// Ends of clauses that say from what to what something changes.
static CHANGES: Words = Words::new("转变 转化 转型 转移 过渡 发展 迈进 跨越 延伸 拓展 升级");

/// Returns the part of a clause that may stand for it, in bytes.
pub fn shorten(words: &str) -> Range<usize> {
    let whole = 0..words.len();
    if chars(words) <= MAX_CLAIM_CHARS {
        return whole;
    }
    without_bracket(words)
        .or_else(|| change(words))
        .or_else(|| list(words))
        .or_else(|| pair(words))
        .or_else(|| demand(words))
        .or_else(|| means(words))
        .unwrap_or(whole)
}

/// Returns the part of several clauses that may stand for them: a construction with two parts
/// that a subject stands before.
pub fn begin_at_pair(words: &str) -> Range<usize> {
    let whole = 0..words.len();
    if chars(words) <= MAX_CLAIM_CHARS {
        return whole;
    }
    pair(words).unwrap_or(whole)
}

/// Leaves out the bracket that ends a clause.
fn without_bracket(words: &str) -> Option<Range<usize>> {
    let open = words.strip_suffix(['）', ')'])?.rfind(['（', '('])?;
    let rest = words.get(..open)?.trim_end();
    (chars(rest) > 3).then_some(0..rest.len())
}

/// Leaves out from what something changes: 由山路向水路转变.
fn change(words: &str) -> Option<Range<usize>> {
    let from = words.find(['由', '从'])?;
    let to = words.rfind('向').filter(|to| *to > from)?;
    let rest = words.get(to..)?;
    (CHANGES.ends(words) && chars(rest) >= MIN_SHORTENED_CHARS).then_some(to..words.len())
}

/// Begins at the first part of a construction: 对于修渠既要有耐心又要有本钱.
fn pair(words: &str) -> Option<Range<usize>> {
    claim_at(words, pair::inside(words)?)
}

/// Leaves out who shall do something: 各村和镇上的水管站应当….
fn demand(words: &str) -> Option<Range<usize>> {
    let at = predicate::demand(words, MIN_SUBJECT_CHARS)?;
    let subject = words.get(..at)?;
    (!predicate::has_sign(subject)).then(|| claim_at(words, at))?
}

/// Leaves out by what means something is done: 依托老街的空房推进….
fn means(words: &str) -> Option<Range<usize>> {
    if !circumstance::begins_relation(words) {
        return None;
    }
    let at = predicate::measure(words, MIN_SUBJECT_CHARS)?;
    let means = words.get(..at)?;
    (!predicate::has_sign(means)).then(|| claim_at(words, at))?
}

/// Returns the words from byte `at` on, if they are as long as a label should be.
fn claim_at(words: &str, at: usize) -> Option<Range<usize>> {
    let length = chars(words.get(at..)?);
    (MIN_SHORTENED_CHARS..=MAX_CLAIM_CHARS)
        .contains(&length)
        .then_some(at..words.len())
}

/// Shortens a list: to the words that name it behind 等, up to its 等, to its first members.
fn list(words: &str) -> Option<Range<usize>> {
    if chars(words) <= MAX_LIST_CHARS || words.matches('、').count() + 1 < MIN_MEMBERS {
        return None;
    }
    let end = words.char_indices().rev().find(|(i, c)| {
        let rest = words.get(*i..).unwrap_or_default();
        *c == '等' && !NO_ENDS.starts(rest)
    });
    let end = end.map(|(i, c)| i + c.len_utf8());
    let end = end.filter(|end| words.get(..*end).is_some_and(|list| list.contains('、')));
    if let Some(end) = end {
        let (listed, name) = words.split_at(end);
        if (MIN_SHORTENED_CHARS..=MAX_CLAIM_CHARS).contains(&chars(name))
            && !predicate::begins(name)
        {
            return Some(end..words.len());
        }
        if chars(listed) <= MAX_LISTED_CHARS {
            return Some(0..end);
        }
    }
    let fits = |i: &usize| {
        let listed = words.get(..*i).unwrap_or_default();
        chars(listed) <= MAX_CLAIM_CHARS && listed.matches('、').count() + 1 >= MIN_MEMBERS
    };
    let mut members = words.match_indices('、').map(|(i, _)| i);
    members.rfind(fits).map(|i| 0..i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_clauses_are_cut_where_a_whole_is_left() {
        for (words, wanted) in [
            (
                "食堂的饭菜要由原来的一口大锅、统一配给的做法向分窗口自选的做法转变",
                "向分窗口自选的做法转变",
            ),
            (
                "修好沿河两岸年久失修的石头台阶和扶手（台阶有六十级）",
                "修好沿河两岸年久失修的石头台阶和扶手",
            ),
            (
                "登记祠堂、戏台、水井、古树、碑刻、牌坊、老桥、渡口、凉亭、晒场、碾坊、粮仓、窑址、界碑等村里留下来的老东西",
                "村里留下来的老东西",
            ),
            ("先修支渠", "先修支渠"),
        ] {
            assert_eq!(words.get(shorten(words)), Some(wanted));
        }
    }
}
