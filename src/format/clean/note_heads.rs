//! Recognises the headings of notes and bibliographies.

use crate::format::prose;
use crate::text::words::Words;

/// Headings of notes: whole lines, without marks.
const NOTE_HEADS: Words = Words::new(
    "注释 註釋 注 註 附注 附註 尾注 脚注 注解 註解 参考文献 參考文獻 参考书目 參考書目
    参考资料 參考資料 引用文献 主要参考文献 文献 references bibliography notes footnotes",
);

/// Recognises the heading of notes or a bibliography.
pub(crate) fn is_note_head(text: &str) -> bool {
    text.len() <= 80 && NOTE_HEADS.has_letters_of(text) && prose::at_most(text, 12)
}
