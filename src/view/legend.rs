//! The row that names the keywords, and the keyword whose colour a hit has.
//!
//! A keyword has a number, a colour and a weight of its own: the number stands in
//! the legend and in the strip, so that colours are never needed.

use super::Role;
use super::paint::Painter;
use crate::session::Session;
use crate::text::{Pos, Span};

/// Draws the legend, where the screen has a row for it.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.legend;
    if area.width == 0 {
        return;
    }
    let columns = (area.x + 1, area.x + area.width.saturating_sub(1));
    let mut row = p.row(columns, area.y);
    let all = session.find.keywords.len();
    for (i, keyword) in session.find.keywords.iter().enumerate() {
        let more = if keyword.is_counting() { "+" } else { "" };
        let text = format!(" {} {}{more} ", keyword.label(), keyword.matches.in_body());
        let rest = format!("+{}", all - i);
        // room for this one, and for saying how many are left out
        let spare = usize::from(i + 1 < all) * (row.p.widths.text(&rest) + 1);
        let needed = row.p.widths.text(&text) + 1;
        if row.room() < needed + spare {
            row.right(&rest, Role::Crumbs);
            return;
        }
        row.put(mark(i), Role::Crumbs);
        let colour = Role::keyword(keyword.colour);
        row.put(&text, if keyword.on { colour } else { Role::Crumbs });
        row.x += 1;
    }
}

/// Returns the number of a keyword, as one cell.
pub(crate) fn mark(index: usize) -> &'static str {
    "123456789".get(index..=index).unwrap_or("*")
}

/// Returns the keywords' hits in a row, each stretch of one colour only: where two
/// overlap, the longer has it.
pub fn longest(session: &Session, row: Span) -> Vec<(Span, usize)> {
    let mut hits: Vec<(Span, usize)> = session
        .find
        .shown()
        .flat_map(|k| k.matches.within(row).iter().map(|s| (*s, k.colour)))
        .collect();
    hits.sort_by_key(|(span, _)| (std::cmp::Reverse(span.len()), span.start));
    let mut taken: Vec<(Span, usize)> = Vec::new();
    for (span, colour) in hits {
        let mut free = vec![span];
        for (other, _) in &taken {
            let parts = free.into_iter().flat_map(|s| without(s, *other));
            free = parts.flatten().collect();
        }
        taken.extend(free.into_iter().map(|s| (s, colour)));
    }
    taken
}

/// Returns the parts of a span before and after another.
fn without(span: Span, other: Span) -> [Option<Span>; 2] {
    let part = |start: Pos, end: Pos| (start < end).then_some(Span { start, end });
    [
        part(span.start, span.end.min(other.start)),
        part(span.start.max(other.end), span.end),
    ]
}

/// Counts the hits in a span: of the search, then of each keyword shown.
pub(crate) fn counts(session: &Session, span: Span) -> Vec<(usize, Role)> {
    let find = &session.find;
    let search = find.query.iter().map(|_| (&find.matches, Role::Notice));
    let keywords = find.shown().map(|k| (&k.matches, Role::keyword(k.colour)));
    let all = search.chain(keywords);
    all.map(|(hits, role)| (hits.count_in(span), role))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_cut_out() {
        let span = Span::new(0, 12);
        let beside = [Some(Span::new(0, 3)), Some(Span::new(6, 12))];
        for (other, wanted) in [
            ((3, 6), beside),
            ((0, 12), [None, None]),
            ((20, 30), [Some(span), None]),
        ] {
            assert_eq!(without(span, Span::new(other.0, other.1)), wanted);
        }
    }
}
