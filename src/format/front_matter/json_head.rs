//! Splits front matter in JSON into entries, a line each, even with comments, single quotes and
//! superfluous commas.
//!
//! [`entries`] cuts the object at its outer commas and copies the values, for JSON is YAML;
//! nothing is checked.

/// Returns the entries of an object, `key: value` each.
pub fn entries(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|l| !l.trim_start().starts_with("//"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let from = text.find('{').map_or(0, |i| i + 1);
    let (mut out, mut part) = (Vec::new(), String::new());
    let (mut deep, mut quote, mut escaped) = (0usize, None, false);
    for c in text.get(from..).unwrap_or_default().chars() {
        match (quote, c) {
            // a text that was never closed ends with its line
            (Some(_), '\n') => quote = None,
            (Some(q), _) if c == q && !escaped => quote = None,
            (None, '"') => quote = Some(c),
            (None, '[' | '{') => deep += 1,
            (None, '}') if deep == 0 => break,
            (None, ']' | '}') => deep = deep.saturating_sub(1),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        // a comma may be forgotten at the end of a line
        let is_filled = || part.contains([':', '：']) && !part.trim_end().ends_with([':', '：']);
        if quote.is_none() && deep == 0 && (c == ',' || c == '\n' && is_filled()) {
            out.push(std::mem::take(&mut part));
        } else {
            part.push(if c == '\n' { ' ' } else { c });
        }
    }
    out.push(part);
    let entries = out
        .iter()
        .map(|e| e.trim().trim_start_matches(',').trim_start());
    entries
        .filter(|e| !e.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cases::rows;

    #[test]
    fn objects_are_cut_at_their_outer_commas() {
        for [text, wanted] in rows(
            r"
{⏎  // 注⏎  'title': '甲, 乙: {丙}',⏎  'tags': ['一', '二'],⏎  'author': {'name': '丁'},⏎} ¦ 'title': '甲, 乙: {丙}'|'tags': ['一', '二']|'author': {'name': '丁'}
{'a': 'x\'y', b: 1 ¦ 'a': 'x\'y'|b: 1
// commas forgotten
{⏎'a': 1⏎'b': 2⏎} ¦ 'a': 1|'b': 2",
        ) {
            let quoted = |text: &str| text.replace('\'', "\"");
            assert_eq!(entries(&quoted(text)).join("|"), quoted(wanted));
        }
    }
}
