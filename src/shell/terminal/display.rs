//! What the terminal shows, and the fewest bytes that make it show the next frame.
//!
//! 1. Rows that only moved are scrolled by the terminal: the whole rows, or between
//!    margins what stands beside the outline; where that takes fewer bytes.
//! 2. Of each row what changed is written; a blank tail is erased.
//! 3. A frame of many bytes is shown when it is complete, where the terminal can.
//!
//! ratatui's own back end moves the cursor after every wide character, which
//! for Chinese is 70 % of a frame. This one knows how wide a cell's symbol is,
//! because the view says so in the cell. The bytes are [`pen`](crate::shell::terminal::ansi_writer)'s.

use crate::session::Area;
use crate::shell::terminal::ansi_writer::Pen;
use crate::shell::terminal::output_check;
use crate::view::buffer::{Buffer, Cell, hash, inked, same};
use crate::view::{Drawn, LinkCells};
use std::io::{self, Write};

pub use crate::shell::terminal::ansi_writer::Abilities;

/// What the terminal shows, and the bytes on the way to it.
#[derive(Debug, Default)]
pub struct Display {
    shown: Buffer,
    links: Vec<LinkCells>,
    pen: Pen,
    cursor: Option<(u16, u16)>,
    bytes: Vec<u8>,
    /// What stands in the rows of a pane, where that is known of the last frame.
    page: Option<(Area, Page)>,
}

/// What stands in the rows of a pane: a hash of it, and how many cells show something.
type Page = Vec<(u64, usize)>;

/// From how many blank cells at a row's end on it is erased rather than written.
const ERASE: u16 = 6;
/// So many cells must be spared for the terminal to be asked to scroll.
const WORTH: usize = 24;
/// From how many bytes on a frame is shown when it is complete.
const MANY: usize = 1024;

impl Display {
    /// A display that shows nothing yet, on a terminal that can do so much.
    pub fn new(can: Abilities) -> Self {
        Self {
            pen: Pen::new(can),
            ..Self::default()
        }
    }

    /// What the terminal can do, as far as is known by now.
    pub fn can(&mut self) -> &mut Abilities {
        &mut self.pen.can
    }

    /// Forgets what the terminal shows: the next frame is drawn whole.
    pub fn forget(&mut self) {
        self.shown = Buffer::default();
        self.page = None;
    }

    /// Forgets the first cells of the first row, which something else wrote on.
    pub fn forget_corner(&mut self, cells: u16) {
        self.page = None;
        self.shown.stain(0, 0, cells);
    }

    /// The bytes that make the terminal show `next`, with its cursor there or
    /// hidden. Empty where nothing changed.
    pub fn frame(&mut self, next: &Buffer, drawn: &Drawn) -> &[u8] {
        let links = if self.pen.can.links {
            drawn.links.clone()
        } else {
            Vec::new()
        };
        let old_links = std::mem::replace(&mut self.links, links);
        let (pen, shown, area) = (&mut self.pen, &mut self.shown, next.area);
        pen.bytes.clear();
        let fresh = shown.area != area;
        if fresh {
            pen.erase_all();
            self.cursor = None;
            *shown = Buffer::new(area.width, area.height);
        }
        // a cell that leads elsewhere is another cell
        for link in old_links
            .iter()
            .filter(|l| !self.links.contains(l))
            .chain(self.links.iter().filter(|l| !old_links.contains(l)))
        {
            shown.stain(link.y, link.x, link.end);
            self.page = None;
        }
        let mut written = fresh;
        let within =
            |pane: Area| pane.x + pane.width <= area.width && pane.y + pane.height <= area.height;
        let page = self.page.take();
        if let Some(pane) = drawn.pane.filter(|pane| {
            pen.can.scrolls && !fresh && within(*pane) && differs(shown, next, *pane)
        }) {
            let old = page
                .filter(|(at, _)| *at == pane)
                .map_or_else(|| read(shown, pane), |(_, page)| page);
            let new = read(next, pane);
            if let Some((moving, by)) = moved(&old, &new, next, pane, pen.can.margins) {
                pen.scroll(moving, by, area.width);
                shown.scroll(moving, by);
                written = true;
            }
            self.page = Some((pane, new));
        }
        for y in 0..area.height {
            if !same(shown.line(y, 0, area.width), next.line(y, 0, area.width)) {
                row(pen, &self.links, shown, next, y);
                shown.take(next, y);
                written = true;
            }
        }
        pen.rest();
        self.place_cursor(drawn.cursor, written);
        self.bytes.clear();
        let together = self.pen.can.together && self.pen.bytes.len() > MANY;
        self.bytes
            .extend_from_slice(if together { b"\x1b[?2026h" } else { b"" });
        self.bytes.extend_from_slice(&self.pen.bytes);
        self.bytes
            .extend_from_slice(if together { b"\x1b[?2026l" } else { b"" });
        debug_assert_eq!(
            output_check::leak(&self.bytes),
            None,
            "{:?}",
            String::from_utf8_lossy(&self.bytes)
        );
        &self.bytes
    }

    /// Puts the terminal's cursor where it belongs, or hides it.
    fn place_cursor(&mut self, cursor: Option<(u16, u16)>, written: bool) {
        match (cursor, self.cursor) {
            (Some((x, y)), before) => {
                if written || before != cursor {
                    self.pen.move_to(x, y);
                }
                if before.is_none() {
                    self.pen.show_cursor(true);
                }
            }
            (None, Some(_)) => self.pen.show_cursor(false),
            (None, None) => {}
        }
        self.cursor = cursor;
    }
}

/// Writes what changed in a row.
fn row(pen: &mut Pen, links: &[LinkCells], shown: &Buffer, next: &Buffer, y: u16) {
    let width = next.area.width;
    let (old, new) = (shown.line(y, 0, width), next.line(y, 0, width));
    // the blank tail, in the terminal's own colours
    let last = (0..new.len()).rev().find(|&x| new[x] != Cell::BLANK);
    let body = last.map_or(0, |x| (x as u16 + new[x].wide()).min(width));
    let tail = width - body;
    let covered = |x: u16| x > 0 && old[usize::from(x) - 1].wide() > 1;
    let mut x = 0;
    while x < body {
        let cell = &new[usize::from(x)];
        let wide = cell.wide().clamp(1, width - x);
        let here = usize::from(x)..usize::from(x + wide);
        if covered(x) || !same(&old[here.clone()], &new[here]) {
            let target = links
                .iter()
                .find(|l| l.y == y && (l.x..l.end).contains(&x))
                .map(|l| l.target.as_str());
            pen.write(
                (x, y),
                next.bytes(cell),
                cell.dress(),
                (wide, width),
                target,
            );
        }
        x += wide;
    }
    let stale = (body..width)
        .filter(|&x| old[usize::from(x)] != Cell::BLANK || covered(x))
        .count() as u16;
    if stale > 0 {
        if tail >= ERASE || stale == tail {
            pen.erase_to_end(body, y);
        } else {
            pen.blanks(body, y, tail);
        }
    }
}

/// Whether two rows of a pane or more are others: else nothing has moved.
fn differs(shown: &Buffer, next: &Buffer, pane: Area) -> bool {
    let right = pane.x + pane.width;
    (pane.y..pane.y + pane.height)
        .filter(|&y| !same(shown.line(y, pane.x, right), next.line(y, pane.x, right)))
        .nth(1)
        .is_some()
}

/// What stands in the rows of a pane.
fn read(screen: &Buffer, pane: Area) -> Page {
    let rows = (pane.y..pane.y + pane.height).map(|y| screen.line(y, pane.x, pane.x + pane.width));
    rows.map(|row| (hash(row), inked(row))).collect()
}

/// By how many rows most of a pane has moved up, and which of its rows: those
/// that come to stand where they belong, and the ones between them. `None` where
/// they have not moved, or where having the terminal move them spares little:
/// without margins what stands beside the pane moves, too.
fn moved(
    old: &[(u64, usize)],
    new: &[(u64, usize)],
    next: &Buffer,
    pane: Area,
    margins: bool,
) -> Option<(Area, isize)> {
    let (width, right) = (next.area.width, pane.x + pane.width);
    let height = old.len();
    let standing = |by: isize| {
        let stands =
            move |y: &usize| y.checked_add_signed(by).and_then(|from| old.get(from)) == new.get(*y);
        (0..height).filter(stands).map(|y| (y, new[y].1))
    };
    // what each step would spare, from the longest one down to the longest one up
    let mut worth = vec![0; 2 * height];
    for (y, (new, cells)) in new.iter().enumerate() {
        for ((old, _), worth) in old
            .iter()
            .zip(worth.get_mut(height - y..).unwrap_or_default())
        {
            *worth += if old == new { *cells } else { 0 };
        }
    }
    let step = |at: usize| at.cast_signed() - height.cast_signed();
    let steps = worth
        .iter()
        .enumerate()
        .map(|(at, spared)| (step(at), *spared))
        .filter(|(by, _)| *by != 0);
    let (by, spared) = steps
        .max_by_key(|(by, spared)| (*spared, std::cmp::Reverse((by.unsigned_abs(), *by > 0))))?;
    let stays = worth.get(height).copied().unwrap_or_default();
    let rows = || standing(by).filter(|(_, cells)| *cells > 0).map(|(y, _)| y);
    let (first, last) = (rows().next()?, rows().next_back()?);
    // both where the rows were and where they come to stand
    let (top, end) = (
        first.min(first.checked_add_signed(by)?),
        last.max(last.checked_add_signed(by)?) + 1,
    );
    let area = Area {
        y: pane.y + u16::try_from(top).ok()?,
        height: u16::try_from(end - top).ok()?,
        ..pane
    };
    let beside = |y: u16| inked(next.line(y, 0, pane.x)) + inked(next.line(y, right, width));
    let dearer = if margins {
        0
    } else {
        (area.y..area.y + area.height).map(beside).sum::<usize>()
    };
    if spared < stays + dearer + WORTH {
        return None;
    }
    Some((
        if margins {
            area
        } else {
            Area {
                x: 0,
                width,
                ..area
            }
        },
        by,
    ))
}

/// An empty buffer of that size.
pub fn buffer(columns: u16, rows: u16) -> Buffer {
    Buffer::new(columns, rows)
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
        (0..4)
            .map(|y| parser.screen().contents_between(y, 0, y, 20))
            .collect()
    }

    #[test]
    fn chinese_costs_hardly_more_than_its_bytes() {
        let text = [
            "京津冀协同发展，是以",
            "习近平同志为核心的党",
            "中央在新的历史条件下",
            "作出的重大决策部署，",
        ];
        let mut d = Display::default();
        let bytes = d.frame(&page(&text), &Drawn::default()).len();
        assert!(
            bytes < text.concat().len() + 80,
            "{bytes} for {}",
            text.concat().len()
        );
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
        assert!(
            !String::from_utf8(plain.frame(&page(&["京津冀"]), &link(2, 4)).to_vec())
                .unwrap()
                .contains("]8;")
        );
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
                let frames = [
                    d.frame(&page(a), &Drawn::default()).to_vec(),
                    d.frame(&page(b), &Drawn::default()).to_vec(),
                ];
                let mut whole = Display::default();
                assert_eq!(
                    shown(&frames),
                    shown(&[whole.frame(&page(b), &Drawn::default()).to_vec()]),
                    "{a:?} {b:?}"
                );
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
                let style = p.style(Role::Text);
                p.put(0, y as u16 + 1, 20, &rows[top + y], style);
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
