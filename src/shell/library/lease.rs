//! The right to bring the cache up to date: one program at a time has it, and loses it where it
//! stops renewing it.

use rusqlite::{Connection, TransactionBehavior, params};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time after which a lease that is not renewed ends.
const DURATION: Duration = Duration::from_secs(10);

/// Returns the time in seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |time| time.as_secs().cast_signed())
}

/// Takes the lease, or renews it; returns false where another program has it.
pub(crate) fn take(db: &mut Connection) -> rusqlite::Result<bool> {
    let own = i64::from(std::process::id());
    let t = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (now, duration) = (now(), DURATION.as_secs().cast_signed());
    let other: i64 = t.query_row(
        // one that ends later than it could is of before the clock was set back
        "SELECT count(*) FROM lease WHERE holder <> ?1 AND until > ?2 AND until <= ?2 + ?3",
        params![own, now, duration],
        |row| row.get(0),
    )?;
    if other > 0 {
        return Ok(false);
    }
    t.execute("DELETE FROM lease", [])?;
    let sql = "INSERT INTO lease (holder, until) VALUES (?1, ?2)";
    t.execute(sql, params![own, now + duration])?;
    t.commit()?;
    Ok(true)
}

/// Gives the lease back.
pub(crate) fn give_back(db: &Connection) -> rusqlite::Result<()> {
    let own = i64::from(std::process::id());
    db.execute("DELETE FROM lease WHERE holder = ?1", [own])?;
    Ok(())
}
