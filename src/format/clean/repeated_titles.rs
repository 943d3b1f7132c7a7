//! Finds the title where the text repeats it, and what is repeated with it.

use crate::document::BlockKind;
use crate::format::clean::{notes, title};
use crate::format::draft::DraftDocument;
use crate::format::prose;

/// Longest title that is looked for, in characters.
const MAX_REPEATED_TITLE_CHARS: usize = 120;
/// Characters that make a paragraph: the title is looked for above the third one.
const MIN_PARAGRAPH_CHARS: usize = 60;

/// Finds the title as a heading or a line above the third paragraph.
pub(crate) fn find(page: &DraftDocument) -> Vec<usize> {
    let keys = keys(&page.meta.title);
    let (mut found, mut paragraphs) = (Vec::new(), 0);
    if keys.is_empty() {
        return found;
    }
    let blocks = page.blocks.iter().enumerate();
    for (i, block) in blocks.filter(|(_, block)| block.is_shown()) {
        let is_title = prose::len(&block.text) <= MAX_REPEATED_TITLE_CHARS
            && !matches!(block.kind, BlockKind::Code | BlockKind::Row)
            && keys.contains(&prose::key(&notes::without_marks(&block.text)));
        if is_title {
            found.push(i);
            continue;
        }
        paragraphs += usize::from(prose::at_least(&block.text, MIN_PARAGRAPH_CHARS));
        if paragraphs >= 3 {
            break;
        }
    }
    found
}

/// Finds lines that the page repeats with its title: between the two there is nothing else.
pub(crate) fn with_the_title(page: &DraftDocument) -> Vec<usize> {
    let (mut found, mut above, mut is_again) = (Vec::new(), "", false);
    for (i, block) in page.blocks.iter().enumerate() {
        if !block.is_shown() {
            is_again |= block.folded == Some("repeated-title");
            continue;
        }
        if is_again {
            let key = prose::key(&block.text);
            if !key.is_empty() && key == prose::key(above) {
                found.push(i);
            }
        }
        (above, is_again) = (&block.text, false);
    }
    found
}

/// Returns the [keys](prose::key) of the forms in which the text may repeat a title.
fn keys(title: &str) -> Vec<String> {
    let mut probe = DraftDocument::default();
    title.clone_into(&mut probe.meta.title);
    title::clean(&mut probe);
    let (stated, cleaned) = (prose::key(title), prose::key(&probe.meta.title));
    let mut keys = vec![
        format!("原标题{cleaned}"),
        format!("标题{stated}"),
        cleaned,
        stated.clone(),
    ];
    // a title of two characters counts as it is written only
    keys.retain(|key| {
        let len = key.chars().count();
        len >= 4 || len >= 2 && *key == stated
    });
    keys
}
