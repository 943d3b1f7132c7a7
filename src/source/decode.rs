//! Says which encoding bytes are in, and turns them into text.
//!
//! In this order: a byte order mark; strict UTF-8 (a last character that is cut
//! off is forgiven); UTF-8 with a bad byte here and there; else whichever of
//! GB18030, Big5 and UTF-16 reads most as Chinese, told by its commonest
//! characters. A bad sequence becomes one U+FFFD and never costs more.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// What [`decode`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, line ends and all as they stand in the file.
    pub text: String,
    /// The encoding's canonical name.
    pub encoding: &'static str,
    /// Whether nobody stated it: no mark, no user, not plain UTF-8.
    pub guessed: bool,
    /// Replacement marks in `text` that stand for bad bytes.
    pub bad_bytes: usize,
}

/// The canonical name of an encoding, or `None` where there is no such.
#[must_use]
pub fn known(name: &str) -> Option<&'static str> {
    Encoding::for_label(name.trim().as_bytes()).map(Encoding::name)
}

/// Decodes `bytes`; `asked` overrules everything else.
///
/// ```
/// use jingdu::source::decode::decode;
/// let gbk = decode(&[0xd6, 0xd0, 0xce, 0xc4], None);
/// assert_eq!((gbk.text.as_str(), gbk.encoding), ("中文", "GB18030"));
/// ```
#[must_use]
pub fn decode(bytes: &[u8], asked: Option<&str>) -> Decoded {
    if let Some(encoding) = asked.and_then(|name| Encoding::for_label(name.trim().as_bytes())) {
        return with(encoding, bytes, false);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes.get(mark..).unwrap_or_default(), false);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), encoding: UTF_8.name(), guessed: false, bad_bytes: 0 },
        Err(error) if error.error_len().is_none() => with(UTF_8, bytes, false),
        Err(_) => {
            let utf8 = with(UTF_8, bytes, true);
            // a bad byte here and there does not make it another encoding
            if utf8.bad_bytes * 50 < bytes.len() && reads_as_chinese(&utf8.text) > 0.05 {
                return utf8;
            }
            match likeliest(bytes) {
                Some(encoding) => with(encoding, bytes, true),
                None => utf8,
            }
        }
    }
}

/// Characters that every Chinese text is full of, simplified and traditional.
const COMMON: &str = "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡所多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只从從想实實日军者意无無力它与與长長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并並物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提立及比员員解水名真论論处處走义義各入几口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導争爭运運";

/// How much of a text's beginning is what Chinese texts are made of: about 0.5
/// for Chinese, near 0 for anything read in the wrong encoding.
fn reads_as_chinese(text: &str) -> f64 {
    let (mut common, mut odd, mut all) = (0.0, 0.0, 0.0);
    for c in text.chars().filter(|c| !c.is_ascii()).take(2000) {
        all += 1.0;
        match c {
            '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}' => odd += 1.0,
            '，' | '。' | '、' | '：' | '；' | '“' | '”' | '「' | '」' | '（' | '）' | '《' | '》' | '？' | '！' => common += 1.0,
            _ if COMMON.contains(c) => common += 1.0,
            _ => {}
        }
    }
    if all < 1.0 { 0.0 } else { (common - 2.0 * odd) / all }
}

/// The encoding in which the bytes read most as Chinese; GB18030 where two read
/// alike. `None` where they do in none.
fn likeliest(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..16 * 1024).unwrap_or(bytes);
    let nul = head.contains(&0);
    let tried = [(GB18030, 0.02), (BIG5, 0.0), (UTF_16LE, 0.0), (UTF_16BE, 0.0)];
    let scored = tried.into_iter().filter(|(e, _)| nul || ![UTF_16LE, UTF_16BE].contains(e) || head.len() % 2 == 0).map(|(e, bonus)| {
        let (text, _) = e.decode_without_bom_handling(head);
        (e, reads_as_chinese(&text) + bonus)
    });
    scored.filter(|(_, score)| *score > 0.05).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(e, _)| e)
}

/// Decodes with a given encoding, without looking for a mark.
fn with(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    // GBK is GB18030's own subset: one name for both
    let encoding = if encoding.name() == "GBK" { GB18030 } else { encoding };
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let bad_bytes = if bad { text.matches('\u{fffd}').count() } else { 0 };
    // the registry writes gb18030; people write it as the standard does
    let name = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    Decoded { text: text.into_owned(), encoding: name, guessed, bad_bytes }
}

/// What a file is when it is no text at all, told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// A ZIP archive: EPUB, DOCX, ODT.
    Zip,
    /// A PDF document.
    Pdf,
    /// A picture, a program, a compressed file: anything full of NUL bytes.
    Binary,
}

/// Whether `bytes` are of a kind that has no text to decode.
#[must_use]
pub fn not_text(bytes: &[u8]) -> Option<NotText> {
    let head = bytes.get(..8192).unwrap_or(bytes);
    if head.starts_with(b"PK\x03\x04") {
        return Some(NotText::Zip);
    }
    if head.starts_with(b"%PDF-") {
        return Some(NotText::Pdf);
    }
    if MAGIC.iter().any(|magic| head.starts_with(magic)) {
        return Some(NotText::Binary);
    }
    let marked = Encoding::for_bom(head).is_some();
    // eight kilobytes, once: no need for a crate that counts faster
    #[allow(clippy::naive_bytecount)]
    let nul = head.iter().filter(|&&b| b == 0).count();
    let wild = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t' | 0x08 | 0x0c | 0x1b)).count();
    let odd = nul * 20 > head.len() || wild * 50 > head.len();
    (!marked && odd && likeliest(head).is_none()).then_some(NotText::Binary)
}

/// How files begin that hold no text: pictures, archives, sound, programs.
const MAGIC: &[&[u8]] = &[
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ\x90",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"\xca\xfe\xba\xbe",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_tail_costs_one_mark() {
        let cut = &"京津冀".as_bytes()[..8];
        let found = decode(cut, None);
        assert_eq!((found.text.as_str(), found.encoding, found.bad_bytes), ("京津\u{fffd}", "UTF-8", 1));
    }

    #[test]
    fn one_bad_byte_does_not_change_the_encoding() {
        let mut bytes = "协同发展是一个系统工程，不能急".as_bytes().to_vec();
        bytes.insert(6, 0xff);
        let found = decode(&bytes, None);
        assert_eq!((found.encoding, found.bad_bytes), ("UTF-8", 1));
    }

    #[test]
    fn what_reads_as_chinese_wins() {
        let (big5, ..) = BIG5.encode("這是一篇關於城市與鄉村的文章，說的是人們怎樣一起把路修好。");
        assert_eq!(decode(&big5, None).encoding, "Big5");
        let (gb, ..) = GB18030.encode("这是一篇关于城市与乡村的文章，说的是人们怎样一起把路修好。");
        assert_eq!(decode(&gb, None).encoding, "GB18030");
        let utf16: Vec<u8> = "这是一篇关于城市的文章。".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!((decode(&utf16, None).encoding, not_text(&utf16)), ("UTF-16LE", None));
    }

    #[test]
    fn noise_is_no_text() {
        let mut state = 1u32;
        let noise: Vec<u8> = (0..4000)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        assert_eq!(not_text(&noise), Some(NotText::Binary));
        assert_eq!(not_text(b"\x1f\x8b\x08 gzip"), Some(NotText::Binary));
    }

    #[test]
    fn marks_and_users_are_believed() {
        assert_eq!(decode(b"\xff\xfe\x2d\x4e", None).text, "中");
        assert_eq!(decode(b"\xa4\xa4", Some("big5")).text, "中");
        assert_eq!(known("gbk"), Some("GBK"));
        assert_eq!(known("klingon"), None);
    }

    #[test]
    fn pictures_are_no_text() {
        assert_eq!(not_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0"), Some(NotText::Binary));
        assert_eq!(not_text("中文\n".as_bytes()), None);
        assert_eq!(not_text(b"PK\x03\x04zzz"), Some(NotText::Zip));
    }
}
