//! Lines that state facts about the article: editor, author, place and date of publication.
//!
//! 1. [`FactLine`] takes a line apart into statements.
//! 2. Tests of rules over such lines, which return what a line states beside its own fact.
//! 3. [`entries`]: lines that state a fact again and again, which are the author's.
//!
//! Folds nothing: the rules are in [`RULES`](crate::format::rules::RULES).

use crate::document::BlockKind::{Heading, Item, Paragraph, Quote};
use crate::document::Meta;
use crate::format::clean::zones::{Zone, Zones};
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::facts::date_words::{is_date_char, leading_date};
use crate::format::facts::labels::{self, MAX_STATEMENT_CHARS, Statement};
use crate::format::facts::{Fact, Facts, Place, signed, unlabelled_byline, values};
use crate::format::{date, prose};
use crate::text::script::{simplified, simplify};
use crate::text::words::Words;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// A kind of line that states a fact: the fact, and its label if it has one.
pub(crate) type Kind = (Fact, String);

/// Limit of a line that is split into statements, in characters.
pub(crate) const MAX_LINE_CHARS: usize = MAX_STATEMENT_CHARS + 40;

/// A line as the rules see it.
pub(crate) struct FactLine<'a> {
    text: &'a str,
    /// The text without brackets around it and tools.
    bare: Cow<'a, str>,
    /// True for a line short enough to be split into statements.
    short: bool,
    /// True where it begins with a date and has nothing else.
    dated: bool,
    statements: Vec<Statement>,
    /// The fact that the statements begin with, counters aside, where all of them fit.
    lead: Option<Fact>,
}

impl<'a> FactLine<'a> {
    /// Reads a line; `title` is the [key](prose::key) of the article's title.
    pub(crate) fn new(text: &'a str, title: &str) -> Self {
        let text = text.trim();
        let mut line = Self {
            text,
            bare: Cow::Borrowed(text),
            short: prose::at_most(text, MAX_LINE_CHARS),
            dated: false,
            statements: Vec::new(),
            lead: None,
        };
        if !line.short {
            return line;
        }
        line.bare = match labels::without_tools(labels::without_brackets(text)) {
            Cow::Borrowed(bare) => Cow::Borrowed(bare.trim()),
            Cow::Owned(bare) => Cow::Owned(bare.trim().to_owned()),
        };
        let (date, rest) = leading_date(&line.bare);
        line.dated = date.is_some() && rest.is_empty();
        line.statements = labels::statements(rest);
        if let Some(date) = date.filter(|_| !line.statements.is_empty()) {
            line.statements.insert(0, Statement::new(Fact::Date, date));
        }
        // counters and sizes may stand before what is stated
        if line.statements.iter().all(|s| s.fits(title)) {
            let facts = line.statements.iter().map(|s| s.fact);
            let first = facts.clone().next();
            let is_minor = |f: &Fact| matches!(f, Fact::Other | Fact::Publisher);
            line.lead = facts.clone().find(|f| !is_minor(f)).or(first);
        }
        line
    }

    /// Returns the kind of a line that states who, where or when.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let is_date = || self.is_date_alone() && date::read(&self.bare).is_some();
        match self.lead {
            Some(fact @ (Fact::Author | Fact::Source | Fact::Date)) => {
                // the time of a date has a colon, too
                let (_, rest) = leading_date(&self.bare);
                let end = rest.find(['：', ':', '/', '／', '|', '｜']).unwrap_or(0);
                let label = rest.get(..end).unwrap_or_default();
                Some((fact, simplified(label.trim()).into_owned()))
            }
            None if self.short && is_date() => Some((Fact::Date, String::new())),
            _ => None,
        }
    }

    /// Returns whether the line is nothing but a date.
    fn is_date_alone(&self) -> bool {
        let in_date = |c: char| c.is_whitespace() || is_date_char(c);
        self.dated || self.bare.chars().all(in_date)
    }

    /// Returns the statements where they begin with this fact.
    pub(crate) fn led_by(&self, fact: Fact) -> Option<Vec<Statement>> {
        (self.lead == Some(fact)).then(|| self.statements.clone())
    }
}

/// Recognises a block that may state facts of the article; a caption states those of its picture.
pub(crate) fn may_state(draft: &DraftBlock) -> bool {
    draft.is_shown() && matches!(draft.kind, Paragraph | Heading(_) | Item | Quote)
}

/// Returns the kinds of lines that state a fact again and again, in the body too: the dates of a
/// diary, the authors of a list of books. They are the author's.
pub(crate) fn entries<'a>(
    lines: impl Iterator<Item = (usize, &'a FactLine<'a>)>,
    zones: &Zones,
) -> HashSet<Kind> {
    let (mut seen, mut twice, mut inside) = (HashMap::new(), HashSet::new(), HashSet::new());
    for (i, line) in lines {
        let Some(kind) = line.kind() else {
            continue;
        };
        if !zones.holds(Zone::Ends, i) {
            inside.insert(kind.clone());
        }
        let text = line.text;
        // short texts have no body: two authors with lines between them wrote two of them
        if let Some((before, other)) = seen.insert(kind.clone(), (i, text)) {
            let is_author = kind.0 == Fact::Author && i > before + 1;
            // the name under the title may be given again below
            if is_author && other == text && zones.holds(Zone::NearHead, before) {
                continue;
            }
            if is_author && !other.starts_with(text) && !text.starts_with(other) {
                inside.insert(kind.clone());
            }
            twice.insert(kind);
        }
    }
    // other facts beside one of their authors are theirs as well
    let has_authors = inside.iter().any(|(fact, _): &Kind| *fact == Fact::Author);
    if has_authors {
        inside.extend(twice.iter().cloned());
    }
    let mut entries: HashSet<Kind> = twice.intersection(&inside).cloned().collect();
    // and what only one of their works has, as a translator
    if entries.iter().any(|(fact, _)| *fact == Fact::Author) {
        entries.extend(inside);
    }
    entries
}

/// Takes the author's name on the line below 文/.
pub(crate) fn name_below(page: &mut DraftDocument) {
    let is_bare = |d: &DraftBlock| {
        let label = d
            .text
            .trim_end_matches(['/', '／', '|', '｜', '：', ':', ' ']);
        d.folded == Some("author-line") && label.chars().count() <= 2
    };
    let bare = page.blocks.iter().position(is_bare);
    let next = bare.and_then(|i| page.blocks.get_mut(i + 1));
    if let Some(next) = next.filter(|d| d.is_shown() && is_name(&d.text)) {
        page.facts.offer(Fact::Author, Place::Line, &next.text);
        next.folded = Some("author-line");
        page.facts.settle(&mut page.meta);
    }
}

/// Accepts nothing but counters: `阅读量：1234`, `浏览 20 字号`.
pub(crate) fn counters(line: &FactLine, _: &Meta) -> Option<Vec<Statement>> {
    let is_count = |s: &Statement| s.value.chars().any(|c| c.is_ascii_digit());
    (matches!(line.lead, Some(Fact::Other | Fact::Publisher))
        && line.statements.iter().all(is_count))
    .then(Vec::new)
}

/// Accepts the author's name alone.
pub(crate) fn author_again(line: &FactLine, meta: &Meta) -> Option<Vec<Statement>> {
    let author = meta.author.as_deref()?;
    (prose::key(author) == prose::key(&line.bare)).then(Vec::new)
}

/// Accepts an introduction of the author: `作者简介：…`, `作者系某大学教授。`.
pub(crate) fn introduction(line: &FactLine, _: &Meta) -> Option<Vec<Statement>> {
    static LABELS: Words = Words::new("作者简介 关于作者 作者介绍 作者单位");
    static SENTENCES: Words = Words::new("作者系 作者为 作者是");
    let mut labelled = LABELS.rests(&line.bare).map(str::trim_start);
    let is_label = labelled.any(|rest| rest.starts_with(['：', ':', '】', '｜', '|']));
    let is_sentence = || {
        SENTENCES.starts(&line.bare)
            && prose::len(line.text) <= MAX_STATEMENT_CHARS
            && line.text.matches('。').count() <= 1
    };
    (is_label || is_sentence()).then(Vec::new)
}

/// Accepts the place of publication: `本文原刊于某刊。`.
pub(crate) fn printed_in(line: &FactLine, _: &Meta) -> Option<Vec<Statement>> {
    static PRINTED: Words = Words::new(
        "本文原刊载 本文原刊 本文原载 原载 原刊 原刊 原载 原刊于 原载于 本文刊于 本文首发 本文转载自 本文选自 本文来源 转载自",
    );
    let rest = PRINTED.strip_prefix(&line.bare)?;
    // a sentence that goes on is the author's
    let mut clauses = rest.split(['，', ',', '。']).skip(1);
    if !clauses.all(|clause| clause.is_empty() || values::is_remark(clause.trim())) {
        return None;
    }
    let source = rest.trim_start_matches(|c| "于在：: ".contains(simplify(c)));
    let source = source.trim_end_matches('。');
    values::source(source)?;
    let author = signed::author_of_origin(&line.bare);
    let author = author.map(|name| Statement::new(Fact::Author, &name));
    let source = Some(Statement::new(Fact::Source, source));
    Some(source.into_iter().chain(author).collect())
}

/// Accepts `某人 在 星期三, 03/19/2014 - 13:58 提交`, or a date alone; not a law's 国务院发布,
/// which has no time of day.
pub(crate) fn posted_on(line: &FactLine, meta: &Meta) -> Option<Vec<Statement>> {
    static POSTED: Words = Words::new("发布 发表");
    let posted = line.text.ends_with("提交") || line.text.contains(':') && POSTED.ends(line.text);
    let may_be = line.short && (posted || line.is_date_alone());
    let date = may_be.then(|| date::read(&line.bare)).flatten()?;
    // a date that is known already stays as it is
    let new = Some(Statement::new(Fact::Date, &date)).filter(|_| meta.date.is_none());
    Some(new.into_iter().collect())
}

/// Accepts an author without a label: `本报评论员 某甲`.
pub(crate) fn unlabelled_author(line: &FactLine, meta: &Meta) -> Option<Vec<Statement>> {
    has_title(meta)?;
    let author = unlabelled_byline::read(line.text)?;
    Some(vec![Statement::new(Fact::Author, &author)])
}

/// Accepts a date without a label: `2019年3月5日 10:20 某报 某甲`.
pub(crate) fn unlabelled_date(line: &FactLine, meta: &Meta) -> Option<Vec<Statement>> {
    has_title(meta)?;
    let (date, rest) = leading_date(labels::without_brackets(line.text));
    let mut stated = vec![Statement::new(Fact::Date, date?)];
    let mut words = rest.split_whitespace();
    if let Some(paper) = words.next() {
        let is_name = values::is_site(paper) && !prose::has_stop(paper);
        let is_paper = is_name && prose::at_most(paper, 14);
        stated.push(is_paper.then(|| Statement::new(Fact::Source, paper))?);
    }
    if let Some(author) = words.next() {
        stated.push(is_name(author).then(|| Statement::new(Fact::Author, author))?);
    }
    words.next().is_none().then_some(stated)
}

/// Returns something where the title is known: a line without a label is recognised by its place
/// between title and text.
fn has_title(meta: &Meta) -> Option<()> {
    (!meta.title.is_empty()).then_some(())
}

/// Recognises the name of a person.
fn is_name(text: &str) -> bool {
    let in_name = |c: char| c.is_alphabetic() || c.is_whitespace() || "·・.".contains(c);
    (2..=12).contains(&prose::len(text)) && text.chars().all(in_name)
}

/// Offers what a line states.
pub(crate) fn state(stated: &[Statement], facts: &mut Facts, meta: &mut Meta) {
    for Statement { fact, value } in stated {
        match fact {
            Fact::Title if meta.title.is_empty() => {
                value.clone_into(&mut meta.title);
                meta.origins.title = Some(Place::Line);
            }
            Fact::Title | Fact::Other => {}
            // 转载自 without a name says that the site is not the source
            fact => facts.offer(*fact, Place::Line, value),
        }
    }
    facts.settle(meta);
}
