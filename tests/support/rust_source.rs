//! A rough reader of Rust sources for the tests of the structure: files, code without
//! comments and strings, functions.
//!
//! It relies on rustfmt: an item begins at an indent and ends with a brace at the same
//! indent.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file below `src/`.
pub struct SourceFile {
    /// Path from the project's root, `src/text/fold.rs`.
    pub name: String,
    /// Name of the top module, `text`.
    pub module: String,
    /// The whole text.
    pub text: String,
    /// The text before its tests.
    pub code: String,
}

/// A function of a source file.
pub struct Function {
    /// Number of its first line, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// Lines from `fn` to the closing brace.
    pub lines: usize,
    /// Branches, match arms, `&&` and `||`.
    pub branches: usize,
}

/// Returns the project's root.
pub fn root() -> PathBuf {
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

/// Returns every source file below `src/`, by name.
pub fn sources() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    files(&root().join("src"), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            let module = name.split('/').nth(1).unwrap();
            let module = module.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod ").next().unwrap().to_owned();
            SourceFile {
                name,
                module,
                text,
                code,
            }
        })
        .collect()
}

/// Returns a line without its comment and without what its string literals hold.
pub fn code_of(line: &str) -> String {
    let mut code = String::new();
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if quoted => drop(chars.next()),
            '"' => quoted = !quoted,
            '/' if !quoted && chars.peek() == Some(&'/') => break,
            _ if quoted => {}
            _ => code.push(c),
        }
    }
    code
}

/// Returns how many branches, arms and logical operators a line of code has.
fn branches(code: &str) -> usize {
    let words = code
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| matches!(*word, "if" | "while" | "for" | "loop"))
        .count();
    let closures = ["(||", ", ||", "= ||", "move ||"];
    let closures: usize = closures.iter().map(|c| code.matches(c).count()).sum();
    let operators = code.matches("&&").count() + code.matches("||").count();
    words + code.matches("=>").count() + operators.saturating_sub(closures)
}

/// Returns the functions of a file outside its tests, nested ones counted with the outer.
pub fn functions(file: &SourceFile) -> Vec<Function> {
    let mut found = Vec::new();
    let mut open: Option<(usize, Function)> = None;
    for (number, line) in file.code.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let code = code_of(line);
        if let Some((at, function)) = &mut open {
            function.lines += 1;
            function.branches += branches(&code);
            if indent == *at && line.trim_start().starts_with('}') {
                found.extend(open.take().map(|(_, function)| function));
            }
            continue;
        }
        let mut words = code.split_whitespace();
        let is_fn = words.any(|word| word == "fn");
        let head = code.trim_start();
        let starts = ["fn ", "pub ", "pub(", "const fn ", "async fn "];
        if is_fn && starts.iter().any(|start| head.starts_with(start)) && !code.ends_with(';') {
            let name = code.split("fn ").nth(1).unwrap_or_default();
            let name = name.split(['(', '<']).next().unwrap_or_default().to_owned();
            if !code.trim_end().ends_with('}') {
                let (line, lines, branches) = (number + 1, 1, 0);
                let function = Function {
                    line,
                    name,
                    lines,
                    branches,
                };
                open = Some((indent, function));
            }
        }
    }
    found
}

/// Returns the fields of every struct of a file: first line, name, count.
pub fn structs(file: &SourceFile) -> Vec<(usize, String, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, usize)> = None;
    for (number, line) in file.code.lines().enumerate() {
        let code = code_of(line);
        let code = code.trim();
        if let Some((_, _, fields)) = &mut open {
            *fields += usize::from(code.ends_with(',') && code.contains(": "));
            if code == "}" {
                found.extend(open.take());
            }
        } else if let Some(rest) = code.split("struct ").nth(1)
            && code.ends_with('{')
        {
            let name = rest.split([' ', '<', '(']).next().unwrap().to_owned();
            open = Some((number + 1, name, 0));
        }
    }
    found
}
