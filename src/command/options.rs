//! The table of settings: names, values, what each does.
//!
//! Reading the file, docs/config.md and the settings panel are made from it.

use super::help;
use crate::layout::measure;
use crate::session::Settings;
use crate::session::quote::{Citation, InnerQuotes, TEMPLATE};
use crate::text::{Ambiguous, Lang, Say, WidthPolicy};

/// The themes that `T` goes through.
pub(crate) const THEMES: &[&str] = &["auto", "dark", "light"];

/// The contents of the settings file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The reader's choices.
    pub settings: Settings,
    /// The language, where the file names one.
    pub lang: Option<Lang>,
    /// The folders of the reader's library.
    pub library: Vec<String>,
    /// The keywords to begin with.
    pub keyword_set: Option<String>,
    /// The form of a quotation with its source.
    pub citation: Citation,
    /// The command that copies are given to.
    pub clipboard: Option<String>,
    /// The directory of exported notes.
    pub notes: Option<String>,
    /// The reader's own keys: command and its keys.
    pub keys: Vec<(String, Vec<String>)>,
}

/// One setting: its name, its values, its help.
#[derive(Clone, Copy, Debug)]
pub struct SettingEntry {
    /// Its key in the file.
    pub name: &'static str,
    /// Its help: its name in the panel, a colon, then a sentence.
    help: Say,
    values: Values,
}

/// A word of the file, and the words that the reader sees for it.
type Word = (&'static str, Say);

/// The values of a setting.
#[derive(Clone, Copy, Debug)]
enum Values {
    /// One of two words; the first switches the field on.
    Switch([Word; 2], fn(&mut Settings) -> &mut bool),
    /// One of these words: how to find it and how to set it.
    Words(
        &'static [Word],
        fn(&Settings) -> &'static str,
        fn(&mut Settings, &str),
    ),
    /// A number: lowest, highest, step; how to find it and how to set it.
    Number([usize; 3], fn(&Settings) -> usize, fn(&mut Settings, usize)),
    /// In the file only: what it takes, the default, and how to set it; `None` where the
    /// text does not fit.
    FileOnly(Say, &'static str, fn(&mut Config, &str) -> Option<()>),
    /// In the file only: what it takes; empty for none.
    Text(Say, fn(&mut Config) -> &mut Option<String>),
    /// In the file only, one or several: what each is.
    List(Say, fn(&mut Config) -> &mut Vec<String>),
}

/// Makes a setting; the methods `zh`, `en` and one for its values complete it.
const fn setting(name: &'static str) -> SettingEntry {
    SettingEntry {
        name,
        help: ("", ""),
        values: Values::Text(("", ""), |c| &mut c.notes),
    }
}

impl SettingEntry {
    const fn zh(mut self, help: &'static str) -> Self {
        self.help.0 = help;
        self
    }

    const fn en(mut self, help: &'static str) -> Self {
        self.help.1 = help;
        self
    }

    const fn values(self, values: Values) -> Self {
        Self { values, ..self }
    }

    const fn switch(self, field: fn(&mut Settings) -> &mut bool) -> Self {
        self.either(("true", ("开", "on")), ("false", ("关", "off")), field)
    }

    const fn either(self, on: Word, off: Word, field: fn(&mut Settings) -> &mut bool) -> Self {
        self.values(Values::Switch([on, off], field))
    }

    const fn text(self, takes: Say, field: fn(&mut Config) -> &mut Option<String>) -> Self {
        self.values(Values::Text(takes, field))
    }
}

/// The word for characters drawn as in the source.
const AS_IS: Word = ("source", ("照原样", "as they are"));

/// Every setting.
pub(crate) const OPTIONS: &[SettingEntry] = &[
    setting("lang").zh("语言：界面的语言；auto 随系统区域设置。").en("Language: Language of the interface; auto follows the locale.")
        .values(Values::FileOnly(
            ("auto、zh 或 en", "auto, zh or en"),
            "auto",
            |c, text| {
                c.lang = match text {
                    "auto" => None,
                    "zh" => Some(Lang::Zh),
                    "en" => Some(Lang::En),
                    _ => return None,
                };
                Some(())
            },
        )),
    setting("theme").zh("主题：颜色；auto 按终端的底色选。").en("Theme: Colours; auto chooses by the terminal's background.")
        .values(Values::Words(
            &[
                ("auto", ("随终端", "terminal")),
                ("dark", ("深色", "dark")),
                ("light", ("浅色", "light")),
            ],
            |s| THEMES.iter().find(|t| **t == s.theme).unwrap_or(&"auto"),
            |s, word| word.clone_into(&mut s.theme),
        )),
    // in Han; the session counts cells
    setting("measure").zh("行长：行长：一行多少个汉字。").en("Measure: The measure: Han on a row.")
        .values(Values::Number(
            [measure::MIN_CELLS / 2, measure::MAX_CELLS / 2, 2],
            |s| s.measure / 2,
            |s, han| s.measure = han * 2,
        )),
    setting("paragraphs").zh("段落：段落之间首行缩进，或空一行。").en("Paragraphs: Paragraphs are told apart by an indent, or by a blank row.")
        .values(Values::Words(
            &[
                ("indent", ("首行缩进", "indent")),
                ("gap", ("空一行", "blank row")),
            ],
            |s| if s.gap { "gap" } else { "indent" },
            |s, word| s.gap = word == "gap",
        )),
    setting("paragraph-numbers").zh("段号：每段第一行左边的空白里标出段号，就是 12G 用的那个；放不下时收窄版心，太窄就不标。").en("Numbers: The number of each paragraph, that of 12G, in the margin left of its first \
                 row; a measure of more than 40 cells gives them room.")
        .switch(|s| &mut s.numbers),
    setting("hanging").zh("悬挂标点：行末的逗号、句号可以悬挂在版心之外。").en("Hanging: A stop at the end of a row may hang outside the measure.")
        .switch(|s| &mut s.hang),
    setting("quotes").zh("弯引号：弯引号占一格的终端上，让它占两格，汉字上下对齐。").en("Quotes: On terminals that draw curly quotes in one cell, give them two, so that \
                 Han line up.")
        .either(("wide", ("占两格", "two cells")), AS_IS, |s| {
            &mut s.face.wide_quotes
        }),
    setting("dashes").zh("破折号：破折号画成四格不断的线，省略号占四格；用鼠标复制时会带上画的线。").en("Dashes: Draw —— as one unbroken line of four cells, and …… in four; copying with \
                 the mouse then takes the line.")
        .either(("line", ("四格连线", "a line")), AS_IS, |s| {
            &mut s.face.long_marks
        }),
    setting("spacing").zh("中西间隔：汉字与字母、数字之间空一格，只是显示，复制和查找不受影响。").en("Han–Latin: A blank cell between Han and letters or digits; only drawn, copying \
                 and searching do not see it.")
        .switch(|s| &mut s.face.spaced),
    setting("leading").zh("行距：行与行之间空一行，看得疏朗些。").en("Leading: An empty row between rows: open leading.")
        .either(
            ("open", ("隔行", "open")),
            ("close", ("紧凑", "close")),
            |s| &mut s.leading,
        ),
    setting("ruler").zh("逐句聚焦：正在读的一句照常，其余淡一些；) ( 一句句往下读。").en("Ruler: The sentence being read in full colour, the rest a step dimmer; ) and ( go \
                 on by sentences.")
        .switch(|s| &mut s.ruler),
    setting("ambiguous").zh("宽窄不定：“ ” — … 一类字符占几格；auto 问终端，不答算一格。").en("Ambiguous: Cells of “ ” — …; auto asks the terminal, one where it does not answer.")
        .values(Values::Words(
            &[
                ("auto", ("问终端", "ask")),
                ("narrow", ("一格", "one cell")),
                ("wide", ("两格", "two cells")),
            ],
            |s| match (s.asks_widths, s.face.widths.ambiguous) {
                (true, _) => "auto",
                (false, Ambiguous::Narrow) => "narrow",
                (false, Ambiguous::Wide) => "wide",
            },
            |s, word| {
                s.asks_widths = word == "auto";
                s.face.widths = match word {
                    "wide" => WidthPolicy::WIDE,
                    _ => WidthPolicy::NARROW,
                };
            },
        )),
    setting("mouse").zh("鼠标：用鼠标点提纲、滚动；关着时终端自己的选择可用。").en("Mouse: Click in the outline, scroll by wheel; while off, the terminal's own \
                 selecting works.")
        .values(Values::FileOnly(
            ("true 或 false", "true or false"),
            "false",
            |c, text| {
                c.settings.mouse = text.parse().ok()?;
                Some(())
            },
        )),
    setting("pace").zh("每分钟字数：每分钟读多少字，用来估计读完要多久。").en("Pace: Characters read in a minute, to tell how long an article takes.")
        .values(Values::Number(
            [50, 2000, 50],
            |s| s.pace,
            |s, pace| s.pace = pace,
        )),
    setting("library").zh("文库：不带参数时打开的文库，一个或几个目录，连同其中的子目录；空着用随程序带的文章。")
        .en("Library: The folders, sub-folders included, that open without arguments; empty for the \
                 texts that come with the program.")
        .values(Values::List(
            ("一个目录，或几个：[目录, 目录]", "a directory, or several: [DIR, DIR]"),
            |c| &mut c.library,
        )),
    setting("keyword-set").zh("关键词组：每篇文章一打开就标出的关键词：同一目录下 `keywords/名字.yaml`，\
                 在关键词一览里用 `s` 存。在一览里的改动一直有效，到这一组改了为止。").en("Keyword set: Keywords that are coloured in every article from the start: \
                 `keywords/NAME.yaml` in the same directory, saved with `s` in the keyword panel. Changes by key hold until this set changes.")
        .text(
            ("一组关键词的名字", "the name of a keyword set"),
            |c| &mut c.keyword_set,
        ),
    setting("citation").zh("出处格式：带出处复制（Y）的写法；\
                 {text} {title} {source} {author} {date} {where} {file} 各是一项，没有的连同逗号略去。").en("Citation: The form of a quotation with its source (Y), of {text} {title} {source} \
                 {author} {date} {where} {file}; what is not known is left out with its comma.")
        .values(Values::FileOnly(
            ("带 {text} 的文字", "text with {text} in it"),
            TEMPLATE,
            |c, text| {
                text.contains("{text}")
                    .then(|| text.clone_into(&mut c.citation.template))
            },
        )),
    setting("inner-quotes").zh("引文中的引号：带出处复制和导出标注时，引文里原有的“…”换成 ‘…’（single）或「…」（corner），\
                 里面再套的相应换；source 照原文。").en("Inner quotes: The “…” inside a quotation that is copied or exported with its source becomes ‘…’ \
                 (single) or 「…」 (corner), what is inside that the other way round; source leaves it.")
        .values(Values::FileOnly(
            ("single、corner 或 source", "single, corner or source"),
            "single",
            |c, text| {
                c.citation.inner = match text {
                    "single" => InnerQuotes::Single,
                    "corner" => InnerQuotes::Corner,
                    "source" => InnerQuotes::Source,
                    _ => return None,
                };
                Some(())
            },
        )),
    setting("clipboard").zh("剪贴板：复制的文字交给哪个命令（从标准输入读，如 wl-copy、pbcopy）；\
                 空着就用 tmux 或终端（OSC 52）。").en("Clipboard: The command that copies are given to on its standard input (wl-copy, \
                 pbcopy); empty for tmux or the terminal (OSC 52).")
        .text(("命令", "a command"), |c| &mut c.clipboard),
    setting("notes").zh("导出目录：导出的标注和列表（ge）写到哪里；空着是 XDG 数据目录里的 jingdu/notes。").en("Notes: Where exported notes and lists (ge) are written; empty for jingdu/notes in the XDG \
                 data directory.")
        .text(("目录", "a directory"), |c| &mut c.notes),
];

/// Returns the settings that the panel shows, in its order.
pub fn offered() -> Vec<&'static SettingEntry> {
    let offered = |entry: &&SettingEntry| !entry.values.is_file_only();
    OPTIONS.iter().filter(offered).collect()
}

/// Returns the text of each of these that it is found by.
pub(crate) fn texts() -> Vec<String> {
    let text = |entry: &&SettingEntry| {
        let (label, about) = (entry.label(), entry.about());
        [entry.name, label.0, label.1, about.0, about.1].join("  ")
    };
    offered().iter().map(text).collect()
}

impl Values {
    fn words(&self) -> &[Word] {
        match self {
            Self::Switch(words, ..) => words,
            Self::Words(words, ..) => words,
            _ => &[],
        }
    }

    /// Returns whether the panel does not offer them.
    fn is_file_only(&self) -> bool {
        matches!(self, Self::FileOnly(..) | Self::Text(..) | Self::List(..))
    }
}

impl SettingEntry {
    /// Returns its name in the panel, in at most twelve cells.
    pub(crate) fn label(&self) -> Say {
        help::split(self.help).0
    }

    /// Returns a sentence about it.
    pub(crate) fn about(&self) -> Say {
        help::split(self.help).1
    }

    /// Returns the values that it takes, in words.
    pub(crate) fn takes(&self) -> (String, String) {
        match self.values {
            Values::Number([lowest, highest, _], ..) => (
                format!("{lowest} 到 {highest} 的整数"),
                format!("a whole number from {lowest} to {highest}"),
            ),
            Values::FileOnly((zh, en), ..)
            | Values::Text((zh, en), _)
            | Values::List((zh, en), _) => (zh.to_owned(), en.to_owned()),
            Values::Switch(..) | Values::Words(..) => {
                let words: Vec<_> = self.values.words().iter().map(|(word, _)| *word).collect();
                let (last, others) = words.split_last().unwrap_or((&"", &[]));
                (
                    format!("{} 或 {last}", others.join("、")),
                    format!("{} or {last}", others.join(", ")),
                )
            }
        }
    }

    /// Returns the default value, as the file has it.
    pub(crate) fn default(&self) -> String {
        match self.values {
            Values::FileOnly(_, default, _) => default.to_owned(),
            _ => self.value(&Settings::default()),
        }
    }

    /// Takes a value of the file; `None` where it does not fit.
    pub(crate) fn set(&self, config: &mut Config, text: &str) -> Option<()> {
        let settings = &mut config.settings;
        let is_word = || self.values.words().iter().any(|(word, _)| *word == text);
        match self.values {
            Values::Switch([(on, _), _], field) => is_word().then(|| *field(settings) = text == on),
            Values::Words(_, _, set) => is_word().then(|| set(settings, text)),
            Values::Number([lowest, highest, _], _, set) => {
                let number = text.parse().ok();
                let number = number.filter(|n| (lowest..=highest).contains(n))?;
                let _: () = set(settings, number);
                Some(())
            }
            Values::FileOnly(_, _, set) => set(config, text),
            Values::Text(_, field) => {
                *field(config) = (!text.is_empty()).then(|| text.to_owned());
                Some(())
            }
            Values::List(_, field) => {
                let list = field(config);
                list.extend(Some(text.to_owned()).filter(|text| !text.is_empty()));
                Some(())
            }
        }
    }

    /// Returns whether it takes several values.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.values, Values::List(..))
    }

    /// Returns the value in force, as the file has it.
    fn value(&self, settings: &Settings) -> String {
        match self.values {
            Values::Switch([(on, _), (off, _)], field) => {
                let is_on = *field(&mut settings.clone());
                (if is_on { on } else { off }).to_owned()
            }
            Values::Words(_, get, _) => get(settings).to_owned(),
            Values::Number(_, get, _) => get(settings).to_string(),
            Values::FileOnly(..) | Values::Text(..) | Values::List(..) => String::new(),
        }
    }

    /// Returns the value in force, in the reader's words.
    pub(crate) fn shown(&self, settings: &Settings) -> String {
        let value = self.value(settings);
        let word = self.values.words().iter().find(|(word, _)| *word == value);
        word.map_or(value, |(_, say)| settings.lang.say(*say).to_owned())
    }

    /// Returns the value after the one in force, or before it. Numbers stop at their ends; words
    /// begin again.
    pub(crate) fn next(&self, settings: &Settings, forward: bool) -> String {
        if let Values::Number([lowest, highest, step], get, _) = self.values {
            let (more, less) = (get(settings) + step, get(settings).saturating_sub(step));
            let next = if forward { more } else { less };
            return next.clamp(lowest, highest).to_string();
        }
        let (words, value) = (self.values.words(), self.value(settings));
        let at = words.iter().position(|(word, _)| *word == value);
        let back = words.len().saturating_sub(1);
        let step = if forward { 1 } else { back };
        let next = words.iter().cycle().nth(at.unwrap_or(0) + step);
        next.map_or("", |(word, _)| word).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_panel_offers_can_be_set() {
        for entry in offered() {
            let mut config = Config::default();
            for forward in [true, true, false, false] {
                let value = entry.next(&config.settings, forward);
                let set = entry.set(&mut config, &value);
                assert!(set.is_some(), "{}: {value}", entry.name);
                assert_eq!(entry.value(&config.settings), value);
            }
            let value = entry.value(&config.settings);
            assert_eq!(value, entry.default(), "{}", entry.name);
        }
    }
}
