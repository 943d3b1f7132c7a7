//! The busy timeout of the database: two seconds, and 50 ms once the reader waits for the end.
//!
//! 1. The store's thread installs its [`Deadline`].
//! 2. A thread that waits for it starts the deadline.

use rusqlite::Connection;
use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The time that a lock is waited for.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
/// The time that it is waited for once the reader waits as well.
const HURRIED_TIMEOUT: Duration = Duration::from_millis(50);
/// The time between two tries.
const STEP: Duration = Duration::from_millis(5);

/// The time at which the thread must stop waiting for other programs, if there is one.
#[derive(Clone, Default)]
pub(crate) struct Deadline(Arc<Mutex<Option<Instant>>>);

// SQLite's busy handler is a plain function: it finds the deadline of its thread here
thread_local! {
    static INSTALLED: RefCell<Deadline> = RefCell::default();
}

impl Deadline {
    /// Makes it the deadline of this thread.
    pub(crate) fn install(&self) {
        INSTALLED.with_borrow_mut(|installed| *installed = self.clone());
    }

    /// Starts the short time that is left.
    pub(crate) fn start(&self) {
        self.set(Some(Instant::now() + HURRIED_TIMEOUT));
    }

    /// Takes the deadline away again.
    pub(crate) fn clear(&self) {
        self.set(None);
    }

    fn set(&self, at: Option<Instant>) {
        if let Ok(mut deadline) = self.0.lock() {
            *deadline = at;
        }
    }

    fn is_over(&self) -> bool {
        let over = |at: Instant| at <= Instant::now();
        self.0.lock().is_ok_and(|at| at.is_some_and(over))
    }
}

/// Sleeps for a step; returns false where `waited` has been long enough.
pub(crate) fn wait(waited: Duration) -> bool {
    let goes_on = waited < BUSY_TIMEOUT && !INSTALLED.with_borrow(Deadline::is_over);
    if goes_on {
        std::thread::sleep(STEP);
    }
    goes_on
}

/// Makes a connection wait for the locks of others.
pub(crate) fn set(db: &mut Connection) -> rusqlite::Result<()> {
    db.busy_handler(Some(|times: i32| wait(STEP * times.unsigned_abs())))
}
