//! Sets of keywords as text: a YAML list of terms, plain or with a name, a colour
//! and whether they are shown.
//!
//! `shell` knows where the files are.

use crate::session::Keyword;
use crate::session::find::KEYWORD_COLOURS;
use crate::session::term::Term;
use serde::{Deserialize, Serialize};

/// A term as the file has it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Plain(String),
    Number(i64),
    Full(Full),
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Full {
    term: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    colour: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<bool>,
}

/// Reads a set. An empty file is an empty set. Fails with one line, where it is not such a list.
pub fn read(text: &str) -> Result<Vec<Term>, String> {
    let is_blank = |l: &str| l.trim().is_empty() || l.starts_with('#');
    if text.lines().all(is_blank) {
        return Ok(Vec::new());
    }
    let first_line = |text: String| text.lines().next().unwrap_or_default().to_owned();
    let lines: Result<Vec<Line>, _> = serde_yaml::from_str(text);
    let lines = lines.map_err(|error| first_line(error.to_string()))?;
    Ok(lines.into_iter().map(Line::term).collect())
}

impl Line {
    fn term(self) -> Term {
        let full = match self {
            Self::Plain(term) => Full::of(term),
            Self::Number(n) => Full::of(n.to_string()),
            Self::Full(full) => full,
        };
        let colour = full.colour.filter(|c| (1..=KEYWORD_COLOURS).contains(c));
        Term {
            text: full.term,
            name: full.name,
            colour: colour.map(|c| c - 1),
            on: full.on.unwrap_or(true),
        }
    }
}

impl Full {
    fn of(term: String) -> Self {
        Self {
            term,
            name: None,
            colour: None,
            on: None,
        }
    }
}

/// Writes keywords as a set. Fails with one line, where a term cannot be written.
pub fn write(keywords: &[Keyword]) -> Result<String, String> {
    let full = |k: &Keyword| Full {
        term: k.query.typed().to_owned(),
        name: k.name.clone(),
        colour: Some(k.colour + 1),
        on: (!k.on).then_some(false),
    };
    let set: Vec<Full> = keywords.iter().map(full).collect();
    serde_yaml::to_string(&set).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::session::Find;
    use crate::session::term::KeywordScope;
    use std::sync::Arc;

    #[test]
    fn a_written_set_is_read_again() {
        let mut find = Find::default();
        let document = Arc::new(Document::default());
        for (typed, name, on) in [
            ("协同发展", None, true),
            ("\"GDP: #1\"", Some("产值".to_owned()), false),
            ("/一是|二是/", None, true),
            ("2035", None, true),
        ] {
            let plain = Term::plain(typed);
            let term = Term { name, on, ..plain };
            find.add_term(&document, term, KeywordScope::Article);
        }
        let terms = read(&write(&find.keywords).unwrap()).unwrap();
        assert_eq!(terms, find.terms(KeywordScope::Article));
        assert_eq!(terms.len(), 4);
    }

    #[test]
    fn a_plain_list_is_a_set() {
        let terms = read("- 协同发展\n- 2035\n- {term: 生态, colour: 3}\n").unwrap();
        let texts: Vec<_> = terms.iter().map(|t| (&*t.text, t.colour)).collect();
        assert_eq!(
            texts,
            [("协同发展", None), ("2035", None), ("生态", Some(2))]
        );
        assert!(read("# nothing\n").unwrap().is_empty());
        assert!(!read("a: b").unwrap_err().contains('\n'));
    }
}
