//! Keeps what the reader does: between the session and the store.
//!
//! 1. An article that is opened is made known, and taken up where it was left.
//! 2. After every input, what has changed is handed over: the place, marks,
//!    choices, reading time. The store's thread decides when to write.
//! 3. Whatever ends the program, the last of it is written: dropping a keeper
//!    writes, too.

use crate::command::options::Config;
use crate::session::marks::Save;
use crate::session::memory::{Kept, Recalled};
use crate::session::pace::Read;
use crate::session::{Article, Session};
use crate::shell::open::library::Item;
use crate::shell::store::{self, Ask, Began, Identity, Reply, Store};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Instant;

/// The way from a session to the store.
pub struct Keeper {
    /// The store.
    pub store: Store,
    /// What was known at the start.
    pub began: Began,
    identity: Option<Arc<Identity>>,
    /// What was handed over last.
    kept: Option<Kept>,
    choices: Vec<(&'static str, String)>,
    base: Vec<(&'static str, String)>,
    /// How often each keyword was in use when last looked.
    keywords: Vec<String>,
    late: Option<(Receiver<(Recalled, bool)>, Kept)>,
    started: Instant,
    /// Whether the store has failed: then what was done to articles that were left
    /// is known here alone.
    failed: bool,
    /// Whether the store was waited for in vain.
    given_up: bool,
    left: HashMap<[u8; 16], Recalled>,
}

/// What is chosen by key, by name.
fn choices(session: &Session) -> Vec<(&'static str, String)> {
    let s = &session.settings;
    let outline = if session.pane.decided {
        if session.pane.open { "open" } else { "closed" }
    } else {
        "auto"
    };
    vec![
        ("measure", s.measure.to_string()),
        (
            "paragraphs",
            if s.gap { "gap" } else { "indent" }.to_owned(),
        ),
        ("theme", s.theme.clone()),
        ("outline", outline.to_owned()),
    ]
}

/// Makes a choice that was made before.
fn choose(session: &mut Session, name: &str, value: &str) {
    let s = &mut session.settings;
    match name {
        "measure" => {
            let fits = |n: &usize| {
                (crate::layout::measure::MIN_CELLS..=crate::layout::measure::MAX_CELLS).contains(n)
            };
            s.measure = value.parse().ok().filter(fits).unwrap_or(s.measure);
        }
        "paragraphs" => s.gap = value == "gap",
        "theme" if crate::command::options::THEMES.contains(&value) => {
            value.clone_into(&mut s.theme)
        }
        "outline" if value != "auto" => {
            session.pane.decided = true;
            session.pane.open = value == "open" && session.screen.is_side_by_side();
        }
        _ => {}
    }
}

impl Keeper {
    /// Takes what is known, and makes the choices that were made before, unless the
    /// settings have changed since. A theme that was asked for stays. `asked`: where
    /// the store answers [`Store::begin`].
    pub fn begin(
        store: Store,
        asked: &Receiver<Began>,
        session: &mut Session,
        config: &Config,
        theme_given: bool,
    ) -> Self {
        let began = Store::began(asked);
        let base = choices(session);
        for (name, value, was) in &began.choices {
            let same = base.iter().any(|(n, b)| n == name && b == was);
            if same && !(theme_given && name == "theme") {
                choose(session, name, value);
            }
        }
        session.memory.totals = began.totals;
        session.memory.offset = began.offset;
        session.memory.citation.clone_from(&config.citation);
        session.memory.marks.seed = seed();
        session.memory.now = store::writer::now();
        session.arrange();
        let choices = choices(session);
        Self {
            store,
            began,
            identity: None,
            kept: None,
            choices,
            base,
            keywords: Vec::new(),
            late: None,
            started: Instant::now(),
            failed: false,
            given_up: false,
            left: HashMap::new(),
        }
    }

    /// An article was opened: takes it up where it was left. `place`: the place,
    /// too; else something else was asked for.
    pub fn opened(&mut self, session: &mut Session, item: &Item, place: bool) {
        let mut identity = identify(&session.article, item);
        let mut known = self.store.open(&Arc::new(identity.clone()));
        if let Ok((recalled, true)) = &known {
            // another title where the other article lay: the same only where some of its text is
            let text = session.article.document().text();
            let anchors = recalled
                .marks
                .iter()
                .map(|m| &m.anchor)
                .chain(recalled.kept.iter().map(|k| &k.focus));
            identity.other = !anchors
                .into_iter()
                .any(|a| a.exact.chars().count() >= 6 && a.find(text).is_some());
            if !identity.other {
                // the store goes by the title: from now on it is this one
                self.store.rest(
                    &Arc::new(identity.clone()),
                    Box::new(recalled.kept.clone().unwrap_or_default()),
                    Read::default(),
                );
            }
            known = if identity.other {
                self.store.open(&Arc::new(identity.clone()))
            } else {
                known
            };
        }
        let here = self
            .left
            .get(&identity.hash)
            .filter(|_| self.failed)
            .cloned();
        self.identity = Some(Arc::new(identity));
        self.late = None;
        let known = here.map_or(known, |recalled| Ok((recalled, false)));
        match known {
            Ok((recalled, _)) => session.recall(recalled, place),
            Err(channel) => {
                self.late = session.kept().filter(|_| place).map(|kept| (channel, kept))
            }
        }
        self.kept = session.kept();
        self.keywords = keywords(session);
    }

    /// There is more of the article that is open: the same one, known by another text.
    pub fn grew(&mut self, session: &Session, item: &Item) {
        let other = self.identity.as_ref().is_some_and(|i| i.other);
        self.identity = Some(Arc::new(Identity {
            other,
            ..identify(&session.article, item)
        }));
    }

    /// What is open is not known yet, so that nothing of it is kept.
    pub fn nothing(&mut self) {
        (self.identity, self.kept, self.late) = (None, None, None);
    }

    /// The encoding that a file was last read in by the reader's wish.
    pub fn encoding(&self, item: &Item) -> Option<String> {
        let name = encoding_of(item)?;
        self.began
            .choices
            .iter()
            .find(|(n, ..)| *n == name)
            .map(|(_, value, _)| value.clone())
            .filter(|value| !value.is_empty())
    }

    /// Remembers the encoding that a file is to be read in; `None`: the guessed one.
    pub fn keep_encoding(&mut self, item: &Item, encoding: Option<&str>) {
        let Some(name) = encoding_of(item) else {
            return;
        };
        let value = encoding.unwrap_or_default().to_owned();
        self.began.choices.retain(|(n, ..)| *n != name);
        self.began
            .choices
            .push((name.clone(), value.clone(), String::new()));
        self.store.send(Ask::Choice(name, value, String::new()));
    }

    /// Hands over what has changed. Cheap where nothing has.
    pub fn keep(&mut self, session: &mut Session) {
        for (i, (name, value)) in choices(session).into_iter().enumerate() {
            if self.choices.get(i).is_some_and(|(_, was)| *was != value) {
                let base = self.base.get(i).map_or(String::new(), |(_, b)| b.clone());
                self.store
                    .send(Ask::Choice(name.to_owned(), value.clone(), base));
                self.choices[i].1 = value;
            }
        }
        let saves = session.take_saves();
        let Some(identity) = &self.identity else {
            return;
        };
        for save in saves {
            self.store.send(Ask::Mark(Arc::clone(identity), save));
        }
        let words = keywords(session);
        if words != self.keywords {
            for word in words.iter().filter(|w| !self.keywords.contains(w)) {
                self.store
                    .send(Ask::Mark(Arc::clone(identity), Save::Keyword(word.clone())));
            }
            self.keywords = words;
        }
        let kept = session.kept();
        if kept.is_some() && kept != self.kept {
            self.kept.clone_from(&kept);
            let reading = session
                .shelf
                .reading
                .and_then(|i| session.shelf.items.get_mut(i));
            if let Some(item) = reading {
                item.progress = kept.as_ref().map(|k| k.per_cent);
            }
            self.store.rest(
                identity,
                Box::new(kept.unwrap_or_default()),
                session.memory.pace.take(),
            );
        }
    }

    /// Hands over the reading time of an article that is left.
    pub fn left(&mut self, session: &mut Session) {
        self.tick(session);
        self.keep(session);
        if let Some(identity) = &self.identity {
            let marks = session.memory.marks.all.clone();
            self.left.insert(
                identity.hash,
                Recalled {
                    kept: self.kept.clone(),
                    same: true,
                    marks,
                    read: session.memory.totals.article,
                },
            );
            let read = session.memory.pace.take();
            if read.ms > 0 {
                self.store.send(Ask::Read(Arc::clone(identity), read));
            }
        }
    }

    /// Tells the session the time.
    pub fn tick(&self, session: &mut Session) {
        session.memory.now = store::writer::now();
        session.tick(u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX));
    }

    /// Writes everything, and waits until it is written or that takes too long.
    pub fn flush(&mut self, session: &mut Session) {
        self.left(session);
        self.given_up = !self.store.flush();
    }

    /// Whether the store still has to say what is known of the article.
    pub fn is_late(&self) -> bool {
        self.late.is_some()
    }

    /// The article that is open.
    pub fn hash(&self) -> [u8; 16] {
        self.identity.as_ref().map_or([0; 16], |i| i.hash)
    }

    /// Takes what the store sends later.
    pub fn answer(&mut self, session: &mut Session, reply: Reply) {
        match reply {
            Reply::Late => {
                let Some((channel, kept)) = self.late.take() else {
                    return;
                };
                match channel.try_recv() {
                    Ok((recalled, _)) => {
                        // a reader who has moved meanwhile is not moved again
                        let moved = session.kept().is_none_or(|now| now != kept);
                        session.recall(recalled, !moved);
                    }
                    Err(std::sync::mpsc::TryRecvError::Empty) => self.late = Some((channel, kept)),
                    Err(std::sync::mpsc::TryRecvError::Disconnected) => {}
                }
            }
            Reply::Saved => session.confirm(true),
            Reply::Offset(offset) => session.memory.offset = offset,
            Reply::Trouble(trouble) => {
                self.failed = true;
                session.confirm(false);
                session.warn(trouble.line(session.settings.lang));
            }
            Reply::Marks(marks) => {
                session.memory.panel.elsewhere = marks;
                session.list_marks();
            }
            Reply::Progress(found) => {
                for (item, per_cent) in session.shelf.items.iter_mut().zip(found) {
                    item.progress = per_cent;
                }
            }
            Reply::Bookmark(..) => {}
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if !self.given_up {
            self.store.flush();
        }
    }
}

fn keywords(session: &Session) -> Vec<String> {
    session
        .find
        .keywords
        .iter()
        .map(|k| k.query.typed().to_owned())
        .collect()
}

/// Under which name the encoding of a file is kept among the choices.
fn encoding_of(item: &Item) -> Option<String> {
    matches!(item, Item::File(_)).then(|| format!("encoding:{}", path_of(item)))
}

/// What an article is known by.
pub fn identify(article: &Article, item: &Item) -> Identity {
    let facts = article.facts();
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    Identity {
        hash: store::hash(article.document().text()),
        path: path_of(item),
        title: article.title().to_owned(),
        author: text(&facts.author),
        source: text(&facts.source),
        date: text(&facts.date),
        length: article.length,
        other: false,
    }
}

/// Where an article lies, from the root on; empty where that is nowhere.
pub fn path_of(item: &Item) -> String {
    match item {
        Item::File(path) => std::fs::canonicalize(path)
            .unwrap_or_else(|_| path.clone())
            .to_string_lossy()
            .into_owned(),
        Item::Stdin => String::new(),
        Item::Shipped(_) => format!("shipped:{}", item.name()),
    }
}

/// The item that a path in the store means.
pub fn item_of(path: &str) -> Item {
    let shipped = path.strip_prefix("shipped:").and_then(|name| {
        crate::shell::open::library::SHIPPED
            .iter()
            .position(|(n, _)| *n == name)
    });
    shipped.map_or_else(|| Item::File(Path::new(path).to_owned()), Item::Shipped)
}

/// A number that no other reading has.
fn seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one((std::process::id(), std::time::SystemTime::now()))
}
