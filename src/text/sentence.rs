//! Ends of sentences and clauses.
//!
//! Each question has its own set of marks, because a reader who moves by sentences stops at
//! … while a cleaning rule also takes ； and ： for an end. The sets are here side by side.

use super::cluster;
use std::ops::Range;

/// Marks that end a sentence and nothing else.
pub const FULL_STOPS: [char; 3] = ['。', '！', '？'];

/// Marks behind which the next sentence begins, for motions, the ruler and selections.
pub const SENTENCE_ENDS: [char; 6] = ['。', '！', '？', '…', '!', '?'];

/// Full-width marks that end a clause.
pub const CLAUSE_ENDS: [char; 6] = ['，', '；', '：', '。', '！', '？'];

/// Marks that divide the clauses of a selection.
pub const CLAUSE_BREAKS: [char; 13] = [
    '，', '；', '：', '。', '！', '？', '—', '…', ',', ';', ':', '!', '?',
];

/// Marks that are cut off at the end of a label in a list.
pub const LABEL_ENDS: [char; 5] = ['。', '，', '；', '：', '、'];

/// Closing quotes and brackets: behind the mark that ends a sentence they belong to it.
pub const CLOSERS: [char; 8] = ['”', '’', '」', '』', '）', ')', '》', '】'];

/// Bytes within which the end of a sentence is searched for.
pub const MAX_SENTENCE_BYTES: usize = 64 * 1024;

/// Returns the byte at which the second sentence of `text` begins, if there is one.
///
/// ```
/// use jingdu::text::sentence::next_start;
/// assert_eq!(next_start("“甲！” 乙。"), Some("“甲！” ".len()));
/// assert_eq!(next_start("甲。"), None);
/// ```
pub fn next_start(text: &str) -> Option<usize> {
    let end = text.find(SENTENCE_ENDS)?;
    let rest = text.get(end..)?;
    let tail = rest.find(|c: char| !CLOSERS.contains(&c) && !SENTENCE_ENDS.contains(&c))?;
    let blanks = rest.get(tail..)?.find(|c: char| !c.is_whitespace())?;
    Some(end + tail + blanks)
}

/// Returns the end of the first sentence of `text`, if there is one: behind the first 。！？；
/// outside quotation marks and brackets, with what closes it. A quotation ends the sentence where
/// its last mark is 。, or any such mark where a colon comes before its “. Where one is never
/// closed, the first mark ends the sentence.
///
/// ```
/// use jingdu::text::sentence::whole_end;
/// assert_eq!(whole_end("他说：“甲。乙！”丙。"), Some("他说：“甲。乙！”".len()));
/// assert_eq!(whole_end("“谁来管？”要说清；乙。"), Some("“谁来管？”要说清；".len()));
/// ```
pub fn whole_end(text: &str) -> Option<usize> {
    const ENDS: [char; 6] = ['。', '！', '？', '；', '!', '?'];
    const OPENERS: [char; 7] = ['“', '「', '『', '（', '(', '《', '【'];
    const CLOSED: [char; 7] = ['”', '」', '』', '）', ')', '》', '】'];
    let behind = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        let belongs = |c: char| CLOSERS.contains(&c) || SENTENCE_ENDS.contains(&c);
        at + rest.find(|c| !belongs(c)).unwrap_or(rest.len())
    };
    let (mut depth, mut spoken, mut before) = (0_usize, false, ' ');
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        if OPENERS.contains(&c) {
            spoken |= depth == 0 && matches!(before, '：' | ':');
            depth += 1;
        } else if CLOSED.contains(&c) && depth > 0 {
            depth -= 1;
            if depth == 0 {
                if before == '。' || spoken && ENDS.contains(&before) {
                    return Some(behind(end));
                }
                spoken = false;
            }
        } else if depth == 0 && ENDS.contains(&c) {
            return Some(behind(end));
        }
        before = c;
    }
    let first = text.match_indices(ENDS).next().filter(|_| depth > 0);
    first.map(|(i, mark)| behind(i + mark.len()))
}

/// Returns the byte at which the last sentence that begins inside `range` begins. Takes time in
/// proportion to the length of that sentence.
///
/// ```
/// use jingdu::text::sentence::last_start;
/// let text = "水涨了。“人呢？”都在等。";
/// assert_eq!(&text[last_start(text, 0..text.len())..], "都在等。");
/// ```
pub fn last_start(text: &str, range: Range<usize>) -> usize {
    let Range { start, end } = range;
    let from = cluster::floor(text, start.max(end.saturating_sub(MAX_SENTENCE_BYTES)));
    let text = text.get(from..end).unwrap_or_default();
    let is_mark = |c| SENTENCE_ENDS.contains(&c) || CLOSERS.contains(&c);
    let mut before = text;
    while let Some(mark) = before.rfind(SENTENCE_ENDS) {
        if let Some(next) = text.get(mark..).and_then(next_start) {
            return from + mark + next;
        }
        // nothing comes behind these marks: they end the last sentence
        before = text.split_at(mark).0.trim_end_matches(is_mark);
    }
    from
}

/// Returns the bytes behind the full-width marks that end the clauses of `text`.
///
/// ```
/// use jingdu::text::sentence::clause_ends;
/// let text = "水涨了，就等；水落了，再走。";
/// let ends: Vec<&str> = clause_ends(text).map(|end| &text[..end]).collect();
/// assert_eq!(ends[1], "水涨了，就等；");
/// ```
pub fn clause_ends(text: &str) -> impl Iterator<Item = usize> {
    let marks = text.match_indices(CLAUSE_ENDS);
    marks.map(|(i, mark)| i + mark.len())
}

/// Returns the length in bytes of the first clause of `text`, with the marks that close it.
///
/// ```
/// use jingdu::text::sentence::clause_len;
/// assert_eq!(clause_len("他说：“等一等！”船没有等。"), Some("他说：".len()));
/// assert_eq!(clause_len("“等一等！”船没有等。"), Some("“等一等！”".len()));
/// ```
pub fn clause_len(text: &str) -> Option<usize> {
    let end = text.find(CLAUSE_BREAKS)?;
    let mark = text.get(end..)?.chars().next()?.len_utf8();
    let rest = text.get(end + mark..)?;
    let closes = |c: char| CLOSERS.contains(&c) || CLAUSE_BREAKS.contains(&c) && !c.is_ascii();
    let tail = rest.find(|c| !closes(c)).unwrap_or(rest.len());
    Some(end + mark + tail)
}

/// Returns the byte behind the first mark at which a long paragraph may be divided: the end of
/// a sentence or of a half sentence that no closing mark or further stop follows; in dialogue
/// alone, the byte behind the first such closing marks.
///
/// ```
/// use jingdu::text::sentence::first_break;
/// assert_eq!(first_break("水涨了，人在等；天亮了。"), Some("水涨了，人在等；".len()));
/// // a mark inside a quotation is passed over
/// assert_eq!(first_break("“涨了。”人在等。"), Some("“涨了。”人在等。".len()));
/// assert_eq!(first_break("涨了？”“涨了。”“走"), Some("涨了？”".len()));
/// ```
pub fn first_break(text: &str) -> Option<usize> {
    const BREAKS: [char; 5] = ['。', '！', '？', '；', '.'];
    let belongs = |c: char| {
        matches!(
            c,
            '”' | '’' | '」' | '』' | '）' | ')' | '》' | '。' | '！' | '？' | '.'
                | '\u{301}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        )
    };
    let behind = |end: usize| text.get(end..).unwrap_or_default();
    let mut ends = text.match_indices(BREAKS).map(|(i, mark)| i + mark.len());
    let first = ends.clone().next();
    ends.find(|&end| !behind(end).starts_with(belongs))
        .or_else(|| {
            let end = text.len() - behind(first?).trim_start_matches(belongs).len();
            (end < text.len()).then_some(end)
        })
}

/// Returns true if a line ends as a sentence does, closing quotes and brackets left out. A
/// line that ends with ； or ： is part of a sentence too, not a heading.
///
/// ```
/// use jingdu::text::sentence::is_ended;
/// assert!(is_ended("他说：“好。”") && is_ended("办法有三：") && !is_ended("一个标题"));
/// ```
pub fn is_ended(line: &str) -> bool {
    let closers = ['”', '’', '」', '』', '）', ')', '"', '】', '〕'];
    let line = line.trim_end().trim_end_matches(closers);
    match line.chars().next_back() {
        Some('。' | '！' | '？' | '；' | '…' | '!' | '?' | ';' | '．' | '：' | ':') => true,
        Some('.') => !line.ends_with(".."),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_take_their_closing_quotes_along() {
        let text = "甲。“乙！”丙？丁……戊。";
        let mut starts = Vec::new();
        let mut at = 0;
        while let Some(next) = next_start(text.split_at(at).1) {
            at += next;
            starts.push(text.split_at(at).1.chars().next().unwrap());
        }
        assert_eq!(starts, ['“', '丙', '丁', '戊']);
        assert_eq!(last_start(text, 0..text.len()), at);
        assert_eq!(last_start(text, 0..at), at - "丁……".len());
    }

    #[test]
    fn the_last_sentence_is_the_one_that_all_before_it_lead_to() {
        let signs: Vec<char> = "甲乙。！…” 』 \n".chars().collect();
        let mut seed = 7_u32;
        for _ in 0..4000 {
            let text: String = (0..seed % 13)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    signs[(seed >> 16) as usize % signs.len()]
                })
                .collect();
            seed = seed.wrapping_add(1);
            let mut at = 0;
            while let Some(next) = next_start(text.split_at(at).1) {
                at += next;
            }
            assert_eq!(last_start(&text, 0..text.len()), at, "{text:?}");
        }
    }

    #[test]
    fn a_whole_sentence_closes_its_quotes_and_brackets() {
        for (text, wanted) in [
            ("一是甲。乙。", Some("一是甲。")),
            ("甲；乙。", Some("甲；")),
            ("他说：“甲。乙。”丙。", Some("他说：“甲。乙。”")),
            ("甲（乙；丙）丁！！戊", Some("甲（乙；丙）丁！！")),
            ("“甲？”的人，《乙！》丙。", Some("“甲？”的人，《乙！》丙。")),
            ("“甲。乙", Some("“甲。")),
            ("甲）乙？”丙", Some("甲）乙？”")),
            ("“甲，乙", None),
            ("甲，乙", None),
        ] {
            assert_eq!(whole_end(text).map(|n| text.split_at(n).0), wanted);
        }
    }

    #[test]
    fn clauses_end_with_their_marks() {
        for (text, wanted) in [
            ("先说一句，再说", Some("先说一句，")),
            ("他说：“好。”走", Some("他说：")),
            ("好。”走", Some("好。”")),
            ("1,000元", Some("1,")),
            ("没有", None),
        ] {
            assert_eq!(clause_len(text).map(|n| text.split_at(n).0), wanted);
        }
        assert!(clause_ends("甲，乙—丙。").eq(["甲，".len(), "甲，乙—丙。".len()]));
        assert_eq!(first_break("甲。”乙；丙"), Some("甲。”乙；".len()));
    }
}
