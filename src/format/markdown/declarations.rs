//! Closes what a line opens as code of a server or a declaration (`<?php`, `<!DOCTYPE`, CDATA) and
//! nothing below closes: to `CommonMark` all that follows would be part of it.
//!
//! Such a line becomes a comment, which is folded and reported; one that is a sentence is text.

use crate::format::prose;
use std::borrow::Cow;

/// The signs that open at the head of a line, and those that close them.
const DECLARATIONS: [(&str, &str); 3] = [("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];

/// Lines below in which an end is looked for: more code is rare, and would hide a whole article.
const MAX_LINES_BELOW: usize = 400;

/// Returns the line as a comment where it opens what nothing closes; `rest` are the lines below.
pub fn closed<'a>(line: &'a str, rest: &[&str]) -> Cow<'a, str> {
    let bare = line.trim();
    let opened = DECLARATIONS
        .iter()
        .find(|(begin, _)| bare.starts_with(begin));
    let Some((begin, end)) = opened else {
        return Cow::Borrowed(line);
    };
    let inside = bare.get(begin.len()..).unwrap_or_default();
    let is_named = *begin != "<!" || inside.starts_with(|c: char| c.is_ascii_alphabetic());
    if !is_named || inside.contains(end) || is_closed_below(begin, end, rest) {
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
    for line in rest.iter().take(MAX_LINES_BELOW) {
        let bare = line.trim();
        let is_text = is_sentence(bare) || begin == "<!" && prose::is_prose(bare);
        if is_text || bare.starts_with(begin) && !bare.contains(end) {
            return false;
        }
        if bare.contains(end) {
            return true;
        }
        if begin == "<!" && bare.is_empty() {
            return false;
        }
    }
    false
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
