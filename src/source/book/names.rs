//! Names inside an archive: only ever keys to look an entry up by, never paths.
//!
//! 1. [`key`] gives one spelling to a name: `\` is `/`, `.` and empty steps go,
//!    `..` goes up, but never above the archive's root.
//! 2. [`resolve`] says which entry a link in another entry means: percent signs are
//!    decoded, the fragment is split off, addresses of the outer world mean none.

/// The spelling under which an entry is known.
pub fn key(name: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in name.split(['/', '\\']) {
        match step.trim() {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Which entry, and which place in it, `href` means in the entry `base`; `None`
/// where it leads out of the archive.
///
/// ```
/// use jingdu::source::book::names::resolve;
/// assert_eq!(resolve("OEBPS/nav.xhtml", "Text/%E4%B8%80.xhtml#p1"), Some(("OEBPS/Text/一.xhtml".into(), "p1".into())));
/// assert_eq!(resolve("OEBPS/nav.xhtml", "https://example.org/a"), None);
/// ```
pub fn resolve(base: &str, href: &str) -> Option<(String, String)> {
    let href = href.trim();
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split('?').next().unwrap_or_default();
    let scheme = path.split_once(':').is_some_and(|(s, _)| {
        !s.is_empty()
            && s.chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    if scheme || path.starts_with("//") {
        return None;
    }
    let (path, fragment) = (unescape(path), unescape(fragment));
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = match path.as_str() {
        "" => base.to_owned(),
        _ if path.starts_with(['/', '\\']) => key(&path),
        _ => key(&format!("{folder}/{path}")),
    };
    Some((whole, fragment))
}

/// The text with `%E4` and the like decoded; what is no such sign stays.
fn unescape(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let sign = Some((digit(at + 1), digit(at + 2))).filter(|_| *byte == b'%');
        if let Some((Some(high), Some(low))) = sign {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out() {
        for (name, known) in [
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("..\\..\\windows\\a", "windows/a"),
            ("OEBPS//./Text/../a.xhtml", "OEBPS/a.xhtml"),
            ("..", ""),
        ] {
            assert_eq!(key(name), known);
        }
        assert_eq!(
            resolve("O/a.opf", "%2e%2e/%2e%2e/x"),
            Some(("x".into(), String::new()))
        );
        assert_eq!(
            resolve("O/a.xhtml", "#n1"),
            Some(("O/a.xhtml".into(), "n1".into()))
        );
        assert_eq!(resolve("O/a.xhtml", "file:///etc/passwd"), None);
        assert_eq!(resolve("O/a.xhtml", "//host/x"), None);
        assert_eq!(unescape("100%,%zz,%4"), "100%,%zz,%4");
    }
}
