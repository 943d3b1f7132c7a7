//! Sets the rows of a table.
//!
//! 1. [`Columns::of`]: how wide each column is. All cells on one row where they
//!    fit; else the widest columns are made narrower, and cells wrap inside.
//! 2. Where columns would be too narrow to read, the cells of a row stand below
//!    each other, each after the name of its column (P-9).
//!
//! In linear layout, whose rows keep the order of the text, cells never wrap
//! side by side: they stand below each other as soon as they do not fit.

use super::{Measure, Part, Row, Setting, lay_out};
use crate::document::{Align, Block, Cell, Document, Table};
use crate::text::{Pos, Span};

/// Blank cells between columns.
const BETWEEN: usize = 2;
/// A column is never narrower than this.
const LEAST: usize = 4;
/// A column whose cells wrap is never narrower than this: six Han.
const READABLE: usize = 12;

/// How the columns of a table are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Columns {
    /// Side by side, of so many cells each.
    Beside(Vec<usize>),
    /// Below each other.
    Below,
}

impl Columns {
    /// The columns of a table. O(columns).
    pub fn of(document: &Document, table: &Table, measure: &Measure) -> Self {
        let natural = table.widest.iter().map(|s| {
            measure
                .face
                .widths
                .text(document.slice(*s))
                .max(LEAST)
                .next_multiple_of(2)
        });
        let mut cells: Vec<usize> = natural.collect();
        let gaps = BETWEEN * cells.len().saturating_sub(1);
        let room = measure.cells.saturating_sub(gaps);
        if cells.iter().sum::<usize>() <= room {
            return Self::Beside(cells);
        }
        let readable: usize = cells.iter().map(|c| (*c).min(READABLE)).sum();
        if measure.linear || readable > room {
            return Self::Below;
        }
        // the widest give way first, down to a common width
        let shrunk = |most: usize| cells.iter().map(|c| (*c).min(most)).sum::<usize>();
        let mut most = room;
        while most > READABLE && shrunk(most) > room {
            most -= 2;
        }
        let mut rest = room.saturating_sub(shrunk(most));
        for cell in &mut cells {
            if *cell > most {
                let more = if rest >= 2 { 2 } else { 0 };
                rest -= more;
                *cell = most + more;
            }
        }
        Self::Beside(cells)
    }
}

/// The rows of one row of a table.
pub fn rows(document: &Document, index: usize, block: &Block, measure: &Measure) -> Vec<Row> {
    let cells: Vec<(Span, Cell)> = document.cells(block).collect();
    let Some(table) = document.table_of(index) else {
        return Vec::new();
    };
    match Columns::of(document, table, measure) {
        Columns::Beside(columns) => beside(document, block, &cells, &columns, measure),
        Columns::Below => below(document, table, block, &cells, measure),
    }
}

/// Lays out one cell in a column of so many cells.
fn cell_rows(document: &Document, span: Span, cells: usize, measure: &Measure) -> Vec<Row> {
    let inside = Measure {
        cells,
        indent: 0,
        hang: false,
        widow: false,
        ..*measure
    };
    lay_out(
        document.slice(span),
        span.start,
        Setting::default(),
        &inside,
        &[],
    )
}

/// Cells side by side: the rows of each cell, laid beside those of the others.
fn beside(
    document: &Document,
    block: &Block,
    cells: &[(Span, Cell)],
    columns: &[usize],
    measure: &Measure,
) -> Vec<Row> {
    let mut columns_of_rows: Vec<(usize, usize, Align, Vec<Row>)> = Vec::new();
    let mut left = 0;
    for ((span, cell), width) in cells.iter().zip(columns) {
        columns_of_rows.push((
            left,
            *width,
            cell.align,
            cell_rows(document, *span, *width, measure),
        ));
        left += width + BETWEEN;
    }
    let height = columns_of_rows
        .iter()
        .map(|(.., rows)| rows.len())
        .max()
        .unwrap_or(0)
        .max(1);
    // where each row begins, for the place: by the highest cell, the last of them
    let starts: Vec<Pos> = columns_of_rows
        .iter()
        .rfind(|(.., rows)| rows.len() == height)
        .map(|(.., rows)| rows.iter().map(|r| r.span.start).collect())
        .unwrap_or_default();
    let start = |k: usize| {
        if k == 0 {
            block.span.start
        } else {
            starts.get(k).copied().unwrap_or(block.span.end)
        }
    };
    (0..height)
        .map(|k| {
            let parts: Vec<Part> = columns_of_rows
                .iter()
                .filter_map(|(left, width, align, rows)| {
                    let row = rows.get(k)?;
                    let free = width.saturating_sub(usize::from(row.cells));
                    let shift = match align {
                        Align::Left => 0,
                        Align::Centre => free / 2,
                        Align::Right => free,
                    };
                    Some(Part {
                        left: left + shift,
                        row: row.clone(),
                        name: None,
                    })
                })
                .collect();
            let cells = parts
                .last()
                .map_or(0, |p| p.left + usize::from(p.row.cells));
            Row {
                span: Span {
                    start: start(k),
                    end: if k + 1 == height {
                        block.span.end
                    } else {
                        start(k + 1)
                    },
                },
                shown: block.span.end,
                cells: cells as u16,
                parts: parts.into(),
                ..Row::default()
            }
        })
        .collect()
}

/// Cells below each other, each after the name of its column.
fn below(
    document: &Document,
    table: &Table,
    block: &Block,
    cells: &[(Span, Cell)],
    measure: &Measure,
) -> Vec<Row> {
    let header: Vec<Span> = document
        .blocks()
        .get(table.first)
        .map(|b| {
            document
                .cells(&b)
                .filter(|(_, c)| c.header)
                .map(|(s, _)| s)
                .collect()
        })
        .unwrap_or_default();
    let names = !measure.linear && !cells.iter().any(|(_, c)| c.header);
    let mut rows: Vec<Row> = Vec::new();
    for (column, (span, _)) in cells
        .iter()
        .enumerate()
        .filter(|(_, (span, _))| !span.is_empty())
    {
        let name = header
            .get(column)
            .copied()
            .filter(|s| names && !s.is_empty());
        let wide = name.map_or(0, |s| measure.face.widths.text(document.slice(s)) + 2);
        // a long name stands on the row all the same, and what follows wraps
        let lead = if wide * 2 <= measure.cells { wide } else { 0 };
        let step = if rows.is_empty() || !measure.linear {
            0
        } else {
            2.min(measure.cells / 8)
        };
        let left = lead + step;
        for (k, row) in cell_rows(
            document,
            *span,
            measure.cells.saturating_sub(left).max(2),
            measure,
        )
        .into_iter()
        .enumerate()
        {
            let name = name.filter(|_| k == 0 && lead > 0);
            rows.push(Row {
                span: row.span,
                shown: row.shown,
                cells: row.cells + left as u16,
                parts: [Part { left, row, name }].into(),
                ..Row::default()
            });
        }
    }
    // the rows cover the block without a gap: blanks between cells go with the row above
    let ends: Vec<Pos> = rows
        .iter()
        .skip(1)
        .map(|r| r.span.start)
        .chain([block.span.end])
        .collect();
    for (row, end) in rows.iter_mut().zip(ends) {
        row.span.end = end;
    }
    if let Some(first) = rows.first_mut() {
        first.span.start = block.span.start;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Builder, MarkupKind};
    use crate::layout::{Face, Flow, glyphs};

    fn table() -> Document {
        let mut b = Builder::new();
        let lines: [[&str; 3]; 3] = [
            ["地区", "措施", "进度"],
            [
                "北京",
                "疏解非首都功能，建设城市副中心和一批绿色廊道",
                "85%",
            ],
            ["", "承接", "7%"],
        ];
        for (i, line) in lines.iter().enumerate() {
            b.open(BlockKind::Row, 0, i + 1);
            for (k, cell) in line.iter().enumerate() {
                if k > 0 {
                    b.push("  ");
                }
                let align = if k == 2 { Align::Right } else { Align::Left };
                b.begin(MarkupKind::Cell(Cell {
                    header: i == 0,
                    align,
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
            indent: 0,
            gap: false,
            hang: false,
            widow: false,
            leading: false,
            linear,
            face: Face::default(),
        };
        let flow = Flow::default();
        let mut lines = Vec::new();
        let mut piece = flow.piece_at(d, Pos(0));
        while let Some(p) = piece {
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
            piece = flow.next(d, &p);
        }
        lines
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows = drawn(&table(), 80, false);
        assert_eq!(
            rows[0],
            "地区  措施                                          进度"
        );
        assert_eq!(
            rows[2],
            "      承接                                            7%"
        );
    }

    #[test]
    fn the_widest_column_wraps_first() {
        assert_eq!(
            drawn(&table(), 30, false),
            [
                "地区  措施                进度",
                "北京  疏解非首都功能，建   85%",
                "      设城市副中心和一批",
                "      绿色廊道",
                "      承接                  7%"
            ]
        );
    }

    #[test]
    fn narrow_columns_become_fields() {
        let rows = drawn(&table(), 16, false);
        assert_eq!(
            rows[0..6],
            [
                "地区",
                "措施",
                "进度",
                "地区：北京",
                "措施：疏解非首都",
                "      功能，建设"
            ]
        );
        assert_eq!(rows.last().unwrap(), "进度：7%");
    }

    #[test]
    fn linear_rows_keep_the_order_of_the_text() {
        let rows = drawn(&table(), 30, true);
        assert_eq!(
            rows[3..6],
            [
                "北京",
                "  疏解非首都功能，建设城市副中",
                "  心和一批绿色廊道"
            ]
        );
    }

    #[test]
    fn rows_cover_the_block() {
        let d = table();
        for cells in 2..90 {
            let measure = Measure {
                cells,
                indent: 0,
                gap: false,
                hang: false,
                widow: false,
                leading: false,
                linear: false,
                face: Face::default(),
            };
            for (i, block) in d.blocks().iter().enumerate() {
                let rows = rows(&d, i, &block, &measure);
                assert_eq!(
                    (rows[0].span.start, rows[rows.len() - 1].span.end),
                    (block.span.start, block.span.end),
                    "{cells}"
                );
                assert!(
                    rows.windows(2)
                        .all(|w| w[0].span.end == w[1].span.start
                            && w[0].span.start <= w[1].span.start),
                    "{cells}"
                );
            }
        }
    }
}
