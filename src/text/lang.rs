//! The user's language, and strings that exist in both.
//!
//! A user-visible string is written where it is used, as a pair: one that lacks a translation
//! does not compile. `shell` chooses the language.

/// The two languages of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

/// A string in both languages: (中文, English).
pub type Say = (&'static str, &'static str);

/// Returns a time in whole minutes as it is said: from an hour on, in hours as well.
///
/// ```
/// use jingdu::text::lang::duration;
/// assert_eq!(duration(74), ("1 小时 14 分".to_owned(), "1 h 14 min".to_owned()));
/// assert_eq!((duration(9).0.as_str(), duration(120).0.as_str()), ("9 分钟", "2 小时"));
/// ```
pub fn duration(minutes: u64) -> (String, String) {
    match (minutes / 60, minutes % 60) {
        (0, m) => (format!("{m} 分钟"), format!("{m} min")),
        (h, 0) => (format!("{h} 小时"), format!("{h} h")),
        (h, m) => (format!("{h} 小时 {m} 分"), format!("{h} h {m} min")),
    }
}

impl Lang {
    /// Returns the half of the pair that this language needs.
    pub fn say(self, pair: Say) -> &'static str {
        match self {
            Self::Zh => pair.0,
            Self::En => pair.1,
        }
    }

    /// Returns the half of a pair of worded strings that this language needs.
    pub fn say_owned(self, zh: String, en: String) -> String {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// Returns the language that a POSIX locale name asks for. `C`, `POSIX` and the
    /// empty name say nothing about language, so they get the first one.
    ///
    /// ```
    /// use jingdu::text::Lang;
    /// assert_eq!(Lang::of_locale("zh_CN.UTF-8"), Lang::Zh);
    /// assert_eq!(Lang::of_locale("C.UTF-8"), Lang::Zh);
    /// assert_eq!(Lang::of_locale("en_GB.UTF-8"), Lang::En);
    /// ```
    pub fn of_locale(name: &str) -> Self {
        let tongue = name.split(['_', '.', '@', '-']).next().unwrap_or_default();
        match tongue {
            "" | "C" | "POSIX" | "zh" => Self::Zh,
            _ => Self::En,
        }
    }
}

/// Returns a number with its noun in English, in the plural but for one.
///
/// ```
/// use jingdu::text::lang::counted;
/// assert_eq!([0, 1, 2].map(|n| counted(&n, "mark")), ["0 marks", "1 mark", "2 marks"]);
/// assert_eq!(counted(&3, "copy"), "3 copies");
/// assert_eq!(counted(&"1,200", "day"), "1,200 days");
/// ```
pub fn counted(number: &impl ToString, noun: &str) -> String {
    let number = number.to_string();
    let plural = match noun.strip_suffix('y') {
        _ if number == "1" => noun.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    format!("{number} {plural}")
}
