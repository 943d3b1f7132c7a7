//! The store: places, marks, notes and reading time, in one `SQLite` file.
//!
//! 1. [`schema`]: opens the file, and brings an older one up to date.
//! 2. [`rows`]: what stands in a row. [`query`]: what is asked of all of it.
//! 3. [`writer`]: the thread that has the file. It answers what is asked, and
//!    writes what it is given, in transactions; no key ever waits for it.
//! 4. [`job`]: what is to be written. [`patience`]: how long a lock is waited for;
//!    [`late`]: what it keeps out at the end.
//! 5. [`repair`]: sets a damaged file aside and begins a new one.
//!
//! Reading goes on whatever happens here: a [`Trouble`] is said once, and what
//! could not be written is kept and tried again.

pub mod job;
pub mod late;
pub mod patience;
pub mod query;
pub mod repair;
pub mod rows;
pub mod schema;
pub mod writer;

use crate::session::marks::Save;
use crate::session::memory::{Kept, Listed, Recalled, Totals};
use crate::session::pace::Read;
use crate::shell::event::EventSender;
use crate::text::Lang;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long the store may hold up the first frame.
const PATIENCE: Duration = Duration::from_millis(150);
/// How long the end may wait for the last transaction.
const FLUSH: Duration = Duration::from_millis(350);

/// What an article is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// A hash of its cleaned text.
    pub hash: [u8; 16],
    /// Where it lies; empty for standard input.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Where it was published.
    pub source: String,
    /// Its date.
    pub date: String,
    /// 字数
    pub length: usize,
    /// Whether it is another article than the one that lay there before.
    pub other: bool,
}

/// The hash that a text is known by.
pub fn hash(text: &str) -> [u8; 16] {
    twox_hash::XxHash3_128::oneshot(text.as_bytes()).to_be_bytes()
}

/// What can be asked of the store.
pub enum Ask {
    /// The choices, the totals, the last article.
    Begin(Sender<Began>),
    /// What is known of an article that is opened.
    Open(Arc<Identity>, Sender<(Recalled, bool)>),
    /// The place is another one now: see [`Store::rest`].
    Rest,
    /// The last place in an article that was left.
    Left(Resting),
    /// A mark has changed.
    Mark(Arc<Identity>, Save),
    /// It was read.
    Read(Arc<Identity>, Read),
    /// Something was chosen by key: name, value, what the settings say.
    Choice(String, String, String),
    /// List the marks of all articles but this one.
    AllMarks([u8; 16]),
    /// Which article has the bookmark of that capital.
    Bookmark(char),
    /// How far the articles at these paths were read.
    Progress(Vec<String>),
    /// Write everything now, and say so.
    Flush(Sender<()>),
}

/// The place in the article that is open, and what was read on the way to it:
/// written when the reader rests there.
#[derive(Clone, Debug)]
pub struct Resting {
    /// The article.
    pub of: Arc<Identity>,
    /// The place.
    pub kept: Box<Kept>,
    /// What was read since it was written last.
    pub read: Read,
}

/// What the thread finds where it looks, and is not woken for.
#[derive(Clone, Default)]
pub struct Shared {
    /// Where the last place waits for it: a key changes it there.
    pub latest: Arc<Mutex<Option<Resting>>>,
    /// Whether somebody waits for the end of what it does.
    pub hurry: patience::Hurry,
}

/// What is known before an article is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Began {
    /// What was chosen by key: name, value, what the settings said then.
    pub choices: Vec<(String, String, String)>,
    /// What was read lately.
    pub totals: Totals,
    /// The article that was read last: path, title, per cent.
    pub last: Option<(String, String, usize)>,
    /// What the reader's clock adds to the world's, in seconds.
    pub offset: i64,
}

/// What comes back later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An article's answer is there after all.
    Late,
    /// Marks that were given are on the disk.
    Saved,
    /// What the reader's clock adds to the world's, where [`Began`] did not say.
    Offset(i64),
    /// Something is wrong.
    Trouble(Trouble),
    /// The marks of the other articles.
    Marks(Vec<Listed>),
    /// Where the bookmark of that capital is: path and name.
    Bookmark(char, Option<(String, String)>),
    /// How far the articles were read that were asked for.
    Progress(Vec<Option<usize>>),
}

/// What can be wrong with the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The file was damaged; it is kept under that name.
    Damaged(String),
    /// Another program holds it.
    Locked,
    /// It may not be written.
    ReadOnly,
    /// The disk is full.
    Full,
    /// A newer jingdu wrote it.
    Newer,
    /// Something else.
    Other(String),
}

impl Trouble {
    /// One line that says what is wrong and what becomes of it.
    pub fn line(&self, lang: Lang) -> String {
        let text = match (self, lang) {
            (Self::Damaged(name), Lang::Zh) => format!("记录文件坏了，已另存为 {name}，能救回的都救回了"),
            (Self::Damaged(name), Lang::En) => format!("the store was damaged; kept as {name}, what could be read is saved"),
            (Self::Locked, Lang::Zh) => "记录被别的程序占着，位置和标记先留在内存里".to_owned(),
            (Self::Locked, Lang::En) => "the store is locked by another program; place and marks are kept in memory".to_owned(),
            (Self::ReadOnly, Lang::Zh) => "记录不能写，位置和标记只留在内存里".to_owned(),
            (Self::ReadOnly, Lang::En) => "the store cannot be written; place and marks are kept in memory only".to_owned(),
            (Self::Full, Lang::Zh) => "磁盘满了，位置和标记先留在内存里".to_owned(),
            (Self::Full, Lang::En) => "the disk is full; place and marks are kept in memory".to_owned(),
            (Self::Newer, Lang::Zh) => "记录是新版 jingdu 写的，这一版不动它；位置和标记只留在内存里".to_owned(),
            (Self::Newer, Lang::En) => "a newer jingdu wrote the store, so it is left alone; place and marks are kept in memory only".to_owned(),
            (Self::Other(why), Lang::Zh) => format!("记录存不下：{why}"),
            (Self::Other(why), Lang::En) => format!("the store failed: {why}"),
        };
        crate::source::sanitize::line(&text)
    }
}

/// The way to the thread that has the file.
#[derive(Clone)]
pub struct Store {
    asks: Option<Sender<Ask>>,
    shared: Shared,
}

impl Store {
    /// Starts the thread; the file is opened when something is asked. Without a
    /// path nothing is kept.
    pub fn start(path: Option<PathBuf>, events: EventSender) -> Self {
        let (asks, receiver) = channel();
        let shared = Shared::default();
        let theirs = shared.clone();
        let work = |path| move || writer::Writer::new(path, events, theirs).run(&receiver);
        let spawned = path.and_then(|path| {
            std::thread::Builder::new()
                .name("store".to_owned())
                .spawn(work(path))
                .ok()
        });
        Self {
            asks: spawned.map(|_| asks),
            shared,
        }
    }

    /// Hands something over. Never waits.
    pub fn send(&self, ask: Ask) {
        if let Some(asks) = &self.asks {
            let _ = asks.send(ask);
        }
    }

    /// The reader stands elsewhere now. Wakes the thread only where it does not
    /// wait for him to rest already.
    pub fn rest(&self, of: &Arc<Identity>, kept: Box<Kept>, read: Read) {
        let Ok(mut latest) = self.shared.latest.lock() else {
            return;
        };
        if let Some(resting) = latest.as_mut().filter(|resting| resting.of.hash == of.hash) {
            *resting = Resting {
                of: Arc::clone(of),
                kept,
                read: resting.read.plus(read),
            };
            return;
        }
        let left = latest.replace(Resting {
            of: Arc::clone(of),
            kept,
            read,
        });
        drop(latest);
        if let Some(left) = left {
            self.send(Ask::Left(left));
        }
        self.send(Ask::Rest);
    }

    /// Asks what is known before an article is open; [`Store::began`] waits for it.
    pub fn begin(&self) -> Receiver<Began> {
        let (sender, answer) = channel();
        self.send(Ask::Begin(sender));
        answer
    }

    /// What is known before an article is open; nothing where it takes too long.
    pub fn began(answer: &Receiver<Began>) -> Began {
        answer.recv_timeout(PATIENCE).unwrap_or_default()
    }

    /// What is known of an article. Where that takes too long, it can be taken
    /// from the channel after [`Reply::Late`].
    ///
    /// # Errors
    /// With the channel.
    pub fn open(
        &self,
        identity: &Arc<Identity>,
    ) -> Result<(Recalled, bool), Receiver<(Recalled, bool)>> {
        let (sender, answer) = channel();
        self.send(Ask::Open(Arc::clone(identity), sender));
        answer.recv_timeout(PATIENCE).map_err(|_| answer)
    }

    /// Waits until everything is on the disk, or long enough; whether it is.
    pub fn flush(&self) -> bool {
        let (sender, done) = channel();
        self.shared.hurry.set(true);
        self.send(Ask::Flush(sender));
        done.recv_timeout(FLUSH).is_ok()
    }
}
