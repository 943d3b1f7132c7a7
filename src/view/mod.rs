//! Draws a session: shared references in, cells out.
//!
//! 1. [`theme`]: the colours and weights of each `role`. The only place with a colour.
//! 2. `paint`: text into ratatui's cells, by our own widths; any ratatui widget into an area.
//! 3. `header`, [`legend`], `reading`, `outline`, `status`, `strip`, `offers`:
//!    the parts of the reading screen; `runs` gives the style of each cluster of a row.
//! 4. `panel`, `settings`, `keywords`, `lists`, `encodings`, `shelf`, `saved_views` and `recent`: help,
//!    facts, palette; the settings; keywords; the list of hits; encodings; the shelf, the views
//!    of it, what was read last; `shelf_hits`: all hits of the shelf; `same`: copies; `differences` between two; `term_table`: terms by year, with charts of `braille`; `like`: points in
//!    like words; `twin`: two skeletons. `drill`: covered points, and what is due. `marks`: the
//!    reader's marks, over the text and as a list.
//!
//! Drawing changes nothing and lays nothing out: the rows are in the session.
//! With the shell's painter, all that knows ratatui's colours and weights.

mod braille;
mod columns;
mod differences;
mod drill;
mod encodings;
mod header;
mod keywords;
pub mod legend;
mod like;
mod links;
mod lists;
mod marks;
mod offers;
mod outline;
pub(crate) mod paint;
mod panel;
mod phrases;
mod reading;
mod recent;
mod role;
mod row;
mod runs;
mod same;
mod saved_views;
mod settings;
mod shelf;
mod shelf_hits;
mod status;
mod strip;
mod term_table;
pub mod theme;
mod twin;

use crate::command::{Keymap, pages};
use crate::session::{Area, Mode, Session};
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
    let mode = session.pages.mode();
    if mode != Mode::Shelf {
        header::draw(session, &mut p);
    }
    if let Some((_, draw)) = DRAW.iter().find(|(page, _)| *page == mode) {
        draw(session, keymap, &mut p);
    }
    if let Some((say, area)) = pages::unmatched(session) {
        let text = session.settings.lang.say(say);
        let end = area.x + area.width;
        p.row(((area.x + 1).min(end), end), area.y)
            .left(text, Role::EntryDim);
    }
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

/// Draws a page.
type Draw = fn(&Session, &Keymap, &mut Painter<'_>);

/// The drawing function of each page.
const DRAW: &[(Mode, Draw)] = &[
    (Mode::Read, |s, _, p| over_text(s, p, outline::draw)),
    (Mode::Outline, |s, _, p| over_text(s, p, outline::draw)),
    (Mode::Keywords, |s, _, p| over_text(s, p, keywords::draw)),
    (Mode::Terms, |s, _, p| over_text(s, p, keywords::terms)),
    (Mode::Settings, |s, _, p| over_text(s, p, settings::draw)),
    (Mode::Hits, |s, _, p| lists::draw(s, p)),
    (Mode::Encodings, |s, _, p| encodings::draw(s, p)),
    (Mode::Links, |s, _, p| links::draw(s, p)),
    (Mode::Help, panel::help),
    (Mode::Facts, |s, _, p| panel::facts(s, p)),
    (Mode::Notes, |s, _, p| panel::notes(s, p)),
    (Mode::Shelf, |s, _, p| shelf::draw(s, p)),
    (Mode::ShelfHits, |s, _, p| shelf_hits::draw(s, p)),
    (Mode::Same, |s, _, p| same::draw(s, p)),
    (Mode::TermTable, |s, _, p| term_table::draw(s, p)),
    (Mode::Differences, |s, _, p| differences::draw(s, p)),
    (Mode::Phrases, |s, _, p| phrases::draw(s, p)),
    (Mode::LikePoints, |s, _, p| like::draw(s, p)),
    (Mode::Twin, |s, _, p| twin::draw(s, p)),
    (Mode::Marks, |s, _, p| marks::list(s, p)),
    (Mode::Palette, panel::palette),
    (Mode::Views, |s, _, p| saved_views::draw(s, p)),
    (Mode::Recent, |s, _, p| recent::draw(s, p)),
    (Mode::Drill, drill::draw),
    (Mode::Due, |s, _, p| drill::due(s, p)),
];

/// Draws the text with what is beside it.
fn over_text(session: &Session, p: &mut Painter<'_>, beside: fn(&Session, &mut Painter<'_>)) {
    let (outline, body) = (session.screen.outline, session.screen.body);
    if outline.width < body.width || outline.height < body.height {
        reading::draw(session, p);
        strip::draw(session, p);
    }
    outline::border(session, p);
    beside(session, p);
    offers::draw(session, p);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_drawn() {
        let modes: Vec<Mode> = DRAW.iter().map(|(mode, _)| *mode).collect();
        assert_eq!(modes, Mode::ALL);
    }
}
