//! Decides which words are markers: 第一, 首先, 一是, 其一, 一方面.
//!
//! Each list of words is one fact about Chinese.

use super::context::{Confidence, Context, Preceding};
use super::family::{Family, Ordinal};
use super::marker::Marker;
use crate::text::words::Words;
use crate::text::{letter, numeral};

/// Function words that begin a clause but never a name: before one of them, 第三 is a marker.
static CLAUSE_WORDS: Words = Words::new(
    "在 对 从 由 以 为 给 让 使 被 跟 如 若 就 也 还 又 才 更 不 没 未 无 别 勿 莫 必 须 应 该 可 \
    能 会 要 得 想 我 你 他 她 它 这 那 有 是 通过 按 依 根据 因 只 把 请 切 既 虽 即 但 凡 千万 \
    大家 则",
);

/// Names that begin like function words.
static NAMES_LIKE_CLAUSES: Words = Words::new(
    "在职 在校 在岗 在读 为人 把手 把交 把火 把椅 会议 会场 会员 应用 能源 能级 必修 有机 无机 \
    以太 可用 别墅 这 那里 要务 要素 要义 要件 要人 要点 要塞 要犯 要领 是非 对夫 对外 由来 不动",
);

/// Verbs with which a demand is made: 第一抓…，第二抓…
static DEMANDS: Words = Words::new(
    "抓 看 讲 坚持 凭 加强 加快 推进 推动 完善 建立 健全 落实 深化 提高 提升 优化 打造 构建 注重 \
    突出 发挥 增强 扩大 强化 着力 积极 严格 切实 牢固 牢牢 大力 扎实 进一步 必须 应当 我们",
);

/// Names that begin like such verbs.
static NAMES_LIKE_DEMANDS: Words = Words::new("看台 看点 看守 看护 讲堂 讲师 讲台 抓手");

/// Measure words and parts that 第一 counts in running text; longer ones first.
static MEASURES: Words = Words::new("方面 阶段 层面 部分 个 条 道 点 种 类 步 项 层 大 关 件 重");

/// Occasions that 第一 counts at the heads of lines: 第一次：.
const OCCASIONS: [char; 5] = ['次', '回', '天', '轮', '期'];

/// Nouns that say only that there is a count: 第一个方面, 第二件事.
static COUNTED_NOUNS: Words = Words::new(
    "方面 层面 阶段 步骤 事情 事 工作 任务 原因 理由 问题 特点 特征 好处 坏处 意思 含义 意义 层次 \
    因素 条件 办法 方法 措施 途径 要求 意见 建议 变化 转变 优势 优点 缺点 难点 困难 情况 情形 \
    观点 看法 原则 目标 表现 关系 作用 误区 环节 教训 经验 矛盾 考虑 道理 内容 类型",
);

/// Characters from 第一 to the word that joins 第二 to it: 第一段和第二段.
const MAX_CHARS_TO_JOINT: usize = 2;

/// Names with 第一 that count nothing: 第一要务.
static NAMES_WITH_ORDER: Words = Words::new("要务 要素 要义 要件 要人 是非 点名 要领");

/// Verbs right behind 第一 with which it counts: 第一是, 第一靠.
static VERBS_OF_ORDER: Words = Words::new("就是 就要 是 为 则 要 点 在 靠");

/// Verbs and marks behind a counted noun: 第一个方面是.
static VERBS_OF_COUNTED: Words = Words::new("是 就是 则是 ， , ： : 、 在于 叫 要");

/// Words of thanks and wishes. Behind 最后 they close the article, not a count: 最后，感谢….
static LEAVE_TAKING: Words = Words::new("感谢 谢谢 鸣谢 祝 愿大家 再次感谢");

const COLONS: [char; 2] = ['：', ':'];

/// Nouns that 一则 counts: 一则消息.
static PIECES_OF_NEWS: Words =
    Words::new("消息 新闻 故事 广告 启事 笑话 寓言 报道 日记 通知 短信 微博");

/// Returns whether a clause begins here, by a word that is not a name.
pub fn begins_clause(text: &str) -> bool {
    CLAUSE_WORDS.starts(text) && !NAMES_LIKE_CLAUSES.starts(text)
}

/// Judges a word that begins a line.
pub fn at_line_head(context: &Context<'_>) -> Option<(Marker, Confidence)> {
    let marker = context.marker;
    let confidence = match confidence(context, true)? {
        // 最后学收篙 heads its line only in step with its fellows
        Confidence::Bare if marker.family == Family::First => Confidence::Bare,
        Confidence::Bare | Confidence::Doubtful => return None,
        // 一个是
        _ if marker.family == Family::Is
            && context.text.starts_with('一')
            && marker.len > "一是".len() =>
        {
            Confidence::Weak
        }
        _ => Confidence::Clear,
    };
    Some((marker, confidence))
}

/// Judges a word by the words behind it, at the head of a line or inside a paragraph; `None`
/// where it is none.
pub fn confidence(context: &Context<'_>, at_head: bool) -> Option<Confidence> {
    match context.marker.family {
        Family::Order => order(context, at_head),
        Family::First => step(context, at_head),
        // 一个是山，二是水
        Family::Is if context.is_one_of() => Some(Confidence::Weak),
        _ if is_part_of_word(context) => None,
        _ => Some(Confidence::Clear),
    }
}

fn clear_if(is_clear: bool) -> Confidence {
    if is_clear {
        Confidence::Clear
    } else {
        Confidence::Weak
    }
}

/// Returns whether the marker and what follows are other words.
fn is_part_of_word(context: &Context<'_>) -> bool {
    let next = context.next();
    match context.marker.family {
        // 其一些, 其一生
        Family::Its => context.next_in("些生切贯定般直旦次身家个十百千之中者"),
        Family::Is => is_verdict(context),
        // 一要素
        Family::Want => context.next_in("素务件点义道职旨领塞"),
        // 第一方面临
        Family::Side => context.text.starts_with('第') && context.next_in("临对积世试军"),
        Family::Come | Family::Then => {
            next.is_some_and(numeral::is_han_numeral)
                || context.next_in("往回去")
                || (context.marker.family == Family::Then && PIECES_OF_NEWS.starts(context.after))
        }
        _ => false,
    }
}

/// 一是一，二是二, and 此亦一是非，彼亦一是非; but 一是一带四区 and 一是非要… count.
fn is_verdict(context: &Context<'_>) -> bool {
    let mut chars = context.after.chars();
    let Some(next) = chars.next() else {
        return false;
    };
    let in_word = chars
        .next()
        .is_some_and(|c| letter::is_letter(c) && !numeral::is_han_numeral(c));
    let number = context.marker.ordinal.number();
    let repeats = numeral::han(next.encode_utf8(&mut [0; 4])) == Some(number);
    !in_word && (repeats || (number == 1 && next == '非'))
}

/// 首先 其次 再次 然后 最后. Without a mark 再次 and 最后 count only in step with their fellows
/// (首先把…；其次把…；最后把…), which the series decides.
fn step(context: &Context<'_>, at_head: bool) -> Option<Confidence> {
    let is_set_off = context.is_set_off();
    let opens_sentence = context.preceding.opens_sentence();
    let bare = if opens_sentence {
        Some(Confidence::Bare)
    } else {
        (context.preceding != Preceding::Word).then_some(Confidence::Doubtful)
    };
    let takes_leave = context.after.trim_start_matches(['，', ',']);
    match context.marker.ordinal {
        Ordinal::Number(_) => Some(clear_if(is_set_off || context.next_in("是的要"))),
        // also "again": 再次三思
        Ordinal::Next if context.text.starts_with("再次") => {
            if is_set_off || context.next_in("是要") {
                Some(Confidence::Clear)
            } else {
                bare
            }
        }
        Ordinal::Next => Some(clear_if(
            is_set_off || context.next_in("是的要还应从就则在") || opens_sentence,
        )),
        Ordinal::Then => (is_set_off || context.next_in("是要")).then_some(Confidence::Clear),
        Ordinal::Last if LEAVE_TAKING.starts(takes_leave) => None,
        Ordinal::Last if is_set_off => Some(Confidence::Clear),
        Ordinal::Last if context.next_in("是要还就则的才") => Some(clear_if(at_head)),
        Ordinal::Last => bare,
    }
}

/// 第一 with the text behind it.
struct Order<'a> {
    context: &'a Context<'a>,
    after: &'a str,
    /// The text behind a measure word, if one is there.
    measured: Option<&'a str>,
    at_head: bool,
}

/// A fact about the text behind 第一, and what 第一 is where it holds.
type OrderFact = (fn(&Order<'_>) -> bool, Option<Confidence>);

/// The facts that decide what 第一 is; the first that holds does.
const ORDER_FACTS: [OrderFact; 16] = [
    // 第一至第二级, 第一段和第二段
    (
        |o| !o.at_head && (leads_to_next(o.after) || o.context.prev_in("至和及与跟或")),
        None,
    ),
    // 第一、第二产业
    (|o| is_list_of_ranks(o.after), None),
    // 第一，
    (|o| o.context.is_set_off(), Some(Confidence::Clear)),
    // 第1步：, not 第1产业
    (
        |o| is_arabic(o) && o.measured.is_some_and(|rest| rest.starts_with(COLONS)),
        Some(Confidence::Clear),
    ),
    (is_arabic, None),
    // 第一要务
    (|o| NAMES_WITH_ORDER.starts(o.after), None),
    // 第一是
    (
        |o| VERBS_OF_ORDER.starts(o.after) && !NAMES_LIKE_CLAUSES.starts(o.after),
        Some(Confidence::Clear),
    ),
    // 第一个问题是
    (is_introduced, Some(Confidence::Clear)),
    // 第一个问题
    (
        |o| o.measured.is_some() && o.at_head,
        Some(Confidence::Weak),
    ),
    (|o| o.measured.is_some(), Some(Confidence::Doubtful)),
    // 第一本账：
    (
        |o| o.at_head && has_short_name(o.after),
        Some(Confidence::Clear),
    ),
    // 第一次：, not 第一次来
    (is_occasion_with_mark, Some(Confidence::Clear)),
    (|o| o.at_head && o.after.starts_with(OCCASIONS), None),
    // 第一抓
    (makes_demand, Some(Confidence::Clear)),
    // 第一在
    (
        |o| o.context.preceding.opens_sentence() && begins_clause(o.after),
        Some(Confidence::Bare),
    ),
    // 第一产业
    (
        |o| o.after.starts_with(letter::is_letter),
        Some(Confidence::Doubtful),
    ),
];

/// 第一，第一是 第一个是; not 第一产业, 第一次, 第一要务.
fn order(context: &Context<'_>, at_head: bool) -> Option<Confidence> {
    let order = Order {
        context,
        after: context.after,
        measured: MEASURES.strip_prefix(context.after),
        at_head,
    };
    let mut facts = ORDER_FACTS.iter();
    let (_, confidence) = facts.find(|(holds, _)| holds(&order))?;
    *confidence
}

fn is_arabic(order: &Order<'_>) -> bool {
    let number = order.context.text.trim_start_matches('第');
    number.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns whether a measure word introduces what is counted: 第一个问题是.
fn is_introduced(order: &Order<'_>) -> bool {
    let (measured, Some(rest)) = (order.after, order.measured) else {
        return false;
    };
    let named = COUNTED_NOUNS.strip_prefix(rest);
    VERBS_OF_COUNTED.starts(rest)
        || named.is_some_and(|rest| VERBS_OF_COUNTED.starts(rest))
        || (measured.starts_with('步') && (begins_clause(rest) || rest.starts_with(['先', '再'])))
        || (measured.starts_with("部分") && rest.starts_with(['讲', '说', '谈', '论']))
}

fn is_occasion_with_mark(order: &Order<'_>) -> bool {
    let rest = order.after.strip_prefix(OCCASIONS);
    order.at_head && rest.is_some_and(|rest| rest.starts_with(['：', ':', '，', ',']))
}

fn makes_demand(order: &Order<'_>) -> bool {
    order.context.preceding != Preceding::Word
        && DEMANDS.starts(order.after)
        && !NAMES_LIKE_DEMANDS.starts(order.after)
}

/// Returns whether a word joins an ordinal to the next one: 第一至第二级, 第一段和第二段.
fn leads_to_next(after: &str) -> bool {
    let is_joined = |joint: usize| {
        let mut chars = after.chars().skip(joint);
        let joins = chars.next().is_some_and(|c| "至到和及与跟或".contains(c));
        joins && chars.next() == Some('第')
    };
    (0..=MAX_CHARS_TO_JOINT).any(is_joined)
        && !after
            .chars()
            .take(MAX_CHARS_TO_JOINT)
            .any(|c| "，。；：、".contains(c))
}

/// 第一、第二产业; 第一、二、三产业.
fn is_list_of_ranks(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(['、', '，']) else {
        return false;
    };
    rest.starts_with('第') || (after.starts_with('、') && rest.starts_with(numeral::is_han_numeral))
}

/// 第一本账：…第二本账：… whatever it is that is counted.
fn has_short_name(after: &str) -> bool {
    const MAX_NAME_CHARS: usize = 6;
    let name = after.chars().take_while(|c| c.is_alphabetic());
    let chars = name.take(MAX_NAME_CHARS + 1).count();
    let colon = after.chars().nth(chars);
    (1..=MAX_NAME_CHARS).contains(&chars) && colon.is_some_and(|c| COLONS.contains(&c))
}
