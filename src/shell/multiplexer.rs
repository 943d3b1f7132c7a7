//! Recognises tmux and GNU screen between the program and the terminal, and terminals that take
//! no copied text, by the variables that they set.
//!
//! Variables are handed on from terminal to terminal, so they may speak of another one: what they
//! say is enough for a hint, and never a reason to leave something out.

use crate::text::Say;

/// The program between this one and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Multiplexer {
    /// None that is known.
    Direct,
    /// tmux, which can be asked by its own command.
    Tmux,
    /// tmux at the near end of a line such as ssh.
    FarTmux,
    /// GNU screen.
    Screen,
    /// GNU screen at the near end of a line, or a tmux that uses its name.
    FarScreen,
}

impl Multiplexer {
    /// Returns whether it may be GNU screen.
    pub(crate) fn is_screen(self) -> bool {
        matches!(self, Self::Screen | Self::FarScreen)
    }
}

/// Recognises the innermost one. `var` looks a variable up.
pub(crate) fn around(var: &impl Fn(&str) -> String) -> Multiplexer {
    let (term, is_set) = (var("TERM"), |name: &str| !var(name).is_empty());
    // both are set where one runs inside the other
    if is_set("STY") && (!is_set("TMUX") || term.starts_with("screen")) {
        Multiplexer::Screen
    } else if is_set("TMUX") {
        Multiplexer::Tmux
    } else if term.starts_with("tmux") {
        Multiplexer::FarTmux
    } else if term.starts_with("screen") {
        Multiplexer::FarScreen
    } else {
        Multiplexer::Direct
    }
}

/// Terminals that take no copied text (OSC 52), or only once they are allowed to: the variable
/// with their version, the version from which on they take it, and the remedy.
const REFUSING: [(&str, f64, Say); 3] = [
    ("VTE_VERSION", f64::INFINITY, BY_COMMAND),
    ("KONSOLE_VERSION", 241_200.0, BY_COMMAND),
    (
        "XTERM_VERSION",
        f64::INFINITY,
        (
            "xterm 要设 allowWindowOps: true 才收",
            "xterm takes it only with allowWindowOps: true",
        ),
    ),
];
const BY_COMMAND: Say = (
    "这个终端不收，可设 clipboard: wl-copy 或 xclip -sel c",
    "this terminal does not take it; set clipboard: wl-copy, or xclip -sel c",
);
const BY_TMUX: Say = (
    "tmux 要先 set -g set-clipboard on 才转交",
    "tmux hands it on only after set -g set-clipboard on",
);

/// The programs that a copied text passes on its way to the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WayToTerminal {
    /// The program between.
    pub around: Multiplexer,
    /// The terminal's name.
    pub term: String,
    /// The reason why the text may not arrive, and what would make it arrive.
    pub doubt: Option<Say>,
}

impl WayToTerminal {
    /// Reads the way from variables.
    pub(crate) fn of(var: &impl Fn(&str) -> String) -> Self {
        let (mut around, term) = (around(var), var("TERM"));
        if !var("TMUX").is_empty() {
            // also from within a screen that runs in it
            around = Multiplexer::Tmux;
        }
        let far = matches!(around, Multiplexer::FarTmux | Multiplexer::FarScreen);
        let doubt = far.then_some(BY_TMUX).or_else(|| refusing(&term, var));
        Self {
            around,
            term,
            doubt,
        }
    }
}

/// Returns the remedy of a terminal that does not take copied text.
fn refusing(term: &str, var: &impl Fn(&str) -> String) -> Option<Say> {
    // a name of its own says more than variables that may be another terminal's
    let names_another =
        !["xterm", "xterm-256color", "xterm-direct"].contains(&term) && !term.starts_with("screen");
    if names_another {
        return None;
    }
    let is_refusing = |(name, from, _): &&(&str, f64, Say)| {
        let version = var(name);
        !version.is_empty() && leading_number(&version) < *from
    };
    REFUSING
        .iter()
        .find(is_refusing)
        .map(|(.., remedy)| *remedy)
}

/// Parses the number at the start of a version; 0 where there is none.
pub(crate) fn leading_number(version: &str) -> f64 {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let end = version.find(|c| !is_number(c)).unwrap_or(version.len());
    let number = version.get(..end).unwrap_or_default();
    number.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_arrive_is_known() {
        use Multiplexer::{Direct, FarScreen, FarTmux, Screen, Tmux};
        for (set, around, remedy) in [
            ("TERM=xterm-kitty VTE_VERSION=7000", Direct, ""),
            ("TERM=xterm-256color", Direct, ""),
            ("TERM=xterm-256color VTE_VERSION=7000", Direct, "wl-copy"),
            (
                "TERM=xterm-256color KONSOLE_VERSION=221203",
                Direct,
                "xclip",
            ),
            ("TERM=xterm-256color KONSOLE_VERSION=250400", Direct, ""),
            (
                "TERM=xterm XTERM_VERSION=XTerm(379)",
                Direct,
                "allowWindowOps",
            ),
            ("TERM=tmux-256color TMUX=/t", Tmux, ""),
            ("TERM=tmux-256color", FarTmux, "set-clipboard"),
            ("TERM=screen-256color", FarScreen, "set-clipboard"),
            ("TERM=screen STY=1.p", Screen, ""),
            (
                "TERM=screen.xterm-256color STY=1.p XTERM_VERSION=XTerm(379)",
                Screen,
                "allowWindowOps",
            ),
            ("TERM=screen STY=1.p TMUX=/t", Tmux, ""),
        ] {
            let of = |name: &str| {
                let mut pairs = set.split(' ').filter_map(|pair| pair.split_once('='));
                let found = pairs.find(|(key, _)| *key == name);
                found.map_or_else(String::new, |(_, value)| value.to_owned())
            };
            let way = WayToTerminal::of(&of);
            let said = way.doubt.map_or("", |(_, en)| en);
            assert_eq!(way.around, around, "{set}");
            assert_eq!(!said.is_empty(), !remedy.is_empty(), "{set}: {said}");
            assert!(said.contains(remedy), "{set}: {said}");
        }
    }
}
