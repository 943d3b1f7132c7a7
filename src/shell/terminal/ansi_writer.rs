//! Writes cells as bytes, and knows the terminal's cursor and style: the cursor is moved only
//! where it is somewhere else, and a style is changed by one sequence that says only what is
//! different. After a cluster on whose width terminals disagree the cursor is placed again.

use crate::session::Area;
use crate::text::width::is_doubtful;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use std::fmt::Arguments;
use std::io::Write;

/// The abilities of a terminal beside text and colours.
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

/// Colours and modifiers of a cell; the terminal's own by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct CellStyle {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// Writes cells as bytes.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnsiWriter {
    /// The abilities of the terminal.
    pub(crate) can: Abilities,
    /// The bytes written so far.
    pub(crate) bytes: Vec<u8>,
    /// The cursor's column and row, where they are known.
    at: Option<(u16, u16)>,
    /// The style that is on, where it is known.
    style: Option<CellStyle>,
    /// The address that cells written now link to.
    link: Option<String>,
}

impl AnsiWriter {
    /// Returns a writer that has written nothing yet, for a terminal with those abilities.
    pub(crate) fn new(can: Abilities) -> Self {
        Self {
            can,
            ..Self::default()
        }
    }

    /// Appends formatted bytes.
    fn put(&mut self, bytes: Arguments<'_>) {
        // a vector takes all of them
        _ = self.bytes.write_fmt(bytes);
    }

    /// Erases everything, in the terminal's own colours.
    pub(crate) fn erase_all(&mut self) {
        self.put(format_args!("\x1b[0m\x1b[?25l\x1b[2J"));
        (self.at, self.style) = (None, Some(CellStyle::default()));
    }

    /// Erases from a place to the row's end.
    pub(crate) fn erase_to_end(&mut self, x: u16, y: u16) {
        self.move_to(x, y);
        self.set_link(None);
        self.set_style(CellStyle::default());
        self.put(format_args!("\x1b[K"));
    }

    /// Writes blanks from a place on, in the terminal's own colours.
    pub(crate) fn blanks(&mut self, x: u16, y: u16, count: u16) {
        self.move_to(x, y);
        self.set_link(None);
        self.set_style(CellStyle::default());
        self.put(format_args!("{:1$}", "", usize::from(count)));
        self.at = None;
    }

    /// Writes a cell whose symbol is `wide` cells wide on a row of `width`, linking to
    /// an address if it does.
    pub(crate) fn write(
        &mut self,
        (x, y): (u16, u16),
        cell: &Cell,
        (wide, width): (u16, u16),
        target: Option<&str>,
    ) {
        let (fg, bg, modifier) = (cell.fg, cell.bg, cell.modifier);
        self.move_to(x, y);
        self.set_style(CellStyle { fg, bg, modifier });
        self.set_link(target);
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        // at the right edge terminals wait before they wrap: place it again
        let known = x + wide < width && !is_doubtful(cell.symbol());
        self.at = known.then_some((x + wide, y));
    }

    /// Moves the rows of an area up by `by`, down where negative. Blank rows come in.
    /// Between margins where the area is not as wide as the screen.
    pub(crate) fn scroll(&mut self, area: Area, by: isize, columns: u16) {
        self.set_link(None);
        self.set_style(CellStyle::default());
        let beside = area.width < columns;
        if beside {
            let (left, right) = (area.x + 1, area.x + area.width);
            self.put(format_args!("\x1b[?69h\x1b[{left};{right}s"));
        }
        let (top, bottom) = (area.y + 1, area.y + area.height);
        let (rows, direction) = (by.unsigned_abs(), if by > 0 { 'S' } else { 'T' });
        self.put(format_args!(
            "\x1b[{top};{bottom}r\x1b[{rows}{direction}\x1b[r"
        ));
        if beside {
            self.put(format_args!("\x1b[?69l"));
        }
        self.at = None;
    }

    /// Moves the cursor, unless it is there.
    pub(crate) fn move_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => return,
            Some((from, row)) if row == y && from < x => {
                self.put(format_args!("\x1b[{}C", x - from));
            }
            _ => self.put(format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        self.at = Some((x, y));
    }

    /// Shows or hides the cursor.
    pub(crate) fn show_cursor(&mut self, on: bool) {
        self.put(format_args!("\x1b[?25{}", if on { 'h' } else { 'l' }));
    }

    /// Ends links and styles, so that nothing else is drawn in them.
    pub(crate) fn reset(&mut self) {
        self.set_link(None);
        self.set_style(CellStyle::default());
    }

    /// Makes the cells written from now on link to an address.
    fn set_link(&mut self, target: Option<&str>) {
        if self.link.as_deref() == target {
            return;
        }
        self.put(format_args!("\x1b]8;;"));
        // nothing that could end the sequence: bytes beyond ASCII as %XX
        for byte in target.iter().flat_map(|t| t.bytes()) {
            match byte {
                0x21..=0x7e => self.bytes.push(byte),
                _ => self.put(format_args!("%{byte:02X}")),
            }
        }
        self.put(format_args!("\x1b\\"));
        self.link = target.map(str::to_owned);
    }

    /// Changes the style where it is another: one sequence for all of it.
    fn set_style(&mut self, wanted: CellStyle) {
        if self.style == Some(wanted) {
            return;
        }
        let plain = CellStyle::default();
        let known = self.style.filter(|_| wanted != plain);
        let now = known.unwrap_or(plain);
        let mut codes: Vec<String> = Vec::new();
        if known.is_none() {
            codes.push("0".to_owned());
        }
        let attributes = || {
            let all = ATTRIBUTES.iter();
            all.filter(|(flag, ..)| self.can.underlines || !UNDERLINE_KINDS.contains(*flag))
        };
        let mut on = now.modifier;
        for (flag, _, off) in attributes().filter(|(flag, ..)| !wanted.modifier.contains(*flag)) {
            // several flags may share the code that takes them back
            if on.contains(*flag) {
                codes.push(off.to_string());
                let shared = attributes().filter(|(_, _, other)| other == off);
                on -= shared.fold(Modifier::empty(), |all, (flag, ..)| all | *flag);
            }
        }
        let missing = attributes().filter(|(flag, ..)| (wanted.modifier - on).contains(*flag));
        codes.extend(missing.map(|(_, code, _)| (*code).to_owned()));
        if now.fg != wanted.fg {
            codes.push(colour_code(wanted.fg, 30));
        }
        if now.bg != wanted.bg {
            codes.push(colour_code(wanted.bg, 40));
        }
        if !codes.is_empty() {
            self.put(format_args!("\x1b[{}m", codes.join(";")));
        }
        self.style = Some(wanted);
    }
}

/// The SGR parameters of a colour of the text (`base` 30) or behind it (40).
fn colour_code(colour: Color, base: usize) -> String {
    match colour {
        Color::Reset => (base + 9).to_string(),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
        Color::Indexed(i) => format!("{};5;{i}", base + 8),
        named => match NAMED.iter().position(|c| *c == named).unwrap_or_default() {
            dark @ 0..8 => (base + dark).to_string(),
            bright => (base + 60 + bright - 8).to_string(),
        },
    }
}

/// The sixteen colours that have names, in the order of their codes; the bright ones from 8 on.
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

/// Modifiers with the SGR parameters that switch them on and off. The blinking ones are kinds
/// of underline: see the view's themes.
const ATTRIBUTES: &[(Modifier, &str, u8)] = &[
    (Modifier::BOLD, "1", 22),
    (Modifier::DIM, "2", 22),
    (Modifier::ITALIC, "3", 23),
    (Modifier::UNDERLINED, "4", 24),
    (Modifier::REVERSED, "7", 27),
    (Modifier::CROSSED_OUT, "9", 29),
    (Modifier::SLOW_BLINK, "4:4", 24),
    (Modifier::RAPID_BLINK, "4:3", 24),
];
/// The modifiers that not every terminal takes.
const UNDERLINE_KINDS: Modifier = Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_says_only_what_is_different() {
        let mut writer = AnsiWriter::default();
        writer.erase_all();
        writer.bytes.clear();
        let cell = |fg: Color, modifier: Modifier| {
            let mut cell = Cell::new("字");
            cell.set_fg(fg).modifier = modifier;
            cell
        };
        let plain = cell(Color::Indexed(252), Modifier::empty());
        let bold = cell(Color::Red, Modifier::BOLD);
        let dim = cell(Color::Red, Modifier::DIM | Modifier::UNDERLINED);
        for (x, cell) in [(0, &plain), (2, &bold), (4, &plain), (6, &bold), (8, &dim)] {
            writer.write((x, 0), cell, (2, 40), None);
        }
        writer.reset();
        assert_eq!(
            String::from_utf8(writer.bytes).unwrap(),
            "\x1b[1;1H\x1b[38;5;252m字\x1b[1;31m字\x1b[22;38;5;252m字\x1b[1;31m字\x1b[22;2;4m字\x1b[0m"
        );
    }

    #[test]
    fn an_area_beside_another_scrolls_between_margins() {
        let mut writer = AnsiWriter {
            style: Some(CellStyle::default()),
            ..AnsiWriter::default()
        };
        let area = |x, width| Area {
            x,
            y: 2,
            width,
            height: 20,
        };
        writer.scroll(area(0, 80), 1, 80);
        writer.scroll(area(40, 72), -3, 120);
        assert_eq!(
            String::from_utf8(writer.bytes).unwrap(),
            "\x1b[3;22r\x1b[1S\x1b[r\x1b[?69h\x1b[41;112s\x1b[3;22r\x1b[3T\x1b[r\x1b[?69l"
        );
    }
}
