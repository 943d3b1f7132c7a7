//! A list or a table as rows of texts, to be printed and exported.

use crate::text::{Lang, Say};

/// Rows of texts below headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the list: it is in the name of its file.
    pub name: String,
    /// The name of the list, its filter and its order.
    pub caption: String,
    /// The columns.
    pub columns: Vec<SheetColumn>,
    /// The rows: a text for each column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetColumn {
    /// Its name for a reader.
    pub heading: String,
    /// Its name for scripts.
    pub key: String,
    /// It holds numbers, or nothing.
    pub is_number: bool,
}

/// The form of the file that a sheet is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SheetFormat {
    /// A table of Markdown below the caption.
    #[default]
    Markdown,
    /// For spreadsheets.
    Csv,
    /// An object a line.
    Json,
}

/// The name of a column for scripts, and its heading.
pub type ColumnName = (&'static str, Say);

impl Sheet {
    /// Makes a sheet without rows; the columns of `numbers` follow those of `texts`.
    pub fn of(name: &str, texts: &[ColumnName], numbers: &[ColumnName], lang: Lang) -> Self {
        let mut sheet = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        for (columns, is_number) in [(texts, false), (numbers, true)] {
            for (key, heading) in columns {
                sheet.column(key, lang.say(*heading), is_number);
            }
        }
        sheet
    }

    /// Adds a column.
    pub(crate) fn column(&mut self, key: &str, heading: &str, is_number: bool) {
        self.columns.push(SheetColumn {
            heading: heading.to_owned(),
            key: key.to_owned(),
            is_number,
        });
    }
}
