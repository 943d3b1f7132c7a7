//! Names inside an archive: keys to look an entry up by, never paths.

/// Returns the normal form of a name: `\` is `/`, `.` and empty steps go, `..` goes up,
/// but never above the archive's root.
pub(super) fn key(name: &str) -> String {
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

/// Returns the entry and the anchor that `href` means in the entry `base`; `None` where
/// it leads out of the archive.
pub(super) fn resolve(base: &str, href: &str) -> Option<(String, String)> {
    let href = href.trim();
    let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
    let path = path.split('?').next().unwrap_or_default();
    let in_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let has_scheme = path
        .split_once(':')
        .is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.chars().all(in_scheme));
    if has_scheme || path.starts_with("//") {
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

/// Decodes `%E4` and the like.
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
        for (base, href, wanted) in [
            ("O/a.opf", "%2e%2e/%2e%2e/x", Some(("x", ""))),
            ("O/a.xhtml", "#n1", Some(("O/a.xhtml", "n1"))),
            ("O/a", "T/%E4%B8%80#p1", Some(("O/T/一", "p1"))),
            ("O/a.xhtml", "https://example.org/a", None),
            ("O/a.xhtml", "file:///etc/passwd", None),
            ("O/a.xhtml", "//host/x", None),
        ] {
            let wanted = wanted.map(|(file, anchor)| (file.to_owned(), anchor.to_owned()));
            assert_eq!(resolve(base, href), wanted, "{href}");
        }
        assert_eq!(unescape("100%,%zz,%4"), "100%,%zz,%4");
    }
}
