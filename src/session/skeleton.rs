//! What the skeleton view (提纲) lets through: the whole argument, on as few rows
//! as it takes.
//!
//! 1. Of every entry its label, set in by its depth.
//! 2. Of the lead, and of a paragraph without points, its first and its last
//!    sentence, of long ones the first and the last clauses; the view dims them.
//! 3. Of what the reader has unfolded, everything.
//!
//! Only spans of the text: searching, jumping and the place work as ever. Nothing is cut
//! before it is shown: each stretch is told by the entries around it.

use crate::document::{Block, Document};
use crate::layout::Flow;
use crate::layout::flow::{Only, Shown, Tell, Told};
use crate::outline::{EntryKind, Outline};
use crate::session::motion;
use crate::text::sentence::clause_ends;
use crate::text::{Pos, Span};
use std::collections::BTreeSet;
use std::sync::Arc;

/// No label takes more bytes: it has two hundred characters at the most, and a marker.
const REACH: u32 = 1024;

/// The flow of the skeleton.
pub fn skeleton(outline: &Arc<Outline>, unfolded: &BTreeSet<Pos>) -> Flow {
    let told = Skeleton {
        outline: Arc::clone(outline),
        unfolded: unfolded.clone(),
    };
    Flow {
        only: Some(Only::Told(Told(Arc::new(told)))),
        ..Flow::default()
    }
}

/// What the skeleton is told by.
#[derive(Debug)]
struct Skeleton {
    outline: Arc<Outline>,
    unfolded: BTreeSet<Pos>,
}

impl Tell for Skeleton {
    fn after(&self, document: &Document, pos: Pos) -> Option<Shown> {
        let here = document.block_at(pos)?;
        let blocks = document.blocks();
        blocks.range(here..blocks.len()).find_map(|block| {
            let mut near = Some(pos.max(block.span.start));
            // where all about there is covered by what begins before it: further on
            while let Some(at) = near.filter(|at| *at < block.span.end) {
                let (about, more) = self.around(document, &block, at);
                let found = about.into_iter().find(|s| s.span.end > pos);
                if found.is_some() {
                    return found;
                }
                near = more;
            }
            None
        })
    }

    fn before(&self, document: &Document, pos: Pos) -> Option<Shown> {
        let last = Pos(pos.min(document.end()).0.checked_sub(1)?);
        let told = |block: Block| {
            self.around(document, &block, last.min(block.span.end))
                .0
                .into_iter()
                .rfind(|s| s.span.start < pos)
        };
        document
            .blocks()
            .range(0..document.block_at(last)? + 1)
            .rev()
            .find_map(told)
    }
}

impl Skeleton {
    /// The stretches of a block; of one with many entries those about `near`: one that
    /// ends after it, where there is one so near, and the last that begins before it are
    /// among them. And where the next entry begins that was not looked at.
    fn around(&self, document: &Document, block: &Block, near: Pos) -> (Vec<Shown>, Option<Pos>) {
        let mut only = Vec::new();
        let entries = &self.outline.entries;
        let until = |at: Pos| entries.partition_point(|e| e.label.start < at);
        let (first, end) = (until(block.span.start), until(block.span.end));
        if first == end {
            if block.kind.is_body() {
                let depth = first
                    .checked_sub(1)
                    .and_then(|i| entries.get(i))
                    .map_or(0, |e| e.depth);
                self.ends(
                    document,
                    block,
                    depth + u8::from(!entries.is_empty()),
                    &mut only,
                );
            }
            return (only, None);
        }
        let here = until(Pos(near.0.saturating_add(1))).clamp(first + 1, end) - 1;
        let start = entries.get(here).map_or(near, |e| e.label.start);
        // what covers it begins not far before it, and what covers that not far before that
        let from = until(Pos(start.0.saturating_sub(2 * REACH))).clamp(first, here);
        let to = (here + 4).min(end);
        let about = [first..from.min(first + 1), from..to];
        for (i, entry) in about
            .into_iter()
            .flatten()
            .filter_map(|i| Some((i, entries.get(i)?)))
        {
            let open = self.unfolded.contains(&entry.label.start);
            let next = entries
                .get(i + 1)
                .map_or(block.span.end, |e| e.label.start.min(block.span.end));
            let whole = Span {
                start: entry.label.start,
                end: next.max(entry.label.end),
            };
            let prose = matches!(entry.kind, EntryKind::Lead | EntryKind::Introduction);
            let label = if prose {
                first_sentence(
                    document,
                    Span {
                        start: entry.label.start,
                        end: block.span.end,
                    },
                )
            } else {
                entry.label
            };
            push(&mut only, if open { whole } else { label }, entry.depth);
            if prose && !open {
                push(
                    &mut only,
                    last_sentence(document, block.span),
                    entry.depth + 1,
                );
            }
        }
        (
            only,
            entries.get(to).filter(|_| to < end).map(|e| e.label.start),
        )
    }

    /// A paragraph without points: its first and its last sentence, or all of it.
    fn ends(&self, document: &Document, block: &Block, depth: u8, only: &mut Vec<Shown>) {
        if self.unfolded.contains(&block.span.start) {
            push(only, block.span, depth);
        } else {
            push(only, first_sentence(document, block.span), depth);
            push(only, last_sentence(document, block.span), depth);
        }
    }
}

/// Where the stretch that holds `pos` begins: what is to be unfolded there.
pub fn holder(flow: &Flow, document: &Document, outline: &Outline, pos: Pos) -> Option<Pos> {
    let start = flow
        .only
        .as_ref()?
        .before(document, Pos(pos.0.saturating_add(1)))?
        .span
        .start;
    if is_entry(outline, start) {
        return Some(start);
    }
    // a sentence stands for its paragraph, or for the lead that it ends
    let block = document.blocks().get(document.block_at(start)?)?.span;
    let entry = outline.entries.get(
        outline
            .entries
            .partition_point(|e| e.label.start < block.start),
    );
    Some(
        entry
            .filter(|e| block.contains(e.label.start))
            .map_or(block.start, |e| e.label.start),
    )
}

/// What must be unfolded to show `pos`: the entry it belongs to in its paragraph,
/// or the paragraph.
pub fn hider(document: &Document, outline: &Outline, pos: Pos) -> Option<Pos> {
    let block = document.blocks().get(document.block_at(pos)?)?.span;
    let before = outline
        .entries
        .partition_point(|e| e.label.start <= pos)
        .checked_sub(1);
    let entry = before
        .and_then(|i| outline.entries.get(i))
        .filter(|e| block.contains(e.label.start));
    Some(entry.map_or(block.start, |e| e.label.start))
}

/// Whether an entry's label begins there.
pub fn is_entry(outline: &Outline, start: Pos) -> bool {
    outline
        .entries
        .binary_search_by_key(&start, |e| e.label.start)
        .is_ok()
}

/// Adds a stretch, or what of it is not shown yet.
fn push(only: &mut Vec<Shown>, span: Span, depth: u8) {
    let start = only
        .last()
        .map_or(span.start, |s| s.span.end.max(span.start));
    if start < span.end {
        only.push(Shown {
            span: Span {
                start,
                end: span.end,
            },
            depth,
        });
    }
}

fn first_sentence(document: &Document, block: Span) -> Span {
    let end = motion::sentence(document, block.start, true)
        .filter(|end| *end < block.end)
        .unwrap_or(block.end);
    let text = document.slice(Span {
        start: block.start,
        end,
    });
    // of a long sentence the clauses that two rows hold
    let kept = clause_ends(text)
        .take_while(|&at| chars(text.get(..at)) <= LONG)
        .last();
    Span {
        start: block.start,
        end: kept.map_or(end, |at| Pos::new(block.start.byte() + at)),
    }
}

fn last_sentence(document: &Document, block: Span) -> Span {
    let inside = Pos(block.end.0.saturating_sub(1)).max(block.start);
    let start = motion::sentence_at(document, inside).max(block.start);
    let text = document.slice(Span {
        start,
        end: block.end,
    });
    // of a long one the clauses that two rows hold: the first that ends so near the end
    let tail = |chars: usize| text.char_indices().rev().nth(chars).map_or(0, |(i, _)| i);
    let (least, before) = (tail(LONG - 1), tail(LONG));
    let mut ends = clause_ends(text.get(before..).unwrap_or_default()).map(|at| before + at);
    let from = if least == 0 {
        0
    } else {
        ends.find(|&at| at < text.len() && at >= least).unwrap_or(0)
    };
    Span {
        start: Pos::new(start.byte() + from),
        end: block.end,
    }
}

/// A sentence longer than this, in characters, is shown in part.
const LONG: usize = 66;

fn chars(text: Option<&str>) -> usize {
    text.map_or(0, |t| t.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    /// What the view shows, one stretch after the other; the same from behind.
    fn walk(flow: &Flow, d: &Document) -> Vec<Shown> {
        let only = flow.only.as_ref().unwrap();
        let mut shown: Vec<Shown> = Vec::new();
        while let Some(next) = only.after(d, shown.last().map_or(Pos(0), |s| s.span.end)) {
            assert!(
                shown.last().is_none_or(|s| s.span.end <= next.span.start) && !next.span.is_empty(),
                "{next:?}"
            );
            shown.push(next);
        }
        for pair in shown.windows(2) {
            assert_eq!(only.before(d, pair[1].span.start), Some(pair[0]));
            let inside = Pos(pair[1].span.end.0 - 1);
            assert_eq!(
                (only.after(d, inside), only.before(d, pair[1].span.end)),
                (Some(pair[1]), Some(pair[1]))
            );
        }
        assert_eq!(only.before(d, Pos(u32::MAX)), shown.last().copied());
        shown
    }

    /// The same, cut as a whole from the first entry to the last.
    fn listed(d: &Document, o: &Outline, unfolded: &BTreeSet<Pos>) -> Vec<Shown> {
        let mut only: Vec<Shown> = Vec::new();
        let mut entries = o.entries.iter().enumerate().peekable();
        let mut depth = 0;
        for block in d.blocks() {
            let mut listed = false;
            while let Some((i, entry)) = entries.next_if(|(_, e)| e.label.start < block.span.end) {
                listed = true;
                depth = entry.depth;
                let open = unfolded.contains(&entry.label.start);
                let next = o
                    .entries
                    .get(i + 1)
                    .map_or(block.span.end, |e| e.label.start.min(block.span.end));
                let prose = matches!(entry.kind, EntryKind::Lead | EntryKind::Introduction);
                let sentence = first_sentence(
                    d,
                    Span {
                        start: entry.label.start,
                        end: block.span.end,
                    },
                );
                let whole = Span {
                    start: entry.label.start,
                    end: next.max(entry.label.end),
                };
                push(
                    &mut only,
                    if open {
                        whole
                    } else {
                        [entry.label, sentence][usize::from(prose)]
                    },
                    depth,
                );
                if prose && !open {
                    push(&mut only, last_sentence(d, block.span), depth + 1);
                }
            }
            if !listed && unfolded.contains(&block.span.start) {
                push(&mut only, block.span, depth + 1);
            } else if !listed {
                push(&mut only, first_sentence(d, block.span), depth + 1);
                push(&mut only, last_sentence(d, block.span), depth + 1);
            }
        }
        only
    }

    #[test]
    fn nothing_is_lost_where_entries_stand_close() {
        let dense = "一是甲。二是乙。".repeat(700);
        let nested =
            "总的看：一是甲：（1）山路，（2）水路。二是乙，（1）桥，（2）渡口。".repeat(60);
        let mut b = Builder::new();
        b.block(
            BlockKind::Lead,
            0,
            1,
            &format!("核心提示：先说一句。再说一句。{dense}完。"),
        );
        for (i, text) in [
            &dense,
            "这里先说一句。中间一句。最后说一句。",
            &nested,
            "无标点",
            &dense,
        ]
        .into_iter()
        .enumerate()
        {
            b.block(BlockKind::Paragraph, 0, i + 2, text);
        }
        let d = b.finish();
        let o = Arc::new(crate::outline::outline(&d));
        assert!(o.entries.len() > 3000, "{}", o.entries.len());
        let some: BTreeSet<Pos> = o.entries.iter().step_by(7).map(|e| e.label.start).collect();
        let all: BTreeSet<Pos> = o.entries.iter().map(|e| e.label.start).collect();
        for unfolded in [BTreeSet::new(), some, all] {
            let shown = walk(&skeleton(&o, &unfolded), &d);
            assert_eq!(shown, listed(&d, &o, &unfolded));
            assert!(shown.len() > 3000 || unfolded.is_empty(), "{}", shown.len());
        }
    }

    #[test]
    fn paragraphs_without_points_show_their_ends() {
        let mut b = Builder::new();
        b.block(
            BlockKind::Paragraph,
            0,
            1,
            "这里先说一句。中间还有一句。最后说一句。",
        );
        b.block(
            BlockKind::Paragraph,
            0,
            2,
            "办法有两条：一是把路修好。细说一番。二是把灯点亮。再细说一番。",
        );
        let d = b.finish();
        let o = crate::outline::outline(&d);
        let o = Arc::new(o);
        let shown = |unfolded: &BTreeSet<Pos>| {
            walk(&skeleton(&o, unfolded), &d)
                .iter()
                .map(|s| d.slice(s.span).to_owned())
                .collect::<Vec<_>>()
        };
        let plain = shown(&BTreeSet::new());
        assert!(
            plain.iter().any(|s| s.starts_with("一是把路修好")),
            "{plain:?}"
        );
        assert!(!plain.concat().contains("细说"), "{plain:?}");
        assert!(!plain.concat().contains("中间"), "{plain:?}");
        let point = o.points[0].span.start;
        let open = shown(&BTreeSet::from([point]));
        assert!(
            open.concat().contains("细说一番。") && !open.concat().contains("再细说"),
            "{open:?}"
        );
    }
}
