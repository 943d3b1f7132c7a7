//! A table of terms as rows of texts, to be printed and exported.
//!
//! Terms are rows where the buckets follow each other in time, with their first uses behind them;
//! else they are columns, and their first uses the last row. Numbers are plain, so that another
//! program can calculate with them.

use super::LibraryEntry;
use super::count::TermCounts;
use super::division::{BucketKey, Division};
use super::sheet::{ColumnName, Sheet};
use super::term_table::{TableCell, TableReach, TermTable, rate};
use crate::text::lang::counted;
use crate::text::{Lang, Say};

/// The way in which a table is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableForm {
    /// Hits per 万字 instead of their number.
    pub as_rates: bool,
    /// Every copy was counted, not the earliest alone.
    pub with_copies: bool,
}

impl TableForm {
    /// Returns the name of a table in this form: what is counted, and how.
    ///
    /// ```
    /// use jingdu::library::{division::Division, term_sheet::TableForm};
    /// use jingdu::text::Lang;
    /// let form = TableForm { as_rates: true, with_copies: false };
    /// assert_eq!(form.name(Division::Year, Lang::Zh), "年表 · 每万字 · 同文计一次");
    /// ```
    pub fn name(self, division: Division, lang: Lang) -> String {
        let unit = if self.as_rates {
            ("每万字", "per 10,000 characters")
        } else {
            ("次数", "hits")
        };
        let copies = if self.with_copies {
            ("同文各计", "copies counted")
        } else {
            ("同文计一次", "copies counted once")
        };
        let parts = [division.name(), unit, copies].map(|part| lang.say(part));
        parts.join(" · ")
    }

    /// Returns the number of a cell, of so many characters.
    fn number(self, cell: TableCell, chars: usize) -> String {
        if !self.as_rates {
            return cell.hits.to_string();
        }
        rate_number(cell.hits, chars)
    }
}

impl TableReach {
    /// Describes the articles: the earliest date, their number, those without a date.
    ///
    /// ```
    /// use jingdu::library::{Day, term_table::TableReach};
    /// use jingdu::text::Lang;
    /// let reach = TableReach { since: Day::read("2019-05"), articles: 12, undated: 2, ..Default::default() };
    /// assert_eq!(reach.line(Lang::Zh), "2019-05 起，12 篇，无日期 2 篇");
    /// assert_eq!(reach.line(Lang::En), "12 articles since 2019-05, 2 undated");
    /// ```
    pub fn line(&self, lang: Lang) -> String {
        let since = self.since.map(|day| day.to_string());
        let (articles, undated) = (self.articles, self.undated);
        let of = match (since, lang) {
            (Some(since), Lang::Zh) => format!("{since} 起，{articles} 篇"),
            (Some(since), Lang::En) => format!("{} since {since}", counted(&articles, "article")),
            (None, Lang::Zh) => format!("{articles} 篇"),
            (None, Lang::En) => counted(&articles, "article"),
        };
        let apart = match (undated, lang) {
            (0, _) => String::new(),
            (_, Lang::Zh) => format!("，无日期 {undated} 篇"),
            (_, Lang::En) => format!(", {undated} undated"),
        };
        of + &apart + &self.left_out_line(lang)
    }

    /// Returns the same in few words.
    pub fn short_line(&self, lang: Lang) -> String {
        let since = self.since.map(|day| day.of_year().to_string());
        let (articles, undated) = (self.articles, self.undated);
        let of = match (since, lang) {
            (Some(since), Lang::Zh) => format!("{since} 起 {articles} 篇"),
            (Some(since), Lang::En) => format!("{articles} since {since}"),
            (None, Lang::Zh) => format!("{articles} 篇"),
            (None, Lang::En) => articles.to_string(),
        };
        let apart = match (undated, lang) {
            (0, _) => String::new(),
            (_, Lang::Zh) => format!("，无日期 {undated}"),
            (_, Lang::En) => format!(", {undated} undated"),
        };
        of + &apart + &self.left_out_line(lang)
    }

    fn left_out_line(&self, lang: Lang) -> String {
        match (self.left_out, lang) {
            (0, _) => String::new(),
            (long, Lang::Zh) => format!("，{long} 篇太长没数"),
            (long, Lang::En) => format!(", {long} too long to count"),
        }
    }
}

/// The columns of [`TermTable::cells`] that hold texts.
const CELL_TEXTS: &[ColumnName] = &[
    ("term", ("词", "term")),
    ("by", ("分法", "by")),
    ("key", ("格", "key")),
    ("first", ("首见", "first")),
];
/// Those that hold numbers.
const CELL_NUMBERS: &[ColumnName] = &[
    ("count", ("次数", "hits")),
    ("articles", ("篇数", "articles")),
    ("rate", ("每万字", "per 10,000 characters")),
];

impl TermTable {
    /// Writes the table down: these of its rows, in rising order, or all. Only all have sums.
    pub fn sheet(
        &self,
        counts: &TermCounts,
        form: TableForm,
        rows: Option<&[usize]>,
        lang: Lang,
    ) -> Sheet {
        let name = form.name(self.division, lang);
        let mut sheet = Sheet {
            caption: format!("{name} · {}", self.reach.line(lang)),
            name: lang.say(self.division.name()).to_owned(),
            ..Sheet::default()
        };
        let writer = Writer {
            counts,
            table: self,
            form,
            lang,
        };
        if self.division.is_of_time() {
            writer.by_terms(rows, &mut sheet);
        } else {
            writer.by_buckets(rows, &mut sheet);
        }
        sheet
    }

    /// Writes the cells of these rows down, a row each, in a form that does not depend on the
    /// language.
    pub fn cells(&self, counts: &TermCounts, rows: Option<&[usize]>) -> Sheet {
        let name = self.division.key();
        let mut sheet = Sheet::of(name, CELL_TEXTS, CELL_NUMBERS, Lang::En);
        let is_of_time = self.division.is_of_time();
        for (term, name) in counts.terms.iter().enumerate() {
            let first = self.first.get(term).copied().flatten();
            let first = first.map_or_else(String::new, |first| first.day.to_string());
            for (at, bucket) in self.buckets.iter().enumerate() {
                if !is_shown(rows, if is_of_time { term } else { at }) {
                    continue;
                }
                let cell = self.cell(term, at);
                let key = match &bucket.key {
                    BucketKey::Period(day) => day.to_string(),
                    BucketKey::Name(name) => name.clone(),
                    BucketKey::Article(index) => {
                        let entry = counts.article(*index as usize);
                        entry.map_or_else(String::new, LibraryEntry::file)
                    }
                    BucketKey::Without => String::new(),
                };
                sheet.rows.push(vec![
                    name.clone(),
                    self.division.key().to_owned(),
                    key,
                    first.clone(),
                    cell.hits.to_string(),
                    cell.articles.to_string(),
                    rate_number(cell.hits, bucket.chars),
                ]);
            }
        }
        sheet
    }
}

fn is_shown(rows: Option<&[usize]>, row: usize) -> bool {
    rows.is_none_or(|rows| rows.binary_search(&row).is_ok())
}

/// Returns a rate in so many digits that the hits can be told from it.
fn rate_number(hits: usize, chars: usize) -> String {
    let text = format!("{:.4}", rate(hits, chars));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Writes rows.
struct Writer<'a> {
    counts: &'a TermCounts,
    table: &'a TermTable,
    form: TableForm,
    lang: Lang,
}

impl Writer<'_> {
    fn say(&self, pair: Say) -> String {
        self.lang.say(pair).to_owned()
    }

    /// Writes a row for each term, below one with the number of articles.
    fn by_terms(&self, rows: Option<&[usize]>, sheet: &mut Sheet) {
        let table = self.table;
        sheet.column("term", self.lang.say(("词", "term")), false);
        sheet.column("total", self.lang.say(("合计", "total")), true);
        for bucket in &table.buckets {
            let label = self.label(&bucket.key);
            sheet.column(&label, &label, true);
        }
        sheet.column("first", self.lang.say(("首见", "first")), false);
        sheet.column(
            "first_article",
            self.lang.say(("首见篇目", "first article")),
            false,
        );
        sheet.column(
            "articles_before",
            self.lang.say(("此前篇数", "articles before")),
            true,
        );
        let articles = table.buckets.iter().map(|bucket| bucket.articles);
        let mut row = vec![
            self.say(("篇数", "articles")),
            table.reach.articles.to_string(),
        ];
        row.extend(articles.map(|n| n.to_string()));
        row.extend([String::new(), String::new(), String::new()]);
        sheet.rows.push(row);
        let terms = self.counts.terms.iter().enumerate();
        for (term, name) in terms.filter(|(term, _)| is_shown(rows, *term)) {
            let total = table.totals.get(term).copied().unwrap_or_default();
            let mut row = vec![name.clone(), self.form.number(total, table.reach.chars)];
            for (at, bucket) in table.buckets.iter().enumerate() {
                row.push(self.form.number(table.cell(term, at), bucket.chars));
            }
            let first = table.first.get(term).copied().flatten();
            let title = first.and_then(|first| self.counts.article(first.article));
            row.push(first.map_or_else(String::new, |first| first.day.to_string()));
            row.push(title.map_or_else(String::new, |entry| entry.title.clone()));
            row.push(first.map_or_else(String::new, |first| first.before.to_string()));
            sheet.rows.push(row);
        }
    }

    /// Writes a row for each bucket, then one with the sums and one with the first uses.
    fn by_buckets(&self, rows: Option<&[usize]>, sheet: &mut Sheet) {
        let (table, counts) = (self.table, self.counts);
        let is_by_article = table.division == Division::Article;
        if is_by_article {
            sheet.column("date", self.lang.say(("日期", "date")), false);
            sheet.column("title", self.lang.say(("标题", "title")), false);
        } else {
            let (zh, en) = table.division.name();
            let name = (zh.trim_end_matches('表'), en.trim_start_matches("By "));
            let key = table.division.key();
            sheet.column(key, self.lang.say(name), false);
            sheet.column("articles", self.lang.say(("篇数", "articles")), true);
        }
        sheet.column("characters", self.lang.say(("字数", "characters")), true);
        for name in &counts.terms {
            sheet.column(name, name, true);
        }
        let buckets = table.buckets.iter().enumerate();
        for (at, bucket) in buckets.filter(|(at, _)| is_shown(rows, *at)) {
            let label = self.label(&bucket.key);
            let mut row = if let BucketKey::Article(index) = &bucket.key {
                let day = counts.article(*index as usize).and_then(|entry| entry.day);
                vec![day.map_or_else(String::new, |day| day.to_string()), label]
            } else {
                vec![label, bucket.articles.to_string()]
            };
            row.push(bucket.chars.to_string());
            let cells = (0..counts.terms.len()).map(|term| table.cell(term, at));
            row.extend(cells.map(|cell| self.form.number(cell, bucket.chars)));
            sheet.rows.push(row);
        }
        if rows.is_some() {
            return;
        }
        let reach = &table.reach;
        let articles = reach.articles.to_string();
        let mut sums = vec![
            self.say(("合计", "total")),
            articles,
            reach.chars.to_string(),
        ];
        let totals = table.totals.iter();
        sums.extend(totals.map(|total| self.form.number(*total, reach.chars)));
        sheet.rows.push(sums);
        let mut first = vec![self.say(("首见", "first")), String::new(), String::new()];
        let days = table
            .first
            .iter()
            .map(|first| first.map(|f| f.day.to_string()));
        first.extend(days.map(Option::unwrap_or_default));
        sheet.rows.push(first);
    }

    /// Returns the name of a bucket.
    fn label(&self, key: &BucketKey) -> String {
        match key {
            BucketKey::Period(day) => day.to_string(),
            BucketKey::Name(name) => name.clone(),
            BucketKey::Article(index) => {
                let entry = self.counts.article(*index as usize);
                entry.map_or_else(String::new, |entry| entry.title.clone())
            }
            BucketKey::Without => self.say(self.table.division.without()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::count::{CountedTerm, TermCounter};
    use crate::library::{Day, LibraryEntry};
    use std::sync::Arc;

    fn sheet(division: Division, as_rates: bool) -> Sheet {
        let terms = ["灯笼", "渡口"].map(|typed| CountedTerm::parse(typed).unwrap().unwrap());
        let mut counter = TermCounter::new(&terms);
        for (date, text) in [("2019-05-01", "灯笼、灯笼"), ("2021", "渡口"), ("", "灯笼")]
        {
            let entry = LibraryEntry {
                title: format!("论{text}"),
                day: Day::read(date),
                length: 300,
                ..LibraryEntry::default()
            };
            counter.add(Arc::new(entry), text, &|_| true);
        }
        let counts = counter.finish();
        let form = TableForm {
            as_rates,
            ..TableForm::default()
        };
        TermTable::of(&counts, division).sheet(&counts, form, None, Lang::Zh)
    }

    fn rows(sheet: &Sheet) -> Vec<String> {
        let rows = sheet.rows.iter();
        rows.map(|row| row.join("|")).collect()
    }

    fn headings(sheet: &Sheet) -> String {
        let columns = sheet.columns.iter();
        let headings = columns.map(|column| column.heading.as_str());
        headings.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_is_left_out_and_undated_is_said_in_few_words_too() {
        let reach = TableReach {
            since: Day::read("2014-02-04"),
            articles: 300,
            undated: 9,
            left_out: 1,
            chars: 0,
        };
        assert_eq!(
            reach.line(Lang::Zh),
            "2014-02-04 起，300 篇，无日期 9 篇，1 篇太长没数"
        );
        assert_eq!(
            reach.short_line(Lang::Zh),
            "2014 起 300 篇，无日期 9，1 篇太长没数"
        );
        let short = "300 since 2014, 9 undated, 1 too long to count";
        assert_eq!(reach.short_line(Lang::En), short);
    }

    #[test]
    fn terms_are_rows_over_time_and_columns_else() {
        let by_year = sheet(Division::Year, false);
        assert_eq!(
            by_year.caption,
            "年表 · 次数 · 同文计一次 · 2019-05-01 起，3 篇，无日期 1 篇"
        );
        let over_time = "词|合计|2019|2020|2021|无日期|首见|首见篇目|此前篇数";
        assert_eq!(headings(&by_year), over_time);
        assert_eq!(
            rows(&by_year),
            [
                "篇数|3|1|0|1|1|||",
                "灯笼|3|2|0|0|1|2019-05-01|论灯笼、灯笼|0",
                "渡口|1|0|0|1|0|2021|论渡口|1"
            ]
        );
        let by_source = sheet(Division::Source, true);
        assert_eq!(headings(&by_source), "来源|篇数|字数|灯笼|渡口");
        assert_eq!(
            rows(&by_source),
            [
                "无来源|3|900|33.3333|11.1111",
                "合计|3|900|33.3333|11.1111",
                "首见|||2019-05-01|2021"
            ]
        );
        let by_article = sheet(Division::Article, false);
        assert_eq!(headings(&by_article), "日期|标题|字数|灯笼|渡口");
        assert_eq!(rows(&by_article)[0], "2019-05-01|论灯笼、灯笼|300|2|0");
    }
}
