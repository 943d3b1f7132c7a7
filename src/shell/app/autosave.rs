//! Saves the reader's changes: makes opened articles known to the store, restores them, and
//! hands over the changes after every input. The store's thread decides when to write; the last
//! changes are written when this is dropped.

use super::editor;
use super::standing::StandingKeywords;
use crate::command::options::{Config, THEMES};
use crate::command::{keywords, saved_views};
use crate::layout::measure;
use crate::session::Session;
use crate::session::marks::{Mark, Marks, Save};
use crate::session::memory::{Recalled, SavedPosition};
use crate::session::pace::ReadingTime;
use crate::session::saved_views::SavedView;
use crate::session::shelf_news::ReadProgress;
use crate::session::term::{KeywordScope, Term};
use crate::shell::open::item::Item;
use crate::shell::store::Store;
use crate::shell::store::identity::{identify, path_of};
use crate::shell::store::job::Job;
use crate::shell::store::json;
use crate::shell::store::message::{Identity, KnownArticle, Reply, StartupState, Trouble};
use crate::shell::store::thread::now;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Instant;

/// Anchors of fewer characters do not prove that an article is the same.
const MIN_PROOF_CHARS: usize = 6;

/// The way from a session to the store.
pub struct Autosave {
    /// The store.
    pub(crate) store: Store,
    /// The state at the start.
    pub(crate) startup: StartupState,
    identity: Option<Arc<Identity>>,
    /// The position that was handed over last.
    position: Option<SavedPosition>,
    choices: Vec<Choice>,
    /// The keywords in use when last looked.
    keywords: Vec<String>,
    /// An answer that took too long, and the position when it was asked for.
    late: Option<(Receiver<KnownArticle>, SavedPosition)>,
    started: Instant,
    faults: StoreFaults,
    left: HashMap<[u8; 16], Recalled>,
    /// The keywords that apply to every article.
    standing: StandingKeywords,
}

/// The faults of the store that the reader has to know of.
#[derive(Clone, Copy, Debug, Default)]
struct StoreFaults {
    /// It has failed, or there is none: only `left` has the state of the articles that were left.
    failed: bool,
    /// It did not answer in time.
    given_up: bool,
    /// Nothing can be written now; true where that was said at a mark.
    barred: Option<bool>,
}

/// A choice that is made by key.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    name: &'static str,
    value: String,
    /// The value by the settings.
    base: String,
}

/// Returns the choices by name.
fn choices(session: &Session) -> [(&'static str, String); 4] {
    let s = &session.settings;
    let outline = match (session.pane.decided, session.pane.open) {
        (false, _) => "auto",
        (true, true) => "open",
        (true, false) => "closed",
    };
    let paragraphs = if s.gap { "gap" } else { "indent" };
    [
        ("measure", s.measure.to_string()),
        ("paragraphs", paragraphs.to_owned()),
        ("theme", s.theme.clone()),
        ("outline", outline.to_owned()),
    ]
}

/// Makes a choice of an earlier session again.
fn choose(session: &mut Session, name: &str, value: &str) {
    let s = &mut session.settings;
    match name {
        "measure" => {
            let fits = |n: &usize| (measure::MIN_CELLS..=measure::MAX_CELLS).contains(n);
            s.measure = value.parse().ok().filter(fits).unwrap_or(s.measure);
        }
        "paragraphs" => s.gap = value == "gap",
        "theme" if THEMES.contains(&value) => value.clone_into(&mut s.theme),
        "outline" if value != "auto" => {
            session.pane.decided = true;
            session.pane.open = value == "open" && session.screen.is_side_by_side();
        }
        _ => {}
    }
}

impl Autosave {
    /// Takes the answer to [`Store::begin`], and makes the choices of earlier sessions again
    /// unless the settings have changed since. A theme of the command line stays.
    pub fn begin(
        store: Store,
        answer: &Receiver<StartupState>,
        session: &mut Session,
        config: &Config,
        theme_given: bool,
    ) -> Self {
        let startup = Store::startup_state(answer);
        let base = choices(session);
        for (name, value, was) in &startup.choices {
            let same = base.iter().any(|(n, b)| n == name && b == was);
            if same && !(theme_given && name == "theme") {
                choose(session, name, value);
            }
        }
        session.memory.totals = startup.totals;
        session.memory.offset = startup.offset;
        session.memory.citation.clone_from(&config.citation);
        session.memory.marks.seed = seed();
        session.memory.now = now();
        session.arrange();
        let choices = choices(session).into_iter().zip(base);
        let choices = choices.map(|((name, value), (_, base))| Choice { name, value, base });
        let failed = !store.has_file();
        Self {
            store,
            startup,
            identity: None,
            position: None,
            choices: choices.collect(),
            keywords: Vec::new(),
            late: None,
            started: Instant::now(),
            faults: StoreFaults {
                failed,
                ..StoreFaults::default()
            },
            left: HashMap::new(),
            standing: StandingKeywords::default(),
        }
    }

    /// Gives the session the standing keywords: those of the settings, with the changes since.
    pub(crate) fn begin_keywords(&mut self, session: &mut Session, configured: Vec<Term>) {
        let terms = StandingKeywords::at_start(&configured, &self.startup.choices);
        keywords::take_set(session, terms, KeywordScope::Everywhere);
        let begun = session.find.terms(KeywordScope::Everywhere);
        self.standing.begin(configured, begun);
    }

    /// Makes an opened article known and restores it; `place`: its position as well.
    pub fn opened(&mut self, session: &mut Session, item: &Item, place: bool) {
        let mut identity = Arc::new(identify(&session.article, item));
        let mut known = self.store.open(&identity);
        if let Ok(KnownArticle { recalled, doubtful }) = &known
            && *doubtful
        {
            if has_text_of(session, recalled) {
                // the store goes by the title: from now on it is this one
                let kept = Box::new(recalled.kept.clone().unwrap_or_default());
                let read = ReadingTime::default();
                self.store.write_position(&identity, kept, read);
            } else {
                Arc::make_mut(&mut identity).other = true;
                known = self.store.open(&identity);
            }
        }
        let left = self.left.get(&identity.hash).filter(|_| self.faults.failed);
        self.identity = Some(identity);
        self.late = None;
        match (left, known) {
            (Some(recalled), _) => session.recall(recalled.clone(), place),
            (None, Ok(known)) => recall(session, known, place),
            (None, Err(channel)) => {
                let position = session.kept().filter(|_| place);
                self.late = position.map(|position| (channel, position));
            }
        }
        self.position = session.kept();
        self.keywords = words(session);
    }

    /// Takes the new text of the open article, of which more has come.
    pub(crate) fn grew(&mut self, session: &Session, item: &Item) {
        let other = self.identity.as_ref().is_some_and(|i| i.other);
        self.identity = Some(Arc::new(Identity {
            other,
            ..identify(&session.article, item)
        }));
    }

    /// Stops saving until the article that is being opened is known.
    pub(crate) fn nothing(&mut self) {
        (self.identity, self.position, self.late) = (None, None, None);
    }

    /// Returns the encoding that the reader last chose for a file.
    pub(crate) fn encoding(&self, item: &Item) -> Option<String> {
        let name = encoding_choice(item)?;
        let chosen = self.startup.choices.iter().find(|(n, ..)| *n == name);
        let value = chosen.map(|(_, value, _)| value.clone());
        value.filter(|value| !value.is_empty())
    }

    /// Saves the encoding chosen for a file; `None` is the guessed one.
    pub(crate) fn keep_encoding(&mut self, item: &Item, encoding: Option<&str>) {
        let Some(name) = encoding_choice(item) else {
            return;
        };
        let choice = (name, encoding.unwrap_or_default().to_owned(), String::new());
        self.startup.choices.retain(|(n, ..)| *n != choice.0);
        self.startup.choices.push(choice.clone());
        self.store.write(Job::Choice(choice.0, choice.1, choice.2));
    }

    /// Saves a view of the shelf under its name, or none.
    pub(crate) fn keep_view(&mut self, name: &str, view: Option<&SavedView>) {
        let (name, value) = json::view_choice(name, view);
        self.store.write(Job::Choice(name, value, String::new()));
    }

    /// Hands over the changes. Cheap where there are none.
    pub fn save(&mut self, session: &mut Session) {
        for (choice, (name, value)) in self.choices.iter_mut().zip(choices(session)) {
            if choice.value != value {
                choice.value.clone_from(&value);
                let base = choice.base.clone();
                self.store.write(Job::Choice(name.to_owned(), value, base));
            }
        }
        let standing = session.find.terms(KeywordScope::Everywhere);
        for job in self.standing.changes(standing) {
            self.store.write(job);
        }
        let saves = session.take_saves();
        let is_mark = |save: &Save| matches!(save, Save::Put(..));
        if self.faults.barred == Some(false) && saves.iter().any(is_mark) {
            self.faults.barred = Some(true);
            session.warn_unsaved();
        }
        let Some(identity) = &self.identity else {
            return;
        };
        for card in session.take_card_saves() {
            self.store.write(Job::Card(Arc::clone(identity), card));
        }
        let words = words(session);
        let new = words.iter().filter(|w| !self.keywords.contains(w));
        let new = new.cloned().map(Save::Keyword);
        for save in saves.into_iter().chain(new) {
            if let Save::Draft(uid, None) = &save {
                editor::forget(uid);
            }
            self.store.write(Job::Mark(Arc::clone(identity), save));
        }
        self.keywords = words;
        let position = session.kept();
        let Some(kept) = position.clone().filter(|_| position != self.position) else {
            return;
        };
        self.position = position;
        session.shelf.note_progress(ReadProgress {
            per_cent: kept.per_cent,
            is_done: kept.is_done,
            at: session.memory.now,
        });
        let read = session.memory.pace.take();
        self.store.write_position(identity, Box::new(kept), read);
    }

    /// Returns the marks of the open article as the store has them by now, with those of other
    /// windows; those of this window alone where the store does not answer.
    pub(crate) fn current_marks(&mut self, session: &mut Session) -> Vec<Mark> {
        self.save(session);
        let own = session.memory.marks.all.clone();
        let known = self.identity.as_ref().map(|of| self.store.open(of));
        let stored = match known {
            Some(Ok(known)) if !known.doubtful => known.recalled.marks,
            _ => return own,
        };
        if stored.is_empty() {
            return own;
        }
        let is_unwritten = self.faults.failed || session.memory.said.is_some();
        let named = stored.into_iter().map(|mark| (mark.uid.clone(), mark));
        let mut stored: HashMap<String, Mark> = named.collect();
        let newer = |mark: Mark| match stored.remove(&mark.uid) {
            Some(other) if other.changed > mark.changed => Some(Mark {
                span: mark.span,
                ..other
            }),
            Some(_) => Some(mark),
            // another window has deleted it
            None => is_unwritten.then_some(mark),
        };
        let mut marks = Marks::default();
        marks.all = own.into_iter().filter_map(newer).collect();
        let text = session.article.document().text();
        marks.take_up(stored.into_values().collect(), text);
        marks.all
    }

    /// Forgets what of the open article was shown: it was marked as unread.
    pub(crate) fn forget_shown(&mut self, session: &mut Session) {
        session.forget_shown();
        self.position = session.kept();
    }

    /// Saves the article that is left, with its reading time.
    pub(crate) fn leave(&mut self, session: &mut Session) {
        self.tick(session);
        session.keep_typed(true);
        self.save(session);
        let Some(identity) = &self.identity else {
            return;
        };
        let recalled = Recalled {
            kept: self.position.clone(),
            same: true,
            marks: session.memory.marks.all.clone(),
            read: session.memory.totals.article,
            cards: session.card_records(),
            drafts: session.memory.marks.drafts.clone(),
        };
        self.left.insert(identity.hash, recalled);
        let read = session.memory.pace.take();
        if read.ms > 0 {
            self.store.write(Job::Read(Arc::clone(identity), read));
        }
    }

    /// Gives the session the time.
    pub fn tick(&self, session: &mut Session) {
        session.memory.now = now();
        session.tick(u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX));
    }

    /// Writes everything, and waits until it is written or that takes too long.
    pub(crate) fn flush(&mut self, session: &mut Session) {
        self.leave(session);
        self.faults.given_up = !self.store.flush();
    }

    /// Returns whether the store still has to answer about the open article.
    pub(crate) fn is_late(&self) -> bool {
        self.late.is_some()
    }

    /// Returns the hash of the open article.
    pub(crate) fn hash(&self) -> [u8; 16] {
        self.identity.as_ref().map_or([0; 16], |i| i.hash)
    }

    /// Takes an answer of the store.
    pub(crate) fn answer(&mut self, session: &mut Session, reply: Reply) {
        match reply {
            Reply::Opened => self.restore_late(session),
            Reply::Saved => {
                self.faults.barred = None;
                session.confirm(true);
            }
            Reply::Clash(clash) => session.take_clash(&clash, clash.of == self.hash()),
            Reply::Offset(offset) => session.memory.offset = offset,
            Reply::Trouble(trouble) => {
                self.faults.failed = true;
                let is_past = matches!(trouble, Trouble::Damaged(..) | Trouble::Emptied(_));
                if !is_past && trouble != Trouble::Locked {
                    // where a mark waits, it is said at that mark
                    self.faults.barred = Some(session.memory.said.is_some());
                }
                session.confirm(false);
                session.warn(trouble.line(session.settings.lang));
            }
            Reply::Marks(marks) => {
                session.memory.panel.elsewhere = marks;
                session.list_marks();
            }
            Reply::Views(views) => saved_views::take(session, views),
            Reply::Bookmark(..) | Reply::Progress(_) | Reply::Recent(_) | Reply::Due(_) => {}
        }
    }

    /// Restores an article whose answer took too long; a reader who has moved since is
    /// not moved again.
    fn restore_late(&mut self, session: &mut Session) {
        let Some((channel, position)) = self.late.take() else {
            return;
        };
        match channel.try_recv() {
            Ok(known) => {
                let moved = session.kept().is_none_or(|now| now != position);
                recall(session, known, !moved);
            }
            Err(TryRecvError::Empty) => self.late = Some((channel, position)),
            Err(TryRecvError::Disconnected) => {}
        }
    }
}

impl Drop for Autosave {
    fn drop(&mut self) {
        if !self.faults.given_up {
            self.store.flush();
        }
    }
}

/// Restores an article. A draft that was in an editor is as the editor left it.
fn recall(session: &mut Session, mut known: KnownArticle, place: bool) {
    for draft in &mut known.recalled.drafts {
        draft.text = editor::left(&draft.uid).unwrap_or_else(|| draft.text.clone());
    }
    session.recall(known.recalled, place);
}

/// Returns whether some of the text that was marked or read is in the open article.
fn has_text_of(session: &Session, recalled: &Recalled) -> bool {
    let text = session.article.document().text();
    let marks = recalled.marks.iter().map(|m| &m.anchor);
    let mut anchors = marks.chain(recalled.kept.iter().map(|k| &k.focus));
    anchors.any(|a| a.exact.chars().count() >= MIN_PROOF_CHARS && a.find(text).is_some())
}

/// Returns the texts of the keywords.
fn words(session: &Session) -> Vec<String> {
    let keywords = session.find.keywords.iter();
    keywords.map(|k| k.query.typed().to_owned()).collect()
}

/// Returns the name of the choice of a file's encoding.
fn encoding_choice(item: &Item) -> Option<String> {
    item.file().map(|_| format!("encoding:{}", path_of(item)))
}

/// Returns a number that no other session has.
fn seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one((std::process::id(), std::time::SystemTime::now()))
}
