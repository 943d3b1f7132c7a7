//! Folds: runs of lines that clean-up took out of the article, where they stood.

use super::{Block, BlockKind, Document};
use crate::text::{Pos, Span, letter};
use std::borrow::Cow;

/// Neighbouring blocks of kind [`BlockKind::Folded`]: lines that are kept and found, but neither
/// counted nor part of the argument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// The index of its first block.
    pub first: usize,
    /// One past its last.
    pub end: usize,
    /// The rules that folded its lines, each once, in the order of the lines.
    pub rules: Vec<&'static str>,
}

impl Document {
    /// Returns the folds, in text order.
    pub fn folds(&self) -> &[Fold] {
        &self.folds
    }

    /// Returns the fold that the block of that index is in. O(log n).
    pub fn fold_of(&self, block: usize) -> Option<&Fold> {
        let at = self.folds.partition_point(|fold| fold.end <= block);
        self.folds.get(at).filter(|fold| fold.first <= block)
    }

    /// Returns the fold that holds `pos`. O(log n).
    pub fn fold_at(&self, pos: Pos) -> Option<&Fold> {
        self.fold_of(self.block_at(pos)?)
    }

    /// Returns the spans of the folds that overlap `span`. O(log n) and their number.
    pub fn folds_in(&self, span: Span) -> impl Iterator<Item = Span> {
        let ends_before = |fold: &Fold| self.fold_span(fold).end <= span.start;
        let first = self.folds.partition_point(ends_before);
        let folds = self.folds.iter().skip(first);
        let spans = folds.map(|fold| self.fold_span(fold));
        spans.take_while(move |fold| fold.start < span.end)
    }

    /// Returns the text of a fold, line ends between its blocks included.
    pub fn fold_span(&self, fold: &Fold) -> Span {
        let start = self.blocks.get(fold.first).map(|b| b.span.start);
        let end = fold.end.checked_sub(1).and_then(|i| self.blocks.get(i));
        let end = end.map(|b| b.span.end);
        start
            .zip(end)
            .map_or(Span::at(Pos(0)), |(a, b)| Span::between(a, b))
    }

    /// Returns the text of a span without what is folded in it. A span inside a fold is taken
    /// as it is.
    pub fn unfolded(&self, span: Span) -> Cow<'_, str> {
        let is_around = |fold: &Span| fold.start <= span.start && span.end <= fold.end;
        let folds = self.folds_in(span).filter(|fold| !is_around(fold));
        self.without(span, folds)
    }

    /// Returns the text of a span without some folds, which are in text order.
    pub fn without(&self, span: Span, folds: impl Iterator<Item = Span>) -> Cow<'_, str> {
        let mut folds = folds.peekable();
        if folds.peek().is_none() {
            return Cow::Borrowed(self.slice(span));
        }
        let (mut text, mut from) = (String::new(), span.start);
        let mut add = |part: Span| {
            let part = self.slice(part).trim_matches('\n');
            if !part.is_empty() && !text.is_empty() {
                text.push('\n');
            }
            text.push_str(part);
        };
        for folded in folds {
            add(Span::between(from, folded.start.max(from)));
            from = folded.end;
        }
        add(Span::between(from.min(span.end), span.end));
        Cow::Owned(text)
    }

    /// Returns the text of the article: without what is folded.
    pub fn body(&self) -> Cow<'_, str> {
        self.unfolded(Span::between(Pos(0), self.end()))
    }

    /// Returns 字数, see [`letter::words`], of the article: what is folded is not counted.
    pub fn length(&self) -> usize {
        let words = |span| letter::words(self.slice(span));
        let folded = self.folds.iter().map(|fold| words(self.fold_span(fold)));
        letter::words(&self.text).saturating_sub(folded.sum())
    }
}

/// Adds the block of that index, the last one, to the folds.
pub(super) fn add(folds: &mut Vec<Fold>, index: usize, rule: &'static str) {
    match folds.last_mut() {
        Some(fold) if fold.end == index => {
            fold.end += 1;
            if !fold.rules.contains(&rule) {
                fold.rules.push(rule);
            }
        }
        _ => folds.push(Fold {
            first: index,
            end: index + 1,
            rules: vec![rule],
        }),
    }
}

impl Block {
    /// Returns whether clean-up folded the block.
    pub fn is_folded(&self) -> bool {
        self.kind == BlockKind::Folded
    }
}

#[cfg(test)]
mod tests {
    use super::super::Builder;
    use super::*;

    /// Returns a document of lines; one that begins with `-` is folded.
    fn document(lines: &str) -> Document {
        let mut builder = Builder::new();
        for (i, line) in lines.split('|').enumerate() {
            match line.strip_prefix('-') {
                Some(line) => builder.fold("share-line", i + 1, line),
                None => builder.block(BlockKind::Paragraph, 0, i + 1, line),
            }
        }
        builder.finish()
    }

    #[test]
    fn neighbours_make_one_fold() {
        let d = document("甲。|-分享|-打印|乙。|-微信");
        let runs: Vec<_> = d.folds().iter().map(|f| (f.first, f.end)).collect();
        assert_eq!(runs, [(1, 3), (4, 5)]);
        assert_eq!(d.slice(d.fold_span(&d.folds()[0])), "分享\n打印");
        assert_eq!(d.fold_of(2), d.folds().first());
        assert_eq!((d.fold_of(0), d.fold_of(3)), (None, None));
    }

    #[test]
    fn what_is_folded_is_not_the_body() {
        let d = document("甲。|-分享|-打印|乙。|-微信");
        assert_eq!((&*d.body(), d.length()), ("甲。\n乙。", 2));
        assert_eq!(&*document("甲。").body(), "甲。");
        let within = d.fold_span(&d.folds()[0]);
        assert_eq!(&*d.unfolded(within), "分享\n打印");
        let across = Span::between(Pos(0), within.end);
        assert_eq!(&*d.unfolded(across), "甲。");
        assert_eq!(d.paragraphs(), 2);
    }
}
