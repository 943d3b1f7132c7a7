//! Decides which candidate may follow which in one series.

use super::announced;
use super::candidate::Candidate;
use super::context::{Confidence, Preceding};
use super::family::{Family, Ordinal};
use crate::text::letter;
use crate::text::words::Words;

/// The largest gap in a series that still reads as one: 一、三、四、.
const MAX_GAP: u32 = 3;

/// Blocks from 首先 to 其次: a word shows no number that would tell which one it follows.
const MAX_WORD_BLOCKS: u32 = 40;

/// Blocks within which an open series calls for its next member.
const MAX_CALLED_BLOCKS: u32 = 8;

/// The same where more members were announced.
const MAX_ANNOUNCED_BLOCKS: u32 = 24;

/// Blocks from 一是 inside a paragraph to 其次 at the head of a line.
const MAX_BLOCKS_TO_WORD: u32 = 3;

/// Bytes of one sentence with two members.
const MAX_SENTENCE_BYTES: usize = 1500;

/// Characters from 首先 to a word that greets.
const MAX_CHARS_TO_GREETING: usize = 12;

/// Sentences from a first behind a word, 他首先…, to its second.
const MAX_SENTENCES_FROM_DOUBT: usize = 3;

/// The end of a series, as far as it goes.
#[derive(Clone, Copy, Debug)]
pub struct End<'a> {
    /// Its last member.
    pub last: &'a Candidate,
    /// The number of that member.
    pub number: u32,
    /// True if a member of it is clearly one.
    pub is_clear: bool,
    /// The number of members that its author announced.
    pub announced: Option<u32>,
}

impl End<'_> {
    /// Returns the number that `next` has as the next member, where it may be that.
    pub fn followed_by(&self, text: &str, next: &Candidate) -> Option<u32> {
        let pair = Pair {
            text,
            end: *self,
            last: self.last,
            next,
        };
        if next.is_heading() {
            return pair.heading();
        }
        if !pair.is_of_one_depth() || pair.belongs_elsewhere() {
            return None;
        }
        let number = match next.ordinal {
            Ordinal::Number(n)
                if pair.counts_on(n) && pair.may_change_mark(n) && pair.may_change_words(n) =>
            {
                n
            }
            Ordinal::Number(n) if n == self.number || n == 1 => {
                return pair.repeats().then_some(self.number + 1);
            }
            Ordinal::Number(_) => return None,
            Ordinal::Last => self.number + 1,
            Ordinal::Next | Ordinal::Then => {
                Some(self.number + 1).filter(|n| pair.may_change_words(*n))?
            }
        };
        let may_follow = pair.says_something()
            && pair.is_sure_enough(number)
            && (next.confidence == Confidence::Joined
                || if ends_acts(self.last, next) {
                    pair.ends_acts_well()
                } else {
                    pair.is_near_enough(number)
                });
        may_follow.then_some(number)
    }
}

/// Returns whether `next` is the 最后 that may end what 一是 and 二是 began.
pub fn ends_acts(last: &Candidate, next: &Candidate) -> bool {
    matches!(last.family, Family::Is | Family::Want) && next.ordinal == Ordinal::Last
}

/// The end of a series and a candidate that may go on from it.
struct Pair<'a> {
    text: &'a str,
    end: End<'a>,
    last: &'a Candidate,
    next: &'a Candidate,
}

impl Pair<'_> {
    /// Blocks from one to the other.
    fn distance(&self) -> u32 {
        self.next.block.saturating_sub(self.last.block)
    }

    fn between(&self) -> &str {
        let range = self.last.end()..self.next.start();
        self.text.get(range).unwrap_or_default()
    }

    /// The words of its own sentence before the next candidate.
    fn lead_in(&self) -> &str {
        let between = self.between();
        let end = between.rfind(['。', '！', '？', '；']);
        between.get(end.unwrap_or(0)..).unwrap_or_default()
    }

    /// Returns whether words stand between two steps: none do in 首先呢，最后是….
    fn says_something(&self) -> bool {
        let is_step = |c: &Candidate| c.family == Family::First && !c.is_heading();
        let letters = self.between().chars().filter(|c| letter::is_letter(*c));
        !(is_step(self.last) && is_step(self.next)) || letters.take(2).count() == 2
    }

    fn is_same_family(&self) -> bool {
        self.last.family == self.next.family
    }

    fn counts_on(&self, number: u32) -> bool {
        number > self.end.number && number <= self.end.number + MAX_GAP
    }

    fn is_next(&self, number: u32) -> bool {
        number == self.end.number + 1
    }

    /// Returns whether no sentence ends between the two.
    fn is_one_sentence(&self) -> bool {
        let between = self.between();
        self.next.block == self.last.block
            && between.len() < MAX_SENTENCE_BYTES
            && !between.contains(['。', '！', '？'])
    }

    /// `1.`, `2、` and `3`, or ⑩ and ⑾, count on from each other where they head lines, by one.
    fn may_change_mark(&self, number: u32) -> bool {
        self.is_same_family()
            || !(self.next.family.is_arabic() || self.next.family.is_single())
            || (self.is_next(number) && self.both_head_lines())
    }

    /// Words change behind the first member only: in one paragraph, from line to line, or where a
    /// word without a number heads one of the next lines.
    fn may_change_words(&self, number: u32) -> bool {
        let changes = self.last.family.may_turn_into(self.next.family);
        let is_word_of_line = self.next.ordinal == Ordinal::Next
            && self.next.heads_line()
            && self.distance() <= MAX_BLOCKS_TO_WORD;
        let is_close = self.distance() == 0 || self.both_head_lines() || is_word_of_line;
        !changes
            || (number == 2
                && self.end.number == 1
                && is_close
                && self.next.confidence == Confidence::Clear)
    }

    fn both_head_lines(&self) -> bool {
        !self.last.is_inline() && !self.next.is_inline()
    }

    /// Returns whether `next` is a word that goes on from something else: 最后 that closes the
    /// article, 再次 that greets again.
    fn belongs_elsewhere(&self) -> bool {
        match self.next.ordinal {
            Ordinal::Last => self.closes_article(),
            Ordinal::Next => self.next.is_word(self.text, "再次") && self.follows_greeting(),
            _ => false,
        }
    }

    /// Returns whether `next`, a 最后 in a later paragraph, closes the article and not the count:
    /// the count has all members that were announced, or 最后 stands far from it and leads in to
    /// a count of its own.
    fn closes_article(&self) -> bool {
        let is_complete = self.end.announced == Some(self.end.number);
        let opens_count = self.distance() > 1 && announced::opens_count(self.text, self.next);
        self.distance() > 0 && (is_complete || opens_count || self.follows_greeting())
    }

    /// Returns whether the first member, in an earlier paragraph, greets: 首先，感谢…。最后，希望….
    fn follows_greeting(&self) -> bool {
        self.distance() > 0 && self.end.number == 1 && greets(self.text, self.last)
    }

    /// Headings follow headings of their own rank.
    fn heading(&self) -> Option<u32> {
        let number = match self.next.ordinal {
            Ordinal::Number(n) => Some(n).filter(|n| self.counts_on(*n))?,
            _ => self.end.number + 1,
        };
        (self.last.heading_rank == self.next.heading_rank).then_some(number)
    }

    /// Lines follow lines as deep in lists and quotations; a heading only where they count on
    /// from it.
    fn is_of_one_depth(&self) -> bool {
        if self.last.is_heading() {
            self.both_head_lines() && self.next.ordinal == Ordinal::Number(self.end.number + 1)
        } else {
            !self.both_head_lines() || self.last.depth == self.next.depth
        }
    }

    /// 一方面…，一方面…: the first member again, in the same sentence; or `1.` again in a list.
    fn repeats(&self) -> bool {
        let (last, next) = (self.last, self.next);
        let are_first = last.ordinal == Ordinal::Number(1) && next.ordinal == last.ordinal;
        if are_first && last.is_item && next.is_item && last.depth == next.depth {
            return true;
        }
        let may_repeat = matches!(
            next.family,
            Family::Side | Family::Is | Family::Then | Family::Come
        );
        // 一个是…，一个是… tells two apart and does not count
        let counts = next.family == Family::Side || next.confidence == Confidence::Clear;
        // 分两项：一是…。一是…。, 有两种：其一是…。其一是….
        let is_announced = self.distance() == 0
            && (may_repeat || next.family == Family::Its)
            && self.end.announced.is_some_and(|n| self.end.number < n)
            && announced::last_number(self.lead_in()).is_none();
        // 向这一方面去找，不向那边的一方面去找: sides that are named
        let is_this = |c: &Candidate| {
            self.text
                .get(..c.start())
                .is_some_and(|t| t.ends_with('这'))
        };
        let is_set_off = |c: &Candidate| c.preceding != Preceding::Word;
        are_first
            && counts
            && !is_this(last)
            && (next.family != Family::Side || is_set_off(last) || is_set_off(next))
            && self.is_same_family()
            && ((may_repeat && self.is_one_sentence()) || is_announced)
    }

    /// The less sure a candidate is, the closer to its fellows it has to be.
    fn is_sure_enough(&self, number: u32) -> bool {
        let (last, next) = (self.last, self.next);
        let is_next = self.is_next(number);
        let is_close = is_next && self.distance() == 0;
        match next.confidence {
            // （1）山路或（2）水路; not （1）或（2）
            Confidence::Joined => {
                is_next
                    && self.is_same_family()
                    && self.is_one_sentence()
                    && self.between().chars().nth(2).is_some()
            }
            Confidence::Bare if next.family == Family::First => {
                self.begin_alike() || self.is_last_of_kind()
            }
            Confidence::Bare => is_close && self.end.is_clear,
            Confidence::Weak => is_next && self.end.is_clear && self.is_called_for(),
            // after a first that is not sure, and no other yet
            Confidence::Clear if last.confidence == Confidence::Weak && self.end.number == 1 => {
                is_close && self.follows_doubt()
            }
            Confidence::Clear | Confidence::Plain => true,
            Confidence::Doubtful => false,
        }
    }

    /// Returns whether a member may be the second behind a first that is not sure: 最后 is none, and
    /// behind a word a few sentences at most lie between, unless a mark sets the second off.
    fn follows_doubt(&self) -> bool {
        let ends = self.between().matches(['。', '！', '？']).count();
        // 他首先…; 一个是…
        let is_bare = self.last.preceding == Preceding::Word || self.last.family == Family::Is;
        let after = self.text.get(self.next.end()..).unwrap_or_default();
        let is_near = !is_bare
            || ends <= MAX_SENTENCES_FROM_DOUBT
            || after.starts_with(['，', ',', '、', '：']);
        self.next.ordinal != Ordinal::Last && is_near
    }

    /// Returns whether a member that is not sure is where the series before it calls for it.
    fn is_called_for(&self) -> bool {
        let is_near = self.is_one_sentence() || !is_common_number(self.next.family);
        self.opens_paragraph() || (self.distance() == 0 && is_near)
    }

    /// Returns whether an ordinal is in the first sentence of one of the next paragraphs, which an
    /// open series calls for: 这就说到第二件事，….
    fn opens_paragraph(&self) -> bool {
        let is_open = self.end.announced.is_some_and(|n| self.end.number < n);
        let most = if is_open {
            MAX_ANNOUNCED_BLOCKS
        } else {
            MAX_CALLED_BLOCKS
        };
        self.next.family == Family::Order
            && (1..=most).contains(&self.distance())
            && self.next.opens_paragraph(self.text)
    }

    /// 首先把…；其次把…：the same word follows both.
    fn begin_alike(&self) -> bool {
        let first_char = |c: &Candidate| {
            let rest = self.text.get(c.end()..)?;
            rest.trim_start_matches(['，', ',', '、']).chars().next()
        };
        self.is_same_family() && first_char(self.last) == first_char(self.next)
    }

    /// 第二个…。最后一个…: the measure word of the member before, with 一.
    fn is_last_of_kind(&self) -> bool {
        let rest = |c: &Candidate| self.text.get(c.end()..);
        let measure = rest(self.last).and_then(|rest| rest.chars().next());
        let one = rest(self.next).and_then(|rest| rest.strip_prefix('一'));
        let is_ordinal = self.last.family == Family::Order && self.end.number > 1;
        is_ordinal
            && self.next.ordinal == Ordinal::Last
            && measure == one.and_then(|one| one.chars().next())
    }

    /// 一是…，二是…，最后是…
    fn ends_acts_well(&self) -> bool {
        let rest = self.text.get(self.next.end()..).unwrap_or_default();
        rest.starts_with(['是', '要']) && self.end.number > 1 && self.distance() == 0
    }

    /// Returns whether the second member is a word that is far from the first: 最后 in another
    /// paragraph, unless both head lines, or 再者 inside one.
    fn is_far_word(&self) -> bool {
        let next = self.next;
        let is_inside =
            next.family == Family::First && next.is_inline() && !next.opens_paragraph(self.text);
        let is_last = next.ordinal == Ordinal::Last && !self.both_head_lines();
        self.distance() > 0 && (is_last || is_inside)
    }

    /// Returns whether the two are close enough for one series.
    fn is_near_enough(&self, number: u32) -> bool {
        let (last, next) = (self.last, self.next);
        // a number without any sign counts on by one
        let skips = (next.family.is_bare() || matches!(next.family, Family::Count(_)))
            && !self.is_next(number);
        let max_distance = match (last.is_inline(), next.is_inline()) {
            (true, true) if next.family == Family::Side => 0,
            (true, false) if next.family == Family::Side => 1,
            (true, true) => 2,
            (true, false) | (false, true) => 3,
            (false, false) if matches!(next.ordinal, Ordinal::Number(_)) => u32::MAX,
            // 首先, and no second before 最后
            (false, false) if number == 2 && next.ordinal == Ordinal::Last => MAX_CALLED_BLOCKS,
            (false, false) => MAX_WORD_BLOCKS,
        };
        let is_near = self.distance() <= max_distance;
        let is_far = skips || (number == 2 && self.is_far_word());
        !is_far && (is_near || (self.is_next(number) && self.opens_paragraph()))
    }
}

/// Returns whether the first clause behind a word greets or thanks: 首先衷心祝贺….
fn greets(text: &str, word: &Candidate) -> bool {
    static GREETINGS: Words = Words::new("感谢 谢谢 祝贺 恭喜 欢迎 致谢 致以 问候");
    let rest = text.get(word.end()..).unwrap_or_default();
    let clause = rest.trim_start_matches(['，', ',', '：']);
    let starts = clause.char_indices().take(MAX_CHARS_TO_GREETING);
    let mut starts = starts.take_while(|(_, c)| c.is_alphabetic());
    starts.any(|(at, _)| clause.get(at..).is_some_and(|rest| GREETINGS.starts(rest)))
}

/// Numbers that running text has without a series: 第一，…。产量居第二，….
fn is_common_number(family: Family) -> bool {
    matches!(
        family,
        Family::Order | Family::HanComma | Family::Stem | Family::Arabic(_) | Family::ArabicHalf
    )
}
