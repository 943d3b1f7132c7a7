//! Cleans the title for the header: the name of a column before it, the name of
//! a site after it.
//!
//! The title as written is kept beside the cleaned one. A prefix goes only where it
//! is the known name of a column, a suffix only after a mark that sites use.

use super::draft::Page;
use super::{notes, prose};

/// Names of columns that stand before a title with a colon.
const COLUMNS: &[&str] = &[
    "评论",
    "評論",
    "社论",
    "社論",
    "时评",
    "時評",
    "短评",
    "快评",
    "锐评",
    "述评",
    "社评",
    "社評",
    "专栏",
    "观点",
    "理论",
    "来论",
    "來論",
    "热评",
    "网评",
    "辣评",
    "锐评论",
    "评论员文章",
    "本报评论员",
    "人民日报评论员",
    "新华时评",
    "人民时评",
    "人民论坛",
    "央视快评",
    "国际锐评",
    "钟声",
    "评论员观察",
    "今日谈",
    "原创",
    "转载",
    "原标题",
];
/// What the name of a site or a part of one ends with.
const SITES: &[&str] = &[
    "频道",
    "頻道",
    "网",
    "網",
    "网站",
    "網站",
    "新闻",
    "新聞",
    "日报",
    "日報",
    "晚报",
    "晚報",
    "时报",
    "時報",
    "早报",
    "周刊",
    "週刊",
    "在线",
    "論壇",
    "论坛",
    "博客",
    "客户端",
    "资讯",
    "门户",
    "新浪",
    "搜狐",
    "网易",
    "腾讯",
    "知乎",
    "豆瓣",
    "财经",
    "評論",
    "评论",
    "理论",
    "观点",
    "中心",
    "官网",
    "平台",
    "传媒",
    "卫视",
    "公众号",
    "百科",
    "头条",
    "澎湃",
    "光明",
];

/// Cleans the title in the page's facts.
pub fn clean(page: &mut Page) {
    let written = prose::one_line(&page.meta.title);
    let mut title = unescape(&written);
    let line = page.title_line.max(1);
    if let Some(rest) = without_column(&title) {
        page.note("title-prefix", line, &written);
        title = rest;
    }
    let mut cut = false;
    for _ in 0..4 {
        let Some(rest) = without_site(&title) else { break };
        title = rest;
        cut = true;
    }
    if cut {
        page.note("title-suffix", line, &written);
    }
    title = notes::without_marks(&title);
    if title != written {
        page.meta.title_as_written = Some(written);
    }
    page.meta.title = title;
}

/// The title without the tags and entities that a crawler left in it.
fn unescape(title: &str) -> String {
    if !title.contains(['&', '<']) {
        return title.to_owned();
    }
    [
        ("&quot;", "\""),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&nbsp;", " "),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("<br>", " "),
        ("<br/>", " "),
        ("&mdash;", "—"),
        ("&middot;", "·"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(title.to_owned(), |t, (from, to)| t.replace(from, to))
}

/// `评论：题` and `【评论】题` without the column, if a title is left.
fn without_column(title: &str) -> Option<String> {
    let rest = COLUMNS.iter().find_map(|column| {
        let bare = title.strip_prefix(column).and_then(|r| r.trim_start().strip_prefix(['：', ':', '|', '｜', '丨']));
        let boxed = || title.strip_prefix(['【', '[', '［'])?.strip_prefix(column)?.strip_prefix(['】', ']', '］']);
        bare.or_else(boxed)
    })?;
    let rest = rest.trim();
    (prose::len(rest) >= 4).then(|| rest.to_owned())
}

/// `题_频道`, `题 - 某网`, `题|某网` without the site, if a title is left.
fn without_site(title: &str) -> Option<String> {
    let at = title.rfind(['_', '|', '｜', '丨', '-', '—', '–'])?;
    let (head, tail) = title.split_at_checked(at)?;
    let mark = tail.chars().next()?;
    let site = tail.get(mark.len_utf8()..)?.trim();
    let head = head.trim_end_matches(['_', '|', '｜', '-', '—', '–', ' ', '\u{3000}']);
    let short = (1..=14).contains(&prose::len(site)) && !prose::has_stop(site);
    let named = SITES.iter().any(|end| site.ends_with(end)) || site.to_ascii_lowercase().ends_with(".com") || site.to_ascii_lowercase().ends_with(".cn");
    // prose has no underscore; a dash needs the name of a site, and a blank or a second dash is no proof
    let cut = match mark {
        '_' => prose::has_han(site) || named,
        '|' | '｜' | '丨' => named,
        _ => named && head.len() < at.saturating_add(1) && !head.ends_with(|c: char| c.is_ascii_digit()),
    };
    (short && cut && prose::len(head) >= 4).then(|| head.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(title: &str) -> String {
        let mut page = Page::default();
        page.meta.title = title.into();
        clean(&mut page);
        page.meta.title
    }

    #[test]
    fn columns_and_sites_go() {
        for (written, clean) in [
            ("评论：让城市群真正融合_某省频道", "让城市群真正融合"),
            ("【社论】让城市群融合", "让城市群融合"),
            ("让城市群融合 - 某某网", "让城市群融合"),
            ("让城市群融合_评论_某某新闻", "让城市群融合"),
            ("让城市群融合|某某日报", "让城市群融合"),
            ("让&ldquo;城市群&rdquo;融合", "让“城市群”融合"),
        ] {
            assert_eq!(cleaned(written), clean);
        }
    }

    #[test]
    fn titles_with_marks_of_their_own_stay() {
        for title in ["评论是什么", "评论：好", "从 A - B 到 C", "2018—2035年规划", "两个问题：甲与乙", "【2021某刊No.5】信念", "北风：某事"]
        {
            assert_eq!(cleaned(title), title);
        }
    }
}
