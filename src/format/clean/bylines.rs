//! Moves lines that state a fact about the article to its facts: editor, author, place and
//! date of publication.
//!
//! 1. [`BYLINES`]: one row a rule: its name, where it works, and its test.
//! 2. [`read`] tries the rules in their order on every line.
//!
//! A line goes only if all of it is such a statement and is short.

use crate::document::BlockKind::{Caption, Heading, Item, Paragraph, Quote};
use crate::document::Meta;
use crate::format::clean::zones::Zone::{self, Anywhere, Head, NearHead};
use crate::format::clean::zones::Zones;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::facts::date_words::{is_date_char, leading_date};
use crate::format::facts::labels::{self, MAX_STATEMENT_CHARS, Statement};
use crate::format::facts::unlabelled_byline;
use crate::format::facts::{Fact, Facts, Place, values};
use crate::format::{date, prose};
use crate::text::script::{simplified, simplify};
use crate::text::words::Words;
use std::borrow::Cow;
use std::collections::HashSet;

/// Returns the statements of a line beside the rule's own fact, or `None` where the rule does
/// not fit the line.
type Test = fn(&Line, &Meta) -> Option<Vec<Statement>>;

/// A kind of line that states a fact: the fact, and its label if it has one.
type Kind = (Fact, String);

/// A rule: its name, the part of the article in which it works, and its test.
struct Byline(&'static str, Zone, Test);

/// The rules; the first that fits takes the line.
const BYLINES: &[Byline] = &[
    Byline("editor-line", Anywhere, |l, _| l.led_by(Fact::Editor)),
    Byline("original-title", Anywhere, |l, _| l.led_by(Fact::Title)),
    Byline("author-line", Zone::NearEnds, |l, _| l.led_by(Fact::Author)),
    Byline("source-line", Zone::NearEnds, |l, _| l.led_by(Fact::Source)),
    Byline("date-line", Zone::NearEnds, |l, _| l.led_by(Fact::Date)),
    Byline("date-line", Zone::NearEnds, |l, _| l.led_by(Fact::Updated)),
    Byline("share-line", Zone::NearEnds, counters),
    Byline("author-line", NearHead, author_again),
    Byline("author-box", Zone::NearEnds, introduction),
    Byline("source-line", Zone::NearEnds, printed_in),
    Byline("date-line", NearHead, posted_on),
    Byline("author-line", Head, unlabelled_author),
    Byline("date-line", Head, unlabelled_date),
];

/// Limit of a line that is split into statements, in characters.
const MAX_LINE_CHARS: usize = MAX_STATEMENT_CHARS + 40;

/// Longest introduction of the author, in characters.
const MAX_BOX_CHARS: usize = 225;

/// A line as the rules see it.
struct Line<'a> {
    text: &'a str,
    /// The text without brackets around it and tools.
    bare: Cow<'a, str>,
    /// True for a line short enough to be split into statements.
    short: bool,
    statements: Vec<Statement>,
    /// The fact that the statements begin with, counters aside, where all of them fit.
    lead: Option<Fact>,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, title: &str) -> Self {
        let text = text.trim();
        let mut line = Line {
            text,
            bare: Cow::Borrowed(text),
            short: prose::at_most(text, MAX_LINE_CHARS),
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
    fn kind(&self) -> Option<Kind> {
        let is_date = || date::read(&self.bare).is_some() && self.is_date_alone();
        match self.lead {
            Some(fact @ (Fact::Author | Fact::Source | Fact::Date)) => {
                let end = self
                    .bare
                    .find(['：', ':', '/', '／', '|', '｜'])
                    .unwrap_or(0);
                let label = self.bare.get(..end).unwrap_or_default();
                Some((fact, simplified(label.trim()).into_owned()))
            }
            None if self.short && is_date() => Some((Fact::Date, String::new())),
            _ => None,
        }
    }

    /// Returns whether the line is nothing but a date.
    fn is_date_alone(&self) -> bool {
        let in_date = |c: char| c.is_whitespace() || is_date_char(c);
        self.bare.chars().all(in_date)
    }

    /// Returns the statements where they begin with this fact.
    fn led_by(&self, fact: Fact) -> Option<Vec<Statement>> {
        (self.lead == Some(fact)).then(|| self.statements.clone())
    }
}

/// Returns whether a rule would take a block in the head or the tail.
pub(crate) fn claims(draft: &DraftBlock) -> bool {
    let meta = Meta::default();
    let line = readable(draft, MAX_BOX_CHARS).map(|text| Line::new(text, ""));
    line.is_some_and(|line| {
        let takes = |Byline(_, _, test): &Byline| test(&line, &meta).is_some();
        BYLINES.iter().any(takes)
    })
}

/// Returns the text of a block that may be a byline.
fn readable<'a>(draft: &'a DraftBlock, max_chars: usize) -> Option<&'a str> {
    let is_line = matches!(draft.kind, Paragraph | Heading(_) | Item | Quote | Caption);
    let may = draft.is_shown() && is_line && draft.text.len() <= 4 * max_chars;
    may.then_some(&draft.text)
}

/// Moves bylines to the facts.
pub(crate) fn read(page: &mut DraftDocument, zones: &Zones) {
    let title = prose::key(&page.meta.title);
    let (drafts, meta, facts) = (&mut page.blocks, &mut page.meta, &mut page.facts);
    facts.settle(meta);
    let entries = entries(drafts, zones, &title);
    for (i, draft) in drafts.iter_mut().enumerate() {
        let near = zones.holds(Zone::NearEnds, i);
        let max_chars = if near { MAX_BOX_CHARS } else { MAX_LINE_CHARS };
        let Some(text) = readable(draft, max_chars) else {
            continue;
        };
        let line = Line::new(text, &title);
        if line.kind().is_some_and(|kind| entries.contains(&kind)) {
            continue;
        }
        let rules = BYLINES.iter().filter(|rule| zones.holds(rule.1, i));
        let takes = |Byline(name, _, test): &Byline| Some((*name, test(&line, meta)?));
        if let Some((name, stated)) = rules.clone().find_map(takes) {
            for statement in &stated {
                state(statement, facts, meta);
            }
            facts.settle(meta);
            draft.folded = Some(name);
        }
    }
    name_below(drafts, facts);
    facts.settle(meta);
}

/// Returns the kinds of lines that state a fact again and again, in the body too: the dates of a
/// diary, the authors of a list of books. They are the author's.
fn entries(drafts: &[DraftBlock], zones: &Zones, title: &str) -> HashSet<Kind> {
    let (mut seen, mut twice, mut inside) = (HashSet::new(), HashSet::new(), HashSet::new());
    for (i, draft) in drafts.iter().enumerate() {
        let text = readable(draft, MAX_LINE_CHARS);
        let Some(kind) = text.and_then(|text| Line::new(text, title).kind()) else {
            continue;
        };
        if !zones.holds(Zone::Ends, i) {
            inside.insert(kind.clone());
        }
        if !seen.insert(kind.clone()) {
            twice.insert(kind);
        }
    }
    twice.intersection(&inside).cloned().collect()
}

/// Takes the author's name on the line below 文/.
fn name_below(drafts: &mut [DraftBlock], facts: &mut Facts) {
    let is_bare = |d: &DraftBlock| {
        let label = d
            .text
            .trim_end_matches(['/', '／', '|', '｜', '：', ':', ' ']);
        d.folded == Some("author-line") && label.chars().count() <= 2
    };
    let bare = drafts.iter().position(is_bare);
    let next = bare.and_then(|i| drafts.get_mut(i + 1));
    if let Some(next) = next.filter(|d| d.is_shown() && is_name(&d.text)) {
        facts.offer(Fact::Author, Place::Line, &next.text);
        next.folded = Some("author-line");
    }
}

/// Accepts nothing but counters: `阅读量：1234`, `浏览 20 字号`.
fn counters(line: &Line, _: &Meta) -> Option<Vec<Statement>> {
    let is_count = |s: &Statement| s.value.chars().any(|c| c.is_ascii_digit());
    (matches!(line.lead, Some(Fact::Other | Fact::Publisher))
        && line.statements.iter().all(is_count))
    .then(Vec::new)
}

/// Accepts the author's name alone.
fn author_again(line: &Line, meta: &Meta) -> Option<Vec<Statement>> {
    let author = meta.author.as_deref()?;
    (prose::key(author) == prose::key(&line.bare)).then(Vec::new)
}

/// Accepts an introduction of the author: `作者简介：…`, `作者系某大学教授。`.
fn introduction(line: &Line, _: &Meta) -> Option<Vec<Statement>> {
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
fn printed_in(line: &Line, _: &Meta) -> Option<Vec<Statement>> {
    static PRINTED: Words = Words::new(
        "本文原刊 本文原载 原刊于 原载于 本文刊于 本文首发 本文转载自 本文选自 本文来源 转载自",
    );
    let rest = PRINTED.strip_prefix(&line.bare)?;
    let source = rest.trim_start_matches(|c| "于在：: ".contains(simplify(c)));
    // a sentence that goes on is the author's
    let source = source.trim_end_matches('。');
    values::source(source)?;
    let source = Statement::new(Fact::Source, source);
    (prose::len(line.text) <= MAX_STATEMENT_CHARS).then(|| vec![source])
}

/// Accepts `某人 在 星期三, 03/19/2014 - 13:58 提交`, or a date alone; not a law's 国务院发布,
/// which has no time of day.
fn posted_on(line: &Line, meta: &Meta) -> Option<Vec<Statement>> {
    static POSTED: Words = Words::new("发布 发表");
    let posted = line.text.ends_with("提交") || line.text.contains(':') && POSTED.ends(line.text);
    let date = date::read(&line.bare).filter(|_| line.short && (posted || line.is_date_alone()))?;
    // a date that is known already stays as it is
    let new = Some(Statement::new(Fact::Date, &date)).filter(|_| meta.date.is_none());
    Some(new.into_iter().collect())
}

/// Accepts an author without a label: `本报评论员 某甲`.
fn unlabelled_author(line: &Line, meta: &Meta) -> Option<Vec<Statement>> {
    has_title(meta)?;
    let author = unlabelled_byline::read(line.text)?;
    Some(vec![Statement::new(Fact::Author, &author)])
}

/// Accepts a date without a label: `2019年3月5日 10:20 某报 某甲`.
fn unlabelled_date(line: &Line, meta: &Meta) -> Option<Vec<Statement>> {
    has_title(meta)?;
    if !prose::at_most(line.text, MAX_STATEMENT_CHARS) {
        return None;
    }
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
fn state(statement: &Statement, facts: &mut Facts, meta: &mut Meta) {
    let value = statement.value.as_str();
    match statement.fact {
        Fact::Title if meta.title.is_empty() => value.clone_into(&mut meta.title),
        Fact::Title | Fact::Other => {}
        // 转载自 without a name says that the site is not the source
        fact => facts.offer(fact, Place::Line, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(line: &str) -> (Option<&'static str>, Meta) {
        let mut page = DraftDocument::default();
        page.meta.title = "城市群的未来".into();
        page.block(Paragraph, 0, 1, line);
        let zones = Zones::of(&page, claims);
        read(&mut page, &zones);
        (page.blocks[0].folded, page.meta)
    }

    #[test]
    fn lines_go_by_the_rule_of_what_they_state_first() {
        for (line, rule) in [
            ("（责任编辑 ：某甲）", "editor-line"),
            ("口述｜某甲、整理｜某乙", "author-line"),
            ("刊登日期/ 2021.05.26", "date-line"),
            ("原标题：城市群的未来", "original-title"),
            ("某人 在 星期三, 03/19/2014 - 13:58 提交", "date-line"),
            ("阅读量：1234", "share-line"),
            ("本文原刊於2018年某刊", "source-line"),
        ] {
            assert_eq!(facts(line).0, Some(rule), "{line}");
        }
        for line in ["[责任编辑：某甲]", "责任编辑 某甲"] {
            assert_eq!(facts(line).1.editor.as_deref(), Some("某甲"), "{line}");
        }
    }

    /// Lines with the rule that takes them, and the date, source and author that they state.
    const STATEMENTS: &str = "\
来源：某报 作者：某乙 ¦ source-line ¦ - ¦ 某报 ¦ 某乙
发布时间：2011-05-06 发布人： ¦ date-line ¦ 2011-05-06 ¦ - ¦ -
2019-03-05 10:20 来源：某报 作者：某乙 ¦ date-line ¦ 2019-03-05 10:20 ¦ 某报 ¦ 某乙
作者：某乙 | 来源：某报 | 2019年3月4日 ¦ author-line ¦ 2019-03-04 ¦ 某报 ¦ 某乙
发布时间：2019-02-22 07:31 来源：某网 作者：某乙 字号： 大 中 小 打印 分享到： 微信 ¦ date-line ¦ 2019-02-22 07:31 ¦ 某网 ¦ 某乙
浏览次数：1234 来源：某网 2019-02-22 ¦ source-line ¦ 2019-02-22 ¦ 某网 ¦ -
2024年05月06日09:10 | 来源：某网－某报 ¦ date-line ¦ 2024-05-06 09:10 ¦ 某网－某报 ¦ -
作者：某乙（某大学教授） ¦ author-line ¦ - ¦ - ¦ 某乙（某大学教授）
（作者：某乙（某大学教授）） ¦ author-line ¦ - ¦ - ¦ 某乙（某大学教授）
2024年05月06日 09:00 江城日报 ¦ date-line ¦ 2024-05-06 09:00 ¦ 江城日报 ¦ -
2024年05月06日 09:00 江城日报 林深 ¦ date-line ¦ 2024-05-06 09:00 ¦ 江城日报 ¦ 林深
2024年05月06日 09:00江城日报 ¦ date-line ¦ 2024-05-06 09:00 ¦ 江城日报 ¦ -
2024年05月06日江城日报 ¦ date-line ¦ 2024-05-06 ¦ 江城日报 ¦ -
2024年5月6日　星期一 ¦ date-line ¦ 2024-05-06 ¦ - ¦ -
2024年5月6日（星期一） ¦ date-line ¦ 2024-05-06 ¦ - ¦ -
二〇二四年五月六日 ¦ date-line ¦ 2024-05-06 ¦ - ¦ -
发布时间：二〇二四年五月六日 ¦ date-line ¦ 2024-05-06 ¦ - ¦ -
来源：《某刊》2024/09作者：林深2024-05-01 09:00:00 ¦ source-line ¦ 2024-05-01 09:00 ¦ 《某刊》2024/09 ¦ 林深
来源：《某刊》2024/09 作者：林深 2024-05-01 09:00:00 ¦ source-line ¦ 2024-05-01 09:00 ¦ 《某刊》2024/09 ¦ 林深
2024-05-06 09:00 来源： 江城市政府 字号：默认 大 超大 | 打印 | ¦ date-line ¦ 2024-05-06 09:00 ¦ 江城市政府 ¦ -
来源： 江城市政府 字号：默认 大 超大 ¦ source-line ¦ - ¦ 江城市政府 ¦ -
本报评论员 林深 ¦ author-line ¦ - ¦ - ¦ 林深
◎林深 ¦ author-line ¦ - ¦ - ¦ 林深";

    #[test]
    fn statements_become_facts() {
        for row in STATEMENTS.lines() {
            let cells: Vec<&str> = row
                .split(" ¦ ")
                .map(|c| if c == "-" { "" } else { c })
                .collect();
            let traditional = hanconv::s2tw(cells[0]);
            assert_eq!(facts(&traditional).0, Some(cells[1]), "{traditional}");
            let (found, meta) = facts(cells[0]);
            let stated = [meta.date, meta.source, meta.author].map(Option::unwrap_or_default);
            assert_eq!(found, Some(cells[1]), "{row}");
            assert_eq!(stated, cells[2..], "{row}");
        }
    }

    #[test]
    fn sentences_are_no_bylines() {
        let lines = "文：这里指的是文章，不是别的东西。¦来源：我们的力量来自人民。¦时间：就是生命¦\
            作者认为，这不对。¦本文首发于某站，转载请注明。¦编辑工作很重要。¦日期还没有定。¦2024年5月6日 江城的雨¦\
            2024年5月6日江城下雨¦2024年5月6日，江城日报发表评论。¦星期一";
        for line in lines.split('¦') {
            assert_eq!(facts(line).0, None, "{line}");
        }
    }
}
