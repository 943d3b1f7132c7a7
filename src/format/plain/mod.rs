//! Reads plain text: a line is a paragraph.
//!
//! 1. [`read`] takes the text of a forum as [`bbcode`], joins lines that a machine wrapped, also over page numbers ([`page_numbers`]),
//!    makes headings of [`chapters`] and takes the first line as the title where it reads as
//!    one.
//! 2. [`paragraphs`] alone reads prose inside another format, such as a fence around a whole
//!    article.
//!
//! Clean-up decides later, for all formats, what lines mean: abstract, note, clutter.

mod bbcode;
pub mod chapters;
pub mod crawled;
pub mod page_numbers;
pub mod preformatted;
pub mod wrap;

use crate::document::{BlockKind, FactOrigin};
use crate::format::clean::clutter::is_copyright;
use crate::format::clean::{notes, serials};
use crate::format::date;
use crate::format::draft::{DraftBlock, DraftDocument, TAKEN};
use crate::format::facts::date_words::leading_date;
use crate::format::facts::{Fact, Facts, Place, labels, signed};
use crate::format::front_matter;
use crate::format::html;
use crate::format::prose;
use crate::format::rules;
use crate::text::script::{simplified, strip_prefix};
use crate::text::words::Words;

/// Limit of an unmarked first line that may be the title, in cells.
const MAX_TITLE_CELLS: usize = 72;

/// Limit of a line with a date and a time, in characters.
const MAX_DAY_CHARS: usize = 32;

/// Limit of a label of the text that follows, in characters: 【参考范文】.
const MAX_LABEL_CHARS: usize = 6;

/// Words at the end of a line that goes on in the next, and at the beginning of a sentence.
static BROKEN_OFF: Words = Words::new("在 的 对于 对 是 作为 和 与");
static BEGUN: Words = Words::new("为了 对于 随着 如今的 近年来 近几年 想要 打算");
/// Names of model texts, which stand above their titles.
static MODELS: Words = Words::new("范文 参考范文 申论范文 范文展示 范文示例 范文赏析");

/// Reads lines that begin on source line `first`, with the title if there is one.
pub fn read<'a>(lines: &[&'a str], first: usize, page: &mut DraftDocument<'a>) {
    let from = page.blocks.len();
    match bbcode::html(lines) {
        Some(text) => html::fragment(&text, first, page),
        None => paragraphs(lines, first, page),
    }
    chapters::mark(page, from);
    if page.section.first && page.meta.title.is_empty() {
        title(page, from);
    }
}

/// Reads lines as paragraphs.
pub fn paragraphs<'a>(lines: &[&'a str], first: usize, page: &mut DraftDocument<'a>) {
    if let Some((rows, at)) = wrap::without_blank_lines(lines) {
        return rows_of(&rows, |row| first + at.get(row).copied().unwrap_or(0), page);
    }
    rows_of(lines, |row| first + row, page);
}

/// Reads rows as paragraphs; `line` gives the source line of a row.
fn rows_of<'a>(lines: &[&'a str], line_of: impl Fn(usize) -> usize, page: &mut DraftDocument<'a>) {
    let wrapped = wrap::detect(lines.iter().copied());
    let folded = rules::of_rows(lines);
    let mut folded = folded.iter().copied().peekable();
    // the line above, and its depth in quotes
    let mut before: Option<(&str, u8)> = None;
    let mut skip_to = 0;
    for (i, line) in lines.iter().enumerate() {
        if let Some((_, rule)) = folded.next_if(|(row, _)| *row == i) {
            page.fold(rule, line_of(i), line);
            if let Some((last, next)) = sentence_around(lines, i, wrapped) {
                before = Some((last, quoted(last).0));
                skip_to = next;
            }
            continue;
        }
        let (depth, bare) = quoted(line);
        let text = bare.trim();
        if i < skip_to
            || (text.is_empty()
                && goes_on_behind_number(lines, i, folded.peek().map(|(row, _)| *row), wrapped))
        {
            continue;
        }
        let joins = before.zip(wrapped).is_some_and(|((before, deep), wrap)| {
            deep == depth && page.is_open() && wrap.joins(before, bare)
        });
        if joins {
            page.push(prose::joint(page.last(), text.chars().next()));
            page.push(text);
        } else {
            page.close();
            let kind = if depth > 0 {
                BlockKind::Quote
            } else {
                BlockKind::Paragraph
            };
            if is_rule(text) {
                page.open(BlockKind::Rule, depth, line_of(i));
            } else if wrapped.is_none() && !text.is_empty() {
                // nothing is joined to it
                page.line(kind, depth, line_of(i), text);
            } else if !text.is_empty() {
                page.open(kind, depth, line_of(i));
                page.push_borrowed(text);
            }
        }
        before = (!text.is_empty()).then_some((line, depth));
    }
    page.close();
}

/// Recognises a line of dashes.
fn is_rule(text: &str) -> bool {
    let is_dash = |c| matches!(c, '-' | '=' | '*' | '_' | '─' | '—' | '＝' | '－');
    text.len() >= 3 && text.chars().all(is_dash)
}

/// Returns the last line before a page number and the index of the next one behind it,
/// blank lines aside, where a sentence goes on from one to the other.
fn sentence_around<'a>(
    lines: &[&'a str],
    number: usize,
    wrapped: Option<wrap::Wrap>,
) -> Option<(&'a str, usize)> {
    let is_filled = |at: &usize| lines.get(*at).is_some_and(|l| !l.trim().is_empty());
    let next = (number + 1..lines.len()).find(is_filled)?;
    let last = lines.get((0..number).rfind(is_filled)?)?;
    let joins = wrapped?.joins(last, lines.get(next)?);
    (joins && !prose::ends_sentence(last)).then_some((*last, next))
}

/// Returns true for a blank line between a full line and a page number.
fn goes_on_behind_number(
    lines: &[&str],
    at: usize,
    number: Option<usize>,
    wrapped: Option<wrap::Wrap>,
) -> bool {
    let near = number.filter(|n| wrapped.is_some() && *n - at <= 4);
    let until = near.and_then(|n| lines.get(at..n));
    until.is_some_and(|blanks| blanks.iter().all(|l| l.trim().is_empty()))
}

/// Returns how deep a line of mail is quoted, and the line without its marks.
fn quoted(line: &str) -> (u8, &str) {
    let (mut depth, mut rest) = (0u8, line);
    while let Some(inner) = rest.strip_prefix('>').filter(|_| depth < 8) {
        depth += 1;
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    (depth, rest)
}

/// Blocks above the title that say where a text is from.
const MAX_BLOCKS_ABOVE_TITLE: usize = 4;

/// Names of parts of a book, which are no titles.
static PART_NAMES: Words = Words::new(
    "目录 正文 前言 序 序言 自序 序章 楔子 引子 引言 内容简介 内容提要 简介 感谢 致谢 后记 作品篇目",
);

/// Characters of a first line before its number: 建议一.
const MAX_CHARS_BEFORE_NUMBER: usize = 5;

/// Takes the first paragraph as the title where it reads as one: short, without
/// a stop, not a point of an enumeration, and at least two blocks follow. A day that a crawler
/// wrote above the text is none: the title is below it.
pub fn title(page: &mut DraftDocument, from: usize) {
    let Some(from) = behind_day(page, from) else {
        return;
    };
    let blocks = page.blocks.get_mut(from..).unwrap_or_default();
    // a book that begins with a chapter has no title
    let first = blocks.iter().find(|d| d.is_shown());
    let is_paragraph = |d: &DraftBlock| d.kind == BlockKind::Paragraph;
    let paragraphs = blocks.iter().filter(|d| is_paragraph(d)).count();
    if first.is_some_and(|d| matches!(d.kind, BlockKind::Heading(_))) || paragraphs < 3 {
        return;
    }
    for head in blocks
        .iter_mut()
        .filter(|d| is_paragraph(d))
        .take(MAX_BLOCKS_ABOVE_TITLE)
    {
        let Some(rule) = above_title(&head.text, &mut page.facts) else {
            break;
        };
        head.folded = Some(rule);
    }
    page.facts.settle(&mut page.meta);
    let mut blocks = page.blocks.iter().skip(from);
    let head = blocks.find(|d| is_paragraph(d) && d.is_shown());
    // 标题：… and the like are bylines
    let stated =
        |text: &str| front_matter::entry(text).is_some_and(|(key, _)| front_matter::is_known(key));
    let lines = || {
        let shown = page.blocks.iter().skip(from).filter(|d| d.is_shown());
        shown.map(|d| d.text.as_ref())
    };
    // a question is one above the line that says who answers it
    let is_answered = |text: &str| {
        let next = lines().nth(1).map(labels::statements).unwrap_or_default();
        text.ends_with(['？', '?'])
            && next
                .first()
                .is_some_and(|s| s.fact == Fact::Author && s.fits(""))
    };
    let reads = |text: &str| {
        let question = text.trim_end_matches(['？', '?']);
        reads_as_title(text) || is_answered(text) && reads_as_title(question)
    };
    let is_title = |text: &str| reads(text) && !stated(text) && !is_counted(text, lines());
    if head.is_some_and(|head| is_title(&head.text)) {
        take_title(page, from);
    } else if let Some(named) = head.and_then(|head| front_matter::named_title(&head.text)) {
        let named = named.to_owned();
        take_title(page, from);
        page.meta.title = named;
    }
}

/// Offers what a line above the title states; returns the rule that folds it.
fn above_title(line: &str, facts: &mut Facts) -> Option<&'static str> {
    if let Some((author, book)) = running_head(line) {
        // 鲁迅《坟》 says where it comes from
        facts.offer(Fact::Author, Place::Line, &author);
        facts.offer(Fact::Source, Place::Line, &book);
        return Some("running-head");
    }
    if let Some(author) = signed::author(line) {
        facts.offer(Fact::Author, Place::Line, &author);
        return Some("author-line");
    }
    let simple = simplified(line);
    let is_notice = serials::is_download(&simple) || serials::is_notice(&simple);
    let is_rights = || is_copyright(&simple).then_some("copyright-line");
    is_notice.then_some("serial-notice").or_else(is_rights)
}

/// Returns the first block that may be the title, behind a line with nothing but the day and a label
/// of the text (【范文】); `None` where the line below the day is the beginning of the text, or
/// the text is a diary.
fn behind_day(page: &DraftDocument, from: usize) -> Option<usize> {
    let is_shown = |d: &DraftBlock| d.is_shown() && !d.text.is_empty();
    let mut shown = (page.blocks.iter().enumerate().skip(from)).filter(|(_, d)| is_shown(d));
    let Some((day, _)) = shown.next().filter(|(_, d)| is_day(&d.text)) else {
        return Some(from);
    };
    if shown.clone().any(|(_, d)| is_day(&d.text)) {
        return None;
    }
    let is_label = |text: &str| {
        let inside = text.strip_prefix('【').and_then(|t| t.strip_suffix('】'));
        MODELS.has(text) || inside.is_some_and(|name| prose::at_most(name, MAX_LABEL_CHARS))
    };
    let (below, draft) = shown.next()?;
    let (head, draft) = if is_label(draft.text.trim()) {
        shown.next()?
    } else {
        (below, draft)
    };
    // a line that a link broke off ends in the middle
    let line = draft.text.trim();
    let is_whole = !BROKEN_OFF.ends(line) && !BEGUN.starts(line) && prose::at_least(line, 4);
    (is_whole && day < head).then_some(head)
}

/// Recognises a line with nothing but a whole date.
fn is_day(text: &str) -> bool {
    let is_near = prose::at_most(text, MAX_DAY_CHARS);
    let (day, rest) = if is_near {
        leading_date(text.trim())
    } else {
        (None, text)
    };
    let read = day.and_then(date::read);
    rest.is_empty() && read.is_some_and(|read| read.len() >= "2019-03-04".len())
}

/// Makes the first block with text the title.
pub fn take_title(page: &mut DraftDocument, from: usize) {
    let blocks = page.blocks.get_mut(from..).unwrap_or_default();
    let has_text = |d: &DraftBlock| !matches!(d.kind, BlockKind::Rule | BlockKind::Image);
    if let Some(head) = blocks.iter_mut().find(|d| d.is_shown() && has_text(d)) {
        page.meta.title = notes::without_marks(&head.text);
        page.title_line = head.line;
        page.meta.origins.title = Some(match head.kind {
            BlockKind::Heading(_) => FactOrigin::Heading,
            _ => FactOrigin::Line,
        });
        head.folded = Some(TAKEN);
        title_goes_on(page, from);
    }
}

/// Adds the second line of a title that was set over two: `在……会议上的` and `讲  话`.
fn title_goes_on(page: &mut DraftDocument, from: usize) {
    static OPEN: Words = Words::new("关于 的 和 与 及 暨 、");
    static KINDS: Words = Words::new(
        "讲话 通知 通告 公告 报告 工作报告 决定 意见 实施意见 通报 函 办法 方案 规定 条例 纪要 致辞 演讲
        发言 批复 倡议书 公报 决议 议案 说明 建议",
    );
    let mut rest = page.blocks.iter_mut().skip(from).filter(|d| d.is_shown());
    let Some(next) = rest.next().filter(|d| d.kind == BlockKind::Paragraph) else {
        return;
    };
    let line: String = next.text.split_whitespace().collect();
    let is_short = prose::cells(&line) <= MAX_TITLE_CELLS / 2 && !prose::has_stop(&line);
    let title = &mut page.meta.title;
    // 关于……的 needs what kind of document it is
    let goes_on = OPEN.ends(&simplified(title)) && KINDS.ends(&simplified(&line));
    if is_short && goes_on && !prose::ends_sentence(&line) {
        title.push_str(&line);
        next.folded = Some(TAKEN);
    }
}

/// Recognises a first line that reads as a title.
pub fn reads_as_title(line: &str) -> bool {
    let head = line.chars().next();
    prose::cells(line) <= MAX_TITLE_CELLS
        && !prose::has_stop(line)
        && !prose::ends_sentence(line.trim_end_matches(['？', '！', '?', '!']))
        && !line.trim_end().ends_with(['，', '、', ',', '。'])
        && head.is_some_and(|c| {
            c.is_alphanumeric()
                || prose::is_han(c)
                || matches!(c, '“' | '《' | '「' | '『' | '‘' | '【' | '"' | '〈')
        })
        && !prose::is_numbered(line)
        && !line.starts_with("http")
        && !PART_NAMES.has(&simplified(&prose::key(line)))
}

/// Returns true for a line with a first number that another line goes on from with the second,
/// with the same words before it: 建议一 and 建议二.
fn is_counted<'a>(line: &str, mut lines: impl Iterator<Item = &'a str> + Clone) -> bool {
    /// First numbers and the second ones.
    const PAIRS: [(char, char); 8] = [
        ('一', '二'),
        ('1', '2'),
        ('１', '２'),
        ('①', '②'),
        ('⑴', '⑵'),
        ('壹', '贰'),
        ('Ⅰ', 'Ⅱ'),
        ('上', '下'),
    ];
    let line = &*simplified(line);
    let near = line.char_indices().take(MAX_CHARS_BEFORE_NUMBER);
    let seconds = near.flat_map(|(at, c)| {
        let pairs = PAIRS.iter().filter(move |(first, _)| *first == c);
        pairs.filter_map(move |(first, second)| {
            // a plain number goes on with the same mark or word
            let rest = line.get(at + first.len_utf8()..)?.chars().next()?;
            let rest = Some(rest).filter(|_| first.is_alphanumeric() && !matches!(c, 'Ⅰ' | '①'));
            let rest = rest.map_or(String::new(), String::from);
            Some(format!("{}{second}{rest}", line.get(..at)?))
        })
    });
    let seconds: Vec<String> = seconds.collect();
    lines.any(|line| {
        seconds
            .iter()
            .any(|second| strip_prefix(line, second).is_some())
    })
}

/// Returns the author and the book of `某人《某书》`.
fn running_head(line: &str) -> Option<(String, String)> {
    let (author, rest) = line.split_once('《')?;
    let book = rest.strip_suffix('》')?;
    let author = author.trim();
    let is_name = (2..=4).contains(&author.chars().count()) && author.chars().all(prose::is_han);
    let is_book = !book.contains(['《', '》']) && book.chars().count() <= 20;
    (is_name && is_book).then(|| (author.to_owned(), format!("《{book}》")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸";

    fn page(text: &str) -> DraftDocument<'_> {
        let mut page = DraftDocument::default();
        read(&text.lines().collect::<Vec<_>>(), 1, &mut page);
        page
    }

    #[test]
    fn the_first_line_is_the_title_where_it_reads_as_one() {
        for (text, title) in [
            ("两座城的故事\n　　第一段。\n　　第二段。", "两座城的故事"),
            (
                "船为什么停了？\n作者：林深\n第一段。\n第二段。",
                "船为什么停了？",
            ),
            ("船为什么停了？\n第一段。\n第二段。\n第三段。", ""),
            ("两座城的故事\n　　只有一段。", ""),
            ("同志们：\n甲。\n乙。\n丙。", ""),
            ("一、开头\n甲。\n乙。\n丙。", ""),
            ("这是一句话。\n甲。\n乙。", ""),
            ("在渡口会议上的\n讲  话\n甲。\n乙。", "在渡口会议上的讲话"),
            (
                "某县关于\n渡船停航的通告\n甲。\n乙。",
                "某县关于渡船停航的通告",
            ),
            ("河边的\n树\n甲。\n乙。", "河边的"),
            (
                "本书来自www.a.example免费小说下载站\n河边的树\n甲。\n乙。",
                "河边的树",
            ),
            ("书名：河边的树\n\n作者：林深\n甲。\n乙。", "河边的树"),
            ("林深·著\n河边的树\n甲。\n乙。", "河边的树"),
            ("目　录 \n河边的树\n甲。\n乙。", ""),
            ("【正文】\n河边的树\n甲。\n乙。", ""),
        ] {
            assert_eq!(page(text).meta.title, title);
        }
        let rest = "\n第一段。\n第二段。\n第三段。";
        for (head, title) in [
            ("2031-07-13 09:37:40\n两座城的故事", "两座城的故事"),
            ("2031年7月13日\n【参考范文】\n两座城的故事", "两座城的故事"),
            ("2031-07-13 09:37:40", ""),
            ("2031-07-13 09:37:40\n渡船每天都在", ""),
            ("2031-07-13 09:37:40\n为了帮助大家渡河", ""),
            ("2031-07-13 09:37:40\n申论范文", ""),
            ("2031-07-13\n两座城的故事\n第一天。\n2031-07-14", ""),
            ("2031年纪事", "2031年纪事"),
        ] {
            assert_eq!(page(&format!("{head}{rest}")).meta.title, title, "{head}");
        }
        let book = page("某甲《某书》\n\n      某篇的题目〔１〕\n\n　　一段。\n　　二段。");
        assert_eq!(book.meta.title, "某篇的题目");
        assert_eq!(book.meta.author.as_deref(), Some("某甲"));
        assert_eq!(book.meta.source.as_deref(), Some("《某书》"));
    }

    #[test]
    fn a_sentence_goes_on_over_a_page_number_in_wrapped_text_only() {
        let mut wrapped = String::new();
        for i in 0..24 {
            let number = ["\n- 1 -\n\n", "- 2 -\n"].get((i / 8_usize).wrapping_sub(1));
            wrapped += number.filter(|_| i % 8 == 0).unwrap_or(&"");
            wrapped.extend(LINE.chars().cycle().skip(i).take(20).chain(['\n']));
        }
        assert_eq!(page(&wrapped).blocks.len(), 1);
        let free = page("一段话没有说完\n第 3 页\n又一段。\n再一段。");
        let texts: Vec<&str> = free.blocks.iter().map(|d| &*d.text).collect();
        assert_eq!(texts, ["一段话没有说完", "又一段。", "再一段。"]);
    }

    #[test]
    fn quoted_mail_is_quotations() {
        let text = "L\nL\nL尾。\n\n> L\n> L\n> L。\n>> L\n>> L\nL\nL\n完。".replace('L', LINE);
        let mail = page(&text);
        let found: Vec<_> = mail.blocks.iter().map(|d| (d.kind, d.depth)).collect();
        let (text, quote) = (BlockKind::Paragraph, BlockKind::Quote);
        assert_eq!(found, [(text, 0), (quote, 1), (quote, 2), (text, 0)]);
    }

    #[test]
    fn lines_are_paragraphs() {
        let page = page("甲。\n乙。\n\n　　丙。\n----\n丁");
        let got: Vec<_> = page.blocks.iter().map(|d| (d.line, &*d.text)).collect();
        let wanted = [(1, "甲。"), (2, "乙。"), (4, "丙。"), (5, ""), (6, "丁")];
        assert_eq!(got, wanted);
    }
}
