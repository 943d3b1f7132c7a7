//! Names the parts of an article that argue nothing, by their headings: notes, sources,
//! readings, and what is said of its makers.
//!
//! A heading names such a part where it is made of a head (文献, 书目, 注释, 简介) and of nothing
//! but what qualifies one (主要, 参考, 作者): 地方文献 and 关于劳动者 are headings like any other.
//! Knows lines only; readers of formats and the outline decide what the parts mean.

use crate::text::letter;
use crate::text::script::simplified;
use crate::text::words::Words;

/// The kinds of parts without an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Notes: 注释, 译者注.
    Notes,
    /// The sources of the article: 参考文献, 引用书目.
    Sources,
    /// Texts to read besides: 延伸阅读, 推荐书目.
    Readings,
    /// Lines about those who made it: 作者简介, 关于译者.
    Makers,
}

/// Bytes of the longest heading of such a part, with its number.
const MAX_HEADING_BYTES: usize = 60;

/// Conjunctions between two names: 注释与参考文献.
const BETWEEN_NAMES: [char; 5] = ['与', '和', '及', '、', '&'];

/// Heads of notes, which need no more.
static NOTE_HEADS: Words = Words::new("注释 注 附注 尾注 脚注 注解 notes footnotes endnotes");

/// Qualifiers of notes.
static OF_NOTES: Words = Words::new("本文 作者 译者 编者 原 译 编 文中 文末");

/// Heads of sources and readings that need no qualifier.
static LIST_HEADS: Words = Words::new("文献");

/// Heads of sources and readings that are such lists by their qualifier alone. 着 is how both
/// scripts of 著 are compared.
static PLAIN_HEADS: Words =
    Words::new("书目 书单 资料 着作 论文 来源 出处 链接 连结 文章 图书 书籍 阅读 读物 材料");

/// Qualifiers of sources.
static OF_SOURCES: Words = Words::new("参考 引用 引证 征引 资料 引文");

/// Qualifiers of readings.
static OF_READINGS: Words = Words::new("延伸 扩展 拓展 推荐 相关 阅读 进一步 深入");

/// Qualifiers of both, which tell neither.
static OF_LISTS: Words =
    Words::new("主要 本文 部分 其他 其它 中文 外文 英文 中外 网络 网路 重要 基本");

/// Those who make an article.
static MAKERS: Words = Words::new(
    "作者 译者 编者 编着者 主编 讲者 主讲人 撰稿人 讲述人 口述者 受访者 采访人 整理者 绘者",
);

/// Heads of what is said of them.
static MAKER_HEADS: Words = Words::new("简介 介绍 小传 信息 资讯 资料");

/// Such headings in English.
const ENGLISH: &[(Part, &str)] = &[
    (Part::Sources, "references bibliography sources workscited"),
    (Part::Readings, "furtherreading recommendedreading"),
    (
        Part::Makers,
        "abouttheauthor abouttheauthors aboutthetranslator abouttheeditor",
    ),
];

/// Returns the part that a line names as a heading, its number and marks left out.
pub fn part(line: &str) -> Option<Part> {
    if line.len() > MAX_HEADING_BYTES {
        return None;
    }
    let line = &*simplified(line);
    let is_mark = |c: char| !letter::is_alphanumeric(c);
    let names = line.trim_matches(is_mark).split(BETWEEN_NAMES);
    let mut parts = names.map(name);
    let first = parts.next()??;
    parts.all(|part| part.is_some()).then_some(first)
}

/// Returns the part that a single name names.
fn name(name: &str) -> Option<Part> {
    let letters = name.chars().filter(|c| letter::is_letter(*c));
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    let letters = letters.as_str();
    let english = ENGLISH
        .iter()
        .find(|(_, names)| names.split(' ').any(|name| name == letters));
    english
        .map(|(part, _)| *part)
        .or_else(|| maker(letters))
        .or_else(|| notes(letters))
        .or_else(|| list(letters))
}

/// Recognises 作者简介, 关于译者.
fn maker(name: &str) -> Option<Part> {
    let about = name.strip_prefix("关于");
    let is_whole = |rest: &str| MAKER_HEADS.has(rest) || (rest.is_empty() && about.is_some());
    let mut rests = MAKERS.rests(about.unwrap_or(name));
    rests.any(is_whole).then_some(Part::Makers)
}

/// Recognises 注释, 译者注.
fn notes(name: &str) -> Option<Part> {
    let mut rests = std::iter::once(name).chain(OF_NOTES.rests(name));
    rests
        .any(|rest| NOTE_HEADS.has(rest))
        .then_some(Part::Notes)
}

/// Recognises 主要参考资料, 阅读书单.
fn list(name: &str) -> Option<Part> {
    let (mut rest, mut is_reading, mut is_qualified) = (name, false, false);
    loop {
        if LIST_HEADS.has(rest) || (is_qualified && PLAIN_HEADS.has(rest)) {
            return Some(if is_reading {
                Part::Readings
            } else {
                Part::Sources
            });
        }
        let reading = OF_READINGS.strip_prefix(rest);
        is_reading |= reading.is_some();
        let own = reading.or_else(|| OF_SOURCES.strip_prefix(rest));
        is_qualified |= own.is_some();
        rest = own.or_else(|| OF_LISTS.strip_prefix(rest))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_by_their_head_and_what_qualifies_it() {
        for (part_of, lines) in [
            (
                Some(Part::Notes),
                "注释 【註釋】 注： 译者注 原注 注释与参考文献 Notes",
            ),
            (
                Some(Part::Sources),
                "参考文献 主要參考資料： 引用书目 资料来源 文献 参考书目及注释 References",
            ),
            (
                Some(Part::Readings),
                "延伸阅读 阅读书单 推荐书目 相关链接 进一步阅读书目",
            ),
            (
                Some(Part::Makers),
                "作者简介 关于译者 關於作者 主讲人介绍 About_the_Author",
            ),
            (
                None,
                "地方文献 出土文献 资料 历史资料 关于劳动者 作者 读者 阅读 文章 书单 简介 注意 主要来源地 书单推荐语 与 关于",
            ),
        ] {
            for line in lines.split(' ') {
                assert_eq!(part(&line.replace('_', " ")), part_of, "{line}");
            }
        }
        assert_eq!(part(&"注".repeat(100)), None);
    }
}
