//! Decides which numbers are markers, and how sure each is.
//!
//! 1. [`at_line_head`]: at the head of a line nearly all are.
//! 2. [`inline`]: inside a paragraph a number may be a date, a citation, a formula, a part of
//!    another word.

use super::context::{Confidence, Context, Preceding};
use super::family::{Family, Ordinal};
use super::marker::{self, Marker};
use super::word_rules;
use crate::text::words::Words;
use crate::text::{letter, numeral};

/// Units that a number counts: 5年 is not a marker.
pub const UNITS: &str = "年月日号时点分秒个人次名位岁元万亿世多余天周倍%％家所项条件\
    台辆座公千百十平米吨斤亩户届轮集卷页版楼层度种类成折级把只张本册场支根";

/// Bytes of a line that may be a title: 40 Han.
pub const MAX_TITLE_BYTES: usize = 40 * 3;

/// Judges the marker that a line begins with. Where two styles look alike, which one it is
/// depends on the words behind it: 第一条是 is not an article of a law.
pub fn at_line_head(marker: Marker, line: &str) -> Option<(Marker, Confidence)> {
    let context = Context::of_line(marker, line);
    let other = match marker.family {
        Family::Article => "是，,就要",
        Family::Part => "是讲说",
        family if family.is_word() => return word_rules::at_line_head(&context),
        _ => "",
    };
    let marker = if context.next_in(other) {
        marker::read(line, false)?
    } else {
        Some(marker).filter(|_| heads_line(&context))?
    };
    Some((marker, Confidence::Clear))
}

/// Returns whether a number heads its line.
fn heads_line(context: &Context<'_>) -> bool {
    let next = context.next();
    match context.marker.family {
        Family::Chapter | Family::Section | Family::Part | Family::Article => next
            .is_none_or(|c| c.is_whitespace() || c.is_alphanumeric() || "：:、.．，,".contains(c)),
        // 12.5%, 2003.4.1; but 1、2015年, 1、3D
        Family::Arabic(_) => {
            (!next.is_some_and(|c| c.is_ascii_digit()) || begins_with_figure(context))
                && context.marker.ordinal.number() < 200
        }
        Family::Path(_) => !context.next_in("%％‰倍万亿元米"),
        Family::BareArabic => is_bare_arabic(context),
        Family::HanComma => !is_list_of_numbers(context),
        Family::Upper | Family::Lower | Family::Roman => {
            !next.is_some_and(|c| c.is_ascii_alphanumeric())
        }
        _ => true,
    }
}

/// Returns whether the words behind `1、` begin with a figure of their own: a year, or digits with a
/// letter; not the next number of a list (1、2、) nor the other end of a span (1、2月).
fn begins_with_figure(context: &Context<'_>) -> bool {
    let words = context
        .after
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = context.after.len() - words.len();
    let is_figure = words.starts_with(|c: char| c.is_ascii_alphabetic() || UNITS.contains(c))
        && (digits > 1 || words.starts_with(|c: char| c.is_ascii_alphabetic()));
    is_figure
        && context
            .text
            .get(..context.marker.len)
            .is_some_and(|m| m.ends_with(['、', '．']))
}

/// Returns whether an Arabic number without a sign numbers its line: words follow it that are
/// not what it counts, and it is set off by a blank or the line is short.
fn is_bare_arabic(context: &Context<'_>) -> bool {
    let line = context.text;
    let words = context.after.trim_start();
    let is_title = line.len() <= MAX_TITLE_BYTES && !line.ends_with(['。', '；', '，', '！']);
    // 1 2008年, …
    let after_year = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_year = words.len() - after_year.len() == 4 && after_year.starts_with('年');
    let is_set_off = words.len() < context.after.len()
        && (is_year || !words.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let names = |c: char| (c.is_alphanumeric() || "“「『《〈".contains(c)) && !UNITS.contains(c);
    words.starts_with(names)
        && (is_title || is_set_off)
        && context.marker.ordinal.number() < 100
        && (!line.starts_with('0') || (is_set_off && context.marker.len == 2))
}

/// 一、二、三产业 counts; 一、一扇门 and 三、四个方面 head their lines.
fn is_list_of_numbers(context: &Context<'_>) -> bool {
    let words = context.after.trim_start_matches(numeral::is_han_numeral);
    words.len() < context.after.len() && words.starts_with('、')
}

/// Judges a marker inside a paragraph; `None` where it is none.
pub fn inline(context: &Context<'_>) -> Option<Confidence> {
    match context.marker.family {
        Family::ArabicParen
        | Family::HanParen
        | Family::StemParen
        | Family::UpperParen
        | Family::LowerParen
        | Family::Circled
        | Family::Round => bracketed(context),
        Family::Arabic(_) | Family::ArabicHalf | Family::Dotted => arabic(context),
        Family::Upper | Family::Lower => latin(context),
        Family::HanComma | Family::Stem => han_comma(context),
        _ if context.preceding != Preceding::Word => word_rules::confidence(context, false),
        // behind a word only where a series calls for it
        Family::Is if is_other_word(context) => None,
        // 那一方面, 任一方面; but 这一方面省钱，另一方面省时
        Family::Side if context.text.starts_with('一') && is_other_side(context) => None,
        Family::Is | Family::Side => Some(Confidence::Weak),
        Family::First
        | Family::Come
        | Family::Its
        | Family::Want
        | Family::Then
        | Family::Count(_)
            if context.marker.ordinal == Ordinal::Number(1) && !is_other_word(context) =>
        {
            word_rules::confidence(context, false).map(|_| Confidence::Weak)
        }
        Family::Order => match word_rules::confidence(context, false)? {
            Confidence::Doubtful => Some(Confidence::Doubtful),
            _ => Some(Confidence::Weak),
        },
        _ => None,
    }
}

/// Characters that make a word with the 一 behind them: 统一, 唯一.
pub const WORDS_WITH_ONE: &str = "之唯惟统万专同如合归划整逐独均单其第某每任这那哪";

/// 统一是, 唯一是 and 之一是 are words; 一个是 tells two apart.
fn is_other_word(context: &Context<'_>) -> bool {
    context.prev_in(WORDS_WITH_ONE) || context.is_one_of()
}

/// Returns whether 一方面 is the end of other words: 那一方面.
fn is_other_side(context: &Context<'_>) -> bool {
    !context.before.ends_with('这') && context.prev_in(WORDS_WITH_ONE)
}

/// A number in brackets or a circle: also a note mark, a citation or a formula, which a stop
/// closes or a unit follows.
fn bracketed(context: &Context<'_>) -> Option<Confidence> {
    /// Words that join the last bracketed number of a sentence to the one before it.
    static CONJUNCTIONS: Words = Words::new("或 或者 和 及 与 并 还有");
    let is_closed = match context.next() {
        Some('，' | '：') => context.marker.family != Family::HanParen,
        next => next.is_none_or(|c| "。；、！？.,;:）)”」』".contains(c)),
    };
    let is_cited = context.next_in("项条款目节章")
        || context.prev_in("第图表式例注见")
        || context.prev().is_some_and(|c| c.is_ascii_alphanumeric());
    // 第（1）、（2）两种: behind another number, and nothing between the two
    let is_listed = context
        .before
        .strip_suffix(['、', '和', '及', '与', '，'])
        .is_some_and(|before| before.ends_with(['）', ')']) && ends_with_number(before));
    let joins_next = CONJUNCTIONS
        .rests(context.after)
        .any(|rest| rest.starts_with(['（', '(']));
    if is_closed || is_cited || is_listed || joins_next {
        return None;
    }
    let is_clear = matches!(
        context.preceding,
        Preceding::FullStop | Preceding::Semicolon
    ) || context.prev_in("：:，,—、");
    Some(if is_clear {
        Confidence::Clear
    } else if CONJUNCTIONS.ends(context.before) {
        Confidence::Joined
    } else {
        Confidence::Weak
    })
}

/// Returns whether a text that a bracket closes has only a number in it: （1）.
fn ends_with_number(text: &str) -> bool {
    let inside = text.trim_end_matches(['）', ')']);
    let before = inside.trim_end_matches(|c: char| c.is_numeric() || numeral::is_han_numeral(c));
    before.len() < inside.len() && before.ends_with(['（', '('])
}

/// `1、`, `1)`, `⒈`. Without a stop before it only between words: 1、修渠2、修路.
fn arabic(context: &Context<'_>) -> Option<Confidence> {
    let (prev, next) = (context.prev(), context.next()?);
    let is_decimal =
        next.is_ascii_digit() || prev.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
    if is_decimal || context.prev_in("（([〔") {
        return None;
    }
    if context.preceding != Preceding::Word {
        return Some(Confidence::Clear);
    }
    let is_between_words = letter::is_letter(next)
        && !UNITS.contains(next)
        && prev.is_some_and(letter::is_letter)
        && !is_in_brackets(context.before);
    is_between_words.then_some(Confidence::Weak)
}

/// `A.`, `b、`: after a stop or a blank, before Chinese.
fn latin(context: &Context<'_>) -> Option<Confidence> {
    let is_set_off = context.preceding != Preceding::Word
        && context
            .prev()
            .is_none_or(|c| !c.is_ascii() || c.is_ascii_whitespace())
        && context
            .after
            .trim_start()
            .starts_with(|c: char| !c.is_ascii());
    is_set_off.then_some(Confidence::Clear)
}

/// `一、`, `甲、`: after a stop, and no list of numbers.
fn han_comma(context: &Context<'_>) -> Option<Confidence> {
    let is_number = |c: char| numeral::is_han_numeral(c) || numeral::stem(c).is_some();
    match context.preceding {
        Preceding::LineStart | Preceding::Word => None,
        _ if context.next().is_some_and(is_number) => None,
        _ if context.prev() == Some('，') => Some(Confidence::Weak),
        _ => Some(Confidence::Clear),
    }
}

/// Returns whether `before` ends inside brackets: （见表1）.
fn is_in_brackets(before: &str) -> bool {
    let mut chars = before.chars().rev().take(20);
    chars
        .find(|c| "（()）〔〕[]".contains(*c))
        .is_some_and(|c| "（(〔[".contains(c))
}
