//! Chooses the article that stands for a group of copies: of those of the earliest day, the one
//! that looks least like a repost.

use super::copies::FingerprintedArticle;
use super::entry::{ArticleId, LibraryEntry};
use crate::text::fold::compared;
use std::cmp::Reverse;
use std::collections::HashMap;

/// The first article of its group for each copy.
pub type Copies = HashMap<ArticleId, ArticleId>;

/// Returns the groups of copies that have several articles of the earliest day, each with the
/// article that is listed for it first.
pub fn tied(copies: &Copies, articles: &[FingerprintedArticle]) -> Vec<Vec<ArticleId>> {
    let mut groups: HashMap<ArticleId, Vec<&FingerprintedArticle>> = HashMap::new();
    let firsts: HashMap<ArticleId, &FingerprintedArticle> = articles
        .iter()
        .map(|article| (article.id, article))
        .collect();
    for article in articles {
        if let Some(first) = copies.get(&article.id) {
            groups.entry(*first).or_default().push(article);
        }
    }
    let mut tied = Vec::new();
    for (id, members) in groups {
        let is_tied = |first: &&FingerprintedArticle| members.iter().any(|m| m.day == first.day);
        if let Some(first) = firsts.get(&id).copied().filter(is_tied) {
            let all = std::iter::once(first).chain(members);
            tied.push(all.map(|article| article.id).collect());
        }
    }
    tied
}

/// Returns the article that is listed for a group: of those of the earliest day one whose title most
/// others have, that has a source, that has most text; else the first by its path.
///
/// ```
/// use jingdu::library::{Day, LibraryEntry, original::original};
/// let entry = |id, title: &str, day, source: Option<&str>| LibraryEntry {
///     id,
///     title: title.into(),
///     day: Day::read(day),
///     source: source.map(Into::into),
///     ..LibraryEntry::default()
/// };
/// let group = [
///     entry(1, "转载：修渡口", "2019-05-01", None),
///     entry(2, "修渡口", "2019-05-01", Some("渡口日报")),
///     entry(3, "修渡口", "2019-05-04", Some("渡口晚报")),
/// ];
/// assert_eq!(original(&group), Some(2));
/// ```
pub fn original(group: &[LibraryEntry]) -> Option<ArticleId> {
    let day = |entry: &LibraryEntry| (entry.day.is_none(), entry.day);
    let earliest = group.iter().map(day).min()?;
    let title = |entry: &LibraryEntry| compared(&entry.title).collect::<String>();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for entry in group {
        *counts.entry(title(entry)).or_default() += 1;
    }
    let key = |entry: &&LibraryEntry| {
        let same_title = counts.get(&title(entry)).copied();
        let has_source = entry.source.is_some();
        let rank = (
            Reverse(same_title),
            Reverse(has_source),
            Reverse(entry.length),
        );
        (rank, entry.path.clone())
    };
    let of_that_day = group.iter().filter(|entry| day(entry) == earliest);
    of_that_day.min_by_key(key).map(|entry| entry.id)
}

/// Puts other articles at the head of their groups: `originals` has the new head for each present
/// one.
pub fn replace(copies: &mut Copies, originals: &Copies) {
    for first in copies.values_mut() {
        *first = originals.get(first).copied().unwrap_or(*first);
    }
    for (before, now) in originals.iter().filter(|(before, now)| before != now) {
        copies.remove(now);
        copies.insert(*before, *now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Day;
    use crate::library::copies::Fingerprint;

    fn entry(id: ArticleId, title: &str, day: &str, source: &str, length: usize) -> LibraryEntry {
        LibraryEntry {
            id,
            path: format!("{id}.md").into(),
            title: title.into(),
            day: Day::read(day),
            source: Some(source).filter(|s| !s.is_empty()).map(Into::into),
            length,
            ..LibraryEntry::default()
        }
    }

    #[test]
    fn the_original_is_the_one_that_looks_least_like_a_repost() {
        let whole = entry(1, "渡口", "2020-01-02", "江报", 900);
        let repost = entry(2, "转载：渡口", "2020-01-02", "", 950);
        let later = entry(3, "渡口", "2020-02-01", "江报", 990);
        let cut = entry(4, "渡口", "2020-01-02", "江报", 700);
        let same = entry(5, "渡口", "2020-01-02", "江报", 900);
        let traditional = entry(6, "渡口記", "2020-02-01", "", 900);
        let simplified = entry(7, "渡口记", "2020-01-02", "", 100);
        for (group, wanted) in [
            (vec![&repost, &whole], 1),
            (vec![&repost, &whole, &later], 1),
            (vec![&cut, &later, &same], 5),
            (vec![&same, &whole], 1),
            (vec![&later, &repost], 2),
            (vec![&repost, &simplified, &traditional], 7),
        ] {
            let group: Vec<LibraryEntry> = group.into_iter().cloned().collect();
            assert_eq!(original(&group), Some(wanted), "{group:?}");
        }
        assert_eq!(original(&[]), None);
    }

    #[test]
    fn groups_with_several_of_the_earliest_day_are_led_by_the_chosen_one() {
        let article = |(id, day): (ArticleId, &str)| FingerprintedArticle {
            id,
            day: Day::read(day),
            title: 0,
            numbers: Fingerprint::default(),
        };
        let days = [
            (1, "2020"),
            (2, "2020"),
            (3, "2021"),
            (4, "2019"),
            (5, "2022"),
            (6, ""),
            (7, ""),
        ];
        let articles: Vec<_> = days.into_iter().map(article).collect();
        let mut copies = HashMap::from([(2, 1), (3, 1), (5, 4), (7, 6)]);
        let mut groups = tied(&copies, &articles);
        groups.sort();
        assert_eq!(groups, [vec![1, 2, 3], vec![6, 7]]);
        replace(&mut copies, &HashMap::from([(1, 2), (6, 6)]));
        assert_eq!(copies, HashMap::from([(1, 2), (3, 2), (5, 4), (7, 6)]));
    }
}
