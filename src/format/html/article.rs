//! Finds the article on a web page, and folds clutter around it.
//!
//! 1. [`ArticleArea::find`]: the innermost container that holds nearly all prose of the
//!    page. Prose is counted in characters of blocks that are no links and read
//!    as sentences. A page of several articles has no such container but the
//!    page itself, so that all of them stay. One that the page calls its article goes before.
//! 2. [`ArticleArea::fold_links`]: rows of links outside it.
//! 3. [`ArticleArea::fold_rest`], once bylines were read: short lines outside it.
//!
//! A sentence outside the article stays: body text is never folded by its place.

use crate::document::BlockKind::{self, Item, Lead, Paragraph, Quote};
use crate::document::FactOrigin;
use crate::format::clean::note_heads::is_note_head;
use crate::format::clean::tails;
use crate::format::draft::{DraftBlock, DraftDocument, TAKEN};
use crate::format::prose;

/// Prose that a page must have before anything is folded, in characters.
const MIN_PAGE_PROSE_CHARS: usize = 120;
/// Least share of a page's prose that its article holds, in per cent.
const MIN_SHARE_PERCENT: usize = 80;
/// Prose directly in a container that makes it the article, in characters.
const MIN_DIRECT_CHARS: usize = 60;
/// A line that is folded has fewer characters.
const MAX_FOLDED_CHARS: usize = 60;

/// Links in a row that are navigation.
const MIN_LINK_RUN: usize = 4;

/// The area of the article.
pub struct ArticleArea {
    /// For each container, true where it belongs to the article.
    inside: Vec<bool>,
    /// The first and the last block of prose in it.
    first: usize,
    last: usize,
    /// For each container, true where it holds no prose.
    bare: Vec<bool>,
}

impl ArticleArea {
    /// Finds the article of a page, if the page has containers and enough prose.
    pub fn find(page: &DraftDocument) -> Option<Self> {
        if page.containers.len() <= 1 {
            return None;
        }
        let mut own = vec![0; page.containers.len()];
        for draft in &page.blocks {
            if let Some(sum) = own.get_mut(draft.container) {
                *sum += weight(draft);
            }
        }
        let sums = page.containers.sums(own.clone());
        let total = sums.first().copied().unwrap_or_default();
        if total < MIN_PAGE_PROSE_CHARS {
            return None;
        }
        // numbers grow inwards: go into each container with nearly all prose, up to one with a
        // paragraph of its own
        let mut article = 0;
        for number in 1..sums.len() {
            let sum = sums.get(number).copied().unwrap_or_default();
            let most = sum * 100 >= total * MIN_SHARE_PERCENT;
            if most && page.containers.around(number) == Some(article) {
                if own.get(article) >= Some(&MIN_DIRECT_CHARS) {
                    break;
                }
                article = number;
            }
        }
        let around = page.containers.inside(article);
        let fits = |number: usize| {
            let has_prose = sums.get(number) >= Some(&MIN_PAGE_PROSE_CHARS);
            has_prose && around.get(number) == Some(&true)
        };
        let article = page.containers.article(fits).unwrap_or(article);
        let inside = page.containers.inside(article);
        let mine = |d: &DraftBlock| inside.get(d.container) == Some(&true) && weight(d) > 0;
        let first = page.blocks.iter().position(mine)?;
        let last = page.blocks.iter().rposition(mine)?;
        let bare = sums.iter().map(|sum| *sum == 0).collect();
        Some(Self {
            inside,
            first,
            last,
            bare,
        })
    }

    fn holds(&self, draft: &DraftBlock) -> bool {
        self.inside.get(draft.container) == Some(&true)
    }

    /// Folds rows of links outside the article, and runs of links before its first and
    /// after its last sentence, where these are in a container of their own.
    pub(crate) fn fold_links(&self, page: &mut DraftDocument) {
        let (mut run, mut runs, mut noted) = (Vec::new(), Vec::new(), false);
        let blocks = page.blocks.iter_mut().enumerate();
        for (i, draft) in blocks.filter(|(_, d)| d.is_shown()) {
            noted |= is_note_head(&draft.text);
            // links under the heading of a bibliography are one
            let edge = i < self.first
                || i > self.last && !noted && self.bare.get(draft.container) == Some(&true);
            match self.holds(draft) {
                false if is_links(draft) && !is_row(draft) => draft.folded = Some("page-part"),
                true if edge && draft.is_link() => run.push(i),
                // a few links are the article's own
                true if run.len() < MIN_LINK_RUN => run.clear(),
                true => runs.append(&mut run),
                false => {}
            }
        }
        if run.len() >= MIN_LINK_RUN {
            runs.append(&mut run);
        }
        for i in runs {
            if let Some(draft) = page.blocks.get_mut(i) {
                draft.folded = Some("page-part");
            }
        }
    }

    /// Folds short blocks outside the article that are not sentences.
    pub(crate) fn fold_rest(&self, page: &mut DraftDocument) {
        self.take_title(page);
        // from the end: a heading stays with the text that stays below it
        let mut below: Option<usize> = None;
        for draft in page.blocks.iter_mut().rev().filter(|d| d.is_shown()) {
            if self.holds(draft) || is_row(draft) || draft.kind == BlockKind::Code {
                below = None;
                continue;
            }
            if matches!(draft.kind, BlockKind::Heading(_)) && below == Some(draft.container) {
                continue;
            }
            below = Some(draft.container).filter(|_| weight(draft) >= MIN_DIRECT_CHARS);
            let sentence = prose::at_least(&draft.text, MAX_FOLDED_CHARS)
                || prose::has_stop(&draft.text)
                || prose::ends_sentence(&draft.text);
            let subtitle = draft.text.starts_with("——") || is_note_head(&draft.text);
            if !sentence && !subtitle || draft.kind == BlockKind::Image {
                draft.folded = Some("page-part");
            }
        }
    }

    /// Takes a line above the first sentence as the title, if nothing states one.
    fn take_title(&self, page: &mut DraftDocument) {
        if !page.meta.title.is_empty() {
            return;
        }
        let reads = |d: &&mut DraftBlock| {
            let has_length = prose::at_least(&d.text, 4) && !prose::at_least(&d.text, 40);
            d.is_shown() && !d.is_link() && has_length && !prose::has_stop(&d.text)
        };
        let above = page.blocks.iter_mut().take(self.first).rev();
        if let Some(line) = above.take(4).find(reads) {
            page.meta.title = line.text.to_string();
            page.meta.origins.title = Some(FactOrigin::Line);
            page.title_line = line.line;
            line.folded = Some(TAKEN);
        }
    }
}

fn is_row(draft: &DraftBlock) -> bool {
    draft.kind == BlockKind::Row && !draft.is_link()
}

/// Recognises a block of links.
fn is_links(draft: &DraftBlock) -> bool {
    draft.is_link() || tails::is_step(draft)
}

/// Returns how much a block counts as prose.
pub(super) fn weight(draft: &DraftBlock) -> usize {
    let is_prose = matches!(draft.kind, Paragraph | Quote | Item | Lead);
    if !is_prose || !draft.is_shown() || draft.is_link() {
        return 0;
    }
    let len = prose::len(&draft.text);
    let is_mark = |c: &char| "，。；：！？、”".contains(*c);
    let marks = draft.text.chars().filter(is_mark).count();
    let sentence = len >= 15 && marks > 0 || len >= 40;
    if sentence { len + marks * 4 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{clean, html};

    fn shown(text: &str) -> Vec<String> {
        let mut page = DraftDocument::default();
        html::read(text, 1, &mut page);
        clean::clean(&mut page);
        let shown = page.blocks.iter().filter(|d| d.is_shown());
        shown.map(|d| d.text.chars().take(6).collect()).collect()
    }

    const P: &str = "<p>这一段是正文，写得不长，但读起来是一句完整的话，有头有尾。</p>";

    #[test]
    fn blocks_around_the_article_are_folded() {
        let body = P.repeat(8);
        let page = format!(
            "<div><a href=/a>要闻</a></div><div>今天天气</div><div id=x>{body}</div><div><p>热点</p><a href=/b>又一篇</a></div>"
        );
        assert_eq!(shown(&page), vec!["这一段是正文"; 8]);
    }

    #[test]
    fn a_page_may_name_its_article() {
        let teaser = P.replace("正文", "别处").repeat(6);
        let page = format!(
            "<div><p>娱乐</p><p>要闻</p></div><div id=endText>{}</div><div>{teaser}<p>热点</p></div>",
            P.repeat(6)
        );
        let kept = shown(&page);
        assert_eq!(kept.len(), 12);
        let page = page.replace("id=endText", "id=other");
        assert!(shown(&page).contains(&"娱乐".to_owned()));
    }

    #[test]
    fn sentences_elsewhere_stay_and_so_do_several_articles() {
        let page = "<div>甲</div><div><p>还有一句在别处的话。</p><p>栏目</p></div>";
        let page = page.replace('甲', &P.repeat(8));
        assert_eq!(shown(&page).last().unwrap(), "还有一句在别");
        let part = "<div><h3>尾声</h3><p>后来的事，村里人都知道，只是不常说起；说起来，也总是笑一笑，再添一杯茶，把话头引到今年的收成上去。</p></div>";
        let page = format!("<div>{}</div>{part}", P.repeat(20));
        assert!(shown(&page).contains(&"尾声".to_owned()));
        let body = P.repeat(3);
        let page = format!("<div><h2>甲篇</h2>{body}</div><div><h2>乙篇</h2>{body}</div>");
        assert_eq!(shown(&page).len(), 8);
    }
}
