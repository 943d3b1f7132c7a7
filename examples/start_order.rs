//! Writes `link/start.ld`: which functions run when an article is opened and read a
//! little, so that the linker can put them side by side (`build.rs` says why).
//!
//! `cargo rustc --release --bin jingdu -- -C strip=none`, then
//! `cargo run --release --example start_order`. Wants valgrind and a terminal of
//! the system; takes half a minute. To be done now and then: a function that is
//! not in the list lies where it always lay, a name that is no more says nothing.
//!
//! 1. Runs the program under valgrind in a terminal of its own, with [`KEYS`], after once
//!    without any.
//! 2. Takes the names of its functions out of what valgrind wrote, without what a
//!    compiler adds to them by chance.
//! 3. Writes them as a script of the linker, which leaves everything else as it is: what
//!    opens an article, what keys do, what keeps the place.

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// What is typed where an article is only opened.
const NONE: &[&str] = &["", "q"];
/// What is typed, each when the screen has come to rest: a row, a page, the ends, a
/// search, the outline, a resize, the end.
const KEYS: &[&str] = &[
    "",
    "jjk",
    " b",
    "G",
    "gg",
    "/经济\r",
    "n",
    "\x1b",
    "]",
    "t",
    "t",
    "q",
];
/// So long nothing comes when the screen is at rest. The store writes after a second.
const REST: Duration = Duration::from_millis(1800);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = std::env::temp_dir().join(format!("start_order.{}", std::process::id()));
    let state = out.with_extension("state");
    let ran = |keys| -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
        read(home, &out, &state, keys)?;
        let found = names(&std::fs::read_to_string(&out)?);
        std::fs::remove_file(&out)?;
        Ok(found)
    };
    // the first one makes the store, the second one finds it
    let opens = ran(NONE)?;
    let mut found: Vec<_> = ran(KEYS)?.union(&opens).cloned().collect();
    std::fs::remove_dir_all(&state)?;
    found.sort_by_key(|name| {
        if keeps(name) {
            2
        } else {
            u8::from(!opens.contains(name))
        }
    });
    if found.len() < 500 {
        return Err("the program has no names: build it with `cargo rustc --release --bin jingdu -- -C strip=none`".into());
    }
    let mut script = "/* What runs when an article is opened, side by side. Written by examples/start_order.rs. */\nSECTIONS {\n.text.start : {\n".to_owned();
    for name in &found {
        let _ = writeln!(script, "*(.text.{name} .text.unlikely.{name})");
    }
    script.push_str("}\n} INSERT BEFORE .text;\n");
    std::fs::write(home.join("link/start.ld"), script)?;
    println!("{} functions", found.len());
    Ok(())
}

/// Whether a function belongs to the store: it has its own thread, a second later.
/// All C is the data base's, but for what a name tells.
fn keeps(name: &str) -> bool {
    let c = !name.starts_with('_') && !name.starts_with("mem") && !name.starts_with("ZSTD");
    c || name.contains("rusqlite") || name.contains("5shell5store")
}

/// Reads an article under valgrind.
fn read(
    home: &Path,
    out: &Path,
    state: &Path,
    typed: &[&str],
) -> Result<(), Box<dyn std::error::Error>> {
    let size = PtySize {
        rows: 40,
        cols: 120,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size)?;
    let mut command = CommandBuilder::new("valgrind");
    command.args(["-q", "--tool=callgrind", "--demangle=no"]);
    command.arg(format!("--callgrind-out-file={}", out.display()));
    command.arg(home.join("target/release/jingdu"));
    command.arg(home.join("articles/02-crawled-commentary.md"));
    for (name, value) in [("TERM", "xterm-256color"), ("LANG", "zh_CN.UTF-8")] {
        command.env(name, value);
    }
    command.env("XDG_STATE_HOME", state);
    let mut child = pair.slave.spawn_command(command)?;
    drop(pair.slave);
    let (mut from, mut to) = (pair.master.try_clone_reader()?, pair.master.take_writer()?);
    let (sender, came) = channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 1 << 14];
        while let Ok(n @ 1..) = from.read(&mut bytes) {
            if sender.send(bytes[..n].to_vec()).is_err() {
                return;
            }
        }
    });
    let first = came.recv_timeout(Duration::from_secs(30))?;
    let mut came_last = first;
    for keys in typed {
        if *keys == "q" {
            pair.master.resize(PtySize { cols: 90, ..size })?;
        }
        to.write_all(keys.as_bytes())?;
        loop {
            // what the terminal is asked last
            if came_last.windows(3).any(|three| three == b"\x1b[c") {
                to.write_all(b"\x1b[?62;22c")?;
            }
            match came.recv_timeout(REST) {
                Ok(bytes) => came_last = bytes,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    child.wait()?;
                    return Ok(());
                }
            }
        }
        came_last.clear();
    }
    Err("the program did not end".into())
}

/// The names of the program's functions that ran, as patterns.
fn names(text: &str) -> BTreeSet<String> {
    let (mut names, mut found, mut own) = (BTreeMap::new(), BTreeSet::new(), false);
    for line in text.lines() {
        let Some((what, value)) = line.split_once('=') else {
            continue;
        };
        let kind = what.trim_start_matches('c');
        if !matches!(kind, "ob" | "fn") {
            continue;
        }
        // a name stands once, behind its number
        let (number, name) = value.split_once(' ').unwrap_or((value, ""));
        if !name.is_empty() {
            names.insert((kind, number), name);
        }
        let name = names.get(&(kind, number)).copied().unwrap_or_default();
        match what {
            // valgrind does not know whose a section of another name is than `.text`
            "ob" => own = name.ends_with("/jingdu") || name == "???",
            "fn" if own && !name.starts_with(['0', '(']) => _ = found.insert(pattern(name)),
            _ => {}
        }
    }
    found
}

/// A name without the parts that differ from compiler to compiler.
fn pattern(name: &str) -> String {
    // valgrind's own: how often a function is in itself
    let name = name.split('\'').next().unwrap_or_default();
    let (name, local) = name
        .split_once(".llvm.")
        .map_or((name, ""), |(name, _)| (name, "*"));
    // `_ZN…17h0123456789abcdefE`: the hash of what it was made of
    let plain = name
        .len()
        .checked_sub(20)
        .and_then(|at| name.split_at_checked(at))
        .filter(|(_, hash)| hash.starts_with("17h") && hash.ends_with('E'));
    let mut pattern = String::new();
    let mut rest = plain.map_or(name, |(path, _)| path);
    // `_R…Cs0123abc_4core`: the hash of a crate
    while let Some((before, after)) = rest.split_once("Cs") {
        pattern.push_str(before);
        pattern.push_str("Cs");
        rest = after;
        if name.starts_with("_R")
            && let Some((hash, after)) = after.split_once('_')
            && hash.chars().all(|c| c.is_ascii_alphanumeric())
        {
            pattern.push_str("*_");
            rest = after;
        }
    }
    pattern.push_str(rest);
    let pattern = pattern.replace(
        |c: char| !(c.is_ascii_alphanumeric() || "_.*".contains(c)),
        "?",
    );
    pattern + if plain.is_some() { "17h*" } else { local }
}
