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
//! [`display`](super::display)'s affair.

use crate::text::width::is_doubtful;
use ratatui::buffer::{Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::io::Write as _;

/// What this terminal takes beside text and colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "one for each thing that a terminal may take or not")]
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

/// A style as a terminal has it: foreground, background, weights.
type Style = (Color, Color, Modifier);

/// The terminal's own style.
const PLAIN: Style = (Color::Reset, Color::Reset, Modifier::empty());

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
    style: Option<Style>,
    /// The address that cells written now lead to.
    leads: Option<String>,
}

/// Appends a sequence; writing to memory does not fail.
macro_rules! put {
    ($pen:expr, $($form:tt)*) => {
        let _ = write!($pen.bytes, $($form)*);
    };
}

impl Pen {
    /// A pen that has written nothing yet, for a terminal that can do so much.
    #[must_use]
    pub fn new(can: Abilities) -> Self {
        Self { can, ..Self::default() }
    }

    /// Erases everything, in the terminal's own colours.
    pub fn erase_all(&mut self) {
        put!(self, "\x1b[0m\x1b[?25l\x1b[2J");
        (self.at, self.style) = (None, Some(PLAIN));
    }

    /// Erases from a place to the row's end.
    pub fn erase_to_end(&mut self, x: u16, y: u16) {
        self.move_to(x, y);
        self.lead(None);
        self.dress(PLAIN);
        put!(self, "\x1b[K");
    }

    /// Writes blanks from a place on, in the terminal's own colours.
    pub fn blanks(&mut self, x: u16, y: u16, count: u16) {
        self.move_to(x, y);
        self.lead(None);
        self.dress(PLAIN);
        self.bytes.extend(std::iter::repeat_n(b' ', usize::from(count)));
        self.at = None;
    }

    /// Writes a cell that is `wide` cells wide on a row of `width`, leading to an
    /// address if it does.
    pub fn write(&mut self, x: u16, y: u16, cell: &Cell, wide: u16, width: u16, target: Option<&str>) {
        self.move_to(x, y);
        self.dress((cell.fg, cell.bg, cell.modifier));
        self.lead(target);
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        // at the right edge terminals wait before they wrap: place it anew
        self.at = (x + wide < width && !is_doubtful(cell.symbol())).then_some((x + wide, y));
    }

    /// Moves the rows of an area up by so many, down where negative. What comes in
    /// is blank. Between margins where the area is not as wide as the screen.
    pub fn scroll(&mut self, area: Rect, by: isize, columns: u16) {
        self.lead(None);
        self.dress(PLAIN);
        let beside = area.width < columns;
        if beside {
            put!(self, "\x1b[?69h\x1b[{};{}s", area.x + 1, area.right());
        }
        put!(self, "\x1b[{};{}r", area.y + 1, area.bottom());
        put!(self, "\x1b[{}{}", by.unsigned_abs(), if by > 0 { 'S' } else { 'T' });
        put!(self, "\x1b[r");
        if beside {
            put!(self, "\x1b[?69l");
        }
        self.at = None;
    }

    /// Puts the cursor somewhere, where it does not stand there.
    pub fn move_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => {}
            Some((from, row)) if row == y && from < x => {
                put!(self, "\x1b[{}C", x - from);
            }
            _ => {
                put!(self, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
        self.at = Some((x, y));
    }

    /// Shows or hides the cursor.
    pub fn show_cursor(&mut self, on: bool) {
        put!(self, "\x1b[?25{}", if on { 'h' } else { 'l' });
    }

    /// Ends links and styles, so that nothing else is drawn in them.
    pub fn rest(&mut self) {
        self.lead(None);
        if self.style != Some(PLAIN) {
            put!(self, "\x1b[0m");
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
                _ => {
                    put!(self, "%{byte:02X}");
                }
            }
        }
        self.bytes.extend_from_slice(b"\x1b\\");
        self.leads = target.map(str::to_owned);
    }

    /// Changes the style where it is another: one sequence for all of it.
    fn dress(&mut self, wanted: Style) {
        if self.style == Some(wanted) {
            return;
        }
        let mut codes = Codes(Vec::new());
        let (fg, bg, modifier) = match self.style {
            Some(now) if wanted != PLAIN => now,
            _ => {
                codes.add(format_args!("0"));
                PLAIN
            }
        };
        let flags = || ATTRIBUTES.iter().take(if self.can.underlines { ATTRIBUTES.len() } else { EVERYWHERE });
        let mut on = modifier;
        for attribute in flags().filter(|a| modifier.contains(a.flag) && !wanted.2.contains(a.flag)) {
            // several flags may share what takes them back
            if on.contains(attribute.flag) {
                codes.add(format_args!("{}", attribute.off));
                on -= flags().filter(|a| a.off == attribute.off).fold(Modifier::empty(), |all, a| all | a.flag);
            }
        }
        for attribute in flags().filter(|a| wanted.2.contains(a.flag) && !on.contains(a.flag)) {
            codes.add(format_args!("{}", attribute.on));
        }
        if fg != wanted.0 {
            codes.colour(wanted.0, 3);
        }
        if bg != wanted.1 {
            codes.colour(wanted.1, 4);
        }
        if !codes.0.is_empty() {
            self.bytes.extend_from_slice(b"\x1b[");
            self.bytes.extend_from_slice(&codes.0);
            self.bytes.push(b'm');
        }
        self.style = Some(wanted);
    }
}

/// The parameters of one SGR sequence.
struct Codes(Vec<u8>);

impl Codes {
    fn add(&mut self, code: std::fmt::Arguments<'_>) {
        if !self.0.is_empty() {
            self.0.push(b';');
        }
        let _ = self.0.write_fmt(code);
    }

    /// A colour of the text (`ground` 3) or behind it (4).
    fn colour(&mut self, colour: Color, ground: u8) {
        match colour {
            Color::Reset => self.add(format_args!("{ground}9")),
            Color::Rgb(r, g, b) => self.add(format_args!("{ground}8;2;{r};{g};{b}")),
            Color::Indexed(i) => self.add(format_args!("{ground}8;5;{i}")),
            other => {
                let n = named(other);
                let base = if n < 8 { ground } else { ground + 6 };
                self.add(format_args!("{base}{}", n % 8));
            }
        }
    }
}

/// The number of one of the sixteen colours; the bright ones from 8 on.
pub fn named(colour: Color) -> u32 {
    const NAMED: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    NAMED.iter().position(|c| *c == colour).map_or(0, |i| i as u32)
}

/// How a weight is switched on and off.
struct Attribute {
    flag: Modifier,
    on: &'static str,
    off: u8,
}

/// The weights. What the view calls blinking is the kind of an underline.
const ATTRIBUTES: &[Attribute] = &[
    Attribute { flag: Modifier::BOLD, on: "1", off: 22 },
    Attribute { flag: Modifier::DIM, on: "2", off: 22 },
    Attribute { flag: Modifier::ITALIC, on: "3", off: 23 },
    Attribute { flag: Modifier::UNDERLINED, on: "4", off: 24 },
    Attribute { flag: Modifier::REVERSED, on: "7", off: 27 },
    Attribute { flag: Modifier::CROSSED_OUT, on: "9", off: 29 },
    Attribute { flag: Modifier::SLOW_BLINK, on: "4:4", off: 24 },
    Attribute { flag: Modifier::RAPID_BLINK, on: "4:3", off: 24 },
];
/// How many of them every terminal takes.
const EVERYWHERE: usize = 6;

/// Cells that a cell's symbol takes.
#[must_use]
pub fn cells(cell: &Cell) -> u16 {
    match cell.diff_option {
        CellDiffOption::ForcedWidth(n) => n.get(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(fg: Color, modifier: Modifier) -> Cell {
        let mut cell = Cell::new("字");
        (cell.fg, cell.modifier) = (fg, modifier);
        cell
    }

    #[test]
    fn a_style_says_only_what_is_different() {
        let mut pen = Pen::default();
        pen.erase_all();
        pen.bytes.clear();
        let (plain, bold, dim) =
            (cell(Color::Indexed(252), Modifier::empty()), cell(Color::Red, Modifier::BOLD), cell(Color::Red, Modifier::DIM | Modifier::UNDERLINED));
        for (x, cell) in [(0, &plain), (2, &bold), (4, &plain), (6, &bold), (8, &dim)] {
            pen.write(x, 0, cell, 2, 40, None);
        }
        pen.rest();
        let bytes = String::from_utf8(pen.bytes).unwrap();
        assert_eq!(bytes, "\x1b[1;1H\x1b[38;5;252m字\x1b[1;31m字\x1b[22;38;5;252m字\x1b[1;31m字\x1b[22;2;4m字\x1b[0m");
    }

    #[test]
    fn an_area_beside_another_scrolls_between_margins() {
        let mut pen = Pen { style: Some(PLAIN), ..Pen::default() };
        pen.scroll(Rect::new(0, 2, 80, 20), 1, 80);
        pen.scroll(Rect::new(40, 2, 72, 20), -3, 120);
        assert_eq!(String::from_utf8(pen.bytes).unwrap(), "\x1b[3;22r\x1b[1S\x1b[r\x1b[?69h\x1b[41;112s\x1b[3;22r\x1b[3T\x1b[r\x1b[?69l");
    }
}
