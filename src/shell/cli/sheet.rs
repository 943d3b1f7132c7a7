//! Rows below headings as aligned text, as Markdown, as CSV and as JSON.

use super::report;
use crate::library::sheet::{Sheet, SheetFormat};
use crate::source::sanitize;
use crate::text::WidthPolicy;
use serde_json::{Map, Value};

/// The mark at the head of a file by which spreadsheets know UTF-8.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";
/// The end of a row of CSV (RFC 4180).
const CSV_LINE_END: &str = "\r\n";
/// The signs with which spreadsheets begin a formula; in Chinese and Japanese ones the full-width
/// signs count, too.
const FORMULA_SIGNS: &[char] = &[
    '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−',
];
/// Blanks between two columns of text.
const TEXT_COLUMN_GAP: usize = 2;

impl Sheet {
    /// Returns the headings, and the rows below them.
    fn lines(&self) -> impl Iterator<Item = Vec<&str>> {
        let headings = self.columns.iter().map(|column| column.heading.as_str());
        let rows = self.rows.iter();
        let rows = rows.map(|row| row.iter().map(String::as_str).collect());
        [headings.collect()].into_iter().chain(rows)
    }

    fn is_number(&self, column: usize) -> bool {
        self.columns
            .get(column)
            .is_some_and(|column| column.is_number)
    }

    /// Returns the contents of a file.
    pub fn contents(&self, format: SheetFormat) -> String {
        match format {
            SheetFormat::Markdown => {
                format!("{}\n\n{}", markdown_cell(&self.caption), self.markdown())
            }
            SheetFormat::Csv => self.csv(),
            SheetFormat::Json => self.json(),
        }
    }

    /// Returns columns of even width: numbers end, all else begins below each other.
    pub(crate) fn text(&self) -> String {
        let widths = WidthPolicy::NARROW;
        let mut cells = vec![0; self.columns.len()];
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
        let cell = |text: &&str| markdown_cell(text);
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
        let rules = (0..self.columns.len()).map(|column| rule(column).to_owned());
        out += &line(rules.collect());
        out.extend(lines);
        out
    }

    /// Returns CSV, with the mark that spreadsheets ask for.
    pub(crate) fn csv(&self) -> String {
        let mut out = String::from(BYTE_ORDER_MARK);
        for row in self.lines() {
            let cells = row.iter().enumerate().map(|(column, text)| {
                // a number below zero is no formula
                if self.is_number(column) && text.parse::<f64>().is_ok() {
                    format!("\"{text}\"")
                } else {
                    csv_cell(text)
                }
            });
            let cells: Vec<String> = cells.collect();
            out.extend([cells.join(","), CSV_LINE_END.to_owned()]);
        }
        out
    }

    /// Returns an object for each row, a line each: numbers are numbers, and nothing is null.
    pub(crate) fn json(&self) -> String {
        let value = |text: &String, is_number: bool| match text.as_str() {
            "" => Value::Null,
            text if is_number => serde_json::from_str(text).unwrap_or_default(),
            text => text.into(),
        };
        let mut out = String::new();
        for row in &self.rows {
            let cells = self.columns.iter().zip(row);
            let cells = cells.map(|(column, text)| {
                let value = value(text, column.is_number);
                (column.key.clone(), value)
            });
            let object = Value::Object(cells.collect::<Map<_, _>>());
            out.extend([report::json(&object), "\n".to_owned()]);
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

/// Returns a row of CSV.
pub(crate) fn csv_row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| csv_cell(cell)).collect();
    cells.join(",") + CSV_LINE_END
}

/// Returns a cell of CSV. One that a spreadsheet would take for a formula gets a quote before it,
/// and so does one that would look like that: to take one quote away restores every cell.
fn csv_cell(text: &str) -> String {
    // what a reader does not see does not reach the output either
    let text = text.replace(report::INVISIBLE, "");
    let is_before = |c: char| {
        c.is_whitespace() || c.is_control() || c == '\'' || sanitize::is_hostile(c) || is_unseen(c)
    };
    let is_formula = text
        .trim_start_matches(is_before)
        .starts_with(FORMULA_SIGNS);
    let is_formula = is_formula || text.starts_with(['\t', '\r']);
    let quote = if is_formula { "'" } else { "" };
    format!("\"{quote}{}\"", text.replace('"', "\"\""))
}

/// Recognises characters without width that may stand before a sign.
fn is_unseen(c: char) -> bool {
    WidthPolicy::NARROW.text(c.encode_utf8(&mut [0; 4])) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn cells_are_kept_apart_in_every_form() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let (term, total) = (("term", ("词", "term")), ("count", ("合计", "total")));
        let sheet = Sheet {
            caption: "表".to_owned(),
            rows: vec![
                row(["=雄安|\"a\"", "12"]),
                row(["渡", "-1"]),
                row(["口", ""]),
            ],
            ..Sheet::of("表", &[term], &[total], Lang::Zh)
        };
        assert_eq!(
            sheet.text(),
            "词         合计\n=雄安|\"a\"    12\n渡           -1\n口\n"
        );
        let markdown =
            "| 词 | 合计 |\n| --- | ---: |\n| =雄安\\|\"a\" | 12 |\n| 渡 | -1 |\n| 口 |  |\n";
        assert_eq!(sheet.markdown(), markdown);
        let csv = "\u{feff}\"词\",\"合计\"\r\n\"'=雄安|\"\"a\"\"\",\"12\"\r\n\"渡\",\"-1\"\r\n\"口\",\"\"\r\n";
        assert_eq!(sheet.csv(), csv);
        let json = "{\"count\":12,\"term\":\"=雄安|\\\"a\\\"\"}\n{\"count\":-1,\"term\":\"渡\"}\n{\"count\":null,\"term\":\"口\"}\n";
        assert_eq!(sheet.json(), json);
        let file = sheet.contents(SheetFormat::Markdown);
        assert_eq!(file, format!("表\n\n{markdown}"));
    }

    #[test]
    fn no_cell_is_a_formula_and_every_one_is_restored() {
        for formula in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "＝1+1",
            "＋1",
            "－1",
            "＠A",
            "﹦1",
            "−1",
            " =1",
            "\t=1",
            "\r=1",
            "\n=1",
            "\u{3000}=1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\u{ad}=1",
            "\u{200d}=1",
            "\u{200e}=1",
            "\u{2063}=1",
            "\u{e0041}=1",
            "\u{301}=1",
            "\u{fe0f}=1",
            "\u{0}=1",
            "\u{202e}\u{200c} \t＝cmd|' /C calc'!A0",
            "'=1",
            "''=1",
            "\t1",
        ] {
            let cell = csv_cell(formula);
            let restored = cell
                .strip_prefix("\"'")
                .and_then(|cell| cell.strip_suffix('"'));
            assert_eq!(restored, Some(formula), "{formula:?}");
        }
        for (hidden, wanted) in [
            ("\u{200b}=1", "\"'=1\""),
            ("\u{2060}\u{200b}＝1", "\"'＝1\""),
        ] {
            assert_eq!(csv_cell(hidden), wanted);
        }
        for plain in [
            "",
            "渡口",
            "1-1",
            "a=b",
            "'甲",
            "“=”",
            "…",
            "1\t2",
            "——甲",
            "《=》",
        ] {
            assert_eq!(csv_cell(plain), format!("\"{plain}\""), "{plain:?}");
        }
    }
}
