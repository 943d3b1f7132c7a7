//! What can be done: one table of commands, and what carries them out.
//!
//! 1. [`table`]: what a command is, and the table of all of them, from the
//!    files below, one for each group.
//! 2. [`scroll`], [`point`], [`outline`], [`search`], [`keywords`], [`lists`], [`jump`], [`select`],
//!    [`copy`], [`mark`], [`marks`], [`app`], [`prompt`]: the commands, each with names, keys, help
//!    and function.
//! 3. [`keymap`]: from keys to commands: sequences, counts, full-width aliases.
//!    [`mouse`]: what a click and the wheel mean.
//! 4. [`help`]: the help, row by row. [`options`]: the table of settings,
//!    [`settings`] the panel of them, [`config`] their file; [`sets`]: keyword sets as text.
//! 5. [`update`]: the one way in: an input changes the session and tells what
//!    the world must do.
//!
//! Help, palette and docs/keys.md are made from the table. A key literal stands
//! nowhere else.

pub mod app;
pub mod config;
pub mod copy;
pub mod help;
pub mod jump;
pub mod keymap;
pub mod keywords;
pub mod lists;
pub mod mark;
pub mod marks;
pub mod mouse;
pub mod options;
pub mod outline;
pub mod point;
pub mod prompt;
pub mod scroll;
pub mod search;
pub mod select;
pub mod sets;
pub mod settings;
pub mod shelf;
pub mod table;

pub use keymap::Keymap;
pub use table::{COMMANDS, Command, Group, When};

use crate::search::{Answer, Word};
use crate::session::{Effect, Session};
use crate::text::key::Key;

/// Something that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, or committed by an input method.
    Paste(String),
    /// The terminal has another size: columns and rows.
    Resize(u16, u16),
    /// The mouse did something at a column and row.
    Mouse(Mouse, u16, u16),
    /// A search that the world carries out has found something.
    Found(Answer),
    /// The terms of the article were found.
    Terms(Vec<Word>),
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button was pressed.
    Click,
    /// The mouse was moved with the left button held.
    Drag,
    /// The wheel was turned away.
    WheelUp,
    /// The wheel was turned towards the reader.
    WheelDown,
}

/// Changes the session by one input; returns what the world must do.
pub fn update(session: &mut Session, keymap: &Keymap, input: Input) -> Effect {
    let effect = match input {
        Input::Key(key) => keymap.press(session, key),
        Input::Paste(text) => {
            if session.mode.prompt().is_some() {
                session.notice = None;
                prompt::typed(session, &text);
            }
            Effect::None
        }
        Input::Mouse(mouse, column, row) => mouse::act(session, mouse, column, row),
        Input::Found(answer) => {
            search::take(session, answer);
            Effect::None
        }
        Input::Terms(terms) => keywords::offer(session, terms),
        Input::Resize(columns, rows) => {
            session.resize(columns, rows);
            Effect::None
        }
    };
    session.refresh();
    if effect == Effect::None && session.find.has_requests() {
        Effect::Search
    } else {
        effect
    }
}
