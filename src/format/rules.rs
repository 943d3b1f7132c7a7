//! The rules of clean-up, in one table, and the messages of all that reading reports.
//!
//! 1. [`RULES`]: one row a rule: its name, its zone, what it takes, and its message. The first
//!    row that fits takes a line. [`clean`](crate::format::clean) is the engine for lines and
//!    tails; the reader of HTML asks for [classes](of_class).
//! 2. [`REPORTS`] and [`UNSEEN`]: messages of what other code reports.
//! 3. [`message`], [`folded_kind`] and [`leaves_row`]: what a reader sees of a rule.

use crate::document::{Diagnostic, Meta};
use crate::format::clean::bylines::{
    FactLine, MAX_LINE_CHARS, author_again, counters, introduction, posted_on, printed_in,
    unlabelled_author, unlabelled_date,
};
use crate::format::clean::clutter::{
    is_approval, is_bbs_line, is_breadcrumb, is_comment, is_cookie, is_copyright, is_forum,
    is_imprint, is_own_address, is_page_links, is_page_row, is_scan, is_share, is_subscription,
};
use crate::format::clean::serials::{is_appeal, is_download, is_links, is_notice};
use crate::format::clean::tails::{CONTACTS, RELATED, author_box, comments, footer, is_contact};
use crate::format::clean::zones::Zone::{self, Anywhere, Behind, Ends, Head, NearEnds, NearHead};
use crate::format::clean::zones::Zones;
use crate::format::clean::{repeated_titles, truncated_copies};
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::facts::Fact;
use crate::format::facts::labels::Statement;
use crate::format::front_matter::duplicate;
use crate::format::plain::page_numbers;
use crate::format::prose::is_file_name;
use crate::text::Say;
use crate::text::words::Words;
use Takes::{Class, Copies, Facts, Labelled, Line, Linked, Links, Rest, Rows, ToolClass};

/// A rule of clean-up.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    /// The part of an article in which it works.
    pub(crate) zone: Zone,
    pub(crate) takes: Takes,
    /// The message to the reader, in Chinese and, after a bar, in English; in the first row of a
    /// name.
    message: &'static str,
    /// True where a row in the text says that lines were folded there.
    leaves_row: bool,
}

/// The lines that a rule takes, by their words or by a test.
pub(crate) enum Takes {
    /// A line of facts that begins with a label of this one.
    Labelled(Fact),
    /// A line of at most so many characters for which the test returns what it states.
    Facts(usize, fn(&FactLine, &Meta) -> Option<Vec<Statement>>),
    /// A line of at most so many characters, by its simplified text.
    Line(usize, fn(&str) -> bool),
    /// The same, by its block too.
    Linked(usize, fn(&DraftBlock, &str) -> bool),
    /// All from the block on that the test finds.
    Rest(fn(&[DraftBlock], &Zones) -> Option<usize>),
    /// A line that is one of the words or leads to a neighbour, and the links below it.
    Links(&'static Words),
    /// Blocks that repeat what the article says elsewhere.
    Copies(fn(&DraftDocument) -> Vec<usize>),
    /// Rows of plain text, before rows are joined to paragraphs.
    Rows(fn(&[&str]) -> Vec<usize>),
    /// A part of a web page whose class or id is one of the words.
    Class(&'static Words),
    /// Text inside a line of a web page whose class is one of the words.
    ToolClass(&'static Words),
}

impl Takes {
    /// Returns the most characters of a line that is taken.
    pub(crate) const fn max_chars(&self) -> usize {
        match self {
            Facts(max, _) | Line(max, _) | Linked(max, _) => *max,
            Labelled(_) => MAX_LINE_CHARS,
            _ => 0,
        }
    }

    /// Returns whether it takes lines that state facts.
    pub(crate) fn is_of_facts(&self) -> bool {
        matches!(self, Labelled(_) | Facts(..))
    }
}

const fn rule(name: &'static str, zone: Zone, takes: Takes) -> Rule {
    Rule {
        name,
        zone,
        takes,
        message: "",
        leaves_row: true,
    }
}

impl Rule {
    const fn says(mut self, message: &'static str) -> Self {
        self.message = message;
        self
    }

    /// Says it in lists only: the masthead has what the lines say, it stands elsewhere in the
    /// text, or they are no text of anybody's.
    const fn unseen(mut self, message: &'static str) -> Self {
        self.leaves_row = false;
        self.says(message)
    }
}

/// The rules of clean-up.
pub(crate) static RULES: &[Rule] = &[
    rule("editor-line", Anywhere, Labelled(Fact::Editor))
        .unseen("编辑署名，已归入文章信息 | who edited it; moved to the facts"),
    rule("original-title", NearEnds, Labelled(Fact::Title))
        .unseen("“原标题”行，已折叠 | a line that repeats the original title; folded"),
    rule("author-line", NearEnds, Labelled(Fact::Author))
        .unseen("作者署名，已归入文章信息 | who wrote it; moved to the facts"),
    rule("source-line", NearEnds, Labelled(Fact::Source))
        .unseen("来源，已归入文章信息 | where it was published; moved to the facts"),
    rule("date-line", NearEnds, Labelled(Fact::Date))
        .unseen("发布时间，已归入文章信息 | when it was published; moved to the facts"),
    rule("date-line", NearEnds, Labelled(Fact::Updated)),
    rule("share-line", NearEnds, Facts(MAX_LINE_CHARS, counters))
        .says("分享、打印等网页工具，已折叠 | share and print tools of the page; folded"),
    rule("author-line", NearHead, Facts(40, author_again)),
    rule("author-box", NearEnds, Facts(300, introduction))
        .says("作者介绍，已折叠 | about the author; folded"),
    rule("author-box", NearEnds, Linked(60, is_contact)),
    rule("source-line", NearEnds, Facts(60, printed_in)),
    rule("date-line", NearHead, Facts(MAX_LINE_CHARS, posted_on)),
    rule("author-line", Head, Facts(40, unlabelled_author)),
    rule("date-line", Head, Facts(60, unlabelled_date)),
    rule("comment", Anywhere, Line(MAX_COMMENT_CHARS, is_comment))
        .unseen("注释，已折叠 | a comment in the source; folded"),
    rule("image-name", Anywhere, Line(80, is_file_name))
        .unseen("图片文件名，已折叠 | the file name of a picture; folded"),
    rule("breadcrumb", Ends, Linked(120, is_breadcrumb))
        .says("导航路径，已折叠 | a navigation path; folded"),
    rule("page-links", Ends, Line(60, is_page_links))
        .unseen("分页链接，已折叠 | links to pages; folded"),
    rule("page-links", Anywhere, Line(80, is_links)),
    rule("page-links", Anywhere, Line(80, is_page_row)),
    rule("serial-notice", Anywhere, Line(90, is_notice))
        .says("连载网站的提示，已折叠 | a notice of a site of serials; folded"),
    rule("serial-notice", Head, Line(90, is_download)),
    rule("vote-line", Anywhere, Line(40, is_appeal))
        .says("求票的话，已折叠 | an appeal for votes; folded"),
    rule("share-line", Anywhere, Line(60, is_share)),
    rule("share-line", NearEnds, Line(30, is_approval)),
    rule("source-line", NearEnds, Line(300, is_own_address)),
    rule("forum-line", Anywhere, Line(60, is_forum))
        .says("论坛的编辑记录，已折叠 | a forum's note of the last edit; folded"),
    rule("forum-vote", Anywhere, Line(100, is_bbs_line))
        .says("论坛的推文、站名，已折叠 | votes and stations of a BBS; folded"),
    rule("qr-line", NearEnds, Line(60, is_scan))
        .says("扫码提示，已折叠 | what to do with a code to scan; folded"),
    rule("site-footer", Ends, Line(300, is_imprint))
        .says("网站页脚，已折叠 | the site's own footer; folded"),
    rule("cookie-notice", Ends, Line(300, is_cookie))
        .says("Cookie 告示，已折叠 | a notice about cookies; folded"),
    rule("subscription", NearEnds, Linked(120, is_subscription))
        .says("订阅或赞助广告，已折叠 | an appeal to subscribe; folded"),
    rule("copyright-line", NearEnds, Line(160, is_copyright))
        .says("版权声明，已折叠 | a copyright notice; folded"),
    rule("second-copy", Behind, Copies(duplicate::copies))
        .unseen("与前文相同的第二份，已折叠 | a second copy of a paragraph above; folded"),
    rule("repeated-title", NearHead, Copies(repeated_titles::find))
        .unseen("重复的标题，已折叠 | the title again; folded"),
    rule(
        "second-copy",
        NearHead,
        Copies(repeated_titles::with_the_title),
    ),
    rule("truncated-copy", Anywhere, Copies(truncated_copies::find))
        .unseen("下文的残段，已折叠 | the head of a later paragraph, cut off; folded"),
    rule("page-number", Anywhere, Rows(page_numbers::find))
        .unseen("页码，已折叠 | a page number; folded"),
    rule("comments", Behind, Rest(comments)).says("网友评论，已折叠 | readers' comments; folded"),
    rule("related-links", Anywhere, Links(&RELATED))
        .says("相关文章链接，已折叠 | links to related articles; folded"),
    rule("author-box", NearEnds, Links(&CONTACTS)),
    rule("author-box", Behind, Rest(author_box)),
    rule("site-footer", Behind, Rest(footer)),
    rule("contents-page", Anywhere, Class(&CONTENTS_CLASSES)).unseen(
        "书里印的目录，已折叠；大纲里有 | a printed table of contents; folded, the outline has it",
    ),
    rule("comments", Anywhere, Class(&COMMENT_CLASSES)),
    rule("related-links", Anywhere, Class(&RELATED_CLASSES)),
    rule("breadcrumb", Anywhere, Class(&BREADCRUMB_CLASSES)),
    rule("share-line", Anywhere, Class(&SHARE_CLASSES)),
    rule("page-part", Anywhere, Class(&OTHER_CLASSES))
        .says("网页的导航、页脚或表单，已折叠 | navigation, footer or form of the page; folded"),
    rule("page-part", Anywhere, ToolClass(&TOOL_CLASSES)),
    rule("hidden-text", Anywhere, ToolClass(&HIDDEN_CLASSES))
        .says("网页里藏着不显示的字，已折叠 | text that the page hides; folded"),
];

/// Characters of the longest comment.
pub(crate) const MAX_COMMENT_CHARS: usize = 4000;

static CONTENTS_CLASSES: Words =
    Words::new("toc lemma-catalog catalog-list table-of-contents tableofcontents");
static COMMENT_CLASSES: Words = Words::new(
    "comments comment-list commentlist comment-wrapper respond comment-form disqus_thread
    comment-area comments-area",
);
static RELATED_CLASSES: Words = Words::new(
    "related related-posts relatedposts related-articles yarpp-related recommend recommended
    jp-relatedposts post-navigation",
);
static BREADCRUMB_CLASSES: Words =
    Words::new("breadcrumb breadcrumbs crumbs navcurrent breadnav position");
static SHARE_CLASSES: Words = Words::new(
    "share sharedaddy social-share bdsharebuttonbox jiathis_style share-box sharebox social-links",
);
static OTHER_CLASSES: Words = Words::new(
    "element-invisible screen-reader-text sr-only visually-hidden comment-add sidebar site-footer
    site-header entry-footer copyright toolbar pagination menu catlinks navbox printfooter sitesub
    contentsub jump-to-nav ambox",
);
/// Links to edit a page and its notes.
static TOOL_CLASSES: Words = Words::new(
    "mw-editsection mw-cite-backlink mw-jump-link edit-lemma edit-icon lock-lemma title-prefix",
);
/// Classes that style sheets beside the page hide.
static HIDDEN_CLASSES: Words = Words::new("jammer");

/// Reports of other code, one a line: the name, the message in 中文 and in English.
const REPORTS: &str = "\
input-limit | 输入太长，后面的没有读入 | the input is too long; the rest was not read
garbled | 文字早已乱码，保存时就坏了；请找原文件，或在来源处换一种编码另存 | the text was garbled before it was saved; look for the original, or save it again in another encoding
markup-limit | 链接、强调等标记太多，后面的只留文字 | too many links and the like; of the later ones only the text was kept
not-listed | 收起的太多，不再一一列出 | too much was folded to list all of it
front-matter | 这一项不合 YAML，逐行读取 | this entry is no YAML; read line by line
front-matter-rest | 文件头里没有用到的话，已折叠 | a sentence of the front matter that states no known fact; folded
date | 日期格式特殊，已按惯例读取 | an unusual date; read as well as can be
date-unread | 日期读不懂，原样保留 | a date that cannot be read; kept as written
title-prefix | 标题前的栏目名，已从题头去掉 | a column name before the title; left out of the header
title-suffix | 标题后的网站名，已从题头去掉 | a site name after the title; left out of the header
image-without-text | 没有说明的图片，已折叠 | a picture without a description; folded
scripted-page | 网页的正文要靠脚本载入 | the page loads its text by a script
contents-entry | 目录里的这一条找不到所指之处 | an entry of the contents points at nothing
damaged-book | 这本书的文件不完整，可能没有下载完；还在的章节都读了 | the file of this book is not complete, as after a broken download; the chapters that are there were read
missing-chapter | 书里缺这个文件，其余照读 | the book lacks this file; the rest is read
damaged-chapter | 这个文件已损坏，只读出一部分 | this file is damaged; a part of it was read
reading | 注音，没有放进正文 | how characters are read (ruby); left out of the text";

/// The same, of what leaves no row in the text.
const UNSEEN: &str = "\
second-front-matter | 文件里的第二个文件头，已折叠 | a second front matter in one file; folded
more-mark | 摘要分隔标记，已折叠 | a mark that ends the excerpt; folded
decoration | 装饰小图，已折叠 | a decorative picture; folded
running-head | 书名页眉，已归入文章信息 | author and book above the title; moved to the facts
split-heading | 分成几行的标题，已合为一行 | a heading in several lines; made one
cover | 封面，已折叠 | the cover; folded";

/// Returns the name of each rule with its message and whether it leaves a row.
fn messages() -> impl Iterator<Item = (&'static str, Say, bool)> {
    let rules = RULES.iter().map(|r| (r.name, r.message, r.leaves_row));
    let texts = [(REPORTS, true), (UNSEEN, false)].into_iter();
    let texts = texts.flat_map(|(text, leaves_row)| {
        let lines = text.lines().filter_map(|line| line.split_once(" | "));
        lines.map(move |(name, message)| (name, message, leaves_row))
    });
    let says = |(name, message, leaves_row): (_, &'static str, _)| {
        Some((name, message.split_once(" | ")?, leaves_row))
    };
    rules.chain(texts).filter_map(says)
}

/// Rules that the reader is warned of when the article is opened: a part of it is not there.
static WARNINGS: Words = Words::new("input-limit garbled damaged-book missing-chapter");
/// Rules that name a file of a book of which something is lost.
static LOST: Words = Words::new("missing-chapter damaged-chapter");

/// Returns what is missing of a document, in both languages, with the names of lost files.
pub(crate) fn warning(diagnostics: &[Diagnostic]) -> Option<(String, String)> {
    let mut found = diagnostics.iter().filter(|d| WARNINGS.has(d.rule));
    let first = found.next()?;
    let (zh, en) = message(first.rule);
    let lost = diagnostics.iter().filter(|d| LOST.has(d.rule));
    let lost: Vec<&str> = lost.map(|d| &*d.excerpt).take(MAX_LOST_FILES).collect();
    if lost.is_empty() {
        return Some((zh.to_owned(), en.to_owned()));
    }
    let (zh_names, en_names) = (lost.join("、"), lost.join(", "));
    Some((
        format!("{zh}（缺或不全：{zh_names}）"),
        format!("{en} (missing or cut off: {en_names})"),
    ))
}

/// Lost files of a book that a warning names.
const MAX_LOST_FILES: usize = 4;

/// Returns whether a row says in the text that lines were folded there.
pub(crate) fn leaves_row(rule: &str) -> bool {
    let mut found = messages().filter(|(name, ..)| *name == rule);
    found.next().is_none_or(|(.., leaves_row)| leaves_row)
}

/// Returns what a rule folds, in a few words of both languages: the head of its message.
pub fn folded_kind(rule: &str) -> Say {
    let (zh, en) = message(rule);
    let head = |text: &'static str, ends: &[&str]| {
        let ends = ends.iter().filter_map(|end| text.find(end));
        ends.min().and_then(|at| text.get(..at)).unwrap_or(text)
    };
    (head(zh, &["，已"]), head(en, &["; "]))
}

/// Returns what a rule tells the reader, in both languages.
pub(crate) fn message(rule: &str) -> Say {
    let row = messages().find(|(name, ..)| *name == rule);
    row.map_or(("已处理", "dealt with"), |(_, says, _)| says)
}

/// Finds the rows of plain text that rules take, in ascending order, with the names of the rules.
pub(crate) fn of_rows(rows: &[&str]) -> Vec<(usize, &'static str)> {
    let finds = |rule: &'static Rule| match rule.takes {
        Rows(find) => find(rows).into_iter().map(|i| (i, rule.name)).collect(),
        _ => Vec::new(),
    };
    let mut found: Vec<_> = RULES.iter().flat_map(finds).collect();
    found.sort_unstable();
    found
}

/// Returns the name of the rule for a class of a web page: of a part, or inside a line.
pub(crate) fn of_class(class: &str, in_line: bool) -> Option<&'static str> {
    let fits = |rule: &&Rule| match &rule.takes {
        Class(words) => !in_line && words.has(class),
        ToolClass(words) => in_line && words.has(class),
        _ => false,
    };
    RULES.iter().find(fits).map(|rule| rule.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Code in front of the name of a rule.
    const USES: &str = "fold(\"¦fold_all(\"¦fold_where(\"¦note(\"¦folded = Some(\"¦return Some(\"";

    #[test]
    fn every_rule_that_is_used_has_its_row() {
        let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/format")];
        let mut used = 0;
        while let Some(path) = folders.pop() {
            if path.is_dir() {
                folders.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
                continue;
            }
            let code = std::fs::read_to_string(path).unwrap();
            for call in USES.split('¦') {
                let after = code.split(call).skip(1);
                let names = after.filter_map(|rest| rest.split('"').next());
                for name in names.filter(is_name) {
                    used += 1;
                    assert!(messages().any(|(row, ..)| row == name), "{name}");
                }
            }
        }
        assert!(used > 20);
    }

    #[test]
    fn every_rule_speaks_both_languages_once() {
        let mut names = HashSet::new();
        for (name, (zh, en), _) in messages() {
            let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(is_name && !zh.is_empty() && en.is_ascii(), "{name}");
            assert!(names.insert(name), "{name} twice");
        }
        for rule in RULES {
            let first = RULES.iter().find(|first| first.name == rule.name).unwrap();
            assert!(!first.message.is_empty(), "{}", rule.name);
        }
    }
}
