//! Finds the chapters of plain text: 第三回 …, 卷一, 楔子, Chapter 12, 三十一章 …, 001 ….
//!
//! 1. [`kind`] returns the rank of a line by itself, and how plain it is.
//! 2. [`mark`] makes headings of them where the text has chapters: at least two of a
//!    rank, or a long text. A table of contents, whose lines are repeated below, stays as it
//!    is; the second of two equal headings in a row is folded.
//!
//! Looks at whole lines only; the outline decides what headings mean.

use crate::document::BlockKind;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::prose;
use crate::text::numeral::{self, is_han_numeral};
use crate::text::script::simplified;
use crate::text::words::Words;
use std::collections::HashMap;

/// Limit of a heading, in characters.
const MAX_HEADING_CHARS: usize = 40;
/// Blocks from which a text may have one chapter of its kind.
const MIN_LONG_BLOCKS: usize = 300;

/// Units that number the parts of a book, with their rank, and whether a title may
/// follow without a mark between (第一章重逢, but not 第一部电影).
const CHAPTER_UNITS: &[(char, u8, bool)] = &[
    ('卷', 1, false),
    ('部', 1, false),
    ('篇', 1, false),
    ('集', 1, false),
    ('章', 2, true),
    ('回', 2, true),
    ('幕', 2, false),
    ('节', 3, false),
];
/// Chapters that have a name instead of a number.
static NAMED: Words = Words::new(
    "楔子 序章 序幕 序言 自序 代序 序 前言 引子 引言 尾声 终章 番外 番外篇 后记 跋 大结局 附录",
);

/// The kind of a chapter line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    /// 1 for volumes, 2 for chapters, 3 for sections.
    rank: u8,
    /// True where it has a number; a name is a heading only among numbers.
    numbered: bool,
    /// True where its number and its title are plainly apart.
    plain: bool,
}

impl Kind {
    fn numbered(rank: u8, plain: bool) -> Self {
        let numbered = true;
        Self {
            rank,
            numbered,
            plain,
        }
    }
}

/// Makes headings of the chapter lines among the blocks from `from` on.
pub fn mark(page: &mut DraftDocument, from: usize) {
    let drafts = page.blocks.get_mut(from..).unwrap_or_default();
    let is_line = |d: &DraftBlock| d.kind == BlockKind::Paragraph && d.is_shown();
    let lines = drafts.iter().enumerate().filter(|(_, d)| is_line(d));
    let found = lines.filter_map(|(i, d)| Some((i, kind(&d.text)?)));
    let mut found: Vec<(usize, Kind)> = found.collect();
    found.extend(counted(drafts));
    found.sort_unstable_by_key(|(i, _)| *i);
    found.dedup_by_key(|(i, _)| *i);
    let mut counts = [0usize; 4];
    for (_, kind) in found.iter().filter(|(_, kind)| kind.numbered) {
        counts[usize::from(kind.rank)] += 1;
    }
    let least = if drafts.len() >= MIN_LONG_BLOCKS {
        1
    } else {
        2
    };
    let many = counts.map(|count| count >= least);
    let habit = counts[2] >= 3;
    let any = many.contains(&true);
    found.retain(|(_, k)| {
        if k.numbered {
            many[usize::from(k.rank)] && (k.plain || habit)
        } else {
            any
        }
    });
    let contents = contents(drafts, &found);
    found.retain(|(at, _)| contents.binary_search(at).is_err());
    let mut before: Option<(usize, String)> = None;
    for (i, kind) in found {
        let Some(draft) = drafts.get_mut(i) else {
            continue;
        };
        let key = prose::key(&draft.text);
        // crawled chapters begin with their heading once more
        let this = Some((i, key));
        if before == this {
            draft.folded = Some("repeated-title");
        } else {
            draft.kind = BlockKind::Heading(kind.rank);
        }
        before = this.map(|(i, key)| (i + 1, key));
    }
}

/// Least numbers that count on before they are chapters.
const MIN_COUNTED: usize = 3;
/// Limit of the name behind such a number, in characters.
const MAX_COUNTED_NAME_CHARS: usize = 20;
/// Least digits of a number of chapters: 001.
const MIN_COUNTED_DIGITS: usize = 2;

/// Returns the lines of a number alone or before a short name (001, 002 归来) that count on from
/// one to the next, with sentences below each.
fn counted(drafts: &[DraftBlock]) -> Vec<(usize, Kind)> {
    let number = |d: &DraftBlock| -> Option<(usize, u32)> {
        if d.kind == BlockKind::Paragraph
            && let Some((unit, number)) = unit_alone(&d.text)
        {
            return Some((unit, number));
        }
        let digits = d.text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, name) = d.text.split_at_checked(digits)?;
        let is_name = name.is_empty()
            || name.starts_with([' ', '\u{3000}'])
                && prose::at_most(name, MAX_COUNTED_NAME_CHARS)
                && !prose::has_stop(name);
        (digits >= MIN_COUNTED_DIGITS && d.kind == BlockKind::Paragraph && is_name)
            .then_some((digits, number.parse().ok()?))
    };
    let mut runs: Vec<Vec<(usize, usize, u32)>> = Vec::new();
    let mut has_text = false;
    for (i, draft) in drafts.iter().enumerate() {
        let Some((digits, number)) = number(draft) else {
            has_text |= prose::ends_sentence(&draft.text);
            continue;
        };
        let goes_on = |run: &&mut Vec<(usize, usize, u32)>| {
            let last = run.last();
            last.is_some_and(|(_, width, last)| *width == digits && last + 1 == number)
        };
        match runs.last_mut().filter(goes_on).filter(|_| has_text) {
            Some(run) => run.push((i, digits, number)),
            None => runs.push(vec![(i, digits, number)]),
        }
        has_text = false;
    }
    let whole = runs.into_iter().filter(|run| run.len() >= MIN_COUNTED);
    let lines = whole.flatten().map(|(i, ..)| (i, Kind::numbered(2, true)));
    lines.collect()
}

/// Returns the number of a chapter without 第 and without a name, with its unit: 三十一章.
fn unit_alone(text: &str) -> Option<(usize, u32)> {
    if text.len() > MAX_HEADING_CHARS {
        return None;
    }
    let rest = after_number(text)?;
    let mut chars = rest.trim().chars();
    let unit = chars.next().filter(|unit| "章回节幕".contains(*unit))?;
    let written = text.get(..text.len() - rest.len())?.trim();
    let number = numeral::arabic(written).or_else(|| numeral::han(written))?;
    chars.next().is_none().then_some((unit as usize, number))
}

/// Returns the lines of a table of contents, in order: three or more in a row, of which two are
/// of one rank, that are repeated below.
fn contents(drafts: &[DraftBlock], found: &[(usize, Kind)]) -> Vec<usize> {
    let key = |i: usize| drafts.get(i).map(|d| prose::key(&d.text));
    let last: HashMap<_, usize> = found.iter().map(|(i, _)| (key(*i), *i)).collect();
    let mut out = Vec::new();
    for run in found.chunk_by(|(a, _), (b, _)| a + 1 == *b) {
        let of_rank = |rank: u8| run.iter().filter(|(_, k)| k.rank == rank).count();
        if run.len() >= 3 && (0..=3).any(|rank| of_rank(rank) >= 2) {
            let is_repeated = |i: &usize| last.get(&key(*i)).is_some_and(|again| again > i);
            out.extend(run.iter().map(|(i, _)| *i).filter(is_repeated));
        }
    }
    out
}

/// Recognises a chapter line beyond doubt, by its number.
pub fn is_plain(line: &str) -> bool {
    kind(line).is_some_and(|kind| kind.numbered && kind.plain)
}

/// Returns the kind of a chapter line; `None` for other lines.
fn kind(line: &str) -> Option<Kind> {
    if line.len() > MAX_HEADING_CHARS * 4 || line.chars().count() > MAX_HEADING_CHARS {
        return None;
    }
    let line = &*simplified(line);
    let text = line.strip_prefix("正文").map_or(line, str::trim_start);
    let text = text.trim_start_matches(|c| "【[《〔☆★◆◇●○■、 ".contains(c));
    let text = without_volume(text);
    let kind = numbered(text).or_else(|| english(text).or_else(|| named(text)))?;
    let is_sentence =
        line.contains(['。', '；']) || line.ends_with(['，', '：', '、', ',', ':', ';', '”']);
    (!is_sentence).then_some(kind)
}

/// Returns a chapter without the volume that stands before it: `VIP卷 第101章 …`.
fn without_volume(line: &str) -> &str {
    static VOLUMES: Words = Words::new("卷 正文 部 篇");
    let mut head = line.char_indices().take(MAX_VOLUME_CHARS + 1);
    let blank = head.find(|(_, c)| matches!(c, ' ' | '\u{3000}'));
    let Some((volume, chapter)) = blank.and_then(|(at, _)| line.split_at_checked(at)) else {
        return line;
    };
    let chapter = chapter.strip_prefix([' ', '\u{3000}']).unwrap_or(chapter);
    let is_chapter = || chapter.starts_with('第') && numbered(chapter).is_some_and(|k| k.rank == 2);
    if VOLUMES.ends(volume) && !volume.starts_with('第') && is_chapter() {
        chapter
    } else {
        line
    }
}

/// Limit of the name of a volume before a chapter, in characters.
const MAX_VOLUME_CHARS: usize = 8;

/// Reads a chapter with a number: 第十二章 …, 卷三 ….
fn numbered(line: &str) -> Option<Kind> {
    if let Some(rest) = line.strip_prefix('卷') {
        let rest = rest.strip_prefix('之').unwrap_or(rest);
        let after = after_number(rest)?;
        return is_apart(after).then_some(Kind::numbered(1, true));
    }
    let ordinal = line.strip_prefix('第');
    let after = after_number(ordinal.unwrap_or(line).trim_start())?.trim_start();
    let unit = after.chars().next()?;
    let (_, rank, joined) = CHAPTER_UNITS.iter().find(|(u, ..)| *u == unit)?;
    let title = after.get(unit.len_utf8()..)?;
    let plain = is_apart(title);
    if ordinal.is_none() {
        // 三十一章 远行, but not 三章, 三部
        let is_chapter = *joined && plain && !title.is_empty();
        return is_chapter.then_some(Kind::numbered(*rank, true));
    }
    // 第一章程, 第三回合 are words
    let word = title.starts_with(|c| "程合分课的里中是就和与".contains(c));
    (plain || (*joined && !word && !title.contains('，'))).then_some(Kind::numbered(*rank, plain))
}

/// Returns the text behind a number at the head.
fn after_number(text: &str) -> Option<&str> {
    let is_digit = |c: char| {
        c.is_ascii_digit()
            || is_han_numeral(c)
            || matches!(c, '０'..='９')
            || "零〇○百千廿卅两".contains(c)
    };
    let rest = text.trim_start_matches(is_digit);
    ((1..=21).contains(&(text.len() - rest.len()))).then_some(rest)
}

/// Recognises a title that is plainly apart from the number before it.
fn is_apart(title: &str) -> bool {
    title.is_empty()
        || title.starts_with(char::is_whitespace)
        || title.starts_with(|c| "：:、.．·《—-】]》〕".contains(c))
}

/// Numbers of chapters that are written out.
static NUMBER_WORDS: Words = Words::new(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty",
);

/// Reads a chapter in English: Chapter 12, PART IV.
fn english(line: &str) -> Option<Kind> {
    let end = line.find(|c: char| !c.is_ascii_alphabetic())?;
    let (word, rest) = line.split_at_checked(end)?;
    let rest = rest.strip_prefix([' ', '.'])?;
    let rank = match word.to_ascii_lowercase().as_str() {
        "volume" | "part" | "book" => 1,
        "chapter" | "act" => 2,
        "section" => 3,
        _ => return None,
    };
    let number: &str = rest.split([' ', ':', '.', '-', '：', '—']).next()?;
    let roman = number.chars().all(|c| "IVXLC".contains(c));
    let in_words = NUMBER_WORDS.has(&number.to_ascii_lowercase());
    let digits = number.chars().all(|c| c.is_ascii_digit());
    (!number.is_empty() && (roman || digits || in_words)).then_some(Kind::numbered(rank, true))
}

/// Reads a chapter with a name: 楔子, 番外三 ….
fn named(line: &str) -> Option<Kind> {
    NAMED.rests(line).find_map(|rest| {
        let rest = after_number(rest).unwrap_or(rest);
        let numbered = false;
        is_apart(rest).then_some(Kind {
            numbered,
            ..Kind::numbered(2, true)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::plain;

    fn headings(text: &str) -> Vec<(u8, String)> {
        let mut page = DraftDocument::default();
        plain::read(&text.lines().collect::<Vec<_>>(), 1, &mut page);
        let shown = page.blocks.iter().filter(|d| d.is_shown());
        let heading = |d: &DraftBlock| match d.kind {
            BlockKind::Heading(level) => Some((level, d.text.to_string())),
            _ => None,
        };
        shown.filter_map(heading).collect()
    }

    #[test]
    fn chapters_of_every_kind() {
        let text = "书名\n楔子\n话说从前。\n第一卷 少年\n第一章 离家\n一段。\n第二章　远行\n两段。\n第2卷：归来\n第三章重逢\n三段。\n番外一 旧信\n信。\n后记\n完了。";
        let found: Vec<u8> = headings(text).iter().map(|(l, _)| *l).collect();
        assert_eq!(found, [2, 1, 2, 2, 1, 2, 2, 2]);
        for text in [
            "Chapter 1\na.\nChapter II: b\nc.",
            "chapter.001\n一段。\nchapter.002 乙\n二段。",
            "三十一章 甲\n一段。\n三十二章 乙\n二段。",
            "☆、第一章\n一段。\n☆、第二章\n二段。",
            "第一幕\n一段。\n第二幕　夜\n二段。",
            "正文 第一回 甲\n一段。\n正文 第二回 乙\n二段。",
            "卷一\n一段。\n卷二 乙\n二段。",
        ] {
            assert_eq!(headings(text).len(), 2);
        }
    }

    #[test]
    fn numbers_that_count_on_are_chapters() {
        let text = "书名\n001 远行\n一段。\n002\n二段。\n003 重逢\n三段。";
        assert_eq!(headings(text).len(), 3);
        for text in [
            "书名\n001\n002\n003\n一段。",
            "书名\n2019 年报\n一段。\n2020 年报\n二段。",
            "书名\n12 个人，走了。\n一段。\n13 个人，来了。\n二段。\n14 个人，坐下。\n三段。",
        ] {
            assert_eq!(headings(text), [], "{text}");
        }
    }

    #[test]
    fn sentences_are_not_chapters() {
        let lines = "第一章程是什么|三章|三部 电影|八回合|第一部电影|第二回合开始了|第一篇文章发表在去年|第一节课|第一章讲的是离家，第二章讲的是远行|\
            第三部分 总论|后记者来了|序列|第一章里说：|前言不搭后语";
        for line in lines.split('|') {
            let text = format!("题目\n{line}\n一段。\n{line}\n二段。\n{line}\n三段。");
            assert_eq!(headings(&text), [], "{line}");
        }
        // one chapter is not enough, nor is a name alone
        assert_eq!(headings("题目\n第一章 离家\n一段。\n二段。"), []);
        assert_eq!(headings("题目\n前言\n一段。\n后记\n二段。"), []);
    }

    #[test]
    fn a_table_of_contents_stays_text() {
        let text = "目录\n第一章 甲\n第二章 乙\n第三章 丙\n第一章 甲\n第一章 甲\n一段。\n第二章 乙\n二段。\n第三章 丙\n三段。";
        assert_eq!(headings(text).len(), 3);
    }
}
