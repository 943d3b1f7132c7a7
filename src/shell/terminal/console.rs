//! The terminal's side of a reading: the frame that it shows, its theme, and the questions that
//! it still has to answer. The loop decides what an answer means.

use crate::command::Keymap;
use crate::session::Session;
use crate::shell::app::inbox::Inbox;
use crate::shell::environment;
use crate::shell::error::Error;
use crate::shell::event::AppEvent;
use crate::shell::terminal::display::{self, Display};
use crate::shell::terminal::probe;
use crate::view::{self, Drawn, Theme};
use ratatui::buffer::Buffer;
use std::time::Duration;

/// The time that the terminal's answers are waited for when quitting.
const LAST_ANSWERS_TIMEOUT: Duration = Duration::from_millis(100);

/// The terminal's side: its frame, its theme, the questions that it was asked.
#[derive(Debug)]
pub(crate) struct Console {
    pub display: Display,
    /// The cells of the next frame, kept so that no frame asks for memory.
    buffer: Buffer,
    /// The cursor, links and widths of the last frame.
    drawn: Drawn,
    theme: Theme,
    depth: view::theme::Depth,
    /// Answers are on the way.
    pub waiting: bool,
    /// Questions about widths that it has answered.
    pub answers: usize,
}

impl Console {
    /// Returns a console that shows nothing yet. `light`: the background, where it is known.
    pub(crate) fn new(light: Option<bool>, session: &Session) -> Self {
        let depth = environment::depth();
        Self {
            display: Display::new(environment::abilities()),
            buffer: Buffer::default(),
            drawn: Drawn::default(),
            theme: Theme::named(&session.settings.theme, light, depth),
            depth,
            waiting: false,
            answers: 0,
        }
    }

    /// Takes the theme of the settings; the dark one where the terminal has answered
    /// everything but its background.
    pub(crate) fn choose_theme(&mut self, session: &Session, light: Option<bool>) {
        let unknown = light.is_none() && !self.waiting && session.settings.theme == "auto";
        let name = if unknown {
            "dark"
        } else {
            &session.settings.theme
        };
        self.theme = Theme::named(name, light, self.depth);
    }

    /// Draws the session and sends the changes.
    pub(crate) fn draw(&mut self, session: &Session, keymap: &Keymap) -> Result<(), Error> {
        let (columns, rows) = (session.screen.columns, session.screen.rows);
        if (self.buffer.area.width, self.buffer.area.height) != (columns, rows) {
            self.buffer = display::buffer(columns, rows);
        }
        self.drawn = view::draw(session, keymap, &self.theme, &mut self.buffer);
        self.mend()
    }

    /// Sends the last frame again, where something else was written over it.
    pub(crate) fn mend(&mut self) -> Result<(), Error> {
        display::send(self.display.frame(&self.buffer, &self.drawn)).map_err(Error::Terminal)
    }

    /// Asks the terminal for its background and for widths. The last
    /// question is one that every terminal answers.
    pub(crate) fn ask(&mut self, width: bool) -> Result<(), Error> {
        if !environment::answers() {
            return Ok(());
        }
        self.waiting = true;
        // its background; whether it scrolls between margins and shows whole frames
        let mut questions = Vec::from(&b"\x1b]11;?\x1b\\\x1b[?69$p\x1b[?2026$p"[..]);
        if width {
            questions.extend_from_slice(&probe::questions());
            self.answers = 0;
            self.display.forget_corner(probe::PROBE_CELLS);
        }
        questions.extend_from_slice(b"\x1b[c");
        display::send(&questions).map_err(Error::Terminal)
    }

    /// Takes answers that are still on the way, so that the shell does not get
    /// them as if they were typed.
    pub(crate) fn await_answers(&mut self, inbox: &mut Inbox) {
        while self.waiting {
            self.waiting = !matches!(
                inbox.take_within(LAST_ANSWERS_TIMEOUT),
                None | Some(AppEvent::Answered | AppEvent::HangUp)
            );
        }
    }
}
