//! Decides the facts of the masthead over candidates.
//!
//! 1. Readers [offer](Facts::offer) what they find, each with its [`Place`]; [`values`] reads
//!    the form of a value, and refuses values that cannot be an author or a source.
//! 2. [`labels`] reads lines that state facts with a label, [`unlabelled_byline`] those that name
//!    an author without one.
//! 3. [`around`] reads the rows of facts under the title and behind the text that no byline is.
//! 4. [`Facts::settle`] writes the best candidate of each fact to the [`Meta`]: by its place,
//!    then by its order. A date that is more precise about the same day wins.
//!
//! Folds nothing: whoever offers a candidate folds its line.

pub(crate) mod around;
pub(crate) mod date_words;
pub(crate) mod labels;
pub(crate) mod names;
mod rows;
pub(crate) mod signed;
pub(crate) mod titles;
pub(crate) mod unlabelled_byline;
pub(crate) mod values;

pub(crate) use crate::document::FactOrigin as Place;

use crate::document::Meta;
use crate::format::{date, entities, prose};

/// The kind of fact that a candidate states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fact {
    Editor,
    Author,
    Source,
    Date,
    /// The date of the last change.
    Updated,
    Title,
    /// The publisher on the site: one of its people, or the house that wrote the text.
    Publisher,
    /// A counter or a tool of the page.
    Other,
}

/// A value that may be a fact of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    fact: Fact,
    place: Place,
    value: String,
}

/// The candidates found so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    candidates: Vec<Candidate>,
}

impl Facts {
    /// Adds a candidate. An empty source says that the site is not the source.
    pub(crate) fn offer(&mut self, fact: Fact, place: Place, value: &str) {
        let value = prose::one_line(&entities::decoded(value));
        let fact = match fact {
            Fact::Publisher if values::is_house(&value) => Fact::Source,
            Fact::Publisher => return,
            fact => fact,
        };
        let value = match fact {
            Fact::Author if place > Place::Head && values::is_no_author(&value) => None,
            Fact::Author if place >= Place::Data => values::page_author(&value),
            Fact::Author if place == Place::Head => Some(values::head_author(&value).to_owned()),
            Fact::Author if place == Place::Line => Some(values::author(&value)),
            Fact::Source if !value.is_empty() => values::source(&value),
            _ => Some(value),
        };
        let Some(value) = value else { return };
        if !value.is_empty() || fact == Fact::Source {
            self.candidates.push(Candidate { fact, place, value });
        }
    }

    /// Forgets the candidates of a fact: they are of one article among several.
    pub(crate) fn withdraw(&mut self, fact: Fact) {
        self.candidates.retain(|c| c.fact != fact);
    }

    /// Returns whether a fact has a candidate.
    pub(crate) fn has(&self, fact: Fact) -> bool {
        self.candidates.iter().any(|c| c.fact == fact)
    }

    /// Returns whether a name is one of the authors or sources found so far.
    pub(crate) fn names(&self, name: &str) -> bool {
        let key = prose::key(name);
        let mut named = self.candidates.iter();
        named.any(|c| matches!(c.fact, Fact::Author | Fact::Source) && prose::key(&c.value) == key)
    }

    /// Writes the best candidates and their places to the facts of the document. A fact without one
    /// stays.
    pub(crate) fn settle(&self, meta: &mut Meta) {
        let origins = &mut meta.origins;
        if let Some(author) = self.author() {
            meta.author = Some(author.value.clone());
            origins.author = Some(author.place);
        }
        if let Some(source) = self.source() {
            meta.source = Some(source.value.clone()).filter(|s| !s.is_empty());
            origins.source = Some(source.place);
        }
        if let Some(editor) = self.best(Fact::Editor) {
            meta.editor = Some(editor.value.clone());
            origins.editor = Some(editor.place);
        }
        if let Some((date, candidate)) = self.date() {
            origins.date = Some(candidate.place);
            date::set(meta, date, &candidate.value);
        }
    }

    /// Returns the candidates of a fact, the most trusted first.
    fn of(&self, fact: Fact) -> Vec<&Candidate> {
        let mut found: Vec<&Candidate> =
            self.candidates.iter().filter(|c| c.fact == fact).collect();
        found.sort_by_key(|c| c.place);
        found
    }

    fn best(&self, fact: Fact) -> Option<&Candidate> {
        self.of(fact).first().copied()
    }

    /// Returns the author. A name that only the page's head gives is left out where it is the source
    /// too.
    fn author(&self) -> Option<&Candidate> {
        let is_source = |name: &str| {
            let same = |c: &&Candidate| prose::key(&c.value) == prose::key(name);
            self.of(Fact::Source).iter().any(same)
        };
        let authors = self.of(Fact::Author);
        let mut named = authors.iter().filter(|c| {
            let stated = c.place < Place::Data;
            stated || !values::is_house(&c.value) && !is_source(&c.value)
        });
        named.next().copied()
    }

    /// Returns the source: a name before an address. For want of one, a house that is given
    /// as the author of the page.
    fn source(&self) -> Option<&Candidate> {
        let sources = self.of(Fact::Source);
        let is_name = |c: &&&Candidate| !values::is_address(&c.value) && c.place < Place::Site;
        let named = sources.iter().find(is_name);
        let best = named.or(sources.first()).copied();
        let house = || {
            let authors = self.of(Fact::Author);
            let mut houses = authors.into_iter().filter(|c| c.place >= Place::Data);
            houses.find(|c| values::is_house(&c.value))
        };
        best.or_else(house)
    }

    /// Returns the date, and the candidate that states it.
    fn date(&self) -> Option<(String, &Candidate)> {
        let mut dates = self.of(Fact::Date);
        dates.extend(self.of(Fact::Updated));
        let first = dates.first()?;
        // a date of the head that cannot be read stays as it is written
        if first.place == Place::Head && date::stated(&first.value).is_none() {
            return Some((first.value.clone(), first));
        }
        let read = dates.iter().map(|c| (date::read(&c.value), *c));
        let mut known = read.filter_map(|(date, stated)| Some((date?, stated)));
        let Some((best, stated)) = known.next() else {
            // any day with its year goes before one without
            let mut days = dates.iter().map(|c| (date::stated(&c.value), *c));
            return days.find_map(|(date, stated)| Some((date?, stated)));
        };
        let finer = known.find(|(date, _)| date.starts_with(&best) && *date != best);
        Some(finer.unwrap_or((best, stated)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Candidates, and the value that wins.
    fn settled(offers: &[(Fact, Place, &str)]) -> Meta {
        let (mut facts, mut meta) = (Facts::default(), Meta::default());
        for (fact, place, value) in offers {
            facts.offer(*fact, *place, value);
        }
        facts.settle(&mut meta);
        meta
    }

    #[test]
    fn what_people_read_comes_before_what_machines_read() {
        let meta = settled(&[
            (Fact::Author, Place::Page, "江城网"),
            (Fact::Source, Place::Site, "江城网"),
            (Fact::Author, Place::Line, "林深"),
            (Fact::Source, Place::Line, "江城日报"),
            (Fact::Date, Place::Page, "2020-02-02 08:00"),
            (Fact::Date, Place::Line, "2019-03-05"),
        ]);
        assert_eq!(meta.author.as_deref(), Some("林深"));
        assert_eq!(meta.source.as_deref(), Some("江城日报"));
        assert_eq!(meta.date.as_deref(), Some("2019-03-05"));
    }

    #[test]
    fn dates_of_one_day_complete_each_other() {
        let date = |offers: &[(Fact, Place, &str)]| settled(offers).date.unwrap_or_default();
        let day = (Fact::Date, Place::Line, "2019年3月5日");
        let finer = (Fact::Date, Place::Page, "2019-03-05T10:20:00+08:00");
        assert_eq!(date(&[finer, day]), "2019-03-05 10:20");
        let updated = (Fact::Updated, Place::Line, "2019-04-01 09:00");
        assert_eq!(date(&[updated, day]), "2019-03-05");
        assert_eq!(date(&[updated]), "2019-04-01 09:00");
        assert_eq!(date(&[(Fact::Date, Place::Head, "前天"), day]), "前天");
        let yearless = (Fact::Date, Place::Line, "03-05 10:20");
        let page = (Fact::Date, Place::Page, "2019-03-05");
        assert_eq!(date(&[yearless]), "--03-05");
        assert_eq!(date(&[yearless, page]), "2019-03-05");
    }

    #[test]
    fn a_house_is_the_source_and_no_author() {
        for house in ["江城日报", "江城新闻网", "EXAMPLE.NET"] {
            let meta = settled(&[(Fact::Author, Place::Page, house)]);
            assert_eq!(meta.author, None, "{house}");
            assert_eq!(meta.source.as_deref(), Some(house));
        }
        let meta = settled(&[
            (Fact::Author, Place::Page, "江城来信"),
            (Fact::Source, Place::Page, "江城来信"),
        ]);
        assert_eq!(meta.author, None);
        let meta = settled(&[(Fact::Author, Place::Head, "江城日报")]);
        assert_eq!(meta.author.as_deref(), Some("江城日报"));
    }

    #[test]
    fn entities_in_names_are_read() {
        for place in [Place::Head, Place::Line, Place::Page] {
            let meta = settled(&[
                (Fact::Author, place, "李雷&#38;韩梅梅"),
                (Fact::Source, place, "江城&ldquo;晚报&rdquo;"),
            ]);
            assert_eq!(meta.author.as_deref(), Some("李雷&韩梅梅"), "{place:?}");
            assert_eq!(meta.source.as_deref(), Some("江城“晚报”"), "{place:?}");
        }
    }

    #[test]
    fn a_name_comes_before_an_address() {
        let meta = settled(&[
            (Fact::Source, Place::Head, "https://a.example/1"),
            (Fact::Source, Place::Line, "江城日报"),
        ]);
        assert_eq!(meta.source.as_deref(), Some("江城日报"));
        // 转载自 without a name: not the site
        let meta = settled(&[
            (Fact::Source, Place::Line, ""),
            (Fact::Source, Place::Site, "江城网"),
        ]);
        assert_eq!(meta.source, None);
    }
}
