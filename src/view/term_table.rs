//! The table of terms: over time a row for each term, with its numbers, its first use and a chart;
//! else a row for each bucket, with a number for each term.

use super::Role;
use super::braille::bars;
use super::columns::{left_cell, left_cell_styled, number_cell, number_cell_styled};
use super::paint::Painter;
use super::row::RowPainter;
use crate::command::pages;
use crate::command::shelf_hits::head_area;
use crate::command::table_layout::TableLayout;
use crate::command::term_table::{self, label};
use crate::library::division::BucketKey;
use crate::library::term_table::{TableBucket, TableCell, rate, rate_text};
use crate::session::term_table_page::{TableColumn, TablePopulation, TermTablePage};
use crate::session::{Mode, Session};
use std::ops::Range;

/// Characters of the chosen cell at the least.
const MIN_CHOSEN_CHARS: usize = 4;

/// Draws the table and what is above it.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let body = session.screen.body;
    let margin = term_table::margin(session);
    let columns = (
        body.x + margin,
        (body.x + body.width).saturating_sub(margin),
    );
    let page = &session.pages.library.table;
    let layout = TableLayout::of(page, term_table::room(session));
    let [has_head, has_headings, has_articles] = term_table::rows_above(session);
    let top = head_area(session);
    let is_typed_over = session.pages.prompt().is_some() && top == session.screen.crumbs;
    let has_head = has_head || top == session.screen.crumbs;
    if has_head && top.height > 0 && !is_typed_over {
        head(session, p.row(columns, top.y));
    }
    let area = term_table::area(session);
    let drawing = Drawing {
        session,
        page,
        layout,
    };
    if page.rows() == 0 {
        let text = if page.progress.is_some() || page.is_outdated {
            ("正在数…", "Counting…")
        } else {
            ("一处也没有", "No hits")
        };
        let text = p.own(session.settings.lang.say(text));
        if area.height > 0 {
            p.row(columns, area.y).left(&text, Role::Facts);
        }
        return;
    }
    let mut y = area
        .y
        .saturating_sub(u16::from(has_headings) + u16::from(has_articles));
    if has_headings {
        drawing.headings(p.row(columns, y));
        y += 1;
    }
    if has_articles {
        drawing.articles(p.row(columns, y));
    }
    for (y, item, is_chosen) in pages::shown(session, Mode::TermTable) {
        let row = p.row(columns, y).set_off(is_chosen, area.row(y)).blended();
        drawing.row(item, is_chosen, row);
    }
}

/// Draws what is counted, how, and since when the articles reach: as much as there is room for.
fn head(session: &Session, mut row: RowPainter<'_, '_>) {
    let lang = session.settings.lang;
    let page = &session.pages.library.table;
    let form = page.form.name(page.division, lang);
    let (name, form) = form.split_once(" · ").unwrap_or((&form, ""));
    let form = row.p.own(form).into_owned();
    let widths = row.p.widths;
    let cells = |text: &str| match widths.text(text) {
        0 => 0,
        cells => cells + 2,
    };
    let taken = cells(name) + cells(&page.asked.name);
    let behind = behind(session);
    // what the articles are goes before how they are counted, and both before when they begin
    let mut ways = [true, false].into_iter().flat_map(|has_form| {
        let texts = behind.iter().map(String::as_str);
        texts.map(move |text| (has_form, text))
    });
    let fits = |(has_form, text): &(bool, &str)| {
        let form = if *has_form { cells(&form) } else { 0 };
        taken + form + cells(text) <= row.room() + 2
    };
    let (has_form, behind) = ways.find(fits).unwrap_or_default();
    row.right(behind, Role::Facts);
    row.left(name, Role::Title);
    row.x += 2;
    row.left(&page.asked.name, Role::Notice);
    if has_form {
        row.x += 2;
        row.left(&form, Role::Facts);
    }
}

/// Returns the progress, or since when the articles reach: in many words and in few.
fn behind(session: &Session) -> Vec<String> {
    let lang = session.settings.lang;
    let page = &session.pages.library.table;
    if let Some((done, all)) = page.progress {
        let (zh, en) = (
            format!("已数 {done} / {all} 篇"),
            format!("counted {done} of {all}"),
        );
        return vec![lang.say_owned(zh, en)]
            .into_iter()
            .filter(|_| all > 0)
            .collect();
    }
    let reach = page.table.reach.line(lang);
    if page.is_outdated {
        let (zh, en) = (
            format!("{reach}，还有文章来"),
            format!("{reach}, more to come"),
        );
        return vec![lang.say_owned(zh, en), reach];
    }
    let short = page.table.reach.short_line(lang);
    let long = if is_of_some(session) {
        lang.say_owned(format!("所列 {reach}"), format!("listed: {reach}"))
    } else {
        lang.say_owned(format!("库内 {reach}"), format!("in the library: {reach}"))
    };
    vec![long, reach, short]
}

/// Returns whether a filter or the search chooses the articles.
fn is_of_some(session: &Session) -> bool {
    let (page, search) = (&session.pages.library.table, &session.shelf.search);
    match page.asked.population {
        TablePopulation::Library => false,
        TablePopulation::Listed => !search.typed.is_empty(),
        TablePopulation::Filtered => {
            !search.query.filters.is_empty() || !page.asked.excluded.terms.is_empty()
        }
    }
}

/// Draws rows of a table.
struct Drawing<'s> {
    session: &'s Session,
    page: &'s TermTablePage,
    layout: TableLayout,
}

impl Drawing<'_> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.session.settings.lang.say((zh, en))
    }

    /// Returns the columns of numbers that are on the screen.
    fn numbers(&self) -> Range<usize> {
        if self.layout.numbers == 0 {
            return self.page.column..self.page.column + 1;
        }
        let numbers = self.page.numbers();
        let end = self.page.left + usize::from(self.layout.numbers);
        self.page.left..end.min(numbers.end)
    }

    /// Returns whether columns are hidden before the numbers and behind them.
    fn is_cut(&self) -> [bool; 2] {
        let (page, shown) = (self.page, self.numbers());
        let all = if self.layout.numbers == 0 {
            0..page.last() + 1
        } else {
            page.numbers()
        };
        [shown.start > all.start, shown.end < all.end]
    }

    /// Returns the heading of a column.
    fn heading(&self, column: usize) -> String {
        let (page, table) = (self.page, &self.page.table);
        match page.kind(column) {
            TableColumn::Name if table.division.is_of_time() => {
                self.say("合计", "total").to_owned()
            }
            TableColumn::Name => self.say("各词", "all terms").to_owned(),
            TableColumn::Bucket(bucket) => {
                let bucket = table.buckets.get(bucket);
                bucket.map_or_else(String::new, |bucket| label(self.session, &bucket.key))
            }
            TableColumn::Term(term) => page.counts.terms.get(term).cloned().unwrap_or_default(),
            TableColumn::First => self.say("首见", "first").to_owned(),
        }
    }

    /// Draws the names of the columns.
    fn headings(&self, mut row: RowPainter<'_, '_>) {
        let (page, layout) = (self.page, self.layout);
        let role = |column: usize| {
            if column == page.column {
                Role::Crumb
            } else {
                Role::Crumbs
            }
        };
        let name = if page.table.division.is_of_time() {
            self.say("词", "term")
        } else {
            ""
        };
        let name_role = if self.has_total() {
            Role::Crumbs
        } else {
            role(0)
        };
        left_cell(&mut row, layout.name, name, name_role);
        let facts = [("篇", "art."), ("字", "chars")];
        for (cells, (zh, en)) in layout.facts.into_iter().zip(facts) {
            if cells == 12 {
                left_cell(&mut row, cells, self.say("日期", "date"), Role::Crumbs);
            } else {
                number_cell(&mut row, cells, self.say(zh, en), Role::Crumbs);
            }
        }
        number_cell(&mut row, layout.total, &self.heading(0), role(0));
        let [is_cut_before, is_cut_behind] = self.is_cut();
        for (at, column) in self.numbers().enumerate() {
            let mut heading = self.heading(column);
            if at == 0 && is_cut_before {
                heading.insert_str(0, row.p.sign("‹", "<"));
            }
            number_cell(&mut row, layout.number, &heading, role(column));
        }
        if is_cut_behind {
            let x = row.x;
            row.put(row.p.sign("›", ">"), Role::Crumbs);
            row.x = x;
        }
        if let Some(column) = page.apart().filter(|_| layout.apart > 0) {
            number_cell(&mut row, layout.apart, &self.heading(column), role(column));
        }
        if layout.first > 0 {
            row.x += 2;
            left_cell(
                &mut row,
                layout.first - 2,
                &self.heading(page.last()),
                role(page.last()),
            );
        }
        if layout.chart > 0 {
            row.x = (row.x + layout.chart + 1).min(row.end);
            row.left(self.say("最多", "peak"), Role::Crumbs);
        }
    }

    /// Draws the number of articles of each bucket.
    fn articles(&self, mut row: RowPainter<'_, '_>) {
        let (page, layout) = (self.page, self.layout);
        let text = |bucket: Option<&TableBucket>| match bucket.map_or(0, |bucket| bucket.articles) {
            0 => String::new(),
            count => count.to_string(),
        };
        let of_column = |column: usize| match page.kind(column) {
            TableColumn::Bucket(bucket) => text(page.table.buckets.get(bucket)),
            TableColumn::Name => page.table.reach.articles.to_string(),
            _ => String::new(),
        };
        left_cell(
            &mut row,
            layout.name,
            self.say("篇", "articles"),
            Role::EntryDim,
        );
        number_cell(&mut row, layout.total, &of_column(0), Role::EntryDim);
        for column in self.numbers() {
            number_cell(&mut row, layout.number, &of_column(column), Role::EntryDim);
        }
        if let Some(column) = page.apart().filter(|_| layout.apart > 0) {
            number_cell(&mut row, layout.apart, &of_column(column), Role::EntryDim);
        }
    }

    /// Returns whether the number of the first column is a cell by itself, and not in the name.
    fn has_total(&self) -> bool {
        self.layout.total > 0 || self.layout.numbers == 0
    }

    /// Draws a row of the table.
    fn row(&self, item: usize, is_chosen: bool, mut row: RowPainter<'_, '_>) {
        let (page, layout) = (self.page, self.layout);
        let table = &page.table;
        let (name, bucket) = if table.division.is_of_time() {
            (page.counts.terms.get(item).cloned(), None)
        } else {
            let bucket = table.buckets.get(item);
            (
                bucket.map(|bucket| label(self.session, &bucket.key)),
                bucket,
            )
        };
        // the chosen cell also keeps its colours in the chosen row
        let chosen = row.p.style(Role::MatchCurrent);
        let style = |column: usize, role: Role, row: &RowPainter<'_, '_>| {
            if is_chosen && column == page.column {
                chosen
            } else {
                row.style(role)
            }
        };
        let name = name.unwrap_or_default();
        let name_role = self.role_of_name(&name, bucket);
        let name_column = if self.has_total() { usize::MAX } else { 0 };
        let name_style = style(name_column, name_role, &row);
        left_cell_styled(&mut row, layout.name, &name, name_style);
        if let Some(bucket) = bucket {
            self.facts(bucket, &mut row);
        }
        let draw = |cells: u16, column: usize, row: &mut RowPainter<'_, '_>| {
            let text = self.number_at(item, column, row.p);
            let is_none = text.starts_with(['·', '.']);
            let role = if is_none { Role::EntryDim } else { Role::Text };
            let style = style(column, role, row);
            // a chosen cell is set off also where its number is short
            let is_cell = is_chosen && column == page.column;
            let text = if is_cell {
                format!("{text:>MIN_CHOSEN_CHARS$}")
            } else {
                text
            };
            number_cell_styled(row, cells, &text, style);
        };
        if layout.total > 0 {
            draw(layout.total, 0, &mut row);
        }
        for column in self.numbers() {
            draw(layout.number, column, &mut row);
        }
        if let Some(column) = page.apart().filter(|_| layout.apart > 0) {
            draw(layout.apart, column, &mut row);
        }
        if layout.first > 0 {
            row.x += 2;
            let text = self.first(item, row.p);
            let style = style(page.last(), Role::Text, &row);
            left_cell_styled(&mut row, layout.first - 2, &text, style);
        }
        self.chart(item, row);
    }

    /// Returns the role of the name of a bucket, or else of a term: a keyword has its colour.
    fn role_of_name(&self, name: &str, bucket: Option<&TableBucket>) -> Role {
        match bucket.map(|bucket| &bucket.key) {
            Some(BucketKey::Without) => return Role::EntryDim,
            Some(_) => return Role::Text,
            None => {}
        }
        let mut keywords = self.session.find.keywords.iter();
        let keyword = keywords.find(|keyword| keyword.on && keyword.label() == name);
        keyword.map_or(Role::Text, |keyword| Role::keyword(keyword.colour))
    }

    /// Draws the numbers of a bucket that is a row: articles and characters, or its date.
    fn facts(&self, bucket: &TableBucket, row: &mut RowPainter<'_, '_>) {
        let [first, second] = self.layout.facts;
        if let BucketKey::Article(index) = &bucket.key {
            let day = self.page.counts.article(*index as usize);
            let day = day.and_then(|entry| entry.day).map(|day| day.to_string());
            left_cell(row, first, &day.unwrap_or_default(), Role::Facts);
            return;
        }
        number_cell(row, first, &bucket.articles.to_string(), Role::Facts);
        number_cell(row, second, &bucket.chars.to_string(), Role::Facts);
    }

    /// Returns the number of a cell: a count or a rate; a dot for none, nothing for a bucket without
    /// articles.
    fn number_at(&self, row: usize, column: usize, p: &Painter<'_>) -> String {
        let (page, table) = (self.page, &self.page.table);
        if page.kind(column) == TableColumn::First {
            return self.first(row, p);
        }
        let (term, bucket) = page.place(row, column);
        let own = bucket.and_then(|bucket| table.buckets.get(bucket));
        if own.is_some_and(|bucket| bucket.articles == 0) {
            return String::new();
        }
        let hits: usize = match (term, bucket) {
            (Some(term), Some(bucket)) => table.cell(term, bucket).hits,
            (Some(term), None) => table.totals.get(term).map_or(0, |total| total.hits),
            (None, Some(bucket)) => {
                let terms = 0..page.counts.terms.len();
                terms.map(|term| table.cell(term, bucket).hits).sum()
            }
            (None, None) => 0,
        };
        let chars = own.map_or(table.reach.chars, |bucket| bucket.chars);
        match hits {
            0 => p.sign("·", ".").to_owned(),
            hits => self.text_of(hits, chars),
        }
    }

    /// Returns a count, or its rate.
    fn text_of(&self, hits: usize, chars: usize) -> String {
        if self.page.form.as_rates {
            rate_text(rate(hits, chars))
        } else {
            hits.to_string()
        }
    }

    /// Returns the date of a first use.
    fn first(&self, term: usize, p: &Painter<'_>) -> String {
        let first = self.page.table.first.get(term).copied().flatten();
        first.map_or_else(
            || p.sign("·", ".").to_owned(),
            |first| first.day.to_string(),
        )
    }

    /// Draws the chart of a term, and its highest number.
    fn chart(&self, term: usize, mut row: RowPainter<'_, '_>) {
        let (table, layout) = (&self.page.table, self.layout);
        if layout.chart <= 2 {
            return;
        }
        let as_rates = self.page.form.as_rates;
        let buckets = table.buckets.iter().take(table.in_order()).enumerate();
        let values: Vec<(TableCell, usize)> = buckets
            .map(|(at, bucket)| (table.cell(term, at), bucket.chars))
            .collect();
        let value = |some: &[(TableCell, usize)]| {
            let hits: usize = some.iter().map(|(cell, _)| cell.hits).sum();
            let chars: usize = some.iter().map(|(_, chars)| chars).sum();
            if as_rates {
                rate(hits, chars)
            } else {
                f64::from(u32::try_from(hits).unwrap_or(u32::MAX))
            }
        };
        row.x += 2;
        let end = row.x + layout.chart - 2;
        let chart = bars(&values, usize::from(layout.chart - 2), value);
        row.put(&chart, Role::Marker);
        row.x = end;
        let order = |(_, a): &(usize, f64), (_, b): &(usize, f64)| a.total_cmp(b);
        let numbered = values.iter().map(|cell| value(std::slice::from_ref(cell)));
        let peak = numbered.enumerate().rev().max_by(order);
        let Some((at, _)) = peak.filter(|(_, height)| *height > 0.0) else {
            return;
        };
        let (cell, chars) = values.get(at).copied().unwrap_or_default();
        let text = self.text_of(cell.hits, chars);
        let key = table
            .buckets
            .get(at)
            .map(|bucket| label(self.session, &bucket.key));
        row.x += 1;
        if let Some(key) = key.filter(|_| layout.peak > 6) {
            row.left(&key, Role::Facts);
            row.x += 1;
        }
        row.left(&text, Role::Text);
    }
}
