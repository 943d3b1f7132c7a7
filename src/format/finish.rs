//! Finishes drafts: writes them into a document.
//!
//! 1. A block that stays is written with its markup; one that was folded as a line of a fold,
//!    with a diagnostic; a remark leaves a diagnostic alone.
//! 2. The title was taken out of the text: it is in the facts, and no diagnostic.
//! 3. Of several sections the first has the facts.

use crate::document::{BlockKind, Builder, Document, MarkupKind};
use crate::format::draft::{DraftBlock, DraftDocument, Section, TAKEN};
use crate::format::rules;
use std::borrow::Cow;
use std::ops::Range;

impl DraftDocument<'_> {
    /// Returns the document of a draft.
    pub fn build(self) -> Document {
        let mut builder = Builder::new();
        self.write(&mut builder);
        finish(builder)
    }

    /// Writes a draft behind those that were written before; returns what the next
    /// section takes over.
    pub fn write(mut self, builder: &mut Builder) -> Section {
        self.end_all();
        for remark in &self.remarks {
            builder.report(remark.rule, remark.line, &remark.excerpt, remark.folded);
        }
        for block in self.blocks {
            match block.folded {
                Some(TAKEN) => {}
                Some(rule) => {
                    // above the text there is the masthead, and nothing seems to be missing
                    if builder.is_empty() || !rules::leaves_row(rule) {
                        builder.report(rule, block.line, &block.text, true);
                    } else {
                        builder.fold(rule, block.line, &block.text);
                    }
                }
                None => write(builder, &block),
            }
        }
        if self.section.first {
            self.meta.origins.title_line = self.title_line;
            *builder.meta() = self.meta;
        }
        self.section
    }
}

/// Returns the document, which says where a limit was passed.
pub fn finish(mut builder: Builder) -> Document {
    for rule in builder.passed_limits() {
        builder.report(rule, 0, "", false);
    }
    builder.finish()
}

/// Writes one block with its markup; without it where there is too much.
fn write(b: &mut Builder, block: &DraftBlock) {
    let admitted = b.admits_markup(block.markup.len());
    let kind = match block.kind {
        BlockKind::Row if !admitted => BlockKind::Paragraph,
        kind => kind,
    };
    b.open(kind, block.depth, block.line);
    let markup = if admitted { &block.markup[..] } else { &[] };
    // a piece of the source is clean; what was put together may hold anything that was escaped
    let push = match block.text {
        Cow::Borrowed(_) => Builder::push_source,
        Cow::Owned(_) => Builder::push,
    };
    fill(b, &block.text, markup, push);
    b.close();
}

/// Writes text with its markup into the open block.
fn fill(
    b: &mut Builder,
    text: &str,
    markup: &[(MarkupKind, Range<usize>)],
    push: fn(&mut Builder, &str),
) {
    if markup.is_empty() {
        return push(b, text);
    }
    let end = text.len();
    let mut edges: Vec<(usize, bool, usize)> = Vec::new();
    for (i, (_, range)) in markup.iter().enumerate() {
        edges.push((range.start.min(end), true, i));
        edges.push((range.end.min(end), false, i));
    }
    // at one place, what ends comes before what begins
    edges.sort_by_key(|&(at, begins, i)| {
        let range = markup.get(i).map_or(0..0, |(_, r)| r.clone());
        // an empty stretch begins and ends before others begin
        let empty = range.start.min(end) == range.end.min(end);
        let order = if empty { i } else { 0 };
        (at, begins && !empty, order, empty && !begins, i)
    });
    let mut from = 0;
    for (at, begins, i) in edges {
        push(b, text.get(from..at).unwrap_or_default());
        from = at.max(from);
        let Some((kind, range)) = markup.get(i) else {
            continue;
        };
        match begins {
            _ if range.start >= range.end.min(end) && !matches!(kind, MarkupKind::Cell(_)) => {}
            true => b.begin(kind.clone()),
            false => b.end(|k| k == kind),
        }
    }
    push(b, text.get(from..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::builder::{MAX_DIAGNOSTICS, MAX_MARKUP};
    use crate::text::cases::rows;

    #[test]
    fn markup_goes_on_in_the_next_block() {
        let mut p = DraftDocument::default();
        p.open(BlockKind::Paragraph, 0, 1);
        p.push("甲");
        p.begin(MarkupKind::Strong);
        p.push("乙");
        p.split(2);
        p.push("丙");
        assert!(p.end(|k| *k == MarkupKind::Strong));
        p.push("丁");
        let d = p.build();
        let strong: Vec<_> = d.markup().iter().map(|m| d.slice(m.span)).collect();
        assert_eq!((d.text(), strong), ("甲乙\n丙丁", vec!["乙", "丙"]));
    }

    #[test]
    fn much_is_read_and_too_much_is_said() {
        let mut page = DraftDocument::default();
        for line in 1..=MAX_MARKUP / 2 + 2 {
            page.open(BlockKind::Row, 0, line);
            for _ in 0..2 {
                page.begin(MarkupKind::Cell(crate::document::Cell::default()));
                page.push("甲");
                page.end(|_| true);
            }
        }
        (0..=MAX_DIAGNOSTICS).for_each(|line| page.fold("decoration", line, "a.png"));
        assert!(page.is_full());
        let d = page.build();
        assert_eq!(d.blocks().len(), MAX_MARKUP / 2 + 2);
        assert_eq!(d.markup().len(), MAX_MARKUP);
        let last = d.blocks().last().unwrap();
        assert_eq!(
            (last.kind, d.slice(last.span)),
            (BlockKind::Paragraph, "甲甲")
        );
        let rules = d.diagnostics().iter().map(|d| d.rule);
        let said: Vec<&str> = rules.filter(|rule| *rule != "decoration").collect();
        assert_eq!(said, ["not-listed", "markup-limit"]);
        assert_eq!(d.diagnostics().len(), MAX_DIAGNOSTICS + 2);
    }

    #[test]
    fn pictures_wait_for_the_end_of_the_sentence() {
        let mut p = DraftDocument::default();
        p.open(BlockKind::Paragraph, 0, 1);
        p.push("前半。");
        p.image("一张示意图", "a.png", false, 1);
        p.image("", "dot_w16_h16.png", false, 1);
        p.push("后半。");
        let d = p.build();
        assert_eq!(d.text(), "前半。后半。\n一张示意图");
        assert_eq!(d.folded().count(), 1);
    }

    /// Returns a text with a picture in it.
    fn text(before: &str, picture: [&str; 2], after: &str) -> String {
        let mut page = DraftDocument::default();
        page.open(BlockKind::Paragraph, 0, 1);
        page.push(before);
        page.image(picture[0], picture[1], false, 1);
        page.push(after);
        page.build().text().to_owned()
    }

    #[test]
    fn a_picture_inside_a_sentence_keeps_its_place() {
        for [before, alt, address, after, wanted] in rows(
            r"
姓 ¦ 左火右同 ¦ 1.png ¦ 的人。 ¦ 姓〔图：左火右同〕的人。
姓 ¦ - ¦ 1.png ¦ 的人。 ¦ 姓〔图〕的人。
姓 ¦ 䶮 ¦ 1.png ¦ 的人。 ¦ 姓䶮的人。
姓 ¦ z1.png ¦ z1.png ¦ 的人。 ¦ 姓〔图〕的人。
由 ¦ [公式] ¦ a ¦ 可知。 ¦ 由〔公式〕可知。
由 ¦ \frac{a}{b} ¦ a ¦ 可知。 ¦ 由〔公式：\frac{a}{b}〕可知。
前半。 ¦ 一张图片 ¦ a ¦ 后半。 ¦ 前半。后半。⏎一张图片
如图： ¦ 一张图片 ¦ a ¦ 后半。 ¦ 如图：后半。⏎一张图片
一句话，没完 ¦ 一张图片 ¦ a ¦ - ¦ 一句话，没完⏎一张图片
微信 ¦ - ¦ a ¦ 微博 ¦ 微信微博",
        ) {
            assert_eq!(text(before, [alt, address], after), wanted);
        }
    }

    #[test]
    fn markup_keeps_its_words() {
        let mut page = DraftDocument::default();
        page.open(BlockKind::Paragraph, 0, 1);
        page.begin(MarkupKind::Strong);
        page.push("甲");
        page.end(|_| true);
        page.image("", "a.png", false, 1);
        page.begin(MarkupKind::Emphasis);
        page.push("乙");
        page.end(|_| true);
        page.push("。");
        let d = page.build();
        let marked: Vec<&str> = d.markup().iter().map(|m| d.slice(m.span)).collect();
        assert_eq!((d.text(), marked), ("甲〔图〕乙。", vec!["甲", "乙"]));
    }
}
