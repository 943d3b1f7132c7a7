//! `jingdu find` and `jingdu keywords` as scripts use them.

use std::path::PathBuf;
use std::process::Command;

/// A folder of its own that is gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jingdu-{name}-{}", std::process::id()));
        std::fs::create_dir_all(path.join("下/.git")).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(args: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_jingdu"))
        .args(args)
        .env("LANG", "zh_CN.UTF-8")
        .env("LC_ALL", "")
        .output()
        .unwrap();
    (
        out.status.code().unwrap(),
        String::from_utf8(out.stdout).unwrap(),
        String::from_utf8(out.stderr).unwrap(),
    )
}

#[test]
fn hits_come_by_path_with_date_title_and_place() {
    let folder = Folder::new("find");
    folder.file("b.md", "---\ntitle: 论灯笼\ndate: 2020-01-02\n---\n## 渡口\n\n办法有二：一是点燈籠，照亮河面。二是敲锣。\n");
    folder.file(
        "a.txt",
        "论船\n\n　　船上没有灯笼，只有锣。\n\n　　天黑了就靠岸。\n",
    );
    folder.file("下/c.md", "# 题\n\n灯\n笼是分在两行的。\n");
    folder.file("下/d.md", "灯笼在不看的文件里。\n");
    folder.file("下/.gitignore", "d.md\n");
    folder.file("no.csv", "灯笼\n");
    let path = folder.0.display().to_string();
    let (code, out, err) = run(&["find", "灯笼", &path, "--context", "3"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let rows: Vec<&str> = out.lines().collect();
    let row = |file: &str, rest: &str| format!("{path}/{file}\t{rest}");
    assert_eq!(rows[0], row("a.txt:1", "-\t论船\t-\t-\t上没有灯笼，只有"));
    let facts = "2020-01-02\t论灯笼\t办法有二\t一是点燈籠，照亮河面";
    assert_eq!(
        rows[1],
        row("b.md:1", &format!("{facts}\t一是点燈籠，照亮"))
    );
    assert!(rows[2].ends_with("\t灯笼是分在"), "{rows:?}");
    assert_eq!(rows.len(), 3, "{rows:?}");
    for _ in 0..4 {
        assert_eq!(run(&["find", "灯笼", &path, "--context", "3"]).1, out);
    }
}

#[test]
fn json_is_an_object_a_line() {
    let folder = Folder::new("find-json");
    let file = folder.file(
        "b.md",
        "---\ntitle: 论灯笼\ndate: 2020-01-02\n---\n一是点灯笼。二是敲锣。\n",
    );
    let (code, out, _) = run(&["find", "dll", &file, "--format", "json"]);
    assert_eq!((code, out.as_str()), (1, ""));
    let (code, out, _) = run(&["find", "denglong", &file, "--pinyin", "--format", "json"]);
    assert_eq!(code, 0);
    let row: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    assert_eq!(
        (
            row["hit"].as_str(),
            row["before"].as_str(),
            row["after"].as_str()
        ),
        (Some("灯笼"), Some("一是点"), Some("。二是敲锣。"))
    );
    assert_eq!(
        (
            row["title"].as_str(),
            row["date"].as_str(),
            row["start"].as_u64(),
            row["end"].as_u64()
        ),
        (Some("论灯笼"), Some("2020-01-02"), Some(9), Some(15))
    );
    assert!(
        row["file"].as_str().unwrap().ends_with("b.md")
            && row.get("topic").is_some()
            && row.get("point").is_some()
            && row["paragraph"].as_u64() == Some(1)
    );
}

#[test]
fn what_is_wrong_is_said_in_one_line() {
    let folder = Folder::new("find-wrong");
    let file = folder.file("a.txt", "灯笼。\n");
    for (args, code) in [
        (vec!["find", "没有", &file], 1),
        (vec!["find", "(", &file, "--regex"], 2),
        (vec!["find", "灯笼", "/no/such/file"], 2),
        (vec!["find", "灯笼"], 2),
        (vec!["find", "灯笼", &file, "--regex", "--exact"], 2),
        (vec!["find", "ab", &file, "--pinyin"], 2),
        (vec!["find", "灯.", &file, "--regex"], 0),
        (vec!["find", "燈籠", &file, "--exact"], 1),
        (vec!["find", "燈籠", &file], 0),
    ] {
        let (found, _, err) = run(&args);
        assert_eq!(found, code, "{args:?}: {err}");
        assert_eq!(
            err.lines().count(),
            usize::from(code == 2),
            "{args:?}: {err}"
        );
    }
    let (code, out, _) = run(&["find", "灯笼", &file, "--color", "always"]);
    assert!(
        code == 0 && out.contains("\u{1b}[1;31m灯笼\u{1b}[0m"),
        "{out:?}"
    );
}

#[test]
fn an_articles_own_terms_are_printed() {
    let path = crate::support::path("articles/02-crawled-commentary.md")
        .display()
        .to_string();
    let (code, out, _) = run(&["keywords", &path, "-n", "12"]);
    assert_eq!((code, out.lines().count()), (0, 12));
    assert!(
        out.contains("6\t老旧小区改造\n") && out.contains("19\t居民\n"),
        "{out}"
    );
    let (_, json, _) = run(&["keywords", &path, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["keywords"][0]["count"].as_u64().unwrap() > 3);
    assert_eq!(run(&["keywords", "/no/such/file"]).0, 2);
}

#[test]
fn context_has_a_limit_that_is_said() {
    let folder = Folder::new("context");
    let plain = "岸边说话。".repeat(400);
    let file = folder.file("a.txt", &format!("{plain}灯{plain}\n"));
    let (code, out, err) = run(&["find", "灯", &file, "--context", "99999"]);
    let text = out.trim_end().rsplit('\t').next().unwrap();
    assert_eq!((code, text.chars().count()), (0, 2001));
    assert!(err.contains("最多 1000 字"), "{err}");
    let (.., err) = run(&["find", "灯", &file, "--context", "1000"]);
    assert_eq!(err, "");
}
