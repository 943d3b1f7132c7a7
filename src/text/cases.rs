//! Tables of test cases as text.

/// Returns the rows of a table, a line each, in cells between ` ¦ `; `-` is an empty cell, `⏎` a
/// line end, and a row that begins with `//` a comment.
pub(crate) fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [&'static str; N]> {
    let cell = |cell: &str| -> &'static str {
        let text = if cell == "-" { "" } else { cell };
        text.replace('⏎', "\n").leak()
    };
    let table = table.trim_start_matches('\n');
    let lines = table.lines().filter(|line| !line.starts_with("// "));
    lines.map(move |line| {
        let cells: Vec<&str> = line.split(" ¦ ").map(cell).collect();
        cells.try_into().expect(line)
    })
}
