//! Rows of facts as pages set them between title and text, without labels or with them, glued
//! or not: `金融 江城日报 2019-09-23 07:48`, `发表于2014-08-24 | 来源江报 | 作者林深`.
//!
//! 1. The date is cut out, whatever stands around it.
//! 2. Each segment of the rest is a tool or a counter, a house, a person, or unknown.

use crate::format::facts::date_words::cut_date;
use crate::format::facts::labels::{self, Statement};
use crate::format::facts::unlabelled_byline;
use crate::format::facts::{Fact, names, values};
use crate::format::{date, prose};
use crate::text::words::Words;

/// Limit of a row, in characters.
const MAX_ROW_CHARS: usize = 80;

/// Words that may come directly before a date.
static DATE_LEADS: Words = Words::new(
    "发布时间 发布日期 发表时间 发表日期 发稿时间 发表于 发布于 发表 发布 刊于 时间 日期
    发文日期 成文日期",
);
static UPDATE_LEADS: Words = Words::new("更新于 最后更新 更新 编辑于 修改于");
static SOURCE_LEADS: Words = Words::new("来源于 来自 来源");
static AUTHOR_LEADS: Words = Words::new("作者");
/// Endings of counters.
static COUNTERS: Words = Words::new("阅读 次阅读 浏览 条评论 评论 人参与 次 人 赞 点击");
/// Words that say nothing about the article.
static IDLE: Words = Words::new("原创 转载 首发 置顶 热门 精选 我有话说");
/// The suffixes that platforms add to the name of a publisher.
static ACCOUNTS: Words = Words::new("官方账号 官方帐号");

/// The statements of a row.
#[derive(Debug, Default)]
pub(crate) struct FactRow {
    pub(crate) stated: Vec<Statement>,
    /// Segments that were not understood.
    pub(crate) unknown: usize,
    /// True where the date has a time of day.
    pub(crate) timed: bool,
    /// True where a word before the date says that it is of the text: 发布于.
    pub(crate) has_lead: bool,
}

/// Reads a row; `None` where it has no whole date, or reads as a sentence.
pub(crate) fn read(text: &str) -> Option<FactRow> {
    let is_sentence = text.contains(['。', '！', '？', '；', '，']);
    if !prose::at_most(text, MAX_ROW_CHARS) || is_sentence {
        return None;
    }
    let (before, written, behind) = cut_date(text).or_else(|| cut_day(text))?;
    let mut row = FactRow {
        timed: written.contains([':', '：']),
        ..FactRow::default()
    };
    let all = before;
    let lead = before.trim_end_matches([' ', '：', ':', '\u{3000}']);
    let (fact, before) = match UPDATE_LEADS.strip_suffix(lead) {
        Some(rest) => (Fact::Updated, rest),
        None => (Fact::Date, DATE_LEADS.strip_suffix(lead).unwrap_or(before)),
    };
    row.has_lead = before.len() < all.len();
    row.stated.push(Statement::new(fact, written));
    let is_between =
        |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨' | '·' | '・' | ',');
    for part in [before, behind] {
        let labelled = labels::statements(part.trim_matches(is_between));
        if !labelled.is_empty() && labelled.iter().all(|s| s.fits("")) {
            row.stated.extend(labelled);
            continue;
        }
        for segment in part.split(is_between).filter(|s| !s.is_empty()) {
            row.segment(segment);
        }
    }
    Some(row)
}

impl FactRow {
    fn segment(&mut self, segment: &str) {
        let bare = segment.trim_matches(|c: char| "[]【】（）()：:－-—/".contains(c));
        let after = |leads: &Words| Some(leads.strip_prefix(bare)?.trim_start_matches([':', '：']));
        // 第05版, IP 属地江城
        let is_page = bare.starts_with('第') && bare.ends_with('版');
        let is_place = ["IP", "属地"].iter().any(|word| bare.starts_with(word));
        let is_count = bare.chars().all(|c| c.is_ascii_digit())
            || bare.starts_with(|c: char| c.is_ascii_digit()) && COUNTERS.ends(bare)
            || COUNTERS.has(bare);
        if bare.is_empty()
            || is_count
            || is_page
            || is_place
            || IDLE.has(bare)
            || labels::is_tool(bare)
        {
            return;
        }
        let stated = if let Some(source) = after(&SOURCE_LEADS).filter(|s| !s.is_empty()) {
            Statement::new(Fact::Source, source)
        } else if let Some(author) = after(&AUTHOR_LEADS).filter(|s| !s.is_empty()) {
            Statement::new(Fact::Author, author)
        } else if let Some(house) = ACCOUNTS.strip_suffix(bare).or(Some(bare))
            && values::is_house(house)
        {
            Statement::new(Fact::Source, house)
        } else if let Some(author) = unlabelled_byline::read(bare).or_else(|| names::people(bare)) {
            Statement::new(Fact::Author, &author)
        } else {
            self.unknown += 1;
            return;
        };
        self.stated.push(stated);
    }
}

/// The same at the head of a line, behind a word for it, where the year is short or missing:
/// `发布时间：03-05 10:20某报`.
fn cut_day(text: &str) -> Option<(&str, &str, &str)> {
    let rest = DATE_LEADS.strip_prefix(text).unwrap_or(text);
    let rest = rest.trim_start_matches(['：', ':', ' ']);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || "-: ".contains(c)));
    let (written, behind) = rest.split_at(end.unwrap_or(rest.len()));
    let before = text.get(..text.len() - rest.len())?;
    date::stated(written).map(|_| (before, written.trim(), behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    fn stated(text: &str) -> String {
        let Some(row) = read(text) else {
            return "-".into();
        };
        let parts = row
            .stated
            .iter()
            .map(|s| format!("{:?} {}", s.fact, s.value));
        let unknown = format!("+{}", row.unknown);
        parts.chain([unknown]).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn rows_are_read_whatever_their_order() {
        for [row, wanted] in rows("\
金融市场 棱角 2031-09-23 07:48 ¦ Date 2031-09-23 07:48|+2
发表于2031-08-24 21:30| 1164次阅读| 来源江报| 0 条评论| 作者林深 ¦ Date 2031-08-24 21:30|Source 江报|Author 林深|+0
原创 江城都市报 2031-09-09 16:01:46 ¦ Date 2031-09-09 16:01:46|Source 江城都市报|+0
2031年09月11日江城传媒 1665 0 ¦ Date 2031年09月11日|Source 江城传媒|+0
发布时间：03-0510:20江城日报官方账号 ¦ Date 03-0510:20|Source 江城日报|+0
21-03-05 10:20 江城日报 ¦ Date 21-03-05 10:20|Source 江城日报|+0
江报 | 2031.02.03 第05版 ¦ Date 2031.02.03|Source 江报|+0
最后更新: 2031-09-07 15:14:21 ¦ Updated 2031-09-07 15:14:21|+0
| 发布时间: 2031-05-17 | 浏览次数: 2168 ¦ Date 2031-05-17|Other 2168|+0
2031-09-24 09:10 江城日报 记者 林深 ／江城報導 ¦ Date 2031-09-24 09:10|Source 江城日报|Author 林深|+2") {
            assert_eq!(stated(row), wanted, "{row}");
        }
    }

    #[test]
    fn sentences_and_numbers_are_no_rows() {
        for none in [
            "2031年5月6日，江城下了一夜的雨",
            "江城的雨",
            "阅读 1234",
            "3-5 岁",
        ] {
            assert_eq!(stated(none), "-", "{none}");
        }
    }
}
