//! Why it gave up, in one line: what is wrong, where, and what to do.
//!
//! Reading a text cannot fail; only the world can.

use crate::format::epub::BookError;
use crate::source::decode::NotText;
use crate::source::sanitize;
use crate::text::{Lang, Say};
use std::io;
use std::path::PathBuf;

/// Why the program gave up.
#[derive(Debug)]
pub enum Error {
    /// The file could not be opened or read.
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// The path is a device or a socket.
    NotRegular(PathBuf),
    /// Nobody writes to the pipe at that path.
    Lonely(PathBuf),
    /// Standard input is asked for, and is the terminal.
    Typed,
    /// The file is no text.
    NotText(PathBuf, NotText),
    /// The file is an archive, but no book that can be read.
    Book(PathBuf, BookError),
    /// The file holds nothing.
    Empty(PathBuf),
    /// A directory stands where a file is wanted.
    Directory(PathBuf),
    /// The file is larger than can be addressed.
    TooLarge(PathBuf),
    /// The encoding's name is not known.
    Encoding(String),
    /// The settings file named by the user could not be read.
    Config {
        /// Which.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// A setting could not be written into its file.
    Keep {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
    /// What is to be found cannot be: why, in the user's language.
    Query(String),
    /// The store of places and marks could not be read or written.
    Store(String),
    /// There is no terminal to read in.
    NoTerminal,
    /// The terminal went wrong.
    Terminal(io::Error),
    /// Nothing could be written.
    Output(io::Error),
}

impl Error {
    /// One line, without control characters.
    pub fn line(&self, lang: Lang) -> String {
        let name = |path: &PathBuf| path.display().to_string();
        let text = match (self, lang) {
            (Self::Open { path, why }, Lang::Zh) => {
                format!("打不开 {}：{}", name(path), reason(why, lang))
            }
            (Self::Open { path, why }, Lang::En) => {
                format!("cannot open {}: {}", name(path), reason(why, lang))
            }
            (Self::NotRegular(path), Lang::Zh) => {
                format!("{} 是设备或套接字，不能读；请给文件或管道", name(path))
            }
            (Self::NotRegular(path), Lang::En) => format!(
                "{} is a device or a socket, which is not read; give a file or a pipe",
                name(path)
            ),
            (Self::Lonely(path), Lang::Zh) => format!(
                "{} 是管道，没有内容，也没有程序在写；先让写的一方开始",
                name(path)
            ),
            (Self::Lonely(path), Lang::En) => format!(
                "{} is a pipe that is empty and that nobody writes to; start its writer first",
                name(path)
            ),
            (Self::Typed, Lang::Zh) => {
                "标准输入是终端，没有可读的内容；用管道送进来，如 curl 网址 | jingdu -".to_owned()
            }
            (Self::Typed, Lang::En) => {
                "standard input is the terminal; pipe something into it: curl URL | jingdu -"
                    .to_owned()
            }
            (Self::Book(path, refused), _) => {
                format!("{} {}", name(path), lang.say(book(*refused)))
            }
            (Self::NotText(path, NotText::Zip), _) => {
                format!("{} {}", name(path), lang.say(book(BookError::NotABook)))
            }
            (Self::NotText(path, NotText::Pdf), Lang::Zh) => {
                format!("{} 是 PDF，不能读；可先用 pdftotext 转成纯文本", name(path))
            }
            (Self::NotText(path, NotText::Pdf), Lang::En) => format!(
                "{} is a PDF, which is not read; convert it with pdftotext first",
                name(path)
            ),
            (Self::NotText(path, NotText::Mhtml), Lang::Zh) => {
                format!(
                    "{} 是打成一个文件的网页（MHTML），不能读；请在浏览器里另存为“仅 HTML”",
                    name(path)
                )
            }
            (Self::NotText(path, NotText::Mhtml), Lang::En) => {
                format!(
                    "{} is a web page packed into one file (MHTML), which is not read; save it as “HTML only”",
                    name(path)
                )
            }
            (Self::NotText(path, NotText::Binary), Lang::Zh) => format!(
                "{} 不是文本文件；若确是文本，用 --encoding 指明编码",
                name(path)
            ),
            (Self::NotText(path, NotText::Binary), Lang::En) => format!(
                "{} is no text; if it is, name its encoding with --encoding",
                name(path)
            ),
            (Self::Empty(path), Lang::Zh) => format!("{} 是空的，没有可读的内容", name(path)),
            (Self::Empty(path), Lang::En) => format!("{} is empty: nothing to read", name(path)),
            (Self::Directory(path), Lang::Zh) => format!("{} 是目录；这里要一个文件", name(path)),
            (Self::Directory(path), Lang::En) => {
                format!("{} is a directory; a file is wanted here", name(path))
            }
            (Self::TooLarge(path), Lang::Zh) => {
                format!("{} 超过 4 GB，太大了；请先拆开", name(path))
            }
            (Self::TooLarge(path), Lang::En) => {
                format!("{} is larger than 4 GB; split it first", name(path))
            }
            (Self::Encoding(given), Lang::Zh) => {
                format!("没有叫 {given} 的编码；可用 utf-8、gb18030、big5、utf-16le 等")
            }
            (Self::Encoding(given), Lang::En) => {
                format!("no encoding is called {given}; try utf-8, gb18030, big5, utf-16le")
            }
            (Self::Config { path, why }, Lang::Zh) => {
                format!("读不了设置文件 {}：{}", name(path), reason(why, lang))
            }
            (Self::Config { path, why }, Lang::En) => format!(
                "cannot read the settings file {}: {}",
                name(path),
                reason(why, lang)
            ),
            (Self::Keep { path, why }, Lang::Zh) => format!(
                "设置只在这次有效，写不进 {}：{}",
                name(path),
                writing(why, lang)
            ),
            (Self::Keep { path, why }, Lang::En) => format!(
                "the setting holds for this time only; cannot write {}: {}",
                name(path),
                writing(why, lang)
            ),
            (Self::Query(why), Lang::Zh) => format!("不能这样查找：{why}"),
            (Self::Query(why), Lang::En) => format!("cannot find that: {why}"),
            (Self::Store(why), Lang::Zh) => format!("记录出错：{why}（jingdu state check 检查）"),
            (Self::Store(why), Lang::En) => {
                format!("the store failed: {why} (see jingdu state check)")
            }
            (Self::NoTerminal, Lang::Zh) => {
                "没有可用的终端；要打印全文请用 jingdu print 文件".to_owned()
            }
            (Self::NoTerminal, Lang::En) => {
                "no terminal to read in; jingdu print FILE prints the text".to_owned()
            }
            (Self::Terminal(why), Lang::Zh) => format!("终端出错：{why}"),
            (Self::Terminal(why), Lang::En) => format!("the terminal failed: {why}"),
            (Self::Output(why), Lang::Zh) => format!("写不出去：{why}"),
            (Self::Output(why), Lang::En) => format!("cannot write: {why}"),
        };
        sanitize::line(&text)
    }
}

/// What is wrong with a book, and what to do.
fn book(refused: BookError) -> Say {
    match refused {
        BookError::Damaged => (
            "是损坏的压缩包，打不开；请重新下载",
            "is a damaged archive; fetch it again",
        ),
        BookError::NotABook => (
            "是压缩包（DOCX、ZIP 等），不是 EPUB；请先转成 EPUB、HTML 或纯文本",
            "is an archive (DOCX, ZIP …), but no EPUB; convert it to EPUB, HTML or plain text",
        ),
        BookError::Locked => (
            "是加密的书（DRM 或密码），不能读；请用没有加密的版本",
            "is encrypted (DRM or a password) and cannot be read; use a copy without",
        ),
        BookError::TooLarge => (
            "解开后太大，疑为压缩炸弹，没有打开；若确是书，请先拆开",
            "unpacks to too much, as a trap does; if it is a book, split it first",
        ),
        BookError::NoText => (
            "是 EPUB，但里面没有可读的文字；可能只有图片",
            "is an EPUB without any text; it may hold pictures only",
        ),
    }
}

/// The common reasons why nothing can be written.
fn writing(why: &io::Error, lang: Lang) -> String {
    match why.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            lang.say(("没有写的权限", "permission denied")).to_owned()
        }
        _ => reason(why, lang),
    }
}

/// The common reasons in the user's language.
fn reason(why: &io::Error, lang: Lang) -> String {
    let pair = match why.kind() {
        io::ErrorKind::NotFound => ("没有这个文件", "no such file"),
        io::ErrorKind::PermissionDenied => ("没有读的权限", "permission denied"),
        _ => return why.to_string(),
    };
    lang.say(pair).to_owned()
}
