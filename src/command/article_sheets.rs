//! The sheets of the lists about one article, and of the reader's own articles: hits, keywords,
//! differences of copies, what was read last, what is due.

use super::sheets::{DATE, END, FILE, START, TITLE, ends, sheet, shown};
use crate::library::concordance::{Concordance, HitPlace};
use crate::library::differences::PartKind;
use crate::library::sheet::{ColumnName, Sheet, SheetFormat};
use crate::session::term::KeywordScope;
use crate::session::{HitScope, Mode, Session, quote};
use crate::text::{Say, Span};

const TERM: ColumnName = ("term", ("词", "term"));

/// Returns the sheet of the hits in the article: with its paragraph, and the entries around it.
pub(super) fn hits(s: &Session, _: SheetFormat) -> Sheet {
    let columns: [&[ColumnName]; 2] = [
        &[
            ("where", ("位置", "where")),
            ("under", ("所在部分", "part")),
            TERM,
            ("before", ("前文", "before")),
            ("hit", ("结果", "hit")),
            ("after", ("后文", "after")),
        ],
        &[START, END],
    ];
    let (find, lang) = (&s.find, s.settings.lang);
    let name = match find.hits.scope {
        HitScope::Keyword(i) => find.keywords.get(i).map_or("", |k| k.label()),
        HitScope::All => find.query.as_ref().map_or_else(
            || lang.say(("全部关键词", "all keywords")),
            |query| query.typed(),
        ),
    };
    let about = format!("{name} {}", s.article.title());
    let kind = (Mode::Hits, ("查找结果", "Hits"));
    let mut sheet = sheet(s, kind, about.trim(), None, columns);
    let (document, outline) = (s.article.document(), &s.article.outline);
    let spans: Vec<Span> = find.hits.rows.iter().map(|(span, _)| span).collect();
    let mut lines = Concordance::default();
    lines.add(0, document.text(), &spans, &|_| HitPlace::default());
    let rows = find.hits.rows.iter().zip(&lines.hits);
    sheet.rows.extend(rows.map(|((span, keyword), hit)| {
        let keyword = keyword.and_then(|i| find.keywords.get(i));
        let term = keyword.map_or(name, |keyword| keyword.label());
        let mut row = vec![
            quote::cited(document, outline, span),
            quote::under(document, outline, span).join(" › "),
            term.to_owned(),
        ];
        row.extend(hit.parts().map(str::to_owned));
        row.extend(ends(Some(span)));
        row
    }));
    sheet
}

/// Returns the sheet of the keywords, with their hits in the article.
pub(super) fn keywords(s: &Session, _: SheetFormat) -> Sheet {
    let columns: [&[ColumnName]; 2] = [
        &[
            TERM,
            ("name", ("名称", "name")),
            ("scope", ("归属", "owner")),
        ],
        &[
            ("count", ("处", "hits")),
            ("paragraphs", ("段", "paragraphs")),
        ],
    ];
    let (lang, title) = (s.settings.lang, s.article.title());
    let kind = (Mode::Keywords, ("关键词", "Keywords"));
    let mut sheet = sheet(s, kind, title, None, columns);
    let document = s.article.document();
    let items = shown(s, Mode::Keywords, s.find.keywords.len());
    let rows = items
        .into_iter()
        .filter_map(|item| s.find.keywords.get(item));
    sheet.rows.extend(rows.map(|keyword| {
        let spans = keyword.matches.spans.iter();
        let mut blocks: Vec<usize> = spans
            .filter_map(|span| document.block_at(span.start))
            .filter(|block| document.paragraph_number(*block).is_some())
            .collect();
        blocks.dedup();
        let scope: Say = match keyword.scope {
            KeywordScope::Article => ("本文", "this article"),
            KeywordScope::Everywhere => ("各篇通用", "every article"),
        };
        vec![
            keyword.query.typed().to_owned(),
            keyword.name.clone().unwrap_or_default(),
            lang.say(scope).to_owned(),
            keyword.matches.in_body().to_string(),
            blocks.len().to_string(),
        ]
    }));
    sheet
}

/// Returns the sheet of the differences between two articles, a row a paragraph.
pub(super) fn differences(s: &Session, format: SheetFormat) -> Sheet {
    let page = &s.pages.library.differences;
    let columns: [&[ColumnName]; 2] = [
        &[
            ("kind", ("异同", "kind")),
            ("first", ("本文", "this article")),
            ("second", ("另一篇", "the other")),
        ],
        &[],
    ];
    let about = page.names.join(" | ");
    let kind = (Mode::Differences, ("比较", "Differences"));
    let mut sheet = sheet(s, kind, &about, None, columns);
    let rows = page
        .rows
        .iter()
        .filter(|row| row.is_first && row.folded == 0);
    let parts = rows.filter_map(|row| page.all.parts.get(row.part));
    sheet.rows.extend(parts.map(|part| {
        let (key, kind): (&str, Say) = match part.kind {
            PartKind::Same => ("same", ("相同", "same")),
            PartKind::First => ("first", ("只在本文", "only in this")),
            PartKind::Second => ("second", ("只在另一篇", "only in the other")),
            PartKind::Changed => ("changed", ("改动", "changed")),
        };
        let kind = if format == SheetFormat::Json {
            key
        } else {
            s.settings.lang.say(kind)
        };
        let [first, second] = part.texts();
        [kind, first, second].map(str::to_owned).to_vec()
    }));
    sheet
}

/// Returns the sheet of the articles that were read last.
pub(super) fn recent(s: &Session, _: SheetFormat) -> Sheet {
    let columns: [&[ColumnName]; 2] = [
        &[DATE, TITLE, FILE],
        &[("per_cent", ("读到（%）", "read (%)"))],
    ];
    let kind = (Mode::Recent, ("最近读过", "Recently read"));
    let mut sheet = sheet(s, kind, "", None, columns);
    let items = shown(s, Mode::Recent, s.pages.recent.len());
    let rows = items
        .into_iter()
        .filter_map(|item| s.pages.recent.get(item));
    sheet.rows.extend(rows.map(|article| {
        let day = s.memory.day(article.at);
        let (title, path) = (article.title.clone(), article.path().to_owned());
        vec![day, title, path, article.per_cent.to_string()]
    }));
    sheet
}

/// Returns the sheet of the articles with cards that are due.
pub(super) fn due(s: &Session, _: SheetFormat) -> Sheet {
    let columns: [&[ColumnName]; 2] = [
        &[("due", ("到期", "due since")), TITLE, FILE],
        &[("cards", ("条", "cards"))],
    ];
    let kind = (Mode::Due, ("该复习", "Due"));
    let mut sheet = sheet(s, kind, "", None, columns);
    let items = shown(s, Mode::Due, s.pages.due.articles.len());
    let rows = items
        .into_iter()
        .filter_map(|item| s.pages.due.articles.get(item));
    sheet.rows.extend(rows.map(|article| {
        let (title, path) = (article.title.clone(), article.path().to_owned());
        vec![article.day.clone(), title, path, article.cards.to_string()]
    }));
    sheet
}
