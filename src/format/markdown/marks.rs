//! Reads the signs of strong, emphasised and struck text as their author meant them.
//!
//! 1. A sign between two digits or letters of ASCII is a character ([`characters`]): 3*5*2,
//!    400~~650. So is a single `~`: ranges and tones have it.
//! 2. Signs are paired within their line ([`pairs`]).
//! 3. A pair that `CommonMark` would refuse beside Chinese marks becomes tags ([`replace`]):
//!    `**“重点”**的`, `**甲****乙**`.
//!
//! Signs that `CommonMark` reads as they are meant are not changed.

use super::code_spans::CodeSpans;
use crate::format::prose;
use crate::text::numeral::is_han_numeral;
use crate::text::words::Words;
use std::borrow::Cow;
use std::fmt::Write;

/// Limit of the marks of struck text in a line of which one may be a character.
const MAX_TRIED_MARKS: usize = 33;
/// Limit of the words between two signs of a formula, in characters.
const MAX_OPERAND_CHARS: usize = 10;
/// Cost of a stretch that `CommonMark` would not strike, in characters.
const REFUSED_COST: usize = 10;

/// Repairs the signs of a line.
pub fn repair(line: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'*', b'~', b'_', line.as_bytes()).is_none() {
        return Cow::Borrowed(line);
    }
    let line = prose::and_then(names(line), characters);
    let line = prose::and_then(line, struck);
    let line = prose::and_then(line, |line| {
        replace(line, &pairs(line, "__"), "__", "strong")
    });
    if has_odd_stars(&line) {
        return line;
    }
    let line = prose::and_then(line, |line| {
        replace(line, &pairs(line, "**"), "**", "strong")
    });
    prose::and_then(line, |line| replace(line, &pairs(line, "*"), "*", "em"))
}

/// A run of one sign.
#[derive(Clone, Copy)]
struct Sign {
    at: usize,
    len: usize,
    before: Option<char>,
    after: Option<char>,
}

/// Returns the runs of a sign outside of code.
fn signs(line: &str, sign: u8) -> Vec<Sign> {
    let bytes = line.as_bytes();
    if memchr::memchr(sign, bytes).is_none() {
        return Vec::new();
    }
    let code = CodeSpans::of(line);
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(at) = memchr::memchr(sign, bytes.get(from..).unwrap_or_default()) {
        let at = from + at;
        let run = bytes.get(at..).unwrap_or_default();
        let len = run.iter().take_while(|b| **b == sign).count();
        // an escaped sign is one of its own
        let len = if code.holds(at) { 1 } else { len };
        if !code.holds(at) {
            found.push(Sign {
                at,
                len,
                before: line.get(..at).and_then(|l| l.chars().next_back()),
                after: line.get(at + len..).and_then(|l| l.chars().next()),
            });
        }
        from = at + len;
    }
    found
}

impl Sign {
    /// Recognises a sign of arithmetic, or of a range.
    fn is_inside_word(&self) -> bool {
        let is = |c: Option<char>, test: fn(char) -> bool| c.is_some_and(test);
        let is_digit = |c| is(c, |c| c.is_ascii_digit());
        let is_word = |c| is(c, |c| c.is_ascii_alphanumeric());
        is_word(self.before) && is_word(self.after)
            || is(self.before, |c| matches!(c, ')' | '%' | '％' | '℃' | '°'))
                && is_digit(self.after)
            || is_digit(self.before) && self.after == Some('(')
            || is(self.before, is_han_numeral) && is(self.after, is_han_numeral)
    }
}

/// Writes signs that are characters as entities.
fn characters(line: &str) -> Cow<'_, str> {
    let stars = signs(line, b'*');
    // where a mark would be left alone, its fellow is one, too: iOS**17**发布
    let strong = stars.iter().filter(|s| s.len == 2);
    let is_odd = strong.filter(|s| !s.is_inside_word()).count() % 2 == 1;
    let is_power = |s: &Sign| {
        [s.before, s.after]
            .iter()
            .flatten()
            .all(char::is_ascii_digit)
    };
    let is_glob = |s: &Sign| {
        let rest = line.get(s.at + s.len..).unwrap_or_default();
        let name = rest.strip_prefix('.').unwrap_or_default();
        s.len == 1 && name.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let is_star =
        |s: &&Sign| s.is_inside_word() && (s.len != 2 || !is_odd || is_power(s)) || is_glob(s);
    let single: Vec<&Sign> = stars.iter().filter(|s| s.len == 1 && !is_star(s)).collect();
    let mut found: Vec<Sign> = stars.iter().filter(is_star).copied().collect();
    found.extend(masks(line, &stars).filter(|s| !is_star(&s)));
    // 长3*宽5*高2
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    for pair in single.chunks_exact(2) {
        let behind = pair.iter().all(|s| is_digit(s.before));
        if behind || is_product(line, pair) || pair.iter().all(|s| is_digit(s.after)) {
            found.extend(pair.iter().map(|s| **s));
        }
    }
    let tildes = signs(line, b'~').into_iter();
    let is_range = |s: &Sign| s.is_inside_word() || is_digit(s.after) && ends_measure(line, s.at);
    found.extend(tildes.filter(|s| s.len == 1 || s.len == 2 && is_range(s)));
    found.sort_unstable_by_key(|s| s.at);
    escape(line, &found)
}

/// Returns the long runs of stars that hide a number or a name: 138****5678, 密码是****. Two
/// strong marks that meet are none.
fn masks<'s>(line: &str, stars: &'s [Sign]) -> impl Iterator<Item = Sign> + use<'s> {
    let is_rule = line.chars().all(|c| c == '*' || c.is_whitespace());
    let mut open = false;
    let masks = stars.iter().copied().filter(move |s| {
        open ^= s.len == 2;
        s.len >= 4 && !open
    });
    masks.filter(move |_| !is_rule)
}

/// Returns whether a number and its unit end at a byte: 5月, 30元.
fn ends_measure(line: &str, at: usize) -> bool {
    static MEASURED_UNITS: Words =
        Words::new("年 月 日 号 点 时 分 秒 元 块 斤 克 岁 级 度 米 里 天 次 倍 页 章 人 个");
    let before = line.get(..at).unwrap_or_default();
    let unit = before.chars().next_back().map_or(0, char::len_utf8);
    let (number, unit) = before.split_at(before.len() - unit);
    MEASURED_UNITS.has(unit) && number.ends_with(|c: char| c.is_ascii_digit())
}

/// Writes the signs of a name in a program as entities: `__init__`.
fn names(line: &str) -> Cow<'_, str> {
    let signs = signs(line, b'_');
    let mut found = Vec::new();
    let in_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    for pair in signs
        .windows(2)
        .filter(|pair| pair.iter().all(|s| s.len == 2))
    {
        let name = line.get(pair[0].at + 2..pair[1].at).unwrap_or_default();
        if !name.is_empty() && name.chars().all(in_name) {
            found.extend_from_slice(pair);
        }
    }
    found.dedup_by_key(|s| s.at);
    escape(line, &found)
}

/// Recognises the stars of a formula: 总价=单价*数量*折扣, （长*宽*高）.
fn is_product(line: &str, pair: &[&Sign]) -> bool {
    static FACTORS: Words = Words::new("长 宽 高 厚 深 底 单价 数量 天数 人数 次数 面积 重量");
    let [open, close] = pair else {
        return false;
    };
    let is_edge = |c: char| !c.is_alphanumeric();
    let before = line.get(..open.at).unwrap_or_default();
    let inside = line.get(open.at + open.len..close.at).unwrap_or_default();
    let after = line.get(close.at + close.len..).unwrap_or_default();
    let first = before.rsplit(is_edge).next().unwrap_or_default();
    let last = after.split(is_edge).next().unwrap_or_default();
    let before = before.get(..before.len() - first.len()).unwrap_or_default();
    let near = [
        before.chars().next_back(),
        after.get(last.len()..).and_then(|rest| rest.chars().next()),
    ];
    let operands = [first, inside, last];
    let is_short = |word: &&str| !word.is_empty() && prose::at_most(word, MAX_OPERAND_CHARS);
    let measures = operands.iter().filter(|word| FACTORS.has(word)).count();
    operands.iter().all(is_short)
        && (measures >= 2 || near.into_iter().flatten().any(|c| "=＝+＋÷".contains(c)))
}

/// Writes signs as entities, which Markdown and HTML read as characters.
fn escape<'a>(line: &'a str, signs: &[Sign]) -> Cow<'a, str> {
    if signs.is_empty() {
        return Cow::Borrowed(line);
    }
    let (mut out, mut from) = (String::new(), 0);
    for sign in signs {
        out.push_str(line.get(from..sign.at).unwrap_or_default());
        from = sign.at + sign.len;
        for byte in line.get(sign.at..from).unwrap_or_default().bytes() {
            let _ = write!(out, "&#{byte};");
        }
    }
    out.push_str(line.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Repairs the signs of struck text: one that pairs with nothing is a character.
fn struck(line: &str) -> Cow<'_, str> {
    let marks = signs(line, b'~');
    let marks: Vec<Sign> = marks.into_iter().filter(|s| s.len == 2).collect();
    let is_edge = |s: &Sign| s.at == 0 || s.at + s.len == line.len();
    let lone = match marks.len() {
        1 => marks.iter().position(|s| !is_edge(s)),
        n if n % 2 == 1 && n <= MAX_TRIED_MARKS => {
            let cost = |skipped: &usize| {
                let rest = marks.iter().enumerate().filter(|(i, _)| i != skipped);
                let rest: Vec<&Sign> = rest.map(|(_, s)| s).collect();
                rest.chunks_exact(2)
                    .map(|p| cost(line, p[0], p[1]))
                    .sum::<usize>()
            };
            (0..n).step_by(2).min_by_key(cost)
        }
        _ => None,
    };
    match lone.and_then(|i| marks.get(i)) {
        Some(sign) => {
            let line = escape(line, &[*sign]);
            prose::and_then(line, |line| replace(line, &pairs(line, "~~"), "~~", "del"))
        }
        None => replace(line, &pairs(line, "~~"), "~~", "del"),
    }
}

/// Returns the cost of striking the text between two marks: its length, and more where a mark
/// is at the wrong side of a word.
fn cost(line: &str, open: &Sign, close: &Sign) -> usize {
    let inside = line.get(open.at + open.len..close.at).unwrap_or_default();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_refused = |edge: Option<char>, outside| !is_word(edge) && is_word(outside);
    let refused = usize::from(is_refused(inside.chars().next(), open.before))
        + usize::from(is_refused(inside.chars().next_back(), close.after));
    let blank = usize::from(inside.trim() != inside || inside.is_empty());
    inside.chars().count() + REFUSED_COST * (refused + 100 * blank)
}

/// Recognises runs of stars that are neither emphasis nor strong, nor two strong marks that meet.
fn has_odd_stars(line: &str) -> bool {
    let mut open = false;
    signs(line, b'*').iter().any(|s| {
        open ^= s.len == 2;
        s.len == 3 || s.len > 4 || s.len == 4 && !open
    })
}

/// Returns the positions of a mark, in pairs; none if their number is odd.
fn pairs(line: &str, mark: &str) -> Vec<(usize, usize)> {
    let Some(sign) = mark.bytes().next() else {
        return Vec::new();
    };
    let mut at = Vec::new();
    for run in signs(line, sign) {
        if run.len == mark.len() {
            at.push(run.at);
        } else if run.len == 4 && mark == "**" {
            at.extend([run.at, run.at + 2]);
        }
    }
    let item = line.trim_start().starts_with("* ");
    if item && mark.len() == 1 && !at.is_empty() {
        at.remove(0);
    }
    if at.len() % 2 == 1 {
        return Vec::new();
    }
    let (pairs, _) = at.as_chunks::<2>();
    pairs.iter().map(|[open, close]| (*open, *close)).collect()
}

/// Replaces the pairs that `CommonMark` would not read by tags.
fn replace<'a>(line: &'a str, pairs: &[(usize, usize)], mark: &str, tag: &str) -> Cow<'a, str> {
    let mut out = String::new();
    let mut from = 0;
    for (i, &(open, close)) in pairs.iter().enumerate() {
        let inside = line.get(open + mark.len()..close).unwrap_or_default();
        let marked = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric());
        let odd = marked(inside.chars().next()) || marked(inside.chars().next_back());
        // two marks that meet: **甲****乙**
        let meets = |a: usize, b: usize| a + mark.len() == b;
        let next = pairs.get(i + 1).is_some_and(|next| meets(close, next.0));
        let before = i.checked_sub(1).and_then(|i| pairs.get(i));
        let odd = odd || next || before.is_some_and(|before| meets(before.1, open));
        let is_bare = inside.trim() == inside;
        // *** is not ours: single stars only around words, nothing struck beside a blank
        let fits = match mark {
            "*" | "__" => is_bare && prose::has_han(inside),
            "~~" => is_bare && !inside.is_empty(),
            _ => true,
        };
        if !odd || !fits {
            continue;
        }
        out.push_str(line.get(from..open).unwrap_or_default());
        if inside.trim().is_empty() {
            out.push_str(inside);
        } else {
            let _ = write!(out, "<{tag}>{inside}</{tag}>");
        }
        from = close + mark.len();
    }
    if from == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(line.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    /// Returns a repaired line with its entities as they are read.
    fn read(line: &str) -> String {
        let read = repair(line).replace("&#42;", "＊").replace("&#126;", "～");
        read.replace("&#95;", "＿")
    }

    #[test]
    fn signs_of_arithmetic_and_ranges_are_characters() {
        for (line, wanted) in [
            ("3*5*2米，1200*12元", "3＊5＊2米，1200＊12元"),
            ("(1+2)*5*(3+4)", "(1+2)＊5＊(3+4)"),
            ("长3*宽5*高2", "长3＊宽5＊高2"),
            ("总价=单价*数量*折扣", "总价=单价＊数量＊折扣"),
            ("（长*宽*高）", "（长＊宽＊高）"),
            ("这是*重点*内容", "这是*重点*内容"),
            ("a*b*c 与 2**10", "a＊b＊c 与 2＊＊10"),
            ("**三个**，3*5*2", "**三个**，3＊5＊2"),
            (
                "*.txt 和 a*.md，char **argv 与 10**9",
                "＊.txt 和 a＊.md，char **argv 与 10＊＊9",
            ),
            ("iOS**17**发布", "iOS**17**发布"),
            ("`3*5*2` 和 \\*甲\\*", "`3*5*2` 和 \\*甲\\*"),
            ("3~4，(5~6)", "3～4，(5～6)"),
            ("好~谢谢~", "好～谢谢～"),
            ("120~~240~~480，~~划掉~~", "120～～240～～480，~~划掉~~"),
            ("50%~~60%", "50%～～60%"),
            ("138****5678，a***b", "138＊＊＊＊5678，a＊＊＊b"),
            ("密码是****。**记牢**", "密码是＊＊＊＊。**记牢**"),
            ("5月~~6月涨水，好的~~", "5月～～6月涨水，好的~~"),
            (
                "写在 __init__ 里，__重点__",
                "写在 ＿＿init＿＿ 里，__重点__",
            ),
            ("他，__“重点。”__说", "他，<strong>“重点。”</strong>说"),
            ("太好了~~，我~~不去~~去", "太好了～～，我~~不去~~去"),
            ("三天~~五天才到，~~划掉~~", "三天～～五天才到，~~划掉~~"),
        ] {
            assert_eq!(read(line), wanted);
        }
    }

    #[test]
    fn marks_beside_chinese_marks_are_read() {
        for [line, wanted] in rows(
            "\
~~早上，~~后来 ¦ <del>早上，</del>后来
写~~“不够”~~，~~好。~~她 ¦ 写<del>“不够”</del>，<del>好。</del>她
**甲****乙** ¦ <strong>甲</strong><strong>乙</strong>
**甲**：**乙****丙**丁 ¦ **甲**：<strong>乙</strong><strong>丙</strong>丁
~~一行的头 ¦ ~~一行的头
**** ¦ ****
甲 ~~ 乙 ~~ 丙 ¦ 甲 ~~ 乙 ~~ 丙",
        ) {
            assert_eq!(repair(line), wanted);
        }
    }
}
