//! Draws a session: shared references in, cells out.
//!
//! 1. [`theme`]: which colours and weights each [`role`] has. The only place
//!    with a colour.
//! 2. [`paint`]: text into cells, by our own widths.
//! 3. [`header`], [`reading`], [`outline`], [`status`], [`strip`]: the parts of
//!    the reading screen; [`runs`] says which style each cluster of a row has.
//! 4. [`panel`] and [`shelf`]: help, facts, keywords, palette; the shelf.
//!    [`marks`]: the reader's marks, over the text and as a list.
//!
//! Drawing changes nothing and lays nothing out: the rows are in the session.
//! With the shell's painter, all that knows ratatui.

pub mod header;
pub mod marks;
pub mod outline;
pub mod paint;
pub mod panel;
pub mod reading;
pub mod role;
pub mod runs;
pub mod shelf;
pub mod status;
pub mod strip;
pub mod theme;

use crate::command::Keymap;
use crate::session::{Mode, Session};
use paint::Painter;
use ratatui::buffer::Buffer;
pub use role::Role;
pub use theme::Theme;

/// Draws the session into the buffer, which must have the screen's size.
/// Returns where the terminal's cursor belongs: column and row, or `None` where
/// it is to be hidden.
pub fn draw(session: &Session, keymap: &Keymap, theme: &Theme, buffer: &mut Buffer) -> Option<(u16, u16)> {
    let mut p = Painter::new(buffer, theme, session.settings.widths);
    p.clear();
    if session.screen.columns == 0 || session.screen.rows == 0 {
        return None;
    }
    match &session.mode {
        Mode::Shelf => shelf::draw(session, &mut p),
        Mode::Help(top) => {
            header::draw(session, &mut p);
            panel::help(session, keymap, *top, &mut p);
        }
        Mode::Facts => {
            header::draw(session, &mut p);
            panel::facts(session, &mut p);
        }
        Mode::Keywords(chosen) => {
            header::draw(session, &mut p);
            panel::keywords(session, *chosen, &mut p);
        }
        Mode::Palette(prompt, chosen) => {
            header::draw(session, &mut p);
            panel::palette(session, keymap, &prompt.text, *chosen, &mut p);
        }
        Mode::Marks | Mode::MarkFilter(_) => {
            header::draw(session, &mut p);
            marks::list(session, &mut p);
        }
        Mode::Read | Mode::Outline | Mode::Search(_) | Mode::Keyword(_) | Mode::Filter(_) | Mode::Note(_) => {
            header::draw(session, &mut p);
            if session.screen.outline.width < session.screen.columns {
                reading::draw(session, &mut p);
                strip::draw(session, &mut p);
            }
            outline::draw(session, &mut p);
        }
    }
    status::draw(session, keymap, &mut p)
}
