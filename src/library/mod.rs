//! Knowledge about many articles at once: entries, groups, counts by year, likeness, ranking.
//!
//! Pure: it opens no file and knows no database. Empty for now; the index that reads a
//! folder of articles will fill it.
