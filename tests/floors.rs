//! The structure that ARCHITECTURE.md promises: which module may use which, and the
//! budgets of files, functions and names.

use crate::support::rust_source::{SourceFile, code_of, functions, root, sources, structs};
use jingdu::text::script::simplify;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

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
    ("unicode_properties", &["source"]),
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
    ("similar", &["library"]),
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
    ("twox_hash", &["session", "shell"]),
    ("shlex", &["shell"]),
    ("std::fs", &["shell"]),
    ("std::env", &["shell"]),
    ("std::process", &["shell"]),
    ("std::thread", &["shell"]),
    ("std::time", &["shell"]),
    ("std::net", &[]),
];

/// Lines of a source file at the most.
const MAX_FILE_LINES: usize = 600;
/// Lines of the median source file at the most.
const MAX_MEDIAN_LINES: usize = 200;
/// Lines of a function at the most.
const MAX_FUNCTION_LINES: usize = 60;
/// Branches, match arms and logical operators of a function at the most; clippy holds
/// arguments and cognitive complexity.
const MAX_FUNCTION_BRANCHES: usize = 20;
/// Fields of a struct at the most.
const MAX_FIELDS: usize = 12;
/// Names of constants that every file of a group has.
const GROUP_CONSTANTS: &[&str] = &["COMMANDS"];

fn floor(module: &str) -> Option<usize> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, floor)| *floor)
}

/// Fails with the findings, a line each.
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Returns the paths that a line of code names below `crate::`.
fn crate_paths(code: &str) -> Vec<String> {
    let path = |rest: &str| -> String {
        rest.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':')
            .collect()
    };
    code.match_indices("crate::")
        .flat_map(|(at, _)| {
            let rest = &code[at + 7..];
            let base = path(rest);
            match rest[base.len()..].strip_prefix('{') {
                Some(list) => {
                    let list = list.split('}').next().unwrap_or_default();
                    let items = list.split(',').map(str::trim);
                    items.map(|item| base.clone() + &path(item)).collect()
                }
                None => vec![base],
            }
        })
        .collect()
}

#[test]
fn modules_use_lower_floors_only() {
    let mut wrong = Vec::new();
    for SourceFile {
        name, module, code, ..
    } in sources()
    {
        let Some(own) = floor(&module) else { continue };
        for (number, line) in code.lines().enumerate() {
            let (line, number) = (code_of(line), number + 1);
            if line.contains("super::super") {
                wrong.push(format!("{name}:{number}: super::super hides what is used"));
            }
            for path in crate_paths(&line) {
                let target = path.split("::").next().unwrap_or_default();
                let Some(theirs) = floor(target) else {
                    continue;
                };
                if theirs > own || (theirs == own && target != module) {
                    wrong.push(format!(
                        "{name}:{number}: {module} (floor {own}) uses {target} (floor {theirs})"
                    ));
                }
            }
        }
    }
    none(&wrong);
}

#[test]
fn outside_crates_stay_on_their_floors() {
    let mut wrong = Vec::new();
    for SourceFile {
        name, module, code, ..
    } in sources()
    {
        if floor(&module).is_none() {
            continue;
        }
        for (number, line) in code.lines().enumerate() {
            let line = code_of(line);
            for (outside, modules) in OUTSIDE {
                let used = line.contains(&format!("{outside}::"))
                    || line.trim_start().starts_with(&format!("use {outside};"));
                let whole = !line.contains(&format!("_{outside}::"))
                    && !line.contains(&format!("::{outside}::"));
                if used && whole && !modules.contains(&module.as_str()) {
                    wrong.push(format!("{name}:{}: {module} uses {outside}", number + 1));
                }
            }
            if ["session", "view", "command"].contains(&module.as_str())
                && let Some(cell) = INTERIOR.iter().find(|cell| line.contains(**cell))
            {
                wrong.push(format!("{name}:{}: {cell} hides a change", number + 1));
            }
        }
    }
    none(&wrong);
}

/// Types that change behind a shared reference.
const INTERIOR: [&str; 7] = [
    "RefCell",
    "Mutex",
    "RwLock",
    "LazyLock",
    "OnceLock",
    "static mut",
    "thread_local",
];

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
    for SourceFile { name, code, .. } in sources() {
        if name.starts_with("src/shell/os/") {
            continue;
        }
        for (number, line) in code.lines().enumerate() {
            if let Some(used) = system.iter().find(|s| code_of(line).contains(**s)) {
                wrong.push(format!("{name}:{}: {used}", number + 1));
            }
        }
    }
    none(&wrong);
}

#[test]
fn files_are_small_and_begin_with_their_purpose() {
    let mut wrong = Vec::new();
    let mut lengths = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        lengths.push(lines);
        if lines > MAX_FILE_LINES {
            wrong.push(format!("{} has {lines} lines", file.name));
        }
        if !file.text.starts_with("//!") {
            wrong.push(format!("{} has no module comment", file.name));
        }
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    if median > MAX_MEDIAN_LINES {
        wrong.push(format!("the median file has {median} lines"));
    }
    none(&wrong);
}

#[test]
fn functions_and_structs_are_small() {
    let mut wrong = Vec::new();
    for file in sources() {
        for f in functions(&file) {
            if f.lines > MAX_FUNCTION_LINES || f.branches > MAX_FUNCTION_BRANCHES {
                wrong.push(format!(
                    "{}:{}: fn {} has {} lines, {} branches",
                    file.name, f.line, f.name, f.lines, f.branches
                ));
            }
        }
        for (line, name, fields) in structs(&file) {
            if fields > MAX_FIELDS {
                wrong.push(format!(
                    "{}:{line}: struct {name} has {fields} fields",
                    file.name
                ));
            }
        }
    }
    none(&wrong);
}

/// Returns the name that a line of code defines with one of `words`: `pub struct Name`.
fn defined<'a>(code: &'a str, words: &[&str]) -> Option<&'a str> {
    let rest = words.iter().find_map(|word| {
        let rest = code
            .strip_prefix("pub ")
            .or(code.strip_prefix("pub(crate) "));
        rest.unwrap_or(code).strip_prefix(word)
    })?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
}

#[test]
fn public_types_and_constants_have_names_of_their_own() {
    let mut types: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut constants: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in sources() {
        for line in file.code.lines() {
            let code = code_of(line);
            let name = file.name.clone();
            if code.starts_with("pub")
                && let Some(ty) = defined(&code, &["struct ", "enum ", "trait ", "type "])
            {
                types.entry(ty.to_owned()).or_default().push(name);
            } else if let Some(constant) = defined(code.trim_start(), &["const ", "static "]) {
                constants
                    .entry(constant.to_owned())
                    .or_default()
                    .insert(name);
            }
        }
    }
    let mut wrong: Vec<String> = types
        .iter()
        .filter(|(_, files)| files.len() > 1)
        .map(|(name, files)| format!("type {name}: {}", files.join(", ")))
        .collect();
    constants.retain(|name, files| {
        let is_name = name.chars().any(char::is_uppercase) && name != "_";
        files.len() > 2 && is_name && !GROUP_CONSTANTS.contains(&name.as_str())
    });
    for (name, files) in constants {
        wrong.push(format!("const {name}: {files:?}"));
    }
    none(&wrong);
}

/// Returns the file that a path below `crate::` leads to: the deepest that exists.
fn file_of<'a>(path: &str, names: &'a BTreeSet<String>) -> Option<&'a String> {
    let parts: Vec<&str> = path.split("::").filter(|part| !part.is_empty()).collect();
    (1..=parts.len()).rev().find_map(|n| {
        let stem = format!("src/{}", parts[..n].join("/"));
        names
            .get(&format!("{stem}.rs"))
            .or_else(|| names.get(&format!("{stem}/mod.rs")))
    })
}

/// Returns which files each file uses. A folder's `mod.rs` is the face of the folder:
/// between it and the files below it no arrow counts.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let files = sources();
    let names: BTreeSet<String> = files.iter().map(|file| file.name.clone()).collect();
    let mut arrows = BTreeMap::new();
    for file in &files {
        let parent = file.name.trim_end_matches("/mod.rs");
        let parent = parent.rsplit_once('/').map_or("", |(folder, _)| folder);
        let parent = parent.trim_start_matches("src/").replace('/', "::");
        // imports over several lines are one line here
        let code: String = file.code.lines().map(|line| code_of(line) + " ").collect();
        let code = code
            .replace("{ ", "{")
            .replace("super::", &format!("crate::{parent}::"));
        let targets = crate_paths(&code)
            .iter()
            .filter_map(|path| file_of(path, &names))
            .filter(|target| !is_face(target, &file.name) && !is_face(&file.name, target))
            .cloned()
            .collect();
        arrows.insert(file.name.clone(), targets);
    }
    arrows
}

/// Returns true if `face` is the `mod.rs` of a folder that holds `file`, or the file itself.
fn is_face(face: &str, file: &str) -> bool {
    face == file
        || face
            .strip_suffix("mod.rs")
            .is_some_and(|folder| file.starts_with(folder))
}

#[test]
fn files_use_each_other_in_one_direction() {
    let arrows = arrows();
    // a file whose every user was taken away, or that uses nothing left, is in no circle
    let mut left: BTreeSet<&String> = arrows.keys().collect();
    loop {
        let before = left.len();
        let used = |file: &String, left: &BTreeSet<&String>| {
            left.iter().any(|other| arrows[*other].contains(file))
        };
        let kept = left
            .iter()
            .copied()
            .filter(|file| arrows[*file].iter().any(|t| left.contains(t)) && used(file, &left))
            .collect();
        left = kept;
        if left.len() == before {
            break;
        }
    }
    let wrong: Vec<String> = left
        .iter()
        .map(|file| {
            let targets: Vec<_> = arrows[*file].iter().filter(|t| left.contains(t)).collect();
            format!("{file} -> {targets:?}")
        })
        .collect();
    none(&wrong);
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
        .filter_map(|file| Some(format!("{}/", file.name.rsplit_once('/')?.0)))
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
    for SourceFile { name, code, .. } in sources() {
        if name.ends_with("view/theme.rs") || name.ends_with("terminal/ansi_writer.rs") {
            continue;
        }
        for (number, line) in code.lines().enumerate() {
            let line = code_of(line);
            if line.contains("Color::") || line.contains("Rgb(") {
                wrong.push(format!("{name}:{}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rules compare simplified text, so that a word is listed once. The tables of `text` and
/// `search` pair the scripts, and those of `source` tell encodings apart: they hold both.
#[test]
fn words_are_in_one_script() {
    let of_rules = ["src/document/", "src/format/", "src/outline/"];
    let mut findings = Vec::new();
    for file in sources() {
        if !of_rules.iter().any(|folder| file.name.starts_with(folder)) {
            continue;
        }
        for (i, line) in file.code.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let twin = |c: &char| simplify(*c) != *c;
            findings.extend(
                code.chars()
                    .find(twin)
                    .map(|c| format!("{}:{}: {c} is {}", file.name, i + 1, simplify(c))),
            );
        }
    }
    none(&findings);
}

/// A doc comment begins with a verb or with the noun that it describes.
#[test]
fn no_doc_comment_begins_like_a_question() {
    let words = "What Whether How Where Which Who Why When So";
    let mut findings = Vec::new();
    for file in sources() {
        let mut above = "";
        for (n, line) in file.text.lines().enumerate() {
            let line = line.trim_start();
            let first = line
                .strip_prefix("///")
                .or_else(|| line.strip_prefix("//!"));
            let is_first = !above.starts_with("//");
            let word = first.and_then(|text| text.split_whitespace().next());
            if is_first && word.is_some_and(|word| words.split(' ').any(|w| w == word)) {
                findings.push(format!("{}:{}: {line}", file.name, n + 1));
            }
            above = line;
        }
    }
    none(&findings);
}
