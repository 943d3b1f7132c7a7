//! Tells apart the members of a series that have one label.

use super::clause::{Clauses, chars};
use super::is_end;
use crate::outline::index::Index;
use crate::outline::model::{MarkerPosition, Point};
use crate::text::{Pos, Span};
use std::collections::HashMap;

/// Clauses that a label takes on at the most.
const MAX_ADDED_CLAUSES: usize = 3;

/// Characters of a label that has taken on what tells it apart.
const MAX_TOLD_APART_CHARS: usize = 48;

/// Makes the labels of a series differ: those that are the same take on the circumstance in front
/// of the claim, else the next clause of their line. Headings stay whole.
pub fn tell_apart(text: &str, points: &mut [Point]) {
    for round in 0..=MAX_ADDED_CLAUSES {
        let mut same: HashMap<(Index, &str), Vec<usize>> = HashMap::new();
        for (i, point) in points.iter().enumerate() {
            if point.place != MarkerPosition::Heading {
                let words = words(text, point).trim_matches(is_end);
                same.entry((point.series, words)).or_default().push(i);
            }
        }
        let longer: Vec<(usize, Span)> = same
            .into_values()
            .filter(|members| members.len() > 1)
            .flatten()
            .filter_map(|i| Some((i, longer(text, points, i, round == 0)?)))
            .collect();
        for (i, label) in longer {
            if let Some(point) = points.get_mut(i) {
                point.label = label;
            }
        }
    }
}

/// Returns the words of the label of a point, without its marker.
fn words<'a>(text: &'a str, point: &Point) -> &'a str {
    let start = point.label.start.max(point.marker.end).byte();
    text.get(start..point.label.end.byte()).unwrap_or_default()
}

/// Returns a longer label of point `i`: with the circumstance in front of it, or with the next clause.
fn longer(text: &str, points: &[Point], i: usize, with_front: bool) -> Option<Span> {
    let point = points.get(i)?;
    let Span { start, end } = point.label;
    let label = if with_front {
        Span::between(point.marker.start, end)
    } else {
        let next = points.get(i + 1).map_or(point.span.end, |p| p.span.start);
        let limit = point.span.end.min(next).byte();
        let rest = text.get(end.byte()..limit)?.split('\n').next()?;
        let clause = *Clauses::new(rest).get(0)?;
        Span::between(start, Pos::new(end.byte() + clause.end))
    };
    let length = chars(text.get(label.start.byte()..label.end.byte())?);
    (label != point.label && length <= MAX_TOLD_APART_CHARS).then_some(label)
}
