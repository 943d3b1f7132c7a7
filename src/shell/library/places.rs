//! The paragraph and the headings of every position of a text, as bytes.
//!
//! A [`TextPlace`] holds from its start to the start of the next one. Packed as numbers of seven bits
//! a byte; most are differences to the place before, so that a paragraph takes some four bytes.

use crate::document::Document;
use crate::library::concordance::HitPlace;
use crate::outline::{Entry, EntryKind, Index, MarkerPosition, Outline, Point};
use crate::text::{Pos, Span};
use std::collections::BTreeSet;

/// The paragraph and the headings of a stretch of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextPlace {
    /// Its start, in bytes of the text.
    pub(crate) start: usize,
    /// The number of its paragraph, from 1; 0 outside paragraphs.
    pub(crate) paragraph: usize,
    /// The label of the section or topic that it is in; empty for none.
    pub(crate) topic: Span,
    /// The label of the point that it is in; empty for none.
    pub(crate) point: Span,
}

impl TextPlace {
    /// Returns it as the place of a hit: its paragraph, and its innermost heading.
    pub(super) fn of_hit(self) -> HitPlace {
        let heading = if self.point.is_empty() {
            self.topic
        } else {
            self.point
        };
        HitPlace {
            paragraph: self.paragraph,
            heading,
        }
    }
}

/// Returns the places of a document.
pub(crate) fn places(document: &Document, outline: &Outline) -> Vec<TextPlace> {
    let mut starts: BTreeSet<usize> = BTreeSet::new();
    let spans = outline.points.iter().map(|p| p.span);
    let spans = spans.chain(outline.entries.iter().map(|e| e.span));
    for span in spans.chain(document.blocks().iter().map(|b| b.span)) {
        starts.extend([span.start.byte(), span.end.byte()]);
    }
    let mut places: Vec<TextPlace> = Vec::new();
    for start in starts {
        let place = of_position(document, outline, Pos::new(start));
        let same = |last: &TextPlace| TextPlace { start, ..*last } == place;
        if !places.last().is_some_and(same) {
            places.push(place);
        }
    }
    places
}

/// Returns the place of a position.
pub(crate) fn of_position(document: &Document, outline: &Outline, pos: Pos) -> TextPlace {
    let (topic, point) = headings(document, outline, pos);
    let block = document.block_at(pos);
    let paragraph = block.and_then(|block| document.paragraph_number(block));
    TextPlace {
        start: pos.byte(),
        paragraph: paragraph.unwrap_or_default(),
        topic: topic.unwrap_or_default(),
        point: point.unwrap_or_default(),
    }
}

/// Returns the labels of the section or topic, and of the point, that a position is in.
fn headings(document: &Document, outline: &Outline, pos: Pos) -> (Option<Span>, Option<Span>) {
    let point = outline.point_at(pos);
    let point = point.and_then(|i| outline.points.get(i)).map(Point::head);
    let name = |label: Span| document.slice(label);
    let is_other =
        |p: &Point| p.place != MarkerPosition::Inline && Some(name(p.head())) != point.map(name);
    let is_heading = |entry: &Entry| match entry.kind {
        EntryKind::Topic(_) => true,
        EntryKind::Point(i) => outline.points.get(i.get()).is_some_and(is_other),
        _ => false,
    };
    let entry = |i: usize| outline.entries.get(i);
    let innermost = outline.entry_holding(pos).and_then(entry);
    let mut holders =
        std::iter::successors(innermost, |e| e.parent.map(Index::get).and_then(entry));
    let heading = holders.find(|e| is_heading(e));
    (heading.map(|e| e.label), point)
}

/// Packs places.
pub(crate) fn pack(places: &[TextPlace]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut last = TextPlace::default();
    for place in places {
        put(&mut bytes, place.start - last.start);
        put(&mut bytes, place.paragraph);
        for (span, before) in [(place.topic, last.topic), (place.point, last.point)] {
            if span == before {
                put(&mut bytes, 0);
            } else {
                put(&mut bytes, span.start.byte() + 1);
                put(&mut bytes, span.end.byte() - span.start.byte());
            }
        }
        last = *place;
    }
    bytes
}

/// Unpacks places. Bytes that are damaged give fewer of them.
pub(crate) fn unpack(bytes: &[u8]) -> Vec<TextPlace> {
    let (mut rest, mut last, mut places) = (bytes, TextPlace::default(), Vec::new());
    while let Some(place) = next(&mut rest, &last) {
        places.push(place);
        last = place;
    }
    places
}

fn next(rest: &mut &[u8], last: &TextPlace) -> Option<TextPlace> {
    let start = last.start.checked_add(take(rest)?)?;
    let paragraph = take(rest)?;
    let mut span = |before: Span| match take(rest)? {
        0 => Some(before),
        at => Some(Span::new(at - 1, (at - 1).checked_add(take(rest)?)?)),
    };
    let (topic, point) = (span(last.topic)?, span(last.point)?);
    Some(TextPlace {
        start,
        paragraph,
        topic,
        point,
    })
}

/// Returns the place of a position among the places of its text.
pub(crate) fn at(places: &[TextPlace], pos: Pos) -> TextPlace {
    let behind = places.partition_point(|place| place.start <= pos.byte());
    let found = behind.checked_sub(1).and_then(|i| places.get(i));
    found.copied().unwrap_or_default()
}

/// Appends a number, seven bits a byte, the lowest first.
pub(crate) fn put(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        bytes.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number off the head of some bytes.
pub(crate) fn take(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        number |= usize::from(byte & 127) << shift;
        if byte & 128 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{ParseOptions, parse};
    use crate::outline::outline;
    use crate::source;

    #[test]
    fn packed_places_answer_like_the_outline() {
        let text = "# 题目\n\n## 一、菜市场\n\n改造有两个要紧处。一是让人进得来，二是让货卸得下。\n\n\
            又一段话，没有要点。\n\n## 二、豆腐店\n\n豆腐要嫩，也要便宜。\n";
        let source = source::read(text.as_bytes(), None);
        let document = parse(&source, ParseOptions::default());
        let outline = outline(&document);
        let packed = pack(&places(&document, &outline));
        let unpacked = unpack(&packed);
        assert!(unpacked.len() > 4 && packed.len() < 12 * unpacked.len());
        for (i, _) in document.text().char_indices() {
            let (wanted, found) = (
                of_position(&document, &outline, Pos::new(i)),
                at(&unpacked, Pos::new(i)),
            );
            assert_eq!(
                TextPlace { start: 0, ..wanted },
                TextPlace { start: 0, ..found },
                "{i}"
            );
        }
        assert!(unpack(&packed[..packed.len() - 1]).len() < unpacked.len());
    }

    #[test]
    fn numbers_of_any_size_are_packed() {
        for number in [0, 127, 128, 300, 1 << 20, usize::MAX] {
            let mut bytes = Vec::new();
            put(&mut bytes, number);
            assert_eq!(take(&mut bytes.as_slice()), Some(number));
        }
        assert_eq!(take(&mut [0xff; 12].as_slice()), None);
    }
}
