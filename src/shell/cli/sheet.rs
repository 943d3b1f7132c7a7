//! Rows below headings as aligned text, as Markdown and as CSV.

use crate::text::WidthPolicy;

/// The mark at the head of a file by which spreadsheets know UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// Blanks between two columns of text.
const TEXT_COLUMN_GAP: usize = 2;

/// Rows to be written, and the columns that hold numbers.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'a> {
    pub(crate) headings: &'a [String],
    pub(crate) are_numbers: &'a [bool],
    pub(crate) rows: &'a [Vec<String>],
}

impl Sheet<'_> {
    /// Returns the rows, the headings first.
    fn lines(&self) -> impl Iterator<Item = &[String]> {
        [self.headings]
            .into_iter()
            .chain(self.rows.iter().map(Vec::as_slice))
    }

    fn is_number(&self, column: usize) -> bool {
        self.are_numbers.get(column).copied().unwrap_or_default()
    }

    /// Returns columns of even width: numbers end, all else begins below each other.
    pub(crate) fn text(&self) -> String {
        let widths = WidthPolicy::NARROW;
        let mut cells = vec![0; self.headings.len()];
        for line in self.lines() {
            for (width, cell) in cells.iter_mut().zip(line) {
                *width = widths.text(cell).max(*width);
            }
        }
        let mut out = String::new();
        for line in self.lines() {
            let mut row = String::new();
            for (column, (cell, width)) in line.iter().zip(&cells).enumerate() {
                let pad = " ".repeat(width - widths.text(cell));
                let gap = " ".repeat(if column > 0 { TEXT_COLUMN_GAP } else { 0 });
                let (before, behind) = if self.is_number(column) {
                    (pad.as_str(), "")
                } else {
                    ("", pad.as_str())
                };
                row.extend([&gap, before, cell, behind]);
            }
            out.extend([row.trim_end(), "\n"]);
        }
        out
    }

    /// Returns a table of Markdown.
    pub(crate) fn markdown(&self) -> String {
        let cell = |text: &String| markdown_cell(text);
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut lines = self.lines().map(|row| line(row.iter().map(cell).collect()));
        let mut out = lines.next().unwrap_or_default();
        let rule = |column| {
            if self.is_number(column) {
                "---:"
            } else {
                "---"
            }
        };
        let rules = (0..self.headings.len()).map(|column| rule(column).to_owned());
        out += &line(rules.collect());
        out.extend(lines);
        out
    }

    /// Returns CSV, with the mark that spreadsheets ask for.
    pub(crate) fn csv(&self) -> String {
        let mut out = String::from(BYTE_ORDER_MARK);
        for row in self.lines() {
            let cells: Vec<String> = row.iter().map(|text| csv_cell(text)).collect();
            out.extend([cells.join(","), "\r\n".to_owned()]);
        }
        out
    }
}

/// Returns a text in which nothing ends a cell of Markdown or is markup.
fn markdown_cell(text: &str) -> String {
    let escaped = |c: char| "\\`*_[]<>|".contains(c).then_some('\\');
    let text = text.replace('\n', " ");
    let chars = text.chars();
    chars
        .flat_map(|c| escaped(c).into_iter().chain([c]))
        .collect()
}

/// Returns a cell of CSV. One that a spreadsheet would take for a formula gets a quote.
pub(crate) fn csv_cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quote = if is_formula { "'" } else { "" };
    format!("\"{quote}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_kept_apart_in_every_form() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let headings = row(["词", "合计"]);
        let rows = [row(["=雄安|\"a\"", "12"]), row(["渡", "3"])];
        let sheet = Sheet {
            headings: &headings,
            are_numbers: &[false, true],
            rows: &rows,
        };
        assert_eq!(
            sheet.text(),
            "词         合计\n=雄安|\"a\"    12\n渡            3\n"
        );
        let markdown = "| 词 | 合计 |\n| --- | ---: |\n| =雄安\\|\"a\" | 12 |\n| 渡 | 3 |\n";
        assert_eq!(sheet.markdown(), markdown);
        let csv = "\u{feff}\"词\",\"合计\"\r\n\"'=雄安|\"\"a\"\"\",\"12\"\r\n\"渡\",\"3\"\r\n";
        assert_eq!(sheet.csv(), csv);
    }
}
