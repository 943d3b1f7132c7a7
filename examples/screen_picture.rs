//! Prints a screen of the program as an SVG picture, the one in docs/screen.svg:
//! `cargo run --example screen_picture > docs/screen.svg`.

#[path = "../tests/support/picture.rs"]
mod picture;

fn main() {
    print!("{}", picture::screen());
}
