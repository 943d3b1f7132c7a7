//! Builds books in memory, good ones and traps.

#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    reason = "what tests build is short"
)]

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A book in the making.
pub struct Epub {
    writer: ZipWriter<Cursor<Vec<u8>>>,
}

/// The beginning of every book.
const CONTAINER: &str = r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

impl Epub {
    /// An empty archive.
    pub fn bare() -> Self {
        Self {
            writer: ZipWriter::new(Cursor::new(Vec::new())),
        }
    }

    /// An archive with the marks of a book.
    pub fn new() -> Self {
        Self::bare()
            .stored("mimetype", b"application/epub+zip")
            .file("META-INF/container.xml", CONTAINER)
    }

    /// Adds a packed entry.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.entry(name, content.as_ref(), CompressionMethod::Deflated)
    }

    /// Adds an entry as it is.
    pub fn stored(self, name: &str, content: &[u8]) -> Self {
        self.entry(name, content, CompressionMethod::Stored)
    }

    fn entry(mut self, name: &str, content: &[u8], method: CompressionMethod) -> Self {
        self.writer
            .start_file(
                name,
                SimpleFileOptions::default().compression_method(method),
            )
            .expect("entry");
        self.writer.write_all(content).expect("content");
        self
    }

    /// Adds chapters `c0.xhtml` … with their package and, of `nav` and `ncx`, what is asked for.
    pub fn chapters(mut self, chapters: &[(&str, String)], nav: bool, ncx: bool) -> Self {
        let mut manifest = String::new();
        let mut spine = String::new();
        for (i, (_, text)) in chapters.iter().enumerate() {
            manifest += &format!(
                "<item id=\"c{i}\" href=\"Text/c{i}.xhtml\" media-type=\"application/xhtml+xml\"/>"
            );
            spine += &format!("<itemref idref=\"c{i}\"/>");
            self = self.file(&format!("OEBPS/Text/c{i}.xhtml"), text);
        }
        let list = |form: &dyn Fn(usize, &str) -> String| {
            chapters
                .iter()
                .enumerate()
                .map(|(i, (title, _))| form(i, title))
                .collect::<String>()
        };
        if nav {
            manifest += "<item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\" media-type=\"application/xhtml+xml\"/>";
            let entries =
                list(&|i, title| format!("<li><a href=\"Text/c{i}.xhtml\">{title}</a></li>"));
            self = self.file(
                "OEBPS/nav.xhtml",
                format!(
                    "<html><body><nav epub:type=\"toc\"><ol>{entries}</ol></nav></body></html>"
                ),
            );
        }
        if ncx {
            manifest +=
                "<item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>";
            let entries = list(&|i, title| {
                format!(
                    "<navPoint><navLabel><text>{title}</text></navLabel><content src=\"Text/c{i}.xhtml\"/></navPoint>"
                )
            });
            self = self.file(
                "OEBPS/toc.ncx",
                format!("<ncx><navMap>{entries}</navMap></ncx>"),
            );
        }
        self.package(&manifest, &spine)
    }

    /// Adds a package of that manifest and spine.
    pub fn package(self, manifest: &str, spine: &str) -> Self {
        let facts = "<dc:title>某书</dc:title><dc:creator>某甲</dc:creator><dc:creator>某乙</dc:creator><dc:date>2019-02-22</dc:date><dc:publisher>某社</dc:publisher>";
        let package = format!(
            "<package><metadata>{facts}</metadata><manifest>{manifest}</manifest><spine toc=\"ncx\">{spine}</spine></package>"
        );
        self.file("OEBPS/content.opf", package)
    }

    /// Its bytes.
    pub fn bytes(self) -> Vec<u8> {
        self.writer.finish().expect("archive").into_inner()
    }
}

/// A chapter as XHTML: a heading and paragraphs.
pub fn xhtml(title: &str, paragraphs: &[&str]) -> String {
    let body: String = paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/></head><body>\n<h1>{title}</h1>\n{body}</body></html>"
    )
}
