//! What the environment says: language, colours, directories, settings.
//!
//! The only code that reads environment variables.

use crate::command::config;
use crate::command::options::Config;
use crate::shell::Error;
use crate::shell::terminal::display::Abilities;
use crate::text::Lang;
use crate::view::theme::Depth;
use etcetera::BaseStrategy;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The language: `--lang` among the arguments, else the locale. Looked up
/// before the arguments are parsed, so that help and errors are in it too.
pub fn lang(arguments: &[OsString]) -> Lang {
    let mut words = arguments.iter().filter_map(|a| a.to_str());
    while let Some(word) = words.next() {
        let value = word
            .strip_prefix("--lang=")
            .or_else(|| if word == "--lang" { words.next() } else { None });
        match value {
            Some("zh") => return Lang::Zh,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|v| !v.is_empty()));
    Lang::of_locale(&locale.unwrap_or_default())
}

/// How many colours the terminal has, by the common conventions.
pub fn depth() -> Depth {
    let var = |name| env::var(name).unwrap_or_default();
    let term = var("TERM");
    if env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) || term == "dumb" {
        Depth::None
    } else if matches!(var("COLORTERM").as_str(), "truecolor" | "24bit") || term.contains("direct")
    {
        Depth::True
    } else if term.contains("256") || var("TERM_PROGRAM") == "Apple_Terminal" {
        Depth::Palette
    } else {
        Depth::Sixteen
    }
}

/// What the terminal takes beside text and colours: terminals that are known to
/// take it, by what they say of themselves. Others get plain underlines and no
/// links.
pub fn abilities() -> Abilities {
    let var = |name| env::var(name).unwrap_or_default();
    let (term, program) = (var("TERM"), var("TERM_PROGRAM"));
    let number = |name| {
        var(name)
            .chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
            .parse::<u32>()
            .unwrap_or(0)
    };
    if program == "tmux" || !var("TMUX").is_empty() {
        let version: f32 = var("TERM_PROGRAM_VERSION")
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect::<String>()
            .parse()
            .unwrap_or(0.0);
        return Abilities {
            underlines: true,
            links: version >= 3.4,
            scrolls: true,
            ..Abilities::default()
        };
    }
    let modern = matches!(
        program.as_str(),
        "WezTerm" | "iTerm.app" | "ghostty" | "vscode" | "rio" | "mintty" | "contour"
    ) || [
        "kitty",
        "foot",
        "alacritty",
        "ghostty",
        "wezterm",
        "contour",
    ]
    .iter()
    .any(|name| term.contains(name))
        || !var("WT_SESSION").is_empty()
        || number("VTE_VERSION") >= 5200
        || number("KONSOLE_VERSION") >= 220_400;
    // what it says of margins and of whole frames is asked later
    let scrolls = !matches!(term.as_str(), "" | "dumb");
    Abilities {
        underlines: modern,
        links: modern,
        scrolls,
        ..Abilities::default()
    }
}

/// Whether the terminal can do nothing but print.
pub fn is_dumb() -> bool {
    env::var("TERM").is_ok_and(|term| term == "dumb")
}

/// Whether the terminal understands questions.
pub fn answers() -> bool {
    !matches!(
        env::var("TERM").unwrap_or_default().as_str(),
        "" | "dumb" | "linux"
    )
}

/// What `COLORFGBG` says of the background, where it is set.
pub fn light_background() -> Option<bool> {
    let value = env::var("COLORFGBG").ok()?;
    let ground: u8 = value.rsplit(';').next()?.parse().ok()?;
    Some(matches!(ground, 7 | 9..=15))
}

/// The settings, and complaints about them: the named file, which must exist,
/// or the one in the XDG configuration directory, which need not.
///
/// # Errors
/// Where the named file cannot be read.
pub fn config(named: Option<&Path>, lang: Lang) -> Result<(Config, Vec<String>), Error> {
    let Some(path) = config_file(named.map(Path::to_owned)) else {
        return Ok((Config::default(), Vec::new()));
    };
    match crate::shell::open::input::text(&path) {
        Ok(text) => {
            let (mut config, mut wrong) = config::read(&text, lang);
            if let Some(other) = config.lang.filter(|l| *l != lang) {
                // what is wrong is said in the language that the file names
                (config, wrong) = config::read(&text, other);
            }
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            Ok((
                config,
                wrong.into_iter().map(|w| format!("{name}: {w}")).collect(),
            ))
        }
        Err(why) if named.is_some() => Err(Error::Config { path, why }),
        Err(_) => Ok((Config::default(), Vec::new())),
    }
}

/// Writes one setting into the file, which need not exist; the rest of it stays.
/// Another file takes its place at once, so that nothing is ever half written.
///
/// # Errors
/// Where the file cannot be written.
pub fn keep_setting(file: &Path, name: &str, value: &str) -> std::io::Result<()> {
    // where the file is a link, what it leads to is written
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let text = match crate::shell::open::input::text(&file) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => return Err(why),
        text => text.unwrap_or_default(),
    };
    if let Some(directory) = file.parent() {
        std::fs::create_dir_all(directory)?;
    }
    let new = file.with_extension(format!("yaml.{}", std::process::id()));
    std::fs::write(&new, config::with(&text, name, value))?;
    if let Ok(before) = std::fs::metadata(&file) {
        std::fs::set_permissions(&new, before.permissions())?;
    }
    std::fs::rename(&new, &file)
}

/// The settings file: the named one, else `jingdu/config.yaml` in the XDG
/// configuration directory.
pub fn config_file(named: Option<PathBuf>) -> Option<PathBuf> {
    if named.is_some() {
        return named;
    }
    Some(
        etcetera::base_strategy::choose_base_strategy()
            .ok()?
            .config_dir()
            .join("jingdu")
            .join("config.yaml"),
    )
}

/// Where the store lies: `jingdu/state.db` in the XDG state directory. `None`
/// where the user has no home.
pub fn state() -> Option<PathBuf> {
    Some(
        etcetera::base_strategy::choose_base_strategy()
            .ok()?
            .state_dir()?
            .join("jingdu")
            .join("state.db"),
    )
}

/// Where exported notes are written: as set, else in the XDG data directory.
pub fn notes(set: Option<&str>) -> Option<PathBuf> {
    let home = || env::var_os("HOME").map(PathBuf::from);
    match set {
        Some(path) => Some(
            path.strip_prefix("~/")
                .and_then(|rest| Some(home()?.join(rest)))
                .unwrap_or_else(|| PathBuf::from(path)),
        ),
        None => Some(
            etcetera::base_strategy::choose_base_strategy()
                .ok()?
                .data_dir()
                .join("jingdu")
                .join("notes"),
        ),
    }
}

/// The reader's editor, with its arguments.
pub fn editor() -> Vec<String> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|v| !v.trim().is_empty());
    named
        .unwrap_or_else(|| "vi".to_owned())
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Whether this is inside tmux, and what the terminal calls itself.
pub fn multiplexer() -> (bool, String) {
    (
        env::var_os("TMUX").is_some_and(|v| !v.is_empty()),
        env::var("TERM").unwrap_or_default(),
    )
}
