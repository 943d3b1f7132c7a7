//! Back to where a jump began, and forward again.

use super::table::{Command, Group, When};
use crate::session::{Effect, Session};

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "back",
        keys: &["ctrl-o", "backspace"],
        group: Group::Jump,
        brief: ("跳回", "Back"),
        about: ("回到上一次跳转之前的地方，可连按。", "Go back to where the last jump began; press again to go further."),
        when: When::Reading,
        run: |s, n| {
            match s.jumps.back(s.reading.spot(), n.unwrap_or(1)) {
                Some(spot) => s.reading.restore(spot),
                None => s.say(("没有更早的跳转", "No earlier jump")),
            }
            Effect::None
        },
    },
    Command {
        name: "forward",
        keys: &["g ,"],
        group: Group::Jump,
        brief: ("再跳去", "Forward"),
        about: ("跳回之后再跳去。", "Go forward again after going back."),
        when: When::Reading,
        run: |s, n| {
            match s.jumps.forward(n.unwrap_or(1)) {
                Some(spot) => s.reading.restore(spot),
                None => s.say(("没有更晚的跳转", "No later jump")),
            }
            Effect::None
        },
    },
    Command {
        name: "swap",
        keys: &["' '"],
        group: Group::Jump,
        brief: ("与上一处互换", "Swap with last"),
        about: ("在跳转前后的两处之间来回。", "Go to and fro between the last two places."),
        when: When::Reading,
        run: swap,
    },
];

fn swap(s: &mut Session, _: Option<usize>) -> Effect {
    match s.jumps.swap(s.reading.spot()) {
        Some(spot) => s.reading.restore(spot),
        None => s.say(("没有更早的跳转", "No earlier jump")),
    }
    Effect::None
}
