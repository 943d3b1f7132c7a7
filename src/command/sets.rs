//! Sets of keywords as text: a YAML list of terms, plain or with a name, a colour
//! and whether they are shown.
//!
//! `shell` knows where the files are.

use crate::session::Keyword;
use crate::session::find::KEYWORD_COLOURS;
use serde::{Deserialize, Serialize};

/// One keyword of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The text to look for, as one types it.
    pub text: String,
    /// The reader's name for it.
    pub name: Option<String>,
    /// Its colour, from 0.
    pub colour: Option<usize>,
    /// Shown or only counted.
    pub on: bool,
}

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

/// Reads a set. An empty file is an empty set.
///
/// # Errors
/// With one line, where it is no such list.
pub fn read(text: &str) -> Result<Vec<Term>, String> {
    if text
        .lines()
        .all(|l| l.trim().is_empty() || l.starts_with('#'))
    {
        return Ok(Vec::new());
    }
    let lines: Vec<Line> = serde_yaml::from_str(text).map_err(|error| {
        error
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    })?;
    let plain = |text: String| Term {
        text,
        name: None,
        colour: None,
        on: true,
    };
    Ok(lines
        .into_iter()
        .map(|line| match line {
            Line::Plain(text) => plain(text),
            Line::Number(n) => plain(n.to_string()),
            Line::Full(full) => {
                let colour = full
                    .colour
                    .filter(|c| (1..=KEYWORD_COLOURS).contains(c))
                    .map(|c| c - 1);
                Term {
                    text: full.term,
                    name: full.name,
                    colour,
                    on: full.on.unwrap_or(true),
                }
            }
        })
        .collect())
}

/// Writes keywords as a set.
///
/// # Errors
/// With one line, where a term cannot be written.
pub fn write(keywords: &[Keyword]) -> Result<String, String> {
    let full: Vec<Full> = keywords
        .iter()
        .map(|k| Full {
            term: k.query.typed().to_owned(),
            name: k.name.clone(),
            colour: Some(k.colour + 1),
            on: (!k.on).then_some(false),
        })
        .collect();
    serde_yaml::to_string(&full).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::search::Query;
    use crate::session::Find;
    use std::sync::Arc;

    #[test]
    fn what_is_written_is_read_again() {
        let mut find = Find::default();
        let document = Arc::new(Document::default());
        for (typed, name, on) in [
            ("协同发展", None, true),
            ("\"GDP: #1\"", Some("产值".to_owned()), false),
            ("/一是|二是/", None, true),
            ("2035", None, true),
        ] {
            find.add_keyword(&document, Query::new(typed).unwrap(), None, name, on);
        }
        let terms = read(&write(&find.keywords).unwrap()).unwrap();
        for (term, keyword) in terms.iter().zip(&find.keywords) {
            assert_eq!(
                (term.text.as_str(), &term.name, term.colour, term.on),
                (
                    keyword.query.typed(),
                    &keyword.name,
                    Some(keyword.colour),
                    keyword.on
                )
            );
        }
        assert_eq!(terms.len(), 4);
    }

    #[test]
    fn a_plain_list_is_a_set() {
        let terms = read("- 协同发展\n- 2035\n- {term: 生态, colour: 3}\n").unwrap();
        assert_eq!(
            terms.iter().map(|t| t.text.as_str()).collect::<Vec<_>>(),
            ["协同发展", "2035", "生态"]
        );
        assert_eq!(terms[2].colour, Some(2));
        assert!(read("# nothing\n").unwrap().is_empty());
        assert!(!read("a: b").unwrap_err().contains('\n'));
    }
}
