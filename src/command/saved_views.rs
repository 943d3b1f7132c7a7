//! The saved views of the shelf: saving what it shows under a name, going to one, removing one.

use super::entry::{Command, When, asking, command};
use super::mark;
use crate::session::saved_views::SavedView;
use crate::session::{Effect, Mode, Purpose, Session};

pub(crate) const COMMANDS: &[&[Command]] = &[
    &When::On(&[Mode::Shelf]).section([asking("shelf-views", "g v", show)
        .zh("常用筛选：列出存下的筛选和次序，选一个用；s 把书架现在的存下。")
        .en("Saved views: List the filters and orders that were saved, to go to one; s saves the present one.")]),
    &When::On(&[Mode::Views]).section([
        command("view-go", "enter, l, right", |s, _| go(s))
            .zh("用此筛选：回到书架，按这个筛选和次序列出文章。")
            .en("Go to this view: Return to the shelf with this filter and order."),
        command("view-save", "s, a", |s, _| {
            s.pages.ask(Purpose::SaveView, "");
        })
        .zh("存下现在的筛选：给书架现在的筛选和次序起个名字存下；已有的名字（上下键选）换成现在的。")
        .en("Save the present view: Save the shelf's present filter and order under a name; a name that \
             there is (Up and Down choose) gets the present ones."),
        asking("view-remove", "d, delete", remove)
            .zh("删去此筛选：删去这一个；U 撤销。")
            .en("Remove this view: Remove this view; U takes that back."),
        asking("view-undo", "U", undo)
            .zh("撤销筛选的改动：撤销上一次存下或删去的，可连按。")
            .en("Undo in views: Take back what was saved or removed last; press again for the one before."),
    ]),
];

fn show(s: &mut Session, _: Option<usize>) -> Effect {
    s.pages.open(Mode::Views);
    s.pages.views.ask();
    Effect::ListViews
}

fn chosen(s: &Session) -> Option<&SavedView> {
    s.pages.views.all.get(s.chosen(Mode::Views))
}

fn go(s: &mut Session) {
    if let Some(view) = chosen(s).cloned() {
        s.pages.go(Mode::Shelf);
        s.shelf.go_to(&view);
    }
}

/// Saves what the shelf shows under a name, and says what was under it before.
pub(crate) fn save(s: &mut Session, name: &str) -> Effect {
    let name = name.trim();
    if name.is_empty() {
        return Effect::None;
    }
    let view = s.shelf.view(name);
    let before = s.pages.views.put(&view);
    choose(s, name);
    let (zh, en) = match before {
        None => (format!("常用筛选“{name}”"), format!("View {name}")),
        Some(old) if old == view => (
            format!("“{name}”和原来一样"),
            format!("{name} is as it was"),
        ),
        Some(old) => {
            let (zh, en) = about(&old);
            (
                format!("“{name}”已换，原来是 {zh}；U 撤销"),
                format!("{name} replaced; it was {en}; U takes that back"),
            )
        }
    };
    mark::done_owned(s, zh, en);
    Effect::KeepView((view.name.clone(), Some(view)))
}

fn remove(s: &mut Session, _: Option<usize>) -> Effect {
    let Some(name) = chosen(s).map(|view| view.name.clone()) else {
        return Effect::None;
    };
    s.pages.views.remove(&name);
    let zh = format!("“{name}”已删去，U 撤销");
    let en = format!("{name} removed; U takes that back");
    mark::done_owned(s, zh, en);
    Effect::KeepView((name, None))
}

fn undo(s: &mut Session, _: Option<usize>) -> Effect {
    let Some((name, view)) = s.pages.views.undo() else {
        s.say(("没有可撤销的", "Nothing to undo"));
        return Effect::None;
    };
    choose(s, &name);
    let (zh, en) = match &view {
        Some(_) => (format!("“{name}”已恢复"), format!("{name} is as before")),
        None => (format!("“{name}”已删去"), format!("{name} is removed")),
    };
    mark::done_owned(s, format!("已撤销：{zh}"), format!("Undone: {en}"));
    Effect::KeepView((name, view))
}

/// Chooses the view of a name in the list.
fn choose(s: &mut Session, name: &str) {
    let at = s.pages.views.all.iter().position(|view| view.name == name);
    if let Some(at) = at {
        s.list_mut(Mode::Views).choose(at);
    }
}

/// Returns what a view shows, in a few words.
fn about(view: &SavedView) -> (String, String) {
    let (zh, en) = view.order.name();
    let copies = if view.shows_copies {
        ("，同文分开", ", copies by themselves")
    } else {
        ("", "")
    };
    let typed = filter(view);
    (
        format!("{}，按{zh}{}", typed.0, copies.0),
        format!("{}, by {en}{}", typed.1, copies.1),
    )
}

/// Returns what a view asks for.
pub(crate) fn filter(view: &SavedView) -> (String, String) {
    match view.typed.as_str() {
        "" => ("全部文章".to_owned(), "all articles".to_owned()),
        typed => (format!("/{typed}"), format!("/{typed}")),
    }
}

/// Returns what each view is found by.
pub(crate) fn texts(s: &Session) -> Vec<String> {
    let text = |view: &SavedView| format!("{}  {}", view.name, view.typed);
    s.pages.views.all.iter().map(text).collect()
}

/// Takes the views that the world has.
pub fn take(s: &mut Session, views: Vec<SavedView>) {
    s.pages.views.take(views);
}

/// Returns the names of all views, the last one nearest.
pub(crate) fn names(s: &Session) -> Vec<String> {
    s.pages
        .views
        .all
        .iter()
        .rev()
        .map(|view| view.name.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Settings;
    use crate::session::saved_views::NamedView;

    #[test]
    fn saving_says_what_a_name_had_before() {
        let mut s = Session::new(Settings::default(), 80, 24);
        let said = |s: &Session| s.notice.clone().unwrap().text;
        assert_eq!(save(&mut s, "  "), Effect::None);
        let effect = save(&mut s, " 甲 ");
        let named: NamedView = ("甲".into(), Some(s.shelf.view("甲")));
        assert_eq!(
            (effect, said(&s)),
            (Effect::KeepView(named), "常用筛选“甲”".into())
        );
        s.shelf.list.filter = ">2019".into();
        save(&mut s, "甲");
        assert!(
            said(&s).starts_with("“甲”已换，原来是 全部文章，按日期"),
            "{}",
            said(&s)
        );
        save(&mut s, "甲");
        assert_eq!(said(&s), "“甲”和原来一样");
        assert_eq!(remove(&mut s, None), Effect::KeepView(("甲".into(), None)));
        assert!(matches!(undo(&mut s, None), Effect::KeepView((_, Some(_)))));
    }
}
