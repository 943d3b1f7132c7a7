//! The list of the saved views of the shelf: name, filter, order.

use super::Role;
use super::paint::Painter;
use super::panel::{MAX_LIST_CELLS, column};
use crate::command::{pages, saved_views};
use crate::session::saved_views::SavedView;
use crate::session::{Mode, Session};
use crate::text::Lang;

/// Width from which on the order has a column.
const MIN_WIDTH_WITH_ORDER: u16 = 50;

/// Draws the list.
pub(crate) fn draw(session: &Session, p: &mut Painter<'_>) {
    let (area, lang) = (session.screen.body, session.settings.lang);
    let (x, end) = column(area, MAX_LIST_CELLS);
    let title = lang.say(("常用筛选", "Saved views"));
    p.row((x, end), area.y).left(title, Role::Heading1);
    let views = &session.pages.views.all;
    let free = pages::below_title(area);
    if views.is_empty() && free.height > 0 {
        let none = (
            "还没有：s 把书架现在的筛选和次序存下",
            "None yet: s saves the shelf's present filter and order",
        );
        p.row((x, end), free.y).left(lang.say(none), Role::Facts);
    }
    let cells = views.iter().map(|view| p.widths.text(&view.name));
    let widest = cells.max().unwrap_or_default() as u16;
    let names = widest.min((end - x) / 3).max(12);
    for (y, i, is_chosen) in pages::shown(session, Mode::Views) {
        let Some(view) = views.get(i) else { continue };
        let mut row = p.row((x, end), y).set_off_rows(is_chosen, 1).blended();
        let right = row.end.saturating_sub(1);
        row.end = right;
        let has_columns = area.width >= MIN_WIDTH_WITH_ORDER;
        let order = order(view, lang);
        if has_columns {
            row.right(&order, Role::Facts);
            row.end = (x + names).min(right);
        }
        row.left(&view.name, Role::Text);
        let (zh, en) = saved_views::filter(view);
        let filter = lang.say_owned(zh, en);
        if has_columns {
            let cells = p.widths.text(&order) as u16 + 2;
            let mut row = p
                .row((x + names + 2, right.saturating_sub(cells)), y)
                .blended();
            row.over = is_chosen.then(|| row.p.style(Role::Chosen));
            row.left(&filter, Role::Notice);
        } else {
            row.x += 2;
            row.left(&filter, Role::Facts);
        }
    }
}

/// Returns the order of a view, and whether copies are listed.
fn order(view: &SavedView, lang: Lang) -> String {
    let copies = if view.shows_copies {
        ("，同文分开", ", copies apart")
    } else {
        ("", "")
    };
    lang.say(view.order.name()).to_owned() + lang.say(copies)
}
