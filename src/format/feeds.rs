//! Unpacks articles in XML: feeds (RSS, Atom), exported notes (ENEX), and lists of feeds (OPML).
//!
//! 1. [`root`] tells by the first tag whether a text is one of them.
//! 2. [`Reader`] gathers the title, the author, the date and the longest text of every item. The
//!    text is HTML: escaped, as CDATA, or as elements of its own.
//! 3. Items become records as those of JSON; the name of a feed heads several.
//!
//! The tokenizer is that of web pages, since it cannot fail. It takes CDATA for a comment that
//! ends with the first tag inside, so that [`without_cdata`] escapes it before.

use crate::format::date;
use crate::format::html::raw_text;
use crate::format::prose;
use crate::format::unpacked::{Record, Records, escape};
use crate::text::words::Words;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use memchr::memmem;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Bytes in which the first tag is looked for.
const MAX_ROOT_BYTES: usize = 4096;

/// Roots of the files that are read.
static ROOTS: Words = Words::new("rss feed rdf opml en-export");
/// Elements that are an article.
static ITEMS: Words = Words::new("item entry note");
/// Prefixes of elements that count; others repeat them for pictures and players.
static PREFIXES: Words = Words::new("dc dcterms content atom rss");

/// The facts that elements state; those of an earlier row go before others.
static STATING: [(&str, Words); 5] = [
    ("title", Words::new("title")),
    ("author", Words::new("author creator")),
    ("date", Words::new("pubdate published issued date created")),
    ("date", Words::new("updated modified")),
    (ITEM_TEXT, Words::new("encoded content description summary")),
];
/// The fact that is the text.
const ITEM_TEXT: &str = "text";

/// Returns the articles of XML, or of its beginning where the text is `cut`; `None` where the
/// text holds anything else.
pub(super) fn find(text: &str, cut: bool) -> Option<Records> {
    let root = root(text)?;
    let text = without_cdata(text);
    let mut reader = Reader::new(&text);
    // the tokenizer of a string cannot fail
    for Ok(token) in tokens(&text) {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(local(&tag.name), tag.span.start),
            Token::String(piece) => reader.text(&String::from_utf8_lossy(&piece.value)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    if root == "opml" {
        return reader.outlines();
    }
    reader.records(cut)
}

fn tokens(text: &str) -> impl Iterator<Item = Result<Token<usize>, std::convert::Infallible>> {
    Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span())
}

/// Returns a name without its prefix.
fn local(name: &[u8]) -> &str {
    let name = std::str::from_utf8(name).unwrap_or_default();
    name.rsplit(':').next().unwrap_or(name)
}

/// Returns the name of the first tag of a text, if it is one of [`ROOTS`].
fn root(text: &str) -> Option<String> {
    if !text.trim_start().starts_with('<') {
        return None;
    }
    let head = text.get(..text.floor_char_boundary(MAX_ROOT_BYTES))?;
    let first = tokens(head).find_map(|Ok(token)| match token {
        Token::StartTag(tag) => Some(local(&tag.name).to_owned()),
        _ => None,
    });
    first.filter(|name| ROOTS.has(name))
}

/// Returns a text with its CDATA escaped; every line keeps its number.
fn without_cdata(text: &str) -> Cow<'_, str> {
    let mut sections = memmem::find_iter(text.as_bytes(), "<![CDATA[").peekable();
    if sections.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for start in sections {
        if start < at {
            // a section inside a section is its text
            continue;
        }
        out.push_str(text.get(at..start).unwrap_or_default());
        let inside = text.get(start + "<![CDATA[".len()..).unwrap_or_default();
        let (inside, close) = match inside.find("]]>") {
            Some(end) => (inside.get(..end).unwrap_or_default(), "]]>".len()),
            None => (inside, 0),
        };
        out.push_str(&escape(inside));
        at = start + "<![CDATA[".len() + inside.len() + close;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

/// An element that states a fact.
struct Field {
    name: String,
    fact: &'static str,
    rank: usize,
    /// The byte at which its content begins.
    from: usize,
    /// Open elements of its name.
    open: usize,
    has_tags: bool,
    text: String,
}

/// Reads one file tag by tag.
struct Reader<'t> {
    text: &'t str,
    /// The line of a byte, which only grows.
    line: (usize, usize),
    field: Option<Field>,
    item: Option<Item>,
    items: Vec<Item>,
    /// The facts of the file.
    own: Item,
    /// Entries of a list of feeds, as HTML.
    list: String,
}

/// The facts of an article, each with its rank, and its source line.
#[derive(Default)]
struct Item {
    facts: Vec<(&'static str, usize, String)>,
    line: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            line: (0, 1),
            field: None,
            item: None,
            items: Vec::new(),
            own: Item::default(),
            list: String::new(),
        }
    }

    /// Returns the source line of a byte behind all that were asked for.
    fn line_at(&mut self, at: usize) -> usize {
        let passed = self.text.get(self.line.0..at).unwrap_or_default();
        self.line = (at.max(self.line.0), self.line.1 + prose::line_ends(passed));
        self.line.1
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let name = local(&tag.name);
        if let Some(field) = &mut self.field {
            if field.fact == "author" && name == "name" {
                // Atom has the author's name in an element of its own
                name.clone_into(&mut field.name);
                (field.from, field.open, field.has_tags) = (tag.span.end, 1, false);
                field.text.clear();
                return;
            }
            field.has_tags = true;
            field.open += usize::from(name == field.name && !tag.self_closing);
            return;
        }
        if ITEMS.has(name) {
            let line = self.line_at(tag.span.start);
            let facts = Vec::new();
            self.items.extend(self.item.replace(Item { facts, line }));
        } else if name == "outline" {
            self.outline(tag);
        } else if !tag.self_closing
            && let Some((fact, rank)) = fact(&tag.name)
        {
            self.field = Some(Field {
                name: name.to_owned(),
                fact,
                rank,
                from: tag.span.end,
                open: 1,
                has_tags: false,
                text: String::new(),
            });
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(field) = &mut self.field {
            field.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str, at: usize) {
        match &mut self.field {
            Some(field) if field.name == name => {
                field.open -= 1;
                if field.open == 0 {
                    self.state(at);
                }
            }
            None if ITEMS.has(name) => self.items.extend(self.item.take()),
            _ => {}
        }
    }

    /// Takes the value of the open field, whose content ends at a byte.
    fn state(&mut self, end: usize) {
        let Some(field) = self.field.take() else {
            return;
        };
        let raw = self.text.get(field.from..end).unwrap_or_default();
        let value = match (field.has_tags, field.fact) {
            (true, ITEM_TEXT) => raw.to_owned(),
            (true, _) => raw_text::plain(raw),
            (false, _) => field.text,
        };
        let item = self.item.as_mut().unwrap_or(&mut self.own);
        item.facts.push((field.fact, field.rank, value));
    }

    /// Adds an entry of a list of feeds: a link, or the heading of a group.
    fn outline(&mut self, tag: &StartTag<usize>) {
        let value = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            let value = prose::one_line(&String::from_utf8_lossy(&value.value));
            Some(value).filter(|value| !value.is_empty())
        };
        let address = value("htmlurl")
            .or_else(|| value("xmlurl"))
            .or_else(|| value("url"));
        let name = value("title").or_else(|| value("text"));
        let name = name
            .map(|name| raw_text::plain(&name))
            .or_else(|| address.clone());
        let name = escape(&name.unwrap_or_default());
        let about = value("description").or_else(|| value("_note"));
        let about = about.map_or(String::new(), |about| format!("：{}", escape(&about)));
        let entry = match address {
            Some(address) => {
                let address = escape(&address).replace('"', "&quot;");
                format!("<ul><li><a href=\"{address}\">{name}</a>{about}</li></ul>\n")
            }
            None if tag.self_closing => format!("<ul><li>{name}{about}</li></ul>\n"),
            None if about.is_empty() => format!("<h2>{name}</h2>\n"),
            None => format!(
                "<h2>{name}</h2>\n<p>{}</p>\n",
                about.trim_start_matches('：')
            ),
        };
        self.list.push_str(&entry);
    }

    /// Returns a list of feeds.
    fn outlines(mut self) -> Option<Records> {
        let record = self.own.record(std::mem::take(&mut self.list));
        let found = vec![record];
        (!found.iter().any(|record| record.body.is_empty())).then(|| Records {
            found,
            ..Records::default()
        })
    }

    /// Returns the articles.
    fn records(mut self, cut: bool) -> Option<Records> {
        if cut {
            self.state(self.text.len());
        }
        self.items.extend(self.item.take());
        let mut found: Vec<Record> = self.items.iter().map(Item::article).collect();
        found.retain(|record| !record.body.is_empty());
        let name = raw_text::plain(&self.own.value("title")).trim().to_owned();
        (!found.is_empty()).then_some(Records {
            found,
            name,
            more: cut,
        })
    }
}

/// Returns the fact that an element states, with its rank.
fn fact(name: &[u8]) -> Option<(&'static str, usize)> {
    let full = std::str::from_utf8(name).ok()?;
    let prefix = full.split_once(':').map(|(prefix, _)| prefix);
    if prefix.is_some_and(|prefix| !PREFIXES.has(prefix)) {
        return None;
    }
    let rank = STATING
        .iter()
        .position(|(_, names)| names.has(local(name)))?;
    Some((STATING.get(rank)?.0, rank))
}

impl Item {
    /// Returns the best value of a fact: the longest text, the first of anything else.
    fn value(&self, fact: &str) -> String {
        let values = self.facts.iter().filter(|(f, ..)| *f == fact);
        let best = if fact == ITEM_TEXT {
            values.max_by_key(|(.., value)| value.len())
        } else {
            values.min_by_key(|(_, rank, _)| *rank)
        };
        best.map_or(String::new(), |(.., value)| value.trim().to_owned())
    }

    /// Returns the record of an article.
    fn article(&self) -> Record {
        self.record(page(&self.value(ITEM_TEXT)))
    }

    /// Returns a record with that text in HTML.
    fn record(&self, body: String) -> Record {
        let mut facts = Map::new();
        for fact in ["title", "author", "date"] {
            let value = self.value(fact);
            let value = match fact {
                "date" => date::of_mail(&value)
                    .or_else(|| date::read(&value))
                    .unwrap_or(value),
                _ => raw_text::plain(&value),
            };
            if !value.is_empty() {
                facts.insert(fact.to_owned(), Value::from(value));
            }
        }
        let line = self.line.max(1);
        Record { facts, body, line }
    }
}

/// Returns the text of an item as HTML.
fn page(text: &str) -> String {
    let note = text.find("<en-note").and_then(|at| text.get(at..));
    let text = note
        .and_then(|note| note.split_once('>'))
        .map_or(text, |(_, inside)| inside);
    let is_tagged = memmem::find(text.as_bytes(), b"</").is_some() || text.contains("<br");
    if is_tagged || text.trim_start().starts_with("<img") {
        return format!("<p>{text}\n");
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    // entities were escaped as well
    let paragraphs = lines.flat_map(|line| ["<p>", line, "</p>\n"]);
    paragraphs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::unpacked::Unpacked;
    use crate::format::{ParseOptions, parse};
    use crate::source;

    fn unpack(text: &str, cut: bool) -> Option<Unpacked> {
        find(text, cut)?.unpack()
    }

    fn read(text: &str) -> crate::document::Document {
        let options = ParseOptions {
            name: "a.xml",
            ..ParseOptions::default()
        };
        parse(&source::read(text.as_bytes(), None), options)
    }

    /// The text of two items, in the ways that feeds have.
    fn feed(texts: [&str; 2]) -> String {
        let [a, b] = texts;
        format!(
            "<?xml version='1.0'?>\n<!-- 甲 -->\n<rss version='2.0'><channel><title>渡口周报</title>\n\
            <item><title>渡口周报之外：渡口的船</title><media:title>图</media:title>{a}\n<pubDate>Fri, 22 Feb 2019 07:31:00 +0800</pubDate></item>\n\
            <item><title><![CDATA[桥与路]]></title><dc:creator>某乙</dc:creator>{b}<dc:date>2019-02-23</dc:date></item></channel></rss>"
        )
    }

    #[test]
    fn a_feed_has_its_articles() {
        let escaped = "<description>&lt;p&gt;船夫姓何&amp;hellip;&lt;/p&gt;&lt;p&gt;水大。&lt;/p&gt;</description>";
        let cdata = "<description>摘要</description><content:encoded><![CDATA[<p>桥修好了。</p>\n<p>路也通了。</p>]]></content:encoded>";
        let plain = "<description>船夫姓何…\n水大。</description>";
        let elements =
            "<content type='xhtml'><div><p>桥修好了。</p><p>路也通了。</p></div></content>";
        for texts in [[escaped, cdata], [plain, elements], [escaped, elements]] {
            let d = read(&feed(texts));
            assert_eq!(d.meta().title, "渡口周报", "{}", d.text());
            assert_eq!(d.meta().date, None);
            assert_eq!(d.diagnostics(), []);
            let wanted = "渡口周报之外：渡口的船\n2019-02-22 07:31\n船夫姓何…\n水大。\n桥与路\n某乙　2019-02-23\n桥修好了。\n路也通了。";
            assert_eq!(d.text(), wanted);
            let last = d.blocks().last().map(|b| b.line);
            assert!(last.is_some_and(|line| line >= 6));
        }
    }

    #[test]
    fn one_article_is_itself() {
        let atom = "<feed xmlns='x'><title>渡口周报</title><author><name>某甲</name></author><entry><title type='html'>渡口&amp;amp;船</title>\
            <author><name>某乙</name><email>a@b</email></author><link href='c'/><updated>2019-03-01</updated><published>2019-02-22T07:31:00Z</published>\
            <summary>短。</summary><content type='html'>&lt;p&gt;船夫姓何。&lt;/p&gt;</content></entry></feed>";
        let note = "<?xml version='1.0'?><!DOCTYPE en-export SYSTEM 'a.dtd'><en-export><note><title>渡口&amp;船</title><content><![CDATA[<?xml version='1.0'?>\
            <!DOCTYPE en-note SYSTEM 'b.dtd'><en-note><div>船夫姓何。</div></en-note>]]></content><created>20190222T073100Z</created>\
            <note-attributes><author>某乙</author><source>web.clip</source></note-attributes></note></en-export>";
        for (text, source) in [(atom, Some("渡口周报")), (note, None)] {
            let d = read(text);
            let meta = d.meta();
            let facts = (&*meta.title, meta.author.as_deref(), meta.source.as_deref());
            assert_eq!(facts, ("渡口&船", Some("某乙"), source));
            assert!(
                meta.date
                    .as_ref()
                    .is_some_and(|d| d.starts_with("2019-02-22"))
            );
            assert_eq!(d.text(), "船夫姓何。");
        }
    }

    #[test]
    fn a_list_of_feeds_is_a_list_of_links() {
        let text = "<opml version='2.0'><head><title>我的订阅</title></head><body><outline text='报纸'>\
            <outline type='rss' text='渡口周报' xmlUrl='http://a/x?b=1&amp;c=2' htmlUrl='http://a/'/>\
            <outline type='rss' text='某甲&lt;的&gt;博客' xmlUrl='http://b/'/></outline>\
            <outline text='&lt;b&gt;要事&lt;/b&gt;' _note='先办'/></body></opml>";
        let d = read(text);
        assert_eq!(d.meta().title, "我的订阅");
        let shown: Vec<_> = d.blocks().iter().map(|b| d.slice(b.span)).collect();
        assert_eq!(shown, ["报纸", "渡口周报", "某甲<的>博客", "要事：先办"]);
        assert_eq!(d.markup().len(), 2);
    }

    #[test]
    fn other_xml_and_torn_feeds() {
        for text in [
            "",
            "甲",
            "<html><rss>",
            "<rss></rss>",
            "<rss><channel><item>",
            "<!-- <rss>",
        ] {
            assert!(unpack(text, false).is_none(), "{text}");
        }
        let whole = feed([
            "<description><![CDATA[<p>船。</p>]]></description>",
            "<description>桥。</description>",
        ]);
        for head in (0..whole.len()).filter_map(|end| whole.get(..end)) {
            if let Some(begun) = unpack(head, true) {
                assert_eq!(begun.facts, ["title: \"渡口周报\""], "{}", begun.text);
            }
        }
        let deep = format!("<rss><item><description>{}", "<div>".repeat(100_000));
        assert!(unpack(&deep, true).is_some());
    }
}
