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
