//! Watches the file that is being read: whether it grows, changes, goes.
//!
//! 1. The folder is watched rather than the file, for editors and crawlers put
//!    another file in its place.
//! 2. Whatever happens to a file of that name is told once, until the loop has
//!    looked: a file that is written all the time costs no more than one look.
//!
//! Where nothing can be watched (no such service, too many watches), nothing is
//! said: `R` reads the file again. Never wakes by a clock.

use crate::shell::event::AppEvent;
use crate::shell::event::EventSender;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// What happens within this time is one change.
const TOGETHER: Duration = Duration::from_millis(60);

/// The watch over one file.
pub struct Watch {
    events: EventSender,
    told: Arc<AtomicBool>,
    watched: Option<(PathBuf, RecommendedWatcher)>,
}

impl Watch {
    /// A watch over nothing.
    pub fn new(events: EventSender) -> Self {
        Self {
            events,
            told: Arc::default(),
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
        let (told, events, file) = (Arc::clone(&self.told), self.events.clone(), path.clone());
        let tell = move |event: notify::Result<notify::Event>| {
            let ours = event.is_ok_and(|e| !e.kind.is_access() && e.paths.contains(&file));
            if ours && !told.swap(true, Ordering::SeqCst) {
                std::thread::sleep(TOGETHER);
                let _ = events.send(AppEvent::Touched);
            }
        };
        // without a thread to be had, notify panics
        let Ok(probe) = std::thread::Builder::new().spawn(|| {}) else {
            return;
        };
        let _ = probe.join();
        let Ok(mut watcher) = notify::recommended_watcher(tell) else {
            return;
        };
        if let Some(folder) = path.parent()
            && watcher.watch(folder, RecursiveMode::NonRecursive).is_ok()
        {
            self.watched = Some((path, watcher));
        }
    }

    /// The loop has looked at the file: what happens from now on is told again.
    pub fn looked(&self) {
        self.told.store(false, Ordering::SeqCst);
    }
}
