//! The cases of `tests/conformance/`: widths, line breaking, clusters.

use jingdu::layout::{BlockStyle, Face, Measure, Row, lay_out};
use jingdu::text::{Pos, WidthPolicy, cluster};

fn data(name: &str) -> String {
    std::fs::read_to_string(format!(
        "{}/tests/conformance/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap()
}

/// `\u{X}` stands for one code point.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u{") {
        out.push_str(&rest[..at]);
        let end = at + rest[at..].find('}').unwrap();
        out.push(char::from_u32(u32::from_str_radix(&rest[at + 3..end], 16).unwrap()).unwrap());
        rest = &rest[end + 1..];
    }
    out + rest
}

fn lines(name: &str) -> Vec<Vec<String>> {
    data(name)
        .lines()
        .filter(|l| !l.starts_with("# ") && !l.is_empty())
        .map(|l| l.split('\t').map(unescape).collect())
        .collect()
}

fn wrap(text: &str, width: usize, opts: &str) -> Vec<Row> {
    let has = |o: &str| opts.split(',').any(|x| x == o);
    let indent = opts
        .split(',')
        .find_map(|o| o.strip_prefix("indent="))
        .map_or(0, |n| n.parse().unwrap());
    let widths = if has("amb=w") {
        WidthPolicy::WIDE
    } else {
        WidthPolicy::NARROW
    };
    let measure = Measure {
        cells: width,
        indent,
        gap: false,
        hang: has("hang"),
        widow: has("widow"),
        leading: false,
        linear: false,
        numbers: 0,
        face: Face::plain(widths),
    };
    lay_out(
        text,
        Pos(0),
        BlockStyle {
            first_indent: indent,
            ..BlockStyle::default()
        },
        &measure,
        &[],
    )
}

#[test]
fn wrap_cases() {
    let mut failed = Vec::new();
    let cases = lines("wrap_cases.tsv");
    for case in &cases {
        let [id, _, width, input, expected, ..] = case.as_slice() else {
            panic!("{case:?}")
        };
        let opts = case.get(5).map_or("", String::as_str);
        let rows: Vec<_> = wrap(input, width.parse().unwrap(), opts)
            .iter()
            .map(|r| r.drawn().of(input).to_owned())
            .collect();
        let got = rows.join("|").replace(['\u{200b}', '\u{2060}'], "");
        if got != expected.replace(['\u{200b}', '\u{2060}'], "") {
            failed.push(format!(
                "{id} at {width} {opts}\n  want {expected}\n  got  {got}"
            ));
        }
        if !opts.contains("em") && !opts.contains("widow") && !opts.contains("hang") {
            let without_widows: Vec<_> =
                wrap(input, width.parse().unwrap(), &format!("{opts},widow"))
                    .iter()
                    .map(|r| r.drawn().of(input).to_owned())
                    .collect();
            if without_widows != rows {
                failed.push(format!(
                    "{id} at {width} changes with widow control\n  want {expected}\n  got  {}",
                    without_widows.join("|")
                ));
            }
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {} fail:\n{}",
        failed.len(),
        cases.len(),
        failed.join("\n")
    );
    assert!(cases.len() > 270);
}

#[test]
fn width_cases() {
    let mut failed = Vec::new();
    for case in lines("width_cases.tsv") {
        let [text, narrow, wide, ..] = case.as_slice() else {
            panic!("{case:?}")
        };
        let got = (WidthPolicy::NARROW.text(text), WidthPolicy::WIDE.text(text));
        if got != (narrow.parse().unwrap(), wide.parse().unwrap()) {
            failed.push(format!("{text:?} want {narrow} {wide} got {got:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Every case of Unicode 18's test file but those that the segmentation
/// crate's older tables lack: Indic conjuncts.
#[test]
fn cluster_cases() {
    let mut missed = 0;
    let text = data("GraphemeBreakTest.txt");
    let cases: Vec<_> = text.lines().filter(|l| l.starts_with('÷')).collect();
    for case in &cases {
        let mut want = vec![String::new()];
        for token in case.split_whitespace().skip(1) {
            match token {
                "÷" => want.push(String::new()),
                "×" => {}
                hex => want
                    .last_mut()
                    .unwrap()
                    .push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap()),
            }
        }
        want.retain(|w| !w.is_empty());
        let whole = want.concat();
        let got: Vec<_> = cluster::clusters(&whole)
            .map(|(_, c)| c.to_owned())
            .collect();
        missed += usize::from(got != want);
    }
    assert!(cases.len() > 800, "{}", cases.len());
    assert!(missed <= 10, "{missed} of {}", cases.len());
}

#[test]
fn prohibited_marks_stand_at_no_edge() {
    let first = |name| {
        lines(name)
            .into_iter()
            .map(|c| (c[0].clone(), c[2].clone()))
            .collect::<Vec<_>>()
    };
    for (mark, level) in first("line_start_prohibited.txt") {
        if level == "dash-strict" {
            continue;
        }
        let text = format!("京津冀协{mark}同发展战略");
        for width in 8..18 {
            for row in wrap(&text, width, "").iter().skip(1) {
                assert!(
                    !row.drawn().of(&text).starts_with(&mark),
                    "{mark} begins a row of {width}"
                );
            }
        }
    }
    for (mark, level) in first("line_end_prohibited.txt") {
        let text = if level == "prefix" {
            format!("京津冀协{mark}100同发展")
        } else {
            format!("京津冀协{mark}同发展战略")
        };
        for width in 8..18 {
            let rows = wrap(&text, width, "");
            for row in rows.iter().take(rows.len() - 1) {
                assert!(
                    !row.drawn().of(&text).ends_with(&mark),
                    "{mark} ends a row of {width}"
                );
            }
        }
    }
}
