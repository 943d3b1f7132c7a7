//! Exporting the list or the table that has the keys.

use super::entry::{Command, When, asking};
use super::{article_sheets, sheets};
use crate::library::sheet::{Sheet, SheetFormat};
use crate::session::{Effect, Keyword, Mode, Session};

/// A page, and the function that makes the sheet of its list.
type PageSheet = (Mode, fn(&Session, SheetFormat) -> Sheet);

/// The pages that are exported.
const SHEETS: &[PageSheet] = &[
    (Mode::Shelf, sheets::shelf),
    (Mode::ShelfHits, sheets::hits),
    (Mode::Same, sheets::same),
    (Mode::TermTable, sheets::table),
    (Mode::Phrases, sheets::phrases),
    (Mode::LikePoints, sheets::like),
    (Mode::Hits, article_sheets::hits),
    (Mode::Keywords, article_sheets::keywords),
    (Mode::Differences, article_sheets::differences),
    (Mode::Recent, article_sheets::recent),
    (Mode::Due, article_sheets::due),
];

/// The pages that are exported by these keys: those of [`SHEETS`].
const EXPORTED: &[Mode] = &[
    Mode::Shelf,
    Mode::ShelfHits,
    Mode::Same,
    Mode::TermTable,
    Mode::Phrases,
    Mode::LikePoints,
    Mode::Hits,
    Mode::Keywords,
    Mode::Differences,
    Mode::Recent,
    Mode::Due,
];

pub(crate) const COMMANDS: &[&[Command]] = &[&When::On(EXPORTED).section([
    asking("list-export", "g e", |s, _| export(s, SheetFormat::Markdown))
        .zh("导出此表：把列表或表格照现在的筛选和排法写成 Markdown 文件，各列齐全；不会盖掉已有的文件。")
        .en("Export the list: Write the list or table, as it is filtered and sorted, with all columns to a new Markdown file."),
    asking("list-export-csv", "g E", |s, _| export(s, SheetFormat::Csv))
        .zh("导出为 CSV：同上，写成电子表格能打开的 CSV 文件。")
        .en("Export as CSV: The same to a CSV file, for spreadsheets."),
    asking("list-export-json", "g J", |s, _| export(s, SheetFormat::Json))
        .zh("导出为 JSON：同上，写成 JSON，每行一个对象；年表每格一个。")
        .en("Export as JSON: The same as JSON, an object a line; of a table of terms, one for each cell."),
])];

fn export(s: &mut Session, format: SheetFormat) -> Effect {
    let mode = s.pages.mode();
    let Some((_, sheet)) = SHEETS.iter().find(|(page, _)| *page == mode) else {
        return Effect::None;
    };
    if is_running(s, mode) {
        s.say((
            "还没列完，等一会儿再导出",
            "Not complete yet: export it in a moment",
        ));
        return Effect::None;
    }
    let sheet = sheet(s, format);
    if sheet.rows.is_empty() {
        s.say(("没有可导出的", "Nothing to export"));
        return Effect::None;
    }
    Effect::ExportSheet(sheet, format)
}

/// Returns whether a list is not complete yet.
fn is_running(s: &Session, mode: Mode) -> bool {
    let library = &s.pages.library;
    match mode {
        Mode::TermTable => library.table.progress.is_some(),
        Mode::Phrases => library.phrases.is_running,
        Mode::LikePoints => library.like.is_running,
        Mode::Same => library.same.is_running,
        Mode::ShelfHits => library.hits.is_running,
        Mode::Shelf => s.shelf.search.is_running,
        Mode::Differences => library.differences.is_running,
        Mode::Hits => s.find.is_searching() || is_counting(s),
        Mode::Keywords => is_counting(s),
        _ => false,
    }
}

/// Returns whether hits of a keyword are still looked for.
fn is_counting(s: &Session) -> bool {
    s.find.keywords.iter().any(Keyword::is_counting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_count_on_the_pages_with_a_sheet() {
        let with_sheet: Vec<Mode> = SHEETS.iter().map(|(mode, _)| *mode).collect();
        assert_eq!(with_sheet, EXPORTED);
    }
}
