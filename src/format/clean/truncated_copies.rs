//! Folds the cut-off copy of a paragraph that stands in full further down.
//!
//! Crawlers take an excerpt by length: it breaks off in mid-sentence, and several
//! lines run together in it. A refrain or a repeated sentence is whole, and stays.
//!
//! Linear: paragraphs are found by their first characters, and only a few with
//! the same head are compared.

use crate::document::BlockKind;
use crate::format::draft::DraftDocument;
use crate::format::prose;
use std::collections::HashMap;

/// Shortest copy that is believed to be one, in characters.
const COPY: usize = 20;
/// How many later paragraphs with the same head are compared.
const TRIES: usize = 8;

/// Folds a paragraph that breaks off in mid-sentence and is the head of what
/// stands further down, over line ends; and one that stood before
/// `<!-- more -->` and stands in the body again.
pub fn fold(page: &mut DraftDocument) {
    let more = page.line_of("more-mark");
    let keys: Vec<String> = page
        .blocks
        .iter()
        .map(|d| {
            if d.text.is_empty() {
                String::new()
            } else {
                prose::key(&d.text)
            }
        })
        .collect();
    let mut heads: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, key) in keys.iter().enumerate() {
        if let Some((at, _)) = key.char_indices().nth(8) {
            heads
                .entry(key.get(..at).unwrap_or_default())
                .or_default()
                .push(i);
        }
    }
    let mut copies: Vec<(usize, &'static str)> = Vec::new();
    for (i, draft) in page.blocks.iter().enumerate() {
        let Some(key) = keys.get(i).filter(|k| k.len() >= COPY) else {
            continue;
        };
        if draft.kind == BlockKind::Code || draft.folded.is_some() {
            continue;
        }
        let excerpt = more.is_some_and(|more| draft.line < more);
        let cut = !prose::ends_sentence(&draft.text) || draft.text.ends_with(['…', '.']);
        let broken =
            cut && key.chars().count() >= COPY && draft.text.contains(['，', '。', '：', ',']);
        if !(excerpt || broken) {
            continue;
        }
        let Some((at, _)) = key.char_indices().nth(8) else {
            continue;
        };
        let later = heads.get(key.get(..at).unwrap_or_default());
        let later = later.into_iter().flatten().filter(|&&j| j > i).take(TRIES);
        let again = |j: usize| {
            if excerpt {
                begins(keys.get(j..).unwrap_or_default(), key)
            } else {
                begins(keys.get(j..).unwrap_or_default(), key) && keys.get(j) != Some(key)
            }
        };
        if later.copied().any(again) {
            copies.push((i, "truncated-copy"));
        }
    }
    for (i, rule) in copies {
        if let Some(draft) = page.blocks.get_mut(i) {
            draft.folded = Some(rule);
        }
    }
}

/// Whether the keys, one after the other, begin with `key`.
fn begins(keys: &[String], key: &str) -> bool {
    let mut rest = key;
    for next in keys.iter().take(6) {
        if next.starts_with(rest) {
            return true;
        }
        match rest.strip_prefix(next.as_str()) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(lines: &[&str]) -> Vec<Option<&'static str>> {
        let mut page = DraftDocument::default();
        for (i, line) in lines.iter().enumerate() {
            page.block(BlockKind::Paragraph, 0, i + 1, line);
        }
        fold(&mut page);
        page.blocks.iter().map(|d| d.folded).collect()
    }

    #[test]
    fn a_cut_copy_goes_and_a_refrain_stays() {
        let whole = "核心提示：城市群的融合，是一件长久的大事，近年来各方努力，成效显著。";
        let cut = "核心提示：城市群的融合，是一件长久的大事，近年来各方努力，成效显";
        assert_eq!(
            folded(&[cut, "中间一段。", whole]),
            [Some("truncated-copy"), None, None]
        );
        assert_eq!(folded(&[whole, "中间一段。", whole]), [None; 3]);
        assert_eq!(folded(&[whole, cut]), [None; 2]);
    }
}
