//! Names lists at line heads by the line that announces them (推开这件事要有三个条件：).
//!
//! The line is right above the first item, and gives the number of the items or ends with a
//! colon. The items are one below the other: parts with text between them are no list.

use super::announced::last_number;
use super::index::Index;
use super::model::{MarkerPosition, Outline, Point, Topic};
use super::reading::Reading;
use super::topic::lead;
use crate::document::{Block, BlockKind};
use crate::text::Span;
use crate::text::sentence::FULL_STOPS;

/// Characters of a line that announces a list.
const ANNOUNCING_LINE_CHARS: std::ops::RangeInclusive<usize> = 6..=60;

/// Returns the topics of the lists in an outline whose points are known.
pub fn topics(document: &Reading<'_>, outline: &Outline) -> Vec<Topic> {
    let lists = outline.series.iter();
    lists.filter_map(|s| topic(document, outline, s)).collect()
}

/// Returns the topic of a series, if it is a list that a line announces.
fn topic(document: &Reading<'_>, outline: &Outline, series: &[Index]) -> Option<Topic> {
    let points = &outline.points;
    let [first, .., last] = series else {
        return None;
    };
    let (top, at) = (points.get(first.get())?, first.get());
    let heads_line = |p: &&Point| p.place == MarkerPosition::LineHead;
    let block = |p: &Point| document.block_at(p.span.start);
    let listed = points.get(at..=last.get())?;
    let lines = listed.iter().filter(heads_line).count();
    let (top_block, last_block) = (block(top)?, block(points.get(last.get())?)?);
    let is_list = heads_line(&top) && last_block - top_block + 1 == lines;
    let line = document.blocks().get(top_block.checked_sub(1)?)?;
    if !is_list || !announces(document.slice(line.span), series.len()) || !is_free(outline, line) {
        return None;
    }
    let inside = points.get(last.get() + 1..).unwrap_or_default().iter();
    let inside = inside.take_while(|p| p.parent >= Some(*last)).count();
    let count = listed.len() + inside;
    let end = points.get(at + count - 1).and_then(block);
    let end = end.and_then(|end| document.blocks().get(end))?.span.end;
    let name = lead::name(document.slice(line.span))?;
    let start = line.span.start.byte();
    Some(Topic {
        label: Span::new(start + name.start, start + name.end),
        span: Span::between(line.span.start, end),
        first: *first,
        count: u32::try_from(count).ok()?,
    })
}

/// Returns whether a line announces `count` points, or a list by its colon.
fn announces(line: &str, count: usize) -> bool {
    let is_colon = line.ends_with(['：', ':']);
    let is_line = ANNOUNCING_LINE_CHARS.contains(&line.chars().count());
    let sentence = line.trim_end_matches(FULL_STOPS);
    let sentence = sentence.rsplit(FULL_STOPS).next().unwrap_or_default();
    let is_counted = || last_number(sentence).is_some_and(|n| n as usize == count);
    is_line && (is_colon || (line.ends_with(FULL_STOPS) && is_counted()))
}

/// Returns whether a block is a paragraph in which no point begins.
fn is_free(outline: &Outline, block: &Block) -> bool {
    let points = &outline.points;
    let from = points.partition_point(|p| p.span.start < block.span.start);
    let is_point = points
        .get(from)
        .is_some_and(|p| block.span.contains(p.span.start));
    block.kind == BlockKind::Paragraph && !is_point
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Builder;

    /// Returns the labels of the topics of lists in a text, and the number of points of each.
    fn found(text: &str) -> Vec<(String, usize)> {
        let mut b = Builder::new();
        for (i, line) in text.lines().enumerate() {
            b.block(BlockKind::Paragraph, 0, i + 1, line);
        }
        let d = b.finish();
        let topics = topics(&Reading::new(&d), &crate::outline::outline(&d)).into_iter();
        topics
            .map(|t| (d.slice(t.label).to_owned(), t.points().len()))
            .collect()
    }

    #[test]
    fn lists_are_named_by_the_line_that_announces_them() {
        let above = "夜市办了两年，账本翻出来看，各村都有各村的办法。";
        for (list, wanted) in [
            (
                "推开这件事要有两个条件：\n1. 有人牵头\n2. 有地可用",
                Some(("推开这件事要有两个条件", 2)),
            ),
            (
                "推开这件事有两个条件。\n1. 有人牵头\n2. 有地可用",
                Some(("推开这件事有两个条件", 2)),
            ),
            (
                "村里要做的事：\n1. 找人：（1）会算账；（2）会说话\n2. 找地",
                Some(("村里要做的事", 4)),
            ),
            // another number, no list, only a colon
            ("推开这件事有三个条件。\n1. 有人牵头\n2. 有地可用", None),
            (
                "推开这件事有两个条件。\n1. 有人\n牵头的人要公道。\n2. 有地可用",
                None,
            ),
            ("分别是：\n1. 有人牵头\n2. 有地可用", None),
            ("这里没有人牵头。\n1. 有人牵头\n2. 有地可用", None),
        ] {
            let found = found(&format!("{above}\n{list}"));
            let wanted = wanted.map(|(label, count)| (label.to_owned(), count));
            assert_eq!(found, Vec::from_iter(wanted), "{list}");
        }
    }
}
