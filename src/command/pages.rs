//! The table of pages, and what follows from it.
//!
//! 1. [`PAGES`]: a row for each page.
//! 2. [`refresh`] applies the filter of the page that has the keys and keeps its choice inside.
//! 3. [`shown`] says where which item is on the screen: the view draws and [`click`] chooses
//!    by it.

use super::entry::When;
pub(crate) use super::page::below_title;
use super::page::{Filter, Page, Rows};
use super::{
    differences, drill, encodings, facts, hits, keywords, like, links, marks, options, outline,
    page_rows, palette, phrases, recent, same, saved_views, settings, shelf, shelf_hits,
    term_table, twin,
};
use crate::search::Query;
use crate::session::{Area, Mode, Session};
use crate::text::Say;

/// Every page.
pub(crate) const PAGES: &[Page] = &[
    Page::new(Mode::Read, ("正文", "text"))
        .over_text()
        .hints(&[("help", "帮助", "help")]),
    Page::new(Mode::Outline, ("提纲栏", "outline"))
        .over_text()
        .list(|s| s.pane.shown.len(), |s| s.screen.outline)
        .filter(outline::filter, ("筛选提纲", "filter the outline"))
        .hints(&[
            ("outline-go", "到此处", "go"),
            ("outline-leave", "返回", "back"),
        ]),
    Page::new(Mode::Keywords, ("关键词一览", "keyword panel"))
        .list(|s| s.find.keywords.len(), keywords::area)
        .texts(keywords::texts)
        .hints(&[
            ("keyword-go", "到此处", "go"),
            ("keyword-add", "添加", "add"),
            ("keyword-remove", "删除", "remove"),
            ("keyword-scope", "归属", "owner"),
            ("keyword-propose", "推荐", "propose"),
            ("keywords-save", "保存", "save"),
            ("list-close", "返回", "back"),
        ]),
    Page::new(Mode::Terms, ("推荐词", "proposed terms"))
        .list(|s| s.find.choices.terms.len(), keywords::area)
        .texts(|s| {
            s.find
                .choices
                .terms
                .iter()
                .map(|w| w.text.clone())
                .collect()
        })
        .hints(&[
            ("term-take", "选用", "take"),
            ("terms-take", "选用前 8 个", "first eight"),
            ("list-close", "返回", "back"),
        ]),
    Page::new(Mode::Settings, ("设置", "settings"))
        .over_text()
        .list(|_| options::offered().len(), settings::area)
        .texts(|_| options::texts())
        .hints(&[
            ("setting-next", "更改", "change"),
            ("list-close", "返回", "back"),
        ]),
    Page {
        aside: hits::aside,
        ..Page::new(Mode::Hits, ("查找结果", "list of hits"))
            .list(|s| s.find.hits.rows.len(), |s| s.screen.body)
            .filter(hits::filter, ("筛选", "filter"))
            .hints(&[
                ("hits-go", "到此处", "go"),
                ("list-filter", "筛选", "filter"),
                ("list-close", "返回", "back"),
            ])
    },
    Page::new(Mode::Encodings, ("编码一览", "list of encodings"))
        .list(|s| s.pages.encodings.len(), |s| below_title(s.screen.body))
        .texts(encodings::texts)
        .hints(&[
            ("encoding-take", "选用", "take"),
            ("list-close", "返回", "back"),
        ]),
    Page::new(Mode::Links, ("链接一览", "list of links"))
        .list(|s| s.pages.links.len(), |s| below_title(s.screen.body))
        .texts(links::texts)
        .hints(&[
            ("link-open", "打开", "open"),
            ("link-copy", "复制", "copy"),
            ("list-close", "返回", "back"),
        ]),
    Page::new(Mode::Help, ("帮助", "help"))
        .scrolls(|s| page_rows::help_rows(s).len())
        .hints(&[
            ("list-filter", "筛选", "filter"),
            ("list-close", "返回", "back"),
        ]),
    Page::new(Mode::Facts, ("信息", "facts"))
        .scrolls(|s| facts::rows(s).len())
        .hints(&[("list-close", "返回", "back")]),
    Page::new(Mode::Notes, ("注释", "notes"))
        .scrolls(|s| page_rows::note_rows(s).len())
        .hints(&[("list-close", "返回", "back")]),
    Page {
        rows: Some(Rows {
            count: |s| s.shelf.shown.len(),
            area: shelf::area,
            height: |s| s.shelf.rows_of_article(),
            has_choice: true,
        }),
        aside: shelf::aside,
        unmatched: None,
        ..Page::new(Mode::Shelf, ("书架", "shelf"))
            .filter(
                shelf::filter,
                (
                    "词、作者:、来源:、>2019、#标签、未读",
                    "words, author:, source:, >2019, #tag, is:unread",
                ),
            )
            .hints(&[
                ("shelf-open", "打开", "open"),
                ("shelf-search", "查找", "search"),
                ("shelf-order", "排序", "sort"),
                ("help", "帮助", "help"),
                ("shelf-quit", "退出", "quit"),
            ])
    },
    Page {
        aside: shelf_hits::aside,
        ..Page::new(Mode::ShelfHits, ("全部结果", "all hits"))
            .list(|s| s.pages.library.hits.rows.len(), shelf_hits::area)
            .filter(shelf_hits::filter, ("筛选", "filter"))
            .hints(&[
                ("shelf-hits-go", "打开", "open"),
                ("shelf-hits-order", "排序", "sort"),
                ("list-filter", "筛选", "filter"),
                ("list-close", "返回", "back"),
            ])
    },
    Page::new(Mode::Same, ("同文", "copies"))
        .list(|s| s.pages.library.same.rows.len(), same::area)
        .texts(same::texts)
        .hints(&[
            ("same-go", "打开", "open"),
            ("same-compare", "比较", "compare"),
            ("list-filter", "筛选", "filter"),
            ("list-close", "返回", "back"),
        ]),
    Page {
        aside: term_table::aside,
        ..Page::new(Mode::TermTable, ("年表", "table of terms"))
            .list(|s| s.pages.library.table.rows(), term_table::area)
            .texts(term_table::texts)
            .hints(&[
                ("table-open", "看句子", "hits"),
                ("table-right", "选列", "column"),
                ("table-division", "年月来源", "divide"),
                ("table-rate", "每万字", "rate"),
                ("list-close", "关", "close"),
            ])
    },
    Page {
        rows: Some(Rows {
            count: |s| s.pages.library.differences.rows.len(),
            area: differences::area,
            height: |_| 1,
            has_choice: false,
        }),
        ..Page::new(Mode::Differences, ("异同", "differences")).hints(&[
            ("differences-next", "下一处", "next"),
            ("differences-same", "相同的段", "same"),
            ("differences-open", "打开", "open"),
            ("list-close", "返回", "back"),
        ])
    },
    Page::new(Mode::Phrases, ("突出词", "salient phrases"))
        .list(|s| s.pages.library.phrases.rows.len(), same::area)
        .texts(phrases::texts)
        .hints(&[
            ("phrase-hits", "看句子", "hits"),
            ("phrase-keyword", "作关键词", "keyword"),
            ("phrases-order", "排序", "sort"),
            ("phrases-against", "参照", "compare with"),
            ("list-close", "回书架", "back"),
        ]),
    Page {
        rows: Some(Rows {
            count: |s| s.pages.library.like.rows.len(),
            area: like::area,
            height: like::rows_of_point,
            has_choice: true,
        }),
        ..Page::new(Mode::LikePoints, ("措辞相近", "in like words"))
            .texts(like::texts)
            .hints(&[
                ("like-go", "打开", "open"),
                ("like-order", "排序", "sort"),
                ("list-filter", "筛选", "filter"),
                ("list-close", "返回", "back"),
            ])
    },
    Page {
        aside: twin::aside,
        ..Page::new(Mode::Twin, ("两篇对照", "side by side"))
            .list(twin::count, twin::area)
            .texts(twin::texts)
            .hints(&[
                ("twin-go", "打开", "open"),
                ("twin-next", "下一对", "next pair"),
                ("twin-side", "换边", "other side"),
                ("twin-export", "导出", "export"),
                ("list-close", "返回", "back"),
            ])
    },
    Page {
        rows: Some(Rows {
            count: |s| s.memory.panel.rows.len(),
            area: |s| below_title(s.screen.body),
            height: |_| 2,
            has_choice: true,
        }),
        ..Page::new(Mode::Marks, ("标注一览", "list of marks"))
            .filter(marks::filter, ("文字、#标签、>日期", "text, #tag, >date"))
            .hints(&[
                ("marks-go", "到此处", "go"),
                ("marks-everywhere", "全部", "all"),
                ("list-filter", "筛选", "filter"),
                ("list-close", "返回", "back"),
            ])
    },
    Page {
        unmatched: None,
        ..Page::new(Mode::Palette, ("命令面板", "command palette"))
            .list(|s| palette::commands(s).len(), |s| s.screen.body)
            .filter(palette::filter, ("命令或段号", "command or paragraph"))
    },
    Page::new(Mode::Views, ("常用筛选", "saved views"))
        .list(|s| s.pages.views.all.len(), |s| below_title(s.screen.body))
        .texts(saved_views::texts)
        .hints(&[
            ("view-go", "选用", "go"),
            ("view-save", "保存现在的", "save the present one"),
            ("view-remove", "删除", "remove"),
            ("list-close", "返回", "back"),
        ]),
    Page::new(Mode::Recent, ("最近读过", "recently read"))
        .list(|s| s.pages.recent.len(), |s| below_title(s.screen.body))
        .texts(recent::texts)
        .hints(&[
            ("recent-open", "接着读", "go on"),
            ("list-filter", "筛选", "filter"),
            ("list-close", "返回", "back"),
        ]),
    Page::new(Mode::Drill, ("默写", "drill"))
        .list(|s| s.pages.drill.cards.len(), drill::area)
        .texts(drill::texts)
        .hints(&[
            ("drill-next", "看答案", "uncover"),
            ("drill-miss", "没记住", "missed"),
            ("drill-cover", "盖回", "cover"),
            ("drill-open", "原文", "text"),
            ("drill-kind", "提纲/填空", "kind"),
            ("drill-close", "返回", "back"),
        ]),
    Page::new(Mode::Due, ("今天该复习", "due today"))
        .list(
            |s| s.pages.due.articles.len(),
            |s| below_title(s.screen.body),
        )
        .texts(drill::due_texts)
        .hints(&[
            ("due-drill", "默写", "drill"),
            ("list-filter", "筛选", "filter"),
            ("list-close", "返回", "back"),
        ]),
];

/// Returns the row of a page.
pub(crate) fn of(mode: Mode) -> &'static Page {
    let row = PAGES.iter().find(|page| page.mode == mode);
    row.unwrap_or(&PAGES[0])
}

/// Returns the row of the page that has the keys.
pub(crate) fn here(s: &Session) -> &'static Page {
    of(s.pages.mode())
}

/// Returns the name in docs/keys.md of the time at which keys count.
pub(crate) fn title(when: When) -> (String, String) {
    let (zh, en) = match when {
        When::On(modes) => {
            let titles: Vec<Say> = modes.iter().map(|mode| of(*mode).title).collect();
            let [zh, en]: [Vec<&str>; 2] = [
                titles.iter().map(|title| title.0).collect(),
                titles.iter().map(|title| title.1).collect(),
            ];
            return (zh.join("、"), en.join(", "));
        }
        When::List => ("列表、页面", "lists, pages"),
        When::Prompt => ("输入行", "typing"),
        When::Select => ("选取时", "selecting"),
        When::Note => ("写批注", "typing a note"),
        When::Always => ("随时", "any time"),
    };
    (zh.to_owned(), en.to_owned())
}

/// Brings what depends on other state up to date after an input: the filter, the screen, the
/// choice.
pub fn refresh(s: &mut Session) {
    sift(s);
    s.refresh();
    differences::follow(s);
    facts::follow(s);
    term_table::follow(s);
    term_table::follow_column(s);
    let page = here(s);
    // the outline follows the reading
    if let Some(rows) = page.rows.filter(|_| page.mode != Mode::Outline) {
        let height = usize::from((rows.area)(s).height / (rows.height)(s));
        let count = (rows.count)(s);
        let list = s.list_mut(page.mode);
        let len = list.len(count);
        if rows.has_choice {
            list.follow(len, height);
        } else {
            list.scroll(len, height);
        }
    }
    twin::follow(s);
}

/// Applies the filter of the page that has the keys, where it or its items are others than
/// before.
fn sift(s: &mut Session) {
    let page = here(s);
    match (page.filter, page.rows) {
        (Filter::Own(apply), _) if s.list_mut(page.mode).is_due(0) => {
            let filter = s.list(page.mode).filter.clone();
            apply(s, &filter);
        }
        (Filter::Texts(texts), Some(rows)) => {
            let count = (rows.count)(s);
            if s.list_mut(page.mode).is_due(count) {
                let query = Query::new(&s.list(page.mode).filter);
                let passing = query.map(|query| {
                    let texts = texts(s).into_iter().enumerate();
                    let passing = texts.filter(|(_, text)| !query.find(text).is_empty());
                    passing.map(|(item, _)| item).collect()
                });
                s.list_mut(page.mode).show(passing);
            }
        }
        _ => {}
    }
}

/// Returns the items of a page that are on the screen, each with its first row there and whether
/// it is the chosen one.
pub(crate) fn shown(s: &Session, mode: Mode) -> Vec<(u16, usize, bool)> {
    let Some(rows) = of(mode).rows else {
        return Vec::new();
    };
    let (area, height, list) = ((rows.area)(s), (rows.height)(s), s.list(mode));
    let len = list.len((rows.count)(s));
    let shown = (list.top..len).take(usize::from(area.height / height));
    let ys = (area.y..).step_by(usize::from(height));
    ys.zip(shown)
        .map(|(y, row)| (y, list.item_of(row), row == list.selected))
        .collect()
}

/// Chooses the item at a row of the screen.
pub(crate) fn click(s: &mut Session, row: u16) {
    let mode = s.pages.mode();
    if let Some(rows) = of(mode).rows.filter(|rows| rows.has_choice) {
        let height = (rows.height)(s);
        let hit = |(y, ..): &(u16, usize, bool)| (*y..y + height).contains(&row);
        if let Some((_, item, _)) = shown(s, mode).into_iter().find(hit) {
            s.list_mut(mode).choose(item);
        }
    }
}

/// Returns what to say on the page that has the keys where its filter lets nothing through, and
/// the area of its rows.
pub(crate) fn unmatched(s: &Session) -> Option<(Say, Area)> {
    let page = here(s);
    let (say, rows, list) = (page.unmatched?, page.rows?, s.list(page.mode));
    let is_empty = !list.filter.is_empty() && list.len((rows.count)(s)) == 0;
    let area = (rows.area)(s);
    (is_empty && area.height > 0).then_some((say, area))
}

/// Returns the position in the list or page that has the keys, and its filter.
pub(crate) fn position(s: &Session) -> String {
    let page = here(s);
    let list = s.list(page.mode);
    let mut text = String::new();
    if let Some(rows) = page.rows {
        let all = list.len((rows.count)(s));
        let last = list.top + usize::from((rows.area)(s).height);
        if rows.has_choice {
            text = format!("{}/{all}", (list.selected + 1).min(all));
        } else if all > last - list.top {
            text = format!("{}-{} / {all}", (list.top + 1).min(all), last.min(all));
        }
    }
    text += &(page.aside)(s);
    // one that is being typed is seen in its line
    if !list.filter.is_empty() && s.pages.prompt().is_none() {
        text += &format!("  /{}", list.filter);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Input, Keymap, table, update};
    use crate::library::LibraryEntry;
    use crate::session::{Article, Settings, Shelf};
    use crate::text::key::Key;

    #[test]
    fn every_page_has_a_row_and_its_hints_name_commands() {
        let modes: Vec<Mode> = PAGES.iter().map(|page| page.mode).collect();
        assert_eq!(modes, Mode::ALL);
        for (name, ..) in PAGES.iter().flat_map(|page| page.hints) {
            assert!(table::all().any(|c| c.name == *name), "{name}");
        }
    }

    /// Returns a session with something on every page.
    fn session() -> Session {
        let text = "一是要协同。\n二是要改革。\n三是要开放。\n四是要创新。\n".repeat(9);
        let source = crate::source::read(text.as_bytes(), None);
        let mut s = Session::new(Settings::default(), 100, 12);
        s.open(Article::new("a.txt", source));
        let entries = (0..30).map(|id| LibraryEntry {
            id,
            ..LibraryEntry::default()
        });
        s.shelf = Shelf::of("shelf", entries.collect());
        s.refresh();
        s
    }

    #[test]
    fn the_same_keys_move_in_every_list_and_page() {
        let keymap = Keymap::default();
        let press = |s: &mut Session, key: &str| {
            update(s, &keymap, Input::Key(Key::parse(key).unwrap()));
        };
        for mode in [
            Mode::Outline,
            Mode::Settings,
            Mode::Help,
            Mode::Shelf,
            Mode::Palette,
        ] {
            let mut s = session();
            s.pages.open(mode);
            for (key, wanted) in [("down", 1), ("down", 2), ("up", 1), ("home", 0)] {
                press(&mut s, key);
                assert_eq!(s.list(mode).selected, wanted, "{mode:?} {key}");
            }
            press(&mut s, "pgdn");
            assert!(s.list(mode).selected > 1, "{mode:?}");
            press(&mut s, "end");
            let end = s.list(mode).selected;
            press(&mut s, "j");
            assert_eq!(s.list(mode).selected, end, "{mode:?}");
        }
    }

    #[test]
    fn every_list_is_filtered_and_closed_by_the_same_keys() {
        let keymap = Keymap::default();
        for mode in Mode::ALL
            .iter()
            .filter(|mode| !matches!(mode, Mode::Read | Mode::Shelf))
        {
            let mut s = session();
            s.pages.open(*mode);
            for key in ["/", "x", "enter"] {
                update(&mut s, &keymap, Input::Key(Key::parse(key).unwrap()));
            }
            assert_eq!(
                (s.pages.mode(), s.list(*mode).filter.as_str()),
                (*mode, "x")
            );
            for _ in 0..2 {
                assert_eq!(s.pages.mode(), *mode);
                update(&mut s, &keymap, Input::Key(Key::parse("esc").unwrap()));
                assert_eq!(s.list(*mode).filter, "");
            }
            assert_eq!(s.pages.mode(), Mode::Read, "{mode:?}");
        }
    }

    /// Opens a page over the text or the shelf, with a filter where it takes one.
    fn opened(base: Mode, mode: Mode) -> Session {
        let mut s = session();
        s.pages.go(base);
        if mode != base {
            s.pages.open(mode);
        }
        refresh(&mut s);
        s
    }

    #[test]
    fn escape_takes_the_innermost_away_and_never_the_program() {
        let keymap = Keymap::default();
        for (base, page) in [Mode::Read, Mode::Shelf]
            .map(|base| PAGES.iter().map(move |p| (base, p)))
            .into_iter()
            .flatten()
        {
            let mode = page.mode;
            if mode == Mode::Outline && base == Mode::Shelf {
                continue; // it is beside the text only
            }
            let mut s = opened(base, mode);
            let press = |s: &mut Session, key: &str| {
                let effect = update(s, &keymap, Input::Key(Key::parse(key).unwrap()));
                assert_ne!(
                    effect,
                    crate::session::Effect::Quit,
                    "{base:?} {mode:?} {key}"
                );
            };
            let is_list = mode != Mode::Read;
            if is_list {
                // the line with its filter, the filter, the page
                for keys in &[&["/", "x", "esc"][..], &["/", "x", "enter", "esc"]] {
                    for key in *keys {
                        press(&mut s, key);
                    }
                    let kept = (s.pages.mode(), s.list(mode).filter.as_str());
                    assert_eq!(kept, (mode, ""), "{base:?}");
                }
                press(&mut s, "esc");
                let below = if mode == Mode::Shelf {
                    Mode::Read
                } else {
                    base
                };
                assert_eq!(s.pages.mode(), below, "{base:?} {mode:?}");
            }
            press(&mut s, "esc");
            press(&mut s, "esc");
        }
    }

    #[test]
    fn control_c_leads_out_whatever_the_reader_has_unbound() {
        let none = table::all().map(|c| (c.name.to_owned(), Vec::new()));
        let keymap = Keymap::new(&none.collect::<Vec<_>>());
        for (base, page) in [Mode::Read, Mode::Shelf]
            .map(|base| PAGES.iter().map(move |p| (base, p)))
            .into_iter()
            .flatten()
        {
            let mut s = opened(base, page.mode);
            s.pages.ask(crate::session::Purpose::Filter, "x");
            let key = Key::parse("ctrl-c").unwrap();
            let mut effects = (0..6).map(|_| update(&mut s, &keymap, Input::Key(key)));
            let quits = effects.any(|effect| effect == crate::session::Effect::Quit);
            assert!(quits, "{base:?} {:?}", page.mode);
        }
    }
}
