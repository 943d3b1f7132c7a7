//! Marks endnotes, bibliographies, note marks, captions and the abstract: they stay, but are
//! not the argument.
//!
//! 1. [`mark`] sets the kinds of such blocks, and the markup of note marks in sentences.
//! 2. [`without_marks`] removes note marks from a title.
//!
//! Folds nothing: notes are dimmed, searchable, and never a point.

use super::answered;
use super::note_heads::is_note_head;
use super::note_numbers::{ENDNOTE, NoteNumber};
use crate::document::BlockKind::{
    Caption, Code, Heading, Image, Lead, Note, Paragraph, Quote, Rule,
};
use crate::document::MarkupKind;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::prose;
use crate::text::script::simplify;
use crate::text::words::Words;
use memchr::memmem::Finder;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Labels of a note.
static NOTE_LABELS: Words = Words::new("注： 注: 注释： 附注： 备注：");
/// Labels of an abstract.
static LEAD_LABELS: Words =
    Words::new("核心提示 内容提要 摘要 提要 编者按 编者的话 导读 导语 内容摘要 阅读提示");
/// Labels of a caption.
static CAPTION_LABELS: Words =
    Words::new("图片来源： 图片来源: 照片来源： 资料图片 图片说明： 图为 图片：");

/// Sets the kinds of notes, captions and the abstract. `open`: the page begins inside a part
/// that holds notes; returns true where it ends inside one.
pub(crate) fn mark(page: &mut DraftDocument, open: bool) -> bool {
    if page.section.first {
        lead(page);
    }
    let blocks = page.blocks.iter().enumerate();
    let bracketed = blocks.filter(|(_, d)| has_bracket(&d.text));
    let bracketed: Vec<usize> = bracketed.map(|(i, _)| i).collect();
    let open = regions(page, open);
    for draft in &mut page.blocks {
        if draft.kind == Paragraph && is_caption(&draft.text) {
            draft.kind = Caption;
        }
    }
    let open_mark = mark_style(page).unwrap_or('〔');
    let known = ENDNOTE.contains(&open_mark);
    let mut bracketed = bracketed.into_iter().peekable();
    for (i, draft) in page.blocks.iter_mut().enumerate() {
        let may = bracketed.next_if_eq(&i).is_some() || !known;
        if may && draft.kind != Code && draft.folded.is_none() {
            note_marks(draft, open_mark);
        }
    }
    open
}

/// Marks the abstract: one labelled paragraph among the first of the body.
fn lead(page: &mut DraftDocument) {
    let is_text = |d: &&mut DraftBlock| d.is_shown() && matches!(d.kind, Paragraph | Quote);
    let mut body = page.blocks.iter_mut().filter(is_text).take(6);
    if let Some(lead) = body.find(|d| is_lead(&d.text)) {
        lead.kind = Lead;
    }
}

/// Recognises a text that begins with a label of abstracts and a colon, or a bracketed label.
fn is_lead(text: &str) -> bool {
    let bare = text.trim_start_matches(['【', '[', '［', '〔', '（']);
    let is_label = |rest: &str| rest.starts_with(['：', ':', '】', ']', '］', '〕', '）']);
    LEAD_LABELS
        .rests(bare)
        .any(|rest| is_label(rest.trim_start()))
}

/// Recognises a caption by its label.
fn is_caption(text: &str) -> bool {
    CAPTION_LABELS.starts(text) && prose::at_most(text, 80)
}

/// Marks the parts that hold notes.
fn regions(page: &mut DraftDocument, open: bool) -> bool {
    let (mut in_notes, mut rest_of_note) = (open, false);
    let (total, last) = (page.blocks.len(), page.section.last);
    let endnotes = answered::find(page);
    let blocks = page.blocks.iter_mut().enumerate();
    for (i, draft) in blocks.filter(|(_, d)| d.is_shown()) {
        let heading = matches!(draft.kind, Heading(_));
        let late = last && i * 2 >= total;
        let is_above_notes = endnotes.get(i + 1) == Some(&true);
        let head = (late || heading || is_above_notes) && is_note_head(&draft.text);
        let label = NOTE_LABELS.starts(&draft.text);
        // any other heading or a rule ends the notes
        if (heading || draft.kind == Rule) && !head {
            (in_notes, rest_of_note) = (false, false);
        }
        in_notes |= head;
        // a note that ends with a colon goes on in the next paragraph
        let mine = in_notes || label || rest_of_note || endnotes.get(i) == Some(&true);
        rest_of_note = (label || rest_of_note) && draft.text.ends_with(['：', ':']);
        if mine && !matches!(draft.kind, Rule | Code | Image | Caption) {
            draft.kind = Note;
        }
    }
    in_notes
}

/// Recognises a text with a bracket of endnotes.
fn has_bracket(text: &str) -> bool {
    static WIDE_BRACKETS: LazyLock<[Finder<'static>; 2]> =
        LazyLock::new(|| ["〔", "［"].map(Finder::new));
    let bytes = text.as_bytes();
    memchr::memchr(b'[', bytes).is_some()
        || WIDE_BRACKETS.iter().any(|open| open.find(bytes).is_some())
}

/// Returns the character that opens the first note, as it opens its mark in a sentence.
fn mark_style(page: &DraftDocument) -> Option<char> {
    let is_note = |d: &&DraftBlock| d.is_shown() && d.kind == Note;
    let mut notes = page.blocks.iter().filter(is_note);
    let is_numbered =
        |d: &&DraftBlock| NoteNumber::read(&d.text).is_some_and(|n| n.notation != '1');
    notes.find(is_numbered)?.text.chars().next()
}

/// Marks the note marks of one block.
fn note_marks(draft: &mut DraftBlock, open: char) {
    let mut found = marked(&draft.text, open);
    if found.is_empty() {
        return;
    }
    // round brackets and circles number points, too
    if !ENDNOTE.contains(&open) {
        found.retain(|(_, r)| answered::is_glued(&draft.text, r.start));
    }
    // footnotes of Markdown are marked already
    let marks = draft
        .markup
        .iter()
        .filter(|(k, _)| *k == MarkupKind::NoteMark);
    let known: HashSet<usize> = marks.map(|(_, r)| r.start).collect();
    found.retain(|(_, r)| !known.contains(&r.start));
    draft.markup.extend(found);
}

/// Returns the markup of the note marks that `open` opens.
pub(crate) fn marked(text: &str, open: char) -> Vec<(MarkupKind, Range<usize>)> {
    if memchr::memmem::find(text.as_bytes(), open.encode_utf8(&mut [0; 4]).as_bytes()).is_none() {
        return Vec::new();
    }
    marks(text, open)
        .map(|range| (MarkupKind::NoteMark, range))
        .collect()
}

/// Returns the note marks in a text that `open` opens.
fn marks(text: &str, open: char) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices(open).filter_map(move |(at, _)| {
        let rest = text.get(at..)?;
        let number = NoteNumber::read(rest).filter(|number| number.notation != '1')?;
        // 〔94〕财税字 is the number of a document
        let after = rest.get(number.len..)?;
        let document = open == '〔' && after.starts_with(|c| "第财号".contains(simplify(c)));
        (!document).then_some(at..at + number.len)
    })
}

/// Returns a title without note marks.
pub(crate) fn without_marks(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut from = 0;
    for range in marks(title, '〔').chain(marks(title, '[')) {
        if range.start >= from {
            out.push_str(title.get(from..range.start).unwrap_or_default());
            from = range.end;
        }
    }
    out.push_str(title.get(from..).unwrap_or_default());
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_get_their_kinds() {
        for (text, wanted) in [
            // endnotes answer marks in the text
            (
                "他说过这话。〔１〕后来又说。〔２〕|第二段。|〔１〕　见某书。|接着说明。|〔２〕　见另一本书。",
                &[Paragraph, Paragraph, Note, Note, Note][..],
            ),
            // points in brackets are not notes
            ("有两点：|(1) 甲。|(2) 乙。", &[Paragraph; 3]),
            // headings of notes decide about what follows
            (
                "摘要：讲了什么。|一段。|二段。|参考文献：|1. 某书。",
                &[Lead, Paragraph, Paragraph, Note, Note],
            ),
            (
                "一段。|註：第一条规定：|引文一句。|又一段。",
                &[Paragraph, Note, Note, Paragraph],
            ),
        ] {
            let mut page = DraftDocument::of_lines(&text.split('|').collect::<Vec<_>>());
            mark(&mut page, false);
            let kinds: Vec<_> = page.blocks.iter().map(|d| d.kind).collect();
            assert_eq!(kinds, wanted, "{text}");
            let marks = page.blocks[0].markup.len();
            assert_eq!(marks, if text.contains('〔') { 2 } else { 0 });
        }
    }

    #[test]
    fn titles_lose_their_marks() {
        assert_eq!(without_marks("某篇〔１〕"), "某篇");
        assert_eq!(without_marks("［评论］某篇"), "［评论］某篇");
    }
}
