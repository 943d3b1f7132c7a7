//! The reader's selection: a span of text, never of the screen.
//!
//! A selection goes from its start to the focus, so that every motion extends it. It takes
//! whole units at both ends: clauses, sentences, points, paragraphs or single characters.

use crate::document::Document;
use crate::outline::Outline;
use crate::session::motion;
use crate::text::sentence::clause_len;
use crate::text::{Pos, Span, cluster};

/// The unit that a selection takes whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// Single characters.
    Character,
    /// 分句, up to the next comma or stop.
    #[default]
    Clause,
    /// 句
    Sentence,
    /// 要点; the paragraph where there is none.
    Point,
    /// 段
    Paragraph,
}

/// A selection that still grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The position at which it began.
    pub from: Pos,
    /// The unit that it takes whole.
    pub grain: Grain,
    /// The selected text since the last input: it is drawn row by row.
    pub seen: Option<Span>,
}

impl Selection {
    /// Returns the selected text while the focus is at `focus`.
    pub fn span(self, document: &Document, outline: &Outline, focus: Pos) -> Span {
        let [a, b] = [self.from, focus].map(|at| unit(document, outline, at, self.grain));
        Span::between(a.start.min(b.start), a.end.max(b.end))
    }
}

/// Returns the whole unit at `pos`.
pub fn unit(document: &Document, outline: &Outline, pos: Pos, grain: Grain) -> Span {
    let Some(block) = document.block_span_at(pos) else {
        return Span::between(pos, pos);
    };
    let last = Pos::new(cluster::prev(document.text(), block.end.byte()));
    let inside = pos.clamp(block.start, last.max(block.start));
    match grain {
        Grain::Character => {
            let next = Pos::new(cluster::next(document.text(), inside.byte()));
            Span::between(inside, next.min(block.end))
        }
        Grain::Clause => clause(document, sentence(document, inside), inside),
        Grain::Sentence => sentence(document, inside),
        Grain::Point => point(document, outline, inside).unwrap_or(block),
        Grain::Paragraph => block,
    }
}

/// Returns the innermost point at `pos`, without the blanks and line ends after it.
pub fn point(document: &Document, outline: &Outline, pos: Pos) -> Option<Span> {
    let span = outline.points.get(outline.point_at(pos)?)?.span;
    Some(trimmed(document, span))
}

/// Returns the sentence at `pos`, without the blanks after it.
fn sentence(document: &Document, pos: Pos) -> Span {
    trimmed(document, motion::sentence_span(document, pos))
}

/// Returns the clause of a sentence that holds `pos`.
fn clause(document: &Document, sentence: Span, pos: Pos) -> Span {
    let mut start = sentence.start.byte();
    while let Some(len) = clause_len(Span::new(start, sentence.end.byte()).of(document.text())) {
        if start + len > pos.byte() {
            return Span::new(start, start + len);
        }
        start += len;
    }
    Span::new(start, sentence.end.byte())
}

/// Returns the span without the blanks and line ends at its end.
fn trimmed(document: &Document, span: Span) -> Span {
    let start = span.start.byte();
    Span::new(start, start + document.slice(span).trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder};

    #[test]
    fn units_are_whole() {
        let mut b = Builder::new();
        let text = "先说一句，再“说”一句。办法有：一是修路，要修好。二是点灯。";
        b.block(BlockKind::Paragraph, 0, 1, text);
        let d = b.finish();
        let o = crate::outline::outline(&d);
        let at = |what: &str| Pos::new(d.text().find(what).unwrap());
        for (from, to, grain, wanted) in [
            ("说一句，", "说一句，", Grain::Clause, "先说一句，"),
            ("说”", "说”", Grain::Clause, "再“说”一句。"),
            ("说”", "说”", Grain::Sentence, "先说一句，再“说”一句。"),
            ("修路", "修路", Grain::Point, "一是修路，要修好。"),
            ("修路", "修路", Grain::Character, "修"),
            (
                "先说",
                "办法",
                Grain::Clause,
                "先说一句，再“说”一句。办法有：",
            ),
        ] {
            let from = at(from);
            let selection = Selection {
                from,
                grain,
                seen: None,
            };
            assert_eq!(d.slice(selection.span(&d, &o, at(to))), wanted);
        }
    }
}
