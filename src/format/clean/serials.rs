//! Lines that sites put between the pages and chapters of a serial: links to other
//! chapters, where to read on, appeals for votes.
//!
//! Each predicate is about a whole line, simplified, which must hold nothing else.

use crate::format::prose;
use crate::text::fold::half_width;
use crate::text::letter;
use crate::text::words::Words;

/// Words that lead to other pages and chapters.
static LINKS: Words = Words::new(
    "返回章节目录 返回目录 返回书页 返回列表 返回顶部 返回首页 章节目录 章节列表 加入书签 加入书架
    加入收藏 投推荐票 推荐本书 章节报错 章节错误 点此举报 上一章 下一章 上一节 下一节 上一页
    下一页 上页 下页 首页 尾页 末页 目录 回目录 返回 书签 存书签 打开书架 我的书架 举报 快捷键",
);
/// Those of them that no text has on a line of their own.
static ALONE: Words = Words::new(
    "返回章节目录 返回目录 返回书页 加入书签 加入书架 投推荐票 章节报错 上一章 下一章 上一页
    下一页 尾页",
);

/// Counts and marks beside the words.
static COUNTS: Words = Words::new("共 第 页");
const LINK_MARKS: &str = "[]【】()|/<>«»←→·.-,:0123456789";

/// Recognises a line of nothing but links to pages and chapters:
/// `上一章 返回目录 下一章 加入书签`, `上一页 1 2 3 下一页 尾页 共5页`.
pub(crate) fn is_links(text: &str) -> bool {
    const TARGETS: [char; 6] = ['页', '章', '返', '目', '签', '节'];
    let is_mark = |c: char| c.is_whitespace() || LINK_MARKS.contains(c);
    let words = text.trim_start_matches(|c| is_mark(half_width(c)));
    if !(LINKS.starts(words) || COUNTS.starts(words)) || !words.contains(TARGETS) {
        return false;
    }
    let (mut rest, mut links, mut alone) = (prose::half(text).into_owned(), 0, false);
    for word in LINKS.iter() {
        let found = rest.matches(word).count();
        if found > 0 {
            links += found;
            alone |= ALONE.has(word);
            rest = rest.replace(word, " ");
        }
    }
    // 共5页, 第2页
    for part in COUNTS.iter() {
        rest = rest.replace(part, " ");
    }
    rest.chars().all(is_mark) && (links >= 2 || alone)
}

/// Beginnings of notices.
static NOTICES: Words = Words::new(
    "本章未完 这一章未完 本章还未完 小主，这个章节后面还有 最新章节 看最新章节 最快更新 更新最快
    手机用户请 手机版阅读 手机阅读 请记住本站 请记住本书 请记住我们 记住本站 一秒记住
    天才一秒记住 天才壹秒记住 百度搜索 本书首发 首发网址 首发网站 喜欢本书 如果喜欢本书
    更多精彩小说 章节错误 无弹窗 小提示： 本站域名 本书来自 本作品来自 本电子书由 欢迎访问
    请收藏本站 请大家收藏 阅读最新章节 推荐都市大神 为您提供",
);
/// Subjects of a notice.
static SUBJECTS: Words = Words::new(
    "继续阅读 下一页 网址 域名 手机版 阅读网 小说网 书网 文学网 中文网 收藏本站 本站 www http
    .com .net .org .cc .la 全文阅读 免费阅读 最新章节 更新最快 举报 书签 手机用户 后面更精彩
    更多内容",
);

/// Words that only end a chapter.
static ENDED: Words = Words::new("本章完 本章未完 未完待续 本章未完待续");
/// Marks around a notice.
const NOTICE_MARKS: &str = "（）()【】[].…。!！-~*—";

/// Recognises a notice of a site: `本章未完，点击下一页继续阅读`,
/// `请记住本站域名：…`, `（本章完）`.
pub(crate) fn is_notice(text: &str) -> bool {
    let is_mark =
        |c: char| !letter::is_letter(c) && (c.is_whitespace() || NOTICE_MARKS.contains(c));
    let text = text.trim_matches(is_mark);
    let has_subject = |rest: &str| SUBJECTS.occur_in(&rest.to_ascii_lowercase());
    ENDED.has(text) || NOTICES.rests(text).any(has_subject) && text.matches('。').count() <= 1
}

/// Recognises the line of a site of downloads above a book:
/// `更多小说下载请访问某书屋：http://…`, `阿某书库 提供下载`.
pub(crate) fn is_download(text: &str) -> bool {
    static OFFERS: Words = Words::new("下载 电子书 小说 书库 书城 书屋 书网 论坛 整理收藏");
    static ADDRESSES: Words = Words::new("www. http .com .net .org .cc");
    static PHRASES: Words = Words::new("提供下载 电子书来自 电子书由");
    let small = text.to_ascii_lowercase();
    let offered = OFFERS.occur_in(&small) && ADDRESSES.occur_in(&small);
    (offered || PHRASES.occur_in(&small)) && !text.contains('。')
}

/// Things that 求 asks for.
static VOTES: Words = Words::new(
    "月票 推荐票 推荐 收藏 订阅 打赏 支持 票 红票 鲜花 评论 书评 点击 追读 首订 全订 保底月票 三连
    各种",
);
/// Words beside an appeal.
static BESIDE_VOTES: Words = Words::new(
    "月票 推荐票 推荐 收藏 订阅 打赏 支持 票票 新书 期间 今日 今天 第 更 各位 大家 书友 继续
    感谢 谢谢 拜谢 跪 ps 一 二 两 三 四 五 六 七 八 九 十 万字 大章 加 了 啊 呀 的 和 及 请
    再 送到 奉上",
);

/// Recognises an appeal for votes: `求月票！求推荐票！`, `（第三更，求收藏）`.
pub(crate) fn is_appeal(text: &str) -> bool {
    let mut asked = text.split('求').skip(1);
    if !asked.any(|rest| VOTES.starts(rest)) {
        return false;
    }
    let mut rest = text.to_ascii_lowercase();
    for vote in VOTES.iter() {
        rest = rest.replace(&format!("求{vote}"), "");
    }
    for word in BESIDE_VOTES.iter() {
        rest = rest.replace(word, "");
    }
    !rest.chars().any(char::is_alphabetic)
}
