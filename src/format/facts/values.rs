//! The forms of values: what reads as an author, as a house that publishes, as a source.

use crate::format::date;
use crate::format::facts::labels::SOURCE_LABELS;
use crate::format::facts::names;
use crate::format::prose;
use crate::text::script::simplified;
use crate::text::words::Words;

/// Limit of the name of a source, in characters.
const MAX_SOURCE_CHARS: usize = 40;

/// Limit of the office before a name, in characters.
const MAX_OFFICE_CHARS: usize = 16;

/// Offices that authors have.
static HELD_OFFICES: Words = Words::new("作者 记者 评论员 撰稿人 通讯员 研究员 特约撰稿");
/// Ends of the names of sites and their parts.
static SITES: Words = Words::new(
    "频道 网 网站 新闻 日报 晚报 时报 早报 周刊 在线 论坛 博客 客户端 资讯 门户 新浪 搜狐 网易
    腾讯 知乎 豆瓣 财经 评论 理论 观点 中心 官网 平台 传媒 卫视 公众号 百科 头条 澎湃 光明",
);
/// Ends of the names of houses beside those of [sites](is_site).
static HOUSES: Words = Words::new("报 杂志 通讯社 电视台 电台 广播 出版社 报社 学报 快讯");
/// Words with the ending of a publisher's name that name something else.
static NO_HOUSES: Words = Words::new("举报 海报 情报 捷报 喜报 预报 汇报 播报 简报 申报 电报 战报");
/// Words of page tools behind the name of a source.
static SOURCE_TAILS: Words = Words::new("举报 原创稿 原创 打印 收藏 分享 关注 纠错 查看原文");
/// Placeholders for a source. Platforms are among them: they publish nothing themselves.
static NO_SOURCES: Words = Words::new(
    "微信公众平台 微信 本站 本网 本站原创 网络 互联网 未知 unknown gitbook 佚名 网络整理 原创",
);

/// Platforms before the name of an account, which may follow directly; and those that name one
/// only behind a mark.
static ACCOUNTS: Words =
    Words::new("微信公众号 公众号 微信公号 公号 微信订阅号 订阅号 微信号 微信帐号 网站 杂志");
static PLATFORMS: Words = Words::new("微信 微博 新浪微博 知乎 豆瓣 简书");
/// Beginnings of remarks behind the name of an author or a source: `某报，原文已删`.
static REMARKS: Words = Words::new("系 原文 有删节 略有 经授权 已获 未经许可 未经授权");

/// Placeholders for an author.
static NO_AUTHORS: Words =
    Words::new("未知 无名 unknown 网络 互联网 网络整理 本站 本站原创 网友 管理员");

/// Returns whether a value stands for an author that is not known.
pub(crate) fn is_no_author(value: &str) -> bool {
    NO_AUTHORS.has(&value.to_lowercase())
}

/// Recognises the name of a site, a paper or a part of one.
pub(crate) fn is_site(name: &str) -> bool {
    static NETS: Words = Words::new("互联网 物联网 关系网");
    static DOMAINS: Words = Words::new(".com .cn");
    SITES.ends(name) && !NETS.ends(name) || DOMAINS.ends(&name.to_ascii_lowercase())
}

/// Recognises an address or the name of a domain.
pub(crate) fn is_address(value: &str) -> bool {
    let dotted = || value.split('.').count() > 1 && !value.ends_with('.');
    let plain = |c: char| c.is_ascii_alphanumeric() || "-./:_?=&%#~".contains(c);
    value.contains("://") || dotted() && value.chars().all(plain)
}

/// Returns the host of an address, the archived one where it is a copy of an archive; `None` where
/// nothing but the archive is named.
pub(crate) fn host(address: &str) -> Option<&str> {
    static ARCHIVES: Words =
        Words::new("web.archive.org archive.org archive.is archive.li archive.ph archive.today");
    let (_, rest) = address.rsplit_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && !ARCHIVES.has(host)).then_some(host)
}

/// Returns the account that a text names behind its platform: `微信公众号「慢生活」`,
/// `公众号：慢生活（ID：msh），作者：林深`, `微信 慢生活`.
pub(crate) fn account(text: &str) -> Option<&str> {
    let is_mark = |c: char| c.is_whitespace() || c == '@';
    let is_colon = |c: char| matches!(c, '：' | ':');
    let marked = |rest: &&str| rest.starts_with(is_mark) || quoted(rest).is_some();
    let of_platform = || PLATFORMS.strip_prefix(text).filter(marked);
    let rest = ACCOUNTS.strip_prefix(text).or_else(of_platform)?;
    let rest = rest.trim_start_matches(|c| is_mark(c) || is_colon(c));
    let of_author = rest.strip_prefix("作者");
    let rest = of_author
        .filter(|rest| quoted(rest).is_some())
        .unwrap_or(rest);
    let ends = |c: char| c.is_whitespace() || is_colon(c) || "（(，,。~".contains(c);
    let name = quoted(rest).or_else(|| rest.split(ends).next())?;
    let name = name.trim_matches(['[', ']', ' ']);
    (!name.is_empty()).then_some(name)
}

/// Returns the name in quotes at the head of a text.
pub(crate) fn quoted(text: &str) -> Option<&str> {
    let pairs = ["「」", "“”", "《》", "【】", "『』"];
    pairs.iter().find_map(|pair| {
        let mut marks = pair.chars();
        let (name, _) = text
            .strip_prefix(marks.next()?)?
            .split_once(marks.next()?)?;
        Some(name.trim())
    })
}

/// Recognises a remark behind the name of an author or a source: `原文已删`, `作者：林深`.
pub(crate) fn is_remark(clause: &str) -> bool {
    let named = clause.strip_prefix("作者").is_some_and(|rest| {
        let name = rest.trim_start_matches(['：', ':', ' ']);
        name.len() < rest.len() || names::people(name.trim_end_matches('。')).is_some()
    });
    named || REMARKS.starts(clause)
}

/// Returns a name without the remark behind it: `江报，原文已删`.
fn without_remark(value: &str) -> &str {
    let mut cuts = value.match_indices(['，', ',', ' ']);
    let cut = cuts.find(|(at, mark)| {
        let rest = value.get(at + mark.len()..).unwrap_or_default();
        is_remark(rest.split(['，', ',']).next().unwrap_or_default())
    });
    cut.and_then(|(at, _)| value.get(..at))
        .unwrap_or(value)
        .trim_end()
}

/// Recognises the name of a house that publishes: a site, a paper, a station.
pub(crate) fn is_house(value: &str) -> bool {
    is_site(value) || is_address(value) || HOUSES.ends(value) && !NO_HOUSES.ends(value)
}

/// Returns an author as the head of a page gives it; `None` where it is an address of mail or
/// web, a number or a blank of the program that made the page.
pub(crate) fn page_author(value: &str) -> Option<String> {
    let named = value.chars().any(char::is_alphabetic);
    let blank = value.contains(['@', '<', '{', '$']) || value.contains("://");
    (named && !blank).then(|| value.to_owned())
}

/// Returns the author as a head of facts gives it: of a BBS without the board, `林深 (shen), 信区: 江城`,
/// of a note-taker without the marks of a link.
pub(crate) fn head_author(value: &str) -> &str {
    let name = value.split(", 信区").next().unwrap_or(value).trim();
    // 林深 <shen@a.example>, with brackets or without
    let mailed = name.rsplit_once([' ', '<']);
    let mailed = mailed.filter(|(name, mail)| !name.is_empty() && mail.contains('@'));
    let name = mailed.map_or(name, |(name, _)| name.trim_end_matches(['<', ' ']));
    let name = name.trim_matches(['"', '“', '”']);
    let linked = name.strip_prefix("[[").and_then(|n| n.strip_suffix("]]"));
    linked.unwrap_or(name)
}

/// Returns the author that a line names: without an office before the names of people,
/// `江报特约作者 林深`, or their house: `林深 江报`.
pub(crate) fn author(value: &str) -> String {
    let value = without_remark(value);
    let simple = simplified(value);
    let ends = HELD_OFFICES.iter().filter_map(|office| {
        let at = simple.find(office)?;
        Some(at + office.len())
    });
    let named = ends.max().and_then(|end| {
        let (office, names) = value.split_at_checked(end)?;
        let fits = prose::at_most(office, MAX_OFFICE_CHARS) && !office.contains(['（', '(']);
        names::people(names).filter(|_| fits)
    });
    let alone = || {
        let words = value.split_whitespace().filter(|word| !is_house(word));
        names::people(&words.collect::<Vec<_>>().join(" "))
            .filter(|_| value.contains(char::is_whitespace))
    };
    named.or_else(alone).unwrap_or_else(|| value.to_owned())
}

/// Returns the name of a source: without its label, its platform, a date around it, quotes, and
/// tools and remarks behind it; `None` for a sentence.
pub(crate) fn source(value: &str) -> Option<String> {
    if value.contains("://") {
        return Some(value.to_owned());
    }
    let labelled = SOURCE_LABELS.rests(value).find_map(|rest| {
        let rest = rest.trim_start();
        rest.strip_prefix(['：', ':'])
    });
    let written = labelled.unwrap_or(value).trim();
    let mut name = account(written).unwrap_or_else(|| without_remark(written));
    while let Some(rest) = SOURCE_TAILS.strip_suffix(name).map(str::trim_end) {
        if rest.is_empty() {
            break;
        }
        name = rest;
    }
    // 河边杂志（ID：hebian）
    let without_id = name
        .split(['（', '('])
        .next()
        .filter(|_| name.contains("ID"));
    let name = without_date(without_id.unwrap_or(name));
    let name = name.trim_matches(|c: char| "-－—–：:[] \u{3000}".contains(c));
    let is_all = |inner: &&str| inner.len() + "「」".len() == name.len() && !name.starts_with('《');
    let name = quoted(name).filter(is_all).unwrap_or(name);
    let is_sentence = prose::has_stop(name) || name.contains(['，', '。', '！', '？']);
    let fits = prose::at_most(name, MAX_SOURCE_CHARS) && !is_sentence;
    let named = name.chars().any(char::is_alphanumeric) && !NO_SOURCES.has(&name.to_lowercase());
    (fits && named).then(|| name.to_owned())
}

/// Returns the name of a paper without the date before or behind it: `2018年6月12日《某报》`.
fn without_date(name: &str) -> &str {
    let (Some(at), Some(end)) = (
        name.find(['《', '「', '『', '〈']),
        name.rfind(['》', '」', '』', '〉']),
    ) else {
        return name;
    };
    let is_day = |text: &str| date::read(text).is_some_and(|day| day.len() >= "2018-06-12".len());
    let end = end + '》'.len_utf8();
    let parts = (name.get(..at), name.get(at..end), name.get(end..));
    match parts {
        (Some(before), ..) if is_day(before) => name.get(at..).unwrap_or(name),
        (Some(""), Some(paper), Some(behind)) if is_day(behind) => paper,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_lose_what_is_around_them() {
        for (written, name) in [
            ("来源：江城网-文化频道 原创稿", Some("江城网-文化频道")),
            ("江城日报举报", Some("江城日报")),
            ("2018年6月12日《江报》", Some("《江报》")),
            ("2018年6月12日《江报》观点版", Some("《江报》观点版")),
            ("《某刊》2024/09", Some("《某刊》2024/09")),
            ("-江城日报", Some("江城日报")),
            ("《江报》2031年2月3日，作者：林深", Some("《江报》")),
            ("「江报」", Some("江报")),
            ("[[江报]]", Some("江报")),
            ("江边杂志（ID：jiang）", Some("江边杂志")),
            ("江城网，原文", Some("江城网")),
            ("公众号「棱角」：江城的雨，下了一夜", Some("棱角")),
            ("江城号棱角出品 未经许可不得转载", Some("江城号棱角出品")),
            ("知乎：江城的雨", Some("知乎：江城的雨")),
            ("微信小程序开发者社区", Some("微信小程序开发者社区")),
            ("https://a.example/b,c", Some("https://a.example/b,c")),
            ("某站，转载请注明", None),
            ("我们从江城来。", None),
            ("-", None),
        ] {
            assert_eq!(source(written).as_deref(), name, "{written}");
        }
    }

    #[test]
    fn authors_of_heads_lose_what_is_not_theirs() {
        assert_eq!(head_author("shen (林深), 信区: City"), "shen (林深)");
        assert_eq!(head_author("[[林深]]"), "林深");
        assert_eq!(head_author("\"林深\" <shen@a.example>"), "林深");
        assert_eq!(head_author("林深 shen@a.example"), "林深");
    }

    #[test]
    fn authors_lose_their_office() {
        for (written, name) in [
            ("江报专栏作者 林深", "林深"),
            ("江报见习记者 林深 李雷", "林深、李雷"),
            ("本报记者林深", "林深"),
            ("林深（江城大学研究员）", "林深（江城大学研究员）"),
            ("本报评论员", "本报评论员"),
            ("林深 江城周刊", "林深"),
            ("林深，原文已被删", "林深"),
            ("江城周刊", "江城周刊"),
        ] {
            assert_eq!(author(written), name);
        }
    }

    #[test]
    fn authors_of_a_page_are_names() {
        for none in [
            "104363",
            "name, a@example.com",
            "https://a.example",
            "<?=a?>",
        ] {
            assert_eq!(page_author(none), None, "{none}");
        }
        assert_eq!(page_author("林深").as_deref(), Some("林深"));
        for house in ["江城晚报", "江城电视台", "a.example", "江城在线"] {
            assert!(is_house(house), "{house}");
        }
        for name in ["林深", "关于集中的互联网", "林深举报", "J. Smith"] {
            assert!(!is_house(name), "{name}");
        }
    }
}
