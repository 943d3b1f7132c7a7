//! What a book's package file (OPF) says: facts, files, the order of reading.
//!
//! Reads EPUB 2 and 3, and what stands between them. Names are resolved here;
//! whether an entry of that name exists is not known here.

use super::names;
use super::xml::{Element, Event, events};
use crate::source::sanitize;
use std::collections::{HashMap, HashSet};

/// Longest fact, in characters.
const LONGEST: usize = 500;
/// Most files in the order of reading.
const SPINE: usize = 20_000;

/// What a package says of its book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its main title.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it appeared, as written.
    pub date: Option<String>,
    /// Where.
    pub publisher: Option<String>,
    /// In which language, as written.
    pub language: Option<String>,
    /// What it is about.
    pub subjects: Vec<String>,
}

/// What the package says.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// What it says of the book.
    pub facts: Facts,
    /// What is to be read, in order.
    pub spine: Vec<Part>,
    /// The table of contents of EPUB 3.
    pub nav: Option<String>,
    /// That of EPUB 2.
    pub ncx: Option<String>,
    /// The page with the cover.
    pub cover: Option<String>,
    /// The printed table of contents.
    pub contents: Option<String>,
}

/// One document of the spine.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its entry; what the spine calls it where the manifest has none.
    pub file: String,
    /// Whether it belongs to the text that is read from front to back.
    pub linear: bool,
    /// Whether it is a text, not a picture.
    pub text: bool,
}

/// A file that the manifest names.
#[derive(Default)]
struct Item {
    file: String,
    media: String,
}

/// What is said of a creator or a title in another element.
type Refined = HashMap<(String, &'static str), String>;

/// A fact in the making: which, its id, role and text.
struct Fact {
    name: String,
    id: String,
    role: Option<String>,
    text: String,
}

/// Reads the package file that stands in the entry `base`.
pub fn read(text: &str, base: &str) -> Package {
    let mut package = Package::default();
    let mut items: HashMap<String, Item> = HashMap::new();
    let (mut spine, mut ncx): (Vec<(String, bool)>, Option<String>) = (Vec::new(), None);
    let (mut facts, mut refined): (Vec<Fact>, Refined) = (Vec::new(), HashMap::new());
    let mut open: Option<Fact> = None;
    let mut refining: Option<(String, &'static str)> = None;
    for event in events(text) {
        match event {
            Event::Start(e) => match e.name.as_str() {
                "title" | "creator" | "date" | "publisher" | "language" | "subject" if !e.empty => {
                    let role = e.get("role").or_else(|| e.get("event"));
                    open = Some(Fact {
                        name: e.name.clone(),
                        id: e.get("id").unwrap_or_default(),
                        role,
                        text: String::new(),
                    });
                }
                "meta" if !e.empty => refining = refinement(&e),
                "item" => item(&e, base, &mut items, &mut package),
                "itemref" if spine.len() < SPINE => {
                    spine.push((
                        e.get("idref").unwrap_or_default(),
                        e.get("linear").is_none_or(|l| l != "no"),
                    ));
                }
                "spine" => ncx = e.get("toc"),
                "reference" => reference(&e, base, &mut package),
                _ => {}
            },
            Event::Text(text) => {
                if let Some(fact) = open.as_mut().filter(|f| f.text.len() < LONGEST * 8) {
                    fact.text.push_str(&text);
                } else if let Some(key) = refining.take() {
                    refined.insert(key, one_line(&text));
                }
            }
            Event::End(_) => {
                facts.extend(open.take());
                refining = None;
            }
        }
    }
    package.ncx = ncx
        .and_then(|id| items.get(&id).map(|i| i.file.clone()))
        .or(package.ncx.take());
    // what the spine names again is not read again
    let mut seen = HashSet::new();
    package.spine = spine
        .into_iter()
        .map(|(id, linear)| part(&id, linear, &items))
        .filter(|p| p.file.is_empty() || seen.insert(p.file.clone()))
        .collect();
    state(facts, &refined, &mut package.facts);
    package
}

/// What `<meta refines="#id" property="role">` is about.
fn refinement(e: &Element) -> Option<(String, &'static str)> {
    let id = e.get("refines")?.trim_start_matches('#').to_owned();
    match e.get("property")?.as_str() {
        "role" => Some((id, "role")),
        "title-type" => Some((id, "title-type")),
        _ => None,
    }
}

/// A line of the manifest.
fn item(e: &Element, base: &str, items: &mut HashMap<String, Item>, package: &mut Package) {
    let (Some(id), Some(href)) = (e.get("id"), e.get("href")) else {
        return;
    };
    let file = names::resolve(base, &href).map_or_else(String::new, |(file, _)| file);
    let media = e.get("media-type").unwrap_or_default().to_ascii_lowercase();
    if e.has("properties", "nav") {
        package.nav.get_or_insert_with(|| file.clone());
    }
    if media.contains("dtbncx") {
        package.ncx.get_or_insert_with(|| file.clone());
    }
    items.entry(id).or_insert(Item { file, media });
}

/// A line of the guide of EPUB 2.
fn reference(e: &Element, base: &str, package: &mut Package) {
    let Some((file, _)) = e.get("href").and_then(|href| names::resolve(base, &href)) else {
        return;
    };
    match e
        .get("type")
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "cover" => drop(package.cover.get_or_insert(file)),
        "toc" => drop(package.contents.get_or_insert(file)),
        _ => {}
    }
}

/// A line of the spine.
fn part(id: &str, linear: bool, items: &HashMap<String, Item>) -> Part {
    match items.get(id) {
        Some(item) => {
            let picture = ["image/", "audio/", "video/", "font/", "text/css"]
                .iter()
                .any(|kind| item.media.starts_with(kind));
            Part {
                file: item.file.clone(),
                linear,
                text: !picture,
            }
        }
        None => Part {
            file: sanitize::line(id).chars().take(80).collect(),
            linear,
            text: true,
        },
    }
}

/// Sorts the facts.
fn state(facts: Vec<Fact>, refined: &Refined, of: &mut Facts) {
    let said =
        |id: &str, what: &'static str| refined.get(&(id.to_owned(), what)).map(String::as_str);
    let mut others = Vec::new();
    let mut dates: Vec<(bool, String)> = Vec::new();
    for fact in facts {
        let text: String = one_line(&fact.text).chars().take(LONGEST).collect();
        if text.is_empty() {
            continue;
        }
        match fact.name.as_str() {
            "title" if of.title.is_empty() || said(&fact.id, "title-type") == Some("main") => {
                of.title = text
            }
            "creator" => {
                let role = fact
                    .role
                    .as_deref()
                    .or_else(|| said(&fact.id, "role"))
                    .unwrap_or("aut");
                if role == "aut" {
                    of.authors.push(text)
                } else {
                    others.push(text)
                }
            }
            "date" => dates.push((fact.role.as_deref() == Some("modification"), text)),
            "publisher" => drop(of.publisher.get_or_insert(text)),
            "language" => drop(of.language.get_or_insert(text)),
            "subject" if of.subjects.len() < 20 => of.subjects.push(text),
            _ => {}
        }
    }
    if of.authors.is_empty() {
        of.authors = others;
    }
    of.authors.dedup();
    of.authors.truncate(20);
    of.date = dates
        .into_iter()
        .min_by_key(|(changed, _)| *changed)
        .map(|(_, date)| date);
}

/// A text on one line, without what must not reach a terminal.
pub fn one_line(text: &str) -> String {
    sanitize::line(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_files_and_order() {
        let p = read(
            r##"<package><metadata>
              <dc:title id="s">丛书名</dc:title><dc:title id="t">书&amp;名</dc:title><meta refines="#t" property="title-type">main</meta>
              <dc:creator id="a">某甲</dc:creator><dc:creator opf:role="trl">译者</dc:creator><dc:creator id="b">某乙</dc:creator>
              <meta refines="#b" property="role">aut</meta>
              <dc:date opf:event="modification">2020-01-01</dc:date><dc:date>2019-02-22</dc:date><dc:publisher>某出版社</dc:publisher></metadata>
            <manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
              <item id="x" href="../toc.ncx" media-type="application/x-dtbncx+xml"/>
              <item id="c1" href="Text/%E4%B8%80.xhtml" media-type="application/xhtml+xml"/><item id="p" href="p.jpg" media-type="image/jpeg"/></manifest>
            <spine toc="x"><itemref idref="c1"/><itemref idref="gone" linear="no"/><itemref idref="p"/></spine>
            <guide><reference type="cover" href="Text/cover.xhtml#a"/></guide></package>"##,
            "OEBPS/a.opf",
        );
        assert_eq!(
            (
                p.facts.title.as_str(),
                p.facts.authors.join("、").as_str(),
                p.facts.date.as_deref()
            ),
            ("书&名", "某甲、某乙", Some("2019-02-22"))
        );
        assert_eq!(
            (p.nav.as_deref(), p.ncx.as_deref(), p.cover.as_deref()),
            (
                Some("OEBPS/nav.xhtml"),
                Some("toc.ncx"),
                Some("OEBPS/Text/cover.xhtml")
            )
        );
        let spine: Vec<_> = p
            .spine
            .iter()
            .map(|s| (s.file.as_str(), s.linear, s.text))
            .collect();
        assert_eq!(
            spine,
            [
                ("OEBPS/Text/一.xhtml", true, true),
                ("gone", false, true),
                ("OEBPS/p.jpg", true, false)
            ]
        );
    }
}
