//! Cuts the label of a point or a topic out of its text: the first clause, or
//! two where one says too little.
//!
//! Labels are spans; nothing is copied.

use crate::text::{Span, letter};

/// A first clause shorter than this takes the next one with it.
const ENOUGH: usize = 8;

/// More than this does not fit a line of the outline.
const MOST: usize = 24;

/// A title is its own label, up to this length.
const TITLE: usize = 32;

/// The label of a point: from `start`, its words beginning at `body`, to at
/// most `end`. The line of a title is taken as a whole.
pub fn label(text: &str, start: usize, body: usize, end: usize, title: bool) -> Span {
    let rest = text.get(body..end).unwrap_or_default();
    let line = || rest.split('\n').next().unwrap_or_default();
    let whole = title && line().chars().nth(TITLE).is_none();
    let kept = if whole {
        line()
    } else {
        rest.get(..clauses(rest, ENOUGH)).unwrap_or_default()
    };
    let kept = kept.trim_end_matches(|c| is_stop(c) || (whole && c == '.'));
    Span::new(start, body + kept.len())
}

/// What a label does not end with.
fn is_stop(c: char) -> bool {
    match c {
        '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | ':' | '!' | '?' | '、' | '—' => {
            true
        }
        _ => c.is_whitespace(),
    }
}

/// Bytes of the first clauses of `text` that have `enough` characters.
pub fn clauses(text: &str, enough: usize) -> usize {
    let (mut count, mut cut, mut depth) = (0, 0, 0i32);
    for (i, c) in text.char_indices().take(200) {
        match c {
            // nearly all are
            '\u{4e00}'..='\u{9fff}' => {
                count += 1;
                continue;
            }
            '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '(' | '【' => depth += 1,
            '”' | '’' | '」' | '』' | '》' | '〉' | '）' | ')' | '】' => depth -= 1,
            '。' | '！' | '？' | '；' | '\n' | ';' if count > 0 && depth <= 0 => return i,
            '，' | ',' | '：' | ':' | '—' | '…' if count > 0 && depth <= 0 => {
                if count > 2 * MOST && cut > 0 {
                    return cut;
                }
                if count >= enough {
                    return i;
                }
                cut = i;
            }
            _ => {}
        }
        count += usize::from(letter::is_alphanumeric(c));
    }
    if count > 2 * MOST && cut > 0 {
        cut
    } else {
        text.char_indices().nth(200).map_or(text.len(), |(i, _)| i)
    }
}
