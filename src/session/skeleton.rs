//! The skeleton view (骨架): the whole argument on as few rows as possible.
//!
//! 1. Of every entry its first sentence, from its marker, of a topic the whole sentence, indented by
//!    its depth; of a long one the first clauses, at least its label.
//! 2. Of a quiet entry, of a paragraph without points, and of one that has a topic, its first and
//!    its last sentence, of long ones the first and the last clauses; the view dims them.
//! 3. Of unfolded entries, everything.
//! 4. …… behind a sentence where text of its paragraph is cut, and before the last clauses of one.
//!
//! Only spans of the text, so that searching, jumping and the place work as ever. They are
//! computed from the entries near a position when they are asked for.

use crate::document::{Block, BlockKind, Document};
use crate::layout::Flow;
use crate::layout::PosSet;
use crate::layout::flow::{Cut, VisibleSpan, VisibleSpans};
use crate::outline::{EntryKind, MarkerPosition, Outline};
use crate::session::motion;
use crate::text::{Pos, Span, cluster, sentence};
use std::sync::Arc;

/// The longest sentence that is shown whole: three rows of 36 Han.
const MAX_SENTENCE_CHARS: usize = 108;

/// The longest part of a longer last sentence: two rows.
const MAX_LAST_CHARS: usize = 66;

/// Bytes within which the end of a sentence is searched for: more than the longest takes.
const SEARCHED_BYTES: u32 = 2048;

/// Returns the flow of the skeleton; `unfolded` are the starts of the unfolded entries.
pub fn skeleton(outline: &Arc<Outline>, unfolded: &PosSet) -> Flow {
    Flow {
        visible: Some(Arc::new(Skeleton {
            outline: Arc::clone(outline),
            unfolded: unfolded.clone(),
        })),
        ..Flow::default()
    }
}

#[derive(Debug)]
struct Skeleton {
    outline: Arc<Outline>,
    unfolded: PosSet,
}

impl VisibleSpans for Skeleton {
    fn after(&self, document: &Document, pos: Pos) -> Option<VisibleSpan> {
        let here = document.block_at(pos)?;
        let blocks = document.blocks().get(here..)?;
        blocks.iter().find_map(|block| {
            let spans = self.spans_near(document, block, pos.max(block.span.start));
            spans.into_iter().find(|s| s.span.end > pos)
        })
    }

    fn before(&self, document: &Document, pos: Pos) -> Option<VisibleSpan> {
        let last = Pos(pos.min(document.end()).0.checked_sub(1)?);
        let last_of = |block: &Block| {
            let spans = self.spans_near(document, block, last.min(block.span.end));
            spans.into_iter().rfind(|s| s.span.start < pos)
        };
        let here = document.block_at(last)?;
        let blocks = document.blocks().get(..=here)?;
        blocks.iter().rev().find_map(last_of)
    }
}

impl Skeleton {
    /// Returns the spans of a block; of one with many entries those of the entry at `near` and
    /// of its neighbours.
    fn spans_near(&self, document: &Document, block: &Block, near: Pos) -> Vec<VisibleSpan> {
        let entries = &self.outline.entries;
        let until = |at: Pos| entries.partition_point(|e| e.label.start < at);
        let (first, end) = (until(block.span.start), until(block.span.end));
        let mut shown = Vec::new();
        if first == end {
            self.push_paragraph(document, block, &mut shown);
            return shown;
        }
        let here = until(Pos(near.0.saturating_add(1))).clamp(first + 1, end) - 1;
        // of entries that begin together only the last shows
        let start = |i: usize| entries[i].label.start;
        let from = until(start(here)).clamp(first + 1, end) - 1;
        let to = match here + 1 {
            next if next < end => until(Pos(start(next).0 + 1)).min(end),
            next => next,
        };
        if from == first {
            self.push_head(document, block, first, &mut shown);
        }
        for i in from..to {
            self.push_entry(document, block, i, &mut shown);
        }
        shown
    }

    /// Pushes the first sentence of a paragraph in front of its first entry, or all that is there.
    fn push_head(
        &self,
        document: &Document,
        block: &Block,
        first: usize,
        shown: &mut Vec<VisibleSpan>,
    ) {
        let start = entry_start(document, &self.outline, block, first);
        let head = Span::between(block.span.start, start.max(block.span.start));
        let is_text = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item
        );
        if !is_text || head.is_empty() {
            return;
        }
        let depth = self.outline.entries[first].depth;
        if self.unfolded.contains(block.span.start) {
            return push(shown, head, depth);
        }
        push(shown, first_sentence(document, head, head.start), depth);
        mark_cut(document, start, shown);
    }

    /// Pushes the spans of the entry `i` in its block, up to the next entry: its first
    /// sentence, or all of it.
    fn push_entry(
        &self,
        document: &Document,
        block: &Block,
        i: usize,
        shown: &mut Vec<VisibleSpan>,
    ) {
        let entries = &self.outline.entries;
        let entry = &entries[i];
        let start = entry_start(document, &self.outline, block, i);
        let is_inside = |next: &usize| {
            entries
                .get(*next)
                .is_some_and(|e| e.label.start < block.span.end)
        };
        let next = Some(i + 1).filter(is_inside);
        let next = next.map_or(block.span.end, |next| {
            entry_start(document, &self.outline, block, next)
        });
        let whole = Span::between(start, next.clamp(start, block.span.end));
        if self.unfolded.contains(entry.label.start) || matches!(block.kind, BlockKind::Heading(_))
        {
            push(shown, whole, entry.depth);
            return;
        }
        let least = entry.label.end.min(whole.end);
        push(shown, first_sentence(document, whole, least), entry.depth);
        if whole.end == block.span.end {
            let topic = self.topic_of(block, i);
            if let Some(depth) = topic.or(entry.kind.is_quiet().then_some(entry.depth + 1)) {
                push_last(document, whole, depth, shown);
            }
        }
        mark_cut(document, whole.end, shown);
    }

    /// Returns the depth of the topic that a block with entry `i` begins with, if it does.
    fn topic_of(&self, block: &Block, i: usize) -> Option<u8> {
        let entries = self.outline.entries.get(..=i)?;
        let first = entries.partition_point(|e| e.label.start < block.span.start);
        let first = entries.get(first)?;
        matches!(first.kind, EntryKind::Topic(_)).then_some(first.depth)
    }

    /// Pushes the spans of a paragraph without points: its first and its last sentence, or all
    /// of it. It is indented below the entry that holds it, if one does.
    fn push_paragraph(&self, document: &Document, block: &Block, shown: &mut Vec<VisibleSpan>) {
        if !block.kind.is_body() {
            return;
        }
        let (whole, start) = (block.span, block.span.start);
        let holder = self.outline.entry_holding(start);
        let depth = holder.map_or(0, |i| self.outline.entries[i].depth.saturating_add(1));
        if self.unfolded.contains(start) {
            push(shown, whole, depth);
        } else {
            push(shown, first_sentence(document, whole, start), depth);
            push_last(document, whole, depth, shown);
        }
    }
}

/// Returns where the skeleton shows entry `i` of a block from: a topic with its whole sentence, and
/// the first point inside a paragraph with what begins its sentence where that is the first.
fn entry_start(document: &Document, outline: &Outline, block: &Block, i: usize) -> Pos {
    let entries = &outline.entries;
    let Some(entry) = entries.get(i) else {
        return block.span.end;
    };
    let (start, from) = (entry.label.start, block.span.start);
    let before = i.checked_sub(1).and_then(|i| entries.get(i));
    let before = before.map_or(from, |before| before.label.end.max(from));
    let sentence = || motion::sentence_at(document, start);
    match entry.kind {
        EntryKind::Topic(_) => sentence().clamp(before.min(start), start),
        EntryKind::Point(point) => {
            let point = outline.points.get(point.get());
            let is_inline = point.is_some_and(|p| p.place == MarkerPosition::Inline);
            let begins = is_inline && before == from && sentence() == from;
            if begins { from } else { start }
        }
        _ => start,
    }
}

/// Returns the entry that a span of the skeleton shows: its label is in it.
pub(crate) fn entry_in(outline: &Outline, shown: Span) -> Option<usize> {
    let entries = &outline.entries;
    let last = entries.partition_point(|e| e.label.start <= shown.start);
    let begins = last
        .checked_sub(1)
        .filter(|i| entries[*i].label.start == shown.start);
    let holds = |i: &usize| {
        entries
            .get(*i)
            .is_some_and(|e| shown.contains(e.label.start))
    };
    begins.or(Some(last).filter(holds))
}

/// Returns the span that the skeleton shows at `pos`, or the last one before.
pub(crate) fn shown_at(flow: &Flow, document: &Document, pos: Pos) -> Option<Span> {
    let visible = flow.visible.as_ref()?;
    let shown = visible.before(document, Pos(pos.0.saturating_add(1)))?;
    Some(shown.span)
}

/// Returns the span shown at `pos`, from the start of the entry or paragraph to unfold for it.
pub(crate) fn unfold_target(
    flow: &Flow,
    document: &Document,
    outline: &Outline,
    pos: Pos,
) -> Option<Span> {
    let shown = shown_at(flow, document, pos)?;
    let entry = entry_in(outline, shown).map(|i| outline.entries[i].label.start);
    let start = entry.or_else(|| represented(document, outline, shown.start))?;
    Some(Span::between(start, shown.end))
}

/// Returns the start of the entry or paragraph that must be unfolded to show `pos`.
pub(crate) fn hidden_by(document: &Document, outline: &Outline, pos: Pos) -> Option<Pos> {
    let block = document
        .block_at(pos)
        .and_then(|i| document.blocks().get(i))?;
    let next = outline.entries.partition_point(|e| e.label.start <= pos);
    let entry = outline.entries.get(next).map(|e| e.label.start);
    let inside = entry.filter(|at| block.span.contains(*at));
    // the sentence of a topic begins before its label
    let topic = inside.filter(|_| entry_start(document, outline, block, next) <= pos);
    topic.or_else(|| represented(document, outline, pos))
}

/// Returns the start of what a sentence at `pos` is a part of: the last entry of its paragraph before
/// it, or the paragraph.
fn represented(document: &Document, outline: &Outline, pos: Pos) -> Option<Pos> {
    let block = document.block_span_at(pos)?;
    let entries = &outline.entries;
    let next = entries.partition_point(|e| e.label.start <= pos);
    let entry = next.checked_sub(1).map(|i| entries[i].label.start);
    let inside = entry.filter(|at| block.contains(*at));
    Some(inside.unwrap_or(block.start))
}

/// Pushes a span unless it is empty.
fn push(shown: &mut Vec<VisibleSpan>, span: Span, depth: u8) {
    if !span.is_empty() {
        shown.push(VisibleSpan {
            span,
            depth,
            cut: Cut::default(),
        });
    }
}

/// Pushes the part of the last sentence that is not shown yet.
fn push_last(document: &Document, block: Span, depth: u8, shown: &mut Vec<VisibleSpan>) {
    let (last, sentence) = last_sentence(document, block);
    let covered = shown.last().map_or(last.start, |s| s.span.end);
    let start = last.start.max(covered);
    mark_cut(document, start, shown);
    let count = shown.len();
    push(shown, Span::between(start, last.end.max(start)), depth);
    let is_cut = start > sentence.max(covered);
    if let Some(pushed) = shown.get_mut(count).filter(|_| is_cut) {
        pushed.cut.before = true;
    }
}

/// Notes in the last span if text is cut between it and `next`.
fn mark_cut(document: &Document, next: Pos, shown: &mut [VisibleSpan]) {
    if let Some(last) = shown.last_mut().filter(|s| s.span.end < next) {
        let hidden = document.slice(Span::between(last.span.end, next));
        last.cut.behind = hidden.contains(|c: char| !c.is_whitespace());
    }
}

/// Returns the sentence that begins with `whole`, at most to its end. Of a long one the first
/// clauses, but at least up to `least`.
fn first_sentence(document: &Document, whole: Span, least: Pos) -> Span {
    let (start, text) = (whole.start.byte(), document.text());
    let limit = Pos(whole.start.0.saturating_add(SEARCHED_BYTES));
    let near = cluster::floor(text, limit.clamp(least, whole.end).byte());
    let text = document.slice(Span::new(start, near));
    let least = least.byte() - start;
    let mut sentence = 0;
    while sentence < least.max(1) && sentence < text.len() {
        let rest = text.split_at(sentence).1;
        sentence += sentence::whole_end(rest).unwrap_or(rest.len());
    }
    let sentence = text.split_at(sentence).0;
    let fits = |end: &usize| sentence.split_at(*end).0.chars().count() <= MAX_SENTENCE_CHARS;
    let end = if fits(&sentence.len()) {
        sentence.len()
    } else {
        let clauses = sentence::clause_ends(sentence).take_while(fits).last();
        match clauses.unwrap_or(0).max(least) {
            0 => sentence.len(),
            end => end,
        }
    };
    Span::new(start, start + end)
}

/// Returns the last sentence of a block, of a long one its last clauses; and where it begins.
fn last_sentence(document: &Document, block: Span) -> (Span, Pos) {
    let inside = Pos(block.end.0.saturating_sub(1)).max(block.start);
    let start = motion::sentence_at(document, inside).max(block.start);
    let text = document.slice(Span::between(start, block.end));
    // the clause boundary nearest to the start of the part that fits
    let tail = |chars: usize| text.char_indices().rev().nth(chars).map_or(0, |(i, _)| i);
    let (least, before) = (tail(MAX_LAST_CHARS - 1), tail(MAX_LAST_CHARS));
    let mut ends = sentence::clause_ends(text.split_at(before).1).map(|at| before + at);
    let from = match tail(MAX_SENTENCE_CHARS) {
        0 => 0,
        _ => ends.find(|&at| at < text.len() && at >= least).unwrap_or(0),
    };
    let last = Span::new(start.byte() + from, block.end.byte());
    (last, start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Builder;

    /// Returns a document of a lead and paragraphs, and its outline.
    fn document(lead: &str, paragraphs: &[&str]) -> (Document, Arc<Outline>) {
        let mut b = Builder::new();
        if !lead.is_empty() {
            b.block(BlockKind::Lead, 0, 1, lead);
        }
        for (i, text) in paragraphs.iter().enumerate() {
            b.block(BlockKind::Paragraph, 0, i + 2, text);
        }
        let d = b.finish();
        let o = Arc::new(crate::outline::outline(&d));
        (d, o)
    }

    /// Returns the visible spans one by one, and checks them backwards.
    fn walk(flow: &Flow, d: &Document) -> Vec<VisibleSpan> {
        let visible = flow.visible.as_ref().unwrap();
        let mut shown: Vec<VisibleSpan> = Vec::new();
        let mut end = Pos(0);
        while let Some(next) = visible.after(d, end) {
            assert!(end <= next.span.start && !next.span.is_empty(), "{next:?}");
            end = next.span.end;
            shown.push(next);
        }
        for pair in shown.windows(2) {
            let (first, next) = (Some(pair[0]), Some(pair[1]));
            let Span { start, end } = pair[1].span;
            assert_eq!(visible.before(d, start), first);
            assert_eq!(visible.after(d, Pos(end.0 - 1)), next);
            assert_eq!(visible.before(d, end), next);
        }
        assert_eq!(visible.before(d, Pos(u32::MAX)), shown.last().copied());
        shown
    }

    /// Returns the same spans, listed from the first entry to the last.
    fn listed(d: &Document, o: &Arc<Outline>, unfolded: &PosSet) -> Vec<VisibleSpan> {
        let (outline, unfolded) = (Arc::clone(o), unfolded.clone());
        let skeleton = Skeleton { outline, unfolded };
        let mut shown: Vec<VisibleSpan> = Vec::new();
        let mut next = 0;
        for block in d.blocks() {
            let first = next;
            let is_inside =
                |i: usize| (o.entries.get(i)).is_some_and(|e| e.label.start < block.span.end);
            while is_inside(next) {
                skeleton.push_entry(d, block, next, &mut shown);
                next += 1;
            }
            if next == first {
                skeleton.push_paragraph(d, block, &mut shown);
            }
        }
        shown
    }

    /// Returns the set of these entries.
    fn some(starts: &mut dyn Iterator<Item = Pos>) -> PosSet {
        let mut set = PosSet::default();
        for start in starts {
            set.set(start, true);
        }
        set
    }

    #[test]
    fn dense_entries_are_all_shown() {
        let dense = "一是甲。二是乙。".repeat(700);
        let nested =
            "总的看：一是甲：（1）山路，（2）水路。二是乙，（1）桥，（2）渡口。".repeat(60);
        let lead = format!("核心提示：先说一句。再说一句。{dense}完。");
        let plain = "这里先说一句。中间一句。最后说一句。";
        let (d, o) = document(&lead, &[&dense, plain, &nested, "无标点", &dense]);
        assert!(o.entries.len() > 3000, "{}", o.entries.len());
        let starts = || o.entries.iter().map(|e| e.label.start);
        for unfolded in [
            PosSet::default(),
            some(&mut starts().step_by(7)),
            PosSet::full(true),
        ] {
            let shown = walk(&skeleton(&o, &unfolded), &d);
            assert_eq!(shown, listed(&d, &o, &unfolded));
            assert!(
                shown.len() > 3000 || unfolded == PosSet::default(),
                "{}",
                shown.len()
            );
        }
    }

    #[test]
    fn paragraphs_without_points_show_their_ends() {
        let (d, o) = document(
            "",
            &[
                "这里先说一句。中间还有一句。最后说一句。",
                "办法有两条：一是把路修好。细说一番。二是把灯点亮。再细说一番。",
            ],
        );
        let shown = |unfolded: &PosSet| {
            let shown = walk(&skeleton(&o, unfolded), &d).into_iter();
            shown
                .flat_map(|s| ["\n", d.slice(s.span), if s.cut.behind { "……" } else { "" }])
                .collect::<String>()
        };
        let plain = shown(&PosSet::default());
        let open = shown(&some(&mut [o.points[0].span.start].into_iter()));
        for (text, part, wanted) in [
            (&plain, "\n一是把路修好。……\n", true),
            (&plain, "这里先说一句。……\n最后说一句。\n办法", true),
            (&plain, "办法有两条：\n一是", true),
            (&plain, "好。……\n二是把灯点亮。\n再细说一番。", true),
            (&plain, "中间", false),
            (&open, "细说一番。\n二是", true),
        ] {
            assert_eq!(text.contains(part), wanted, "{part} in {text}");
        }
    }

    #[test]
    fn paragraphs_with_points_show_their_ends_and_whole_sentences() {
        let (d, o) = document(
            "",
            &[
                "渡口要有规矩。从前没有人管。船家怨声不断，村里议定的规矩有两条：一是排班。二是定价，定了就不改。因此规矩要写下来。",
                "这就说到第二件事，其一是要有人看，其二是要有人修。",
            ],
        );
        let shown = walk(&skeleton(&o, &PosSet::default()), &d);
        let text =
            |s: &VisibleSpan| [d.slice(s.span), if s.cut.behind { "……" } else { "" }].concat();
        let rows: Vec<String> = shown.iter().map(text).collect();
        assert_eq!(
            rows,
            [
                "渡口要有规矩。……",
                "船家怨声不断，村里议定的规矩有两条：",
                "一是排班。",
                "二是定价，定了就不改。",
                "因此规矩要写下来。",
                "这就说到第二件事，",
                "其一是要有人看，",
                "其二是要有人修。",
            ]
        );
        // every row opens what it is a part of
        let flow = skeleton(&o, &PosSet::default());
        let target = |row: usize| unfold_target(&flow, &d, &o, shown[row].span.start).unwrap();
        assert_eq!(target(0).start, Pos(0));
        assert_eq!(target(1).start, o.topics[0].label.start);
        assert_eq!(target(4).start, o.points[1].span.start);
        let open = skeleton(&o, &some(&mut [Pos(0)].into_iter()));
        let first = walk(&open, &d)[0];
        assert_eq!(d.slice(first.span), "渡口要有规矩。从前没有人管。");
        let inside = |words: &str| Pos::new(d.text().find(words).unwrap());
        assert_eq!(hidden_by(&d, &o, inside("从前")), Some(Pos(0)));
        let topic = Some(o.topics[0].label.start);
        assert_eq!(hidden_by(&d, &o, inside("船家")), topic);
    }

    #[test]
    fn points_show_their_whole_first_sentence() {
        let long = "一处一处走访，".repeat(30);
        let texts = [
            "要把住两关。一是告诉住户：“难处摆出来。急处先办。”话要说到。二是把账本摆出来，谁都能看。",
            &format!("办法两条：一是走到底，{long}不漏一户。二是回头看。"),
            "这一段谁也不归。只是收尾。",
        ];
        let (d, o) = document("", &texts);
        let shown = walk(&skeleton(&o, &PosSet::default()), &d);
        let of = |head: &str| {
            let found = shown.iter().find(|s| d.slice(s.span).starts_with(head));
            *found.unwrap_or_else(|| panic!("{head} in {shown:?}"))
        };
        for (head, whole, cut) in [
            ("一是告", "一是告诉住户：“难处摆出来。急处先办。”", true),
            ("二是把", "二是把账本摆出来，谁都能看。", false),
            ("二是回", "二是回头看。", false),
        ] {
            assert_eq!((d.slice(of(head).span), of(head).cut.behind), (whole, cut));
        }
        let cut = of("一是走到底");
        let text = d.slice(cut.span);
        assert!(
            cut.cut.behind && text.ends_with('，') && text.chars().count() > 90,
            "{text}"
        );
        assert_eq!((of("这一段").depth, of("二是回").depth > 0), (0, true));
    }

    #[test]
    fn a_last_sentence_is_whole_or_marked_where_it_is_cut() {
        let clause = "务必把路修好，";
        let last = |clauses: usize| {
            let text = format!("这里先说一句。全村人{}务必点灯。", clause.repeat(clauses));
            let (d, o) = document("", &[&text]);
            let shown = walk(&skeleton(&o, &PosSet::default()), &d);
            let last = *shown.last().unwrap();
            (d.slice(last.span).to_owned(), last.cut.before)
        };
        let (text, is_cut) = last(13);
        assert!(text.starts_with("全村人") && !is_cut, "{text}");
        let (text, is_cut) = last(30);
        assert!(
            text.starts_with("务必") && is_cut && text.chars().count() <= 66,
            "{text}"
        );
    }
}
