//! Laws of searching: any text, any query.

use jingdu::document::{BlockKind, Builder};
use jingdu::search::{How, Query, Request};
use jingdu::text::fold::{is_between_spaced_han, is_invisible};
use jingdu::text::script::simplify;
use jingdu::text::{Span, cluster};
use proptest::prelude::*;
use std::sync::Arc;

/// Text made of few characters, so that queries hit; of forms, marks, breaks
/// and clusters that could be cut.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => "[京津冀协協同发發体體制机機]{1,5}",
        3 => prop::sample::select(vec!["，", "。", "“", "”", "\"", "「", "」", "\n", "\n　　", " ", "\u{3000}", "\n\n"]).prop_map(str::to_owned),
        2 => "[a-cA-CＡ-Ｃ]{1,3}",
        1 => prop::sample::select(vec!["e\u{301}", "协\u{fe00}", "协\u{200b}", "京 津 冀 协 同 ", "👨\u{200d}👩\u{200d}👧", "\u{301}", "葛\u{e0100}", "𠀀"]).prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

fn query() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[京津冀协協同发發体體制机機]{1,4}",
        2 => "[a-c]{1,4}|jjj|xtf|tzjz|jing|xie'tong|tongfa|jijj",
        2 => "[京津冀协同]{1,2}[ 　][发体制机]{1,2}",
        1 => "\"[京协a]{1,2}\"|“[协同]{1,2}”|\"|“|/|//|/京|e|协",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    /// Hits are sorted, disjoint, not empty and cut no cluster.
    #[test]
    fn hits_are_sorted_disjoint_and_whole(text in text(), typed in query()) {
        let Some(query) = Query::new(&typed) else { return Ok(()) };
        let mut free = 0;
        for span in query.find(&text).spans {
            prop_assert!(span.start.byte() >= free && span.start < span.end && span.end.byte() <= text.len());
            prop_assert!(cluster::floor(&text, span.start.byte()) == span.start.byte() && cluster::floor(&text, span.end.byte()) == span.end.byte());
            free = span.end.byte();
        }
    }

    /// A word is found where its characters stand, each in one of its forms, with
    /// nothing but line breaks between; and everywhere: an independent, slow search agrees.
    #[test]
    fn a_word_is_found_wherever_its_forms_stand(text in text(), typed in "[京津冀协協同发發体體制机機]{1,4}") {
        let found = Query::new(&typed).unwrap().find(&text).spans;
        let wanted: Vec<char> = typed.chars().map(jingdu::text::script::simplify).collect();
        let mut slow = Vec::new();
        let mut at = 0;
        while at < text.len() {
            match slow_match(&text, at, &wanted).filter(|end| cluster::floor(&text, at) == at && cluster::floor(&text, *end) == *end) {
                Some(end) => {
                    slow.push(Span::new(at, end));
                    at = end;
                }
                None => at += text[at..].chars().next().unwrap().len_utf8(),
            }
        }
        prop_assert_eq!(found, slow);
    }

    /// Folding the text changes what it is written with, never where anything stands.
    #[test]
    fn folding_never_moves_an_offset(text in text(), typed in "[京津冀协协同发体制机]{1,4}") {
        let folded: String = text.chars().map(jingdu::text::script::simplify).collect();
        prop_assume!(folded.len() == text.len());
        let query = Query::new(&typed).unwrap();
        prop_assert_eq!(query.find(&text).spans, query.find(&folded).spans);
        prop_assert_eq!(Query::new(&jingdu_traditional(&typed)).unwrap().find(&text).spans, query.find(&text).spans);
    }

    /// Searching a text is searching its blocks, and over the breaks between them.
    #[test]
    fn a_text_is_its_blocks_and_their_borders(text in text(), typed in "[京津冀协協同发体制机]{1,4}") {
        let query = Query::new(&typed).unwrap();
        let whole = query.find(&text).spans;
        let over: Vec<Span> = whole.iter().copied().filter(|s| s.of(&text).contains('\n')).collect();
        let blocks = by_blocks(&text, |line| query.find(line).spans);
        // a hit over a break may take the characters of one beside it
        prop_assume!(over.iter().all(|o| blocks.iter().all(|b| !o.overlaps(*b))));
        let mut all = [blocks, over].concat();
        all.sort();
        prop_assert_eq!(whole, all);
    }

    /// Searching by sound too, as long as it is open which of two overlapping
    /// stretches is meant: that, the whole text tells.
    #[test]
    fn sounds_stand_in_blocks(text in text(), typed in "jjj|xtf|tzjz|jing|xietong|tongfa|jijj") {
        let sound = jingdu::search::sound::Sound::new(&typed).unwrap();
        let find = |text: &str| {
            let mut found = Vec::new();
            sound.find(text, 0..text.len(), &mut found);
            found
        };
        prop_assert_eq!(find(&text), by_blocks(&text, find));
    }

    /// A regular expression finds what the crate finds, but for empty hits and
    /// those that would cut a cluster.
    #[test]
    fn expressions_are_the_crates(text in text(), pattern in prop::sample::select(vec!["京.", "[京津]+冀?", "协|協", "(?s)同.*?发", "体\\s*制", "^.", "\\w+$", "a*", "(?i)ab", "[^京]{2}"])) {
        let query = Query::compile(pattern, How::Pattern).unwrap().unwrap();
        let crates = regex::RegexBuilder::new(pattern).multi_line(true).build().unwrap();
        let whole = |at: usize| cluster::floor(&text, at) == at;
        // a hit ends with its line, but for a pattern that names a line break
        let parts: Vec<&str> = if pattern.starts_with("(?s)") { vec![&text] } else { text.split('\n').collect() };
        let mut theirs = Vec::new();
        for part in parts {
            let at = part.as_ptr() as usize - text.as_ptr() as usize;
            let hits = crates.find_iter(part).map(|m| (at + m.start(), at + m.end()));
            theirs.extend(hits.filter(|(a, b)| a < b && whole(*a) && whole(*b)).map(|(a, b)| Span::new(a, b)));
        }
        prop_assert_eq!(query.find(&text).spans, theirs);
    }

    /// Slice by slice, from any place, comes to the same.
    #[test]
    fn slices_come_to_the_same(text in text(), typed in query(), from in 0usize..200) {
        let Some(query) = Query::new(&typed) else { return Ok(()) };
        let mut b = Builder::new();
        for (i, line) in text.lines().filter(|l| !l.trim().is_empty()).enumerate() {
            b.block(BlockKind::Paragraph, 0, i + 1, line);
        }
        let document = Arc::new(b.finish());
        let from = document.blocks().get(from % document.blocks().len().max(1)).map_or(0, |b| b.span.start.byte());
        let request = Request { id: 1, query: query.clone(), document: Arc::clone(&document), from };
        let mut last = None;
        request.answer(|answer| {
            last = answer.or(last.take());
            true
        });
        let last = last.unwrap();
        prop_assert!(last.done);
        let whole = query.find(document.text());
        prop_assume!(whole.spans.iter().all(|s| !s.of(document.text()).contains('\n')));
        prop_assert_eq!(last.matches, whole);
    }
}

/// Returns the hits in each line of a text by itself, as spans of the text.
fn by_blocks(text: &str, find: impl Fn(&str) -> Vec<Span>) -> Vec<Span> {
    let (mut found, mut at) = (Vec::new(), 0);
    for line in text.split('\n') {
        found.extend(
            find(line)
                .iter()
                .map(|s| Span::new(at + s.start.byte(), at + s.end.byte())),
        );
        at += line.len() + 1;
    }
    found
}

/// Every article of the corpus counts as a slow search of its own does.
#[test]
fn other_articles_count_the_same() {
    for path in crate::support::corpus_articles() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        let article = crate::support::article(&name, &bytes);
        let text = article.document().text();
        let han: Vec<char> = text.chars().collect();
        for (i, length) in (0..han.len())
            .step_by(han.len() / 12 + 1)
            .zip([2, 3, 4, 2].into_iter().cycle())
        {
            let word: String = han.iter().skip(i).take(length).collect();
            if word.chars().count() < length || !word.chars().all(jingdu::text::han::is_han) {
                continue;
            }
            let wanted: Vec<char> = word.chars().map(jingdu::text::script::simplify).collect();
            let (mut count, mut at) = (0, 0);
            while at < text.len() {
                let found = slow_match(text, at, &wanted);
                count += usize::from(found.is_some());
                at = found.unwrap_or(at + text[at..].chars().next().unwrap().len_utf8());
            }
            assert_eq!(
                Query::new(&word).unwrap().find(text).len(),
                count,
                "{name}: {word}"
            );
        }
    }
}

/// A session of a long text, whose searches are carried out as they are asked
/// for, comes to the same as one that searches within the key.
#[test]
fn a_long_text_is_searched_bit_by_bit() {
    use crate::support::{press, session, shipped};
    use jingdu::command::{Input, Keymap, update};
    let keymap = Keymap::default();
    for typed in [
        "/ 居民",
        "/ l j x q",
        "/ 居民 enter",
        "/ 居民 enter n n N",
        "/ 碳达峰 enter",
        "/ ctrl-r 一是|二是 enter n",
        "/ 居民 enter *",
        "G / 核心 enter",
    ] {
        let mut short = session(shipped("02-crawled-commentary.md"), 80, 24);
        let mut long = session(shipped("02-crawled-commentary.md"), 80, 24);
        long.find.work.sync_bytes = 0;
        press(&mut short, &keymap, typed);
        for key in crate::support::keys(typed) {
            let _ = update(&mut long, &keymap, Input::Key(key));
            for request in long.find.take_requests() {
                let mut answers = Vec::new();
                request.answer(|answer| {
                    answers.extend(answer);
                    true
                });
                for answer in answers {
                    let _ = update(&mut long, &keymap, Input::Found(answer));
                }
            }
        }
        assert!(!long.find.is_searching());
        assert_eq!(long.find.matches, short.find.matches, "{typed}");
        assert_eq!(
            (long.reading.position(), long.find.current),
            (short.reading.position(), short.find.current),
            "{typed}"
        );
        assert_eq!(long.find.keywords.len(), short.find.keywords.len());
        assert_eq!(
            long.find.keywords.first().map(|k| &k.matches),
            short.find.keywords.first().map(|k| &k.matches)
        );
        assert_eq!(long.find.offers, short.find.offers, "{typed}");
    }
    // an answer that comes too late changes nothing
    let mut s = session(shipped("02-crawled-commentary.md"), 80, 24);
    s.find.work.sync_bytes = 0;
    press(&mut s, &keymap, "/ 居");
    let old = s.find.take_requests().pop().unwrap();
    press(&mut s, &keymap, "民");
    assert!(!s.find.is_awaited(old.id));
    old.answer(|answer| {
        answer.is_none_or(|a| {
            let _ = update(&mut s, &keymap, Input::Found(a));
            true
        })
    });
    assert!(s.find.is_searching());
}

#[test]
fn a_long_text_is_not_counted_within_a_key() {
    use crate::support::{press, session, shipped};
    use jingdu::command::{Input, Keymap, update};
    let keymap = Keymap::default();
    let article = || session(shipped("02-crawled-commentary.md"), 80, 24);
    let (mut short, mut long) = (article(), article());
    press(&mut short, &keymap, "=");
    assert!(!short.pages.shares.parts.is_empty() && short.pages.shares.take_request().is_none());
    long.find.work.sync_bytes = 0;
    press(&mut long, &keymap, "=");
    assert!(long.pages.shares.parts.is_empty() && long.pages.shares.is_counting);
    let request = long.pages.shares.take_request().unwrap();
    press(&mut long, &keymap, "j");
    assert!(long.pages.shares.take_request().is_none());
    let _ = update(&mut long, &keymap, Input::Shares(request.answer()));
    assert_eq!(long.pages.shares.parts, short.pages.shares.parts);
    assert!(!long.pages.shares.is_counting);
    // an answer that comes when the page is closed changes nothing
    press(&mut long, &keymap, "esc");
    let _ = update(&mut long, &keymap, Input::Shares(request.answer()));
    assert!(long.pages.shares.parts.is_empty());
}

/// Returns the end of a word that begins at `at`, compared character by character.
fn slow_match(text: &str, at: usize, wanted: &[char]) -> Option<usize> {
    let invisible = |at: usize| {
        let passed = text[at..].chars().take_while(|c| is_invisible(*c));
        at + passed.map(char::len_utf8).sum::<usize>()
    };
    let mut end = at;
    for (i, w) in wanted.iter().enumerate() {
        if i > 0 {
            end = invisible(end);
            let rest = &text[end..];
            let is_blank = |c: &char| matches!(c, ' ' | '\n' | '\u{3000}');
            let blanks = rest.chars().take_while(is_blank);
            let (count, lines) = (
                blanks.clone().count(),
                blanks.clone().filter(|c| *c == '\n').count(),
            );
            if count > 0 && is_between_spaced_han(text, end) {
                end += rest.chars().next()?.len_utf8();
            } else if count > 0 && lines != 1 || count > 12 {
                return None;
            } else {
                end += blanks.map(char::len_utf8).sum::<usize>();
            }
        }
        let c = text[end..].chars().next()?;
        if simplify(c) != *w {
            return None;
        }
        end += c.len_utf8();
    }
    if cluster::floor(text, end) != end {
        end = invisible(end);
    }
    Some(end)
}

/// The same word in the last of each character's forms.
fn jingdu_traditional(word: &str) -> String {
    word.chars()
        .map(|c| *jingdu::search::variants::forms(c).last().unwrap())
        .collect()
}
