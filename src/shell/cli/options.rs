//! The options of the command line, as clap parses them. Help texts are in
//! [`args`](super::args), in both languages.

use crate::command::options::THEMES;
use crate::search::How;
use crate::text::{Ambiguous, Lang, WidthPolicy};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "jingdu",
    version,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub task: Option<Task>,
    #[command(flatten)]
    pub read: ReadOptions,
    #[arg(long, value_name = "NAME", global = true, display_order = 900)]
    pub encoding: Option<String>,
    #[arg(long, value_name = "zh|en", global = true, display_order = 901)]
    #[arg(hide_possible_values = true, value_parser = one_of(&["zh", "en"]).map(|l| lang(&l)))]
    pub lang: Option<Lang>,
    #[arg(long, value_name = "FILE", global = true, display_order = 902)]
    pub config: Option<PathBuf>,
}

/// A parsed command line.
#[derive(Debug)]
pub(crate) struct Invocation {
    pub(crate) task: Task,
    /// The language that was found before parsing.
    pub(crate) lang: Lang,
    /// The language that `--lang` names.
    pub(crate) lang_given: Option<Lang>,
    pub(crate) encoding: Option<String>,
    /// The settings file that `--config` names.
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    #[command(skip)]
    Read(ReadOptions),
    Print(PrintOptions),
    Outline {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "text|md|json", hide_possible_values = true)]
        #[arg(value_parser = one_of(&["text", "md", "json"]).map(|f| outline_format(&f)))]
        #[arg(default_value = "text")]
        format: OutlineFormat,
    },
    Find(FindOptions),
    Points(PointsOptions),
    Same(SameOptions),
    Count(CountOptions),
    Terms(TermsOptions),
    Keywords {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(short = 'n', value_name = "N", default_value = "16")]
        most: usize,
        #[command(flatten)]
        format: OutputFormat,
    },
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Export(ExportOptions),
    Drill(DrillOptions),
    #[command(subcommand, arg_required_else_help = false)]
    State(StateTask),
    Library {
        #[command(subcommand)]
        task: Option<LibraryTask>,
    },
    Stats(OutputFormat),
    Completions {
        #[arg(
            value_name = "bash|elvish|fish|powershell|zsh",
            hide_possible_values = true
        )]
        shell: Shell,
    },
    Man,
}

#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum StateTask {
    Path,
    Check,
    Repair {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    Export,
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Subcommand)]
pub(crate) enum LibraryTask {
    #[default]
    Status,
    Add {
        #[arg(value_name = "DIR", required = true)]
        folders: Vec<PathBuf>,
    },
    Refresh,
    Check,
    Clear,
}

#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReadOptions {
    #[arg(value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = THEMES.join("|"), hide_possible_values = true)]
    #[arg(value_parser = one_of(THEMES))]
    pub theme: Option<String>,
    /// The width over the settings; `auto` is `None`, to ask the terminal.
    #[arg(long, value_name = "auto|narrow|wide", hide_possible_values = true)]
    #[arg(value_parser = one_of(&["auto", "narrow", "wide"]).map(|a| ambiguous(&a)))]
    pub ambiguous: Option<GivenWidth>,
    #[arg(short = 'F', long)]
    pub quit_if_one_screen: bool,
    /// `+N`: begin at that paragraph.
    #[arg(skip)]
    pub paragraph: Option<usize>,
    /// `+/PATTERN`: begin at the first hit.
    #[arg(skip)]
    pub query: Option<String>,
}

/// The width of ambiguous characters; `None` is the terminal's.
pub(crate) type GivenWidth = Option<Ambiguous>;

/// The options of `jingdu print`.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintOptions {
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    /// The form of the rows.
    pub layout: LayoutOptions,
    #[command(flatten)]
    pub(crate) parts: PartOptions,
    #[arg(long)]
    pub(crate) verbatim: bool,
    #[arg(long, conflicts_with = "verbatim")]
    pub(crate) raw: bool,
    #[command(flatten)]
    pub(crate) color: ColorOption,
}

/// The parts of an article that are printed.
#[derive(Args, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PartOptions {
    #[arg(long)]
    pub(crate) body: bool,
    #[arg(long)]
    pub(crate) folded: bool,
}

/// The form of the output of a command for scripts, too.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct OutputFormat {
    #[arg(long = "format", id = "format", value_name = "text|json", action = ArgAction::Set)]
    #[arg(hide_possible_values = true, default_value = "text")]
    #[arg(value_parser = one_of(&["text", "json"]).map(|format| format == "json"))]
    pub json: bool,
}

/// The form of the output of `jingdu outline`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OutlineFormat {
    /// Indented lines.
    #[default]
    Text,
    /// Nested lists.
    Markdown,
    /// For scripts.
    Json,
}

fn outline_format(name: &str) -> OutlineFormat {
    match name {
        "md" => OutlineFormat::Markdown,
        "json" => OutlineFormat::Json,
        _ => OutlineFormat::Text,
    }
}

/// The colours of the output of a command.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ColorOption {
    #[arg(long = "color", id = "color", value_name = "auto|always|never")]
    #[arg(value_parser = one_of(&["auto", "always", "never"]).map(|c| color(&c)))]
    #[arg(
        hide_possible_values = true,
        default_value = "auto",
        hide_default_value = true
    )]
    pub when: ColorWhen,
}

/// The form of the rows of `jingdu print`.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one for each switch of the command line"
)]
pub struct LayoutOptions {
    /// The exact measure in cells; 0 for one block a line.
    #[arg(long, value_name = "N")]
    pub width: Option<usize>,
    #[arg(long, value_name = "CELLS")]
    pub(crate) indent: Option<usize>,
    #[arg(long, conflicts_with = "no_hang")]
    hang: bool,
    #[arg(long)]
    no_hang: bool,
    #[arg(long, conflicts_with = "no_widow")]
    widow: bool,
    #[arg(long)]
    no_widow: bool,
    #[arg(long = "quotes", id = "quotes", value_name = "source|wide", action = ArgAction::Set)]
    #[arg(hide_possible_values = true, value_parser = one_of(&["source", "wide"]).map(|q| q == "wide"))]
    wide_quotes: Option<bool>,
    #[arg(long, value_name = "narrow|wide", hide_possible_values = true)]
    #[arg(value_parser = one_of(&["narrow", "wide"]).map(|a| ambiguous(&a).unwrap_or_default()))]
    ambiguous: Option<Ambiguous>,
}

impl LayoutOptions {
    /// Returns whether stops hang, where that was given.
    pub(crate) fn hang(&self) -> Option<bool> {
        (self.hang || self.no_hang).then_some(self.hang)
    }

    /// Returns whether the last row holds two characters, where that was given.
    pub(crate) fn widow(&self) -> Option<bool> {
        (self.widow || self.no_widow).then_some(self.widow)
    }

    pub(crate) fn wide_quotes(&self) -> bool {
        self.wide_quotes.unwrap_or_default()
    }

    pub(crate) fn widths(&self) -> WidthPolicy {
        WidthPolicy::of(self.ambiguous.unwrap_or_default())
    }
}

/// A query, and the articles that are searched.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct RequestOptions {
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// Files and folders; none for the library.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub mode: QueryMode,
    #[command(flatten)]
    pub filters: FilterOptions,
}

#[derive(Args, Clone, Debug, Default)]
pub(crate) struct FindOptions {
    #[command(flatten)]
    pub request: RequestOptions,
    #[arg(
        long = "in",
        value_name = "text|title|points",
        hide_possible_values = true
    )]
    #[arg(default_value = "all", hide_default_value = true)]
    #[arg(value_parser = one_of(&["all", "text", "title", "points"]).map(|part| find_in(&part)))]
    pub part: FindIn,
    #[command(flatten)]
    pub order: FindOrder,
    /// Characters before and after a hit.
    #[arg(long, value_name = "N", default_value = "20")]
    pub context: usize,
    #[command(flatten)]
    pub format: OutputFormat,
    #[command(flatten)]
    pub color: ColorOption,
}

/// The options of `jingdu same`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct SameOptions {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Files and folders; none for the library.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// From the cache as it is.
    #[arg(long)]
    pub stale: bool,
    #[command(flatten)]
    pub format: OutputFormat,
}

/// The options of `jingdu count`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct CountOptions {
    /// Terms, and files or folders that exist.
    #[arg(value_name = "TERM|PATH")]
    pub words: Vec<PathBuf>,
    /// Files and folders behind `--`.
    #[arg(value_name = "PATH", last = true)]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "year|month|source|author|article")]
    #[arg(hide_possible_values = true, default_value = "year")]
    #[arg(value_parser = one_of(&["year", "month", "source", "author", "article"]))]
    pub by: String,
    /// Hits per 万字 instead of their number.
    #[arg(long)]
    pub rate: bool,
    /// A set of keywords, whose terms are counted as well.
    #[arg(long, value_name = "NAME")]
    pub set: Option<String>,
    /// A file of terms, one a line.
    #[arg(long, value_name = "FILE")]
    pub terms: Option<PathBuf>,
    #[command(flatten)]
    pub filters: FilterOptions,
    /// `copies`: every copy is counted.
    #[command(flatten)]
    pub sources: SourceOptions,
    #[arg(long, value_name = "text|md|csv|json", hide_possible_values = true)]
    #[arg(value_parser = one_of(&["text", "md", "csv", "json"]), default_value = "text")]
    pub format: String,
}

/// The options of `jingdu terms`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct TermsOptions {
    /// Files and folders; none for the library.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub filters: FilterOptions,
    /// The articles to compare with, in place of all the rest.
    #[arg(long, value_name = "PATH")]
    pub against: Vec<PathBuf>,
    /// The number of phrases at the most.
    #[arg(short = 'n', value_name = "N", default_value = "50")]
    pub most: usize,
    /// From the cache as it is.
    #[arg(long)]
    pub stale: bool,
    #[command(flatten)]
    pub format: OutputFormat,
}

/// The facts that an article must have.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct FilterOptions {
    /// Only articles of this day or later.
    #[arg(long, value_name = "DATE", value_parser = since)]
    pub since: Option<String>,
    /// Only articles of this day or earlier.
    #[arg(long, value_name = "DATE", value_parser = since)]
    pub until: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    #[arg(long, value_name = "T")]
    pub tag: Option<String>,
}

/// The order and the form of what is found.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct FindOrder {
    #[arg(long, value_name = "path|date|rank", hide_possible_values = true)]
    #[arg(default_value = "path")]
    #[arg(value_parser = one_of(&["path", "date", "rank"]).map(|sort| find_sort(&sort)))]
    pub sort: FindSort,
    #[arg(long = "by", id = "by", value_name = "hit|article", action = ArgAction::Set)]
    #[arg(hide_possible_values = true, default_value = "hit")]
    #[arg(value_parser = one_of(&["hit", "article"]).map(|by| by == "article"))]
    pub by_article: bool,
    #[command(flatten)]
    pub sources: SourceOptions,
}

/// The way in which articles are taken from the cache.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct SourceOptions {
    /// One row for an article and its copies.
    #[arg(long)]
    pub copies: bool,
    /// From the cache as it is.
    #[arg(long)]
    pub stale: bool,
}

/// The options of `jingdu points`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct PointsOptions {
    #[command(flatten)]
    pub request: RequestOptions,
    #[arg(long, value_name = "path|date", hide_possible_values = true)]
    #[arg(default_value = "path")]
    #[arg(value_parser = one_of(&["path", "date"]).map(|sort| find_sort(&sort)))]
    pub sort: FindSort,
    /// The query is a wording that points are compared with.
    #[arg(long, conflicts_with_all = ["regex", "pinyin", "exact"])]
    pub like: bool,
    #[command(flatten)]
    pub sources: SourceOptions,
    #[command(flatten)]
    pub format: OutputFormat,
}

/// The part of an article that is searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FindIn {
    /// The text; the title, the author and the source as well.
    #[default]
    All,
    /// The text alone.
    Text,
    /// The title alone.
    Title,
    /// The labels of points.
    Points,
}

fn find_in(name: &str) -> FindIn {
    match name {
        "text" => FindIn::Text,
        "title" => FindIn::Title,
        "points" => FindIn::Points,
        _ => FindIn::All,
    }
}

/// The order of what is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FindSort {
    /// By the paths of the files.
    #[default]
    Path,
    /// The newest first.
    Date,
    /// The most relevant first.
    Rank,
}

fn find_sort(name: &str) -> FindSort {
    match name {
        "date" => FindSort::Date,
        "rank" => FindSort::Rank,
        _ => FindSort::Path,
    }
}

#[derive(Args, Clone, Debug, Default)]
pub(crate) struct QueryMode {
    #[arg(long, conflicts_with_all = ["pinyin", "exact"])]
    regex: bool,
    #[arg(long, conflicts_with = "exact")]
    pinyin: bool,
    #[arg(long)]
    exact: bool,
}

impl QueryMode {
    /// Returns how the query is to be taken.
    pub(crate) fn how(&self) -> How {
        match (self.regex, self.pinyin, self.exact) {
            (true, ..) => How::Pattern,
            (_, true, _) => How::Sound,
            (_, _, true) => How::Exact,
            _ => How::Auto,
        }
    }
}

#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ExportOptions {
    /// Of which article; `None` is all.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[arg(long, value_name = "T")]
    pub tag: Option<String>,
    /// Only marks made on this day or later.
    #[arg(long, value_name = "DATE", value_parser = since)]
    pub since: Option<String>,
    #[arg(long, value_name = "md|json|csv", hide_possible_values = true)]
    #[arg(value_parser = one_of(&["md", "json", "csv"]), default_value = "md")]
    pub format: String,
}

/// The options of `jingdu drill`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct DrillOptions {
    /// Files and folders; none for all.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub format: OutputFormat,
}

/// The choice to print colours or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ColorWhen {
    /// If standard output is a terminal that has colours.
    Auto,
    Always,
    #[default]
    Never,
}

fn color(name: &str) -> ColorWhen {
    match name {
        "always" => ColorWhen::Always,
        "never" => ColorWhen::Never,
        _ => ColorWhen::Auto,
    }
}

fn lang(name: &str) -> Lang {
    if name == "en" { Lang::En } else { Lang::Zh }
}

fn ambiguous(name: &str) -> GivenWidth {
    match name {
        "narrow" => Some(Ambiguous::Narrow),
        "wide" => Some(Ambiguous::Wide),
        _ => None,
    }
}

fn one_of(values: &'static [&'static str]) -> PossibleValuesParser {
    PossibleValuesParser::new(values)
}

/// Takes a day: `2026-11-01`, `2026-11` or `2026`.
fn since(text: &str) -> Result<String, String> {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let fits = matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2])
        && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    fits.then(|| text.to_owned())
        .ok_or_else(|| "YYYY-MM-DD".to_owned())
}
