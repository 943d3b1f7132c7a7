//! Folds the tail of a page: related links, comments, the appeal and the author's box, by
//! a heading that announces them and a known end.
//!
//! 1. Related links end at the next paragraph of body text.
//! 2. Comments, after the middle of the article, run to the end.
//! 3. An appeal between rules at the end folds together with the text after it, if that
//!    is short.
//! 4. A site's own footer: short lines without Han under a Chinese article.

use crate::document::BlockKind;
use crate::format::clean::clutter;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::plain;
use crate::format::prose;
use crate::text::words::Words;

/// Headings of related links, whole lines.
const RELATED: Words = Words::new(
    "related relatedposts relatedarticles readmore seealso 相关阅读 相关文章 相关新闻
    相关链接 相关报道 相關閱讀 相關文章 相關新聞 相關報道 相關報導 延伸阅读 延伸閱讀
    推荐阅读 推薦閱讀 热门文章 熱門文章 热门推荐 为您推荐 猜你喜欢 您可能感兴趣的文章
    你可能感兴趣的文章 您可能还喜欢 你可能也喜欢 你可能還想看 更多文章 更多阅读 最新文章
    往期回顾 往期推荐 往期精选 精彩推荐 编辑推荐 小编推荐 大家都在看 相关专题 专题推荐
    今日推荐 上一篇 下一篇",
);
/// Headings of comments, whole lines.
const COMMENTS: Words = Words::new(
    "comments comment leaveareply leaveacomment 评论 評論 网友评论 網友評論 最新评论 热门评论
    发表评论 發表評論 留言 我要留言 读者留言 评论区 精选留言 跟帖 写留言",
);
/// Words on the buttons of a site's footer.
const BUTTONS: Words = Words::new(
    "view more readmore subscribe share next previous home login signin menu search follow
    contact about",
);

/// Least characters of a paragraph of body text.
const MIN_BODY_CHARS: usize = 80;

/// Folds the tails of an article.
pub(crate) fn fold(page: &mut DraftDocument) {
    // what runs to the end can only be told where the end is
    let last = page.section.last;
    if last {
        comments(&mut page.blocks);
    }
    related(&mut page.blocks, last);
    if last {
        appeal(page);
        footer(&mut page.blocks);
    }
}

/// Returns whether a block is one of these headings.
fn is_heading(draft: &DraftBlock, names: &Words) -> bool {
    draft.text.len() <= 160
        && names.has_letters_of(&draft.text)
        && !prose::at_least(&draft.text, 25)
}

/// Whether a block is body text: long, ended, and no link.
fn is_body(draft: &DraftBlock) -> bool {
    prose::at_least(&draft.text, MIN_BODY_CHARS) && !draft.is_link() && prose::has_stop(&draft.text)
}

/// Comments run from their heading to the end.
fn comments(drafts: &mut [DraftBlock]) {
    let total: usize = drafts
        .iter()
        .filter(|d| d.is_shown())
        .map(|d| d.text.len())
        .sum();
    let mut seen = 0;
    let found = drafts.iter().position(|d| {
        if !d.is_shown() {
            return false;
        }
        seen += d.text.len();
        seen * 2 > total && is_heading(d, &COMMENTS)
    });
    // a chapter called 评论 is followed by long paragraphs of Chinese, not by names and dates
    let Some(from) = found else { return };
    let tail = drafts.get_mut(from..).unwrap_or_default();
    let body = tail
        .iter()
        .filter(|d| {
            d.is_shown()
                && is_body(d)
                && d.text.chars().filter(|c| prose::is_han(*c)).count() >= MIN_BODY_CHARS
        })
        .count();
    if body == 0 || body * 4 < tail.iter().filter(|d| d.is_shown()).count() {
        for draft in tail.iter_mut().filter(|d| d.folded.is_none()) {
            draft.folded = Some("comments");
        }
    }
}

/// Related links run from their heading to the next paragraph of body text. At
/// the end of the page they may be plain lines; before more text only links go,
/// for a plain line there is its heading.
fn related(drafts: &mut [DraftBlock], last: bool) {
    // where nothing but lines such as links stand to the end
    let tail = if last {
        drafts
            .iter()
            .rposition(|d| d.is_shown() && !is_link_like(d))
            .map_or(0, |i| i + 1)
    } else {
        usize::MAX
    };
    let mut i = 0;
    while i < drafts.len() {
        let step = drafts.get(i).is_some_and(is_step);
        let announced = drafts
            .get(i)
            .is_some_and(|d| d.is_shown() && (is_heading(d, &RELATED) || step));
        if announced {
            let rest = drafts.get(i + 1..).unwrap_or_default();
            let links = rest
                .iter()
                .take_while(|d| !d.is_shown() || d.is_link() || (i + 1 >= tail && !step))
                .count();
            for draft in drafts
                .get_mut(i..=i + links)
                .unwrap_or_default()
                .iter_mut()
                .filter(|d| d.is_shown())
            {
                draft.folded = Some("related-links");
            }
            i += links;
        }
        i += 1;
    }
}

/// Whether a line could be the title of another article: a link, or short,
/// without the end of a sentence and without a number.
fn is_link_like(draft: &DraftBlock) -> bool {
    let title = || {
        !prose::at_least(&draft.text, 60)
            && !prose::ends_sentence(draft.text.trim_end_matches(['？', '！', '?', '!']))
            && !plain::is_numbered(&draft.text)
    };
    draft.is_link() || title()
}

/// Beginnings of links to the neighbours of an article.
const NEIGHBOURS: Words = Words::new("上一篇 下一篇 上篇 下篇");

/// `上一篇：…` and `下一篇：…`.
pub(crate) fn is_step(draft: &DraftBlock) -> bool {
    let text = &*draft.text;
    text.len() <= 400
        && NEIGHBOURS
            .rests(text)
            .any(|rest| rest.trim_start().starts_with(['：', ':']))
        && prose::at_most(text, 80)
}

/// An appeal near the end takes the short rest of the page with it, such as the
/// author's box; rules between them stay empty.
fn appeal(page: &mut DraftDocument) {
    let drafts = &mut page.blocks;
    let from = drafts.len().saturating_sub(16);
    let Some(first) = drafts
        .iter()
        .enumerate()
        .skip(from)
        .find(|(_, d)| d.folded == Some("subscription"))
        .map(|(i, _)| i)
    else {
        return;
    };
    let ruled = first > 0
        && drafts
            .get(first - 1)
            .is_some_and(|d| d.kind == BlockKind::Rule);
    let tail = drafts.get_mut(first..).unwrap_or_default();
    let left: usize = tail
        .iter()
        .filter(|d| d.is_shown())
        .map(|d| prose::len(&d.text))
        .sum();
    if !ruled || left > 500 || tail.iter().any(|d| matches!(d.kind, BlockKind::Heading(_))) {
        return;
    }
    for draft in tail.iter_mut().filter(|d| d.folded.is_none()) {
        draft.folded = Some(if clutter::is_subscription(draft) {
            "subscription"
        } else {
            "author-box"
        });
    }
    if let Some(rule) = drafts.get_mut(first - 1) {
        rule.folded = Some("subscription");
    }
}

/// The last lines of a Chinese page that hold no Han and no sentence, one of
/// them a button.
fn footer(drafts: &mut [DraftBlock]) {
    let latin = |d: &DraftBlock| !prose::has_han(&d.text) && prose::len(&d.text) <= 40;
    let from = drafts
        .iter()
        .rposition(|d| d.is_shown() && !latin(d))
        .map_or(0, |i| i + 1);
    let tail = drafts.get_mut(from..).unwrap_or_default();
    let buttons = tail.iter().any(|d| d.is_shown() && is_heading(d, &BUTTONS));
    if from > 0 && buttons && tail.iter().filter(|d| d.is_shown()).count() >= 2 {
        for draft in tail.iter_mut().filter(|d| d.folded.is_none()) {
            draft.folded = Some("site-footer");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(lines: &[&str]) -> Vec<bool> {
        let mut page = DraftDocument::default();
        for (i, line) in lines.iter().enumerate() {
            let kind = if *line == "---" {
                BlockKind::Rule
            } else {
                BlockKind::Paragraph
            };
            page.block(kind, 0, i + 1, if *line == "---" { "" } else { line });
        }
        crate::format::clean::clean(&mut page);
        page.blocks.iter().map(|d| d.folded.is_some()).collect()
    }

    #[test]
    fn tails_go_with_their_heading() {
        let body = "这一段是正文，".repeat(20) + "到此为止。";
        assert_eq!(
            folded(&[&body, "相关阅读", "另一篇文章", "又一篇文章？"]),
            [false, true, true, true]
        );
        assert_eq!(
            folded(&[&body, "延伸阅读", "小标题", &body]),
            [false, true, false, false]
        );
        assert_eq!(
            folded(&[&body, "评论", "某网友", "写得好。"]),
            [false, true, true, true]
        );
        assert_eq!(
            folded(&[
                &body,
                "延伸阅读",
                "二、小标题",
                "短短一句。",
                "下一篇：别的文章"
            ]),
            [false, true, false, false, true]
        );
        assert_eq!(folded(&["评论", &body]), [false, false]);
        assert_eq!(
            folded(&[
                &body,
                "---",
                "請加入成為月費訂戶，支持我們。",
                "某專欄",
                "專欄介紹一句。"
            ]),
            [false, true, true, true, true]
        );
        assert_eq!(
            folded(&[&body, "MORE", "Some Journal", "View"]),
            [false, true, true, true]
        );
        assert_eq!(
            folded(&[
                &body,
                "References",
                "Smith, J. A Long Title of a Paper, in: Some Journal 12, 1999."
            ]),
            [false, false, false]
        );
    }
}
