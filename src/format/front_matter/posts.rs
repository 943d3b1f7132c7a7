//! Reads the head of a post of a BBS where a page shows it as text: `发信人: …, 信区: …`,
//! `标  题: …`, `发信站: …`.

use super::fences::open_ended;
use super::keys::{self, StatedFact};
use crate::format::draft::{DraftBlock, DraftDocument};

/// Blocks of a page among which a post begins.
const MAX_BLOCKS_ABOVE: usize = 40;
/// Lines of the longest head.
const MAX_HEAD_LINES: usize = 8;

/// Moves the head of the first post to the facts of a page whose blocks begin at `from`.
pub(crate) fn read_head(page: &mut DraftDocument, from: usize) {
    let is_sender = |d: &DraftBlock| {
        let key = keys::entry(&d.text).map(|(key, _)| key);
        let fact = key.and_then(keys::fact).map(|(_, fact)| fact);
        d.is_shown() && fact == Some(StatedFact::Author)
    };
    let mut blocks = page
        .blocks
        .iter()
        .enumerate()
        .skip(from)
        .take(MAX_BLOCKS_ABOVE);
    let Some((at, _)) = blocks.find(|(_, d)| is_sender(d)) else {
        return;
    };
    let below = page.blocks.iter().skip(at).take_while(|d| d.is_shown());
    let lines: Vec<String> = below
        .take(MAX_HEAD_LINES + 1)
        .map(|d| d.text.to_string())
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let Some(len) = open_ended(&lines, false) else {
        return;
    };
    page.meta.title.clear();
    super::read(lines.get(..len).unwrap_or_default(), page);
    for draft in page.blocks.iter_mut().skip(at).take(len) {
        draft.folded = Some("running-head");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::html;

    #[test]
    fn the_head_of_a_post_states_facts() {
        let head = "发信人: shen (林深), 信区: City|标  题: 渡口的船|发信站: 江城站 (Sat Oct 26 19:32:12 2013), 站内";
        let body = "|渡口的船每天早上六点开，坐船的人不多。|作者: 某甲";
        let text = format!("{head}|{body}");
        let (pre, lines) = (text.replace('|', "\n"), text.replace('|', "<br>"));
        for text in [
            format!("<title>江城站</title><pre>{pre}</pre>"),
            format!("<div>{lines}</div>"),
        ] {
            let mut page = DraftDocument::default();
            html::read(&text, 1, &mut page);
            assert_eq!(page.meta.title, "渡口的船");
            assert_eq!(page.meta.author.as_deref(), Some("shen (林深)"));
            assert_eq!(page.meta.date.as_deref(), Some("2013-10-26 19:32"));
            let shown: Vec<&str> = page
                .blocks
                .iter()
                .filter(|d| d.is_shown())
                .map(|d| &*d.text)
                .collect();
            assert_eq!(shown.len(), 2, "{shown:?}");
        }
        let mut page = DraftDocument::default();
        html::read(
            "<p>作者: 林深</p><p>渡口的船每天早上六点开。</p>",
            1,
            &mut page,
        );
        assert!(page.folded().iter().all(Option::is_none));
    }
}
