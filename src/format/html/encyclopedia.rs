//! Folds what an encyclopedia prints around its text: contents, links to edit a part, categories.
//!
//! By their form, since every site names them otherwise: a list of links into the page under
//! 目录, 编辑 at the end of a heading, 分类： before nothing but links. Headings stay.

use super::article::weight;
use crate::document::{BlockKind, MarkupKind};
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::text::words::Words;
use std::borrow::Cow;

/// The head of a list of contents.
static CONTENTS: Words = Words::new("目录 本页目录 页面目录 contents tableofcontents");
/// Links to change a part, as letters.
static EDITS: Words = Words::new(
    "编辑 编辑本段 编辑源代码 编辑原始码 编辑段落 播报 播报编辑 编辑播报 锁定 编辑锁定 edit editsource",
);
/// Labels of categories.
static CATEGORIES: Words = Words::new("分类 页面分类 词条标签 隐藏分类 categories category");

/// Least links of a list of contents.
const MIN_ENTRIES: usize = 2;

/// Folds contents, edit links and categories among the blocks from `from` on.
pub(super) fn fold(page: &mut DraftDocument, from: usize) {
    let mine = page.blocks.get_mut(from..).unwrap_or_default();
    fold_contents(mine);
    for draft in mine.iter_mut().filter(|d| is_heading(d)) {
        cut_edits(draft);
    }
    for at in 1..mine.len() {
        let Some([head, draft]) = mine.get_mut(at - 1..=at) else {
            continue;
        };
        // a line of its own below the heading
        if is_heading(head) && draft.is_shown() && EDITS.has_letters_of(&draft.text) {
            draft.folded = Some("page-part");
        }
    }
    let last = mine.iter().rposition(|d| weight(d) > 0);
    let tail = last.map_or(0, |at| at + 1);
    let mut is_label = false;
    for draft in mine.iter_mut().skip(tail).filter(|d| d.is_shown()) {
        // the names may be a block of their own
        if is_categories(draft) || is_label && links_len(draft) * 2 >= draft.text.len() {
            is_label = draft.text.ends_with(['：', ':']);
            draft.folded = Some("page-part");
        } else {
            is_label = false;
        }
    }
}

fn is_heading(draft: &DraftBlock) -> bool {
    matches!(draft.kind, BlockKind::Heading(_))
}

/// Folds lists of links into the page, with the line 目录 above them.
fn fold_contents(blocks: &mut [DraftBlock]) {
    let mut at = 0;
    while let Some(head) = blocks.get(at) {
        at += 1;
        if !head.is_shown() || !CONTENTS.has_letters_of(&head.text) {
            continue;
        }
        let below = blocks.get(at..).unwrap_or_default();
        // [隐藏] beside the head
        let is_switch = |d: &DraftBlock| d.text.chars().count() <= 4 && !leads_into_page(d);
        let switch = usize::from(below.first().is_some_and(is_switch));
        let entries = below.iter().skip(switch);
        let entries = entries.take_while(|d| d.folded.is_some() || leads_into_page(d));
        let len = switch + entries.count();
        if len - switch >= MIN_ENTRIES {
            let folded = blocks.get_mut(at - 1..at + len).unwrap_or_default();
            for draft in folded.iter_mut().filter(|d| d.folded.is_none()) {
                draft.folded = Some("contents-page");
            }
            at += len;
        }
    }
}

/// Recognises a line of links to places of the same page.
fn leads_into_page(draft: &DraftBlock) -> bool {
    let mut links = draft.markup.iter().filter_map(|(kind, _)| match kind {
        MarkupKind::Link(target) => Some(target),
        _ => None,
    });
    draft.is_link() && links.all(|target| target.contains('#'))
}

/// Cuts links to edit off the end of a heading.
fn cut_edits(draft: &mut DraftBlock) {
    while let Some(end) = edits_at(draft).filter(|end| *end > 0) {
        let text = draft.text.get(..end).unwrap_or_default().trim_end();
        let end = text.len();
        draft.text = Cow::Owned(text.to_owned());
        draft.markup.retain(|(_, range)| range.start < end);
        for (_, range) in &mut draft.markup {
            range.end = range.end.min(end);
        }
    }
}

/// Returns the byte at which links to edit begin: `[编辑]`, or a link without brackets.
fn edits_at(draft: &DraftBlock) -> Option<usize> {
    let text = draft.text.trim_end();
    let are_edits = |inside: &str| {
        inside
            .split(['|', '｜'])
            .all(|one| EDITS.has_letters_of(one))
    };
    let bracket = text
        .rfind(['[', '［', '【'])
        .filter(|_| text.ends_with([']', '］', '】']));
    if let Some(at) = bracket.filter(|at| text.get(*at..).is_some_and(are_edits)) {
        return Some(at);
    }
    let is_link = |kind: &MarkupKind| matches!(kind, MarkupKind::Link(_));
    let links = draft.markup.iter().filter(|(kind, _)| is_link(kind));
    let last = links.max_by_key(|(_, range)| range.start)?;
    let linked = draft.text.get(last.1.start..)?;
    EDITS.has_letters_of(linked).then_some(last.1.start)
}

/// Recognises 分类： with links behind it.
fn is_categories(draft: &DraftBlock) -> bool {
    let mut rests = CATEGORIES.rests(&draft.text);
    rests.any(|rest| {
        let names = rest.trim_start().strip_prefix(['：', ':']);
        let linked = links_len(draft);
        names.is_some_and(|names| names.trim().is_empty() || linked * 10 >= names.len() * 7)
    })
}

/// Returns the bytes of a block that are links.
fn links_len(draft: &DraftBlock) -> usize {
    let is_link = |kind: &MarkupKind| matches!(kind, MarkupKind::Link(_));
    let links = draft.markup.iter().filter(|(kind, _)| is_link(kind));
    links.map(|(_, range)| range.len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::html;
    use crate::text::cases::rows;

    fn shown(text: &str) -> String {
        let mut page = DraftDocument::default();
        html::read(text, 1, &mut page);
        page.shown_texts()
    }

    const P: &str = "<p>渡口在镇子的北头，从前过河全靠它，桥修好以后就没有人来了。</p>";

    #[test]
    fn contents_edit_links_and_categories_go() {
        let prose = "渡口在镇子的北头，从前过河全靠它，桥修好以后就没有人来了。";
        let toc = "<ul><li><a href=#a>1 由来</a></li><li><a href='/wiki/x#b'>2 渡船</a></li></ul>";
        for [body, wanted] in rows("\
<h2>目錄</h2><span>[隐藏]</span>{toc}<h2>由来<span>[<a href=e>編輯</a>]</span></h2>{P} ¦ 由来|{prose}
<div id=toc class=toc><p>内容一览</p>{toc}</div><h2>由来[编辑 | 编辑源代码]</h2>{P} ¦ 由来|{prose}
<h2>由来<a href=e>编辑</a></h2>{P}<p>分類：<a href=c>渡口</a>、<a href=d>河流</a></p> ¦ 由来|{prose}
<div><h2>由来</h2><a href='javascript:;'>播报</a><a>编辑</a></div>{P} ¦ 由来|{prose}
<h2>由来<span class=mw-editsection>[edit]</span></h2>{P} ¦ 由来|{prose}
<h2><span class=title-prefix>渡口</span>由来</h2>{P}<dt>词条标签：</dt><dd><a href=c>渡口</a> ， <a href=d>河流</a></dd> ¦ 由来|{prose}
// the author's own
<h2>目录</h2>{P}<h2>编辑</h2>{P}<p>分类：甲乙丙</p> ¦ 目录|{prose}|编辑|{prose}|分类：甲乙丙") {
            let body = body.replace("{toc}", toc).replace("{P}", P);
            assert_eq!(shown(&body), wanted.replace("{prose}", prose), "{body}");
        }
    }
}
