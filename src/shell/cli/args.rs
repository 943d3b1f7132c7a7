//! The command line, in the user's language.
//!
//! Built by hand rather than derived, because every text is a pair. `+N` and
//! `+/pattern` are taken out before clap sees the arguments.

use crate::search::How;
use crate::shell::cli::export;
use crate::shell::cli::find;
use crate::shell::cli::print;
use crate::text::{Ambiguous, Lang, Say, WidthPolicy};
use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

/// What the arguments ask for.
#[derive(Debug)]
pub enum Parsed {
    /// To print a text and end: help, version.
    Text(String),
    /// To do something.
    Asked(Box<Asked>),
}

/// What is to be done, and how.
#[derive(Debug)]
pub struct Asked {
    /// What.
    pub task: Task,
    /// The language that was found before parsing.
    pub lang: Lang,
    /// The language that `--lang` names.
    pub lang_given: Option<Lang>,
    /// The encoding that `--encoding` names.
    pub encoding: Option<String>,
    /// The settings file that `--config` names.
    pub config: Option<PathBuf>,
}

/// What can be done.
#[derive(Debug)]
pub enum Task {
    /// Read.
    Read(ReadOptions),
    /// Print the laid-out text.
    Print(print::Options),
    /// Print the outline.
    Outline {
        /// Of which file.
        file: PathBuf,
        /// As JSON.
        json: bool,
    },
    /// Print what is found in files.
    Find(find::Options),
    /// Print the terms that characterise a file.
    Keywords {
        /// Of which file.
        file: PathBuf,
        /// How many at the most.
        most: usize,
        /// As JSON.
        json: bool,
    },
    /// Print the diagnostics.
    Check {
        /// Of which file.
        file: PathBuf,
    },
    /// Print marks and notes.
    Export(export::Options),
    /// Look after the store.
    State(State),
    /// Print what was read.
    Stats {
        /// As JSON.
        json: bool,
    },
    /// Print a completion script.
    Completions(Shell),
    /// Print the manual page.
    Man,
}

/// What can be done with the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Say where it lies.
    Path,
    /// Check it.
    Check,
    /// Print it as JSON.
    Export,
    /// Take that up again.
    Import(PathBuf),
}

/// How to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Files and directories.
    pub paths: Vec<PathBuf>,
    /// The theme, over the settings.
    pub theme: Option<String>,
    /// The ambiguous width, over the settings: `None` as they say, `Some(None)`
    /// to ask the terminal.
    pub ambiguous: Option<Option<Ambiguous>>,
    /// Quit at once where the article fits one screen.
    pub quit_if_one_screen: bool,
    /// Begin at that paragraph.
    pub paragraph: Option<usize>,
    /// Begin at the first hit of that query.
    pub query: Option<String>,
}

/// Parses the arguments, the program's name first.
///
/// # Errors
/// With the text to print on standard error, where they are wrong.
pub fn parse(arguments: Vec<OsString>, lang: Lang) -> Result<Parsed, String> {
    let mut plus = ReadOptions::default();
    let mut rest = Vec::with_capacity(arguments.len());
    let mut options = false;
    for argument in arguments {
        match argument
            .to_str()
            .and_then(|a| a.strip_prefix('+'))
            .filter(|_| options)
        {
            Some(text) if text.starts_with('/') => {
                plus.query = Some(text.trim_start_matches('/').to_owned())
            }
            Some(text) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
                plus.paragraph = Some(text.parse().unwrap_or(usize::MAX))
            }
            _ => {
                // after -- there are files only, and the first is the program
                options = argument != "--" && (options || rest.is_empty());
                rest.push(argument);
            }
        }
    }
    let read = command(lang).try_get_matches_from(&rest);
    let read = match read {
        Err(error) if error.kind() == ErrorKind::UnknownArgument => command(lang)
            .try_get_matches_from(with_files(&rest))
            .map_err(|_| error),
        read => read,
    };
    let matches = match read {
        Ok(matches) => matches,
        Err(error) if error.use_stderr() => {
            let said = complaint(&error, lang);
            let hint = lang.say(("用法见 jingdu --help", "see jingdu --help"));
            return Err(crate::source::sanitize::line(&match lang {
                Lang::Zh => format!("jingdu: {said}（{hint}）"),
                Lang::En => format!("jingdu: {said} ({hint})"),
            }));
        }
        Err(error) => return Ok(Parsed::Text(error.render().to_string())),
    };
    Ok(Parsed::Asked(Box::new(asked(&matches, lang, plus))))
}

/// The arguments, in which what is no option but the name of a file is one: `-a.txt`.
fn with_files(arguments: &[OsString]) -> Vec<OsString> {
    let named = |a: &OsString| {
        a.as_encoded_bytes().starts_with(b"-") && std::fs::symlink_metadata(a).is_ok()
    };
    let as_file = |a: &OsString| {
        if named(a) {
            PathBuf::from(".").join(a).into_os_string()
        } else {
            a.clone()
        }
    };
    arguments.iter().map(as_file).collect()
}

/// What is wrong with the arguments, in a line.
fn complaint(error: &clap::Error, lang: Lang) -> String {
    let about = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(lang.say(("、", ", "))),
        _ => String::new(),
    };
    let (arg, value) = (
        about(ContextKind::InvalidArg),
        about(ContextKind::InvalidValue),
    );
    match (error.kind(), lang) {
        (ErrorKind::UnknownArgument, Lang::Zh) => format!("没有 {arg} 这个选项"),
        (ErrorKind::InvalidValue, Lang::Zh) if value.is_empty() => format!("{arg} 后面少了一个值"),
        (ErrorKind::InvalidValue, Lang::Zh) => format!(
            "{arg} 不能是“{value}”，可以是 {}",
            about(ContextKind::ValidValue)
        ),
        (ErrorKind::ValueValidation, Lang::Zh) => format!("{arg} 不能是“{value}”"),
        (ErrorKind::MissingSubcommand, Lang::Zh) => "少了要做什么".to_owned(),
        (ErrorKind::MissingRequiredArgument, Lang::Zh) => format!("少了 {arg}"),
        (ErrorKind::ArgumentConflict, Lang::Zh) => {
            format!("{arg} 不能和 {} 一起用", about(ContextKind::PriorArg))
        }
        _ => {
            let text = error.render().to_string();
            let first = text
                .lines()
                .find(|l| !l.trim().is_empty())
                .unwrap_or_default();
            first.strip_prefix("error: ").unwrap_or(first).to_owned()
        }
    }
}

fn asked(matches: &ArgMatches, lang: Lang, plus: ReadOptions) -> Asked {
    let text = |m: &ArgMatches, name: &str| m.get_one::<String>(name).cloned();
    let file = |m: &ArgMatches| m.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let task = match matches.subcommand() {
        Some(("print", m)) => Task::Print(print_options(m)),
        Some(("outline", m)) => Task::Outline {
            file: file(m),
            json: text(m, "format").as_deref() == Some("json"),
        },
        Some(("find", m)) => Task::Find(find_options(m)),
        Some(("keywords", m)) => Task::Keywords {
            file: file(m),
            most: m.get_one::<usize>("most").copied().unwrap_or(16),
            json: text(m, "format").as_deref() == Some("json"),
        },
        Some(("check", m)) => Task::Check { file: file(m) },
        Some(("export", m)) => Task::Export(export::Options {
            file: m.get_one::<PathBuf>("file").cloned(),
            tag: text(m, "tag"),
            since: text(m, "since"),
            format: text(m, "format").unwrap_or_default(),
        }),
        Some(("state", m)) => Task::State(match m.subcommand() {
            Some(("check", _)) => State::Check,
            Some(("export", _)) => State::Export,
            Some(("import", m)) => State::Import(file(m)),
            _ => State::Path,
        }),
        Some(("stats", m)) => Task::Stats {
            json: text(m, "format").as_deref() == Some("json"),
        },
        Some(("completions", m)) => {
            Task::Completions(m.get_one::<Shell>("shell").copied().unwrap_or(Shell::Bash))
        }
        Some(("man", _)) => Task::Man,
        _ => Task::Read(ReadOptions {
            paths: matches
                .get_many::<PathBuf>("paths")
                .unwrap_or_default()
                .cloned()
                .collect(),
            theme: text(matches, "theme"),
            ambiguous: text(matches, "ambiguous").map(|a| ambiguous(&a)),
            quit_if_one_screen: matches.get_flag("quit-if-one-screen"),
            ..plus
        }),
    };
    let lang_given = text(matches, "lang").map(|l| if l == "en" { Lang::En } else { Lang::Zh });
    Asked {
        task,
        lang,
        lang_given,
        encoding: text(matches, "encoding"),
        config: matches.get_one::<PathBuf>("config").cloned(),
    }
}

fn ambiguous(name: &str) -> Option<Ambiguous> {
    match name {
        "narrow" => Some(Ambiguous::Narrow),
        "wide" => Some(Ambiguous::Wide),
        _ => None,
    }
}

/// Whether to print colours.
fn colours(m: &ArgMatches) -> bool {
    match m.get_one::<String>("color").map(String::as_str) {
        Some("always") => true,
        Some("never") => false,
        _ => {
            std::io::stdout().is_terminal()
                && crate::shell::environment::depth() != crate::view::theme::Depth::None
        }
    }
}

fn find_options(m: &ArgMatches) -> find::Options {
    let how = [
        ("regex", How::Pattern),
        ("pinyin", How::Sound),
        ("exact", How::Exact),
    ];
    find::Options {
        query: m.get_one::<String>("query").cloned().unwrap_or_default(),
        paths: m
            .get_many::<PathBuf>("paths")
            .unwrap_or_default()
            .cloned()
            .collect(),
        how: how
            .iter()
            .find(|(name, _)| m.get_flag(name))
            .map_or(How::Auto, |(_, how)| *how),
        context: m.get_one::<usize>("context").copied().unwrap_or(20),
        json: m.get_one::<String>("format").is_some_and(|f| f == "json"),
        color: colours(m),
    }
}

fn print_options(m: &ArgMatches) -> print::Options {
    let switch = |yes: &str, no: &str| {
        if m.get_flag(yes) {
            Some(true)
        } else {
            m.get_flag(no).then_some(false)
        }
    };
    let color = colours(m);
    let widths = WidthPolicy::of(
        m.get_one::<String>("ambiguous")
            .and_then(|a| ambiguous(a))
            .unwrap_or_default(),
    );
    print::Options {
        file: m.get_one::<PathBuf>("file").cloned().unwrap_or_default(),
        width: m.get_one::<usize>("width").copied(),
        indent: m.get_one::<usize>("indent").copied(),
        hang: switch("hang", "no-hang"),
        widow: switch("widow", "no-widow"),
        widths,
        wide_quotes: m.get_one::<String>("quotes").is_some_and(|q| q == "wide"),
        body: m.get_flag("body"),
        verbatim: m.get_flag("verbatim"),
        raw: m.get_flag("raw"),
        color,
    }
}

/// The completion script for a shell.
pub fn completions(shell: Shell, lang: Lang) -> String {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command(lang), "jingdu", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The manual page.
pub fn man(lang: Lang) -> String {
    let mut out = Vec::new();
    // writing to memory does not fail
    let _ = clap_mangen::Man::new(command(lang)).render(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The whole command line.
#[allow(
    clippy::too_many_lines,
    reason = "one declaration after the other, a table in all but form"
)]
pub fn command(lang: Lang) -> Command {
    let say = |pair: Say| lang.say(pair);
    let value = |name: &'static str, about: Say, values: &[&'static str]| {
        let shown = values.join("|");
        Arg::new(name)
            .long(name)
            .value_name(shown)
            .hide_possible_values(true)
            .help(say(about))
            .value_parser(PossibleValuesParser::new(values.to_vec()))
    };
    let file = || {
        Arg::new("file")
            .value_name("FILE")
            .help(say(("文件；- 是标准输入", "the file; - is standard input")))
            .required(true)
            .value_parser(value_parser!(PathBuf))
    };
    let flag = |name: &'static str, about: Say| {
        Arg::new(name)
            .long(name)
            .help(say(about))
            .action(ArgAction::SetTrue)
    };
    let cells = |name: &'static str, place: &'static str, about: Say| {
        Arg::new(name)
            .long(name)
            .value_name(place)
            .help(say(about))
            .value_parser(value_parser!(usize))
    };
    let print = Command::new("print")
        .about(say((
            "打印排好的全文，一行一行",
            "Print the laid-out text, a row a line",
        )))
        .arg(file())
        .arg(cells(
            "width",
            "N",
            (
                "每行正好 N 格；0：一段一行，不缩进",
                "the exact measure in cells; 0: one block a line, no indent",
            ),
        ))
        .arg(cells(
            "indent",
            "CELLS",
            ("首行缩进几格", "first-line indent in cells"),
        ))
        .arg(
            flag(
                "hang",
                ("行末标点可悬挂", "stops may hang right of the measure"),
            )
            .conflicts_with("no-hang"),
        )
        .arg(flag("no-hang", ("不悬挂", "no hanging marks")))
        .arg(
            flag(
                "widow",
                ("末行至少两个字", "the last row holds two characters"),
            )
            .conflicts_with("no-widow"),
        )
        .arg(flag(
            "no-widow",
            ("末行可以只有一个字", "the last row may hold one"),
        ))
        .arg(value(
            "quotes",
            (
                "弯引号照原文，或占两格",
                "curly quotes as they stand, or two cells wide",
            ),
            &["source", "wide"],
        ))
        .arg(value(
            "ambiguous",
            ("“ ” — … 一类字符占几格", "cells of “ ” — …"),
            &["narrow", "wide"],
        ))
        .arg(flag(
            "body",
            (
                "只要正文，不要题目",
                "the body alone, without title and facts",
            ),
        ))
        .arg(flag(
            "verbatim",
            (
                "当作纯文本，一字不动",
                "plain text as it stands: no front matter, no clean-up",
            ),
        ))
        .arg(flag("raw", ("原文件", "the file as it is")).conflicts_with("verbatim"))
        .arg(value(
            "color",
            ("是否用颜色", "whether to use colours"),
            &["auto", "always", "never"],
        ));
    let outline = Command::new("outline")
        .about(say((
            "打印提纲：标题、段旨、要点",
            "Print the outline: headings, topics, points",
        )))
        .arg(file())
        .arg(value("format", ("形式", "the form"), &["text", "json"]).default_value("text"));
    let find = Command::new("find")
        .about(say((
            "在文件和目录里查找，一处一行",
            "Find in files and directories, a row a hit",
        )))
        .arg(
            Arg::new("query")
                .value_name("QUERY")
                .required(true)
                .help(say((
                    "要找的：词、拼音、\"原样\"、/正则/",
                    "what to find: words, pinyin, \"exact\", /regex/",
                ))),
        )
        .arg(
            Arg::new("paths")
                .value_name("PATH")
                .required(true)
                .num_args(1..)
                .help(say((
                    "文件或目录；- 是标准输入",
                    "files or directories; - is standard input",
                )))
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            flag(
                "regex",
                ("当作正则表达式", "take it as a regular expression"),
            )
            .conflicts_with_all(["pinyin", "exact"]),
        )
        .arg(flag("pinyin", ("当作拼音", "take it as pinyin")).conflicts_with("exact"))
        .arg(flag("exact", ("一字不差", "exactly as it stands")))
        .arg(
            cells(
                "context",
                "N",
                ("前后各几个字", "characters before and after a hit"),
            )
            .default_value("20"),
        )
        .arg(
            value(
                "format",
                ("形式；json 一行一个", "the form; json is an object a line"),
                &["text", "json"],
            )
            .default_value("text"),
        )
        .arg(value(
            "color",
            ("是否用颜色", "whether to use colours"),
            &["auto", "always", "never"],
        ));
    let keywords = Command::new("keywords")
        .about(say((
            "打印最能代表这篇文章的词和次数",
            "Print the terms that characterise an article, with counts",
        )))
        .arg(file())
        .arg(
            Arg::new("most")
                .short('n')
                .value_name("N")
                .default_value("16")
                .help(say(("最多几个", "how many at the most")))
                .value_parser(value_parser!(usize)),
        )
        .arg(value("format", ("形式", "the form"), &["text", "json"]).default_value("text"));
    let check = Command::new("check")
        .about(say((
            "打印读入时发现的一切：哪一行、哪条规则、怎么办的",
            "Print what reading found: line, rule, what was done",
        )))
        .arg(file());
    let export = Command::new("export")
        .about(say((
            "打印标记和批注，连同出处、段落和要点",
            "Print marks and notes with source, section and point",
        )))
        .arg(file().required(false).help(say((
            "只要这一篇的；不给就是全部",
            "of this article alone; without it, of all",
        ))))
        .arg(
            Arg::new("tag")
                .long("tag")
                .value_name("T")
                .help(say(("只要有这个标签的", "only those with this tag"))),
        )
        .arg(
            Arg::new("since")
                .long("since")
                .value_name("DATE")
                .help(say((
                    "只要这一天以来的，如 2026-11-01",
                    "only those made since that day, as 2026-11-01",
                )))
                .value_parser(since),
        )
        .arg(value("format", ("形式", "the form"), &["md", "json", "csv"]).default_value("md"));
    let state = Command::new("state")
        .about(say((
            "记录（位置、标记、批注）：检查、导出、导入、在哪里",
            "The store of places, marks and notes: check it, print it, take it up, find it",
        )))
        .subcommand_required(true)
        .subcommands(
            [
                Command::new("path")
                    .about(say(("打印记录文件在哪里", "Print where the store lies"))),
                Command::new("check").about(say((
                    "检查记录文件是否完好",
                    "Check that the store is sound",
                ))),
                Command::new("export")
                    .about(say(("把全部记录打印成 JSON", "Print all of it as JSON"))),
                Command::new("import")
                    .about(say((
                        "收进导出的 JSON；更新的不动",
                        "Take up exported JSON; what is newer stays",
                    )))
                    .arg(file()),
            ]
            .map(|sub| speaking(sub, lang)),
        );
    let totals = Command::new("stats")
        .about(say((
            "打印读了多久、多少字、多快",
            "Print how long, how much and how fast was read",
        )))
        .arg(value("format", ("形式", "the form"), &["text", "json"]).default_value("text"));
    let completions = Command::new("completions")
        .about(say((
            "打印 shell 补全脚本",
            "Print a completion script for a shell",
        )))
        .arg(
            Arg::new("shell")
                .value_name("bash|elvish|fish|powershell|zsh")
                .hide_possible_values(true)
                .required(true)
                .value_parser(value_parser!(Shell)),
        );
    let man = Command::new("man").about(say(("打印手册页", "Print the manual page")));
    let whole = Command::new("jingdu")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(("精读：终端里的中文长文阅读器", "jingdu: a terminal reader for long-form Chinese commentary")))
        .after_help(say((
            "不带参数时打开书架。标准输出不是终端时，等于 jingdu print。\n按键见 docs/keys.md，或在阅读时按 ?。设置见 docs/config.md。\n退出状态：0 完成；1 没有找到；2 参数不对或文件读不了。",
            "Without arguments the shelf opens. Where standard output is no terminal, it prints as jingdu print does.\nKeys: docs/keys.md, or ? while reading. Settings: docs/config.md.\nExit status: 0 done; 1 nothing found; 2 wrong arguments or unreadable input.",
        )))
        .disable_help_subcommand(true)
        .arg(Arg::new("paths").value_name("FILE|DIR").help(say(("文件或目录；- 是标准输入", "files or directories; - is standard input"))).num_args(0..).value_parser(value_parser!(PathBuf)))
        .arg(value("theme", ("颜色：随终端、深、浅", "colours: as the terminal, dark, light"), crate::command::options::THEMES))
        .arg(value("ambiguous", ("“ ” — … 一类字符占几格", "cells of “ ” — …"), &["auto", "narrow", "wide"]))
        .arg(Arg::new("quit-if-one-screen").short('F').long("quit-if-one-screen").help(say(("一屏放得下就打印后退出", "print and quit where it fits one screen"))).action(ArgAction::SetTrue))
        .arg(Arg::new("encoding").long("encoding").value_name("NAME").global(true).display_order(900).help(say(("文件的编码，不给就猜", "the file's encoding, instead of a guess"))))
        .arg(value("lang", ("界面语言", "language of the interface"), &["zh", "en"]).global(true).display_order(901))
        .arg(Arg::new("config").long("config").value_name("FILE").global(true).display_order(902).help(say(("设置文件", "the settings file"))).value_parser(value_parser!(PathBuf)))
        .override_usage("jingdu [OPTIONS] [+N | +/PATTERN] [FILE|DIR]...\n       jingdu [OPTIONS] <COMMAND>")
        .subcommands([print, outline, find, keywords, check, export, state, totals, completions, man].map(|sub| speaking(sub, lang)))
        .disable_version_flag(true)
        .arg(Arg::new("version").short('V').long("version").help(say(("版本", "print the version"))).display_order(904).action(ArgAction::Version));
    speaking(whole, lang)
}

/// A day: `2026-11-01`, `2026-11` or `2026`.
fn since(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    let fits = matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2])
        && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    if fits {
        Ok(text.to_owned())
    } else {
        Err("YYYY-MM-DD".to_owned())
    }
}

/// A command whose headings and help switch are in the language, too.
fn speaking(command: Command, lang: Lang) -> Command {
    let say = |pair: Say| lang.say(pair);
    let mut template = String::from("{about}\n\n");
    let mut part = |title: Say, what: &str| {
        template.push_str(say(title));
        template.push_str(what);
    };
    part(("用法：", "Usage: "), "{usage}\n");
    if command.has_subcommands() {
        part(("\n命令：\n", "\nCommands:\n"), "{subcommands}\n");
    }
    if command.get_positionals().next().is_some() {
        part(("\n参数：\n", "\nArguments:\n"), "{positionals}\n");
    }
    part(("\n选项：\n", "\nOptions:\n"), "{options}{after-help}");
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .help(say(("帮助", "print this help")))
        .display_order(903)
        .action(ArgAction::Help);
    command
        .disable_help_flag(true)
        .help_template(template)
        .arg(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> ReadOptions {
        let words = ["jingdu"].iter().chain(words).map(OsString::from).collect();
        match parse(words, Lang::Zh).unwrap() {
            Parsed::Asked(asked) => match asked.task {
                Task::Read(options) => options,
                other => panic!("{other:?}"),
            },
            Parsed::Text(text) => panic!("{text}"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn plus_says_where_to_begin() {
        let options = read(&["+12", "a.md", "b.md"]);
        assert_eq!((options.paragraph, options.paths.len()), (Some(12), 2));
        assert_eq!(read(&["+/雄安", "a.md"]).query.as_deref(), Some("雄安"));
        assert_eq!(read(&["-"]).paths, [PathBuf::from("-")]);
    }

    #[test]
    fn what_is_wrong_is_said_in_one_line() {
        let words = ["jingdu", "--theme", "pink"]
            .iter()
            .map(OsString::from)
            .collect();
        let text = parse(words, Lang::Zh).unwrap_err();
        assert!(!text.contains('\n') && text.contains("pink"), "{text}");
    }
}
