//! A home with a library, for the program as scripts use it.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A home with a library and folders of its own that is gone afterwards.
pub struct Home(pub PathBuf);

static HOMES: AtomicUsize = AtomicUsize::new(0);

impl Home {
    /// Makes a home whose library is its folder `lib`.
    pub fn new() -> Self {
        let number = HOMES.fetch_add(1, Ordering::Relaxed);
        let name = format!("jingdu-library-{}-{number}", std::process::id());
        let home = Self(std::env::temp_dir().join(name));
        std::fs::create_dir_all(home.path("lib")).unwrap();
        let added = home.run(&["library", "add", &home.name("lib")]);
        assert!(added.0 == 0 && added.1.contains("已加入文库"), "{added:?}");
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn name(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    pub fn cache(&self) -> PathBuf {
        self.path("cache/jingdu/library.db")
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path("lib").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jingdu"));
        command
            .args(args)
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("TZ", "UTC");
        for folder in ["cache", "config", "state", "data"] {
            let variable = format!("XDG_{}_HOME", folder.to_uppercase());
            command.env(variable, self.path(folder));
        }
        command
    }

    /// Runs the program; returns its status, output and errors.
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(args).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    pub fn find(&self, query: &str, options: &[&str]) -> Vec<String> {
        self.rows("find", query, options)
    }

    /// Searches the library: from the cache, and from the files by another configuration. Both
    /// must be the same.
    pub fn rows(&self, command: &str, query: &str, options: &[&str]) -> Vec<String> {
        let folder = self.name("lib");
        let mut args = vec![command, query, &folder];
        args.extend(options);
        let cached = self.run(&args);
        let other = self.name("empty.yaml");
        std::fs::write(&other, "").unwrap();
        args.extend(["--config", &other]);
        assert_eq!(cached, self.run(&args), "{query} {options:?}");
        let rows = cached
            .1
            .lines()
            .map(|row| row.replace(&format!("{folder}/"), ""));
        rows.collect()
    }

    pub fn refresh(&self) -> String {
        let (code, out, err) = self.run(&["library", "refresh"]);
        assert_eq!((code, err.as_str()), (0, ""));
        let (_, counts) = out.trim().split_once('：').unwrap();
        counts.to_owned()
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Returns an article with invented words.
pub fn article(title: &str, date: &str, author: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: {date}\nauthor: {author}\ntags: [河边]\n---\n\n{body}\n")
}

/// Writes three articles.
pub fn three(home: &Home) {
    let boats = "渡口的船有两个用处。一是载人，二是运豆腐。\n\n船上点着灯笼。";
    home.write("a.md", &article("论船", "2019-02-03", "林深", boats));
    let lanterns = "灯笼挂在渡口。\n\n> 分享到：微信 微博\n\n没有船的时候，灯笼也亮着，灯笼。";
    home.write(
        "下/b.md",
        &article("灯笼记", "2020-05-06", "江远", lanterns),
    );
    home.write(
        "下/更下/c.txt",
        "老路\n\n　　铁路是一条老路，走的人多。\n\n　　天黑了，就靠岸。\n",
    );
}
