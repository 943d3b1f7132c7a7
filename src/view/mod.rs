//! Draws a session: shared references in, cells out.
//!
//! 1. [`theme`]: the colours and weights of each `role`. The only place with a colour.
//! 2. `paint`: text into ratatui's cells, by our own widths; any ratatui widget into an area.
//! 3. `header`, [`legend`], `reading`, `outline`, `status`, `strip`, `offers`:
//!    the parts of the reading screen; `runs` gives the style of each cluster of a row.
//! 4. `panel`, `settings`, `keywords`, `lists`, `encodings` and `shelf`: help, facts, palette;
//!    the settings; keywords; the list of hits; encodings; the shelf. `marks`: the reader's marks,
//!    over the text and as a list.
//!
//! Drawing changes nothing and lays nothing out: the rows are in the session.
//! With the shell's painter, all that knows ratatui's colours and weights.

mod encodings;
mod header;
mod keywords;
pub mod legend;
mod lists;
mod marks;
mod offers;
mod outline;
pub(crate) mod paint;
mod panel;
mod reading;
mod role;
mod row;
mod runs;
mod settings;
mod shelf;
mod status;
mod strip;
pub mod theme;

use crate::command::Keymap;
use crate::session::{Area, Mode, Purpose, Session};
use crate::text::WidthPolicy;
pub use paint::LinkCells;
use paint::Painter;
use ratatui::buffer::Buffer;
pub(crate) use role::Role;
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
    if !session.mode.is_shelf() {
        header::draw(session, &mut p);
    }
    page(session, keymap, &mut p);
    let cursor = status::draw(session, keymap, &mut p);
    let pane = Some(session.screen.text).filter(|a| a.width > 0 && a.height > 2);
    let Painter { widths, links, .. } = p;
    Drawn {
        cursor,
        widths,
        links,
        pane,
    }
}

/// Draws the page of the mode: the shelf, the text with the outline, or a list in its place.
fn page(session: &Session, keymap: &Keymap, p: &mut Painter<'_>) {
    match &session.mode {
        Mode::Shelf | Mode::ShelfSearch(_) => shelf::draw(session, p),
        Mode::Help(top) => panel::help(session, keymap, *top, p),
        Mode::Facts => panel::facts(session, p),
        Mode::Notes(notes, top) => panel::notes(session, notes, *top, p),
        Mode::Keywords(chosen) | Mode::Line(Purpose::Rename(chosen), _) => {
            keywords::draw(session, *chosen, p);
        }
        Mode::Line(Purpose::Save | Purpose::Open, _) => keywords::draw(session, 0, p),
        Mode::Encodings(choices, chosen) => encodings::draw(session, choices, *chosen, p),
        Mode::Terms(chosen) => keywords::terms(session, *chosen, p),
        Mode::Hits | Mode::Line(Purpose::Filter, _) => lists::draw(session, p),
        Mode::Palette(prompt, chosen) => panel::palette(session, keymap, &prompt.text, *chosen, p),
        Mode::Marks | Mode::MarkFilter(_) => marks::list(session, p),
        // the modes of Mode::is_over_text
        _ => {
            if session.screen.outline.width < session.screen.columns {
                reading::draw(session, p);
                strip::draw(session, p);
            }
            outline::draw(session, p);
            offers::draw(session, p);
        }
    }
}
