//! A book's text to a document: its chapters, read as HTML, under the headings
//! of its own table of contents.
//!
//! 1. Each chapter becomes a page of its own, with the places that the contents
//!    point at; its notes are marked there, so that none reaches into the next.
//! 2. Covers and printed tables of contents are folded.
//! 3. [`headings`](crate::format::epub::headings) puts the entries of the contents where they point, each once.
//! 4. Facts come from the package, not from the chapters.
//!
//! Nothing else is folded: what clean-up calls clutter on a web page may be a
//! chapter of a book.

pub mod headings;

use crate::document::{BlockKind, Document, Meta};
use crate::format::clean::notes;
use crate::format::date;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::epub::headings::Headings;
use crate::format::html;
use crate::format::prose;
use crate::source::Source;
use crate::source::book::contents::Entry;
use crate::source::book::{Book, Chapter, Role};

use std::collections::{HashMap, HashSet};

/// Text on the page of a cover at the most, in characters.
const COVER: usize = 60;

/// A paragraph from here on is body text, in characters.
const LONG: usize = 80;

/// Reads a book whose chapters stand in `source`.
pub fn read(source: &Source, book: &Book) -> Document {
    let mut page = DraftDocument::default();
    for hole in &book.holes {
        let rule = if hole.partly {
            "damaged-chapter"
        } else {
            "missing-chapter"
        };
        page.note(rule, 0, &hole.file);
    }
    let mut entries: HashMap<&str, Vec<(usize, &Entry)>> = HashMap::new();
    for (i, entry) in book.contents.iter().enumerate() {
        entries
            .entry(entry.file.as_str())
            .or_default()
            .push((i, entry));
    }
    let titles: HashSet<String> = book.contents.iter().map(|e| prose::key(&e.title)).collect();
    let mut headings = Headings::new(book);
    let mut line = 1;
    for chapter in &book.chapters {
        let text = source.text.get(chapter.range.clone()).unwrap_or_default();
        // the first of two chapters in one file has its entries
        let mine = entries.remove(chapter.file.as_str()).unwrap_or_default();
        let wanted: HashSet<&str> = mine
            .iter()
            .map(|(_, e)| e.anchor.as_str())
            .filter(|a| !a.is_empty())
            .collect();
        if page.is_full() {
            page.note_limit(line);
            break;
        }
        let mut part = page.next();
        let found = html::chapter(text, line, &mut part, &wanted);
        let first = page.blocks.is_empty();
        fold(&mut part.blocks, chapter, &titles, first);
        headings.place(&mut part, &mine, &found, line);
        notes::mark(&mut part, false);
        if chapter.role == Role::Aside && !first {
            page.block(BlockKind::Rule, 0, line, "");
        }
        headings.keep(&part, page.blocks.len());
        page.append(part);
        line += prose::line_ends(text);
    }
    // entries that point at what no chapter is
    let mut lost: Vec<(usize, &Entry)> = entries.into_values().flatten().collect();
    lost.sort_unstable_by_key(|(i, _)| *i);
    for (_, entry) in lost.into_iter().take(100) {
        page.note("contents-entry", 0, &entry.title);
    }
    headings.finish(&mut page);
    page.meta = meta(source, book);
    page.build()
}

/// Folds a chapter that is a cover or a printed table of contents.
fn fold(drafts: &mut [DraftBlock], chapter: &Chapter, titles: &HashSet<String>, first: bool) {
    let length: usize = drafts
        .iter()
        .filter(|d| d.stands() && d.kind != BlockKind::Image)
        .map(|d| prose::len(&d.text))
        .sum();
    let pictures = drafts.iter().any(|d| d.kind == BlockKind::Image);
    if (chapter.role == Role::Cover || first && pictures) && length <= COVER {
        let name = |d: &DraftBlock| d.kind == BlockKind::Image && !is_cover(&d.text);
        drafts
            .iter_mut()
            .filter(|d| d.folded.is_none() && !name(d))
            .for_each(|d| d.folded = Some("cover"));
        return;
    }
    let listed = |d: &DraftBlock| {
        d.is_link() || titles.contains(&prose::key(&d.text)) || is_contents(&d.text)
    };
    let standing = || drafts.iter().filter(|d| d.stands());
    let (all, listed_count) = (standing().count(), standing().filter(|d| listed(d)).count());
    let headed = standing().take(2).any(|d| is_contents(&d.text));
    let most = listed_count * 10 >= all * 7
        && listed_count >= 3
        && !standing().any(|d| prose::at_least(&d.text, LONG) && !d.is_link());
    if most && (headed || chapter.role == Role::Contents) {
        drafts
            .iter_mut()
            .filter(|d| d.folded.is_none())
            .for_each(|d| d.folded = Some("contents-page"));
    } else if chapter.role == Role::Contents {
        drafts
            .iter_mut()
            .filter(|d| d.folded.is_none() && listed(d))
            .for_each(|d| d.folded = Some("contents-page"));
    }
}

/// Whether a line is called 目录, and no more.
fn is_contents(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "目录",
        "目錄",
        "目次",
        "总目录",
        "總目錄",
        "contents",
        "tableofcontents",
    ];
    text.len() <= 60 && NAMES.contains(&prose::key(text).to_lowercase().as_str())
}

/// Whether a picture is said to be the cover, and no more.
fn is_cover(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "cover",
        "coverimage",
        "coverpage",
        "bookcover",
        "frontcover",
        "封面",
        "封面图",
        "封面图片",
        "書封",
        "书封",
    ];
    NAMES.contains(&prose::key(text).to_lowercase().as_str())
}

/// The facts of a book.
fn meta(source: &Source, book: &Book) -> Meta {
    let written = book
        .facts
        .date
        .as_deref()
        .map(str::trim)
        .filter(|d| !d.is_empty());
    // a year alone is kept as one
    let read = written
        .and_then(date::read)
        .or_else(|| written.map(str::to_owned));
    Meta {
        title: book.facts.title.clone(),
        author: Some(book.facts.authors.join("、")).filter(|a| !a.is_empty()),
        source: book.facts.publisher.clone(),
        date_as_written: written
            .filter(|w| read.as_deref() != Some(*w))
            .map(str::to_owned),
        date: read,
        tags: book.facts.subjects.clone(),
        format: "epub",
        encoding: source.encoding,
        encoding_guessed: source.guessed,
        ..Meta::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::dump::dump;
    use std::sync::Arc;

    /// A book of chapters, with a contents of `depth title file#anchor`.
    fn book(chapters: &[(&str, &str)], contents: &[(u8, &str, &str)]) -> String {
        let mut source = Source {
            encoding: "UTF-8",
            ..Source::default()
        };
        let mut book = Book {
            facts: crate::source::book::Facts {
                title: "书".into(),
                authors: vec!["某甲".into(), "某乙".into()],
                date: Some("2019-02-22T00:00:00Z".into()),
                ..Default::default()
            },
            ..Book::default()
        };
        for (file, text) in chapters {
            let start = source.text.len();
            source.text.push_str(text);
            source.text.push('\n');
            book.chapters.push(Chapter {
                file: (*file).to_owned(),
                range: start..source.text.len(),
                role: Role::Text,
            });
        }
        for (depth, title, target) in contents {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            book.contents.push(Entry {
                depth: *depth,
                title: (*title).into(),
                file: file.into(),
                anchor: anchor.into(),
            });
        }
        source.book = Some(Arc::new(book.clone()));
        let all = dump(&read(&source, &book));
        all.lines()
            .skip_while(|l| !l.starts_with("encoding"))
            .skip(1)
            .fold(String::new(), |all, line| all + line + "\n")
    }

    #[test]
    fn the_contents_are_the_headings() {
        let chapters = [
            (
                "a",
                "<html><body><h2 id='p'>第一部</h2><h3>第一章</h3><h3>开端</h3><p>甲。</p><p id='m'/><p>乙。</p><h4>小节</h4><p>丙。</p></body></html>",
            ),
            ("b", "<p>第二章 转折</p><p>丁。</p><h1>又一小节</h1>"),
            ("c", "<p>续。</p>"),
        ];
        let contents = [
            (0, "第一部", "a"),
            (1, "第一章　开端", "a"),
            (1, "中间", "a#m"),
            (1, "第二章：转折", "b"),
            (0, "没有的", "z"),
        ];
        assert_eq!(
            book(&chapters, &contents),
            "L1 heading1 | 第一部\nL1 heading2 | 第一章　开端\nL1 paragraph | 甲。\nL1 heading2 | 中间\nL1 paragraph | 乙。\nL1 heading3 | 小节\n\
             L1 paragraph | 丙。\nL2 heading2 | 第二章 转折\nL2 paragraph | 丁。\nL2 heading3 | 又一小节\nL3 paragraph | 续。\n\
             ! L0 contents-entry 没有的\n! L1 split-heading folded 开端\n"
        );
    }

    #[test]
    fn without_contents_the_chapters_speak() {
        let chapters = [
            ("a", "<title>第一章</title><p>甲。</p>"),
            ("b", "<title>书</title><h2>第二章</h2><p>乙。</p>"),
        ];
        assert_eq!(
            book(&chapters, &[]),
            "L1 heading1 | 第一章\nL1 paragraph | 甲。\nL2 heading1 | 第二章\nL2 paragraph | 乙。\n"
        );
    }

    #[test]
    fn notes_and_their_marks() {
        let text = "<p>甲<a epub:type='noteref' href='#n1'>1</a>，乙<sup><a href='#n2'>[2]</a></sup>，丙<a href='#n3'><sup>3</sup></a>，\
                    丁<a class='duokan-footnote' href='#n4'><img src='note.png'/></a>。</p>\
                    <aside epub:type='footnote' id='n1'><p>1. 注一。</p></aside>\
                    <ol class='duokan-footnote-content'><li class='duokan-footnote-item' id='n4'><p>注四。</p></li></ol><p>正文。</p>";
        let d = book(&[("a", text)], &[]);
        assert_eq!(d.matches("notemark").count(), 4, "{d}");
        assert!(
            d.contains("丁[1]。")
                && d.contains("note | 1. 注一。")
                && d.contains("note depth 1 | 1. 注四。")
                && d.contains("paragraph | 正文。"),
            "{d}"
        );
    }

    #[test]
    fn covers_and_printed_contents_are_folded() {
        let chapters = [
            (
                "cover",
                "<title>Cover</title><p><img src='c.jpg' alt='cover'/></p>",
            ),
            (
                "toc",
                "<h1>目录</h1><p><a href='a'>第一章</a></p><p>第二章</p><p><a href='c'>第三章</a></p>",
            ),
            ("a", "<h1>第一章</h1><p>甲。</p>"),
        ];
        let contents = [(0, "封面", "cover"), (0, "目录", "toc"), (0, "第一章", "a")];
        let d = book(&chapters, &contents);
        assert!(
            d.starts_with("L3 heading1 | 第一章\nL3 paragraph | 甲。\n"),
            "{d}"
        );
        assert_eq!(
            (
                d.matches("contents-page folded").count(),
                d.matches("cover folded").count()
            ),
            (4, 1)
        );
    }
}
