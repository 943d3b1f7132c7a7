//! Watches the file that is being read, through its folder: editors and crawlers put another
//! file in its place. A change is reported once until the loop has looked. Where nothing can be
//! watched, `R` reads the file again. Never wakes by a clock.

use crate::shell::event::{AppEvent, EventSender};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Changes within this time are one.
const MERGE_DELAY: Duration = Duration::from_millis(60);

/// The watch over one file.
pub(crate) struct Watch {
    events: EventSender,
    reported: Arc<AtomicBool>,
    watched: Option<(PathBuf, RecommendedWatcher)>,
}

impl Watch {
    /// Returns a watch over nothing.
    pub fn new(events: EventSender) -> Self {
        Self {
            events,
            reported: Arc::default(),
            watched: None,
        }
    }

    /// Watches the file at a path, and no other; none at all for `None`.
    pub fn over(&mut self, path: Option<&Path>) {
        let path = path.and_then(|p| std::fs::canonicalize(p).ok());
        if self.watched.as_ref().map(|(p, _)| p) == path.as_ref() {
            return;
        }
        self.watched = None;
        self.looked();
        let Some(path) = path else { return };
        let (reported, events) = (Arc::clone(&self.reported), self.events.clone());
        let file = path.clone();
        let report = move |event: notify::Result<notify::Event>| {
            let ours = event.is_ok_and(|e| !e.kind.is_access() && e.paths.contains(&file));
            if ours && !reported.swap(true, Ordering::SeqCst) {
                std::thread::sleep(MERGE_DELAY);
                let _ = events.send(AppEvent::Touched);
            }
        };
        // without a thread to be had, notify panics
        let Ok(probe) = std::thread::Builder::new().spawn(|| {}) else {
            return;
        };
        let _ = probe.join();
        let Ok(mut watcher) = notify::recommended_watcher(report) else {
            return;
        };
        if let Some(folder) = path.parent()
            && watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()
        {
            self.watched = Some((path, watcher));
        }
    }

    /// Reports changes again, now that the loop has looked at the file.
    pub fn looked(&self) {
        self.reported.store(false, Ordering::SeqCst);
    }
}
