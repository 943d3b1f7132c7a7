//! Cuts the label of a point or a topic out of its text: the first clause, or two where one says
//! too little.
//!
//! Labels are spans; nothing is copied.

use super::candidate::Candidate;
use crate::text::{Span, letter};

/// Characters of a first clause that needs no second one.
pub const MIN_LABEL_CHARS: usize = 8;

/// Characters of clauses that are cut back to the last comma.
const MAX_CLAUSES_CHARS: usize = 48;

/// Characters of a title that is its own label.
const MAX_TITLE_CHARS: usize = 32;

/// Characters that are searched for the end of a clause.
const MAX_SEARCHED_CHARS: usize = 200;

/// Returns the label of a point that ends at byte `end`. The line of a title is taken as a
/// whole.
pub fn label(text: &str, point: &Candidate, end: usize) -> Span {
    let rest = text.get(point.end()..end).unwrap_or_default();
    let line = || rest.split('\n').next();
    let title = point.looks_like_title.then(line).flatten();
    let title = title.filter(|line| line.chars().nth(MAX_TITLE_CHARS).is_none());
    let label = title.unwrap_or_else(|| rest.get(..clauses(rest)).unwrap_or_default());
    let is_stop = |c: char| c.is_whitespace() || "，。；：！？,;:!?、—".contains(c);
    let label = label.trim_end_matches(|c| is_stop(c) || (title.is_some() && c == '.'));
    Span::new(point.start(), point.end() + label.len())
}

/// Returns the bytes of the first clauses of `text` that say enough.
pub fn clauses(text: &str) -> usize {
    let (mut count, mut comma, mut depth) = (0, 0, 0i32);
    for (i, c) in text.char_indices().take(MAX_SEARCHED_CHARS) {
        let may_end = count > 0 && depth <= 0;
        match c {
            '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '(' | '【' => depth += 1,
            '”' | '’' | '」' | '』' | '》' | '〉' | '）' | ')' | '】' => depth -= 1,
            '。' | '！' | '？' | '；' | '\n' | ';' if may_end => return i,
            '，' | ',' | '：' | ':' | '—' | '…' if may_end => {
                if count > MAX_CLAUSES_CHARS && comma > 0 {
                    return comma;
                }
                if count >= MIN_LABEL_CHARS {
                    return i;
                }
                comma = i;
            }
            _ => {}
        }
        count += usize::from(letter::is_alphanumeric(c));
    }
    if count > MAX_CLAUSES_CHARS && comma > 0 {
        comma
    } else {
        let end = text.char_indices().nth(MAX_SEARCHED_CHARS);
        end.map_or(text.len(), |(i, _)| i)
    }
}
