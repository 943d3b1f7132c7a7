//! The query and the filters of a command as one request, as the box of the shelf has it.

use crate::library::request::{Asked, FactFilter, QueryTerm};
use crate::library::{Day, LibraryQuery};
use crate::search::sound::Sound;
use crate::search::{How, Query};
use crate::shell::cli::options::{FilterOptions, RequestOptions};
use crate::shell::error::Error;
use crate::text::{Lang, Say};

/// Compiles the query and the filters, or says why it cannot be searched for.
pub(super) fn of(options: &RequestOptions, lang: Lang) -> Result<LibraryQuery, Error> {
    let refused = |why: Say| Error::Query(lang.say(why).to_owned());
    let faulty = |(zh, en): (String, String)| Error::Query(lang.say_owned(zh, en));
    let how = options.mode.how();
    let mut request = if how == How::Auto {
        LibraryQuery::parse(&options.query).map_err(faulty)?
    } else {
        let query = Query::compile(&options.query, how).map_err(faulty)?;
        let query = query.ok_or_else(|| refused(NOTHING))?;
        let term = QueryTerm {
            queries: vec![query],
            negated: false,
        };
        LibraryQuery {
            terms: vec![term],
            filters: Vec::new(),
        }
    };
    if how == How::Sound && Sound::new(options.query.trim()).is_none() {
        let short = ("拼音要三个以上的字母", "pinyin takes three letters or more");
        return Err(refused(short));
    }
    request.filters.extend(filters(&options.filters));
    if request.is_empty() {
        return Err(refused(NOTHING));
    }
    Ok(request)
}

const NOTHING: Say = ("没有要找的", "nothing to look for");

/// Returns the filters that the options name.
pub(super) fn filters(filters: &FilterOptions) -> Vec<FactFilter> {
    let query = |text: &Option<String>| text.as_deref().and_then(Query::new);
    let day = |text: &Option<String>| text.as_deref().and_then(Day::read);
    let asked = [
        day(&filters.since).map(Asked::Since),
        day(&filters.until).map(Asked::Until),
        query(&filters.source).map(Asked::Source),
        query(&filters.author).map(Asked::Author),
        filters
            .tag
            .as_deref()
            .map(|tag| Asked::Tag(tag.trim_start_matches('#').to_lowercase())),
    ];
    let filter = |asked| FactFilter {
        asked,
        negated: false,
    };
    asked.into_iter().flatten().map(filter).collect()
}
