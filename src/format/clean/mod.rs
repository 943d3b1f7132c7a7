//! Folds what is not the article, by the [rules](crate::format::rules::RULES), and moves facts
//! to the masthead.
//!
//! 1. [`zones`]: head, body and tail, found first.
//! 2. [`fold_lines`], the engine over lines: those that state facts ([`bylines`]), then those
//!    that are [`clutter`] or between the pages of [`serials`].
//! 3. [`ArticleArea`]: the surroundings of the article on a web page.
//! 4. [`repeated_titles`], and [`truncated_copies`]: the cut-off head of a later paragraph.
//! 5. [`fold_tails`], the engine over [`tails`]: comments, related links, the author's box.
//!
//! A rule never looks into a paragraph: what may be body text stays.

mod answered;
pub(crate) mod bylines;
pub(crate) mod clutter;
pub(crate) mod note_heads;
mod note_numbers;
pub(crate) mod notes;
mod repeated_titles;
#[cfg(test)]
mod samples;
pub(crate) mod serials;
pub(crate) mod tails;
pub(crate) mod title;
mod truncated_copies;
pub(crate) mod zones;

use crate::document::{BlockKind, Meta};
use crate::format::clean::bylines::FactLine;
use crate::format::clean::tails::Related;
use crate::format::clean::zones::{Zone, Zones};
use crate::format::draft::{DraftBlock, DraftDocument, TAKEN, fold_all};
use crate::format::facts::around;
use crate::format::facts::labels::Statement;
use crate::format::html::article::ArticleArea;
use crate::format::prose;
use crate::format::rules::{MAX_COMMENT_CHARS, RULES, Rule, Takes};
use crate::text::script::simplified;
use std::cell::LazyCell;

/// Folds the blocks that the rules name.
pub(crate) fn clean(page: &mut DraftDocument) {
    if page.section.first {
        title::settle(page);
    }
    let article = ArticleArea::find(page);
    if let Some(article) = &article {
        article.fold_links(page);
    }
    let zones = Zones::of(page, is_claimed);
    fold_lines(page, &zones);
    if let Some(article) = &article {
        article.fold_rest(page);
    }
    around::read(page);
    if page.section.first {
        repeated_titles::fold(page);
        truncated_copies::fold(page);
    }
    fold_tails(page, &zones);
    keep_something(page);
}

/// Returns the most bytes of a line that rules of some zones look at: four for each character.
const fn max_bytes(everywhere: bool) -> usize {
    let (mut max, mut i) = (0, 0);
    while i < RULES.len() {
        let chars = RULES[i].takes.max_chars();
        let works = !everywhere || matches!(RULES[i].zone, Zone::Anywhere);
        if works && chars > max && chars < MAX_COMMENT_CHARS {
            max = chars;
        }
        i += 1;
    }
    4 * max
}

/// Longest lines that are looked at in the body, and near its ends, in bytes.
const MAX_BODY_BYTES: usize = max_bytes(true);
const MAX_END_BYTES: usize = max_bytes(false);

/// A block beside the facts that are known.
struct Seen<'a> {
    draft: &'a DraftBlock<'a>,
    meta: &'a Meta,
    /// The [key](prose::key) of the title.
    title: &'a str,
}

/// A rule that takes a line, and what the line states.
type Found = (&'static Rule, Vec<Statement>);

impl Seen<'_> {
    /// Returns the first of the rules that takes the block. `works` says of a rule whether it
    /// works here.
    fn rule(&self, is_near: bool, works: impl Fn(&Rule) -> bool) -> Option<Found> {
        let text = &*self.draft.text;
        let max_bytes = if is_near {
            MAX_END_BYTES
        } else {
            MAX_BODY_BYTES
        };
        let is_line = text.len() <= max_bytes || text.starts_with("<!--");
        if !self.draft.is_shown() || self.draft.kind == BlockKind::Code || !is_line {
            return None;
        }
        let chars = prose::len(text);
        let simple = LazyCell::new(|| simplified(text));
        let line = LazyCell::new(|| {
            let is_readable = bylines::may_state(self.draft);
            is_readable.then(|| FactLine::new(text, self.title))
        });
        let takes = |rule: &'static Rule| {
            let stated = match rule.takes {
                Takes::Labelled(fact) => line.as_ref()?.led_by(fact)?,
                Takes::Facts(_, test) => test(line.as_ref()?, self.meta)?,
                Takes::Line(_, test) => test(&simple).then(Vec::new)?,
                Takes::Linked(_, test) => test(self.draft, &simple).then(Vec::new)?,
                _ => return None,
            };
            Some((rule, stated))
        };
        let mut rules = RULES
            .iter()
            .filter(|rule| chars <= rule.takes.max_chars() && works(rule));
        rules.find_map(takes)
    }
}

/// Returns whether a rule would take a block in the head or the tail.
fn is_claimed(draft: &DraftBlock) -> bool {
    let meta = &Meta::default();
    let seen = Seen {
        draft,
        meta,
        title: "",
    };
    seen.rule(true, |_| true).is_some()
}

/// Applies the rules over lines: those of facts at once, the others when it is known which lines
/// below them are text.
fn fold_lines(page: &mut DraftDocument, zones: &Zones) {
    page.facts.settle(&mut page.meta);
    let title = prose::key(&page.meta.title);
    let entries = bylines::entries(&page.blocks, zones, &title);
    let mut later = Vec::new();
    for i in 0..page.blocks.len() {
        let Some(draft) = page.blocks.get(i) else {
            continue;
        };
        let seen = Seen {
            draft,
            meta: &page.meta,
            title: &title,
        };
        let works = |rule: &Rule| zones.holds(rule.zone, i);
        let Some((rule, stated)) = seen.rule(zones.holds(Zone::NearEnds, i), works) else {
            continue;
        };
        let kind = || FactLine::new(&draft.text, &title).kind();
        if !entries.is_empty() && kind().is_some_and(|kind| entries.contains(&kind)) {
            continue;
        }
        if !rule.takes.is_of_facts() {
            later.push((i, rule));
        } else if !is_heading_of_text(page, zones, i, rule) {
            bylines::state(&stated, page);
            fold(page, i, rule);
        }
    }
    bylines::name_below(page);
    for (i, rule) in later {
        if !is_heading_of_text(page, zones, i, rule) {
            fold(page, i, rule);
        }
    }
}

/// Folds a block that is shown.
fn fold(page: &mut DraftDocument, i: usize, rule: &Rule) {
    if let Some(draft) = page.blocks.get_mut(i).filter(|d| d.is_shown()) {
        draft.folded = Some(rule.name);
    }
}

/// Recognises a heading of the text below it, which is the author's: a word directly above text is
/// no button.
fn is_heading_of_text(page: &DraftDocument, zones: &Zones, i: usize, rule: &Rule) -> bool {
    let Some(draft) = page.blocks.get(i) else {
        return false;
    };
    let is_heading = matches!(draft.kind, BlockKind::Heading(_));
    let at_end = zones.holds(Zone::Ends, i);
    let may_head = if rule.takes.is_of_facts() {
        is_heading && !at_end
    } else {
        (is_heading || !at_end) && !draft.text.contains(char::is_whitespace)
    };
    may_head && zones::heads_text(&page.blocks, i)
}

/// Applies the rules over tails.
fn fold_tails(page: &mut DraftDocument, zones: &Zones) {
    let is_last = page.section.last;
    for rule in RULES {
        let drafts = &mut page.blocks;
        match rule.takes {
            Takes::Rest(find) if is_last => {
                let from = find(drafts, zones).filter(|from| zones.holds(rule.zone, *from));
                if let Some((above, tail)) = from.and_then(|i| drafts.split_at_mut_checked(i)) {
                    fold_all(rule.name, tail);
                    // a rule across the page goes with what it heads
                    let line = above.last_mut().filter(|d| d.kind == BlockKind::Rule);
                    if let Some((line, head)) = line.zip(tail.first()) {
                        line.folded = head.folded;
                    }
                }
            }
            Takes::Links(names) => {
                let related = Related::of(drafts, is_last, names);
                let mut i = 0;
                while i < drafts.len() {
                    let len = related.len(drafts, i).unwrap_or(0);
                    let links = drafts.iter_mut().skip(i).take(len);
                    links
                        .filter(|d| d.is_shown())
                        .for_each(|d| d.folded = Some(rule.name));
                    i += len.max(1);
                }
            }
            _ => {}
        }
    }
}

/// Unfolds an article of which nothing is left: it was misread. The last section of a long
/// one may well be nothing but clutter.
fn keep_something(page: &mut DraftDocument) {
    if !page.section.first || page.blocks.iter().any(DraftBlock::is_shown) {
        return;
    }
    let folded = |block: &&mut DraftBlock| block.folded != Some(TAKEN);
    for block in page.blocks.iter_mut().filter(folded) {
        block.folded = None;
    }
}
