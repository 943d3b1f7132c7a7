//! Compiled queries.
//!
//! 1. `/…/` is a regular expression; `"…"` is found exactly as typed.
//! 2. Blanks part words that must all occur in the same paragraph.
//! 3. A word of letters is searched for as text and as the readings of Han; where the text has
//!    it as typed, that is what was meant.
//! 4. [`Query::search`] finds in a part of the text; [`Query::settle`] makes hits of what was
//!    found in all of it.
//!
//! Compiling costs microseconds, but for letters: then one pass over all Han.

use super::folded::Folded;
use super::matches::{self, MatchKind, Matches, Word};
use super::pattern::Pattern;
use super::sound::Sound;
use crate::text::fold::half_width;
use crate::text::{Pos, Span};
use memchr::{memchr, memrchr};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// The way to take a typed query.
///
/// ```
/// use jingdu::search::{How, Query};
/// let text = "vip室在三楼，VIP卡在一楼。";
/// let count = |how| Query::compile("vip", how).unwrap().unwrap().find(text).len();
/// assert_eq!((count(How::Auto), count(How::Exact), count(How::Sound)), (2, 1, 0));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// By its form: `/…/`, `"…"`, letters, words.
    #[default]
    Auto,
    /// As a regular expression.
    Pattern,
    /// As readings of Han in letters.
    Sound,
    /// Exactly as typed.
    Exact,
}

/// The fault of a regular expression, in both languages.
pub type Fault = (String, String);

/// A compiled query. Cloning is cheap.
///
/// ```
/// use jingdu::search::Query;
/// let text = "渡口修好了。\n渡口没有灯。\n路上有灯。";
/// let hits = |typed| Query::new(typed).unwrap().find(text).len();
/// // both words in one paragraph are hits; written together they are one word
/// assert_eq!((hits("渡口"), hits("渡口 灯"), hits("渡口灯")), (2, 2, 0));
/// ```
#[derive(Clone, Debug)]
pub struct Query {
    typed: String,
    how: How,
    body: Arc<Body>,
}

#[derive(Debug)]
enum Body {
    /// Words that must all be in a paragraph.
    Words(Vec<Part>),
    /// Words of which each has its hits.
    Any(Vec<Part>),
    Pattern(Pattern),
}

/// One word of a query.
#[derive(Debug)]
struct Part {
    typed: String,
    exact: bool,
    text: Option<Folded>,
    sound: Option<Sound>,
}

/// Hits in parts of a text, before it is known what was meant: for each word of the query those
/// as text and those as sound.
///
/// ```
/// use jingdu::search::{Query, query::Found};
/// let text = "河上有灯，岸上有灯，船上也有灯。";
/// let query = Query::new("灯").unwrap();
/// let (half, mut found) = (text.find("岸").unwrap(), Found::default());
/// query.search(text, 0..half, &mut found);
/// assert_eq!(query.settle(text, &found).len(), 1);
/// query.search(text, half..text.len(), &mut found);
/// assert_eq!(query.settle(text, &found), query.find(text));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    parts: Vec<(Vec<Span>, Vec<Span>)>,
}

/// Words of a query.
const MAX_WORDS: usize = 16;

/// Words that are shown for letters.
const MAX_OFFERED_WORDS: usize = 50;

impl Query {
    /// Compiles a typed query. `None` where there is nothing to search for, or a regular
    /// expression is wrong.
    ///
    /// ```
    /// use jingdu::search::Query;
    /// let text = "以“雄安质量”为例";
    /// assert!(Query::new("XAZL").unwrap().find(text).is_empty(), "pinyin is typed in small letters");
    /// for typed in ["雄安", "xazl", "“雄安质量”", "\"雄安质量\"", "/雄.质/", "雄安 質量"] {
    ///     assert!(!Query::new(typed).unwrap().find(text).is_empty(), "{typed}");
    /// }
    /// ```
    pub fn new(typed: &str) -> Option<Self> {
        Self::compile(typed, How::Auto).ok().flatten()
    }

    /// Compiles a typed query. `None` where there is nothing to search for, an error where a
    /// regular expression is wrong or too large.
    ///
    /// ```
    /// use jingdu::search::{How, Query};
    /// assert!(Query::compile("  ", How::Auto).unwrap().is_none());
    /// let (zh, en) = Query::compile("/渡(口/", How::Auto).unwrap_err();
    /// assert_eq!((zh.as_str(), en.as_str()), ("正则有误：括号未闭合", "unclosed group"));
    /// ```
    pub fn compile(typed: &str, how: How) -> Result<Option<Self>, Fault> {
        let typed = typed.trim();
        let between = typed
            .strip_prefix('/')
            .and_then(|t| t.strip_suffix('/'))
            .filter(|t| !t.is_empty());
        let body = match (how, between) {
            (How::Auto, Some(pattern)) => Some(Body::Pattern(Pattern::new(pattern)?)),
            (How::Pattern, _) if typed.is_empty() => None,
            (How::Pattern, _) => Some(Body::Pattern(Pattern::new(typed)?)),
            _ => words(typed, how),
        };
        // an expression is known by its slashes, however it was asked for
        let typed = if how == How::Pattern {
            format!("/{typed}/")
        } else {
            typed.to_owned()
        };
        Ok(body.map(|body| Self {
            typed,
            how,
            body: Arc::new(body),
        }))
    }

    /// Returns a query that matches whatever any of the given ones matches. Of regular expressions
    /// only the first is used. `None` without queries.
    ///
    /// ```
    /// use jingdu::search::Query;
    /// let queries = ["灯笼", "渡口"].map(|typed| Query::new(typed).unwrap());
    /// let any = Query::any(&queries).unwrap();
    /// assert_eq!(any.find("渡口没有人。\n灯笼亮着。").len(), 2);
    /// ```
    pub fn any<'a>(queries: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let queries: Vec<&Self> = queries.into_iter().collect();
        let first = queries.first()?;
        let is_pattern = |query: &&&Self| query.is_pattern();
        if queries.len() == 1 || queries.iter().any(|query| is_pattern(&query)) {
            let pattern = queries.iter().find(is_pattern);
            return Some((*pattern.unwrap_or(first)).clone());
        }
        let typed: Vec<&str> = queries.iter().map(|query| query.typed()).collect();
        let typed = typed.join(" ");
        let Some(Body::Words(parts)) = words(&typed, How::Auto) else {
            return None;
        };
        Some(Self {
            typed,
            how: How::Auto,
            body: Arc::new(Body::Any(parts)),
        })
    }

    /// Returns the typed text, without blanks at its ends.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Returns the way in which it is taken.
    pub fn how(&self) -> How {
        self.how
    }

    /// Returns whether it may be searched for in parts that end with a line: all but a regular
    /// expression that spans lines.
    pub(crate) fn is_divisible(&self) -> bool {
        !matches!(&*self.body, Body::Pattern(pattern) if pattern.spans_lines())
    }

    /// Returns whether it is a regular expression.
    pub(super) fn is_pattern(&self) -> bool {
        matches!(*self.body, Body::Pattern(_))
    }

    /// Returns the words of which every one must be there, each as the forms of its characters;
    /// `None` for a query that is not plain words.
    pub(super) fn plain_words(&self) -> Option<Vec<Vec<&[char]>>> {
        let Body::Words(parts) = &*self.body else {
            return None;
        };
        let is_plain = |part: &Part| part.sound.is_none();
        if !parts.iter().all(is_plain) {
            return None;
        }
        let forms = parts
            .iter()
            .map(|part| part.text.as_ref().map(Folded::forms));
        forms.collect()
    }

    /// Returns every hit in `text`. Linear in the text.
    ///
    /// ```
    /// use jingdu::search::Query;
    /// let text = "发展要快，發展也要穩，头发不算。";
    /// let matches = Query::new("发展").unwrap().find(text);
    /// let hits: Vec<&str> = matches.spans.iter().map(|span| span.of(text)).collect();
    /// assert_eq!(hits, ["发展", "發展"]);
    /// ```
    pub fn find(&self, text: &str) -> Matches {
        let mut found = Found::default();
        self.search(text, 0..text.len(), &mut found);
        self.settle(text, &found)
    }

    /// Adds the hits that begin in a part of the text to those before it.
    pub fn search(&self, text: &str, range: Range<usize>, found: &mut Found) {
        match &*self.body {
            Body::Pattern(pattern) => {
                found.parts.resize_with(1, Default::default);
                if let Some((own, _)) = found.parts.first_mut() {
                    pattern.find(text, range, own);
                }
            }
            Body::Words(parts) | Body::Any(parts) => {
                found.parts.resize_with(parts.len(), Default::default);
                for (part, (as_text, as_sound)) in parts.iter().zip(&mut found.parts) {
                    if let Some(folded) = &part.text {
                        folded.find(text, range.clone(), as_text);
                    }
                    if let Some(sound) = &part.sound {
                        sound.find(text, range.clone(), as_sound);
                    }
                }
            }
        }
    }

    /// Returns the hits of the whole text, from those of all its parts. Linear in those that
    /// were found.
    pub fn settle(&self, text: &str, found: &Found) -> Matches {
        let parts = match &*self.body {
            Body::Pattern(_) => {
                let spans = found.parts.first().map(|(own, _)| own.clone());
                return Matches::of(spans.unwrap_or_default(), MatchKind::Pattern, Vec::new());
            }
            Body::Words(parts) | Body::Any(parts) => parts,
        };
        let mut settled = Vec::new();
        for (i, part) in parts.iter().enumerate() {
            // an empty text was never searched
            let (as_text, as_sound) = found.parts.get(i).cloned().unwrap_or_default();
            settled.push(part.settle(text, as_text, &as_sound));
        }
        if matches!(*self.body, Body::Any(_)) {
            anywhere(&settled)
        } else if settled.len() > 1 {
            together(text, &settled)
        } else {
            settled.pop().unwrap_or_default()
        }
    }
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.typed == other.typed && (self.how == other.how || self.typed.starts_with('/'))
    }
}

impl Part {
    /// Compiles a word that is found exactly as typed.
    fn exact(typed: &str) -> Self {
        Self {
            typed: typed.to_owned(),
            exact: true,
            text: Folded::new(typed, false),
            sound: None,
        }
    }

    /// Decides which of its hits were meant.
    fn settle(&self, text: &str, as_text: Vec<Span>, as_sound: &[Span]) -> Matches {
        let (spans, mut words) = meant_sounds(text, as_sound);
        if as_text.is_empty() && !spans.is_empty() {
            return Matches::of(spans, MatchKind::Sound, words);
        }
        let differs = |s: &Span| {
            let folded = self.text.as_ref();
            folded.is_some_and(|t| t.differs(&self.typed, s.of(text)))
        };
        let kind = if self.exact {
            MatchKind::Exact
        } else if as_text.iter().take(100).any(differs) {
            MatchKind::Variant
        } else {
            MatchKind::Text
        };
        if !words.is_empty() {
            let own = Word {
                text: self.typed.clone(),
                count: as_text.len(),
            };
            words.insert(0, own);
        }
        Matches::of(as_text, kind, words)
    }
}

impl Found {
    /// Adds the hits found further on in the text.
    ///
    /// ```
    /// use jingdu::search::{Query, query::Found};
    /// let text = "人人都说人人好。";
    /// let query = Query::new("人人").unwrap();
    /// let (mut head, mut tail) = (Found::default(), Found::default());
    /// query.search(text, 0..9, &mut head);
    /// query.search(text, 9..text.len(), &mut tail);
    /// head.append(&tail);
    /// assert_eq!(query.settle(text, &head).len(), 2);
    /// ```
    pub fn append(&mut self, further: &Self) {
        self.parts
            .resize_with(self.parts.len().max(further.parts.len()), Default::default);
        for (own, more) in self.parts.iter_mut().zip(&further.parts) {
            // a hit over the border of two parts is found in the first
            let free = own.0.last().map_or(0, |s| s.end.byte());
            own.0
                .extend(more.0.iter().filter(|s| s.start.byte() >= free));
            own.1.extend(&more.1);
        }
    }
}

/// Compiles the words of a query.
fn words(typed: &str, how: How) -> Option<Body> {
    if how == How::Exact {
        let part = Part::exact(typed);
        return part.text.is_some().then(|| Body::Words(vec![part]));
    }
    let mut parts = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() && parts.len() < MAX_WORDS {
        let quoted = rest
            .strip_prefix('"')
            .and_then(|r| r.split_once('"'))
            .filter(|(inside, _)| how == How::Auto && !inside.is_empty());
        let (part, after) = if let Some((inside, after)) = quoted {
            (Part::exact(inside), after)
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (word, after) = rest.split_at_checked(end)?;
            let part = Part {
                typed: word.to_owned(),
                exact: false,
                text: Folded::new(word, true).filter(|_| how != How::Sound),
                sound: Sound::new(word).filter(|_| how == How::Sound || !has_capitals(word)),
            };
            (part, after)
        };
        parts.push(part);
        rest = after.trim_start();
    }
    (!parts.is_empty()).then_some(Body::Words(parts))
}

/// Returns whether a word is spelled as pinyin is not typed: GDP is meant as it is.
fn has_capitals(word: &str) -> bool {
    word.chars().any(|c| half_width(c).is_ascii_uppercase())
}

/// Returns those of some stretches that read alike which were meant, and all words with their
/// counts: where two stretches overlap, the more frequent word was meant.
fn meant_sounds(text: &str, found: &[Span]) -> (Vec<Span>, Vec<Word>) {
    let counts = counts(text, found);
    let count = |span: &Span| counts.get(span.of(text)).map_or(0, |(count, _)| *count);
    let mut meant: Vec<Span> = Vec::with_capacity(found.len());
    // a run of stretches each overlapping the next is settled by itself
    for run in found.chunk_by(|a, b| b.start < a.end) {
        if let [only] = run {
            meant.push(*only);
            continue;
        }
        let mut order: Vec<&Span> = run.iter().collect();
        order.sort_by_key(|s| (Reverse(count(s)), s.start));
        let mut chosen: Vec<Span> = Vec::new();
        for span in order {
            let at = chosen.partition_point(|c| c.end <= span.start);
            if chosen.get(at).is_none_or(|c| c.start >= span.end) {
                chosen.insert(at, *span);
            }
        }
        meant.extend(chosen);
    }
    let mut words: Vec<_> = self::counts(text, &meant).into_iter().collect();
    words.sort_by_key(|(_, (count, first))| (Reverse(*count), *first));
    let words = words.into_iter().take(MAX_OFFERED_WORDS);
    let words = words.map(|(text, (count, _))| Word {
        text: text.to_owned(),
        count,
    });
    (meant, words.collect())
}

/// Counts the words that some spans cover, and where the first of each is.
fn counts<'a>(text: &'a str, spans: &[Span]) -> HashMap<&'a str, (usize, Pos)> {
    let mut counts = HashMap::new();
    for span in spans {
        counts.entry(span.of(text)).or_insert((0, span.start)).0 += 1;
    }
    counts
}

/// Merges the hits of all words.
fn anywhere(words: &[Matches]) -> Matches {
    let spans = words.iter().flat_map(|m| m.spans.iter().copied());
    merged(spans.collect(), words)
}

/// Returns the hits of all words in the paragraphs that have every one of them.
fn together(text: &str, words: &[Matches]) -> Matches {
    let Some(rarest) = words.iter().min_by_key(|m| m.len()) else {
        return Matches::default();
    };
    let mut spans: Vec<Span> = Vec::new();
    let mut end = 0;
    for hit in &rarest.spans {
        let at = hit.start.byte();
        if at < end {
            continue; // of a paragraph that was looked at
        }
        let (before, after) = text.as_bytes().split_at(at);
        let from = memrchr(b'\n', before).map_or(0, |i| i + 1);
        end = memchr(b'\n', after).map_or(text.len(), |i| at + i);
        let paragraph = Span::new(from, end);
        if words.iter().all(|m| m.count_in(paragraph) > 0) {
            let all = words.iter().flat_map(|m| m.within(paragraph));
            let mut own: Vec<Span> = all
                .copied()
                .filter(|s| paragraph.contains(s.start))
                .collect();
            own.sort_by_key(|s| (s.start, Reverse(s.end)));
            spans.extend(own);
        }
    }
    merged(spans, words)
}

/// Makes hits of the spans of several words.
fn merged(mut spans: Vec<Span>, words: &[Matches]) -> Matches {
    matches::make_disjoint(&mut spans);
    let mut kinds = words.iter().map(|m| m.kind);
    let kind = kinds.find(|k| *k != MatchKind::Text).unwrap_or_default();
    Matches::of(spans, kind, Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(query: &str, text: &str) -> String {
        let found = Query::new(query).unwrap().find(text);
        let hits: Vec<_> = found.spans.iter().map(|s| s.of(text)).collect();
        hits.join(" ")
    }

    #[test]
    fn hits_are_found_as_typed() {
        let paragraphs = "生态与机制，生态\n只有生态\n机制和生态环境";
        for (query, text, wanted) in [
            // folding is for matching only
            ("gdp", "ＧＤＰ与GDP", "ＧＤＰ GDP"),
            ("（一)", "(一）", "(一）"),
            ("a.b", "axb a.b", "a.b"),
            ("體制機制", "体制机制、體制機制", "体制机制 體制機制"),
            ("“雄安”", "「雄安」\"雄安\"雄安", "「雄安」 \"雄安\""),
            // exact is exact
            ("\"体制\"", "体制體制", "体制"),
            ("\"GDP\"", "gdp GDP ＧＤＰ", "GDP"),
            // hits keep to clusters
            ("e", "e\u{301}e", "e"),
            // blanks ask for one paragraph
            ("生态　机制", paragraphs, "生态 机制 生态 机制 生态"),
            ("生态环境 生态", paragraphs, "生态环境"),
            ("生态 京津冀", paragraphs, ""),
            // letters are text first
            ("gdp", "GDP 高低平 搞得怕", "GDP"),
            ("gdp", "高低平", "高低平"),
            ("/一是|二是/", "一是甲，二是乙", "一是 二是"),
            ("/^二/", "一\n二", "二"),
        ] {
            assert_eq!(hits(query, text), wanted, "{query}");
        }
    }

    #[test]
    fn words_of_letters_are_counted() {
        let found = Query::new("jjj").unwrap();
        let found = found.find("推进京津冀，京津冀，解决降");
        let words: Vec<_> = found.words.iter().map(|w| (&*w.text, w.count)).collect();
        assert_eq!(words, [("京津冀", 2), ("解决降", 1)]);
        assert_eq!((found.len(), found.kind), (3, MatchKind::Sound));
    }

    #[test]
    fn a_wrong_expression_says_why() {
        let (zh, _) = Query::compile("(", How::Pattern).unwrap_err();
        assert!(zh.contains("括号未闭合"));
        assert!(Query::compile("a{1000}{1000}", How::Pattern).is_err());
    }

    #[test]
    fn neighbours_are_found_by_position() {
        let m = Query::new("甲").unwrap().find("甲乙甲乙甲");
        assert_eq!(m.at_or_after(Pos(1)), Some(1));
        assert_eq!(m.before(Pos(6)), Some(0));
        assert_eq!(m.within(Span::new(1, 7)).len(), 2);
    }
}
