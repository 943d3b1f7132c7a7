//! Names of files of notes and lists.

use crate::shell::store::message::Identity;
use crate::text::cluster;
use std::ffi::OsStr;
use std::path::Path;

/// Characters of a title in the name of a file.
const MAX_CHARS_OF_TITLE: usize = 60;
/// Bytes of a name without its number and extension: systems allow 255 for all.
const MAX_STEM_BYTES: usize = 200;
/// Files of one name that are tried.
const MAX_FILES_OF_A_NAME: usize = 1000;
/// Extensions that the name of a file without a title loses.
const TEXT_EXTENSIONS: &[&str] = &["txt", "md", "markdown", "html", "htm", "xhtml", "epub"];

/// Returns the name of a file that is named by a title; `None` where nothing of that is left.
pub(crate) fn file_name(title: &str) -> Option<String> {
    let name: String = plain(title).chars().take(MAX_CHARS_OF_TITLE).collect();
    let name = cut(&name, MAX_STEM_BYTES);
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    (!name.is_empty()).then(|| name.to_owned())
}

/// Returns a text without what systems do not allow in names.
fn plain(text: &str) -> String {
    let is_refused = |c: char| c.is_control() || "/\\:*?\"<>|#^[]".contains(c);
    text.replace(is_refused, " ")
}

/// Returns as much of a text as that number of bytes holds.
fn cut(text: &str, bytes: usize) -> &str {
    let end = cluster::floor(text, bytes.min(text.len()));
    text.get(..end).unwrap_or_default()
}

/// Returns the title of an article; of one that is named by its file the name without the
/// extension of a text file.
pub(crate) fn title(identity: &Identity) -> &str {
    let title = identity.title.as_str();
    let is_file = Path::new(&identity.path).file_name() == Some(OsStr::new(title));
    let is_text = |e: &str| TEXT_EXTENSIONS.contains(&e.to_ascii_lowercase().as_str());
    match title.rsplit_once('.') {
        Some((stem, extension)) if is_file && is_text(extension) && !stem.is_empty() => stem,
        _ => title,
    }
}

/// Returns a name, and after it the same with numbers.
pub(crate) fn numbered(name: &str) -> impl Iterator<Item = String> {
    let numbers = 2..=MAX_FILES_OF_A_NAME;
    let more = numbers.map(move |number| format!("{name} {number}"));
    [name.to_owned()].into_iter().chain(more)
}

/// Returns the names that the file of an article's marks may have, the best first: the title;
/// where another article has that, with its date, its source, its author, or both of the first.
pub(crate) fn of_article(identity: &Identity) -> Vec<String> {
    let title = file_name(title(identity));
    let title = title.unwrap_or_else(|| "notes".to_owned());
    let date: String = identity.date.chars().take(10).collect();
    let source = Some(identity.source.as_str()).filter(|s| !s.contains("://"));
    let source = source.unwrap_or_default();
    let both = format!("{date} {source}");
    let mut names = vec![title.clone()];
    for fact in [&date, source, &identity.author, &both] {
        let fact = plain(fact);
        let fact = cut(fact.trim(), MAX_STEM_BYTES / 2).trim();
        let head = cut(&title, MAX_STEM_BYTES.saturating_sub(fact.len() + 1));
        let name = format!("{} {fact}", head.trim_end());
        if !fact.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fits_every_system() {
        let long = "长".repeat(99);
        for (title, wanted) in [
            ("渡口", Some("渡口")),
            ("渡口/灯笼: \"甲\"?", Some("渡口 灯笼   甲")),
            ("../../etc/passwd", Some("etc passwd")),
            (".hidden", Some("hidden")),
            ("渡口...", Some("渡口")),
            ("/\\:*?\"<>|#^[]", None),
            ("", None),
            ("...", None),
            ("  ", None),
            ("a\u{0}b\nc", Some("a b c")),
            (&long, Some(&*"长".repeat(60))),
        ] {
            assert_eq!(file_name(title).as_deref(), wanted, "{title:?}");
        }
        // four bytes each, and a cluster that is longer than a name
        assert!(file_name(&"𠀀".repeat(60)).unwrap().len() <= MAX_STEM_BYTES);
        assert!(file_name(&format!("a{}", "\u{301}".repeat(500))).is_none_or(|n| n.len() < 255));
    }

    #[test]
    fn a_title_of_two_articles_gets_what_tells_them_apart() {
        let identity = |title: &str, author: &str, source: &str, date: &str| Identity {
            path: format!("/文库/{}", if title.contains(' ') { "a.md" } else { title }),
            title: title.to_owned(),
            author: author.to_owned(),
            source: source.to_owned(),
            date: date.to_owned(),
            ..Identity::default()
        };
        for (i, wanted) in [
            (identity("社论", "", "", ""), &["社论"][..]),
            (
                identity("社论", "林深", "渡口报", "2019-02-22T07:31:00Z"),
                &[
                    "社论",
                    "社论 2019-02-22",
                    "社论 渡口报",
                    "社论 林深",
                    "社论 2019-02-22 渡口报",
                ],
            ),
            (identity("社论", "", "https://a.example/b", ""), &["社论"]),
            (
                identity("社论", "", "", "2019/02/22"),
                &["社论", "社论 2019 02 22"],
            ),
            (identity("essay.TXT", "", "", ""), &["essay"]),
            (identity(".md", "", "", ""), &["md"]),
            (identity("v1.2", "", "", ""), &["v1.2"]),
            (
                identity("谈谈 robots.txt", "", "", ""),
                &["谈谈 robots.txt"],
            ),
            (identity("", "", "", ""), &["notes"]),
        ] {
            assert_eq!(of_article(&i), wanted);
        }
        let long = identity(&"𠀀".repeat(80), "", &"𠀁".repeat(80), &"长".repeat(80));
        assert!(
            of_article(&long)
                .iter()
                .all(|name| name.len() <= MAX_STEM_BYTES)
        );
    }
}
