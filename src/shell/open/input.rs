//! Opens what a path leads to, once, and says what it is.
//!
//! A regular file can be read again; its [`Stamp`] says whether it has changed. A pipe
//! (standard input, a FIFO, `/dev/fd/N`) gives its bytes once; one without a writer is refused.
//! Directories, devices, sockets and a terminal are refused by name. Opening never waits.

use crate::shell::error::Error;
use crate::shell::os::files::{self, Stamp};
use crate::shell::os::wait::{PipeState, for_pipe};
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Longest file, in bytes: positions in a text are 32 bits.
const MAX_FILE_BYTES: u64 = u32::MAX as u64;
/// Bytes that are taken from a pipe, which may have no end.
pub(crate) const MAX_PIPE_BYTES: u64 = 256 << 20;
/// Lines that are taken from a pipe: short lines cost more than their bytes.
pub(crate) const MAX_PIPE_LINES: usize = 3_000_000;
/// Longest text of the program's own, in bytes.
const MAX_OWN_TEXT_BYTES: u64 = 1 << 20;
/// Bytes that are looked at before the rest is read.
pub(crate) const ACCEPTED_BYTES: u64 = 64 << 10;
/// The time that a pipe may be without a writer.
const WRITER_TIMEOUT: Duration = Duration::from_millis(1200);
/// The time between two looks at a pipe without a writer.
const RETRY_DELAY: Duration = Duration::from_millis(20);

/// Something to read.
#[derive(Debug)]
pub(crate) enum Feed {
    /// A regular file, at its start.
    File(File, Stamp),
    /// A pipe, and the bytes that have been read already.
    Stream(File, Vec<u8>),
}

/// Opens a path; `-` is standard input.
pub(crate) fn open(path: &Path) -> Result<Feed, Error> {
    if path.as_os_str() == "-" {
        return standard_input();
    }
    let failed = Error::open(path);
    // before it is opened: opening a device may do something
    let kind = std::fs::metadata(path).map_err(&failed)?;
    if kind.is_dir() {
        return Err(Error::Directory(path.to_owned()));
    }
    if !kind.is_file() && !files::is_pipe(&kind) {
        return Err(refused_device(path, files::is_null_device(path)));
    }
    let file = files::open_nonblocking(path).map_err(&failed)?;
    let meta = file.metadata().map_err(&failed)?;
    if meta.is_file() && meta.len() > MAX_FILE_BYTES {
        return Err(Error::TooLarge(path.to_owned()));
    }
    if meta.is_file() {
        return Ok(Feed::File(file, Stamp::from(&meta)));
    }
    if !files::is_pipe(&meta) {
        return Err(Error::NotRegular(path.to_owned()));
    }
    let head = first_byte(&file)
        .map_err(&failed)?
        .ok_or_else(|| Error::Lonely(path.to_owned()))?;
    // from here on a thread may wait for bytes
    files::set_blocking(&file).map_err(&failed)?;
    Ok(Feed::Stream(file, head))
}

/// Opens a regular file; everything else is refused at once.
pub(crate) fn file(path: &Path) -> Result<(File, Stamp), Error> {
    let failed = Error::open(path);
    let kind = std::fs::metadata(path).map_err(&failed)?.file_type();
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

/// Reads a text of the program's own: settings, keywords. Fails where it is not UTF-8, or
/// longer than [`MAX_OWN_TEXT_BYTES`].
pub(crate) fn text(path: &Path) -> io::Result<String> {
    let odd = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut from = match open(path) {
        Ok(Feed::File(file, _)) => Box::new(file) as Box<dyn Read>,
        Ok(Feed::Stream(file, head)) => Box::new(io::Cursor::new(head).chain(file)),
        Err(Error::Open { why, .. }) => return Err(why),
        Err(Error::Empty(_)) => return Ok(String::new()),
        Err(_) => return Err(odd("not a regular file")),
    };
    let mut bytes = Vec::new();
    let limit = MAX_OWN_TEXT_BYTES + 1;
    (&mut from).take(limit).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_OWN_TEXT_BYTES {
        return Err(odd("too long"));
    }
    String::from_utf8(bytes).map_err(|_| odd("not UTF-8"))
}

fn refused_device(path: &Path, empty: bool) -> Error {
    if empty {
        Error::Empty(path.to_owned())
    } else {
        Error::NotRegular(path.to_owned())
    }
}

/// Opens standard input: a pipe or a file, never the terminal.
fn standard_input() -> Result<Feed, Error> {
    let path = || PathBuf::from("-");
    let failed = Error::open(Path::new("-"));
    if io::stdin().is_terminal() {
        return Err(Error::Typed);
    }
    let mut file = files::duplicate_stdin().map_err(&failed)?;
    let kind = file.metadata().map_err(&failed)?;
    if kind.is_dir() {
        return Err(Error::Directory(path()));
    }
    let mut head = Vec::new();
    if files::is_device(&kind) {
        // one that has an end at once holds nothing; others may have none
        let read = (&mut file).take(1).read_to_end(&mut head);
        return Err(refused_device(&path(), read.map_err(&failed)? == 0));
    }
    Ok(Feed::Stream(file, head))
}

/// Returns the first byte of a pipe that is open without waiting, or nothing where it
/// has not come yet; `None` where the pipe has no writer.
fn first_byte(pipe: &File) -> io::Result<Option<Vec<u8>>> {
    let until = Instant::now() + WRITER_TIMEOUT;
    let mut first = [0; 1];
    loop {
        match (&*pipe).read(&mut first) {
            Ok(0) if Instant::now() >= until => return Ok(None),
            // no writer has it open yet, or no longer
            Ok(0) => {
                if for_pipe(pipe, Some(RETRY_DELAY)) == PipeState::HungUp {
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
    /// Reads all of it; true where a pipe had more than is taken. `accept` looks at the
    /// head before the rest is read.
    pub(crate) fn read_all(
        self,
        path: &Path,
        accept: impl Fn(&[u8]) -> Result<(), Error>,
    ) -> Result<(Vec<u8>, bool), Error> {
        let is_pipe = matches!(self, Self::Stream(..));
        let most = if is_pipe {
            MAX_PIPE_BYTES
        } else {
            MAX_FILE_BYTES
        };
        let (mut from, mut bytes) = match self {
            Self::File(file, stamp) => (file, Vec::with_capacity(stamp.len as usize + 1)),
            Self::Stream(file, head) => (file, head),
        };
        let mut limit = ACCEPTED_BYTES;
        let mut lines = 0;
        loop {
            let seen = bytes.len();
            let wanted = limit - seen as u64;
            let read = (&mut from).take(wanted).read_to_end(&mut bytes);
            let got = read.map_err(Error::open(path))?;
            if seen as u64 + (got as u64) <= ACCEPTED_BYTES {
                accept(&bytes)?;
            }
            if is_pipe {
                lines += memchr::memchr_iter(b'\n', bytes.get(seen..).unwrap_or_default()).count();
            }
            if (got as u64) < wanted {
                return Ok((bytes, false));
            }
            if limit >= most || lines > MAX_PIPE_LINES {
                let refused = || Error::TooLarge(path.to_owned());
                return is_pipe.then_some((bytes, true)).ok_or_else(refused);
            }
            limit = (limit * 4).min(most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_and_directories_are_refused_by_name() {
        let refused = |path: &str| open(Path::new(path)).unwrap_err();
        assert!(matches!(refused("/dev/zero"), Error::NotRegular(_)));
        assert!(matches!(refused("/dev/null"), Error::Empty(_)));
        assert!(matches!(refused("/"), Error::Directory(_)));
        assert!(matches!(refused("/nowhere/at/all"), Error::Open { .. }));
    }

    #[test]
    fn a_file_too_large_for_positions_is_refused_before_it_is_read() {
        let path = std::env::temp_dir().join(format!("jingdu-huge-{}", std::process::id()));
        let file = File::create(&path).unwrap();
        file.set_len(MAX_FILE_BYTES + 1).unwrap();
        assert!(matches!(open(&path), Err(Error::TooLarge(_))));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_text_of_the_program_is_short_and_utf_8() {
        let folder = std::env::temp_dir().join(format!("jingdu-short-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let with = |bytes: &[u8]| {
            std::fs::write(folder.join("a"), bytes).unwrap();
            text(&folder.join("a")).map_err(|e| e.kind())
        };
        assert_eq!(with("主题".as_bytes()), Ok("主题".to_owned()));
        assert_eq!(with(b""), Ok(String::new()));
        let invalid = Err(io::ErrorKind::InvalidData);
        assert_eq!(with(b"\xff"), invalid);
        assert_eq!(with(&vec![b' '; MAX_OWN_TEXT_BYTES as usize + 1]), invalid);
        for none in ["/dev/zero", "/"] {
            assert_eq!(text(Path::new(none)).map_err(|e| e.kind()), invalid);
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_file_is_read_whole() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
        let (bytes, more) = open(&path).unwrap().read_all(&path, |_| Ok(())).unwrap();
        assert_eq!((bytes, more), (std::fs::read(&path).unwrap(), false));
        let empty = || Error::Empty(path.clone());
        let refused = open(&path).unwrap().read_all(&path, |_| Err(empty()));
        assert!(matches!(refused, Err(Error::Empty(_))));
    }
}
