//! Themes: the colours and weights of each role.
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
    /// Returns the theme of that name: `auto`, `dark` or `light`. `light_terminal` is
    /// what the terminal said of its background, if it did.
    pub fn named(name: &str, light_terminal: Option<bool>, depth: Depth) -> Self {
        let light = match (depth, name) {
            (Depth::None, _) => return Self::read(NO_COLOURS, false, depth),
            (Depth::Sixteen, _) => return Self::read(SIXTEEN, false, depth),
            (_, "light") => true,
            (_, "dark") => false,
            _ => light_terminal.unwrap_or(false),
        };
        // the terminal's own paper where it is known to be of that kind
        let paints = name != "auto" && light_terminal != Some(light);
        Self::read(if light { LIGHT } else { DARK }, paints, depth)
    }

    /// Returns the style of the role of that name.
    pub fn style_named(&self, name: &str) -> Option<Style> {
        let at = Role::names().iter().position(|role| *role == name)?;
        self.styles.get(at).copied()
    }

    pub(crate) fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// Reads a theme file, which is part of the program; `tests` read each of them.
    fn read(text: &str, paints: bool, depth: Depth) -> Self {
        let roles = Role::names();
        let (mut base, mut styles) = (Style::default(), vec![Style::default(); roles.len()]);
        for (name, spec) in entries(text) {
            let painted = || colour(spec, depth).filter(|_| paints);
            match (name, roles.iter().position(|role| *role == name)) {
                ("paper", _) => base.bg = painted(),
                ("ink", _) => base.fg = painted(),
                (_, Some(at)) => styles[at] = style(spec, depth).unwrap_or_default(),
                _ => {}
            }
        }
        Self { base, styles }
    }
}

/// Returns the entries of a theme file: `name: "spec"`, a line each.
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
    let (mut style, mut ground) = (Style::default(), false);
    for word in spec.split_whitespace() {
        let modifier = match word {
            "on" => {
                ground = true;
                continue;
            }
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underlined" => Modifier::UNDERLINED,
            "dotted" => DOTTED,
            "curly" => CURLY,
            "reversed" => Modifier::REVERSED,
            "crossed-out" => Modifier::CROSSED_OUT,
            _ => {
                let part = if ground { &mut style.bg } else { &mut style.fg };
                *part = Some(colour(word, depth)?);
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    if depth == Depth::Sixteen && style.fg == Some(Color::Black) {
        // where bold is bright, black becomes the grey of a faded text; also over what is bold
        style = style.remove_modifier(Modifier::BOLD);
    }
    Some(style)
}

/// Reads `#rrggbb`, or the name of one of the terminal's own colours.
fn colour(word: &str, depth: Depth) -> Option<Color> {
    match word.parse().ok()? {
        Color::Rgb(r, g, b) => Some(reduce((r, g, b), depth)),
        own => Some(own),
    }
}

/// Returns the nearest colour that the terminal has.
fn reduce((r, g, b): (u8, u8, u8), depth: Depth) -> Color {
    match depth {
        Depth::True => Color::Rgb(r, g, b),
        Depth::Palette => {
            let spread = r.max(g).max(b) - r.min(g).min(b);
            let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
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
            let facts = [("paper", file.paper), ("ink", file.ink)];
            let facts = facts.into_iter().filter_map(|(k, v)| Some((k, v?)));
            let roles = file.roles.iter().map(|(k, v)| (k.as_str(), v.clone()));
            let yaml: BTreeMap<&str, String> = facts.chain(roles).collect();
            let ours = entries(text).map(|(name, spec)| (name, spec.to_owned()));
            assert_eq!(entries(text).count(), yaml.len());
            assert_eq!(ours.collect::<BTreeMap<_, _>>(), yaml);
        }
    }

    #[test]
    fn every_theme_names_every_role_and_no_other() {
        let mut roles = Role::names();
        roles.sort_unstable();
        for text in [DARK, LIGHT, SIXTEEN, NO_COLOURS] {
            let file = file(text);
            assert!(file.roles.keys().eq(&roles));
            for (name, spec) in &file.roles {
                assert!(style(spec, Depth::True).is_some(), "{name}: {spec}");
            }
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
    fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
        let light = |colour: [u8; 3]| {
            let [r, g, b] = colour.map(|v| match f64::from(v) / 255.0 {
                v if v <= 0.03928 => v / 12.92,
                v => ((v + 0.055) / 1.055).powf(2.4),
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (x, y) = (light(a).max(light(b)), light(a).min(light(b)));
        (x + 0.05) / (y + 0.05)
    }

    #[test]
    fn what_is_read_has_a_contrast_of_four_and_a_half() {
        for text in [DARK, LIGHT] {
            let file = file(text);
            let stated = |spec: Option<String>| colour(&spec.unwrap(), Depth::True).unwrap();
            let (paper, ink) = (stated(file.paper), stated(file.ink));
            let is_text = |name: &str| !name.starts_with("strip") && name != "border";
            for (name, spec) in file.roles.iter().filter(|(name, _)| is_text(name)) {
                let s = style(spec, Depth::True).unwrap();
                let found = contrast(usual(s.fg.unwrap_or(ink)), usual(s.bg.unwrap_or(paper)));
                assert!(found >= 4.5, "{name}: {found:.2}");
            }
        }
    }

    /// The usual values of a terminal's own colours.
    fn usual(c: Color) -> [u8; 3] {
        match c {
            Color::Black => [0, 0, 0],
            Color::Red => [205, 0, 0],
            Color::Green => [0, 205, 0],
            Color::Yellow => [205, 205, 0],
            Color::Blue => [0, 0, 205],
            Color::Magenta => [205, 0, 205],
            Color::Cyan => [0, 205, 205],
            Color::Gray => [229, 229, 229],
            Color::Rgb(r, g, b) => [r, g, b],
            Color::Indexed(i) if i >= 232 => [8 + 10 * (i - 232); 3],
            Color::Indexed(i) if i >= 16 => {
                let step = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
                [(i - 16) / 36, (i - 16) / 6 % 6, (i - 16) % 6].map(step)
            }
            _ => panic!("{c:?}"),
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
            let keyword = |i| style(&file.roles[&format!("keyword{i}")], depth).unwrap();
            let all: Vec<Style> = (1..=8).map(keyword).collect();
            // the drawn colours and weight, and the weight alone
            let look = |s: &Style| {
                let reversed = s.add_modifier.contains(Modifier::REVERSED) && s.fg.is_some();
                match s.add_modifier {
                    weight if reversed => (s.bg, s.fg, weight - Modifier::REVERSED),
                    weight => (s.fg, s.bg, weight),
                }
            };
            let differ =
                |a: &Style, b: &Style| look(a) != look(b) && a.add_modifier != b.add_modifier;
            for (i, a) in all.iter().enumerate() {
                let is_own = all.iter().skip(i + 1).all(|b| differ(a, b));
                assert!(is_own, "{depth:?}: keyword{} looks like a later one", i + 1);
                if let (Some(fg), Some(bg)) = (a.fg, a.bg) {
                    let found = contrast(usual(fg), usual(bg));
                    assert!(found >= least, "{depth:?} keyword{}: {found:.2}", i + 1);
                }
            }
        }
    }

    #[test]
    fn few_colours_still_tell_hits_from_text() {
        const ROLES: [Role; 4] = [Role::Text, Role::Match, Role::MatchCurrent, Role::Marker];
        for depth in [Depth::Sixteen, Depth::Palette, Depth::None] {
            let theme = Theme::named("auto", Some(false), depth);
            let all: std::collections::HashSet<Style> =
                ROLES.map(|role| theme.style(role)).into_iter().collect();
            assert_eq!(all.len(), ROLES.len(), "{depth:?}");
        }
    }
}
