//! Grapheme clusters: the smallest piece of text that is ever cut or counted.
//!
//! UAX #29 extended clusters. Plain Han, marks and ASCII take a fast path: two characters of
//! those ranges never join into one cluster.

use super::han;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// Recognises characters that neither extend the cluster before them nor are extended but by
/// a combining character: Han, CJK marks, ASCII.
fn is_plain(c: char) -> bool {
    matches!(
        c,
        han::EXTENSION_A_FIRST..=han::COMMON_LAST
            | ' '..='~'
            | '\u{3000}'..='\u{3029}'
            | '\u{ff01}'..='\u{ff60}'
            | '\u{2010}'..='\u{2027}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30ff}'
    )
}

/// Returns the clusters of `text` with their byte offsets.
///
/// ```
/// let parts: Vec<_> = jingdu::text::cluster::clusters("中e\u{301}").map(|(_, c)| c).collect();
/// assert_eq!(parts, ["中", "e\u{301}"]);
/// ```
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters { rest: text, at: 0 }
}

/// An iterator over `(byte offset, cluster)`, made by [`clusters`].
#[derive(Clone, Debug)]
pub struct Clusters<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> Clusters<'a> {
    /// Returns the byte offset of the next cluster.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Takes the Han ahead at once, as far as they lie before byte `end`: those that are
    /// [leading](han::leading).
    pub fn han(&mut self, end: usize) -> &'a str {
        let ahead = self.rest.as_bytes();
        let ahead = ahead.get(..end.saturating_sub(self.at)).unwrap_or(ahead);
        let mut len = han::leading(ahead);
        // what follows may join the last one
        let after = self.rest.get(len..).and_then(|rest| rest.chars().next());
        if len > 0 && after.is_some_and(|c| !is_plain(c)) {
            len -= han::LEN;
        }
        let (han, rest) = self.rest.split_at_checked(len).unwrap_or_default();
        self.at += han.len();
        self.rest = rest;
        han
    }
}

impl<'a> Iterator for Clusters<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (cluster, rest) = self.rest.split_at_checked(first(self.rest))?;
        if cluster.is_empty() {
            return None;
        }
        let start = self.at;
        self.at += cluster.len();
        self.rest = rest;
        Some((start, cluster))
    }
}

/// Returns the bytes of the first cluster; 0 of nothing.
fn first(text: &str) -> usize {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (None, _) => 0,
        (Some(first), None) => first.len_utf8(),
        (Some(first), Some(second)) if is_plain(first) && is_plain(second) => first.len_utf8(),
        _ => text.graphemes(true).next().map_or(0, str::len),
    }
}

/// Returns the last cluster boundary at or before `byte`.
///
/// ```
/// use jingdu::text::cluster::{floor, next, prev};
/// let text = "灯e\u{301}亮";
/// // inside a Han, and between a letter and its accent
/// assert_eq!((floor(text, 2), floor(text, 4)), (0, 3));
/// assert_eq!((next(text, 3), prev(text, 6)), (6, 3));
/// ```
pub fn floor(text: &str, byte: usize) -> usize {
    if byte >= text.len() {
        return text.len();
    }
    let mut at = byte;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if is_plain_edge(text, at) == Some(true) {
        return at;
    }
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => at,
        _ => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
    }
}

/// Returns true if a cluster begins (or the text ends) at `byte`. Constant time between plain
/// characters.
pub fn is_boundary(text: &str, byte: usize) -> bool {
    match is_plain_edge(text, byte) {
        None => byte == 0 || byte == text.len(),
        Some(plain) => plain || floor(text, byte) == byte,
    }
}

/// Returns true if plain characters are on both sides of `byte`; `None` where it is not between
/// two characters.
fn is_plain_edge(text: &str, byte: usize) -> Option<bool> {
    let (head, rest) = text.split_at_checked(byte)?;
    Some(is_plain(head.chars().next_back()?) && is_plain(rest.chars().next()?))
}

/// Returns the first cluster boundary after `byte`, or the end of the text.
pub fn next(text: &str, byte: usize) -> usize {
    let from = floor(text, byte);
    from + first(text.get(from..).unwrap_or_default())
}

/// Returns the last cluster boundary before `byte`, or the start of the text.
pub fn prev(text: &str, byte: usize) -> usize {
    if byte == 0 {
        return 0;
    }
    floor(text, floor(text, byte).saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fast_path_agrees_with_the_crate() {
        let text = "京津冀，e\u{301}葛\u{e0100}👨\u{200d}👩\u{200d}👧 ok\u{3099}か\u{3099}“。”한";
        let ours: Vec<_> = clusters(text).collect();
        let theirs: Vec<_> = text.grapheme_indices(true).collect();
        assert_eq!(ours, theirs);
    }

    #[test]
    fn han_are_clusters_of_their_own() {
        for text in "协同发展，是以|协同\u{301}发|协|协a|㐀协|协\u{e0100}|".split('|')
        {
            for end in [0, 2, 3, 7, 100] {
                let (mut at_once, mut found) = (clusters(text), Vec::new());
                loop {
                    let start = at_once.at;
                    let han = at_once.han(end);
                    let one = |(i, _)| (start + i, han.get(i..i + 3).unwrap());
                    found.extend(han.char_indices().map(one));
                    let Some(next) = at_once.next() else { break };
                    found.push(next);
                }
                assert_eq!(found, clusters(text).collect::<Vec<_>>(), "{text:?} {end}");
            }
        }
    }

    #[test]
    fn steps_by_whole_clusters() {
        let text = "中e\u{301}国";
        assert_eq!(next(text, 0), 3);
        assert_eq!(next(text, 3), 6);
        assert_eq!(prev(text, 6), 3);
        assert_eq!(floor(text, 5), 3);
        assert_eq!(floor(text, 99), text.len());
    }
}
