//! Lines under a title that name its author without a label: 本报评论员 某甲, □ 某甲,
//! 某报记者 某甲.
//!
//! 1. A mark that papers put before a name is taken off.
//! 2. Each word must be an office (本报记者), a name, or an office with its name.
//!
//! [`bylines`](crate::format::clean::bylines) decides on the places of such lines.

use crate::format::facts::{names, values};
use crate::format::prose;
use crate::text::script::{simplified, simplify};
use crate::text::words::Words;

/// Marks before the name of an author.
const NAME_MARKS: [char; 9] = ['□', '◎', '■', '●', '○', '◆', '◇', '▲', '☐'];
/// Ends of an office.
static OFFICES: Words = Words::new("评论员 记者 通讯员 撰稿人 特约撰稿");
/// Houses and grades before an office that is written together with a name.
static HOUSES: Words = Words::new("本报 本刊 本网 本台 本社 新华社 特约 见习 实习");
/// Works that follow an office, where a name would.
static WORKS: Words = Words::new("文章 手记 观察 来信 报道 述评 专访 调查 摄影 日记");
/// Limit of a line, in characters.
const MAX_LINE_CHARS: usize = 40;
/// Limit of an office, in characters.
const MAX_OFFICE_CHARS: usize = 14;

/// Returns the authors that a line names, if it does nothing else.
pub(crate) fn read(line: &str) -> Option<String> {
    if !prose::at_most(line, MAX_LINE_CHARS) {
        return None;
    }
    let bare = line.trim_start_matches(NAME_MARKS).trim_start();
    let marked = bare.len() < line.len();
    let (mut names, mut office) = (Vec::new(), None);
    let is_between = |c: char| c.is_whitespace() || matches!(c, '、' | '，');
    for word in bare.split(is_between).filter(|w| !w.is_empty()) {
        match split(word, marked || office.is_some()) {
            Some((house, name)) => {
                office.get_or_insert(house);
                names.extend((!name.is_empty()).then_some(name));
            }
            None if (marked || office.is_some()) && is_name(word) => names.push(word),
            None => return None,
        }
    }
    if !names.is_empty() {
        return Some(names.join("、"));
    }
    // 本报评论员 alone is the author
    let office = office.filter(|o| o.ends_with(|c| simplify(c) == '员') && HOUSES.starts(o))?;
    Some(office.to_owned())
}

/// Splits a word into an office and the name behind it, which may be empty. Only behind a
/// mark an office needs no house: 记者 走进了 山村 is not a byline.
fn split(word: &str, marked: bool) -> Option<(&str, &str)> {
    let simple = simplified(word);
    let found = OFFICES
        .iter()
        .filter_map(|office| Some((simple.find(office)?, office)));
    let (at, office) = found.min()?;
    let (head, name) = word.split_at_checked(at + office.len())?;
    let house = head.get(..at)?;
    if !prose::at_most(head, MAX_OFFICE_CHARS) || !head.chars().all(prose::is_han) {
        return None;
    }
    let known = house.ends_with(|c| "报社台刊".contains(simplify(c)))
        || HOUSES.ends(house)
        || HOUSES.starts(house)
        || values::is_site(house);
    match name {
        "" | "文章" => (known || marked && name.is_empty()).then_some((head, "")),
        _ => (known && is_name(name)).then_some((head, name)),
    }
}

/// Recognises a word that may be the name of a person.
fn is_name(word: &str) -> bool {
    let is_dot = |c: char| matches!(c, '·' | '・');
    let max_chars = match word.chars().count() {
        _ if word.contains(is_dot) => 12,
        // four characters are a name only where the family's has two
        4 if !names::is_person(word) => 0,
        _ => 4,
    };
    !WORKS.has(word)
        && (2..=max_chars).contains(&word.chars().count())
        && word.chars().all(|c| prose::is_han(c) || is_dot(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_name_their_author() {
        for (line, author) in [
            ("本报评论员 林深", "林深"),
            ("江城日报记者 林深", "林深"),
            ("江城日报记者 林深 通讯员 李雷", "林深、李雷"),
            ("□ 林深", "林深"),
            ("◎林深　李雷", "林深、李雷"),
            ("□ 本报记者 林深", "林深"),
            ("本报记者林深", "林深"),
            ("本报评论员", "本报评论员"),
            ("□ 记者 林深", "林深"),
            ("本报评论员文章", "本报评论员"),
        ] {
            assert_eq!(read(line).as_deref(), Some(author), "{line}");
        }
        let others = "林深¦■ 纪检监察¦记者手记¦本报记者手记¦记者¦评论员辞职¦● 第一条要做的事¦\
            记者 走进了 山村小学¦□ 是，□ 否¦本报记者从有关部门获悉";
        for none in others.split('¦') {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
