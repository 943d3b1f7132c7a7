//! Draws a session: shared references in, cells out.
//!
//! 1. [`theme`]: which colours and weights each [`role`] has. The only place
//!    with a colour.
//! 2. [`paint`]: text into ratatui's cells, by our own widths; any ratatui widget into an area.
//! 3. [`header`], [`legend`], [`reading`], [`outline`], [`status`], [`strip`], [`offers`]:
//!    the parts of the reading screen; [`runs`] says which style each cluster of a row has.
//! 4. [`panel`], [`settings`], [`keywords`], [`lists`] and [`shelf`]: help, facts, palette; the
//!    settings; keywords; the list of hits; the shelf. [`marks`]: the reader's marks, over the text
//!    and as a list.
//!
//! Drawing changes nothing and lays nothing out: the rows are in the session.
//! With the shell's painter, all that knows ratatui's colours and weights.

pub mod header;
pub mod keywords;
pub mod legend;
pub mod lists;
pub mod marks;
pub mod offers;
pub mod outline;
pub mod paint;
pub mod panel;
pub mod reading;
pub mod role;
pub mod runs;
pub mod settings;
pub mod shelf;
pub mod status;
pub mod strip;
pub mod theme;

use crate::command::Keymap;
use crate::session::{Area, Mode, Purpose, Session};
use crate::text::WidthPolicy;
pub use paint::LinkCells;
use paint::Painter;
use ratatui::buffer::Buffer;
pub use role::Role;
pub use theme::Theme;

/// A frame without its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// Column and row of the terminal's cursor; `None` where it is hidden.
    pub cursor: Option<(u16, u16)>,
    /// The widths of the clusters in it.
    pub widths: WidthPolicy,
    /// Cells that link to an address, row by row.
    pub links: Vec<LinkCells>,
    /// The area whose rows may only have moved since the last frame.
    pub pane: Option<Area>,
}

/// Draws the session into the buffer, which must have the screen's size.
pub fn draw(session: &Session, keymap: &Keymap, theme: &Theme, buffer: &mut Buffer) -> Drawn {
    let mut p = Painter::new(buffer, theme, session.settings.face.widths);
    p.clear();
    if session.screen.columns == 0 || session.screen.rows == 0 {
        return Drawn::default();
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
        Mode::Notes(notes, top) => {
            header::draw(session, &mut p);
            panel::notes(session, notes, *top, &mut p);
        }
        Mode::Keywords(chosen) => {
            header::draw(session, &mut p);
            keywords::draw(session, *chosen, &mut p);
        }
        Mode::Terms(chosen) => {
            header::draw(session, &mut p);
            keywords::terms(session, *chosen, &mut p);
        }
        Mode::Line(purpose, _) => {
            header::draw(session, &mut p);
            match purpose {
                Purpose::Filter => lists::draw(session, &mut p),
                Purpose::Rename(i) => keywords::draw(session, *i, &mut p),
                Purpose::Save | Purpose::Open => keywords::draw(session, 0, &mut p),
            }
        }
        Mode::Hits => {
            header::draw(session, &mut p);
            lists::draw(session, &mut p);
        }
        Mode::Palette(prompt, chosen) => {
            header::draw(session, &mut p);
            panel::palette(session, keymap, &prompt.text, *chosen, &mut p);
        }
        Mode::Marks | Mode::MarkFilter(_) => {
            header::draw(session, &mut p);
            marks::list(session, &mut p);
        }
        Mode::Settings(_)
        | Mode::Read
        | Mode::Outline
        | Mode::Search(_)
        | Mode::Keyword(_)
        | Mode::Filter(_)
        | Mode::Note(_) => {
            header::draw(session, &mut p);
            if session.screen.outline.width < session.screen.columns {
                reading::draw(session, &mut p);
                strip::draw(session, &mut p);
            }
            outline::draw(session, &mut p);
            offers::draw(session, &mut p);
        }
    }
    let cursor = status::draw(session, keymap, &mut p);
    let pane = Some(session.screen.text).filter(|a| a.width > 0 && a.height > 2);
    Drawn {
        cursor,
        widths: p.widths,
        links: p.links,
        pane,
    }
}
