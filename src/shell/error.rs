//! The reason why the program gave up, in one line: the fault, its place, and the remedy.
//!
//! Reading a text cannot fail; only the world can.

use crate::format::epub::BookError;
use crate::shell::os::reason::reason;
use crate::source::decode::NotText;
use crate::source::sanitize;
use crate::text::{Lang, Say};
use std::io;
use std::path::{Path, PathBuf};

/// Faults of a file and their remedies: a key, then the text in Chinese and in English.
const FILE_PROBLEMS: &str = "
device | 是设备或套接字，不能读；请给文件或管道 | is a device or a socket, which is not read; give a file or a pipe
lonely | 是管道，没有内容，也没有程序在写；先让写的一方开始 | is a pipe that is empty and that nobody writes to; start its writer first
empty | 是空的，没有可读的内容 | is empty: nothing to read
directory | 是目录；这里要一个文件 | is a directory; a file is wanted here
file | 是文件；这里要一个目录 | is a file; a directory is wanted here
large | 超过 4 GB，太大了；请先拆开 | is larger than 4 GB; split it first
binary | 不是文本文件；若确是文本，用 --encoding 指明编码 | is no text; if it is, name its encoding with --encoding
damaged | 是损坏的压缩包，打不开；请重新下载 | is a damaged archive; fetch it again
archive | 是压缩包（ZIP），不是 EPUB；请先解开 | is an archive (ZIP), but no EPUB; unpack it first
locked | 是加密的书（DRM 或密码），不能读；请用没有加密的版本 | is encrypted (DRM or a password) and cannot be read; use a copy without
bomb | 解开后太大，疑为压缩炸弹，没有打开；若确是书，请先拆开 | unpacks to too much, as a trap does; if it is a book, split it first
pictures | 是 EPUB，但里面没有可读的文字；可能只有图片 | is an EPUB without any text; it may hold pictures only
";

/// The reason why the program gave up.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are a path and a reason")]
pub enum Error {
    /// The file could not be opened or read.
    Open { path: PathBuf, why: io::Error },
    /// The path is a device or a socket.
    NotRegular(PathBuf),
    /// The pipe at that path has no writer.
    Lonely(PathBuf),
    /// Standard input is asked for, and is the terminal.
    Typed,
    /// The file is not a text.
    NotText(PathBuf, NotText),
    /// The file is an archive, but not a book that can be read.
    Book(PathBuf, BookError),
    /// The file is empty.
    Empty(PathBuf),
    /// The path is a folder where a file is wanted.
    Directory(PathBuf),
    /// The path is a file where a folder is wanted.
    NotADirectory(PathBuf),
    /// The file is larger than can be addressed.
    TooLarge(PathBuf),
    /// The encoding's name is not known.
    Encoding(String),
    /// The settings file named by the user could not be read.
    Config { path: PathBuf, why: io::Error },
    /// A setting could not be written into its file.
    Keep { path: PathBuf, why: io::Error },
    /// The query cannot be searched for: why, in the user's language.
    Query(String),
    /// The store could not be read or written.
    Store(String),
    /// The store is gone or cut short, and its log is there.
    OnlyLog,
    /// The cache of the library could not be read or written.
    Library(String),
    /// The user has no home, so that there is no place for the store.
    NoHome,
    /// No path is given, and there is no library.
    NoLibrary,
    /// No terminal can be used for reading.
    NoTerminal,
    /// The terminal failed.
    Terminal(io::Error),
    /// Standard output could not be written.
    Output(io::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.to_string())
    }
}

impl Error {
    /// Returns the error of a path that cannot be opened or read.
    pub(crate) fn open(path: &Path) -> impl Fn(io::Error) -> Self {
        move |why| {
            let path = path.to_owned();
            Self::Open { path, why }
        }
    }

    /// Returns one line, without control characters.
    pub fn line(&self, lang: Lang) -> String {
        let line = match self.about_file() {
            Some((path, problem)) => format!("{} {}", sanitize::path(path), lang.say(problem)),
            None => self.packed(lang).unwrap_or_else(|| self.failure(lang)),
        };
        sanitize::line(&line)
    }

    /// Returns a file, and the fault of its kind or contents.
    fn about_file(&self) -> Option<(&Path, Say)> {
        let (path, key) = match self {
            Self::Book(_, BookError::Method(_)) => return None,
            Self::Book(path, refused) => (path, book(*refused)),
            Self::NotText(path, NotText::Zip) => (path, book(BookError::NotABook)),
            Self::NotText(path, NotText::Kind(kind)) => return Some((path, kind.problem)),
            Self::NotText(path, NotText::Binary) => (path, "binary"),
            Self::NotRegular(path) => (path, "device"),
            Self::Lonely(path) => (path, "lonely"),
            Self::Empty(path) => (path, "empty"),
            Self::Directory(path) => (path, "directory"),
            Self::NotADirectory(path) => (path, "file"),
            Self::TooLarge(path) => (path, "large"),
            _ => return None,
        };
        let text = |row: &'static str| row.strip_prefix(key)?.strip_prefix(" | ");
        let say = FILE_PROBLEMS.lines().find_map(text)?.split_once(" | ")?;
        Some((path, say))
    }

    /// Names the method by which a book is packed, where that is not read.
    fn packed(&self, lang: Lang) -> Option<String> {
        let Self::Book(path, BookError::Method(method)) = self else {
            return None;
        };
        let path = sanitize::path(path);
        let (zh, en) = match *method {
            "Unknown" => ("不认识的方法", "an unknown method"),
            name => (name, name),
        };
        Some(lang.say_owned(
            format!("{path} 是用 {zh} 压缩的，不能读；请用 Deflate（ZIP 的普通方法）重新打包"),
            format!("{path} is packed by {en}, which is not read; pack it anew by Deflate"),
        ))
    }

    /// Describes the failure and its reason.
    fn failure(&self, lang: Lang) -> String {
        let colon = lang.say(("：", ": "));
        let with_path = |what: Say, path: &Path, why: String| {
            format!("{} {}{colon}{why}", lang.say(what), sanitize::path(path))
        };
        let system = |why| reason(why, lang);
        let with_why = |what: Say, why: &str| format!("{}{colon}{why}", lang.say(what));
        match self {
            Self::Open { path, why } => {
                with_path(("无法打开", "cannot open"), path, read_reason(why, lang))
            }
            Self::Config { path, why } => {
                let what = ("无法读取设置文件", "cannot read the settings file");
                with_path(what, path, read_reason(why, lang))
            }
            Self::Keep { path, why } => {
                let what = (
                    "设置只在这次有效，无法写入",
                    "the setting holds for this time only; cannot write",
                );
                with_path(what, path, write_reason(why, lang))
            }
            Self::Query(why) => with_why(("不能这样查找", "cannot find that"), why),
            Self::Terminal(why) => with_why(("终端出错", "the terminal failed"), &system(why)),
            Self::Output(why) => with_why(("无法写入", "cannot write"), &system(why)),
            Self::Store(why) => {
                let hint = ("（jingdu state check 检查）", " (see jingdu state check)");
                with_why(("记录出错", "the store failed"), why) + lang.say(hint)
            }
            Self::Library(why) => {
                let hint = (
                    "（jingdu library clear 重建）",
                    " (jingdu library clear starts it anew)",
                );
                with_why(("文库缓存出错", "the cache of the library failed"), why) + lang.say(hint)
            }
            Self::Encoding(given) => lang.say_owned(
                format!("没有叫 {given} 的编码；可用 utf-8、gb18030、big5、utf-16le 等"),
                format!("no encoding is called {given}; try utf-8, gb18030, big5, utf-16le"),
            ),
            _ => lang.say(self.plain()).to_owned(),
        }
    }

    /// Returns the line of a failure that needs no more words.
    fn plain(&self) -> Say {
        match self {
            Self::NoLibrary => (
                "还没有文库；请给文件或目录，或先用 jingdu library add 目录 加进一个",
                "no library yet; name files or folders, or add one by jingdu library add DIR",
            ),
            Self::NoHome => (
                "没有主目录，记录没有地方存；请设 HOME 或 XDG_STATE_HOME",
                "there is no home directory to keep a store in; set HOME or XDG_STATE_HOME",
            ),
            Self::OnlyLog => (
                "记录文件空了、残缺或不在了，它的日志还在；jingdu state repair 修复",
                "the store is empty, cut short or gone, and its log is still there; \
                 jingdu state repair mends it",
            ),
            Self::Typed => (
                "标准输入是终端，没有可读的内容；用管道送进来，如 curl 网址 | jingdu -",
                "standard input is the terminal; pipe something into it: curl URL | jingdu -",
            ),
            _ => (
                "没有可用的终端；要打印全文请用 jingdu print 文件",
                "no terminal to read in; jingdu print FILE prints the text",
            ),
        }
    }
}

/// Returns the key of the fault of a book.
fn book(refused: BookError) -> &'static str {
    match refused {
        BookError::Damaged => "damaged",
        BookError::NotABook => "archive",
        BookError::Locked => "locked",
        BookError::TooLarge => "bomb",
        BookError::NoText | BookError::Method(_) => "pictures",
    }
}

/// Returns the common reasons for a failed write in the user's language.
fn write_reason(why: &io::Error, lang: Lang) -> String {
    match why.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            lang.say(("没有写的权限", "permission denied")).to_owned()
        }
        _ => reason(why, lang),
    }
}

/// Returns the reason why a file cannot be read, in the user's language.
fn read_reason(why: &io::Error, lang: Lang) -> String {
    let pair = match why.kind() {
        io::ErrorKind::NotFound => ("没有这个文件", "no such file"),
        io::ErrorKind::PermissionDenied => ("没有读的权限", "permission denied"),
        _ => return reason(why, lang),
    };
    lang.say(pair).to_owned()
}
