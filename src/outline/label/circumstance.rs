//! Circumstances in front of a claim: place, time, aim, cause, condition, concession, view.

use super::clause::{ClauseMark, Clauses, chars};
use super::opener::is_opener;
use super::predicate::{has_sign, is_noun, measure};
use crate::text::words::Words;

/// Words that begin a subordinate clause.
static SUBORDINATE: Words = Words::new(
    "随着 伴随 由于 因为 为了 为使 为便于 如果 若果 若是 倘若 倘 假如 假使 假若 要是 只要 除非 虽然 虽说 \
    虽 尽管 即使 即便 就算 纵使 纵然 哪怕 不论 无论 不管 鉴于 有鉴于 基于 面对 考虑到 除了 每当 一旦 \
    既然 正如 自从 自 等到 假设 要不是 如 若 因 作为",
);

/// Words that begin a topic: what is said of it follows the comma.
static TOPICS: Words = Words::new("对于 针对 关于 至于");

/// Words that begin a circumstance where a word of place or time ends it.
static PLACES: Words = Words::new(
    "在 当 从 到 对 就 与 同 跟 比 以 于 向 按 凭 沿 为 恰恰是在 特别是在 尤其是在 尤其在 直到 经过 经 围绕 \
    和 相对于 相较于 较之 正是在",
);

/// Words that begin a circumstance where nothing in it is a predicate.
static RELATIONS: Words = Words::new(
    "对于 对 针对 根据 按照 依照 依据 遵照 按 通过 透过 经过 关于 至于 围绕 立足 结合 本着 借助 依托 承接 \
    比照 参照 围绕着 为 以 相比 比起 就",
);

/// Words that begin like these.
static OTHERS: Words = Words::new(
    "如何 如期 如实 如同 如此 如下 若干 因此 因而 因地 因人 因势 因素 因材 为什么 为何 为人 为民 为此 为主 对外 \
    对内 对口 对策 对象 对照 对比 对接 当前 当然 当地 当家 当好 当代 当中 当年 当时 当今 当局 当场 当众 当事 当选 自己 自主 自我 自觉 自然 自由 \
    自信 自愿 自力 自行 自身 自律 自建 到位 从严 从事 从优 从重 从小 按时 按期 按劳 按需 在职 在线 在于 在校 \
    就业 就近 就地 就是 与时俱进 同步 同心 同时 同意 和谐 和平 比较 比例 比重 比赛 以便 以免 以及 以此 以人为本 \
    以身作则 以往 以前 以后 向来 经济 经营 经验 经费 经常 通过率 自从容 虽",
);

/// Ends of place and time.
static ENDS: Words = Words::new(
    "下 中 上 里 内 外 间 时 后 前 际 期间 以来 来看 来说 而言 来讲 说来 看来 起 时候 时期 阶段 同时 为例 一样 \
    相比 起见 的话 方面 时代 年代 之余 出发 年 月 日 今天 途中 过程 条件 来 初期",
);

/// Ends of time that need no word before them.
static TIMES: Words = Words::new(
    "期间 以来 之后 之前 以后 以前 之际 当中 时候 的时期 的时代 后 时 过程中 执行中 年 月 日 年来 的话 来看 来说 而言 \
    来讲 说来 年底 年初 初期 起见 看来",
);

/// Words that end like them.
static NO_TIMES: Words =
    Words::new("落后 及时 按时 同时 准时 一时 滞后 随时 有时 万年 少年 青年 来年 殿后 先后");

/// Times that are clauses.
static TIME_NAMES: Words = Words::new(
    "目前 当前 近期 近年来 近些年来 这些年来 现在 如今 今后 今天 眼下 过去 以往 当下 未来 此前 此后 随后 后来 \
    最近 长期以来 一直以来 多年来 历史上 理论上 原则上 总体上 事实上 现实中 实践中 生活中 长远看 长期看 短期看 \
    另一方面 从前 早期",
);

/// Words that begin an addition to the clause before: that clause was no circumstance.
static ADDITIONS: Words = Words::new(
    "其中 包括 比如 例如 譬如 如 即 也就是 从而 进而 使 导致 造成 致使 以便 以免 并 而且 或 以及 尤其 特别是 \
    防止 确保 避免 以至 是",
);

/// Characters of a circumstance of time without a word before it.
const MAX_TIME_CHARS: usize = 16;

/// Characters of a place that no word ends: 在劳动场所.
const MAX_PLACE_CHARS: usize = 8;

/// Characters of the means in front of what is done by them.
const MIN_MEANS_CHARS: usize = 4;

/// Characters of what is done by means in the same clause.
const MIN_ACT_CHARS: usize = 4;

/// Returns whether clause `i` is a circumstance of what follows.
pub fn is_circumstance(clauses: &Clauses, i: usize) -> bool {
    if clauses.mark(i) != ClauseMark::Comma || i + 1 >= clauses.len() {
        return false;
    }
    let (words, next) = (clauses.words(i), clauses.words(i + 1));
    if is_subordinate(words) || TIME_NAMES.has(words) {
        return true;
    }
    let goes_on = ADDITIONS.starts(next) || is_opener(clauses, i + 1);
    !goes_on && (is_place(words) || is_relation(words) || is_time(words))
}

/// Returns whether a clause is a circumstance, whatever follows it.
pub fn stands_in_front(words: &str) -> bool {
    let words = words.strip_prefix("那么").unwrap_or(words);
    let is_front = is_subordinate(words) || TIME_NAMES.has(words);
    let is_time = || is_time(words) && !has_sign(words);
    is_front || is_place(words) || is_relation(words) || is_time()
}

/// Returns whether a clause is subordinate: 随着…, 如果…. One that ends with its main clause is
/// not.
fn is_subordinate(words: &str) -> bool {
    let rest = SUBORDINATE.strip_prefix(words);
    let has_main = |rest: &str| rest.contains(['就', '才', '却', '便', '仍', '而', '则']);
    // a subject may stand in front: 租户如果不愿意
    let inside = || {
        let places = words.char_indices().skip(1).take(6);
        let mut rests = places.filter_map(|(i, _)| words.get(i..));
        rests.any(|rest| INSIDE.starts(rest))
    };
    match rest {
        Some(rest) => !OTHERS.starts(words) && !has_main(rest),
        None => inside() && !words.contains(['就', '才', '便', '则']),
    }
}

/// Words of a subordinate clause behind its subject.
static INSIDE: Words = Words::new("如果 若果 虽然 尽管 即使 只要 一旦 由于");

/// Returns whether a clause begins with a word of means or relation.
pub fn begins_relation(words: &str) -> bool {
    RELATIONS.starts(words) && !OTHERS.starts(words)
}

/// Returns whether a clause begins with a word that only looks like a preposition: 按时.
pub fn begins_otherwise(words: &str) -> bool {
    OTHERS.starts(words)
}

/// Returns whether a word of place or time ends a clause.
pub fn ends_place(words: &str) -> bool {
    ENDS.ends(words)
}

fn is_place(words: &str) -> bool {
    if !PLACES.starts(words) || OTHERS.starts(words) {
        return false;
    }
    let is_short = || words.starts_with('在') && chars(words) <= MAX_PLACE_CHARS;
    !has_demand(words) && ENDS.ends(words) || is_short() && !has_sign(words)
}

fn is_relation(words: &str) -> bool {
    let names = || TOPICS.strip_prefix(words).is_some_and(is_noun);
    // 依托老街推进夜市
    let acts = || {
        let rest = measure(words, MIN_MEANS_CHARS).and_then(|at| words.get(at..));
        rest.is_some_and(|rest| chars(rest) >= MIN_ACT_CHARS && !rest.contains('的'))
    };
    let is_open = || !has_sign(words) && !acts();
    RELATIONS.starts(words) && !OTHERS.starts(words) && (is_open() || names())
}

fn is_time(words: &str) -> bool {
    TIMES.ends(words)
        && !NO_TIMES.ends(words)
        && chars(words) <= MAX_TIME_CHARS
        && !has_demand(words)
}

/// Returns whether a clause demands or judges something.
fn has_demand(words: &str) -> bool {
    ["是", "要", "应", "必须", "把"]
        .iter()
        .any(|w| words.contains(w))
        && has_sign(words)
}
