//! The outline of a document: points, series, topics and the entries of the outline pane.

use super::index::Index;
use crate::text::sentence::LABEL_ENDS;
use crate::text::{Pos, Say, Span};
use std::num::NonZeroU16;
use std::ops::Range;

/// The structure of one document. Everything in it is a position in the document's text; nothing
/// is copied.
///
/// ```
/// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
/// let text = "他有两怕：一是怕水，二是怕黑。他有两爱：一是爱茶，二是爱酒。\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let outline = outline(&document);
///
/// // two counts, each a series of its own
/// let series = outline.series.iter().map(|series| {
///     let labels = series.iter().map(|i| document.slice(outline.points[i.get()].label));
///     labels.collect::<Vec<_>>()
/// });
/// assert_eq!(series.collect::<Vec<_>>(), [["一是怕水", "二是怕黑"], ["一是爱茶", "二是爱酒"]]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The points, in text order.
    pub points: Vec<Point>,
    /// The points that are headings, in text order.
    pub(super) headings: Vec<Index>,
    /// The entries that are plain sub-headings, in text order.
    pub(super) subheadings: Vec<Index>,
    /// The points of each series (一组要点), in the order of their first members.
    pub series: Vec<Vec<Index>>,
    /// The paragraphs that carry a series (段旨) or begin with a claim (分论点), in text order.
    pub topics: Vec<Topic>,
    /// The lines of an outline pane, in text order, nested by `depth`.
    pub entries: Vec<Entry>,
    /// True if later points were dropped: the text is nothing but markers.
    pub cut: bool,
}

/// The warning about an outline that was cut.
pub const CUT: Say = (
    "要点太多，后面的没有列出",
    "Too many points; the later ones are not listed",
);

/// An item that its author numbers or orders (要点), or a heading.
///
/// ```
/// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
/// let text = "\
///     一、清淤\n\n\
///     河底的泥要年年清。\n\n\
///     二、加灯\n\n\
///     灯要加在两处：（一）码头上加灯。（二）石阶上加灯。\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let outline = outline(&document);
///
/// let points = outline.points.iter().map(|point| {
///     let number = point.number.map(|n| n.get());
///     (point.level, number, document.slice(point.marker), document.slice(point.label))
/// });
/// assert_eq!(
///     points.collect::<Vec<_>>(),
///     [
///         (1, Some(1), "一、", "一、清淤"),
///         (1, Some(2), "二、", "二、加灯"),
///         (2, Some(1), "（一）", "（一）码头上加灯"),
///         (2, Some(2), "（二）", "（二）石阶上加灯"),
///     ]
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The marker: `一是`, `（二）`, `第三，` without the stop. Empty for a heading without a
    /// number, whose marker prints as `##`.
    pub marker: Span,
    /// Its name: the claim that it makes. Begins at the marker, or behind it where an opener or a
    /// circumstance is left out.
    pub label: Span,
    /// From the marker to its end; lies inside its parent's.
    pub span: Span,
    /// Depth in the tree of points, from 1. Topics are no level.
    pub level: u8,
    /// The point that encloses it.
    pub parent: Option<Index>,
    /// Its series.
    pub series: Index,
    /// The place of its marker.
    pub place: MarkerPosition,
    /// The number it shows: 3 for 三是, ③ and （三）. Clamped to what fits.
    pub number: Option<NonZeroU16>,
}

impl Point {
    /// Returns whether it is a heading by markup, with a number or without.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "\
    ///     # 修渡口\n\n\
    ///     ## 一、清淤\n\n\
    ///     河底的泥要年年清。\n\n\
    ///     ## 二、加灯\n\n\
    ///     灯要加在三处：一是码头，二是石阶，三是路口。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let headings = outline.points.iter().filter(|point| point.is_heading());
    /// let names: Vec<&str> = headings.map(|point| document.slice(point.head())).collect();
    /// assert_eq!(names, ["一、清淤", "二、加灯"]);
    /// ```
    pub fn is_heading(&self) -> bool {
        self.place == MarkerPosition::Heading
    }

    /// Returns the text from its marker to the end of its label, nothing left out.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let second = &outline.points[1];
    /// assert_eq!(document.slice(second.head()), "二是加灯，让夜里看得见路");
    /// ```
    pub fn head(&self) -> Span {
        Span::between(self.span.start, self.label.end)
    }
}

/// Characters between a marker and its label that are not shown.
pub const STOPS: &[char] = &['，', '、', ',', '：', ':', '．', '.', ' ', '　'];

/// Returns the words of a label, without the mark at their end.
///
/// ```
/// use jingdu::outline::words_of;
/// assert_eq!(words_of("让船靠得了岸。"), "让船靠得了岸");
/// assert_eq!(words_of("谁来管渡口？"), "谁来管渡口？");
/// ```
pub fn words_of(label: &str) -> &str {
    label.trim().trim_end_matches(LABEL_ENDS)
}

/// The place of a marker.
///
/// ```
/// use jingdu::outline::MarkerPosition::{Heading, Inline};
/// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
/// let text = "\
///     # 修渡口\n\n\
///     ## 一、清淤\n\n\
///     河底的泥要年年清。\n\n\
///     ## 二、加灯\n\n\
///     灯要加在三处：一是码头，二是石阶，三是路口。\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let outline = outline(&document);
///
/// let places: Vec<_> = outline.points.iter().map(|point| point.place).collect();
/// assert_eq!(places, [Heading, Heading, Inline, Inline, Inline]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerPosition {
    /// In a heading by markup.
    Heading,
    /// At the beginning of a line.
    LineHead,
    /// Inside a paragraph.
    Inline,
}

/// A paragraph that carries a series (段旨), or begins with a claim beside others (分论点).
///
/// ```
/// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
/// let text = "\
///     修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n\n\
///     岸上的人都在等，等到天黑也没有走。\n\n\
///     他有两怕：一是怕水，二是怕黑。\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let outline = outline(&document);
///
/// let topic = &outline.topics[0];
/// assert_eq!(document.slice(topic.label), "修渡口要抓住三件事");
/// assert_eq!(topic.points(), 0..3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name: its claim, the clause that announces the series, or its first clause.
    pub label: Span,
    /// The paragraph, or what of it the series is in; of a list, the line above it and its items.
    pub span: Span,
    pub(super) first: Index,
    pub(super) count: u32,
}

impl Topic {
    /// Returns the indices of the points that it carries; none of a claim alone.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "他有两怕：一是怕水，二是怕黑。\n\n他有三爱：一是爱茶，二是爱酒，三是爱船。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let sizes: Vec<usize> = outline.topics.iter().map(|topic| topic.points().len()).collect();
    /// assert_eq!(sizes, [2, 3]);
    /// ```
    pub fn points(&self) -> Range<usize> {
        let first = self.first.get();
        first..first + self.count as usize
    }
}

/// A line of the outline pane.
///
/// ```
/// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
/// let text = "\
///     # 修渡口\n\n\
///     ## 一、清淤\n\n\
///     河底的泥要年年清。\n\n\
///     ## 二、加灯\n\n\
///     灯要加在三处：一是码头，二是石阶，三是路口。\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let outline = outline(&document);
///
/// // a topic is a step in the pane, though no level of the points
/// let depths: Vec<u8> = outline.entries.iter().map(|entry| entry.depth).collect();
/// assert_eq!(depths, [0, 0, 1, 2, 2, 2]);
/// let parent = outline.entries[5].parent.unwrap();
/// assert_eq!(document.slice(outline.entries[parent.get()].label), "灯要加在三处");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The thing it lists.
    pub kind: EntryKind,
    /// Steps of indentation, from 0. A topic takes a step of its own here.
    pub depth: u8,
    /// The text to show in place: of a point, from its marker to the end of its label.
    pub label: Span,
    /// The text it covers, up to the next entry of the same depth or less.
    pub span: Span,
    /// The nearest entry before it of a lesser depth.
    pub parent: Option<Index>,
}

impl Entry {
    /// Makes an entry whose depth, end and parent are not known yet.
    pub(super) fn draft(kind: EntryKind, label: Span, start: Pos) -> Self {
        Self {
            kind,
            depth: 0,
            label,
            span: Span { start, end: start },
            parent: None,
        }
    }
}

/// The kinds of [`Entry`].
///
/// ```
/// use jingdu::outline::EntryKind::{Point, Topic};
/// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
/// let text = "修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n";
/// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
/// let outline = outline(&document);
///
/// assert!(matches!(outline.entries[0].kind, Topic(topic) if topic.get() == 0));
/// assert!(matches!(outline.entries[3].kind, Point(point) if point.get() == 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The point of that index.
    Point(Index),
    /// The topic of that index.
    Topic(Index),
    /// The abstract before the body (核心提示).
    Lead,
    /// The paragraphs before the first point, where they are an introduction.
    Introduction,
    /// The paragraphs of a part before its first point, where they are long.
    Opening,
    /// The paragraphs behind all that is listed (结语).
    Closing,
    /// A short line that heads what follows without a number.
    Subheading,
}

impl EntryKind {
    /// Returns whether it only tells how the article or a part of it begins or ends.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "\
    ///     # 修渡口\n\n\
    ///     入冬以后，河上的风一天比一天硬，等船的人越来越多，镇上的议论也越来越多。\n\n\
    ///     ## 一、清淤\n\n\
    ///     河底的泥要年年清。\n\n\
    ///     ## 二、加灯\n\n\
    ///     灯要加在三处：一是码头，二是石阶，三是路口。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let quiet: Vec<_> = outline.entries.iter().filter(|entry| entry.kind.is_quiet()).collect();
    /// assert_eq!(quiet.len(), 1);
    /// assert!(document.slice(quiet[0].span).starts_with("入冬以后"));
    /// ```
    pub fn is_quiet(self) -> bool {
        use EntryKind::{Closing, Introduction, Lead, Opening};
        matches!(self, Lead | Introduction | Opening | Closing)
    }
}

impl Outline {
    /// Returns the name of an entry: the marker of its point, empty where it is not a point, and
    /// the label behind it.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let (marker, label) = outline.name(&outline.entries[2]);
    /// assert_eq!((document.slice(marker), document.slice(label)), ("二是", "加灯，让夜里看得见路"));
    /// // a topic has no marker
    /// assert!(outline.name(&outline.entries[0]).0.is_empty());
    /// ```
    pub fn name(&self, entry: &Entry) -> (Span, Span) {
        let point = match entry.kind {
            EntryKind::Point(point) => self.points.get(point.get()),
            _ => None,
        };
        point.map_or((Span::at(entry.label.start), entry.label), |p| {
            let start = p.label.start.max(p.marker.end).min(p.label.end);
            (p.marker, Span::between(start, p.label.end))
        })
    }

    /// Returns the innermost point that holds `pos`.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source, text::Pos};
    /// let text = "\
    ///     # 修渡口\n\n\
    ///     ## 一、清淤\n\n\
    ///     河底的泥要年年清。\n\n\
    ///     ## 二、加灯\n\n\
    ///     灯要加在三处：一是码头，二是石阶，三是路口。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let at = |words| outline.point_at(Pos::new(document.text().find(words).unwrap()));
    /// let name = |words| at(words).map(|point| document.slice(outline.points[point].head()));
    /// assert_eq!(name("年年清"), Some("一、清淤"));
    /// assert_eq!(name("石阶"), Some("二是石阶"));
    /// ```
    pub fn point_at(&self, pos: Pos) -> Option<usize> {
        let after = self.points.partition_point(|p| p.span.start <= pos);
        let mut at = after.checked_sub(1);
        while let Some(i) = at {
            let point = self.points.get(i)?;
            if point.span.contains(pos) {
                return Some(i);
            }
            at = point.parent.map(Index::get);
        }
        None
    }

    /// Returns the innermost entry that holds `pos`, or the nearest before it.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source, text::Pos};
    /// let text = "\
    ///     修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n\n\
    ///     岸上的人都在等，等到天黑也没有走。\n\n\
    ///     他有两怕：一是怕水，二是怕黑。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let at = |words| outline.entry_at(Pos::new(document.text().find(words).unwrap()));
    /// assert_eq!((at("修渡口"), at("看得见路"), at("岸上")), (Some(0), Some(2), Some(3)));
    /// ```
    pub fn entry_at(&self, pos: Pos) -> Option<usize> {
        let after = self.entries.partition_point(|e| e.span.start <= pos);
        after.checked_sub(1)
    }

    /// Returns the innermost entry whose [own span](Self::own_span) holds `pos`. Takes time in
    /// proportion to the depth.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source, text::Pos};
    /// let text = "\
    ///     修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n\n\
    ///     岸上的人都在等，等到天黑也没有走。\n\n\
    ///     他有两怕：一是怕水，二是怕黑。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let at = |words| outline.entry_holding(Pos::new(document.text().find(words).unwrap()));
    /// // the paragraph behind the series is in none of its points
    /// assert_eq!((at("看得见路"), at("岸上")), (Some(2), None));
    /// ```
    pub fn entry_holding(&self, pos: Pos) -> Option<usize> {
        let mut at = self.entry_at(pos);
        while let Some(i) = at {
            if self.own_span(i)?.contains(pos) {
                return Some(i);
            }
            at = self.entries.get(i)?.parent.map(Index::get);
        }
        None
    }

    /// Returns the span of an entry's point or topic, or of the entry where it is neither.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "\
    ///     修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n\n\
    ///     岸上的人都在等，等到天黑也没有走。\n\n\
    ///     他有两怕：一是怕水，二是怕黑。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let third = document.slice(outline.own_span(3).unwrap());
    /// assert_eq!(third, "三是定时，让等船的人心里有数。");
    /// // the entry goes on to the next one
    /// let covered = document.slice(outline.entries[3].span);
    /// assert!(covered.len() > third.len() && covered.contains("没有走"), "{covered}");
    /// ```
    pub fn own_span(&self, entry: usize) -> Option<Span> {
        let entry = self.entries.get(entry)?;
        let own = match entry.kind {
            EntryKind::Point(point) => self.points.get(point.get()).map(|p| p.span),
            EntryKind::Topic(topic) => self.topics.get(topic.get()).map(|t| t.span),
            _ => None,
        };
        Some(own.unwrap_or(entry.span))
    }

    /// Returns the place that a jump to an entry goes to, and what it highlights: a point's
    /// marker, else the label.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "修渡口要抓住三件事。一是清淤，让船靠得了岸。二是加灯，让夜里看得见路。三是定时，让等船的人心里有数。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let highlights = |entry| document.slice(outline.landing(entry).unwrap().1);
    /// assert_eq!((highlights(0), highlights(1)), ("修渡口要抓住三件事", "一是"));
    /// ```
    pub fn landing(&self, entry: usize) -> Option<(Pos, Span)> {
        let entry = self.entries.get(entry)?;
        let marker = match entry.kind {
            EntryKind::Point(point) => self.points.get(point.get()).map(|p| p.marker),
            _ => None,
        };
        let marker = marker.filter(|m| !m.is_empty());
        Some((entry.span.start, marker.unwrap_or(entry.label)))
    }

    /// Returns the place of a point among its like, from 1, and their number: headings and
    /// numbered points are counted apart. O(log n).
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "\
    ///     # 修渡口\n\n\
    ///     ## 一、清淤\n\n\
    ///     河底的泥要年年清。\n\n\
    ///     ## 二、加灯\n\n\
    ///     灯要加在三处：一是码头，二是石阶，三是路口。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// // the second of two headings, and the second of three points below it
    /// assert_eq!((outline.ordinal(1), outline.ordinal(3)), ((2, 2), (2, 3)));
    /// ```
    pub fn ordinal(&self, point: usize) -> (usize, usize) {
        match self.headings.binary_search(&Index::new(point)) {
            Ok(heading) => (heading + 1, self.headings.len()),
            Err(headings) => (
                point + 1 - headings,
                self.points.len() - self.headings.len(),
            ),
        }
    }

    /// Returns the number of headings.
    pub fn headings(&self) -> usize {
        self.headings.len()
    }

    /// Returns whether there is a point or a plain sub-heading to go to.
    pub fn has_stops(&self) -> bool {
        !self.points.is_empty() || !self.subheadings.is_empty()
    }

    /// Returns the label of the plain sub-heading next after (or before) `pos`. O(log n).
    ///
    /// ```
    /// # use jingdu::{document::{BlockKind::Paragraph, Builder}, outline::outline, text::Pos};
    /// let text = "渡口的船天不亮就开，太阳一落山就停，外乡人不知道时辰，多半要在岸上等一夜，等到第二天早上才过得了河。";
    /// let mut builder = Builder::new();
    /// for line in [text, "几时开船", text, "怎么等船", text, "谁来管", text] {
    ///     builder.block(Paragraph, 0, 1, line);
    /// }
    /// let document = builder.finish();
    /// let outline = outline(&document);
    /// let from = Pos::new(document.text().find("怎么等船").unwrap());
    /// let near = |forward| outline.subheading_near(from, forward).map(|label| document.slice(label));
    /// assert_eq!((near(false), near(true)), (Some("几时开船"), Some("谁来管")));
    /// ```
    pub fn subheading_near(&self, pos: Pos, forward: bool) -> Option<Span> {
        let label = |i: &Index| self.entries.get(i.get()).map(|entry| entry.label);
        let start = |i: &Index| label(i).map(|label| label.start);
        let at = if forward {
            self.subheadings.partition_point(|i| start(i) <= Some(pos))
        } else {
            let before = |i: &Index| start(i) < Some(pos);
            self.subheadings.partition_point(before).checked_sub(1)?
        };
        self.subheadings.get(at).and_then(label)
    }

    pub(super) fn list_subheadings(&mut self) {
        let entries = self.entries.iter().enumerate();
        let plain = entries.filter(|(_, entry)| entry.kind == EntryKind::Subheading);
        self.subheadings = plain.map(|(i, _)| Index::new(i)).collect();
    }

    pub(super) fn count_headings(&mut self) {
        let points = self.points.iter().enumerate();
        let headings = points.filter(|(_, point)| point.is_heading());
        self.headings = headings.map(|(i, _)| Index::new(i)).collect();
    }

    /// Returns the place of a point in its series, from 1, and the length of the series.
    ///
    /// ```
    /// # use jingdu::{format::{ParseOptions, parse}, outline::outline, source};
    /// let text = "他有两怕：一是怕水，二是怕黑。\n\n他有三爱：一是爱茶，二是爱酒，三是爱船。\n";
    /// let document = parse(&source::read(text.as_bytes(), None), ParseOptions::default());
    /// let outline = outline(&document);
    ///
    /// let ranks: Vec<_> = (0..5).filter_map(|point| outline.rank(point)).collect();
    /// assert_eq!(ranks, [(1, 2), (2, 2), (1, 3), (2, 3), (3, 3)]);
    /// ```
    pub fn rank(&self, point: usize) -> Option<(usize, usize)> {
        let members = self.series.get(self.points.get(point)?.series.get())?;
        let place = members.binary_search(&Index::new(point)).ok()?;
        Some((place + 1, members.len()))
    }
}
