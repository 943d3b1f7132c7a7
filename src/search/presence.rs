//! A prefilter for many queries: one pass over a text finds those that may have a hit in it.
//!
//! A word can only be there where each of its characters is followed by the next one, in whatever
//! form and over blanks and what takes no room. Queries that are no plain words may always have one.
//! The table of terms needs it (the bench `d_count_terms`): to search each text for each of twenty
//! terms takes nine times as long.

use super::query::Query;
use crate::text::fold::is_invisible;

/// Characters that are looked up by their number; others of a query are not looked for.
const MAX_CHARACTER: usize = 0x1_0000;

/// Queries that are looked for at once.
///
/// ```
/// use jingdu::search::{Query, presence::Presence};
/// let queries = ["渡口", "灯笼", "/渡./"].map(|typed| Query::new(typed).unwrap());
/// let mut presence = Presence::of(&queries);
/// presence.look_at("渡\n口的灯亮了。");
/// let may: Vec<bool> = (0..3).map(|query| presence.may_have(query)).collect();
/// // a pattern may match anything
/// assert_eq!(may, [true, false, true]);
/// ```
#[derive(Clone, Debug)]
pub struct Presence {
    /// The number of each character that a query has, from 1; 0 for all others, and [`PASSED`].
    numbers: Vec<u16>,
    /// For each numbered character, those that follow it in a query, and the index of the pair.
    followers: Vec<Vec<(u16, usize)>>,
    /// For each numbered character, the indices of the words that are this character alone.
    alone: Vec<Vec<usize>>,
    /// For each query, the indices of what it needs; `None` where it may always have a hit.
    needs: Vec<Option<Vec<usize>>>,
    /// For each pair and lone character, the last text that had it.
    seen: Vec<usize>,
    /// The number of the text.
    text: usize,
}

/// The number of what is passed over between two characters.
const PASSED: u16 = u16::MAX;

impl Presence {
    /// Prepares to look for these queries.
    pub fn of<'a>(queries: impl IntoIterator<Item = &'a Query>) -> Self {
        let mut presence = Self {
            numbers: vec![0; MAX_CHARACTER],
            followers: vec![Vec::new()],
            alone: vec![Vec::new()],
            needs: Vec::new(),
            seen: Vec::new(),
            text: 0,
        };
        for c in ('\0'..='\u{ffff}').filter(|c| c.is_whitespace() || is_invisible(*c)) {
            if let Some(number) = presence.numbers.get_mut(c as usize) {
                *number = PASSED;
            }
        }
        for query in queries {
            let words = query.plain_words();
            let needs = words.map(|words| {
                let needs = words.iter().map(|word| presence.add(word));
                needs
                    .collect::<Option<Vec<_>>>()
                    .map(|needs| needs.concat())
            });
            presence.needs.push(needs.flatten());
        }
        presence
    }

    /// Adds a word, given by the forms of its characters; returns what it needs, or `None` where it
    /// has characters that cannot be looked for.
    fn add(&mut self, word: &[&[char]]) -> Option<Vec<usize>> {
        let numbers: Option<Vec<Vec<u16>>> = word.iter().map(|forms| self.number(forms)).collect();
        let numbers = numbers?;
        let first = self.seen.len();
        if let [only] = numbers.as_slice() {
            for form in only {
                self.alone.get_mut(usize::from(*form))?.push(first);
            }
            self.seen.push(0);
            return Some(vec![first]);
        }
        for pair in numbers.windows(2) {
            let [before, behind] = pair else { continue };
            let index = self.seen.len();
            self.seen.push(0);
            for form in before {
                let followers = self.followers.get_mut(usize::from(*form))?;
                followers.extend(behind.iter().map(|form| (*form, index)));
            }
        }
        Some((first..self.seen.len()).collect())
    }

    /// Numbers the forms of a character; `None` for one that is passed over, or too many.
    fn number(&mut self, forms: &[char]) -> Option<Vec<u16>> {
        let number = |form: &char| {
            let own = self.numbers.get_mut(*form as usize)?;
            if *own == 0 {
                *own = u16::try_from(self.followers.len()).ok()?;
                self.followers.push(Vec::new());
                self.alone.push(Vec::new());
            }
            Some(*own).filter(|own| *own != PASSED)
        };
        forms.iter().map(number).collect()
    }

    /// Looks at a text. Linear in it.
    pub fn look_at(&mut self, text: &str) {
        self.text += 1;
        let mut last = 0;
        for c in text.chars() {
            let number = self.numbers.get(c as usize).copied();
            let number = number.unwrap_or_else(|| if is_invisible(c) { PASSED } else { 0 });
            if number == PASSED {
                continue;
            }
            if number == 0 {
                last = 0;
                continue;
            }
            let alone = self.alone.get(usize::from(number)).into_iter().flatten();
            let followers = self.followers.get(usize::from(last)).into_iter().flatten();
            let pairs = followers
                .filter(|(c, _)| *c == number)
                .map(|(_, pair)| pair);
            for at in alone.chain(pairs) {
                if let Some(seen) = self.seen.get_mut(*at) {
                    *seen = self.text;
                }
            }
            last = number;
        }
    }

    /// Returns whether a query may have a hit in the text that was looked at last.
    pub fn may_have(&self, query: usize) -> bool {
        let Some(Some(needs)) = self.needs.get(query) else {
            return true;
        };
        let is_seen = |at: &usize| self.seen.get(*at) == Some(&self.text);
        needs.iter().all(is_seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const QUERIES: [&str; 9] = [
        "协同发展",
        "發展",
        "发",
        "同",
        "\"发展\"",
        "协同 发",
        "gdp",
        "/发.展/",
        "改革开放",
    ];

    fn queries() -> Vec<Query> {
        QUERIES.map(|typed| Query::new(typed).unwrap()).to_vec()
    }

    #[test]
    fn only_queries_that_may_match_pass() {
        let queries = queries();
        let mut presence = Presence::of(&queries);
        let may = |presence: &Presence| -> Vec<&str> {
            let typed = QUERIES.iter().enumerate();
            let may = typed.filter(|(i, _)| presence.may_have(*i));
            may.map(|(_, typed)| *typed).collect()
        };
        presence.look_at("協\n　　同發\u{200b}展");
        assert_eq!(
            may(&presence),
            ["协同发展", "發展", "发", "同", "协同 发", "gdp", "/发.展/"]
        );
        presence.look_at("不同的发现，展开");
        assert_eq!(may(&presence), ["发", "同", "gdp", "/发.展/"]);
        presence.look_at("");
        assert_eq!(may(&presence), ["gdp", "/发.展/"]);
    }

    proptest! {
        /// No query has a hit where it may have none.
        #[test]
        fn nothing_is_missed(text in "[协協同发發髮展改革开開放 \n　，\u{200b}\u{fe00}]{0,40}") {
            let queries = queries();
            let mut presence = Presence::of(&queries);
            presence.look_at(&text);
            for (i, query) in queries.iter().enumerate() {
                prop_assert!(presence.may_have(i) || query.find(&text).is_empty(), "{}", query.typed());
            }
        }
    }
}
