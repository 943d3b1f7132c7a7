//! How long another program's transaction is waited for: two seconds, and hardly
//! at all once the reader waits for the end.
//!
//! 1. The store's thread says once which [`Hurry`] is its own.
//! 2. Whoever waits for the thread sets it, and it is over soon after.
//!
//! Knows nothing of what is written.

use rusqlite::Connection;
use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a transaction is waited for while nobody waits.
const BUSY: Duration = Duration::from_secs(2);
/// And how long from the moment on at which somebody does.
const SOON: Duration = Duration::from_millis(50);
/// How often the file is tried meanwhile.
const STEP: Duration = Duration::from_millis(5);

/// Until when the thread may wait for others, where it is in a hurry.
#[derive(Clone, Default)]
pub struct Hurry(Arc<Mutex<Option<Instant>>>);

thread_local! {
    static OURS: RefCell<Hurry> = RefCell::default();
}

impl Hurry {
    /// From now on this thread heeds it.
    pub fn heed(&self) {
        OURS.with_borrow_mut(|ours| *ours = self.clone());
    }

    /// Somebody waits from now on, or no longer.
    pub fn set(&self, on: bool) {
        if let Ok(mut until) = self.0.lock() {
            *until = on.then(|| Instant::now() + SOON);
        }
    }

    fn is_over(&self) -> bool {
        self.0
            .lock()
            .is_ok_and(|until| until.is_some_and(|until| until <= Instant::now()))
    }
}

/// Waits a little more for another program; false where that has been long enough.
pub fn wait(waited: Duration) -> bool {
    let may = waited < BUSY && !OURS.with_borrow(Hurry::is_over);
    if may {
        std::thread::sleep(STEP);
    }
    may
}

/// Makes a connection wait so.
///
/// # Errors
/// As the database does.
pub fn of(db: &mut Connection) -> rusqlite::Result<()> {
    db.busy_handler(Some(|times: i32| wait(STEP * times.unsigned_abs())))
}
