//! Prints a screen of the program as an SVG picture, as docs/ has them:
//! `cargo run --example screen_picture > docs/screen.svg`, with the argument `table` docs/table.svg,
//! with `tour` the moving one, docs/tour.svg.

#[path = "../tests/support/picture.rs"]
mod picture;

fn main() {
    let picture = match std::env::args().nth(1).as_deref() {
        Some("table") => picture::table(),
        Some("tour") => picture::tour(),
        _ => picture::screen(),
    };
    print!("{picture}");
}
