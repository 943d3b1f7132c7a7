//! Finds everything that may be a marker, with what stands left and right of
//! it.
//!
//! 1. Line heads are read by the table of styles, one look a block.
//! 2. Inside paragraphs one automaton runs over the text and stops where a
//!    marker may begin; only there is the context looked at.
//!
//! Nothing here is decided for good: a candidate without fellows is dropped by
//! `series`.

use super::PlaceOf;
use super::style::{self, Family, Marker, Ordinal};
use crate::document::{Block, BlockKind, Document, MarkupKind};
use crate::text::numeral;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// What may be a marker.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Where the marker begins.
    pub start: usize,
    /// Where it ends, without a stop behind it.
    pub end: usize,
    /// Its style.
    pub family: Family,
    /// Its place among its fellows.
    pub ordinal: Ordinal,
    /// The block it stands in.
    pub block: usize,
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
    /// Whether it stands as markers stand: after a stop, before a clause. A
    /// weak one counts only where a series calls for it.
    pub strong: bool,
    /// The stop before it, told apart as far as series keep to one.
    pub stop: Stop,
}

/// What stands before a marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A line begins.
    Line,
    /// 。！？
    Full,
    /// ；
    Half,
    /// ，：— quotes, brackets.
    Light,
    /// No stop.
    None,
}

/// Where inline markers may begin.
static TRIGGERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut words: Vec<String> =
        ["首先", "其次", "再次", "再者", "最后", "最後", "临了", "臨了", "末了", "一方面", "另一方面", "再一方面", "又一方面", "另外一方面"]
            .map(String::from)
            .into();
    for n in "一二三四五六七八九十".chars() {
        words.extend(["第", "其", "（", "(", "【"].map(|before| format!("{before}{n}")));
        words.extend(["是", "要", "来", "來", "则", "則", "曰", "、", "，"].map(|after| format!("{n}{after}")));
    }
    for n in ('0'..='9').chain('０'..='９') {
        words.extend(["第", "（", "("].map(|before| format!("{before}{n}")));
        words.extend([".", "．", "、", "）", ")"].map(|after| format!("{n}{after}")));
    }
    words.extend(('①'..='⑳').chain('⑴'..='⒇').chain('⒈'..='⒛').chain('❶'..='❿').chain('㈠'..='㈩').chain('➀'..='➓').map(String::from));
    words.extend("甲乙丙丁戊己庚辛".chars().map(|c| format!("{c}、")));
    words.extend(('A'..='H').flat_map(|c| ['.', '．', '、'].map(|after| format!("{c}{after}"))));
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::DFA)).build(words).ok()
});

/// All candidates of a document, in text order.
pub fn find(document: &Document) -> Vec<Candidate> {
    let (text, blocks) = (document.text(), document.blocks());
    let mut out = Vec::new();
    let mut triggers = TRIGGERS.as_ref().map(|t| t.find_iter(text).map(|m| m.start()).peekable());
    let mut marks = document.markup().iter().filter(|m| matches!(m.kind, MarkupKind::NoteMark | MarkupKind::Code)).peekable();
    let marking = note_styles(document);
    let mut notes = false;
    for (index, block) in blocks.iter().enumerate() {
        let range = block.span.range();
        if let BlockKind::Heading(_) = block.kind {
            notes = is_notes_heading(document.slice(block.span));
        }
        let body = block.kind.is_body() && block.kind != BlockKind::Row && !notes;
        let mut inline_from = range.start;
        if body && let Some(head) = head(document, index, block) {
            inline_from = head.end;
            out.push(head);
        }
        let heading = matches!(block.kind, BlockKind::Heading(_));
        let Some(triggers) = &mut triggers else { continue };
        while let Some(at) = triggers.next_if(|at| *at < range.end) {
            if !body || heading || at < inline_from {
                continue;
            }
            while marks.next_if(|m| m.span.end.byte() <= at).is_some() {}
            if marks.peek().is_some_and(|m| m.span.start.byte() <= at) {
                continue;
            }
            if let Some(found) = inline(text, at, index, block)
                && !marking.contains(&found.family)
                && out.last().is_none_or(|last: &Candidate| last.end <= found.start)
            {
                out.push(found);
            }
        }
    }
    out
}

/// The styles in which notes are numbered: in the text they mark notes.
fn note_styles(document: &Document) -> Vec<Family> {
    let mut styles = Vec::new();
    for block in document.blocks().iter().filter(|b| b.kind == BlockKind::Note) {
        if let Some(m) = style::read(document.slice(block.span), true)
            && matches!(m.family, Family::Circled | Family::ArabicParen | Family::Round | Family::HanParen)
            && !styles.contains(&m.family)
        {
            styles.push(m.family);
        }
    }
    styles
}

/// Whether a heading opens a part without points.
fn is_notes_heading(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    ["参考文献", "參考文獻", "参考书目", "參考書目", "参考资料", "注释", "註釋", "注释与参考文献", "尾注", "脚注", "引用文献", "References", "Notes"]
        .contains(&text)
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
    let lead = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || "“「『\"‘*·•●■◆▪○—-".contains(c)).len();
    let rest = text.get(lead..)?;
    let marker = style::bare(rest).or_else(|| style::read(rest, true).and_then(|m| fits_head(m, rest))).or_else(|| style::label(rest));
    let start = block.span.start.byte() + lead;
    let place = if level.is_some() { PlaceOf::Heading } else { PlaceOf::LineHead };
    let key = level.map_or(0, |l| l * 8);
    let found = |family, ordinal, len, start| Candidate {
        start,
        end: start + len,
        family,
        ordinal,
        block: index,
        place,
        key,
        depth: block.depth,
        item: block.kind == BlockKind::Item,
        titled: key > 0 || reads_as_title(text),
        strong: true,
        stop: Stop::Line,
    };
    match marker {
        Some(m) => Some(found(m.family, m.ordinal, m.len, start)),
        None => (key > 0).then(|| found(Family::Title(key), Ordinal::Next, 0, block.span.start.byte())),
    }
}

/// Whether a line reads as a title.
pub fn reads_as_title(line: &str) -> bool {
    line.len() <= 40 * 3 && !line.trim_end_matches(['”', '」', '』', '）', ')', '"']).ends_with(['。', '；', '！', '.', '…', '：', ':', '，', ';'])
}

/// Whether a heading repeats the title of the document.
fn is_title(document: &Document, index: usize, text: &str) -> bool {
    let plain = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (title, text) = (plain(&document.meta().title), plain(text));
    if text.is_empty() {
        return true;
    }
    if !title.is_empty() {
        return title == text || (text.chars().count() >= 6 && (title.contains(&text) || text.contains(&title)));
    }
    // Without a title told: the only heading of the first level, where it comes first.
    let level = |b: &Block| matches!(b.kind, BlockKind::Heading(1));
    index == 0 && document.blocks().iter().take(2000).filter(|b| level(b)).count() == 1
}

/// What a number before it counts.
const UNITS: &str = "年月日号號时時点點分秒个個人次名位岁歲元万亿萬億世多余餘天周週倍%％家所项項条條件台辆輛座公千百十平米吨噸斤亩畝户戶届屆轮輪集卷页頁版楼樓层層度种種类類成折级級月把只隻张張本册冊场場支根";

/// Whether what follows a marker at a line head lets it be one; which it is
/// where two styles look alike.
fn fits_head(marker: Marker, text: &str) -> Option<Marker> {
    let rest = text.get(marker.len..)?;
    let next = rest.chars().next();
    let is = |set: &str| next.is_some_and(|c| set.contains(c));
    let value = if let Ordinal::Number(n) = marker.ordinal { n } else { 0 };
    match marker.family {
        Family::Article if is("是，,就要") => style::read(text, false),
        Family::Chapter | Family::Section | Family::Part | Family::Article => {
            next.is_none_or(|c| c.is_whitespace() || "：:、.．，,".contains(c) || c.is_alphanumeric()).then_some(marker)
        }
        // 12.5%, 2003.4.1
        Family::Arabic => (!next.is_some_and(|c| c.is_ascii_digit()) && value < 200).then_some(marker),
        Family::Path(_) => (!is("%％‰倍万亿萬億元米")).then_some(marker),
        Family::BareArabic => {
            let words = rest.trim_start();
            let unit = words.chars().next().is_none_or(|c| !c.is_alphanumeric() && !"“「『《〈".contains(c) || UNITS.contains(c));
            let short = text.len() <= 40 * 3 && !text.ends_with(['。', '；', '，', '！']);
            let set_off = words.len() < rest.len() && !words.starts_with(|c: char| c.is_ascii_alphanumeric());
            (!unit && (short || set_off) && value < 100 && !text.starts_with('0')).then_some(marker)
        }
        // 一、二、三产业 counts; 一、一扇门 and 三、四个方面 head their lines
        Family::HanComma => {
            (!rest.trim_start_matches(numeral::is_han_numeral).starts_with('、') || !next.is_some_and(numeral::is_han_numeral)).then_some(marker)
        }
        Family::Upper | Family::Lower | Family::Roman => (!next.is_some_and(|c| c.is_ascii_alphanumeric())).then_some(marker),
        _ if marker.family.is_word() => fits_word(marker, text, true).map(|strong| (strong, marker)).map(|(_, m)| m),
        _ => Some(marker),
    }
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
    let start = at - if first.is_ascii_digit() || numeral::is_han_numeral(first) { back(first) } else { 0 };
    let (before, rest) = (text.get(block.span.start.byte()..start)?, text.get(start..block.span.end.byte())?);
    let marker = style::read(rest, false)?;
    let stop = stop_before(before);
    let strong = fits_inline(marker, before, rest, stop)?;
    Some(Candidate {
        start,
        end: start + marker.len,
        family: marker.family,
        ordinal: marker.ordinal,
        block: index,
        place: PlaceOf::Inline,
        key: 0,
        depth: block.depth,
        item: block.kind == BlockKind::Item,
        titled: false,
        strong: strong && stop != Stop::None,
        stop,
    })
}

/// Whether two characters are digits of one script.
fn same_digits(a: char, b: char) -> bool {
    (a.is_ascii_digit() && b.is_ascii_digit()) || (numeral::is_han_numeral(a) && numeral::is_han_numeral(b))
}

/// The stop that a text ends with.
fn stop_before(text: &str) -> Stop {
    match text.trim_end().chars().next_back() {
        None => Stop::Line,
        Some('。' | '！' | '？' | '!' | '?' | '…') => Stop::Full,
        Some('；' | ';') => Stop::Half,
        Some(c) if "，：—,:“”‘’\"'「」『』（）()〔〕［］[]【】《》〈〉-".contains(c) => Stop::Light,
        Some('.') => Stop::Full,
        Some(_) => Stop::None,
    }
}

/// Whether an inline marker may stand there, and whether it stands well.
fn fits_inline(marker: Marker, before: &str, text: &str, stop: Stop) -> Option<bool> {
    let rest = text.get(marker.len..)?;
    let next = rest.chars().next();
    let prev = before.chars().next_back();
    let is = |set: &str| next.is_some_and(|c| set.contains(c));
    match marker.family {
        Family::ArabicParen | Family::HanParen | Family::Circled | Family::Round => {
            // A note mark, a citation, a formula: closed by a stop, a unit behind it.
            let closed = next.is_none_or(|c| "。，；、！？：.,;:）)”」』".contains(c) && !(marker.family == Family::HanParen && "，：".contains(c)));
            let well = matches!(stop, Stop::Full | Stop::Half) || prev.is_some_and(|c| "：:，,—".contains(c));
            (!closed && !is("项項条條款目节節章")).then_some(well)
        }
        Family::Arabic | Family::ArabicHalf | Family::Dotted => {
            let digit = next.is_some_and(|c| c.is_ascii_digit()) || prev.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
            (!digit && !matches!(prev, Some('（' | '(' | '[' | '〔')) && stop != Stop::None && next.is_some()).then_some(true)
        }
        Family::Upper => {
            (stop != Stop::None && !prev.is_some_and(|c| c.is_ascii() && !c.is_ascii_whitespace()) && next.is_some_and(|c| !c.is_ascii())).then_some(true)
        }
        Family::HanComma | Family::Stem => {
            let numbers = next.is_some_and(|c| numeral::is_han_numeral(c) || numeral::stem(c).is_some());
            (!numbers && matches!(stop, Stop::Full | Stop::Half | Stop::Light) && prev != Some('，')).then_some(true)
        }
        _ if stop != Stop::None => fits_word(marker, text, false),
        // Only where a series calls for it; 统一是, 唯一是, 之一是 are words.
        Family::Is => (!prev.is_some_and(|c| "之唯惟统統万萬专專同如合归歸划劃整逐独獨均单單其第某每任这這那哪".contains(c))).then_some(false),
        Family::Side => Some(false),
        Family::First | Family::Come if marker.ordinal == Ordinal::Number(1) => Some(false),
        Family::Order => fits_word(marker, text, false).map(|_| false),
        _ => None,
    }
}

/// Whether the words after a word marker let it be one (`None`: never), and
/// whether they make it one (`true`).
fn fits_word(marker: Marker, text: &str, head: bool) -> Option<bool> {
    let rest = text.get(marker.len..)?;
    let next = rest.chars().next();
    let is = |set: &str| next.is_some_and(|c| set.contains(c));
    let mark = is("，,、：:；;。—“「《") || next.is_some_and(char::is_whitespace) || next.is_none();
    Some(match (marker.family, marker.ordinal) {
        // 第一，第一是 第一个是; not 第一产业, 第一次, 第一要务.
        (Family::Order, _) => {
            let words = ["就是", "就要", "是", "为", "為", "则", "則", "要", "点", "點"];
            let thing = [
                "个", "個", "条", "條", "道", "点", "點", "种", "種", "类", "類", "步", "项", "項", "层", "層", "大", "关", "關", "件", "方面", "阶段", "階段",
                "层面", "層面",
            ];
            let bad = ["要务", "要務", "要素", "要义", "要義", "要件", "要人", "是非", "点名", "要领"];
            let digits = text.trim_start_matches('第').starts_with(|c: char| c.is_ascii_digit());
            let ranks =
                rest.strip_prefix(['、', '，']).is_some_and(|r| r.starts_with(|c: char| c == '第' || (numeral::is_han_numeral(c) && rest.starts_with('、'))));
            if ranks {
                // 第一、第二产业; 第一、二、三产业
                return None;
            } else if mark {
                true
            } else if digits || bad.iter().any(|b| rest.starts_with(b)) {
                return None;
            } else if words.iter().any(|w| rest.starts_with(w)) {
                true
            } else if let Some(t) = thing.iter().rev().find(|t| rest.starts_with(**t)) {
                let rest = rest.get(t.len()..)?;
                if ["是", "就是", "，", ",", "：", ":", "、"].iter().any(|w| rest.starts_with(w)) {
                    true
                } else if head {
                    false
                } else {
                    return None;
                }
            } else if head && rest.starts_with(['次', '回', '天', '轮', '輪', '期']) {
                let rest = rest.chars().nth(1);
                if !rest.is_some_and(|c| "：:，,".contains(c)) {
                    return None;
                }
                true
            } else {
                return None;
            }
        }
        (Family::Its, _) => {
            if is("些生切贯貫定般直旦次身家个個十百千之中者") {
                return None;
            }
            mark || is("是为為曰")
        }
        (Family::First, Ordinal::Number(_)) => mark || is("是的要"),
        (Family::First, Ordinal::Next) => {
            if text.starts_with("再次") && !mark && !is("是要") {
                return None;
            }
            mark || is("是的要还還应應从從就则則在")
        }
        (Family::First, _) => {
            if !mark && !is("是还還要就则則的") {
                return None;
            }
            mark || head
        }
        (Family::Is, Ordinal::Number(n)) => {
            // 一是一，二是二
            if next.is_some_and(|c| numeral::han(&c.to_string()) == Some(n)) {
                return None;
            }
            true
        }
        (Family::Want, _) if is("素务務件点點义義道职職旨领領塞") => return None,
        (Family::Side, _) if text.starts_with('第') && is("临臨对對积積世试試") => return None,
        (Family::Come | Family::Then, _) => {
            if next.is_some_and(numeral::is_han_numeral) || is("往回去") {
                return None;
            }
            true
        }
        _ => true,
    })
}
