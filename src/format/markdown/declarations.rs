//! Closes what a line opens as code of a server, a declaration or code of a page (`<?php`,
//! `<!DOCTYPE`, CDATA, `<script>`) and nothing below closes: to `CommonMark` all that follows would
//! be part of it.
//!
//! Such a line becomes a comment, which is folded and reported; one that is a sentence is text.

use crate::format::prose;
use std::borrow::Cow;

/// The signs that open at the head of a line, and those that close them.
const DECLARATIONS: [(&str, &str); 6] = [
    ("<![CDATA[", "]]>"),
    ("<?", "?>"),
    ("<!", ">"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

/// Lines below in which an end is looked for: more code is rare, and would hide a whole article.
const MAX_LINES_BELOW: usize = 400;

/// Returns the line as a comment where it opens what nothing closes; `rest` are the lines below.
pub fn closed<'a>(line: &'a str, rest: &[&str]) -> Cow<'a, str> {
    let bare = line.trim();
    let opened = DECLARATIONS.iter().find(|(begin, _)| begins(bare, begin));
    let Some((begin, end)) = opened else {
        return Cow::Borrowed(line);
    };
    let inside = bare.get(begin.len()..).unwrap_or_default();
    let is_named = *begin != "<!" || inside.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_named || holds(inside, end) || is_closed_below(begin, end, rest) {
        return Cow::Borrowed(line);
    }
    if is_sentence(bare) {
        return Cow::Owned(line.replacen('<', "&lt;", 1));
    }
    // two dashes could end the comment
    Cow::Owned(format!("<!-- {} -->", bare.replace("--", "- -")))
}

/// Returns whether the end comes before another beginning and before any sentence. A declaration
/// has no blank lines.
fn is_closed_below(begin: &str, end: &str, rest: &[&str]) -> bool {
    let lines = if is_tag(begin) {
        rest.len()
    } else {
        MAX_LINES_BELOW
    };
    for line in rest.iter().take(lines) {
        let bare = line.trim();
        let is_text = is_sentence(bare) || begin == "<!" && prose::is_prose(bare);
        if is_text || begins(bare, begin) && !holds(bare, end) {
            return false;
        }
        if holds(bare, end) {
            return true;
        }
        if begin == "<!" && bare.is_empty() {
            return false;
        }
    }
    false
}

/// Returns whether a line begins with a sign, a tag in whatever case and with nothing of its name
/// behind it.
fn begins(line: &str, begin: &str) -> bool {
    let head = line.get(..begin.len()).unwrap_or_default();
    let behind = line.get(begin.len()..).unwrap_or_default();
    let goes_on = behind.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    head.eq_ignore_ascii_case(begin) && !(is_tag(begin) && goes_on)
}

/// Returns whether a line has the sign of an end, in whatever case.
fn holds(line: &str, end: &str) -> bool {
    line.contains(end) || end.len() > 3 && line.to_ascii_lowercase().contains(end)
}

/// Returns whether a sign is that of a tag of code.
fn is_tag(begin: &str) -> bool {
    begin.ends_with(|c: char| c.is_ascii_alphabetic())
}

/// Recognises a sentence of the author's, not a remark in code.
fn is_sentence(bare: &str) -> bool {
    let is_remark = bare.starts_with(['/', '*', '#', '$']);
    !is_remark && prose::is_prose(bare) && prose::ends_sentence(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nothing_closes_is_one_comment() {
        for (line, below) in [
            ("<?php echo 1;", ""),
            ("<?php echo 1;", "这是后面的一段话。|?>"),
            ("<?php echo 1;", "<?php echo 2;|?>"),
            ("<?xml version=\"1.0\"", "|# 题"),
            ("<?", ""),
            ("  <?= $a --> $b", ""),
            ("<!DOCTYPE html", ""),
            ("<!doctype html", "|<p>甲</p>"),
            ("<!ELEMENT x (y", ""),
            ("<!X", "|a > b"),
            ("<![CDATA[ x", "x > y"),
            ("<!ATTLIST", "这是后面的一段话。>"),
            ("<script>", "|第一段说的是河边的事情，人来人往。||尾巴"),
            ("<Script type=\"x\">", ""),
            ("<script", "|# 题"),
            ("<script>x</script", "这是后面的一段话。"),
            ("   <script>", "var a = 1;|<script>|</script>"),
            ("<style media=x>", "a { color: red }"),
            ("<STYLE", ""),
            ("<textarea>", "|这是后面的一段话。|</textarea>"),
        ] {
            let rest: Vec<&str> = below.split('|').collect();
            let found = closed(line, &rest);
            let inner = found
                .strip_prefix("<!-- ")
                .and_then(|f| f.strip_suffix(" -->"));
            assert!(
                inner.is_some_and(|inner| !inner.contains("--")),
                "{line}: {found}"
            );
        }
    }

    #[test]
    fn what_is_closed_or_said_stays() {
        for (line, below) in [
            ("<?php echo 1; ?>", ""),
            ("<?php", "echo 1;|// 这是注释。|?>"),
            ("<!DOCTYPE html>", ""),
            ("<!DOCTYPE html PUBLIC", "  \"-//W3C//DTD\">"),
            ("<![CDATA[ x ]]>", ""),
            ("<!-- 注", "|-->"),
            ("<!>", ""),
            ("<!重要", ""),
            ("<p>甲", ""),
            ("甲 <?php", ""),
            ("<script>", "var a = 1;|</SCRIPT>"),
            ("<script>var a = 1;</script >", "|</script>"),
            ("<scripts>", ""),
            ("<style-x>", ""),
        ] {
            let rest: Vec<&str> = below.split('|').collect();
            assert_eq!(closed(line, &rest), line);
        }
        assert_eq!(
            closed("<?这句话是作者写的。", &[]),
            "&lt;?这句话是作者写的。"
        );
    }
}
