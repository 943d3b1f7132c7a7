//! The table of terms: opening it, choosing a cell, and the hits behind each.

use super::entry::{Command, READING, When, asking, command};
use super::list;
use super::table_layout::TableLayout;
use crate::library::LibraryQuery;
use crate::library::count::CountedTerm;
use crate::library::division::{BucketKey, DIVISIONS, Division};
use crate::library::request::QueryTerm;
use crate::library::term_sheet::TableForm;
use crate::library::term_table::{rate, rate_text};
use crate::search::Query;
use crate::session::library_pages::HitSubject;
use crate::session::term_table_page::{
    CountAsk, TableColumn, TablePopulation, TableSubject, TermTablePage,
};
use crate::session::{Area, Effect, Mode, Session};
use crate::text::Span;
use crate::text::lang::counted;

pub(crate) const COMMANDS: &[&[Command]] = &[
    &READING.section([asking("term-table", "g t", open_or_return)
        .zh("年表：各词在书架或文库里每年出现多少次，何时首见；先是查找的词，再是关键词；还可按月、来源、作者、文章。")
        .en("Table of terms: How often each term comes up year by year in the shelf or the library, and when first: the words that \
             are searched for, then the keywords; also by month, source, author, article.")]),
    &When::On(&[Mode::Shelf]).section([asking("shelf-term-table", "g t", open)
        .zh("书架的年表：各词每年在这些文章里出现多少次，何时首见；先是查找的词，再是关键词。")
        .en("Table of the shelf: How often each term comes up year by year in these articles: the words that are searched for, then the keywords.")]),
    &When::On(&[Mode::TermTable]).section([
        asking("table-open", "enter", go)
            .zh("看这些句子：列出这一格里的每一处；在词上是它的全部，在首见上打开那一篇。")
            .en("Open the cell: List the hits of this cell; on a term all of its hits; on a first use, open the article there."),
        command("table-right", "l, right", |s, n| step(s, n, true))
            .zh("右一列：选右边一列；前面可加数字。")
            .en("Column to the right: Choose the column to the right; takes a count."),
        command("table-left", "h, left", |s, n| step(s, n, false))
            .zh("左一列：选左边一列；前面可加数字。")
            .en("Column to the left: Choose the column to the left; takes a count."),
        command("table-first", "0", |s, _| page(s).choose_first())
            .zh("首列：选最左一列。")
            .en("First column: Choose the leftmost column."),
        command("table-last", "$", |s, _| page(s).column = page(s).last())
            .zh("末列：选最右一列。")
            .en("Last column: Choose the rightmost column."),
        command("table-division", "s", |s, n| next_division(s, n, true))
            .zh("换分法：按年、月、来源、作者、文章分。")
            .en("Next division: By year, month, source, author, article."),
        command("table-division-back", "S", |s, n| next_division(s, n, false))
            .zh("换回分法：前一种分法。")
            .en("Previous division: The division before."),
        command("table-rate", "%", |s, _| {
            let form = &mut page(s).form;
            form.as_rates = !form.as_rates;
        })
        .zh("每万字或次数：看每万字几次，或者一共几次。")
        .en("Rate or count: Show hits per 10,000 characters, or their number."),
        command("table-copies", "c", |s, _| {
            let form = &mut page(s).form;
            form.with_copies = !form.with_copies;
            count(s);
        })
        .zh("同文的次数：同文各算各的，或只算一次：最早有这个词的那一篇。")
        .en("Copies in the table: Count copies as well, or of each term the earliest alone that has it."),
        command("table-again", "R", |s, _| count(s))
            .zh("重数：按文章现在的样子重新数。")
            .en("Count again: Count in the articles as they are now."),
        command("table-close", "g t", list::close)
            .zh("离开年表：关上年表。")
            .en("Leave the table: Close the table."),
    ]),
];

/// Returns the cells beside the margins of the page.
pub(crate) fn room(s: &Session) -> u16 {
    let width = s.screen.body.width;
    width.saturating_sub(2 * margin(s))
}

/// Returns the cells at each side of the page.
pub(crate) fn margin(s: &Session) -> u16 {
    u16::from(s.screen.body.width > 24)
}

/// Returns the rows above those of the table on the body: the caption where there is no row of
/// its own, the headings, and the numbers of articles.
pub(crate) fn rows_above(s: &Session) -> [bool; 3] {
    let body = s.screen.body;
    let has_articles = s.pages.library.table.table.division.is_of_time() && body.height > 8;
    [
        s.screen.header.width == 0 && body.height > 2,
        body.height > 1,
        has_articles,
    ]
}

/// Returns the rows of the table.
pub(crate) fn area(s: &Session) -> Area {
    let above = rows_above(s).into_iter().filter(|has| *has).count();
    s.screen.body.below(above as u16)
}

/// Returns the texts of the rows for their filter.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let page = &s.pages.library.table;
    if page.table.division.is_of_time() {
        return page.counts.terms.clone();
    }
    let buckets = page.table.buckets.iter();
    buckets.map(|bucket| label(s, &bucket.key)).collect()
}

/// Returns the name of a bucket.
pub(crate) fn label(s: &Session, key: &BucketKey) -> String {
    let page = &s.pages.library.table;
    match key {
        BucketKey::Period(day) => day.to_string(),
        BucketKey::Name(name) => name.clone(),
        BucketKey::Article(index) => {
            let entry = page.counts.article(*index as usize);
            entry.map_or_else(String::new, |entry| entry.title.clone())
        }
        BucketKey::Without => {
            let name = page.table.division.without();
            s.settings.lang.say(name).to_owned()
        }
    }
}

/// Returns the chosen cell in words: hits, articles and rate; of a first use, what is earlier.
pub(crate) fn aside(s: &Session) -> String {
    let (page, lang) = (&s.pages.library.table, s.settings.lang);
    let row = page.list.item();
    if page.progress.is_some() || row >= page.rows() {
        return String::new();
    }
    let table = &page.table;
    if page.kind(page.column) == TableColumn::First {
        let Some(first) = table.first.get(row).copied().flatten() else {
            return String::new();
        };
        let (since, before) = (table.reach.since, first.before);
        let since = since.map(|day| day.to_string()).unwrap_or_default();
        return lang.say_owned(
            format!("  首见 {}，此前 {before} 篇（自 {since} 起）", first.day),
            format!(
                "  first {}; {before} earlier articles, since {since}",
                first.day
            ),
        );
    }
    let (term, bucket) = page.place(row, page.column);
    let terms = term.map_or(0..page.counts.terms.len(), |term| term..term + 1);
    let own = bucket.and_then(|bucket| table.buckets.get(bucket));
    let chars = own.map_or(table.reach.chars, |bucket| bucket.chars);
    let hits: usize = terms
        .map(|term| match bucket {
            Some(bucket) => table.cell(term, bucket).hits,
            None => table.totals.get(term).map_or(0, |total| total.hits),
        })
        .sum();
    let articles = table.articles(&page.counts, term, bucket).len();
    let (all, rate) = (
        own.map_or(table.reach.articles, |bucket| bucket.articles),
        rate_text(rate(hits, chars)),
    );
    lang.say_owned(
        format!("  {hits} 处，{articles} / {all} 篇，每万字 {rate}"),
        format!(
            "  {} in {articles} of {}, {rate} per 10,000",
            counted(&hits, "hit"),
            counted(&all, "article")
        ),
    )
}

fn page(s: &mut Session) -> &mut TermTablePage {
    &mut s.pages.library.table
}

fn open_or_return(s: &mut Session, count: Option<usize>) -> Effect {
    if s.pages.returns_to(Mode::TermTable)
        && let Some(effect) = s.go_back()
    {
        return effect;
    }
    open(s, count)
}

fn open(s: &mut Session, _: Option<usize>) -> Effect {
    let asked = subject(s);
    if asked.terms.is_empty() {
        // keywords are added in the text alone
        s.say(if s.pages.base() == Mode::Shelf {
            ("先按 / 查找，再数", "Search with / first, then count")
        } else {
            (
                "先按 # 加关键词，或按 / 查找，再数",
                "Add keywords with # or search with / first, then count",
            )
        });
        return Effect::None;
    }
    let form = TableForm {
        with_copies: s.shelf.shows_copies,
        as_rates: false,
    };
    s.pages.open(Mode::TermTable);
    *page(s) = TermTablePage::of(asked, form);
    Effect::CountTerms
}

/// Returns what to count: what is searched for, then the keywords. Where there are keywords, the
/// search chooses the articles as well.
fn subject(s: &Session) -> TableSubject {
    let lang = s.settings.lang;
    let typed = &s.shelf.search.typed;
    let searched = searched(s);
    let mut terms = searched.terms.to_vec();
    for keyword in &s.find.keywords {
        let keyword = CountedTerm::of(keyword.label(), keyword.query.clone());
        if !terms.iter().any(|counted| counted.term == keyword.term) {
            terms.push(keyword);
        }
    }
    if s.find.keywords.is_empty() {
        return searched;
    }
    let mut name = lang.say(("关键词", "keywords")).to_owned();
    if !typed.is_empty() {
        name += &format!("  /{typed}");
    }
    TableSubject {
        name,
        terms: terms.into(),
        ..TableSubject::default()
    }
}

/// Returns the words that are searched for: in the text, or else on the shelf.
fn searched(s: &Session) -> TableSubject {
    let is_on_shelf = s.pages.base() == Mode::Shelf;
    if let Some(query) = s.find.query.as_ref().filter(|_| !is_on_shelf) {
        let terms = [CountedTerm::of(query.typed(), query.clone())];
        return TableSubject {
            name: format!("/{}", query.typed()),
            terms: terms.into(),
            population: TablePopulation::Filtered,
            ..TableSubject::default()
        };
    }
    let search = &s.shelf.search;
    let terms = search.query.terms.iter().cloned();
    let (excluded, terms): (Vec<QueryTerm>, Vec<QueryTerm>) = terms.partition(|term| term.negated);
    let named = |term: QueryTerm| {
        let names: Vec<&str> = term.queries.iter().map(Query::typed).collect();
        let name = names.join("|");
        CountedTerm { name, term }
    };
    TableSubject {
        name: format!("/{}", search.typed),
        terms: terms.into_iter().map(named).collect(),
        excluded: LibraryQuery {
            terms: excluded,
            filters: Vec::new(),
        },
        population: TablePopulation::Filtered,
    }
}

/// Counts the terms in the articles as they are now.
pub fn count(s: &mut Session) {
    let page = &s.pages.library.table;
    let articles = match page.asked.population {
        TablePopulation::Library => None,
        TablePopulation::Listed => Some(s.shelf.admitted(true)),
        TablePopulation::Filtered => Some(s.shelf.admitted(false)),
    };
    let ask = CountAsk {
        articles,
        terms: page.asked.terms.clone(),
        excluded: page.asked.excluded.clone(),
        with_copies: page.form.with_copies,
        division: page.division,
    };
    let is_of_shelf = page.asked.population != TablePopulation::Library;
    let is_complete = s.shelf.is_complete();
    s.pages.library.count_terms(ask);
    s.pages.library.table.is_outdated = is_of_shelf && !is_complete;
}

/// Marks the table as stale while the shelf changes, and counts again once it is complete and no
/// list lies over the table.
pub(crate) fn follow(s: &mut Session) {
    if !s.pages.is_open(Mode::TermTable) {
        return;
    }
    let is_complete = s.shelf.is_complete();
    let page = page(s);
    if page.asked.population == TablePopulation::Library {
        return;
    }
    page.is_outdated |= !is_complete;
    if is_complete && page.is_outdated && s.pages.mode() == Mode::TermTable {
        count(s);
    }
}

/// Keeps the chosen column on the screen.
pub(crate) fn follow_column(s: &mut Session) {
    if s.pages.mode() == Mode::TermTable {
        let room = room(s);
        let layout = TableLayout::of(page(s), room);
        page(s).begin(layout.total > 0 || layout.numbers == 0);
        // another cell may leave more room
        let layout = TableLayout::of(page(s), room);
        page(s).follow(usize::from(layout.numbers.max(1)));
    }
}

fn step(s: &mut Session, count: Option<usize>, forward: bool) {
    let steps = count.unwrap_or(1);
    let page = page(s);
    page.column = if forward {
        page.column.saturating_add(steps).min(page.last())
    } else {
        page.column.saturating_sub(steps)
    };
}

fn next_division(s: &mut Session, count: Option<usize>, forward: bool) {
    let page = page(s);
    let mut divisions = DIVISIONS.iter();
    let now = divisions.position(|(division, ..)| *division == page.division);
    let steps = count.unwrap_or(1) % DIVISIONS.len();
    let steps = if forward {
        steps
    } else {
        DIVISIONS.len() - steps
    };
    let next = (now.unwrap_or(0) + steps) % DIVISIONS.len();
    let next = DIVISIONS.get(next).map(|(division, ..)| *division);
    page.division = next.unwrap_or_default();
    s.pages.library.divide_table();
}

/// Opens the hits of the chosen cell, or the article of a first use.
fn go(s: &mut Session, _: Option<usize>) -> Effect {
    let table = &s.pages.library.table;
    let row = table.list.item();
    if table.progress.is_some() || row >= table.rows() {
        return Effect::None;
    }
    let opened = match table.kind(table.column) {
        TableColumn::First => {
            let first = table.table.first.get(row).copied().flatten();
            first.and_then(|first| opened(s, first.article, first.span, row))
        }
        TableColumn::Name if table.table.division == Division::Article => {
            let article = table.table.articles(&table.counts, None, Some(row)).pop();
            let found = table.counts.found().find(|f| Some(f.article) == article);
            found.and_then(|found| opened(s, found.article, found.first, found.term))
        }
        _ => list_hits(s, row),
    };
    opened.unwrap_or_else(|| {
        s.say(("这里一处也没有", "No hit here"));
        Effect::None
    })
}

/// Opens an article at a hit of a term.
fn opened(s: &mut Session, article: usize, span: Span, term: usize) -> Option<Effect> {
    let page = &s.pages.library.table;
    let path = page.counts.article(article)?.path.clone();
    let term = page.asked.terms.get(term).map(|counted| &counted.term);
    let query = term.and_then(|term| Query::any(&term.queries));
    s.leave_pages(query);
    Some(Effect::OpenAt(path, Some(span)))
}

/// Lists the hits of the chosen cell.
fn list_hits(s: &mut Session, row: usize) -> Option<Effect> {
    let page = &s.pages.library.table;
    let (term, bucket) = page.place(row, page.column);
    let found = page.table.articles(&page.counts, term, bucket);
    if found.is_empty() {
        return None;
    }
    let entries = found
        .iter()
        .filter_map(|index| page.counts.articles.get(*index));
    let terms = page.asked.terms.iter().enumerate();
    let terms: Vec<&CountedTerm> = terms
        .filter(|(index, _)| term.is_none_or(|term| term == *index))
        .map(|(_, counted)| counted)
        .collect();
    let names: Vec<&str> = terms.iter().map(|counted| counted.name.as_str()).collect();
    let mut name = names.join(" ");
    if let Some(bucket) = bucket.and_then(|bucket| page.table.buckets.get(bucket)) {
        name += &format!("  {}", label(s, &bucket.key));
    }
    let queries = terms
        .iter()
        .flat_map(|counted| counted.term.queries.clone());
    let query = LibraryQuery {
        terms: vec![QueryTerm {
            queries: queries.collect(),
            negated: false,
        }],
        filters: Vec::new(),
    };
    let subject = HitSubject::of(name, query, page.form.with_copies, entries.cloned());
    s.pages.open(Mode::ShelfHits);
    s.pages.library.list_hits_of(subject);
    Some(Effect::None)
}
