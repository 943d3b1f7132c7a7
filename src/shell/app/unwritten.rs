//! Saves at the end the marks that the store could not take: beside their articles, in the form
//! that `jingdu state import` takes, else as text on the terminal.

use crate::session::marks::{Draft, Mark, MarkKind, Save};
use crate::shell::notes::written;
use crate::shell::store::identity::item_of;
use crate::shell::store::job::Job;
use crate::shell::store::json;
use crate::shell::store::message::{Identity, MarkedArticle};
use crate::source::sanitize;
use crate::text::Lang;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The ending of a file of marks.
const FILE_ENDING: &str = "jingdu.json";

/// Saves the marks among jobs that were not written; returns what is said about it, `None` where
/// there are none.
pub(super) fn save(jobs: Vec<Job>, lang: Lang) -> Option<String> {
    let articles = marked(jobs);
    let lines = articles.iter().map(|article| save_article(article, lang));
    Some(lines.collect::<String>()).filter(|lines| !lines.is_empty())
}

/// Returns the articles that have marks among jobs, as the jobs leave them.
fn marked(jobs: Vec<Job>) -> Vec<MarkedArticle> {
    let mut articles: Vec<MarkedArticle> = Vec::new();
    for job in jobs {
        let Job::Mark(of, save) = job else { continue };
        let known = articles.iter().position(|a| a.identity.hash == of.hash);
        let at = known.unwrap_or_else(|| {
            articles.push(MarkedArticle {
                identity: Identity::clone(&of),
                marks: Vec::new(),
            });
            articles.len() - 1
        });
        let Some(article) = articles.get_mut(at) else {
            continue;
        };
        match save {
            Save::Put(mark, _) => {
                article.marks.retain(|known| known.uid != mark.uid);
                article.marks.push(*mark);
            }
            Save::Drop(uid, _) => article.marks.retain(|known| known.uid != uid),
            Save::Draft(uid, draft) => {
                article.marks.retain(|known| known.uid != uid);
                article.marks.extend(draft.map(|draft| finished(*draft)));
            }
            Save::Keyword(_) => {}
        }
    }
    articles.retain(|article| !article.marks.is_empty());
    articles
}

/// Returns a note of a draft as it is: there is nowhere else to keep it.
fn finished(draft: Draft) -> Mark {
    Mark {
        uid: draft.uid,
        kind: MarkKind::Annotation,
        anchor: draft.anchor,
        span: None,
        note: draft.text,
        tags: Vec::new(),
        cited: String::new(),
        under: Vec::new(),
        made: draft.made,
        changed: draft.made,
    }
}

/// Saves the marks of an article; returns what is said about it.
fn save_article(article: &MarkedArticle, lang: Lang) -> String {
    let count = article.marks.len();
    let value = json!({ "jingdu": 1, "articles": [json::article_value(article)] });
    let written = place(&article.identity.path)
        .and_then(|(folder, name)| write(&folder, &name, &format!("{value:#}\n")));
    if let Some(path) = written {
        let path = path.display();
        let said = lang.say_owned(
            format!("有 {count} 条标注没能存进记录，写在 {path}，用 jingdu state import 收进去"),
            format!("{count} marks could not be stored; they are in {path}: jingdu state import"),
        );
        return sanitize::line(&said) + "\n";
    }
    let title = &article.identity.title;
    let said = lang.say_owned(
        format!("有 {count} 条标注没能存下，抄在这里：{title}"),
        format!("{count} marks could not be stored; here they are: {title}"),
    );
    let marks = article.marks.iter().map(text);
    sanitize::line(&said) + "\n" + &marks.collect::<String>()
}

/// Returns the folder and the name of the file of an article; `None` where it has none.
fn place(path: &str) -> Option<(PathBuf, String)> {
    let item = item_of(path);
    let path = item.file().filter(|_| !path.is_empty())?;
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some((path.parent()?.to_owned(), name))
}

/// Writes a new file beside an article.
fn write(folder: &Path, name: &str, contents: &str) -> Option<PathBuf> {
    written::write_new(folder, (name, FILE_ENDING), contents).ok()
}

/// Returns a mark as text for people.
fn text(mark: &Mark) -> String {
    let lines = [&mark.anchor.exact, &mark.note];
    let lines = lines.iter().flat_map(|text| text.lines());
    let lines = lines.filter(|line| !line.trim().is_empty());
    let (first, rest) = ("  · ", "    ");
    let lines = lines.enumerate().map(|(i, line)| {
        let begins = if i == 0 { first } else { rest };
        format!("{begins}{}\n", sanitize::line(line))
    });
    lines.collect()
}
