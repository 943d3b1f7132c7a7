//! Every article of the corpus opens as readable text, and loses nothing but
//! what a careful reader calls clutter.
//!
//! The corpus is not part of this repository: where `../shared/corpus` is missing
//! (`JINGDU_CORPUS` names another place), the test says so and passes.

use crate::support::corpus;
use jingdu::document::{BlockKind, Document};
use jingdu::{format, source};
use std::path::PathBuf;

/// One article with its gold.
struct Article {
    name: String,
    source: String,
    document: Document,
    gold: serde_json::Value,
}

/// All articles, in order of name.
fn articles() -> Vec<Article> {
    let Some(corpus) = corpus() else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(corpus.join("articles"))
        .expect("articles")
        .map(|e| e.expect("entry").path())
        .collect();
    files.retain(|p| p.extension().is_some_and(|e| e != "tsv"));
    files.sort();
    let read = |path: &PathBuf| {
        let name = path
            .file_name()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        let source = source::read(&std::fs::read(path).expect("article"), None);
        let document = format::parse(
            &source,
            format::ParseOptions {
                name: &name,
                ..format::ParseOptions::default()
            },
        );
        let gold = corpus.join("gold").join(format!(
            "{}.gold.json",
            path.file_stem().expect("stem").to_string_lossy()
        ));
        let gold = serde_json::from_slice(&std::fs::read(gold).expect("gold")).expect("JSON");
        Article {
            name,
            source: source.text,
            document,
            gold,
        }
    };
    files.iter().map(read).collect()
}

impl Article {
    /// The first characters of the lines that the gold gives under `key`.
    fn lines(&self, key: &str) -> Vec<String> {
        let list = self.gold["blocks"][key].as_array();
        list.into_iter()
            .flatten()
            .filter_map(|v| v.as_str())
            .map(bare)
            .filter(|l| l != "---")
            .collect()
    }
}

/// A line without white space and without the number that a list gives it.
fn bare(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The same, without `12.` at its head.
fn unnumbered(line: &str) -> String {
    let line = bare(line);
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix('.').unwrap_or(&line).to_owned()
}

/// The Han characters of a text.
fn han(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
        .collect()
}

#[test]
fn titles_are_what_a_reader_would_write() {
    for article in articles() {
        let title = article.gold["title"].as_str().expect("title");
        let found = &article.document.meta().title;
        // some files do not hold their title at all
        let stated = article.source.contains(title);
        assert!(
            !stated || (!found.is_empty() && title.contains(found.as_str())),
            "{}: {found:?} for {title:?}",
            article.name
        );
    }
}

#[test]
fn clutter_is_folded_and_notes_are_notes() {
    for article in articles() {
        let document = &article.document;
        let blocks: Vec<(BlockKind, String)> = document
            .blocks()
            .iter()
            .map(|b| (b.kind, document.slice(b.span).to_owned()))
            .collect();
        let clutter = article.lines("boilerplate");
        // a caption counts as clutter in the gold; here it is kept as what it is
        let left: Vec<&String> = clutter
            .iter()
            .filter(|line| {
                blocks.iter().any(|(k, t)| {
                    !matches!(k, BlockKind::Caption | BlockKind::Image | BlockKind::Lead)
                        && bare(t).starts_with(line.as_str())
                })
            })
            .collect();
        let notes = article.lines("notes");
        let kept = notes.iter().filter(|line| {
            blocks.iter().any(|(k, t)| {
                matches!(k, BlockKind::Note | BlockKind::Caption)
                    && unnumbered(t).starts_with(unnumbered(line).as_str())
            })
        });
        let kept = kept.count();
        eprintln!(
            "{}: clutter {}/{}, notes {kept}/{}, {:?}",
            article.name,
            clutter.len() - left.len(),
            clutter.len(),
            notes.len(),
            document.meta().title
        );
        assert!(
            left.is_empty(),
            "{}: still in the text: {left:?}",
            article.name
        );
        assert_eq!(kept, notes.len(), "{}: notes", article.name);
        // and nothing else is a note
        let extra = blocks.iter().filter(|(k, _)| *k == BlockKind::Note).count();
        assert!(
            extra == 0 || !notes.is_empty(),
            "{}: notes out of nothing",
            article.name
        );
    }
}

#[test]
fn nothing_is_folded_that_a_reader_would_keep() {
    let key = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    for article in articles() {
        let clutter: Vec<String> = article
            .lines("boilerplate")
            .iter()
            .map(|l| key(l))
            .collect();
        let title = key(article.gold["title"].as_str().unwrap_or_default());
        for d in article.document.folded() {
            let text = key(&d.excerpt);
            // marks and pictures are no lines of text
            let markup = matches!(
                d.rule,
                "more-mark" | "comment" | "decoration" | "image-without-text"
            );
            let named = clutter
                .iter()
                .any(|line| text.starts_with(line.as_str()) || line.starts_with(&text));
            assert!(
                markup || named || title.contains(&text),
                "{}: {} folded {:?}",
                article.name,
                d.rule,
                d.excerpt
            );
        }
    }
}

#[test]
fn nothing_else_is_lost() {
    for article in articles() {
        let document = &article.document;
        let text = han(document.text());
        let meta = document.meta();
        let facts = [
            Some(&meta.title),
            meta.title_as_written.as_ref(),
            meta.author.as_ref(),
            meta.editor.as_ref(),
            meta.source.as_ref(),
        ];
        let facts = han(&facts
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" "));
        let folded: Vec<String> = document.folded().map(|d| han(&d.excerpt)).collect();
        let head = format::front_matter::split(&article.source).unwrap_or(0);
        let visible = visible(&article.source);
        for (i, line) in visible.lines().enumerate().skip(head) {
            let line = han(line);
            if line.is_empty()
                || text.contains(&line)
                || facts.contains(&line)
                || folded
                    .iter()
                    .any(|f| f.contains(&line) || (f.len() >= 9 && line.starts_with(f.as_str())))
            {
                continue;
            }
            panic!("{} line {}: lost {line:?}", article.name, i + 1);
        }
    }
}

/// A source without tags, comments, scripts and link targets; lines stay.
fn visible(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skip = match () {
            () if rest.starts_with("<!--") => rest.find("-->").map(|n| n + 3),
            () if rest.starts_with("<script") => rest.find("</script>"),
            () if rest.starts_with('<')
                && rest.get(1..).is_some_and(|r| {
                    r.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
                }) =>
            {
                rest.find('>').map(|n| n + 1)
            }
            () if rest.starts_with("](") => rest.find(')').map(|n| n + 1),
            () => None,
        };
        let n = skip.unwrap_or(c.len_utf8());
        match skip {
            Some(_) => out.extend(
                rest.get(..n)
                    .unwrap_or_default()
                    .chars()
                    .filter(|c| *c == '\n'),
            ),
            None => out.push(c),
        }
        rest = rest.get(n..).unwrap_or_default();
    }
    out
}

#[test]
fn no_markup_is_left_over() {
    for article in articles() {
        for mark in [
            "**", "<p", "</", "&nbsp;", "&ldquo;", "](", "<!--", "{.", "```", "<br",
        ] {
            let at = article.document.text().find(mark);
            let near: String = at
                .and_then(|at| article.document.text().get(at..))
                .unwrap_or_default()
                .chars()
                .take(30)
                .collect();
            assert!(at.is_none(), "{}: {near:?}", article.name);
        }
    }
}

#[test]
fn the_seed_is_counted_right() {
    for article in articles().iter().filter(|a| a.name == "jingjinji.md") {
        let (document, meta) = (&article.document, article.document.meta());
        let count = |term: &str| document.text().matches(term).count();
        assert_eq!(
            (count("京津冀"), count("京津冀协同发展"), count("雄安质量")),
            (34, 20, 7)
        );
        assert_eq!(
            (
                meta.author.as_deref(),
                meta.editor.as_deref(),
                meta.date.as_deref()
            ),
            (Some("wetech"), Some("刘亚楠"), Some("2019-02-22 07:31"))
        );
        let kinds: Vec<_> = document.blocks().iter().map(|b| b.kind).collect();
        assert_eq!(kinds.first(), Some(&BlockKind::Lead));
        assert_eq!(
            kinds.iter().filter(|k| **k == BlockKind::Paragraph).count(),
            6
        );
        assert_eq!(kinds.len(), 7);
    }
}
