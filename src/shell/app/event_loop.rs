//! The loop: wait, take all events, update, draw. Never wakes by a clock.
//!
//! The first frame is drawn before the terminal is asked for its background and for doubtful
//! widths; the answers come in like keys, and make one frame when all have come. Changes are
//! handed to the store's thread before a frame is drawn.

use super::autosave::Autosave;
use super::inbox::Inbox;
use super::keyword_sets::KeywordSets;
use super::recent;
use super::shelf::AppShelf;
use super::unwritten;
use super::worker::Workers;
use crate::command::{Input, Keymap, pages, update};
use crate::session::{Effect, Session};
use crate::shell::cli::report;
use crate::shell::error::Error;
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::open::open_article::OpenArticle;
use crate::shell::os::process::{Signal, Signals};
use crate::shell::store::message::Reply;
use crate::shell::terminal;
use crate::shell::terminal::console::Console;
use crate::shell::terminal::probe;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// The time for an orderly end; after it the process ends at once.
const GRACE: Duration = Duration::from_millis(400);

/// The whole program while it reads.
pub(crate) struct App {
    pub session: Session,
    pub keymap: Keymap,
    pub shelf: AppShelf,
    /// The article that is open.
    pub current: OpenArticle,
    pub autosave: Autosave,
    pub console: Console,
    pub workers: Workers,
    pub tools: ExternalTools,
    /// The terminal's background is light, as far as that is known.
    pub light: Option<bool>,
    /// The file that settings are written to.
    pub config_file: Option<PathBuf>,
    pub sets: KeywordSets,
}

/// The reader's other programs: clipboard, editor.
pub(crate) struct ExternalTools {
    /// The copy command of the settings.
    pub clipboard: Option<String>,
    /// The copy that was begun last.
    pub copying: Option<JoinHandle<()>>,
    /// The folder that notes are written to.
    pub notes: Option<PathBuf>,
    pub events: EventSender,
    /// The editor has the terminal: Ctrl-c and Ctrl-z are typed for it.
    pub editing: Arc<AtomicBool>,
}

impl App {
    /// Takes the terminal and reads until the end.
    pub(crate) fn run(&mut self, inbox: &mut Inbox) -> Result<ExitCode, Error> {
        terminal::guard_panics();
        inbox.listen().map_err(|_| Error::NoTerminal)?;
        self.listen_to_signals()?;
        // the terminal may have changed its size before the handler was there
        self.resize();
        terminal::enter(self.session.settings.mouse).map_err(Error::Terminal)?;
        let _guard = terminal::Guard;
        pages::refresh(&mut self.session);
        self.draw()?;
        self.console.ask(self.session.settings.asks_widths)?;
        // the questions were written into a corner: it is drawn again even without answers
        self.console.mend()?;
        self.current.drawn();
        self.current.watch();
        self.workers.serve(&mut self.session);
        self.shelf.serve(&mut self.session);
        let ended = self.take_events(inbox);
        self.autosave.flush(&mut self.session);
        self.console.await_answers(inbox);
        ended
    }

    fn draw(&mut self) -> Result<(), Error> {
        self.console.draw(&self.session, &self.keymap)
    }

    /// Waits, takes all events, draws; until the end.
    fn take_events(&mut self, inbox: &mut Inbox) -> Result<ExitCode, Error> {
        loop {
            let mut next = Some(inbox.take());
            let mut changed = false;
            while let Some(event) = next {
                changed |= self.is_visible(&event);
                if let Some(code) = self.handle(event)? {
                    return Ok(code);
                }
                next = inbox.try_take();
            }
            if changed {
                pages::refresh(&mut self.session);
                // searches that are not awaited any more stop before the next key
                self.workers.serve(&mut self.session);
                self.shelf.serve(&mut self.session);
                self.autosave.save(&mut self.session);
                self.draw()?;
            }
            self.current.drawn();
        }
    }

    /// Returns whether an event can change the screen. The terminal's answers are shown in
    /// one frame, when all have come.
    fn is_visible(&self, event: &AppEvent) -> bool {
        match event {
            AppEvent::Mode(..) | AppEvent::Store(Reply::Offset(_)) => false,
            AppEvent::Background(_) | AppEvent::Column(_) => !self.console.waiting,
            AppEvent::Store(Reply::Opened) => self.autosave.is_late(),
            _ => true,
        }
    }

    /// Acts on an event. `Some` ends the program.
    pub(super) fn handle(&mut self, event: AppEvent) -> Result<Option<ExitCode>, Error> {
        let effect = match event {
            AppEvent::Input(input) => {
                self.autosave.tick(&mut self.session);
                let input = self.keymap.as_text(&self.session, input);
                update(&mut self.session, &self.keymap, input)
            }
            AppEvent::Signal(Signal::Suspend) => Effect::Suspend,
            AppEvent::Signal(Signal::Resumed) => Effect::Redraw,
            AppEvent::Signal(signal @ Signal::End(_)) => return Ok(Some(ended_by(signal))),
            AppEvent::HangUp => return Ok(Some(ended_by(Signal::HANG_UP))),
            event => {
                self.note(event)?;
                Effect::None
            }
        };
        self.carry_out(effect)
    }

    /// Takes an event that has no effect on the world.
    fn note(&mut self, event: AppEvent) -> Result<(), Error> {
        let session = &mut self.session;
        match event {
            AppEvent::Background(light) => {
                self.light = Some(light);
                self.console.choose_theme(session, self.light);
            }
            AppEvent::PasteCut => self.report(
                false,
                "粘贴的内容太长，只取了前 64 MB".to_owned(),
                "The paste is too long: its first 64 MB were taken".to_owned(),
            ),
            AppEvent::Column(column) => self.learn_width(column),
            AppEvent::Mode(69, known) => self.console.display.can().margins = known,
            AppEvent::Mode(2026, known) => self.console.display.can().together = known,
            AppEvent::Answered => {
                self.console.waiting = false;
                if self.light.is_none() {
                    // the terminal does not know its background either: take the dark theme
                    self.console.choose_theme(session, None);
                }
            }
            AppEvent::Signal(Signal::Resized) => self.terminal_resized(),
            AppEvent::Store(Reply::Bookmark(letter, found)) => self.open_bookmark(letter, found),
            AppEvent::Store(Reply::Progress(read)) => self.shelf.progress(session, read),
            AppEvent::Store(Reply::Recent(articles)) => self.list_recent(articles),
            AppEvent::Store(Reply::Due(due)) => {
                recent::look_for_due_files(due, self.tools.events.clone());
            }
            AppEvent::Store(reply) => self.autosave.answer(session, reply),
            AppEvent::Copied(said, true) => session.warn(said),
            AppEvent::Copied(said, false) => session.tell(said),
            AppEvent::Loaded => self.current.loaded(session, &mut self.autosave)?,
            AppEvent::Touched => self.current.touched(session),
            _ => {}
        }
        Ok(())
    }

    /// Learns from the terminal's answer to a question about widths.
    fn learn_width(&mut self, column: u16) {
        let widths = &mut self.session.settings.face.widths;
        let learned = probe::learn(*widths, self.console.answers, column);
        self.console.answers += 1;
        if learned != *widths {
            // text that was drawn by the wrong widths may be anywhere
            *widths = learned;
            self.console.display.forget();
        }
    }

    /// Takes the terminal's size after it was said to have changed. Where it has not, somebody
    /// else has drawn over the screen: dtach asks for all of it in this way.
    fn terminal_resized(&mut self) {
        let size = |session: &Session| (session.screen.columns, session.screen.rows);
        let before = size(&self.session);
        self.resize();
        if size(&self.session) == before {
            self.console.display.forget();
        }
    }

    /// Reads the terminal's size again.
    pub(crate) fn resize(&mut self) {
        let (columns, rows) = terminal::size();
        update(
            &mut self.session,
            &self.keymap,
            Input::Resize(columns, rows),
        );
    }

    /// Sends signals into the loop. One that ends the program does so even where the loop
    /// cannot: a terminal that takes no bytes stalls it.
    fn listen_to_signals(&self) -> Result<(), Error> {
        let mut signals = Signals::install().map_err(Error::Terminal)?;
        let (events, store) = (self.tools.events.clone(), self.autosave.store.clone());
        let editing = Arc::clone(&self.tools.editing);
        let lang = self.session.settings.lang;
        let listen = move || {
            for signal in signals.forever() {
                if editing.load(Ordering::SeqCst) && signal.is_typed() {
                    continue;
                }
                let ended = events.send(AppEvent::Signal(signal)).is_err();
                if let Signal::End(_) = signal {
                    std::thread::sleep(GRACE);
                    store.flush();
                    let unwritten = unwritten::save(store.take_unwritten(), lang);
                    terminal::leave_within(GRACE);
                    report::lines(&unwritten.unwrap_or_default());
                    if editing.load(Ordering::SeqCst) {
                        let said = (
                            "编辑器里的批注留作草稿，再打开这篇文章时接着写",
                            "The note in the editor is kept as a draft of its article",
                        );
                        report::warn(lang.say(said));
                    }
                    std::process::exit(signal.exit_status().into());
                }
                if ended {
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("signals".to_owned());
        thread.spawn(listen).map(|_| ()).map_err(Error::Terminal)
    }
}

fn ended_by(signal: Signal) -> ExitCode {
    ExitCode::from(signal.exit_status())
}
