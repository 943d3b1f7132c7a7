//! The row that names the keywords, and whose colour a hit has.
//!
//! A keyword has a number, a colour and a weight of its own: the number stands in
//! the legend and in the strip, so that colours are never needed.

use super::Role;
use super::paint::Painter;
use crate::session::Session;
use crate::text::{Pos, Span};

/// Draws the legend, where the screen has a row for it.
pub fn draw(session: &Session, p: &mut Painter<'_>) {
    let area = session.screen.legend;
    if area.width == 0 {
        return;
    }
    let (end, quiet) = (area.x + area.width.saturating_sub(1), p.style(Role::Crumbs));
    let mut x = area.x + 1;
    let all = session.find.keywords.len();
    for (i, keyword) in session.find.keywords.iter().enumerate() {
        let more = if keyword.is_counting() { "+" } else { "" };
        let text = format!(" {} {}{more} ", keyword.label(), keyword.matches.len());
        let rest = format!("+{}", all - i);
        // room for this one, and for saying how many are left out
        let spare = if i + 1 < all {
            p.widths.text(&rest) + 1
        } else {
            0
        };
        let needed = p.widths.text(&text) + 1;
        if usize::from(end.saturating_sub(x)) < needed + spare {
            p.put_right(x, area.y, end, &rest, quiet);
            return;
        }
        x = p.put(x, area.y, end, mark(i), quiet);
        let style = p.style(if keyword.on {
            Role::keyword(keyword.colour)
        } else {
            Role::Crumbs
        });
        x = p.put(x, area.y, end, &text, style) + 1;
    }
}

/// The number of a keyword, as one cell.
pub fn mark(index: usize) -> &'static str {
    const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    DIGITS.get(index).copied().unwrap_or("*")
}

/// The keywords' hits in a row, each stretch of one colour only: where two
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
            free = free
                .into_iter()
                .flat_map(|s| without(s, *other))
                .flatten()
                .collect();
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
pub fn counts(session: &Session, span: Span) -> Vec<(usize, Role)> {
    let search = session
        .find
        .query
        .as_ref()
        .map(|_| (session.find.matches.count_in(span), Role::Notice));
    let keywords = session
        .find
        .shown()
        .map(|k| (k.matches.count_in(span), Role::keyword(k.colour)));
    search.into_iter().chain(keywords).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_cut_out() {
        let span = Span::new(0, 12);
        assert_eq!(
            without(span, Span::new(3, 6)),
            [Some(Span::new(0, 3)), Some(Span::new(6, 12))]
        );
        assert_eq!(without(span, Span::new(0, 12)), [None, None]);
        assert_eq!(without(span, Span::new(20, 30)), [Some(span), None]);
    }
}
