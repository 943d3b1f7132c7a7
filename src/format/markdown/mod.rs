//! Reads Markdown as Chinese authors and crawlers write it.
//!
//! 1. [`org`] and [`rst`] rewrite other markup, [`dialects`] the syntax of other programs first.
//!    Plain paragraphs are copied ([`plain_runs`]). In the rest [`repair`] rewrites lines that
//!    `CommonMark` would read against their author's meaning.
//! 2. pulldown-cmark gives events, never a tree: nesting costs nothing, and what
//!    is deeper than the reader's limit is shown at that depth.
//! 3. A soft line break begins a new paragraph, for a source line is one in this
//!    genre, unless the text was plainly wrapped by a machine.
//! 4. HTML inside goes to [`html`].
//!
//! Smart quotes, mathematics and definition lists stay off: they rewrite prose.

mod code_spans;
mod declarations;
mod dialect_spans;
pub mod dialects;
mod marks;
pub(crate) mod org;
pub mod plain_runs;
mod reader;
pub mod repair;
pub(crate) mod rst;
mod tags;
mod targets;

use crate::document::BlockKind;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::markdown::plain_runs::{Open, Run};
use crate::format::plain;
use crate::format::plain::wrap::{self, Wrap};
use crate::format::prose;
use pulldown_cmark::{BrokenLink, Event, LinkType, Options, Parser, Tag, TagEnd};
use reader::EventReader;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tags::Closed;

/// Reads Markdown that begins on source line `first`; with its title where it is the first part
/// of a text.
pub fn read<'a>(text: &'a str, runs: Vec<Run>, first: usize, page: &mut DraftDocument<'a>) {
    let from = page.blocks.len();
    body(text, runs, first, page);
    if page.section.first && page.meta.title.is_empty() {
        title(page, from);
    }
}

fn body<'a>(text: &'a str, runs: Vec<Run>, first: usize, page: &mut DraftDocument<'a>) {
    let wrapped = wrap::detect_in_markdown(prose::lines(text));
    let closed = Closed::of(text);
    for run in runs {
        let (line, text) = (first + run.line, text.get(run.bytes).unwrap_or_default());
        if run.plain {
            plain_run(text, line, wrapped, page);
        } else {
            rich_run(text, line, wrapped, &closed, page);
        }
    }
}

/// Reads lines without any markup: a paragraph each, unless a machine wrapped them.
fn plain_run<'a>(text: &'a str, first: usize, wrapped: Option<Wrap>, page: &mut DraftDocument<'a>) {
    let mut before = None;
    for (i, line) in prose::lines(text).enumerate() {
        let blank = line.trim().is_empty();
        if wrapped.is_none() {
            page.line(BlockKind::Paragraph, 0, first + i, line);
        } else if before
            .zip(wrapped)
            .is_some_and(|(before, wrap)| wrap.joins(before, line))
        {
            page.push(prose::joint(page.last(), line.chars().next()));
            page.push(line);
        } else if !blank {
            page.open(BlockKind::Paragraph, 0, first + i);
            page.push_borrowed(line);
        }
        before = Some(line).filter(|_| !blank);
    }
    page.close();
}

/// Reads lines with markup.
fn rich_run(
    text: &str,
    first: usize,
    wrapped: Option<Wrap>,
    closed: &Closed,
    page: &mut DraftDocument,
) {
    let mut fixed = repair::repair(text, closed);
    // the notes of a text in parts may be in another part
    let parts = !page.section.is_whole();
    let mut elsewhere = if parts {
        undefined(&fixed)
    } else {
        BTreeSet::default()
    };
    // behind an element without an end a definition would be part of that element
    let after = |open, line: &str| Open::after(open, line.as_bytes());
    if !elsewhere.is_empty() && prose::lines(&fixed).fold(None, after).is_some() {
        elsewhere.clear();
    }
    for label in &elsewhere {
        let _ = write!(fixed, "\n\n[^{label}]: -");
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = EventReader::new(page, &fixed, first, wrapped);
    // so may the targets of links, whose text is shown all the same; [1][2] is not a link
    let is_name = |label: &str| label.is_ascii() && label.bytes().any(|b| b.is_ascii_alphabetic());
    let unknown = |link: BrokenLink<'_>| {
        (parts && link.link_type == LinkType::Reference && is_name(&link.reference))
            .then(|| ("".into(), "".into()))
    };
    let mut events =
        Parser::new_with_broken_link_callback(&fixed, options, Some(unknown)).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) if elsewhere.contains(&*label) => {
                let end = Event::End(TagEnd::FootnoteDefinition);
                drop(events.by_ref().find(|(event, _)| *event == end));
            }
            event => reader.event(event, range),
        }
    }
    page.end_all();
}

/// Returns the numbers of the footnotes that a text refers to and does not define. Other labels
/// may mean something else.
fn undefined(text: &str) -> BTreeSet<String> {
    let (mut used, mut held) = (BTreeSet::new(), BTreeSet::new());
    for at in memchr::memmem::find_iter(text.as_bytes(), b"[^") {
        let rest = text.get(at + 2..).unwrap_or_default();
        let digits = rest.chars().take_while(char::is_ascii_digit);
        let label: String = digits.take(MAX_LABEL_DIGITS).collect();
        match rest.as_bytes().get(label.len()..) {
            Some([b']', b':', ..]) => drop(held.insert(label)),
            Some([b']', ..]) if !label.is_empty() => drop(used.insert(label)),
            _ => {}
        }
    }
    used.retain(|label| !held.contains(label));
    used
}

/// Limit of the number of a footnote, in digits.
const MAX_LABEL_DIGITS: usize = 6;

/// Takes the title of a text without front matter: a heading of level 1 at the head, or a first
/// line that reads as one.
fn title(page: &mut DraftDocument, from: usize) {
    let blocks = page.blocks.get(from..).unwrap_or_default();
    let is_top = |d: &&DraftBlock| d.kind == BlockKind::Heading(1);
    let tops = blocks.iter().filter(is_top).count();
    let has_text = |d: &&DraftBlock| !matches!(d.kind, BlockKind::Rule | BlockKind::Image);
    let Some(head) = blocks.iter().find(has_text) else {
        return;
    };
    match head.kind {
        BlockKind::Heading(1) if tops == 1 || !prose::is_numbered(&head.text) => {
            plain::take_title(page, from);
        }
        BlockKind::Paragraph if tops == 0 => plain::title(page, from),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::dump::dump;
    use crate::text::cases::rows;

    fn md(text: &str) -> String {
        let mut page = DraftDocument::default();
        page.meta.title = "题".into();
        read(text, plain_runs::runs(text), 1, &mut page);
        let all = dump(&page.build()).replace(" | ", "|");
        all.split_inclusive('\n').skip(1).collect()
    }

    #[test]
    fn every_construct_becomes_blocks() {
        for [text, wanted] in rows(
            r#"
甲。⏎乙。⏎⏎丙。 ¦ L1 paragraph|甲。⏎L2 paragraph|乙。⏎L4 paragraph|丙。⏎
甲<br>乙 ¦ L1 paragraph|甲⏎L1 paragraph|乙⏎
2019. 年初 ¦ L1 paragraph|2019. 年初⏎
文字⏎---⏎后 ¦ L1 paragraph|文字⏎L2 rule|⏎L3 paragraph|后⏎
> 甲⏎>> 乙 ¦ L1 quote depth 1|甲⏎L2 quote depth 2|乙⏎
```⏎let a⏎⏎b⏎``` ¦ L2 code|let a⏎L3 code|⏎L4 code|b⏎
甲[^1]⏎⏎[^1]: 注 ¦ L1 paragraph|甲[1]⏎    notemark [1]⏎L3 note|[1] 注⏎
**甲⏎乙** ¦ L1 paragraph|甲⏎    strong 甲⏎L2 paragraph|乙⏎    strong 乙⏎
|a|b|⏎|-|-|⏎|甲|乙| ¦ L1 row|a  b⏎    header cell a⏎    header cell b⏎L3 row|甲  乙⏎    cell 甲⏎    cell 乙⏎
1. 甲⏎1. 乙⏎   - 丙⏎⏎   丁⏎ ¦ L1 item depth 1|1. 甲⏎L2 item depth 1|2. 乙⏎L3 item depth 2|丙⏎L5 paragraph depth 1|丁⏎
5. 甲⏎7. 乙⏎⏎> 2) 丙⏎> 4) 丁⏎ ¦ L1 item depth 1|5. 甲⏎L2 item depth 1|7. 乙⏎L4 item depth 2|2) 丙⏎L5 item depth 2|4) 丁⏎
1. 甲⏎⇥1. 子⏎⇥1. 丑⏎2. 乙⏎ ¦ L1 item depth 1|1. 甲⏎L2 item depth 2|1. 子⏎L3 item depth 2|2. 丑⏎L4 item depth 1|2. 乙⏎
1. 甲⏎1. 乙⏎2. 丙 ¦ L1 item depth 1|1. 甲⏎L2 item depth 1|1. 乙⏎L3 item depth 1|2. 丙⏎
看**“重点”**的[链接](http://a.b)与`码`。 ¦ L1 paragraph|看“重点”的链接与码。⏎    strong “重点”⏎    link <http://a.b> 链接⏎    code 码⏎
![两地铁路](a.png)⏎⏎<!-- more -->⏎⏎后 ¦ L1 image|两地铁路⏎L5 paragraph|后⏎! L3 more-mark folded <!-- more -->⏎
前<img src="x_w16_h16.png" />后 ¦ L1 paragraph|前后⏎! L1 decoration folded x_w16_h16.png⏎"#,
        ) {
            let text = text.replace('⇥', "\t");
            assert_eq!(md(&text), wanted, "{text}");
        }
    }

    proptest::proptest! {
        /// Plain runs are read as the parser of Markdown would.
        #[test]
        fn runs_change_nothing(parts in proptest::collection::vec(0..PIECES.split('¦').count(), 0..40)) {
            let pieces: Vec<&str> = PIECES.split('¦').collect();
            let text: String = parts.iter().map(|i| pieces[*i]).collect();
            let (mut cut, mut whole) = (DraftDocument::default(), DraftDocument::default());
            body(&text, plain_runs::runs(&text), 1, &mut cut);
            let wrapped = wrap::detect(text.lines());
            rich_run(&text, 1, wrapped, &Closed::of(&text), &mut whole);
            proptest::prop_assert_eq!(dump(&cut.build()), dump(&whole.build()));
        }
    }

    /// Pieces of Markdown, between `¦`.
    const PIECES: &str = "\n¦\n\n¦\n\n\n¦甲说。¦乙说的是另一件事，还没说完¦　　¦ ¦  ¦    ¦- ¦1. ¦2019年¦> ¦# ¦＃¦---¦===¦```¦~~~¦\
        ```\n¦<!--¦-->¦<br>¦<pre>¦</pre>¦<div>¦</div>¦*¦**¦_¦|甲|乙|\n|-|-|\n|丙|丁|\n¦&amp;¦\\¦“引”¦（一）¦\
        ![图](a.png)¦[链](b)¦[^1]¦[^1]: 注¦a b c¦:¦!¦+¦  \n¦\t";

    #[test]
    fn wrapped_text_is_joined() {
        let line = "一二三四五六七八九十一二三四五六七八九十\n";
        let d = md(&format!("{}完。\n\n又一段。", line.repeat(9)));
        assert_eq!(d.lines().count(), 2);
    }

    #[test]
    fn deep_nesting_is_flat() {
        let d = md(&format!("{}甲", "> ".repeat(5000)));
        assert!(d.contains("depth 32|甲"), "{d}");
    }
}
