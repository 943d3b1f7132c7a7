//! The store as the command line sees it: opened for reading, without the thread.

use crate::shell::environment;
use crate::shell::error::Error;
use crate::shell::os::files;
use crate::shell::store::repair::{self, Health};
use crate::shell::store::schema::{self, OpenError};
use rusqlite::Connection;
use std::path::PathBuf;

/// Returns the store's file.
pub(crate) fn path() -> Result<PathBuf, Error> {
    environment::state().ok_or(Error::NoHome)
}

/// Returns the store's file, and whether there is one; fails where that cannot be known.
pub(crate) fn reached() -> Result<(PathBuf, bool), Error> {
    let path = path()?;
    let exists = files::is_readable(&path).map_err(Error::open(&path))?;
    Ok((path, exists))
}

/// Returns the same of a store that may be opened: of one that has only its log left, that would
/// delete the log.
pub(crate) fn whole() -> Result<(PathBuf, bool), Error> {
    let (path, exists) = reached()?;
    match repair::lost(&path) {
        Some(Health::OnlyLog) => Err(Error::OnlyLog),
        _ => Ok((path, exists)),
    }
}

/// Opens the store; `None` where there is none yet.
pub(crate) fn open() -> Result<Option<Connection>, Error> {
    let (path, exists) = whole()?;
    if !exists {
        return Ok(None);
    }
    // with the log of a running jingdu; where nothing may be written, without it
    let db = schema::open(&path).or_else(|_| schema::open_read_only(&path));
    db.map(Some).map_err(refused)
}

/// Says why the store could not be opened.
pub(crate) fn refused(error: OpenError) -> Error {
    match error {
        OpenError::Database(error) => error.into(),
        OpenError::Newer => Error::Store("a newer version wrote it".to_owned()),
        OpenError::Foreign => Error::Store("it is no store of jingdu".to_owned()),
    }
}
