//! What looks like headings and points and is none: notes, bibliographies, the title.

use super::marker;
use crate::document::{Block, BlockKind, Document};
use crate::text::letter;
use crate::text::words::Words;

/// Headings of parts without points.
static PARTS_WITHOUT_POINTS: Words = Words::new(
    "参考文献 參考文獻 主要参考文献 参考书目 參考書目 参考资料 參考資料 参考链接 \
    参考来源 资料来源 資料來源 引用文献 引用资料 注释 註釋 注释与参考文献 附注 附註 尾注 脚注 延伸阅读 延伸閱讀 \
    扩展阅读 推荐阅读 推薦閱讀 相关阅读 相關閱讀 相关文章 相關文章 相关链接 相關連結 作者简介 作者簡介 作者介绍 \
    关于作者 關於作者 References Notes Bibliography",
);

/// Bytes of the longest such heading, with its number.
const MAX_HEADING_BYTES: usize = 60;

/// Bytes of a paragraph with which the article goes on behind notes: 40 Han.
const MIN_PARAGRAPH_BYTES: usize = 40 * 3;

/// The level of a heading without markup: below those of all headings with markup.
const LINE_LEVEL: u8 = 7;

/// Blocks above the first heading that may be the title.
const MAX_TITLE_BLOCKS: usize = 6;

/// Blocks that are searched for a second heading of the first level.
const MAX_SEARCHED_BLOCKS: usize = 2000;

/// Returns the level of the part without points that is open behind the head of a block, where
/// the one of level `open` was open before it.
pub fn part_without_points(open: Option<u8>, text: &str, block: &Block) -> Option<u8> {
    match block.kind {
        BlockKind::Heading(level) if opens_part_without_points(text) => {
            Some(open.map_or(level, |open| open.min(level)))
        }
        BlockKind::Heading(level) => open.filter(|open| level > *open),
        BlockKind::Paragraph if opens_part_without_points(text) => open.or(Some(LINE_LEVEL)),
        BlockKind::Paragraph if block.span.len() >= MIN_PARAGRAPH_BYTES => {
            open.filter(|open| *open < LINE_LEVEL)
        }
        _ => open,
    }
}

/// Returns whether a heading, its number left out, opens a part without points.
pub fn opens_part_without_points(text: &str) -> bool {
    let is_mark = |c: char| !letter::is_alphanumeric(c);
    let is_name = |text: &str| {
        let name = text.trim_start_matches(is_mark);
        PARTS_WITHOUT_POINTS.has(name) || name == "Further Reading"
    };
    let text = text.trim();
    if text.len() > MAX_HEADING_BYTES {
        return false;
    }
    let text = text.trim_end_matches(is_mark);
    let unnumbered = || text.get(marker::read(text, true)?.len..);
    is_name(text) || unnumbered().is_some_and(is_name)
}

/// Returns whether a heading repeats the title of the document. Without a title the only
/// heading of the first level is it, where it comes first.
pub fn is_title(document: &Document, index: usize, text: &str) -> bool {
    fn letters(text: &str) -> String {
        text.chars()
            .filter(|c| letter::is_alphanumeric(*c))
            .collect()
    }
    let is_first_level = |block: &&Block| block.kind == BlockKind::Heading(1);
    let (title, heading) = (letters(&document.meta().title), letters(text));
    let mut blocks = document.blocks().iter();
    if heading.is_empty() {
        return true;
    }
    if title.is_empty() {
        let firsts = blocks.take(MAX_SEARCHED_BLOCKS).filter(is_first_level);
        return index == 0 && firsts.count() == 1;
    }
    if title == heading {
        return true;
    }
    // shortened or extended it is still the title where titles are; 慢 and 慢从哪里来 may both
    // be headings
    let is_alike =
        heading.chars().nth(5).is_some() && (title.contains(&heading) || heading.contains(&title));
    let mut above = document.blocks().iter().take(index);
    let is_above_text =
        index < MAX_TITLE_BLOCKS && above.all(|block| !document.slice(block.span).ends_with('。'));
    is_alike
        && (is_above_text
            || blocks
                .nth(index)
                .is_some_and(|block| is_first_level(&block)))
}
