//! Finds plain sub-headings: short lines without a number that head what follows.
//!
//! Nothing marks them, so their neighbours must prove them: text that ends comes before them, and
//! below them come sentences and a full paragraph. A line with a colon or a comma needs more. A
//! line that is there twice names a speaker; short lines one below the other are verse, names or
//! a table.

use super::reading::Reading;
use crate::document::{Block, BlockKind};
use crate::text::sentence::{CLOSERS, SENTENCE_ENDS};
use crate::text::words::Words;
use std::collections::HashMap;

/// Bytes of a sub-heading: 24 Han.
const MAX_SUBHEADING_BYTES: usize = 24 * 3;

/// Bytes of a full paragraph below a sub-heading: 40 Han.
const MIN_FULL_BYTES: usize = 40 * 3;

/// Bytes of the paragraph below a sub-heading that has fellows: 15 Han.
const MIN_FELLOW_BYTES: usize = 15 * 3;

/// Bytes of a text above a sub-heading that ends without a stop: 10 Han.
const MIN_BYTES_ABOVE: usize = 10 * 3;

/// Blocks below a sub-heading, one of which is a full paragraph.
const MAX_BLOCKS_TO_FULL: usize = 3;

/// Sub-headings that prove a fellow.
const MIN_FELLOWS: usize = 2;

/// Names of kinds of texts, with which a label names what follows as a whole.
static KINDS_OF_TEXT: Words = Words::new(
    "范文 例文 原文 正文 全文 文章 范文展示 范文示例 范文赏析 示例 材料 给定资料 背景材料 导读",
);

/// The form of a line that may be a sub-heading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    /// Words without a mark inside: 卖什么.
    Plain,
    /// Words before a colon: 专家：别急着搬.
    Said,
    /// Clauses: 小摊位，大民生.
    Clauses,
}

/// Returns the blocks that are plain sub-headings, in text order. Takes time in proportion to
/// the text.
pub fn subheadings(document: &Reading<'_>) -> Vec<usize> {
    let blocks = document.blocks();
    let forms: Vec<Option<Form>> = blocks.iter().map(|b| block_form(document, b)).collect();
    let seen = repeated(document, &forms);
    let lines = forms.iter().enumerate();
    let lines: Vec<(usize, Form)> = lines
        .filter_map(|(i, form)| form.map(|form| (i, form)))
        .filter(|(i, form)| is_unique(document, &seen, *i, *form))
        .filter(|(i, _)| follows_text(document, *i))
        .collect();
    let is_proved = |i: usize| heads_text(document, &forms, i, MIN_FULL_BYTES);
    let proved = |form: Form| {
        let alike = lines.iter().filter(move |(_, f)| *f == form);
        alike.filter(|(i, _)| is_proved(*i)).count()
    };
    let has_family = proved(Form::Plain) >= MIN_FELLOWS;
    let has_clauses = has_family || proved(Form::Clauses) >= MIN_FELLOWS;
    let counts = |(i, form): &(usize, Form)| match form {
        Form::Clauses if !has_clauses => false,
        Form::Said => is_proved(*i),
        _ => is_proved(*i) || (has_family && heads_text(document, &forms, *i, MIN_FELLOW_BYTES)),
    };
    let found = lines.iter().filter(|line| counts(line));
    let found: Vec<usize> = found.map(|(i, _)| *i).collect();
    let boxed = |i: &usize| {
        let line = blocks.get(*i).map_or("", |b| document.slice(b.span));
        let inside = line
            .strip_prefix('【')
            .and_then(|line| line.strip_suffix('】'));
        inside.map(|name| KINDS_OF_TEXT.ends(name))
    };
    // 【参考范文】 alone names the text that follows
    let is_alone = found.iter().filter_map(boxed).count() == 1;
    let is_label = |i: &usize| is_alone && boxed(i) == Some(true);
    found.into_iter().filter(|i| !is_label(i)).collect()
}

/// Returns the form of a block, if it is a line that may be a sub-heading.
fn block_form(document: &Reading<'_>, block: &Block) -> Option<Form> {
    let is_line = block.kind == BlockKind::Paragraph && block.span.len() <= MAX_SUBHEADING_BYTES;
    form(document.slice(block.span)).filter(|_| is_line)
}

/// Returns the form of a line that has two characters or more and no mark that a sub-heading
/// lacks, if it is one.
fn form(line: &str) -> Option<Form> {
    let is_plain = |c: char| c.is_alphanumeric() || "“”「」《》、？?·—　 ，：".contains(c);
    // 【卖什么】 is set as a heading
    let boxed = line
        .strip_prefix('【')
        .and_then(|line| line.strip_suffix('】'));
    let line = boxed.unwrap_or(line);
    // a line of dialogue is quoted whole; what trails off heads nothing
    let is_spoken = line.starts_with(['“', '「']) && line.ends_with(['”', '」']);
    let is_date = line.contains('年') && line.contains('月') && line.ends_with('日');
    let may_be = line.chars().nth(1).is_some()
        && line.starts_with(|c: char| c.is_alphabetic() || "“「《".contains(c))
        && line.chars().all(is_plain)
        && !line.ends_with(['、', '—', '，', '：'])
        && !is_spoken
        && !is_date;
    let form = match line.split_once('：') {
        // a fact, or one of many
        Some((_, said)) if said.contains('：') || said.contains(|c: char| c.is_numeric()) => {
            return None;
        }
        Some(_) => Form::Said,
        None if line.contains('，') => Form::Clauses,
        None => Form::Plain,
    };
    may_be.then_some(form)
}

/// Returns the words that a line is known by: all, or what is before its colon.
fn words(line: &str) -> &str {
    line.split_once('：').map_or(line, |(before, _)| before)
}

/// Counts the blocks that begin with the words of each line that may be a sub-heading.
fn repeated<'a>(document: &'a Reading<'_>, forms: &[Option<Form>]) -> HashMap<&'a str, usize> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (block, form) in document.blocks().iter().zip(forms) {
        let text = document.slice(block.span);
        let words = words(text);
        if form.is_some() || (words.len() <= MAX_SUBHEADING_BYTES && words.len() < text.len()) {
            *seen.entry(words).or_default() += 1;
        }
    }
    seen
}

/// Returns whether no other block begins with the words of the line at `index`. A line with a
/// colon has words before it, not only a stop.
fn is_unique(
    document: &Reading<'_>,
    seen: &HashMap<&str, usize>,
    index: usize,
    form: Form,
) -> bool {
    let block = document.blocks().get(index);
    let line = block.map_or("", |b| document.slice(b.span));
    let words = words(line);
    let is_named = form != Form::Said || words.chars().nth(1).is_some();
    is_named && seen.get(words).is_none_or(|count| *count == 1)
}

/// Returns whether the block above a line is text that ended: a sentence, an item, a row, or the
/// plain end of a full line.
fn follows_text(document: &Reading<'_>, index: usize) -> bool {
    let above = index.checked_sub(1).and_then(|i| document.blocks().get(i));
    above.is_some_and(|above| match above.kind {
        BlockKind::Item => true,
        BlockKind::Caption | BlockKind::Image | BlockKind::Verse => false,
        _ => above.span.len() >= MIN_BYTES_ABOVE || ends(document.slice(above.span)),
    })
}

/// Returns whether below a line come sentences, and among the first of them a paragraph of
/// `least` bytes.
fn heads_text(document: &Reading<'_>, forms: &[Option<Form>], index: usize, least: usize) -> bool {
    let below = document.blocks().iter().zip(forms).skip(index + 1);
    for (block, form) in below.take(MAX_BLOCKS_TO_FULL) {
        let is_text = block.kind.is_body() && !matches!(block.kind, BlockKind::Heading(_));
        if form.is_some() || !is_text || !ends(document.slice(block.span)) {
            return false;
        }
        if block.span.len() >= least {
            return true;
        }
    }
    false
}

/// Returns whether a text ends with the mark of a sentence, or announces what follows.
pub fn ends(text: &str) -> bool {
    let text = text.trim_end_matches(CLOSERS);
    text.ends_with(SENTENCE_ENDS) || text.ends_with(['：', '.', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Builder;

    const FULL: &str = "早市在桥头，天不亮就有人摆摊，太阳一出来就散了，外地人很少赶得上这一场热闹，赶上了也买不到什么。";

    /// Returns the sub-headings of a text, a block a line; `=` is a full paragraph.
    fn found(text: &str) -> Vec<String> {
        let mut b = Builder::new();
        for (i, line) in text.lines().enumerate() {
            let line = if line == "=" { FULL } else { line };
            b.block(BlockKind::Paragraph, 0, i + 1, line);
        }
        let d = b.finish();
        let lines = subheadings(&Reading::new(&d)).into_iter();
        lines
            .map(|i| d.slice(d.blocks()[i].span).to_owned())
            .collect()
    }

    #[test]
    fn short_lines_over_text_are_subheadings() {
        for (text, wanted) in [
            ("=\n卖什么\n=", vec!["卖什么"]),
            ("=\n【卖什么】\n=", vec!["【卖什么】"]),
            ("=\n【参考范文】\n=", vec![]),
            (
                "=\n【参考范文】\n=\n【文章点评】\n=",
                vec!["【参考范文】", "【文章点评】"],
            ),
            ("=\n搬不搬\n搬了就散。\n=", vec!["搬不搬"]),
            ("=\n专家：别急着搬\n=", vec!["专家：别急着搬"]),
            (
                "=\n桥头一百二十个摊位如今都要往哪里搬\n=",
                vec!["桥头一百二十个摊位如今都要往哪里搬"],
            ),
            (
                "=\n小摊位，大民生\n=\n早出摊，早收摊\n=",
                vec!["小摊位，大民生", "早出摊，早收摊"],
            ),
            (
                "=\n卖什么\n=\n怎么卖\n=\n谁来管\n管的人只有老秦一个，他自己也摆摊。",
                vec!["卖什么", "怎么卖", "谁来管"],
            ),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn short_lines_of_other_kinds_are_none() {
        for text in [
            // verse, names, rows
            "=\n桥头的灯\n照着一个人\n卖完最后一把葱\n=",
            "=\n桥头的灯，照着一个人，\n卖完最后一把葱，\n天就亮了。\n=",
            "=\n桥灯如豆照归人，\n葱尽天明又一春。\n=",
            "=\n桥头夜归\n桥灯如豆照归人，\n葱尽天明又一春。\n=",
            "=\n夜来风雨，摊上灯火\n=",
            "=\n秦有田\n何守田\n周桂香\n=",
            "=\n摊位　月租　押金\n桥东　三百　一千\n桥西　两百　八百\n=",
            "早市谣\n天不亮哟\n挑担走哟\n桥头见哟\n=",
            // dialogue
            "=\n“明天还来不来”\n=",
            "=\n老秦\n=\n周桂香\n=\n老秦\n=\n周桂香\n=",
            "=\n老秦：明天还来吗\n=\n老秦：后天呢\n=",
            "=\n问：明天还来吗\n=",
            // facts, signatures, dates
            "=\n会期：3月5日\n=",
            "=\n时间：三月：四月\n=",
            "=\n某某年三月五日\n=",
            "=\n桥头镇早市管理小组",
            "早市\n桥头镇早市管理小组\n=",
            "=\n——一个摊主\n=",
            "=\n桥头镇早市管理小组\n此致\n敬礼",
            // no text below
            "=\n卖什么\n葱\n蒜",
            "=\n卖什么\n卖葱。",
            // a line that goes on, or broke
            "=\n卖的是：\n=",
            "=\n桥头的早市、\n=",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn lines_under_pictures_are_none() {
        for (kind, wanted) in [(BlockKind::Image, 0), (BlockKind::Item, 1)] {
            let mut b = Builder::new();
            for (kind, text) in [
                (BlockKind::Paragraph, FULL),
                (kind, "桥头"),
                (BlockKind::Paragraph, "早市上的人"),
                (BlockKind::Paragraph, FULL),
            ] {
                b.block(kind, 0, 1, text);
            }
            assert_eq!(
                subheadings(&Reading::new(&b.finish())).len(),
                wanted,
                "{kind:?}"
            );
        }
    }
}
