//! Knows the lines that sites put between the pages and chapters of a serial: links
//! to other chapters, where to read on, appeals for votes.
//!
//! Each test is over a whole line, which must hold nothing else.

use crate::format::draft::DraftBlock;
use crate::format::prose;
use crate::text::letter;
use crate::text::words::{self, Firsts, Table};

/// Words that lead to other pages and chapters.
const STEPS: &[&str] = &[
    "返回章节目录",
    "返回目录",
    "返回书页",
    "返回列表",
    "返回顶部",
    "返回首页",
    "章节目录",
    "章节列表",
    "加入书签",
    "加入书架",
    "加入收藏",
    "投推荐票",
    "推荐本书",
    "章节报错",
    "章节错误",
    "点此举报",
    "上一章",
    "下一章",
    "上一节",
    "下一节",
    "上一页",
    "下一页",
    "上页",
    "下页",
    "首页",
    "尾页",
    "末页",
    "目录",
    "回目录",
    "返回",
    "書籤",
    "上一頁",
    "下一頁",
    "首頁",
    "尾頁",
    "末頁",
    "目錄",
    "存书签",
    "打开书架",
    "我的书架",
    "书签",
    "举报",
    "快捷键",
];
/// Those of them that no text has on a line of their own.
const ALONE: &[&str] = &[
    "返回章节目录",
    "返回目录",
    "返回书页",
    "加入书签",
    "加入书架",
    "投推荐票",
    "章节报错",
    "上一章",
    "下一章",
    "上一页",
    "下一页",
    "上一頁",
    "下一頁",
    "尾页",
];

/// What may stand beside the words: counts and marks.
const COUNTS: &[&str] = &["共", "第", "页", "頁"];
const STEP_MARKS: &str = "[]【】()|/<>«»←→·.-,:0123456789";
/// What such a line begins with, in either width: all of it must be words, counts and marks.
pub static STEP_FIRSTS: Firsts = STEP_SIGNS.or(STEPS).or(COUNTS);
/// What it is made of.
static STEP_CHARS: Firsts = STEP_SIGNS.or_all(STEPS).or_all(COUNTS);
const STEP_SIGNS: Firsts = Firsts::of(&[])
    .or_any(STEP_MARKS)
    .or_any("［］（）｜／＜＞．－，：０１２３４５６７８９")
    .or_any(words::BLANKS);

/// `上一章 返回目录 下一章 加入书签`, `上一页 1 2 3 下一页 尾页 共5页`.
pub fn is_steps(draft: &DraftBlock) -> bool {
    // a quick look first: most lines are none
    const MARKS: [char; 8] = ['页', '頁', '章', '返', '目', '签', '籤', '节'];
    if !draft.text.chars().all(|c| STEP_CHARS.has(c)) || !draft.text.contains(MARKS) {
        return false;
    }
    let half = prose::half(&draft.text).into_owned();
    let (mut rest, mut words, mut alone) = (half, 0, false);
    for word in STEPS {
        let found = rest.matches(word).count();
        if found > 0 {
            words += found;
            alone |= ALONE.contains(word);
            rest = rest.replace(word, " ");
        }
    }
    // 共5页, 第2页
    for part in COUNTS {
        rest = rest.replace(part, " ");
    }
    let nothing = rest
        .chars()
        .all(|c| c.is_whitespace() || STEP_MARKS.contains(c));
    nothing && (words >= 2 || alone)
}

/// How notices begin.
const NOTICES: Table = Table::of(&[
    "本章未完",
    "这一章未完",
    "本章还未完",
    "小主，这个章节后面还有",
    "最新章节",
    "看最新章节",
    "最快更新",
    "更新最快",
    "手机用户请",
    "手机版阅读",
    "手机阅读",
    "请记住本站",
    "请记住本书",
    "请记住我们",
    "記住本站",
    "记住本站",
    "一秒记住",
    "天才一秒记住",
    "天才壹秒記住",
    "一秒記住",
    "百度搜索",
    "本书首发",
    "首发网址",
    "首发网站",
    "喜欢本书",
    "如果喜欢本书",
    "更多精彩小说",
    "章节错误",
    "无弹窗",
    "小提示：",
    "本站域名",
    "本书来自",
    "本作品来自",
    "本电子书由",
    "欢迎访问",
    "请收藏本站",
    "请大家收藏",
    "阅读最新章节",
    "推荐都市大神",
    "为您提供",
]);
/// What a notice is about.
const ABOUT: &[&str] = &[
    "继续阅读",
    "下一页",
    "网址",
    "域名",
    "手机版",
    "阅读网",
    "小说网",
    "书网",
    "文学网",
    "中文网",
    "收藏本站",
    "本站",
    "www",
    "http",
    ".com",
    ".net",
    ".org",
    ".cc",
    ".la",
    "全文阅读",
    "免费阅读",
    "最新章节",
    "更新最快",
    "举报",
    "书签",
    "手机用户",
    "后面更精彩",
    "更多内容",
];

/// What a line says that only ends a chapter.
const ENDED: &[&str] = &["本章完", "本章未完", "未完待续", "未完待續", "本章未完待续"];
/// Marks around a notice.
const AROUND: &str = "（）()【】[].…。!！-~*—";
/// What a notice begins with.
pub static NOTICE_FIRSTS: Firsts = Firsts::of(ENDED)
    .and(NOTICES.firsts())
    .or_any(AROUND)
    .or_any(words::BLANKS);

/// `本章未完，点击下一页继续阅读`, `请记住本站域名：…`, `（本章完）`.
pub fn is_notice(draft: &DraftBlock) -> bool {
    let text = draft
        .text
        .trim_matches(|c: char| !letter::is_letter(c) && (c.is_whitespace() || AROUND.contains(c)));
    let ended = ENDED.contains(&text);
    let about = |rest: &str| {
        let rest = rest.to_ascii_lowercase();
        ABOUT.iter().any(|about| rest.contains(about))
    };
    let notice = NOTICES.behind(text).any(about);
    ended || (notice && text.matches('。').count() <= 1)
}

/// What an appeal for votes is made of.
const VOTES: &[&str] = &[
    "求月票",
    "求推荐票",
    "求推薦票",
    "求推荐",
    "求收藏",
    "求订阅",
    "求打赏",
    "求支持",
    "求票",
    "求红票",
    "求鲜花",
    "求评论",
    "求书评",
    "求点击",
    "求追读",
    "求首订",
    "求全订",
    "求保底月票",
    "求三连",
    "求各种",
];
/// What may stand beside it.
const BESIDE: &[&str] = &[
    "月票",
    "推荐票",
    "推荐",
    "收藏",
    "订阅",
    "打赏",
    "支持",
    "票票",
    "新书",
    "期间",
    "今日",
    "今天",
    "第",
    "更",
    "各位",
    "大家",
    "书友",
    "继续",
    "感谢",
    "谢谢",
    "拜谢",
    "跪",
    "ps",
    "一",
    "二",
    "两",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "万字",
    "大章",
    "加",
    "了",
    "啊",
    "呀",
    "的",
    "和",
    "及",
    "请",
    "再",
    "送到",
    "奉上",
    "！",
    "和",
];

/// What an appeal begins with, marks aside: all of it must be these words.
pub static VOTE_FIRSTS: Firsts = Firsts::of(VOTES).or(BESIDE).or_any("P");
/// What it is made of, marks aside.
static VOTE_CHARS: Firsts = Firsts::of(&[]).or_all(VOTES).or_all(BESIDE).or_any("PS");

/// `求月票！求推荐票！`, `（第三更，求收藏）`.
pub fn is_vote(draft: &DraftBlock) -> bool {
    if !draft
        .text
        .chars()
        .all(|c| VOTE_CHARS.has(c) || !letter::is_letter(c))
    {
        return false;
    }
    let mut rest = draft.text.to_ascii_lowercase();
    if !VOTES.iter().any(|v| rest.contains(v)) {
        return false;
    }
    for word in VOTES.iter().chain(BESIDE) {
        rest = rest.replace(word, "");
    }
    !rest.chars().any(char::is_alphabetic)
}

/// All words that rules here look for.
#[cfg(test)]
pub fn words() -> impl Iterator<Item = &'static &'static str> {
    [STEPS, COUNTS, NOTICES.all(), ABOUT, ENDED, VOTES, BESIDE]
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::BlockKind;
    use crate::format::draft::DraftDocument;

    fn holds(test: fn(&DraftBlock) -> bool, line: &str) -> bool {
        let mut page = DraftDocument::default();
        page.block(BlockKind::Paragraph, 0, 1, line);
        test(&page.blocks[0])
    }

    #[test]
    fn what_sites_put_between_chapters() {
        for line in [
            "上一页 下一页 尾页 共5页",
            "返回目录",
            "上一章 | 返回目录 | 下一章 加入书签",
            "[上一页] [1] [2] [下一页]",
            "上一章 ← 章节列表 → 下一章",
        ] {
            assert!(holds(is_steps, line), "{line}");
        }
        for line in [
            "本章未完，点击下一页继续阅读",
            "（本章未完，请点击下一页继续阅读）",
            "最新章节请到某某小说网阅读",
            "请记住本站域名：www.example.com",
            "一秒记住【某某网】，为您提供免费阅读",
            "（本章完）",
            "未完待续……",
            "手机用户请到m.example.com阅读",
            "请记住本书首发域名：example.com。手机版阅读网址：m.example.com",
        ] {
            assert!(holds(is_notice, line), "{line}");
        }
        for line in [
            "求月票！求推荐票！",
            "（第三更，求收藏）",
            "PS：求推荐票，求收藏，谢谢大家！",
        ] {
            assert!(holds(is_vote, line), "{line}");
        }
    }

    #[test]
    fn sentences_stay() {
        for line in [
            "目录",
            "首页",
            "返回",
            "他翻到下一页，继续阅读。",
            "请记住这句话。",
            "最新章节里，他死了。",
            "他到处求支持，没有人理他。",
            "月票一张五十元。",
            "一秒记住一个人，一生忘记一个人。",
            "百度搜索的结果让他吃惊。",
            "未完待续的故事",
            "第 5 回",
            "欢迎访问的客人",
            "书签",
            "1 2 3",
        ] {
            assert!(
                ![is_steps as fn(&DraftBlock) -> bool, is_notice, is_vote]
                    .iter()
                    .any(|t| holds(*t, line)),
                "{line}"
            );
        }
    }
}
