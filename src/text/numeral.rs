//! Numbers as Chinese documents write them: 一 二十三 廿 〇, ①, ⑴, Ⅳ, １, 12,
//! 壹, 甲.
//!
//! Reading only; nothing here knows what a number is used for.

/// Returns the value of a run of Chinese numerals up to 999 (一, 十一, 二十, 廿三, 一百零二,
/// 壹, 二〇), or `None` where it is not one.
///
/// ```
/// use jingdu::text::numeral::han;
/// assert_eq!(han("十一"), Some(11));
/// assert_eq!(han("二十"), Some(20));
/// assert_eq!(han("二〇"), Some(20));
/// assert_eq!(han("是"), None);
/// ```
pub fn han(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        let mut digits = text.chars().filter_map(digit);
        return digits.try_fold(0u32, |n, d| Some(n.checked_mul(10)? + d));
    }
    let (mut total, mut unit) = (0u32, None);
    for c in text.chars() {
        match c {
            '十' | '拾' => total += unit.take().unwrap_or(1) * 10,
            '百' | '佰' => total += unit.take().unwrap_or(1) * 100,
            '廿' => total += 20,
            '卅' => total += 30,
            _ => match (digit(c)?, unit) {
                (0, None) if total > 0 => {}
                (n, None) => unit = Some(n),
                _ => return None,
            },
        }
    }
    Some(total + unit.unwrap_or(0))
}

/// Recognises characters of Chinese numbers.
pub fn is_han_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '拾' | '百' | '佰' | '廿' | '卅')
}

/// Returns the value of one Chinese digit, plain or financial.
fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' | '壹' | '壱' | '弌' => 1,
        '二' | '贰' | '貳' | '弍' | '两' | '兩' => 2,
        '三' | '叁' | '參' | '叄' | '弎' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Returns the value of a run of Arabic digits, half or full width.
///
/// ```
/// use jingdu::text::numeral::arabic;
/// assert_eq!((arabic("１2"), arabic("12万"), arabic("")), (Some(12), None, None));
/// ```
pub fn arabic(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 9 {
        return None;
    }
    text.chars().try_fold(0u32, |n, c| {
        Some(n * 10 + super::fold::half_width(c).to_digit(10)?)
    })
}

/// Recognises a number in a circle: ①, ❶.
pub fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '❶'..='❿')
}

/// Returns the value of one character that is a whole number in itself: ① ⑴ ⒈ ㈠ ㊀ ❶ Ⅳ.
///
/// ```
/// use jingdu::text::numeral::single;
/// assert_eq!(['③', '⑿', '㈤', '❷', 'Ⅳ'].map(single), [3, 12, 5, 2, 4].map(Some));
/// assert_eq!(single('三'), None);
/// ```
pub fn single(c: char) -> Option<u32> {
    let (base, first) = match c {
        '①'..='⑳' => ('①', 1),
        '㉑'..='㉟' => ('㉑', 21),
        '⑴'..='⒇' => ('⑴', 1),
        '⒈'..='⒛' => ('⒈', 1),
        '㈠'..='㈩' => ('㈠', 1),
        '㊀'..='㊉' => ('㊀', 1),
        '❶'..='❿' => ('❶', 1),
        '➀'..='➉' => ('➀', 1),
        '➊'..='➓' => ('➊', 1),
        'Ⅰ'..='Ⅻ' => ('Ⅰ', 1),
        _ => return None,
    };
    Some(c as u32 - base as u32 + first)
}

/// The heavenly stems (天干), which count to ten.
pub const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// Returns the value of a heavenly stem: 甲 1 … 癸 10.
///
/// ```
/// use jingdu::text::numeral::stem;
/// assert_eq!(['甲', '癸', '子'].map(stem), [Some(1), Some(10), None]);
/// ```
pub fn stem(c: char) -> Option<u32> {
    let mut stems = STEMS.chars().zip(1..);
    stems.find_map(|(s, n)| (s == c).then_some(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_documents_write() {
        let texts = "一 十 十九 二十三 廿一 一百零二 叁 一二三是".split(' ');
        let values = [1, 10, 19, 23, 21, 102, 3].map(Some);
        assert!(texts.map(han).eq(values.into_iter().chain([None])));
        assert_eq!(arabic("１２"), Some(12));
        assert_eq!(single('⑪'), Some(11));
        assert_eq!(stem('丙'), Some(3));
    }
}
