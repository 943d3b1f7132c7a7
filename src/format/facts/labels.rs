//! Statements with a label: 责任编辑：某甲, 来源：某报, 阅读 1024.
//!
//! [`statements`] takes a line apart into them; nothing is decided here.

use crate::format::facts::Fact;
use crate::format::facts::date_words::{leading_date, trailing_date};
use crate::format::{date, prose};
use crate::text::words::Words;
use std::borrow::Cow;

/// Labels by what they announce.
static LABELS: [(Fact, &Words); 8] = [
    (Fact::Editor, &EDITOR_LABELS),
    (Fact::Author, &AUTHOR_LABELS),
    (Fact::Source, &SOURCE_LABELS),
    (Fact::Date, &DATE_LABELS),
    (Fact::Updated, &UPDATED_LABELS),
    (Fact::Title, &TITLE_LABELS),
    (Fact::Publisher, &PUBLISHER_LABELS),
    (Fact::Other, &OTHER_LABELS),
];
static EDITOR_LABELS: Words = Words::new(
    "责任编辑 责编 编辑 本文编辑 本文责任编辑 网络编辑 实习编辑 值班编辑 网编 初审编辑 审校 校对
    审核 监制 编审",
);
static AUTHOR_LABELS: Words = Words::new(
    "作者 原作者 原文作者 撰文 文 撰稿 编译 撰稿人 本文作者 执笔 口述 整理 采写 记者 本报记者 通讯员 翻译 译者 译 主讲
    图 摄影",
);
pub(crate) static SOURCE_LABELS: Words =
    Words::new("来源 来源于 文章来源 本文来源 稿件来源 稿源 信息来源 转自 转载自 摘自 原载 出处");
static DATE_LABELS: Words =
    Words::new("发布时间 发布日期 发表时间 发表日期 刊登日期 时间 日期 发稿时间 建立时间");
static UPDATED_LABELS: Words =
    Words::new("更新时间 更新日期 更新于 最后更新 最后更新时间 最近更新 修改时间");
static TITLE_LABELS: Words = Words::new("原标题 标题");
static PUBLISHER_LABELS: Words = Words::new("发布人 发布者 发布单位 发布机构");
static OTHER_LABELS: Words = Words::new(
    "阅读 浏览 点击 阅读量 浏览次数 点击数 点击量 访问量 字号 分享 分享到 评论数
    阅读次数 浏览量",
);

/// Tools of web pages, a word each.
pub(crate) static TOOLS: Words = Words::new(
    "分享到 分享至 分享 转发 收藏 收藏本文 打印本页 打印 关闭 关闭窗口 返回顶部 返回首页 返回列表 返回目录
    点赞 举报 纠错 复制链接 扫一扫 微信 微博 新浪微博 朋友圈 QQ空间 QQ好友 人人网 豆瓣 Facebook
    Twitter WhatsApp Line Email 邮件 字号 字体 大 中 小 大中小 默认 超大 繁 简 繁体 A+ A- A 我要评论
    发表评论 网友评论 我要纠错 点击查看更多 展开全文 阅读全文 阅读原文 查看原文 更多 赞 在看 听新闻
    手机看新闻 微信扫码 回复 View MORE Share Tweet Print Like Reply 浏览次数 阅读次数 点击次数 次
    视力保护色 只看此人 只看楼主 只看该作者 倒序浏览 收藏本帖 我要赞赏 我要推荐",
);

/// Limit of a statement, in characters.
pub(crate) const MAX_STATEMENT_CHARS: usize = 60;

/// Brackets that a statement may stand in.
const OPENING: [char; 7] = ['[', '【', '［', '（', '(', '〔', '“'];
const CLOSING: [char; 7] = [']', '】', '］', '）', ')', '〕', '”'];

/// A fact as a line states it.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) fact: Fact,
    pub(crate) value: String,
}

impl Statement {
    pub(crate) fn new(fact: Fact, value: &str) -> Self {
        let value = value.to_owned();
        Self { fact, value }
    }

    /// Returns true where the value fits its label and is not the rest of a sentence.
    /// `title` is the [key](prose::key) of the article's title.
    pub(crate) fn fits(&self, title: &str) -> bool {
        let value = self.value.as_str();
        let len = prose::len(value);
        match self.fact {
            Fact::Title => {
                len <= MAX_STATEMENT_CHARS && (prose::key(value) == title || !value.contains('。'))
            }
            Fact::Date | Fact::Updated => value.is_empty() || date::stated(value).is_some(),
            Fact::Author | Fact::Editor => {
                len <= 40 && !prose::has_stop(value) && !value.contains(['？', '！'])
            }
            Fact::Source => (1..=40).contains(&len) && !prose::has_stop(value),
            Fact::Publisher => len <= 20 && !prose::has_stop(value),
            Fact::Other => len <= 12,
        }
    }
}

/// Returns a line without the brackets around it. Those of its own stay:
/// 作者：某甲（某大学教授）.
pub(crate) fn without_brackets(text: &str) -> &str {
    let mut bare = text.trim_start_matches(OPENING).trim();
    let unpaired = |text: &str| text.matches(CLOSING).count() > text.matches(OPENING).count();
    while let Some(rest) = bare.strip_suffix(CLOSING).filter(|_| unpaired(bare)) {
        bare = rest.trim_end();
    }
    bare
}

/// Recognises tools of the page: 字号：默认, 【打印】.
pub(crate) fn is_tool(word: &str) -> bool {
    let is_between =
        |c: char| c.is_whitespace() || matches!(c, '：' | ':' | '[' | ']' | '【' | '】');
    let mut left = word.trim_start_matches(is_between);
    let is_filled = !left.is_empty();
    // most words are no tool by their first character: their ends are not looked for
    while !left.is_empty() {
        let is_end = |rest: &&str| rest.is_empty() || rest.starts_with(is_between);
        let Some(rest) = TOOLS.rests(left).find(is_end) else {
            return false;
        };
        left = rest.trim_start_matches(is_between);
    }
    is_filled
}

/// Returns a line without the tools of its page; as it is where something is left that
/// states no fact.
pub(crate) fn without_tools(text: &str) -> Cow<'_, str> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '|' | '｜');
    let words = || text.split(is_between).filter(|w| !w.is_empty());
    if !words().any(is_tool) {
        return Cow::Borrowed(text);
    }
    let kept: Vec<&str> = words().filter(|w| !is_tool(w)).collect();
    let all = kept.join(" ");
    if leading_date(&all).0.is_some() || label(&all).is_some() {
        Cow::Owned(all)
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns the statements of one line, `label：value` one after the other; none where the line
/// begins otherwise.
pub(crate) fn statements(text: &str) -> Vec<Statement> {
    let is_edge = |c: char| c.is_whitespace() || "、|｜；;，/：:".contains(c);
    let mut all = Vec::new();
    for Statement { fact, value } in labelled(text) {
        let value = value.trim_matches(is_edge);
        match trailing_date(value).filter(|_| !matches!(fact, Fact::Date | Fact::Updated)) {
            Some((rest, date)) => {
                all.extend([Statement::new(fact, rest), Statement::new(Fact::Date, date)]);
            }
            None => all.push(Statement::new(fact, value)),
        }
    }
    all
}

/// Returns the statements with their values as written.
fn labelled(text: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    // a statement may follow a blank or a mark between statements; a plain label ends the
    // value before it without any
    let mut may_begin = true;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let in_title = || found.last().is_none_or(|last| last.fact == Fact::Title);
        let may_cut = |len| rest.get(..len).is_some_and(is_plain_label) && !in_title();
        if let Some((fact, len)) = label(rest).filter(|(_, len)| may_begin || may_cut(*len)) {
            found.push(Statement::new(fact, ""));
            at += len;
            may_begin = false;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        match found.last_mut() {
            Some(last) => last.value.push(c),
            None => return Vec::new(),
        }
        may_begin = c.is_whitespace() || "、|｜；;，　/".contains(c);
        at += c.len_utf8();
    }
    found
}

/// Recognises a label of two or more characters and a colon, which is never prose.
fn is_plain_label(label: &str) -> bool {
    let name = label.strip_suffix(['：', ':']);
    name.is_some_and(|name| name.chars().count() >= 2)
}

/// Returns the fact that a label at the head of the text announces, and its length in bytes
/// with the mark that ends it.
fn label(text: &str) -> Option<(Fact, usize)> {
    let of_fact = |(fact, names): &(Fact, &Words)| {
        names.rests(text).find_map(|rest| {
            let name = text.strip_suffix(rest)?;
            let value = rest.trim_start_matches([' ', '\u{3000}']);
            let spaced = value.len() < rest.len();
            // 责任编辑 某人 needs no colon: nothing else is said with that word; nor does
            // 阅读 1024, where a number follows
            let is_marked = value.starts_with(['：', ':', '/', '／', '|', '｜']);
            let needs_no_mark = match fact {
                Fact::Editor => name.chars().count() == 4 && !is_marked,
                Fact::Other => value.starts_with(|c: char| c.is_ascii_digit()),
                _ => false,
            };
            if spaced && needs_no_mark {
                return Some((*fact, text.len() - value.len()));
            }
            let value = value.strip_prefix(['：', ':', '/', '／', '|', '｜', '丨'])?;
            Some((*fact, text.len() - value.len()))
        })
    };
    LABELS.iter().find_map(of_fact)
}
