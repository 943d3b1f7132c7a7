//! Recognises pictures that are the marks of notes: links to a note, and the icons of reading
//! programs that hold the text of the note themselves.

use super::tag_kinds::Attribute;
use crate::format::prose;
use crate::text::words::Words;

/// Attributes and classes of icons that hold the text of a note.
static NOTE_TEXTS: Words = Words::new("zy-footnote data-footnote data-wr-footernote");
static NOTE_CLASSES: Words = Words::new(
    "qqreader-footnote epub-footnote zhangyue-footnote duokan-footnote-img reader_footer_note \
    footnote-img kindle-footnote js_readerFooterNote",
);

/// Returns the text of the note that a picture holds.
pub fn text_of_note(attribute: Attribute<'_>, alt: &str) -> Option<String> {
    let own = NOTE_TEXTS.iter().find_map(attribute);
    let classes = attribute("class").unwrap_or_default();
    let is_icon = || {
        classes
            .split_whitespace()
            .any(|class| NOTE_CLASSES.has(class))
    };
    let text = own.or_else(|| is_icon().then(|| alt.to_owned()))?;
    (prose::is_description(&text) && !is_name(&text)).then_some(text)
}

/// Recognises the sign of a note by its description, or by the name of its file.
pub fn is_sign(alt: &str, address: &str) -> bool {
    static FILES: Words = Words::new("note zhu footnote zhushi annotation");
    let file = address.rsplit('/').next().unwrap_or_default();
    let file = file
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let file = file.trim_matches(|c: char| !c.is_ascii_alphabetic());
    is_name(alt) || number(alt).is_some() || FILES.has(file)
}

/// Recognises a word for a note.
pub fn is_name(alt: &str) -> bool {
    static NOTE_WORDS: Words =
        Words::new("注 注释 脚注 尾注 附注 译注 原注 译者注 note footnote img noteref");
    let alt = prose::key(alt).to_ascii_lowercase();
    NOTE_WORDS.has(alt.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// Returns the number in the description of a mark: `[3]`, `注3`.
pub fn number(alt: &str) -> Option<usize> {
    let alt = prose::key(alt);
    let digits = alt.trim_start_matches(['注', '释']);
    digits.parse().ok().filter(|n| *n < 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_notes_are_told_by_name() {
        for (alt, address) in [("注", "a.png"), ("", "../i/note.png"), ("[3]", "x.gif")] {
            assert!(is_sign(alt, address), "{alt} {address}");
        }
        assert!(!is_sign("", "stall.jpg") && !is_sign("左火右同", "z1.png"));
        let zhangyue = |name: &str| (name == "zy-footnote").then(|| "北方的做法。".to_owned());
        assert_eq!(text_of_note(&zhangyue, ""), Some("北方的做法。".to_owned()));
        let icon = |name: &str| (name == "class").then(|| "qqreader-footnote".to_owned());
        assert_eq!(text_of_note(&icon, "注"), None);
        assert!(text_of_note(&icon, "今作某。").is_some());
    }
}
