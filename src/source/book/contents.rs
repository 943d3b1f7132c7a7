//! A book's table of contents: `nav.xhtml` of EPUB 3, `toc.ncx` of EPUB 2.
//!
//! Both become the same flat list. What is nested deeper than the limit counts as
//! that deep; an entry without a target has that of the entry after it.

use super::names;
use super::package::one_line;
use super::xml::{Event, events};

/// Most entries.
const ENTRIES: usize = 20_000;
/// Deepest nesting.
const DEEPEST: usize = 32;
/// Longest title, in characters.
const LONGEST: usize = 200;

/// One entry of the contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// How deep it is nested, from 0.
    pub depth: u8,
    /// What it is called.
    pub title: String,
    /// The file it points at.
    pub file: String,
    /// The place in that file; empty for its beginning.
    pub anchor: String,
}

/// Reads `nav.xhtml`, which stands in the entry `base`.
pub fn nav(text: &str, base: &str) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    // which nav is the contents: the one that says so, else the first
    let mut chosen: Option<bool> = None;
    let (mut lists, mut inside, mut label) = (0usize, false, false);
    for event in events(text) {
        match event {
            Event::Start(e) if e.name == "nav" => {
                let named = e.has("type", "toc") || e.has("role", "doc-toc");
                let other = e.get("type").is_some() && !named;
                inside = named || (chosen.is_none() && !other);
                if named && chosen == Some(false) {
                    found.clear();
                }
                if inside {
                    chosen = Some(named || chosen == Some(true));
                }
                lists = 0;
            }
            _ if !inside => {}
            Event::Start(e) => match e.name.as_str() {
                "ol" | "ul" => (lists, label) = (lists + 1, false),
                "a" | "span" if lists > 0 && found.len() < ENTRIES => {
                    let href = e.get("href");
                    // a span inside a link adds nothing; in a heading it is the entry
                    if href.is_some() || !label {
                        let (file, anchor) = href
                            .and_then(|href| names::resolve(base, &href))
                            .unwrap_or_default();
                        found.push(Entry {
                            depth: (lists - 1).min(DEEPEST) as u8,
                            title: String::new(),
                            file,
                            anchor,
                        });
                        label = true;
                    }
                }
                "li" => label = false,
                _ => {}
            },
            Event::End(name) => match name.as_str() {
                "nav" => inside = false,
                "ol" | "ul" => lists = lists.saturating_sub(1),
                "a" | "li" => label = false,
                _ => {}
            },
            Event::Text(text) => {
                if let Some(entry) = found
                    .last_mut()
                    .filter(|e| label && e.title.len() < LONGEST * 4)
                {
                    entry.title.push_str(&text);
                }
            }
        }
    }
    finish(found)
}

/// Reads `toc.ncx`, which stands in the entry `base`.
pub fn ncx(text: &str, base: &str) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut label, mut depth) = (false, 0usize);
    for event in events(text) {
        match event {
            Event::Start(e) => match e.name.as_str() {
                "navpoint" => {
                    if found.len() < ENTRIES && open.len() <= DEEPEST {
                        open.push(found.len());
                        found.push(Entry {
                            depth: depth.min(DEEPEST) as u8,
                            ..Entry::default()
                        });
                    }
                    depth += 1;
                }
                "navlabel" => label = true,
                "content" => {
                    let target = e.get("src").and_then(|src| names::resolve(base, &src));
                    if let Some(entry) = open
                        .last()
                        .and_then(|i| found.get_mut(*i))
                        .filter(|e| e.file.is_empty())
                    {
                        (entry.file, entry.anchor) = target.unwrap_or_default();
                    }
                }
                "pagelist" | "navlist" => break,
                _ => {}
            },
            Event::End(name) => match name.as_str() {
                "navpoint" => {
                    depth = depth.saturating_sub(1);
                    if depth < open.len() {
                        open.pop();
                    }
                }
                "navlabel" => label = false,
                _ => {}
            },
            Event::Text(text) => {
                let entry = open
                    .last()
                    .filter(|_| label)
                    .and_then(|i| found.get_mut(*i));
                if let Some(entry) = entry.filter(|e| e.title.len() < LONGEST * 4) {
                    entry.title.push_str(&text);
                }
            }
        }
    }
    finish(found)
}

/// Cleans titles, gives entries without a target that of the next, drops those
/// without a title.
fn finish(mut found: Vec<Entry>) -> Vec<Entry> {
    let mut next = (String::new(), String::new());
    for entry in found.iter_mut().rev() {
        if entry.file.is_empty() {
            (entry.file, entry.anchor) = next.clone();
        }
        next = (entry.file.clone(), entry.anchor.clone());
        entry.title = one_line(&entry.title).chars().take(LONGEST).collect();
    }
    found.retain(|e| !e.title.is_empty() && !e.file.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(entries: &[Entry]) -> Vec<(u8, &str, &str, &str)> {
        entries
            .iter()
            .map(|e| {
                (
                    e.depth,
                    e.title.as_str(),
                    e.file.as_str(),
                    e.anchor.as_str(),
                )
            })
            .collect()
    }

    #[test]
    fn nav_of_epub_3() {
        let text = r#"<nav epub:type="landmarks"><ol><li><a href="c.xhtml">封面</a></li></ol></nav>
            <nav epub:type="toc"><h1>目录</h1><ol><li><span>第一部</span><ol><li><a href="a.xhtml"><span>第</span>一章</a></li>
            <li><a href="a.xhtml#b">第二章</a></li></ol></li><li><a href="z.xhtml">后记</a></li></ol></nav>"#;
        assert_eq!(
            flat(&nav(text, "O/nav.xhtml")),
            [
                (0, "第一部", "O/a.xhtml", ""),
                (1, "第一章", "O/a.xhtml", ""),
                (1, "第二章", "O/a.xhtml", "b"),
                (0, "后记", "O/z.xhtml", "")
            ]
        );
    }

    #[test]
    fn ncx_of_epub_2() {
        let text = r#"<ncx><docTitle><text>书</text></docTitle><navMap><navPoint><navLabel><text>一</text></navLabel><content src="a.xhtml"/>
            <navPoint><navLabel><text>一之一</text></navLabel><content src="a.xhtml#x"/></navPoint></navPoint>
            <navPoint><content src="b.xhtml"/><navLabel><text>二</text></navLabel></navPoint></navMap></ncx>"#;
        assert_eq!(
            flat(&ncx(text, "toc.ncx")),
            [
                (0, "一", "a.xhtml", ""),
                (1, "一之一", "a.xhtml", "x"),
                (0, "二", "b.xhtml", "")
            ]
        );
    }

    #[test]
    fn depth_is_bounded() {
        let deep =
            "<navPoint><navLabel><text>深</text></navLabel><content src='a'/>".repeat(50_000);
        assert!(
            ncx(&deep, "")
                .iter()
                .all(|e| usize::from(e.depth) <= DEEPEST)
        );
        let deep = format!("<nav>{}", "<ol><li><a href='a'>深</a>".repeat(50_000));
        assert_eq!(nav(&deep, "").len(), ENTRIES);
    }
}
