//! All that is drawn can be read: styles as they lie over each other, on terminals that show bold as
//! the bright colour.

use jingdu::view::Theme;
use jingdu::view::theme::Depth;
use ratatui::style::{Color, Modifier, Style};

type Rgb = [u8; 3];

/// The sixteen colours of a terminal, the bright ones from 8 on, and the papers that it is used
/// with: that and the ink on it.
struct Palette {
    name: &'static str,
    colours: [u32; 16],
    papers: &'static [(u32, u32)],
}

const PALETTES: &[Palette] = &[
    Palette {
        name: "xterm",
        colours: [
            0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5,
            0x7f_7f7f, 0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
        ],
        papers: &[(0x00_0000, 0xe5_e5e5), (0xff_ffff, 0x00_0000)],
    },
    Palette {
        name: "PuTTY",
        colours: [
            0x00_0000, 0xbb_0000, 0x00_bb00, 0xbb_bb00, 0x00_00bb, 0xbb_00bb, 0x00_bbbb, 0xbb_bbbb,
            0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
        ],
        papers: &[(0x00_0000, 0xbb_bbbb)],
    },
    Palette {
        name: "Linux console",
        colours: [
            0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa,
            0x55_5555, 0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
        ],
        papers: &[(0x00_0000, 0xaa_aaaa)],
    },
];

const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

fn rgb(value: u32) -> Rgb {
    let [_, r, g, b] = value.to_be_bytes();
    [r, g, b]
}

fn step(n: u8) -> u8 {
    if n == 0 { 0 } else { 55 + 40 * n }
}

/// The value of a colour; bold makes the eight dark ones bright.
fn value(colour: Color, is_bold: bool, palette: &Palette) -> Option<Rgb> {
    Some(match colour {
        Color::Reset => return None,
        Color::Rgb(r, g, b) => [r, g, b],
        Color::Indexed(i) if i >= 232 => [8 + 10 * (i - 232); 3],
        Color::Indexed(i) if i >= 16 => [(i - 16) / 36, (i - 16) / 6 % 6, (i - 16) % 6].map(step),
        named => {
            let at = match named {
                Color::Indexed(i) => usize::from(i),
                _ => NAMED.iter().position(|c| *c == named).unwrap(),
            };
            let bright = if is_bold && at < 8 { at + 8 } else { at };
            rgb(palette.colours[bright])
        }
    })
}

/// WCAG 2 relative luminance and contrast.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let light = |colour: Rgb| {
        let [r, g, b] = colour.map(|v| match f64::from(v) / 255.0 {
            v if v <= 0.03928 => v / 12.92,
            v => ((v + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (x, y) = (light(a).max(light(b)), light(a).min(light(b)));
    (x + 0.05) / (y + 0.05)
}

/// The contrast of a style on a paper.
fn seen(style: Style, palette: &Palette, (paper, ink): (u32, u32)) -> f64 {
    let is_bold = style.add_modifier.contains(Modifier::BOLD);
    let front = value(style.fg.unwrap_or(Color::Reset), is_bold, palette).unwrap_or(rgb(ink));
    let back = value(style.bg.unwrap_or(Color::Reset), false, palette).unwrap_or(rgb(paper));
    contrast(front, back)
}

/// The layers of a row of text, lowest first; an empty name is no layer.
const LAYERS: [&[&str]; 4] = [
    &[
        "text",
        "title",
        "heading1",
        "heading2",
        "lead",
        "quote",
        "code",
        "note",
        "table-head",
    ],
    &[
        "",
        "strong",
        "emphasis",
        "link",
        "struck",
        "note-mark",
        "proper-name",
        "book-title",
        "marker",
    ],
    &[
        "",
        "match",
        "highlight1",
        "highlight2",
        "highlight3",
        "highlight4",
        "keyword1",
        "keyword2",
        "keyword3",
        "keyword4",
        "keyword5",
        "keyword6",
        "keyword7",
        "keyword8",
    ],
    &[
        "",
        "match-current",
        "landed",
        "marker-landed",
        "selection",
        "annotated",
    ],
];

/// Roles that are lines and signs, not text; what is dim is so on purpose.
fn is_text(name: &str) -> bool {
    !name.starts_with("strip") && !["border", "ornament"].contains(&name)
}

/// The contrasts below `least`, as lines.
fn unreadable(theme: &Theme, palette: &Palette, papers: &[(u32, u32)], least: f64) -> Vec<String> {
    let style = |name: &str| match name {
        "" => Style::default(),
        name => theme.style_named(name).unwrap(),
    };
    let mut combined: Vec<(String, Style)> = vec![(String::new(), theme.base)];
    for layer in LAYERS {
        let over = |(names, below): &(String, Style)| -> Vec<(String, Style)> {
            let put = |name: &&str| (format!("{names} {name}"), below.patch(style(name)));
            layer.iter().map(put).collect()
        };
        combined = combined.iter().flat_map(over).collect();
    }
    let names = "title facts header crumbs crumb status status-strong notice warning prompt typed \
                 entry entry-topic entry-dim entry-marker entry-here entry-chosen chosen key tick \
                 bookmark only-here only-there changed-here changed-there zero fold faded";
    let alone = names.split(' ').filter(|name| is_text(name));
    combined.extend(alone.map(|name| (name.to_owned(), theme.base.patch(style(name)))));
    let mut found = Vec::new();
    for (names, style) in combined {
        for paper in papers {
            let seen = seen(style, palette, *paper);
            if seen < least {
                found.push(format!(
                    "{} {:06x} {seen:.2}: {names}",
                    palette.name, paper.0
                ));
            }
        }
    }
    found
}

#[test]
fn sixteen_colours_are_read_where_bold_is_bright() {
    let theme = Theme::named("auto", None, Depth::Sixteen);
    for palette in PALETTES {
        let found = unreadable(&theme, palette, palette.papers, 2.8);
        assert!(
            found.is_empty(),
            "{} of them\n{}",
            found.len(),
            found.join("\n")
        );
    }
}

#[test]
fn more_colours_are_read_where_bold_is_bright() {
    for depth in [Depth::True, Depth::Palette] {
        for (name, light, papers) in [
            ("auto", Some(false), (0x10_1010, 0xdd_dddd)),
            ("auto", Some(true), (0xfd_fdfd, 0x20_2020)),
            ("dark", None, (0xff_ffff, 0x00_0000)),
            ("light", None, (0x00_0000, 0xff_ffff)),
        ] {
            let theme = Theme::named(name, light, depth);
            for palette in PALETTES {
                let found = unreadable(&theme, palette, &[papers], 3.0);
                assert!(
                    found.is_empty(),
                    "{depth:?} {name} {}\n{}",
                    found.len(),
                    found.join("\n")
                );
            }
        }
    }
}
