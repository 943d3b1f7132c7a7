//! An EPUB to a document.
//!
//! 1. [`open`] unpacks the [`archive`] in memory and reads the files of a [`book`]: the
//!    [`package`] with its facts, the table of [`contents`], the chapters.
//! 2. Each chapter is read as HTML, with the anchors that the contents point at; its notes
//!    are marked chapter by chapter, so that none reaches into the next.
//! 3. Covers, which have no sentence, and printed tables of contents are folded.
//! 4. [`headings`] puts the entries of the contents where they point.
//!
//! Nothing else is folded: lines that clean-up would fold on a web page may be a chapter
//! of a book.

mod archive;
mod book;
mod contents;
mod headings;
mod names;
mod package;
mod xml;

use crate::document::{BlockKind, Document};
use crate::format::clean::notes;
use crate::format::draft::{DraftBlock, DraftDocument, fold_all};
use crate::format::html;
use crate::format::prose;
use crate::text::words::Words;
pub use archive::BookError;
use book::ChapterRole;
pub use book::{Book, is_archive, open};
use contents::TocEntry;
use headings::Headings;
use std::collections::{HashMap, HashSet};

/// Limit of the text on the page of a cover, in characters.
const MAX_COVER_CHARS: usize = 60;
/// Length from which a paragraph is body text, in characters.
const MIN_PARAGRAPH_CHARS: usize = 80;
/// Limit of a line that may be the title of the contents, in bytes.
const MAX_CONTENTS_TITLE_BYTES: usize = 60;
/// Entries without a chapter that are reported.
const MAX_LOST_ENTRIES: usize = 100;

impl Book {
    /// Parses the chapters.
    pub fn document(&self) -> Document {
        let mut page = DraftDocument::default();
        if self.is_damaged {
            page.note("damaged-book", 0, "");
        }
        for hole in &self.holes {
            let rule = if hole.partly {
                "damaged-chapter"
            } else {
                "missing-chapter"
            };
            page.note(rule, 0, &hole.file);
        }
        // of two chapters in one file, the first gets its entries
        let mut entries: HashMap<&str, Vec<(usize, &TocEntry)>> = HashMap::new();
        for (i, entry) in self.contents.iter().enumerate() {
            entries.entry(&entry.file).or_default().push((i, entry));
        }
        let titles = self.contents.iter().map(|e| prose::key(&e.title)).collect();
        let mut headings = Headings::new(self);
        let mut line = 1;
        for chapter in &self.chapters {
            let text = self.source.text.get(chapter.range.clone());
            let text = text.unwrap_or_default();
            let entries = entries.remove(chapter.file.as_str()).unwrap_or_default();
            let anchors: HashSet<&str> = entries.iter().map(|(_, e)| &*e.anchor).collect();
            if page.is_full() {
                page.note_limit(line);
                break;
            }
            let mut part = page.next();
            let facts = html::chapter(text, line, &mut part, &anchors);
            let is_first = page.blocks.is_empty();
            fold(&mut part.blocks, chapter.role, &titles, is_first);
            headings.place(&mut part, &entries, &facts, line);
            notes::mark(&mut part, false);
            if chapter.role == ChapterRole::Aside && !is_first {
                page.block(BlockKind::Rule, 0, line, "");
            }
            headings.keep(&part, page.blocks.len());
            page.append(part);
            line += prose::line_ends(text);
        }
        let mut lost: Vec<_> = entries.into_values().flatten().collect();
        lost.sort_unstable_by_key(|(i, _)| *i);
        for (_, entry) in lost.into_iter().take(MAX_LOST_ENTRIES) {
            page.note("contents-entry", 0, &entry.title);
        }
        headings.finish(&mut page);
        page.meta = self.meta.clone();
        page.build()
    }
}

/// Folds a chapter that is a cover or a printed table of contents.
fn fold(drafts: &mut [DraftBlock], role: ChapterRole, titles: &HashSet<String>, is_first: bool) {
    let is_picture = |d: &DraftBlock| d.kind == BlockKind::Image;
    let shown = || drafts.iter().filter(|d| d.is_shown());
    let lines = shown().filter(|d| !is_picture(d));
    let chars: usize = lines.map(|d| prose::len(&d.text)).sum();
    let may_be_cover = role == ChapterRole::Cover || is_first && drafts.iter().any(is_picture);
    let has_sentence = || shown().any(|d| !is_picture(d) && prose::has_stop(&d.text));
    if may_be_cover && chars <= MAX_COVER_CHARS && !has_sentence() {
        // a picture with a name of its own stays
        let is_cover = |d: &DraftBlock| !is_picture(d) || is_cover_name(&d.text);
        return fold_where("cover", drafts, is_cover);
    }
    let is_listed = |d: &DraftBlock| {
        d.is_link() || titles.contains(&prose::key(&d.text)) || is_contents_title(&d.text)
    };
    let listed = shown().filter(|d| is_listed(d)).count();
    let is_list = listed >= 3
        && listed * 10 >= shown().count() * 7
        && !shown().any(|d| prose::at_least(&d.text, MIN_PARAGRAPH_CHARS) && !d.is_link());
    let is_contents = role == ChapterRole::Contents;
    let is_headed = shown().take(2).any(|d| is_contents_title(&d.text));
    if is_list && (is_headed || is_contents) {
        fold_all("contents-page", drafts);
    } else if is_contents {
        fold_where("contents-page", drafts, is_listed);
    }
}

fn fold_where(rule: &'static str, drafts: &mut [DraftBlock], which: impl Fn(&DraftBlock) -> bool) {
    for draft in drafts.iter_mut().filter(|d| d.folded.is_none()) {
        draft.folded = which(draft).then_some(rule);
    }
}

/// Recognises the title of a printed table of contents.
fn is_contents_title(text: &str) -> bool {
    static CONTENTS_TITLES: Words = Words::new("目录 目次 总目录 contents tableofcontents");
    text.len() <= MAX_CONTENTS_TITLE_BYTES && CONTENTS_TITLES.has(&prose::key(text).to_lowercase())
}

/// Recognises the description of a picture that names only the cover.
fn is_cover_name(text: &str) -> bool {
    static COVER_NAMES: Words =
        Words::new("cover coverimage coverpage bookcover frontcover 封面 封面图 封面图片 书封");
    COVER_NAMES.has(&prose::key(text).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::book::Chapter;
    use super::*;
    use crate::document::Meta;
    use crate::document::dump::dump;
    use crate::source::Source;

    /// Returns the dump of a book of chapters, with contents of `depth title file#anchor`.
    fn book(chapters: &[(&str, &str)], contents: &[(u8, &str, &str)]) -> String {
        let mut book = Book {
            source: Source::default(),
            meta: Meta {
                title: "书".into(),
                encoding: "UTF-8",
                ..Meta::default()
            },
            chapters: Vec::new(),
            contents: Vec::new(),
            holes: Vec::new(),
            is_damaged: false,
        };
        for (file, text) in chapters {
            let start = book.source.text.len();
            book.source.text += &format!("{text}\n");
            book.chapters.push(Chapter {
                file: (*file).to_owned(),
                range: start..book.source.text.len(),
                role: ChapterRole::Text,
            });
        }
        for (depth, title, target) in contents {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            book.contents.push(TocEntry {
                depth: *depth,
                title: (*title).into(),
                file: file.into(),
                anchor: anchor.into(),
            });
        }
        let all = dump(&book.document());
        let head = all
            .split_inclusive('\n')
            .skip_while(|l| !l.starts_with("encoding"));
        head.skip(1).collect()
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
        let wanted = "L1 heading1 | 第一部\nL1 heading2 | 第一章　开端\nL1 paragraph | 甲。\nL1 heading2 | 中间\nL1 paragraph | 乙。\nL1 heading3 | 小节\n\
            L1 paragraph | 丙。\nL2 heading2 | 第二章 转折\nL2 paragraph | 丁。\nL2 heading3 | 又一小节\nL3 paragraph | 续。\n\
            ! L0 contents-entry 没有的\n! L1 split-heading folded 开端\n";
        assert_eq!(book(&chapters, &contents), wanted);
        // without contents the chapters have their titles
        let chapters = [
            ("a", "<title>第一章</title><p>甲。</p>"),
            ("b", "<title>书</title><h2>第二章</h2><p>乙。</p>"),
        ];
        let wanted = "L1 heading1 | 第一章\nL1 paragraph | 甲。\nL2 heading1 | 第二章\nL2 paragraph | 乙。\n";
        assert_eq!(book(&chapters, &[]), wanted);
    }

    #[test]
    fn notes_and_their_marks() {
        let text = "<p>甲<a epub:type='noteref' href='#n1'>1</a>，乙<sup><a href='#n2'>[2]</a></sup>，丙<a href='#n3'><sup>3</sup></a>，\
                    丁<a class='duokan-footnote' href='#n4'><img src='note.png'/></a>。</p>\
                    <aside epub:type='footnote' id='n1'><p>1. 注一。</p></aside>\
                    <ol class='duokan-footnote-content'><li class='duokan-footnote-item' id='n4'><p>注四。</p></li></ol><p>正文。</p>";
        let d = book(&[("a", text)], &[]);
        assert_eq!(d.matches("notemark").count(), 4, "{d}");
        for part in
            "丁[1]。¦note | 1. 注一。¦note depth 1 | 1. 注四。¦paragraph | 正文。".split('¦')
        {
            assert!(d.contains(part), "{part}: {d}");
        }
    }

    #[test]
    fn covers_and_printed_contents_are_folded() {
        let cover = "<title>Cover</title><p><img src='c.jpg' alt='cover'/></p>";
        let toc =
            "<h1>目录</h1><p><a href='a'>第一章</a></p><p>第二章</p><p><a href='c'>第三章</a></p>";
        let chapters = [
            ("cover", cover),
            ("toc", toc),
            ("a", "<h1>第一章</h1><p>甲。</p>"),
        ];
        let contents = [(0, "封面", "cover"), (0, "目录", "toc"), (0, "第一章", "a")];
        let d = book(&chapters, &contents);
        assert!(
            d.starts_with("L3 heading1 | 第一章\nL3 paragraph | 甲。\n"),
            "{d}"
        );
        assert_eq!(d.matches("contents-page folded").count(), 4);
        assert_eq!(d.matches("cover folded").count(), 1);
    }
}
