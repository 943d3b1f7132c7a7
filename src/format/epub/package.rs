//! Reads the package file (OPF) of a book, of EPUB 2 and 3: its facts, its files, the
//! order of reading.
//!
//! Names are resolved here; an entry of that name need not exist.

use super::names;
use super::xml::{Element, XmlEvent, events};
use crate::document::{FactOrigin, FactOrigins, Meta};
use crate::format::date;
use crate::format::facts::{titles, values};
use crate::source::sanitize;
use std::collections::{HashMap, HashSet};

/// Limit of a fact, in characters.
const MAX_FACT_CHARS: usize = 500;
const MAX_AUTHORS: usize = 20;
const MAX_SUBJECTS: usize = 20;
const MAX_SPINE: usize = 20_000;
/// Limit of the name of a file that the manifest lacks, in characters.
const MAX_NAME_CHARS: usize = 80;

/// The content of a package file; names are keys of the archive.
#[derive(Default)]
pub(super) struct Package {
    pub meta: Meta,
    /// The files to be read, in order.
    pub spine: Vec<SpineItem>,
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
pub(super) struct SpineItem {
    /// Its entry; the id in the spine where the manifest has none.
    pub file: String,
    /// True where it belongs to the text that is read from front to back.
    pub linear: bool,
    pub is_text: bool,
}

/// A file that the manifest names.
struct ManifestItem {
    file: String,
    media: String,
}

/// A line of the metadata.
struct Fact {
    name: String,
    id: String,
    role: Option<String>,
    text: String,
}

/// Properties of facts that other elements state, by id and property.
type Refinements = HashMap<(String, String), String>;

#[derive(Default)]
struct PackageReader<'a> {
    base: &'a str,
    package: Package,
    items: HashMap<String, ManifestItem>,
    /// Ids of the spine, with `linear`.
    spine: Vec<(String, bool)>,
    /// Id of the table of contents of EPUB 2.
    ncx: Option<String>,
    facts: Vec<Fact>,
    /// The fact whose text follows.
    open_fact: Option<Fact>,
    refinements: Refinements,
    /// The property whose text follows.
    open_refinement: Option<(String, String)>,
}

/// Reads the package file that is the entry `base` of the archive.
pub(super) fn read(text: &str, base: &str) -> Package {
    let mut reader = PackageReader {
        base,
        ..PackageReader::default()
    };
    for event in events(text) {
        match event {
            XmlEvent::Start(e) => reader.start(&e),
            XmlEvent::Text(text) => reader.text(&text),
            XmlEvent::End(_) => {
                reader.facts.extend(reader.open_fact.take());
                reader.open_refinement = None;
            }
        }
    }
    reader.finish()
}

impl PackageReader<'_> {
    fn start(&mut self, e: &Element) {
        match e.name.as_str() {
            "title" | "creator" | "date" | "publisher" | "subject" if !e.empty => {
                self.open_fact = Some(Fact {
                    name: e.name.clone(),
                    id: e.get("id").unwrap_or_default(),
                    role: e.get("role").or_else(|| e.get("event")),
                    text: String::new(),
                });
            }
            "meta" if !e.empty => {
                let refined = e.get("refines").zip(e.get("property"));
                self.open_refinement =
                    refined.map(|(id, what)| (id.trim_start_matches('#').to_owned(), what));
            }
            "item" => self.item(e),
            "itemref" if self.spine.len() < MAX_SPINE => {
                let id = e.get("idref").unwrap_or_default();
                let linear = e.get("linear").is_none_or(|l| l != "no");
                self.spine.push((id, linear));
            }
            "spine" => self.ncx = e.get("toc"),
            "reference" => self.reference(e),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let open = self.open_fact.as_mut();
        if let Some(fact) = open.filter(|f| f.text.len() < MAX_FACT_CHARS * 8) {
            fact.text.push_str(text);
        } else if let Some(key) = self.open_refinement.take() {
            self.refinements.insert(key, one_line(text));
        }
    }

    /// Reads a line of the manifest.
    fn item(&mut self, e: &Element) {
        let (Some(id), Some(href)) = (e.get("id"), e.get("href")) else {
            return;
        };
        let file = names::resolve(self.base, &href).unwrap_or_default().0;
        let media = e.get("media-type").unwrap_or_default().to_ascii_lowercase();
        if e.has("properties", "nav") {
            self.package.nav.get_or_insert_with(|| file.clone());
        }
        if media.contains("dtbncx") {
            self.package.ncx.get_or_insert_with(|| file.clone());
        }
        let item = ManifestItem { file, media };
        self.items.entry(id).or_insert(item);
    }

    /// Reads a line of the guide of EPUB 2.
    fn reference(&mut self, e: &Element) {
        let target = e
            .get("href")
            .and_then(|href| names::resolve(self.base, &href));
        let Some((file, _)) = target else { return };
        let kind = e.get("type").unwrap_or_default();
        match kind.to_ascii_lowercase().as_str() {
            "cover" => drop(self.package.cover.get_or_insert(file)),
            "toc" => drop(self.package.contents.get_or_insert(file)),
            _ => {}
        }
    }

    fn finish(self) -> Package {
        let mut package = self.package;
        let ncx = self.ncx.and_then(|id| self.items.get(&id));
        package.ncx = ncx.map(|item| item.file.clone()).or(package.ncx);
        // a file that the spine names again is not read again
        let mut seen = HashSet::new();
        for (id, linear) in self.spine {
            let item = spine_item(&id, linear, &self.items);
            if item.file.is_empty() || seen.insert(item.file.clone()) {
                package.spine.push(item);
            }
        }
        package.meta = meta(self.facts, &self.refinements);
        package
    }
}

fn spine_item(id: &str, linear: bool, items: &HashMap<String, ManifestItem>) -> SpineItem {
    const NOT_TEXT: [&str; 5] = ["image/", "audio/", "video/", "font/", "text/css"];
    let item = items.get(id);
    let id = || sanitize::line(id).chars().take(MAX_NAME_CHARS).collect();
    SpineItem {
        file: item.map_or_else(id, |item| item.file.clone()),
        linear,
        is_text: !item.is_some_and(|i| NOT_TEXT.iter().any(|kind| i.media.starts_with(kind))),
    }
}

/// Sorts the facts of a book.
fn meta(facts: Vec<Fact>, refinements: &Refinements) -> Meta {
    let refined = |id: &str, what: &str| {
        let key = (id.to_owned(), what.to_owned());
        refinements.get(&key).map(String::as_str)
    };
    let mut meta = Meta {
        format: "epub",
        ..Meta::default()
    };
    let (mut authors, mut others) = (Vec::new(), Vec::new());
    let mut dates: Vec<(bool, String)> = Vec::new();
    for fact in facts {
        let text: String = one_line(&fact.text).chars().take(MAX_FACT_CHARS).collect();
        if text.is_empty() {
            continue;
        }
        let role = fact.role.as_deref();
        match fact.name.as_str() {
            "title" if meta.title.is_empty() => meta.title = titles::without_advert(&text),
            "title" if refined(&fact.id, "title-type") == Some("main") => {
                meta.title = titles::without_advert(&text);
            }
            "creator" if values::is_no_author(&text) => {}
            "creator" => match role.or_else(|| refined(&fact.id, "role")) {
                None | Some("aut") => authors.push(values::head_author(&text).to_owned()),
                Some(_) => others.push(text),
            },
            "date" => dates.push((role == Some("modification"), text)),
            "publisher" => meta.source = meta.source.take().or_else(|| values::source(&text)),
            "subject" if meta.tags.len() < MAX_SUBJECTS => meta.tags.push(text),
            _ => {}
        }
    }
    if authors.is_empty() {
        authors = others;
    }
    authors.dedup();
    authors.truncate(MAX_AUTHORS);
    let all = Some(FactOrigin::Head);
    meta.origins = FactOrigins {
        title: all,
        author: all,
        source: all,
        date: all,
        ..FactOrigins::default()
    };
    meta.author = Some(authors.join("、")).filter(|a| !a.is_empty());
    if let Some((_, written)) = dates.into_iter().min_by_key(|(changed, _)| *changed)
        && let Some(date) = date::of_book(&written)
    {
        date::set(&mut meta, date, &written);
    }
    meta
}

/// Puts a text on one line, without characters that must not reach a terminal.
pub(super) fn one_line(text: &str) -> String {
    let clean = sanitize::line(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_converters_write_is_no_fact() {
        let book = |title, author, date, house| {
            let text = format!(
                "<package><metadata><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>\
                <dc:date>{date}</dc:date><dc:publisher>{house}</dc:publisher></metadata></package>"
            );
            let meta = read(&text, "a.opf").meta;
            let facts = [Some(meta.title), meta.author, meta.date, meta.source];
            facts.map(Option::unwrap_or_default).join("|")
        };
        let blank = book("桥", "Unknown", "0101-01-01T00:00:00+00:00", "unknown");
        assert_eq!(blank, "桥|||");
        let long = "桥（船走得慢，看得见的东西多！）(江边文库)";
        let meant = book(
            long,
            "林深 shen@a.example",
            "2018-12-31T16:00:00+00:00",
            "江城出版社",
        );
        assert_eq!(meant, "桥(江边文库)|林深|2019-01-01|江城出版社");
        let plain = book("桥（上）", "林深", "2008", "GitBook");
        assert_eq!(plain, "桥（上）|林深|2008|");
    }

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
        let facts = [
            Some(p.meta.title),
            p.meta.author,
            p.meta.date,
            p.nav,
            p.ncx,
            p.cover,
        ];
        let facts = facts.map(Option::unwrap_or_default).join(" ");
        let wanted = "书&名 某甲、某乙 2019-02-22 OEBPS/nav.xhtml toc.ncx OEBPS/Text/cover.xhtml";
        assert_eq!(facts, wanted);
        let spine: Vec<_> = p
            .spine
            .iter()
            .map(|s| (&*s.file, s.linear, s.is_text))
            .collect();
        let wanted = [
            ("OEBPS/Text/一.xhtml", true, true),
            ("gone", false, true),
            ("OEBPS/p.jpg", true, false),
        ];
        assert_eq!(spine, wanted);
    }
}
