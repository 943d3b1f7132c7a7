//! The message of each rule of reading and clean-up to the reader.
//!
//! A rule over whole lines has it in its row of [`LINE_RULES`]; a rule that works elsewhere
//! has its line here. A test holds that every name in use has its text.

use crate::format::clean::clutter::LINE_RULES;
use crate::text::Say;
use crate::text::words::Words;

/// Rules, a line each: its name, what was found and done in 中文, the same in English.
const RULES: &str = "\
input-limit | 输入太长，后面的没有读入 | the input is too long; the rest was not read
garbled | 文字早已乱码，保存时就坏了；请找原文件，或在来源处换一种编码另存 | the text was garbled before it was saved; look for the original, or save it again in another encoding
markup-limit | 链接、强调等标记太多，后面的只留文字 | too many links and the like; of the later ones only the text was kept
not-listed | 收起的太多，不再一一列出 | too much was folded to list all of it
front-matter | 这一项不合 YAML，逐行读取 | this entry is no YAML; read line by line
front-matter-rest | 文件头里没有用到的话，已折叠 | a sentence of the front matter that states no known fact; folded
second-front-matter | 文件里的第二个文件头，已折叠 | a second front matter in one file; folded
second-copy | 与前文相同的第二份，已折叠 | a second copy of a paragraph above; folded
date | 日期格式特殊，已按惯例读取 | an unusual date; read as well as can be
date-unread | 日期读不懂，原样保留 | a date that cannot be read; kept as written
title-prefix | 标题前的栏目名，已从题头去掉 | a column name before the title; left out of the header
title-suffix | 标题后的网站名，已从题头去掉 | a site name after the title; left out of the header
more-mark | 摘要分隔标记，已折叠 | a mark that ends the excerpt; folded
decoration | 装饰小图，已折叠 | a decorative picture; folded
image-without-text | 没有说明的图片，已折叠 | a picture without a description; folded
page-part | 网页的导航、页脚或表单，已折叠 | navigation, footer or form of the page; folded
scripted-page | 网页的正文要靠脚本载入 | the page loads its text by a script
hidden-text | 网页里藏着不显示的字，已折叠 | text that the page hides; folded
repeated-title | 重复的标题，已折叠 | the title again; folded
original-title | “原标题”行，已折叠 | a line that repeats the original title; folded
truncated-copy | 下文的残段，已折叠 | the head of a later paragraph, cut off; folded
editor-line | 编辑署名，已归入文章信息 | who edited it; moved to the facts
author-line | 作者署名，已归入文章信息 | who wrote it; moved to the facts
source-line | 来源，已归入文章信息 | where it was published; moved to the facts
date-line | 发布时间，已归入文章信息 | when it was published; moved to the facts
running-head | 书名页眉，已归入文章信息 | author and book above the title; moved to the facts
author-box | 作者介绍，已折叠 | about the author; folded
page-number | 页码，已折叠 | a page number; folded
related-links | 相关文章链接，已折叠 | links to related articles; folded
comments | 网友评论，已折叠 | readers' comments; folded
contents-page | 书里印的目录，已折叠；大纲里有 | a printed table of contents; folded, the outline has it
contents-entry | 目录里的这一条找不到所指之处 | an entry of the contents points at nothing
split-heading | 分成几行的标题，已合为一行 | a heading in several lines; made one
cover | 封面，已折叠 | the cover; folded
missing-chapter | 书里缺这个文件，其余照读 | the book lacks this file; the rest is read
damaged-chapter | 这个文件已损坏，只读出一部分 | this file is damaged; a part of it was read
reading | 注音，没有放进正文 | how characters are read (ruby); left out of the text";

/// Returns the names of all rules with their messages, 中文 and English.
fn rows() -> impl Iterator<Item = (&'static str, Say)> {
    let rows = RULES.lines().filter_map(|line| line.split_once(" | "));
    let line_rules = LINE_RULES.iter().map(|rule| (rule.name, rule.message));
    rows.chain(line_rules)
        .filter_map(|(name, message)| Some((name, message.split_once(" | ")?)))
}

/// Rules whose lines leave no row in the text: the masthead has what they say, it stands elsewhere
/// in the text as well, or they are no text of anybody's.
static WITHOUT_ROW: Words = Words::new(
    "editor-line author-line source-line date-line running-head original-title repeated-title \
    truncated-copy second-copy second-front-matter more-mark decoration comment page-number \
    page-links image-name contents-page cover split-heading",
);

/// Returns whether a row says in the text that lines were folded there.
pub(crate) fn leaves_row(rule: &str) -> bool {
    !WITHOUT_ROW.has(rule)
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
    let row = rows().find(|(name, _)| *name == rule);
    row.map_or(("已处理", "dealt with"), |(_, says)| says)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code in front of the name of a rule.
    const USES: &str = "fold(\"¦fold_all(\"¦fold_where(\"¦note(\"¦name: \"¦rule(\"¦Byline(\"¦folded = Some(\"¦return Some(\"";

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
                    assert!(rows().any(|(row, _)| row == name), "{name}");
                }
            }
        }
        assert!(used > 20);
    }

    #[test]
    fn every_rule_speaks_both_languages() {
        assert_eq!(RULES.lines().count() + LINE_RULES.len(), rows().count());
        for (name, (zh, en)) in rows() {
            let is_name = name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(is_name && !zh.is_empty() && en.is_ascii(), "{name}");
            assert!(
                rows().all(|(other, says)| other != name || says == (zh, en)),
                "{name} twice"
            );
        }
    }
}
