//! The files of keyword sets: `keywords/NAME.yaml` beside the settings file.

use crate::command::sets::{Term, read, write};
use crate::session::Keyword;
use crate::shell::open::input;
use crate::source::sanitize;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the sets are; nowhere where there is no directory for settings.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    folder: Option<PathBuf>,
}

impl Sets {
    /// Those beside a settings file.
    pub fn beside(settings: Option<&Path>) -> Self {
        Self {
            folder: settings.and_then(Path::parent).map(|p| p.join("keywords")),
        }
    }

    /// The names of all sets, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = self.folder.as_deref().and_then(|f| fs::read_dir(f).ok());
        let paths = entries
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
            .map(|e| e.path());
        let mut names: Vec<String> = paths
            .filter(|p| p.extension().is_some_and(|e| e == "yaml"))
            .filter_map(|p| Some(sanitize::line(p.file_stem()?.to_str()?)))
            .collect();
        names.sort();
        names
    }

    /// The file of a set; `None` where the name cannot be a file's.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let fits = !name.is_empty()
            && name.len() <= 120
            && !name.starts_with('.')
            && !name.contains(['/', '\\', '\0']);
        self.folder
            .as_ref()
            .filter(|_| fits)
            .map(|f| f.join(format!("{name}.yaml")))
    }

    /// Reads a set.
    ///
    /// # Errors
    /// In a line, where there is none of that name or it cannot be read.
    pub fn open(&self, name: &str) -> Result<Vec<Term>, String> {
        let path = self.path(name).ok_or_else(|| name.to_owned())?;
        read(&input::text(&path).map_err(|why| why.to_string())?)
    }

    /// Saves keywords as a set; returns its file. Another one of that name is
    /// replaced whole or not at all.
    ///
    /// # Errors
    /// In a line, where it cannot be written.
    pub fn save(&self, name: &str, keywords: &[Keyword]) -> Result<PathBuf, String> {
        let path = self.path(name).ok_or_else(|| name.to_owned())?;
        let text = write(keywords)?;
        let folder = path.parent().ok_or_else(|| name.to_owned())?;
        fs::create_dir_all(folder).map_err(|why| why.to_string())?;
        let new = folder.join(format!(".{name}.{}.new", std::process::id()));
        let done = fs::write(&new, text).and_then(|()| fs::rename(&new, &path));
        done.map_err(|why| {
            let _ = fs::remove_file(&new);
            why.to_string()
        })?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_saved_whole_and_listed() {
        let folder = std::env::temp_dir().join(format!("jingdu-sets-{}", std::process::id()));
        let sets = Sets::beside(Some(&folder.join("config.yaml")));
        let mut find = crate::session::Find::default();
        let query = crate::search::Query::new("协同发展").unwrap();
        find.add_keyword(&std::sync::Arc::default(), query, None, None, true);
        let path = sets.save("研究", &find.keywords).unwrap();
        assert!(path.ends_with("keywords/研究.yaml"));
        assert_eq!(sets.names(), ["研究"]);
        assert_eq!(sets.open("研究").unwrap()[0].text, "协同发展");
        assert!(sets.open("没有").is_err() && sets.save("../a", &[]).is_err());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_name_stays_in_the_folder() {
        let sets = Sets::beside(Some(Path::new("x/config.yaml")));
        assert_eq!(
            sets.path("研究").unwrap(),
            Path::new("x/keywords/研究.yaml")
        );
        for name in ["", "../a", "a/b", ".a", "a\\b"] {
            assert!(sets.path(name).is_none(), "{name}");
        }
        assert!(Sets::default().path("a").is_none());
    }
}
