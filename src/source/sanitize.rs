//! Removes what must never reach a terminal, once, for all floors above.
//!
//! 1. CR LF, CR, NEL, LS and PS become `\n`; other line movers go.
//! 2. TAB stays (layout of plain text needs it); it never leaves `format`.
//! 3. C0, DEL, C1, bidi controls, tag characters, soft hyphen and BOM go.
//!
//! File names, titles and error texts pass [`line()`], which also flattens them
//! to one line.

/// Whether a file may not bring this character to the screen.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2061}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}'
        | '\u{fdd0}'..='\u{fdef}' => true,
        _ => (c as u32) & 0xfffe == 0xfffe,
    }
}

/// Cleans a whole text; returns it and how many characters were removed.
///
/// ```
/// use jingdu::source::sanitize::sanitize;
/// assert_eq!(sanitize("甲\r\n乙\u{1b}[2J".into()), ("甲\n乙[2J".into(), 1));
/// ```
#[must_use]
pub fn sanitize(text: String) -> (String, usize) {
    if !needs_work(&text) {
        return (text, 0);
    }
    let (mut out, mut removed) = (String::with_capacity(text.len()), 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            _ if is_hostile(c) => removed += 1,
            _ => out.push(c),
        }
    }
    (out, removed)
}

/// Cleans a short string from outside (a name, a title, an error text) to one
/// line: hostile characters and line ends become blanks.
#[must_use]
pub fn line(text: &str) -> String {
    text.chars().map(|c| if c == '\n' || c == '\t' || is_hostile(c) { ' ' } else { c }).collect()
}

/// Whether any byte could begin something to replace: a quick look, so that an
/// ordinary text is passed on without a copy.
fn needs_work(text: &str) -> bool {
    text.bytes().any(|b| (b < 0x20 && b != b'\n' && b != b'\t') || b == 0x7f) || text.chars().any(|c| !c.is_ascii() && is_hostile(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hostile_is_left() {
        let all: String = (0..0x11_0000).filter_map(char::from_u32).collect();
        let (clean, removed) = sanitize(all);
        assert!(removed > 100);
        assert!(!clean.chars().any(is_hostile));
        assert!(!clean.contains('\r'));
    }

    #[test]
    fn names_stay_on_one_line() {
        assert_eq!(line("a\u{1b}]0;x\u{7}\nb"), "a ]0;x  b");
    }
}
