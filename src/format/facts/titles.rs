//! Forms of titles: prefixes and suffixes, and the facts that they state.
//!
//! 1. [`FORMS`]: one row a form, with its test: it gives the title that is left and what came
//!    off.
//! 2. [`trim`] takes off all that fits; [`choose`] picks among the titles of a page.
//!
//! Takes nothing off unless a title is left.

use crate::document::BlockKind;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::facts::labels;
use crate::format::facts::{Fact, Facts, Place, date_words, names, rows, values};
use crate::format::{date, prose};
use crate::text::words::Words;

/// Least characters of a title that is left.
const MIN_TITLE_CHARS: usize = 4;
/// Longest name of a column before a title, in characters.
const MAX_COLUMN_CHARS: usize = 6;
/// Least characters of a heading that is taken for the title without any other evidence.
const MIN_HEADING_CHARS: usize = 8;
/// Least characters that a heading and the title of its page have in common at their head.
const MIN_SHARED_CHARS: usize = 4;

/// Personal columns and pages: 某人的专栏.
static OWN_WORKS: Words =
    Words::new("专栏 博客 日志 日记 空间 主页 随笔 笔记 文集 专页 网志 部落格");

/// The names of contributions to a site of questions: 林深的回答.
static ANSWERS: Words = Words::new("回答");
/// Limit of the name of its author, in characters.
pub(crate) const MAX_NICKNAME_CHARS: usize = 16;

/// Words that number the issues of a paper.
static COUNTS: Words = Words::new("no. no 期 号");

/// A title that is left, and the fact that came off it.
type Trimmed<'a> = (&'a str, Option<(Fact, &'a str)>);

/// The forms, each over the whole title.
const FORMS: &[fn(&str) -> Option<Trimmed>] = &[dated, issue, column, own_column, boxed_site];

/// Returns the title without what does not belong to it, and the facts that came off.
pub(crate) fn trim(title: &str) -> (&str, Vec<(Fact, &str)>) {
    let (mut title, mut facts) = (title, Vec::new());
    if let Some((rest, fact)) = signed_book(title) {
        title = rest;
        facts.extend(fact);
    }
    for form in FORMS {
        let found = form(title).filter(|(rest, _)| prose::at_least(rest, MIN_TITLE_CHARS));
        if let Some((rest, fact)) = found {
            title = rest;
            facts.extend(fact);
        }
    }
    (title, facts)
}

/// `《题》作者：林深`, `《题》全集 作者：林深`, `题 作者：林深`.
fn signed_book(title: &str) -> Option<Trimmed<'_>> {
    let (before, name) = title
        .split_once("作者：")
        .or_else(|| title.split_once("作者:"))?;
    let boxed = values::quoted(before).filter(|_| before.starts_with('《'));
    let rest = boxed.unwrap_or(before.trim_end());
    let fits = prose::at_least(rest, 1) && prose::at_most(name, MAX_NICKNAME_CHARS);
    (fits && !prose::has_stop(before)).then_some((rest, Some((Fact::Author, name.trim()))))
}

/// `2031-03-17 - 题`, `2031.03.17_题`.
fn dated(title: &str) -> Option<Trimmed<'_>> {
    let (before, day, behind) = date_words::cut_date(title)?;
    let is_mark = |c: char| matches!(c, '-' | '_' | '|' | '｜' | '–' | '—' | '：' | ':' | ' ');
    // the date may take the dash with it
    let marked = behind.starts_with(is_mark) || day.ends_with('-') || title.contains(" - ");
    let rest = behind.trim_start_matches(is_mark);
    let day = day.trim_end_matches([' ', '-']);
    (before.is_empty() && marked).then_some((rest, Some((Fact::Date, day))))
}

/// Offers the date before the name of a post, as site generators name their files:
/// `2031-03-17-early-market.md`.
pub(crate) fn offer_day_of_name(path: &str, facts: &mut Facts) {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let split = name.split_at_checked(DAY_BYTES);
    let day = split
        .filter(|(_, rest)| rest.starts_with('-'))
        .map(|(day, _)| day);
    if let Some(day) = day.filter(|day| date::read(day).as_deref() == Some(day)) {
        facts.offer(Fact::Date, Place::Address, day);
    }
}

/// Length of a day as it begins the name of a post.
const DAY_BYTES: usize = "2031-03-17".len();

/// `【2031某刊No.5】题`.
fn issue(title: &str) -> Option<Trimmed<'_>> {
    let (name, rest) = title.strip_prefix(['【', '['])?.split_once(['】', ']'])?;
    let small = name.to_ascii_lowercase();
    let counted = small.contains(|c: char| c.is_ascii_digit()) && COUNTS.occur_in(&small);
    counted.then_some((rest.trim_start(), None))
}

/// `某栏目丨题`, `某人专栏：题`.
fn column(title: &str) -> Option<Trimmed<'_>> {
    let (name, rest) = title.split_once(['丨', '｜', '|', '：', ':'])?;
    let by_colon = title.get(name.len()..)?.starts_with(['：', ':']);
    let rest = rest.trim_start();
    let is_name = name.chars().all(prose::is_han) && prose::at_most(name, MAX_COLUMN_CHARS);
    let fits = if by_colon {
        OWN_WORKS.ends(name) && !OWN_WORKS.has(name)
    } else {
        let more = rest.contains(['丨', '｜', '|', '_']);
        prose::at_least(rest, MIN_HEADING_CHARS) && !more && !values::is_site(rest)
    };
    (is_name && fits).then_some((rest, None))
}

/// `题 - 林深的专栏`.
fn own_column(title: &str) -> Option<Trimmed<'_>> {
    let marks = [" - ", " – ", " — ", " | ", "_"];
    let (rest, behind) = marks.iter().find_map(|mark| title.rsplit_once(mark))?;
    let (name, work) = behind.rsplit_once('的')?;
    let is_old = |name: &str| name.starts_with(['老', '小', '阿']) && prose::len(name) == 2;
    // a nickname may be anything
    let is_answer = ANSWERS.has(work) && prose::at_most(name, MAX_NICKNAME_CHARS);
    let is_name = names::is_person(name) || is_old(name) || is_answer;
    let is_work = OWN_WORKS.has(work) || prose::at_most(work, 3);
    (is_name && is_work).then_some((rest.trim_end(), Some((Fact::Author, name))))
}

/// `题 - 【某站】`.
fn boxed_site(title: &str) -> Option<Trimmed<'_>> {
    let (rest, name) = title.strip_suffix('】')?.rsplit_once('【')?;
    let rest = rest.trim_end().strip_suffix(['-', '_', '|'])?;
    let fits = prose::at_most(name, 14);
    fits.then_some((rest.trim_end(), Some((Fact::Source, name))))
}

/// Chooses the title of a page between what its head states and its headings of level 1.
pub(crate) fn choose<'a>(stated: &[&str], page: &'a DraftDocument, from: usize) -> Option<&'a str> {
    let blocks = page.blocks.get(from..)?;
    let is_top = |d: &DraftBlock| d.is_shown() && d.kind == BlockKind::Heading(1);
    let tops = || blocks.iter().enumerate().filter(|(_, d)| is_top(d));
    let keys: Vec<String> = stated.iter().map(|s| prose::key(s)).collect();
    // 某县关于…的通告 is the whole of 关于…的通告_公告_某县
    let segments = stated
        .iter()
        .flat_map(|s| s.split(['_', '|', '｜', '-', '–', '—']));
    let segments: Vec<String> = segments.map(prose::key).collect();
    let holds = |d: &DraftBlock| {
        let key = prose::key(&d.text);
        let within = |s: &String| prose::at_least(s, MIN_HEADING_CHARS) && key.ends_with(s);
        segments.iter().any(within)
    };
    // the heading of the whole blog is not that of an entry
    let is_blog = |d: &DraftBlock| OWN_WORKS.ends(&d.text) && segments.len() > 2;
    let agrees = |d: &DraftBlock| {
        let key = prose::key(&d.text);
        let within = |s: &String| s == &key || prose::at_least(&key, 2) && s.contains(&key);
        let found = keys.is_empty() || keys.iter().any(within) || holds(d);
        !key.is_empty() && found && !is_blog(d)
    };
    let agreeing = tops().filter(|(_, d)| agrees(d));
    // the first of the longest: a part of the page may be named by a word of the title
    let longest = agreeing.rev().max_by_key(|(_, d)| d.text.len());
    if let Some((_, top)) = longest {
        return Some(&top.text);
    }
    let is_title = |d: &DraftBlock| {
        !d.is_link() && prose::at_least(&d.text, MIN_HEADING_CHARS) && !values::is_site(&d.text)
    };
    let mut long = tops().filter(|(_, d)| is_title(d));
    let (Some((i, top)), None) = (long.next(), long.next()) else {
        return None;
    };
    let key = prose::key(&top.text);
    let shares = |s: &String| shared(s, &key) >= MIN_SHARED_CHARS;
    let below = || blocks.iter().skip(i + 1).take(3);
    let is_dated = |d: &DraftBlock| rows::read(&d.text).is_some_and(|row| row.timed);
    let labelled = |d: &DraftBlock| {
        labels::statements(&d.text)
            .iter()
            .any(|s| s.fact == Fact::Date)
    };
    let evident = keys.iter().any(shares) || below().any(|d| is_dated(d) || labelled(d));
    evident.then_some(&*top.text)
}

/// Returns the title of a book without the advertisement in brackets behind it:
/// `桥（船走得慢，看得见的东西多！）`.
pub(crate) fn without_advert(title: &str) -> String {
    let pairs = [('（', '）'), ('(', ')'), ('【', '】')];
    let advert = pairs.iter().find_map(|(open, close)| {
        let (before, rest) = title.split_once(*open)?;
        let (inside, behind) = rest.split_once(*close)?;
        let says = inside.contains(['，', '。', '！', '？', '；']);
        (says && !before.is_empty()).then(|| format!("{}{}", before.trim_end(), behind))
    });
    advert.unwrap_or_else(|| title.to_owned())
}

/// Counts the characters that two texts have in common at their heads.
fn shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// Returns the author that a title names before a colon, `林深：江城的雨`: one whom the text
/// itself never names, or it were about him.
pub(crate) fn speaker<'a>(title: &'a str, blocks: &[DraftBlock]) -> Option<&'a str> {
    let (name, rest) = title.split_once(['：', ':'])?;
    let fits = names::is_person(name) && prose::at_least(rest, MIN_TITLE_CHARS);
    let named = |d: &DraftBlock| d.is_shown() && d.text.contains(name);
    let about = || {
        blocks
            .iter()
            .any(|d| named(d) && !d.text.starts_with(title))
    };
    (fits && !about()).then_some(name)
}

/// Returns the source that the end of a page's title names.
pub(crate) fn site_behind<'a>(written: &'a str, title: &str) -> Option<&'a str> {
    let (_, behind) = written.split_once(title)?;
    let is_mark = |c: char| "_|｜丨-–—【】 ".contains(c);
    let name = behind
        .trim_matches(is_mark)
        .rsplit(['_', '|', '｜', '丨'])
        .next()?
        .trim();
    let named = values::is_house(name) || behind.ends_with('】');
    (named && prose::at_most(name, 14)).then_some(name)
}

/// Returns the person whose column or blog the end of a page's title names: `题_林深的博客_某网`.
pub(crate) fn owner_behind(written: &str) -> Option<&str> {
    let mut parts = written.split(['_', '|', '｜', '-', '–', '—']).skip(1);
    parts.find_map(|part| {
        let (name, work) = part.trim().split_once('的')?;
        (names::is_person(name) && OWN_WORKS.has(work)).then_some(name)
    })
}

/// Returns a title without the number of its note, `江城的雨1`, where notes with the numbers 1 and
/// 2 stand below.
pub(crate) fn without_note<'a>(title: &'a str, blocks: &[DraftBlock]) -> Option<&'a str> {
    let rest = title.strip_suffix('1')?;
    let is_note = |d: &DraftBlock, number: char| {
        let note = d.text.strip_prefix(number);
        d.is_shown() && note.is_some_and(|note| note.starts_with(prose::is_han))
    };
    let has = |number: char| blocks.iter().skip(1).any(|d| is_note(d, number));
    let is_text = rest.ends_with(|c: char| prose::is_han(c) || c == '”' || c == '》');
    (is_text && has('1') && has('2')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Meta;
    use crate::text::cases::rows;

    #[test]
    fn what_stands_around_a_title_comes_off() {
        for [written, title, fact] in rows(
            "\
2031-03-17 - 那些关门以后的日子 ¦ 那些关门以后的日子 ¦ Date 2031-03-17
【2031江刊No.51】把话说清楚 ¦ 把话说清楚 ¦ -
北风专栏：把话说清楚 ¦ 把话说清楚 ¦ -
棱角丨江城的雨下了一整夜 ¦ 江城的雨下了一整夜 ¦ -
开店的难处 - 老周的梦话 ¦ 开店的难处 ¦ Author 老周
开店的难处 - 林深的专栏 ¦ 开店的难处 ¦ Author 林深
《雨》TXT下载（全本）作者：林深 ¦ 雨 ¦ Author 林深
江城的雨 作者：林深 ¦ 江城的雨 ¦ Author 林深
开店的难处- 【江城易购】 ¦ 开店的难处 ¦ Source 江城易购
2031年5月6日的江城 ¦ 2031年5月6日的江城 ¦ -
从甲到乙 - 一路的风景 ¦ 从甲到乙 - 一路的风景 ¦ -
专栏：好 ¦ 专栏：好 ¦ -
【2031江刊No.5】信念 ¦ 【2031江刊No.5】信念 ¦ -",
        ) {
            let (rest, facts) = trim(written);
            let facts: Vec<String> = facts.iter().map(|(f, v)| format!("{f:?} {v}")).collect();
            assert_eq!((rest, facts.join("|").as_str()), (title, fact), "{written}");
        }
    }

    #[test]
    fn the_name_of_a_post_has_its_day() {
        for (name, wanted) in [
            ("_posts/2031-03-17-early-market.md", Some("2031-03-17")),
            ("2031-03-17.md", None),
            ("2031-13-17-a.md", None),
            ("早市.md", None),
        ] {
            let (mut facts, mut meta) = (Facts::default(), Meta::default());
            offer_day_of_name(name, &mut facts);
            facts.settle(&mut meta);
            assert_eq!(meta.date.as_deref(), wanted, "{name}");
        }
    }

    #[test]
    fn a_name_before_a_title_is_its_author_unless_the_text_is_about_him() {
        let page = |line: &'static str| DraftDocument::of_lines(&["林深：江城的雨", line]).blocks;
        assert_eq!(
            speaker("林深：江城的雨", &page("雨下了一夜。")),
            Some("林深")
        );
        assert_eq!(
            speaker("林深：江城的雨", &page("林深说，雨下了一夜。")),
            None
        );
        assert_eq!(speaker("通知：江城的雨", &page("雨下了一夜。")), None);
    }

    #[test]
    fn the_number_of_a_note_is_no_part_of_the_title() {
        let lines = [
            "江城的雨1",
            "雨2下了一夜。",
            "1本篇写于江城。",
            "2江城的雨。",
        ];
        let blocks = DraftDocument::of_lines(&lines).blocks;
        assert_eq!(without_note(lines[0], &blocks), Some("江城的雨"));
        assert_eq!(without_note(lines[0], &blocks[..3]), None);
    }

    #[test]
    fn a_heading_may_be_the_title_of_its_page() {
        let chosen = |stated: &[&str], heading: &str, below: &str| {
            let mut page = DraftDocument::default();
            page.block(BlockKind::Heading(1), 0, 1, heading);
            page.block(BlockKind::Paragraph, 0, 2, below);
            choose(stated, &page, 0).map(str::to_owned)
        };
        let notice = "某局关于做好菜市场改造工作的通知";
        for (stated, heading, below, wanted) in [
            (&["某局关于通知-政策-某局"][..], notice, "正文。", true),
            (
                &["新闻动态"],
                notice,
                "发布时间：2031-05-06 来源：某科",
                true,
            ),
            (&["别的事情_江城网"], notice, "正文。", false),
            (&["菜市场又改造_江城网"], "江城新闻网站", "正文。", false),
            (&["菜市场“"], "╳", "正文。", false),
            (
                &["菜市场", "菜市场“改造”_江城网"],
                "菜市场“改造”",
                "正文。",
                true,
            ),
        ] {
            assert_eq!(
                chosen(stated, heading, below).is_some(),
                wanted,
                "{stated:?}"
            );
        }
    }
}
