//! The entries of front matter, and the keys that state a fact.

use crate::text::script::simplified;

/// A fact that an entry may state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedFact {
    Title,
    Author,
    Date,
    Source,
    /// The address of the article: where it is from, for want of a name.
    Address,
    Editor,
    Tags,
    /// The sender of a mail; of other heads the source.
    Sender,
    /// Nothing of the article: to whom a mail went, the board of a forum.
    Nothing,
}

/// Keys in small letters, simplified, in the order of trust: the first that is filled wins.
const FACT_KEYS: &[(StatedFact, &str)] = &[
    (
        StatedFact::Title,
        "title 标题 题目 书名 书籍名称 小说名 subject 主题 titel titre",
    ),
    (
        StatedFact::Author,
        "author authors 作者 发件人 发信人 寄信人 autor auteur",
    ),
    (StatedFact::Date, DATE_KEYS),
    (
        StatedFact::Source,
        "source 来源 publisher feed 源 订阅源 供稿 频道",
    ),
    (
        StatedFact::Address,
        "original_url original url link lien 链接 原文链接 原文",
    ),
    (StatedFact::Editor, "editor 编辑 责任编辑"),
    (StatedFact::Tags, TAG_KEYS),
    (StatedFact::Sender, "from"),
    (
        StatedFact::Nothing,
        "收件人 抄送 密送 附件 信区 看板 站内 转信站 to cc bcc reply-to message-id",
    ),
];
const DATE_KEYS: &str = "date pubdate published publishdate publish_date created datum 日期 发布时间 时间 发送时间 发件时间 发信站";
const TAG_KEYS: &str = "tags tag keywords 标签 categories category 分类";

/// Limit of a key, in characters.
const MAX_KEY_CHARS: usize = 30;

/// Parses `key: value`, `key：value` or TOML's `key = value`; both are trimmed.
pub fn entry(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '：', '='])?;
    let (key, rest) = line.split_at_checked(at)?;
    let mut chars = rest.chars();
    let mark = chars.next()?;
    // an outliner's properties have two: title:: 题
    let value = chars.as_str();
    let value = value.strip_prefix(": ").unwrap_or(value);
    let key = key.trim_end();
    let in_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '"' | '\'');
    let is_key = !key.is_empty()
        && key.chars().count() <= MAX_KEY_CHARS
        && key.chars().all(in_key)
        && !key.starts_with('-');
    let is_address = mark == ':' && value.starts_with("//");
    (is_key && !is_address).then(|| (key.trim_matches(['"', '\'']), value.trim()))
}

/// Returns a line of the head of a BBS whose keys have no colon, as an entry: `作者  shen (林深)
/// 看板  River`, `標題 …`, `時間 …`.
pub fn bbs_entry(line: &str) -> Option<String> {
    let simple = simplified(line.trim());
    let key = ["作者", "标题", "时间"]
        .into_iter()
        .find(|key| simple.starts_with(key))?;
    let value = line.trim().get(key.len()..)?;
    // the board stands on the line of the author
    let board = ["看板 ", "看板\u{3000}", "站内 "].into_iter();
    let end = board
        .filter_map(|board| simple.get(key.len()..)?.find(board))
        .min();
    let is_apart = value.starts_with([' ', '\u{3000}', '\t']);
    let value = value
        .get(..end.filter(|_| key == "作者").unwrap_or(value.len()))?
        .trim();
    (is_apart && !value.is_empty()).then(|| format!("{key}: {value}"))
}

/// Returns the fact that a key states, with the rank of the key.
pub fn fact(key: &str) -> Option<(usize, StatedFact)> {
    let key = key.to_lowercase();
    // BBS set their keys out: 标  题
    let key: String = simplified(&key).split_whitespace().collect();
    FACT_KEYS
        .iter()
        .flat_map(|(fact, names)| names.split_whitespace().map(move |name| (name, *fact)))
        .enumerate()
        .find_map(|(rank, (name, fact))| (name == key).then_some((rank, fact)))
}

/// Recognises a key that states a fact about the article.
pub fn is_known(key: &str) -> bool {
    fact(key).is_some()
}

/// Recognises a key that states the title.
pub fn is_title(key: &str) -> bool {
    fact(key).is_some_and(|(_, fact)| fact == StatedFact::Title)
}

/// Returns the title that a line states: `书名：河边的树`.
pub fn named_title(line: &str) -> Option<&str> {
    let (key, value) = entry(line)?;
    (is_title(key) && !value.is_empty()).then_some(value)
}
