//! Offers where nothing was found: words that read alike, and parts of what was typed.
//!
//! Each offer costs a search of the text, so there are few.

use super::matches::{Matches, Word};
use super::query::{How, Query};
use super::sound::{readings, spelled};

/// Offers at the most.
const MAX_OFFERS: usize = 5;
/// In a text of more bytes only few parts are tried.
const LONG_TEXT_BYTES: usize = 1 << 20;
/// Characters of the longest word of which parts are tried.
const MAX_DIVIDED_CHARS: usize = 24;

/// Returns words of the text that are near to a query that is not in it.
///
/// ```
/// use jingdu::search::{Query, near::near};
/// let text = "创造雄安质量";
/// assert_eq!(near(text, &Query::new("雄安制量").unwrap())[0].text, "雄安质量");
/// assert_eq!(near(text, &Query::new("雄安速度").unwrap())[0].text, "雄安");
/// ```
pub fn near(text: &str, query: &Query) -> Vec<Word> {
    if query.is_pattern() {
        return Vec::new();
    }
    let typed = query.typed().trim_matches('"');
    let mut offers: Vec<Word> = Vec::new();
    let mut offer = |word: Word| {
        if offers.len() < MAX_OFFERS && offers.iter().all(|o| o.text != word.text) {
            offers.push(word);
        }
    };
    if query.typed() != typed
        && let Some(m) = found(text, typed, How::Auto)
    {
        let first = m.spans.first().map_or(typed, |s| s.of(text));
        offer(Word {
            text: first.to_owned(),
            count: m.len(),
        });
    }
    if let Some(letters) = letters(typed)
        && let Some(m) = found(text, &letters, How::Sound)
    {
        // by their usual readings: a slip of the keys does not give a rare one
        let usual = |c| readings(c).first();
        let is_usual = |w: &Word| w.text.chars().map(usual).eq(typed.chars().map(usual));
        m.words.into_iter().filter(is_usual).for_each(&mut offer);
    }
    let is_long = text.len() > LONG_TEXT_BYTES;
    let tries = if is_long { 6 } else { usize::MAX };
    for part in parts(typed).into_iter().take(tries) {
        if let Some(m) = found(text, &part, How::Auto) {
            offer(Word {
                count: m.len(),
                text: part,
            });
            break;
        }
    }
    offers
}

fn found(text: &str, typed: &str, how: How) -> Option<Matches> {
    let query = Query::compile(typed, how).ok().flatten()?;
    Some(query.find(text)).filter(|m| !m.is_empty())
}

/// Returns the letters that a Han word is typed with, syllable by syllable.
fn letters(word: &str) -> Option<String> {
    let all = spelled(word).filter(|all| (2..=8).contains(&all.len()))?;
    all.into_iter()
        .map(|readings| readings.first().copied())
        .collect()
}

/// Returns the parts of a word, longest first: of the same length the first one first.
fn parts(word: &str) -> Vec<String> {
    let all: Vec<char> = word.chars().collect();
    let mut found: Vec<String> = Vec::new();
    if word.chars().all(|c| c.is_ascii_alphabetic()) {
        // letters go on from their beginning
        let lengths = (3..all.len()).rev();
        found.extend(lengths.map(|n| all.iter().take(n).collect::<String>()));
    } else if all.len() <= MAX_DIVIDED_CHARS {
        for length in (2..all.len()).rev() {
            let parts = all.windows(length).map(|w| w.iter().collect::<String>());
            found.extend(parts.filter(|w| !w.contains(char::is_whitespace)));
        }
    }
    // a word of two has only its characters; more would take long in a long text
    found.truncate(60);
    found
}
