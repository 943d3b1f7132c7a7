//! The size of the terminal, cut into areas.
//!
//! Plain numbers, so that `update` can page without drawing. From 108 columns the outline is
//! open at first; from 64 it opens beside the text; below, it takes the whole body, but a panel
//! whose effect is seen in the text takes the lower half. It is wider than 32 columns only where
//! the text keeps its measure beside it.

/// Columns are clamped to this: a terminal that claims more is wrong.
pub(crate) const MAX_SCREEN_COLUMNS: u16 = 1000;
/// Rows are clamped to this.
pub(crate) const MAX_SCREEN_ROWS: u16 = 500;
/// From this width on the outline is open at first.
const WIDE_COLUMNS: u16 = 108;
/// From this width on the outline is beside the text.
const MEDIUM_COLUMNS: u16 = 64;
/// Columns of the outline pane without its border: the least, and the most where there is room.
const PANE_COLUMNS: [u16; 2] = [32, 72];
/// Columns beside the measure that a wider pane leaves: marks and numbers stand there.
const TEXT_MARGINS: u16 = 10;

/// Rows of the body from which on a panel leaves its upper half to the text.
const MIN_ROWS_OF_TWO: u16 = 10;

/// The use of the pane beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PaneUse {
    /// It is closed.
    Closed,
    /// The outline is open.
    Open,
    /// The outline is open and has the keys.
    Focused,
    /// A panel is in it, and what it changes is seen in the text.
    Panel,
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Columns from the left.
    pub x: u16,
    /// Rows from the top.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Returns the area without its first rows.
    pub(crate) fn below(self, rows: u16) -> Self {
        let rows = rows.min(self.height);
        Self {
            y: self.y + rows,
            height: self.height - rows,
            ..self
        }
    }

    /// Returns the area's row on the screen's row `y`.
    pub(crate) fn row(self, y: u16) -> Self {
        Self {
            y,
            height: 1,
            ..self
        }
    }
}

/// The terminal's size and its areas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Columns of the terminal.
    pub columns: u16,
    /// Rows of the terminal.
    pub rows: u16,
    /// The first row: title and facts. Empty on a small terminal.
    pub header: Area,
    /// The row under it: the breadcrumb, or a prompt.
    pub crumbs: Area,
    /// The row under that: the keywords. Empty without any.
    pub legend: Area,
    /// There are keywords to be named in a row of their own.
    pub has_legend: bool,
    /// Cells of the measure that the reader wishes for; 0 for as many as there are.
    pub measure: usize,
    /// Everything between the rows above and the status row.
    pub body: Area,
    /// The outline pane, without its border; empty while it is closed.
    pub outline: Area,
    /// The text pane. An outline that takes the whole body lies over it.
    pub text: Area,
    /// The strip at the right edge; empty where there is no room.
    pub strip: Area,
    /// The last row.
    pub status: Area,
}

impl Screen {
    /// Returns whether the outline has room beside a full measure.
    pub(crate) fn is_wide(&self) -> bool {
        self.columns >= WIDE_COLUMNS
    }

    /// Returns whether an open outline leaves room for the text.
    pub(crate) fn is_side_by_side(&self) -> bool {
        self.columns >= MEDIUM_COLUMNS
    }

    /// Cuts the size into areas. `prompting`: a line is being typed.
    pub(crate) fn arrange(&mut self, pane: PaneUse, prompting: bool) {
        let (w, h) = (self.columns, self.rows);
        let small = h < 12 || w < 24;
        let row = |y: u16, on: bool| Area {
            x: 0,
            y: y.min(h),
            width: if on { w } else { 0 },
            height: u16::from(on),
        };
        self.header = row(0, !small);
        self.crumbs = row(self.header.height, !small || (prompting && h > 2));
        self.status = row(h.saturating_sub(1), h > 1);
        let legend = self.has_legend && h >= 16 && w >= 24;
        self.legend = row(self.header.height + self.crumbs.height, legend);
        let top = self.header.height + self.crumbs.height + self.legend.height;
        self.body = Area {
            x: 0,
            y: top,
            width: w,
            height: h.saturating_sub(top + self.status.height),
        };
        let body = self.body;
        let beside = pane != PaneUse::Closed && self.is_side_by_side();
        let covers = matches!(pane, PaneUse::Focused | PaneUse::Panel) && !beside;
        let strip = u16::from(w >= MEDIUM_COLUMNS) + u16::from(legend && w >= WIDE_COLUMNS + 2);
        let columns = if beside { self.pane_columns(strip) } else { 0 };
        self.outline = Area {
            width: if covers { w } else { columns },
            ..body
        };
        let left = if beside { columns + 1 } else { 0 };
        self.strip = Area {
            x: w.saturating_sub(strip),
            width: strip,
            ..body
        };
        self.text = Area {
            x: left,
            width: w.saturating_sub(left + strip),
            ..body
        };
        if covers && pane == PaneUse::Panel && body.height >= MIN_ROWS_OF_TWO {
            let above = body.height / 2;
            self.outline = body.below(above);
            (self.text.height, self.strip.height) = (above, above);
        }
    }

    /// Returns the columns of a pane beside the text: what the measure and its margins leave.
    fn pane_columns(&self, strip: u16) -> u16 {
        let [least, most] = PANE_COLUMNS;
        let measure = u16::try_from(self.measure).unwrap_or(u16::MAX);
        let text = if measure == 0 { u16::MAX } else { measure };
        let taken = text.saturating_add(TEXT_MARGINS + 1 + strip);
        self.columns.saturating_sub(taken).clamp(least, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_lie_on_the_screen_at_every_size() {
        for columns in [0, 1, 2, 11, 20, 40, 63, 64, 80, 107, 108, 120, 1000] {
            for rows in [0, 1, 2, 3, 10, 11, 12, 24, 40, 500] {
                let uses = [
                    PaneUse::Closed,
                    PaneUse::Open,
                    PaneUse::Focused,
                    PaneUse::Panel,
                ];
                for flags in 0..16 {
                    let mut s = Screen {
                        columns,
                        rows,
                        has_legend: flags & 8 > 0,
                        ..Screen::default()
                    };
                    s.arrange(uses[flags & 3], flags & 4 > 0);
                    let own_rows = [s.header, s.crumbs, s.legend, s.status];
                    let parts = [s.outline, s.text, s.strip];
                    for a in own_rows.into_iter().chain(parts).chain([s.body]) {
                        let fits = a.x + a.width <= columns && a.y + a.height <= rows;
                        assert!(fits, "{columns}x{rows} {a:?}");
                    }
                    let is_covered =
                        s.outline.width == columns && s.outline.height == s.body.height;
                    let parts = parts.into_iter().skip(usize::from(is_covered));
                    let all = own_rows.into_iter().chain(parts);
                    let all: Vec<Area> = all.filter(|a| a.width > 0 && a.height > 0).collect();
                    let is_apart = |a: &Area, b: &Area| {
                        let is_left = a.x + a.width <= b.x || b.x + b.width <= a.x;
                        is_left || a.y + a.height <= b.y || b.y + b.height <= a.y
                    };
                    for (i, a) in all.iter().enumerate() {
                        let overlaps = all.iter().skip(i + 1).find(|b| !is_apart(a, b));
                        assert_eq!(overlaps, None, "{columns}x{rows} {a:?}");
                    }
                    let widths = s.outline.width + s.text.width + s.strip.width;
                    assert!(widths <= columns || s.outline.width == columns);
                }
            }
        }
    }

    #[test]
    fn the_pane_takes_what_the_measure_leaves() {
        for (columns, measure, pane) in [
            (80, 72, 32),
            (108, 72, 32),
            (120, 72, 36),
            (120, 88, 32),
            (139, 72, 55),
            (156, 72, 72),
            (200, 72, 72),
            (200, 120, 68),
            (200, 0, 32),
        ] {
            let mut s = Screen {
                columns,
                rows: 40,
                measure,
                ..Screen::default()
            };
            s.arrange(PaneUse::Open, false);
            assert_eq!(s.outline.width, pane, "{columns} {measure}");
            let is_full = columns < 108 || measure > 80 || usize::from(s.text.width) >= measure + 2;
            assert!(is_full, "{columns} {measure} {}", s.text.width);
            s.has_legend = true;
            s.arrange(PaneUse::Open, false);
            assert!(s.outline.width >= 32 && s.outline.width <= pane);
        }
    }

    #[test]
    fn a_panel_leaves_room_for_the_text() {
        for (columns, rows, is_beside) in [
            (120, 40, true),
            (64, 12, true),
            (60, 20, false),
            (40, 14, false),
        ] {
            let mut s = Screen {
                columns,
                rows,
                ..Screen::default()
            };
            s.arrange(PaneUse::Panel, false);
            let (text, panel) = (s.text, s.outline);
            assert_eq!(panel.width < columns, is_beside, "{columns}x{rows}");
            assert!(text.height >= 5 && panel.height >= 5, "{columns}x{rows}");
            assert!(is_beside || text.y + text.height == panel.y);
        }
    }
}
