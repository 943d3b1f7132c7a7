//! Lines that state a fact about the article: who edited and wrote it, where and
//! when it was published. They move to the facts.
//!
//! A line goes only if all of it is such a statement, is short, and stands near
//! the head or the end of the article (the editor's line, anywhere).

use crate::document::{BlockKind, Meta};
use crate::format::clean::Ends;
use crate::format::clean::title;
use crate::format::clean::unlabelled_byline;
use crate::format::date;
use crate::format::draft::{DraftBlock, DraftDocument};
use crate::format::prose;
use crate::text::letter;
use crate::text::numeral::is_han_numeral;
use crate::text::words::{self, Firsts};

/// What a label announces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fact {
    Editor,
    Author,
    Source,
    Date,
    Title,
    Other,
}

/// Labels, and what follows them.
const LABELS: &[(&[&str], Fact)] = &[
    (
        &[
            "责任编辑",
            "責任編輯",
            "责编",
            "責編",
            "编辑",
            "編輯",
            "本文编辑",
            "本文责任编辑",
            "网络编辑",
            "实习编辑",
            "值班编辑",
            "网编",
            "初审编辑",
            "审校",
            "校对",
            "审核",
            "监制",
            "編審",
            "编审",
        ],
        Fact::Editor,
    ),
    (
        &[
            "作者",
            "撰文",
            "文",
            "撰稿",
            "撰稿人",
            "本文作者",
            "执笔",
            "執筆",
            "口述",
            "整理",
            "采写",
            "记者",
            "本报记者",
            "通讯员",
            "翻译",
            "译者",
            "譯者",
            "译",
            "主讲",
            "图",
            "摄影",
        ],
        Fact::Author,
    ),
    (
        &[
            "来源",
            "來源",
            "文章来源",
            "稿件来源",
            "稿源",
            "信息来源",
            "转自",
            "轉自",
            "转载自",
            "摘自",
            "原载",
            "出处",
            "出處",
            "资料来源",
        ],
        Fact::Source,
    ),
    (
        &[
            "发布时间",
            "发布日期",
            "發布時間",
            "發布日期",
            "发表时间",
            "发表日期",
            "刊登日期",
            "时间",
            "日期",
            "更新时间",
            "更新日期",
            "發表日期",
            "发稿时间",
        ],
        Fact::Date,
    ),
    (&["原标题", "原標題", "标题", "標題"], Fact::Title),
    (
        &[
            "发布人",
            "發布人",
            "发布者",
            "阅读",
            "浏览",
            "点击",
            "阅读量",
            "浏览次数",
            "点击数",
            "点击量",
            "访问量",
            "字号",
            "分享",
            "分享到",
            "评论数",
            "阅读次数",
            "浏览量",
        ],
        Fact::Other,
    ),
];

/// What labels begin with: spares most lines the table.
static LABEL_FIRSTS: Firsts = {
    let (mut all, mut i) = (Firsts::of(&[]), 0);
    while i < LABELS.len() {
        all = all.or(LABELS[i].0);
        i += 1;
    }
    all
};
/// What lines begin with that may state a fact: labels, brackets, tools, dates. Spares most
/// lines everything else.
static FIRSTS: Firsts = Firsts::of(TOOLS)
    .and(&LABEL_FIRSTS)
    .or_any(OPEN_CHARS)
    .or_any("|｜")
    .or_any(DATES)
    .or_any(words::BLANKS);
/// What dates begin with.
const DATES: &str = "0123456789年月日时分-/.:：〇零○一壹壱弌二贰貳弍两兩三叁參叄弎四肆五伍六陆陸七柒八捌九玖十拾百佰廿卅";

/// What every label holds that is believed anywhere, not only near the ends: who edited
/// the article, what it was called. Spares most lines everything else.
const ANYWHERE: [char; 7] = ['编', '編', '审', '校', '监', '题', '題'];

/// Longest statement of a fact, in characters.
const LONGEST: usize = 60;

/// So many characters are a paragraph, below which some bylines are none.
const PROSE: usize = 30;

/// Longest introduction of the author, in bytes.
const BOX: usize = 900;

/// Moves bylines to the facts.
pub fn read(page: &mut DraftDocument) {
    let ends = Ends::of(page);
    let title = prose::key(&page.meta.title);
    let DraftDocument {
        blocks: drafts,
        meta,
        ..
    } = page;
    // what says itself by its place stands between title and text
    let is_body =
        |d: &DraftBlock| d.stands() && prose::at_least(&d.text, PROSE) && prose::has_stop(&d.text);
    let body = drafts
        .iter()
        .take(ends.head())
        .position(is_body)
        .unwrap_or(usize::MAX);
    for (i, draft) in drafts.iter_mut().enumerate() {
        let inline = matches!(
            draft.kind,
            BlockKind::Paragraph
                | BlockKind::Heading(_)
                | BlockKind::Item
                | BlockKind::Quote
                | BlockKind::Caption
        );
        // far from both ends only a short line can be one
        let most = if ends.holds(i) {
            BOX
        } else {
            (LONGEST + 40) * 4
        };
        if !draft.stands()
            || !inline
            || draft.text.len() > most
            || !ends.holds(i) && !may_be_believed(letter::trim(&draft.text))
        {
            continue;
        }
        draft.folded = line(draft, &title, meta, &ends, i);
        if draft.folded.is_none() && i < body && ends.heads(i) && !title.is_empty() {
            draft.folded = unlabelled(draft.text.trim(), meta);
        }
    }
    // 文/ and the name on the next line
    let bare = drafts.iter().position(|d| {
        d.folded == Some("author-line")
            && d.text
                .trim_end_matches(['/', '／', '|', '｜', '：', ':', ' '])
                .chars()
                .count()
                <= 2
    });
    if let Some(next) = bare
        .and_then(|i| drafts.get_mut(i + 1))
        .filter(|d| d.stands() && is_name(&d.text))
    {
        meta.author.get_or_insert_with(|| next.text.to_string());
        next.folded = Some("author-line");
    }
}

/// Whether a line may state a fact that is believed anywhere.
fn may_be_believed(text: &str) -> bool {
    FIRSTS.begin(text) && prose::may_hold(text, ANYWHERE) && text.contains(ANYWHERE)
}

/// The rule that takes one line, if one does; what it states goes to `meta`.
fn line(
    draft: &DraftBlock,
    title: &str,
    meta: &mut Meta,
    ends: &Ends,
    i: usize,
) -> Option<&'static str> {
    let text = letter::trim(&draft.text);
    let short = prose::at_most(text, LONGEST + 40);
    let bare = if short { without_brackets(text) } else { text };
    let bare = if short {
        without_tools(bare)
    } else {
        std::borrow::Cow::Borrowed(bare)
    };
    let bare = bare.trim();
    let (dated, rest) = if short {
        leading_date(bare)
    } else {
        (None, bare)
    };
    let mut statements = if short { statements(rest) } else { Vec::new() };
    if let Some(date) = dated.filter(|_| !statements.is_empty()) {
        statements.insert(0, (Fact::Date, date.to_owned()));
    }
    // counters and sizes may stand before what is stated
    let stated = statements
        .iter()
        .find(|(fact, _)| *fact != Fact::Other)
        .or(statements.first());
    if let Some(first) = stated.map(|(fact, _)| *fact)
        && first != Fact::Other
        && (first == Fact::Editor || first == Fact::Title || ends.holds(i))
        && statements
            .iter()
            .all(|(fact, value)| fits(*fact, value, title))
    {
        for (fact, value) in &statements {
            state(*fact, value, meta);
        }
        return Some(match first {
            Fact::Editor => "editor-line",
            Fact::Author => "author-line",
            Fact::Source => "source-line",
            Fact::Title => "original-title",
            Fact::Date | Fact::Other => "date-line",
        });
    }
    if !ends.holds(i) {
        return None;
    }
    let counted = |(fact, value): &(Fact, String)| {
        *fact == Fact::Other
            && fits(*fact, value, title)
            && value.chars().any(|c| c.is_ascii_digit())
    };
    if !statements.is_empty() && statements.iter().all(counted) {
        return Some("share-line");
    }
    if meta
        .author
        .as_deref()
        .is_some_and(|a| prose::key(a) == prose::key(bare))
        && ends.heads(i)
    {
        return Some("author-line");
    }
    let labels = [
        "作者简介",
        "作者簡介",
        "关于作者",
        "關於作者",
        "作者介绍",
        "作者介紹",
        "作者单位",
        "作者單位",
    ];
    let introduced = labels.iter().any(|a| {
        bare.strip_prefix(a)
            .is_some_and(|r| r.trim_start().starts_with(['：', ':', '】', '｜', '|']))
    });
    let about = ["作者係", "作者系", "作者为", "作者為", "作者是"]
        .iter()
        .any(|a| bare.starts_with(a));
    if introduced || (about && prose::len(text) <= LONGEST && text.matches('。').count() <= 1) {
        return Some("author-box");
    }
    let printed = [
        "本文原刊",
        "本文原载",
        "本文原載",
        "原刊于",
        "原刊於",
        "原载于",
        "原載於",
        "本文刊于",
        "本文刊於",
        "本文首发",
        "本文首發",
        "本文转载自",
        "本文选自",
        "本文選自",
        "本文来源",
        "转载自",
    ];
    if let Some(mark) = printed.iter().find(|p| bare.starts_with(**p))
        && prose::len(text) <= LONGEST
    {
        let source = bare
            .strip_prefix(mark)
            .unwrap_or_default()
            .trim_start_matches(['于', '於', '在', '：', ':', ' '])
            .trim_end_matches('。');
        meta.source.get_or_insert_with(|| source.to_owned());
        return Some("source-line");
    }
    // 某人 在 星期三, 03/19/2014 - 13:58 提交; or a date alone under the title
    // a law's 国务院发布 is no such line: it has no time of day
    let posted = text.ends_with("提交")
        || (text.contains(':')
            && ["发布", "发表", "發佈", "發表"]
                .iter()
                .any(|p| text.ends_with(p)));
    let alone = bare.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(
                c,
                '年' | '月' | '日' | '-' | '/' | '.' | ':' | '：' | '时' | '分'
            )
    });
    if short
        && ends.heads(i)
        && (posted || alone)
        && let Some(read) = date::read(bare)
    {
        meta.date.get_or_insert(read);
        return Some("date-line");
    }
    None
}

/// The rule that takes a line without a label under the title: who wrote it, or when and
/// where it was published (`2019年3月5日 10:20 某报`).
fn unlabelled(text: &str, meta: &mut Meta) -> Option<&'static str> {
    if let Some(author) = unlabelled_byline::read(text) {
        state(Fact::Author, &author, meta);
        return Some("author-line");
    }
    if !prose::at_most(text, LONGEST) {
        return None;
    }
    let (dated, rest) = leading_date(without_brackets(text));
    let date = dated?;
    let mut words = rest.split_whitespace();
    let (paper, author) = (words.next(), words.next());
    let fits = paper
        .is_none_or(|p| prose::at_most(p, 14) && title::is_site(p) && !prose::has_stop(p))
        && author.is_none_or(is_name)
        && words.next().is_none();
    if !fits {
        return None;
    }
    state(Fact::Date, date, meta);
    state(Fact::Source, paper.unwrap_or_default(), meta);
    state(Fact::Author, author.unwrap_or_default(), meta);
    Some("date-line")
}

/// Brackets that a statement may stand in, and the same as a text.
const OPEN: &[char] = &['[', '【', '［', '（', '(', '〔', '“'];
const OPEN_CHARS: &str = "[【［（(〔“";

/// A line without the brackets around it. Those of its own stay: 作者：某甲（某大学教授）.
fn without_brackets(text: &str) -> &str {
    const CLOSE: &[char] = &[']', '】', '］', '）', ')', '〕', '”'];
    let mut bare = text.trim_start_matches(OPEN).trim();
    let count = |text: &str, marks: &[char]| text.matches(marks).count();
    while let Some(rest) = bare
        .strip_suffix(CLOSE)
        .filter(|_| count(bare, CLOSE) > count(bare, OPEN))
    {
        bare = rest.trim_end();
    }
    bare
}

/// Words of tools that stand in one line with what is stated; each alone, or a row of them.
const TOOLS: &[&str] = &[
    "打印",
    "打印本页",
    "分享",
    "分享到",
    "分享至",
    "分享到：",
    "收藏",
    "大",
    "中",
    "小",
    "大中小",
    "[大中小]",
    "【大中小】",
    "字号",
    "字号：",
    "举报",
    "字号：默认",
    "默认",
    "超大",
    "字体",
    "字体：",
    "纠错",
    "微信",
    "微博",
    "新浪微博",
    "QQ空间",
    "朋友圈",
    "我要纠错",
    "我要评论",
    "繁體",
    "繁体",
    "关闭",
    "听新闻",
    "手机看新闻",
    "[打印]",
    "【打印】",
    "[关闭]",
    "【关闭】",
    "[大",
    "小]",
    "【大",
    "小】",
    "A+",
    "A-",
    "A",
];

/// A line without the tools of its page; as it is where something is left that
/// states no fact.
fn without_tools(text: &str) -> std::borrow::Cow<'_, str> {
    let words = || {
        text.split(|c: char| c.is_whitespace() || matches!(c, '|' | '｜'))
            .filter(|w| !w.is_empty())
    };
    if !words().any(|w| TOOLS.contains(&w)) {
        return std::borrow::Cow::Borrowed(text);
    }
    let kept: Vec<&str> = words().filter(|w| !TOOLS.contains(w)).collect();
    let all = kept.join(" ");
    if is_date_word(kept.first().copied().unwrap_or_default()) || label(&all).is_some() {
        std::borrow::Cow::Owned(all)
    } else {
        std::borrow::Cow::Borrowed(text)
    }
}

/// The statements of one line, `label：value` one after the other; empty where
/// anything else stands in it.
fn statements(text: &str) -> Vec<(Fact, String)> {
    let mut found: Vec<(Fact, String)> = Vec::new();
    // a new statement may follow a blank or a mark between statements; a plain label ends
    // what stands before it without any
    let mut begins = true;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let within = || found.last().is_some_and(|(fact, _)| *fact != Fact::Title);
        if let Some((fact, len)) = label(rest)
            .filter(|(_, len)| begins || rest.get(..*len).is_some_and(is_plain_label) && within())
        {
            found.push((fact, String::new()));
            at += len;
            begins = false;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        match found.last_mut() {
            Some((_, value)) => value.push(c),
            None => return Vec::new(),
        }
        begins =
            c.is_whitespace() || matches!(c, '、' | '|' | '｜' | '；' | ';' | '，' | '　' | '/');
        at += c.len_utf8();
    }
    let mut all = Vec::new();
    for (fact, value) in found {
        let value = value.trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '、' | '|' | '｜' | '；' | ';' | '，' | '/' | '：' | ':')
        });
        match trailing_date(value)
            .or_else(|| joined_date(value))
            .filter(|_| fact != Fact::Date)
        {
            Some((rest, date)) => {
                all.extend([(fact, rest.to_owned()), (Fact::Date, date.to_owned())])
            }
            None => all.push((fact, value.to_owned())),
        }
    }
    all
}

/// Whether a label is of two characters or more with its colon: nothing else reads so.
fn is_plain_label(label: &str) -> bool {
    label
        .strip_suffix(['：', ':'])
        .is_some_and(|name| name.chars().count() >= 2)
}

/// A word without the day of the week at its end, in brackets or not.
fn without_weekday(word: &str) -> &str {
    let bare = word.trim_end_matches(['）', ')']);
    let day = bare.strip_suffix(['一', '二', '三', '四', '五', '六', '日', '天']);
    let named = day.and_then(|rest| {
        ["星期", "周", "週", "礼拜", "禮拜"]
            .iter()
            .find_map(|week| rest.strip_suffix(week))
    });
    named.map_or(word, |rest| rest.trim_end_matches(['（', '(']))
}

/// Whether a word is part of a date or a time.
fn is_date_word(word: &str) -> bool {
    let word = without_weekday(word);
    if word.contains('年') && word.chars().any(is_han_numeral) {
        return word
            .chars()
            .all(|c| is_han_numeral(c) || matches!(c, '年' | '月' | '日'))
            && date::read(word).is_some();
    }
    word.chars().any(|c| c.is_ascii_digit())
        && word.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(
                    c,
                    '年' | '月' | '日' | '-' | '/' | '.' | ':' | '：' | '时' | '分'
                )
        })
}

/// The date that a line begins with, and the rest: `2019-03-05 10:20 来源：…`.
fn leading_date(text: &str) -> (Option<&str>, &str) {
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        // the day of the week may stand apart
        if !is_date_word(bare) && !(at > 0 && (bare.is_empty() || without_weekday(bare).is_empty()))
        {
            at += date_prefix(bare).map_or(0, str::len);
            break;
        }
        at += word.len();
    }
    let between = |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '丨');
    text.split_at_checked(at)
        .map_or((None, text), |(date, rest)| {
            (
                Some(date.trim()).filter(|d| date::read(d).is_some()),
                if at > 0 {
                    rest.trim_start_matches(between)
                } else {
                    rest
                },
            )
        })
}

/// The time or the date that a word begins with, where a name is joined to it: `09:00某报`.
fn date_prefix(word: &str) -> Option<&str> {
    let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '年' | '月' | '日'))?;
    let (head, name) = word.split_at_checked(end)?;
    let is_time = head.contains(':') && head.ends_with(|c: char| c.is_ascii_digit());
    (name.starts_with(prose::is_han)
        && (is_time || date::read(head).is_some_and(|read| read.len() >= 10)))
    .then_some(head)
}

/// The date that a value ends with, and the value without it: `某报 | 2019年3月4日`.
fn trailing_date(value: &str) -> Option<(&str, &str)> {
    let is_space = |c: char| c.is_whitespace() || matches!(c, '|' | '｜');
    let mut at = value.len();
    for word in value.rsplit(is_space) {
        if !word.is_empty() && !is_date_word(word) {
            break;
        }
        at = value.get(..at)?.rfind(word)?;
    }
    let (rest, date) = value.split_at_checked(at)?;
    (at < value.len() && at > 0 && date::read(date).is_some()).then(|| {
        (
            rest.trim_matches(|c| is_space(c) || c == '，'),
            date.trim_matches(is_space),
        )
    })
}

/// The whole date that a value ends with, where no blank stands before it: `某甲2019-03-04`.
fn joined_date(value: &str) -> Option<(&str, &str)> {
    let at = value
        .find(|c: char| c.is_ascii_digit())
        .filter(|at| *at > 0)?;
    let (rest, date) = value.split_at_checked(at)?;
    let whole = date.split_whitespace().all(is_date_word)
        && date::read(date).is_some_and(|read| read.len() >= "2019-03-04".len());
    whole.then_some((rest, date))
}

/// A label at the head of the text, with the mark that ends it.
fn label(text: &str) -> Option<(Fact, usize)> {
    if !LABEL_FIRSTS.begin(text) {
        return None;
    }
    LABELS.iter().find_map(|(names, fact)| {
        names.iter().find_map(|name| {
            let rest = text.strip_prefix(name)?;
            let mark = rest.trim_start_matches([' ', '\u{3000}']);
            // 责任编辑 某人 needs no colon: nothing else is said with that word
            if mark.len() < rest.len()
                && fact == &Fact::Editor
                && name.chars().count() == 4
                && !mark.starts_with(['：', ':', '/', '／', '|', '｜'])
            {
                return Some((*fact, text.len() - mark.len()));
            }
            // 阅读 1024 needs none either: a number follows
            if mark.len() < rest.len()
                && fact == &Fact::Other
                && mark.starts_with(|c: char| c.is_ascii_digit())
            {
                return Some((*fact, text.len() - mark.len()));
            }
            let ends = mark
                .chars()
                .next()
                .filter(|c| matches!(c, '：' | ':' | '/' | '／' | '|' | '｜' | '丨'))?;
            Some((*fact, text.len() - mark.len() + ends.len_utf8()))
        })
    })
}

/// Whether a value is what its label promises, not the rest of a sentence.
fn fits(fact: Fact, value: &str, title: &str) -> bool {
    let len = prose::len(value);
    match fact {
        Fact::Title => len <= LONGEST && (prose::key(value) == title || !value.contains('。')),
        Fact::Date => value.is_empty() || date::read(value).is_some(),
        Fact::Author | Fact::Editor => {
            len <= 40 && !prose::has_stop(value) && !value.contains(['？', '！'])
        }
        Fact::Source => (1..=40).contains(&len) && !prose::has_stop(value),
        Fact::Other => len <= 12,
    }
}

/// Whether a line is the name of a person.
fn is_name(text: &str) -> bool {
    (2..=12).contains(&prose::len(text))
        && text
            .chars()
            .all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '·' | '・' | '.'))
}

/// Writes down what a line states, unless the file has said so before.
fn state(fact: Fact, value: &str, meta: &mut Meta) {
    if value.is_empty() {
        return;
    }
    match fact {
        Fact::Editor => drop(meta.editor.get_or_insert_with(|| value.to_owned())),
        Fact::Author => drop(meta.author.get_or_insert_with(|| value.to_owned())),
        Fact::Source => drop(meta.source.get_or_insert_with(|| value.to_owned())),
        Fact::Title if meta.title.is_empty() => value.clone_into(&mut meta.title),
        Fact::Date if meta.date.is_none() => {
            meta.date = date::read(value);
            if meta.date.as_deref() != Some(value) {
                meta.date_as_written = Some(value.to_owned());
            }
        }
        // the same day, with its time
        Fact::Date => {
            let finer = date::read(value).filter(|read| {
                meta.date
                    .as_deref()
                    .is_some_and(|d| read.len() > d.len() && read.starts_with(d))
            });
            if let Some(read) = finer {
                meta.date_as_written = Some(value.to_owned()).filter(|v| *v != read);
                meta.date = Some(read);
            }
        }
        Fact::Title | Fact::Other => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_are_believed_anywhere_are_known_by_a_character() {
        for (names, _) in LABELS
            .iter()
            .filter(|(_, fact)| matches!(fact, Fact::Editor | Fact::Title))
        {
            assert!(
                names.iter().all(|name| name.contains(ANYWHERE)),
                "{names:?}"
            );
        }
    }

    #[test]
    fn a_line_that_states_a_fact_shows_it_at_its_first_character() {
        assert!(OPEN.iter().copied().eq(OPEN_CHARS.chars()));
        assert!(
            ('\0'..='\u{ffff}')
                .filter(|c| is_han_numeral(*c))
                .all(|c| DATES.contains(c))
        );
        let labels = LABELS.iter().flat_map(|(names, _)| *names).copied();
        let parts: Vec<&str> = labels
            .chain(TOOLS.iter().copied())
            .chain([
                "[",
                "“",
                "2019-02-22",
                "二〇一九年",
                "星期一",
                "甲",
                "，",
                " ",
                "：",
                "|",
            ])
            .collect();
        let mut stated = 0;
        for text in words::mixtures(&parts, &["", "：", " ", "："], 40_000) {
            let text = text.trim();
            // as far as `line` goes in the middle of an article
            let bare = without_tools(without_brackets(text));
            let found = !statements(leading_date(bare.trim()).1).is_empty();
            assert!(!found || FIRSTS.begin(text), "{text}");
            stated += usize::from(found);
        }
        assert!(stated > 5_000, "{stated}");
    }

    fn facts(line: &str) -> (Option<&'static str>, Meta) {
        let mut page = DraftDocument::default();
        page.meta.title = "城市群的未来".into();
        page.block(BlockKind::Paragraph, 0, 1, line);
        read(&mut page);
        (page.blocks[0].folded, page.meta)
    }

    #[test]
    fn statements_become_facts() {
        assert_eq!(facts("[责任编辑：某甲]").1.editor.as_deref(), Some("某甲"));
        assert_eq!(facts("（责任编辑 ：某甲）").0, Some("editor-line"));
        assert_eq!(
            facts("来源：某报 作者：某乙").1.author.as_deref(),
            Some("某乙")
        );
        assert_eq!(
            facts("发布时间：2011-05-06 发布人：").1.date.as_deref(),
            Some("2011-05-06")
        );
        assert_eq!(facts("口述｜某甲、整理｜某乙").0, Some("author-line"));
        assert_eq!(facts("责任编辑 某甲").1.editor.as_deref(), Some("某甲"));
        assert_eq!(
            facts("2019-03-05 10:20 来源：某报 作者：某乙")
                .1
                .date
                .as_deref(),
            Some("2019-03-05 10:20")
        );
        let (rule, meta) = facts("作者：某乙 | 来源：某报 | 2019年3月4日");
        assert_eq!(
            (rule, meta.source.as_deref(), meta.date.as_deref()),
            (Some("author-line"), Some("某报"), Some("2019-03-04"))
        );
        assert_eq!(facts("刊登日期/ 2021.05.26").0, Some("date-line"));
        assert_eq!(facts("原标题：城市群的未来").0, Some("original-title"));
        assert_eq!(
            facts("某人 在 星期三, 03/19/2014 - 13:58 提交").0,
            Some("date-line")
        );
        let (rule, meta) = facts(
            "发布时间：2019-02-22 07:31 来源：某网 作者：某乙 字号： 大 中 小 打印 分享到： 微信",
        );
        assert_eq!(
            (rule, meta.source.as_deref(), meta.author.as_deref()),
            (Some("date-line"), Some("某网"), Some("某乙"))
        );
        let (rule, meta) = facts("浏览次数：1234 来源：某网 2019-02-22");
        assert_eq!(
            (rule, meta.source.as_deref(), meta.date.as_deref()),
            (Some("source-line"), Some("某网"), Some("2019-02-22"))
        );
        assert_eq!(facts("阅读量：1234").0, Some("share-line"));
        assert_eq!(facts("本文原刊於2018年某刊").0, Some("source-line"));
    }

    #[test]
    fn facts_of_common_pages() {
        let all = |line: &str| {
            let (rule, meta) = facts(line);
            (
                rule.is_some(),
                meta.date.unwrap_or_default(),
                meta.source.unwrap_or_default(),
                meta.author.unwrap_or_default(),
            )
        };
        let said = |date: &str, source: &str, author: &str| {
            (true, date.to_owned(), source.to_owned(), author.to_owned())
        };
        for (line, date, source, author) in [
            (
                "2024年05月06日09:10 | 来源：某网－某报",
                "2024-05-06 09:10",
                "某网－某报",
                "",
            ),
            ("作者：某乙（某大学教授）", "", "", "某乙（某大学教授）"),
            ("（作者：某乙（某大学教授））", "", "", "某乙（某大学教授）"),
            (
                "2024年05月06日 09:00 江城日报",
                "2024-05-06 09:00",
                "江城日报",
                "",
            ),
            (
                "2024年05月06日 09:00 江城日报 林深",
                "2024-05-06 09:00",
                "江城日报",
                "林深",
            ),
            (
                "2024年05月06日 09:00江城日报",
                "2024-05-06 09:00",
                "江城日报",
                "",
            ),
            ("2024年05月06日江城日报", "2024-05-06", "江城日报", ""),
            ("2024年5月6日　星期一", "2024-05-06", "", ""),
            ("2024年5月6日（星期一）", "2024-05-06", "", ""),
            ("二〇二四年五月六日", "2024-05-06", "", ""),
            ("发布时间：二〇二四年五月六日", "2024-05-06", "", ""),
            (
                "来源：《某刊》2024/09作者：林深2024-05-01 09:00:00",
                "2024-05-01 09:00",
                "《某刊》2024/09",
                "林深",
            ),
            (
                "来源：《某刊》2024/09 作者：林深 2024-05-01 09:00:00",
                "2024-05-01 09:00",
                "《某刊》2024/09",
                "林深",
            ),
            (
                "2024-05-06 09:00 来源： 江城市政府 字号：默认 大 超大 | 打印 |",
                "2024-05-06 09:00",
                "江城市政府",
                "",
            ),
            ("来源： 江城市政府 字号：默认 大 超大", "", "江城市政府", ""),
            ("本报评论员 林深", "", "", "林深"),
            ("◎林深", "", "", "林深"),
        ] {
            assert_eq!(all(line), said(date, source, author), "{line}");
        }
        for none in [
            "2024年5月6日 江城的雨",
            "2024年5月6日江城下雨",
            "2024年5月6日，江城日报发表评论。",
            "星期一",
        ] {
            assert_eq!(facts(none).0, None, "{none}");
        }
    }

    #[test]
    fn sentences_are_no_bylines() {
        for line in [
            "文：这里指的是文章，不是别的东西。",
            "来源：我们的力量来自人民。",
            "时间：就是生命",
            "作者认为，这不对。",
            "编辑工作很重要。",
            "日期还没有定。",
        ] {
            assert_eq!(facts(line).0, None, "{line}");
        }
    }
}
