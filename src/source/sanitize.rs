//! Removes what must never reach a terminal, once, for all floors above.
//!
//! 1. CR LF, CR, NEL, LS, PS, VT and FF become `\n`; other line movers go.
//! 2. TAB stays (layout of plain text needs it); it never leaves `format`.
//! 3. Escape sequences go as wholes ([`escape`]), overstrikes
//!    (`c BS c`, `_ BS c`) become the one character that they draw.
//! 4. C0, DEL, C1 and format characters that nobody sees (bidi controls, tags, soft hyphens, those
//!    of music, shorthand and hieroglyphs) go by their general category, and of
//!    marks and joiners that pile up on one character all beyond eight.
//! 5. Joiners stay where they join: between pictures and in scripts whose letters do.
//! 6. What would make one cluster of whole pages is cut ([`combining_limit`]).
//!
//! File names, titles and error texts pass [`line()`], which also flattens them
//! to one line.

use super::{combining_limit, escape};
use crate::text::han;
use std::path::Path;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Limit of marks and joiners on one character.
const MAX_MARKS: usize = 8;

/// Recognises characters that must not reach the screen: controls, and format characters that
/// nobody sees. Those that join, select a glyph or part words stay: they serve what is seen.
#[inline]
pub fn is_hostile(c: char) -> bool {
    match c {
        '\t' | '\n' | ' '..='~' => false,
        _ if han::is_common(c) || han::is_common_mark(c) => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => true,
        '\u{200b}'..='\u{200d}' | '\u{2060}' => false,
        _ => is_ignorable(c) || is_noncharacter(c) || is_unseen_format(c),
    }
}

/// Recognises format characters by their general category, but not the few that are drawn: the
/// signs of Arabic, Syriac and Kaithi that stand around a number.
fn is_unseen_format(c: char) -> bool {
    let is_drawn = matches!(
        c,
        '\u{600}'
            ..='\u{605}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{890}'
                | '\u{891}'
                | '\u{8e2}'
                | '\u{110bd}'
                | '\u{110cd}'
    );
    !is_drawn && c.general_category() == GeneralCategory::Format
}

/// Recognises what Unicode lets a program leave out though it is of another category: fillers,
/// what is reserved for the like. Not the selectors of glyphs.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{2065}' | '\u{3164}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// Recognises numbers that are no characters.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

/// Recognises characters without a cell of their own: combining marks, joiners.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{f71}'..='\u{f84}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{20d0}'..='\u{20ff}'
        | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Cleans a whole text; returns it and how many characters were removed.
///
/// ```
/// use jingdu::source::sanitize::sanitize;
/// assert_eq!(sanitize("甲\r\n乙\u{1b}[2J".into()), ("甲\n乙".into(), 4));
/// ```
pub fn sanitize(text: String) -> (String, usize) {
    let Some(first) = next_odd(&text, 0) else {
        return (text, 0);
    };
    let (mut out, mut removed) = (String::with_capacity(text.len()), 0);
    let (mut at, mut odd, mut marks) = (0, Some(first), 0);
    // odd characters on end, and the most of them
    let (mut run, mut longest) = (0, 0);
    while let Some(here) = odd {
        out.push_str(text.get(at..here).unwrap_or_default());
        (marks, run) = if here > at { (0, 0) } else { (marks, run) };
        let rest = text.get(here..).unwrap_or_default();
        let mut chars = rest.chars();
        let c = chars.next().unwrap_or('\n');
        let mut taken = c.len_utf8();
        match c {
            '\r' => {
                // CR CR LF is what text mode makes of CR LF
                let mut longer = ["\r\r\n", "\r\n"].into_iter();
                taken = longer.find(|end| rest.starts_with(end)).map_or(1, str::len);
                out.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{8}' => {
                let (skip, gone) = overstrike(&mut out, rest);
                (taken, removed) = (skip, removed + gone);
            }
            _ if is_hostile(c) => {
                taken = escape::len(rest).max(taken);
                removed += rest.get(..taken).map_or(1, |gone| gone.chars().count());
            }
            _ if is_mark(c) && marks >= MAX_MARKS => removed += 1,
            '\u{200c}' | '\u{200d}' if !out.chars().next_back().is_some_and(joins) => removed += 1,
            _ => {
                marks = if is_mark(c) { marks + 1 } else { 0 };
                run += 1;
                longest = longest.max(run);
                out.push(c);
            }
        }
        at = here + taken;
        odd = next_odd(&text, at);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    if longest > combining_limit::MAX_CLUSTER_CHARS {
        // the text behind a cut may join what is left: checked again
        for _ in 0..4 {
            let gone = combining_limit::level(&mut out);
            removed += gone;
            if gone == 0 {
                break;
            }
        }
    }
    (out, removed)
}

/// Recognises text that was set for a terminal: its head is full of colours or overstrikes.
///
/// ```
/// use jingdu::source::sanitize::is_typed;
/// assert!(is_typed(&"\u{1b}[31m-old\u{1b}[m\n\u{1b}[32m+new\u{1b}[m\n".repeat(2)) && !is_typed("一处\u{1b}[31m红\u{1b}[m"));
/// ```
pub fn is_typed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let head = bytes.get(..TYPED_HEAD_BYTES).unwrap_or(bytes);
    let colours = |at: usize| {
        let rest = head.get(at..).unwrap_or_default();
        let sets = rest.strip_prefix(b"\x1b[").is_some_and(|r| {
            r.iter().find(|b| !matches!(b, b'0'..=b'9' | b';' | b':')) == Some(&b'm')
        });
        sets || rest.first() == Some(&8)
    };
    let signs = memchr::memchr2_iter(0x1b, 8, head);
    let count = signs.filter(|at| colours(*at)).count();
    count >= MIN_TYPED_SIGNS && count * MAX_BYTES_PER_SIGN >= head.len()
}

/// Bytes at the beginning that decide whether a text was set for a terminal.
const TYPED_HEAD_BYTES: usize = 64 << 10;
const MIN_TYPED_SIGNS: usize = 4;
const MAX_BYTES_PER_SIGN: usize = 2000;

/// Recognises characters that a joiner may follow: pictures, and letters that join.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1e900}'..='\u{1faff}' | '\u{11000}'..='\u{11fff}')
}

/// Resolves backspaces at the head of `rest` and the overstruck character: twice the same is
/// bold, one with `_` is underlined. Returns the bytes of `rest` that are done, and the number
/// of characters removed.
fn overstrike(out: &mut String, rest: &str) -> (usize, usize) {
    // a wide character takes two steps back
    let back = rest.bytes().take(2).take_while(|b| *b == 8).count();
    let over = rest.get(back..).unwrap_or_default();
    let (before, after) = (out.chars().next_back(), over.chars().next());
    match (before, after) {
        (Some(b), Some(a)) if b == a => (back + a.len_utf8(), back + 1),
        (Some('_'), Some(a)) if a != '\u{8}' && a != '\n' => {
            let last = out.chars().rev().take(back);
            let lines = last.take_while(|c| *c == '_').count();
            out.truncate(out.len() - lines);
            (back, back + lines)
        }
        (Some(b), Some('_')) if b != '\n' => {
            let lines = over.bytes().take(back).take_while(|b| *b == b'_').count();
            (back + lines, back + lines)
        }
        _ => (back, back),
    }
}

/// Cleans a short string from outside (a name, a title, an error text) to one
/// line: hostile characters and line ends become blanks.
pub fn line(text: &str) -> String {
    let blank = |c: char| c == '\n' || c == '\t' || is_hostile(c);
    text.replace(blank, " ")
}

/// Characters of a path in a message at the most: a path may have thousands.
const MAX_PATH_CHARS: usize = 160;

/// Returns a path for a message: cleaned, and cut in its middle where it is long.
///
/// ```
/// use jingdu::source::sanitize;
/// assert_eq!(sanitize::path("a\u{9b}31m.md".as_ref()), "a 31m.md");
/// assert_eq!(sanitize::path("长".repeat(5000).as_ref()).chars().count(), 160);
/// ```
pub fn path(path: &Path) -> String {
    let shown = line(&path.to_string_lossy());
    let count = shown.chars().count();
    if count <= MAX_PATH_CHARS {
        return shown;
    }
    // the name at the end says more than the folders
    let head = MAX_PATH_CHARS / 3;
    let tail = count - (MAX_PATH_CHARS - head - 1);
    let start = shown.chars().take(head).chain(['…']);
    start.chain(shown.chars().skip(tail)).collect()
}

/// Recognises a line in which nothing is to be removed, not even a line end or a tab.
pub fn is_clean_line(text: &str) -> bool {
    !han::others(text).any(|(_, c)| c.is_control() || is_hostile(c))
}

/// Returns whether a text has no line end and no tab.
pub fn is_line(text: &str) -> bool {
    memchr::memchr2(b'\n', b'\t', text.as_bytes()).is_none()
}

/// Returns the byte, from `at` on, at which a character begins that may need work.
fn next_odd(text: &str, at: usize) -> Option<usize> {
    let mut others = han::others(text.get(at..)?);
    let (odd, _) = others.find(|(_, c)| may_be_odd(*c))?;
    Some(at + odd)
}

/// Recognises a character that may need work: also those of all scripts between Latin and Han,
/// which are checked one by one.
fn may_be_odd(c: char) -> bool {
    // nearly all that are asked about: the rest is a long chain of comparisons
    let is_usual = matches!(c, ' '..='~') || han::is_common_mark(c);
    !is_usual
        && matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{c0}'..='\u{1fff}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{207f}' | '\u{20c0}'..='\u{20ff}'
        | '\u{2cef}'..='\u{2cf1}' | '\u{2d7f}' | '\u{2de0}'..='\u{2dff}' | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{3164}'
        | '\u{a000}'..='\u{abff}' | '\u{d780}'..='\u{d7ff}' | '\u{fb1e}' | '\u{fdc0}'..='\u{fdff}' | '\u{fe00}'..='\u{fe2f}'
        | '\u{feff}' | '\u{ff9e}'..='\u{ffa0}' | '\u{fff0}'..='\u{fffc}' | '\u{fffe}'..)
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
    fn the_quick_look_misses_nothing() {
        let is_odd = |c: &char| is_hostile(*c) || is_mark(*c) || "\u{85}\u{2028}".contains(*c);
        let all = (0..0x11_0000).filter_map(char::from_u32);
        for c in all.filter(is_odd) {
            for pad in [0, 1, 63, 64, 70] {
                for tail in [80 - pad, 0] {
                    let text = format!("{}{c}{}", "x".repeat(pad), "y".repeat(tail));
                    let found = next_odd(&text, 0);
                    assert_eq!(found, Some(pad), "{:x} after {pad}", c as u32);
                }
            }
        }
        let plain = "“协同”——发展……，。、《》？！：；（）「」・㈱ｱ￥\u{3000}A1\n\t";
        assert_eq!(next_odd(&plain.repeat(40), 0), None);
    }

    #[test]
    fn line_ends_of_every_kind() {
        let (text, removed) =
            sanitize("一\r\n二\r三\u{85}四\u{2028}五\u{2029}六\u{b}七\u{c}八\r\r\n九\n\r十".into());
        let wanted = "一\n二\n三\n四\n五\n六\n七\n八\n九\n\n十";
        assert_eq!((text.as_str(), removed), (wanted, 0));
    }

    #[test]
    fn bold_and_underlined_print_is_plain_text() {
        for (typed, plain) in [
            ("N\u{8}NA\u{8}AM\u{8}ME\u{8}E", "NAME"),
            ("_\u{8}f_\u{8}i_\u{8}l_\u{8}e", "file"),
            ("f\u{8}_i\u{8}_", "fi"),
            ("精\u{8}\u{8}精读\u{8}读", "精读"),
            ("__\u{8}\u{8}精", "精"),
            ("b\u{8}b\u{8}b", "b"),
            ("a\u{8}z", "az"),
            ("\u{8}\u{8}a\u{8}", "a"),
        ] {
            assert_eq!(sanitize(typed.into()).0, plain, "{typed:?}");
        }
    }

    #[test]
    fn piles_of_marks_are_cut() {
        let (text, removed) = sanitize(format!("甲{}乙e\u{301}", "\u{301}".repeat(500)));
        assert_eq!((text.matches('\u{301}').count(), removed), (9, 492));
        let (text, removed) = sanitize("\u{200b}".repeat(1000));
        assert_eq!((text.chars().count(), removed), (8, 992));
        let family = "👨‍👩‍👧‍👦 ภาษาไทย नमस्ते";
        assert_eq!(sanitize(family.into()), (family.into(), 0));
        // unassigned characters are shown
        assert_eq!(sanitize("\u{e000}\u{378}".into()).1, 0);
    }

    #[test]
    fn names_stay_on_one_line() {
        assert_eq!(line("a\u{1b}]0;x\u{7}\nb"), "a ]0;x  b");
    }
}
