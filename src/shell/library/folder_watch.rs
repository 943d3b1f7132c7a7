//! Watches the folders of the shelf for articles that come, change or go.
//!
//! Several changes are one: a look at a large folder takes a part of a second, and a crawler writes
//! for hours. Where nothing can be watched, `R` looks for what is new. Never wakes by a clock.

use crate::shell::open::shelf_files::is_article_name;
use notify::event::{CreateKind, ModifyKind, RemoveKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher, WatcherKind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// The least time from a change to the report of it.
const MIN_DELAY: Duration = Duration::from_millis(500);
/// Looks take at most one part in so many of the time while changes go on.
const MAX_SHARE_OF_TIME: u64 = 5;

/// The watch over folders, which ends when it is dropped.
pub(crate) struct FolderWatch {
    /// Held for the watch to go on.
    _watcher: Option<RecommendedWatcher>,
    state: Arc<WatchState>,
}

/// State shared by the watcher and the refreshes that it requests.
#[derive(Default)]
struct WatchState {
    /// A change was reported, and no look has begun since.
    is_reported: AtomicBool,
    /// The time of the last look, in milliseconds.
    look: AtomicU64,
}

impl FolderWatch {
    /// Watches folders with what is in them, and databases; `report` is called after changes, on a
    /// thread of its own.
    pub(crate) fn over(
        folders: &[PathBuf],
        depth: Option<usize>,
        report: impl Fn() + Send + 'static,
    ) -> Self {
        let state = Arc::new(WatchState::default());
        let (known, databases) = (Arc::clone(&state), folders.to_vec());
        let hear = move |event: notify::Result<notify::Event>| {
            let is_ours = |path: &PathBuf| is_article_name(path) || databases.contains(path);
            let is_change = |e: notify::Event| {
                is_of_folder(e.kind) || !e.kind.is_access() && e.paths.iter().any(is_ours)
            };
            if event.is_ok_and(is_change) && !known.is_reported.swap(true, Ordering::SeqCst) {
                let look = known.look.load(Ordering::Relaxed) * MAX_SHARE_OF_TIME;
                std::thread::sleep(MIN_DELAY.max(Duration::from_millis(look)));
                report();
            }
        };
        let watcher = Self::watcher(hear).map(|mut watcher| {
            let mode = match depth {
                Some(1) => RecursiveMode::NonRecursive,
                _ => RecursiveMode::Recursive,
            };
            for folder in folders {
                // beyond the limit of the system the rest is not watched
                let _ = watcher.watch(folder, mode);
            }
            watcher
        });
        Self {
            _watcher: watcher,
            state,
        }
    }

    /// Notes that a look at the folders begins: changes from now on are reported again.
    pub(crate) fn begins(&self) {
        self.state.is_reported.store(false, Ordering::SeqCst);
    }

    /// Notes how long a look at the folders took.
    pub(crate) fn looked(&self, time: Duration) {
        let time = time.as_millis() as u64;
        self.state.look.store(time, Ordering::Relaxed);
    }

    /// Returns a watcher; `None` where the system would need an open file for each article.
    fn watcher(
        hear: impl FnMut(notify::Result<notify::Event>) + Send + 'static,
    ) -> Option<RecommendedWatcher> {
        if RecommendedWatcher::kind() != WatcherKind::Inotify {
            return None;
        }
        // without a thread to be had, notify panics
        std::thread::Builder::new().spawn(|| {}).ok()?.join().ok()?;
        notify::recommended_watcher(hear).ok()
    }
}

/// Returns whether a change may be of a folder, with all that is in it.
fn is_of_folder(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(CreateKind::Folder)
            | EventKind::Remove(RemoveKind::Folder)
            | EventKind::Modify(ModifyKind::Name(_))
    )
}
