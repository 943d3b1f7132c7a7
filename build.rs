//! Tells the linker how the program lies in memory, where it can be told.
//!
//! 1. Only the optimised program for the system it is built on; everything else is
//!    linked as always. `JINGDU_LINK=plain` switches this off.
//! 2. Each of [`wishes`] is tried first on a program that does nothing: where it
//!    does not link, or does not run, it is not asked for. So no linker and no C
//!    library is too old to build with.
//!
//! Makes no code, and what it asks for changes nothing but where things lie.

use std::env::var;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the program would have, each with its reason.
fn wishes(home: &str) -> Vec<String> {
    vec![
        // What runs when an article is opened is one function of seven, strewn over all of the program; the system reads
        // 64 kB around each. Side by side they take two megabytes less.
        format!("-T{home}/link/start.ld"),
        // The 34,000 addresses that are put right at the start in 5 kB instead of 800, all of which are read. Wants glibc 2.36.
        "-Wl,-z,pack-relative-relocs".to_owned(),
    ]
}

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=link/start.ld");
    println!("cargo:rerun-if-env-changed=JINGDU_LINK");
    let is = |name: &str, what: &str| var(name).is_ok_and(|value| value == what);
    let own = var("HOST").is_ok_and(|host| is("TARGET", &host));
    if !own
        || !is("PROFILE", "release")
        || !is("CARGO_CFG_TARGET_OS", "linux")
        || is("JINGDU_LINK", "plain")
    {
        return;
    }
    let mut granted = Vec::new();
    for wish in wishes(&var("CARGO_MANIFEST_DIR").unwrap_or_default()) {
        granted.push(wish);
        if tried(&granted).is_none() {
            granted.pop();
        }
    }
    for wish in granted {
        println!("cargo:rustc-link-arg-bins={wish}");
    }
}

/// Whether a program links like that, and runs: `None` where it does not.
fn tried(wishes: &[String]) -> Option<()> {
    let folder = var("OUT_DIR").ok()?;
    let (text, program) = (
        Path::new(&folder).join("tried.rs"),
        Path::new(&folder).join("tried"),
    );
    std::fs::write(&text, "fn main() { println!(\"{:?}\", std::env::args()); }").ok()?;
    let mut rustc = Command::new(var("RUSTC").ok()?);
    rustc
        .args(["--edition=2024", "--target", &var("TARGET").ok()?, "-o"])
        .arg(&program)
        .arg(&text);
    if let Ok(linker) = var("RUSTC_LINKER") {
        rustc.arg(format!("-Clinker={linker}"));
    }
    rustc.args(
        var("CARGO_ENCODED_RUSTFLAGS")
            .unwrap_or_default()
            .split('\x1f')
            .filter(|flag| !flag.is_empty()),
    );
    rustc.args(wishes.iter().map(|wish| format!("-Clink-arg={wish}")));
    let runs = |command: &mut Command| {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    (runs(&mut rustc) && runs(&mut Command::new(&program))).then_some(())
}
