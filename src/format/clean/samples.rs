//! Samples of every [rule](RULES): lines that it takes and lines that stay, in both scripts.

use super::*;
use crate::format::{ParseOptions, html, parse};
use crate::source;
use std::ptr;

/// A sentence of the body, `B` below.
const BODY: &str = "买菜要赶早，好菜不等人；晚去一个钟头，豆腐就卖完了。";

/// Rules, each with a line that it takes; behind `¦` the date, the source and the author that the
/// line states.
const LINES: &str = "\
page-links 【1】
page-links 上一页 1 2 3 下一页
page-links 上一页 下一页 尾页 共5页
page-links 返回目录
page-links 【1】【2】【3】【4】
page-links 上一章 | 返回目录 | 下一章 加入书签
page-links [上一页] [1] [2] [下一页]
page-links 上一章 ← 章节列表 → 下一章
page-links 上一章 返回目录 下一章 加入书签
share-line 分享到：微信 微博
share-line 打印关闭
share-line 浏览次数：次 字号：[ 大 中 小 ] 视力保护色：
share-line 举报只看此人收藏本帖
share-line 【打印本页】【关闭窗口】
share-line 返回搜狐，查看更多
share-line 阅读量：1234
share-line 1,024 人赞同了该回答
source-line 链接：https://a.example/answer/2
copyright-line 着作权归作者所有。商业转载请联系作者获得授权，非商业转载请注明出处。
breadcrumb 首页 > 评论 > 正文
subscription 欢迎扫描二维码订阅
copyright-line 版权声明：未经授权不得转载。
copyright-line 平台声明：该文观点仅代表作者本人，本站系信息发布平台。
copyright-line 特别声明：以上内容为自媒体平台用户上传并发布。
repeated-title 城市群的未来
comment <!-- INFO -->
qr-line 扫一扫在手机打开当前页
site-footer 京ICP备12345678号-1 京公网安备11010502000001号
site-footer 违法和不良信息举报电话：010-12345678
site-footer Powered by Discuz! X3.2 © 2001-2013 Comsenz Inc.
cookie-notice 本网站使用Cookie以改善体验。继续浏览即表示同意。
image-name abc_z.jpg
forum-vote ※ 发信站: 某某站(a.example), 来自: 1.2.3.4
forum-vote ※ 来源:·某某站 a.example·[FROM: 1.2.3.*]
forum-vote 推 shen: 写得好 04/03 07:20
forum-line 本帖最后由 某甲 于 2019-2-22 07:31 编辑
serial-notice 本章未完，点击下一页继续阅读
serial-notice 更多小说下载请访问江边书屋：http://www.a.example
serial-notice （本章未完，请点击下一页继续阅读）
serial-notice 最新章节请到某某小说网阅读
serial-notice 请记住本站域名：www.example.com
serial-notice 一秒记住【某某网】，为您提供免费阅读
serial-notice （本章完）
serial-notice 未完待续……
serial-notice 手机用户请到m.example.com阅读
serial-notice 请记住本书首发域名：example.com。手机版阅读网址：m.example.com
vote-line 求月票！求推荐票！
vote-line （第三更，求收藏）
vote-line PS：求推荐票，求收藏，谢谢大家！
editor-line （责任编辑 ：某甲）
original-title 原标题：城市群的未来
author-box 作者简介：某甲，某大学教授。
author-box 作者主页：https://a.example/shen
author-line 周五
author-line 口述｜某甲、整理｜某乙 ¦ - ¦ - ¦ 某甲
date-line 刊登日期/ 2021.05.26 ¦ 2021-05-26
date-line 某人 在 星期三, 03/19/2014 - 13:58 提交 ¦ 2014-03-19 13:58
date-line 更新时间：2021-05-26 ¦ 2021-05-26
source-line 本文原刊于2018年某刊
source-line 本文原刊载于某人网志 ¦ - ¦ 某人网志
source-line 来源：某报 作者：某乙 ¦ - ¦ 某报 ¦ 某乙
date-line 发布时间：2011-05-06 发布人： ¦ 2011-05-06
date-line 2019-03-05 10:20 来源：某报 作者：某乙 ¦ 2019-03-05 10:20 ¦ 某报 ¦ 某乙
author-line 作者：某乙 | 来源：某报 | 2019年3月4日 ¦ 2019-03-04 ¦ 某报 ¦ 某乙
date-line 发布时间：2019-02-22 07:31 来源：某网 作者：某乙 字号： 大 中 小 打印 分享到： 微信 ¦ 2019-02-22 07:31 ¦ 某网 ¦ 某乙
source-line 浏览次数：1234 来源：某网 2019-02-22 ¦ 2019-02-22 ¦ 某网
date-line 2024年05月06日09:10 | 来源：某网－某报 ¦ 2024-05-06 09:10 ¦ 某网－某报
author-line 作者：某乙（某大学教授） ¦ - ¦ - ¦ 某乙（某大学教授）
author-line （作者：某乙（某大学教授）） ¦ - ¦ - ¦ 某乙（某大学教授）
date-line 2024年05月06日 09:00 江城日报 ¦ 2024-05-06 09:00 ¦ 江城日报
date-line 2024年05月06日 09:00 江城日报 林深 ¦ 2024-05-06 09:00 ¦ 江城日报 ¦ 林深
date-line 2024年05月06日 09:00江城日报 ¦ 2024-05-06 09:00 ¦ 江城日报
date-line 2024年05月06日江城日报 ¦ 2024-05-06 ¦ 江城日报
date-line 2024年5月6日　星期一 ¦ 2024-05-06
date-line 2024年5月6日（星期一） ¦ 2024-05-06
date-line 二〇二四年五月六日 ¦ 2024-05-06
date-line 发布时间：二〇二四年五月六日 ¦ 2024-05-06
source-line 来源：《某刊》2024/09作者：林深2024-05-01 09:00:00 ¦ 2024-05-01 09:00 ¦ 《某刊》2024/09 ¦ 林深
source-line 来源：《某刊》2024/09 作者：林深 2024-05-01 09:00:00 ¦ 2024-05-01 09:00 ¦ 《某刊》2024/09 ¦ 林深
date-line 2024-05-06 09:00 来源： 江城市政府 字号：默认 大 超大 | 打印 | ¦ 2024-05-06 09:00 ¦ 江城市政府
source-line 来源： 江城市政府 字号：默认 大 超大 ¦ - ¦ 江城市政府
author-line 本报评论员 林深 ¦ - ¦ - ¦ 林深
author-line ◎林深 ¦ - ¦ - ¦ 林深";

/// Lines that stay.
const KEPT: &str = "有人赞同|信息来自某甲的笔记：录音整理版|链接：见 https://a.example 一文|着作权归谁，要看合同怎么写。|大|2019|请订阅者注意，本刊价格有变。|首页是人们最先看到的。|分享是一种美德|\
    城市群的未来在哪里|（1）|更多|扫一扫院子里的落叶。|返回故乡的人们想要查看更多|本帖最后由谁来编辑|\
    特别声明：今天不开会。|打印机关闭了|转发给朋友|只看此人一眼|推 敲：两个字|※ 发信站在哪里|Powered by wind，小镇亮了起来，|关于我们这一代人|\
    我们使用的方法是问卷。|目录|返回|他翻到下一页，继续阅读。|请记住这句话。|最新章节里，他死了。|\
    他到处求支持，没有人理他。|月票一张五十元。|一秒记住一个人，一生忘记一个人。|百度搜索的结果让他吃惊。|\
    未完待续的故事|第 5 回|欢迎访问的客人|书签|1 2 3|文：这里指的是文章，不是别的东西。|\
    来源：我们的力量来自人民。|时间：就是生命|作者认为，这不对。|本文首发于某站，转载请注明。|编辑工作很重要。|\
    日期还没有定。|2024年5月6日 江城的雨|2024年5月6日江城下雨|2024年5月6日，江城日报发表评论。|星期一";

/// Lines of whole texts, `B` for the body and `---` for a rule; behind `¦` the rule that takes the
/// lines with a `~` at their end.
const TEXTS: &str = "\
B|相关阅读~|另一篇文章~|又一篇文章？~ ¦ related-links
B|延伸阅读~|小标题|B ¦ related-links
B|评论~|某网友~|写得好。~ ¦ comments
B|延伸阅读~|二、小标题|短短一句。|下一篇：别的文章~ ¦ related-links
评论|B
B|B|5、评论|一个评论系统。|6、日历
B|上一篇：旧文里也说过这件事，说得还不够清楚。
B|B|B|---~|请加入成为月费订户，支持我们。~|某专栏~|专栏介绍一句。~ ¦ subscription author-box
B|MORE~|Some Journal~|View~ ¦ site-footer
B|联络作者：~|https://a.example/shen~ ¦ author-box
B|作者资料见网页 https://a.example/shen~ ¦ author-box
B|作者资料见网页。|B|联络作者：|B
B|References|Smith, J. A Long Title of a Paper, in: Some Journal 12, 1999.
---|点击上方蓝字，关注我们的公众号~|B|- END - ¦ subscription
B|2019年2月22日|B|2019年2月23日|B
2019年2月22日 星期五|B|2019年2月23日 星期六|B
B|作者：张三|B|作者：李四|来源：某图书馆|B|作者：王五|B
《桥》|作者：张三|B|《船》|作者：李四|译者：王五|B|《路》|作者：赵六|B
出版日期：2011年3月|B|出版日期：2012年3月|B|出版日期：2013年3月|B
B|评论|B|B
B|评论|船好！|桥更好。|路最好？
B|留言|B
葱油面|作者：何嫂子|来源：渡口厨房|烧水|蒸水蛋|作者：王婶子|来源：渡口厨房|打蛋
2022-04-03 07:15 来源：县报|B|2022-04-04 08:20 来源：市报|B|2022-04-05 09:30 来源：省报|B
分享|B|点赞|B|收藏|B
版权所有，侵权必究，谁都见过，谁也没有当真。|B
B|转载请注明出处，说到底是一种礼貌。
请订阅会员，关注我们，这样的话听多了也就不听了。|B
B|扫码关注，扫码点餐，扫码上船，船家连个手机都没有。
B|欢迎关注公众号，说起来容易做起来难，做久了更难。|B
【1】";

/// Files with lines that say something twice or are of a printed page, `⏎` for the ends of lines;
/// before them the rule and the head of the line that it takes.
const FILES: &str = "\
second-copy ¦ 买菜要赶早，好 ¦ ---⏎title: 早市⏎---⏎B⏎---⏎title: 早市⏎---⏎B
second-copy ¦ 早市从来不等睡懒觉的人 ¦ # 早市的人们⏎⏎早市从来不等睡懒觉的人⏎⏎# 早市的人们⏎⏎早市从来不等睡懒觉的人⏎⏎B
repeated-title ¦ 早市的人们 ¦ ---⏎title: 早市的人们⏎---⏎早市的人们⏎B
truncated-copy ¦ 晚去一个钟头，豆 ¦ ---⏎title: 早市⏎---⏎晚去一个钟头，豆腐就卖完了，卖豆腐的人收好摊子，挑起担⏎B⏎\
晚去一个钟头，豆腐就卖完了，卖豆腐的人收好摊子，挑起担子回家。
page-number ¦ 第 3 页 ¦ B⏎第 3 页⏎B";

/// Returns a page after clean-up.
fn cleaned(lines: &[&str]) -> DraftDocument<'static> {
    let mut page = DraftDocument::of_lines(lines);
    page.meta.title = "城市群的未来".into();
    page.meta.author = Some("周五".into());
    clean(&mut page);
    page
}

/// Returns the cells of a row of samples; `-` is an empty one.
fn cells(row: &str) -> Vec<&str> {
    let cells = row.split(" ¦ ");
    cells
        .map(|cell| if cell == "-" { "" } else { cell })
        .collect()
}

#[test]
fn every_line_goes_by_its_rule_and_states_its_facts() {
    for row in LINES.lines() {
        let (rule, row) = row.split_once(' ').unwrap();
        let cells = cells(row);
        let traditional = hanconv::s2tw(cells[0]);
        let traditional = cleaned(&[&traditional, BODY]);
        assert_eq!(traditional.folded(), [Some(rule), None], "{row}");
        let page = cleaned(&[cells[0], BODY]);
        assert_eq!(page.folded(), [Some(rule), None], "{row}");
        if cells.len() > 1 {
            let author = page.meta.author.filter(|author| author != "周五");
            let stated = [page.meta.date, page.meta.source, author];
            let stated = stated.map(Option::unwrap_or_default);
            let mut wanted = cells[1..].to_vec();
            wanted.resize(3, "");
            assert_eq!(stated, wanted[..], "{row}");
        }
    }
    for line in ["[责任编辑：某甲]", "责任编辑 某甲"] {
        let editor = cleaned(&[line, BODY]).meta.editor;
        assert_eq!(editor.as_deref(), Some("某甲"), "{line}");
    }
}

#[test]
fn other_lines_stay() {
    for line in KEPT.split('|') {
        assert_eq!(cleaned(&[line, BODY]).folded(), [None, None], "{line}");
        let traditional = hanconv::s2tw(line);
        assert_eq!(
            cleaned(&[&traditional, BODY]).folded(),
            [None, None],
            "{traditional}"
        );
    }
}

#[test]
fn tails_go_and_words_of_the_author_stay() {
    for row in TEXTS.lines() {
        for row in [row.to_owned(), hanconv::s2tw(row)] {
            let cells = cells(&row);
            let marked = cells[0].split('|').map(|line| line.strip_suffix('~'));
            let lines = cells[0].split('|').zip(marked.clone());
            let lines = lines.map(|(line, marked)| match marked.unwrap_or(line) {
                "B" => BODY,
                line => line,
            });
            let page = cleaned(&lines.collect::<Vec<_>>());
            let is_folded: Vec<bool> = page.folded().iter().map(Option::is_some).collect();
            let wanted: Vec<bool> = marked.map(|line| line.is_some()).collect();
            assert_eq!(is_folded, wanted, "{row}");
            let rules = cells.get(1).copied().unwrap_or_default();
            for rule in page.folded().into_iter().flatten() {
                assert!(
                    rules.split(' ').any(|wanted| wanted == rule),
                    "{row}: {rule}"
                );
            }
        }
    }
}

#[test]
fn what_stands_twice_goes_once() {
    let whole = FILES.replace('B', BODY);
    for row in [whole.clone(), hanconv::s2tw(&whole)]
        .iter()
        .flat_map(|files| files.lines())
    {
        let cells = cells(row);
        let text = cells[2].replace('⏎', "\n");
        let document = parse(
            &source::read(text.as_bytes(), None),
            ParseOptions::default(),
        );
        let mut folded = document.diagnostics().iter().filter(|d| d.folded);
        let is_mine = folded.any(|d| d.rule == cells[0] && d.excerpt.starts_with(cells[1]));
        assert!(is_mine, "{row}");
    }
}

#[test]
fn a_heading_with_text_below_it_stays() {
    for line in ["分享", "编辑：谁来把关"] {
        let mut page = DraftDocument::of_lines(&[BODY, BODY, line, BODY, BODY]);
        page.blocks[2].kind = BlockKind::Heading(2);
        clean(&mut page);
        assert_eq!(page.folded(), [None; 5], "{line}");
    }
}

#[test]
fn sources_of_pictures_and_notes_are_none_of_the_article() {
    use crate::document::BlockKind::{Caption, Heading, Item, Paragraph};
    let above = [
        ("来源：江城日报", Caption),
        ("资料来源：江城统计处", Caption),
    ];
    let notes = [("注释", Heading(2)), ("来源：江城百科", Item)];
    let figures = [("资料来源：江城统计处", Paragraph)];
    for tail in [&above[..], &notes, &figures] {
        for to_script in [str::to_owned, |line: &str| hanconv::s2tw(line)] {
            let tail: Vec<_> = tail
                .iter()
                .map(|(line, kind)| (to_script(line), *kind))
                .collect();
            let lines: Vec<&str> = [BODY, BODY]
                .into_iter()
                .chain(tail.iter().map(|(line, _)| &**line))
                .collect();
            let mut page = DraftDocument::of_lines(&lines);
            for (draft, (_, kind)) in page.blocks.iter_mut().skip(2).zip(&tail) {
                draft.kind = *kind;
            }
            clean(&mut page);
            assert_eq!(page.meta.source, None, "{tail:?}");
            assert!(page.folded().iter().all(Option::is_none), "{tail:?}");
        }
    }
}

#[test]
fn every_row_of_the_table_has_a_sample() {
    let meta = &Meta {
        title: "城市群的未来".into(),
        author: Some("周五".into()),
        ..Meta::default()
    };
    for rule in RULES {
        let mine = LINES
            .lines()
            .filter_map(|row| row.strip_prefix(rule.name)?.strip_prefix(' '));
        let takes = |line: &str| {
            let page = DraftDocument::of_lines(&[line]);
            let seen = Seen::new(&page.blocks[0], &meta.title, true).unwrap();
            seen.rule(meta, |other| ptr::eq(other, rule)).is_some()
        };
        match rule.takes {
            Takes::Rest(_) | Takes::Links(_) => {
                assert!(
                    TEXTS.lines().any(|row| row.ends_with(rule.name)),
                    "{}",
                    rule.name
                );
            }
            Takes::Copies(_) | Takes::Rows(_) => {
                let mut rows = FILES.lines().map(|row| cells(row)[0]);
                assert!(rows.any(|name| name == rule.name), "{}", rule.name);
            }
            Takes::Class(words) => words.iter().for_each(|class| {
                let text =
                    format!("<p>{BODY}</p><div class='a {class}'><p>某行</p></div><p>{BODY}</p>");
                let mut page = DraftDocument::default();
                html::read(&text, 1, &mut page);
                assert_eq!(page.folded(), [None, Some(rule.name), None], "{class}");
            }),
            Takes::ToolClass(words) => words.iter().for_each(|class| {
                let text = format!("<p>{BODY}<span class={class}>某词</span></p>");
                let mut page = DraftDocument::default();
                html::read(&text, 1, &mut page);
                let remarks: Vec<_> = page.remarks.iter().map(|r| r.rule).collect();
                assert_eq!((remarks, &*page.blocks[0].text), (vec![rule.name], BODY));
            }),
            _ => assert!(mine.map(|row| cells(row)[0]).any(takes), "{}", rule.name),
        }
    }
}
