//! The command line, in the user's language.
//!
//! [`options`](super::options) says what there is, [`HELP`] what it is for. `+N` and
//! `+/PATTERN` are taken out before clap sees the arguments.

use super::options::{CommandLine, Invocation, ReadOptions, Task};
use crate::source::sanitize;
use crate::text::{Lang, Say};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};
use clap_complete::Shell;
use std::ffi::OsString;
use std::path::PathBuf;

/// The texts of `--help`: a command, or an argument of a command behind a dot (`*`: of every
/// command that has no text of its own), then the text in Chinese and in English.
const HELP: &str = "
jingdu | 精读：终端里的中文长文阅读器 | jingdu: a terminal reader for long-form Chinese commentary
jingdu.paths | 文件或目录；- 是标准输入 | files or directories; - is standard input
jingdu.theme | 颜色：随终端、深、浅 | colours: as the terminal, dark, light
jingdu.quit_if_one_screen | 不足一屏时直接打印并退出 | print and quit where it fits one screen
jingdu.encoding | 文件的编码，不给就猜 | the file's encoding, instead of a guess
jingdu.lang | 界面语言 | language of the interface
jingdu.config | 设置文件 | the settings file
jingdu.version | 版本 | print the version
*.help | 帮助 | print this help
*.file | 文件；- 是标准输入 | the file; - is standard input
*.format | 形式 | the form
*.paths | 文件或目录，- 是标准输入；不给就是整个文库 | files or directories, - is standard input; without any, the library
*.regex | 当作正则表达式 | take it as a regular expression
*.pinyin | 当作拼音 | take it as pinyin
*.exact | 一字不差 | exactly as it stands
*.since | 只要这一天以来的，如 2019、2019-02 | only articles of that day or later, as 2019, 2019-02
*.until | 只要到这一天为止的 | only articles of that day or earlier
*.source | 只要来源里有这个的 | only those with this in their source
*.author | 只要作者里有这个的 | only those with this in their author
*.tag | 只要有这个标签的 | only those with this tag
*.copies | 同文合为一篇：查到的里面最早的 | one row for an article and its copies: the earliest that is found
*.stale | 文库缓存照现在的样子用，先不更新 | the cache of the library as it is, not brought up to date first
*.color | 是否用颜色 | whether to use colours
*.ambiguous | “ ” — … 一类字符占几格 | cells of “ ” — …
print | 打印排好的全文，一行一行 | Print the formatted text
print.width | 每行正好 N 格；0：一段一行，不缩进 | the exact measure in cells; 0: one block a line, no indent
print.indent | 首行缩进几格 | first-line indent in cells
print.hang | 行末标点可悬挂 | stops may hang right of the measure
print.no_hang | 不悬挂 | no hanging marks
print.widow | 末行至少两个字 | the last row holds two characters
print.no_widow | 末行可以只有一个字 | the last row may hold one
print.quotes | 弯引号照原文，或占两格 | curly quotes as they stand, or two cells wide
print.body | 只要正文，不要标题 | the body alone, without title and facts
print.folded | 折叠的行也打印 | print folded lines as well
print.verbatim | 当作纯文本，一字不动 | plain text as it stands: no front matter, no clean-up
print.raw | 原文件 | the file as it is
outline | 打印提纲：标题、主旨句、要点 | Print the outline: headings, topics, points
find | 在文件和目录里查找，一处一行：文件:段、日期、标题、小节、要点、文字 | Find in files and directories, a row a hit: file:paragraph, date, title, section, point, text
find.query | 要找的：词（不分先后，都要有）、拼音、\"原样\"、/正则/、a|b、-不要的、作者:、来源:、>2019 | what to find: words (all of them, in any order), pinyin, \"exact\", /regex/, a|b, -not, author:, source:, >2019
find.context | 前后各几个字，最多 1000 | characters before and after a hit, at most 1000
find.part | 只在正文、标题或要点里找；不给就都找 | search the text, the titles or the points alone, instead of all
find.sort | 顺序：路径、日期（新的在前）、相关度 | the order: paths, dates (newest first), relevance
find.by | 一处一行，或一篇一行 | a row a hit, or a row an article
find.format | 形式；json 一行一个 | the form; json is an object a line
points | 查找要点，一点一行：文件:段、日期、标题、序号、要点 | Find points, a row a point: file:paragraph, date, title, marker, label
points.query | 要点里要有的，写法与 find 相同 | what the label of a point must have, written as for find
points.sort | 顺序：路径、日期（新的在前） | the order: paths, dates (newest first)
points.like | QUERY 是一句话：找措辞相近的要点，最近的在前，多一列相近的百分数；只看用词，不看意思，同文只列一条 | QUERY is a wording: find points in like words, the most alike first, with the likeness in per cent in one more column; words are compared, not meanings, and of copies one is listed
points.format | 形式；json 一行一个 | the form; json is an object a line
same | 找出载有一段文字或一篇文章的各篇，最早的在前：文件、日期、标题、它有其中多少、它有多少出自其中 | Find the articles that hold a text, the earliest first: file, date, title, how much of it they hold, how much of them it holds
same.file | 文章，或要查的一段文字；- 是标准输入 | an article, or a passage of one; - is standard input
same.format | 形式；json 一行一个 | the form; json is an object a line
count | 数各词在各年（月、来源、作者、文章）里出现几次，连同首次出现 | Count terms by year (month, source, author, article), with their first use
count.words | 要数的词，写法与 find 相同，a|b 合起来数；存在的文件或目录是查找的地方，- 是标准输入 | the terms, written as for find, a|b counted together; an existing file or folder is searched, - is standard input
count.paths | 文件或目录；什么都不给就是整个文库 | files or directories; without any, the library
count.by | 按什么分 | what to divide by
count.rate | 每万字几次，而不是几次 | hits per 10,000 characters, not their number
count.set | 再加上一组关键词 | the terms of a set of keywords as well
count.terms | 再加上文件里的词，一行一个 | the terms of a file as well, one a line
count.copies | 同文各算各的；不给就每个词只算最早有它的一篇 | count every copy, not of each term the earliest alone that has it
count.format | 形式；csv 供表格软件，json 一格一行 | the form; csv for spreadsheets, json is an object a cell
terms | 找出一些文章比其余的用得多的词语（突出词），一个一行：词语、次数、篇数、其余的次数、G²、倍数的对数、首见 | Find the phrases that some articles use more than the others, one a row: phrase, count, articles, count in the others, G², log ratio, first use
terms.against | 与这些文件或目录比，不给就与其余的比 | compare with these files or directories, instead of all the rest
terms.most | 最多几个 | how many at the most
terms.format | 形式；json 一行一个 | the form; json is an object a line
keywords | 打印最能代表这篇文章的词和次数 | Print the terms that characterise an article, with counts
keywords.most | 最多几个 | how many at the most
check | 列出读入时的清理记录：行号、规则、处理方式 | Print what reading found: line, rule, what was done
export | 打印书签、高亮和批注，连同出处、段落和要点 | Print marks and notes with source, section and point
export.file | 只要这一篇的；不给就是全部 | of this article alone; without it, of all
export.tag | 只要有这个标签的 | only those with this tag
export.since | 只要这一天以来的，如 2026-11-01 | only those made since that day, as 2026-11-01
drill | 打印有要点今天该复习的文章，今天到期的在前：从哪天起、几条、标题、文件 | Print the articles with points that are due, today's first: since when, how many, title, file
drill.paths | 只要这些文件、这些目录里的；不给就是全部 | only these files and what is in these directories; without any, all
drill.format | 形式；json 一行一个 | the form; json is an object a line
state | 阅读记录（位置、标注）：检查、修复、导出、导入、显示位置 | Reading records (places, marks, notes): check, repair, export, import, show path
state path | 打印记录文件在哪里 | Print where the store lies
state check | 检查记录文件是否完好 | Check that the store is sound
state repair | 修复记录文件，坏的原样另存；或从给出的旧文件取回记录 | Mend the store, keeping the damaged file; or take the records of an older file
state export | 把全部记录打印成 JSON | Print all of it as JSON
state import | 导入导出的 JSON；本机较新的记录保留 | Import exported JSON; newer records win
library | 文库：配置的目录里全部文章的缓存 | The library: the cache of all articles below the configured folders
library status | 打印文库有哪些目录，各有多少篇 | Print the folders and how many articles each has
library add | 把一个目录，或 newsboat 的 cache.db，加进文库 | Add a folder, or the cache.db of newsboat, to the library
library add.folders | 目录，连同其中的子目录 | folders, sub-folders included
library refresh | 读入新的和改过的文章 | Read in what is new or has changed
library check | 抽查缓存和文件是否一致 | Compare a sample of the cache with the files
library clear | 删去缓存；文章和标注不动 | Delete the cache; articles and marks stay
stats | 打印读了多久、多少字、多快 | Print how long, how much and how fast was read
completions | 打印 shell 补全脚本 | Print a completion script for a shell
man | 打印手册页 | Print the manual page
";

const AFTER_HELP: Say = (
    "不带参数时打开书架。标准输出不是终端时，等于 jingdu print。
按键见 docs/keys.md，或在阅读时按 ?。设置见 docs/config.md。
退出状态：0 完成；1 没有找到，或有标注没能存进记录；2 参数不对或文件无法读取。",
    "Without arguments the shelf opens. Where standard output is no terminal, it prints as jingdu print does.
Keys: docs/keys.md, or ? while reading. Settings: docs/config.md.
Exit status: 0 done; 1 nothing found, or marks that could not be stored; 2 wrong arguments or unreadable input.",
);

const USAGE: &str =
    "jingdu [OPTIONS] [+N | +/PATTERN] [FILE|DIR]...\n       jingdu [OPTIONS] <COMMAND>";

/// The parsed arguments.
#[derive(Debug)]
pub(crate) enum Parsed {
    /// A text to be printed: help, version.
    Text(String),
    Invocation(Box<Invocation>),
}

/// Parses the arguments, the program's name first. Fails with the text for standard error.
pub(crate) fn parse(arguments: Vec<OsString>, lang: Lang) -> Result<Parsed, String> {
    let (start, rest) = without_start(arguments);
    let read = |arguments: &[OsString]| command(lang).try_get_matches_from(arguments);
    let read = match read(&rest) {
        Err(error) if error.kind() == ErrorKind::UnknownArgument => {
            read(&with_files(&rest)).map_err(|_| error)
        }
        read => read,
    };
    let read = read.and_then(|matches| CommandLine::from_arg_matches(&matches));
    match read {
        Ok(line) => Ok(Parsed::Invocation(Box::new(invocation(line, start, lang)))),
        Err(error) if error.use_stderr() => {
            let hint = lang.say(("（用法见 jingdu --help）", " (see jingdu --help)"));
            let said = format!("jingdu: {}{hint}", complaint(&error, lang));
            Err(sanitize::line(&said))
        }
        Err(error) => Ok(Parsed::Text(error.render().to_string())),
    }
}

fn invocation(line: CommandLine, start: ReadOptions, lang: Lang) -> Invocation {
    let read = ReadOptions {
        paragraph: start.paragraph,
        query: start.query,
        ..line.read
    };
    Invocation {
        task: line.task.unwrap_or(Task::Read(read)),
        lang,
        lang_given: line.lang,
        encoding: line.encoding,
        config: line.config,
    }
}

/// Takes `+N` and `+/PATTERN` out of the arguments. Behind `--` there are only files.
fn without_start(arguments: Vec<OsString>) -> (ReadOptions, Vec<OsString>) {
    let mut start = ReadOptions::default();
    let mut rest = Vec::with_capacity(arguments.len());
    let mut options = false;
    for argument in arguments {
        let text = argument.to_str().and_then(|a| a.strip_prefix('+'));
        match text.filter(|_| options) {
            Some(text) if text.starts_with('/') => {
                start.query = Some(text.trim_start_matches('/').to_owned());
            }
            Some(text) if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => {
                start.paragraph = Some(text.parse().unwrap_or(usize::MAX));
            }
            _ => {
                // the first is the program
                options = argument != "--" && (options || rest.is_empty());
                rest.push(argument);
            }
        }
    }
    (start, rest)
}

/// Rewrites `-a.txt` to `./-a.txt` where such a file exists.
fn with_files(arguments: &[OsString]) -> Vec<OsString> {
    let is_option = |a: &OsString| a.as_encoded_bytes().starts_with(b"-");
    let as_file = |a: &OsString| match std::fs::symlink_metadata(a) {
        Ok(_) if is_option(a) => PathBuf::from(".").join(a).into_os_string(),
        _ => a.clone(),
    };
    arguments.iter().map(as_file).collect()
}

/// Describes the fault of the arguments, in a line.
fn complaint(error: &clap::Error, lang: Lang) -> String {
    let about = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(lang.say(("、", ", "))),
        _ => String::new(),
    };
    let arg = about(ContextKind::InvalidArg);
    let value = about(ContextKind::InvalidValue);
    match (error.kind(), lang) {
        (ErrorKind::UnknownArgument, Lang::Zh) => format!("没有 {arg} 这个选项"),
        (ErrorKind::InvalidValue, Lang::Zh) if value.is_empty() => format!("{arg} 后面少了一个值"),
        (ErrorKind::InvalidValue, Lang::Zh) => {
            let values = about(ContextKind::ValidValue);
            format!("{arg} 不能是“{value}”，可以是 {values}")
        }
        (ErrorKind::ValueValidation, Lang::Zh) => format!("{arg} 不能是“{value}”"),
        (ErrorKind::MissingSubcommand, Lang::Zh) => "少了要做什么".to_owned(),
        (ErrorKind::MissingRequiredArgument, Lang::Zh) => format!("少了 {arg}"),
        (ErrorKind::ArgumentConflict, Lang::Zh) => {
            format!("{arg} 不能和 {} 一起用", about(ContextKind::PriorArg))
        }
        _ => {
            let text = error.render().to_string();
            let first = text.lines().find(|l| !l.trim().is_empty());
            let first = first.unwrap_or_default();
            first.strip_prefix("error: ").unwrap_or(first).to_owned()
        }
    }
}

pub(crate) fn completions(shell: Shell, lang: Lang) -> String {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command(lang), "jingdu", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

pub(crate) fn man(lang: Lang) -> String {
    let mut out = Vec::new();
    // writing to memory does not fail
    let _ = clap_mangen::Man::new(command(lang)).render(&mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// Returns the whole command line, with its texts in a language.
pub fn command(lang: Lang) -> Command {
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .display_order(904)
        .action(ArgAction::Version);
    let command = CommandLine::command()
        .after_help(lang.say(AFTER_HELP))
        .override_usage(USAGE)
        .arg(version);
    localised(command, "jingdu", lang)
}

/// Returns the text of a row of [`HELP`].
fn help(key: &str, lang: Lang) -> Option<&'static str> {
    let text = |row: &'static str| row.strip_prefix(key)?.strip_prefix(" | ");
    let pair = HELP.lines().find_map(text)?.split_once(" | ")?;
    Some(lang.say(pair))
}

/// Gives a command and those below it their texts, headings and help switch.
fn localised(command: Command, key: &str, lang: Lang) -> Command {
    let mut template = String::from("{about}\n\n") + lang.say(("用法：", "Usage: ")) + "{usage}\n";
    if command.has_subcommands() {
        template += lang.say(("\n命令：\n", "\nCommands:\n"));
        template += "{subcommands}\n";
    }
    if command.get_positionals().next().is_some() {
        template += lang.say(("\n参数：\n", "\nArguments:\n"));
        template += "{positionals}\n";
    }
    template += lang.say(("\n选项：\n", "\nOptions:\n"));
    template += "{options}{after-help}";
    let switch = Arg::new("help")
        .short('h')
        .long("help")
        .display_order(903)
        .action(ArgAction::Help);
    let text = |arg: &Arg| {
        let own = help(&format!("{key}.{}", arg.get_id()), lang);
        own.or_else(|| help(&format!("*.{}", arg.get_id()), lang))
    };
    command
        .about(help(key, lang).unwrap_or_default())
        .disable_help_flag(true)
        .help_template(template)
        .arg(switch)
        .mut_args(|arg| match text(&arg) {
            Some(text) => arg.help(text),
            None => arg,
        })
        .mut_subcommands(|sub| {
            let key = match key {
                "jingdu" => sub.get_name().to_owned(),
                _ => format!("{key} {}", sub.get_name()),
            };
            localised(sub, &key, lang)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> ReadOptions {
        let words = ["jingdu"].iter().chain(words).map(OsString::from).collect();
        match parse(words, Lang::Zh).unwrap() {
            Parsed::Invocation(invocation) => match invocation.task {
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
    fn every_command_and_argument_has_a_help_text() {
        fn check(command: &Command) {
            let about = command.get_about().map(ToString::to_string);
            assert!(about.is_some_and(|t| !t.is_empty()), "{command:?}");
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string);
                let shell = arg.get_id() == "shell";
                assert!(shell || help.is_some_and(|t| !t.is_empty()), "{arg:?}");
            }
            command.get_subcommands().for_each(check);
        }
        check(&command(Lang::En));
    }

    #[test]
    fn plus_says_where_to_begin() {
        let options = read(&["+12", "a.md", "b.md"]);
        assert_eq!((options.paragraph, options.paths.len()), (Some(12), 2));
        assert_eq!(read(&["+/雄安", "a.md"]).query.as_deref(), Some("雄安"));
        assert_eq!(read(&["-"]).paths, [PathBuf::from("-")]);
    }

    #[test]
    fn a_wrong_argument_is_said_in_one_line() {
        let words = ["jingdu", "--theme", "pink"].map(OsString::from).to_vec();
        let text = parse(words, Lang::Zh).unwrap_err();
        assert!(!text.contains('\n') && text.contains("pink"), "{text}");
    }
}
