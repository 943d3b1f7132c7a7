//! Folds the tail of a page: related links, comments, the appeal and the author's box, from
//! their heading to a known end.
//!
//! 1. Related links end at the next paragraph of body text.
//! 2. Comments, after the middle of the article, run to the end.
//! 3. An appeal between rules at the end folds together with the text after it, if that
//!    is short.
//! 4. A site's own footer: short lines without Han under a Chinese article.

use crate::document::BlockKind;
use crate::format::clean::clutter;
use crate::format::clean::zones::{self, Zone, Zones};
use crate::format::draft::{DraftBlock, DraftDocument, fold_all};
use crate::format::plain;
use crate::format::prose;
use crate::text::script::simplified;
use crate::text::words::Words;

/// Headings of related links, whole lines.
static RELATED: Words = Words::new(
    "related relatedposts relatedarticles readmore seealso 相关阅读 相关文章 相关新闻 相关链接
    相关报道 相关报导 延伸阅读 推荐阅读 热门文章 热门推荐 为您推荐 猜你喜欢 您可能感兴趣的文章
    你可能感兴趣的文章 您可能还喜欢 你可能也喜欢 你可能还想看 更多文章 更多阅读 最新文章 往期回顾
    往期推荐 往期精选 精彩推荐 编辑推荐 小编推荐 大家都在看 相关专题 专题推荐 今日推荐 上一篇
    下一篇",
);
/// Headings of comments, whole lines.
static COMMENTS: Words = Words::new(
    "comments comment leaveareply leaveacomment 评论 网友评论 最新评论 热门评论 发表评论 留言
    我要留言 读者留言 评论区 精选留言 跟帖 写留言",
);
/// Words on the buttons of a site's footer.
static BUTTONS: Words = Words::new(
    "view more readmore subscribe share next previous home login signin menu search follow
    contact about",
);

/// Blocks at the end among which an appeal begins the author's box.
const MAX_APPEAL_BLOCKS: usize = 16;

/// Characters of an author's box and the appeal before it.
const MAX_BOX_CHARS: usize = 500;

/// Least characters of a paragraph of body text.
const MIN_BODY_CHARS: usize = 80;

/// Folds the tails of an article.
pub(crate) fn fold(page: &mut DraftDocument, zones: &Zones) {
    // only the last section has the end
    let last = page.section.last;
    if last {
        comments(&mut page.blocks);
    }
    related(&mut page.blocks, last);
    if last {
        appeal(page, zones);
        footer(&mut page.blocks);
    }
}

/// Recognises a block that is one of `names`, whole.
fn is_heading(draft: &DraftBlock, names: &Words) -> bool {
    draft.text.len() <= 160
        && names.has_letters_of(&draft.text)
        && !prose::at_least(&draft.text, 25)
}

/// Recognises body text: long, ended, and not a link.
fn is_body(draft: &DraftBlock) -> bool {
    prose::at_least(&draft.text, MIN_BODY_CHARS) && !draft.is_link() && prose::has_stop(&draft.text)
}

/// Folds comments: from their heading to the end.
fn comments(drafts: &mut [DraftBlock]) {
    let total: usize = shown(drafts).map(|d| d.text.len()).sum();
    let mut seen = 0;
    let found = drafts.iter().position(|d| {
        seen += if d.is_shown() { d.text.len() } else { 0 };
        d.is_shown() && seen * 2 > total && is_heading(d, &COMMENTS)
    });
    // a part called 评论 is followed by paragraphs, comments have lines with names and times
    let Some(from) = found else { return };
    let tail = drafts.get_mut(from..).unwrap_or_default();
    if shown(tail).skip(1).all(zones::is_sentence) {
        return;
    }
    let han = |d: &DraftBlock| d.text.chars().filter(|c| prose::is_han(*c)).count();
    let is_chinese = |d: &&DraftBlock| is_body(d) && han(d) >= MIN_BODY_CHARS;
    let body = shown(tail).filter(is_chinese).count();
    if body == 0 || body * 4 < shown(tail).count() {
        fold_all("comments", tail);
    }
}

/// Returns the blocks that are shown.
fn shown<'a, 'd>(drafts: &'a [DraftBlock<'d>]) -> impl Iterator<Item = &'a DraftBlock<'d>> {
    drafts.iter().filter(|d| d.is_shown())
}

/// Folds related links: from their heading to the next paragraph of body text. At the end of
/// the page they may be plain lines; before more text only links go, for a plain line there is
/// its heading.
fn related(drafts: &mut [DraftBlock], last: bool) {
    // from this block to the end all lines are like links
    let is_text = |d: &DraftBlock| d.is_shown() && !is_link_like(d);
    let tail = match drafts.iter().rposition(is_text) {
        _ if !last => usize::MAX,
        text => text.map_or(0, |i| i + 1),
    };
    let mut i = 0;
    while let Some(draft) = drafts.get(i) {
        let step = is_step(draft);
        // a part of the author's own may have such a name
        let is_part = matches!(draft.kind, BlockKind::Heading(_)) && zones::heads_text(drafts, i);
        if draft.is_shown() && !is_part && (is_heading(draft, &RELATED) || step) {
            let is_link =
                |d: &&DraftBlock| !d.is_shown() || d.is_link() || (i + 1 >= tail && !step);
            let links = drafts.iter().skip(i + 1).take_while(is_link).count();
            let folded = drafts.iter_mut().skip(i).take(links + 1);
            for draft in folded.filter(|d| d.is_shown()) {
                draft.folded = Some("related-links");
            }
            i += links;
        }
        i += 1;
    }
}

/// Recognises a line that could be the title of another article: a link, or short, without
/// the end of a sentence and without a number.
fn is_link_like(draft: &DraftBlock) -> bool {
    let title = || {
        !prose::at_least(&draft.text, 60)
            && !prose::ends_sentence(draft.text.trim_end_matches(['？', '！', '?', '!']))
            && !plain::is_numbered(&draft.text)
    };
    draft.is_link() || title()
}

/// Beginnings of links to the neighbours of an article.
static NEIGHBOURS: Words = Words::new("上一篇 下一篇 上篇 下篇");

/// Recognises `上一篇：…` and `下一篇：…`.
pub(crate) fn is_step(draft: &DraftBlock) -> bool {
    let text = &*draft.text;
    let mut rests = NEIGHBOURS.rests(text).map(str::trim_start);
    text.len() <= 400 && rests.any(|rest| rest.starts_with(['：', ':'])) && prose::at_most(text, 80)
}

/// Folds the short rest of the page behind an appeal near the end, such as the author's box;
/// rules between them stay empty.
fn appeal(page: &mut DraftDocument, zones: &Zones) {
    let drafts = &mut page.blocks;
    let near = drafts
        .iter()
        .enumerate()
        .rev()
        .take(MAX_APPEAL_BLOCKS)
        .rev();
    let near = near.filter(|(i, _)| !zones.holds(Zone::Head, *i));
    let mut appeals = near.filter(|(_, d)| d.folded == Some("subscription"));
    let Some((first, _)) = appeals.next() else {
        return;
    };
    let Some((above, tail)) = drafts.split_at_mut_checked(first) else {
        return;
    };
    let chars = |drafts: &[DraftBlock]| shown(drafts).map(|d| prose::len(&d.text)).sum::<usize>();
    let (text, left) = (chars(above), chars(tail));
    let rule = above.last_mut().filter(|d| d.kind == BlockKind::Rule);
    let is_headed = tail.iter().any(|d| matches!(d.kind, BlockKind::Heading(_)));
    let is_short = left <= MAX_BOX_CHARS && left * 3 <= text;
    let Some(rule) = rule.filter(|_| is_short && !is_headed) else {
        return;
    };
    rule.folded = Some("subscription");
    for draft in tail
        .iter_mut()
        .filter(|d| clutter::is_subscription(d, &simplified(&d.text)))
    {
        draft.folded = draft.folded.or(Some("subscription"));
    }
    fold_all("author-box", tail);
}

/// Folds the last lines of a Chinese page without Han and sentences, one of them a button.
fn footer(drafts: &mut [DraftBlock]) {
    let latin = |d: &DraftBlock| !prose::has_han(&d.text) && prose::len(&d.text) <= 40;
    let above = drafts.iter().rposition(|d| d.is_shown() && !latin(d));
    let tail = drafts
        .get_mut(above.map_or(0, |i| i + 1)..)
        .unwrap_or_default();
    let buttons = shown(tail).any(|d| is_heading(d, &BUTTONS));
    if above.is_some() && buttons && shown(tail).count() >= 2 {
        fold_all("site-footer", tail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_go_with_their_heading() {
        let body = "这一段是正文，".repeat(20) + "到此为止。";
        // lines of an article, `B` for its body; `-` marks a folded one
        for (lines, wanted) in [
            ("B|相关阅读|另一篇文章|又一篇文章？", " ---"),
            ("B|延伸阅读|小标题|B", " -  "),
            ("B|评论|某网友|写得好。", " ---"),
            ("B|延伸阅读|二、小标题|短短一句。|下一篇：别的文章", " -  -"),
            ("评论|B", "  "),
            (
                "B|---|請加入成為月費訂戶，支持我們。|某專欄|專欄介紹一句。",
                " ----",
            ),
            ("B|MORE|Some Journal|View", " ---"),
            (
                "B|References|Smith, J. A Long Title of a Paper, in: Some Journal 12, 1999.",
                "   ",
            ),
        ] {
            let all = lines
                .split('|')
                .map(|line| if line == "B" { &body } else { line });
            let mut page = DraftDocument::of_lines(&all.collect::<Vec<_>>());
            crate::format::clean::clean(&mut page);
            let folded = page.blocks.iter().map(|d| d.folded.map_or(' ', |_| '-'));
            assert_eq!(folded.collect::<String>(), wanted, "{lines}");
        }
    }
}
