//! Reads the numbers of notes and of their marks: 〔1〕, [１], （1）, ①, 1.

use crate::text::fold::half_width;
use crate::text::numeral;

/// Digits of the number of a note.
const MAX_NOTE_DIGITS: usize = 3;

/// Brackets of endnotes, which need no word before their mark. Round ones and circled numbers head
/// points far more often.
pub(crate) const ENDNOTE: [char; 3] = ['〔', '[', '［'];

/// Brackets of numbers, half width: what opens them, the notation that they are, what closes them.
const BRACKETS: [(char, char, &str); 4] = [
    ('(', '(', ")）"),
    ('[', '[', "]］〕"),
    ('〔', '[', "]］〕"),
    ('【', '【', "】"),
];

/// A number with the notation that it is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoteNumber {
    pub(crate) value: u32,
    /// The opening bracket, `(`, `[` or `【`; `①`, or `1` for a bare number.
    pub(crate) notation: char,
    /// Bytes it takes.
    pub(crate) len: usize,
}

/// Recognises the character that opens a number which is not bare.
pub(crate) fn opens(c: char) -> bool {
    let half = half_width(c);
    numeral::is_circled(c) || BRACKETS.iter().any(|(open, ..)| *open == half)
}

impl NoteNumber {
    /// Reads the number, in brackets or not, that a text begins with.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let first = text.chars().next()?;
        if numeral::is_circled(first) {
            return Some(Self {
                value: numeral::single(first)?,
                notation: '①',
                len: first.len_utf8(),
            });
        }
        let bracket = BRACKETS
            .iter()
            .find(|(open, ..)| *open == half_width(first));
        let open_len = bracket.map_or(0, |_| first.len_utf8());
        let inside = text.get(open_len..)?;
        let inside = if bracket.is_some() {
            inside.trim_start()
        } else {
            inside
        };
        let is_digit = |c: &char| half_width(*c).is_ascii_digit();
        let digits: String = inside
            .chars()
            .take_while(is_digit)
            .take(MAX_NOTE_DIGITS + 1)
            .collect();
        let after = inside.get(digits.len()..)?;
        let (notation, after) = match bracket {
            Some((_, notation, close)) => (
                *notation,
                after.trim_start().strip_prefix(|c| close.contains(c))?,
            ),
            None => ('1', after),
        };
        let value =
            numeral::arabic(&digits).filter(|_| digits.chars().count() <= MAX_NOTE_DIGITS)?;
        let len = text.len() - after.len();
        Some(Self {
            value,
            notation,
            len,
        })
    }
}
