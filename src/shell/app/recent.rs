//! The list of the articles that were read last: which of their files are still there, and what
//! is said of one that is not.

use crate::command::Input;
use crate::session::drill::due::DueList;
use crate::session::recent::RecentArticle;
use crate::shell::event::{AppEvent, EventSender};
use crate::shell::library::{folders, refresh};
use crate::shell::open::item::{Item, name_of};
use crate::shell::store::identity::is_there;
use std::path::{Path, PathBuf};
use std::thread;

/// Looks on a thread for the files of articles, since a folder of another machine may take its
/// time to answer; sends the list again.
pub(crate) fn look_for_files(mut articles: Vec<RecentArticle>, events: EventSender) {
    let look = move || {
        for article in &mut articles {
            let found = article.paths.iter().position(|path| is_there(path));
            article.is_gone = found.is_none();
            if let Some(first) = found {
                article.paths.swap(0, first);
            }
        }
        let _ = events.send(AppEvent::Input(Input::Recent(articles)));
    };
    let thread = thread::Builder::new().name("recent".to_owned());
    // without a thread every file counts as there, until it is opened
    let _ = thread.spawn(look);
}

/// Leaves out on a thread the articles that are due but whose files are gone; sends the list.
pub(crate) fn look_for_due_files(mut due: DueList, events: EventSender) {
    let look = move || {
        let found = std::mem::take(&mut due.articles)
            .into_iter()
            .filter_map(|mut article| {
                let first = article.paths.iter().position(|path| is_there(path))?;
                article.paths.swap(0, first);
                Some(article)
            });
        due.articles = found.collect();
        let _ = events.send(AppEvent::Input(Input::Due(due)));
    };
    let thread = thread::Builder::new().name("due".to_owned());
    // without a thread there is no list; the reader can ask again
    let _ = thread.spawn(look);
}

/// Returns why the file at a path is not there, and what to do; `None` where it is. `roots` are
/// the folders of the shelf; `is_on_shelf`: a row of it was to be opened.
pub(crate) fn missing(
    path: &Path,
    roots: &[PathBuf],
    is_on_shelf: bool,
) -> Option<(String, String)> {
    let item = Item::of(path);
    let file = item.file().filter(|file| !file.exists())?;
    let is_of = |root: &&PathBuf| {
        let below = |folder: &Path| folders::is_below(path, folder);
        refresh::is_away(root) && (below(root) || below(&folders::canonical(root)))
    };
    let away = roots.iter().find(is_of).map(PathBuf::as_path);
    let ancestors = file.ancestors().skip(1);
    let ancestors = ancestors.take_while(|a| !a.as_os_str().is_empty() && !a.exists());
    if let Some(folder) = away.or_else(|| ancestors.last()) {
        let folder = name_of(folder);
        return Some((
            format!("目录不在，接上（挂载）后再打开：{folder}"),
            format!("Its folder is not there; mount it, then open this again: {folder}"),
        ));
    }
    let (zh, en) = if is_on_shelf {
        ("，按 R 更新书架", "; R refreshes the shelf")
    } else {
        ("", "")
    };
    let file = name_of(file);
    Some((
        format!("文件已不在（移走或删去了）{zh}：{file}"),
        format!("The file is gone, moved or deleted{en}: {file}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_missing_is_named() {
        let home = std::env::temp_dir().join(format!("jingdu-missing-{}", std::process::id()));
        let (root, sub) = (home.join("root"), home.join("root/a/b"));
        fs::create_dir_all(&sub).unwrap();
        let file = sub.join("x.md");
        fs::write(&file, "字").unwrap();
        let roots = [root.clone()];
        let said = |roots: &[PathBuf]| missing(&file, roots, false).map(|(zh, _)| zh);
        assert_eq!(said(&roots), None);
        assert!(is_there(file.to_str().unwrap()) && is_there("shipped:01-guide.md"));
        fs::remove_file(&file).unwrap();
        let gone = format!("文件已不在（移走或删去了）：{}", file.display());
        assert_eq!(said(&roots), Some(gone));
        fs::remove_dir_all(home.join("root/a")).unwrap();
        // nothing is mounted on the root
        let away = |path: &Path| {
            let path = path.display();
            Some(format!("目录不在，接上（挂载）后再打开：{path}"))
        };
        assert_eq!(said(&roots), away(&root));
        assert_eq!(said(&[]), away(&home.join("root/a")));
        fs::remove_dir_all(&home).unwrap();
        assert_eq!(said(&roots), away(&root));
        assert_eq!(said(&[]), away(&home));
        assert!(!is_there(file.to_str().unwrap()));
    }
}
