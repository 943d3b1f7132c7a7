//! Laws of every outline, whatever the text.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::format_push_string,
    reason = "tests: a panic is the report, what they build is short"
)]

use jingdu::document::{BlockKind, Builder, Document};
use jingdu::outline::{EntryKind, Index, Outline, outline};
use proptest::prelude::*;

/// A document of the lines of `text`; the kinds follow from `seed`.
fn document(text: &str, seed: u32) -> Document {
    let mut b = Builder::new();
    for (i, line) in text.lines().enumerate() {
        let dice = seed
            .wrapping_mul(2_654_435_761)
            .wrapping_add(u32::try_from(i).unwrap().wrapping_mul(40_503))
            >> 13;
        let kind = match dice % 16 {
            0 => BlockKind::Heading(1 + u8::try_from(dice / 16 % 6).unwrap()),
            1 | 2 => BlockKind::Item,
            3 => BlockKind::Quote,
            4 => BlockKind::Note,
            _ => BlockKind::Paragraph,
        };
        b.block(kind, u8::try_from(dice / 256 % 3).unwrap(), i + 1, line);
    }
    b.finish()
}

/// Text that is made of markers, stops and a few words.
fn enumerations() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "一是",
        "二是",
        "三是",
        "一要",
        "二要",
        "第一，",
        "第二，",
        "第三",
        "首先，",
        "其次，",
        "再次，",
        "最后，",
        "一方面",
        "另一方面",
        "其一，",
        "其二，",
        "（一）",
        "（二）",
        "一、",
        "二、",
        "三、",
        "1.",
        "2.",
        "3、",
        "（1）",
        "(2)",
        "①",
        "②",
        "1.1",
        "1.2",
        "第一章",
        "第二章　",
        "第一条",
        "问题一：",
        "问题二：",
        "或（2）",
        "、（3）",
        "然后，",
        "第二莫",
        "一个是",
        "二靠",
        "（甲）",
        "…………3",
        "延伸阅读",
        "一",
        "1",
        "2",
        "甲、",
        "A.",
        "。",
        "，",
        "；",
        "：",
        "\n",
        "\n",
        "\n",
        "山里的路",
        "水",
        "“",
        "”",
        "总之，",
        "以上",
        "说明白",
        "统",
        "之",
        "é",
        "😀",
        " ",
        "　",
    ]);
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn laws(d: &Document, o: &Outline) {
    let text = d.text();
    let whole = |s: jingdu::text::Span| {
        s.start <= s.end
            && text.is_char_boundary(s.start.byte())
            && s.end <= d.end()
            && text.is_char_boundary(s.end.byte())
    };
    for (i, p) in o.points.iter().enumerate() {
        assert!(whole(p.span) && whole(p.label) && whole(p.marker), "{p:?}");
        assert!(
            p.span.start <= p.marker.start && p.marker.end <= p.span.end,
            "{p:?}"
        );
        assert!(
            p.span.start <= p.label.start && p.label.end <= p.span.end,
            "{p:?}"
        );
        match p.parent {
            None => assert_eq!(p.level, 1),
            Some(up) => {
                let up = up.get();
                assert!(up < i);
                let parent = &o.points[up];
                assert_eq!(p.level, parent.level + 1);
                assert!(
                    parent.span.start <= p.span.start && p.span.end <= parent.span.end,
                    "{parent:?} {p:?}"
                );
            }
        }
        assert!(
            o.series
                .get(p.series.get())
                .unwrap()
                .contains(&Index::new(i))
        );
    }
    assert!(
        o.points
            .windows(2)
            .all(|w| w[0].span.start < w[1].span.start)
    );
    for series in &o.series {
        let members: Vec<_> = series.iter().map(|m| &o.points[m.get()]).collect();
        assert!(
            members.windows(2).all(|w| w[0].span.end <= w[1].span.start),
            "fellows overlap: {members:?}"
        );
        assert!(
            members.windows(2).all(|w| w[0].parent == w[1].parent),
            "{members:?}"
        );
        // Numbers ascend, or stay where the author repeats one.
        assert!(
            members.windows(2).all(|w| w[0].number <= w[1].number),
            "{members:?}"
        );
    }
    for topic in &o.topics {
        assert!(
            whole(topic.label)
                && topic
                    .points()
                    .all(|p| topic.span.contains(o.points[p].span.start))
        );
    }
    assert!(
        o.entries
            .windows(2)
            .all(|w| w[0].span.start <= w[1].span.start)
    );
    assert!(
        o.entries
            .windows(2)
            .all(|w| w[1].depth <= w[0].depth + 1 || w[1].depth == 0),
        "{:?}",
        o.entries
    );
    for e in &o.entries {
        assert!(whole(e.span) && whole(e.label));
    }
    let points = o
        .entries
        .iter()
        .filter(|e| matches!(e.kind, EntryKind::Point(_)))
        .count();
    assert_eq!(points, o.points.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever the text, spans nest and nothing panics.
    #[test]
    fn any_text(text in ".{0,300}", seed in any::<u32>()) {
        let d = document(&text, seed);
        laws(&d, &outline(&d));
    }

    /// The same for a text of nothing but enumerations, and for its prefixes.
    #[test]
    fn any_enumeration(text in enumerations(), seed in any::<u32>()) {
        let d = document(&text, seed);
        laws(&d, &outline(&d));
        for (i, _) in text.char_indices().step_by(17) {
            let d = document(&text[..i], seed);
            laws(&d, &outline(&d));
        }
    }
}

/// Every article, and every hundredth prefix of it, obeys the laws.
#[test]
fn articles_and_their_prefixes() {
    let shipped = jingdu::shell::open::item::SHIPPED
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let corpus = crate::support::corpus_articles()
        .into_iter()
        .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()));
    for (name, bytes) in shipped.chain(corpus) {
        let source = jingdu::source::read(&bytes, None);
        let step = (source.text.len() / 100).max(1);
        for end in (0..=source.text.len())
            .step_by(step)
            .chain([source.text.len()])
        {
            let head = &source.text[..jingdu::text::cluster::floor(&source.text, end)];
            let cut = jingdu::source::Source {
                text: head.to_owned(),
                ..source.clone()
            };
            let d = jingdu::format::parse(
                &cut,
                jingdu::format::ParseOptions {
                    name: &name,
                    ..jingdu::format::ParseOptions::default()
                },
            );
            laws(&d, &outline(&d));
        }
    }
}

#[test]
fn a_text_of_nothing_but_markers_has_no_outline_without_end() {
    let text = "一是甲。二是乙。\n".repeat(260_000);
    let mut b = Builder::new();
    b.block(BlockKind::Paragraph, 0, 1, &text);
    let found = outline(&b.finish());
    assert!(
        found.cut && (499_000..=500_000).contains(&found.points.len()),
        "{}",
        found.points.len()
    );
    assert!(!outline(&document(text.get(..24_000).unwrap(), 4)).cut);
}
