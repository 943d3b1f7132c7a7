//! Reads the environment: language, colours, folders, settings.
//!
//! No other code reads environment variables.

use crate::command::config;
use crate::command::options::Config;
use crate::shell::error::Error;
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
    let term = var("TERM");
    let no_color = env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let color = var("COLORTERM");
    if no_color || term == "dumb" {
        Depth::None
    } else if matches!(color.as_str(), "truecolor" | "24bit") || term.contains("direct") {
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

/// Parses the number at the start of a version; 0 where there is none.
fn leading_number(version: &str) -> f64 {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let end = version.find(|c| !is_number(c)).unwrap_or(version.len());
    let number = version.get(..end).unwrap_or_default();
    number.parse().unwrap_or_default()
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
    let words = named.map_or("vi", String::as_str).split_whitespace();
    words.map(str::to_owned).collect()
}

/// Returns whether this is inside tmux, and the terminal's name.
pub(crate) fn multiplexer() -> (bool, String) {
    let in_tmux = env::var_os("TMUX").is_some_and(|v| !v.is_empty());
    (in_tmux, var("TERM"))
}
