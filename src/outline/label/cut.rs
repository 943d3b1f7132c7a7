//! Cuts the claim out of the clauses of a text: an editor's side heading made with scissors
//! only.

use super::clause::{Clause, ClauseMark, split};
use super::sense::{
    Circumstance, Pair, behind_phrase, chars, circumstance, is_empty, is_opener, is_subject,
    is_unfinished, pair, takes_up, without_conjunction,
};
use super::words::GOES_ON;
use std::ops::Range;

/// Characters of a claim that needs no second clause.
pub const MIN_LABEL_CHARS: usize = 8;

/// Characters of a main clause behind a circumstance.
const MIN_MAIN_CHARS: usize = 5;

/// Characters of a claim that may stand alone where the next clause makes it too long.
const MIN_ALONE_CHARS: usize = 6;

/// Characters of a label that holds more than it must.
pub const MAX_LABEL_CHARS: usize = 24;

/// Characters of a list that ends behind its 等.
const MAX_LIST_CHARS: usize = 35;

/// Characters of clauses that are kept together.
const MAX_KEPT_CHARS: usize = 48;

/// Returns the bytes of the claim in the beginning of a text, without the mark at its end.
pub fn claim(text: &str) -> Range<usize> {
    let clauses = split(text);
    let sentence = sentence(&clauses);
    let claim = Cut::new(text, sentence).claim().unwrap_or(0..0);
    let words = text.get(claim.clone()).unwrap_or_default();
    let quote = words.chars().next().filter(|c| "“「‘『".contains(*c));
    match quote {
        Some(quote) if !words.contains(['”', '」', '’', '』']) => {
            claim.start + quote.len_utf8()..claim.end
        }
        _ => claim,
    }
}

/// Returns the clauses of the first sentence that says something.
fn sentence<'a, 't>(mut clauses: &'a [Clause<'t>]) -> &'a [Clause<'t>] {
    let all = clauses;
    if let Some(i) = clauses.iter().position(|c| c.mark.ends_sentence())
        && clauses
            .get(i)
            .is_some_and(|c| c.mark == ClauseMark::Question)
        && clauses.get(i + 1).is_some_and(|next| takes_up(next.text))
    {
        clauses = clauses.get(i + 1..).unwrap_or_default();
    }
    loop {
        let end = ends(clauses).next().unwrap_or(clauses.len());
        let (sentence, rest) = clauses.split_at_checked(end).unwrap_or((clauses, &[]));
        if sentence.is_empty() {
            let end = ends(all).next().unwrap_or(all.len());
            return all.get(..end).unwrap_or(all);
        }
        if sentence.iter().any(|c| !is_empty(c.text)) {
            return sentence;
        }
        clauses = rest;
    }
}

/// Returns the numbers of clauses up to the ends of sentences: ；或者 is none.
fn ends<'a>(clauses: &'a [Clause<'_>]) -> impl Iterator<Item = usize> + 'a {
    let goes_on = |i: usize| clauses.get(i).is_some_and(|next| GOES_ON.starts(next.text));
    let ends = clauses.iter().enumerate().filter(move |(i, c)| {
        c.mark.ends_sentence() && !(c.mark == ClauseMark::Semicolon && goes_on(i + 1))
    });
    ends.map(|(i, _)| i + 1)
}

/// The clauses of one sentence, while its claim is searched for.
struct Cut<'a> {
    text: &'a str,
    clauses: &'a [Clause<'a>],
}

impl<'a> Cut<'a> {
    /// Takes the clauses of a sentence, without those at its end that say nothing.
    fn new(text: &'a str, clauses: &'a [Clause<'a>]) -> Self {
        let says = |c: &Clause<'_>| !is_empty(c.text);
        let len = clauses
            .iter()
            .rposition(says)
            .map_or(clauses.len(), |i| i + 1);
        let clauses = clauses.get(..len).unwrap_or(clauses);
        Self { text, clauses }
    }

    /// Returns the characters from the beginning of a clause to the end of another; a copula or
    /// 要 at the beginning does not count.
    fn chars(&self, from: usize, to: usize) -> usize {
        let text = self
            .range(from, to)
            .map_or("", |r| self.text.get(r).unwrap_or_default());
        let copula = ["就是", "是", "要", "则", "則"];
        let bare = copula.iter().find_map(|word| text.strip_prefix(word));
        chars(bare.unwrap_or(text))
    }

    fn range(&self, from: usize, to: usize) -> Option<Range<usize>> {
        Some(self.clauses.get(from)?.start..self.clauses.get(to)?.end())
    }

    fn clause(&self, i: usize) -> &'a str {
        self.clauses.get(i).map_or("", |c| c.text)
    }

    /// Returns the bytes of the claim.
    fn claim(&self) -> Option<Range<usize>> {
        let last = self.clauses.len().checked_sub(1)?;
        let says = |i: &usize| !is_opener(self.clause(*i));
        let first = (0..=last).find(says).unwrap_or(0);
        if let Some(end) = self.title(first, last) {
            return self.range(first, end);
        }
        let main = self.main(first, last);
        let end = self.end(main, last);
        let end = self.joined(first, main, end, last);
        let start = self.start(first, main, end);
        let mut range = self.range(start, end)?;
        if start > first {
            range.start += self.clause(start).len() - without_conjunction(self.clause(start)).len();
        }
        if chars(self.text.get(range.clone()).unwrap_or_default()) <= MAX_LABEL_CHARS {
            return Some(range);
        }
        Some(self.shortened(start, end, range))
    }

    /// Returns the last clause of a title: all before ： or 。, where it is short.
    fn title(&self, first: usize, last: usize) -> Option<usize> {
        let fits = |end: &usize| self.chars(first, *end) <= MAX_LABEL_CHARS;
        let colon = (first..=last).find(|i| {
            let mark = self.clauses.get(*i).map(|c| c.mark);
            matches!(mark, Some(ClauseMark::Colon | ClauseMark::Dash))
        });
        let before = |end: &usize| {
            fits(end) && self.is_complete(*end, last) && self.main(first, last) <= *end
        };
        colon.filter(before).or_else(|| {
            let mark = self.clauses.get(last)?.mark;
            let closed = mark != ClauseMark::Semicolon || last == first;
            (closed && fits(&last)).then_some(last)
        })
    }

    /// Returns the first clause that is no circumstance of another.
    fn main(&self, first: usize, last: usize) -> usize {
        let mut main = first;
        while main < last {
            let (text, next) = (self.clause(main), self.clause(main + 1));
            if !is_opener(text) && circumstance(text, next).is_none() {
                break;
            }
            main += 1 + self.pair(main, last).map_or(0, |pair| pair.closing);
        }
        main.min(last)
    }

    /// Returns the construction that a clause opens.
    fn pair(&self, i: usize, last: usize) -> Option<Pair> {
        let later = self.clauses.get(i + 1..=last).unwrap_or_default();
        pair(self.clause(i), later.iter().map(|c| c.text))
    }

    /// Returns whether a sentence could end behind a clause.
    fn is_complete(&self, i: usize, last: usize) -> bool {
        if i >= last {
            return true;
        }
        let (text, next) = (self.clause(i), self.clause(i + 1));
        let mark = self.clauses.get(i).map(|c| c.mark);
        let is_title = text.ends_with('的') && mark != Some(ClauseMark::Comma);
        (is_title || !is_unfinished(text))
            && !is_subject(text, next)
            && !is_opener(text)
            && circumstance(text, next).is_none()
            && !self.is_condition(i, last)
    }

    /// Returns whether a clause stands before the last one of a condition: 违反…，逾期…的，.
    fn is_condition(&self, i: usize, last: usize) -> bool {
        let later = self.clauses.get(i + 1..last).unwrap_or_default();
        let end = later.iter().take(3).find(|c| c.text.ends_with('的'));
        end.is_some_and(|c| is_unfinished(c.text))
    }

    /// Returns the clause that closes what the clauses from `main` on open.
    fn end(&self, main: usize, last: usize) -> usize {
        let mut end = main;
        let mut at = main;
        while at <= end.min(last) {
            if let Some(pair) = self.pair(at, last) {
                end = end.max(at + 1 + pair.closing);
            }
            if at == end && !self.is_complete(at, last) {
                end += 1;
            }
            at += 1;
        }
        end.min(last)
    }

    /// Joins clauses to a claim that is too short.
    fn joined(&self, first: usize, main: usize, end: usize, last: usize) -> usize {
        let mut joined = end;
        let from = if self.chars(first, end) <= MAX_LABEL_CHARS {
            first
        } else {
            main
        };
        let is_short = |joined| {
            self.chars(from, joined) < MIN_LABEL_CHARS || self.chars(main, joined) < MIN_MAIN_CHARS
        };
        while joined < last && is_short(joined) {
            joined = self.end(joined + 1, last);
        }
        let is_too_long = self.chars(from, joined) > MAX_LABEL_CHARS;
        if is_too_long && self.chars(from, end) >= MIN_ALONE_CHARS {
            end
        } else {
            joined
        }
    }

    /// Returns the clause that the claim begins with: circumstances go where the whole is long.
    fn start(&self, first: usize, main: usize, end: usize) -> usize {
        if self.chars(first, end) <= MAX_LABEL_CHARS {
            return first;
        }
        let holds_subject = |i: usize| {
            circumstance(self.clause(i), self.clause(i + 1)) == Some(Circumstance::WithSubject)
        };
        (first..main).rfind(|i| holds_subject(*i)).unwrap_or(main)
    }

    /// Returns the byte at which the part of a claim begins that is a claim of its own, where the
    /// whole is too long: at the first word of its pair, at the second half, at the predicate of
    /// a long subject, behind a phrase.
    fn half(&self, start: usize, end: usize) -> Option<usize> {
        let clause = self.clauses.get(start)?;
        let close = self.clauses.get(end)?.end();
        let fits = |from: &usize| {
            let len = chars(self.text.get(*from..close).unwrap_or_default());
            (MIN_ALONE_CHARS..=MAX_LABEL_CHARS).contains(&len)
        };
        let pair = self.pair(start, end);
        let second = |i: usize| self.clauses.get(i).map(|c| c.start);
        let halves = [
            pair.map(|pair| clause.start + pair.open),
            pair.and_then(|pair| second(start + 1 + pair.closing)),
            second(start + 1).filter(|_| is_subject(clause.text, self.clause(start + 1))),
            behind_phrase(clause.text).map(|i| clause.start + i),
        ];
        halves.into_iter().flatten().find(fits)
    }

    /// Shortens a claim that is too long, where it stays one: the second half of a pair; a list
    /// up to its 等; a list that fills the sentence.
    fn shortened(&self, start: usize, end: usize, range: Range<usize>) -> Range<usize> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        if let Some(from) = self.half(start, end) {
            let rest = self.text.get(from..range.end).unwrap_or_default();
            return range.end - without_conjunction(rest).len()..range.end;
        }
        if let Some(list) = list_end(text) {
            return range.start..range.start + list;
        }
        if let Some(bracket) = bracket_at_end(text) {
            return range.start..range.start + bracket;
        }
        if chars(text) <= MAX_KEPT_CHARS {
            return range;
        }
        let kept = (start..end).rfind(|i| self.chars(start, *i) <= MAX_KEPT_CHARS);
        if let Some(kept) = kept.and_then(|kept| self.range(start, kept)) {
            return kept;
        }
        let cut = text
            .char_indices()
            .nth(MAX_LABEL_CHARS)
            .map_or(text.len(), |(i, _)| i);
        let item = text.get(..cut).and_then(|head| head.rfind('、'));
        range.start..item.map_or(range.end, |i| range.start + i)
    }
}

/// Returns the bytes of a list up to its 等, in a clause that is too long.
fn list_end(text: &str) -> Option<usize> {
    let (i, _) = text.match_indices('等').find(|(i, _)| {
        let before = text.get(..*i).unwrap_or_default();
        before.contains('、') && chars(before) + 1 >= MIN_LABEL_CHARS
    })?;
    let end = i + '等'.len_utf8();
    let list = text.get(..end)?;
    let closed = list.matches(['“', '「', '《', '（']).count()
        == list.matches(['”', '」', '》', '）']).count();
    (closed && chars(list) <= MAX_LIST_CHARS).then_some(end)
}

/// Returns the byte of the bracket that a claim ends with, where it holds more than a name.
fn bracket_at_end(text: &str) -> Option<usize> {
    let open = text
        .trim_end()
        .strip_suffix(['）', ')'])?
        .rfind(['（', '('])?;
    let (before, bracket) = text.split_at_checked(open)?;
    let is_long = |text| chars(text) >= MIN_LABEL_CHARS;
    (is_long(bracket) && chars(before) >= MIN_ALONE_CHARS).then_some(before.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks texts against the claims wanted of them.
    fn check(cases: &[(&str, &str)]) {
        for (text, wanted) in cases {
            assert_eq!(text.get(claim(text)), Some(*wanted), "{text}");
        }
    }

    #[test]
    fn a_short_first_sentence_is_a_title() {
        check(&[
            ("村规民约。各村的村规都要贴出来，一月一换。", "村规民约"),
            (
                "管好水源，修好支渠。水源不管，支渠白修。",
                "管好水源，修好支渠",
            ),
            ("滴灌：在东坡试了两亩，省水也省工。", "滴灌"),
            ("稳住早市——别急着搬，先看一年。", "稳住早市"),
            (
                "先修支渠，后修干渠，再修水闸，最后才轮得到村口的桥和桥头的亭子。",
                "先修支渠，后修干渠",
            ),
            (
                "把坏灯修好（巷子里有三盏灯不亮，晚上没人敢走。）隔壁巷子去年就修了，效果不错。",
                "把坏灯修好",
            ),
            ("谁来修？争了半年，没有人肯。", "谁来修"),
            ("省了路费，但", "省了路费"),
            ("", ""),
            ("，。", ""),
        ]);
    }

    #[test]
    fn a_circumstance_takes_its_main_clause_or_goes() {
        check(&[
            (
                "在雨水特别多的年份里，要提前清沟。",
                "在雨水特别多的年份里，要提前清沟",
            ),
            (
                "为了让从山外转来的孩子跟得上，学校把两个年级并在一处上课。",
                "学校把两个年级并在一处上课",
            ),
            (
                "随着住校的学生越来越多，食堂也添了灶，还雇了两个人。",
                "随着住校的学生越来越多，食堂也添了灶",
            ),
            (
                "由于冬天封山的日子一年比一年长，收山货的人都改在秋天进山。",
                "收山货的人都改在秋天进山",
            ),
            (
                "租户如果不愿意继续租，要提前半个月说，免得误了下家的事。",
                "租户如果不愿意继续租，要提前半个月说",
            ),
            (
                "按照先来后到的次序和去年定下的规矩，早到的先挑东边的摊位。",
                "早到的先挑东边的摊位",
            ),
            (
                "对于没有牵绳的狗和没有登记的猫，门岗一律不放进院子里来。",
                "门岗一律不放进院子里来",
            ),
            (
                "雖然山裏的路又窄又陡，橋也塌了半邊，但是老人們還是天天走。",
                "老人們還是天天走",
            ),
            (
                "目前，水渠上游的闸门还没有人看管，夜里常常被人偷开。",
                "目前，水渠上游的闸门还没有人看管",
            ),
            (
                "从源头抓起，一家一户地查清楚用水的多少，然后才定水价。",
                "从源头抓起，一家一户地查清楚用水的多少",
            ),
            (
                "因地制宜种山核桃，不跟风，不攀比，更不要等着别人来教。",
                "因地制宜种山核桃",
            ),
            ("由于缺水", "由于缺水"),
        ]);
    }

    #[test]
    fn a_subject_takes_its_predicate() {
        check(&[
            (
                "沿街的店铺和流动摊位，一律在十点以前收摊，违者收回摊位牌子。",
                "沿街的店铺和流动摊位，一律在十点以前收摊",
            ),
            (
                "精打细算、勤俭持家的老作风，养活了一村的人，也留住了手艺人。",
                "精打细算、勤俭持家的老作风，养活了一村的人",
            ),
            (
                "祠堂、戏台和水井，都要登记造册，写明是谁家管的、几时修的。",
                "祠堂、戏台和水井，都要登记造册",
            ),
            (
                "修复旧渠两边的石岸，要舍得花工夫，一块一块地垒，一寸一寸地填。",
                "修复旧渠两边的石岸",
            ),
        ]);
    }

    #[test]
    fn constructions_stay_whole_or_give_their_second_half() {
        check(&[
            (
                "对于留下来的老匠人既要给工钱，又要给名分，还要给他们配徒弟。",
                "对于留下来的老匠人既要给工钱，又要给名分",
            ),
            (
                "不但要在汛期前把上下游的涵洞都查一遍，还要留人值夜。",
                "还要留人值夜",
            ),
            (
                "要紧的不是多收几个学生，而是留住老师，老师走了什么都没有。",
                "要紧的不是多收几个学生，而是留住老师",
            ),
            (
                "与其等着县里拨钱，不如自己先动手，能修一段就先修一段。",
                "与其等着县里拨钱，不如自己先动手",
            ),
            (
                "价钱越公道，回头客就越多，摊主们都懂这个道理也都这样做。",
                "价钱越公道，回头客就越多",
            ),
            (
                "一边收旧书，一边借新书，两不耽误，书架上总有新来的东西。",
                "一边收旧书，一边借新书",
            ),
            (
                "既有的章程照旧执行，新添的几条写在墙上，让来的人都能看见。",
                "既有的章程照旧执行",
            ),
            (
                "漏雨；或者棚布破损的，先修后用。",
                "漏雨；或者棚布破损的，先修后用",
            ),
            (
                "租户违反本办法规定，逾期不交租的，收回摊位。",
                "租户违反本办法规定，逾期不交租的，收回摊位",
            ),
        ]);
    }

    #[test]
    fn openers_are_left_out() {
        check(&[
            ("老会计说，账目要一月一贴。", "账目要一月一贴"),
            (
                "这些年的实践反复表明，水渠不修，减产就不会停。",
                "水渠不修，减产就不会停",
            ),
            ("从目前的情况来看，先修支渠最省钱。", "先修支渠最省钱"),
            ("需要指出的是，旧章程并没有废止。", "旧章程并没有废止"),
            (
                "众所周知，山里的路冬天不好走，要早作打算。",
                "山里的路冬天不好走，要早作打算",
            ),
            (
                "也要清醒地看到，愿意回来教书的人还是太少。",
                "愿意回来教书的人还是太少",
            ),
            (
                "住户要提前半个月说，免得误了修水管的日子，也免得白跑。",
                "住户要提前半个月说",
            ),
            (
                "同一件事要开三张证明。一户人家要修房子，跑了四趟。",
                "同一件事要开三张证明",
            ),
        ]);
    }

    #[test]
    fn long_points_end_where_a_list_ends() {
        check(&[
            (
                "各村的祠堂、戏台、水井、古树、碑刻、牌坊、老桥、渡口、凉亭、晒场、碾坊、粮仓、窑址和界碑都要在秋收以前登记造册。",
                "各村的祠堂、戏台、水井、古树、碑刻、牌坊、老桥",
            ),
            (
                "收集各家各户的犁、耙、蓑衣、斗笠、石磨、风车、纺车等老物件放进村史馆里让后生看。",
                "收集各家各户的犁、耙、蓑衣、斗笠、石磨、风车、纺车等",
            ),
            (
                "试用新式大棚（头一年先在东坡搭两座，第二年看收成再添）",
                "试用新式大棚",
            ),
        ]);
    }
}
