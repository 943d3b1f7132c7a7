//! From point to point, over paragraph borders; from section to section.

use super::table::{Command, Group, When};
use crate::session::{Effect, Session, motion};

/// The commands of this group.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "next-point",
        keys: &["J", "]", "right"],
        group: Group::Point,
        brief: ("下一个要点", "Next point"),
        about: (
            "跳到后面最近的要点（一是、二是……），可跨段；3J 跳三个。",
            "Go to the nearest point after here, over paragraph borders; 3J goes three on.",
        ),
        when: When::Reading,
        run: |s, n| by_points(s, n, true),
    },
    Command {
        name: "previous-point",
        keys: &["K", "[", "left"],
        group: Group::Point,
        brief: ("上一个要点", "Previous point"),
        about: (
            "跳到前面最近的要点。",
            "Go to the nearest point before here.",
        ),
        when: When::Reading,
        run: |s, n| by_points(s, n, false),
    },
    Command {
        name: "next-section",
        keys: &[">"],
        group: Group::Point,
        brief: ("下一节", "Next section"),
        about: ("跳到下一个标题或段旨。", "Go to the next heading or topic."),
        when: When::Reading,
        run: |s, n| by_sections(s, n, true),
    },
    Command {
        name: "previous-section",
        keys: &["<"],
        group: Group::Point,
        brief: ("上一节", "Previous section"),
        about: (
            "跳到本节或上一个标题、段旨。",
            "Go to the heading or topic of this section, or the one before.",
        ),
        when: When::Reading,
        run: |s, n| by_sections(s, n, false),
    },
    Command {
        name: "point-one",
        keys: &["g 1"],
        run: |s, _| to_member(s, 1),
        ..MEMBER
    },
    Command {
        name: "point-two",
        keys: &["g 2"],
        run: |s, _| to_member(s, 2),
        ..MEMBER
    },
    Command {
        name: "point-three",
        keys: &["g 3"],
        run: |s, _| to_member(s, 3),
        ..MEMBER
    },
    Command {
        name: "point-four",
        keys: &["g 4"],
        run: |s, _| to_member(s, 4),
        ..MEMBER
    },
    Command {
        name: "point-five",
        keys: &["g 5"],
        run: |s, _| to_member(s, 5),
        ..MEMBER
    },
    Command {
        name: "point-six",
        keys: &["g 6"],
        run: |s, _| to_member(s, 6),
        ..MEMBER
    },
    Command {
        name: "point-seven",
        keys: &["g 7"],
        run: |s, _| to_member(s, 7),
        ..MEMBER
    },
    Command {
        name: "point-eight",
        keys: &["g 8"],
        run: |s, _| to_member(s, 8),
        ..MEMBER
    },
    Command {
        name: "point-nine",
        keys: &["g 9"],
        run: |s, _| to_member(s, 9),
        ..MEMBER
    },
    Command {
        name: "point-number",
        keys: &["g p"],
        group: Group::Point,
        brief: ("本组第几点", "n-th point of series"),
        about: (
            "12gp 跳到本组的第 12 点。",
            "12gp goes to the twelfth point of this series.",
        ),
        when: When::Reading,
        run: |s, n| to_member(s, n.unwrap_or(1)),
    },
];

/// What g1 … g9 have in common.
const MEMBER: Command = Command {
    name: "",
    keys: &[],
    group: Group::Point,
    brief: ("本组第 1…9 点", "Point 1…9 of series"),
    about: (
        "跳到本组要点的第几点；12gp 可到更后的。",
        "Go to that point of this series; 12gp reaches later ones.",
    ),
    when: When::Reading,
    run: |_, _| Effect::None,
};

fn by_points(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    if s.article.outline.points.is_empty() {
        s.say(("本文没有要点", "This article has no numbered points"));
        return Effect::None;
    }
    match motion::point(
        &s.article.outline,
        s.reading.focus,
        forward,
        count.unwrap_or(1),
    ) {
        Some(i) => {
            to_point(s, i);
            let last = s.article.outline.points.len() - 1;
            if count.is_some_and(|n| n > 1) && (i == 0 || i == last) {
                s.say(if forward {
                    ("到最后一个要点", "The last point")
                } else {
                    ("到第一个要点", "The first point")
                });
            }
        }
        None if forward => s.say(("已是最后一个要点", "This is the last point")),
        None => s.say(("已是第一个要点", "This is the first point")),
    }
    Effect::None
}

/// Goes to a point and shows where its marker is.
fn to_point(s: &mut Session, point: usize) {
    if let Some(p) = s.article.outline.points.get(point) {
        let (start, landed) = (
            p.span.start,
            if p.marker.is_empty() {
                p.label
            } else {
                p.marker
            },
        );
        s.jump(start, landed);
    }
}

fn to_member(s: &mut Session, n: usize) -> Effect {
    let outline = &s.article.outline;
    // in no point: the series that comes next
    let here = s
        .current_point()
        .or_else(|| motion::point(outline, s.reading.focus, true, 1));
    let members = here
        .and_then(|i| outline.points.get(i))
        .and_then(|p| outline.series.get(p.series.get()))
        .cloned();
    match members {
        None => s.say(("这里没有要点", "No points here")),
        Some(members) => {
            if let Some(&target) = members.get(n.max(1) - 1) {
                to_point(s, target.get());
            } else {
                let text = match s.settings.lang {
                    crate::text::Lang::Zh => format!("本组只有 {} 点", members.len()),
                    crate::text::Lang::En => format!("This series has {} points", members.len()),
                };
                s.tell(text);
            }
        }
    }
    Effect::None
}

fn by_sections(s: &mut Session, count: Option<usize>, forward: bool) -> Effect {
    let outline = &s.article.outline;
    let mut starts: Vec<_> = motion::sections(outline)
        .into_iter()
        .filter_map(|i| outline.landing(i))
        .collect();
    starts.dedup_by_key(|(start, _)| *start);
    let focus = s.reading.focus;
    let n = count.unwrap_or(1);
    let target = if forward {
        let first = starts.partition_point(|(start, _)| *start <= focus);
        starts
            .get((first + n - 1).min(starts.len().saturating_sub(1)))
            .filter(|_| first < starts.len())
    } else {
        let before = starts.partition_point(|(start, _)| *start < focus);
        before
            .checked_sub(1)
            .and_then(|_| starts.get(before.saturating_sub(n)))
    };
    let short =
        target.is_some_and(|t| n > 1 && (Some(t) == starts.last() || Some(t) == starts.first()));
    match target.copied() {
        Some((start, label)) => {
            s.jump(start, label);
            if short {
                s.say(if forward {
                    ("到最后一节", "The last section")
                } else {
                    ("到第一节", "The first section")
                });
            }
        }
        None if starts.is_empty() => s.say(("本文没有分节", "This article has no sections")),
        None if forward => s.say(("已是最后一节", "This is the last section")),
        None => s.say(("已是第一节", "This is the first section")),
    }
    Effect::None
}
