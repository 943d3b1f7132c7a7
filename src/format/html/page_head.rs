//! The head of a web page: what it says of title, author and date.
//!
//! 1. `<title>`, `<meta>` in all spellings, the first `<time>`, and the data that a page
//!    gives to machines (JSON-LD) are gathered as they come.
//! 2. [`Head::choose_title`] and [`Head::state`] make facts of them.
//!
//! Bylines in the text are read for all formats elsewhere; what the page says to
//! people comes before what only its head says, but for title and date; the name of
//! the site is the source where nothing else is.

use super::page_state;
use super::scripted::ScriptedText;
use super::tag_kinds::{Attribute, TagKind};
use crate::format::clean::notes;
use crate::format::date;
use crate::format::draft::DraftDocument;
use crate::format::facts::{Fact, Place, titles};
use crate::format::prose;
use crate::text::words::Words;
use serde_json::Value;

/// The facts that the head of a page states.
#[derive(Default)]
pub(crate) struct Head {
    /// The text of `<title>`.
    pub(crate) title: String,
    og_title: String,
    headline: String,
    time: Option<String>,
    published: Option<String>,
    author: Option<String>,
    /// True where the author of the data is an organisation.
    by_house: bool,
    /// The fact that the properties of the open item state (`itemprop=author`).
    item: Option<Fact>,
    pub(super) scripted: ScriptedText,
}

/// Spellings of `<meta>` by what they state.
static AUTHOR: Words = Words::new(
    "author article:author og:article:author article_author dc.creator creator byl
    contentauthor sailthru.author",
);
static SOURCE: Words = Words::new(
    "source mediaid contentsource article:source publisher dc.publisher docsource
    copyright-source",
);
static EDITOR: Words = Words::new("editor responsibleeditor");
static DATE: Words = Words::new(
    "article:published_time og:published_time og:article:published_time publishdate
    publish_date publish-date publishtime published_time publishedtime published pubdate
    pub_date pubtime firstpublishedtime date datepublished og:release_date
    weibo:article:create_at article:create_at dc.date dc.date.issued dcterms.created
    dcterms.issued og:time apub:time parsely-pub-date sailthru.date createdate releasedate",
);
/// Properties whose items have a name, and variables of the scripts of 微信公众号.
static ITEMS: [(&str, Fact); 2] = [("author", Fact::Author), ("publisher", Fact::Source)];
static VARIABLES: [(&str, Fact); 3] = [
    ("nickname", Fact::Source),
    ("author", Fact::Author),
    ("ct", Fact::Date),
];
static DESCRIPTION: Words = Words::new("og:description description twitter:description");
const DATE_WITH_BLANK: &str = "weibo: article:create_at";
static TITLE: Words = Words::new("og:title twitter:title articletitle headline");

/// Limit of a value, in bytes; a longer one is ignored.
const MAX_VALUE_BYTES: usize = 600;

impl Head {
    /// Sets the title of a page: the first heading of level 1 with which the head agrees,
    /// else `og:title`, else `<title>`.
    pub(crate) fn choose_title(&self, page: &mut DraftDocument, from: usize) {
        if !page.meta.title.is_empty() {
            return;
        }
        let stated = [&self.og_title, &self.title, &self.headline];
        let stated: Vec<&str> = stated
            .into_iter()
            .map(|t| t.trim())
            .filter(|t| !t.is_empty())
            .collect();
        let (title, place) = if let Some(top) = titles::choose(&stated, page, from) {
            (top.to_owned(), Place::Heading)
        } else {
            let first = stated.first().map(|s| prose::one_line(s));
            (first.unwrap_or_default(), Place::Page)
        };
        if let Some(site) = titles::site_behind(&prose::one_line(&self.title), &title) {
            page.facts.offer(Fact::Source, Place::Site, site);
        }
        if let Some(name) = titles::owner_behind(&prose::one_line(&self.title)) {
            page.facts.offer(Fact::Author, Place::Closing, name);
        }
        page.meta.title = notes::without_marks(&title);
        page.meta.origins.title = Some(place);
    }

    /// Lets the title of the data, or that of the article found there, go before that of the page.
    pub(super) fn prefer_headline(&mut self, found: String) {
        if self.headline.is_empty() {
            self.headline = found;
        }
        if !self.headline.is_empty() {
            self.og_title.clone_from(&self.headline);
        }
    }

    /// Reads a `<meta>`.
    fn meta(&mut self, page: &mut DraftDocument, attribute: Attribute<'_>, line: usize) {
        let Some(content) = attribute("content").filter(|c| !c.trim().is_empty()) else {
            return;
        };
        let key = ["property", "name", "itemprop"]
            .into_iter()
            .find_map(attribute);
        let key = key.unwrap_or_default().trim().to_ascii_lowercase();
        if DESCRIPTION.has(&key) {
            return self.scripted.describe(content);
        }
        if content.len() > MAX_VALUE_BYTES {
            return;
        }
        if key == "name" {
            if let Some(fact) = self.item.take() {
                let place = if fact == Fact::Source {
                    Place::Site
                } else {
                    Place::Page
                };
                page.facts.offer(fact, place, &content);
            }
            return;
        }
        if TITLE.has(&key) {
            if self.og_title.is_empty() {
                self.og_title = content;
            }
            return;
        }
        let fact = if DATE.has(&key) || key == DATE_WITH_BLANK {
            Fact::Date
        } else if AUTHOR.has(&key) {
            Fact::Author
        } else if SOURCE.has(&key) || key == "og:site_name" {
            Fact::Source
        } else if EDITOR.has(&key) {
            Fact::Editor
        } else {
            return;
        };
        let place = if key == "og:site_name" {
            Place::Site
        } else {
            Place::Page
        };
        if fact == Fact::Date && date::read(&content).is_none() {
            page.note("date-unread", line, &content);
        } else if !content.starts_with("http") {
            page.facts.offer(fact, place, &content);
        }
    }

    /// Reads a tag: a `<meta>`, or one that begins an item that has a name.
    pub(super) fn tag(
        &mut self,
        page: &mut DraftDocument,
        kind: TagKind,
        attribute: Attribute<'_>,
        line: usize,
    ) {
        if let Some(property) = attribute("itemprop") {
            let named = ITEMS.iter().find(|(name, _)| *name == property);
            self.item = named.map(|(_, fact)| *fact).or(self.item);
        }
        if kind == TagKind::Meta {
            self.meta(page, attribute, line);
        }
    }

    /// Reads the facts that the scripts of 微信公众号 begin with.
    pub(crate) fn script(page: &mut DraftDocument, script: &str) {
        if memchr::memmem::find(script.as_bytes(), b"var ct = \"").is_none() {
            return;
        }
        for (name, fact) in &VARIABLES {
            let begin = format!("var {name} = ");
            let Some((_, after)) = script.split_once(&begin) else {
                continue;
            };
            let after = after.trim_start_matches("htmlDecode(");
            let quoted = after
                .strip_prefix('"')
                .and_then(|rest| rest.split_once('"'));
            let Some((value, _)) = quoted.filter(|(v, _)| v.len() < MAX_VALUE_BYTES) else {
                continue;
            };
            match fact {
                Fact::Date => {
                    if let Some(date) = date::of_program(value) {
                        page.facts.offer(Fact::Date, Place::Data, &date);
                    }
                }
                fact => page.facts.offer(*fact, Place::Page, value),
            }
        }
    }

    /// Reads a `<time>`; the first counts.
    pub(crate) fn time(&mut self, datetime: Option<String>) {
        if self.time.is_none() {
            self.time = datetime.filter(|d| d.len() < MAX_VALUE_BYTES && date::read(d).is_some());
        }
    }

    /// Reads JSON-LD that begins on source line `line`: of each fact the outermost counts.
    pub(crate) fn data(&mut self, json: &str, line: usize) {
        let Some(value) = self.scripted.read(json, line) else {
            return;
        };
        let objects = page_state::objects(&value);
        let first = |key: &str| objects.iter().find_map(|object| object.get(key));
        let text = |value: &Value| {
            let text = value.as_str()?.trim();
            (!text.is_empty() && text.len() < MAX_VALUE_BYTES).then(|| text.to_owned())
        };
        if self.headline.is_empty() {
            self.headline = first("headline").and_then(text).unwrap_or_default();
        }
        self.published = self
            .published
            .take()
            .or_else(|| first("datePublished").and_then(text));
        if let Some(author) = first("author").filter(|_| self.author.is_none()) {
            let people = author
                .as_array()
                .map_or(std::slice::from_ref(author), Vec::as_slice);
            let names = people
                .iter()
                .filter_map(|p| text(p.get("name").unwrap_or(p)));
            self.author = Some(names.collect::<Vec<_>>().join("、")).filter(|a| !a.is_empty());
            self.by_house = people
                .iter()
                .any(|p| p.get("@type").is_some_and(|t| t == "Organization"));
        }
    }

    /// Offers the facts of the data for machines.
    pub(crate) fn state(self, page: &mut DraftDocument) {
        if let Some(written) = self.published.or(self.time)
            && date::read(&written).is_some()
        {
            page.facts.offer(Fact::Date, Place::Data, &written);
        }
        if let Some(author) = self.author {
            let (fact, place) = if self.by_house {
                (Fact::Source, Place::Site)
            } else {
                (Fact::Author, Place::Data)
            };
            page.facts.offer(fact, place, &author);
        }
        page.facts.settle(&mut page.meta);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_for_machines() {
        let mut head = Head::default();
        head.data(r#"{"@type":"NewsArticle","headline":"\u9898\"目","author":[{"@type":"Person","name":"某甲"},"某乙"],"datePublished":"2019-02-22T07:31:00+08:00"}"#, 1);
        assert_eq!(
            (head.headline.as_str(), head.author.as_deref()),
            ("题\"目", Some("某甲、某乙"))
        );
        let mut page = DraftDocument::default();
        head.state(&mut page);
        assert_eq!(page.meta.date.as_deref(), Some("2019-02-22 07:31"));
    }

    #[test]
    fn facts_of_posts() {
        let facts = |text: &str| {
            let mut page = DraftDocument::default();
            crate::format::html::read(text, 1, &mut page);
            let meta = page.meta;
            [meta.date, meta.author, meta.source].map(Option::unwrap_or_default)
        };
        let script =
            "<script>var ct = \"1556668800\"; var nickname = htmlDecode(\"棱角\");</script>";
        assert_eq!(facts(script), ["2019-05-01 08:00", "", "棱角"]);
        let hidden = "<span hidden itemprop=author itemscope><meta itemprop=image content=a.png>\
            <meta itemprop=name content=林深></span><span hidden itemprop=publisher itemscope>\
            <meta itemprop=name content=江城人></span>";
        assert_eq!(facts(hidden), ["", "林深", "江城人"]);
    }
}
