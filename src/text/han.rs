//! The Han of Unicode, as characters and as bytes of UTF-8.
//!
//! Nearly all text that is read is Han: one comparison spares most characters a look into the
//! tables of Unicode.

/// First character of the block that nearly all Han of a text are in.
pub const COMMON_FIRST: char = '\u{4e00}';

/// Last character of that block.
pub const COMMON_LAST: char = '\u{9fff}';

/// First character of extension A, the next block in frequency.
pub const EXTENSION_A_FIRST: char = '\u{3400}';

/// First and last byte that begin characters of three bytes all of which are Han, two cells
/// wide and clusters of their own: U+5000 to U+9FFF.
const LEAD_BYTE_FIRST: u8 = 0xe5;
const LEAD_BYTE_LAST: u8 = 0xe9;

/// Bytes of a common Han.
pub const LEN: usize = COMMON_FIRST.len_utf8();

/// Returns the bytes of the Han that a text begins with: of those from U+5000 to U+9FFF, each of
/// which is two cells and a cluster of its own.
pub fn leading(text: &[u8]) -> usize {
    let (chars, _) = text.as_chunks::<LEN>();
    let is_han = |c: &&[u8; LEN]| matches!(c, [LEAD_BYTE_FIRST..=LEAD_BYTE_LAST, ..]);
    LEN * chars.iter().take_while(is_han).count()
}

/// Returns the characters before, between and behind the runs of [leading] Han of a text, with
/// their byte offsets: a tenth of most texts (`a_source` in `benches/road.rs`).
///
/// ```
/// use jingdu::text::han::others;
/// let marks: Vec<_> = others("渡口，灯。").collect();
/// assert_eq!(marks, [(6, '，'), (12, '。')]);
/// ```
pub fn others(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut end = 0;
    std::iter::from_fn(move || {
        let at = end + leading(text.as_bytes().get(end..)?);
        let c = text.get(at..)?.chars().next()?;
        end = at + c.len_utf8();
        Some((at, c))
    })
}

/// Returns whether `c` is in the block that nearly all Han of a text are in.
pub fn is_common(c: char) -> bool {
    matches!(c, COMMON_FIRST..=COMMON_LAST)
}

/// Returns whether `c` is one of the marks and blanks that Han text has, none of them a letter.
pub fn is_common_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// Returns whether `c` is a Han character, or a radical that looks like one.
///
/// ```
/// use jingdu::text::han::is_han;
/// // rare ones too, 〇, and the radical that looks like 高
/// assert!("渡㐂𠮷〇⾼".chars().all(is_han));
/// assert!(!"，ア①a々".chars().any(is_han));
/// ```
pub fn is_han(c: char) -> bool {
    is_common(c)
        || matches!(c, '\u{2e80}'..='\u{2fd5}' | EXTENSION_A_FIRST..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}
