//! Reads HTML.
//!
//! 1. [`read`] takes a whole page: blocks out of its tags, the title and the date out of
//!    its head.
//! 2. [`chapter`] takes a chapter of a book, [`fragment`] a piece of HTML in Markdown,
//!    [`inline`] one tag there.
//! 3. Parts of the page that are not the article (navigation, footer, forms, hidden
//!    elements) are folded when they end, and only if they hold no long paragraph: many
//!    pages wrap the whole article in the wrong tag.
//! 4. A page or a book that is [full](DraftDocument::is_full) is read no further, which is
//!    reported.

pub mod article;
mod blocks;
pub mod containers;
mod encyclopedia;
mod hidden;
mod layout_table;
mod note_pictures;
mod page_code;
mod page_head;
mod page_parts;
mod page_state;
pub(crate) mod raw_text;
mod reader;
mod scripted;
pub(crate) mod tag_kinds;

use crate::format::draft::DraftDocument;
use crate::format::front_matter;
use crate::format::prose;
use reader::{Extent, TagReader};
use std::collections::{HashMap, HashSet};

/// Reads a whole page, which begins on source line `first`.
pub fn read(text: &str, first: usize, page: &mut DraftDocument) {
    let from = page.blocks.len();
    let mut reader = TagReader::new(page, text, first, Extent::Page);
    reader.run(text);
    let mut head = reader.head;
    page.end_all();
    encyclopedia::fold(page, from);
    if head.scripted.fill(page, from) {
        let title = std::mem::take(&mut head.scripted.title);
        head.prefer_headline(title);
    }
    front_matter::read_head(page, from);
    head.choose_title(page, from);
    head.state(page);
}

/// The facts of a book's chapter beside its text.
pub(crate) struct ChapterFacts {
    /// The text of its `<title>`.
    pub title: String,
    /// The block at which each of the wanted anchors begins.
    pub places: HashMap<String, usize>,
}

/// Reads a chapter of a book; `wanted` are the anchors that its contents point at.
pub(crate) fn chapter(
    text: &str,
    first: usize,
    page: &mut DraftDocument,
    wanted: &HashSet<&str>,
) -> ChapterFacts {
    let mut reader = TagReader::new(page, text, first, Extent::Chapter);
    reader.wanted = wanted.iter().map(|place| (*place).to_owned()).collect();
    reader.run(text);
    let (head, places) = (reader.head, reader.places);
    page.end_all();
    ChapterFacts {
        title: prose::one_line(&head.title),
        places,
    }
}

/// Reads HTML blocks that stand in another format. Comments are reported.
pub fn fragment(text: &str, first: usize, page: &mut DraftDocument) {
    TagReader::new(page, text, first, Extent::Fragment).run(text);
    page.end_all();
}

/// Reads one tag or comment inside a paragraph of another format.
pub fn inline(text: &str, line: usize, page: &mut DraftDocument) {
    TagReader::new(page, text, line, Extent::Inline).run(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::dump::dump;
    use crate::text::cases::rows;

    fn html(text: &str) -> String {
        let mut page = DraftDocument::default();
        read(text, 1, &mut page);
        dump(&page.build()).replace(" | ", "|")
    }

    #[test]
    fn tags_become_blocks() {
        for [text, wanted] in rows("\
<p>甲<p><p>乙&nbsp;&ldquo;丙&rdquo;<br>丁 ¦ L1 paragraph|甲⏎L1 paragraph|乙 “丙”⏎L1 paragraph|丁⏎
<script>var a = '<p>甲</p>'</script><style>p{}</style><!-- 乙 -->丙 ¦ L1 paragraph|丙⏎
<h2>甲⏎乙</h2>⏎<ol><li>一</li><li><p>二</p><p>三</p></ol> ¦ L1 heading2|甲乙⏎L3 item depth 1|1. 一⏎L3 item depth 1|2. 二⏎L3 paragraph depth 1|三⏎
<table><tr><td>甲</td><td>乙</td></tr></table> ¦ L1 row|甲  乙⏎    cell 甲⏎    cell 乙⏎
<table><tr><td><p>长段一。</p><p>长段二。</p></td></tr></table> ¦ L1 paragraph|长段一。⏎L1 paragraph|长段二。⏎
// parts of the page that are not the article
<nav><a href='/'>首页</a></nav><p>甲</p><footer>页脚</footer> ¦ L1 paragraph|甲⏎L1 folded|页脚⏎! L1 page-part folded 首页⏎! L1 page-part folded 页脚⏎
// readings of characters
<p>这是<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby><ruby>字<rt>zì</ruby>。</p><p><ruby>开<rt>kāi</p><p>后文</p> ¦ L1 paragraph|这是汉字。⏎L1 paragraph|开⏎L1 paragraph|后文⏎! L1 reading folded (hàn)zìkāi⏎") {
            assert_eq!(html(text), wanted, "{text}");
        }
        let long = "这一段很长，".repeat(30);
        assert!(html(&format!("<footer><p>{long}</p></footer>")).contains("paragraph"));
    }

    #[test]
    fn titles_and_dates_of_the_head() {
        let d = html(
            "<head><title>甲乙_某网</title><meta property=\"article:published_time\" content=\"2019-02-22T07:31:00+08:00\"></head><h1>甲乙</h1><p>丙",
        );
        assert!(
            d.starts_with("title: 甲乙\nsource: 某网\ndate: 2019-02-22 07:31\n"),
            "{d}"
        );
    }

    #[test]
    fn depth_is_flat() {
        let d = html(&format!("{}甲", "<ul><li>".repeat(20_000)));
        assert!(d.contains("depth 32|甲"));
    }

    /// Blocks and markup are limited; the rest is reported.
    #[test]
    fn a_page_has_limits() {
        let units =
            "<p>a¦<li>a¦<td>a¦<b>a</b>¦<a href=b>a</a>¦<img src=a>¦<ol><li>a</ol>¦<p>a<!--more-->";
        for unit in units.split('¦') {
            let mut page = DraftDocument::default();
            let text = format!("<table><tr>{}\n", unit.repeat(600_000));
            read(&text, 1, &mut page);
            let markup: usize = page.blocks.iter().map(|d| d.markup.len()).sum();
            assert!(page.blocks.len() + markup <= 500_010, "{unit}");
            assert_eq!(page.line_of("input-limit"), Some(1), "{unit}");
        }
    }

    #[test]
    fn what_never_ends_costs_nothing() {
        let bombs = "<svg>¦<script>¦<!--¦<textarea>¦<script><p>¦<¦<title>¦<svg></svg>¦<script></script>¦<!¦</¦&¦<a ¦<ruby><rt>¦<sup>¦<tr><td>";
        for bomb in bombs.split('¦') {
            let begun = std::time::Instant::now();
            html(&format!("<p>甲{}<p>乙", bomb.repeat(20_000)));
            let took = begun.elapsed();
            assert!(took.as_secs() < 10, "{bomb} {took:?}");
        }
        assert!(html("<p>甲</p><!-- 乙 -><p>丙</p>").contains("丙"));
        assert!(html("<p>甲</p><script>var a = 1;\n<p>丙</p>").ends_with("paragraph|丙\n"));
        assert!(html("<title>题<p>丙</p>").contains("丙"));
    }
}
