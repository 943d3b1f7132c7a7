//! Marks what stays but is not the argument: endnotes, bibliographies, note marks,
//! captions, the abstract.
//!
//! 1. [`mark`] gives blocks of that sort their own kind, and note marks in
//!    sentences their markup.
//! 2. [`without_marks`] is a title without them.
//!
//! Nothing is folded here: notes are dimmed, searchable, and never a point.

use crate::document::{BlockKind, MarkupKind};
use crate::format::draft::{DraftBlock, DraftDocument, TAKEN};
use crate::format::prose;
use crate::text::words::Words;
use memchr::memmem::Finder;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Headings of a part that holds notes, whole lines, without marks.
const NOTE_HEADS: Words = Words::new(
    "注释 註釋 注 註 附注 附註 尾注 脚注 注解 註解 参考文献 參考文獻 参考书目 參考書目
    参考资料 參考資料 引用文献 主要参考文献 文献 references bibliography notes footnotes",
);
/// Heads of a paragraph that is a note.
const NOTE_LABELS: Words =
    Words::new("注： 註： 注: 註: 注释： 註釋： 附注： 附註： 备注： 備註：");
/// Heads of a paragraph that is an abstract.
const LEAD_LABELS: Words = Words::new(
    "核心提示 内容提要 內容提要 摘要 提要 编者按 編者按 编者的话 導讀 导读 导语 導語 内容摘要
    阅读提示",
);
/// Heads of a line that says what a picture shows or who took it.
const CAPTION_LABELS: Words = Words::new(
    "图片来源： 图片来源: 圖片來源： 照片来源： 照片來源： 资料图片 資料圖片 图片说明： 图为
    圖為 圖片：",
);

/// Gives notes, captions and the abstract their kinds. `open`: whether a part that
/// holds notes was open where the page begins; returns whether one is at its end.
pub(crate) fn mark(page: &mut DraftDocument, open: bool) -> bool {
    if page.section.first {
        lead(page);
    }
    let bracketed: Vec<usize> = page
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, d)| has_bracket(&d.text))
        .map(|(i, _)| i)
        .collect();
    let open = regions(page, open, &bracketed);
    for draft in &mut page.blocks {
        if draft.kind == BlockKind::Paragraph && is_caption(&draft.text) {
            draft.kind = BlockKind::Caption;
        }
    }
    let style = mark_style(page);
    let open_mark = style.unwrap_or('〔');
    let known = ENDNOTE.contains(&open_mark);
    let mut bracketed = bracketed.into_iter().peekable();
    for (i, draft) in page.blocks.iter_mut().enumerate() {
        let may = bracketed.next_if_eq(&i).is_some() || !known;
        if may && draft.kind != BlockKind::Code && draft.folded.is_none() {
            note_marks(draft, open_mark);
        }
    }
    open
}

/// The abstract: one labelled paragraph among the first of the body.
fn lead(page: &mut DraftDocument) {
    let body = page
        .blocks
        .iter_mut()
        .filter(|d| d.is_shown() && matches!(d.kind, BlockKind::Paragraph | BlockKind::Quote));
    if let Some(lead) = body.take(6).find(|d| is_lead(&d.text)) {
        lead.kind = BlockKind::Lead;
    }
}

/// Returns whether a text begins with a label of abstracts and a colon, or bracketed.
fn is_lead(text: &str) -> bool {
    let bare = text.trim_start_matches(['【', '[', '［', '〔', '（']);
    let is_label = |rest: &str| rest.starts_with(['：', ':', '】', ']', '］', '〕', '）']);
    LEAD_LABELS
        .rests(bare)
        .any(|rest| is_label(rest.trim_start()))
}

/// Whether a line is a caption by its label.
fn is_caption(text: &str) -> bool {
    CAPTION_LABELS.starts(text) && prose::at_most(text, 80)
}

/// Marks the parts that hold notes. `bracketed`: the blocks that hold any bracket of endnotes.
fn regions(page: &mut DraftDocument, open: bool, bracketed: &[usize]) -> bool {
    let mut in_notes = open;
    let mut rest_of_note = false;
    let (total, last) = (page.blocks.len(), page.section.last);
    // most texts have none
    let endnotes = if bracketed.is_empty() {
        Vec::new()
    } else {
        endnotes(page, bracketed)
    };
    for i in 0..total {
        let Some(draft) = page.blocks.get_mut(i) else {
            break;
        };
        if !draft.is_shown() {
            continue;
        }
        let heading = matches!(draft.kind, BlockKind::Heading(_));
        let late = last && i * 2 >= total;
        let head = (late || heading) && is_note_head(&draft.text);
        let label = NOTE_LABELS.starts(&draft.text);
        // what comes after a heading or a rule is a part of its own
        if (heading || draft.kind == BlockKind::Rule) && !head {
            (in_notes, rest_of_note) = (false, false);
        }
        in_notes |= head;
        // a note that ends with a colon goes on in the next paragraph
        let mine = in_notes || label || rest_of_note || endnotes.get(i) == Some(&true);
        rest_of_note = (label || rest_of_note) && draft.text.ends_with(['：', ':']);
        if mine
            && !matches!(
                draft.kind,
                BlockKind::Rule | BlockKind::Code | BlockKind::Image | BlockKind::Caption
            )
        {
            draft.kind = BlockKind::Note;
        }
    }
    in_notes
}

/// Whether a line is the heading of notes or a bibliography.
pub(crate) fn is_note_head(text: &str) -> bool {
    text.len() <= 80 && NOTE_HEADS.has_letters_of(text) && prose::at_most(text, 12)
}

/// Brackets of endnotes that no heading announces. Round ones and circled
/// numbers head points far more often.
const ENDNOTE: [char; 3] = ['〔', '[', '［'];

/// Which blocks are endnotes that no heading announces: blocks that open with a
/// bracketed number, counting up from 1, while the same marks stand inside the
/// text above them. The last such run goes on to the end of the file; an earlier
/// one (a file of several articles) holds its numbered blocks alone.
fn endnotes(page: &DraftDocument, bracketed: &[usize]) -> Vec<bool> {
    let mut is_note = vec![false; page.blocks.len()];
    let mut answered: Option<char> = None;
    let mut expected = 1;
    let mut last_run = None;
    for (i, draft) in bracketed
        .iter()
        .filter_map(|i| Some((*i, page.blocks.get(*i)?)))
    {
        if !(draft.is_shown() || draft.folded == Some(TAKEN)) || draft.kind == BlockKind::Code {
            continue;
        }
        let head = draft.text.chars().next().filter(|c| ENDNOTE.contains(c));
        let number = head.and_then(|open| Some((open, note_number(&draft.text)?.0)));
        match number {
            Some((open, 1)) if answered == Some(open) => {
                last_run = Some(i);
                expected = 2;
            }
            Some((_, n)) if last_run.is_some() && (expected..expected + 3).contains(&n) => {
                expected = n + 1;
            }
            _ => {
                // a mark inside a sentence, not at its head
                let inside = || {
                    ENDNOTE
                        .into_iter()
                        .find(|open| marks(&draft.text, Some(*open)).any(|r| r.start > 0))
                };
                answered = inside().or(answered);
                continue;
            }
        }
        if let Some(note) = is_note.get_mut(i) {
            *note = true;
        }
    }
    if let Some(from) = last_run.filter(|_| page.section.last) {
        is_note.iter_mut().skip(from).for_each(|n| *n = true);
    }
    is_note
}

/// Returns whether a text holds any of the brackets of endnotes.
fn has_bracket(text: &str) -> bool {
    static WIDE_BRACKETS: LazyLock<[Finder<'static>; 2]> =
        LazyLock::new(|| ["〔", "［"].map(Finder::new));
    let bytes = text.as_bytes();
    memchr::memchr(b'[', bytes).is_some()
        || WIDE_BRACKETS.iter().any(|open| open.find(bytes).is_some())
}

/// The number that a note opens with: 〔1〕, [１], 【1】, (1), ①; and its length.
fn note_number(text: &str) -> Option<(u32, usize)> {
    let range = marks(text, text.chars().next())
        .next()
        .filter(|r| r.start == 0)?;
    let inner: String = text
        .get(range.clone())?
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '①'..='⑳'))
        .collect();
    let number = crate::text::numeral::arabic(&inner)
        .or_else(|| inner.chars().next().and_then(crate::text::numeral::single))
        .or_else(|| crate::text::numeral::han(&inner))?;
    Some((number, range.end))
}

/// The bracket that this document's note marks use, if any: it must stand
/// inside sentences, and a note must answer it.
fn mark_style(page: &DraftDocument) -> Option<char> {
    let note = page
        .blocks
        .iter()
        .find(|d| d.is_shown() && d.kind == BlockKind::Note && note_number(&d.text).is_some())?;
    note.text.chars().next()
}

/// Marks the note marks of one block.
fn note_marks(draft: &mut DraftBlock, open: char) {
    let found = marked(&draft.text, open);
    if found.is_empty() {
        return;
    }
    // footnotes of Markdown are marked already
    let known: HashSet<usize> = draft
        .markup
        .iter()
        .filter(|(k, _)| *k == MarkupKind::NoteMark)
        .map(|(_, r)| r.start)
        .collect();
    draft
        .markup
        .extend(found.into_iter().filter(|(_, r)| !known.contains(&r.start)));
}

/// The markup of the note marks in a text that `open` opens.
pub(crate) fn marked(text: &str, open: char) -> Vec<(MarkupKind, Range<usize>)> {
    if memchr::memmem::find(text.as_bytes(), open.encode_utf8(&mut [0; 4]).as_bytes()).is_none() {
        return Vec::new();
    }
    marks(text, Some(open))
        .map(|range| (MarkupKind::NoteMark, range))
        .collect()
}

/// The note marks in a text whose opening character is `open` (any, for `None`).
fn marks(text: &str, open: Option<char>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    let next = move || {
        let rest = text.get(from..)?;
        let c = open.or_else(|| rest.chars().next())?;
        let at = from + if open.is_some() { rest.find(c)? } else { 0 };
        from = at + c.len_utf8();
        Some((at, c))
    };
    std::iter::from_fn(next).filter_map(move |(at, c)| {
        if matches!(c, '①'..='⑳') {
            return Some(at..at + c.len_utf8());
        }
        let close = match c {
            '〔' => '〕',
            '[' => ']',
            '［' => '］',
            '【' => '】',
            '(' => ')',
            '（' => '）',
            _ => return None,
        };
        let rest = text.get(at + c.len_utf8()..)?;
        // a mark holds a few digits: looking further would take quadratic time
        let end = rest.char_indices().take(6).find(|(_, c)| *c == close)?.0;
        let inner = rest.get(..end)?;
        let digits = inner.trim();
        let number = !digits.is_empty()
            && digits.chars().count() <= 3
            && digits
                .chars()
                .all(|d| d.is_ascii_digit() || matches!(d, '０'..='９'));
        // 〔94〕财税字 is the number of a document
        let document = c == '〔'
            && rest
                .get(inner.len() + close.len_utf8()..)
                .is_some_and(|after| {
                    after.starts_with(['第', '财', '号']) || digits.chars().count() > 3
                });
        (number && !document).then(|| at..at + c.len_utf8() + inner.len() + close.len_utf8())
    })
}

/// A title without note marks.
pub(crate) fn without_marks(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut from = 0;
    for range in marks(title, Some('〔')).chain(marks(title, Some('['))) {
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

    fn page(lines: &[&str]) -> DraftDocument<'static> {
        let mut page = DraftDocument::default();
        for (i, line) in lines.iter().enumerate() {
            page.block(BlockKind::Paragraph, 0, i + 1, line);
        }
        mark(&mut page, false);
        page
    }

    fn kinds(page: &DraftDocument) -> Vec<BlockKind> {
        page.blocks.iter().map(|d| d.kind).collect()
    }

    #[test]
    fn endnotes_answer_marks_in_the_text() {
        use BlockKind::{Note, Paragraph};
        let p = page(&[
            "他说过这话。〔１〕后来又说。〔２〕",
            "第二段。",
            "〔１〕　见某书。",
            "接着说明。",
            "〔２〕　见另一本书。",
        ]);
        assert_eq!(kinds(&p), [Paragraph, Paragraph, Note, Note, Note]);
        assert_eq!(p.blocks[0].markup.len(), 2);
        // points in brackets are no notes
        let p = page(&["有两点：", "(1) 甲。", "(2) 乙。"]);
        assert_eq!(kinds(&p), [Paragraph; 3]);
    }

    #[test]
    fn headings_of_notes_rule_what_follows() {
        use BlockKind::{Lead, Note, Paragraph};
        let p = page(&[
            "摘要：讲了什么。",
            "一段。",
            "二段。",
            "参考文献：",
            "1. 某书。",
        ]);
        assert_eq!(kinds(&p), [Lead, Paragraph, Paragraph, Note, Note]);
        let p = page(&["一段。", "註：第一条规定：", "引文一句。", "又一段。"]);
        assert_eq!(kinds(&p), [Paragraph, Note, Note, Paragraph]);
    }

    #[test]
    fn titles_lose_their_marks() {
        assert_eq!(without_marks("某篇〔１〕"), "某篇");
        assert_eq!(without_marks("［评论］某篇"), "［评论］某篇");
    }
}
