//! Finds the tails of a page: comments, the appeal with the author's box, a site's own footer; and
//! the headings of related links.
//!
//! 1. [`comments`], after the middle of the article, run to the end.
//! 2. [`author_box`]: an appeal below a rule folds together with the text after it, if that is
//!    short.
//! 3. [`footer`]: short lines without Han under a Chinese article.
//! 4. [`Related`]: lines that head links, and the links below them; [`is_contact`], a line that
//!    has its link itself.
//!
//! Folds nothing itself.

use crate::document::{BlockKind, MarkupKind};
use crate::format::clean::zones::{self, Zone, Zones};
use crate::format::draft::DraftBlock;
use crate::format::prose;
use crate::text::words::Words;

/// Headings of related links, whole lines.
pub(crate) static RELATED: Words = Words::new(
    "related relatedposts relatedarticles readmore seealso 相关阅读 相关文章 相关新闻 相关链接
    相关报道 相关报导 延伸阅读 推荐阅读 热门文章 热门推荐 为您推荐 猜你喜欢 您可能感兴趣的文章
    你可能感兴趣的文章 您可能还喜欢 你可能也喜欢 你可能还想看 更多文章 更多阅读 最新文章 往期回顾
    往期推荐 往期精选 精彩推荐 编辑推荐 小编推荐 大家都在看 相关专题 专题推荐 今日推荐 上一篇
    下一篇",
);
/// Headings of the author's addresses, whole lines.
pub(crate) static CONTACTS: Words = Words::new(
    "联络作者 联系作者 作者资料 作者主页 作者网站 作者博客 作者专页 作者其他文章 作者其它文章 作者邮箱 作者电邮",
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
/// Beginnings of links to the neighbours of an article.
static NEIGHBOURS: Words = Words::new("上一篇 下一篇 上篇 下篇");

/// Blocks at the end among which an appeal begins the author's box.
const MAX_APPEAL_BLOCKS: usize = 16;
/// Characters of an author's box and the appeal before it.
const MAX_BOX_CHARS: usize = 500;
/// Least characters of a paragraph of body text.
const MIN_BODY_CHARS: usize = 80;

/// Recognises a block that is one of `names`, whole.
fn is_one_of(draft: &DraftBlock, names: &Words) -> bool {
    draft.text.len() <= 160
        && !matches!(draft.kind, BlockKind::Row | BlockKind::Code)
        && names.has_letters_of(&draft.text)
        && !prose::at_least(&draft.text, 25)
}

/// Returns the blocks that are shown.
fn shown<'a, 'd>(drafts: &'a [DraftBlock<'d>]) -> impl Iterator<Item = &'a DraftBlock<'d>> {
    drafts.iter().filter(|d| d.is_shown())
}

/// Finds the heading of comments.
pub(crate) fn comments(drafts: &[DraftBlock], _: &Zones) -> Option<usize> {
    let total: usize = shown(drafts).map(|d| d.text.len()).sum();
    let mut seen = 0;
    let from = drafts.iter().position(|d| {
        seen += if d.is_shown() { d.text.len() } else { 0 };
        let is_late = d.is_shown() && seen * 2 > total;
        is_late && is_one_of(d, &COMMENTS) && !prose::is_numbered(&d.text)
    })?;
    // a part called 评论 is followed by paragraphs, comments have lines with names and times
    let tail = drafts.get(from..)?;
    let han = |d: &DraftBlock| d.text.chars().filter(|c| prose::is_han(*c)).count();
    let is_body = |d: &&DraftBlock| {
        prose::at_least(&d.text, MIN_BODY_CHARS)
            && !d.is_link()
            && prose::has_stop(&d.text)
            && han(d) >= MIN_BODY_CHARS
    };
    let body = shown(tail).filter(is_body).count();
    let are_comments = body == 0 || body * 4 < shown(tail).count();
    let is_text = |d: &DraftBlock| {
        zones::is_sentence(d)
            || matches!(d.kind, BlockKind::Heading(_) | BlockKind::Quote)
            || prose::ends_sentence(&d.text)
    };
    (are_comments && !shown(tail).skip(1).all(is_text)).then_some(from)
}

/// Finds an appeal near the end, below a rule, with the short rest of the page behind it, such as
/// the author's box.
pub(crate) fn author_box(drafts: &[DraftBlock], zones: &Zones) -> Option<usize> {
    let near = drafts.len().saturating_sub(MAX_APPEAL_BLOCKS)..drafts.len();
    let is_appeal = |i: &usize| {
        let appeal = drafts.get(*i).and_then(|d| d.folded) == Some("subscription");
        appeal && !zones.holds(Zone::Head, *i)
    };
    let first = near.into_iter().find(is_appeal)?;
    let (above, tail) = drafts.split_at_checked(first)?;
    let chars = |drafts: &[DraftBlock]| shown(drafts).map(|d| prose::len(&d.text)).sum::<usize>();
    let (text, left) = (chars(above), chars(tail));
    let is_headed = tail.iter().any(|d| matches!(d.kind, BlockKind::Heading(_)));
    let is_ruled = above.last().is_some_and(|d| d.kind == BlockKind::Rule);
    (is_ruled && !is_headed && left <= MAX_BOX_CHARS && left * 3 <= text).then_some(first)
}

/// Finds the last lines of a Chinese page without Han and sentences, one of them a button.
pub(crate) fn footer(drafts: &[DraftBlock], _: &Zones) -> Option<usize> {
    let latin = |d: &DraftBlock| {
        d.kind != BlockKind::Code && !prose::has_han(&d.text) && prose::len(&d.text) <= 40
    };
    let from = 1 + drafts.iter().rposition(|d| d.is_shown() && !latin(d))?;
    let tail = drafts.get(from..)?;
    let buttons = shown(tail).any(|d| is_one_of(d, &BUTTONS)) && shown(tail).count() >= 2;
    // a heading over nothing but other articles
    let is_heading = |d: &DraftBlock| matches!(d.kind, BlockKind::Heading(_));
    let heads_links = shown(tail).all(is_heading)
        && shown(tail).next().is_some()
        && tail
            .last()
            .is_some_and(|d| d.folded == Some("related-links"));
    (buttons || heads_links).then_some(from)
}

/// The lines that head related links. At the end of the page the links may be plain lines;
/// before more text only links go, for a plain line there is its heading.
pub(crate) struct Related {
    /// From this block to the end all lines are like links.
    tail: usize,
    names: &'static Words,
}

impl Related {
    /// Prepares for headings that are one of `names`.
    pub(crate) fn of(drafts: &[DraftBlock], is_last: bool, names: &'static Words) -> Self {
        let is_text = |d: &DraftBlock| d.is_shown() && !is_link_like(d);
        let tail = match drafts.iter().rposition(is_text) {
            _ if !is_last => usize::MAX,
            text => text.map_or(0, |i| i + 1),
        };
        Self { tail, names }
    }

    /// Returns how many blocks go with block `i`, itself among them; none where it heads no links.
    pub(crate) fn len(&self, drafts: &[DraftBlock], i: usize) -> Option<usize> {
        let head = drafts.get(i).filter(|d| d.is_shown())?;
        let step = is_step(head);
        // a part of the author's own may have such a name
        let is_part = matches!(head.kind, BlockKind::Heading(_)) && zones::heads_text(drafts, i);
        let is_head = !is_part && (step || is_one_of(head, self.names));
        let is_link =
            |d: &&DraftBlock| !d.is_shown() || d.is_link() || (i + 1 >= self.tail && !step);
        is_head.then(|| 1 + drafts.iter().skip(i + 1).take_while(is_link).count())
    }
}

/// Recognises a line that leads to the author: one of [`CONTACTS`], with a link or an address.
pub(crate) fn is_contact(draft: &DraftBlock, text: &str) -> bool {
    let is_link = |(kind, _): &(MarkupKind, _)| matches!(kind, MarkupKind::Link(_));
    let has_address = || {
        text.split_whitespace()
            .any(|word| word.contains("://") || word.contains('@'))
    };
    CONTACTS.starts(text)
        && !prose::ends_sentence(text)
        && (draft.markup.iter().any(is_link) || has_address())
}

/// Recognises a line that could be the title of another article: a link, or short, without
/// the end of a sentence and without a number.
fn is_link_like(draft: &DraftBlock) -> bool {
    let title = || {
        !prose::at_least(&draft.text, 60)
            && !prose::ends_sentence(draft.text.trim_end_matches(['？', '！', '?', '!']))
            && !prose::is_numbered(&draft.text)
    };
    draft.is_link() || title()
}

/// Recognises `上一篇：…` and `下一篇：…`.
pub(crate) fn is_step(draft: &DraftBlock) -> bool {
    let text = &*draft.text;
    let mut rests = NEIGHBOURS.rests(text).map(str::trim_start);
    // a sentence about the article before is the author's
    !text.ends_with('。')
        && text.len() <= 400
        && rests.any(|rest| rest.starts_with(['：', ':']))
        && prose::at_most(text, 80)
}
