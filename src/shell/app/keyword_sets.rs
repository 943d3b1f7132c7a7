//! The files of keyword sets: `keywords/NAME.yaml` beside the settings file.

use crate::command::sets::{read, write};
use crate::session::Keyword;
use crate::session::term::Term;
use crate::shell::open::input;
use crate::shell::os::reason::reason;
use crate::source::sanitize;
use crate::text::Lang;
use std::fs;
use std::path::{Path, PathBuf};

const MAX_NAME_BYTES: usize = 120;

/// The folder of the sets, if there is one for settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeywordSets {
    folder: Option<PathBuf>,
}

impl KeywordSets {
    /// Returns the sets beside a settings file.
    pub(crate) fn beside(settings: Option<&Path>) -> Self {
        let folder = settings.and_then(Path::parent);
        Self {
            folder: folder.map(|p| p.join("keywords")),
        }
    }

    /// Returns the names of all sets, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = self.folder.as_deref().and_then(|f| fs::read_dir(f).ok());
        let paths = entries.into_iter().flatten().filter_map(Result::ok);
        let mut names: Vec<String> = paths
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "yaml"))
            .filter_map(|p| Some(sanitize::line(p.file_stem()?.to_str()?)))
            .collect();
        names.sort();
        names
    }

    /// Returns the file of a set; fails with the name where it cannot be a file's.
    fn path(&self, name: &str) -> Result<PathBuf, String> {
        let fits = !name.is_empty()
            && name.len() <= MAX_NAME_BYTES
            && !name.starts_with('.')
            && !name.contains(['/', '\\', '\0']);
        let folder = self.folder.as_ref().filter(|_| fits);
        let path = folder.map(|f| f.join(format!("{name}.yaml")));
        path.ok_or_else(|| name.to_owned())
    }

    /// Reads a set; fails with a line of text.
    pub(crate) fn open(&self, name: &str, lang: Lang) -> Result<Vec<Term>, String> {
        read(&input::text(&self.path(name)?).map_err(|why| reason(&why, lang))?)
    }

    /// Saves keywords as a set; returns its file. Replaces another of that name whole or not
    /// at all; fails with a line of text.
    pub(crate) fn save(
        &self,
        name: &str,
        keywords: &[Keyword],
        lang: Lang,
    ) -> Result<PathBuf, String> {
        let path = self.path(name)?;
        let text = write(keywords)?;
        let folder = path.parent().ok_or_else(|| name.to_owned())?;
        fs::create_dir_all(folder).map_err(|why| reason(&why, lang))?;
        let new = folder.join(format!(".{name}.{}.new", std::process::id()));
        fs::write(&new, text)
            .and_then(|()| fs::rename(&new, &path))
            .inspect_err(|_| _ = fs::remove_file(&new))
            .map_err(|why| reason(&why, lang))?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::term::KeywordScope;

    #[test]
    fn a_set_is_saved_whole_and_listed() {
        let folder = std::env::temp_dir().join(format!("jingdu-sets-{}", std::process::id()));
        let sets = KeywordSets::beside(Some(&folder.join("config.yaml")));
        let mut find = crate::session::Find::default();
        let (document, term) = (std::sync::Arc::default(), Term::plain("协同发展"));
        find.add_term(&document, term, KeywordScope::Article);
        let path = sets.save("研究", &find.keywords, Lang::Zh).unwrap();
        assert!(path.ends_with("keywords/研究.yaml"));
        assert_eq!(sets.names(), ["研究"]);
        assert_eq!(sets.open("研究", Lang::Zh).unwrap()[0].text, "协同发展");
        assert!(sets.open("没有", Lang::Zh).is_err() && sets.save("../a", &[], Lang::Zh).is_err());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_name_stays_in_the_folder() {
        let sets = KeywordSets::beside(Some(Path::new("x/config.yaml")));
        let path = sets.path("研究").unwrap();
        assert_eq!(path, Path::new("x/keywords/研究.yaml"));
        for name in ["", "../a", "a/b", ".a", "a\\b"] {
            assert!(sets.path(name).is_err(), "{name}");
        }
        assert!(KeywordSets::default().path("a").is_err());
    }
}
