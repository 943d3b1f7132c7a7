//! Reads a pipe to its end on a thread, and hands over the text so far whenever the pipe pauses
//! or the text has doubled. All of it is parsed each time; so that this stays linear, the next
//! parse waits [`REST_FACTOR`] times as long as the last one took.

use crate::format::epub;
use crate::shell::error::Error;
use crate::shell::open::input::{ACCEPTED_BYTES, MAX_PIPE_BYTES, MAX_PIPE_LINES};
use crate::shell::open::item::{self, Content, DecodeOptions};
use crate::shell::open::loaded::{Load, Loaded};
use crate::shell::os::wait::{PipeState, for_pipe};
use crate::source::decode;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A pipe pauses that has brought nothing for this time.
const PAUSE: Duration = Duration::from_millis(80);
/// The least time between two times of handing over without a pause.
const MIN_INTERVAL: Duration = Duration::from_millis(150);
/// Bytes that must have come to be handed over without a pause.
const MIN_GROWTH: usize = 64 << 10;
/// Bytes of a pipe that are kept, to be read in another encoding.
const MAX_KEPT_BYTES: usize = 8 << 20;
/// The time of only reading after a parse, as a multiple of the time that the parse took.
pub(crate) const REST_FACTOR: u32 = 10;

/// A pipe, and the bytes that it has brought.
pub(crate) struct Pipe {
    path: PathBuf,
    name: String,
    file: File,
    options: DecodeOptions,
    bytes: Vec<u8>,
    lines: usize,
    /// Bytes up to the last line end that was handed over.
    shown: usize,
    /// The time at which they were handed over.
    shown_at: Instant,
    /// The earliest time of the next parse.
    due: Instant,
}

/// Reads a pipe to its end; `send` returns false where the article is not wanted any more.
pub(crate) fn read(mut pipe: Pipe, send: &dyn Fn(Load) -> bool) {
    match pipe.bring(send) {
        Ok(Some(cut)) => _ = send(pipe.finish(cut)),
        Ok(None) => {}
        Err(error) => _ = send(Err(error)),
    }
}

impl Pipe {
    /// Returns a pipe of which `head` was read.
    pub(crate) fn new(
        path: PathBuf,
        name: String,
        file: File,
        head: Vec<u8>,
        options: DecodeOptions,
    ) -> Self {
        let now = Instant::now();
        Self {
            path,
            name,
            file,
            options,
            bytes: head,
            lines: 0,
            shown: 0,
            shown_at: now,
            due: now,
        }
    }

    /// Reads to the end; returns whether there was more than is read, or `None` where the
    /// article is not wanted any more.
    fn bring(&mut self, send: &dyn Fn(Load) -> bool) -> Result<Option<bool>, Error> {
        let mut piece = vec![0; 64 << 10];
        let mut accepted = false;
        loop {
            if self.is_paused() {
                if self.show(send)? {
                    continue;
                }
                return Ok(None);
            }
            match self.file.read(&mut piece) {
                Ok(0) => return Ok(Some(false)),
                Ok(n) => {
                    let came = piece.get(..n).unwrap_or_default();
                    self.lines += memchr::memchr_iter(b'\n', came).count();
                    self.bytes.extend_from_slice(came);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(why) => return Err(Error::open(&self.path)(why)),
            }
            if !accepted && self.bytes.len() as u64 >= ACCEPTED_BYTES {
                item::accept(&self.path, &self.bytes, &self.options)?;
                accepted = true;
            }
            if self.bytes.len() as u64 >= MAX_PIPE_BYTES || self.lines > MAX_PIPE_LINES {
                return Ok(Some(true));
            }
            if self.has_grown() && !self.show(send)? {
                return Ok(None);
            }
        }
    }

    /// Waits for bytes; returns whether none came for a while and some are to be shown.
    fn is_paused(&self) -> bool {
        let timeout = PAUSE.max(self.due.saturating_duration_since(Instant::now()));
        let timeout = (self.lines_end() > self.shown).then_some(timeout);
        for_pipe(&self.file, timeout) == PipeState::TimedOut
    }

    /// Returns where the last whole line ends.
    fn lines_end(&self) -> usize {
        memchr::memrchr(b'\n', &self.bytes).map_or(0, |at| at + 1)
    }

    /// Returns whether enough has come to be shown without a pause.
    fn has_grown(&self) -> bool {
        let now = Instant::now();
        self.bytes.len() >= 2 * self.shown + MIN_GROWTH
            && now >= self.due
            && now.duration_since(self.shown_at) > MIN_INTERVAL
    }

    /// Hands over the whole lines that have come; returns false where they are not wanted any
    /// more.
    fn show(&mut self, send: &dyn Fn(Load) -> bool) -> Result<bool, Error> {
        let begun = Instant::now();
        (self.shown, self.shown_at) = (self.lines_end(), begun);
        let part = self.bytes.get(..self.shown).unwrap_or_default();
        // blank lines do not show what kind of text follows; a book is read whole
        if decode::is_empty(part) || epub::is_archive(part) {
            return Ok(true);
        }
        item::accept(&self.path, part, &self.options)?;
        let mut content = item::decode(&self.path, part.to_vec(), true, &self.options)?;
        if let Content::Text(source) = &mut content {
            source.cut = false;
        }
        let mut article = content.article(&self.name);
        article.file.is_head = true;
        self.due = Instant::now() + REST_FACTOR * begun.elapsed();
        Ok(send(Ok(Loaded::of(article))))
    }

    /// Returns the whole article.
    fn finish(&mut self, cut: bool) -> Load {
        let bytes = std::mem::take(&mut self.bytes);
        item::accept(&self.path, &bytes, &self.options)?;
        let kept = (bytes.len() <= MAX_KEPT_BYTES).then(|| Arc::from(bytes.as_slice()));
        let content = item::decode(&self.path, bytes, cut, &self.options)?;
        Ok(Loaded {
            bytes: kept,
            ..Loaded::of(content.article(&self.name))
        })
    }
}
