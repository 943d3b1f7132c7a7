//! Brings the file of an article's marks up to date, or makes it.

use super::{markdown, names, written};
use crate::session::quote::InnerQuotes;
use crate::shell::os::files;
use crate::shell::store::message::MarkedArticle;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Rounds of reading a file again that changes while it is merged.
const MAX_ATTEMPTS: usize = 3;

/// The file that was written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoteFile {
    pub path: PathBuf,
    /// It has something that the reader wrote, which is left as it was.
    pub is_edited: bool,
}

/// Writes the marks of an article to its file in a folder: the one that an earlier export of it
/// wrote, where there is one, else a new one that is named by the title.
pub(crate) fn write(
    marked: &MarkedArticle,
    folder: &Path,
    inner: InnerQuotes,
) -> io::Result<NoteFile> {
    let export = markdown::export(marked, inner);
    let names = names::of_article(&marked.identity);
    let best = names.last().cloned().unwrap_or_default();
    let numbered = names::numbered(&best).skip(1);
    let mut free: Option<PathBuf> = None;
    for (i, name) in names.iter().cloned().chain(numbered).enumerate() {
        let path = folder.join(format!("{name}.md"));
        match fs::symlink_metadata(&path) {
            Err(why) if why.kind() == ErrorKind::NotFound => {
                free.get_or_insert(path);
                // a later number was never given
                if i >= names.len() {
                    break;
                }
            }
            Err(why) => return Err(why),
            Ok(_) => {
                if let Some(file) = merge(&path, &export)? {
                    return Ok(file);
                }
            }
        }
    }
    let path = free.ok_or(ErrorKind::AlreadyExists)?;
    if let Some(folder) = path.parent() {
        files::create_private_folder(folder)?;
    }
    written::create(&path, &export.text())?;
    Ok(NoteFile {
        path,
        is_edited: false,
    })
}

/// Merges an export into the file at a path; `None` where that is none of the article's.
fn merge(path: &Path, export: &super::merge::Export) -> io::Result<Option<NoteFile>> {
    for _ in 0..MAX_ATTEMPTS {
        let Some((old, stamp)) = written::read(path) else {
            return Ok(None);
        };
        let Some(merged) = export.merged(&old) else {
            return Ok(None);
        };
        let written = if merged.text == old && !files::is_shared(path) {
            Ok(())
        } else {
            written::replace(path, &merged.text, stamp)
        };
        match written {
            Err(why) if why.kind() == ErrorKind::ResourceBusy => {}
            written => {
                let file = NoteFile {
                    path: path.to_owned(),
                    is_edited: merged.is_edited,
                };
                return written.map(|()| Some(file));
            }
        }
    }
    Err(ErrorKind::ResourceBusy.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::store::message::Identity;
    use serde_json::json;

    /// Returns an article whose text is `text`, with a note of that name on each sentence.
    fn marked(text: &str, author: &str, notes: &[(&str, &str)]) -> MarkedArticle {
        let mark = |(uid, note): &(&str, &str)| {
            let anchor = json!({ "exact": format!("句子{uid}。") });
            let mark = json!({ "uid": format!("{text}{uid}"), "kind": "annotation", "anchor": anchor, "note": note });
            let mut mark = crate::shell::store::json::mark(&mark).unwrap();
            mark.span = Some(crate::text::Span::new(0, 1));
            mark
        };
        MarkedArticle {
            identity: Identity {
                hash: twox_hash::XxHash3_128::oneshot(text.as_bytes()).to_be_bytes(),
                title: "社论".to_owned(),
                author: author.to_owned(),
                ..Identity::default()
            },
            marks: notes.iter().map(mark).collect(),
        }
    }

    struct Notes(PathBuf);

    impl Notes {
        fn new(name: &str) -> Self {
            let name = format!("jingdu-notes-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            let _ = fs::remove_dir_all(&folder);
            Self(folder)
        }

        fn write(&self, marked: &MarkedArticle) -> (String, bool) {
            let file = write(marked, &self.0, InnerQuotes::Single).unwrap();
            let name = file.path.file_name().unwrap().to_str().unwrap();
            (name.to_owned(), file.is_edited)
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.0.join(name)).unwrap()
        }

        fn change(&self, name: &str, from: &str, to: &str) {
            let text = self.read(name);
            assert!(text.contains(from), "{text}");
            fs::write(self.0.join(name), text.replacen(from, to, 1)).unwrap();
        }
    }

    impl Drop for Notes {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn each_article_has_a_file_and_keeps_it() {
        let notes = Notes::new("each");
        let articles = [("甲", "林深"), ("乙", "林深"), ("丙", "江远"), ("丁", "")];
        let articles = articles.map(|(text, author)| marked(text, author, &[("1", text)]));
        let wanted = ["社论.md", "社论 林深.md", "社论 江远.md", "社论 2.md"];
        for round in 0..2 {
            for (article, name) in articles.iter().zip(wanted) {
                assert_eq!(notes.write(article), (name.to_owned(), false), "{round}");
                assert!(files::is_private(&notes.0.join(name)));
            }
        }
        assert_eq!(fs::read_dir(&notes.0).unwrap().count(), wanted.len());
        // a better name that becomes free does not make a second file
        fs::remove_file(notes.0.join("社论.md")).unwrap();
        assert_eq!(notes.write(&articles[1]).0, "社论 林深.md");
        // a later crawl of a page is known by its marks
        let mut later = articles[2].clone();
        later.identity.hash = [7; 16];
        assert_eq!(notes.write(&later), ("社论 江远.md".to_owned(), false));
        assert!(notes.read("社论 江远.md").contains(&"07".repeat(16)));
    }

    #[test]
    fn files_of_others_are_never_touched() {
        let notes = Notes::new("others");
        fs::create_dir_all(&notes.0).unwrap();
        let article = marked("甲", "林深", &[("1", "一")]);
        let (other, mut wanted) = (marked("乙", "", &[("1", "一")]), Vec::new());
        let of_other = super::super::markdown::export(&other, InnerQuotes::Single).text();
        let files: [&[u8]; 8] = [
            b"",
            "我写的\n".as_bytes(),
            of_other.as_bytes(),
            "---\ntitle: \"社论\"\n---\n\n# 社论\n".as_bytes(),
            "---\njingdu: \"\"\n---\n".as_bytes(),
            "<!-- jingdu 0000000000000000\n-->\n".as_bytes(),
            b"---\njingdu: \"\xff\xfe\"\n---\n",
            b"\0\0\0\0",
        ];
        let names = ["社论".to_owned(), "社论 林深".to_owned()].into_iter();
        let names = names.chain((2..).map(|n| format!("社论 林深 {n}")));
        for (name, contents) in names.zip(files) {
            let path = notes.0.join(name + ".md");
            fs::write(&path, contents).unwrap();
            wanted.push((path, contents));
        }
        assert_eq!(notes.write(&article).0, "社论 林深 8.md");
        for (path, contents) in wanted {
            assert_eq!(fs::read(&path).unwrap(), contents, "{}", path.display());
        }
    }

    #[test]
    fn a_link_to_its_own_file_is_not_followed() {
        let notes = Notes::new("link");
        let article = marked("甲", "林深", &[("1", "一")]);
        notes.write(&article);
        let (own, moved) = (notes.0.join("社论.md"), notes.0.join("moved.txt"));
        fs::rename(&own, &moved).unwrap();
        files::link(&moved, &own).unwrap();
        let before = notes.read("moved.txt");
        let changed = marked("甲", "林深", &[("1", "二")]);
        assert_eq!(notes.write(&changed).0, "社论 林深.md");
        assert_eq!(notes.read("moved.txt"), before);
        assert!(fs::symlink_metadata(&own).unwrap().is_symlink());
    }

    #[test]
    fn what_the_reader_wrote_stays_through_every_change() {
        let notes = Notes::new("edited");
        notes.write(&marked("甲", "", &[("1", "一"), ("2", "二"), ("3", "三")]));
        let path = "社论.md";
        notes.change(path, "一\n", "一\n\n我的话一。\n");
        notes.change(path, "“句子3。”", "“句子3，改过。”");
        let text = notes.read(path) + "\n我的结语。\n";
        fs::write(notes.0.join(path), text).unwrap();
        let steps = [
            &[("1", "一"), ("2", "二"), ("3", "三")][..],
            &[("1", "新一"), ("2", "二"), ("3", "三")],
            &[("1", "新一"), ("3", "三"), ("4", "四")],
            &[("3", "新三"), ("4", "四")],
            &[],
        ];
        for step in steps {
            assert_eq!(
                notes.write(&marked("甲", "", step)),
                (path.to_owned(), true)
            );
            let text = notes.read(path);
            for own in ["我的话一。", "“句子3，改过。”", "我的结语。"] {
                assert_eq!(text.matches(own).count(), 1, "{own}\n{text}");
            }
            assert_eq!(text.matches("<!-- jingdu").count(), 1, "{text}");
            assert!(files::is_private(&notes.0.join(path)));
        }
        let text = notes.read(path);
        // the marks that the reader wrote something below stay with it; the last is gone
        for kept in [
            "“句子1。”\n\n新一\n\n我的话一。",
            "“句子2。”\n\n二\n\n“句子3，改过。”",
        ] {
            assert!(text.contains(kept), "{text}");
        }
        assert!(!text.contains("句子4"), "{text}");
    }

    #[test]
    fn a_folder_that_takes_no_file_is_said() {
        let notes = Notes::new("no-folder");
        fs::create_dir_all(&notes.0).unwrap();
        let file = notes.0.join("file");
        fs::write(&file, "字").unwrap();
        let article = marked("甲", "", &[("1", "一")]);
        assert!(write(&article, &file, InnerQuotes::Single).is_err());
        assert!(write(&article, &file.join("below"), InnerQuotes::Single).is_err());
        assert_eq!(notes.read("file"), "字");
    }
}
