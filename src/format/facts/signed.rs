//! Lines of their own that say who wrote a text or where it is from, without a colon:
//! `林深 撰文`, `记者 林深`, `《棱角》作者 林深`, `原文来自「江报」：…`.

use crate::format::facts::labels::Statement;
use crate::format::facts::{Fact, names, values};
use crate::format::prose;
use crate::text::script::simplify;
use crate::text::words::Words;

/// Limit of a signature, in characters.
const MAX_SIGNATURE_CHARS: usize = 40;
/// Limit of the head of a report, in characters.
const MAX_DATELINE_CHARS: usize = 20;
/// Limit of the name of a source, in characters.
const MAX_ORIGIN_CHARS: usize = 16;

/// Words behind the names of authors; 着 is 著 as words are compared.
static SIGNED_BEHIND: Words = Words::new("撰文 执笔 撰稿 编译 采写 文 着 编着 译");
/// Words before the names of authors.
static SIGNED_BEFORE: Words = Words::new(
    "专栏作者 特约作者 本文作者 作者 特约记者 见习记者 记者 By BY by 撰文 执笔 撰稿人 撰稿 评论员 编译 文",
);
/// Names of a text in a line about its origin.
static TEXTS: Words = Words::new("本文 原文 文章 全文 此文 该文 信息");
/// Words before the name of a source: behind one of [`TEXTS`], and those that need none.
static ORIGINS: Words = Words::new(
    "来自 来源于 源自 出自 转自 转载自 摘自 选自 首发 首发于 原载 原载于 原刊 原刊于 刊于 发表于
    最初发表于",
);
static BARE_ORIGINS: Words = Words::new("转载自 转自 首发于 原载于");
/// Words behind 作者 that are no name.
static NO_NAMES: Words = Words::new("简介 介绍 简历 自述 自序 手记 来信 未知 不详");
/// Limit of a name behind 作者 that may be of any form, in characters.
const MAX_ALIAS_CHARS: usize = 10;

/// Returns the authors that a whole line names, and nothing else.
pub(crate) fn author(text: &str) -> Option<String> {
    if !prose::at_most(text, MAX_SIGNATURE_CHARS) {
        return None;
    }
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨' | '/' | '／' | '·');
    let behind = SIGNED_BEHIND
        .strip_suffix(text)
        .filter(|rest| rest.ends_with(is_mark));
    if let Some(names) = behind.and_then(|rest| names::people(rest.trim_end_matches(is_mark))) {
        return Some(names);
    }
    let office = text
        .strip_prefix('《')
        .and_then(|rest| rest.split_once('》'));
    let office = office.map_or(text, |(_, rest)| rest);
    let mut named = SIGNED_BEFORE.rests(office);
    named
        .find(|rest| rest.starts_with(is_mark))
        .map(|rest| rest.trim_start_matches(is_mark))
        .and_then(|name| names::people(name).or_else(|| alias(text, name)))
}

/// Returns what the head of a report states: `新华社江城2月3日电（记者林深）`.
pub(crate) fn dateline(text: &str) -> Vec<Statement> {
    let found = text
        .char_indices()
        .take(MAX_DATELINE_CHARS)
        .find(|(_, c)| "电讯".contains(simplify(*c)));
    let Some((head, rest)) =
        found.and_then(|(at, c)| Some((text.get(..at)?, text.get(at + c.len_utf8()..)?)))
    else {
        return Vec::new();
    };
    let house = head
        .find(|c| "社报网".contains(simplify(c)))
        .and_then(|at| head.get(..at + '社'.len_utf8()));
    let Some(house) = house.filter(|_| head.ends_with('日') && head.contains('月')) else {
        return Vec::new();
    };
    let mut stated = Vec::new();
    if !house.starts_with('本') {
        stated.push(Statement::new(Fact::Source, house));
    }
    let inside = rest
        .strip_prefix(['（', '('])
        .and_then(|rest| rest.split_once(['）', ')']));
    let people = inside.and_then(|(people, _)| names::people(people.strip_prefix("记者")?));
    stated.extend(people.map(|people| Statement::new(Fact::Author, &people)));
    stated
}

/// Returns the authors before how long ago they wrote: `林深 · 3 天前`.
pub(crate) fn posted_ago(text: &str) -> Option<String> {
    static DAYS: Words = Words::new("刚刚 昨天 前天");
    let (name, ago) = text.rsplit_once(['·', '|', '｜', '•'])?;
    let ago = ago.trim();
    let is_ago = ago.starts_with(|c: char| c.is_ascii_digit()) && ago.ends_with('前');
    names::people(name).filter(|_| is_ago || DAYS.starts(ago))
}

/// Returns the name of any form that a line gives behind 作者 and nothing else: `作者 江下的老马`.
fn alias(text: &str, name: &str) -> Option<String> {
    let fits = prose::at_most(name, MAX_ALIAS_CHARS) && name.chars().all(char::is_alphanumeric);
    (text.starts_with("作者") && fits && !NO_NAMES.has(name)).then(|| name.to_owned())
}

/// Returns what a line under an article says that was written for somebody:
/// `某研究所所长 林深 为江报撰稿`.
pub(crate) fn written_for(text: &str) -> Option<Vec<Statement>> {
    let rest = text
        .strip_suffix("撰稿")
        .or_else(|| text.strip_suffix("供稿"))?;
    let (who, house) = rest.rsplit_once(|c| simplify(c) == '为')?;
    let name = who.split_whitespace().next_back()?;
    let fits = names::is_person(name) && (2..=MAX_ORIGIN_CHARS).contains(&prose::len(house));
    fits.then(|| {
        vec![
            Statement::new(Fact::Author, name),
            Statement::new(Fact::Source, house.trim()),
        ]
    })
}

/// Returns what a line says of the origin of its text: `本文转自…`; an origin that says no more than
/// 来自 has to name an account.
fn origin_of(text: &str) -> Option<&str> {
    let named = TEXTS
        .strip_prefix(text)
        .and_then(|rest| ORIGINS.strip_prefix(rest));
    let rest = named.or_else(|| BARE_ORIGINS.strip_prefix(text));
    let account = || {
        ORIGINS
            .strip_prefix(text)
            .filter(|rest| values::account(rest).is_some())
    };
    let rest = rest.or_else(account)?;
    Some(rest.trim_start_matches(|c| "于在：: \u{3000}".contains(simplify(c))))
}

/// Returns the source that a line names: an account, a name in quotes, or one before a colon.
pub(crate) fn origin(text: &str) -> Option<&str> {
    let rest = origin_of(text)?;
    let before = || Some(rest.split_once(['：', ':'])?.0.trim()).filter(|name| !name.contains(' '));
    let name = values::account(rest)
        .or_else(|| values::quoted(rest))
        .or_else(before)?;
    let stops = name.contains(['，', '。', '/']);
    ((2..=MAX_ORIGIN_CHARS).contains(&prose::len(name)) && !stops).then_some(name)
}

/// Returns the people whom a line that names its source names as the authors, too:
/// `本文来自微信公众号：慢生活（ID：msh），作者：林深，编辑：李雷`.
pub(crate) fn author_of_origin(text: &str) -> Option<String> {
    static NAME_LEADS: Words = Words::new("作者： 作者: 作者 撰文： 撰文: 文：");
    origin_of(text)?;
    let mut clauses = text.split(['，', ',', '。']).skip(1).map(str::trim);
    // 作者林深系江城大学教授
    let name = |rest: &str| names::people(rest.split(['系', '为', '是']).next()?);
    clauses.find_map(|clause| NAME_LEADS.rests(clause).find_map(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_name_people() {
        for line in [
            "林深 撰文",
            "记者 林深",
            "《棱角》作者 林深",
            "作者 | 林深",
            "林深｜文",
            "文／林深",
            "作者\u{a0}林深",
        ] {
            assert_eq!(author(line).as_deref(), Some("林深"), "{line}");
        }
        for none in [
            "记者 走进山村",
            "林深的作文",
            "作者 未知",
            "作者 简介",
            "作者 走进山村，看见老屋",
            "文 言文",
            "《棱角》",
        ] {
            assert_eq!(author(none), None, "{none}");
        }
        assert_eq!(author("作者 江边的老马").as_deref(), Some("江边的老马"));
        assert_eq!(posted_ago("林深 · 3 天前").as_deref(), Some("林深"));
        assert_eq!(posted_ago("林深 · 三天前的事"), None);
        let stated = written_for("江城研究所所长 林深 为江报撰稿").unwrap();
        assert_eq!(stated[0].value, "林深");
        assert_eq!(stated[1].value, "江报");
        assert!(written_for("我们为生活撰稿").is_none());
    }

    #[test]
    fn reports_name_their_agency() {
        let stated = |text| {
            let stated = dateline(text).into_iter();
            stated.map(|s| s.value).collect::<Vec<_>>().join("|")
        };
        assert_eq!(
            stated("新华社江城2月3日电（记者林深）船停了。"),
            "新华社|林深"
        );
        assert_eq!(
            stated("本报江城2月3日讯（记者 林深、李雷）船停了。"),
            "林深、李雷"
        );
        assert_eq!(stated("江城社区2月3日停电，船也停了。"), "");
    }

    #[test]
    fn origins_have_a_name() {
        for (line, name) in [
            ("文章来自微信公众号「棱角」", Some("棱角")),
            ("原文来自「江报」：江城的雨", Some("江报")),
            ("原文来自江城财经：江城的雨", Some("江城财经")),
            (
                "本文来自微信公众号：棱角（ID：lj），作者：林深",
                Some("棱角"),
            ),
            (
                "本文转自微信公众号：棱角周刊（ID：lj），作者：林深。",
                Some("棱角周刊"),
            ),
            ("文章来自微信 棱角", Some("棱角")),
            ("原文来自微信公众号作者「棱角」：江城的雨", Some("棱角")),
            ("来源于公众号“棱角”，作者林深", Some("棱角")),
            ("来自微信号：LengJiao  微信原文被删", Some("LengJiao")),
            ("出自微博 @棱角 ，原文已被删。", Some("棱角")),
            ("文章来自江城大本营 ：江城的雨", Some("江城大本营")),
            ("本文首发于「棱角」，作者林深，转载请联系。", Some("棱角")),
            ("来自江城的林深：一个船夫", None),
            ("文章来自微信朋友圈。", None),
            ("本文首发于某站，转载请注明。", None),
            ("转载自我们大家都读过的那一篇文章。", None),
        ] {
            assert_eq!(origin(line), name, "{line}");
        }
        let line = "本文来自微信公众号：棱角（ID：lj），作者：林深，编辑：李雷";
        assert_eq!(author_of_origin(line).as_deref(), Some("林深"));
        let line = "本文发表于《江报》，作者林深系江城大学教授";
        assert_eq!(author_of_origin(line).as_deref(), Some("林深"));
        assert_eq!(author_of_origin("他来自江城，作者林深"), None);
    }
}
