//! Cells to bytes: writes what changed, and moves the cursor only where the
//! next cell is not the next one.
//!
//! ratatui's own back end moves the cursor after every wide character, which
//! for Chinese is 70 % of a frame. This one knows how wide a cell's symbol is,
//! because the view says so in the cell. After a cluster on whose width
//! terminals disagree the cursor is placed anew, so that nothing drifts.

use super::gate;
use crate::text::width::is_doubtful;
use crate::view::{Drawn, LinkCells};
use crossterm::cursor::{Hide, MoveRight, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, Color as Ink, ResetColor, SetAttribute, SetBackgroundColor, SetForegroundColor};
use crossterm::terminal::{Clear, ClearType};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};

/// What this terminal takes beside text and colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// Dotted and wavy underlines (SGR 4:4, 4:3); else they are plain ones.
    pub underlines: bool,
    /// Links (OSC 8).
    pub links: bool,
}

/// What the terminal shows, and the bytes on the way to it.
#[derive(Debug, Default)]
pub struct Display {
    can: Abilities,
    shown: Option<Buffer>,
    links: Vec<LinkCells>,
    /// The address that cells written now lead to.
    leads: Option<String>,
    bytes: Vec<u8>,
    /// Where the terminal's cursor is, where that is known.
    at: Option<(u16, u16)>,
    style: Option<(Color, Color, Modifier)>,
    cursor: Option<(u16, u16)>,
}

/// From how many blank cells at a row's end on it is erased rather than written.
const ERASE: u16 = 6;

impl Display {
    /// A display that shows nothing yet, on a terminal that can do so much.
    #[must_use]
    pub fn new(can: Abilities) -> Self {
        Self { can, ..Self::default() }
    }

    /// Forgets what the terminal shows: the next frame is drawn whole.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// Forgets the first cells of the first row, which something else wrote on.
    pub fn forget_corner(&mut self, cells: u16) {
        if let Some(shown) = &mut self.shown {
            for x in 0..cells {
                if let Some(cell) = shown.cell_mut((x, 0)) {
                    cell.set_symbol("\u{fffd}");
                }
            }
        }
    }

    /// The bytes that make the terminal show `next`, with its cursor there or
    /// hidden. Empty where nothing changed.
    pub fn frame(&mut self, next: Buffer, drawn: Drawn) -> &[u8] {
        let Drawn { cursor, links } = drawn;
        let old_links = std::mem::replace(&mut self.links, if self.can.links { links } else { Vec::new() });
        self.bytes.clear();
        let fresh = self.shown.as_ref().is_none_or(|shown| shown.area != next.area);
        let mut shown = match self.shown.take().filter(|_| !fresh) {
            Some(shown) => shown,
            None => Buffer::empty(next.area),
        };
        let mut drawn = fresh;
        if fresh {
            // writing to memory does not fail, here and below
            let _ = queue!(self.bytes, ResetColor, SetAttribute(Attribute::Reset), Hide, Clear(ClearType::All));
            (self.at, self.style, self.cursor) = (None, Some((Color::Reset, Color::Reset, Modifier::empty())), None);
        }
        // a cell that leads elsewhere is another cell
        let moved = old_links.iter().filter(|l| !self.links.contains(l)).chain(self.links.iter().filter(|l| !old_links.contains(l)));
        for link in moved {
            for x in link.x..link.end {
                if let Some(cell) = shown.cell_mut((x, link.y)) {
                    cell.set_symbol("\u{fffd}");
                }
            }
        }
        for y in 0..next.area.height {
            drawn |= self.row(&shown, &next, y);
        }
        self.lead(None);
        if self.style.is_some_and(|s| s != (Color::Reset, Color::Reset, Modifier::empty())) {
            let _ = queue!(self.bytes, SetAttribute(Attribute::Reset));
            self.style = Some((Color::Reset, Color::Reset, Modifier::empty()));
        }
        match (cursor, self.cursor) {
            (Some((x, y)), before) => {
                if drawn || before != cursor {
                    let _ = queue!(self.bytes, MoveTo(x, y));
                    self.at = Some((x, y));
                }
                if before.is_none() {
                    let _ = queue!(self.bytes, Show);
                }
            }
            (None, Some(_)) => {
                let _ = queue!(self.bytes, Hide);
            }
            (None, None) => {}
        }
        self.cursor = cursor;
        self.shown = Some(next);
        debug_assert_eq!(gate::leak(&self.bytes), None, "{:?}", String::from_utf8_lossy(&self.bytes));
        &self.bytes
    }

    /// Writes what changed in a row. Whether anything did.
    fn row<'b>(&mut self, shown: &'b Buffer, next: &'b Buffer, y: u16) -> bool {
        let width = next.area.width;
        let line = |buffer: &'b Buffer| -> &'b [Cell] {
            let from = usize::from(y) * usize::from(width);
            buffer.content.get(from..from + usize::from(width)).unwrap_or_default()
        };
        let (old, new) = (line(shown), line(next));
        if old == new {
            return false;
        }
        // the blank tail, in the terminal's own colours
        let last = (0..new.len()).rev().find(|&x| !is_blank(&new[x]));
        let body = last.map_or(0, |x| (x as u16 + cells(&new[x])).min(width));
        let tail = width - body;
        let covered = |x: u16| x > 0 && cells(&old[usize::from(x) - 1]) > 1;
        let mut any = false;
        let mut x = 0;
        while x < body {
            let cell = &new[usize::from(x)];
            let wide = cells(cell).min(width - x);
            let here = usize::from(x)..usize::from(x + wide);
            if old.get(here.clone()) != new.get(here) || covered(x) {
                self.write(x, y, cell, wide, width);
                any = true;
            }
            x += wide;
        }
        let stale = (body..width).filter(|&x| !is_blank(&old[usize::from(x)]) || covered(x)).count() as u16;
        if stale > 0 {
            self.move_to(body, y);
            self.lead(None);
            self.dress(&Cell::default());
            if tail >= ERASE || stale == tail {
                let _ = queue!(self.bytes, Clear(ClearType::UntilNewLine));
            } else {
                self.bytes.extend(std::iter::repeat_n(b' ', usize::from(tail)));
                self.at = None;
            }
            any = true;
        }
        any
    }

    fn write(&mut self, x: u16, y: u16, cell: &Cell, wide: u16, width: u16) {
        self.move_to(x, y);
        self.dress(cell);
        if !self.links.is_empty() || self.leads.is_some() {
            self.lead(self.links.iter().find(|l| l.y == y && (l.x..l.end).contains(&x)).map(|l| l.target.clone()));
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        // at the right edge terminals wait before they wrap: place it anew
        self.at = (x + wide < width && !is_doubtful(cell.symbol())).then_some((x + wide, y));
    }

    /// Cells written from now on lead to that address.
    fn lead(&mut self, target: Option<String>) {
        if self.leads != target {
            self.bytes.extend_from_slice(b"\x1b]8;;");
            // nothing that could end the sequence: bytes beyond ASCII as %XX
            for byte in target.iter().flat_map(|t| t.bytes()) {
                match byte {
                    0x21..=0x7e => self.bytes.push(byte),
                    _ => _ = write!(self.bytes, "%{byte:02X}"),
                }
            }
            self.bytes.extend_from_slice(b"\x1b\\");
            self.leads = target;
        }
    }

    fn move_to(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) => {}
            Some((from, row)) if row == y && from < x => {
                let _ = queue!(self.bytes, MoveRight(x - from));
            }
            _ => {
                let _ = queue!(self.bytes, MoveTo(x, y));
            }
        }
        self.at = Some((x, y));
    }

    /// Changes the style where the cell's is another.
    fn dress(&mut self, cell: &Cell) {
        let wanted = (cell.fg, cell.bg, cell.modifier);
        let (fg, bg, modifier) = match self.style {
            Some(now) if now == wanted => return,
            // attributes can only be taken back all at once
            Some((_, _, m)) if m != cell.modifier && !cell.modifier.contains(m) => {
                let _ = queue!(self.bytes, SetAttribute(Attribute::Reset));
                (Color::Reset, Color::Reset, Modifier::empty())
            }
            Some(now) => now,
            None => {
                let _ = queue!(self.bytes, SetAttribute(Attribute::Reset));
                (Color::Reset, Color::Reset, Modifier::empty())
            }
        };
        for (flag, attribute) in ATTRIBUTES.iter().take(if self.can.underlines { ATTRIBUTES.len() } else { PLAIN }) {
            if cell.modifier.contains(*flag) && !modifier.contains(*flag) {
                let _ = queue!(self.bytes, SetAttribute(*attribute));
            }
        }
        if fg != cell.fg {
            let _ = queue!(self.bytes, SetForegroundColor(ink(cell.fg)));
        }
        if bg != cell.bg {
            let _ = queue!(self.bytes, SetBackgroundColor(ink(cell.bg)));
        }
        self.style = Some(wanted);
    }
}

/// How each weight is asked for.
const ATTRIBUTES: &[(Modifier, Attribute)] = &[
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
    // what the view calls blinking is the kind of an underline
    (Modifier::SLOW_BLINK, Attribute::Underdotted),
    (Modifier::RAPID_BLINK, Attribute::Undercurled),
];
/// How many of them every terminal takes.
const PLAIN: usize = 6;

/// Cells that a cell's symbol takes.
fn cells(cell: &Cell) -> u16 {
    match cell.diff_option {
        CellDiffOption::ForcedWidth(n) => n.get(),
        _ => 1,
    }
}

/// Whether a cell shows nothing, in the terminal's own colours.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && cell.fg == Color::Reset && cell.modifier.is_empty() && cells(cell) == 1
}

/// ratatui's colour as crossterm's.
fn ink(color: Color) -> Ink {
    match color {
        Color::Reset => Ink::Reset,
        Color::Rgb(r, g, b) => Ink::Rgb { r, g, b },
        Color::Indexed(i) => Ink::AnsiValue(i),
        Color::Black => Ink::Black,
        Color::Red => Ink::DarkRed,
        Color::Green => Ink::DarkGreen,
        Color::Yellow => Ink::DarkYellow,
        Color::Blue => Ink::DarkBlue,
        Color::Magenta => Ink::DarkMagenta,
        Color::Cyan => Ink::DarkCyan,
        Color::Gray => Ink::Grey,
        Color::DarkGray => Ink::DarkGrey,
        Color::LightRed => Ink::Red,
        Color::LightGreen => Ink::Green,
        Color::LightYellow => Ink::Yellow,
        Color::LightBlue => Ink::Blue,
        Color::LightMagenta => Ink::Magenta,
        Color::LightCyan => Ink::Cyan,
        Color::White => Ink::White,
    }
}

/// An empty buffer of that size.
#[must_use]
pub fn buffer(columns: u16, rows: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, columns, rows))
}

/// Writes a frame to the terminal.
///
/// # Errors
/// Where the terminal has gone.
pub fn send(bytes: &[u8]) -> io::Result<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::WidthPolicy;
    use crate::view::Role;
    use crate::view::paint::Painter;
    use crate::view::theme::{Depth, Theme};

    fn page(rows: &[&str]) -> Buffer {
        let theme = Theme::named("auto", None, Depth::True);
        let mut b = buffer(20, 4);
        let mut p = Painter::new(&mut b, &theme, WidthPolicy::NARROW);
        p.clear();
        for (y, row) in rows.iter().enumerate() {
            let style = p.style(Role::Text);
            p.put(0, y as u16, 20, row, style);
        }
        b
    }

    /// What a terminal shows that was sent these frames.
    fn shown(frames: &[Vec<u8>]) -> Vec<String> {
        let mut parser = vt100::Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
        for frame in frames {
            parser.process(frame);
        }
        (0..4).map(|y| parser.screen().contents_between(y, 0, y, 20)).collect()
    }

    #[test]
    fn chinese_costs_hardly_more_than_its_bytes() {
        let text = ["京津冀协同发展，是以", "习近平同志为核心的党", "中央在新的历史条件下", "作出的重大决策部署，"];
        let mut d = Display::default();
        let bytes = d.frame(page(&text), Drawn::default()).len();
        assert!(bytes < text.concat().len() + 80, "{bytes} for {}", text.concat().len());
    }

    #[test]
    fn nothing_is_sent_where_nothing_changed() {
        let mut d = Display::default();
        d.frame(page(&["甲乙"]), Drawn::default());
        assert!(d.frame(page(&["甲乙"]), Drawn::default()).is_empty());
    }

    #[test]
    fn links_are_opened_and_closed_around_their_cells() {
        let link = |x, end| Drawn { cursor: None, links: vec![LinkCells { x, y: 0, end, target: "https://a.cn/政\u{1b}".to_owned() }] };
        let mut d = Display::new(Abilities { underlines: true, links: true });
        let bytes = String::from_utf8(d.frame(page(&["京津冀"]), link(2, 4)).to_vec()).unwrap();
        assert!(bytes.contains("京\u{1b}]8;;https://a.cn/%E6%94%BF%1B\u{1b}\\津\u{1b}]8;;\u{1b}\\冀"), "{bytes:?}");
        assert!(d.frame(page(&["京津冀"]), link(2, 4)).is_empty());
        assert!(!d.frame(page(&["京津冀"]), link(4, 6)).is_empty());
        let mut plain = Display::default();
        assert!(!String::from_utf8(plain.frame(page(&["京津冀"]), link(2, 4)).to_vec()).unwrap().contains("]8;"));
    }

    #[test]
    fn half_characters_are_never_left_behind() {
        let pages = [vec!["京津冀", "abcdef"], vec!["a京津冀", "甲bcd乙"], vec!["", "x"], vec!["ab京", "甲乙丙丁戊己庚辛壬癸"], vec!["京京京", ""]];
        for a in &pages {
            for b in &pages {
                let mut d = Display::default();
                let frames = [d.frame(page(a), Drawn::default()).to_vec(), d.frame(page(b), Drawn::default()).to_vec()];
                let mut whole = Display::default();
                assert_eq!(shown(&frames), shown(&[whole.frame(page(b), Drawn::default()).to_vec()]), "{a:?} {b:?}");
            }
        }
    }
}
