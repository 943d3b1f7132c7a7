//! The standing keywords, which apply to every article: those of the settings, and the changes
//! by key since.
//!
//! Each keyword is a choice of its own, so that two programs that add different ones keep both.
//! A choice holds while the settings say the same of its keyword as when it was made.

use crate::session::term::Term;
use crate::shell::store::job::Job;
use crate::shell::store::json;
use serde_json::Value;

/// The names of the choices that are standing keywords begin with this.
const KEYWORD_PREFIX: &str = "keyword:";

/// A choice: its name, its value, and the setting at that time.
type NamedChoice = (String, String, String);

/// The standing keywords as they were saved last.
#[derive(Clone, Debug, Default)]
pub(crate) struct StandingKeywords {
    /// Those of the settings.
    configured: Vec<Term>,
    saved: Vec<Term>,
}

impl StandingKeywords {
    /// Returns the standing keywords at the start, by the settings and the choices since.
    pub(crate) fn at_start(configured: &[Term], choices: &[NamedChoice]) -> Vec<Term> {
        let chosen = |text: &str| {
            choices
                .iter()
                .find(|(name, ..)| name.strip_prefix(KEYWORD_PREFIX) == Some(text))
        };
        let mut terms = Vec::new();
        for term in configured {
            match chosen(&term.text).filter(|(_, _, base)| *base == written(term)) {
                Some((_, value, _)) => terms.extend(read(value).map(|(_, term)| term)),
                None => terms.push(term.clone()),
            }
        }
        let is_configured = |term: &Term| configured.iter().any(|own| own.text == term.text);
        let added = choices
            .iter()
            .filter(|(name, _, base)| name.starts_with(KEYWORD_PREFIX) && base.is_empty());
        let mut added: Vec<(u64, Term)> = added.filter_map(|(_, value, _)| read(value)).collect();
        added.retain(|(_, term)| !is_configured(term));
        added.sort_by(|a, b| (a.0, &a.1.text).cmp(&(b.0, &b.1.text)));
        terms.extend(added.into_iter().map(|(_, term)| term));
        terms
    }

    /// Notes the standing keywords that the session begins with.
    pub(crate) fn begin(&mut self, configured: Vec<Term>, terms: Vec<Term>) {
        (self.configured, self.saved) = (configured, terms);
    }

    /// Returns the choices that have changed since they were saved last.
    pub(crate) fn changes(&mut self, terms: Vec<Term>) -> Vec<Job> {
        if terms == self.saved {
            return Vec::new();
        }
        let base = |text: &str| {
            let own = self.configured.iter().find(|term| term.text == text);
            own.map_or_else(String::new, written)
        };
        let job = |text: &str, value: String| {
            Job::Choice(format!("{KEYWORD_PREFIX}{text}"), value, base(text))
        };
        let gone = self
            .saved
            .iter()
            .filter(|old| terms.iter().all(|term| term.text != old.text));
        let gone = gone.map(|old| job(&old.text, String::new()));
        let changed = terms
            .iter()
            .enumerate()
            .filter(|(i, term)| self.saved.get(*i) != Some(*term));
        let changed = changed.map(|(i, term)| {
            let mut value = json::term_value(term);
            value["at"] = i.into();
            job(&term.text, value.to_string())
        });
        let jobs = gone.chain(changed).collect();
        self.saved = terms;
        jobs
    }
}

/// Writes a keyword of the settings.
fn written(term: &Term) -> String {
    json::term_value(term).to_string()
}

/// Reads a keyword and its place among the others; `None` where it was removed.
fn read(value: &str) -> Option<(u64, Term)> {
    let value: Value = serde_json::from_str(value).ok()?;
    let at = value.get("at").and_then(Value::as_u64).unwrap_or_default();
    Some((at, json::term(&value)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// A store of choices.
    #[derive(Default)]
    struct Kept(BTreeMap<String, (String, String)>);

    impl Kept {
        fn put(&mut self, jobs: Vec<Job>) {
            for job in jobs {
                let Job::Choice(name, value, base) = job else {
                    panic!()
                };
                if value.is_empty() && base.is_empty() {
                    self.0.remove(&name);
                } else {
                    self.0.insert(name, (value, base));
                }
            }
        }

        fn start(&self, configured: &[Term]) -> (StandingKeywords, Vec<Term>) {
            let choice = |(name, (value, base)): (&String, &(String, String))| {
                (name.clone(), value.clone(), base.clone())
            };
            let choices: Vec<NamedChoice> = self.0.iter().map(choice).collect();
            let terms = StandingKeywords::at_start(configured, &choices);
            let mut standing = StandingKeywords::default();
            standing.begin(configured.to_vec(), terms.clone());
            (standing, terms)
        }
    }

    fn terms(texts: &[&str]) -> Vec<Term> {
        texts.iter().map(|text| Term::plain(text)).collect()
    }

    #[test]
    fn what_two_programs_add_stays() {
        let mut kept = Kept::default();
        let ((mut a, _), (mut b, _)) = (kept.start(&[]), kept.start(&[]));
        kept.put(a.changes(terms(&["乙", "甲"])));
        kept.put(b.changes(terms(&["丙"])));
        let (mut c, now) = kept.start(&[]);
        assert_eq!(now, terms(&["丙", "乙", "甲"]));
        assert!(c.changes(now).is_empty());
        kept.put(c.changes(terms(&["甲"])));
        assert_eq!(kept.start(&[]).1, terms(&["甲"]));
        kept.put(kept.start(&[]).0.changes(Vec::new()));
        assert!(kept.0.is_empty());
    }

    #[test]
    fn changes_hold_until_the_settings_change() {
        let (mut kept, configured) = (Kept::default(), terms(&["甲", "乙"]));
        let (mut standing, now) = kept.start(&configured);
        assert_eq!(now, configured);
        let other = Term {
            name: Some("名".into()),
            colour: Some(3),
            ..Term::plain("乙")
        };
        let mut changed = vec![other.clone()];
        changed.extend(terms(&["丙"]));
        kept.put(standing.changes(changed.clone()));
        assert_eq!(kept.start(&configured).1, changed);
        // another word in the settings leaves the changes; another colour of the word does not
        let more = terms(&["丁", "甲", "乙"]);
        let mut wanted = terms(&["丁"]);
        wanted.extend(changed);
        assert_eq!(kept.start(&more).1, wanted);
        let coloured = [Term {
            colour: Some(1),
            ..Term::plain("乙")
        }];
        assert_eq!(
            kept.start(&coloured).1,
            [coloured[0].clone(), Term::plain("丙")]
        );
        assert_eq!(kept.start(&[]).1, terms(&["丙"]));
    }
}
