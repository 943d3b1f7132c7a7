//! Files that hold no text as it is: other formats of documents and books, mail, archives,
//! pictures. Each is named to the reader, with what to do.

use crate::text::Say;

/// A kind of file that is not read.
#[derive(Debug, PartialEq, Eq)]
pub struct FileKind {
    /// The message behind the file's name: its kind, and how to convert it.
    pub problem: Say,
    signs: &'static [Sign],
}

/// A sign of a kind of file, in its first bytes.
#[derive(Debug, PartialEq, Eq)]
enum Sign {
    /// These bytes stand at this offset.
    At(usize, &'static [u8]),
    /// These bytes are somewhere in the head of a ZIP archive.
    Zipped(&'static [u8]),
    /// These bytes are in the head of a property list.
    Listed(&'static [u8]),
    /// A header of mail has a field whose value begins so; in lower case.
    Header(&'static str),
}

use Sign::{At, Header, Listed, Zipped};

/// All kinds; the first that fits names the file.
const FILE_KINDS: &[FileKind] = &[
    FileKind {
        problem: (
            "是 PDF，不能读；可先用 pdftotext 转成纯文本",
            "is a PDF, which is not read; convert it with pdftotext first",
        ),
        signs: &[At(0, b"%PDF-")],
    },
    FileKind {
        problem: (
            "是 RTF 文档，不能读；请先用 LibreOffice 等另存为纯文本或 HTML",
            "is an RTF document, which is not read; save it as plain text or HTML first",
        ),
        signs: &[At(0, b"{\\rtf")],
    },
    FileKind {
        problem: (
            "是打成一个文件的网页（MHTML），不能读；请在浏览器里另存为“仅 HTML”",
            "is a web page packed into one file (MHTML), which is not read; save it as “HTML only”",
        ),
        signs: &[
            Header("content-type: multipart/related"),
            Header("content-location:"),
            Header("snapshot-content-location:"),
        ],
    },
    FileKind {
        problem: (
            "是带附件或编码过的邮件（EML），不能读；请在邮件程序里另存为 HTML 或纯文本",
            "is mail of several parts or in a code (EML), which is not read; save it as HTML or plain text",
        ),
        signs: &[
            Header("content-type: multipart/"),
            Header("content-transfer-encoding: base64"),
            Header("content-transfer-encoding: quoted-printable"),
        ],
    },
    FileKind {
        problem: (
            "是 Safari 存的网页（webarchive），不能读；请另存为“页面源代码”（HTML）",
            "is a web archive of Safari, which is not read; save the page source (HTML) instead",
        ),
        signs: &[At(0, b"bplist00"), Listed(b"<key>WebMainResource</key>")],
    },
    FileKind {
        problem: (
            "是 Kindle 的书（MOBI、AZW），不能读；请先用 Calibre 转成 EPUB",
            "is a book for Kindle (MOBI, AZW), which is not read; convert it to EPUB with Calibre",
        ),
        signs: &[
            At(60, b"BOOKMOBI"),
            At(60, b"TEXtREAd"),
            At(0, b"\xeaDRMION"),
            At(0, b"CONT\x02\0"),
        ],
    },
    FileKind {
        problem: (
            "是旧式 Office 文档（DOC、XLS、PPT、WPS），不能读；请先另存为纯文本、HTML 或 EPUB",
            "is an old Office document (DOC, XLS, PPT), which is not read; save it as plain text or HTML",
        ),
        signs: &[At(0, b"\xd0\xcf\x11\xe0")],
    },
    FileKind {
        problem: (
            "是 Office 文档（DOCX、XLSX、PPTX、ODT），不能读；请先另存为纯文本、HTML 或 EPUB",
            "is an Office document (DOCX, XLSX, PPTX, ODT), which is not read; save it as plain text or HTML",
        ),
        signs: &[
            Zipped(b"word/"),
            Zipped(b"xl/"),
            Zipped(b"ppt/"),
            Zipped(b"application/vnd.oasis.opendocument"),
        ],
    },
    FileKind {
        problem: (
            "是 CHM 帮助文件，不能读；请先用 extract_chmLib 或 7z 解成 HTML",
            "is a CHM help file, which is not read; unpack it to HTML with 7z first",
        ),
        signs: &[At(0, b"ITSF")],
    },
    FileKind {
        problem: (
            "是知网的 CAJ 文件，不能读；请改下 PDF 或网页版",
            "is a CAJ file, which is not read; fetch the PDF or the page instead",
        ),
        signs: &[At(0, b"CAJ\0"), At(0, b"HN\0\0"), At(0, b"KDH ")],
    },
    FileKind {
        problem: (
            "是扫描书（DjVu），没有可读的文字；请先用 djvutxt 取出文字",
            "is a scanned book (DjVu), which is not read; take its text out with djvutxt",
        ),
        signs: &[At(0, b"AT&TFORM")],
    },
    FileKind {
        problem: (
            "是压缩文件（gzip、xz、7z、RAR 等），不能读；请先解开",
            "is compressed (gzip, xz, 7z, RAR …); unpack it first",
        ),
        signs: &[
            At(0, b"\x1f\x8b"),
            At(0, b"BZh"),
            At(0, b"\xfd7zXZ"),
            At(0, b"\x28\xb5\x2f\xfd"),
            At(0, b"7z\xbc\xaf"),
            At(0, b"Rar!"),
        ],
    },
    FileKind {
        problem: (
            "是图片，没有可读的文字；请先用文字识别（OCR）取出文字",
            "is a picture without any text; have its text recognised (OCR) first",
        ),
        signs: &[
            At(0, b"\x89PNG"),
            At(0, b"\xff\xd8\xff"),
            At(0, b"GIF8"),
            At(8, b"WEBP"),
            At(0, b"II*\0"),
            At(0, b"MM\0*"),
        ],
    },
    FileKind {
        problem: (
            "是声音、程序或数据库，没有可读的文字",
            "is sound, a program or a database, without any text to read",
        ),
        signs: &[
            At(0, b"\x7fELF"),
            At(0, b"MZ\x90"),
            At(0, b"RIFF"),
            At(0, b"OggS"),
            At(0, b"ID3"),
            At(4, b"ftyp"),
            At(0, b"SQLite format 3"),
            At(0, b"\xca\xfe\xba\xbe"),
        ],
    },
];

/// Returns the kind of a file, by its first bytes.
pub(super) fn kind(head: &[u8]) -> Option<&'static FileKind> {
    let is_zip = head.starts_with(b"PK\x03\x04");
    let is_list = memchr::memmem::find(head, b"<!DOCTYPE plist").is_some();
    let header = header(head);
    let fits = |sign: &Sign| match sign {
        At(offset, bytes) => !is_zip && head.get(*offset..).is_some_and(|at| at.starts_with(bytes)),
        Zipped(name) => is_zip && memchr::memmem::find(head, name).is_some(),
        Listed(name) => is_list && memchr::memmem::find(head, name).is_some(),
        Header(field) => header.iter().any(|line| line.starts_with(field)),
    };
    FILE_KINDS.iter().find(|kind| kind.signs.iter().any(fits))
}

/// Returns the header of a message (RFC 5322) in lower case, a line each; none where the head is
/// none of one.
fn header(head: &[u8]) -> Vec<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let lines = head.lines().take_while(|line| !line.trim().is_empty());
    let lines: Vec<String> = lines.map(str::to_owned).collect();
    let has_mime = lines.iter().any(|line| line.starts_with("mime-version:"));
    if has_mime { lines } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named() {
        let mobi = [vec![0; 60], b"BOOKMOBI".to_vec()].concat();
        for (head, name) in [
            (b"{\\rtf1\\ansi".as_slice(), "RTF"),
            (&mobi, "MOBI"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
            (b"PK\x03\x04....word/document.xml", "DOCX"),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text",
                "ODT",
            ),
            (b"ITSF\x03", "CHM"),
            (b"bplist00", "webarchive"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"\x89PNG\r\n", "图片"),
            (
                b"From: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; x\r\n\r\n",
                "MHTML",
            ),
            (
                b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed;\n\n",
                "EML",
            ),
            (
                b"From: a\nMIME-Version: 1.0\nContent-Type: text/html\nContent-Location: http://a/\n\n",
                "MHTML",
            ),
            (
                b"From: a\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n",
                "EML",
            ),
            (
                b"<?xml?><!DOCTYPE plist><plist><dict><key>WebMainResource</key>",
                "webarchive",
            ),
        ] {
            let found = kind(head).map(|kind| kind.problem.0);
            assert!(found.is_some_and(|says| says.contains(name)), "{name}");
        }
        for text in [
            "{rtf 是什么}",
            "From: 甲\nMIME-Version: 1.0\nContent-Type: text/plain\n\n正文。",
            "ID：三",
            "word/ 是文件夹",
        ] {
            assert_eq!(kind(text.as_bytes()), None, "{text}");
        }
    }
}
