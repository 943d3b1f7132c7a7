//! Writes cells as bytes, and knows where the terminal's cursor is and which
//! style is on.
//!
//! 1. [`Pen::write`] writes one cell; the cursor is moved only where it does not
//!    stand there already. After a cluster on whose width terminals disagree it is
//!    placed anew, so that nothing drifts.
//! 2. Styles change by one sequence that says only what is different.
//! 3. [`Pen::scroll`] lets the terminal move rows itself.
//!
//! Knows nothing of frames: which cells are to be written is
//! [`display`](crate::shell::terminal::display)'s affair.

use crate::session::Area;
use crate::text::width::is_doubtful;
use crate::view::buffer::{Dress, NAMED};
use ratatui::style::{Color, Modifier};

/// What this terminal takes beside text and colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one for each thing that a terminal may take or not"
)]
pub struct Abilities {
    /// Dotted and wavy underlines (SGR 4:4, 4:3); else they are plain ones.
    pub underlines: bool,
    /// Links (OSC 8).
    pub links: bool,
    /// Scrolling between left and right margins (DECLRMM).
    pub margins: bool,
    /// Showing a frame when it is complete (mode 2026).
    pub together: bool,
    /// Scrolling between rows (DECSTBM, SU, SD).
    pub scrolls: bool,
}

/// Writes cells as bytes.
#[derive(Clone, Debug, Default)]
pub struct Pen {
    /// What this terminal takes.
    pub can: Abilities,
    /// What was written.
    pub bytes: Vec<u8>,
    /// Where the cursor is, where that is known.
    at: Option<(u16, u16)>,
    /// The style that is on, where that is known.
    style: Option<Dress>,
    /// The address that cells written now lead to.
    leads: Option<String>,
}

/// The terminal's own style.
const PLAIN: Dress = Dress::PLAIN;

impl Pen {
    /// A pen that has written nothing yet, for a terminal that can do so much.
    pub fn new(can: Abilities) -> Self {
        Self {
            can,
            ..Self::default()
        }
    }

    /// Erases everything, in the terminal's own colours.
    pub fn erase_all(&mut self) {
        self.bytes.extend_from_slice(b"\x1b[0m\x1b[?25l\x1b[2J");
        (self.at, self.style) = (None, Some(PLAIN));
    }

    /// Erases from a place to the row's end.
    pub fn erase_to_end(&mut self, x: u16, y: u16) {
        self.move_to(x, y);
        self.lead(None);
        self.dress(PLAIN);
        self.bytes.extend_from_slice(b"\x1b[K");
    }

    /// Writes blanks from a place on, in the terminal's own colours.
    pub fn blanks(&mut self, x: u16, y: u16, count: u16) {
        self.move_to(x, y);
        self.lead(None);
        self.dress(PLAIN);
        self.bytes
            .extend(std::iter::repeat_n(b' ', usize::from(count)));
        self.at = None;
    }

    /// Writes the bytes of a symbol that is `wide` cells wide on a row of `width`,
    /// leading to an address if it does.
    pub fn write(
        &mut self,
        (x, y): (u16, u16),
        symbol: &[u8],
        dress: Dress,
        (wide, width): (u16, u16),
        target: Option<&str>,
    ) {
        if self.at != Some((x, y))
            || self.style != Some(dress)
            || target.is_some()
            || self.leads.is_some()
        {
            self.move_to(x, y);
            self.dress(dress);
            self.lead(target);
        }
        // at the right edge terminals wait before they wrap: place it anew
        self.at = (x + wide < width && !doubts(symbol)).then_some((x + wide, y));
        match <[u8; 3]>::try_from(symbol) {
            // most that is written: no call to copy three bytes
            Ok(three) => self.bytes.extend(three),
            Err(_) => self.bytes.extend_from_slice(symbol),
        }
    }

    /// Moves the rows of an area up by so many, down where negative. What comes in
    /// is blank. Between margins where the area is not as wide as the screen.
    pub fn scroll(&mut self, area: Area, by: isize, columns: u16) {
        self.lead(None);
        self.dress(PLAIN);
        let beside = area.width < columns;
        if beside {
            self.bytes.extend_from_slice(b"\x1b[?69h");
            self.sequence(&[area.x + 1, area.x + area.width], b's');
        }
        self.sequence(&[area.y + 1, area.y + area.height], b'r');
        self.sequence(
            &[by.unsigned_abs() as u16],
            if by > 0 { b'S' } else { b'T' },
        );
        self.bytes.extend_from_slice(b"\x1b[r");
        if beside {
            self.bytes.extend_from_slice(b"\x1b[?69l");
        }
        self.at = None;
    }

    /// Puts the cursor somewhere, where it does not stand there.
    pub fn move_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => return,
            Some((from, row)) if row == y && from < x => self.sequence(&[x - from], b'C'),
            _ => self.sequence(&[y + 1, x + 1], b'H'),
        }
        self.at = Some((x, y));
    }

    /// Shows or hides the cursor.
    pub fn show_cursor(&mut self, on: bool) {
        self.bytes
            .extend_from_slice(if on { b"\x1b[?25h" } else { b"\x1b[?25l" });
    }

    /// A sequence with its parameters.
    fn sequence(&mut self, parameters: &[u16], end: u8) {
        self.bytes.extend_from_slice(b"\x1b[");
        for (i, n) in parameters.iter().enumerate() {
            if i > 0 {
                self.bytes.push(b';');
            }
            decimal(&mut self.bytes, *n);
        }
        self.bytes.push(end);
    }

    /// Ends links and styles, so that nothing else is drawn in them.
    pub fn rest(&mut self) {
        self.lead(None);
        if self.style != Some(PLAIN) {
            self.bytes.extend_from_slice(b"\x1b[0m");
            self.style = Some(PLAIN);
        }
    }

    /// Cells written from now on lead to that address.
    fn lead(&mut self, target: Option<&str>) {
        if self.leads.as_deref() == target {
            return;
        }
        self.bytes.extend_from_slice(b"\x1b]8;;");
        // nothing that could end the sequence: bytes beyond ASCII as %XX
        for byte in target.iter().flat_map(|t| t.bytes()) {
            match byte {
                0x21..=0x7e => self.bytes.push(byte),
                _ => self
                    .bytes
                    .extend([b'%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]),
            }
        }
        self.bytes.extend_from_slice(b"\x1b\\");
        self.leads = target.map(str::to_owned);
    }

    /// Changes the style where it is another: one sequence for all of it.
    fn dress(&mut self, wanted: Dress) {
        if self.style == Some(wanted) {
            return;
        }
        let mut codes = Codes {
            bytes: &mut self.bytes,
            any: false,
        };
        let now = match self.style {
            Some(now) if wanted != PLAIN => now,
            _ => {
                codes.add(&[0]);
                PLAIN
            }
        };
        let (has, wants) = (now.modifier(), wanted.modifier());
        if has != wants {
            let flags = || {
                ATTRIBUTES.iter().take(if self.can.underlines {
                    ATTRIBUTES.len()
                } else {
                    EVERYWHERE
                })
            };
            let mut on = has;
            for attribute in flags().filter(|a| has.contains(a.flag) && !wants.contains(a.flag)) {
                // several flags may share what takes them back
                if on.contains(attribute.flag) {
                    codes.add(&[attribute.off]);
                    on -= flags()
                        .filter(|a| a.off == attribute.off)
                        .fold(Modifier::empty(), |all, a| all | a.flag);
                }
            }
            for attribute in flags().filter(|a| wants.contains(a.flag) && !on.contains(a.flag)) {
                codes.begin();
                codes.bytes.extend_from_slice(attribute.on);
            }
        }
        if now.fg() != wanted.fg() {
            codes.colour(wanted.fg(), 30);
        }
        if now.bg() != wanted.bg() {
            codes.colour(wanted.bg(), 40);
        }
        if codes.any {
            self.bytes.push(b'm');
        }
        self.style = Some(wanted);
    }
}

/// The parameters of one SGR sequence.
struct Codes<'a> {
    bytes: &'a mut Vec<u8>,
    any: bool,
}

impl Codes<'_> {
    /// Begins another parameter, with the first one the sequence.
    fn begin(&mut self) {
        self.bytes
            .extend_from_slice(if self.any { b";" } else { b"\x1b[" });
        self.any = true;
    }

    fn add(&mut self, codes: &[u8]) {
        for code in codes {
            self.begin();
            decimal(self.bytes, u16::from(*code));
        }
    }

    /// A colour of the text (`ground` 30) or behind it (40).
    fn colour(&mut self, colour: Color, ground: u8) {
        match colour {
            Color::Reset => self.add(&[ground + 9]),
            Color::Rgb(r, g, b) => self.add(&[ground + 8, 2, r, g, b]),
            Color::Indexed(i) => self.add(&[ground + 8, 5, i]),
            other => {
                let n = NAMED
                    .iter()
                    .position(|c| *c == other)
                    .map_or(0, |i| i as u8);
                self.add(&[if n < 8 {
                    ground + n
                } else {
                    ground + 60 + n - 8
                }]);
            }
        }
    }
}

/// Appends a number in decimal.
fn decimal(bytes: &mut Vec<u8>, n: u16) {
    let digit = |n: u16| b'0' + (n % 10) as u8;
    match n {
        0..10 => bytes.push(digit(n)),
        10..100 => bytes.extend([digit(n / 10), digit(n)]),
        100..1000 => bytes.extend([digit(n / 100), digit(n / 10), digit(n)]),
        _ => {
            decimal(bytes, n / 1000);
            bytes.extend([digit(n / 100), digit(n / 10), digit(n)]);
        }
    }
}

/// A hexadecimal digit.
fn hexadecimal(n: u8) -> u8 {
    if n < 10 { b'0' + n } else { b'A' + n - 10 }
}

/// Whether terminals disagree on the width of a symbol. Nobody doubts ASCII, nor
/// U+3000 to U+3FFF and U+5000 to U+9FFF, which are told by their bytes.
fn doubts(symbol: &[u8]) -> bool {
    !matches!(symbol, [_] | [0xe3 | 0xe5..=0xe9, _, _])
        && std::str::from_utf8(symbol).is_ok_and(is_doubtful)
}

/// How a weight is switched on and off.
struct Attribute {
    flag: Modifier,
    on: &'static [u8],
    off: u8,
}

/// The weights. What the view calls blinking is the kind of an underline.
const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        flag: Modifier::BOLD,
        on: b"1",
        off: 22,
    },
    Attribute {
        flag: Modifier::DIM,
        on: b"2",
        off: 22,
    },
    Attribute {
        flag: Modifier::ITALIC,
        on: b"3",
        off: 23,
    },
    Attribute {
        flag: Modifier::UNDERLINED,
        on: b"4",
        off: 24,
    },
    Attribute {
        flag: Modifier::REVERSED,
        on: b"7",
        off: 27,
    },
    Attribute {
        flag: Modifier::CROSSED_OUT,
        on: b"9",
        off: 29,
    },
    Attribute {
        flag: Modifier::SLOW_BLINK,
        on: b"4:4",
        off: 24,
    },
    Attribute {
        flag: Modifier::RAPID_BLINK,
        on: b"4:3",
        off: 24,
    },
];
/// How many of them every terminal takes.
const EVERYWHERE: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Buffer;
    use ratatui::style::Style;

    fn dress(fg: Color, modifier: Modifier) -> Dress {
        let mut buffer = Buffer::new(1, 1);
        buffer.wash(
            buffer.area,
            Style::default().fg(fg).add_modifier(modifier).into(),
        );
        buffer.line(0, 0, 1)[0].dress()
    }

    #[test]
    fn a_style_says_only_what_is_different() {
        let mut pen = Pen::default();
        pen.erase_all();
        pen.bytes.clear();
        let (plain, bold, dim) = (
            dress(Color::Indexed(252), Modifier::empty()),
            dress(Color::Red, Modifier::BOLD),
            dress(Color::Red, Modifier::DIM | Modifier::UNDERLINED),
        );
        for (x, dress) in [(0, plain), (2, bold), (4, plain), (6, bold), (8, dim)] {
            pen.write((x, 0), "字".as_bytes(), dress, (2, 40), None);
        }
        pen.rest();
        let bytes = String::from_utf8(pen.bytes).unwrap();
        assert_eq!(
            bytes,
            "\x1b[1;1H\x1b[38;5;252m字\x1b[1;31m字\x1b[22;38;5;252m字\x1b[1;31m字\x1b[22;2;4m字\x1b[0m"
        );
    }

    #[test]
    fn an_area_beside_another_scrolls_between_margins() {
        let mut pen = Pen {
            style: Some(PLAIN),
            ..Pen::default()
        };
        pen.scroll(
            Area {
                x: 0,
                y: 2,
                width: 80,
                height: 20,
            },
            1,
            80,
        );
        pen.scroll(
            Area {
                x: 40,
                y: 2,
                width: 72,
                height: 20,
            },
            -3,
            120,
        );
        assert_eq!(
            String::from_utf8(pen.bytes).unwrap(),
            "\x1b[3;22r\x1b[1S\x1b[r\x1b[?69h\x1b[41;112s\x1b[3;22r\x1b[3T\x1b[r\x1b[?69l"
        );
    }
}
