//! Facts around the text that no line of their own states: rows of a page between its title and
//! its text, the occasion of a speech, the day of a law, the date under the last line.
//!
//! 1. [`under_title`]: from the block with the title down to the first sentence.
//! 2. [`behind_text`]: the next few blocks behind the last sentence.
//! 3. [`closing`]: where one line in the second half, and no other, is a date of writing or
//!    the place of the first print.
//!
//! Works after the other rules of clean-up: a row that they folded as a part of the page states
//! what it states all the same. Folds a line only where all of it was understood.

use crate::document::BlockKind::{Caption, Code, Heading, Image, Item, Note, Paragraph};
use crate::document::MarkupKind;
use crate::format::clean::clutter::is_approval;
use crate::format::clean::note_numbers;
use crate::format::clean::zones::is_sentence;
use crate::format::date;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::facts::date_words::cut_date;
use crate::format::facts::labels;
use crate::format::facts::rows;
use crate::format::facts::titles::MAX_NICKNAME_CHARS;
use crate::format::facts::unlabelled_byline;
use crate::format::facts::{Fact, Facts, Place, names, signed, values};
use crate::format::prose;
use crate::text::script::{simplified, simplify};
use crate::text::words::Words;
use std::cell::LazyCell;
use std::ops::Range;

/// Blocks between a title and the text.
const MAX_BLOCKS_UNDER_TITLE: usize = 25;
/// Blocks behind the text that may state who wrote it.
const MAX_BLOCKS_BEHIND: usize = 8;
/// Limit of a line that closes a text, in characters.
const MAX_CLOSING_CHARS: usize = 40;
/// Limit of a line about the occasion of a speech or the day of a law, in characters.
const MAX_OCCASION_CHARS: usize = 60;
/// The rule that folds parts of a page by their place.
const PAGE_PART: &str = "page-part";

/// Verbs of making a law, behind a date: 通过, 公布.
static ENACTED: Words = Words::new("通过 公布 发布 颁布 修订 修正 印发 批准 修改");
/// Words before the day on which a text was written.
static WRITTEN: Words = Words::new("写于 作于 草于 记于 完稿于 定稿于");
/// Marks of the posts of their site's own authors.
static ORIGINAL: Words = Words::new("原创");
/// Words before the name of what printed the text.
static PRINTED_IN: Words = Words::new("原载于 原载 原刊于 原刊 首发于 刊于 发表于");
/// Words of lines that refer to a work: 详见, 载.
static REFERS: Words = Words::new("见 载 参考 参阅 引自");
/// Beginnings of notes on the first publication of a text.
static FIRST_PRINT: Words = Words::new("本篇最初发表于 最初发表于 本篇最初发表 本篇首次发表于");

/// Offers candidates from the lines around the text, and settles the facts.
pub(crate) fn read(page: &mut DraftDocument) {
    let mut facts = std::mem::take(&mut page.facts);
    if page.section.first {
        under_title(page, &mut facts);
    }
    if page.section.last {
        behind_text(page, &mut facts);
    }
    if page.section.is_whole() {
        closing(page, &mut facts);
    }
    facts.settle(&mut page.meta);
    page.facts = facts;
}

/// Returns the blocks between the title and the first sentence below it.
fn head(page: &DraftDocument) -> Option<std::ops::Range<usize>> {
    let title = prose::key(&page.meta.title);
    let blocks = &page.blocks;
    let body = |from: usize| {
        let mut below = blocks.iter().skip(from).take(MAX_BLOCKS_UNDER_TITLE);
        below.position(is_sentence).map(|n| from + n)
    };
    let titled = |i: &usize| {
        let is_title = |d: &DraftBlock| !title.is_empty() && prose::key(&d.text) == title;
        blocks.get(*i).is_some_and(is_title) && body(i + 1).is_some()
    };
    let at = (0..blocks.len()).find(titled).map_or(0, |i| i + 1);
    Some(at..body(at)?)
}

/// Returns whether rows of facts stand in the body: the dates of a diary are its author's, those
/// of several articles are theirs.
fn has_entries(body: &[DraftBlock]) -> bool {
    // the last line of all may be the day on which it was written
    let last = body.iter().rposition(DraftBlock::is_shown).unwrap_or(0);
    let mut shown = body.iter().take(last).filter(|d| d.is_shown());
    shown.any(|d| rows::read(&d.text).is_some())
}

/// Offers the rows between the title and the text.
fn under_title(page: &mut DraftDocument, facts: &mut Facts) {
    let Some(head) = head(page) else { return };
    let Some((above, body)) = page.blocks.split_at_mut_checked(head.end) else {
        return;
    };
    let has_entries = LazyCell::new(|| has_entries(body));
    let lines = above.get_mut(head.start..).unwrap_or_default();
    let (mut dated, mut enacted) = (false, None);
    let mut speaker = false;
    for draft in lines.iter_mut() {
        let is_part = draft.folded == Some(PAGE_PART);
        let text = draft.text.trim();
        if !(draft.is_shown() || is_part) || matches!(draft.kind, Code | Image | Caption) {
            continue;
        }
        if std::mem::take(&mut speaker)
            && let Some(name) = last_name(text)
        {
            facts.offer(Fact::Author, Place::Line, name);
        }
        if let Some(day) = occasion(text) {
            facts.offer(Fact::Date, Place::Line, day);
            speaker = true;
        } else if let Some(day) = law_day(text) {
            // the last day is that of the text as it stands
            enacted = Some(day.to_owned());
        } else if let Some(row) = rows::read(text).filter(|_| !dated && (is_part || !*has_entries))
        {
            dated = offer_row(&row, is_part, facts);
            if row.unknown == 0 && !is_part {
                draft.folded = Some("date-line");
            }
        } else if is_part {
            part(text, facts);
        } else if let Some(author) = emphasised_name(draft) {
            facts.offer(Fact::Author, Place::Line, &author);
            draft.folded = Some("author-line");
        } else if signature(text, facts) {
            draft.folded = Some("author-line");
        }
    }
    if let Some(day) = enacted {
        facts.offer(Fact::Date, Place::Line, &day);
    }
    above_text(lines, body.first(), facts);
}

/// Offers what the lines above the text state together, and its first sentence.
fn above_text(lines: &mut [DraftBlock], first: Option<&DraftBlock>, facts: &mut Facts) {
    if let Some(name) = answerer(lines) {
        facts.offer(Fact::Author, Place::Closing, name);
    }
    // a title that asks makes a sentence of the line that says where it is from
    if let Some(first) = first {
        origin(first.text.trim(), facts);
        for stated in signed::dateline(&first.text) {
            facts.offer(stated.fact, Place::Closing, &stated.value);
        }
    }
    // a name alone directly above the text
    let mut last = lines.iter_mut().rev().filter(|d| d.is_shown());
    if let Some(last) = last
        .next()
        .filter(|d| is_signature(d) && !facts.has(Fact::Author))
    {
        facts.offer(Fact::Author, Place::Closing, &last.text);
        last.folded = Some("author-line");
    }
}

/// Recognises a line that is the name of a person; words of two characters may look like one.
fn is_signature(draft: &DraftBlock) -> bool {
    draft.kind == Paragraph && names::is_person(&draft.text) && prose::at_least(&draft.text, 3)
}

/// Returns who wrote an answer: the first of the lines above how many readers approve of it,
/// `林深，船夫`.
fn answerer<'a>(lines: &'a [DraftBlock]) -> Option<&'a str> {
    let at = lines
        .iter()
        .position(|d| is_approval(&simplified(&d.text)))?;
    let first = lines.iter().take(at).find(|d| d.is_shown())?;
    let name = first.text.split(['，', ',']).next()?.trim();
    (prose::at_most(name, MAX_NICKNAME_CHARS) && !name.is_empty()).then_some(name)
}

/// Offers what a row states; returns whether it is one: a part of a page, all understood, or with
/// a time of day.
fn offer_row(row: &rows::FactRow, is_part: bool, facts: &mut Facts) -> bool {
    let is_row = is_part || row.unknown == 0 || row.timed;
    for stated in row.stated.iter().filter(|_| is_row) {
        facts.offer(stated.fact, Place::Line, &stated.value);
    }
    is_row
}

/// Offers what a line says of where the text is from, and whose it is.
fn origin(text: &str, facts: &mut Facts) {
    if let Some(source) = signed::origin(text) {
        facts.offer(Fact::Source, Place::Line, source);
    }
    if let Some(author) = signed::author_of_origin(text) {
        facts.offer(Fact::Author, Place::Line, &author);
    }
}

/// Offers what a line of its own says of author and source; returns whether it only names the
/// author.
fn signature(text: &str, facts: &mut Facts) -> bool {
    let bare = labels::without_brackets(text);
    if let Some(author) = signed::author(bare).or_else(|| signed::posted_ago(bare)) {
        facts.offer(Fact::Author, Place::Line, &author);
        return true;
    }
    origin(text, facts);
    for stated in signed::written_for(text).into_iter().flatten() {
        facts.offer(stated.fact, Place::Line, &stated.value);
    }
    false
}

/// Returns the people whom a line names that is set off by emphasis: `*林深*`.
fn emphasised_name(draft: &DraftBlock) -> Option<String> {
    let is_whole = |(kind, span): &(MarkupKind, Range<usize>)| {
        matches!(kind, MarkupKind::Emphasis) && span.len() == draft.text.len()
    };
    let author = names::people(&draft.text)?;
    draft.markup.iter().any(is_whole).then_some(author)
}

/// Offers what a short part of a page under its title states.
fn part(text: &str, facts: &mut Facts) {
    let stated = labels::statements(labels::without_brackets(text));
    if !stated.is_empty() && stated.iter().all(|s| s.fits("")) {
        for statement in stated.iter().filter(|s| !s.value.is_empty()) {
            facts.offer(statement.fact, Place::Line, &statement.value);
        }
        return;
    }
    let named = text.split_once(['/', '／']);
    if let Some((name, house)) = named
        && let Some(author) = names::people(name)
        && values::is_house(house)
    {
        facts.offer(Fact::Author, Place::Line, &author);
        facts.offer(Fact::Source, Place::Line, house);
    } else if let Some(author) = unlabelled_byline::read(text).or_else(|| own_work(text)) {
        facts.offer(Fact::Author, Place::Line, &author);
    }
}

/// Returns the author of a post that its site calls original: `原创 林深 慢生活`.
fn own_work(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let is_mark = words.next().is_some_and(|word| ORIGINAL.has(word));
    let author = words
        .next()
        .filter(|name| is_mark && names::is_person(name))?;
    words.nth(1).is_none().then(|| author.to_owned())
}

/// Offers what is signed behind the text: in the next blocks behind a sentence.
fn behind_text(page: &mut DraftDocument, facts: &mut Facts) {
    let mut near = 0usize;
    let first = page.blocks.iter().position(is_sentence);
    let last = page.blocks.iter().rposition(is_sentence);
    let is_last = |i: usize| last.is_some_and(|last| i > last);
    let blocks = page.blocks.iter_mut().enumerate();
    for (i, draft) in blocks.skip(first.unwrap_or(usize::MAX)) {
        if is_sentence(draft) {
            near = MAX_BLOCKS_BEHIND;
            continue;
        }
        if near == 0 || draft.text.is_empty() {
            continue;
        }
        near -= 1;
        let bare = labels::without_brackets(draft.text.trim());
        if draft.folded == Some(PAGE_PART) {
            let mut stated = labels::statements(bare);
            if !stated.iter().all(|s| s.fits("")) {
                continue;
            }
            // 发布于 2031-03-05 10:00・IP 属地江城
            let row = rows::read(bare).filter(|row| stated.is_empty() && row.has_lead);
            stated.extend(row.into_iter().flat_map(|row| row.stated).take(1));
            for statement in stated.iter().filter(|s| !s.value.is_empty()) {
                match statement.fact {
                    fact @ (Fact::Author | Fact::Source) => {
                        facts.offer(fact, Place::Line, &statement.value);
                    }
                    fact @ (Fact::Date | Fact::Updated) => {
                        facts.offer(fact, Place::Closing, &statement.value);
                    }
                    _ => {}
                }
            }
        } else if !draft.is_shown() {
        } else if let Some(row) =
            rows::read(bare).filter(|row| is_last(i) && row.has_lead && row.unknown == 0)
        {
            // 编辑于 2031-03-05 10:00
            for stated in row.stated {
                facts.offer(stated.fact, Place::Closing, &stated.value);
            }
            draft.folded = Some("date-line");
        } else if let Some(author) = unlabelled_byline::read(bare) {
            facts.offer(Fact::Author, Place::Closing, &author);
        } else if is_last(i) {
            origin(bare, facts);
        }
    }
}

/// Offers the date under the last line, and where a note says that the text was printed first:
/// each where no other line has its form.
fn closing(page: &mut DraftDocument, facts: &mut Facts) {
    let first = page.blocks.iter().position(is_sentence);
    let last = page.blocks.iter().rposition(DraftBlock::is_shown);
    let is_note = |d: &DraftBlock| d.text.starts_with(note_numbers::opens);
    let is_text = |d: &DraftBlock| is_sentence(d) && !is_note(d);
    let end = page.blocks.iter().rposition(is_text);
    // a note that says so may stand anywhere
    for (form, may_be_note) in [(closing_line as Form, false), (first_print, true)] {
        let shown = page.blocks.iter().enumerate();
        let shown = shown.filter(|(_, d)| d.is_shown() && d.kind != Caption);
        let mut found = shown.filter_map(|(i, d)| Some((i, form(&d.text)?)));
        let (Some((i, stated)), None) = (found.next(), found.next()) else {
            continue;
        };
        if first.is_none_or(|first| i <= first) {
            continue;
        }
        // works that headings, lists and lines inside the text name are those it speaks of
        let is_listed = |d: &DraftBlock| matches!(d.kind, Heading(_) | Item | Note);
        let is_inside = || Some(i) < end || page.blocks.get(i).is_some_and(is_listed);
        if stated.1.is_some() && !may_be_note && is_inside() {
            continue;
        }
        // the day of writing stays where the author put it; what the paper added goes
        let is_print = stated.0.is_some() && stated.1.is_some() && last == Some(i);
        if let Some(draft) = page.blocks.get_mut(i).filter(|_| is_print) {
            draft.folded = Some("source-line");
        }
        // the name above the day is that of the author
        let above = page.blocks.iter().take(i).rev().find(|d| d.is_shown());
        if let Some(name) = above.filter(|d| is_signature(d)) {
            facts.offer(Fact::Author, Place::Closing, &name.text);
        }
        let (day, print) = stated;
        if let Some(day) = day {
            facts.offer(Fact::Date, Place::Closing, &day);
        }
        if let Some(print) = print {
            facts.offer(Fact::Source, Place::Closing, &print);
        }
    }
}

/// Reads a line that states a date and the names of what printed the text.
type Form = fn(&str) -> Option<(Option<String>, Option<String>)>;

/// Reads a note on the text: `〔１〕 本篇最初发表于一九二六年一月十日《某刊》。`
fn first_print(text: &str) -> Option<(Option<String>, Option<String>)> {
    let in_mark = |c: char| c.is_numeric() || "〔〕[]［］（）().、* \u{3000}".contains(c);
    let rest = FIRST_PRINT.strip_prefix(text.trim_start_matches(in_mark))?;
    let sentence = rest.split('。').next().unwrap_or_default();
    Some((date::read(sentence), names_of_books(sentence)))
}

/// Reads a line that closes a text: its date, and where it was printed.
fn closing_line(text: &str) -> Option<(Option<String>, Option<String>)> {
    if !prose::at_most(text, MAX_CLOSING_CHARS) {
        return None;
    }
    let line = labels::without_brackets(text.trim().trim_end_matches('。'));
    let line = line.trim_end_matches(['。', '）', ')', '版']);
    // 写于2031年2月3日, 2031年2月3日于江城
    let line = WRITTEN.strip_prefix(line).unwrap_or(line);
    let day_at = line.rsplit_once(|c| simplify(c) == '于');
    let day_at = day_at.filter(|(day, place)| !day.is_empty() && prose::at_most(place, 8));
    let line = day_at.map_or(line, |(day, _)| day);
    let (books, rest) = match line.find('《') {
        Some(at) if names_of_books(line).is_some() => {
            let end = line.rfind('》')? + '》'.len_utf8();
            let (before, behind) = (line.get(..at)?, line.get(end..)?);
            let is_whose = |c: char| c.is_alphanumeric() || c.is_whitespace();
            let day = match (before, behind) {
                (day, "") => day,
                // [3] 见某人《某书》1973年8月24日 is a note
                (whose, day) if PRINTED_IN.ends(whose) => day,
                (whose, day) if whose.chars().all(is_whose) && !REFERS.occur_in(whose) => day,
                _ => return None,
            };
            (
                names_of_books(line),
                Some(day).filter(|day| date::stated(day).is_some())?,
            )
        }
        _ => (None, line),
    };
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '（' | '('));
    let in_day = |c: char| {
        c.is_ascii_digit()
            || "０１２３４５６７８９〇零○一二三四五六七八九十廿卅年月日号-/. ".contains(simplify(c))
    };
    let is_day =
        !rest.is_empty() && rest.chars().all(in_day) && rest.contains(['日', '月', '-', '.', '/']);
    let books = books.map(|names| names.replace(' ', ""));
    (is_day && (books.is_some() || date::read(rest).is_some())).then(|| (date::stated(rest), books))
}

/// Returns the name of a paper in a text and that of its part, with their marks:
/// `《某报》《副刊》`.
fn names_of_books(text: &str) -> Option<String> {
    let named = text.get(text.find('《')?..)?;
    let mut ends = named.match_indices('》').map(|(at, end)| at + end.len());
    let to = ends.find(|end| !named.get(*end..).is_some_and(|rest| rest.starts_with('《')))?;
    named.get(..to).map(str::to_owned)
}

/// Returns the day of a speech: `——2031年5月22日在第三届代表会议上`.
fn occasion(text: &str) -> Option<&str> {
    let bare = text.strip_prefix(['—', '─', '－', '-'])?;
    let bare = bare.trim_start_matches(['—', '─', '－', '-', ' ']);
    let (before, day, behind) = cut_date(bare)?;
    let fits = before.is_empty() && prose::at_most(text, MAX_OCCASION_CHARS) && !behind.is_empty();
    fits.then_some(day)
}

/// Returns the day of a law: `2012年4月28日 国务院令第619号公布`.
fn law_day(text: &str) -> Option<&str> {
    let bare = labels::without_brackets(text);
    let (before, day, behind) = cut_date(bare)?;
    let stops = behind.contains(['。', '，', '；']);
    let fits = before.is_empty() && prose::at_most(bare, MAX_OCCASION_CHARS) && !stops;
    (fits && ENACTED.ends(behind.trim_end())).then_some(day)
}

/// Returns the name at the end of a short line that else names an office: `总务处长 林深`.
fn last_name(text: &str) -> Option<&str> {
    let name = text.split_whitespace().next_back()?;
    (prose::at_most(text, 24) && names::is_person(name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Meta;
    use crate::text::cases::rows;

    const BODY: &str = "这一段是正文，写得不长，但读起来是一句完整的话，有头有尾。";

    fn facts(lines: &[&str]) -> (Meta, usize) {
        let mut page = DraftDocument::of_lines(lines);
        page.meta.title = lines[0].into();
        read(&mut page);
        let folded = page.folded().iter().flatten().count();
        (page.meta, folded)
    }

    #[test]
    fn rows_under_the_title_state_facts() {
        let (meta, folded) = facts(&["江城的雨", "2031-09-23 07:48 江城日报 林深", BODY]);
        assert_eq!(meta.date.as_deref(), Some("2031-09-23 07:48"));
        assert_eq!(meta.author.as_deref(), Some("林深"));
        assert_eq!(meta.source.as_deref(), Some("江城日报"));
        assert_eq!(folded, 1);
        let (meta, folded) = facts(&["江城的雨", "金融 棱角 2031-09-23 07:48", BODY]);
        assert_eq!((meta.date.is_some(), folded), (true, 0));
        let (meta, _) = facts(&["江城的雨", "2031年9月23日 江城的人们", BODY]);
        assert_eq!(meta.date, None);
    }

    #[test]
    fn answers_have_their_author_and_their_day() {
        let (meta, folded) = facts(&[
            "船为什么停",
            "水边，船夫",
            "1,024 人赞同了该回答",
            BODY,
            "编辑于 2031-03-05 10:20",
        ]);
        assert_eq!(meta.author.as_deref(), Some("水边"));
        assert_eq!(
            (meta.date.as_deref(), folded),
            (Some("2031-03-05 10:20"), 1)
        );
    }

    #[test]
    fn a_line_says_where_a_text_is_from() {
        let (meta, folded) = facts(&[
            "江城的雨",
            "原文来自「江报」：江城的雨为什么停不下来？",
            BODY,
        ]);
        assert_eq!((meta.source.as_deref(), folded), (Some("江报"), 0));
    }

    #[test]
    fn speeches_and_laws_have_their_day() {
        let speech = "——2031年5月22日在第三届代表会议上";
        let (meta, folded) = facts(&["在会上的讲话", speech, "总务处长 林深", BODY]);
        assert_eq!(meta.date.as_deref(), Some("2031-05-22"));
        assert_eq!((meta.author.as_deref(), folded), (Some("林深"), 0));
        let first = "2012年8月31日 江城代表大会通过";
        let last = "（2022年12月30日江城代表大会第八次会议修订）";
        let (meta, folded) = facts(&["江城消防条例", first, last, BODY]);
        assert_eq!((meta.date.as_deref(), folded), (Some("2022-12-30"), 0));
    }

    #[test]
    fn one_closing_line_is_the_date_of_the_text() {
        for [line, date, source] in rows(
            "\
一九一八年七月。 ¦ 1918-07 ¦ -
（1956年4月25日） ¦ 1956-04-25 ¦ -
七月三日《江晚报》《火光》。 ¦ --07-03 ¦ 《江晚报》《火光》
（江城大学《井水》１９６６年１２月１日） ¦ 1966-12-01 ¦ 《井水》
〔１〕 本篇最初发表于一九二六年一月十日《荒原》半月刊第一期。 ¦ 1926-01-10 ¦ 《荒原》
本文经林深同意转载，原载于《江报》1966.12.1 ¦ 1966-12-01 ¦ 《江报》
[3] 见林深《江城的雨》1966年12月1日 ¦ - ¦ -
1. 《江城百科》 ¦ - ¦ -
一九一八年七月的雨 ¦ - ¦ -",
        ) {
            let (meta, _) = facts(&["江城的雨", BODY, BODY, line]);
            let stated = [meta.date, meta.source].map(Option::unwrap_or_default);
            assert_eq!(stated, [date, source], "{line}");
        }
        // a work that a line inside the text names
        let (meta, _) = facts(&["江城的雨", BODY, BODY, "《江晚报》1967年6月4日", BODY]);
        assert_eq!((meta.date, meta.source), (None, None));
        for first in [BODY, "2031年4月30日"] {
            let diary = ["日记", first, "2031年5月1日", BODY, "2031年5月2日", BODY];
            let (meta, folded) = facts(&diary);
            assert_eq!((meta.date, folded), (None, 0));
        }
    }
}
