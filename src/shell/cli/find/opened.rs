//! The library as `jingdu terms` and `jingdu points --like` ask it: the configured one, or one of
//! the paths that leaves nothing behind.

use crate::shell::cli::library::{refresh_all, warn_of};
use crate::shell::cli::report;
use crate::shell::environment;
use crate::shell::error::Error;
use crate::shell::library::cache::{Library, failed};
use crate::shell::library::refresh::FileReading;
use crate::shell::library::{article_file, folders, rows};
use crate::shell::open::shelf_files;
use std::path::{Path, PathBuf};

/// Opens the library where all paths are in it; else one of the paths that leaves nothing behind.
pub(super) fn opened(
    paths: &[&PathBuf],
    configured: &[PathBuf],
    reading: &FileReading,
    stale: bool,
) -> Result<Library, Error> {
    let is_known =
        |path: &&PathBuf| folders::holding(configured, &folders::canonical(path)).is_some();
    let is_cached = reading.options.encoding.is_none() && paths.iter().all(is_known);
    let (cache, listed) = if is_cached {
        (environment::library_cache(), configured.to_vec())
    } else {
        let folders = paths.iter().filter(|path| shelf_files::is_folder(path));
        let names = folders.map(|path| path.to_string_lossy().into_owned());
        (None, folders::configured(&names.collect::<Vec<_>>()))
    };
    let mut library = Library::open(cache.as_deref(), listed).map_err(|why| failed(&why))?;
    warn_of(library.notice.as_ref().filter(|_| is_cached), reading.lang);
    if !(stale && is_cached) {
        refresh_all(&mut library, reading, reading.lang)?;
    }
    let files = paths
        .iter()
        .filter(|path| !is_cached && !shelf_files::is_folder(path));
    for path in files {
        put_file(&library, path, reading).map_err(|why| failed(&why))?;
    }
    Ok(library)
}

/// Adds a file by itself.
fn put_file(library: &Library, path: &Path, reading: &FileReading) -> rusqlite::Result<()> {
    let path = folders::canonical(path);
    let read = article_file::read(&path, &reading.options, reading.lang);
    if let Some(fault) = &read.entry.fault {
        report::warn(fault);
    }
    let root = rows::put_root(&library.db, Path::new(""))?;
    rows::put_article(
        &library.db,
        root,
        (&path, rows::KnownState::default()),
        &read,
    )?;
    Ok(())
}
