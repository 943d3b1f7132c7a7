//! Opens what a path leads to, once, and says what it is.
//!
//! 1. A regular file can be read again; its [`Stamp`] tells whether it has changed.
//! 2. A pipe (standard input, a FIFO, `/dev/fd/N`) gives its bytes once; one that
//!    nobody writes to is refused rather than waited for.
//! 3. Directories, devices, sockets and a terminal are refused by name.
//!
//! Never waits to open, maps nothing into memory, and reads no further than a bound.

use crate::shell::error::Error;
use crate::shell::os::files::{self, Stamp};
use crate::shell::os::wait::{PipeState, for_pipe};
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Positions in a text are 32 bits: a larger file is refused.
const LARGEST: u64 = u32::MAX as u64;
/// So much is taken from a pipe, which may have no end.
pub const STREAM: u64 = 256 << 20;
/// So many lines are taken from a pipe: short lines cost more than their bytes.
pub const LINES: usize = 3_000_000;
/// The longest text of the program's own, in bytes.
const SHORT: u64 = 1 << 20;
/// How long a pipe may be without anybody who writes to it.
const LONELY: Duration = Duration::from_millis(1200);
/// How long a pipe without a writer is waited for before it is read again.
const RETRY: Duration = Duration::from_millis(20);

/// Something to read.
#[derive(Debug)]
pub enum Feed {
    /// A regular file, at its start.
    File(File, Stamp),
    /// A pipe, and what of it has been read already.
    Stream(File, Vec<u8>),
}

/// Opens a path; `-` is standard input.
///
/// # Errors
/// Where nothing is there to be read, or it is no file and no pipe.
pub fn open(path: &Path) -> Result<Feed, Error> {
    if path.as_os_str() == "-" {
        return standard_input();
    }
    let failed = |why| Error::Open {
        path: path.to_owned(),
        why,
    };
    // looked at before it is opened: opening a device may do something
    let kind = std::fs::metadata(path).map_err(failed)?;
    if kind.is_dir() {
        return Err(Error::Directory(path.to_owned()));
    }
    if !kind.is_file() && !files::is_pipe(&kind) {
        return if files::is_null_device(path) {
            Err(Error::Empty(path.to_owned()))
        } else {
            Err(Error::NotRegular(path.to_owned()))
        };
    }
    let file = files::open_nonblocking(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if meta.is_file() && meta.len() > LARGEST {
        return Err(Error::TooLarge(path.to_owned()));
    }
    if meta.is_file() {
        return Ok(Feed::File(file, Stamp::from(&meta)));
    }
    if !files::is_pipe(&meta) {
        return Err(Error::NotRegular(path.to_owned()));
    }
    let head = someone_writes(&file)
        .map_err(failed)?
        .ok_or_else(|| Error::Lonely(path.to_owned()))?;
    // from here on a thread may wait for what comes
    files::set_blocking(&file).map_err(failed)?;
    Ok(Feed::Stream(file, head))
}

/// Opens a regular file; everything else is refused at once.
///
/// # Errors
/// Where it cannot be opened, or is none.
pub fn file(path: &Path) -> Result<(File, Stamp), Error> {
    let failed = |why| Error::Open {
        path: path.to_owned(),
        why,
    };
    let kind = std::fs::metadata(path).map_err(failed)?.file_type();
    if kind.is_dir() {
        return Err(Error::Directory(path.to_owned()));
    }
    if !kind.is_file() {
        return Err(Error::NotRegular(path.to_owned()));
    }
    match open(path)? {
        Feed::File(file, stamp) => Ok((file, stamp)),
        Feed::Stream(..) => Err(Error::NotRegular(path.to_owned())),
    }
}

/// A short text that is the program's own: settings, a list of words.
///
/// # Errors
/// Where it cannot be read, is no file and no pipe, no UTF-8, or longer than [`SHORT`].
pub fn text(path: &Path) -> io::Result<String> {
    let odd = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut from = match open(path) {
        Ok(Feed::File(file, _)) => Box::new(file) as Box<dyn Read>,
        Ok(Feed::Stream(file, head)) => Box::new(io::Cursor::new(head).chain(file)),
        Err(Error::Open { why, .. }) => return Err(why),
        Err(Error::Empty(_)) => return Ok(String::new()),
        Err(_) => return Err(odd("not a regular file")),
    };
    let mut bytes = Vec::new();
    (&mut from).take(SHORT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > SHORT {
        return Err(odd("too long"));
    }
    String::from_utf8(bytes).map_err(|_| odd("not UTF-8"))
}

/// Standard input: a pipe or a file, never the terminal.
fn standard_input() -> Result<Feed, Error> {
    let path = || PathBuf::from("-");
    let failed = |why| Error::Open { path: path(), why };
    if io::stdin().is_terminal() {
        return Err(Error::Typed);
    }
    let mut file = files::duplicate_stdin().map_err(failed)?;
    let kind = file.metadata().map_err(failed)?;
    if kind.is_dir() {
        return Err(Error::Directory(path()));
    }
    let mut head = Vec::new();
    if files::is_device(&kind) {
        // one that has an end at once holds nothing; others may have none
        let empty = (&mut file).take(1).read_to_end(&mut head).map_err(failed)? == 0;
        return Err(if empty {
            Error::Empty(path())
        } else {
            Error::NotRegular(path())
        });
    }
    Ok(Feed::Stream(file, head))
}

/// The first byte of a pipe that is open without waiting, or nothing where it
/// has not come yet; `None` where nobody writes to it.
fn someone_writes(pipe: &File) -> io::Result<Option<Vec<u8>>> {
    let until = Instant::now() + LONELY;
    let mut first = [0; 1];
    loop {
        match (&*pipe).read(&mut first) {
            Ok(0) if Instant::now() >= until => return Ok(None),
            // nobody has it open yet, or no longer
            Ok(0) => {
                if for_pipe(pipe, Some(RETRY)) == PipeState::HungUp {
                    return Ok(Some(Vec::new()));
                }
            }
            Ok(_) => return Ok(Some(first.to_vec())),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(Some(Vec::new())),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Feed {
    /// All of it, and whether a pipe had more than is taken. `accept` looks at the
    /// head before the rest is read.
    ///
    /// # Errors
    /// Where it cannot be read, is too large, or is not accepted.
    pub fn read_all(
        self,
        path: &Path,
        accept: impl Fn(&[u8]) -> Result<(), Error>,
    ) -> Result<(Vec<u8>, bool), Error> {
        let failed = |why| Error::Open {
            path: path.to_owned(),
            why,
        };
        let (mut from, mut bytes, most) = match self {
            Self::File(file, stamp) => (file, Vec::with_capacity(stamp.len as usize + 1), LARGEST),
            Self::Stream(file, head) => (file, head, STREAM),
        };
        let mut limit = HEAD;
        let mut lines = 0;
        loop {
            let seen = bytes.len();
            let wanted = limit - seen as u64;
            let got = (&mut from)
                .take(wanted)
                .read_to_end(&mut bytes)
                .map_err(failed)?;
            if seen as u64 + (got as u64) <= HEAD {
                accept(&bytes)?;
            }
            if most == STREAM {
                lines += memchr::memchr_iter(b'\n', bytes.get(seen..).unwrap_or_default()).count();
            }
            if (got as u64) < wanted {
                return Ok((bytes, false));
            }
            if limit >= most || lines > LINES {
                return if most == LARGEST {
                    Err(Error::TooLarge(path.to_owned()))
                } else {
                    Ok((bytes, true))
                };
            }
            limit = (limit * 4).min(most);
        }
    }
}

/// So much is looked at before the rest is read.
pub const HEAD: u64 = 64 << 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_and_directories_are_refused_by_name() {
        assert!(matches!(
            open(Path::new("/dev/zero")),
            Err(Error::NotRegular(_))
        ));
        assert!(matches!(open(Path::new("/dev/null")), Err(Error::Empty(_))));
        assert!(matches!(open(Path::new("/")), Err(Error::Directory(_))));
        assert!(matches!(
            open(Path::new("/nowhere/at/all")),
            Err(Error::Open { .. })
        ));
    }

    #[test]
    fn what_no_position_reaches_is_refused_before_it_is_read() {
        let path = std::env::temp_dir().join(format!("jingdu-huge-{}", std::process::id()));
        File::create(&path).unwrap().set_len(LARGEST + 1).unwrap();
        assert!(matches!(open(&path), Err(Error::TooLarge(_))));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_short_text_is_short_and_a_text() {
        let folder = std::env::temp_dir().join(format!("jingdu-short-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let with = |bytes: &[u8]| {
            std::fs::write(folder.join("a"), bytes).unwrap();
            text(&folder.join("a")).map_err(|e| e.kind())
        };
        assert_eq!(with("主题".as_bytes()), Ok("主题".to_owned()));
        assert_eq!(with(b""), Ok(String::new()));
        assert_eq!(with(b"\xff"), Err(io::ErrorKind::InvalidData));
        assert_eq!(
            with(&vec![b' '; SHORT as usize + 1]),
            Err(io::ErrorKind::InvalidData)
        );
        for none in ["/dev/zero", "/"] {
            assert_eq!(
                text(Path::new(none)).unwrap_err().kind(),
                io::ErrorKind::InvalidData
            );
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_is_read_whole() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
        let (bytes, more) = open(&path).unwrap().read_all(&path, |_| Ok(())).unwrap();
        assert_eq!((bytes, more), (std::fs::read(&path).unwrap(), false));
        let refused = open(&path)
            .unwrap()
            .read_all(&path, |_| Err(Error::Empty(path.clone())));
        assert!(matches!(refused, Err(Error::Empty(_))));
    }
}
