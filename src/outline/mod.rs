//! The way an article argues: its headings, its numbered points, its topics.
//!
//! 1. [`reading`]: the document in one script, without what takes no room; every rule reads it so.
//! 2. [`style`]: the table of numbering styles, of [`family`] each; [`marker`] reads one off a
//!    text, [`number`] its number.
//! 3. [`scan`]: every [`candidate`], which may be a marker, but in the parts that [`excluded`]
//!    names; [`repeated`], [`announced`]: counts by a word of their own, or as long as was said.
//! 4. [`context`]: the text around a marker; [`number_rules`] and [`word_rules`]: what it says
//!    about numbers and about words.
//! 5. [`settle`]: what only the neighbours of a candidate can decide; [`frame`]: ordinals that their
//!    fellows prove.
//! 6. [`series`]: candidates that count on from each other, by the rules of [`follow`]; the
//!    rest is dropped.
//! 7. [`scope`]: which point encloses which, and where each ends; [`breaks`]: the paragraphs and
//!    sentences that end a point.
//! 8. [`label`], [`topic`], [`list_topic`]: the names of points, paragraphs and lists; [`thesis`]: the
//!    claims that head paragraphs side by side.
//! 9. [`entry`]: the lines of the outline pane, [`subheading`]s without a number among them, and
//!    [`quiet`] ones that tell how the article and its parts begin and end.
//! 10. [`model`]: the outline itself, with [`index`] for references inside it.
//!
//! Knows the document only; nothing of layout, searching or screens.
//!
//! From a text to the lines of an outline pane, each with its marker and its label:
//!
//! ```
//! use jingdu::format::{ParseOptions, parse};
//! use jingdu::outline::outline;
//! use jingdu::source;
//!
//! let text = "# 渡口怎么修\n\n\
//!     修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n\n\
//!     修好以后还要管好。首先要有人管，管的人不能总换。其次要有钱管，钱不能年年去讨。\n";
//! let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
//! let outline = outline(&document);
//! let pane = outline.entries.iter().map(|entry| {
//!     let (marker, label) = outline.name(entry);
//!     let indent = "  ".repeat(entry.depth.into());
//!     format!("{indent}{} {}", document.slice(marker), document.slice(label))
//! });
//! assert_eq!(
//!     pane.collect::<Vec<_>>(),
//!     [
//!         " 修渡口要抓住三件事",
//!         "  一是 清淤，让船靠得了岸",
//!         "  二是 加灯，让夜里看得见路",
//!         "  三是 定时，让等船的人心里有数",
//!         " 修好以后还要管好",
//!         "  首先 要有人管，管的人不能总换",
//!         "  其次 要有钱管，钱不能年年去讨",
//!     ]
//! );
//! ```

mod announced;
mod breaks;
mod candidate;
mod context;
mod entry;
mod excluded;
mod family;
mod follow;
mod frame;
mod index;
mod label;
mod list_topic;
mod marker;
mod model;
mod number;
mod number_rules;
mod quiet;
mod reading;
mod repeated;
mod scan;
mod scope;
mod series;
mod settle;
mod style;
mod subheading;
mod thesis;
mod topic;
mod word_rules;

use crate::document::Document;
use crate::text::Span;
pub use index::Index;
pub use model::{CUT, Entry, EntryKind, MarkerPosition, Outline, Point, STOPS, Topic, words_of};
use reading::Reading;
use scope::Scope;
use series::Member;
use std::num::NonZeroU16;

/// Finds the structure of a document. Takes time in proportion to its text.
///
/// ```
/// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
/// let text = "渡口要灯，原因有二：一是夜里船多，二是石阶太滑。修渡口是统一是难事，唯一是乐事。\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let found = outline(&document);
/// let markers: Vec<&str> = found.points.iter().map(|p| document.slice(p.marker)).collect();
/// // the 一是 in 统一是 and 唯一是 is not a marker
/// assert_eq!(markers, ["一是", "二是"]);
/// ```
pub fn outline(document: &Document) -> Outline {
    let document = &Reading::new(document);
    let mut found = scan::find(document);
    settle::settle(document, &mut found);
    let cut = found.len() >= scan::MAX_CANDIDATES;
    let members = series::chain(document.text(), found);
    let plain = subheading::subheadings(document);
    let mut outline = Outline {
        points: points(document, &members, &plain),
        series: series::members_by_series(&members),
        cut,
        ..Outline::default()
    };
    outline.count_headings();
    outline.topics = topic::topics(document, &outline);
    outline
        .topics
        .extend(list_topic::topics(document, &outline));
    outline.topics.sort_by_key(|t| t.span.start);
    thesis::add(document, &mut outline);
    outline.entries = entry::entries(document, &outline, &plain);
    outline.list_subheadings();
    document.put_back(&mut outline);
    outline
}

/// Makes a point of each member of a series. `plain` are the blocks that are sub-headings.
fn points(document: &Reading<'_>, members: &[Member], plain: &[usize]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(members.len());
    let scopes = scope::nest(document, members, plain);
    let starts = members.iter().skip(1).map(|next| next.candidate.start());
    let starts = starts.chain([usize::MAX]);
    for ((member, next), Scope { parent, end }) in members.iter().zip(starts).zip(scopes) {
        let candidate = member.candidate;
        let parent_level = parent.and_then(|p| points.get(p.get())).map(|p| p.level);
        let number = NonZeroU16::new(u16::try_from(member.number).unwrap_or(u16::MAX));
        points.push(Point {
            marker: candidate.span,
            label: label::label(document.text(), &candidate, end.min(next)),
            span: Span::new(candidate.start(), end),
            level: parent_level.map_or(1, |level| level.saturating_add(1)),
            parent,
            series: member.series,
            place: candidate.position,
            number: number.filter(|_| !candidate.family.is_title()),
        });
    }
    label::tell_apart(document.text(), &mut points);
    points
}
