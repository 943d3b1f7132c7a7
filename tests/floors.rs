//! The structure that ARCHITECTURE.md promises: who may use whom, how large a
//! file may be, that each says what it is for.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules by floor; a module may use lower floors only.
const FLOORS: &[(&str, usize)] = &[
    ("text", 0),
    ("source", 1),
    ("document", 2),
    ("format", 3),
    ("outline", 4),
    ("layout", 4),
    ("search", 4),
    ("library", 5),
    ("session", 6),
    ("command", 7),
    ("view", 8),
    ("shell", 9),
];

/// Outside names, and the lowest floor that may use each.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("unicode_width", &["text"]),
    ("unicode_segmentation", &["text"]),
    ("encoding_rs", &["source"]),
    ("simdutf8", &["source"]),
    ("zip", &["format"]),
    ("serde_yaml", &["format", "command"]),
    ("serde", &["format", "command"]),
    ("pulldown_cmark", &["format"]),
    ("html5gum", &["format"]),
    ("regex", &["format", "outline", "search"]),
    (
        "memchr",
        &[
            "text", "source", "document", "format", "outline", "search", "shell",
        ],
    ),
    ("pinyin", &["search"]),
    ("jieba_rs", &["search"]),
    ("ignore", &["shell"]),
    ("notify", &["shell"]),
    ("ratatui", &["view", "shell"]),
    ("crossterm", &["shell"]),
    ("terminput", &["shell"]),
    ("rustix", &["shell"]),
    ("filedescriptor", &["shell"]),
    ("signal_hook", &["shell"]),
    ("clap", &["shell"]),
    ("clap_complete", &["shell"]),
    ("clap_mangen", &["shell"]),
    ("etcetera", &["shell"]),
    ("serde_json", &["format", "shell"]),
    ("rusqlite", &["shell"]),
    ("twox_hash", &["shell"]),
    ("std::fs", &["shell"]),
    ("std::env", &["shell"]),
    ("std::process", &["shell"]),
    ("std::thread", &["shell"]),
    ("std::time", &["shell"]),
    ("std::net", &[]),
];

/// Lines of a source file at the most.
const LONGEST: usize = 800;
/// Fields of a struct at the most.
const FIELDS: usize = 13;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its module and its text without its tests.
fn sources() -> Vec<(String, String, String)> {
    let mut paths = Vec::new();
    files(&root().join("src"), &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            let module = name
                .split('/')
                .nth(1)
                .unwrap()
                .trim_end_matches(".rs")
                .to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
            (name, module, code)
        })
        .collect()
}

fn floor(module: &str) -> Option<usize> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, floor)| *floor)
}

/// The code of a line, without what is a comment or a string.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap()
}

#[test]
fn nobody_looks_up_or_sideways() {
    let mut wrong = Vec::new();
    for (name, module, text) in sources() {
        let Some(own) = floor(&module) else { continue };
        for (number, line) in text.lines().enumerate() {
            let line = code(line);
            assert!(
                !line.contains("super::super"),
                "{name}:{}: super::super hides who is used",
                number + 1
            );
            let used = line.match_indices("crate::").map(|(at, _)| &line[at + 7..]);
            for rest in used {
                let targets: Vec<&str> = match rest.strip_prefix('{') {
                    Some(list) => list
                        .split(',')
                        .map(|t| t.trim().split("::").next().unwrap())
                        .collect(),
                    None => vec![
                        rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                            .next()
                            .unwrap(),
                    ],
                };
                for target in targets {
                    if let Some(theirs) = floor(target)
                        .filter(|theirs| *theirs > own || (*theirs == own && target != module))
                    {
                        wrong.push(format!(
                            "{name}:{}: {module} (floor {own}) uses {target} (floor {theirs})",
                            number + 1
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_comes_from_outside_stays_on_its_floor() {
    let mut wrong = Vec::new();
    for (name, module, text) in sources() {
        if floor(&module).is_none() {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let line = code(line);
            for (outside, modules) in OUTSIDE {
                let uses = line.contains(&format!("{outside}::"))
                    || line.trim_start().starts_with(&format!("use {outside};"));
                let whole = !line.contains(&format!("_{outside}::"))
                    && !line.contains(&format!("::{outside}::"));
                if uses && whole && !modules.contains(&module.as_str()) {
                    wrong.push(format!("{name}:{}: {module} uses {outside}", number + 1));
                }
            }
            let hidden = [
                "RefCell",
                "Mutex",
                "RwLock",
                "LazyLock",
                "OnceLock",
                "static mut",
                "thread_local",
            ];
            if ["session", "view", "command"].contains(&module.as_str())
                && let Some(cell) = hidden.iter().find(|h| line.contains(**h))
            {
                wrong.push(format!("{name}:{}: {cell} hides a change", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_folder_knows_the_operating_system() {
    let system = [
        "std::os::",
        "rustix",
        "filedescriptor",
        "signal_hook",
        "libc::",
    ];
    let mut wrong = Vec::new();
    for (name, _, text) in sources() {
        if name.starts_with("src/shell/os/") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            if let Some(used) = system.iter().find(|s| code(line).contains(**s)) {
                wrong.push(format!("{name}:{}: {used}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_small_and_say_what_they_do() {
    let mut wrong = Vec::new();
    let mut lengths = Vec::new();
    for (name, _, _) in sources() {
        let text = fs::read_to_string(root().join(&name)).unwrap();
        let lines = text.lines().count();
        lengths.push(lines);
        if lines > LONGEST {
            wrong.push(format!("{name} has {lines} lines"));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{name} does not say what it does"));
        }
        let mut fields = None;
        for (number, line) in text.lines().enumerate() {
            if line.contains("struct ")
                && line.ends_with('{')
                && !line.trim_start().starts_with("//")
            {
                fields = Some((number, 0));
            } else if line.trim() == "}" {
                if let Some((at, count)) = fields.take().filter(|(_, count)| *count > FIELDS) {
                    wrong.push(format!("{name}:{}: a struct of {count} fields", at + 1));
                }
            } else if let Some((_, count)) = &mut fields {
                let line = code(line).trim();
                *count += usize::from(
                    line.ends_with(',') && line.contains(": ") && !line.starts_with('#'),
                );
            }
        }
    }
    lengths.sort_unstable();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        lengths[lengths.len() / 2] <= 220,
        "the median file has {} lines",
        lengths[lengths.len() / 2]
    );
}

#[test]
fn the_code_map_names_every_folder_and_no_missing_file() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let named: Vec<&str> = map
        .split('`')
        .filter(|part| part.starts_with("src/"))
        .collect();
    let mut folders: Vec<String> = sources()
        .into_iter()
        .filter_map(|(name, ..)| Some(format!("{}/", name.rsplit_once('/')?.0)))
        .filter(|folder| folder != "src/")
        .collect();
    folders.dedup();
    let missing: Vec<&String> = folders
        .iter()
        .filter(|folder| !named.contains(&folder.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md does not name {missing:?}"
    );
    let gone: Vec<&&str> = named
        .iter()
        .filter(|name| !root().join(name).exists())
        .collect();
    assert!(
        gone.is_empty(),
        "ARCHITECTURE.md names {gone:?}, which do not exist"
    );
}

#[test]
fn colours_stand_in_themes_only() {
    let mut wrong = Vec::new();
    for (name, _, text) in sources() {
        if name.ends_with("view/theme.rs") || name.ends_with("terminal/ansi_writer.rs") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let line = code(line);
            if line.contains("Color::") || line.contains("Rgb(") {
                wrong.push(format!("{name}:{}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
