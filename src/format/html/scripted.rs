//! The text of a page that only a script shows.
//!
//! 1. While the page is read, [`ScriptedText`] remembers the article in its data for machines
//!    (JSON-LD), what its scripts begin with ([`page_state`]), its description, and whether it
//!    has scripts.
//! 2. [`ScriptedText::fill`] writes that article where the page itself has no text, or else the
//!    description, or else a line that says so: no page is empty without a word.

use super::article::weight;
use super::page_state::{self, StateArticle};
use super::raw_text;
use crate::document::BlockKind;
use crate::format::draft::{DraftBlock, DraftDocument, fold_all};
use crate::format::facts::{Fact, Place};
use crate::format::prose;
use serde_json::Value;

/// Limit of the name that a script assigns the state of the page to, in bytes.
const MAX_NAME_BYTES: usize = 80;
/// Limit of such states, in bytes.
const MAX_STATE_BYTES: usize = 8 << 20;
/// Least characters of an article or a description that counts as a text.
const MIN_TEXT_CHARS: usize = 15;
/// Characters without a sentence that a page without its text may have, as labels and buttons.
const MAX_LABEL_CHARS: usize = 120;
/// The line of a page whose text is elsewhere, and of one that has none.
const NO_TEXT: &str = "〔这个网页的正文要靠脚本载入，文件里没有。〕";
const NO_WORDS: &str = "〔这个网页没有文字。〕";

/// The text that a page gives to programs, for a page without text of its own.
#[derive(Default)]
pub(crate) struct ScriptedText {
    pub(crate) has_scripts: bool,
    /// The longest article of the data, its publisher, and its source line.
    body: String,
    publisher: Option<String>,
    line: usize,
    description: String,
    /// The state of the page as its scripts begin with it: JSON, with its source line.
    states: Vec<(String, usize)>,
    /// The title of the article that was found there.
    pub(crate) title: String,
}

impl ScriptedText {
    /// Reads JSON-LD that begins on source line `line`, and remembers its longest article.
    pub(crate) fn read(&mut self, json: &str, line: usize) -> Option<Value> {
        let read = serde_json::from_str(json);
        // many write line ends into their strings
        let read = read.or_else(|_| serde_json::from_str(&json.replace(['\n', '\r', '\t'], " ")));
        let value: Value = read.ok()?;
        for object in page_state::objects(&value) {
            let body = object.get("articleBody").and_then(Value::as_str);
            if let Some(body) = body.filter(|body| body.len() > self.body.len()) {
                let publisher = object.get("publisher").map(|p| p.get("name").unwrap_or(p));
                body.clone_into(&mut self.body);
                self.publisher = publisher.and_then(Value::as_str).map(str::to_owned);
                self.line = line;
            }
        }
        Some(value)
    }

    /// Remembers JSON that the scripts of a page begin with: all of a script of `data`, or what
    /// one assigns (`window.__INITIAL_STATE__={…}`). It is read where the page has no text.
    pub(crate) fn state(&mut self, script: &str, is_data: bool, line: usize) {
        let script = script.trim_start();
        let json = if is_data {
            Some(script)
        } else {
            let assigned = script.starts_with(['w', 'v', 'l', 'c', 's', '_']);
            let value = script
                .find('=')
                .filter(|at| assigned && *at <= MAX_NAME_BYTES);
            value
                .and_then(|at| script.get(at + 1..))
                .map(str::trim_start)
        };
        // JSON.parse("…") holds it as a text
        let parsed = json.and_then(|json| json.strip_prefix("JSON.parse("));
        let parsed = parsed.and_then(|text| {
            serde_json::Deserializer::from_str(text)
                .into_iter::<String>()
                .next()?
                .ok()
        });
        let json = parsed.as_deref().or(json);
        let known: usize = self.states.iter().map(|(text, _)| text.len()).sum();
        let fits =
            |json: &&str| json.starts_with(['{', '[']) && known + json.len() <= MAX_STATE_BYTES;
        if let Some(json) = json.filter(fits) {
            self.states.push((json.to_owned(), line));
        }
    }

    /// Finds the article of the states, where the data had none.
    fn read_states(&mut self, page: &mut DraftDocument) {
        let mut best: Option<(StateArticle, usize)> = None;
        for (json, line) in std::mem::take(&mut self.states) {
            let json = json.replace(":undefined", ":null");
            let mut values = serde_json::Deserializer::from_str(&json).into_iter::<Value>();
            let Some(Ok(value)) = values.next() else {
                continue;
            };
            let found = page_state::article(&value);
            let found = found.filter(|f| {
                best.as_ref()
                    .is_none_or(|(b, _)| f.body.len() > b.body.len())
            });
            best = found.map(|found| (found, line)).or(best);
        }
        let Some((found, line)) = best.filter(|_| self.body.is_empty()) else {
            return;
        };
        (self.body, self.title, self.line) = (found.body, found.title, line);
        for (fact, value) in [(Fact::Date, found.date), (Fact::Author, found.author)] {
            if !value.is_empty() {
                page.facts.offer(fact, Place::Data, &value);
            }
        }
    }

    /// Remembers the description of the page.
    pub(crate) fn describe(&mut self, text: String) {
        if text.len() > self.description.len() {
            self.description = text;
        }
    }

    /// Writes the text of a page that has none from block `from` on; returns whether it is the
    /// article of the data.
    pub(crate) fn fill(&mut self, page: &mut DraftDocument, from: usize) -> bool {
        let mine = page.blocks.get(from..).unwrap_or_default();
        let prose: usize = mine.iter().map(weight).sum();
        if prose == 0 && self.has_scripts {
            self.read_states(page);
        }
        let mine = page.blocks.get_mut(from..).unwrap_or_default();
        let len = prose::len(&self.body);
        if len >= MIN_TEXT_CHARS && len > prose * 2 {
            fold_all("page-part", mine);
            self.write(&self.body, page);
            if let Some(publisher) = &self.publisher {
                page.facts.offer(Fact::Source, Place::Site, publisher);
            }
            return true;
        }
        let labels = mine.iter().filter(|d| d.is_shown() && !d.is_link());
        let labels: usize = labels.map(|d| prose::len(&d.text)).sum();
        let text = self.description.replace("\\x0a", "\n").replace("\\n", "\n");
        let is_empty = page.blocks.iter().all(|d| !d.is_shown());
        if !self.has_scripts && is_empty {
            // pictures alone; what is said of them is the post
            let said = prose::at_least(&text, MIN_TEXT_CHARS);
            self.write(if said { &text } else { NO_WORDS }, page);
            return false;
        }
        if !self.has_scripts || prose > 0 || labels > MAX_LABEL_CHARS {
            return false;
        }
        let key = prose::key(&text);
        let is_known = |d: &DraftBlock| d.is_shown() && key.contains(&*prose::key(&d.text));
        if prose::at_least(&text, MIN_TEXT_CHARS) && !page.blocks.iter().any(is_known) {
            self.write(&text, page);
        } else if labels == 0 {
            page.block(BlockKind::Paragraph, 0, 1, NO_TEXT);
        } else {
            return false;
        }
        page.note("scripted-page", 0, "");
        false
    }

    /// Writes a text: HTML, or a paragraph a line.
    fn write(&self, text: &str, page: &mut DraftDocument) {
        let from = page.blocks.len();
        if text.contains("</") || text.contains("<br") {
            super::fragment(text, 1, page);
        } else {
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                let decoded = line.contains('&').then(|| raw_text::plain(line));
                page.block(
                    BlockKind::Paragraph,
                    0,
                    1,
                    decoded.as_deref().unwrap_or(line),
                );
            }
        }
        let new = page.blocks.get_mut(from..).unwrap_or_default();
        for draft in new {
            draft.line = self.line.max(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::dump::dump;
    use crate::format::html;

    fn read(text: &str) -> String {
        let mut page = DraftDocument::default();
        html::read(text, 1, &mut page);
        dump(&page.build()).replace(" | ", "|")
    }

    const SCRIPT: &str = "<body><div id=app></div><script src=a.js></script>";

    #[test]
    fn an_article_in_data_is_read_where_the_page_has_none() {
        let text = "渡口只有一条船，船夫姓何，过河的人都叫他何伯。\\n春天水大，他就多收一角钱。";
        let data = |inside: &str| format!("<script type='application/ld+json'>{inside}</script>");
        let article = format!(
            r#"{{"@type":"Article","headline":"渡口","publisher":{{"name":"某报"}},"articleBody":"{text}"}}"#
        );
        let graph = format!("{{\"@graph\":[{{\"@type\":\"WebSite\"}},\n{article}]}}");
        for json in [&article, &graph] {
            let found = read(&format!("<title>渡口_某网</title>{}{SCRIPT}", data(json)));
            assert!(found.starts_with("title: 渡口\nsource: 某报\n"), "{found}");
            let paragraphs = found.matches("paragraph|").count();
            assert_eq!(paragraphs, 2, "{found}");
        }
        let html = article.replace(text, "<p>渡口只有一条船，船夫姓何。<\\/p><p>又一段。<\\/p>");
        assert!(read(&format!("{}{SCRIPT}", data(&html))).contains("paragraph|又一段。"));
        // a page with its own text needs no other
        let own = format!(
            "{}{SCRIPT}<p>{}</p>",
            data(&article),
            text.replace("\\n", "")
        );
        assert_eq!(read(&own).matches("何伯").count(), 1);
    }

    #[test]
    fn no_page_is_empty_without_a_word() {
        let found = read(&format!("<title>渡口</title>{SCRIPT}"));
        assert!(
            found.contains(NO_TEXT) && found.contains("scripted-page"),
            "{found}"
        );
        let post = "<meta property=og:description content='今天在渡口拍的九张照片，水退了。'>";
        let found = read(&format!("{post}{SCRIPT}<p>打开看图</p>"));
        assert!(
            found.contains("paragraph|今天在渡口拍的九张照片，水退了。\n"),
            "{found}"
        );
        assert!(read("<title>渡口</title><img src=a.png>").contains(NO_WORDS));
        // a short post that is there, and a page without scripts
        let found = read(&format!(
            "{post}{SCRIPT}<p>今天在渡口拍的九张照片，水退了。"
        ));
        assert_eq!(found.matches("水退了").count(), 1, "{found}");
        assert!(!read("<title>渡口</title><p>水退了").contains("scripted"));
    }
}
