//! Turns frames into the fewest bytes that make the terminal show them: rows that only moved
//! are scrolled by the terminal, of each row what changed is written, a blank tail is erased.
//!
//! ratatui's own back end moves the cursor after every wide character, which for Chinese is
//! 70 % of a frame, and guesses widths; this one asks the [`WidthPolicy`]. The cells that a wide
//! symbol covers are never looked at. The escape sequences are those of [`AnsiWriter`].

use crate::session::Area;
use crate::shell::terminal::ansi_writer::AnsiWriter;
use crate::shell::terminal::output_check;
use crate::text::WidthPolicy;
use crate::view::{Drawn, LinkCells};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use rustc_hash::FxHasher;
use std::cmp::Reverse;
use std::hash::{Hash, Hasher};
use std::io::{self, Write};

pub use crate::shell::terminal::ansi_writer::Abilities;

/// The frame that the terminal shows, and the bytes on the way to the next one.
#[derive(Debug, Default)]
pub struct Display {
    shown: Buffer,
    widths: WidthPolicy,
    links: Vec<LinkCells>,
    cursor: Option<(u16, u16)>,
    writer: AnsiWriter,
    bytes: Vec<u8>,
}

/// Blank cells at a row's end from which on they are erased rather than written.
const MIN_ERASED_CELLS: u16 = 6;
/// Cells that scrolling must save for the terminal to be asked to scroll.
const MIN_SAVED_CELLS: usize = 24;
/// Bytes of a frame above which it is shown when it is complete.
const MIN_SYNCHRONIZED_BYTES: usize = 1024;

impl Display {
    /// Returns a display that shows nothing yet, on a terminal with those abilities.
    pub fn new(can: Abilities) -> Self {
        Self {
            writer: AnsiWriter::new(can),
            ..Self::default()
        }
    }

    /// The terminal's abilities, as far as they are known by now.
    pub(crate) fn can(&mut self) -> &mut Abilities {
        &mut self.writer.can
    }

    /// Forgets what the terminal shows: the next frame is drawn whole.
    pub(crate) fn forget(&mut self) {
        self.shown = Buffer::default();
    }

    /// Forgets the first cells of the first row, which something else wrote on.
    pub(crate) fn forget_corner(&mut self, cells: u16) {
        invalidate(&mut self.shown, 0, 0, cells);
    }

    /// Returns the bytes that make the terminal show `next`; empty where nothing changed.
    pub fn frame(&mut self, next: &Buffer, drawn: &Drawn) -> &[u8] {
        self.writer.bytes.clear();
        let fresh = self.shown.area != next.area || self.widths != drawn.widths;
        if fresh {
            self.writer.erase_all();
            self.cursor = None;
            self.shown = Buffer::empty(next.area);
            self.widths = drawn.widths;
        }
        self.take_links(&drawn.links);
        let mut written = fresh;
        let shift = drawn
            .pane
            .filter(|_| self.writer.can.scrolls && !fresh)
            .and_then(|pane| find_shift(&self.shown, next, pane, self.writer.can.margins));
        if let Some((area, by)) = shift {
            self.writer.scroll(area, by, next.area.width);
            shift_rows(&mut self.shown, area, by);
            written = true;
        }
        for y in 0..next.area.height {
            if row(&self.shown, y) != row(next, y) {
                self.write_row(next, y);
                row_mut(&mut self.shown, y, 0, next.area.width).clone_from_slice(row(next, y));
                written = true;
            }
        }
        self.writer.reset();
        self.place_cursor(drawn.cursor, written);
        self.complete()
    }

    /// Takes the links of the next frame. A cell whose link changed is another cell.
    fn take_links(&mut self, links: &[LinkCells]) {
        let links = if self.writer.can.links { links } else { &[] };
        let gone = self.links.iter().filter(|link| !links.contains(link));
        let come = links.iter().filter(|link| !self.links.contains(link));
        for link in gone.chain(come) {
            invalidate(&mut self.shown, link.y, link.x, link.end);
        }
        self.links = links.to_vec();
    }

    /// Writes what changed in a row.
    fn write_row(&mut self, next: &Buffer, y: u16) {
        let width = next.area.width;
        let (old, new) = (row(&self.shown, y), row(next, y));
        let widths = self.widths;
        let cells = |cell: &Cell| widths.cluster(cell.symbol()).max(1) as u16;
        let covered = covered_cells(old, cells);
        let covered = |x: u16| covered[usize::from(x)];
        // the blank tail, in the terminal's own colours
        let last = new.iter().rposition(|cell| *cell != Cell::EMPTY);
        let body = last.map_or(0, |x| (x as u16 + cells(&new[x])).min(width));
        let mut x = 0;
        while x < body {
            let cell = &new[usize::from(x)];
            let wide = cells(cell).min(width - x);
            let here = usize::from(x)..usize::from(x + wide);
            if covered(x) || old[here.clone()] != new[here] {
                let link = self.links.iter();
                let mut link = link.filter(|l| l.y == y && (l.x..l.end).contains(&x));
                let target = link.next().map(|l| l.target.as_str());
                self.writer.write((x, y), cell, (wide, width), target);
            }
            x += wide;
        }
        let tail = width - body;
        let stale = |x: &u16| old[usize::from(*x)] != Cell::EMPTY || covered(*x);
        match (body..width).filter(stale).count() as u16 {
            0 => {}
            stale if tail >= MIN_ERASED_CELLS || stale == tail => self.writer.erase_to_end(body, y),
            _ => self.writer.blanks(body, y, tail),
        }
    }

    /// Puts the terminal's cursor where it belongs, or hides it.
    fn place_cursor(&mut self, cursor: Option<(u16, u16)>, written: bool) {
        match (cursor, self.cursor) {
            (Some((x, y)), before) => {
                if written || before != cursor {
                    self.writer.move_to(x, y);
                }
                if before.is_none() {
                    self.writer.show_cursor(true);
                }
            }
            (None, Some(_)) => self.writer.show_cursor(false),
            (None, None) => {}
        }
        self.cursor = cursor;
    }

    /// The bytes of the frame, between the sequences that make it appear at once.
    fn complete(&mut self) -> &[u8] {
        let frame = &self.writer.bytes;
        let synchronized = self.writer.can.together && frame.len() > MIN_SYNCHRONIZED_BYTES;
        let (begin, end): (&[u8], &[u8]) = if synchronized {
            (b"\x1b[?2026h", b"\x1b[?2026l")
        } else {
            (b"", b"")
        };
        self.bytes = [begin, frame, end].concat();
        debug_assert_eq!(
            output_check::first_unsafe_byte(&self.bytes),
            None,
            "{:?}",
            String::from_utf8_lossy(&self.bytes)
        );
        &self.bytes
    }
}

/// The cells of a row that a wide symbol covers: they are blank in the buffer, but not on the
/// screen. An emoji of several parts may cover ten.
fn covered_cells(row: &[Cell], cells: impl Fn(&Cell) -> u16) -> Vec<bool> {
    let mut end = 0;
    let covered = row.iter().enumerate().map(|(x, cell)| {
        let x = x as u16;
        let is_covered = x < end;
        // most cells are blank, and cover none
        if cell.symbol() != " " {
            end = end.max(x + cells(cell));
        }
        is_covered
    });
    covered.collect()
}

/// The cells of a row.
fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    part(buffer, y, 0, buffer.area.width)
}

/// The cells of a row between two columns.
fn part(buffer: &Buffer, y: u16, from: u16, end: u16) -> &[Cell] {
    let start = usize::from(y) * usize::from(buffer.area.width);
    let cells = start + usize::from(from)..start + usize::from(end);
    buffer.content.get(cells).unwrap_or_default()
}

/// The cells of a row between two columns, to be changed.
fn row_mut(buffer: &mut Buffer, y: u16, from: u16, end: u16) -> &mut [Cell] {
    let start = usize::from(y) * usize::from(buffer.area.width);
    let cells = start + usize::from(from)..start + usize::from(end);
    buffer.content.get_mut(cells).unwrap_or_default()
}

/// Makes cells of a row differ from any cell that is drawn.
fn invalidate(buffer: &mut Buffer, y: u16, from: u16, end: u16) {
    let end = end.min(buffer.area.width);
    for cell in row_mut(buffer, y, from, end) {
        cell.set_diff_option(CellDiffOption::AlwaysUpdate);
    }
}

/// The cells that hold a sign, each with its index. The cells that a wide sign covers are blank.
fn inked(cells: &[Cell]) -> impl Iterator<Item = (usize, &Cell)> {
    let cells = cells.iter().enumerate();
    cells.filter(|(_, cell)| cell.symbol() != " ")
}

/// Returns how many cells of a row hold a sign, and a hash of the signs. Rows of one hash are
/// taken for equal only to choose a shift; what is written is decided cell by cell.
fn inked_and_hash(cells: &[Cell]) -> (usize, u64) {
    let mut hasher = FxHasher::default();
    let mut count = 0;
    for (x, cell) in inked(cells) {
        (x, cell.symbol()).hash(&mut hasher);
        count += 1;
    }
    (count, hasher.finish())
}

/// Moves the rows of an area up by `by`, down where negative; blank rows come in.
fn shift_rows(buffer: &mut Buffer, area: Area, by: isize) {
    let width = usize::from(buffer.area.width);
    let rows = usize::from(area.y)..usize::from(area.y + area.height);
    let columns = usize::from(area.x)..usize::from(area.x + area.width);
    for i in 0..rows.len() {
        let y = if by > 0 {
            rows.start + i
        } else {
            rows.end - 1 - i
        };
        let from = y.checked_add_signed(by).filter(|from| rows.contains(from));
        for x in columns.clone() {
            match from {
                Some(from) => buffer.content.swap(y * width + x, from * width + x),
                None => buffer.content[y * width + x].reset(),
            }
        }
    }
}

/// Finds out by how many rows most of a pane has moved up (down where negative), and the rows
/// to scroll: those that moved, at their old and their new places. `None` where nothing moved,
/// or where scrolling saves little: without margins the cells beside the pane move, too.
fn find_shift(shown: &Buffer, next: &Buffer, pane: Area, margins: bool) -> Option<(Area, isize)> {
    let (width, right) = (next.area.width, pane.x + pane.width);
    let rows = |buffer| -> Vec<(usize, u64)> {
        let rows = pane.y..pane.y + pane.height;
        rows.map(|y| inked_and_hash(part(buffer, y, pane.x, right)))
            .collect()
    };
    let (old, new) = (rows(shown), rows(next));
    if old.iter().zip(&new).filter(|(old, new)| old != new).count() < 2 {
        return None;
    }
    // the cells that each shift would save, from `-height` on
    let height = new.len();
    let mut saved = vec![0; 2 * height];
    let inked_rows = || (0..height).filter(|&y| new[y].0 > 0);
    for y in inked_rows() {
        for from in (0..height).filter(|&from| old[from] == new[y]) {
            saved[height + from - y] += new[y].0;
        }
    }
    let shift = |i: usize| i.cast_signed() - height.cast_signed();
    let (most, by) = (0..saved.len())
        .map(|i| (saved[i], shift(i)))
        .filter(|(_, by)| *by != 0)
        .max_by_key(|&(cells, by)| (cells, Reverse((by.unsigned_abs(), by > 0))))?;
    let moved = |y: &usize| {
        let from = y.checked_add_signed(by).and_then(|from| old.get(from));
        from == Some(&new[*y])
    };
    let first = inked_rows().find(moved)?;
    let last = inked_rows().rfind(moved)?;
    let top = first.min(first.checked_add_signed(by)?) as u16;
    let end = last.max(last.checked_add_signed(by)?) as u16 + 1;
    let area = Area {
        y: pane.y + top,
        height: end - top,
        ..pane
    };
    if margins {
        return (most >= saved[height] + MIN_SAVED_CELLS).then_some((area, by));
    }
    let sides = |y| [part(next, y, 0, pane.x), part(next, y, right, width)];
    let beside = |y| -> usize { sides(y).into_iter().map(|cells| inked(cells).count()).sum() };
    let beside: usize = (area.y..area.y + area.height).map(beside).sum();
    let whole = Area {
        x: 0,
        width,
        ..area
    };
    (most >= saved[height] + beside + MIN_SAVED_CELLS).then_some((whole, by))
}

/// Returns an empty buffer of that size.
pub fn buffer(columns: u16, rows: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, columns, rows))
}

/// Writes bytes to the terminal. Fails where the terminal has gone.
pub(crate) fn send(bytes: &[u8]) -> io::Result<()> {
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
            p.row((0, 20), y as u16).put(row, Role::Text);
        }
        b
    }

    /// Returns the screen of a terminal that was sent these frames.
    fn shown(frames: &[Vec<u8>]) -> Vec<String> {
        let mut parser = vt100::Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
        for frame in frames {
            parser.process(frame);
        }
        (0..4)
            .map(|y| parser.screen().contents_between(y, 0, y, 20))
            .collect()
    }

    #[test]
    fn chinese_costs_hardly_more_than_its_bytes() {
        let text =
            "京津冀协同发展，是以 习近平同志为核心的党 中央在新的历史条件下 作出的重大决策部署，";
        let rows: Vec<&str> = text.split(' ').collect();
        let mut d = Display::default();
        let bytes = d.frame(&page(&rows), &Drawn::default()).len();
        assert!(bytes < text.len() - 3 + 80, "{bytes} for {}", text.len());
    }

    #[test]
    fn nothing_is_sent_where_nothing_changed() {
        let mut d = Display::default();
        d.frame(&page(&["甲乙"]), &Drawn::default());
        assert!(d.frame(&page(&["甲乙"]), &Drawn::default()).is_empty());
    }

    #[test]
    fn links_are_opened_and_closed_around_their_cells() {
        let link = |x, end| Drawn {
            links: vec![LinkCells {
                x,
                y: 0,
                end,
                target: "https://a.cn/政\u{1b}".to_owned(),
            }],
            ..Drawn::default()
        };
        let mut d = Display::new(Abilities {
            underlines: true,
            links: true,
            ..Abilities::default()
        });
        let bytes = String::from_utf8(d.frame(&page(&["京津冀"]), &link(2, 4)).to_vec()).unwrap();
        assert!(
            bytes.contains("京\u{1b}]8;;https://a.cn/%E6%94%BF%1B\u{1b}\\津\u{1b}]8;;\u{1b}\\冀"),
            "{bytes:?}"
        );
        assert!(d.frame(&page(&["京津冀"]), &link(2, 4)).is_empty());
        assert!(!d.frame(&page(&["京津冀"]), &link(4, 6)).is_empty());
        let mut plain = Display::default();
        let bytes = plain.frame(&page(&["京津冀"]), &link(2, 4)).to_vec();
        assert!(!String::from_utf8(bytes).unwrap().contains("]8;"));
    }

    #[test]
    fn half_characters_are_never_left_behind() {
        let pages = [
            vec!["京津冀", "abcdef"],
            vec!["a京津冀", "甲bcd乙"],
            vec!["", "x"],
            vec!["ab京", "甲乙丙丁戊己庚辛壬癸"],
            vec!["京京京", ""],
        ];
        for a in &pages {
            for b in &pages {
                let mut d = Display::default();
                let frames = [a, b].map(|p| d.frame(&page(p), &Drawn::default()).to_vec());
                let mut d = Display::default();
                let whole = [d.frame(&page(b), &Drawn::default()).to_vec()];
                assert_eq!(shown(&frames), shown(&whole), "{a:?} {b:?}");
            }
        }
    }

    /// A terminal that draws each part of an emoji alone, as xterm and tmux 3.3 do; vt100 does.
    #[test]
    fn nothing_is_left_of_emoji_wider_than_two_cells() {
        let widths = WidthPolicy {
            emoji: crate::text::width::Emoji {
                selected: 2,
                toned: 4,
                joined: 6,
            },
            ..WidthPolicy::NARROW
        };
        let page = |text: &str| {
            let theme = Theme::named("auto", None, Depth::True);
            let mut b = buffer(20, 4);
            let mut p = Painter::new(&mut b, &theme, widths);
            p.clear();
            for (y, row) in text.split('|').enumerate() {
                p.row((0, 20), y as u16).put(row, Role::Text);
            }
            b
        };
        let drawn = || Drawn {
            widths,
            ..Drawn::default()
        };
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
        let pages = [
            format!("家{family}庭|赞👍🏽好|{family}|👍🏽👍🏽👍🏽"),
            format!("家|赞|{family}a|👍🏽"),
            format!("a家{family}庭|a赞👍🏽好|   {family}|    👍🏽"),
            "||a|  好".to_owned(),
            format!("👍🏽{family}|好👍🏽|👍🏽 {family}|    x"),
            "            一二三|            x|      九|      y".to_owned(),
        ];
        for a in &pages {
            for b in &pages {
                let mut d = Display::default();
                let frames = [a, b].map(|p| d.frame(&page(p), &drawn()).to_vec());
                let whole = [Display::default().frame(&page(b), &drawn()).to_vec()];
                assert_eq!(shown(&frames), shown(&whole), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn rows_that_moved_are_scrolled() {
        let rows: Vec<String> = (0..40).map(|n| format!("{n}京津冀协同发展")).collect();
        let at = |top: usize| {
            let mut b = buffer(20, 30);
            let theme = Theme::named("dark", None, Depth::True);
            let mut p = Painter::new(&mut b, &theme, WidthPolicy::NARROW);
            p.clear();
            for y in 0..28 {
                p.row((0, 20), y as u16 + 1).put(&rows[top + y], Role::Text);
            }
            b
        };
        let pane = || Drawn {
            pane: Some(crate::session::Area {
                x: 0,
                y: 1,
                width: 20,
                height: 28,
            }),
            ..Drawn::default()
        };
        let can = Abilities {
            scrolls: true,
            ..Abilities::default()
        };
        let mut parser = vt100::Parser::new(30.try_into().unwrap(), 20.try_into().unwrap(), 0);
        let mut whole = vt100::Parser::new(30.try_into().unwrap(), 20.try_into().unwrap(), 0);
        let mut d = Display::new(can);
        for (i, top) in [0, 1, 2, 5, 4, 9, 3, 3, 11, 0].into_iter().enumerate() {
            let bytes = d.frame(&at(top), &pane()).to_vec();
            parser.process(&bytes);
            whole.process(Display::new(can).frame(&at(top), &pane()));
            assert_eq!(parser.screen().contents(), whole.screen().contents());
            assert!(i != 1 || bytes.len() < 200, "{}", bytes.len());
        }
    }
}
