//! The commands: one table of them, and the functions that carry them out.
//!
//! 1. [`entry`]: the type of a command, [`help`] its texts. The commands are in [`scroll`],
//!    [`point`], [`outline`], [`drill`], [`search`], [`along`], [`keywords`], [`hits`], [`jump`], [`recent`], [`select`],
//!    [`copy`], [`mark`], [`marks`], [`shelf`], [`saved_views`], [`shelf_hits`], [`same`], [`differences`], [`like`], [`phrases`], [`twin`], [`term_table`] (its columns: `table_layout`), [`app`], [`encodings`], [`links`],
//!    [`settings`] and
//!    [`prompt`]; [`list`] moves in every list and filters it. [`groups`] and [`table`] list all of them.
//! 2. [`keymap`]: from keys to commands: sequences, counts, full-width aliases.
//!    [`mouse`]: clicks, dragging and the wheel.
//! 3. [`page`]: the type of a page, [`pages`] the table of them; [`page_rows`]: the help and the
//!    notes, row by row. [`palette`]: commands by name, or by [`synonyms`].
//! 4. [`options`]: the table of settings, [`config`] their file; [`sets`]: keyword sets as text.
//! 5. [`update`]: the one way in: an [`Input`] changes the session and returns its effect.
//!
//! Help, palette and docs/keys.md are made from the table. Keys are named nowhere else.

mod along;
pub mod app;
mod article_sheets;
pub mod config;
mod copy;
pub(crate) mod differences;
pub mod drill;
pub mod encodings;
mod entry;
mod export;
pub mod facts;
mod fold;
mod groups;
mod help;
mod hits;
mod input;
mod jump;
pub mod keymap;
pub mod keywords;
pub(crate) mod like;
mod links;
mod list;
pub mod mark;
pub mod marks;
mod mouse;
pub mod options;
mod outline;
mod page;
pub mod page_rows;
pub mod pages;
pub mod palette;
pub(crate) mod phrases;
mod point;
pub mod prompt;
mod recent;
pub mod same;
pub mod saved_views;
pub mod scroll;
pub mod search;
mod select;
pub mod sets;
pub(crate) mod settings;
mod sheets;
pub mod shelf;
pub mod shelf_hits;
mod synonyms;
pub mod table;
pub(crate) mod table_layout;
pub mod term_table;
pub(crate) mod twin;

pub(crate) use entry::Hint;
pub use entry::{Command, Group, When};
pub use input::{Input, Mouse};
pub use keymap::Keymap;

use crate::session::{Effect, Session};

/// Changes the session by one input; returns the effect on the world.
pub fn update(session: &mut Session, keymap: &Keymap, input: Input) -> Effect {
    let mut effect = Effect::None;
    match input {
        Input::Key(key) => effect = keymap.press(session, key),
        Input::Paste(text) if session.pages.prompt().is_some() => {
            session.notice = None;
            prompt::typed(session, &text);
        }
        Input::Paste(_) => {}
        Input::Mouse(mouse, column, row) => mouse::act(session, mouse, column, row),
        Input::Found(answer) => search::take(session, answer),
        Input::Terms(terms) => keywords::offer(session, terms),
        Input::Shares(answer) => session.pages.shares.take(answer),
        Input::Recent(articles) => recent::take(session, articles),
        Input::Due(due) => session.pages.due = due,
        Input::Shelf(news) => {
            effect = shelf::take(session, news);
            shelf_hits::follow(session);
        }
        Input::Library(answer) => session.pages.library.take(answer),
        Input::Resize(columns, rows) => session.resize(columns, rows),
    }
    pages::refresh(session);
    if effect == Effect::None && session.find.has_requests() {
        return Effect::Search;
    }
    effect
}
