//! Folds what is not the article, by the [rules](crate::format::rules::RULES), and moves facts
//! to the masthead.
//!
//! 1. [`zones`]: head, body and tail, found first.
//! 2. [`fold_lines`], the engine over lines: those that state facts ([`bylines`]), then those
//!    that are [`clutter`] or between the pages of [`serials`].
//! 3. [`ArticleArea`]: the surroundings of the article on a web page.
//! 4. [`fold_copies`], the engine over duplicates: [`repeated_titles`],
//!    [`truncated_copies`] of a later paragraph, a second copy of the whole.
//! 5. [`fold_tails`], the engine over [`tails`]: comments, related links, the author's box.
//!
//! A rule never looks into a paragraph: what may be body text stays.

mod answered;
pub(crate) mod bylines;
pub(crate) mod clutter;
pub(crate) mod note_heads;
pub(crate) mod note_numbers;
pub(crate) mod notes;
pub(crate) mod repeated_titles;
#[cfg(test)]
mod samples;
pub(crate) mod serials;
pub(crate) mod tails;
pub(crate) mod title;
pub(crate) mod truncated_copies;
pub(crate) mod zones;

use crate::document::{BlockKind, Meta};
use crate::format::clean::bylines::FactLine;
use crate::format::clean::tails::Related;
use crate::format::clean::zones::{Zone, Zones};
use crate::format::draft::{DraftBlock, DraftDocument, TAKEN, fold_all};
use crate::format::facts::labels::Statement;
use crate::format::facts::{Fact, around};
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
    fold_copies(page, &zones);
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

/// A block short enough for the rules over lines.
struct Seen<'a> {
    draft: &'a DraftBlock<'a>,
    chars: usize,
    /// The line taken apart, where it may state facts.
    line: Option<FactLine<'a>>,
}

/// A rule that takes a line, and what the line states.
type Found = (&'static Rule, Vec<Statement>);

impl<'a> Seen<'a> {
    /// Reads a block in the body or near the ends; `None` where no rule looks at it. `title` is
    /// the [key](prose::key) of the title.
    fn new(draft: &'a DraftBlock, title: &str, is_near: bool) -> Option<Self> {
        let text = &*draft.text;
        let max_bytes = if is_near {
            MAX_END_BYTES
        } else {
            MAX_BODY_BYTES
        };
        let is_line = text.len() <= max_bytes || text.starts_with("<!--");
        if !draft.is_shown() || draft.kind == BlockKind::Code || !is_line {
            return None;
        }
        Some(Self {
            draft,
            chars: prose::len(text),
            line: bylines::may_state(draft).then(|| FactLine::new(text, title)),
        })
    }

    /// Returns the first of the rules that takes the block. `works` says of a rule whether it
    /// works here.
    fn rule(&self, meta: &Meta, works: impl Fn(&Rule) -> bool) -> Option<Found> {
        let simple = LazyCell::new(|| simplified(&self.draft.text));
        let line = self.line.as_ref();
        let takes = |rule: &'static Rule| {
            let stated = match rule.takes {
                Takes::Labelled(fact) => line?.led_by(fact)?,
                Takes::Facts(_, test) => test(line?, meta)?,
                Takes::Line(_, test) => test(&simple).then(Vec::new)?,
                Takes::Linked(_, test) => test(self.draft, &simple).then(Vec::new)?,
                _ => return None,
            };
            Some((rule, stated))
        };
        let mut rules = RULES
            .iter()
            .filter(|rule| self.chars <= rule.takes.max_chars() && works(rule));
        rules.find_map(takes)
    }
}

/// Returns whether a rule would take a block in the head or the tail.
fn is_claimed(draft: &DraftBlock) -> bool {
    let seen = Seen::new(draft, "", true);
    seen.is_some_and(|seen| seen.rule(&Meta::default(), |_| true).is_some())
}

/// Applies the rules over lines: those of facts first, the others when it is known which lines
/// below them are text.
fn fold_lines(page: &mut DraftDocument, zones: &Zones) {
    page.facts.settle(&mut page.meta);
    let title = prose::key(&page.meta.title);
    let seen = |(i, draft)| Some((i, Seen::new(draft, &title, zones.holds(Zone::NearEnds, i))?));
    let lines: Vec<(usize, Seen)> = page.blocks.iter().enumerate().filter_map(seen).collect();
    let fact_lines = lines
        .iter()
        .filter_map(|(i, seen)| Some((*i, seen.line.as_ref()?)));
    let entries = bylines::entries(fact_lines, zones);
    let (mut of_facts, mut others) = (Vec::new(), Vec::new());
    let mut in_notes = false;
    for (i, seen) in lines {
        let (kind, text) = (seen.draft.kind, &*seen.draft.text);
        let goes_on = in_notes && !matches!(kind, BlockKind::Heading(_) | BlockKind::Rule);
        in_notes = goes_on || note_heads::is_note_head(text);
        let works = |rule: &Rule| zones.holds(rule.zone, i);
        let Some((rule, stated)) = seen.rule(&page.meta, works) else {
            continue;
        };
        let states_source = matches!(rule.takes, Takes::Labelled(Fact::Source));
        if in_notes && kind == BlockKind::Item && states_source {
            // what a note is from
            continue;
        }
        let kind = || seen.line.as_ref()?.kind();
        if !entries.is_empty() && kind().is_some_and(|kind| entries.contains(&kind)) {
            continue;
        }
        if !rule.takes.is_of_facts() {
            others.push((i, rule));
        } else if !is_heading_of_text(&page.blocks, zones, i, rule) {
            bylines::state(&stated, &mut page.facts, &mut page.meta);
            of_facts.push((i, rule));
        }
    }
    for (i, rule) in of_facts {
        fold(&mut page.blocks, i, rule);
    }
    bylines::name_below(page);
    for (i, rule) in others {
        if !is_heading_of_text(&page.blocks, zones, i, rule) {
            fold(&mut page.blocks, i, rule);
        }
    }
}

/// Folds a block that is shown.
fn fold(blocks: &mut [DraftBlock], i: usize, rule: &Rule) {
    if let Some(draft) = blocks.get_mut(i).filter(|d| d.is_shown()) {
        draft.folded = Some(rule.name);
    }
}

/// Recognises a heading of the text below it, which is the author's: a word directly above text is
/// no button.
fn is_heading_of_text(blocks: &[DraftBlock], zones: &Zones, i: usize, rule: &Rule) -> bool {
    let Some(draft) = blocks.get(i) else {
        return false;
    };
    let is_heading = matches!(draft.kind, BlockKind::Heading(_));
    let at_end = zones.holds(Zone::Ends, i);
    let may_head = if rule.takes.is_of_facts() {
        is_heading && !at_end
    } else {
        (is_heading || !at_end) && !draft.text.contains(char::is_whitespace)
    };
    may_head && zones::heads_text(blocks, i)
}

/// Applies the rules over duplicates, in the first section of a long text.
fn fold_copies(page: &mut DraftDocument, zones: &Zones) {
    for rule in RULES.iter().filter(|_| page.section.first) {
        if let Takes::Copies(find) = rule.takes {
            for i in find(page) {
                if zones.holds(rule.zone, i) {
                    fold(&mut page.blocks, i, rule);
                }
            }
        }
    }
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
                    // near the ends a name heads links, or it may be the author's
                    let fits = |len: &usize| {
                        rule.zone == Zone::Anywhere || *len > 1 && zones.holds(rule.zone, i)
                    };
                    let len = related.len(drafts, i).filter(fits).unwrap_or(0);
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
