//! Text that a page hides from its readers: what a forum scatters among the words of a post
//! against copying, labels for scripts.
//!
//! 1. [`StyleSheet`] knows the classes that the page's own `<style>` hides, and says of a tag
//!    whether it hides what is in it.
//! 2. [`HiddenText`] gathers the text of a hidden tag inside a line, up to its end. So much text
//!    that it may be the author's is not hidden: a script shows it.
//!
//! Hidden blocks are [parts of the page](super::page_parts).

use super::tag_kinds::{Attribute, TagKind};
use crate::format::rules;
use crate::text::words::Words;
use std::collections::HashMap;

/// Tags inside a line that hide their text.
static HIDING_TAGS: Words = Words::new(
    "span font b strong i em u s small big sub sup a label ins del code tt cite q abbr bdo",
);
/// Tags of blocks that hide their text.
static HIDING_BLOCKS: Words =
    Words::new("div section ul ol dl table p h1 h2 h3 h4 h5 h6 header form li dd figure");

/// Least characters of hidden text that may be the author's.
const MIN_SHOWN_CHARS: usize = 100;
/// Pixels left of or above its place from which a text is outside of the page.
const FAR_OUTSIDE: f32 = -900.0;
/// Limit of classes that are remembered.
const MAX_CLASSES: usize = 2000;

/// The property that hides a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HiddenBy {
    Display,
    /// A font of no size; what is inside may have one.
    Size,
    Visibility,
}

/// Returns the declarations of a style, in small letters.
fn declarations(style: &str) -> impl Iterator<Item = (String, String)> + '_ {
    style.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let value = value.trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim();
        Some((name.trim().to_ascii_lowercase(), value.to_owned()))
    })
}

/// Returns whether a declaration hides a text or shows it; `None` for any other.
fn effect((name, value): (String, String)) -> Option<(HiddenBy, bool)> {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let is_zero = number.parse::<f32>().is_ok_and(|size| size == 0.0);
    // smaller than anything that can be read
    let is_speck = || value.ends_with("px") && number.parse::<f32>().is_ok_and(|size| size < 1.0);
    let far = || number.parse::<f32>().is_ok_and(|at| at <= FAR_OUTSIDE);
    match name.as_str() {
        "display" => Some((HiddenBy::Display, value == "none")),
        "font-size" => Some((HiddenBy::Size, is_zero || is_speck())),
        "color" if value == "transparent" => Some((HiddenBy::Visibility, true)),
        "left" | "top" | "text-indent" if far() => Some((HiddenBy::Visibility, true)),
        "visibility" => Some((HiddenBy::Visibility, value == "hidden")),
        "opacity" => Some((HiddenBy::Visibility, is_zero)),
        _ => None,
    }
}

/// Returns the property by which a style hides a text.
fn hides(style: &str) -> Option<HiddenBy> {
    let mut effects = declarations(style).filter_map(effect);
    let hidden = effects.find(|(_, hidden)| *hidden).map(|(by, _)| by);
    hidden.or_else(|| is_cut_to_nothing(style).then_some(HiddenBy::Visibility))
}

/// Recognises a box without a size whose content is cut off.
fn is_cut_to_nothing(style: &str) -> bool {
    let is = |name: &str, values: &[&str]| {
        declarations(style).any(|(n, value)| n == name && values.contains(&value.as_str()))
    };
    let is_empty = |name| is(name, &["0", "0px", "1px"]);
    is("overflow", &["hidden"]) && (is_empty("width") || is_empty("height"))
}

/// The classes and ids that a page's style sheets hide.
#[derive(Default)]
pub(super) struct StyleSheet {
    /// Each with the property, or `None` where another rule shows it.
    names: HashMap<String, Option<HiddenBy>>,
    /// Those that are hidden inside others: `.post .x`.
    nested: HashMap<String, HiddenBy>,
}

impl StyleSheet {
    /// Reads the content of a `<style>`. Rules for one medium do not count.
    pub(super) fn read(&mut self, css: &str) {
        let mut rest = css;
        while let Some((selectors, after)) = rest.split_once('{') {
            let selectors = selectors.rsplit(['}', ';', '/']).next().unwrap_or_default();
            let is_group = selectors.trim_start().starts_with('@');
            let end = if is_group {
                group_len(after)
            } else {
                after.find('}')
            };
            let Some(end) = end else { return };
            if !is_group {
                self.rule(selectors, after.get(..end).unwrap_or_default());
            }
            rest = after.get(end + 1..).unwrap_or_default();
        }
    }

    /// Reads the rule of a list of selectors.
    fn rule(&mut self, selectors: &str, style: &str) {
        let hidden = hides(style);
        if hidden.is_none() && !declarations(style).any(|d| effect(d).is_some()) {
            return;
        }
        for selector in selectors.split(',').map(str::trim) {
            let name = simple_name(selector);
            match (name, hidden) {
                (Some(name), Some(_)) if self.names.len() < MAX_CLASSES => {
                    self.names.entry(name.to_owned()).or_insert(hidden);
                }
                (None, Some(by)) if self.nested.len() < MAX_CLASSES => {
                    let last = selector
                        .split_whitespace()
                        .next_back()
                        .and_then(simple_name);
                    self.nested.extend(last.map(|name| (name.to_owned(), by)));
                }
                (_, Some(_)) => {}
                // `.box.open { display: block }` says that a script opens it
                (_, None) => self.shown(selector),
            }
        }
    }

    /// Remembers that a rule shows the names in a selector.
    fn shown(&mut self, selector: &str) {
        let is_between = |c: char| !(c.is_alphanumeric() || "-_.#".contains(c));
        for part in selector.split(is_between) {
            let begins = part.match_indices(['.', '#']).map(|(at, _)| at);
            for name in begins.filter_map(|at| part.get(at..)) {
                let end = name.char_indices().skip(1).find(|(_, c)| ".#".contains(*c));
                let name = name.get(..end.map_or(name.len(), |(at, _)| at));
                if self.names.len() < MAX_CLASSES {
                    self.names.insert(name.unwrap_or_default().to_owned(), None);
                }
            }
        }
    }

    /// Returns the property by which a tag hides what is in it.
    fn hides(&self, attribute: Attribute<'_>) -> Option<HiddenBy> {
        if attribute("hidden").is_some() {
            return Some(HiddenBy::Display);
        }
        let own = attribute("style").and_then(|style| hides(&style));
        let of = |mark: &str, names: String| {
            let by = |name: &str| {
                // what may appear by its class may be the article
                let hidden = self.names.get(&format!("{mark}{name}")).copied().flatten();
                hidden.filter(|by| *by != HiddenBy::Visibility)
            };
            names.split_whitespace().find_map(by)
        };
        own.or_else(|| of(".", attribute("class")?))
            .or_else(|| of("#", attribute("id")?))
    }

    /// Returns whether a tag begins a block that is hidden. One without a size may hold others
    /// that have one, and one that is invisible may be the whole article.
    pub(super) fn hides_block(&self, name: &str, attribute: Attribute<'_>) -> bool {
        HIDING_BLOCKS.has(name) && self.hides(attribute) == Some(HiddenBy::Display)
    }

    /// Begins the hidden text of a tag inside a line that is on source line `line`.
    pub(super) fn hidden_text(
        &self,
        name: &[u8],
        attribute: Attribute<'_>,
        line: usize,
    ) -> Option<HiddenText> {
        let known = std::str::from_utf8(name)
            .ok()
            .filter(|n| HIDING_TAGS.has(n))?;
        let class = attribute("class").unwrap_or_default();
        let mut words = class.split_whitespace();
        let tool = words.find_map(|word| rules::of_class(word, true));
        let nested = || {
            let mut classes = class.split_whitespace().map(|class| format!(".{class}"));
            let is_shown = |class: &String| self.names.get(class) == Some(&None);
            let by = classes.find_map(|class| {
                let by = self.nested.get(&class).copied();
                by.filter(|_| !is_shown(&class))
            });
            by.filter(|by| *by != HiddenBy::Visibility)
        };
        let (hidden, rule) = match tool {
            Some(rule) => (Some(HiddenBy::Display), rule),
            None => (self.hides(attribute).or_else(nested), "hidden-text"),
        };
        Some(HiddenText {
            line,
            by: hidden?,
            rule,
            name: known.as_bytes().to_vec(),
            open: 1,
            blocks: 0,
            text: String::new(),
        })
    }
}

/// Returns the length of a group of rules, behind its `{`.
fn group_len(css: &str) -> Option<usize> {
    let mut open = 1usize;
    let brackets = css
        .bytes()
        .enumerate()
        .filter(|(_, b)| matches!(b, b'{' | b'}'));
    for (at, byte) in brackets {
        open = if byte == b'{' { open + 1 } else { open - 1 };
        if open == 0 {
            return Some(at);
        }
    }
    None
}

/// Returns the class or id of a selector of one part: `.a`, `font.a`, `#a`.
fn simple_name(selector: &str) -> Option<&str> {
    let at = selector.find(['.', '#'])?;
    let (tag, name) = selector.split_at_checked(at)?;
    let is_name = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || "-_".contains(c))
    };
    let is_simple = name.len() > 1 && name.get(1..).is_some_and(is_name) && is_name(tag);
    is_simple.then_some(name)
}

/// The text of a hidden tag inside a line.
pub(super) struct HiddenText {
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) rule: &'static str,
    by: HiddenBy,
    name: Vec<u8>,
    /// Open tags of that name, and open blocks inside.
    open: usize,
    blocks: usize,
}

impl HiddenText {
    /// Enters a tag; returns true where its text is shown again.
    pub(super) fn enter(&mut self, name: &[u8], is_empty: bool, attribute: Attribute<'_>) -> bool {
        let style = attribute("style").unwrap_or_default();
        let mut effects = declarations(&style).filter_map(effect);
        if self.by != HiddenBy::Display && effects.any(|e| e == (self.by, false)) {
            return true;
        }
        if !is_empty {
            self.open += usize::from(name == self.name);
            self.blocks += usize::from(TagKind::of(name).is_block());
        }
        false
    }

    /// Returns whether its own tag has that name.
    pub(super) fn is_of(&self, name: &[u8]) -> bool {
        name == self.name
    }

    /// Leaves a tag; returns true where the hidden text ends with or before it.
    pub(super) fn leave(&mut self, name: &[u8]) -> bool {
        if name == self.name {
            self.open = self.open.saturating_sub(1);
            return self.open == 0;
        }
        let is_block = TagKind::of(name).is_block();
        let is_outer = is_block && self.blocks == 0;
        self.blocks -= usize::from(is_block && !is_outer);
        is_outer
    }

    /// Adds text; returns true where it is so much that it may be the author's.
    pub(super) fn push(&mut self, text: &str) -> bool {
        self.text.push_str(text);
        self.text.len() >= MIN_SHOWN_CHARS && self.text.chars().count() >= MIN_SHOWN_CHARS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::draft::DraftDocument;
    use crate::format::html;
    use crate::text::cases::rows;

    fn shown(text: &str) -> String {
        let mut page = DraftDocument::default();
        html::read(text, 1, &mut page);
        page.shown_texts()
    }

    #[test]
    fn hidden_words_go_and_their_neighbours_stay() {
        let sheet = "<style>/* 甲 */ .x, font.y { display : none } @media print { .z { display:none } } .post .v, .w.post > .w { display:none } .w{display:none}.w.open{display:block}</style>";
        for [body, wanted] in rows(
            r#"
<p>前<span style="display: none">藏</span>后。</p> ¦ 前后。
<p>前<b hidden>藏</b>后。</p> ¦ 前后。
<p>前<font class=jammer>藏</font>后。<br>又。</p> ¦ 前后。|又。
<p>前<i class='a x'>藏<i>也</i>藏</i>后。</p> ¦ 前后。
<p>前<font class=y>藏</font>后。<p class=x>藏<p>又。 ¦ 前后。|又。
<p>前<u style='FONT-SIZE:0PX'>藏</u>后。</p> ¦ 前后。
<p>前<i class=v>藏</i>后。</p><p class=v>甲。</p> ¦ 前后。|甲。
<p>前<u style='opacity: 0'>藏</u>后。</p> ¦ 前后。
<p>前<span style='visibility:hidden'>藏</span>后。</p> ¦ 前后。
// shown elsewhere, by a script, or inside
<p>前<i class=z>留</i><i class=w>留</i>后。</p> ¦ 前留留后。
<p style='font-size:0'><span style='font-size:16px'>甲。</span></p> ¦ 甲。
<p>前<span style='font-size:0'>藏<b style='font-size:1em'>甲</b></span>后。</p> ¦ 前甲后。
<div style='visibility:hidden'><p>甲。</p></div> ¦ 甲。
// without an end, a tag hides no more than its block
<p>前<span style='display:none'>藏</p><p>后。</p> ¦ 前|后。
<div><span hidden>藏<div>也藏</div></span>后。</div> ¦ 后。"#,
        ) {
            let page = format!("<html><head>{sheet}</head><body>{body}");
            assert_eq!(shown(&page).replace("藏", ""), wanted, "{body}");
        }
        let long = "这一段很长，".repeat(30);
        let page = format!("<p>前<span style='display:none'>{long}<b>末</b></span>后。");
        assert_eq!(shown(&page), format!("前{long}末后。"));
    }

    #[test]
    fn what_cannot_be_seen_is_hidden() {
        for (body, wanted) in [
            ("<p>前<u style='font-size:0.1px'>藏</u>后。</p>", "前后。"),
            ("<p>前<u style='color:transparent'>藏</u>后。</p>", "前后。"),
            (
                "<p>前<u style='position:absolute;left:-9999px'>藏</u>后。</p>",
                "前后。",
            ),
            (
                "<p>前<u style='width:0;overflow:hidden'>藏</u>后。</p>",
                "前后。",
            ),
        ] {
            assert_eq!(shown(body).replace("藏", ""), wanted, "{body}");
        }
    }

    #[test]
    fn sheets_that_never_end_are_read_as_far_as_they_go() {
        for css in [
            "{",
            "a{",
            ".x{display:none",
            "@media{.x{display:none}",
            "}}}.x{",
            "@",
        ] {
            let mut sheet = StyleSheet::default();
            sheet.read(css);
            assert!(sheet.names.is_empty(), "{css}");
        }
    }
}
