//! Empty openers: who speaks, set phrases, connectives.

use super::clause::{ClauseMark, Clauses, chars};
use crate::text::words::Words;

/// Verbs of saying and of showing that end a clause of who speaks.
static SAYING: Words = Words::new(
    "说 说道 认为 以为 指出 表示 强调 直言 坦言 透露 提到 谈到 说到 写道 问道 答道 笑道 叹道 告诉我们 \
    告诉记者 看来 觉得 相信 承认 表明 回忆 宣称 声称 看到 想到 感到 料到 意识到 预期到 预料到 注意到 \
    认识到 感觉到 体会到 了解到 观察到 \
    获悉 得知",
);

/// Verbs of saying that are also what somebody shall do: 事后要简短分析.
static ACTING: Words =
    Words::new("介绍 建议 提出 发现 证明 显示 提示 明确 补充 分析 评论 呼吁 主张");

/// Words of a clause that demands.
const DEMAND_SIGNS: [char; 6] = ['要', '应', '须', '必', '可', '把'];

/// Nouns that end with such a word.
static NO_SAYING: Words = Words::new("学说 小说 不明确 更明确 进一步明确 合理建议 传说 评论 据说");

/// Words that begin like a source: 据点.
static NO_CITING: Words = Words::new("据点 据守 据理 据为 据此 据实");

/// Set phrases that say nothing of their own.
static PHRASES: Words = Words::new(
    "众所周知 举例说 比如说 比如 例如 譬如 换言之 换句话说 简言之 说到底 归根结底 事实上 \
    实际上 其实 当然 显然 诚然 的确 确实 老实说 必须承认 必须看到 应当看到 应该看到 要看到 \
    要知道 须知 应当说 应该说 可以说 可以看到 不可否认 毋庸置疑 毋庸讳言 毫无疑问 无疑 同时 与此同时 \
    此外 另外 再者 因此 因而 所以 为此 对此 有鉴于此 不过 然而 但是 可是 于是 总之 \
    综上 综上所述 综合以上 由此可见 由此看来 可见 也就是说 或者说 我觉得 我认为 我想 依我看 \
    笔者认为 个人认为 正因如此 正因为如此 正是因此 具体说 \
    简单说 首先 其次 最后 除此之外 \
    相反 反之 反过来 持平一点 首先必须 话虽如此 在此基础上 这样一来 如此一来",
);

/// Ends of a short phrase of how something is said: 总的来说, 坦率地说.
static MANNERS_OF_SAYING: Words =
    Words::new("来说 说来 来讲 而言 来看 地说 地讲 说起来 看来 上看 的看");

/// Characters of such a phrase.
const MAX_MANNER_CHARS: usize = 4;

/// Characters of a clause of who speaks.
const MAX_SPEAKER_CHARS: usize = 40;

/// Returns whether clause `i` is an opener.
pub fn is_opener(clauses: &Clauses, i: usize) -> bool {
    let words = clauses.words(i);
    let has_comma = matches!(clauses.mark(i), ClauseMark::Comma | ClauseMark::Colon);
    has_comma && i + 1 < clauses.len() && introduces(words)
}

/// Returns whether a clause only introduces, whatever follows it.
pub fn introduces(words: &str) -> bool {
    is_phrase(words) || says(words)
}

/// Returns whether a clause is a set phrase: 实际上, 需要指出的是.
fn is_phrase(words: &str) -> bool {
    let is_manner = || MANNERS_OF_SAYING.ends(words) && chars(words) <= MAX_MANNER_CHARS;
    let is_thing = || words.ends_with("的是") && chars(words) <= MAX_SPEAKER_CHARS;
    PHRASES.has(words) || is_manner() || is_thing()
}

/// Returns whether a clause says only who speaks: 老会计说, 实践反复表明.
fn says(words: &str) -> bool {
    let acts = || ACTING.ends(words) && !words.contains(DEMAND_SIGNS);
    let is_said = SAYING.ends(words) || acts() || cites(words);
    is_said && !NO_SAYING.ends(words) && chars(words) <= MAX_SPEAKER_CHARS
}

/// Returns whether a clause names a source: 据了解, 据镇上的人讲.
fn cites(words: &str) -> bool {
    words.starts_with('据') && !NO_CITING.starts(words)
}
