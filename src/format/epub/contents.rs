//! Reads the table of contents of a book: `nav.xhtml` of EPUB 3, `toc.ncx` of EPUB 2.
//!
//! Both become the same flat list. Depths are limited; an entry without a target gets
//! that of the entry after it, and so does one that leads to no chapter ([`settle`]).

use super::names;
use super::package::one_line;
use super::xml::{Element, XmlEvent, events};
use crate::text::words::Words;
use std::collections::HashSet;

const MAX_TOC_ENTRIES: usize = 20_000;
const MAX_TOC_DEPTH: usize = 32;
/// Limit of a title, in characters.
const MAX_TITLE_CHARS: usize = 200;

/// Titles that converters give an entry whose name they do not know.
static NO_TITLES: Words = Words::new("未知 未命名 无标题 未命名章节 untitled unknown");

/// One entry of the contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TocEntry {
    /// Depth of nesting, from 0.
    pub depth: u8,
    pub title: String,
    /// Name of the file it points at.
    pub file: String,
    /// Anchor in that file; empty for its beginning.
    pub anchor: String,
}

impl TocEntry {
    /// Returns whether a converter made its title.
    pub fn is_unnamed(&self) -> bool {
        NO_TITLES.has(&self.title.to_lowercase())
    }

    fn add_text(&mut self, text: &str) {
        if self.title.len() < MAX_TITLE_CHARS * 4 {
            self.title.push_str(text);
        }
    }
}

/// Reads `nav.xhtml`, which is the entry `base` of the archive.
pub(super) fn nav(text: &str, base: &str) -> Vec<TocEntry> {
    let mut reader = NavReader::default();
    for event in events(text) {
        match event {
            XmlEvent::Start(e) if e.name == "nav" => reader.start_nav(&e),
            _ if !reader.inside => {}
            XmlEvent::Start(e) => reader.start(&e, base),
            XmlEvent::End(name) => reader.end(&name),
            XmlEvent::Text(text) if reader.in_label => {
                if let Some(entry) = reader.found.last_mut() {
                    entry.add_text(&text);
                }
            }
            XmlEvent::Text(_) => {}
        }
    }
    finish(reader.found)
}

#[derive(Default)]
struct NavReader {
    found: Vec<TocEntry>,
    /// The `<nav>` that was taken: true where it is marked as the contents. A marked one
    /// replaces the first.
    taken: Option<bool>,
    /// True inside the `<nav>` that was taken.
    inside: bool,
    /// Number of open lists.
    lists: usize,
    in_label: bool,
}

impl NavReader {
    fn start_nav(&mut self, e: &Element) {
        let marked = e.has("type", "toc") || e.has("role", "doc-toc");
        let is_other = e.get("type").is_some() && !marked;
        self.inside = marked || (self.taken.is_none() && !is_other);
        if marked && self.taken == Some(false) {
            self.found.clear();
        }
        if self.inside {
            self.taken = Some(marked || self.taken == Some(true));
        }
        self.lists = 0;
    }

    fn start(&mut self, e: &Element, base: &str) {
        match e.name.as_str() {
            "ol" | "ul" => (self.lists, self.in_label) = (self.lists + 1, false),
            "a" | "span" => self.start_label(e, base),
            "li" => self.in_label = false,
            _ => {}
        }
    }

    /// Begins an entry at a link, or at a span that is not in one.
    fn start_label(&mut self, e: &Element, base: &str) {
        let href = e.get("href");
        let Some(depth) = self.lists.checked_sub(1) else {
            return;
        };
        if self.found.len() >= MAX_TOC_ENTRIES || (href.is_none() && self.in_label) {
            return;
        }
        let target = href.and_then(|href| target(base, &href));
        let (file, anchor) = target.unwrap_or_default();
        self.found.push(TocEntry {
            depth: depth.min(MAX_TOC_DEPTH) as u8,
            title: String::new(),
            file,
            anchor,
        });
        self.in_label = true;
    }

    fn end(&mut self, name: &str) {
        match name {
            "nav" => self.inside = false,
            "ol" | "ul" => self.lists = self.lists.saturating_sub(1),
            "a" | "li" => self.in_label = false,
            _ => {}
        }
    }
}

/// Reads `toc.ncx`, which is the entry `base` of the archive.
pub(super) fn ncx(text: &str, base: &str) -> Vec<TocEntry> {
    let mut found: Vec<TocEntry> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut in_label, mut depth) = (false, 0usize);
    for event in events(text) {
        let entry = open.last().and_then(|i| found.get_mut(*i));
        match event {
            XmlEvent::Start(e) => match e.name.as_str() {
                "navpoint" => {
                    if found.len() < MAX_TOC_ENTRIES && open.len() <= MAX_TOC_DEPTH {
                        open.push(found.len());
                        found.push(TocEntry {
                            depth: depth.min(MAX_TOC_DEPTH) as u8,
                            ..TocEntry::default()
                        });
                    }
                    depth += 1;
                }
                "navlabel" => in_label = true,
                "content" => {
                    if let Some(entry) = entry.filter(|e| e.file.is_empty()) {
                        let target = e.get("src").and_then(|src| target(base, &src));
                        let target = target.filter(|(file, _)| file != base);
                        (entry.file, entry.anchor) = target.unwrap_or_default();
                    }
                }
                "pagelist" | "navlist" => break,
                _ => {}
            },
            XmlEvent::End(name) if name == "navpoint" => {
                depth = depth.saturating_sub(1);
                open.truncate(depth);
            }
            XmlEvent::End(name) => in_label &= name != "navlabel",
            XmlEvent::Text(text) => {
                if let Some(entry) = entry.filter(|_| in_label) {
                    entry.add_text(&text);
                }
            }
        }
    }
    finish(found)
}

/// Returns the file and the anchor of an entry; `None` where it leads nowhere (`#`).
fn target(base: &str, href: &str) -> Option<(String, String)> {
    let is_empty = href.trim().trim_matches('#').is_empty();
    names::resolve(base, href).filter(|_| !is_empty)
}

/// Gives entries over others that lead to no file of a book, such as volumes, the target of the
/// first below them.
pub(super) fn settle<'a>(entries: &mut [TocEntry], files: impl Iterator<Item = &'a str>) {
    let files: HashSet<&str> = files.collect();
    for i in (1..entries.len()).rev() {
        let (above, below) = entries.split_at_mut(i);
        if let (Some(entry), Some(next)) = (above.last_mut(), below.first())
            && entry.depth < next.depth
            && !files.contains(&*entry.file)
        {
            (entry.file, entry.anchor) = (next.file.clone(), next.anchor.clone());
        }
    }
}

/// Cleans the titles, gives entries without a target that of the next, drops those
/// without a title.
fn finish(mut found: Vec<TocEntry>) -> Vec<TocEntry> {
    let mut next = (String::new(), String::new());
    for entry in found.iter_mut().rev() {
        if entry.file.is_empty() {
            (entry.file, entry.anchor) = next;
        }
        next = (entry.file.clone(), entry.anchor.clone());
        let title = one_line(&entry.title);
        entry.title = title.chars().take(MAX_TITLE_CHARS).collect();
    }
    found.retain(|e| !e.title.is_empty() && !e.file.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(entries: &[TocEntry]) -> Vec<(u8, &str, &str, &str)> {
        let entries = entries.iter();
        entries
            .map(|e| (e.depth, &*e.title, &*e.file, &*e.anchor))
            .collect()
    }

    #[test]
    fn nav_of_epub_3() {
        let text = r#"<nav epub:type="landmarks"><ol><li><a href="c.xhtml">封面</a></li></ol></nav>
            <nav epub:type="toc"><h1>目录</h1><ol><li><span>第一部</span><ol><li><a href="a.xhtml"><span>第</span>一章</a></li>
            <li><a href="a.xhtml#b">第二章</a></li></ol></li><li><a href="z.xhtml">后记</a></li></ol></nav>"#;
        let wanted = [
            (0, "第一部", "O/a.xhtml", ""),
            (1, "第一章", "O/a.xhtml", ""),
            (1, "第二章", "O/a.xhtml", "b"),
            (0, "后记", "O/z.xhtml", ""),
        ];
        assert_eq!(flat(&nav(text, "O/nav.xhtml")), wanted);
    }

    #[test]
    fn ncx_of_epub_2() {
        let text = r#"<ncx><docTitle><text>书</text></docTitle><navMap><navPoint><navLabel><text>一</text></navLabel><content src="a.xhtml"/>
            <navPoint><navLabel><text>一之一</text></navLabel><content src="a.xhtml#x"/></navPoint></navPoint>
            <navPoint><content src="b.xhtml"/><navLabel><text>二</text></navLabel></navPoint></navMap></ncx>"#;
        let wanted = [
            (0, "一", "a.xhtml", ""),
            (1, "一之一", "a.xhtml", "x"),
            (0, "二", "b.xhtml", ""),
        ];
        assert_eq!(flat(&ncx(text, "toc.ncx")), wanted);
    }

    #[test]
    fn a_volume_is_where_its_first_chapter_is() {
        let point = |title: &str, src: &str| {
            format!("<navPoint><navLabel><text>{title}</text></navLabel><content src=\"{src}\"/>")
        };
        for nowhere in ["", "#", "toc.ncx", "lost.xhtml"] {
            let volume =
                point("上卷", nowhere) + &point("一", "a.xhtml#b") + "</navPoint></navPoint>";
            let mut found = ncx(&volume, "toc.ncx");
            settle(&mut found, ["a.xhtml"].into_iter());
            let wanted = [(0, "上卷", "a.xhtml", "b"), (1, "一", "a.xhtml", "b")];
            assert_eq!(flat(&found), wanted, "{nowhere}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let point = "<navPoint><navLabel><text>深</text></navLabel><content src='a'/>";
        let mut found = ncx(&point.repeat(50_000), "").into_iter();
        assert!(found.all(|e| usize::from(e.depth) <= MAX_TOC_DEPTH));
        let deep = format!("<nav>{}", "<ol><li><a href='a'>深</a>".repeat(50_000));
        assert_eq!(nav(&deep, "").len(), MAX_TOC_ENTRIES);
    }
}
