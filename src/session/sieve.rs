//! The view of `&`: only the paragraphs, or the sentences, that have hits.
//!
//! 1. A unit is a paragraph or a sentence. Neighbouring sentences with hits are shown as one, but
//!    not across the parts in which a long paragraph is laid out.
//! 2. A sentence without an end is cut where a part begins.
//!
//! Only spans of the text, as in the skeleton; hidden text between them is drawn as a thin
//! line. They are found when they are asked for, from the hits near a position: a text of 10 MB
//! costs what the screen does.

use crate::document::Document;
use crate::layout::Flow;
use crate::layout::flow::{Cut, VisibleSpan, VisibleSpans, part_at};
use crate::search::Matches;
use crate::text::{Pos, Span, cluster, sentence};
use std::sync::Arc;

/// Returns the flow of the paragraphs (or sentences) that have hits; `None` where none has.
pub fn sieve(document: &Document, hits: Vec<Arc<Matches>>, sentences: bool) -> Option<Flow> {
    let shown = Sieve { hits, sentences };
    shown.first_from(document, Pos(0))?;
    Some(Flow {
        visible: Some(Arc::new(shown)),
        gaps: true,
        ..Flow::default()
    })
}

/// Bytes before a part within which the start of a sentence is searched for: with the part, less
/// than the longest sentence.
const REACH: u32 = 32 * 1024;

#[derive(Debug)]
struct Sieve {
    hits: Vec<Arc<Matches>>,
    sentences: bool,
}

/// A paragraph or a sentence, and the block and the part that it begins in.
#[derive(Clone, Copy)]
struct Unit {
    span: Span,
    block: Span,
    part: Span,
}

impl VisibleSpans for Sieve {
    fn after(&self, document: &Document, pos: Pos) -> Option<VisibleSpan> {
        let here = self.unit(document, pos)?;
        let here = Some(here).filter(|unit| unit.span.end > pos && self.shows(document, unit));
        here.map_or_else(
            || {
                let from = self.unit(document, pos)?.span.end.max(pos);
                let hit = self.first_from(document, from)?;
                self.unit(document, hit.start)
            },
            Some,
        )
        .map(|unit| self.whole(document, unit))
    }

    fn before(&self, document: &Document, pos: Pos) -> Option<VisibleSpan> {
        let last = Pos(pos.min(document.end()).0.checked_sub(1)?);
        let here = self.unit(document, last)?;
        if self.shows(document, &here) {
            return Some(self.whole(document, here));
        }
        let hit = self.last_before(document, here.span.start)?;
        let mut unit = self.unit(document, hit.start)?;
        if self.sentences {
            let end = Pos(hit.end.min(unit.block.end).0 - 1);
            unit = self.unit(document, end.max(hit.start))?;
        }
        Some(self.whole(document, unit))
    }
}

impl Sieve {
    /// Returns the first hit outside of folds that begins at `pos` or after it.
    fn first_from(&self, document: &Document, mut pos: Pos) -> Option<Span> {
        loop {
            let of = |hits: &Arc<Matches>| hits.spans.get(hits.at_or_after(pos)?).copied();
            let hit = self.hits.iter().filter_map(of).min()?;
            let Some(fold) = document.fold_at(hit.start) else {
                return Some(hit);
            };
            pos = document.fold_span(fold).end.max(Pos(hit.start.0 + 1));
        }
    }

    /// Returns the last hit outside of folds that begins before `pos`.
    fn last_before(&self, document: &Document, mut pos: Pos) -> Option<Span> {
        loop {
            let of = |hits: &Arc<Matches>| hits.spans.get(hits.before(pos)?).copied();
            let hit = self.hits.iter().filter_map(of).max()?;
            let Some(fold) = document.fold_at(hit.start) else {
                return Some(hit);
            };
            pos = document.fold_span(fold).start.min(hit.start);
        }
    }

    /// Returns the unit that holds `pos`, or the nearest one before.
    fn unit(&self, document: &Document, pos: Pos) -> Option<Unit> {
        let block = document.block_span_at(pos)?;
        if !self.sentences {
            let (span, part) = (block, block);
            return Some(Unit { span, block, part });
        }
        let text = document.text();
        let pos = pos.clamp(block.start, Pos(block.end.0.max(1) - 1).max(block.start));
        let part = part_at(text, block, pos);
        let from = Pos(part.start.0.saturating_sub(REACH)).max(block.start);
        let next = Pos::new(cluster::next(text, pos.byte())).min(block.end);
        let start = Pos::new(sentence::last_start(text, from.byte()..next.byte()));
        // where none begins in reach, at the part, from where on all find the same
        let is_known = start > from || from == block.start;
        let start = if is_known { start } else { part.start };
        let end = if is_known {
            sentence_end(text, block, start)
        } else {
            end_before(text, start, part.end).unwrap_or(part.end)
        };
        Some(Unit {
            span: Span::between(start, end),
            block,
            part: part_at(text, block, start),
        })
    }

    /// Returns whether a unit has a hit, and is in no fold.
    fn shows(&self, document: &Document, unit: &Unit) -> bool {
        document.fold_at(unit.span.start).is_none() && self.has_hit(unit.span, unit.block)
    }

    /// Returns whether a hit that begins in the block is in a unit of it.
    fn has_hit(&self, unit: Span, block: Span) -> bool {
        let least = if self.sentences {
            block.start
        } else {
            unit.start
        };
        self.hits.iter().any(|hits| {
            let reaches = |hit: &Span| hit.end <= unit.start || hit.start < least;
            let first = hits.spans.partition_point(reaches);
            hits.spans
                .get(first)
                .is_some_and(|hit| hit.start < unit.end)
        })
    }

    /// Returns a unit with the neighbours that begin in the same part and have hits.
    fn whole(&self, document: &Document, unit: Unit) -> VisibleSpan {
        let (text, Unit { block, part, .. }) = (document.text(), unit);
        let mut span = unit.span;
        while self.sentences && span.start > part.start {
            let from = part.start.byte()..span.start.byte();
            let start = Pos::new(sentence::last_start(text, from));
            // one that is cut at the start of the part begins in the part before
            let edge = || self.unit(document, start).map(|unit| unit.span.start);
            let begins = start > part.start || edge() == Some(start);
            if !begins || !self.has_hit(Span::between(start, span.start), block) {
                break;
            }
            span.start = start;
        }
        while self.sentences && span.end < part.end {
            let next = Span::between(span.end, sentence_end(text, block, span.end));
            if !self.has_hit(next, block) {
                break;
            }
            span.end = next.end;
        }
        VisibleSpan {
            span,
            depth: 0,
            cut: Cut::default(),
        }
    }
}

/// Returns the end of the sentence that begins at `start`. One without an end in reach is cut
/// where the next part begins that does not find its start any more.
fn sentence_end(text: &str, block: Span, start: Pos) -> Pos {
    let reach = Pos(start.0.saturating_add(REACH)).min(block.end);
    let reach = Pos::new(cluster::floor(text, reach.byte()));
    let near = end_before(text, start, reach);
    near.unwrap_or_else(|| {
        let out_of_reach = Pos(start.0.saturating_add(REACH));
        if out_of_reach >= block.end {
            return block.end;
        }
        let part = part_at(text, block, out_of_reach);
        let begins_behind = part.start >= out_of_reach;
        let limit = if begins_behind { part.start } else { part.end };
        end_before(text, start, limit).unwrap_or(limit)
    })
}

/// Returns where the sentence after that at `start` begins, if it does before `limit`.
fn end_before(text: &str, start: Pos, limit: Pos) -> Option<Pos> {
    let rest = text.get(start.byte()..limit.byte())?;
    Some(Pos::new(start.byte() + sentence::next_start(rest)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};
    use crate::search::Query;

    /// Returns the texts of the spans that are shown, and checks them backwards.
    fn shown(document: &Document, queries: &[&str], sentences: bool) -> Vec<String> {
        let find = |typed: &&str| Arc::new(Query::new(typed).unwrap().find(document.text()));
        let hits = queries.iter().map(find).collect();
        let Some(flow) = sieve(document, hits, sentences) else {
            return Vec::new();
        };
        let visible = flow.visible.unwrap();
        let (mut shown, mut at): (Vec<VisibleSpan>, _) = (Vec::new(), Pos(0));
        while let Some(next) = visible.after(document, at) {
            assert!(next.span.start >= at && !next.span.is_empty(), "{next:?}");
            assert_eq!(visible.after(document, next.span.start), Some(next));
            at = next.span.end;
            shown.push(next);
        }
        let mut at = document.end();
        for wanted in shown.iter().rev() {
            assert_eq!(visible.before(document, at), Some(*wanted));
            at = wanted.span.start;
        }
        assert_eq!(visible.before(document, at), None);
        let texts = shown.iter().map(|shown| document.slice(shown.span));
        texts.map(str::to_owned).collect()
    }

    fn document(paragraphs: &[&str]) -> Document {
        let mut b = Builder::new();
        for (i, text) in paragraphs.iter().enumerate() {
            match text.strip_prefix('-') {
                Some(text) => b.fold("share-line", i + 1, text),
                None => b.block(BlockKind::Paragraph, 0, i + 1, text),
            }
        }
        b.finish()
    }

    #[test]
    fn only_what_has_hits_is_shown() {
        let d = document(&[
            "灯在前。桥在后。渡口有灯。灯下有船。走了。",
            "-分享这盏灯",
            "没有。",
            "船上没有。桥也没有，灯",
            "就在岸边。说完了。",
        ]);
        let blocks = [
            "灯在前。桥在后。渡口有灯。灯下有船。走了。",
            "船上没有。桥也没有，灯",
        ];
        assert_eq!(shown(&d, &["灯"], false), blocks);
        let sentences = ["灯在前。", "渡口有灯。灯下有船。", "桥也没有，灯"];
        assert_eq!(shown(&d, &["灯"], true), sentences);
        let all = [
            "灯在前。桥在后。渡口有灯。灯下有船。",
            "船上没有。桥也没有，灯",
        ];
        assert_eq!(shown(&d, &["桥", "灯", "船"], true), all);
        assert!(shown(&d, &["分享"], true).is_empty());
    }

    #[test]
    fn a_long_paragraph_shows_whole_sentences() {
        let plain = "他说完了；我们走吧，天色还早，路也不远。".repeat(9);
        let some = [&plain, "灯亮了；人也到了。", &plain].concat().repeat(60);
        let d = document(&["开头。", &some, &"灯".repeat(90_000), "灯。"]);
        let texts = shown(&d, &["灯亮"], true);
        assert_eq!(texts.len(), 60);
        assert!(texts.iter().all(|text| text == "灯亮了；人也到了。"));
        let all = shown(&d, &["我"], true).concat();
        assert_eq!(all.matches("他说完了").count(), 60 * 18);
        assert!(!all.contains('灯'));
        assert_eq!(
            shown(&d, &["灯"], true).concat().matches('灯').count(),
            90_061
        );
    }

    #[test]
    fn what_is_shown_is_found_near_the_place() {
        // found all at once, these sentences are compared with each other for minutes
        let text = "灯在前，桥在后。".repeat(300_000);
        let d = document(&[&text]);
        let hits = vec![Arc::new(Query::new("灯").unwrap().find(d.text()))];
        let flow = sieve(&d, hits, true).unwrap();
        let visible = flow.visible.unwrap();
        let shown = visible.after(&d, Pos::new(text.len() / 2)).unwrap();
        assert!(shown.span.len() < 100_000, "{shown:?}");
    }
}
