//! The articles to search: from the cache where a folder is in the library, else from files.

use crate::library::LibraryEntry;
use crate::library::copies::{Fingerprint, distinct};
use crate::library::entry::ArticleId;
use crate::shell::cli::library::{reading, refresh_all, warn_of};
use crate::shell::cli::options::SourceOptions;
use crate::shell::cli::report;
use crate::shell::environment;
use crate::shell::error::Error;
use crate::shell::library::article_file::{self, PointRow};
use crate::shell::library::cache::{Library, failed};
use crate::shell::library::refresh::FileReading;
use crate::shell::library::rows::{self, Body};
use crate::shell::library::{folders, walk};
use crate::shell::open::item::DecodeOptions;
use crate::shell::open::shelf_files;
use crate::text::Lang;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// An article to search.
pub(super) struct Article {
    /// Its facts, by the path as the user would write it.
    pub(super) entry: LibraryEntry,
    /// Its text; empty where only points are wanted.
    pub(super) body: Body,
    /// Its points, where they are wanted.
    pub(super) points: Vec<PointRow>,
    /// The sample of its phrases; empty for one of the cache, which knows its copies.
    pub(super) numbers: Fingerprint,
    /// The articles that it stands for: itself, and its copies where they are left out.
    pub(super) copies: usize,
}

/// Takes an article; returns false where no more are wanted.
type Take<'a> = &'a mut dyn FnMut(Article) -> bool;

/// The part of an article that is searched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ArticlePart {
    Text,
    Points,
}

/// The paths of which the articles are searched.
#[derive(Clone, Copy)]
pub(super) struct SourcePaths<'a> {
    /// Files and folders; none for the library.
    pub(super) paths: &'a [PathBuf],
    pub(super) options: SourceOptions,
    pub(super) part: ArticlePart,
}

/// The places that articles come from.
pub(super) struct Sources {
    paths: Vec<PathBuf>,
    options: SourceOptions,
    part: ArticlePart,
    reading: FileReading,
    /// The library, where one of the paths is in it.
    library: Option<Library>,
    /// The number of articles of each group, where copies are left out.
    copies: HashMap<ArticleId, usize>,
    /// Articles of the library that are not wanted.
    left_out: HashSet<ArticleId>,
    /// True where a file that was named could not be read.
    has_faults: bool,
    /// True where no path is a folder.
    files_only: bool,
}

impl Sources {
    /// Checks the paths, and brings the library up to date where one of them is in it.
    pub(super) fn new(
        searched: SourcePaths<'_>,
        decoding: &DecodeOptions,
        names: &[String],
        lang: Lang,
    ) -> Result<Self, Error> {
        let SourcePaths {
            paths,
            options,
            part,
        } = searched;
        for path in paths {
            shelf_files::exists(path)?;
        }
        let folders = folders::configured(names);
        let paths = match paths {
            [] if folders.is_empty() => return Err(Error::NoLibrary),
            [] => folders.clone(),
            paths => paths.to_vec(),
        };
        // another encoding gives other texts than the cache has
        let is_cached = decoding.encoding.is_none()
            && paths
                .iter()
                .any(|path| in_library(&folders, path).is_some());
        let files_only = paths.iter().all(|path| !path.is_dir());
        let reading = reading(decoding, lang);
        let mut library = None;
        if is_cached {
            let cache = environment::library_cache();
            let mut opened = Library::open(cache.as_deref(), folders).map_err(|e| failed(&e))?;
            warn_of(opened.notice.as_ref(), lang);
            if !options.stale {
                refresh_all(&mut opened, &reading, lang)?;
            }
            library = Some(opened);
        }
        Ok(Self {
            paths,
            options,
            part,
            reading,
            library,
            copies: HashMap::new(),
            left_out: HashSet::new(),
            has_faults: false,
            files_only,
        })
    }

    /// Leaves articles of the library out by the samples of their phrases.
    pub(super) fn leave_out(
        &mut self,
        is_left_out: &dyn Fn(&Fingerprint) -> bool,
    ) -> Result<(), Error> {
        let Some(library) = &self.library else {
            return Ok(());
        };
        let articles = rows::candidates(&library.db).map_err(|why| failed(&why))?;
        let left_out = articles.iter().filter(|a| is_left_out(&a.numbers));
        self.left_out = left_out.map(|article| article.id).collect();
        Ok(())
    }

    /// Gives every article to `take`, in the order of the paths.
    pub(super) fn each(&mut self, take: Take<'_>) -> Result<(), Error> {
        for path in self.paths.clone() {
            let goes_on = match self.cached(&path)? {
                Some(entries) => self.each_cached(entries, take)?,
                None => self.each_file(&listed(&path), take),
            };
            if !goes_on {
                break;
            }
        }
        Ok(())
    }

    /// Returns the articles below a folder of the library, by paths as the user would write
    /// them; `None` for a path that is not in it.
    fn cached(&mut self, path: &Path) -> Result<Option<Vec<LibraryEntry>>, Error> {
        let Some(library) = self.library.as_ref() else {
            return Ok(None);
        };
        let Some(root) = in_library(&library.folders, path) else {
            return Ok(None);
        };
        let folder = folders::canonical(path);
        let fails = |why: rusqlite::Error| failed(&why);
        let Some(root) = library.root(root).map_err(fails)? else {
            return Ok(None);
        };
        let mut entries = rows::entries(&library.db, &[root.id]).map_err(fails)?;
        entries.retain_mut(|entry| match folders::rebased(&entry.path, &folder, path) {
            Some(listed) => {
                entry.path = listed;
                true
            }
            None => false,
        });
        entries.retain(|entry| !self.left_out.contains(&entry.id));
        entries.sort_by(|a, b| folders::by_path(&a.path, &b.path));
        if self.options.copies {
            self.copies = group_sizes(&entries);
        }
        Ok(Some(entries))
    }

    /// Gives the articles of the cache to `take`; returns whether it wants more.
    fn each_cached(&mut self, entries: Vec<LibraryEntry>, take: Take<'_>) -> Result<bool, Error> {
        for entry in entries {
            if let Some(fault) = &entry.fault {
                let body = self.library.as_ref().map(|l| rows::body(&l.db, entry.id));
                let body = body.transpose().map_err(|why| failed(&why))?.flatten();
                // nothing is wrong with a file that is empty
                if body.is_none() {
                    self.report(fault);
                }
                continue;
            }
            let kept = self.library.as_ref().map(|l| self.kept(&l.db, &entry));
            let kept = kept.transpose().map_err(|why| failed(&why))?.flatten();
            let goes_on = match kept {
                Some((body, points)) => {
                    let copies = self.copies.get(&entry.group()).copied().unwrap_or(1);
                    take(Article {
                        entry,
                        body,
                        points,
                        numbers: Fingerprint::default(),
                        copies,
                    })
                }
                // too long for the cache
                None => self.each_file(&[entry.path], take),
            };
            if !goes_on {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns what the cache keeps of an article: of a long one nothing.
    fn kept(
        &self,
        db: &Connection,
        entry: &LibraryEntry,
    ) -> rusqlite::Result<Option<(Body, Vec<PointRow>)>> {
        match self.part {
            ArticlePart::Text => Ok(rows::body(db, entry.id)?.map(|body| (body, Vec::new()))),
            ArticlePart::Points if entry.points == 0 => Ok(Some(Default::default())),
            ArticlePart::Points => {
                let Some(places) = rows::places(db, entry.id)? else {
                    return Ok(None);
                };
                let body = Body {
                    places,
                    ..Body::default()
                };
                Ok(Some((body, rows::points(db, entry.id)?)))
            }
        }
    }

    /// Returns the exit status after a search.
    pub(super) fn status(&self, is_found: bool) -> u8 {
        match is_found {
            true => 0,
            false if self.has_faults && self.files_only => 2,
            false => 1,
        }
    }

    /// Reads files, as many at a time as there are processors, and gives them to `take` in their
    /// order; returns whether it wants more.
    fn each_file(&mut self, paths: &[PathBuf], take: Take<'_>) -> bool {
        let mut faults = Vec::new();
        let reading = &self.reading;
        let goes_on = in_order(
            paths,
            |path| article_file::read(path, &reading.options, reading.lang),
            |read| match (read.body, read.entry.fault.clone()) {
                (Some(mut body), _) => take(Article {
                    entry: read.entry,
                    points: std::mem::take(&mut body.points),
                    numbers: std::mem::take(&mut body.numbers),
                    body: body.into(),
                    copies: 1,
                }),
                (None, fault) => {
                    faults.extend(fault);
                    true
                }
            },
        );
        for fault in &faults {
            self.report(fault);
        }
        goes_on
    }

    fn report(&mut self, fault: &str) {
        self.has_faults = true;
        report::warn(fault);
    }
}

/// Returns the folder of the library that a path is in: that path is a folder, too.
fn in_library<'a>(folders: &'a [PathBuf], path: &Path) -> Option<&'a PathBuf> {
    let path = folders::canonical(path);
    let holder = folders::holding(folders, &path);
    holder.filter(|folder| **folder == path || path.is_dir())
}

/// Returns the number of articles of each group of copies.
fn group_sizes(entries: &[LibraryEntry]) -> HashMap<ArticleId, usize> {
    let mut sizes = HashMap::new();
    for entry in entries {
        *sizes.entry(entry.group()).or_default() += 1;
    }
    sizes
}

/// Leaves copies out of what was found: of each group the earliest that was found stays. Files that
/// are not in the library are not known to be copies.
pub(super) fn leave_out_copies<T>(found: &mut Vec<(LibraryEntry, T)>) {
    let known = found.iter().map(|(entry, _)| entry);
    let known: Vec<&LibraryEntry> = known.filter(|entry| entry.id != 0).collect();
    let kept = distinct(known, &mut BTreeSet::new());
    let kept: HashSet<ArticleId> = kept.iter().map(|entry| entry.id).collect();
    found.retain(|(entry, _)| entry.id == 0 || kept.contains(&entry.id));
}

/// Lists the files at a path.
fn listed(path: &Path) -> Vec<PathBuf> {
    if shelf_files::is_folder(path) {
        return walk::files(path, None)
            .into_iter()
            .map(|file| file.path)
            .collect();
    }
    vec![path.to_owned()]
}

/// Does a job for every path, on as many threads as there are processors, and takes the results
/// in the order of the paths until `take` has enough; returns whether it wants more.
fn in_order<T: Send>(
    paths: &[PathBuf],
    job: impl Fn(&Path) -> T + Sync,
    mut take: impl FnMut(T) -> bool,
) -> bool {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let (sender, given) = channel();
    thread::scope(|scope| {
        for _ in 0..processors.min(paths.len()) {
            let (sender, next, job) = (sender.clone(), &next, &job);
            scope.spawn(move || {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = paths.get(i) else { return };
                    if sender.send((i, job(path))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut due) = (BTreeMap::new(), 0);
        for (i, found) in given {
            waiting.insert(i, found);
            while let Some(found) = waiting.remove(&due) {
                due += 1;
                if !take(found) {
                    // begin no more
                    next.store(usize::MAX / 2, Ordering::Relaxed);
                    return false;
                }
            }
        }
        true
    })
}
