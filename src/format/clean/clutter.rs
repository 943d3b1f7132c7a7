//! Lines that are not the article: tests of [rules](crate::format::rules::RULES) over a whole
//! line, simplified, in the order of their table.
//!
//! Knows no neighbours of a line, and folds nothing itself.

use crate::document::MarkupKind;
use crate::format::draft::DraftBlock;
use crate::format::facts::labels::TOOLS;
use crate::format::prose;
use crate::text::letter;
use crate::text::words::Words;

/// Recognises `<!-- … -->` on a line of its own, in text that is not HTML.
pub(crate) fn is_comment(text: &str) -> bool {
    let inside = text
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"));
    inside.is_some_and(|inside| !inside.contains("-->"))
}

/// Recognises a path of short steps from the home page: `首页 > 新闻 > 正文`.
pub(crate) fn is_breadcrumb(draft: &DraftBlock, text: &str) -> bool {
    static HERE: Words =
        Words::new("当前位置 您的位置 您现在的位置 您所在的位置 目前位置 所在位置");
    static HOME: Words = Words::new("首页 主页 Home 网站首页");
    const ARROWS: [char; 8] = ['>', '»', '›', '/', '＞', '→', '|', '·'];
    let is_path = || {
        let steps = text.split(ARROWS).count();
        steps >= 3 || draft.is_link() && text.split_whitespace().count() >= 2
    };
    HERE.starts(text) || HOME.starts(text) && is_path() && !prose::has_stop(text)
}

/// Recognises nothing but page numbers and steps: `【1】`, `上一页 1 2 3 下一页`, `共3页`.
pub(crate) fn is_page_links(text: &str) -> bool {
    static STEPS: Words = Words::new(
        "上一页 下一页 首页 尾页 末页 上页 下页 前一页 后一页 全文 余下 第 共 页 余 在本页阅读
        next prev page",
    );
    const PAGE_MARKS: &str = "[]【】()/|<>«»·.-";
    let is_number = |c: char| c.is_ascii_digit() || c.is_whitespace();
    let half = prose::half(text);
    if half.chars().all(is_number) {
        return false;
    }
    let step_free = |rest: String, step| rest.replace(step, "");
    let rest = STEPS.iter().fold(half.into_owned(), step_free);
    // （1） alone may head a point
    let is_bracketed = text.starts_with(['【', '['])
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().count() <= 40;
    rest.chars().all(|c| is_number(c) || PAGE_MARKS.contains(c))
        && (is_bracketed || rest.chars().count() < text.chars().count())
}

/// Recognises the numbers of three pages and more in brackets: `【1】【2】【3】`.
pub(crate) fn is_page_row(text: &str) -> bool {
    let mut pages = text
        .split(['】', ']'])
        .filter(|page| !page.trim().is_empty())
        .zip(1u32..);
    let counts = pages.by_ref().all(|(page, number)| {
        let page = page.trim().strip_prefix(['【', '[']);
        page.is_some_and(|page| page.parse() == Ok(number))
    });
    counts && text.matches(['】', ']']).count() >= 3
}

/// Tools that a text may have on a line of their own.
static WORDS_OF_PROSE: Words = Words::new(
    "微信 微博 朋友圈 豆瓣 邮件 更多 字体 Line View MORE Share Like Email Print Reply 分享 收藏
    回复 转发 打印",
);

/// Recognises a line of page tools only: at least two, or one that is never a word of prose.
pub(crate) fn is_share(text: &str) -> bool {
    // 返回搜狐，查看更多
    let site = text
        .strip_prefix("返回")
        .and_then(|rest| rest.strip_suffix("查看更多"));
    if site.is_some_and(|site| site.trim_end_matches(['，', ',', ' ']).chars().count() <= 6) {
        return true;
    }
    let is_between = |c: char| {
        !letter::is_letter(c) && (c.is_whitespace() || "|｜/·：:[]【】（）()、-+".contains(c))
    };
    let mut words = text.split(is_between).filter(|word| !word.is_empty());
    let mut count = 0;
    let all_tools = words.all(|word| {
        let tools = if TOOLS.has(word) {
            Some(1)
        } else {
            tools_in(word)
        };
        count += tools.unwrap_or_default();
        tools.is_some()
    });
    let is_tool_alone = || count == 1 && text.chars().count() >= 2 && !WORDS_OF_PROSE.has(text);
    all_tools && (count >= 2 || is_tool_alone())
}

/// Returns the number of tools in a word that is nothing but these: `打印关闭` of two buttons.
fn tools_in(word: &str) -> Option<usize> {
    if word.is_empty() {
        return Some(0);
    }
    let long = |rest: &&str| prose::at_least(word.strip_suffix(rest).unwrap_or_default(), 2);
    let mut rests = TOOLS.rests(word).filter(long);
    rests.find_map(|rest| Some(1 + tools_in(rest)?))
}

/// Recognises how many readers approve: `1,024 人赞同了该回答`.
pub(crate) fn is_approval(text: &str) -> bool {
    static APPROVALS: Words =
        Words::new("人赞同了该回答 人赞同了该文章 人赞同 次咨询 人喜欢 人点赞");
    let count = APPROVALS.strip_suffix(text).map(str::trim);
    let in_count = |c: char| c.is_ascii_digit() || ",.万千K ".contains(c);
    count.is_some_and(|count| !count.is_empty() && count.chars().all(in_count))
}

/// Recognises the address that a copy of the article was taken from: `链接：https://…`.
pub(crate) fn is_own_address(text: &str) -> bool {
    static ADDRESS_LABELS: Words =
        Words::new("链接 原文链接 本文链接 文章链接 原文地址 本文地址 文章地址");
    let mut rests = ADDRESS_LABELS
        .rests(text)
        .filter_map(|rest| rest.strip_prefix(['：', ':']));
    rests.any(|rest| {
        rest.contains("://") && !rest.trim().contains(char::is_whitespace) && rest.is_ascii()
    })
}

/// Recognises the note of a forum on a post: `本帖最后由 某甲 于 2019-2-22 07:31 编辑`.
pub(crate) fn is_forum(text: &str) -> bool {
    static POSTS: Words = Words::new("本帖最后由 本帖由 本主题由");
    const BRACKETS: [char; 5] = ['[', ']', ' ', '【', '】'];
    let ends = |rest: &str| rest.ends_with(['辑', '作', '题']) && rest.contains(' ');
    POSTS
        .rests(text.trim_start_matches(BRACKETS))
        .any(|rest| ends(rest.trim_end_matches(BRACKETS)))
}

/// Recognises what a BBS writes below a post: `※ 发信站: …`, `推 shen: … 04/03 07:20`.
pub(crate) fn is_bbs_line(text: &str) -> bool {
    static STATIONS: Words = Words::new("发信站 文章网址 编辑 转录者 来源 修改");
    static VOTES: Words = Words::new("推 嘘 →");
    let is_vote = |rest: &str| {
        let (name, said) = rest.trim_start().split_once(':')?;
        let (said, time) = said.trim_end().rsplit_once(' ')?;
        let is_name = name.trim().bytes().all(|b| b.is_ascii_alphanumeric());
        let is_time = time.contains(':') && time.bytes().all(|b| b.is_ascii_digit() || b == b':');
        Some(!name.is_empty() && is_name && is_time && said.contains('/'))
    };
    let station = text.strip_prefix('※').map(str::trim_start);
    let is_station = station.is_some_and(|text| STATIONS.starts(text) && text.contains(':'));
    // two dashes head a signature
    text == "--" || is_station || VOTES.rests(text).any(|rest| is_vote(rest) == Some(true))
}

/// Recognises an appeal to subscribe, pay or follow: it asks, and names what for.
pub(crate) fn is_subscription(draft: &DraftBlock, text: &str) -> bool {
    static ASKS: Words = Words::new(
        "请 欢迎 扫码 长按 长按二维码 扫描 点击 立即 如果您喜欢 如果你喜欢 喜欢本文 关注 订阅 月费
        支持 加入",
    );
    static ASKED_FOR: Words = Words::new(
        "订户 订阅 月费 赞助 打赏 捐款 捐助 公众号 微信号 二维码 关注我们 会员 Patreon newsletter
        粉丝专页",
    );
    static SUBJECTS: Words = Words::new(
        "订 关注 公众号 微信 二维码 扫码 识别 支持 赞助 打赏 捐 会员 月费 粉丝 点赞 在看 分享 转发 朋友
        我们 我 获取 精彩 内容 更多 点击 链接 回复 加入 通讯 网址 推送 newsletter Patreon",
    );
    let text = text.trim_start_matches(['【', '（', '(', '[', '*', '▲', '●']);
    if !ASKS.starts(text) || !is_all_about(text, &SUBJECTS) {
        return false;
    }
    let is_link = |(kind, _): &(MarkupKind, _)| matches!(kind, MarkupKind::Link(_));
    // one thing is enough beside a link; a plain sentence must be short and go on to nothing
    match ASKED_FOR.iter().filter(|what| text.contains(what)).count() {
        0 => false,
        1 => draft.markup.iter().any(is_link) || prose::len(text) <= 40 && !text.contains('，'),
        _ => true,
    }
}

/// Recognises a notice of rights as sites print it under an article.
pub(crate) fn is_copyright(text: &str) -> bool {
    static STARTS: Words = Words::new(
        "着作权归 版权归 商业转载 版权所有 版权声明 免责声明 Copyright copyright © 声明：本文 特别声明： 平台声明：
        本文版权归 转载请注明 未经授权 本文由 文章转载自",
    );
    static RIGHTS: Words = Words::new("转载 版权 opyright © 观点 平台");
    static SUBJECTS: Words = Words::new(
        "转载 版权 opyright © 观点 平台 授权 侵权 注明 出处 来源 作者 声明 立场 责任 联系 删除 原创 本文
        本站 本网 网站 所有 权利 Rights rights",
    );
    STARTS.starts(text.trim_start_matches(['（', '(', '【', '[']))
        && RIGHTS.occur_in(text)
        && is_all_about(text, &SUBJECTS)
}

/// Returns whether every clause of a text has one of the words: a set phrase in a sentence that
/// goes on to something else is that sentence.
fn is_all_about(text: &str, words: &Words) -> bool {
    let clauses = text.split(['，', ',', '。', '；', ';', '！', '!']);
    let mut clauses = clauses.filter(|clause| clause.chars().any(char::is_alphanumeric));
    clauses.all(|clause| words.occur_in(clause))
}

/// Recognises an instruction for the code beside the text: `扫一扫在手机打开当前页`.
pub(crate) fn is_scan(text: &str) -> bool {
    static STARTS: Words = Words::new(
        "扫一扫 扫码 微信扫 用微信扫 打开微信 使用微信 手机扫 扫描二维码 扫描上方 扫描下方
        长按识别 长按二维码 手机看 手机阅读",
    );
    static PURPOSES: Words = Words::new(
        "手机 分享 二维码 朋友圈 当前页 本页 打开 关注 下载 客户端 微信 阅读 加入 读者群",
    );
    static SUBJECTS: Words = Words::new(
        "扫 识别 长按 二维码 关注 公众号 微信 分享 下载 客户端 打开 查看 阅读 点击 加入 群 更多 获取 本页
        当前页 手机看",
    );
    let mut rests = STARTS.rests(text);
    is_all_about(text, &SUBJECTS)
        && rests.any(|rest| rest.is_empty() || PURPOSES.occur_in(rest))
        && !text.trim_end_matches('。').contains('。')
}

/// Recognises licence numbers and hot lines that sites print at their foot.
pub(crate) fn is_imprint(text: &str) -> bool {
    static LICENCES: Words = Words::new(
        "ICP备 ICP证 公网安备 公安备 网安备 许可证号 许可证编号 互联网新闻信息服务许可证",
    );
    static FOOTER_LINES: Words = Words::new(
        "举报电话 违法和不良信息举报 不良信息举报 网上有害信息举报 联系我们 关于我们 网站地图
        主办单位： 网站标识码 本页面最后编辑于 本页面最后修订于 本页最后编辑于",
    );
    let head = text.get(.."powered by ".len()).unwrap_or_default();
    if head.eq_ignore_ascii_case("powered by ") && !prose::has_stop(text) {
        return true;
    }
    let has_number = text.bytes().filter(u8::is_ascii_digit).count() >= 4;
    let several = || {
        let parts = text.split(['|', ' ', '-', '·']);
        parts.filter(|part| !part.trim().is_empty()).count() >= 2
    };
    LICENCES.occur_in(text) && has_number
        || FOOTER_LINES.starts(text) && !text.contains('。') && (has_number || several())
}

/// Recognises a notice that the site keeps cookies.
pub(crate) fn is_cookie(text: &str) -> bool {
    static STARTS: Words = Words::new("本网站使用 本站使用 我们使用");
    let lower = text.to_lowercase();
    let mut in_english = ["this site uses", "this website uses", "we use"].into_iter();
    let begins = STARTS.starts(&lower) || in_english.any(|start| lower.starts_with(start));
    begins && lower.contains("cookie")
}
