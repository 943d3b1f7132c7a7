//! The cells of a screen: what stands in each, and how it looks.
//!
//! 1. A [`Cell`] is two numbers: the bytes of its symbol, and its colours, weights and
//!    width. A frame is cleared, compared and moved as numbers are.
//! 2. A [`Wash`] is a style made ready: what it leaves of a cell's look and what it adds.
//! 3. A symbol of more than [`SHORT`] bytes is kept beside, by its hash.
//!
//! Knows no text and no terminal: how wide a symbol is, the painter says.

use crate::session::Area;
use ratatui::style::{Color, Modifier, Style};
use std::collections::HashMap;

/// Bytes of a symbol that stand in its cell.
const SHORT: usize = 7;
/// Stands for the length of a symbol that is kept beside.
const LONG: u8 = u8::MAX;

/// Bits of a colour.
const COLOUR: u64 = (1 << 26) - 1;
/// Where the colour behind the text begins.
const GROUND: u32 = 26;
/// Where the weights begin.
const WEIGHTS: u32 = 52;
/// Bits of the weights.
const WEIGHT: u64 = (1 << 9) - 1;
/// Where the width begins.
const WIDE: u32 = 61;
/// All of a look but the width.
const STYLE: u64 = (1 << WIDE) - 1;
/// The widest that a cell can say; what is wider says this.
const WIDEST: usize = 7;

/// What a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The bytes of its symbol and their number, or a hash of them and [`LONG`].
    symbol: [u8; 8],
    /// From below: the colour of the text, the one behind it, weights, how many
    /// cells it takes.
    look: u64,
}

impl Cell {
    /// Nothing, in the terminal's own colours.
    pub const BLANK: Self = Self {
        symbol: [b' ', 0, 0, 0, 0, 0, 0, 1],
        look: 1 << WIDE,
    };
    /// Differs from whatever comes.
    pub const STALE: Self = Self {
        look: 0,
        ..Self::BLANK
    };

    /// How many cells it takes; none where it is stale.
    pub fn wide(self) -> u16 {
        (self.look >> WIDE) as u16
    }

    /// Colours and weights, as one number.
    pub fn dress(self) -> Dress {
        Dress(self.look & STYLE)
    }

    /// Takes a style.
    fn wash(&mut self, wash: Wash) {
        self.look = self.look & wash.keep | wash.add;
    }

    /// Which bits of another cell are others.
    fn differs(self, other: Self) -> u64 {
        u64::from_le_bytes(self.symbol) ^ u64::from_le_bytes(other.symbol) | self.look ^ other.look
    }
}

/// Whether two stretches show the same. Looks at every cell, many at a time.
pub fn same(some: &[Cell], others: &[Cell]) -> bool {
    some.len() == others.len()
        && some
            .iter()
            .zip(others)
            .fold(0, |bits, (a, b)| bits | a.differs(*b))
            == 0
}

/// How many cells show something.
pub fn inked(cells: &[Cell]) -> usize {
    cells
        .iter()
        .map(|cell| usize::from(cell.differs(Cell::BLANK) != 0))
        .sum()
}

/// A number that differs for nearly every two stretches that show other things.
pub fn hash(cells: &[Cell]) -> u64 {
    let step = |all: u64, cell: &Cell| {
        mix(
            all,
            u64::from_le_bytes(cell.symbol) ^ cell.look.rotate_left(23),
        )
    };
    // four at a time: a step takes longer than what it waits for
    let (fours, rest) = cells.as_chunks::<4>();
    let mut all = [0; 4];
    for four in fours {
        all.iter_mut()
            .zip(four)
            .for_each(|(all, cell)| *all = step(*all, cell));
    }
    rest.iter().fold(all.into_iter().fold(0, mix), step)
}

/// Colours and weights of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dress(u64);

impl Dress {
    /// The terminal's own.
    pub const PLAIN: Self = Self(0);

    /// The colour of the text.
    pub fn fg(self) -> Color {
        colour(self.0)
    }

    /// The colour behind it.
    pub fn bg(self) -> Color {
        colour(self.0 >> GROUND)
    }

    /// The weights.
    pub fn modifier(self) -> Modifier {
        Modifier::from_bits_truncate((self.0 >> WEIGHTS) as u16)
    }
}

/// A style made ready for cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wash {
    /// What stays of a look.
    keep: u64,
    /// What is added.
    add: u64,
}

impl From<Style> for Wash {
    fn from(style: Style) -> Self {
        let on = u64::from((style.add_modifier - style.sub_modifier).bits()) & WEIGHT;
        let off = u64::from(style.sub_modifier.bits()) & WEIGHT;
        let mut wash = Self {
            keep: !(off << WEIGHTS),
            add: on << WEIGHTS,
        };
        for (colour, at) in [(style.fg, 0), (style.bg, GROUND)] {
            if let Some(colour) = colour {
                wash.keep &= !(COLOUR << at);
                wash.add |= number(colour) << at;
            }
        }
        wash
    }
}

/// The sixteen colours that have names; the bright ones from 8 on.
pub const NAMED: [Color; 16] = [
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

/// A colour as a number; the terminal's own is 0.
fn number(colour: Color) -> u64 {
    match colour {
        Color::Reset => 0,
        Color::Rgb(r, g, b) => 1 << 24 | u64::from(r) << 16 | u64::from(g) << 8 | u64::from(b),
        Color::Indexed(i) => 2 << 24 | u64::from(i),
        other => 3 << 24 | NAMED.iter().position(|c| *c == other).unwrap_or_default() as u64,
    }
}

/// The colour of a number.
fn colour(number: u64) -> Color {
    let [b, g, r, kind, ..] = (number & COLOUR).to_le_bytes();
    match kind {
        1 => Color::Rgb(r, g, b),
        2 => Color::Indexed(b),
        3 => NAMED.get(usize::from(b)).copied().unwrap_or_default(),
        _ => Color::Reset,
    }
}

/// A cell as it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen<'a> {
    /// What stands there.
    pub symbol: &'a str,
    /// The colour of the text.
    pub fg: Color,
    /// The colour behind it.
    pub bg: Color,
    /// The weights.
    pub modifier: Modifier,
    /// How many cells it takes.
    pub wide: u16,
}

/// The cells of a screen, row by row.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    /// The screen; it begins at the first column of the first row.
    pub area: Area,
    cells: Vec<Cell>,
    /// Symbols that do not stand in their cells.
    long: HashMap<[u8; 8], Box<str>>,
}

/// So many symbols are kept beside from frame to frame.
const BESIDE: usize = 256;

impl PartialEq for Buffer {
    fn eq(&self, other: &Self) -> bool {
        self.area == other.area && self.cells == other.cells
    }
}

impl Buffer {
    /// An empty screen of that size.
    pub fn new(columns: u16, rows: u16) -> Self {
        let area = Area {
            x: 0,
            y: 0,
            width: columns,
            height: rows,
        };
        Self {
            area,
            cells: vec![Cell::BLANK; usize::from(columns) * usize::from(rows)],
            ..Self::default()
        }
    }

    /// Empties all cells, in a style.
    pub fn clear(&mut self, base: Wash) {
        let mut blank = Cell::BLANK;
        blank.wash(base);
        self.cells.fill(blank);
        if self.long.len() > BESIDE {
            self.long.clear();
        }
    }

    /// Empties an area, in a style.
    pub fn wipe(&mut self, area: Area, base: Wash) {
        let mut blank = Cell::BLANK;
        blank.wash(base);
        self.each(area, |cell| *cell = blank);
    }

    /// Gives every cell of an area a style.
    pub fn wash(&mut self, area: Area, wash: Wash) {
        self.each(area, |cell| cell.wash(wash));
    }

    fn each(&mut self, area: Area, change: impl Fn(&mut Cell)) {
        let end = (area.x + area.width).min(self.area.width);
        for y in area.y..(area.y + area.height).min(self.area.height) {
            let row = self.at(0, y);
            self.cells
                .get_mut(row + usize::from(area.x)..row + usize::from(end))
                .unwrap_or_default()
                .iter_mut()
                .for_each(&change);
        }
    }

    /// Writes a symbol of so many cells, in a style over what stands there; the cells
    /// behind the first are emptied, in `base` and that style. `None` where there are
    /// not so many.
    pub fn write(
        &mut self,
        x: u16,
        y: u16,
        symbol: &str,
        cells: usize,
        wash: Wash,
        base: Wash,
    ) -> Option<()> {
        let at = self.at(x, y);
        let (cell, rest) = self.cells.get_mut(at..at + cells)?.split_first_mut()?;
        cell.look = cell.look & STYLE & wash.keep | wash.add | (cells.min(WIDEST) as u64) << WIDE;
        for cell in rest {
            *cell = Cell::BLANK;
            cell.wash(base);
            cell.wash(wash);
        }
        cell.symbol = match *symbol.as_bytes() {
            [first, second, third] => [first, second, third, 0, 0, 0, 0, 3],
            [only] => [only, 0, 0, 0, 0, 0, 0, 1],
            _ => return self.rare(at, symbol),
        };
        Some(())
    }

    /// Writes symbols of three bytes and two cells each, as [`write`](Self::write) does.
    pub fn write_han(
        &mut self,
        x: u16,
        y: u16,
        symbols: &str,
        wash: Wash,
        base: Wash,
    ) -> Option<()> {
        let at = self.at(x, y);
        let cells = self.cells.get_mut(at..at + symbols.len() / 3 * 2)?;
        let mut behind = Cell::BLANK;
        behind.wash(base);
        behind.wash(wash);
        for (pair, symbol) in cells
            .chunks_exact_mut(2)
            .zip(symbols.as_bytes().chunks_exact(3))
        {
            if let ([cell, rest], &[a, b, c]) = (pair, symbol) {
                *cell = Cell {
                    symbol: [a, b, c, 0, 0, 0, 0, 3],
                    look: cell.look & STYLE & wash.keep | wash.add | 2 << WIDE,
                };
                *rest = behind;
            }
        }
        Some(())
    }

    /// As the end of [`write`](Self::write): a symbol that is neither ASCII nor three bytes.
    #[inline(never)]
    fn rare(&mut self, at: usize, symbol: &str) -> Option<()> {
        let packed = pack(symbol);
        if packed[SHORT] == LONG {
            self.long.entry(packed).or_insert_with(|| symbol.into());
        }
        self.cells.get_mut(at)?.symbol = packed;
        Some(())
    }

    /// Makes cells of a row differ from whatever comes.
    pub fn stain(&mut self, y: u16, from: u16, end: u16) {
        let (from, end) = (self.at(from, y), self.at(end.min(self.area.width), y));
        self.cells
            .get_mut(from..end)
            .unwrap_or_default()
            .fill(Cell::STALE);
    }

    /// Takes a row of another of the same size, without the symbols that it keeps beside.
    pub fn take(&mut self, other: &Self, y: u16) {
        let row = self.at(0, y)..self.at(self.area.width, y);
        if let (Some(cells), Some(others)) = (self.cells.get_mut(row.clone()), other.cells.get(row))
        {
            cells.copy_from_slice(others);
        }
    }

    /// Moves the rows of an area up by so many, down where negative; what comes in is
    /// blank.
    pub fn scroll(&mut self, area: Area, by: isize) {
        let rows = area.y..area.y + area.height;
        let mut to = |y: u16| {
            let from = usize::from(y)
                .checked_add_signed(by)
                .and_then(|from| u16::try_from(from).ok())
                .filter(|from| rows.contains(from));
            let (at, width) = (self.at(area.x, y), usize::from(area.width));
            if let Some(from) = from {
                let from = self.at(area.x, from);
                self.cells.copy_within(from..from + width, at);
            } else {
                self.cells
                    .get_mut(at..at + width)
                    .unwrap_or_default()
                    .fill(Cell::BLANK);
            }
        };
        if by > 0 {
            rows.clone().for_each(&mut to);
        } else {
            rows.clone().rev().for_each(&mut to);
        }
    }

    /// The cells of a row between two columns.
    pub fn line(&self, y: u16, from: u16, end: u16) -> &[Cell] {
        self.cells
            .get(self.at(from, y)..self.at(end, y))
            .unwrap_or_default()
    }

    /// The bytes of a cell's symbol.
    pub fn bytes<'a>(&'a self, cell: &'a Cell) -> &'a [u8] {
        match cell.symbol[SHORT] {
            LONG => self
                .long
                .get(&cell.symbol)
                .map_or(b" ", |symbol| symbol.as_bytes()),
            length => cell.symbol.get(..usize::from(length)).unwrap_or_default(),
        }
    }

    /// A cell as it is looked at; `None` outside the screen.
    pub fn cell(&self, (x, y): (u16, u16)) -> Option<Seen<'_>> {
        let cell = self.line(y, x, (x + 1).min(self.area.width)).first()?;
        let (dress, symbol) = (
            cell.dress(),
            std::str::from_utf8(self.bytes(cell)).unwrap_or(" "),
        );
        Some(Seen {
            symbol,
            fg: dress.fg(),
            bg: dress.bg(),
            modifier: dress.modifier(),
            wide: cell.wide(),
        })
    }

    fn at(&self, x: u16, y: u16) -> usize {
        usize::from(y) * usize::from(self.area.width) + usize::from(x)
    }
}

/// A symbol as a cell has it.
fn pack(symbol: &str) -> [u8; 8] {
    let bytes = symbol.as_bytes();
    let mut packed = [0; 8];
    if let Some(room) = packed
        .get_mut(..bytes.len())
        .filter(|room| room.len() <= SHORT)
    {
        room.copy_from_slice(bytes);
        packed[SHORT] = bytes.len() as u8;
        return packed;
    }
    let step = |hash: u64, byte: &u8| mix(hash, u64::from(*byte));
    packed = bytes.iter().fold(u64::MAX, step).to_be_bytes();
    packed[SHORT] = LONG;
    packed
}

/// A step of a quick hash.
fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_seen() {
        let style = Style::default()
            .fg(Color::Rgb(1, 2, 3))
            .bg(Color::Indexed(7))
            .add_modifier(Modifier::BOLD);
        let mut buffer = Buffer::new(12, 2);
        let symbols = [("字", 2), ("a", 1), ("e\u{301}", 1), ("👨‍👩‍👧", 2), ("👩‍👩‍👧", 2)];
        let mut x = 0;
        for (symbol, cells) in symbols {
            buffer
                .write(x, 1, symbol, cells, style.into(), Style::default().into())
                .unwrap();
            let seen = Seen {
                symbol,
                fg: Color::Rgb(1, 2, 3),
                bg: Color::Indexed(7),
                modifier: Modifier::BOLD,
                wide: cells as u16,
            };
            assert_eq!(buffer.cell((x, 1)), Some(seen));
            x += cells as u16;
        }
        assert_eq!(
            buffer.write(11, 1, "字", 2, style.into(), style.into()),
            None
        );
        assert_eq!((buffer.cell((12, 1)), buffer.cell((0, 2))), (None, None));
    }

    #[test]
    fn colours_come_back() {
        let all = NAMED.into_iter().chain([
            Color::Reset,
            Color::Indexed(0),
            Color::Indexed(255),
            Color::Rgb(0, 0, 0),
            Color::Rgb(255, 254, 253),
        ]);
        for c in all {
            assert_eq!(colour(number(c)), c);
        }
    }

    #[test]
    fn a_style_lies_over_another_as_ratatui_has_it() {
        let styles = [
            Style::default(),
            Style::default().fg(Color::Red),
            Style::default()
                .bg(Color::Blue)
                .add_modifier(Modifier::BOLD | Modifier::RAPID_BLINK),
            Style::default()
                .fg(Color::Reset)
                .remove_modifier(Modifier::BOLD)
                .add_modifier(Modifier::REVERSED),
        ];
        for (under, over) in styles
            .iter()
            .flat_map(|a| styles.iter().map(move |b| (*a, *b)))
        {
            let (mut cell, mut theirs) = (Cell::BLANK, ratatui::buffer::Cell::EMPTY);
            cell.wash(under.into());
            cell.wash(over.into());
            theirs.set_style(under).set_style(over);
            let dress = cell.dress();
            assert_eq!(
                (dress.fg(), dress.bg(), dress.modifier()),
                (theirs.fg, theirs.bg, theirs.modifier),
                "{under:?} {over:?}"
            );
        }
    }
}
