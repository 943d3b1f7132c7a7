//! The rows of the page of facts: what the source states and where, what the text has, and the
//! share of each of its parts.

use crate::document::FactOrigin;
use crate::layout::{BlockStyle, Face, Measure, Row, lay_out};
use crate::search::Query;
use crate::session::shares::{Share, ShareKind, Shares, SharesRequest};
use crate::session::{Mode, Session};
use crate::text::lang::duration;
use crate::text::{Lang, Pos, Say};

/// Cells of the page at the most.
pub(crate) const MAX_FACTS_WIDTH: u16 = 76;
/// Rows of the body from which on the page begins with an empty one.
const MIN_ROWS_WITH_GAP: u16 = 17;
/// Parts of the article that are listed: a book of headings has a hundred thousand.
const MAX_LISTED_PARTS: usize = 500;

/// A row of the page of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FactsRow {
    Blank,
    /// The heading of the shares.
    Title(Say),
    /// A row about a fact, after its name, and where it is from; without a name from the second
    /// row on.
    Fact(Option<Say>, String, String),
    /// A part, and its length and share.
    Share(String, String),
}

/// A fact: its name, its value, the place that it is from.
type Fact = (Say, String, String);

/// Returns the cells of the column of names.
pub(crate) fn name_width(lang: Lang) -> u16 {
    if lang == Lang::Zh { 8 } else { 13 }
}

/// Counts the article again where the page is open and shows another text; a long one is counted
/// by the world.
pub(crate) fn follow(s: &mut Session) {
    if s.pages.mode() != Mode::Facts {
        s.pages.shares = Shares::default();
    } else if !s.pages.shares.is_of(&s.article) {
        let request = SharesRequest::of(&s.article);
        let is_long = s.find.work.is_long(s.article.document());
        s.pages.shares = Shares::ask(request);
        if !is_long && let Some(request) = s.pages.shares.take_request() {
            s.pages.shares.take(request.answer());
        }
    }
}

/// Returns the rows of the page.
pub(crate) fn rows(s: &Session) -> Vec<FactsRow> {
    let query = Query::new(&s.list(Mode::Facts).filter);
    let passes = |text: String| query.as_ref().is_none_or(|q| !q.find(&text).is_empty());
    let mut rows = Vec::new();
    if s.screen.body.height >= MIN_ROWS_WITH_GAP {
        rows.push(FactsRow::Blank);
    }
    let facts = source_facts(s).into_iter().chain(text_facts(s));
    for (name, value, origin) in facts.filter(|(_, value, _)| !value.is_empty()) {
        if passes(format!("{}  {}  {value}  {origin}", name.0, name.1)) {
            set(s, (name, value, origin), &mut rows);
        }
    }
    let all = s.pages.shares.parts.len();
    let parts = s.pages.shares.parts.iter().take(MAX_LISTED_PARTS);
    let parts = parts.map(|part| (name_of(s, part), share(s, part)));
    let parts: Vec<_> = parts.filter(|(name, _)| passes(name.clone())).collect();
    let title = if s.pages.shares.is_counting {
        Some(("各部分：正在数…", "Parts: counting…"))
    } else if all > MAX_LISTED_PARTS {
        Some(("各部分：只列前 500 个", "Parts: the first 500"))
    } else {
        (!parts.is_empty()).then_some(("各部分", "Parts"))
    };
    if matches!(rows.last(), Some(FactsRow::Fact(..))) && title.is_some() {
        rows.push(FactsRow::Blank);
    }
    rows.extend(title.map(FactsRow::Title));
    let share = |(name, share): (String, String)| FactsRow::Share(name, share);
    rows.extend(parts.into_iter().map(share));
    if rows == [FactsRow::Blank] {
        rows.clear();
    }
    rows
}

/// Sets a fact in rows; its place is on the last one where there is room.
fn set(s: &Session, (name, value, origin): Fact, rows: &mut Vec<FactsRow>) {
    let widths = s.settings.face.widths;
    let width = s.screen.body.width.min(MAX_FACTS_WIDTH);
    let room = width.saturating_sub(name_width(s.settings.lang) + 2);
    let room = usize::from(room).max(2);
    let measure = Measure {
        cells: room,
        widow: false,
        ..Measure::fitted(room, room, true, false, Face::plain(widths))
    };
    let mut name = Some(name);
    let set = lay_out(&value, Pos(0), BlockStyle::default(), &measure, &[]);
    let mut lines: Vec<&str> = set.iter().map(|row: &Row| row.drawn().of(&value)).collect();
    let is_fitting = |line: &&str| widths.text(line) + widths.text(&origin) + 2 <= room;
    if !origin.is_empty() && !lines.last().is_some_and(is_fitting) {
        lines.push("");
    }
    let last = lines.len().saturating_sub(1);
    rows.extend(lines.into_iter().enumerate().map(|(at, line)| {
        let origin = if at == last { origin.as_str() } else { "" };
        FactsRow::Fact(name.take(), line.to_owned(), origin.to_owned())
    }));
}

/// Returns the name of a part.
fn name_of(s: &Session, part: &Share) -> String {
    let lang = s.settings.lang;
    match part.kind {
        ShareKind::Opening => lang.say(("开头", "Opening")).to_owned(),
        ShareKind::Closing => lang.say(("结尾", "Closing")).to_owned(),
        ShareKind::Section => {
            let (marker, label) = part.name;
            let document = s.article.document();
            let text = |span| document.slice(span).replace('\n', "");
            let (marker, label) = (text(marker), text(label));
            [marker, label].join(" ").trim().to_owned()
        }
    }
}

/// Returns the length of a part, and its share of the article.
fn share(s: &Session, part: &Share) -> String {
    let all = s.article.length.max(1);
    let per_cent = (part.length * 100 + all / 2) / all;
    let length = part.length;
    let lang = s.settings.lang;
    lang.say_owned(
        format!("{length} 字 {per_cent:>3}%"),
        format!("{length} {per_cent:>3}%"),
    )
}

/// Returns the place that a fact is from.
fn origin(s: &Session, origin: Option<FactOrigin>, line: Option<u32>, value: &str) -> String {
    let lang = s.settings.lang;
    let meta = s.article.facts();
    let is_of_title = || {
        let written = meta.title_as_written.as_deref();
        !value.is_empty() && written.is_some_and(|title| title.contains(value))
    };
    let place: Say = match origin {
        None => return String::new(),
        Some(FactOrigin::Head) => ("文件头", "head of the file"),
        Some(FactOrigin::Heading) => ("标题", "heading"),
        Some(FactOrigin::Line) => ("正文", "text"),
        Some(FactOrigin::Data) => ("网页数据", "page data"),
        Some(FactOrigin::Page) => ("网页 meta", "page meta"),
        Some(FactOrigin::Closing) if is_of_title() => ("标题", "title"),
        Some(FactOrigin::Closing) => ("文末", "end of the text"),
        Some(FactOrigin::Site) => ("网站", "site"),
        Some(FactOrigin::Address) => ("网址或文件名", "address or file name"),
    };
    let has_line = matches!(
        origin,
        Some(FactOrigin::Head | FactOrigin::Heading | FactOrigin::Line | FactOrigin::Closing)
    );
    match line.filter(|_| has_line) {
        Some(line) => lang.say_owned(
            format!("{}，第 {line} 行", place.0),
            format!("{}, line {line}", place.1),
        ),
        None => lang.say(place).to_owned(),
    }
}

/// Returns the facts that the source states.
fn source_facts(s: &Session) -> [Fact; 7] {
    let (meta, lines) = (s.article.facts(), s.pages.shares.lines);
    let origins = meta.origins;
    let stated = |fact: &Option<String>| fact.clone().unwrap_or_default();
    let fact = |name: Say, value: String, place: Option<FactOrigin>, line: Option<u32>| {
        let origin = origin(s, place, line, &value);
        (name, value, origin)
    };
    let title = s.article.title().to_owned();
    let title = if meta.title.is_empty() {
        let name = s.settings.lang.say(("文件名", "file name"));
        (("标题", "Title"), title, name.to_owned())
    } else {
        fact(("标题", "Title"), title, origins.title, lines.title)
    };
    let date = meta.shown_date().unwrap_or_default().to_owned();
    [
        title,
        (
            ("原题", "As written"),
            stated(&meta.title_as_written),
            String::new(),
        ),
        fact(
            ("作者", "Author"),
            stated(&meta.author),
            origins.author,
            lines.author,
        ),
        fact(
            ("来源", "Source"),
            stated(&meta.source),
            origins.source,
            lines.source,
        ),
        fact(
            ("编辑", "Editor"),
            stated(&meta.editor),
            origins.editor,
            lines.editor,
        ),
        fact(("日期", "Date"), date, origins.date, lines.date),
        (("标签", "Tags"), meta.tags.join("  "), String::new()),
    ]
}

/// Returns the facts of the text, of its reading and of its file.
fn text_facts(s: &Session) -> [Fact; 10] {
    let (meta, lang) = (s.article.facts(), s.settings.lang);
    let (length, pace) = (s.article.length, s.pace());
    let all = duration(length.div_ceil(pace) as u64);
    let left = (length * (100 - s.per_cent().min(100)) / 100).div_ceil(pace);
    let left = duration(left as u64);
    let needed = lang.say_owned(
        format!("{}，还剩 {}，按每分钟 {pace} 字", all.0, left.0),
        format!("{}, {} left, at {pace} characters a minute", all.1, left.1),
    );
    let outline = &s.article.outline;
    let headings = outline.headings();
    let points = outline.points.len() - headings;
    let series = s.pages.shares.series;
    let points = if s.pages.shares.is_counting {
        points.to_string()
    } else {
        lang.say_owned(
            format!("{points} 个，{series} 组"),
            format!("{points} in {series} series"),
        )
    };
    let paragraphs = s.article.document().paragraphs();
    let format = format!("{}  {}", meta.format, meta.encoding);
    let fact = |name: Say, value: String| (name, value, String::new());
    [
        fact(("字数", "Length"), length.to_string()),
        fact(("约需", "Time"), needed),
        fact(("已读", "Read"), read(s)),
        fact(("段落", "Paragraphs"), paragraphs.to_string()),
        fact(("小标题", "Headings"), headings.to_string()),
        fact(("要点", "Points"), points),
        fact(("主旨句", "Topics"), outline.topics.len().to_string()),
        fact(("折叠", "Folded"), folded(s)),
        fact(("文件", "File"), s.article.name.clone()),
        fact(("格式", "Format"), format),
    ]
}

/// Returns a time in whole minutes as it is said.
fn minutes(ms: u64) -> (String, String) {
    match ms / 60_000 {
        0 if ms > 0 => ("不到 1 分钟".to_owned(), "under 1 min".to_owned()),
        minutes => {
            let (zh, en) = duration(minutes);
            (format!(" {zh}"), en)
        }
    }
}

/// Returns the minutes that this article was read, in this session and this week.
fn read(s: &Session) -> String {
    let (totals, fresh) = (s.memory.totals, s.memory.pace.session);
    let article = minutes(totals.article.ms + s.memory.pace.here.ms);
    let (week, now) = (minutes(totals.week.ms + fresh.ms), minutes(fresh.ms));
    s.settings.lang.say_owned(
        format!("本文{}，这次{}，近七天{}", article.0, now.0, week.0),
        format!(
            "this article {}, this session {}, last seven days {}",
            article.1, now.1, week.1
        ),
    )
}

/// Returns the number of folded lines, and their kinds.
fn folded(s: &Session) -> String {
    let (lang, folded) = (s.settings.lang, s.article.folded);
    let kinds = s.pages.shares.folded.iter();
    let kinds = kinds.map(|(kind, count)| format!("{} {count}", lang.say(*kind)));
    let kinds: Vec<String> = kinds.collect();
    if kinds.is_empty() {
        return folded.to_string();
    }
    lang.say_owned(
        format!("{folded} 行：{}；gr 看原文件", kinds.join("、")),
        format!(
            "{folded} {}: {}; gr shows the source",
            if folded == 1 { "line" } else { "lines" },
            kinds.join(", ")
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_parts_are_not_listed() {
        let text = "## 一节\n\n说了几句话。\n\n".repeat(800);
        let source = crate::source::read(text.as_bytes(), None);
        let mut s = Session::new(crate::session::Settings::default(), 80, 24);
        s.open(crate::session::Article::new("a.md", source));
        s.pages.open(Mode::Facts);
        follow(&mut s);
        let parts = rows(&s);
        let parts = parts
            .iter()
            .filter(|row| matches!(row, FactsRow::Share(..)));
        assert_eq!(parts.count(), MAX_LISTED_PARTS);
    }

    #[test]
    fn seconds_are_no_minute() {
        let said = [0, 1000, 59_999, 61_000, 7_260_000].map(|ms| minutes(ms).0);
        let under = "不到 1 分钟";
        assert_eq!(said, [" 0 分钟", under, under, " 1 分钟", " 2 小时 1 分"]);
    }
}
