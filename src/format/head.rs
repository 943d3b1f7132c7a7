//! What the head of a web page says about the article: title, author, date.
//!
//! Only what pages state in `<title>` and `<meta>`; bylines in the text are read
//! for all formats elsewhere.

use super::draft::Page;
use super::{date, notes, prose};
use crate::document::BlockKind;

/// What the head of a page says.
#[derive(Default)]
pub struct Head {
    /// The text of `<title>`.
    pub title: String,
    og_title: String,
}

impl Head {
    /// The title of a page: the one heading of level 1 if its head agrees, else
    /// `og:title`, else `<title>`.
    pub fn choose_title(&self, page: &mut Page, from: usize) {
        if !page.meta.title.is_empty() {
            return;
        }
        let tops: Vec<&str> = page.drafts.iter().skip(from).filter(|d| d.stands() && d.kind == BlockKind::Heading(1)).map(|d| d.text.as_str()).collect();
        let stated = [&self.og_title, &self.title].into_iter().find(|t| !t.trim().is_empty());
        let agrees = |top: &&&str| stated.is_none_or(|s| prose::key(s).contains(&prose::key(top)));
        let title = match tops.iter().find(agrees) {
            Some(top) => (*top).to_owned(),
            None => stated.map(|s| prose::one_line(s)).unwrap_or_default(),
        };
        page.meta.title = notes::without_marks(&title);
    }

    /// What `<meta>` says about the article.
    pub fn meta(&mut self, page: &mut Page, attribute: &dyn Fn(&str) -> Option<String>, line: usize) {
        let Some(content) = attribute("content").filter(|c| !c.trim().is_empty()) else { return };
        let key = attribute("property").or_else(|| attribute("name")).or_else(|| attribute("itemprop")).unwrap_or_default().to_ascii_lowercase();
        let meta = &mut page.meta;
        match key.as_str() {
            "og:title" | "twitter:title" if self.og_title.is_empty() => self.og_title = content,
            "author" | "article:author" | "og:article:author" if meta.author.is_none() && !content.starts_with("http") => {
                meta.author = Some(prose::one_line(&content));
            }
            "source" | "og:site_name" | "mediaid" if meta.source.is_none() => meta.source = Some(prose::one_line(&content)),
            "editor" if meta.editor.is_none() => meta.editor = Some(prose::one_line(&content)),
            "article:published_time" | "publishdate" | "pubdate" | "date" | "datepublished" | "og:release_date" if meta.date.is_none() => {
                if let Some(date) = date::read(&content) {
                    if date != content {
                        meta.date_as_written = Some(content.clone());
                    }
                    meta.date = Some(date);
                } else {
                    page.note("date-unread", line, &content);
                }
            }
            _ => {}
        }
    }
}
