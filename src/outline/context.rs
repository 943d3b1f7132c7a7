//! Judges a marker by what stands before and behind it.
//!
//! 1. [`Stop`]: what stands before it.
//! 2. [`Sign`]: how well it stands, at the head of a line and inside one.
//! 3. Words: which ones let 第一 and 首先 be markers, and which never do.

use super::style::{self, Family, Marker, Ordinal};
use crate::text::{letter, numeral};

/// What stands before a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A line begins.
    Line,
    /// 。！？
    Full,
    /// ；
    Half,
    /// ，：— quotes, brackets.
    Light,
    /// No stop.
    None,
}

/// How well a marker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// After a stop and before a mark, or a word that tells.
    Clear,
    /// A bracket that a conjunction joins to the one before it: 或（2）.
    Joined,
    /// After a full stop, before a clause that nothing sets off: 第三在….
    Bare,
    /// At the head of a line, before any word: 第三莫….
    Plain,
    /// Badly: counts only close to a clear one.
    Weak,
}

/// What a number before it counts.
const UNITS: &str = "年月日号號时時点點分秒个個人次名位岁歲元万亿萬億世多余餘天周週倍%％家所项項条條件台辆輛座公千百十平米吨噸斤亩畝户戶届屆轮輪集卷页頁版楼樓层層度种種类類成折级級月把只隻张張本册冊场場支根";

/// Whether what follows a marker at a line head lets it be one; which it is
/// where two styles look alike.
pub fn fits_head(marker: Marker, text: &str) -> Option<Marker> {
    let rest = text.get(marker.len..)?;
    let next = rest.chars().next();
    let is = |set: &str| next.is_some_and(|c| set.contains(c));
    let value = if let Ordinal::Number(n) = marker.ordinal {
        n
    } else {
        0
    };
    match marker.family {
        Family::Article if is("是，,就要") => style::read(text, false),
        Family::Part if is("是讲講说說") => style::read(text, false),
        Family::Chapter | Family::Section | Family::Part | Family::Article => next
            .is_none_or(|c| c.is_whitespace() || "：:、.．，,".contains(c) || c.is_alphanumeric())
            .then_some(marker),
        // 12.5%, 2003.4.1
        Family::Arabic => {
            (!next.is_some_and(|c| c.is_ascii_digit()) && value < 200).then_some(marker)
        }
        Family::Path(_) => (!is("%％‰倍万亿萬億元米")).then_some(marker),
        Family::BareArabic => {
            let words = rest.trim_start();
            let unit = words.chars().next().is_none_or(|c| {
                !c.is_alphanumeric() && !"“「『《〈".contains(c) || UNITS.contains(c)
            });
            let short = text.len() <= 40 * 3 && !text.ends_with(['。', '；', '，', '！']);
            let set_off =
                words.len() < rest.len() && !words.starts_with(|c: char| c.is_ascii_alphanumeric());
            (!unit && (short || set_off) && value < 100 && !text.starts_with('0')).then_some(marker)
        }
        // 一、二、三产业 counts; 一、一扇门 and 三、四个方面 head their lines
        Family::HanComma => (!rest
            .trim_start_matches(numeral::is_han_numeral)
            .starts_with('、')
            || !next.is_some_and(numeral::is_han_numeral))
        .then_some(marker),
        Family::Upper | Family::Lower | Family::Roman => {
            (!next.is_some_and(|c| c.is_ascii_alphanumeric())).then_some(marker)
        }
        _ if marker.family.is_word() => fits_word(marker, text, true, Stop::Line)
            .filter(|sign| *sign != Sign::Bare || marker.family == Family::First)
            .map(|_| marker),
        _ => Some(marker),
    }
}

/// The stop that a text ends with.
pub fn stop_before(text: &str) -> Stop {
    match text.trim_end().chars().next_back() {
        None => Stop::Line,
        Some('。' | '！' | '？' | '!' | '?' | '…' | '.') => Stop::Full,
        Some('；' | ';') => Stop::Half,
        Some(
            '，' | '：' | '—' | ',' | ':' | '-' | '“' | '”' | '‘' | '’' | '"' | '\'' | '「' | '」'
            | '『' | '』' | '（' | '）' | '(' | ')' | '〔' | '〕' | '［' | '］' | '[' | ']' | '【'
            | '】' | '《' | '》' | '〈' | '〉',
        ) => Stop::Light,
        Some(_) => Stop::None,
    }
}

/// What joins the last bracketed number of a sentence to the one before it.
const JOINS: &[&str] = &[
    "或", "或者", "和", "及", "与", "與", "并", "並", "还有", "還有",
];

/// How well an inline marker stands there (`None`: it is none).
pub fn fits_inline(marker: Marker, before: &str, text: &str, stop: Stop) -> Option<Sign> {
    let rest = text.get(marker.len..)?;
    let next = rest.chars().next();
    let prev = before.chars().next_back();
    let is = |set: &str| next.is_some_and(|c| set.contains(c));
    match marker.family {
        Family::ArabicParen
        | Family::HanParen
        | Family::StemParen
        | Family::UpperParen
        | Family::LowerParen
        | Family::Circled
        | Family::Round => {
            // A note mark, a citation, a formula: closed by a stop, a unit behind it.
            let closed = next.is_none_or(|c| {
                "。，；、！？：.,;:）)”」』".contains(c)
                    && !(marker.family == Family::HanParen && "，：".contains(c))
            });
            let joins_next = JOINS.iter().any(|w| {
                rest.strip_prefix(w)
                    .is_some_and(|r| r.starts_with(['（', '(']))
            });
            let cited = joins_next
                || is("项項条條款目节節章")
                || prev.is_some_and(|c| {
                    "第图圖表式例注註见見".contains(c) || c.is_ascii_alphanumeric()
                });
            let well = matches!(stop, Stop::Full | Stop::Half)
                || prev.is_some_and(|c| "：:，,—、".contains(c));
            let joined = JOINS.iter().any(|w| before.ends_with(w));
            let sign = if well {
                Sign::Clear
            } else {
                [Sign::Weak, Sign::Joined][usize::from(joined)]
            };
            (!closed && !cited).then_some(sign)
        }
        Family::Arabic | Family::ArabicHalf | Family::Dotted => {
            let digit = next.is_some_and(|c| c.is_ascii_digit())
                || prev.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
            if digit || matches!(prev, Some('（' | '(' | '[' | '〔')) || next.is_none() {
                return None;
            }
            // 1、修渠2、修路: without a stop only where 1 stands with one.
            let words = next.is_some_and(|c| letter::is_letter(c) && !UNITS.contains(c))
                && prev.is_some_and(letter::is_letter);
            if stop == Stop::None {
                (words && !in_brackets(before)).then_some(Sign::Weak)
            } else {
                Some(Sign::Clear)
            }
        }
        Family::Upper | Family::Lower => {
            let well = stop != Stop::None
                && !prev.is_some_and(|c| c.is_ascii() && !c.is_ascii_whitespace())
                && rest.trim_start().starts_with(|c: char| !c.is_ascii());
            well.then_some(Sign::Clear)
        }
        Family::HanComma | Family::Stem => {
            let numbers =
                next.is_some_and(|c| numeral::is_han_numeral(c) || numeral::stem(c).is_some());
            let sign = if prev == Some('，') {
                Sign::Weak
            } else {
                Sign::Clear
            };
            (!numbers && matches!(stop, Stop::Full | Stop::Half | Stop::Light)).then_some(sign)
        }
        _ if stop != Stop::None => fits_word(marker, text, false, stop),
        // Only where a series calls for it; 统一是, 唯一是, 之一是 are words.
        Family::Is => {
            let part = prev.is_some_and(|c| {
                "之唯惟统統万萬专專同如合归歸划劃整逐独獨均单單其第某每任这這那哪".contains(c)
            });
            (!part && !starts(text, &["一个", "一個"])).then_some(Sign::Weak)
        }
        Family::Side => Some(Sign::Weak),
        Family::First | Family::Come if marker.ordinal == Ordinal::Number(1) => Some(Sign::Weak),
        Family::Order => fits_word(marker, text, false, stop).map(|_| Sign::Weak),
        _ => None,
    }
}

/// Whether `before` ends inside brackets: （见表1）.
fn in_brackets(before: &str) -> bool {
    before
        .chars()
        .rev()
        .take(20)
        .find(|c| "（()）〔〕[]".contains(*c))
        .is_some_and(|c| "（(〔[".contains(c))
}

fn starts(text: &str, words: &[&str]) -> bool {
    // most begin otherwise, which the first byte but two tells
    let key = |s: &str| (s.as_bytes().first().copied(), s.as_bytes().get(2).copied());
    let head = key(text);
    words
        .iter()
        .any(|w| (w.len() < 3 || key(w) == head) && text.starts_with(w))
}

/// Words of closed classes, with which a clause begins and no name does: after
/// 第三 they tell that it counts on.
const CLAUSE: &[&str] = &[
    "在", "对", "對", "从", "從", "由", "以", "为", "為", "给", "給", "让", "讓", "使", "被", "跟",
    "如", "若", "就", "也", "还", "還", "又", "才", "更", "不", "没", "沒", "未", "无", "無", "别",
    "勿", "莫", "必", "须", "須", "应", "應", "该", "該", "可", "能", "会", "會", "要", "得", "想",
    "我", "你", "他", "她", "它", "这", "這", "那", "有", "是", "通过", "通過", "按", "依", "根据",
    "根據", "因", "只", "把", "请", "請", "切", "既", "虽", "雖", "即", "但", "凡", "千万", "千萬",
    "大家", "则", "則",
];

/// Verbs with which a demand is made: 第一抓…，第二抓…
const VERBS: &[&str] = &[
    "抓",
    "看",
    "讲",
    "講",
    "坚持",
    "堅持",
    "凭",
    "憑",
    "加强",
    "加強",
    "加快",
    "推进",
    "推進",
    "推动",
    "推動",
    "完善",
    "建立",
    "健全",
    "落实",
    "落實",
    "深化",
    "提高",
    "提升",
    "优化",
    "優化",
    "打造",
    "构建",
    "構建",
    "注重",
    "突出",
    "发挥",
    "發揮",
    "增强",
    "增強",
    "扩大",
    "擴大",
    "强化",
    "強化",
    "着力",
    "著力",
    "积极",
    "積極",
    "严格",
    "嚴格",
    "切实",
    "切實",
    "牢固",
    "牢牢",
    "大力",
    "扎实",
    "扎實",
    "进一步",
    "進一步",
    "必须",
    "必須",
    "应当",
    "應當",
    "我们",
    "我們",
];

/// Names that begin like such verbs.
const DEEDS: &[&str] = &[
    "看台", "看点", "看點", "看守", "看护", "讲堂", "講堂", "讲师", "講師", "讲台", "講台", "抓手",
];

/// Names that begin like such words.
const NAMES: &[&str] = &[
    "在职", "在校", "在岗", "在读", "为人", "把手", "把交", "把火", "把椅", "会议", "會議", "会场",
    "會場", "会员", "应用", "應用", "能源", "能级", "必修", "有机", "无机", "以太", "可用", "别墅",
    "这", "那里", "要务", "要務", "要素", "要义", "要義", "要件", "要人", "要点", "要點", "要塞",
    "要犯", "要领", "是非", "对夫", "对外", "由来", "不动",
];

/// Whether a clause begins here, by a word that is no name.
pub fn begins_clause(text: &str) -> bool {
    starts(text, CLAUSE) && !starts(text, NAMES)
}

/// What 第一 counts in running text: 第一个, 第二步.
const THINGS: &[&str] = &[
    "个", "個", "条", "條", "道", "点", "點", "种", "種", "类", "類", "步", "项", "項", "层", "層",
    "大", "关", "關", "件", "方面", "阶段", "階段", "层面", "層面", "部分", "重",
];

/// Names that say nothing but that there is a count: 第一个方面, 第二件事.
const COUNTED: &[&str] = &[
    "方面", "层面", "層面", "阶段", "階段", "步骤", "步驟", "事情", "事", "工作", "任务", "任務",
    "原因", "理由", "问题", "問題", "特点", "特點", "特征", "特徵", "好处", "好處", "坏处", "壞處",
    "意思", "含义", "含義", "意义", "意義", "层次", "層次", "因素", "条件", "條件", "办法", "辦法",
    "方法", "措施", "途径", "要求", "意见", "意見", "建议", "建議", "变化", "變化", "转变", "轉變",
    "优势", "優勢", "优点", "優點", "缺点", "缺點", "难点", "難點", "困难", "困難", "情况", "情況",
    "情形", "观点", "觀點", "看法", "原则", "原則", "目标", "目標", "表现", "表現", "关系", "關係",
    "作用", "误区", "誤區", "环节", "環節", "教训", "教訓", "经验", "經驗", "矛盾", "考虑", "考慮",
    "道理", "内容", "內容", "类型", "類型",
];

/// How well 第一 stands before `rest`.
fn fits_order(text: &str, rest: &str, head: bool, stop: Stop) -> Option<Sign> {
    let next = rest.chars().next();
    let ranks = rest.strip_prefix(['、', '，']).is_some_and(|r| {
        r.starts_with(|c: char| c == '第' || (numeral::is_han_numeral(c) && rest.starts_with('、')))
    });
    if ranks {
        // 第一、第二产业; 第一、二、三产业
        return None;
    }
    if next.is_none_or(sets_off) {
        return Some(Sign::Clear);
    }
    let digits = text
        .trim_start_matches('第')
        .starts_with(|c: char| c.is_ascii_digit());
    if digits {
        // 第1步：
        let thing = THINGS.iter().rev().find_map(|t| rest.strip_prefix(t));
        return thing
            .filter(|r| r.starts_with(['：', ':']))
            .map(|_| Sign::Clear);
    }
    if starts(
        rest,
        &[
            "要务", "要務", "要素", "要义", "要義", "要件", "要人", "是非", "点名", "要领",
        ],
    ) {
        return None;
    }
    if starts(
        rest,
        &[
            "就是", "就要", "是", "为", "為", "则", "則", "要", "点", "點", "在", "靠",
        ],
    ) && !starts(rest, NAMES)
    {
        return Some(Sign::Clear);
    }
    if let Some(thing) = THINGS.iter().rev().find(|t| rest.starts_with(**t)) {
        let rest = rest.get(thing.len()..)?;
        let named = COUNTED
            .iter()
            .find(|n| rest.starts_with(**n))
            .and_then(|n| rest.get(n.len()..));
        let tells = |rest: &str| {
            starts(
                rest,
                &[
                    "是", "就是", "则是", "則是", "，", ",", "：", ":", "、", "在于", "在於", "叫",
                    "要",
                ],
            )
        };
        let acts = *thing == "步" && (begins_clause(rest) || starts(rest, &["先", "再"]));
        return if tells(rest)
            || named.is_some_and(tells)
            || acts
            || (*thing == "部分" && starts(rest, &["讲", "講", "说", "說", "谈", "談", "论", "論"]))
        {
            Some(Sign::Clear)
        } else {
            head.then_some(Sign::Weak)
        };
    }
    // 第一本账：…第二本账：… whatever it is that is counted
    let name: String = rest
        .chars()
        .take_while(|c| c.is_alphabetic())
        .take(7)
        .collect();
    if head
        && !name.is_empty()
        && name.chars().count() <= 6
        && rest
            .get(name.len()..)
            .is_some_and(|r| r.starts_with(['：', ':']))
    {
        return Some(Sign::Clear);
    }
    if head && let Some(rest) = rest.strip_prefix(['次', '回', '天', '轮', '輪', '期']) {
        return rest
            .starts_with(['：', ':', '，', ','])
            .then_some(Sign::Clear);
    }
    if stop != Stop::None && starts(rest, VERBS) && !starts(rest, DEEDS) {
        return Some(Sign::Clear);
    }
    (matches!(stop, Stop::Line | Stop::Full | Stop::Half) && begins_clause(rest))
        .then_some(Sign::Bare)
}

/// 再次 and 最后 without a mark count only in step with their fellows (首先把…；
/// 其次把…；最后把…), which the series tells.
fn bare(stop: Stop) -> Option<Sign> {
    matches!(stop, Stop::Line | Stop::Full | Stop::Half).then_some(Sign::Bare)
}

/// What sets a word marker off from what follows it.
fn sets_off(c: char) -> bool {
    matches!(
        c,
        '，' | ',' | '、' | '：' | ':' | '；' | ';' | '。' | '—' | '“' | '「' | '《'
    ) || c.is_whitespace()
}

/// Whether the words after a word marker let it be one (`None`: never), and
/// how well it stands.
pub fn fits_word(marker: Marker, text: &str, head: bool, stop: Stop) -> Option<Sign> {
    let rest = text.get(marker.len..)?;
    let next = rest.chars().next();
    let is = |set: &str| next.is_some_and(|c| set.contains(c));
    let mark = next.is_none_or(sets_off);
    let clear = match (marker.family, marker.ordinal) {
        // 第一，第一是 第一个是; not 第一产业, 第一次, 第一要务.
        (Family::Order, _) => return fits_order(text, rest, head, stop),
        (Family::Its, _) => {
            if is("些生切贯貫定般直旦次身家个個十百千之中者") {
                return None;
            }
            mark || is("是为為曰") || starts(rest, &["在于", "在於", "就是", "则是", "則是"])
        }
        (Family::First, Ordinal::Number(_)) => mark || is("是的要"),
        // 再次 says again, too: 再次三思.
        (Family::First, Ordinal::Next) if text.starts_with("再次") => {
            if !mark && !is("是要") {
                return bare(stop);
            }
            true
        }
        (Family::First, Ordinal::Next) => {
            mark || is("是的要还還应應从從就则則在")
                || matches!(stop, Stop::Line | Stop::Full | Stop::Half)
        }
        (Family::First, Ordinal::Then) => {
            if !mark && !is("是要") {
                return None;
            }
            true
        }
        (Family::First, Ordinal::Last) => {
            if !mark && !is("是还還要就则則的才") {
                return bare(stop);
            }
            mark || head
        }
        // 一个是山，二是水
        (Family::Is, _) if starts(text, &["一个", "一個"]) => false,
        (Family::Is, Ordinal::Number(n)) => {
            // 一是一，二是二; but 一是一带四区
            let word = rest
                .chars()
                .nth(1)
                .is_some_and(|c| letter::is_letter(c) && !numeral::is_han_numeral(c));
            // 此亦一是非，彼亦一是非
            let verdict = n == 1 && is("非") && !word;
            if verdict
                || !word
                    && next.is_some_and(|c| numeral::han(c.encode_utf8(&mut [0; 4])) == Some(n))
            {
                return None;
            }
            true
        }
        (Family::Want, _) if is("素务務件点點义義道职職旨领領塞") => return None,
        (Family::Side, _) if text.starts_with('第') && is("临臨对對积積世试試") => {
            return None;
        }
        (Family::Come | Family::Then, _) => {
            if next.is_some_and(numeral::is_han_numeral) || is("往回去") {
                return None;
            }
            // 一则消息，二则广告
            let things = [
                "消息", "新闻", "新聞", "故事", "广告", "廣告", "启事", "啟事", "笑话", "笑話",
                "寓言", "报道", "報道", "日记", "日記", "通知", "短信", "微博",
            ];
            if marker.family == Family::Then && starts(rest, &things) {
                return None;
            }
            true
        }
        _ => true,
    };
    Some(if clear { Sign::Clear } else { Sign::Weak })
}
