//! Detects hard-wrapped text, whose lines are broken at a fixed width, or by hand.
//!
//! In this genre a source line is a paragraph. Only where many lines are nearly equally wide
//! and end in the middle of a sentence was the text wrapped by a machine; then its lines are
//! joined again, up to the beginning of a paragraph or a heading: by its indent, after a short
//! line, or by its form after a full stop. Rows of any width are joined where blank lines stand
//! between paragraphs that end in sentences and most rows break off in the middle of one.

use crate::format::plain::chapters;
use crate::format::prose;
use crate::text::numeral::is_han_numeral;

/// Least lines of a text that is wrapped.
const MIN_LINES: usize = 6;
/// Limit of the width of wrapped text, in cells.
const MAX_WRAP_CELLS: usize = 130;
/// Least width of wrapped text, in cells.
const MIN_WRAP_CELLS: usize = 24;

/// Cells that a full line may lack: a long word or a mark went to the next one.
const MAX_SLACK_CELLS: usize = 12;

/// Least paragraphs of a text whose rows were broken by hand, and least rows of them.
const MIN_BROKEN_PARAGRAPHS: usize = 3;
const MIN_BROKEN_ROWS: usize = 8;
/// Least mean width of rows that were broken anywhere, and of those of a clause each, in cells.
/// Verse is narrower.
const MIN_BROKEN_CELLS: usize = 28;
const MIN_CLAUSE_CELLS: usize = 12;
/// Least width of the longest clause that has a row, in cells.
const MIN_LONGEST_CLAUSE: usize = 24;

/// The way in which the rows of a text were broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrap {
    /// By a machine, at about this many cells.
    Width(usize),
    /// By hand: blank lines stand between paragraphs.
    ByHand,
}

/// Returns the wrap of lines, by the first ten thousand.
pub fn detect<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Option<Wrap> {
    by_machine(lines.clone()).or_else(|| {
        let is_broken = broken_rows(lines).are_broken_anywhere();
        is_broken.then_some(Wrap::ByHand)
    })
}

/// Returns the same of Markdown, whose authors may give every clause a row.
pub fn detect_in_markdown<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Option<Wrap> {
    by_machine(lines.clone()).or_else(|| {
        let rows = broken_rows(lines);
        (rows.are_broken_anywhere() || rows.are_clauses()).then_some(Wrap::ByHand)
    })
}

/// The rows of the paragraphs of a text that stand between blank lines, counted.
#[derive(Default)]
struct BrokenRows {
    /// Paragraphs of several rows, those that end a sentence, and their rows.
    paragraphs: usize,
    ended: usize,
    rows: usize,
    /// Rows that the next one goes on behind: those in mid-sentence, and those without any mark.
    inner: usize,
    open: usize,
    unmarked: usize,
    cells: usize,
    widest: usize,
    /// True where all paragraphs have as many rows.
    is_even: bool,
}

impl BrokenRows {
    /// Counts a paragraph.
    fn add(&mut self, rows: &[&str]) {
        let [inner @ .., last] = rows else { return };
        if inner.is_empty() {
            return;
        }
        self.is_even =
            self.paragraphs == 0 || self.is_even && self.rows == self.paragraphs * rows.len();
        self.paragraphs += 1;
        self.rows += rows.len();
        self.ended += usize::from(ends_full(last));
        for row in inner {
            let width = cells(row);
            self.inner += 1;
            self.open += usize::from(!ends_full(row));
            self.unmarked += usize::from(row.ends_with(char::is_alphanumeric));
            (self.cells, self.widest) = (self.cells + width, self.widest.max(width));
        }
    }

    /// Recognises sentences over several rows: nearly every paragraph ends one, most rows do not.
    fn are_sentences(&self) -> bool {
        self.paragraphs >= MIN_BROKEN_PARAGRAPHS
            && self.rows >= MIN_BROKEN_ROWS
            && self.ended * 10 >= self.paragraphs * 9
            && self.open * 10 >= self.inner * 6
    }

    /// Recognises rows that were broken at any character, wider than verse.
    fn are_broken_anywhere(&self) -> bool {
        self.are_sentences()
            && self.unmarked * 10 >= self.inner * 3
            && self.cells >= self.inner * MIN_BROKEN_CELLS
    }

    /// Recognises a clause a row: no verse, whose stanzas are of equal length, or one sentence each.
    fn are_clauses(&self) -> bool {
        self.are_sentences()
            && self.unmarked * 10 < self.inner
            && self.open < self.inner
            && !self.is_even
            && self.cells >= self.inner * MIN_CLAUSE_CELLS
            && self.widest >= MIN_LONGEST_CLAUSE
    }
}

/// Counts the rows of the paragraphs between blank lines.
fn broken_rows<'a>(lines: impl Iterator<Item = &'a str>) -> BrokenRows {
    let (mut counted, mut rows) = (BrokenRows::default(), Vec::new());
    for line in lines.take(10_000) {
        let row = line.trim();
        // items, the words of speakers and the like are no rows of a paragraph
        let is_row = row.starts_with(|c: char| c.is_alphabetic() || "“「《（".contains(c))
            && !begins_paragraph(line)
            && !row
                .chars()
                .take(MAX_SPEAKER_CHARS)
                .any(|c| matches!(c, '：' | ':'))
            && !is_numbered(row);
        if is_row {
            rows.push(row);
            continue;
        }
        counted.add(&rows);
        rows.clear();
    }
    counted.add(&rows);
    counted
}

/// Characters in which a colon ends the name of a speaker, or a label.
const MAX_SPEAKER_CHARS: usize = 6;

/// Returns the wrap of lines that a machine wrapped.
fn by_machine<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Option<Wrap> {
    // the number of lines of each width; all that are too wide count as equal
    let mut widths = [0usize; TOO_WIDE + 1];
    for cells in inner(lines.clone()).map(cells) {
        widths[cells] += 1;
    }
    let all: usize = widths.iter().sum();
    if all < MIN_LINES {
        return None;
    }
    // the few widest lines hang a mark or hold a long word
    let mut below = 0;
    let width = widths
        .iter()
        .position(|count| (below += count, below > all * 9 / 10).1)?;
    if !(MIN_WRAP_CELLS..=MAX_WRAP_CELLS).contains(&width) {
        return None;
    }
    let is_full = |cells: usize| cells.abs_diff(width) <= 6;
    let counts = widths.iter().enumerate();
    let full: usize = counts
        .filter(|(cells, _)| is_full(*cells))
        .map(|(_, count)| count)
        .sum();
    if full * 10 < all * 6 {
        return None;
    }
    // a machine breaks off at marks no more than elsewhere; verse does in every row
    let is_marked =
        |line: &str| prose::ends_sentence(line) || line.ends_with(['，', '、', '；', '：']);
    let marked = inner(lines).filter(|line| is_full(cells(line)) && is_marked(line));
    (2 * marked.count() <= full).then_some(Wrap::Width(width))
}

/// Returns the first lines that the next one continues without an indent, trimmed at the end.
fn inner<'a>(lines: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut before: Option<&str> = None;
    lines.take(10_000).filter_map(move |line| {
        let blank = line.trim().is_empty();
        let last = std::mem::replace(&mut before, (!blank).then_some(line));
        last.filter(|_| !blank && !begins_paragraph(line))
            .map(str::trim_end)
    })
}

/// Width from which a line is a paragraph, in cells.
const TOO_WIDE: usize = 2 * MAX_WRAP_CELLS;

/// Returns the width of a line, up to [`TOO_WIDE`].
fn cells(line: &str) -> usize {
    if line.len() > 4 * TOO_WIDE {
        TOO_WIDE
    } else {
        prose::cells(line).min(TOO_WIDE)
    }
}

/// Least cells of a line of a list's item that the next one goes on with.
const MIN_ITEM_CELLS: usize = 40;

/// Returns whether a line of a list's item goes on in `next`, which is indented as the item's text
/// is: it breaks off in mid-sentence at some width, or the next one begins with a stop.
pub fn continues_item(line: &str, next: &str) -> bool {
    let text = next.trim_start();
    let indent = next.len() - text.len();
    let breaks_off = prose::cells(line.trim()) >= MIN_ITEM_CELLS && !ends_full(line);
    let is_rest = text.starts_with(['，', '。', '、', '；', '：', '！', '？', '”', '」', '）']);
    (2..=4).contains(&indent) && (breaks_off || is_rest)
}

/// Returns whether a line of a quotation goes on in `next`, without the marks of both: it breaks
/// off at some width, in the middle of a word.
pub fn continues_quote(line: &str, next: &str) -> bool {
    let bare = |line: &str| line.trim_start_matches(['>', ' ']).trim_end().to_owned();
    let (line, next) = (bare(line), bare(next));
    prose::cells(&line) >= MIN_ITEM_CELLS
        && line.ends_with(prose::is_han)
        && next.starts_with(|c| prose::is_han(c) || "，。、；：！？”」）".contains(c))
}

/// Returns the lines of a text without the blank ones, and the index of each, where a blank line
/// stands behind every line of a text that a machine wrapped.
pub fn without_blank_lines<'a>(lines: &[&'a str]) -> Option<(Vec<&'a str>, Vec<usize>)> {
    let is_blank = |line: &&str| line.trim().is_empty();
    let pairs = lines.windows(2);
    let together = pairs.filter(|pair| !pair.iter().any(is_blank)).count();
    let filled = lines.iter().filter(|line| !is_blank(line)).count();
    if together > 0 || filled < MIN_LINES {
        return None;
    }
    let filled = lines.iter().enumerate().filter(|(_, line)| !is_blank(line));
    let (at, kept): (Vec<usize>, Vec<&str>) = filled.map(|(i, line)| (i, *line)).unzip();
    detect(kept.iter().copied()).map(|_| (kept, at))
}

/// Recognises the indent of a paragraph: one full-width blank, a tab, or two half-width
/// blanks.
pub fn begins_paragraph(line: &str) -> bool {
    if !line.starts_with(char::is_whitespace) {
        return false;
    }
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    let cells = blanks.map(|c| if matches!(c, '\u{3000}' | '\t') { 2 } else { 1 });
    cells.sum::<usize>() >= 2
}

impl Wrap {
    /// Returns whether `line` goes on in `next`: it is full, and the next one has no indent, no
    /// opening mark, and is not a heading.
    pub fn joins(self, line: &str, next: &str) -> bool {
        // after a full stop, a quote or a dash begins the words of another speaker
        let turn =
            next.starts_with(['“', '「', '『', '—', '-', '–', '"']) && prose::ends_sentence(line);
        !next.trim().is_empty()
            && !begins_paragraph(next)
            && !turn
            && self.is_full(line)
            && !self.heads(line, next)
    }

    /// Returns true for a line about as wide as the text.
    fn is_full(self, line: &str) -> bool {
        match self {
            Self::Width(width) => prose::cells(line.trim_end()) + MAX_SLACK_CELLS >= width,
            Self::ByHand => true,
        }
    }

    /// Recognises a heading `next` after the end of a sentence: numbered as headings are, or
    /// short and not a sentence. The last line of a paragraph is short too, but ends one.
    fn heads(self, line: &str, next: &str) -> bool {
        let text = next.trim();
        // brackets belong to the sentence before them
        let short = !self.is_full(text)
            && !text.starts_with(['（', '('])
            && !prose::ends_sentence(text)
            && !text.ends_with(['，', '、', ',', '—', '-']);
        // where rows are as long as their author liked, a mark in front tells
        let listed = self == Self::ByHand && text.starts_with(['-', '*', '+', '·', '•', '#', '|']);
        listed || ends_full(line) && (is_numbered(text) || short || chapters::is_plain(text))
    }
}

/// Recognises the end of a sentence: 。！？ and closing marks, not ； or ：.
fn ends_full(line: &str) -> bool {
    prose::ends_sentence(line) && !line.trim_end().ends_with(['；', '：', ';', ':', '…'])
}

/// Recognises the number of a heading: 二、 （一） 3. .
fn is_numbered(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || is_han_numeral(c);
    let bare = text.strip_prefix(['（', '(']).unwrap_or(text);
    let open = bare.len() < text.len();
    let rest = bare.trim_start_matches(is_digit);
    let digits = bare.chars().take(5).take_while(|c| is_digit(*c)).count();
    let mut rest = rest.chars();
    let mark = rest.next();
    let follows = rest.next();
    // 3.5 and 2024. are not numbers of headings
    (1..=3).contains(&digits)
        && match mark {
            Some('）' | ')') => open,
            Some('、') => !open,
            Some('.' | '．') => !open && follows.is_some_and(|c| !c.is_ascii_digit()),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_width_is_a_habit_of_machines() {
        let text = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸";
        let chars: Vec<char> = text.repeat(8).chars().collect();
        let wrapped: Vec<String> = chars.chunks(15).map(|c| c.iter().collect()).collect();
        let found = detect(wrapped.iter().map(String::as_str));
        assert_eq!(found, Some(Wrap::Width(30)));
        // sentences of many lengths, each ended: paragraphs
        let lines: Vec<String> = (10..40)
            .map(|n| format!("{}。", text.chars().cycle().take(n).collect::<String>()))
            .collect();
        assert_eq!(detect(lines.iter().map(String::as_str)), None);
        assert_eq!(detect(["短"].into_iter()), None);
    }

    #[test]
    fn rows_that_were_broken_by_hand_go_on() {
        let clauses = "渡口在镇子的北头，|早先只有一条木船，|撑船的姓何。||水小的时候，|人站在石头上就能跳上船去；|\
            水大了，|得等他把跳板搭稳。||后来修了桥，|坐船的人少了。|可是赶集的日子，|还有老人愿意绕路去等船。";
        let anywhere = "渡口在镇子的北头，早先只有一条木|船，撑船的姓何。水小的时候人站在石头上就能跳上船|去。||水大了，\
            得等他把跳板搭稳，才敢往上|走。后来修了桥，坐船的人也就少了，可是赶集的|日子还有。||老人愿意绕一里路去等船，说|坐在船上能看见\
            自家的屋顶，走桥就看不见了，夜里也|看不见。";
        let of = |text: &str| [detect(text.split('|')), detect_in_markdown(text.split('|'))];
        assert_eq!(of(clauses), [None, Some(Wrap::ByHand)]);
        assert_eq!(of(anywhere), [Some(Wrap::ByHand); 2]);
        let verse = "船儿弯弯，|灯儿圆圆，|何家的爹爹，|站在水边。||风儿轻轻，|水儿清清，|过河的娃娃，|数着星星。||月儿亮亮，|鱼儿睡。";
        let free = "我在渡口等了很久很久，|等一条从上游下来的船，|船上没有你。||后来我也学会了撑船，|把别人一个一个送过河去，|\
            他们都问我。||我说等水再小一些，|等风再轻一些，|我就过河。";
        let unended = anywhere.replace('。', "");
        let speakers = clauses.replace("，|", "，|何伯：");
        let paragraphs = clauses.replace(['，', '；'], "。");
        for text in [verse, free, &unended, &speakers, &paragraphs] {
            assert_eq!(of(text), [None; 2], "{text}");
        }
        assert!(
            Wrap::ByHand.joins("水大了，", "得等他。") && !Wrap::ByHand.joins("水大了。", "- 船")
        );
    }

    #[test]
    fn a_short_line_ends_a_paragraph() {
        let wrap = Wrap::Width(30);
        assert!(wrap.joins("一二三四五六七八九十一二三四五", "六"));
        assert!(!wrap.joins("一二三。", "四五六"));
        assert!(!wrap.joins("一二三四五六七八九十一二三四五", "　　六"));
    }

    #[test]
    fn blank_lines_between_rows_are_none_between_paragraphs() {
        let rows = "　　老城的菜市场改了三回，每一回都说要方便|\
            大家。头一回加了顶棚，下雨天不用撑伞，第|\
            二回划了车位，送货的车不再堵门，第三回装|\
            了秤，买菜的人心里有数，摊主也不用再拿算|\
            盘。|　　有人说菜市场早晚要让超市挤走，可是清早|\
            五点去看，摊位前还是站满了人，他们图的不|\
            光是便宜，还有那一句话。";
        let spaced: Vec<&str> = rows.split('|').flat_map(|row| [row, ""]).collect();
        let (kept, at) = without_blank_lines(&spaced).unwrap();
        assert_eq!((kept.len(), at[1]), (8, 2));
        let paragraphs: Vec<&str> = rows.split('|').collect();
        assert!(without_blank_lines(&paragraphs).is_none());
        let ended = ["一段。", "", "还有一段，长一些。", ""].repeat(4);
        assert!(without_blank_lines(&ended).is_none());
    }

    #[test]
    fn an_item_goes_on_below_its_text() {
        let row = "- 老城的菜市场改了三回，每一回都说要方便大家。头一回加了顶棚，下雨天不用撑";
        assert!(continues_item(row, "  伞；第二回划了车位。"));
        assert!(continues_item("- 甲", "  ，乙"));
        assert!(!continues_item("- 书名", "  作者") && !continues_item(row, "伞"));
        assert!(!continues_item(
            "- 这一句到这里写完了，后面是另一句话，不是一回事。",
            "  乙"
        ));
    }

    #[test]
    fn a_heading_after_a_full_stop_begins_a_paragraph() {
        let wrap = Wrap::Width(40);
        let full = "这一段到这里刚好写满一行，话也说完了。";
        let open = "这一段到这里刚好写满一行，话还没有说完，";
        let heads = "二、怎么办|（一）摸清底数|第三章 归来|结语|3. 钱从何处来|12、谁来办|二、这一条写得很长，长到了一整行那么长也没有完";
        for head in heads.split('|') {
            assert!(!wrap.joins(full, head), "{head}");
            assert!(wrap.joins(open, head), "{head}");
        }
        let lines =
            "短句也是句。|后面还有整整一行的话要说，说到这里还没有|3.5亿元，|（见图二）|短的，";
        for line in lines.split('|') {
            assert!(wrap.joins(full, line), "{line}");
        }
        assert!(wrap.joins("这一段到这里刚好写满一行，后面还有几句；", "其二"));
    }
}
