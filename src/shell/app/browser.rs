//! Opens the address of a link in the desktop's browser, on a thread; copies it where that cannot
//! be done. The address is one that a link may lead to (`document::web_link`).

use super::clipboard::{Copy, wait};
use crate::shell::event::{AppEvent, EventSender};
use crate::source::sanitize;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The time after which an opener that still runs has opened the address: some end only with
/// the browser.
const OPENER_TIMEOUT: Duration = Duration::from_secs(3);

/// Opens the address that `copy` would copy with a program, if there is one. The message comes
/// as an event.
pub(crate) fn open(opener: Option<&'static str>, copy: Copy, events: EventSender) {
    let work = move || {
        let (said, warns) = opened(opener, &copy);
        let _ = events.send(AppEvent::Copied(sanitize::line(&said), warns));
    };
    let thread = std::thread::Builder::new().name("browser".to_owned());
    let _ = thread.spawn(work);
}

/// Opens the address or copies it; returns the message, and whether it is a warning.
fn opened(opener: Option<&str>, copy: &Copy) -> (String, bool) {
    let (lang, address) = (copy.lang, &copy.text);
    if let Some(opener) = opener.filter(|opener| runs(opener, address)) {
        let (zh, en) = (
            format!("已交给 {opener}：{address}"),
            format!("given to {opener}: {address}"),
        );
        return (lang.say_owned(zh, en), false);
    }
    let (said, warns) = copy.copy();
    let (zh, en) = (
        format!("这里打不开网页；{said}"),
        format!("no page can be opened here; {said}"),
    );
    (lang.say_owned(zh, en), warns)
}

/// Runs the opener; returns whether it took the address.
fn runs(opener: &str, address: &str) -> bool {
    let mut command = Command::new(opener);
    command.arg(address);
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null());
    let child = silent.stderr(Stdio::null()).spawn();
    child.is_ok_and(|mut child| {
        let ended = wait(&mut child, OPENER_TIMEOUT);
        ended.is_ok_and(|status| status.is_none_or(|status| status.success()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::app::clipboard::Way;
    use crate::text::Lang;

    #[test]
    fn an_address_is_opened_or_copied() {
        let folder = std::env::temp_dir().join(format!("jingdu-link-{}", std::process::id()));
        let copy = Copy {
            text: "https://a.cn/".to_owned(),
            name: "网址".to_owned(),
            way: Way::File,
            notes: Some(folder.clone()),
            lang: Lang::Zh,
        };
        assert_eq!(
            opened(Some("true"), &copy),
            ("已交给 true：https://a.cn/".to_owned(), false)
        );
        for opener in [None, Some("false"), Some("/nonexistent/open")] {
            let (said, _) = opened(opener, &copy);
            assert!(
                said.contains("打不开网页") && said.contains("excerpts.md"),
                "{said}"
            );
        }
        let written = std::fs::read_to_string(folder.join("excerpts.md")).unwrap();
        assert_eq!(written, "https://a.cn/\n\n".repeat(3));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
