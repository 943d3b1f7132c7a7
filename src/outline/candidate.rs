//! Finds everything that may be a marker, with what stands left and right of
//! it.
//!
//! 1. Line heads are read by the table of styles, one look a block.
//! 2. Inside paragraphs one pass over the text stops where a marker may begin;
//!    only there is the context looked at.
//!
//! Nothing here is decided for good: `settle` looks at neighbours, and `series`
//! drops a candidate without fellows.

use super::context::{Sign, Stop, fits_head, fits_inline, fits_word, stop_before};
use super::style::{self, Family, Marker, Ordinal};
use super::{PlaceOf, settle, trigger};
use crate::document::{Block, BlockKind, Document, MarkupKind};
use crate::text::words::Firsts;
use crate::text::{Span, letter, numeral};

/// What may be a marker.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The marker, without a stop behind it.
    pub span: Span,
    /// Its style.
    pub family: Family,
    /// Its place among its fellows.
    pub ordinal: Ordinal,
    /// The index of the block it stands in.
    pub block: u32,
    /// Where in the block.
    pub place: PlaceOf,
    /// How deep a heading it is, in steps of eight; 0 for none.
    pub key: u8,
    /// How deep its block lies in lists and quotations.
    pub depth: u8,
    /// Whether it is an item of a list that markup declares.
    pub item: bool,
    /// Whether its line reads as a title: short, without a full stop.
    pub titled: bool,
    /// How well it stands.
    pub sign: Sign,
    /// The stop before it, told apart as far as series keep to one.
    pub stop: Stop,
}

impl Candidate {
    /// Where the marker begins, in bytes.
    pub fn start(&self) -> usize {
        self.span.start.byte()
    }

    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.span.end.byte()
    }
}

/// No more candidates than this are taken: what has more is no article, and each takes
/// more memory than the text it stands for.
pub const MOST: usize = 500_000;

/// Candidates seldom stand closer than so many bytes.
const CLOSE: usize = 200;

/// All candidates of a document, in text order.
pub fn find(document: &Document) -> Vec<Candidate> {
    let (text, blocks) = (document.text(), document.blocks());
    // room that is not used costs nothing; to grow leaves holes in memory
    let mut out = Vec::with_capacity(text.len() / CLOSE);
    let mut triggers = trigger::find(text).peekable();
    let mut marks = document
        .markup()
        .iter()
        .filter(|m| matches!(m.kind, MarkupKind::NoteMark | MarkupKind::Code))
        .peekable();
    let marking = note_styles(document);
    let mut notes = None;
    for (index, block) in blocks.iter().enumerate() {
        if out.len() >= MOST {
            break;
        }
        let range = block.span.range();
        notes = part_without_points(notes, document.slice(block.span), &block);
        let body = block.kind.is_body() && block.kind != BlockKind::Row && notes.is_none();
        let mut inline_from = range.start;
        if body && let Some(head) = head(document, index, &block) {
            inline_from = head.end();
            out.push(head);
        }
        let heading = matches!(block.kind, BlockKind::Heading(_));
        while let Some(at) = triggers.next_if(|at| *at < range.end && out.len() < MOST) {
            if !body || heading || at < inline_from {
                continue;
            }
            while marks.next_if(|m| m.span.end.byte() <= at).is_some() {}
            if marks.peek().is_some_and(|m| m.span.start.byte() <= at) {
                continue;
            }
            if let Some(found) = inline(text, at, index, &block)
                && !marking.contains(&found.family)
                && out
                    .last()
                    .is_none_or(|last: &Candidate| last.end() <= found.start())
            {
                out.push(found);
            }
        }
    }
    settle::settle(document, &mut out);
    out
}

/// The styles in which notes are numbered: in the text they mark notes.
fn note_styles(document: &Document) -> Vec<Family> {
    let mut styles = Vec::new();
    for block in document
        .blocks()
        .iter()
        .filter(|b| b.kind == BlockKind::Note)
    {
        if let Some(m) = style::read(document.slice(block.span), true)
            && matches!(
                m.family,
                Family::Circled | Family::ArabicParen | Family::Round | Family::HanParen
            )
            && !styles.contains(&m.family)
        {
            styles.push(m.family);
        }
    }
    styles
}

/// Parts without points: notes, bibliographies, what else to read, who wrote it.
const NO_POINTS: &[&str] = &[
    "参考文献",
    "參考文獻",
    "主要参考文献",
    "参考书目",
    "參考書目",
    "参考资料",
    "參考資料",
    "参考链接",
    "参考来源",
    "资料来源",
    "資料來源",
    "引用文献",
    "引用资料",
    "注释",
    "註釋",
    "注释与参考文献",
    "附注",
    "附註",
    "尾注",
    "脚注",
    "延伸阅读",
    "延伸閱讀",
    "扩展阅读",
    "推荐阅读",
    "推薦閱讀",
    "相关阅读",
    "相關閱讀",
    "相关文章",
    "相關文章",
    "相关链接",
    "相關連結",
    "作者简介",
    "作者簡介",
    "作者介绍",
    "关于作者",
    "關於作者",
    "References",
    "Notes",
    "Bibliography",
    "Further Reading",
];

/// What these end with: most lines end otherwise.
static ENDS: Firsts = Firsts::of_lasts(NO_POINTS);

/// Whether a heading, its number aside, opens a part without points.
fn is_notes_heading(text: &str) -> bool {
    let mark = |c: char| !letter::is_alphanumeric(c);
    let plain = |text: &str| NO_POINTS.contains(&text.trim_start_matches(mark));
    let text = text.trim();
    if text.len() > 60 {
        return false;
    }
    let text = text.trim_end_matches(mark);
    ENDS.end(text)
        && NO_POINTS.iter().any(|name| text.ends_with(name))
        && (plain(text)
            || style::read(text, true)
                .and_then(|m| text.get(m.len..))
                .is_some_and(plain))
}

/// The part without points that is open: the level of the heading that opened
/// it; a line without markup counts as the lowest.
fn part_without_points(open: Option<u8>, text: &str, block: &Block) -> Option<u8> {
    const LINE: u8 = 7;
    match block.kind {
        BlockKind::Heading(level) if is_notes_heading(text) => {
            Some(open.map_or(level, |o| o.min(level)))
        }
        BlockKind::Heading(level) => open.filter(|o| level > *o),
        BlockKind::Paragraph if is_notes_heading(text) => open.or(Some(LINE)),
        // The article goes on.
        BlockKind::Paragraph if block.span.len() >= 40 * 3 => open.filter(|o| *o < LINE),
        _ => open,
    }
}

/// The candidate that a block begins with: a heading, or a number.
fn head(document: &Document, index: usize, block: &Block) -> Option<Candidate> {
    let text = document.slice(block.span);
    let level = match block.kind {
        BlockKind::Heading(level) => Some(level.clamp(1, 6)),
        _ => None,
    };
    if level.is_some() && (is_notes_heading(text) || is_title(document, index, text)) {
        return None;
    }
    let lead = text.len() - text.trim_start_matches(leads).len();
    let rest = text.get(lead..)?;
    let read = style::read(rest, true);
    let marker = style::bare(rest)
        .or_else(|| read.and_then(|m| fits_head(m, rest)))
        .or_else(|| style::label(rest));
    let start = block.span.start.byte() + lead;
    let place = if level.is_some() {
        PlaceOf::Heading
    } else {
        PlaceOf::LineHead
    };
    let key = level.map_or(0, |l| l * 8);
    let found = |family, ordinal, len, start| Candidate {
        span: Span::new(start, start + len),
        family,
        ordinal,
        block: index as u32,
        place,
        key,
        depth: block.depth,
        item: block.kind == BlockKind::Item,
        titled: key > 0 || reads_as_title(text),
        sign: if rest.starts_with(['一']) && family == Family::Is && len > "一是".len() {
            Sign::Weak
        } else {
            Sign::Clear
        },
        stop: Stop::Line,
    };
    let plain = || {
        read.filter(|m| plain_order(*m, rest)).map(|m| Candidate {
            sign: Sign::Plain,
            ..found(m.family, m.ordinal, m.len, start)
        })
    };
    match marker {
        // 最后学收篙 heads its line only in step with its fellows
        Some(m)
            if m.family == Family::First
                && fits_word(m, rest, true, Stop::Line) == Some(Sign::Bare) =>
        {
            Some(Candidate {
                sign: Sign::Bare,
                ..found(m.family, m.ordinal, m.len, start)
            })
        }
        Some(m) => Some(found(m.family, m.ordinal, m.len, start)),
        None if key == 0 => plain(),
        None => (key > 0).then(|| {
            found(
                Family::Title(key),
                Ordinal::Next,
                0,
                block.span.start.byte(),
            )
        }),
    }
}

/// What may stand before the number that a line begins with: quotes, bullets, blanks.
fn leads(c: char) -> bool {
    matches!(
        c,
        '“' | '「'
            | '『'
            | '"'
            | '‘'
            | '*'
            | '·'
            | '•'
            | '●'
            | '■'
            | '◆'
            | '▪'
            | '○'
            | '—'
            | '-'
    ) || c.is_whitespace()
}

/// Whether 第一 stands before a word: no list of ranks (第一、第二产业).
fn plain_order(marker: Marker, text: &str) -> bool {
    let rest = text.get(marker.len..).unwrap_or_default();
    let han = text
        .trim_start_matches('第')
        .starts_with(numeral::is_han_numeral);
    marker.family == Family::Order && han && rest.starts_with(char::is_alphabetic)
}

/// Whether a line reads as a title.
pub fn reads_as_title(line: &str) -> bool {
    line.len() <= 40 * 3
        && !line
            .trim_end_matches(['”', '」', '』', '）', ')', '"'])
            .ends_with(['。', '；', '！', '.', '…', '：', ':', '，', ';'])
}

/// Whether a heading repeats the title of the document.
fn is_title(document: &Document, index: usize, text: &str) -> bool {
    fn plain(s: &str) -> impl Iterator<Item = char> {
        s.chars().filter(|c| letter::is_alphanumeric(*c))
    }
    let title = document.meta().title.as_str();
    if plain(text).next().is_none() {
        return true;
    }
    if plain(title).next().is_some() {
        // Cut or drawn out it is still the title where titles stand; 慢 and 慢从哪里来 may
        // both be headings.
        let first = index < 6
            && document
                .blocks()
                .iter()
                .take(index)
                .all(|b| !document.slice(b.span).ends_with('。'));
        let place = first
            || document
                .blocks()
                .get(index)
                .is_some_and(|b| b.kind == BlockKind::Heading(1));
        let cut = || {
            let (title, text) = (
                plain(title).collect::<String>(),
                plain(text).collect::<String>(),
            );
            text.chars().nth(5).is_some() && (title.contains(&text) || text.contains(&title))
        };
        return plain(title).eq(plain(text)) || (place && cut());
    }
    // Without a title told: the only heading of the first level, where it comes first.
    let level = |b: &Block| matches!(b.kind, BlockKind::Heading(1));
    index == 0 && document.blocks().iter().take(2000).filter(level).count() == 1
}

/// The candidate inside a paragraph that a trigger at `at` announces.
fn inline(text: &str, at: usize, index: usize, block: &Block) -> Option<Candidate> {
    let before = text.get(block.span.start.byte()..at)?;
    // Triggers know one digit: the number may begin before it.
    let back = |c: char| {
        let tail = before.len() - before.trim_end_matches(|b: char| same_digits(b, c)).len();
        if tail <= 12 { tail } else { 0 }
    };
    let first = text.get(at..)?.chars().next()?;
    let start = at
        - if first.is_ascii_digit() || numeral::is_han_numeral(first) {
            back(first)
        } else {
            0
        };
    let (before, rest) = (
        text.get(block.span.start.byte()..start)?,
        text.get(start..block.span.end.byte())?,
    );
    let stop = stop_before(before);
    let read = style::read(rest, false)
        .and_then(|m| Some((start, m, fits_inline(m, before, rest, stop)?, stop)));
    let (start, marker, sign, stop) = read.or_else(|| labelled(text, start, block))?;
    Some(Candidate {
        span: Span::new(start, start + marker.len),
        family: marker.family,
        ordinal: marker.ordinal,
        block: index as u32,
        place: PlaceOf::Inline,
        key: 0,
        depth: block.depth,
        item: block.kind == BlockKind::Item,
        titled: false,
        sign,
        stop,
    })
}

/// 好处一，…好处二，: a word of two to four characters between a stop and the
/// number at `at`, and a mark behind it.
fn labelled(text: &str, at: usize, block: &Block) -> Option<(usize, Marker, Sign, Stop)> {
    let before = text.get(block.span.start.byte()..at)?;
    let plain = |c: &char| letter::is_letter(*c) && !c.is_ascii() && !numeral::is_han_numeral(*c);
    let (count, len) = before
        .chars()
        .rev()
        .take(5)
        .take_while(plain)
        .fold((0, 0), |(n, len), c| (n + 1, len + c.len_utf8()));
    let rest = text.get(at - len..block.span.end.byte())?;
    let stop = stop_before(before.get(..before.len() - len)?);
    let marker = style::label(rest).filter(|_| (2..=4).contains(&count) && stop != Stop::None)?;
    let arabic = !rest.get(len..)?.starts_with(numeral::is_han_numeral);
    let set_off = rest.get(marker.len..)?.starts_with(if arabic {
        &['：', ':'][..]
    } else {
        &['：', ':', '，', '、']
    });
    set_off.then_some((at - len, marker, Sign::Clear, stop))
}

/// Whether two characters are digits of one script.
fn same_digits(a: char, b: char) -> bool {
    (a.is_ascii_digit() && b.is_ascii_digit())
        || (numeral::is_han_numeral(a) && numeral::is_han_numeral(b))
}
