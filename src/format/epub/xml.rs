//! Reads the small XML files of a book, tag by tag.
//!
//! The tokenizer is that of the chapters, since it cannot fail: files that are not
//! well-formed are read as far as they make sense. It knows no document type and
//! expands only entities of one character, so that an entity bomb stays a few letters.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

/// A tag, or the text between two.
pub(super) enum XmlEvent {
    Start(Element),
    /// An end tag, by its local name.
    End(String),
    Text(String),
}

/// A start tag.
pub(super) struct Element {
    /// Its local name in small letters: `title` for `dc:title`.
    pub name: String,
    /// True where it has no content: `<item/>`.
    pub empty: bool,
    tag: StartTag<()>,
}

impl Element {
    /// Returns an attribute by its local name; one without a prefix comes first.
    pub fn get(&self, name: &str) -> Option<String> {
        let attributes = &self.tag.attributes;
        let prefixed = || attributes.iter().find(|(key, _)| local(key) == name);
        let value = attributes.get(name.as_bytes());
        let value = value.or_else(|| prefixed().map(|(_, value)| value))?;
        Some(String::from_utf8_lossy(value).trim().to_owned())
    }

    /// Returns whether an attribute holds a word: `properties="nav scripted"`.
    pub fn has(&self, name: &str, word: &str) -> bool {
        let holds = |value: &[u8]| {
            let value = String::from_utf8_lossy(value);
            let mut words = value.split_whitespace();
            words.any(|w| w.eq_ignore_ascii_case(word))
        };
        let mut attributes = self.tag.attributes.iter();
        attributes.any(|(key, value)| local(key) == name && holds(value))
    }
}

/// Returns a name without its prefix.
fn local(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name);
    name.rsplit(':').next().unwrap_or(&name).to_owned()
}

/// Returns the tags and texts of a file, in order.
pub(super) fn events(text: &str) -> impl Iterator<Item = XmlEvent> {
    let tokens = Tokenizer::new_with_emitter(text, DefaultEmitter::default());
    // the tokenizer of a string cannot fail
    tokens.filter_map(|Ok(token)| match token {
        Token::StartTag(tag) => Some(XmlEvent::Start(Element {
            name: local(&tag.name),
            empty: tag.self_closing,
            tag,
        })),
        Token::EndTag(tag) => Some(XmlEvent::End(local(&tag.name))),
        Token::String(text) => Some(XmlEvent::Text(String::from_utf8_lossy(&text).into_owned())),
        Token::Comment(text) => cdata(&String::from_utf8_lossy(&text)).map(XmlEvent::Text),
        Token::Doctype(_) | Token::Error(_) => None,
    })
}

/// Returns the start tags of a file, in order.
pub(super) fn elements(text: &str) -> impl Iterator<Item = Element> {
    events(text).filter_map(|event| match event {
        XmlEvent::Start(element) => Some(element),
        XmlEvent::End(_) | XmlEvent::Text(_) => None,
    })
}

/// Returns the text of `<![CDATA[…]]>`, which the tokenizer takes for a comment.
fn cdata(comment: &str) -> Option<String> {
    let text = comment.strip_prefix("[CDATA[")?;
    Some(text.strip_suffix("]]").unwrap_or(text).to_owned())
}

/// Returns the encoding that a file declares in its first line, unless that is UTF-8
/// or UTF-16: bytes in which the declaration can be read are not UTF-16.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).to_lowercase();
    let (_, after) = head.split_once("encoding=")?;
    let name = after.trim_start_matches(['"', '\'']);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
    let name = name.get(..end)?;
    (head.starts_with("<?xml") && !name.starts_with("utf")).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_not_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"zz\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]><x>&b;&c;&amp;&#x1b;</x>";
        let inside = events(bomb).skip_while(|e| !matches!(e, XmlEvent::Start(_)));
        let texts = inside.filter_map(|e| match e {
            XmlEvent::Text(text) => Some(text),
            _ => None,
        });
        let text: String = texts.collect();
        assert!(text.starts_with("&b;&c;&") && text.len() < 20, "{text:?}");
    }

    #[test]
    fn prefixes_and_cdata() {
        let text = "<dc:Title opf:role='aut' epub:type='toc x'><![CDATA[甲]]></dc:Title>";
        let mut all = events(text);
        let Some(XmlEvent::Start(element)) = all.next() else {
            panic!("no tag")
        };
        assert_eq!(
            (&*element.name, element.get("role").as_deref()),
            ("title", Some("aut"))
        );
        assert!(element.has("type", "toc"));
        assert!(matches!(all.next(), Some(XmlEvent::Text(text)) if text == "甲"));
    }
}
