//! Cleans the title: without the name of a column before it and of a site after it.
//!
//! 1. [`settle`]: a line of the article with the title removes what the head of the page has
//!    around it, if a mark of sites comes between.
//! 2. [`clean`] removes names of columns and sites that the tables know.
//!
//! The title as written is kept beside the cleaned one. A prefix goes only where it
//! is the known name of a column, a suffix only after a mark that sites use.

use crate::format::clean::notes;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::facts::values::{self, is_site};
use crate::format::facts::{Fact, Place, titles};
use crate::format::{entities, prose};
use crate::text::words::Words;

/// Names of columns that stand before a title with a colon.
static COLUMNS: Words = Words::new(
    "评论 社论 时评 短评 快评 锐评 述评 社评 专栏 观点 理论 来论 热评 网评 辣评 锐评论 评论员文章
    本报评论员 人民日报评论员 新华时评 人民时评 人民论坛 央视快评 国际锐评 钟声 评论员观察 今日谈
    原创 转载 原标题",
);
/// Marks that sites put between a title and their name; a dash needs its blanks.
const SITE_MARKS: &[&str] = &["_", "|", "｜", "丨", " - ", " – ", " — "];
/// Longest name before a title, in characters.
const MAX_PREFIX_CHARS: usize = 14;
/// Least characters of a title to which the name of a site is joined by a dash without blanks.
const MIN_JOINED_CHARS: usize = 6;
/// Rounds in which names around a title come off.
const MAX_ROUNDS: usize = 4;
/// Least characters of a paragraph; a title is above the first.
const MIN_PROSE_CHARS: usize = 60;

/// Takes the title as a line above the text has it, where the facts have more around it:
/// `某网 - 题`, `题——评论 - 某文摘`.
pub(crate) fn settle(page: &mut DraftDocument) {
    let title = prose::one_line(&page.meta.title);
    if !title.contains('-') && !SITE_MARKS.iter().any(|mark| title.contains(mark)) {
        return;
    }
    let inner = |d: &DraftBlock| {
        let text = notes::without_marks(&prose::one_line(&d.text));
        let may = prose::len(&text) >= 4 && !is_site(&text) && !d.is_link();
        (may && is_within(&title, &text)).then_some(text)
    };
    let is_above = |d: &&DraftBlock| !d.is_shown() || !prose::at_least(&d.text, MIN_PROSE_CHARS);
    let above = page.blocks.iter().take_while(is_above);
    let above = above.filter(|d| d.text.len() < title.len());
    let Some(found) = above.filter_map(inner).max_by_key(String::len) else {
        return;
    };
    let prefix = title.strip_prefix(&found);
    let rule = prefix.map_or("title-prefix", |_| "title-suffix");
    page.note(rule, page.title_line.max(1), &title);
    page.meta.title = found;
    page.meta.title_as_written = Some(title);
}

/// Recognises a title that is this text with additions of a site before or behind it.
fn is_within(title: &str, text: &str) -> bool {
    let Some((before, behind)) = title.split_once(text) else {
        return false;
    };
    let prefix = before.is_empty()
        || SITE_MARKS.iter().any(|mark| before.ends_with(mark))
            && prose::at_most(before, MAX_PREFIX_CHARS);
    // ——… alone is a second title
    let is_mark = |c: char| matches!(c, '_' | '|' | '｜' | '丨' | '-' | '–' | '—' | ' ');
    let suffix = behind.is_empty()
        || behind.starts_with(is_mark) && SITE_MARKS.iter().any(|mark| behind.contains(mark));
    let joined = behind.starts_with('-') && prose::at_least(text, MIN_JOINED_CHARS);
    prefix && (suffix || joined)
}

/// Cleans the title in the page's facts, and offers what came off.
pub(crate) fn clean(page: &mut DraftDocument) {
    let written = prose::one_line(&page.meta.title);
    let whole = unescape(&written);
    let mut title = whole.clone();
    // 题 - 林深的回答 - 某站
    for _ in 0..MAX_ROUNDS {
        let (rest, facts) = titles::trim(&title);
        for (fact, value) in facts {
            page.facts.offer(fact, Place::Closing, value);
        }
        let rest = without_column(rest).unwrap_or_else(|| rest.to_owned());
        let rest = without_named(&rest, page);
        title = without_site(rest).unwrap_or_else(|| rest.to_owned());
    }
    let title = without_lone_quote(&title);
    let line = page.title_line.max(1);
    let ends = [
        ("title-prefix", whole.starts_with(title)),
        ("title-suffix", whole.ends_with(title)),
    ];
    for (rule, _) in ends.into_iter().filter(|(_, is_kept)| !is_kept) {
        page.note(rule, line, &written);
    }
    let mut title = notes::without_marks(title);
    if let Some(rest) = titles::without_note(&title, &page.blocks) {
        title = String::from(rest);
    }
    if title != written {
        page.meta.title_as_written.get_or_insert(written);
    }
    if let Some(name) = titles::speaker(&title, &page.blocks) {
        page.facts.offer(Fact::Author, Place::Closing, name);
    }
    page.meta.title = title;
    page.facts.settle(&mut page.meta);
}

/// Returns a title without the name behind it that the file gives as its author or source.
fn without_named<'a>(title: &'a str, page: &DraftDocument) -> &'a str {
    let named = SITE_MARKS.iter().find_map(|mark| title.rsplit_once(mark));
    let named = named.filter(|(rest, name)| prose::at_least(rest, 4) && page.facts.names(name));
    named.map_or(title, |(rest, _)| rest.trim_end())
}

/// Returns a title without a quotation mark at its end that closes nothing.
fn without_lone_quote(title: &str) -> &str {
    let pairs = [
        ('“', '”'),
        ('「', '」'),
        ('『', '』'),
        ('《', '》'),
        ('‘', '’'),
    ];
    let is_lone = |(open, close): &(char, char)| {
        title.ends_with(*close) && title.matches(*close).count() > title.matches(*open).count()
    };
    let lone = pairs.iter().find(|pair| is_lone(pair));
    let rest = lone.and_then(|(_, close)| title.strip_suffix(*close));
    rest.filter(|rest| rest.ends_with(prose::is_han) || rest.ends_with(['？', '！']))
        .unwrap_or(title)
}

/// Returns a title without the tags and entities that a crawler left in it.
fn unescape(title: &str) -> String {
    let read = entities::decoded(title);
    ["<br>", "<br/>"]
        .iter()
        .fold(read.into_owned(), |title, tag| title.replace(tag, " "))
}

/// `评论：题` and `【评论】题` without the column, if a title is left.
fn without_column(title: &str) -> Option<String> {
    let mut bare = COLUMNS.rests(title).map(str::trim_start);
    // 【江报社论】题
    let boxed = title.strip_prefix(['【', '[', '［']).unwrap_or_default();
    let house = boxed.split(['】', ']', '］']).next().unwrap_or_default();
    let house = COLUMNS
        .strip_suffix(house)
        .filter(|house| values::is_house(house));
    let mut boxed = COLUMNS.rests(boxed.get(house.map_or(0, str::len)..).unwrap_or_default());
    let rest = bare
        .find_map(|rest| rest.strip_prefix(['：', ':', '|', '｜', '丨']))
        .or_else(|| boxed.find_map(|rest| rest.strip_prefix(['】', ']', '］'])))?;
    let rest = rest.trim();
    // 评论: 城市: 更新 is a row of names, all of them the title's
    let row = rest
        .split_once(['：', ':'])
        .is_some_and(|(name, _)| prose::at_most(name, 3));
    (prose::len(rest) >= 4 && !row).then(|| rest.to_owned())
}

/// `题_频道`, `题 - 某网`, `题|某网` without the site, if a title is left.
fn without_site(title: &str) -> Option<String> {
    let at = title.rfind(['_', '|', '｜', '丨', '-', '—', '–'])?;
    let (head, tail) = title.split_at_checked(at)?;
    let mark = tail.chars().next()?;
    let site = tail.get(mark.len_utf8()..)?.trim();
    let head = head.trim_end_matches(['_', '|', '｜', '-', '—', '–', ' ', '\u{3000}']);
    let engine = site.to_ascii_lowercase().starts_with("powered by ");
    let short = ((1..=14).contains(&prose::len(site)) || engine && prose::len(site) <= 40)
        && !prose::has_stop(site);
    let named = is_site(site) || engine;
    // prose has no underscore; a dash needs the name of a site behind it
    let cut = match mark {
        '_' => prose::has_han(site) || named,
        '|' | '｜' | '丨' => named,
        _ => named && !head.ends_with(|c: char| c.is_ascii_digit()),
    };
    (short && cut && prose::len(head) >= 4).then(|| head.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    fn cleaned(title: &str) -> String {
        let mut page = DraftDocument::default();
        page.meta.title = title.into();
        clean(&mut page);
        page.meta.title
    }

    #[test]
    fn columns_and_sites_go() {
        for [written, clean] in rows(
            "\
评论：让城市群真正融合_某省频道 ¦ 让城市群真正融合
【社论】让城市群融合 ¦ 让城市群融合
【江报社论】让城市群融合 ¦ 让城市群融合
让城市群融合 - 某某网 ¦ 让城市群融合
城市群为什么要融合？ - 水边的人的回答 - 知乎 ¦ 城市群为什么要融合？
让城市群融合” ¦ 让城市群融合
让“城市群融合” ¦ 让“城市群融合”
让城市群融合_评论_某某新闻 ¦ 让城市群融合
让城市群融合|某某日报 ¦ 让城市群融合
[原创]谈谈城市群 - 时政评论 - 某某论坛 - Powered by Discuz! ¦ 谈谈城市群
让&ldquo;城市群&rdquo;融合 ¦ 让“城市群”融合",
        ) {
            assert_eq!(cleaned(written), clean);
        }
    }

    #[test]
    fn the_name_of_the_source_goes_whatever_it_is() {
        let mut page = DraftDocument::default();
        page.meta.title = "雨下了一整夜的江城 | 棱角".into();
        page.facts.offer(Fact::Source, Place::Line, "棱角");
        clean(&mut page);
        assert_eq!(page.meta.title, "雨下了一整夜的江城");
    }

    #[test]
    fn titles_with_marks_of_their_own_stay() {
        let titles = "评论是什么¦评论：好¦从 A - B 到 C¦2018—2035年规划¦两个问题：甲与乙¦\
            评论: 城市: 更新¦【2021某刊No.5】信念¦北风：某事";
        for title in titles.split('¦') {
            assert_eq!(cleaned(title), title);
        }
    }

    #[test]
    fn a_line_of_the_article_decides_its_title() {
        let settled = |title: &str, line: &str| {
            let mut page = DraftDocument::of_lines(&["首页", line]);
            page.meta.title = title.into();
            settle(&mut page);
            page.meta.title
        };
        for title in ["江城网 - 让城市群融合", "让城市群融合——评论 - 江城文摘"]
        {
            assert_eq!(settled(title, "让城市群融合"), "让城市群融合");
        }
        for (title, line) in [
            ("让城市群融合——两个样本", "让城市群融合"),
            ("从甲到乙 - 一路走来", "一路"),
            ("让城市群融合 - 江城日报", "江城日报"),
        ] {
            assert_eq!(settled(title, line), title);
        }
    }
}
