//! Which colours and weights each role has.
//!
//! Built-in themes are YAML files in `themes/`, so plain that a line is an entry:
//! they are read at every start. `auto` takes paper and ink from
//! the terminal and only the roles from a theme; a theme asked for by name
//! paints its own paper. Colours are reduced to what the terminal has.

use super::Role;
use ratatui::style::{Color, Modifier, Style};

/// The number of colours of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// None, or none wished for (`NO_COLOR`).
    None,
    /// The sixteen of ANSI.
    Sixteen,
    /// The palette of 256.
    Palette,
    /// Any.
    #[default]
    True,
}

/// Styles for all roles.
#[derive(Clone, Debug)]
pub struct Theme {
    /// Paper and ink where the theme paints them itself.
    pub base: Style,
    styles: Vec<Style>,
}

const DARK: &str = include_str!("themes/dark.yaml");
const LIGHT: &str = include_str!("themes/light.yaml");
const SIXTEEN: &str = include_str!("themes/sixteen.yaml");
const NO_COLOURS: &str = include_str!("themes/plain.yaml");

impl Theme {
    /// The theme of that name: `auto`, `dark` or `light`. `light_terminal` is
    /// what the terminal said of its background, if it did.
    pub fn named(name: &str, light_terminal: Option<bool>, depth: Depth) -> Self {
        if depth == Depth::None {
            return Self::read(NO_COLOURS, false, depth);
        }
        if depth == Depth::Sixteen {
            return Self::read(SIXTEEN, false, depth);
        }
        let light = match name {
            "light" => true,
            "dark" => false,
            _ => light_terminal.unwrap_or(false),
        };
        // the terminal's own paper where it is known to be of that kind
        let paints = name != "auto" && light_terminal != Some(light);
        Self::read(if light { LIGHT } else { DARK }, paints, depth)
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    fn read(text: &str, paints: bool, depth: Depth) -> Self {
        // the files are part of the program; `tests` read each of them
        let mut theme = Self {
            base: Style::default(),
            styles: vec![Style::default(); Role::ALL.len()],
        };
        let mut next = 0;
        for (name, spec) in entries(text) {
            let colour = || hex(spec).map(|c| reduce(c, depth)).filter(|_| paints);
            match name {
                "paper" => theme.base.bg = colour(),
                "ink" => theme.base.fg = colour(),
                _ => {
                    // they stand in the order of the roles, if nobody has moved them
                    let at = (next..Role::ALL.len())
                        .chain(0..next)
                        .find(|i| Role::ALL.get(*i).is_some_and(|(_, role)| *role == name));
                    if let Some((i, to)) = at.and_then(|i| Some((i, theme.styles.get_mut(i)?))) {
                        *to = style(spec, depth).unwrap_or_default();
                        next = i + 1;
                    }
                }
            }
        }
        theme
    }
}

/// The entries of a theme file: `name: "spec"`, a line each.
fn entries(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| {
        let (name, spec) = line.split_once(": \"")?;
        Some((name.trim_start(), spec.strip_suffix('"')?))
    })
}

/// A dotted line below: 着重号. ratatui has one kind of underline only, and a
/// blinking one is never asked for: the painter of the terminal knows that.
const DOTTED: Modifier = Modifier::UNDERLINED.union(Modifier::SLOW_BLINK);
/// A wavy line below: 书名号甲式.
const CURLY: Modifier = Modifier::UNDERLINED.union(Modifier::RAPID_BLINK);

/// Reads `bold #rrggbb on #rrggbb`.
fn style(spec: &str, depth: Depth) -> Option<Style> {
    let mut style = Style::default();
    let mut ground = false;
    for word in spec.split_whitespace() {
        match word {
            "on" => ground = true,
            "bold" => style = style.add_modifier(Modifier::BOLD),
            "dim" => style = style.add_modifier(Modifier::DIM),
            "italic" => style = style.add_modifier(Modifier::ITALIC),
            "underlined" => style = style.add_modifier(Modifier::UNDERLINED),
            "dotted" => style = style.add_modifier(DOTTED),
            "curly" => style = style.add_modifier(CURLY),
            "reversed" => style = style.add_modifier(Modifier::REVERSED),
            "crossed-out" => style = style.add_modifier(Modifier::CROSSED_OUT),
            _ => {
                let colour = ansi(word).or_else(|| hex(word).map(|rgb| reduce(rgb, depth)))?;
                style = if ground {
                    style.bg(colour)
                } else {
                    style.fg(colour)
                };
            }
        }
    }
    Some(style)
}

/// Reads the name of one of the terminal's own colours.
fn ansi(word: &str) -> Option<Color> {
    Some(match word {
        "black" => Color::Black,
        "red" => Color::Red,
        "green" => Color::Green,
        "yellow" => Color::Yellow,
        "blue" => Color::Blue,
        "magenta" => Color::Magenta,
        "cyan" => Color::Cyan,
        "white" => Color::Gray,
        _ => return None,
    })
}

/// Reads `#rrggbb`.
fn hex(word: &str) -> Option<(u8, u8, u8)> {
    let n = u32::from_str_radix(word.strip_prefix('#').filter(|d| d.len() == 6)?, 16).ok()?;
    Some(((n >> 16) as u8, (n >> 8) as u8, n as u8))
}

/// The nearest colour that the terminal has.
fn reduce((r, g, b): (u8, u8, u8), depth: Depth) -> Color {
    match depth {
        Depth::True => Color::Rgb(r, g, b),
        Depth::Palette => {
            let (spread, mean) = (
                r.max(g).max(b) - r.min(g).min(b),
                (u16::from(r) + u16::from(g) + u16::from(b)) / 3,
            );
            if spread < 14 {
                return Color::Indexed(match mean {
                    0..8 => 16,
                    238.. => 231,
                    _ => 232 + ((mean - 8) / 10) as u8,
                });
            }
            let step = |v: u8| match v {
                0..48 => 0,
                48..115 => 1,
                _ => (v - 35) / 40,
            };
            Color::Indexed(16 + 36 * step(r) + 6 * step(g) + step(b))
        }
        // these depths have themes of their own, in names
        Depth::Sixteen | Depth::None => Color::Reset,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// A theme file, read as the YAML that it is.
    #[derive(serde::Deserialize)]
    struct File {
        paper: Option<String>,
        ink: Option<String>,
        roles: BTreeMap<String, String>,
    }

    fn file(text: &str) -> File {
        serde_yaml::from_str(text).unwrap()
    }

    #[test]
    fn a_line_is_an_entry() {
        for text in [DARK, LIGHT, SIXTEEN, NO_COLOURS] {
            let file = file(text);
            let facts = [("paper", &file.paper), ("ink", &file.ink)]
                .into_iter()
                .filter_map(|(name, spec)| Some((name, spec.as_deref()?)));
            let mut yaml: Vec<(&str, &str)> = facts
                .chain(
                    file.roles
                        .iter()
                        .map(|(name, spec)| (name.as_str(), spec.as_str())),
                )
                .collect();
            let mut ours: Vec<(&str, &str)> = entries(text).collect();
            yaml.sort_unstable();
            ours.sort_unstable();
            assert_eq!(ours, yaml);
        }
    }

    #[test]
    fn every_theme_names_every_role_and_no_other() {
        for text in [DARK, LIGHT, SIXTEEN, NO_COLOURS] {
            let file = file(text);
            for (_, name) in Role::ALL {
                let spec = file
                    .roles
                    .get(*name)
                    .unwrap_or_else(|| panic!("{name} is missing"));
                assert!(style(spec, Depth::True).is_some(), "{name}: {spec}");
            }
            assert_eq!(file.roles.len(), Role::ALL.len());
        }
        for (i, (role, _)) in Role::ALL.iter().enumerate() {
            assert_eq!(*role as usize, i);
        }
    }

    #[test]
    fn few_colours_are_asked_for_by_name_and_none_where_there_are_none() {
        for spec in file(SIXTEEN).roles.values() {
            assert!(!spec.contains('#'), "{spec}");
        }
        for spec in file(NO_COLOURS).roles.values() {
            let style = style(spec, Depth::True).unwrap();
            assert_eq!((style.fg, style.bg), (None, None), "{spec}");
        }
    }

    /// WCAG 2 relative luminance and contrast.
    fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
        let light = |(r, g, b): (u8, u8, u8)| {
            let part = |v: u8| {
                let v = f64::from(v) / 255.0;
                if v <= 0.03928 {
                    v / 12.92
                } else {
                    ((v + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
        };
        let (x, y) = (light(a).max(light(b)), light(a).min(light(b)));
        (x + 0.05) / (y + 0.05)
    }

    #[test]
    fn what_is_read_has_a_contrast_of_four_and_a_half() {
        let rgb = |c: Color| {
            if let Color::Rgb(r, g, b) = c {
                (r, g, b)
            } else {
                panic!("{c:?}")
            }
        };
        for text in [DARK, LIGHT] {
            let file = file(text);
            let (paper, ink) = (
                hex(file.paper.as_ref().unwrap()).unwrap(),
                hex(file.ink.as_ref().unwrap()).unwrap(),
            );
            for (_, name) in Role::ALL
                .iter()
                .filter(|(_, n)| !n.starts_with("strip") && *n != "border")
            {
                let s = style(&file.roles[*name], Depth::True).unwrap();
                let (fg, bg) = (s.fg.map_or(ink, rgb), s.bg.map_or(paper, rgb));
                assert!(contrast(fg, bg) >= 4.5, "{name}: {:.2}", contrast(fg, bg));
            }
        }
    }

    /// The usual values of a terminal's own colours.
    fn usual(c: Color, ground: (u8, u8, u8)) -> (u8, u8, u8) {
        match c {
            Color::Black => (0, 0, 0),
            Color::Red => (205, 0, 0),
            Color::Green => (0, 205, 0),
            Color::Yellow => (205, 205, 0),
            Color::Blue => (0, 0, 205),
            Color::Magenta => (205, 0, 205),
            Color::Cyan => (0, 205, 205),
            Color::Gray => (229, 229, 229),
            Color::Rgb(r, g, b) => (r, g, b),
            Color::Indexed(i) if i >= 232 => [8 + 10 * (i - 232); 3].into(),
            Color::Indexed(i) if i >= 16 => {
                let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
                (
                    step((i - 16) / 36),
                    step((i - 16) / 6 % 6),
                    step((i - 16) % 6),
                )
            }
            _ => ground,
        }
    }

    #[test]
    fn keywords_are_told_apart_without_colour_and_read_with_it() {
        for (text, depth, least) in [
            (DARK, Depth::True, 4.5),
            (LIGHT, Depth::True, 4.5),
            (DARK, Depth::Palette, 4.0),
            (LIGHT, Depth::Palette, 4.0),
            (SIXTEEN, Depth::Sixteen, 3.5),
            (NO_COLOURS, Depth::None, 0.0),
        ] {
            let file = file(text);
            let all: Vec<Style> = (0..8)
                .map(|i| style(&file.roles[&format!("keyword{}", i + 1)], depth).unwrap())
                .collect();
            for (i, a) in all.iter().enumerate() {
                let look = |s: &Style| {
                    let reversed = s.add_modifier.contains(Modifier::REVERSED) && s.fg.is_some();
                    (
                        if reversed { (s.bg, s.fg) } else { (s.fg, s.bg) },
                        if reversed {
                            s.add_modifier - Modifier::REVERSED
                        } else {
                            s.add_modifier
                        },
                    )
                };
                assert!(
                    all.iter().skip(i + 1).all(|b| look(a) != look(b)),
                    "{depth:?}: keyword{} looks like a later one",
                    i + 1
                );
                assert!(
                    all.iter()
                        .skip(i + 1)
                        .all(|b| a.add_modifier != b.add_modifier),
                    "{depth:?}: keyword{} looks like a later one",
                    i + 1
                );
                if let (Some(fg), Some(bg)) = (a.fg, a.bg) {
                    let found = contrast(usual(fg, (0, 0, 0)), usual(bg, (0, 0, 0)));
                    assert!(found >= least, "{depth:?} keyword{}: {found:.2}", i + 1);
                }
            }
        }
    }

    #[test]
    fn few_colours_still_tell_hits_from_text() {
        for depth in [Depth::Sixteen, Depth::Palette, Depth::None] {
            let theme = Theme::named("auto", Some(false), depth);
            let all =
                [Role::Text, Role::Match, Role::MatchCurrent, Role::Marker].map(|r| theme.style(r));
            for (i, a) in all.iter().enumerate() {
                for b in all.iter().skip(i + 1) {
                    assert_ne!(a, b, "{depth:?}");
                }
            }
        }
    }
}
