//! Prints a screen of the program as an SVG picture, as docs/ has them:
//! `cargo run --example screen_picture > docs/screen.svg`, and with the argument `table`
//! docs/table.svg.

#[path = "../tests/support/picture.rs"]
mod picture;

fn main() {
    let is_table = std::env::args().nth(1).is_some_and(|name| name == "table");
    let picture = if is_table {
        picture::table()
    } else {
        picture::screen()
    };
    print!("{picture}");
}
