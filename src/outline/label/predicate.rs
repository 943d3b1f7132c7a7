//! Tells a bare subject from a clause that says something of it.

use super::clause::{ClauseMark, Clauses, chars};
use crate::text::words::Words;

/// Characters that show a predicate, each with those that make a noun or another word of it when
/// they stand before it or behind it.
const SIGNS: [(char, &str, &str); 38] = [
    ('是', "于但可", ""),
    ('有', "所国私公固特现原占富享含", "关效限机利序力的些"),
    ('要', "重主首必摘纲概", "素点求害义件"),
    ('应', "供适反效响相对呼", "用急对"),
    ('须', "", ""),
    ('必', "", "要然备修"),
    (
        '会',
        "社委协工机议大国学宴体商理董员都奥博世峰晚年茶",
        "议计员见展场",
    ),
    ('能', "功职智性节效核技产才动潜可", "力源量级"),
    ('可', "许认", "持靠再比"),
    ('不', "", "断同良少仅但平法确"),
    ('没', "沉", "收"),
    ('未', "", "来成"),
    ('将', "", "来军"),
    ('把', "", "握关手"),
    ('被', "", ""),
    ('使', "即天大行", "用命者"),
    ('让', "转", ""),
    ('给', "供补", "付"),
    ('了', "为除", "解"),
    ('着', "沿随", "力重手眼"),
    ('过', "通经超不", "程去度渡"),
    ('已', "", ""),
    ('都', "首成", "市"),
    ('也', "", ""),
    ('均', "平人", "衡等"),
    ('就', "成", "业近"),
    ('才', "人", "能干"),
    ('还', "偿归", "款"),
    ('很', "", ""),
    ('更', "变", "新换"),
    ('太', "", "阳空"),
    ('仍', "", ""),
    ('再', "", "生次分"),
    ('越', "", ""),
    ('愈', "治", ""),
    ('难', "困灾艰", "题点民"),
    ('尚', "高时", ""),
    ('需', "", "求"),
];

/// Words that begin a predicate whose subject stands before the comma, whatever that is.
static PREDICATES: Words = Words::new(
    "一律 都 均 也 亦 全 由 应当 应该 应 须 必须 不得 未 是否 是 就是 仍 才 则 常常 往往 已经 已 \
    会否 可否 很难 难以 适用 尚 就 便 必然 势必 必将 即可 即应 即须 即具有 方可 方能",
);

/// Words that begin a predicate behind a noun, but may also begin a demand of its own.
static WEAK_PREDICATES: Words = Words::new(
    "要 可以 可 能够 能 会 将 不 没有 没 有 被 常 很 更 最 正在 正 需要 需 为 对 把 全 在 \
    以 比 比照 来自 关系 决定",
);

/// Words that look like them.
static NO_PREDICATES: Words = Words::new(
    "让 使 令 也就是 不断 不仅 不但 不光 不管 不论 要求 可见 能力 会议 将来 正如 有关 有力 有效 有序 有的 \
    为了 为此 对于 对外 把握 更好 更加 最终 最后 全面 全力 全部 在此 以便 以免 以及 以此 由此 由于 \
    应用 应对 使用 不要 不能",
);

/// Words that demand.
static MODALS: Words = Words::new("应当 应该 应 必须 须 不得 只能 需要 要 有权 可");

/// Words that look like them.
static NO_MODALS: Words = Words::new("可能 可见 可谓 可惜 可是 要求 要么 应用 应对");

/// Verbs of measures: what begins with one has no subject.
static MEASURE_VERBS: Words = Words::new(
    "加强 加快 加大 推进 推动 推广 完善 建立 健全 落实 深化 提高 提升 优化 打造 构建 注重 重视 突出 发挥 增强 \
    增加 扩大 强化 实行 实施 坚持 改善 引导 鼓励 促进 制定 开展 解决 拓展 化解 减少 降低 做好 抓好 搞好 订立 确定",
);

/// The same, where they begin a clause; inside one they are mostly nouns.
static FIRST_MEASURE_VERBS: Words =
    Words::new("改进 改革 发展 培育 建设 支持 保障 规范 组织 调整 探索 统筹");

/// Words of manner before such a verb.
static MANNERS: Words = Words::new(
    "进一步 着力 积极 大力 切实 努力 认真 不断 继续 全面 充分 严格 科学 扎实 逐步 全力 重点",
);

/// Ends of nouns.
static NOUN_ENDS: Words = Words::new(
    "者 人 们 性 度 率 力 权 制 方 员 家 费 金 物 品 案 面 题 期 区 院 校 厂 店 铺 户 民 工 车 船 路 \
    款 税 费用 单位 部门 机构 企业 公司 组织 系统 体系 制度 政策 措施 规定 办法 市场 关系 问题 情况 \
    结果 差异 等",
);

/// Words in the middle of a clause that show a predicate.
static SAID_WORDS: Words = Words::new("存在 逐步 逐渐 不断 日益 日趋 日渐 持续 普遍");

/// Characters of the noun behind the last 的 of a phrase.
const MAX_HEAD_CHARS: usize = 10;

/// Returns whether a text shows a predicate.
pub fn has_sign(text: &str) -> bool {
    let mut before = ' ';
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if is_sign(before, c, rest.clone().next().unwrap_or(' ')) {
            return true;
        }
        before = c;
    }
    false
}

/// Returns whether a character between two others shows a predicate.
fn is_sign(before: char, c: char, next: char) -> bool {
    let sign = SIGNS.iter().find(|sign| sign.0 == c);
    sign.is_some_and(|(_, left, right)| !left.contains(before) && !right.contains(next))
}

/// Returns whether a clause in simplified characters begins with the verb of a measure:
/// 加强管理, 切实做好这件事.
pub fn is_measure(text: &str) -> bool {
    let text = MANNERS.strip_prefix(text).unwrap_or(text);
    MEASURE_VERBS.starts(text) || FIRST_MEASURE_VERBS.starts(text)
}

/// Returns the byte at which the verb of a measure begins inside a clause, at character `from` or
/// behind it: 依托老街推进….
pub fn measure(text: &str, from: usize) -> Option<usize> {
    let mut places = text.char_indices().map(|(i, _)| i).skip(from);
    places.find(|i| {
        text.get(*i..)
            .is_some_and(|rest| MEASURE_VERBS.starts(rest))
    })
}

/// Returns the byte at which the first demand of a clause begins (应当, 不得), at character `from`
/// or behind it.
pub fn demand(text: &str, from: usize) -> Option<usize> {
    let mut before = ' ';
    for (n, (i, c)) in text.char_indices().enumerate() {
        let rest = text.get(i..)?;
        let next = rest.chars().nth(1).unwrap_or(' ');
        let is_word = || c == '不' || c == '只' || is_sign(before, c, next);
        if n >= from && MODALS.starts(rest) && !NO_MODALS.starts(rest) && is_word() {
            return Some(i);
        }
        before = c;
    }
    None
}

/// Returns whether a clause begins a predicate.
pub fn begins(text: &str) -> bool {
    PREDICATES.starts(text) && !NO_PREDICATES.starts(text)
}

/// Returns whether a clause begins a predicate, where it stands behind a noun: 促进了…, 倾销于….
fn begins_weakly(text: &str) -> bool {
    let third = text.chars().nth(2);
    let is_done = matches!(third, Some('了' | '着' | '于' | '出' | '成' | '到'));
    (is_done || WEAK_PREDICATES.starts(text)) && !NO_PREDICATES.starts(text)
}

/// The form of a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Something is said in it.
    Claim,
    /// It names a thing: the noun behind its last 的 or a list ends it.
    Noun,
    /// The same, or something is said of what stands before 的.
    Relative,
    /// No word shows which.
    Unclear,
}

/// Returns the form of a clause.
fn form(text: &str) -> Form {
    let parts = text.split_once('的').zip(text.rsplit_once('的'));
    let Some(((before, _), (_, head))) = parts else {
        let is_list = text.contains(['、', '和', '与', '及']) || NOUN_ENDS.ends(text);
        return match (has_sign(text), is_list) {
            (true, _) => Form::Claim,
            (false, true) => Form::Noun,
            (false, false) => Form::Unclear,
        };
    };
    let between = text.get(before.len()..text.len() - head.len());
    let says = |words: &str| has_sign(words) || SAID_WORDS.occur_in(words);
    let is_head = !head.is_empty() && chars(head) <= MAX_HEAD_CHARS && !says(head);
    if !is_head || between.is_some_and(says) || says_what_is(before) {
        Form::Claim
    } else if has_sign(before) && !opens_relative(text) {
        Form::Relative
    } else {
        Form::Noun
    }
}

/// Returns whether 是 behind a subject shows a claim: 夜市是热闹的地方.
fn says_what_is(text: &str) -> bool {
    let mut before = None;
    for c in text.chars() {
        if c == '是' && before.is_some_and(|before| is_sign(before, c, ' ')) {
            return true;
        }
        before = Some(c);
    }
    false
}

/// Returns whether a clause names a thing and says nothing of it.
pub fn is_noun(text: &str) -> bool {
    matches!(form(text), Form::Noun | Form::Relative)
}

/// The same, where nothing is said even of a part of it.
pub fn is_bare_noun(text: &str) -> bool {
    form(text) == Form::Noun
}

/// Returns whether the predicate that a phrase begins with belongs to the noun that ends it:
/// 没有人管的老屋, 有争议的地.
fn opens_relative(text: &str) -> bool {
    let before = text.split('的').next().unwrap_or_default();
    text.starts_with(['没', '有', '不', '未', '被', '已', '可', '能', '会', '应'])
        || chars(before) <= 4
}

/// Returns whether clause `i` is a bare subject: what is said of it follows at clause `j`.
pub fn is_bare_subject(clauses: &Clauses, i: usize, j: usize) -> bool {
    if clauses.mark(i) != ClauseMark::Comma || j >= clauses.len() {
        return false;
    }
    let (subject, next) = (clauses.words(i), clauses.words(j));
    if subject.starts_with(['让', '使', '令', '把', '给', '被']) {
        return false;
    }
    if is_measure(subject) {
        return demand(next, 0) == Some(0);
    }
    match form(subject) {
        Form::Claim => false,
        Form::Noun => begins(next) || begins_weakly(next),
        Form::Relative | Form::Unclear => begins(next),
    }
}
