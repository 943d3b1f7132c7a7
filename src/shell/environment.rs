//! Reads the environment: language, colours, folders, settings.
//!
//! No other code reads environment variables.

use crate::command::config;
use crate::command::options::Config;
use crate::shell::error::Error;
use crate::shell::multiplexer::{self, Multiplexer, WayToTerminal, leading_number};
use crate::shell::open::input;
use crate::shell::terminal::display::Abilities;
use crate::text::Lang;
use crate::view::theme::Depth;
use etcetera::BaseStrategy;
use etcetera::base_strategy::choose_base_strategy;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Terminals that are known to draw underlines of their own and links.
const MODERN_TERMS: &str = "kitty foot alacritty ghostty wezterm contour";
/// The same by `TERM_PROGRAM`.
const MODERN_PROGRAMS: &str = "WezTerm iTerm.app ghostty vscode rio mintty contour";

/// Returns a variable's value; empty where it is not set.
fn var(name: &str) -> String {
    env::var(name).unwrap_or_default()
}

/// Returns the language: `--lang` among the arguments, else the locale. Needed before the
/// arguments are parsed, so that help and errors are in it as well.
pub(crate) fn lang(arguments: &[OsString]) -> Lang {
    let mut words = arguments.iter().filter_map(|a| a.to_str());
    while let Some(word) = words.next() {
        let value = match word {
            "--lang" => words.next(),
            _ => word.strip_prefix("--lang="),
        };
        match value {
            Some("zh") => return Lang::Zh,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].map(var);
    let locale = locale.iter().find(|v| !v.is_empty());
    Lang::of_locale(locale.map_or("", String::as_str))
}

/// Returns the number of colours of the terminal, by the common conventions.
pub(crate) fn depth() -> Depth {
    let no_color = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    if no_color {
        return Depth::None;
    }
    depth_of(&var("TERM"), &var("COLORTERM"), multiplexer::around(&var))
}

/// Returns the number of colours of a terminal by its name and by `COLORTERM`. GNU screen hands on
/// the `COLORTERM` of the terminal around it, but takes a colour of three parts for three others;
/// it names itself after that terminal, and where it does not, may have eight colours only.
fn depth_of(term: &str, color: &str, around: Multiplexer) -> Depth {
    let says_true = matches!(color, "truecolor" | "24bit") || term.contains("direct");
    if term == "dumb" {
        Depth::None
    } else if says_true && !around.is_screen() {
        Depth::True
    } else if term.contains("256") || var("TERM_PROGRAM") == "Apple_Terminal" {
        Depth::Palette
    } else {
        Depth::Sixteen
    }
}

/// Returns the terminal's abilities beside text and colours, by its own variables. An
/// unknown terminal gets plain underlines and no links.
pub(crate) fn abilities() -> Abilities {
    let (term, program) = (var("TERM"), var("TERM_PROGRAM"));
    if program == "tmux" || !var("TMUX").is_empty() {
        return Abilities {
            underlines: true,
            links: leading_number(&var("TERM_PROGRAM_VERSION")) >= 3.4,
            scrolls: true,
            ..Abilities::default()
        };
    }
    let modern = MODERN_PROGRAMS.split(' ').any(|name| name == program)
        || MODERN_TERMS.split(' ').any(|name| term.contains(name))
        || !var("WT_SESSION").is_empty()
        || leading_number(&var("VTE_VERSION")) >= 5200.0
        || leading_number(&var("KONSOLE_VERSION")) >= 220_400.0;
    // margins and whole frames are asked for later
    Abilities {
        underlines: modern,
        links: modern,
        scrolls: !matches!(term.as_str(), "" | "dumb"),
        ..Abilities::default()
    }
}

/// Returns whether the terminal can do nothing but print.
pub(crate) fn is_dumb() -> bool {
    var("TERM") == "dumb"
}

/// Returns whether the terminal understands questions.
pub(crate) fn answers() -> bool {
    !matches!(var("TERM").as_str(), "" | "dumb" | "linux")
}

/// Returns whether the background is light by `COLORFGBG`, where that is set.
pub(crate) fn light_background() -> Option<bool> {
    let ground: u8 = var("COLORFGBG").rsplit(';').next()?.parse().ok()?;
    Some(matches!(ground, 7 | 9..=15))
}

/// The settings and where they come from.
#[derive(Debug, Default)]
pub(crate) struct LoadedConfig {
    pub config: Config,
    /// The settings file, which need not exist.
    pub path: Option<PathBuf>,
    /// Lines about its faults.
    pub complaints: Vec<String>,
}

/// Reads the settings: the named file, which must exist, or `jingdu/config.yaml` in the XDG
/// configuration folder, which need not.
pub(crate) fn config(named: Option<PathBuf>, lang: Lang) -> Result<LoadedConfig, Error> {
    let must_exist = named.is_some();
    let usual = || Some(choose_base_strategy().ok()?.config_dir());
    let path = named.or_else(|| Some(usual()?.join("jingdu").join("config.yaml")));
    let mut loaded = LoadedConfig {
        path,
        ..LoadedConfig::default()
    };
    let Some(path) = &loaded.path else {
        return Ok(loaded);
    };
    let text = match input::text(path) {
        Ok(text) => text,
        Err(why) if must_exist => {
            let path = path.clone();
            return Err(Error::Config { path, why });
        }
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(loaded),
        Err(why) => {
            let path = path.clone();
            loaded.complaints = vec![Error::Config { path, why }.line(lang)];
            return Ok(loaded);
        }
    };
    let (mut config, mut complaints) = config::read(&text, lang);
    if let Some(other) = config.lang.filter(|l| *l != lang) {
        // complaints are in the language that the file names
        (config, complaints) = config::read(&text, other);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let complaints = complaints.into_iter().map(|c| format!("{name}: {c}"));
    loaded.complaints = complaints.collect();
    loaded.config = config;
    Ok(loaded)
}

/// Writes one setting into the file, which need not exist; the rest of it stays. The new file
/// replaces the old one whole.
pub(crate) fn keep_setting(file: &Path, name: &str, value: &str) -> io::Result<()> {
    // a link stays a link: the file that it leads to is replaced
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let text = match input::text(&file) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        text => text.unwrap_or_default(),
    };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = file.with_extension(format!("yaml.{}", std::process::id()));
    fs::write(&new, config::with(&text, name, value))?;
    if let Ok(before) = fs::metadata(&file) {
        fs::set_permissions(&new, before.permissions())?;
    }
    fs::rename(&new, &file)
}

/// Returns the store's file: `jingdu/state.db` in the XDG state folder. `None` where the user
/// has no home and sets no such folder.
pub(crate) fn state() -> Option<PathBuf> {
    let set = env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let set = set.filter(|folder| folder.is_absolute());
    let folder = set.or_else(|| choose_base_strategy().ok()?.state_dir())?;
    Some(folder.join("jingdu").join("state.db"))
}

/// Returns the file of the library's cache: `jingdu/library.db` in the XDG cache folder. `None`
/// where the user has no home.
pub(crate) fn library_cache() -> Option<PathBuf> {
    let folder = choose_base_strategy().ok()?.cache_dir();
    Some(folder.join("jingdu").join("library.db"))
}

/// Returns the folder of exported notes: as set, else in the XDG data folder.
pub(crate) fn notes(set: Option<&str>) -> Option<PathBuf> {
    let Some(path) = set else {
        let folder = choose_base_strategy().ok()?.data_dir();
        return Some(folder.join("jingdu").join("notes"));
    };
    Some(path_of_setting(path))
}

/// Returns the path that a setting names; `~/` is the home folder.
pub(crate) fn path_of_setting(path: &str) -> PathBuf {
    let home = env::var_os("HOME").map(PathBuf::from);
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        (None, Some(home)) if path == "~" => home,
        _ => PathBuf::from(path),
    }
}

/// Returns the reader's editor, with its arguments.
pub(crate) fn editor() -> Vec<String> {
    let set = ["VISUAL", "EDITOR"].map(var);
    let named = set.iter().find(|v| !v.trim().is_empty());
    words(named.map_or("vi", String::as_str))
}

/// Splits a command into words as a shell would, by quotes and backslashes; at blanks where a
/// quote is not closed.
pub(crate) fn words(command: &str) -> Vec<String> {
    shlex::split(command).unwrap_or_else(|| command.split_whitespace().map(str::to_owned).collect())
}

/// Returns the program that opens an address in the desktop's browser. None without a desktop:
/// a browser in the terminal would draw over the text.
pub(crate) fn opener() -> Option<&'static str> {
    if cfg!(target_os = "macos") {
        return Some("open");
    }
    let is_set = |name: &&str| !var(name).is_empty();
    let desktop = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(is_set);
    desktop.then_some("xdg-open")
}

/// Returns what a copy has to pass on its way to the terminal.
pub(crate) fn way_to_terminal() -> WayToTerminal {
    WayToTerminal::of(&var)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn screen_gets_no_colours_of_three_parts() {
        use Depth::{None, Palette, Sixteen, True};
        let rows = [
            ("TERM=xterm-kitty COLORTERM=truecolor", True),
            ("TERM=xterm-direct", True),
            ("TERM=xterm-256color", Palette),
            ("TERM=xterm", Sixteen),
            ("TERM=dumb COLORTERM=truecolor", None),
            // GNU screen, here and at the near end of a line
            (
                "TERM=screen.xterm-256color COLORTERM=truecolor STY=1.p",
                Palette,
            ),
            ("TERM=screen COLORTERM=24bit STY=1.p", Sixteen),
            ("TERM=screen STY=1.p", Sixteen),
            ("TERM=screen-256color COLORTERM=truecolor", Palette),
            ("TERM=xterm-direct STY=1.p", Sixteen),
            (
                "TERM=screen.tmux-256color COLORTERM=truecolor STY=1.p TMUX=/t",
                Palette,
            ),
            // tmux knows them, under its old name as well
            ("TERM=screen-256color COLORTERM=truecolor TMUX=/t", True),
            ("TERM=tmux-256color COLORTERM=truecolor", True),
        ];
        for (set, wanted) in rows {
            let of = |name: &str| {
                let pairs = set.split(' ').filter_map(|pair| pair.split_once('='));
                let mut values = pairs.filter(|(key, _)| *key == name);
                values
                    .next()
                    .map_or_else(String::new, |(_, value)| value.to_owned())
            };
            let found = depth_of(&of("TERM"), &of("COLORTERM"), multiplexer::around(&of));
            assert_eq!(found, wanted, "{set}");
        }
    }

    #[test]
    fn a_command_is_split_as_by_a_shell() {
        for (command, wanted) in [
            ("wl-copy -n", &["wl-copy", "-n"][..]),
            (
                "sh -c 'cat > \"$HOME/a b\"'",
                &["sh", "-c", "cat > \"$HOME/a b\""],
            ),
            ("emacsclient -c -a \"\"", &["emacsclient", "-c", "-a", ""]),
            ("/opt/my\\ editor/ed", &["/opt/my editor/ed"]),
            ("vi 'open", &["vi", "'open"]),
            ("  ", &[]),
        ] {
            assert_eq!(words(command), wanted, "{command:?}");
        }
    }
}
