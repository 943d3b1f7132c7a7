//! Tells what part of a sentence a clause is, by its words.

use super::words::{
    AIMS, ASSERTING, CLAUSE_WORDS, DUTY, EMPTY, EVIDENCE, EXPLAINING, GIVING, INNER_TIME_ENDS,
    LEADING, MAIN_STARTS, NOT_BEHIND_PLACE, NOT_OF, NOT_PAIRS, NOT_PREDICATES, NOT_PREPOSITIONS,
    NOT_SAYING, NOT_SUBORDINATE, NOT_TIME_ENDS, PAIRS, PHRASE_STARTS, PLACE_ENDS, PREDICATE_CHARS,
    PREDICATE_STARTS, PREPOSITIONS, PROVING, SAYING, SEEING, SHORT_SUBORDINATE, SHORT_VERBS,
    SHOWING, STRONG_PREDICATE_CHARS, SUBORDINATE, TIME_ENDS, TIMES, UNFINISHED, VERBS,
};
use crate::text::numeral;
use crate::text::words::Words;

/// Characters of a clause that only says who speaks.
const MAX_SPEAKER_CHARS: usize = 32;

/// Characters of a subject before its subordinate clause: 租户如果….
const MAX_SUBJECT_CHARS: usize = 8;

/// Characters of a name behind the last 的 of a bare subject.
const MAX_HEAD_CHARS: usize = 8;

/// Characters before the second word of a pair in its clause: 村里也….
const MAX_BEFORE_PAIR: usize = 4;

/// The same, before a word that only a predicate begins with.
const MAX_LONG_HEAD_CHARS: usize = 14;

/// Characters of a phrase before the main part of its clause.
const MAX_PHRASE_CHARS: usize = 16;

/// Characters of a date: 清道光三十一年.
const MAX_DATE_CHARS: usize = 12;

/// Adverbs and conjunctions that a clause may begin with.
static LEADS: Words = Words::new(
    "特别是 特別是 尤其是 但是 但 而且 而 并且 並且 并 並 又 也 还 還 却 卻 则 則 就是 就 主要 首先 最后 最後 其中 即 是 要",
);

/// Conjunctions that a label does not begin with.
static LEADING_CONJUNCTIONS: Words = Words::new(
    "但是 但 所以 那么 那麼 而且 并且 並且 而是 然而 可是 因此 于是 於是 却 卻 而 则 則 不过 不過 就是",
);

/// What a circumstance may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circumstance {
    /// It may be left out.
    Free,
    /// The subject of its main clause is in it.
    WithSubject,
}

/// Returns the number of characters.
pub fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Returns what follows the conjunctions at the beginning of a text.
pub fn without_conjunction(text: &str) -> &str {
    LEADING_CONJUNCTIONS.strip_prefix(text).unwrap_or(text)
}

/// Returns whether a clause is a conjunction or the like.
pub fn is_empty(text: &str) -> bool {
    EMPTY.has(text)
}

/// Returns whether a clause takes up the question before it: 这一做法….
pub fn takes_up(text: &str) -> bool {
    ["这一", "這一", "这种", "這種"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// Returns whether a clause says nothing: who speaks, how one knows, 需要指出的是.
pub fn is_opener(text: &str) -> bool {
    let bare = LEADS.strip_prefix(text).unwrap_or(text);
    EMPTY.has(text)
        || EMPTY.has(bare)
        || LEADING.ends(text)
        || (chars(text) <= MAX_SPEAKER_CHARS
            && !predicate_words(text).any(|(_, c)| "要应應须須不没沒".contains(c))
            && (SAYING.ends(text) && !NOT_SAYING.ends(text)
                || SHOWING.ends(text)
                || PROVING.ends(text) && EVIDENCE.occur_in(text)))
        || (SEEING.ends(text) && DUTY.occur_in(text))
        || (text.starts_with(['据', '據']) && !has_predicate(text))
}

/// Returns whether a clause is a circumstance of the one that follows.
pub fn circumstance(text: &str, next: &str) -> Option<Circumstance> {
    let bare = LEADS.strip_prefix(text).unwrap_or(text);
    if EXPLAINING.starts(next) {
        return None;
    }
    let free = TIMES.has(bare)
        || is_date(bare)
        || is_subordinate(bare)
        || is_phrase(bare, next)
        || (TIME_ENDS.ends(bare) && !NOT_TIME_ENDS.ends(bare) && !NOT_PREPOSITIONS.starts(bare));
    if free {
        return Some(Circumstance::Free);
    }
    let inner = bare.char_indices().take(MAX_SUBJECT_CHARS + 1).skip(2);
    let mut rests = inner.filter_map(|(i, _)| bare.get(i..));
    let is_inner =
        |rest: &str| SUBORDINATE.rests(rest).any(|rest| rest.len() > 3) && is_subordinate(rest);
    let is_bound = (rests.any(is_inner) || ends_in_phrase(bare)) && !VERBS.starts(bare);
    is_bound.then_some(Circumstance::WithSubject)
}

/// Returns whether a clause ends with a phrase of time behind its subject.
fn ends_in_phrase(text: &str) -> bool {
    let at = text.rfind('在').filter(|at| *at >= 6);
    let phrase = at
        .and_then(|at| text.get(at..))
        .filter(|phrase| chars(phrase) <= MAX_PHRASE_CHARS);
    phrase.is_some_and(|phrase| INNER_TIME_ENDS.ends(phrase) && !NOT_PREPOSITIONS.starts(phrase))
        && !NOT_TIME_ENDS.ends(text)
}

/// Returns whether a clause is a date.
fn is_date(text: &str) -> bool {
    let number = text.trim_end_matches(['年', '月', '日', '天', '时', '時', '初', '底', '末']);
    let is_digit = |c: char| c.is_ascii_digit() || numeral::is_han_numeral(c);
    number.len() < text.len()
        && chars(text) <= MAX_DATE_CHARS
        && number.trim_end().ends_with(is_digit)
}

/// Returns whether a clause begins as a subordinate one does, and its main clause is not in it.
fn is_subordinate(text: &str) -> bool {
    if NOT_SUBORDINATE.starts(text) {
        return false;
    }
    let aim = text.strip_prefix(['为', '為']);
    let is_aim = |aim: &str| {
        (VERBS.starts(aim) || AIMS.starts(aim)) && !GIVING.occur_in(aim) && !aim.contains('了')
    };
    if aim.is_some_and(is_aim) || text.starts_with("为了") || text.starts_with("為了") {
        return true;
    }
    let rest = SUBORDINATE.strip_prefix(text).or_else(|| {
        let rest = SHORT_SUBORDINATE.strip_prefix(text)?;
        let is_time = text.starts_with(['当', '當', '自']);
        (!is_time || PLACE_ENDS.ends(rest)).then_some(rest)
    });
    rest.is_some_and(|rest| !has_consequence(rest))
}

/// Returns whether 就, 才 or 必须 is in what follows 如果: the main clause is not behind the mark.
fn has_consequence(rest: &str) -> bool {
    MAIN_STARTS.occur_in(rest) || predicate_words(rest).any(|(i, c)| i > 0 && "就才".contains(c))
}

/// Returns whether a clause is a phrase of place, aim, means or view.
fn is_phrase(text: &str, next: &str) -> bool {
    if NOT_PREPOSITIONS.starts(text) || next.chars().next() == text.chars().next() {
        return false;
    }
    if text.starts_with('在') {
        return PLACE_ENDS.ends(text);
    }
    if text.starts_with(['从', '從', '自']) {
        return ["出发", "出發", "开始", "開始", "以来", "以來"]
            .iter()
            .any(|end| text.ends_with(end))
            || (text.contains('到') && !has_predicate(text));
    }
    if text.starts_with(['与', '與', '和', '同', '跟']) {
        return text.ends_with("相比");
    }
    let Some(rest) = PREPOSITIONS.strip_prefix(text) else {
        return false;
    };
    let leads_to = VERBS.starts(next) || next.chars().take(4).skip(2).any(|c| c == '了');
    let verbs = VERBS.iter().filter(|verb| rest.contains(verb)).count();
    let is_means = text.starts_with(['通', '经', '經']);
    !has_predicate(rest) && (verbs == 0 || is_means && (verbs == 1 || verbs == 2 && leads_to))
}

/// Returns whether a function word of a predicate is in a text.
pub fn has_predicate(text: &str) -> bool {
    predicate_words(text).next().is_some()
}

/// Returns the characters of a text that only a predicate has, and where.
fn predicate_words(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut free = 0;
    text.char_indices().filter(move |(i, c)| {
        let rest = text.get(*i..).unwrap_or_default();
        if let Some(after) = NOT_PREDICATES.strip_prefix(rest) {
            free = free.max(text.len() - after.len());
        }
        *i >= free && PREDICATE_CHARS.contains(*c)
    })
}

/// Returns whether a clause is the subject of the one that follows: a name with 的 or a list,
/// before a word that a predicate begins with.
pub fn is_subject(text: &str, next: &str) -> bool {
    let is_agent = |rest: &str| !rest.starts_with(['于', '於', '此', '衷', '来']);
    if next.strip_prefix('由').is_some_and(is_agent) {
        return !has_predicate(text);
    }
    let bare = LEADS.strip_prefix(text).unwrap_or(text);
    let acts_at = |text: &str, marks: &str| text.chars().take(4).skip(1).any(|c| marks.contains(c));
    let is_predicate = PREDICATE_STARTS.starts(next)
        || acts_at(next, "了着于於")
        || next.starts_with(|c: char| c.is_ascii_digit());
    if !is_predicate && !PHRASE_STARTS.starts(next) || acts(bare) {
        return false;
    }
    if next.starts_with('是') && !next.starts_with("是否") {
        return !text.starts_with('是');
    }
    let head = bare.rsplit('的').next().unwrap_or(bare);
    let relative = bare.strip_suffix(head).unwrap_or_default();
    let most = if is_predicate {
        MAX_LONG_HEAD_CHARS
    } else {
        MAX_HEAD_CHARS
    };
    let is_name = !relative.is_empty() && chars(head) <= most;
    let is_list = bare.contains(['、', '和', '与', '與', '及']);
    (is_name || is_list && is_predicate)
        && !head.is_empty()
        && !has_predicate(head)
        && !has_inner_verb(head)
        && !VERBS.occur_in(if is_name { relative } else { bare })
        && !VERBS.starts(bare)
        && !SHORT_VERBS.starts(bare)
}

/// Returns whether a verb is inside a text, with its subject before it and its object behind.
fn has_inner_verb(text: &str) -> bool {
    let is_inner = |verb: &str| {
        text.find(verb)
            .is_some_and(|at| at >= 6 && at + verb.len() < text.len())
    };
    VERBS.iter().any(is_inner)
}

/// Returns whether a clause is no name: it begins as a predicate does, or has a word in it that
/// no name has.
fn acts(text: &str) -> bool {
    let is_strong = |(_, c)| STRONG_PREDICATE_CHARS.contains(c);
    PREDICATE_STARTS.starts(text)
        || CLAUSE_WORDS.occur_in(text)
        || text.chars().take(4).skip(1).any(|c| c == '了')
        || predicate_words(text).any(is_strong)
}

/// Returns whether a clause wants what follows its mark.
pub fn is_unfinished(text: &str) -> bool {
    let is_assertion = text.ends_with(['的', '地'])
        && (NOT_OF.ends(text) || ASSERTING.iter().any(|word| text.contains(word)));
    UNFINISHED.ends(text) && !is_assertion && text.chars().nth(1).is_some()
}

/// A construction that a clause opens and a later one closes: 不仅 … 而且.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The byte of the word that opens it.
    pub open: usize,
    /// The clause that closes it, counted from the next one.
    pub closing: usize,
}

/// Returns the construction that a clause opens. `later` are the clauses that follow in its
/// sentence.
pub fn pair<'a>(text: &str, later: impl Iterator<Item = &'a str> + Clone) -> Option<Pair> {
    more(text, later.clone()).or_else(|| {
        PAIRS.iter().find_map(|(open, close)| {
            let (open, rest) = open
                .iter()
                .find_map(|word| Some((find(text, word)?, word)))?;
            let rest = text.get(open + rest.len()..)?;
            let inside = rest.get(3..).is_some_and(|rest| close.occur_in(rest));
            let closing = later
                .clone()
                .take(4)
                .position(|clause| closes(clause, close));
            closing
                .filter(|_| !inside)
                .map(|closing| Pair { open, closing })
        })
    })
}

/// Returns the pair of a clause with one 越 before a clause with another.
fn more<'a>(text: &str, mut later: impl Iterator<Item = &'a str>) -> Option<Pair> {
    let more = |text: &str| {
        let mut places = text.match_indices(['越', '愈']).map(|(i, _)| i);
        places.find(|i| {
            let (before, here) = text.split_at_checked(*i).unwrap_or_default();
            !before.ends_with(['优', '優', '超', '穿', '跨', '卓', '逾', '痊'])
                && !here.starts_with("越南")
        })
    };
    let open = more(text)?;
    let is_half = more(text.get(open + 3..)?).is_none();
    (is_half && more(later.next()?).is_some()).then_some(Pair { open, closing: 0 })
}

/// Returns whether a clause begins with one of the words that close a pair, perhaps behind a
/// short subject.
fn closes(clause: &str, close: &Words) -> bool {
    let near = clause.char_indices().take(MAX_BEFORE_PAIR + 1);
    let mut rests = near.filter_map(|(i, _)| clause.get(i..)).enumerate();
    rests.any(|(i, rest)| {
        let word = close.iter().find(|word| rest.starts_with(word));
        word.is_some_and(|word| i == 0 || word != "是" && word != "不")
    })
}

/// Returns the byte of a word in a text, where it is not part of another.
fn find(text: &str, word: &str) -> Option<usize> {
    let mut places = text.match_indices(word).map(|(i, _)| i);
    places.find(|i| {
        let (before, here) = text.split_at_checked(*i).unwrap_or_default();
        let from = before.chars().next_back().map_or(*i, |c| i - c.len_utf8());
        let around = text.get(from..).unwrap_or_default();
        let is_other = |rest: &str| {
            let mut others = NOT_PAIRS.iter().filter(|other| !word.starts_with(other));
            others.any(|other| rest.starts_with(other))
        };
        !is_other(here) && !is_other(around)
    })
}

/// Returns the byte of the main part of a long clause that begins with a phrase: behind 在…中,
/// or at the verb behind 依托….
pub fn behind_phrase(text: &str) -> Option<usize> {
    if NOT_PREPOSITIONS.starts(text) {
        return None;
    }
    if text.starts_with('在') {
        let near = text.char_indices().skip(2).take(MAX_PHRASE_CHARS);
        let mut ends = near.filter(|(_, c)| "中上下里裡后後时時前".contains(*c));
        return ends.find_map(|(i, c)| {
            let rest = text.get(i + c.len_utf8()..)?;
            (!NOT_BEHIND_PLACE.starts(rest)).then_some(i + c.len_utf8())
        });
    }
    let rest = PREPOSITIONS.strip_prefix(text)?;
    let from = text.len() - rest.len();
    let near = rest.char_indices().skip(2).take(MAX_PHRASE_CHARS);
    let mut places = near.map(|(i, _)| from + i);
    places.find(|i| {
        let here = text.get(*i..).unwrap_or_default();
        VERBS
            .strip_prefix(here)
            .is_some_and(|rest| !rest.starts_with(['的', '和', '与', '、', '及']))
    })
}
