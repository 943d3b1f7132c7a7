//! Lays out the rows of tables (P-9).
//!
//! 1. [`column_widths`]: the cells of each column. All cells on one row where they
//!    fit; else the widest columns become narrower, and text wraps inside them.
//! 2. Each line of a cell begins a row of its own.
//! 3. Where columns would be too narrow to read, the cells of a row follow each
//!    other downwards, each behind the name of its column.
//!
//! In linear layout, whose rows keep the order of the text, cells never wrap
//! side by side: they follow each other downwards as soon as they do not fit.

use super::{BlockStyle, CellPart, Measure, Row, lay_out};
use crate::document::{Align, Block, Cell, Document, Table};
use crate::text::Span;

/// Blank cells between columns.
const COLUMN_GAP: usize = 2;
/// The width of the narrowest column.
const MIN_COLUMN_CELLS: usize = 4;
/// The width of the narrowest column whose text wraps: six Han.
const MIN_WRAPPED_CELLS: usize = 12;

/// Returns the width of each column in cells; `None` where they do not fit side by side.
fn column_widths(document: &Document, table: &Table, measure: &Measure) -> Option<Vec<usize>> {
    let natural = |span: &Span| {
        let cells = measure.face.widths.text(document.slice(*span));
        cells.max(MIN_COLUMN_CELLS).next_multiple_of(2)
    };
    let mut widths: Vec<usize> = table.widest.iter().map(natural).collect();
    let gaps = COLUMN_GAP * widths.len().saturating_sub(1);
    let room = measure.cells.saturating_sub(gaps);
    let limited = |limit: usize| widths.iter().map(|w| (*w).min(limit)).sum::<usize>();
    if limited(usize::MAX) <= room {
        return Some(widths);
    }
    if measure.linear || limited(MIN_WRAPPED_CELLS) > room {
        return None;
    }
    // the widest give way first, down to a common width
    let mut limit = room;
    while limit > MIN_WRAPPED_CELLS && limited(limit) > room {
        limit -= 2;
    }
    let mut rest = room.saturating_sub(limited(limit));
    for width in widths.iter_mut().filter(|w| **w > limit) {
        let more = if rest >= 2 { 2 } else { 0 };
        rest -= more;
        *width = limit + more;
    }
    Some(widths)
}

/// Returns the rows of one row of a table.
pub fn rows(document: &Document, index: usize, block: &Block, measure: &Measure) -> Vec<Row> {
    let Some(table) = document.table_of(index) else {
        return Vec::new();
    };
    let mut cells: Vec<TableCell> = Vec::new();
    for (span, cell) in document.cells(block) {
        match cells.last_mut().filter(|_| cell.goes_on) {
            Some(last) => last.lines.push(span),
            None => cells.push(TableCell {
                cell,
                lines: vec![span],
            }),
        }
    }
    let row = TableRow {
        document,
        span: block.span,
        cells,
        measure,
    };
    let is_in_order = || {
        let above = row.cells.split_last().map_or(&[][..], |(_, above)| above);
        above.iter().all(|cell| cell.lines.len() == 1)
    };
    match column_widths(document, table, measure) {
        Some(widths) if !measure.linear || is_in_order() => row.side_by_side(&widths),
        _ => row.downwards(table),
    }
}

/// A cell of a row, about to be laid out.
struct TableCell {
    cell: Cell,
    /// Its text, line by line.
    lines: Vec<Span>,
}

/// A row of a table, about to be laid out.
struct TableRow<'a> {
    document: &'a Document,
    span: Span,
    cells: Vec<TableCell>,
    measure: &'a Measure,
}

impl TableRow<'_> {
    /// Lays out one cell in a column of `cells` cells.
    fn cell_rows(&self, cell: &TableCell, cells: usize) -> Vec<Row> {
        let inside = Measure {
            cells,
            indent: 0,
            hang: false,
            widow: false,
            ..*self.measure
        };
        let rows = |span: &Span| {
            let text = self.document.slice(*span);
            lay_out(text, span.start, BlockStyle::default(), &inside, &[])
        };
        cell.lines.iter().flat_map(rows).collect()
    }

    /// Lays the rows of each cell beside those of the others.
    fn side_by_side(&self, widths: &[usize]) -> Vec<Row> {
        let column = |(cell, width): (&TableCell, &usize)| self.cell_rows(cell, *width);
        let columns: Vec<Vec<Row>> = self.cells.iter().zip(widths).map(column).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0).max(1);
        // the last of the highest cells says where in the text each row begins
        let highest = columns.iter().rfind(|rows| rows.len() == height);
        let start = |k: usize| match k {
            0 => self.span.start,
            _ if k == height => self.span.end,
            _ => highest.map_or(self.span.end, |rows| rows[k].span.start),
        };
        let row = |k: usize| {
            let mut parts = Vec::new();
            let mut left = 0;
            for ((rows, width), TableCell { cell, .. }) in
                columns.iter().zip(widths).zip(&self.cells)
            {
                if let Some(row) = rows.get(k) {
                    let free = width.saturating_sub(usize::from(row.cells));
                    let shift = match cell.align {
                        Align::Left => 0,
                        Align::Centre => free / 2,
                        Align::Right => free,
                    };
                    parts.push(CellPart {
                        left: left + shift,
                        row: row.clone(),
                        name: None,
                    });
                }
                left += width + COLUMN_GAP;
            }
            let last = parts.last();
            let cells = last.map_or(0, |p| p.left + usize::from(p.row.cells));
            Row {
                span: Span::between(start(k), start(k + 1)),
                shown: self.span.end,
                cells: cells as u16,
                parts: parts.into(),
                ..Row::default()
            }
        };
        (0..height).map(row).collect()
    }

    /// Lays out the cells one below the other, each behind the name of its column.
    fn downwards(&self, table: &Table) -> Vec<Row> {
        let Measure {
            cells,
            linear,
            face,
            ..
        } = *self.measure;
        let names = self.column_names(table);
        let mut rows: Vec<Row> = Vec::new();
        for (column, cell) in self.cells.iter().enumerate() {
            if cell.lines.iter().all(|line| line.is_empty()) {
                continue;
            }
            let lead = |name: Span| face.widths.text(self.document.slice(name)) + 2;
            let name = names.get(column).copied().filter(|s| !s.is_empty());
            // a long name would leave no room for the text
            let name = name.filter(|name| lead(*name) * 2 <= cells);
            let step = usize::from(linear && !rows.is_empty()) * 2.min(cells / 8);
            let left = name.map_or(0, lead) + step;
            let wrapped = self.cell_rows(cell, cells.saturating_sub(left).max(2));
            rows.extend(wrapped.into_iter().enumerate().map(|(k, row)| {
                Row {
                    span: row.span,
                    shown: row.shown,
                    cells: row.cells + left as u16,
                    parts: [CellPart {
                        left,
                        row,
                        name: name.filter(|_| k == 0),
                    }]
                    .into(),
                    ..Row::default()
                }
            }));
        }
        self.cover(&mut rows);
        rows
    }

    /// Returns the names of the columns; none for the header itself and in linear layout.
    fn column_names(&self, table: &Table) -> Vec<Span> {
        if self.measure.linear || self.cells.iter().any(|c| c.cell.header) {
            return Vec::new();
        }
        let header = self.document.blocks().get(table.first);
        header.map_or_else(Vec::new, |block| {
            let cells = self.document.cells(block);
            let cells = cells.filter(|(_, c)| c.header && !c.goes_on);
            cells.map(|(s, _)| s).collect()
        })
    }

    /// Makes rows cover the block without a gap: blanks between cells go with the row above.
    fn cover(&self, rows: &mut [Row]) {
        let mut end = self.span.end;
        for row in rows.iter_mut().rev() {
            row.span.end = end;
            end = row.span.start;
        }
        if let Some(first) = rows.first_mut() {
            first.span.start = self.span.start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder, MarkupKind};
    use crate::layout::{Flow, glyphs};
    use crate::text::Pos;

    fn table() -> Document {
        let mut b = Builder::new();
        let lines =
            "地区|措施|进度\n北京|疏解非首都功能，建设城市副中心和一批绿色廊道|85%\n|承接|7%";
        for (i, line) in lines.lines().enumerate() {
            b.open(BlockKind::Row, 0, i + 1);
            for (k, cell) in line.split('|').enumerate() {
                if k > 0 {
                    b.push("  ");
                }
                let align = if k == 2 { Align::Right } else { Align::Left };
                b.begin(MarkupKind::Cell(Cell {
                    header: i == 0,
                    align,
                    goes_on: false,
                }));
                b.push(cell);
                b.end(|k| matches!(k, MarkupKind::Cell(_)));
            }
        }
        b.finish()
    }

    fn drawn(d: &Document, cells: usize, linear: bool) -> Vec<String> {
        let measure = Measure {
            cells,
            linear,
            ..Measure::default()
        };
        let flow = Flow::default();
        let mut lines = Vec::new();
        let mut segment = flow.segment_at(d, Pos(0));
        while let Some(p) = segment {
            for row in flow.rows(d, &p, &measure) {
                let mut line = String::new();
                for part in &*row.parts {
                    if let Some(name) = part.name {
                        line.extend([d.slice(name), "："]);
                    }
                    line += &" ".repeat(part.left.saturating_sub(measure.face.widths.text(&line)));
                    line.extend(glyphs(d.text(), p.span, &part.row, measure.face).map(|g| g.drawn));
                }
                assert!(measure.face.widths.text(&line) <= cells, "{line}");
                lines.push(line);
            }
            segment = flow.next(d, &p);
        }
        lines
    }

    #[test]
    fn columns_line_up() {
        let rows = drawn(&table(), 80, false);
        for (i, wanted) in [
            (
                0,
                "地区  措施                                          进度",
            ),
            (
                2,
                "      承接                                            7%",
            ),
        ] {
            assert_eq!(rows[i], wanted);
        }
    }

    #[test]
    fn the_widest_column_wraps_first() {
        let wanted = [
            "地区  措施                进度",
            "北京  疏解非首都功能，建   85%",
            "      设城市副中心和一批",
            "      绿色廊道",
            "      承接                  7%",
        ];
        assert_eq!(drawn(&table(), 30, false), wanted);
    }

    #[test]
    fn narrow_columns_become_fields() {
        let rows = drawn(&table(), 16, false).join("|");
        let wanted = "地区|措施|进度|地区：北京|措施：疏解非首都|      功能，建设|";
        assert!(rows.starts_with(wanted) && rows.ends_with("|进度：7%"));
    }

    #[test]
    fn linear_rows_keep_the_order_of_the_text() {
        let rows = drawn(&table(), 30, true)[3..6].join("|");
        let wanted = "北京|  疏解非首都功能，建设城市副中|  心和一批绿色廊道";
        assert_eq!(rows, wanted);
    }

    /// A table with a cell of three lines.
    fn lines_in_a_cell() -> Document {
        let mut b = Builder::new();
        b.open(BlockKind::Row, 0, 1);
        for (i, line) in ["刘家", "豆腐和豆干", "豆浆", "", "三元"]
            .iter()
            .enumerate()
        {
            b.push(if i == 2 || i == 3 { " " } else { "  " });
            b.begin(MarkupKind::Cell(Cell {
                goes_on: i == 2 || i == 3,
                ..Cell::default()
            }));
            b.push(line);
            b.end(|k| matches!(k, MarkupKind::Cell(_)));
        }
        b.finish()
    }

    #[test]
    fn lines_of_a_cell_stand_below_each_other() {
        let d = lines_in_a_cell();
        let wanted = "刘家  豆腐和豆干  三元|      豆浆";
        assert_eq!(drawn(&d, 40, false).join("|").trim_end(), wanted);
        let linear = drawn(&d, 40, true).join("|");
        assert_eq!(linear, "刘家|  豆腐和豆干|  豆浆|  三元");
    }

    #[test]
    fn rows_cover_the_block() {
        covered(&lines_in_a_cell());
        covered(&table());
    }

    fn covered(d: &Document) {
        for cells in 2..90 {
            let measure = Measure {
                cells,
                ..Measure::default()
            };
            for (i, block) in d.blocks().iter().enumerate() {
                let rows: Vec<Span> = rows(d, i, block, &measure).iter().map(|r| r.span).collect();
                let all = Span::between(rows[0].start, rows[rows.len() - 1].end);
                assert_eq!(all, block.span, "{cells}");
                let meet = |w: &[Span]| w[0].end == w[1].start && w[0].start <= w[1].start;
                assert!(rows.windows(2).all(meet), "{cells}");
            }
        }
    }
}
