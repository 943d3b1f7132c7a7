//! Carries out the effects of an input on the world: opens, copies, edits, saves, suspends.

use super::browser;
use super::clipboard::{self, Copy};
use super::editor;
use super::event_loop::App;
use super::recent;
use crate::command::{self, keywords, mark, prompt};
use crate::library::entry::ArticleId;
use crate::session::library_pages::LibraryPages;
use crate::session::recent::RecentArticle;
use crate::session::shelf_news::ReadProgress;
use crate::session::term::{KeywordScope, Term};
use crate::session::{Effect, Mode};
use crate::shell::environment;
use crate::shell::error::Error;
use crate::shell::library::article_file;
use crate::shell::open::item::Item;
use crate::shell::os::process;
use crate::shell::store::identity::{is_there, item_of, path_of};
use crate::shell::terminal;
use crate::source::sanitize;
use crate::text::Span;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

impl App {
    /// Carries out an effect. `Some` ends the program.
    pub(crate) fn carry_out(&mut self, effect: Effect) -> Result<Option<ExitCode>, Error> {
        match effect {
            // searches that wait are begun once everything that came is taken
            Effect::None | Effect::Search => {}
            Effect::Quit => return Ok(Some(ExitCode::SUCCESS)),
            Effect::Redraw => {
                self.resize();
                self.draw_all();
            }
            Effect::Suspend => {
                self.autosave.flush(&mut self.session);
                terminal::leave();
                // every way to stop ends here; the shell's fg resumes
                let stopped = process::suspend();
                self.take_back()?;
                if !stopped {
                    self.report(
                        false,
                        "这里没有可以返回的 shell，不能挂起".to_owned(),
                        "No shell to return to here: cannot be suspended".to_owned(),
                    );
                }
            }
            Effect::KeepSetting(name, value) => self.keep_setting(name, &value)?,
            Effect::Copy { text, what } => {
                let before = self.tools.copying.take();
                let copy = self.copying(text, what);
                self.tools.copying = copy.start(self.tools.events.clone(), before);
            }
            Effect::OpenLink(address) => self.open_link(address),
            Effect::Edit(text) => self.edit(&text)?,
            Effect::Propose => self.propose(),
            Effect::SaveSet(name) => self.save_set(&name),
            Effect::OpenSet(name) => self.open_set(&name),
            effect => self.carry_out_on_articles(effect),
        }
        Ok(None)
    }

    /// Carries out an effect on the article, the shelf or the marks.
    fn carry_out_on_articles(&mut self, effect: Effect) {
        let session = &mut self.session;
        match effect {
            Effect::AllMarks => self.autosave.store.list_marks(self.autosave.hash()),
            Effect::Bookmark(letter) => self.autosave.store.find_bookmark(letter),
            Effect::Export => self.export(),
            Effect::ExportSheet(sheet, format) => self.export_sheet(&sheet, format),
            Effect::Reload => self.current.reload(session),
            Effect::ReadSource => self.current.read_source(session),
            Effect::Follow => self.current.follow(session),
            Effect::ListEncodings => self.current.list_encodings(session),
            Effect::ReadAs(name) => self.current.read_as(session, &mut self.autosave, name),
            Effect::MarkRead(paths, done) => self.mark_read(paths, done),
            Effect::ListRecent => self.autosave.store.list_recent(),
            Effect::ListDue => self.autosave.store.list_due(),
            Effect::ListViews => self.autosave.store.list_views(),
            Effect::KeepView((name, view)) => self.autosave.keep_view(&name, view.as_ref()),
            Effect::FillShelf => self.fill_shelf(),
            Effect::RefreshShelf => self.shelf.refresh(),
            effect => self.carry_out_on_many(effect),
        }
    }

    /// Carries out an effect about many articles.
    fn carry_out_on_many(&mut self, effect: Effect) {
        match effect {
            Effect::FindSame => self.ask_library(LibraryPages::find_same),
            Effect::FindLike => self.ask_library(LibraryPages::find_like),
            Effect::ReadTwin => self.ask_library(LibraryPages::read_twin),
            Effect::ExportTwin => self.export_twin(),
            Effect::CountTerms => self.count_terms(),
            effect => self.carry_out_opening(effect),
        }
    }

    /// Carries out an effect that opens another article.
    fn carry_out_opening(&mut self, effect: Effect) {
        match effect {
            Effect::Open(item) => self.open(item),
            Effect::OpenAt(path, span) => self.open_at(&path, span),
            Effect::OpenDrill(path) => self.open_drill(&path),
            Effect::OpenMark { path, uid } => self.open_mark(&path, &uid),
            Effect::OpenRecent(path) => _ = self.open_stored(&path),
            Effect::Cross(path) => self.cross(&path),
            Effect::ReturnOver(path) => self.return_over(&path),
            _ => {}
        }
    }

    /// Draws everything again, in the colours of the settings.
    fn draw_all(&mut self) {
        self.console.choose_theme(&self.session, self.light);
        self.console.display.forget();
    }

    /// Takes the terminal back from another program.
    fn take_back(&mut self) -> Result<(), Error> {
        terminal::enter(self.session.settings.mouse).map_err(Error::Terminal)?;
        self.resize();
        self.console.display.forget();
        Ok(())
    }

    /// Says that something was done, or warns that it was not.
    pub(super) fn report(&mut self, done: bool, zh: String, en: String) {
        let said = sanitize::line(&self.session.settings.lang.say_owned(zh, en));
        if done {
            self.session.tell(said);
        } else {
            self.session.warn(said);
        }
    }

    /// Writes a setting into the file, and applies it to the terminal.
    fn keep_setting(&mut self, name: &str, value: &str) -> Result<(), Error> {
        if name == "theme" {
            self.draw_all();
        } else if name == "ambiguous" {
            self.console.display.forget();
            if self.session.settings.asks_widths {
                self.console.ask(true)?;
            }
        }
        let Some(path) = self.config_file.clone() else {
            return Ok(());
        };
        if let Err(why) = environment::keep_setting(&path, name, value) {
            let lang = self.session.settings.lang;
            self.session.warn(Error::Keep { path, why }.line(lang));
        }
        Ok(())
    }

    /// Returns the copying of a text.
    fn copying(&self, text: String, name: String) -> Copy {
        let to_terminal = environment::way_to_terminal();
        Copy {
            text,
            name,
            way: clipboard::way(self.tools.clipboard.as_deref(), to_terminal),
            notes: self.tools.notes.clone(),
            lang: self.session.settings.lang,
        }
    }

    /// Opens the address of a link.
    fn open_link(&self, address: String) {
        let name = self.session.settings.lang.say(("网址", "the address"));
        let copy = self.copying(address, name.to_owned());
        browser::open(environment::opener(), copy, self.tools.events.clone());
    }

    fn save_set(&mut self, name: &str) {
        let lang = self.session.settings.lang;
        match self.sets.save(name, &self.session.find.keywords, lang) {
            Ok(path) => {
                let path = sanitize::path(&path);
                self.report(true, format!("已存：{path}"), format!("Saved: {path}"));
            }
            Err(why) => self.report(
                false,
                format!("无法保存“{name}”：{why}"),
                format!("Cannot save {name}: {why}"),
            ),
        }
        self.session.find.choices.sets = self.sets.names();
    }

    /// Opens a set of keywords by its name, for this article.
    fn open_set(&mut self, name: &str) {
        if let Some(terms) = self.read_set(name) {
            keywords::take_set(&mut self.session, terms, KeywordScope::Article);
        }
    }

    /// Reads a set of keywords, or says why not.
    pub(crate) fn read_set(&mut self, name: &str) -> Option<Vec<Term>> {
        let read = self.sets.open(name, self.session.settings.lang);
        if let Err(why) = &read {
            self.report(
                false,
                format!("无法打开关键词组“{name}”：{why}"),
                format!("Cannot open the keyword set {name}: {why}"),
            );
        }
        read.ok()
    }

    /// Opens an article of the shelf, at the hit that is searched for there.
    fn open(&mut self, id: ArticleId) {
        let Some(path) = self.session.shelf.entry(id).map(|entry| entry.path.clone()) else {
            return;
        };
        let is_shown = self.show_of_shelf(&path);
        let place = &mut self.session.shelf.place;
        let last = std::mem::take(&mut place.enters_at_end);
        if is_shown {
            place.refused.remove(&id);
            self.session.shelf.choose(id);
            command::shelf::search_opened(&mut self.session, last);
        } else {
            place.refused.insert(id);
        }
    }

    /// Keeps that articles of the shelf were read, or that they are unread.
    fn mark_read(&mut self, paths: Vec<PathBuf>, done: bool) {
        for path in paths {
            let session = &mut self.session;
            if !done && session.shelf.place.reading.as_ref() == Some(&path) {
                self.autosave.forget_shown(session);
            }
            let store = self.autosave.store.clone();
            self.shelf.thread.mark_read(path, done, store);
        }
    }

    /// Opens the article at a path, at a stretch of its text where one is given.
    fn open_at(&mut self, path: &Path, span: Option<Span>) {
        let path = self.shelf.as_listed(path);
        if self.show_of_shelf(&path)
            && let Some(span) = span
        {
            command::shelf_hits::arrive(&mut self.session, span);
        }
    }

    /// Begins the drill of the article at a path, opening it where it is not open.
    fn open_drill(&mut self, path: &Path) {
        let path = self.shelf.as_listed(path);
        let wanted = path_of(&article_file::item_of(&path));
        let is_open = self.current.item.as_ref().map(path_of) == Some(wanted);
        if is_open || self.show_of_shelf(&path) {
            command::drill::begin_over_list(&mut self.session);
        }
    }

    /// Asks for the terms of the article: beside the library where there is one.
    fn propose(&mut self) {
        let session = &mut self.session;
        let document = session.article.shared();
        if self.shelf.choose_thread(session, &self.current.defaults) {
            let path = session.shelf.place.reading.clone();
            let own = self.current.item.as_ref().map(|item| path_of(item).into());
            session.pages.library.find_terms(document, path.or(own));
        } else {
            self.workers.propose(document);
        }
    }

    /// Asks the thread that has the library something about the open article, whose file is given.
    fn ask_library(&mut self, ask: fn(&mut LibraryPages, Option<PathBuf>)) {
        let session = &mut self.session;
        if !self.shelf.choose_thread(session, &self.current.defaults) {
            return command::same::without_library(session);
        }
        let item = self.current.item.as_ref();
        let stored = item.map(|item| path_of(item).into());
        let reading = session.shelf.place.reading.clone();
        ask(&mut session.pages.library, reading.or(stored));
    }

    /// Counts the terms of the table that was opened: in the articles of the shelf, or where there
    /// is none in those of the library.
    fn count_terms(&mut self) {
        let session = &mut self.session;
        if !self.shelf.choose_for_table(session, &self.current.defaults) {
            return command::same::without_library(session);
        }
        command::term_table::count(session);
    }

    /// Shows the article at a path of the shelf, which it is read on; returns whether it is open.
    fn show_of_shelf(&mut self, path: &Path) -> bool {
        let shown = self.show(&article_file::item_of(path));
        if shown {
            let read = ReadProgress {
                per_cent: self.session.per_cent(),
                is_done: self.session.is_read_through(),
                at: self.session.memory.now,
            };
            self.session.shelf.place.reading = Some(path.to_owned());
            self.session.shelf.note_progress(read);
        }
        shown
    }

    fn show(&mut self, item: &Item) -> bool {
        let shown = self.go_to(item);
        if shown {
            self.session.jumps.arrive(article_file::path_of(item));
        }
        shown
    }

    /// Opens an article; where it is not there, says what is missing.
    fn go_to(&mut self, item: &Item) -> bool {
        let opened = self
            .current
            .open(&mut self.session, &mut self.autosave, item);
        let is_on_shelf = self.session.pages.mode() == Mode::Shelf;
        let roots = &self.shelf.source.folders;
        let missing = (!opened).then(|| recent::missing(&item.path(), roots, is_on_shelf));
        if let Some((zh, en)) = missing.flatten() {
            self.report(false, zh, en);
        }
        opened
    }

    /// Opens the article at a path of the store where it was left.
    fn open_stored(&mut self, path: &str) -> bool {
        let opened = self.show(&item_of(path));
        if opened {
            self.session.shelf.place.reading = Some(self.shelf.as_listed(Path::new(path)));
        }
        opened
    }

    /// Lists the articles that were read last, and looks for their files.
    pub(crate) fn list_recent(&mut self, mut articles: Vec<RecentArticle>) {
        let here = self.current.item.as_ref().map(path_of);
        for article in &mut articles {
            article.is_open = article.paths.iter().any(|path| Some(path) == here.as_ref());
        }
        // the time is known to the second only
        articles.sort_by_key(|article| !article.is_open);
        self.session.pages.recent.clone_from(&articles);
        recent::look_for_files(articles, self.tools.events.clone());
    }

    /// Goes back or forward to an article that was open.
    fn cross(&mut self, path: &Path) {
        if self.go_to(&article_file::item_of(path)) {
            self.session.shelf.place.reading = Some(path.to_owned());
        }
    }

    /// Goes back to the article at a path, and to the pages over it.
    fn return_over(&mut self, path: &Path) {
        self.cross(path);
        self.session.jumps.arrive(path.to_owned());
        self.session.pages.go_back();
    }

    /// Opens the article at a path of the store, at one of its marks.
    fn open_mark(&mut self, path: &str, uid: &str) {
        if self.open_stored(path) {
            self.session.arrive_at_mark(uid);
        }
    }

    /// Goes to a bookmark of a capital in another article.
    pub(crate) fn open_bookmark(&mut self, letter: char, found: Option<(Vec<String>, String)>) {
        let Some((paths, uid)) = found else {
            return self.report(
                true,
                format!("没有书签 {letter}；m{letter} 记下一个"),
                format!("No bookmark {letter}; m{letter} sets it"),
            );
        };
        let there = paths.iter().find(|path| is_there(path));
        let is_on_shelf = self.session.pages.mode() == Mode::Shelf;
        match there.or(paths.first()) {
            Some(path) if is_on_shelf => {
                self.open_mark(path, &uid);
                self.say_if_not_listed();
            }
            Some(path) => self.open_mark(path, &uid),
            None => self.report(
                false,
                format!("书签 {letter} 所在的文章是从管道读的，没有文件可打开"),
                format!("The article of bookmark {letter} came through a pipe: it has no file"),
            ),
        }
    }

    /// Says that the shelf does not list the article that was opened from it.
    fn say_if_not_listed(&mut self) {
        let shelf = &self.session.shelf;
        let here = shelf.place.reading.as_ref();
        let is_listed = shelf.entries.iter().any(|entry| Some(&entry.path) == here);
        if self.session.pages.is_reading() && !is_listed {
            let (zh, en) = ("这篇不在书架上", "This article is not on the shelf");
            self.report(true, zh.to_owned(), en.to_owned());
        }
    }

    /// Lets the reader's editor change the note that is being typed.
    fn edit(&mut self, text: &str) -> Result<(), Error> {
        // a sudden end finds the file by the draft
        let draft = self.session.keep_draft(text.to_owned());
        self.autosave.save(&mut self.session);
        self.autosave.store.flush();
        self.tools.editing.store(true, Ordering::SeqCst);
        terminal::leave();
        let lang = self.session.settings.lang;
        let edited = editor::edit(text, &draft.unwrap_or_default(), lang);
        self.take_back()?;
        self.tools.editing.store(false, Ordering::SeqCst);
        match edited {
            Ok((true, text)) => () = prompt::edited(&mut self.session, text.trim_end()),
            Ok((false, written)) if written.trim_end() != text.trim_end() => {
                mark::leave_draft(&mut self.session, written.trim_end());
                let (zh, en) = (
                    "编辑器没有正常退出；写下的留作草稿，按 a 接着写",
                    "The editor failed; what was written is kept: a goes on with it",
                );
                self.report(false, zh.to_owned(), en.to_owned());
            }
            Ok(_) => () = mark::cancel_note(&mut self.session),
            Err(why) => {
                mark::cancel_note(&mut self.session);
                let en = format!("the editor cannot be run: {why}");
                self.report(false, format!("无法启动编辑器：{why}"), en);
            }
        }
        Ok(())
    }

    /// Lists the articles of the shelf.
    pub(crate) fn fill_shelf(&mut self) {
        self.shelf.fill(&mut self.session, &self.current.defaults);
        self.autosave.store.load_progress();
        self.autosave.store.list_due();
    }
}
