//! Tells a clause that says nothing of its own matter: 有几点, 解决这些问题, 具体而言.

use crate::text::words::Words;

/// Words that say nothing about the matter of a paragraph, longer words before their beginnings.
static GENERIC: Words = Words::new(
    "具体 举例 举 例子 里面 例如 比如 譬如 为此 对此 因此 因而 所以 因为 \
    由于 主要 包括 以下 如下 下列 下面 上述 以上 这些 这种 这个 这几 那些 其中 其 它 他们 我们 他 我 问题 方面 原因 \
    情况 表现 体现 意思 \
    结果 着重 重点 着手 入手 发力 突破 取得 做好 做到 做 解决 改变 有效 实现 进一步 明确 说明 看 来 去 \
    认为 大致 大体 一般 通常 目前 当前 至少 需要 需 应该 应当 应 必须 要 可以 可 能 有 是 在 从 于 的 了 也 还 都 \
    就 则 即 分为 分 为 由 对 和 提出 得 到 上 中 下 努力 事 此 这 那",
);

/// Numbers before a measure: 几点, 两种.
const SERIES_NUMBERS: &str = "一二两三四五六七八九十几多数";

/// Measures behind a number.
const SERIES_MEASURES: &str = "个点种条类项件层重方步块";

/// Words that announce a series without a number.
static FORWARD_WORDS: Words = Words::new("以下 如下 下列 下面");

/// Beginnings and ends of a clause that leads on to what it names.
static LEADING_ON: Words = Words::new("主要的 主要 具体的 具体 其中 其 大致");
static LED_ON: Words = Words::new("如下 在于 包括 是 有 为");

/// Characters of what such a clause names.
const MAX_NAMED_CHARS: usize = 4;

/// Characters of the noun that ends an announcement.
const MAX_COUNTED_CHARS: usize = 2;

/// Characters that are left over from generic words at the most.
const MAX_LEFT_CHARS: usize = 1;

/// Returns whether a clause in simplified characters holds nothing but generic words.
pub fn is_empty(clause: &str) -> bool {
    if only_leads_on(clause) {
        return true;
    }
    let (mut rest, mut left) = (clause, 0);
    while let Some(c) = rest.chars().next() {
        if let Some(after) = after_counted(rest).or_else(|| GENERIC.strip_prefix(rest)) {
            rest = after;
            continue;
        }
        left += usize::from(c.is_alphanumeric());
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    left <= MAX_LEFT_CHARS
}

/// Returns whether a clause only leads on to what it names: 主要做法是, 具体措施有.
fn only_leads_on(clause: &str) -> bool {
    let named = LEADING_ON.strip_prefix(clause);
    let named = named.and_then(|rest| LED_ON.strip_suffix(rest));
    named.is_some_and(|named| named.chars().count() <= MAX_NAMED_CHARS)
}

/// Returns whether a clause in simplified characters says that a series follows: 有三个原因.
pub fn announces(clause: &str) -> bool {
    let mut places = clause.char_indices().map(|(i, _)| i);
    FORWARD_WORDS.occur_in(clause)
        || places.any(|i| {
            clause
                .get(i..)
                .is_some_and(|rest| after_count(rest).is_some())
        })
}

/// Returns whether a clause ends with more than one of what it counts: 分成三个派别.
pub fn counts(clause: &str) -> bool {
    let mut places = clause.char_indices().filter_map(|(i, _)| clause.get(i..));
    places.any(|rest| {
        let counted = after_count(rest).filter(|_| !rest.starts_with(['一', '1']));
        counted.is_some_and(|noun| noun.chars().count() <= MAX_COUNTED_CHARS * 2)
    })
}

/// Returns what follows a count and the noun that ends the clause with it: 两个方面的内容.
fn after_counted(text: &str) -> Option<&str> {
    let rest = after_count(text)?;
    // 方 is a measure of its own
    let noun = rest.strip_prefix("面的").or(rest.strip_prefix('的'));
    let noun = noun.unwrap_or(rest);
    let noun = noun.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_last = noun.chars().count() <= MAX_COUNTED_CHARS;
    Some(if is_last { "" } else { rest })
}

/// Returns what follows the number and its measure that a text begins with.
fn after_count(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| SERIES_NUMBERS.contains(c) || c.is_ascii_digit());
    let after = rest.trim_start_matches(|c: char| SERIES_MEASURES.contains(c));
    (rest.len() < text.len() && after.len() < rest.len()).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generic_words_say_nothing() {
        for clause in [
            "有几点",
            "解决这些问题",
            "举几个例子",
            "主要有以下三个方面",
            "至少有两种",
            "主要做法是",
            "具体措施如下",
            "这里面有两个方面的内容",
        ] {
            assert!(is_empty(clause), "{clause}");
        }
        for clause in [
            "有两件事不能等",
            "办学",
            "解决之道也有两条",
            "夜市难管有两个原因",
        ] {
            assert!(!is_empty(clause), "{clause}");
        }
    }

    #[test]
    fn a_number_with_its_measure_announces() {
        assert!(announces("夜市难管有两个原因") && announces("办法如下"));
        assert!(!announces("不是茶不好") && !announces("十分难办"));
    }
}
