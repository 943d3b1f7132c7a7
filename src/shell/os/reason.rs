//! The reasons of the system, in the user's language.

use crate::text::{Lang, Say};
use rustix::io::Errno;
use std::io::{Error, ErrorKind};

/// Errors of the system, each with its text in Chinese and English.
const SYSTEM_ERRORS: &[(Errno, Say)] = &[
    (
        Errno::NOENT,
        ("没有这个文件或目录", "no such file or directory"),
    ),
    (Errno::ACCESS, ("没有权限", "permission denied")),
    (Errno::PERM, ("系统不允许", "not permitted")),
    (Errno::ROFS, ("所在的盘是只读的", "the disk is read-only")),
    (Errno::NOSPC, ("磁盘已满", "no space left on the disk")),
    (Errno::DQUOT, ("超出磁盘配额", "the disk quota is used up")),
    (Errno::FBIG, ("文件太大", "the file is too large")),
    (
        Errno::IO,
        (
            "读写出错，磁盘或线路可能有故障",
            "input or output failed; the disk or line may be faulty",
        ),
    ),
    (Errno::NXIO, ("没有这个设备", "no such device")),
    (Errno::NODEV, ("没有这个设备", "no such device")),
    (
        Errno::NOTDIR,
        ("路径中有一段不是目录", "part of the path is no directory"),
    ),
    (Errno::ISDIR, ("是目录", "is a directory")),
    (
        Errno::NOTEMPTY,
        ("目录不是空的", "the directory is not empty"),
    ),
    (Errno::EXIST, ("已有同名文件", "the file exists already")),
    (Errno::XDEV, ("不在同一个盘上", "not on the same disk")),
    (Errno::LOOP, ("符号链接绕成了圈", "too many symbolic links")),
    (Errno::MLINK, ("链接太多", "too many links")),
    (Errno::NAMETOOLONG, ("文件名太长", "the name is too long")),
    (
        Errno::MFILE,
        (
            "本程序打开的文件太多",
            "too many files are open in this program",
        ),
    ),
    (
        Errno::NFILE,
        (
            "系统中打开的文件太多",
            "too many files are open in the system",
        ),
    ),
    (Errno::NOMEM, ("内存不够", "out of memory")),
    (Errno::BUSY, ("正被占用", "it is in use")),
    (
        Errno::TXTBSY,
        ("程序正在运行，不能改写", "the program is running"),
    ),
    (Errno::NOEXEC, ("不是可以运行的程序", "it is no program")),
    (Errno::TOOBIG, ("参数太长", "the arguments are too long")),
    (Errno::AGAIN, ("暂时不能，请再试", "not now; try again")),
    (Errno::INTR, ("被信号打断", "interrupted by a signal")),
    (
        Errno::INVAL,
        ("系统不接受这样做", "the system refuses this"),
    ),
    (
        Errno::BADF,
        (
            "文件没有打开，或不能这样读写",
            "the file is not open for this",
        ),
    ),
    (
        Errno::SPIPE,
        ("是管道，不能跳着读", "a pipe cannot be read in any order"),
    ),
    (Errno::PIPE, ("读的一方已经关闭", "the reader has gone")),
    (Errno::NOTTY, ("不是终端", "it is no terminal")),
    (
        Errno::STALE,
        (
            "网络盘上的文件已失效",
            "the file on the network disk is stale",
        ),
    ),
    (Errno::TIMEDOUT, ("等得太久，没有回音", "timed out")),
    (Errno::HOSTDOWN, ("对方主机没有开", "the host is down")),
    (
        Errno::HOSTUNREACH,
        ("连不上对方主机", "the host cannot be reached"),
    ),
    (
        Errno::NETUNREACH,
        ("网络不通", "the network cannot be reached"),
    ),
    (Errno::NETDOWN, ("网络不通", "the network is down")),
    (
        Errno::CONNREFUSED,
        ("对方拒绝连接", "the connection was refused"),
    ),
    (
        Errno::CONNRESET,
        ("连接被对方断开", "the connection was reset"),
    ),
    (Errno::NOTCONN, ("没有连上", "not connected")),
    (Errno::NOTSUP, ("系统不支持", "not supported")),
    (Errno::NOSYS, ("系统不支持", "not supported")),
    (
        Errno::ILSEQ,
        ("名称不是合法的文字", "the name is no valid text"),
    ),
    (Errno::OVERFLOW, ("数值太大", "a value is too large")),
    (Errno::NOLCK, ("没有锁可用", "no locks are left")),
    (Errno::DEADLK, ("互相等待", "waiting would never end")),
];

/// Kinds of errors that no call of the system has made.
const ERROR_KINDS: &[(ErrorKind, Say)] = &[
    (
        ErrorKind::NotFound,
        ("没有这个文件或目录", "no such file or directory"),
    ),
    (
        ErrorKind::PermissionDenied,
        ("没有权限", "permission denied"),
    ),
    (
        ErrorKind::UnexpectedEof,
        ("没有读完就到了末尾", "it ended too soon"),
    ),
    (
        ErrorKind::WriteZero,
        ("没有写完", "not all could be written"),
    ),
    (
        ErrorKind::InvalidData,
        ("内容不合格式", "the content is not as it should be"),
    ),
    (
        ErrorKind::InvalidInput,
        ("名称不合规定，可能含有空字符", "the name is not valid"),
    ),
    (
        ErrorKind::AlreadyExists,
        ("已有同名文件", "the file exists already"),
    ),
    (
        ErrorKind::ResourceBusy,
        ("别的程序正在改它", "another program is changing it"),
    ),
    (ErrorKind::TimedOut, ("等得太久，没有回音", "timed out")),
    (ErrorKind::Unsupported, ("系统不支持", "not supported")),
    (ErrorKind::OutOfMemory, ("内存不够", "out of memory")),
];

/// Returns the reason of an error in the user's language. A text of our own stays.
pub(crate) fn reason(why: &Error, lang: Lang) -> String {
    if let Some(number) = why.raw_os_error() {
        let known = SYSTEM_ERRORS
            .iter()
            .find(|(errno, _)| errno.raw_os_error() == number);
        let (zh, en) = (
            format!("系统错误 {number}"),
            format!("system error {number}"),
        );
        return known.map_or_else(
            || lang.say_owned(zh, en),
            |(_, say)| lang.say(*say).to_owned(),
        );
    }
    let known = ERROR_KINDS.iter().find(|(kind, _)| *kind == why.kind());
    match known {
        // no text was given with it
        Some((_, say)) if why.get_ref().is_none() => lang.say(*say).to_owned(),
        _ => why.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reason_of_the_system_is_left_in_its_own_words() {
        for number in 1..140 {
            let why = Error::from_raw_os_error(number);
            let said = reason(&why, Lang::Zh);
            assert!(
                !said.contains(|c: char| c.is_ascii_alphabetic()),
                "{number}: {said}"
            );
            let en = reason(&why, Lang::En);
            assert!(!en.contains("os error") && en.is_ascii(), "{number}: {en}");
        }
        // what a reader meets is named
        for number in [1, 2, 5, 13, 17, 20, 21, 24, 28, 30, 36] {
            let said = reason(&Error::from_raw_os_error(number), Lang::Zh);
            assert!(!said.starts_with("系统错误"), "{number}");
        }
        for kind in [
            ErrorKind::NotFound,
            ErrorKind::InvalidInput,
            ErrorKind::UnexpectedEof,
        ] {
            let said = reason(&kind.into(), Lang::Zh);
            assert!(!said.is_ascii(), "{said}");
        }
        let own = Error::other("vi: 没有这个程序");
        assert_eq!(reason(&own, Lang::Zh), "vi: 没有这个程序");
    }
}
