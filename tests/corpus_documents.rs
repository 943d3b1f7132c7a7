//! Every article of the corpus opens as readable text, and loses nothing but
//! what a careful reader calls clutter.
//!
//! The articles are not part of this repository: where `../shared` is missing, the test says so
//! and passes.

use crate::support::corpus_articles;
use jingdu::document::{Block, BlockKind, Diagnostic, Document};
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
        let corpus = path.ancestors().nth(2).expect("a folder of articles");
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
    corpus_articles().iter().map(read).collect()
}

impl Article {
    /// Returns the blocks with their texts.
    fn blocks(&self) -> Vec<(BlockKind, &str)> {
        let blocks = self.document.blocks().iter().filter(|b| !b.is_folded());
        blocks
            .map(|b| (b.kind, self.document.slice(b.span)))
            .collect()
    }

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

/// Returns a text without blanks and marks.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Compares the number of faults that `faults` finds in each article with those that are known
/// (articles without any are left out), and fails with all faults, a line each. A fault that is
/// mended leaves the list.
fn expect(known: &[(&str, usize)], faults: impl Fn(&Article) -> Vec<String>) {
    let articles = articles();
    let found: Vec<(&str, Vec<String>)> = articles
        .iter()
        .map(|article| (article.name.as_str(), faults(article)))
        .filter(|(_, faults)| !faults.is_empty())
        .collect();
    let counts: Vec<(&str, usize)> = found.iter().map(|(name, f)| (*name, f.len())).collect();
    let is_there = |(name, _): &&(&str, usize)| articles.iter().any(|a| a.name == *name);
    let known: Vec<(&str, usize)> = known.iter().filter(is_there).copied().collect();
    assert_eq!(counts, known, "\n{found:#?}");
}

#[test]
fn titles_are_what_a_reader_would_write() {
    expect(&[("luxun-silent-china.txt", 1)], |article| {
        let title = article.gold["title"].as_str().unwrap_or_default();
        let found = key(&article.document.meta().title);
        // some files do not hold their title at all
        let is_stated = article.source.contains(title);
        let is_right = !found.is_empty() && key(title).contains(&found);
        if !is_stated || is_right {
            return Vec::new();
        }
        vec![format!("{found:?} for {title:?}")]
    });
}

/// Clean-up folds no sentence between sentences that stay.
#[test]
fn no_sentence_folds_inside_the_body() {
    for article in articles() {
        let document = &article.document;
        let is_sentence = |b: &Block| document.slice(b.span).contains('。');
        let shown = |b: &Block| !b.is_folded() && is_sentence(b);
        let blocks = document.blocks();
        let first = blocks.iter().position(shown).unwrap_or(0);
        let last = blocks.iter().rposition(shown).unwrap_or(0);
        for block in blocks.iter().take(last).skip(first) {
            let text = document.slice(block.span);
            let is_kept = !block.is_folded() || !is_sentence(block);
            assert!(is_kept, "{}: {text}", article.name);
        }
    }
}

#[test]
fn clutter_is_folded() {
    expect(
        &[
            ("hk-youth-mental-health.md", 1),
            ("luxun-reading-talk.txt", 1),
            ("luxun-silent-china.txt", 1),
        ],
        |article| {
            // a caption counts as clutter in the gold; here it is kept as what it is
            let is_kept = |kind: &BlockKind| matches!(kind, BlockKind::Image | BlockKind::Lead);
            let is_caption = |kind: &BlockKind| *kind == BlockKind::Caption;
            let blocks = article.blocks();
            let folded: Vec<String> = article
                .document
                .folded()
                .map(|d| bare(&d.excerpt))
                .collect();
            let mut left = article.lines("boilerplate");
            left.retain(|line| {
                let begins = |(_, text): &&(BlockKind, &str)| bare(text).starts_with(line.as_str());
                let begun = blocks.iter().filter(begins);
                let (captions, texts): (Vec<_>, Vec<_>) =
                    begun.partition(|(kind, _)| is_caption(kind));
                let texts = texts.iter().filter(|(kind, _)| !is_kept(kind)).count();
                // one line of the text may begin as a caption, or as its copy that was folded
                let is_copy = !captions.is_empty() || folded.iter().any(|f| f.starts_with(line));
                texts > usize::from(is_copy)
            });
            left
        },
    );
}

#[test]
fn notes_are_notes() {
    expect(
        &[
            ("capitalism-notes.md", 1),
            ("hk-parkinson.md", 8),
            ("splus-guide-2005.md", 5),
        ],
        |article| {
            let is_note = |kind| matches!(kind, BlockKind::Note | BlockKind::Caption);
            let notes = article.lines("notes");
            let blocks = article.blocks();
            let is_kept = |line: &String| {
                blocks.iter().any(|(kind, text)| {
                    is_note(*kind) && unnumbered(text).starts_with(unnumbered(line).as_str())
                })
            };
            if notes.is_empty() && blocks.iter().any(|(kind, _)| *kind == BlockKind::Note) {
                return vec!["notes out of nothing".to_owned()];
            }
            notes.into_iter().filter(|line| !is_kept(line)).collect()
        },
    );
}

#[test]
fn nothing_is_folded_that_a_reader_would_keep() {
    expect(&[], |article| {
        let clutter: Vec<String> = article
            .lines("boilerplate")
            .iter()
            .map(|l| key(l))
            .collect();
        let title = key(article.gold["title"].as_str().unwrap_or_default());
        let is_clutter = |d: &&Diagnostic| {
            let text = key(&d.excerpt);
            // marks and pictures are no lines of text, nor is the front matter
            let is_markup = matches!(
                d.rule,
                "more-mark" | "comment" | "decoration" | "image-without-text" | "front-matter-rest"
            );
            let is_named = clutter
                .iter()
                .any(|line| text.starts_with(line.as_str()) || line.starts_with(&text));
            is_markup || is_named || title.contains(&text)
        };
        let folded = article.document.folded().filter(|d| !is_clutter(d));
        folded
            .map(|d| format!("{} folded {:?}", d.rule, d.excerpt))
            .collect()
    });
}

#[test]
fn nothing_else_is_lost() {
    expect(&[], |article| {
        let mut lost = Vec::new();
        let document = &article.document;
        let text = han(&document.body());
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
            lost.push(format!("line {}: {line}", i + 1));
        }
        lost
    });
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
    const MARKS: [&str; 10] = [
        "**", "<p", "</", "&nbsp;", "&ldquo;", "](", "<!--", "{.", "```", "<br",
    ];
    expect(&[("splus-guide-2005.md", 1)], |article| {
        let text = &*article.document.body();
        let found = MARKS.iter().filter_map(|mark| text.find(mark));
        let near = |at| text.get(at..).unwrap_or_default().chars().take(30);
        found.map(|at| near(at).collect()).collect()
    });
}

#[test]
fn the_seed_is_counted_right() {
    for article in articles().iter().filter(|a| a.name == "jingjinji.md") {
        let (document, meta) = (&article.document, article.document.meta());
        let count = |term: &str| document.body().matches(term).count();
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
