//! From point to point, over paragraph borders; from section to section.

use super::entry::{Command, READING, command};
use crate::outline::{Outline, Point};
use crate::session::{Session, motion};
use crate::text::lang::counted;
use crate::text::{Pos, Say};

pub(crate) const COMMANDS: &[&[Command]] = &[&READING.section([
    command("next-point", "J, ], right", |s, n| by_points(s, n, true))
        .zh("下一个要点：跳到后面最近的要点（一是、二是……）或标题，可跨段；3J 跳三个。")
        .en(
            "Next point: Go to the nearest point or heading after here, over paragraph \
                 borders; 3J goes three on.",
        ),
    command("previous-point", "K, [, left", |s, n| {
        by_points(s, n, false);
    })
    .zh("上一个要点：跳到前面最近的要点或标题。")
    .en("Previous point: Go to the nearest point or heading before here."),
    command("next-section", ">", |s, n| by_sections(s, n, true))
        .zh("下一节：跳到下一个标题或主旨句。")
        .en("Next section: Go to the next heading or topic."),
    command("previous-section", "<", |s, n| by_sections(s, n, false))
        .zh("上一节：跳到本节或上一个标题、主旨句。")
        .en("Previous section: Go to the heading or topic of this section, or the one before."),
    member("point-one", "g 1", |s, _| to_member(s, 1)),
    member("point-two", "g 2", |s, _| to_member(s, 2)),
    member("point-three", "g 3", |s, _| to_member(s, 3)),
    member("point-four", "g 4", |s, _| to_member(s, 4)),
    member("point-five", "g 5", |s, _| to_member(s, 5)),
    member("point-six", "g 6", |s, _| to_member(s, 6)),
    member("point-seven", "g 7", |s, _| to_member(s, 7)),
    member("point-eight", "g 8", |s, _| to_member(s, 8)),
    member("point-nine", "g 9", |s, _| to_member(s, 9)),
    command("point-number", "g p", |s, n| to_member(s, n.unwrap_or(1)))
        .zh("本组第几点：12gp 跳到本组的第 12 点。")
        .en("n-th point of series: 12gp goes to the twelfth point of this series."),
])];

/// Makes a command that goes to one of the first nine points of the series.
const fn member(
    name: &'static str,
    keys: &'static str,
    go: fn(&mut Session, Option<usize>),
) -> Command {
    command(name, keys, go)
        .zh("本组第 1…9 点：跳到本组要点的第几点；12gp 可到更后的。")
        .en("Point 1…9 of series: Go to that point of this series; 12gp reaches later ones.")
}

/// Points and sub-headings that one jump passes at the most.
const MAX_STOPS: usize = 10_000;

fn by_points(s: &mut Session, count: Option<usize>, forward: bool) {
    let outline = &s.article.outline;
    let focus = s.reading.focus;
    if !outline.has_stops() {
        return s.say((
            "本文没有标题和要点",
            "This article has no headings and no points",
        ));
    }
    let steps = count.unwrap_or(1).min(MAX_STOPS);
    let target = motion::stop(outline, focus, forward, steps);
    let end = target.map_or(focus, |span| span.start);
    let is_last = motion::stop(outline, end, forward, 1).is_none();
    let is_section = is_section_at(outline, end);
    match target {
        Some(landing) => {
            s.jump(landing.start, landing);
            if steps > 1 && is_last {
                s.say(reached(is_section, forward));
            }
        }
        None => s.say(stays(is_section, forward)),
    }
}

/// Returns whether the point that begins at or before `pos` is a heading, or none does.
fn is_section_at(outline: &Outline, pos: Pos) -> bool {
    let after = outline.points.partition_point(|p| p.span.start <= pos);
    let point = after.checked_sub(1).and_then(|i| outline.points.get(i));
    point.is_none_or(Point::is_heading)
}

/// Returns the message that a jump over several ended at the last section or point, or the first.
fn reached(is_section: bool, forward: bool) -> Say {
    match (is_section, forward) {
        (true, true) => ("到最后一节", "The last section"),
        (true, false) => ("到第一节", "The first section"),
        (false, true) => ("到最后一个要点", "The last point"),
        (false, false) => ("到第一个要点", "The first point"),
    }
}

/// Returns the message for the last section or point in a direction.
fn stays(is_section: bool, forward: bool) -> Say {
    match (is_section, forward) {
        (true, true) => ("已是最后一节", "This is the last section"),
        (true, false) => ("已是第一节", "This is the first section"),
        (false, true) => ("已是最后一个要点", "This is the last point"),
        (false, false) => ("已是第一个要点", "This is the first point"),
    }
}

/// Goes to a point and shows where its marker is.
fn to_point(s: &mut Session, point: usize) {
    if let Some(p) = s.article.outline.points.get(point) {
        let has_marker = !p.marker.is_empty();
        s.jump(p.span.start, if has_marker { p.marker } else { p.label });
    }
}

/// Goes to the n-th point of the series at the place, or else of the next series.
fn to_member(s: &mut Session, n: usize) {
    let outline = &s.article.outline;
    let next = || motion::point(outline, s.reading.focus, true, 1);
    let here = s.current_point().or_else(next);
    let point = here.and_then(|i| outline.points.get(i));
    let Some((point, members)) = point.and_then(|p| Some((p, outline.series.get(p.series.get())?)))
    else {
        return s.say(("这里没有要点", "No points here"));
    };
    if let Some(target) = members.get(n.max(1) - 1) {
        return to_point(s, target.get());
    }
    let n = members.len();
    let (zh, en) = if point.is_heading() {
        (
            format!("本组只有 {n} 节"),
            format!("This level has {}", counted(&n, "section")),
        )
    } else {
        (
            format!("本组只有 {n} 点"),
            format!("This series has {}", counted(&n, "point")),
        )
    };
    s.say_owned(zh, en);
}

fn by_sections(s: &mut Session, count: Option<usize>, forward: bool) {
    let (outline, focus, n) = (&s.article.outline, s.reading.focus, count.unwrap_or(1));
    let sections = motion::sections(outline).into_iter();
    let mut starts: Vec<_> = sections.filter_map(|i| outline.landing(i)).collect();
    starts.dedup_by_key(|(start, _)| *start);
    let Some(last) = starts.len().checked_sub(1) else {
        return s.say(("本文没有分节", "This article has no sections"));
    };
    let target = if forward {
        let after = starts.partition_point(|(start, _)| *start <= focus);
        (after <= last).then(|| (after + n - 1).min(last))
    } else {
        let before = starts.partition_point(|(start, _)| *start < focus);
        (before > 0).then(|| before.saturating_sub(n))
    };
    match target {
        Some(i) => {
            let (start, label) = starts[i];
            s.jump(start, label);
            if n > 1 && (i == 0 || i == last) {
                s.say(reached(true, forward));
            }
        }
        None => s.say(stays(true, forward)),
    }
}
