//! The small XML files of a book, tag by tag.
//!
//! Read with the tokenizer that reads the chapters, since it cannot fail: files
//! that are not well-formed are read as far as they make sense. It knows no
//! document type and expands no entity but those that stand for one character, so
//! an entity bomb stays what it is: a few letters.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// What stands in such a file.
pub enum Event {
    /// A tag that begins an element.
    Start(Element),
    /// A tag that ends one, by its local name.
    End(String),
    /// Text between tags.
    Text(String),
}

/// The beginning of an element.
pub struct Element {
    /// Its local name in small letters: `title` for `dc:title`.
    pub name: String,
    /// Whether it has no content: `<item/>`.
    pub empty: bool,
    tag: StartTag<()>,
}

impl Element {
    /// An attribute by its local name; one without a prefix comes first.
    pub fn get(&self, name: &str) -> Option<String> {
        let exact = self.tag.attributes.get(name.as_bytes());
        let local = || {
            self.tag
                .attributes
                .iter()
                .find(|(key, _)| local(&String::from_utf8_lossy(key)) == name)
                .map(|(_, value)| value)
        };
        exact
            .or_else(local)
            .map(|value| String::from_utf8_lossy(value).trim().to_owned())
    }

    /// Whether an attribute holds a word: `properties="nav scripted"`.
    pub fn has(&self, name: &str, word: &str) -> bool {
        let holds = |value: &[u8]| {
            String::from_utf8_lossy(value)
                .split_whitespace()
                .any(|w| w.eq_ignore_ascii_case(word))
        };
        self.tag
            .attributes
            .iter()
            .any(|(key, value)| local(&String::from_utf8_lossy(key)) == name && holds(value))
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The tags and texts of a file, in order.
pub fn events(text: &str) -> impl Iterator<Item = Event> {
    let tokens = Tokenizer::new_with_emitter(text, DefaultEmitter::default());
    tokens.filter_map(|token| {
        // a reader of a string cannot fail
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = local(&String::from_utf8_lossy(&tag.name)).to_owned();
                Some(Event::Start(Element {
                    name,
                    empty: tag.self_closing,
                    tag,
                }))
            }
            Token::EndTag(tag) => Some(Event::End(
                local(&String::from_utf8_lossy(&tag.name)).to_owned(),
            )),
            Token::String(text) => Some(Event::Text(String::from_utf8_lossy(&text).into_owned())),
            Token::Comment(text) => {
                cdata(&String::from_utf8_lossy(&text)).map(|text| Event::Text(text.to_owned()))
            }
            Token::Doctype(_) | Token::Error(_) => None,
        }
    })
}

/// What stands in `<![CDATA[…]]>`, which the tokenizer takes for a comment.
fn cdata(comment: &str) -> Option<&str> {
    comment
        .strip_prefix("[CDATA[")
        .map(|text| text.strip_suffix("]]").unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_no_bombs() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"zz\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><x>&b;&c;&amp;&#x1b;</x>";
        let inside: String = events(bomb)
            .skip_while(|e| !matches!(e, Event::Start(_)))
            .filter_map(|e| {
                if let Event::Text(text) = e {
                    Some(text)
                } else {
                    None
                }
            })
            .collect();
        assert!(
            inside.starts_with("&b;&c;&") && inside.len() < 20,
            "{inside:?}"
        );
    }

    #[test]
    fn prefixes_and_cdata() {
        let mut all =
            events("<dc:Title opf:role='aut' epub:type='toc x'><![CDATA[甲]]></dc:Title>");
        let Some(Event::Start(element)) = all.next() else {
            panic!("no tag")
        };
        assert_eq!(
            (
                element.name.as_str(),
                element.get("role").as_deref(),
                element.has("type", "toc")
            ),
            ("title", Some("aut"), true)
        );
        assert!(matches!(all.next(), Some(Event::Text(text)) if text == "甲"));
    }
}
