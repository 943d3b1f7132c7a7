//! Reads plain text: a line is a paragraph.
//!
//! 1. [`read`] joins what a machine wrapped and takes the first line as the title
//!    where it reads as one.
//! 2. [`paragraphs`] alone serves prose that another format holds, such as a fence
//!    around a whole article.
//!
//! What lines mean (abstract, note, clutter) is said later, for all formats.

use super::draft::{Page, TAKEN};
use super::{front_matter, notes, prose, wrap};
use crate::document::BlockKind;

/// Longest title, in cells, that an unmarked first line may be.
const TITLE: usize = 72;

/// Reads lines, the first of which stands on source line `first`, with the
/// title if it is one.
pub fn read(lines: &[&str], first: usize, page: &mut Page) {
    let from = page.drafts.len();
    paragraphs(lines, first, page);
    if page.meta.title.is_empty() {
        title(page, from);
    }
}

/// Reads lines as paragraphs.
pub fn paragraphs(lines: &[&str], first: usize, page: &mut Page) {
    let wrapped = wrap::detect(lines.iter().copied());
    let mut before: Option<&str> = None;
    for (i, line) in lines.iter().enumerate() {
        let joins = before.zip(wrapped).is_some_and(|(before, wrap)| wrap.joins(before, line));
        let text = line.trim();
        if joins {
            page.push(prose::joint(page.last(), text.chars().next()));
            page.push(text);
        } else {
            page.close();
            if !text.is_empty() {
                let rule = text.len() >= 3 && text.chars().all(|c| matches!(c, '-' | '=' | '*' | '_' | '─' | '—' | '＝' | '－'));
                page.open(if rule { BlockKind::Rule } else { BlockKind::Paragraph }, 0, first + i);
                if !rule {
                    page.push(text);
                }
            }
        }
        before = (!text.is_empty()).then_some(line);
    }
    page.close();
}

/// Takes the first paragraph as the title where it reads as one: short, without
/// a stop, not a point of an enumeration, and at least two blocks follow.
pub fn title(page: &mut Page, from: usize) {
    let blocks = page.drafts.get_mut(from..).unwrap_or_default();
    if blocks.iter().filter(|d| d.kind == BlockKind::Paragraph).count() < 3 {
        return;
    }
    let Some(head) = blocks.iter_mut().find(|d| d.kind == BlockKind::Paragraph) else { return };
    // 鲁迅《坟》 above the title says where it comes from
    if let Some((author, book)) = running_head(&head.text) {
        head.folded = Some("running-head");
        page.meta.author.get_or_insert(author);
        page.meta.source.get_or_insert(book);
    }
    let head = page.drafts.get(from..).unwrap_or_default().iter().find(|d| d.kind == BlockKind::Paragraph && d.stands());
    // 标题：… and its like are read as bylines are
    let stated = |text: &str| front_matter::entry(text).is_some_and(|(key, _)| front_matter::is_known(key));
    if head.is_some_and(|head| reads_as_title(&head.text) && !stated(&head.text)) {
        take_title(page, from);
    }
}

/// Makes the first block with text the title.
pub fn take_title(page: &mut Page, from: usize) {
    let blocks = page.drafts.get_mut(from..).unwrap_or_default();
    if let Some(head) = blocks.iter_mut().find(|d| d.stands() && !matches!(d.kind, BlockKind::Rule | BlockKind::Image)) {
        page.meta.title = notes::without_marks(&head.text);
        page.title_line = head.line;
        head.folded = Some(TAKEN);
    }
}

/// Whether a first line reads as a title.
pub fn reads_as_title(line: &str) -> bool {
    let head = line.chars().next();
    prose::cells(line) <= TITLE
        && !prose::has_stop(line)
        && !prose::ends_sentence(line.trim_end_matches(['？', '！', '?', '!']))
        && !line.trim_end().ends_with(['，', '、', ',', '。'])
        && head.is_some_and(|c| c.is_alphanumeric() || matches!(c, '“' | '《' | '「' | '『' | '‘' | '【' | '"' | '〈'))
        && !is_numbered(line)
        && !line.starts_with("http")
}

/// Whether a line is the first of an enumeration: 一、 （一） 1. 第一，.
pub fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || crate::text::numeral::is_han_numeral(c));
    let numbered = rest.len() < line.len() && rest.starts_with(['、', '.', '．', '，', ')', '）']);
    numbered || line.starts_with(['（', '(']) || line.starts_with("第一") && line.contains(['，', '、'])
}

/// `某人《某书》`: the author and the book.
fn running_head(line: &str) -> Option<(String, String)> {
    let (author, rest) = line.split_once('《')?;
    let book = rest.strip_suffix('》')?;
    let name = (2..=4).contains(&author.trim().chars().count()) && author.trim().chars().all(prose::is_han);
    (name && !book.contains(['《', '》']) && book.chars().count() <= 20).then(|| (author.trim().to_owned(), format!("《{book}》")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        let mut page = Page::default();
        read(&text.lines().collect::<Vec<_>>(), 1, &mut page);
        page
    }

    #[test]
    fn the_first_line_is_the_title_where_it_reads_as_one() {
        assert_eq!(page("两座城的故事\n　　第一段。\n　　第二段。").meta.title, "两座城的故事");
        assert_eq!(page("两座城的故事\n　　只有一段。").meta.title, "");
        assert_eq!(page("同志们：\n甲。\n乙。\n丙。").meta.title, "");
        assert_eq!(page("一、开头\n甲。\n乙。\n丙。").meta.title, "");
        assert_eq!(page("这是一句话。\n甲。\n乙。").meta.title, "");
        let book = page("某甲《某书》\n\n      某篇的题目〔１〕\n\n　　一段。\n　　二段。");
        assert_eq!((book.meta.title.as_str(), book.meta.author.as_deref(), book.meta.source.as_deref()), ("某篇的题目", Some("某甲"), Some("《某书》")));
    }

    #[test]
    fn lines_are_paragraphs() {
        let page = page("甲。\n乙。\n\n　　丙。\n----\n丁");
        let got: Vec<_> = page.drafts.iter().map(|d| (d.line, d.text.as_str())).collect();
        assert_eq!(got, [(1, "甲。"), (2, "乙。"), (4, "丙。"), (5, ""), (6, "丁")]);
    }
}
