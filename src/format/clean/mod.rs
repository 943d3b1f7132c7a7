//! Folds what is not the article, by named rules, and moves bylines to the facts.
//!
//! 1. [`zones`]: head, body and tail, found first.
//! 2. [`bylines`]: lines that state a fact (责任编辑, 来源, 作者, 发布时间), by their
//!    [`labels`](crate::format::facts::labels) or their place.
//! 3. [`clutter`]: rules over a whole line, those of [`serials`] too.
//! 4. [`repeated_titles`], and [`truncated_copies`]: the cut-off head of a later paragraph.
//! 5. [`ArticleArea`]: the surroundings of the article on a web page.
//! 6. [`related_links`]: related links, comments and appeals, by their heading.
//!
//! A rule never looks into a paragraph: what may be body text stays. What each rule says to
//! the reader is in [`rules`](crate::format::rules).

mod answered;
mod bylines;
pub(crate) mod clutter;
pub(crate) mod note_heads;
pub(crate) mod notes;
pub(crate) mod related_links;
mod repeated_titles;
mod serials;
pub(crate) mod title;
mod truncated_copies;
pub(crate) mod zones;

use crate::document::BlockKind;
use crate::format::clean::zones::{Zone, Zones};
use crate::format::draft::{DraftBlock, DraftDocument, TAKEN};
use crate::format::facts::around;
use crate::format::html::article::ArticleArea;

/// Folds the blocks that the rules name.
pub(crate) fn clean(page: &mut DraftDocument) {
    if page.section.first {
        title::settle(page);
    }
    let article = ArticleArea::find(page);
    if let Some(article) = &article {
        article.fold_links(page);
    }
    let zones = Zones::of(page, |d| clutter::claims(d) || bylines::claims(d));
    bylines::read(page, &zones);
    fold_lines(page, &zones);
    if let Some(article) = &article {
        article.fold_rest(page);
    }
    around::read(page);
    if page.section.first {
        repeated_titles::fold(page);
        truncated_copies::fold(page);
    }
    related_links::fold(page, &zones);
    keep_something(page);
}

/// Applies the rules over whole lines.
fn fold_lines(page: &mut DraftDocument, zones: &Zones) {
    for i in 0..page.blocks.len() {
        let Some(block) = page.blocks.get(i) else {
            continue;
        };
        let at_end = zones.holds(Zone::Ends, i);
        let rule = clutter::rule_for(block, |zone| zones.holds(zone, i));
        // a word directly above text is a heading, not a button
        let is_heading = matches!(block.kind, BlockKind::Heading(_)) || !at_end;
        let is_spared = |text: &str| {
            is_heading && !text.contains(char::is_whitespace) && zones::heads_text(&page.blocks, i)
        };
        let rule = rule.filter(|_| !is_spared(&block.text));
        if let Some(block) = page.blocks.get_mut(i).filter(|_| rule.is_some()) {
            block.folded = rule;
        }
    }
}

/// Unfolds an article of which nothing is left: it was misread. The last section of a long
/// one may well be nothing but clutter.
fn keep_something(page: &mut DraftDocument) {
    if !page.section.first || page.blocks.iter().any(DraftBlock::is_shown) {
        return;
    }
    let folded = |block: &&mut DraftBlock| block.folded != Some(TAKEN);
    for block in page.blocks.iter_mut().filter(folded) {
        block.folded = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(lines: &[&str]) -> Vec<Option<&'static str>> {
        let mut page = DraftDocument::of_lines(lines);
        page.meta.title = "城市群的未来".into();
        clean(&mut page);
        page.folded()
    }

    /// Rules, each with lines that it folds, in both scripts.
    const FOLDED: &str = "\
page-links 【1】
page-links 上一页 1 2 3 下一页
share-line 分享到：微信 微博
share-line 打印关闭
share-line 浏览次数：次 字号：[ 大 中 小 ] 视力保护色：
share-line 举报只看此人收藏本帖
share-line 【打印本页】【关闭窗口】
breadcrumb 首页 > 评论 > 正文
subscription 欢迎扫描二维码订阅
copyright-line 版权声明：未经授权不得转载。
repeated-title 城市群的未来
comment <!-- INFO -->
qr-line 扫一扫在手机打开当前页
site-footer 京ICP备12345678号-1 京公网安备11010502000001号
site-footer 违法和不良信息举报电话：010-12345678
cookie-notice 本网站使用Cookie以改善体验。继续浏览即表示同意。
image-name abc_z.jpg
share-line 返回搜狐，查看更多
forum-line 本帖最后由 某甲 于 2019-2-22 07:31 编辑
site-footer Powered by Discuz! X3.2 © 2001-2013 Comsenz Inc.
copyright-line 平台声明：该文观点仅代表作者本人，本站系信息发布平台。
copyright-line 特别声明：以上内容为自媒体平台用户上传并发布。
page-links 上一章 返回目录 下一章 加入书签
serial-notice 本章未完，点击下一页继续阅读
vote-line 求月票！求推荐票！";

    /// Lines that stay.
    const KEPT: &str = "大|2019|请订阅者注意，本刊价格有变。|首页是人们最先看到的。|分享是一种美德|\
        城市群的未来在哪里|（1）|更多|扫一扫院子里的落叶。|返回故乡的人们想要查看更多|本帖最后由谁来编辑|\
        特别声明：今天不开会。|打印机关闭了|转发给朋友|只看此人一眼|Powered by wind，小镇亮了起来，|关于我们这一代人|我们使用的方法是问卷。";

    #[test]
    fn something_is_always_left() {
        assert_eq!(folded(&["【1】"]), [None]);
    }

    #[test]
    fn whole_lines_go_and_sentences_stay() {
        for row in FOLDED.lines() {
            let (rule, line) = row.split_once(' ').unwrap();
            for line in [line.to_owned(), hanconv::s2tw(line)] {
                let found = folded(&[&line, "正文一句，写到这里为止。"]);
                assert_eq!(found, [Some(rule), None], "{line}");
            }
        }
        for rule in clutter::LINE_RULES {
            let has_row = FOLDED.lines().any(|row| row.starts_with(rule.name));
            assert!(has_row, "{} folds no line here", rule.name);
        }
        for line in KEPT.split('|') {
            // the second line, because a text that is folded whole is unfolded
            assert_eq!(folded(&[line, "正文还在。"]), [None, None], "{line}");
        }
    }

    /// Lines of an author's that look like clutter; `B` is a paragraph of the body.
    const AUTHORS: &str = "\
B|2019年2月22日|B|2019年2月23日|B
B|作者：张三|B|作者：李四|来源：某图书馆|B|作者：王五|B
出版日期：2011年3月|B|出版日期：2012年3月|B|出版日期：2013年3月|B
B|评论|B|B
B|留言|B
分享|B|点赞|B|收藏|B
版权所有，侵权必究，谁都见过，谁也没有当真。|B
B|转载请注明出处，说到底是一种礼貌。
请订阅会员，关注我们，这样的话听多了也就不听了。|B
B|欢迎关注公众号，说起来容易做起来难，做久了更难。|B";

    #[test]
    fn words_of_the_author_stay() {
        let body = "买菜要赶早，好菜不等人；晚去一个钟头，豆腐就卖完了。";
        for row in AUTHORS.lines() {
            let lines = row.split('|');
            let lines: Vec<&str> = lines
                .map(|line| if line == "B" { body } else { line })
                .collect();
            assert_eq!(folded(&lines), vec![None; lines.len()], "{row}");
        }
    }

    #[test]
    fn no_tail_begins_above_the_body() {
        let appeal = "点击上方蓝字，关注我们的公众号";
        let body = "菜市场改造有两个要紧处，要让人进得来，也要让货卸得下。";
        let rules = folded(&["---", appeal, body, "- END -"]);
        assert_eq!(rules, [None, Some("subscription"), None, None]);
    }
}
