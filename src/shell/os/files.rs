//! Files as the system knows them: their identity and kind, private ones, free space.

use rustix::fs::{Access, OFlags, access, fcntl_getfl, fcntl_setfl, statvfs};
use rustix::process::geteuid;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Below this many free bytes a disk counts as full.
const MIN_FREE_BYTES: u64 = 128 * 1024;

/// Device and inode: equal for all paths that lead to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId {
    device: u64,
    inode: u64,
}

impl FileId {
    /// Returns the identity of the file at a path; `None` where there is none.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|m| Self::from(&m))
    }

    /// Returns the number of the file on its disk.
    pub(crate) fn inode(self) -> u64 {
        self.inode
    }
}

impl From<&Metadata> for FileId {
    fn from(m: &Metadata) -> Self {
        Self {
            device: m.dev(),
            inode: m.ino(),
        }
    }
}

/// One state of a file: another stamp means other contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The identity of the file.
    pub file: FileId,
    /// Its length in bytes.
    pub len: u64,
    /// The time of the last write, in seconds and nanoseconds.
    written: (i64, i64),
}

impl Stamp {
    /// Returns the stamp of the regular file at a path; `None` where there is none.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok().filter(Metadata::is_file)?;
        Some(Self::from(&meta))
    }

    /// Returns the stamp of the regular file at a path that is the user's own, and no link;
    /// `None` where there is none.
    pub(crate) fn of_own(path: &Path) -> Option<Self> {
        let meta = fs::symlink_metadata(path).ok().filter(is_own_file)?;
        Some(Self::from(&meta))
    }

    /// Returns the time of the last write, in nanoseconds since 1970.
    pub(crate) fn mtime(&self) -> i64 {
        let (seconds, nanoseconds) = self.written;
        seconds
            .saturating_mul(1_000_000_000)
            .saturating_add(nanoseconds)
    }
}

impl From<&Metadata> for Stamp {
    fn from(m: &Metadata) -> Self {
        Self {
            file: FileId::from(m),
            len: m.len(),
            written: (m.mtime(), m.mtime_nsec()),
        }
    }
}

/// Returns a path as the bytes that the system knows it by.
pub(crate) fn path_bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_bytes()
}

/// Returns the path of some bytes.
pub(crate) fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    OsString::from_vec(bytes).into()
}

/// Returns whether a file that may be read is at a path. Fails where that cannot be known, as below
/// a folder that may not be entered, and where a link leads nowhere.
pub(crate) fn is_readable(path: &Path) -> io::Result<bool> {
    match access(path, Access::READ_OK) {
        Ok(()) => return Ok(true),
        Err(rustix::io::Errno::NOENT) => {}
        Err(why) => return Err(why.into()),
    }
    // the folders of a file that is not made yet may be missing as well
    let mut parts = path.ancestors();
    let last = parts.find(|part| fs::symlink_metadata(part).is_ok());
    last.map_or(Ok(false), |part| fs::metadata(part).map(|_| false))
}

/// Returns whether it is a named or unnamed pipe.
pub(crate) fn is_pipe(meta: &Metadata) -> bool {
    meta.file_type().is_fifo()
}

/// Returns whether it is a character or block device.
pub(crate) fn is_device(meta: &Metadata) -> bool {
    meta.file_type().is_char_device() || meta.file_type().is_block_device()
}

/// Returns whether a path leads to the device that is always empty.
pub(crate) fn is_null_device(path: &Path) -> bool {
    let number = |path: &Path| {
        let meta = fs::metadata(path).ok()?;
        meta.file_type().is_char_device().then(|| meta.rdev())
    };
    number(path).is_some_and(|found| number(Path::new("/dev/null")) == Some(found))
}

/// Opens a path for reading; never waits for a pipe's writer, and makes no terminal ours.
pub(crate) fn open_nonblocking(path: &Path) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    File::options().read(true).custom_flags(flags).open(path)
}

/// Makes reads of a file wait for bytes from now on.
pub(crate) fn set_blocking(file: &File) -> io::Result<()> {
    let flags = fcntl_getfl(file)?;
    Ok(fcntl_setfl(file, flags - OFlags::NONBLOCK)?)
}

/// Opens standard input a second time, as a file of our own.
pub(crate) fn duplicate_stdin() -> io::Result<File> {
    Ok(rustix::io::fcntl_dupfd_cloexec(io::stdin(), 3)?.into())
}

/// Opens the terminal that the program was started from.
pub(crate) fn open_terminal() -> io::Result<File> {
    File::options().read(true).open("/dev/tty")
}

/// Creates or empties a file that only its owner may read or write.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    options.mode(0o600).open(path)
}

/// Creates a private file; fails where the path is taken.
pub(crate) fn create_new_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true).mode(0o600).open(path)
}

/// Opens a file that only its owner may read or write, to be locked; makes it where there is none.
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create(true).append(true).mode(0o600).open(path)
}

/// Returns whether others than its owner have rights to a file.
pub(crate) fn is_shared(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
}

/// Returns whether it is a regular file of the user's own.
fn is_own_file(meta: &Metadata) -> bool {
    meta.is_file() && meta.uid() == geteuid().as_raw()
}

/// Opens a private file to append to, creating it where there is none; `None` where the path is
/// a link, or no regular file of the user's own with one name. Takes the rights of others from an
/// older one.
pub(crate) fn append_private(path: &Path) -> io::Result<Option<File>> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    let mut options = File::options();
    options.create(true).append(true).mode(0o600);
    options.custom_flags(flags.bits().cast_signed());
    let opened = options.open(path);
    let Ok(file) = opened else {
        let other = fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file());
        return if other { Ok(None) } else { opened.map(Some) };
    };
    let meta = file.metadata()?;
    if !is_own_file(&meta) || meta.nlink() > 1 {
        return Ok(None);
    }
    if meta.mode() & 0o077 != 0 {
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    Ok(Some(file))
}

/// Moves a file to a path; fails where that is taken, as far as the system can tell.
pub(crate) fn move_to_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            moved => return Ok(moved?),
        }
    }
    // a file system without links and without such moves
    fs::rename(from, to)
}

/// Takes the rights of all but its owner from a file.
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(0o600))
}

/// Creates a folder, and those above it, that only their owner may enter.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Returns whether the disk that a file lies on is full.
pub(crate) fn is_disk_full(path: &Path) -> bool {
    let disk = path.parent().and_then(|folder| statvfs(folder).ok());
    disk.is_some_and(|d| d.f_blocks > 0 && d.f_bavail.saturating_mul(d.f_frsize) < MIN_FREE_BYTES)
}

/// Makes a link to a path, for tests.
#[cfg(test)]
pub(crate) fn link(to: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

/// Returns whether only its owner may read or write a file, for tests.
#[cfg(test)]
pub(crate) fn is_private(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o777 == 0o600)
}
