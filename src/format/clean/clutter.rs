//! Lines that are not the article: a table of rules, each over a whole line.
//!
//! 1. [`LINES`]: one row a rule: its name, where it acts, how long a line it takes, what
//!    the line shows at a glance, and the test. A line goes only if all of it fits.
//! 2. [`rule`] finds the one that speaks of a line; for most lines none does, which their
//!    first and last characters tell.
//! 3. The tests, in the order of the table; those of serials stand in
//!    [`serials`](crate::format::clean::serials).
//!
//! Knows no neighbours of a line, and folds nothing itself: that is `clean`'s.

use crate::format::clean::serials;
use crate::format::draft::DraftBlock;
use crate::format::prose;
use crate::text::letter;
use crate::text::words::{self, Firsts, Table};

/// Where in the article a rule may act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Everywhere.
    All,
    /// Among the first or last blocks.
    Ends,
}

/// What a line shows at a glance where a rule may speak of it.
#[derive(Clone, Copy)]
enum Glance {
    /// It begins with one of these characters.
    Begins(&'static Firsts),
    /// It begins so, or with what is no letter.
    BeginsOrMark(&'static Firsts),
    /// It ends with a letter of ASCII.
    EndsLatin,
    /// Nothing.
    Any,
}

impl Glance {
    /// Whether a line shows it.
    fn fits(self, text: &str) -> bool {
        match self {
            Self::Begins(firsts) => firsts.begin(text),
            Self::BeginsOrMark(firsts) => firsts.begin(text) || begins_with_mark(text),
            Self::EndsLatin => prose::ends_latin(text),
            Self::Any => true,
        }
    }
}

/// A rule over whole lines: its name, where it acts, how many characters the line
/// may have at most, what it shows, and the test.
struct Line {
    name: &'static str,
    place: Place,
    most: usize,
    glance: Glance,
    fits: fn(&DraftBlock) -> bool,
}

/// The rules over whole lines.
const LINES: &[Line] = &[
    Line {
        name: "comment",
        place: Place::All,
        most: COMMENT,
        glance: Glance::Begins(&COMMENT_FIRSTS),
        fits: is_comment,
    },
    Line {
        name: "image-name",
        place: Place::All,
        most: 80,
        glance: Glance::EndsLatin,
        fits: |d| prose::is_file_name(&d.text),
    },
    Line {
        name: "breadcrumb",
        place: Place::Ends,
        most: 120,
        glance: Glance::Any,
        fits: is_breadcrumb,
    },
    Line {
        name: "page-links",
        place: Place::Ends,
        most: 60,
        glance: Glance::Any,
        fits: |d| is_page_links(&d.text),
    },
    Line {
        name: "page-links",
        place: Place::All,
        most: 80,
        glance: Glance::Begins(&serials::STEP_FIRSTS),
        fits: serials::is_steps,
    },
    Line {
        name: "serial-notice",
        place: Place::All,
        most: 90,
        glance: Glance::Begins(&serials::NOTICE_FIRSTS),
        fits: serials::is_notice,
    },
    Line {
        name: "vote-line",
        place: Place::All,
        most: 40,
        glance: Glance::BeginsOrMark(&serials::VOTE_FIRSTS),
        fits: serials::is_vote,
    },
    Line {
        name: "share-line",
        place: Place::All,
        most: 60,
        glance: Glance::Begins(&SHARE_FIRSTS),
        fits: |d| is_share(&d.text),
    },
    Line {
        name: "forum-line",
        place: Place::All,
        most: 60,
        glance: Glance::Begins(&FORUM_FIRSTS),
        fits: |d| is_forum(&d.text),
    },
    Line {
        name: "qr-line",
        place: Place::Ends,
        most: 60,
        glance: Glance::Any,
        fits: |d| is_scan(&d.text),
    },
    Line {
        name: "site-footer",
        place: Place::Ends,
        most: 300,
        glance: Glance::Any,
        fits: |d| is_imprint(&d.text),
    },
    Line {
        name: "cookie-notice",
        place: Place::Ends,
        most: 300,
        glance: Glance::Any,
        fits: |d| is_cookie(&d.text),
    },
    Line {
        name: "subscription",
        place: Place::Ends,
        most: 120,
        glance: Glance::Any,
        fits: is_subscription,
    },
    Line {
        name: "copyright-line",
        place: Place::Ends,
        most: 160,
        glance: Glance::Any,
        fits: |d| is_copyright(&d.text),
    },
];

/// What a line begins with of which a rule may speak that acts everywhere; the names of
/// pictures, which begin with anything, aside.
const EVERYWHERE: Firsts = {
    let (mut all, mut i) = (Firsts::of(&[]), 0);
    while i < LINES.len() {
        if let (Place::All, Glance::Begins(firsts) | Glance::BeginsOrMark(firsts)) =
            (LINES[i].place, LINES[i].glance)
        {
            all = all.and(firsts);
        }
        i += 1;
    }
    all
};

/// The longest comment, in bytes.
const COMMENT: usize = 4000;

/// The most characters that a rule allows near an end, and anywhere; comments,
/// which are told by their first characters, aside.
const NEAR_END: usize = 300;
const ANYWHERE: usize = 90;

/// The rule by which a whole line goes. `near`: whether it is among the first or the
/// last blocks of the article.
pub fn rule(draft: &DraftBlock, near: bool) -> Option<&'static str> {
    let text = &*draft.text;
    if !near && !may_go(text) {
        return None;
    }
    // a paragraph is no line of clutter
    let most = if text.starts_with("<!--") {
        COMMENT
    } else {
        4 * if near { NEAR_END } else { ANYWHERE }
    };
    let speaks = |rule: &&Line| {
        (near || rule.place == Place::All)
            && rule.glance.fits(text)
            && prose::at_most(text, rule.most)
            && (rule.fits)(draft)
    };
    let rule = if text.len() <= most {
        LINES.iter().find(speaks)
    } else {
        None
    };
    rule.map(|rule| rule.name)
}

/// Whether a rule that acts everywhere may speak of a line: for most lines none does, which
/// their first and last characters tell.
fn may_go(text: &str) -> bool {
    EVERYWHERE.begin(text) || begins_with_mark(text) || prose::ends_latin(text)
}

/// Whether a text begins with what is no letter.
fn begins_with_mark(text: &str) -> bool {
    text.chars().next().is_some_and(|c| !letter::is_letter(c))
}

/// What a comment begins with.
static COMMENT_FIRSTS: Firsts = Firsts::of(&["<"]);

/// `<!-- … -->` on a line of its own, in text that is no HTML.
fn is_comment(draft: &DraftBlock) -> bool {
    draft.text.strip_prefix("<!--").is_some_and(|rest| {
        rest.strip_suffix("-->")
            .is_some_and(|inside| !inside.contains("-->"))
    })
}

/// `首页 > 新闻 > 正文`: a path of short steps from the home page.
fn is_breadcrumb(draft: &DraftBlock) -> bool {
    let text = &*draft.text;
    let here = [
        "当前位置",
        "您的位置",
        "您现在的位置",
        "您所在的位置",
        "目前位置",
        "所在位置",
        "當前位置",
    ]
    .iter()
    .any(|h| text.starts_with(h));
    let home = ["首页", "首頁", "主页", "Home", "网站首页"]
        .iter()
        .any(|h| text.starts_with(h));
    let steps = text
        .split(['>', '»', '›', '/', '＞', '→', '|', '·'])
        .count();
    here || (home
        && (steps >= 3 || (draft.is_link() && text.split_whitespace().count() >= 2))
        && !prose::has_stop(text))
}

/// `【1】`, `上一页 1 2 3 下一页`, `共3页`: nothing but page numbers and steps.
fn is_page_links(text: &str) -> bool {
    let mut rest: String = prose::half(text).into_owned();
    if rest
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace())
    {
        return false;
    }
    for word in [
        "上一页",
        "下一页",
        "首页",
        "尾页",
        "末页",
        "上页",
        "下页",
        "上一頁",
        "下一頁",
        "前一页",
        "后一页",
        "全文",
        "余下",
        "第",
        "共",
        "页",
        "頁",
        "余",
        "在本页阅读",
        "next",
        "prev",
        "page",
    ] {
        rest = rest.replace(word, "");
    }
    let marks = rest.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(
                c,
                '[' | ']'
                    | '【'
                    | '】'
                    | '('
                    | ')'
                    | '/'
                    | '|'
                    | '<'
                    | '>'
                    | '«'
                    | '»'
                    | '·'
                    | '.'
                    | '-'
            )
    });
    // （1） alone may head a point
    let bracketed = text.starts_with(['【', '['])
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().count() <= 40;
    let worded = rest.chars().count() < text.chars().count();
    marks && (bracketed || worded)
}

/// Words of web page tools; a line that holds nothing else goes.
const TOOLS: Table = Table::of(&[
    "分享到",
    "分享至",
    "分享",
    "转发",
    "收藏",
    "打印本页",
    "打印",
    "關閉",
    "关闭窗口",
    "关闭",
    "返回顶部",
    "返回首页",
    "返回列表",
    "返回目录",
    "点赞",
    "點讚",
    "举报",
    "纠错",
    "复制链接",
    "扫一扫",
    "微信",
    "微博",
    "新浪微博",
    "朋友圈",
    "QQ空间",
    "QQ好友",
    "人人网",
    "豆瓣",
    "Facebook",
    "Twitter",
    "WhatsApp",
    "Line",
    "Email",
    "邮件",
    "字号",
    "字体",
    "大",
    "中",
    "小",
    "繁",
    "简",
    "我要评论",
    "发表评论",
    "网友评论",
    "我要纠错",
    "点击查看更多",
    "展开全文",
    "阅读全文",
    "阅读原文",
    "查看原文",
    "更多",
    "赞",
    "在看",
    "手机看新闻",
    "微信扫码",
    "回复",
    "举报",
    "View",
    "MORE",
    "Share",
    "Tweet",
    "Print",
    "Like",
    "Reply",
    "Read more",
]);

/// Marks and blanks between tools.
const SHARE_MARKS: &str = "|｜/·：:[]【】（）()、-+";
/// What a line of tools begins with.
static SHARE_FIRSTS: Firsts = Firsts::of(&["返回"])
    .and(TOOLS.firsts())
    .or_any(SHARE_MARKS)
    .or_any(words::BLANKS);

/// What it is made of.
static SHARE_CHARS: Firsts = Firsts::of(&[])
    .or_all(TOOLS.all())
    .or_any(SHARE_MARKS)
    .or_any(words::BLANKS);

/// Whether a line holds nothing but tools of the page, two of them or one that
/// is no word of prose by itself.
fn is_share(text: &str) -> bool {
    // 返回搜狐，查看更多
    if text
        .strip_prefix("返回")
        .and_then(|r| r.strip_suffix("查看更多"))
        .is_some_and(|site| site.trim_end_matches(['，', ',', ' ']).chars().count() <= 6)
    {
        return true;
    }
    let parts = |c: char| !letter::is_letter(c) && (c.is_whitespace() || SHARE_MARKS.contains(c));
    // most lines are made of other characters
    if !text.chars().all(|c| SHARE_CHARS.has(c)) || text.contains(['。', '；', '！']) {
        return false;
    }
    let mut words = text.split(parts).filter(|w| !w.is_empty());
    let mut count = 0;
    if !words.all(|word| (count += 1, TOOLS.has(word)).1) {
        return false;
    }
    let alone = count == 1
        && text.chars().count() >= 2
        && !matches!(
            text,
            "微信"
                | "微博"
                | "朋友圈"
                | "豆瓣"
                | "邮件"
                | "更多"
                | "字体"
                | "Line"
                | "View"
                | "MORE"
                | "Share"
                | "Like"
                | "Email"
                | "Print"
                | "Reply"
                | "分享"
                | "收藏"
                | "回复"
                | "转发"
                | "打印"
        );
    count >= 2 || alone
}

/// What a forum's line begins with.
static FORUM_FIRSTS: Firsts = Firsts::of(&["本"]).or_any("[]【】 ");

/// `本帖最后由 某甲 于 2019-2-22 07:31 编辑`: what a forum says of a post.
fn is_forum(text: &str) -> bool {
    const EDGES: &[char] = &['[', ']', ' ', '【', '】'];
    let ends = |rest: &str| rest.ends_with(['辑', '輯', '作', '题', '題']) && rest.contains(' ');
    words::behind(
        text.trim_start_matches(EDGES),
        &["本帖最后由", "本帖最後由", "本帖由", "本主题由"],
    )
    .any(|rest| ends(rest.trim_end_matches(EDGES)))
}

/// An appeal to subscribe, pay or follow: it asks, and names what for.
pub fn is_subscription(draft: &DraftBlock) -> bool {
    const ASKS: &[&str] = &[
        "请",
        "請",
        "欢迎",
        "歡迎",
        "扫码",
        "掃碼",
        "长按",
        "长按二维码",
        "扫描",
        "点击",
        "點擊",
        "立即",
        "如果您喜欢",
        "如果你喜欢",
        "喜欢本文",
        "關注",
        "关注",
        "訂閱",
        "订阅",
        "月費",
        "支持",
        "加入",
    ];
    const FOR: &[&str] = &[
        "訂戶",
        "订户",
        "訂閱",
        "订阅",
        "月費",
        "贊助",
        "赞助",
        "打赏",
        "捐款",
        "捐助",
        "公众号",
        "公眾號",
        "微信号",
        "二维码",
        "關注我們",
        "关注我们",
        "会员",
        "會員",
        "Patreon",
        "newsletter",
        "粉丝专页",
        "粉絲專頁",
    ];
    let text = draft
        .text
        .trim_start_matches(['【', '（', '(', '[', '*', '▲', '●']);
    // a line that says 网址 or is one link needs no more; a plain sentence must stand alone and be short
    let asks = ASKS.iter().any(|a| text.starts_with(a));
    let named = FOR.iter().filter(|f| text.contains(**f)).count();
    let linked = draft
        .markup
        .iter()
        .any(|(k, _)| matches!(k, crate::document::MarkupKind::Link(_)));
    asks && named >= 1
        && (linked
            || named >= 2
            || draft.is_link()
            || (prose::len(text) <= 40 && !text.contains('，')))
}

/// A notice of rights as sites print it under an article.
fn is_copyright(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "版权所有",
        "版權所有",
        "版权声明",
        "版權聲明",
        "免责声明",
        "免責聲明",
        "Copyright",
        "copyright",
        "©",
        "(c)",
        "声明：本文",
        "特别声明：",
        "特別聲明：",
        "平台声明：",
        "平台聲明：",
        "本文版权归",
        "转载请注明",
        "轉載請註明",
        "未经授权",
        "未經授權",
        "本文由",
        "文章转载自",
        "（版权归",
    ];
    STARTS.iter().any(|s| {
        text.trim_start_matches(['（', '(', '【', '['])
            .starts_with(s)
    }) && (text.contains("转载")
        || text.contains("版权")
        || text.contains("版權")
        || text.contains("轉載")
        || text.contains("opyright")
        || text.contains('©')
        || text.contains("观点")
        || text.contains("觀點")
        || text.contains("平台"))
}

/// `扫一扫在手机打开当前页`: what to do with the code beside the text.
fn is_scan(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "扫一扫",
        "扫码",
        "掃一掃",
        "微信扫",
        "微信掃",
        "用微信扫",
        "打开微信",
        "使用微信",
        "手机扫",
        "扫描二维码",
        "扫描上方",
        "扫描下方",
        "长按识别",
        "长按二维码",
        "手机看",
        "手机阅读",
    ];
    const FOR: &[&str] = &[
        "手机",
        "分享",
        "二维码",
        "朋友圈",
        "当前页",
        "本页",
        "打开",
        "关注",
        "下载",
        "客户端",
        "微信",
        "阅读",
    ];
    let mut rest = STARTS.iter().filter_map(|s| text.strip_prefix(s));
    rest.any(|rest| rest.is_empty() || FOR.iter().any(|f| rest.contains(f)))
        && !text.trim_end_matches('。').contains('。')
}

/// Licence numbers and hot lines that every site prints at its foot.
fn is_imprint(text: &str) -> bool {
    if text
        .get(..11)
        .is_some_and(|head| head.eq_ignore_ascii_case("powered by "))
        && !prose::has_stop(text)
    {
        return true;
    }
    let licence = [
        "ICP备",
        "ICP证",
        "ICP備",
        "公网安备",
        "公安备",
        "网安备",
        "许可证号",
        "许可证编号",
        "互联网新闻信息服务许可证",
    ]
    .iter()
    .any(|l| text.contains(l));
    let number = text.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let line = [
        "举报电话",
        "违法和不良信息举报",
        "不良信息举报",
        "网上有害信息举报",
        "联系我们",
        "关于我们",
        "网站地图",
        "主办单位：",
        "网站标识码",
    ]
    .iter()
    .any(|l| text.starts_with(l));
    licence && number
        || line
            && !text.contains('。')
            && (number
                || text
                    .split(['|', ' ', '-', '·'])
                    .filter(|w| !w.trim().is_empty())
                    .count()
                    >= 2)
}

/// A notice that the site keeps cookies.
fn is_cookie(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("cookie")
        && [
            "本网站使用",
            "本站使用",
            "我们使用",
            "我們使用",
            "本網站使用",
            "this site uses",
            "this website uses",
            "we use",
        ]
        .iter()
        .any(|s| lower.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::format::draft::DraftDocument;

    #[test]
    fn the_longest_lines_are_as_long_as_the_rules_allow() {
        let most = |place: fn(Place) -> bool| {
            LINES
                .iter()
                .filter(|l| l.name != "comment" && place(l.place))
                .map(|l| l.most)
                .max()
        };
        assert_eq!(most(|p| p == Place::All), Some(ANYWHERE));
        assert_eq!(most(|_| true), Some(NEAR_END));
    }

    #[test]
    fn what_a_rule_speaks_of_shows_it_at_a_glance() {
        let marks = "|｜/·：:[]【】（）()、-+<>«»←→.。!！~*—… 　3５";
        let marks: Vec<String> = marks.chars().map(String::from).collect();
        let parts: Vec<&str> = TOOLS
            .all()
            .iter()
            .chain(serials::words())
            .map(|word| &**word)
            .chain(marks.iter().map(String::as_str))
            .collect();
        let parts = [
            parts,
            vec![
                "<!--",
                "-->",
                "图.jpg",
                "本帖最后由 甲 于 2019 编辑",
                "返回搜狐，查看更多",
                "甲",
                "PS",
                "下一页",
                "求月票",
            ],
        ]
        .concat();
        let mut spoken = 0;
        for text in words::mixtures(&parts, &[""], 60_000) {
            let mut page = DraftDocument::default();
            page.block(BlockKind::Paragraph, 0, 1, &text);
            let Some(draft) = page.blocks.first() else {
                continue;
            };
            for line in LINES.iter().filter(|line| (line.fits)(draft)) {
                assert!(line.glance.fits(&draft.text), "{} {text}", line.name);
                assert!(
                    line.place == Place::Ends || may_go(&draft.text),
                    "{} {text}",
                    line.name
                );
                spoken += 1;
            }
        }
        assert!(spoken > 5_000, "{spoken}");
    }
}
