//! The encodings that the open article can be read in: listed by the head of its file, and
//! read again in the one that the reader takes.
//!
//! A pipe is read again from its bytes, which are kept while they are few.

use crate::command::encodings;
use crate::session::Session;
use crate::shell::app::autosave::Autosave;
use crate::shell::open::input;
use crate::shell::open::item::{Item, SHIPPED};
use crate::shell::open::open_article::OpenArticle;
use crate::source::choices::{self, MAX_HEAD_BYTES};
use crate::text::Say;
use std::borrow::Cow;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// The format whose files state their encodings.
const BOOK_FORMAT: &str = "epub";

const STATED_BY_BOOK: Say = (
    "电子书自己写明了编码，不用换",
    "A book states its encodings itself",
);
const STILL_COMING: Say = (
    "还在读入；读完再换编码",
    "Still reading; then the encoding can be changed",
);
const PIPE_TOO_LONG: Say = (
    "管道里的内容太长，没有留下；用 --encoding 指明编码",
    "The pipe was too long to be kept; name its encoding with --encoding",
);

/// The head of a file: all of it where the flag is set.
type Head<'a> = (Cow<'a, [u8]>, bool);

impl OpenArticle {
    /// Lists the encodings that the article can be read in, or says why there is no choice.
    pub(crate) fn list_encodings(&self, session: &mut Session) {
        if session.article.facts().format == BOOK_FORMAT {
            return session.say(STATED_BY_BOOK);
        }
        let head = match self.head(session) {
            Ok(head) => head,
            Err(why) => return session.warn(why),
        };
        let (bytes, whole) = &head;
        let mut found = choices::choices(bytes, *whole);
        let present = session.article.facts().encoding;
        if found.iter().all(|choice| choice.encoding != present) {
            found.insert(0, choices::choice(bytes, present));
        }
        encodings::offer(session, found);
    }

    /// Reads the head of the file or pipe; says why it cannot be read.
    fn head(&self, session: &Session) -> Result<Head<'_>, String> {
        let lang = session.settings.lang;
        if let Some(bytes) = &self.piped {
            return Ok((Cow::Borrowed(bytes), true));
        }
        match &self.item {
            Some(Item::Shipped(i)) => {
                let text = SHIPPED.get(*i).map_or("", |(_, text)| text);
                Ok((Cow::Borrowed(text.as_bytes()), true))
            }
            Some(item) if self.stamp.is_some() && item.file().is_some() => {
                let path = item.file().unwrap_or(Path::new(""));
                let (mut file, stamp) = input::file(path).map_err(|e| e.line(lang))?;
                let mut bytes = Vec::new();
                // a fault is reported when the file is read
                let _ = (&mut file)
                    .take(MAX_HEAD_BYTES as u64)
                    .read_to_end(&mut bytes);
                let whole = stamp.len <= bytes.len() as u64;
                Ok((Cow::Owned(bytes), whole))
            }
            _ if session.article.file.is_head => Err(lang.say(STILL_COMING).to_owned()),
            _ => Err(lang.say(PIPE_TOO_LONG).to_owned()),
        }
    }

    /// Reads the article again in an encoding, and remembers that for its file; the guessed one
    /// is guessed again.
    pub(crate) fn read_as(
        &mut self,
        session: &mut Session,
        autosave: &mut Autosave,
        encoding: &'static str,
    ) {
        let guessed = match self.head(session) {
            Ok((bytes, _)) => choices::guessed(&bytes),
            Err(why) => return session.warn(why),
        };
        let chosen = (encoding != guessed).then(|| encoding.to_owned());
        let lang = session.settings.lang;
        // after the last of them was taken back there is nothing more to undo
        let undo = if session.memory.encodings.is_empty() {
            ("", "")
        } else {
            ("；U 撤销", "; U takes it back")
        };
        let said = lang.say_owned(
            format!("按 {encoding} 读{}", undo.0),
            format!("Read as {encoding}{}", undo.1),
        );
        if let Some(item @ (Item::File(_) | Item::Part(..))) =
            self.item.clone().filter(|_| self.stamp.is_some())
        {
            autosave.keep_encoding(&item, chosen.as_deref());
        }
        self.options.encoding = chosen;
        self.load_again(Duration::ZERO, said);
        self.announce(session);
    }
}
