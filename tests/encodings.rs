//! Encodings are told apart also where there is little to go by: cuts of articles
//! in every encoding, by length, with the rate of those that are read as they were.
//!
//! `cargo test -- encodings --nocapture` prints the rates.

use crate::support::corpus_articles;
use encoding_rs::{BIG5, GB18030, GBK};
use jingdu::document::dump::dump;
use jingdu::format;
use jingdu::format::ParseOptions;
use jingdu::source::choices::choices;
use jingdu::source::decode::decode;
use jingdu::source::{self, sanitize::sanitize};

/// Cuts of each length in each encoding.
const CUTS: usize = 2000;
/// Lengths in characters, and how many of a thousand must be right.
const LENGTHS: &[(usize, usize)] = &[(20, 970), (60, 995), (120, 995), (200, 995)];

/// The encodings, each with how a text is written in it; `None` where it cannot.
type Write = fn(&str) -> Option<Vec<u8>>;
const ENCODINGS: &[(&str, Write)] = &[
    ("UTF-8", |t| Some(t.as_bytes().to_vec())),
    ("UTF-8 BOM", |t| {
        Some([b"\xef\xbb\xbf", t.as_bytes()].concat())
    }),
    ("GB18030", |t| Some(GB18030.encode(t).0.into_owned())),
    ("GBK", |t| exact(GBK, t)),
    ("Big5", |t| exact(BIG5, t)),
    ("UTF-16LE", |t| {
        Some(t.encode_utf16().flat_map(u16::to_le_bytes).collect())
    }),
    ("UTF-16BE", |t| {
        Some(t.encode_utf16().flat_map(u16::to_be_bytes).collect())
    }),
];

/// The text in that encoding, where all of it can be.
fn exact(encoding: &'static encoding_rs::Encoding, text: &str) -> Option<Vec<u8>> {
    let (bytes, _, lost) = encoding.encode(text);
    (!lost).then(|| bytes.into_owned())
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// The articles of the corpus as characters.
fn articles() -> Vec<Vec<char>> {
    corpus_articles()
        .iter()
        .map(|p| {
            source::read(&std::fs::read(p).unwrap(), None)
                .text
                .chars()
                .collect()
        })
        .collect()
}

#[test]
fn cuts_of_articles_are_read_as_what_they_are() {
    let articles = articles();
    if articles.is_empty() {
        return;
    }
    let mut low = Vec::new();
    for (name, write) in ENCODINGS {
        for (length, least) in LENGTHS {
            let mut dice = Dice(*length as u64);
            let (mut right, mut all, mut tries) = (0, 0, 0);
            while all < CUTS && tries < CUTS * 200 {
                tries += 1;
                let article = &articles[dice.below(articles.len())];
                let from = dice.below(article.len() - length);
                let text: String = article[from..from + length].iter().collect();
                let Some(bytes) = write(&text) else { continue };
                all += 1;
                let found = decode(&bytes, None);
                // what stands in a file need not be what stood in the article: a lone mark at the head
                if sanitize(found.text.clone()).0 == sanitize(text.clone()).0 {
                    right += 1;
                } else if right + 5 > all {
                    eprintln!(
                        "    {name} {length}: {} for {text:?}: {:?}",
                        found.encoding, found.text
                    );
                }
            }
            eprintln!("{name:<10} {length:>4}: {right} of {all}");
            if right * 1000 < all * least {
                low.push((name, length, right, all));
            }
        }
    }
    assert!(low.is_empty(), "{low:?}");
}

/// A document as it is dumped, without the line that says its encoding.
fn document(bytes: &[u8], name: &str) -> (&'static str, String) {
    let source = source::read(bytes, None);
    let document = format::parse(
        &source,
        ParseOptions {
            name,
            ..ParseOptions::default()
        },
    );
    let dump = dump(&document);
    (
        source.encoding,
        dump.lines()
            .filter(|l| !l.starts_with("encoding: "))
            .collect::<Vec<_>>()
            .join("\n"),
    )
}

#[test]
fn an_article_is_the_same_document_in_every_encoding() {
    for path in corpus_articles() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = source::read(&std::fs::read(&path).unwrap(), None).text;
        for encoding in [GB18030, GBK, BIG5] {
            // where a character does not exist, it is missing from both
            let text: String = text
                .chars()
                .filter(|c| exact(encoding, c.encode_utf8(&mut [0; 4])).is_some())
                .collect();
            let (found, read) = document(&encoding.encode(&text).0, &name);
            let (_, plain) = document(text.as_bytes(), &name);
            assert_eq!(
                found,
                if encoding == BIG5 { "Big5" } else { "GB18030" },
                "{name}"
            );
            assert!(
                read == plain && plain.lines().count() > 5,
                "{name} in {}",
                encoding.name()
            );
        }
    }
}

#[test]
fn a_cut_inside_a_character_costs_little() {
    let articles = articles();
    for (name, write) in ENCODINGS.iter().filter(|(name, _)| !name.ends_with("BOM")) {
        let mut dice = Dice(7);
        let (mut right, mut all) = (0, 0);
        for _ in 0..CUTS * usize::from(!articles.is_empty()) {
            let article = &articles[dice.below(articles.len())];
            let from = dice.below(article.len() - 100);
            let text: String = article[from..from + 100].iter().collect();
            let Some(mut bytes) = write(&text) else {
                continue;
            };
            let (front, back) = (dice.below(3), dice.below(3));
            bytes.drain(..front);
            bytes.truncate(bytes.len() - back);
            all += 1;
            let found = decode(&bytes, None);
            // all but the characters at either end
            let inner: String = article[from + 3..from + 97].iter().collect();
            right += usize::from(found.text.contains(&inner) && found.bad_bytes <= 4);
        }
        eprintln!("{name:<10} cut: {right} of {all}");
        assert!(right * 1000 >= all * 985, "{name}: {right} of {all}");
    }
}

#[test]
fn a_fault_inside_costs_no_more_than_its_neighbours() {
    let articles = articles();
    for (name, write) in ENCODINGS.iter().filter(|(name, _)| !name.ends_with("BOM")) {
        let mut dice = Dice(9);
        let (mut right, mut all) = (0, 0);
        for _ in 0..CUTS * usize::from(!articles.is_empty()) {
            let article = &articles[dice.below(articles.len())];
            let from = dice.below(article.len() - 300);
            let text: String = article[from..from + 300].iter().collect();
            let Some(mut bytes) = write(&text) else {
                continue;
            };
            let at = dice.below(bytes.len());
            match dice.below(3) {
                0 => _ = bytes.remove(at),
                1 => bytes.insert(at, bytes[at]),
                _ => bytes.insert(at, 0x80 + dice.below(0x7f) as u8),
            }
            all += 1;
            let read: Vec<char> = decode(&bytes, None).text.chars().collect();
            let same = |a: &char, b: &char| a == b;
            let text: Vec<char> = text.chars().collect();
            let head = text
                .iter()
                .zip(&read)
                .take_while(|(a, b)| same(a, b))
                .count();
            let tail = text
                .iter()
                .rev()
                .zip(read.iter().rev())
                .take_while(|(a, b)| same(a, b))
                .count();
            right += usize::from(head + tail + 4 >= text.len());
        }
        eprintln!("{name:<10} fault: {right} of {all}");
        assert!(right * 1000 >= all * 970, "{name}: {right} of {all}");
    }
}

#[test]
fn what_is_found_stands_first_among_the_choices() {
    let text = "这是一篇关于城市与乡村的文章，说的是人们怎样一起把路修好。";
    for (_, write) in ENCODINGS.iter().filter(|(name, _)| *name != "Big5") {
        let bytes = write(text).unwrap();
        let found = decode(&bytes, None);
        assert_eq!(
            (found.text.as_str(), choices(&bytes, true)[0].encoding),
            (text, found.encoding)
        );
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    /// Whatever the bytes are and whatever is asked: text comes out, no longer than
    /// the bytes allow, with as many marks as are counted; and the next who reads
    /// the text as UTF-8 finds the same.
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), asked in 0..8usize) {
        let names = ["gb18030", "big5", "utf-16le", "utf-16be", "utf-8", "windows-1252", "shift_jis"];
        let found = decode(&bytes, names.get(asked).copied());
        proptest::prop_assert!(found.text.len() <= bytes.len() * 4 + 3);
        let marks = found.text.matches('\u{fffd}').count();
        proptest::prop_assert!(marks >= found.bad_bytes);
        proptest::prop_assert!((1..=9).contains(&choices(&bytes, true).len()));
        proptest::prop_assert!((50..=100).contains(&found.sure));
    }

    /// A text written in GB18030 or UTF-16 and read as such is the same text.
    #[test]
    fn what_was_written_is_read(chars in proptest::collection::vec(0..4usize, 1..60), seed in 0..5000u32) {
        let pick = |(i, kind): (usize, &usize)| {
            let n = seed.wrapping_mul(i as u32 + 7) % 3000;
            char::from_u32([0x4e00 + n, 0x20 + n % 0x5e, 0x3001 + n % 2, 0xff0c][*kind]).unwrap()
        };
        let text: String = chars.iter().enumerate().map(pick).collect();
        let gb = GB18030.encode(&text).0.into_owned();
        proptest::prop_assert_eq!(decode(&gb, Some("gbk")).text, text.clone());
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        proptest::prop_assert_eq!(decode(&wide, Some("utf-16be")).text, text);
    }
}
