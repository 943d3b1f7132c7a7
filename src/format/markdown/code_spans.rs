//! Finds the stretches of a line of Markdown in which no sign is markup: code, and addresses
//! between angle brackets.

use std::ops::Range;

/// The code and the addresses of a line.
pub struct CodeSpans(Vec<Range<usize>>);

impl CodeSpans {
    /// Finds those of a line. Linear but for runs of backticks of many lengths.
    pub fn of(line: &str) -> Self {
        let bytes = line.as_bytes();
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(start) = bytes
            .get(at..)
            .and_then(|rest| memchr::memchr3(b'`', b'\\', b'<', rest))
            .map(|i| at + i)
        {
            let rest = line.get(start..).unwrap_or_default();
            let (len, is_span) = match bytes.get(start) {
                Some(b'\\') => (2, true),
                Some(b'<') => address(rest).map_or((1, false), |len| (len, true)),
                _ => code(rest),
            };
            if is_span {
                found.push(start..start + len);
            }
            at = start + len;
        }
        Self(found)
    }

    /// Returns whether the byte is in code, so that a sign there is literal.
    pub fn holds(&self, at: usize) -> bool {
        let next = self.0.partition_point(|span| span.start <= at);
        let span = next.checked_sub(1).and_then(|i| self.0.get(i));
        span.is_some_and(|span| at < span.end)
    }
}

/// Returns the length of the code at the head of a text; of its backticks where it has no end.
fn code(text: &str) -> (usize, bool) {
    let width = text.bytes().take_while(|b| *b == b'`').count();
    let mark = text.get(..width).unwrap_or_default();
    let mut from = width;
    while let Some(i) = text.get(from..).and_then(|rest| rest.find(mark)) {
        let at = from + i;
        let run = text.get(at..).unwrap_or_default();
        let run = run.bytes().take_while(|b| *b == b'`').count();
        if run == width {
            return (at + run, true);
        }
        from = at + run;
    }
    (width, false)
}

/// Returns the length of `<http://…>` at the head of a text.
fn address(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let (inside, _) = inside.split_once('>')?;
    let is_address = !inside.contains([' ', '\t', '<'])
        && (inside.contains("://") || inside.starts_with("mailto:"))
        && !inside.contains(['"', '\'']);
    is_address.then_some(inside.len() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_in_code_are_no_markup() {
        let line = "甲*`a*b` ``c`*``\\* `*<http://a.b/*>*";
        let code = CodeSpans::of(line);
        let found = line.match_indices('*').map(|(at, _)| code.holds(at));
        let wanted = [false, true, true, true, false, true, false];
        assert_eq!(found.collect::<Vec<_>>(), wanted);
    }
}
