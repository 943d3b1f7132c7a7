//! Names a series by what stands before its first member.
//!
//! 1. The clause nearest to the marker that announces the series with its matter in it.
//! 2. Where it only announces (为此, 主要有以下几点): the sentence before it, or the first one of
//!    the paragraph where that one describes the trouble that the series is to mend.

use super::label::sense::{
    behind_phrase, chars, circumstance, has_predicate, is_empty, is_opener, is_subject,
    is_unfinished, pair, without_conjunction,
};
use super::label::{Clause, ClauseMark, MAX_LABEL_CHARS, MAX_SEARCHED_CHARS, claim, split};
use crate::text::words::Words;
use crate::text::{cluster, letter, numeral, sentence};
use std::ops::Range;

/// Characters of a name that needs no clause before it.
const MIN_NAME_CHARS: usize = 6;

/// Characters of the matter in a clause that announces.
const MIN_MATTER_CHARS: usize = 2;

/// The same, in a clause that takes up the trouble just described.
const MIN_NEW_MATTER_CHARS: usize = 6;

/// Marks that a quotation begins with.
const QUOTES: [char; 3] = ['“', '「', '"'];

/// Digits of a sentence that gives figures.
const MAX_DIGITS: usize = 2;

/// Words that announce, count and point: what is left without them is matter.
static FORMULA: Words = Words::new(
    "究其根源 究其根本 究其 归根结底 歸根結底 何在 为什么 為什麼 为何 為何 怎么 怎麼 怎样 怎樣 这么 這麼 呢 吗 嗎 如何 哪些 什么 什麼 随便 隨便 随意 简单 簡單 原则 原則 以下 下列 下面 如下 这样 這樣 这些 這些 这种 這種 这一 這一 这里 這裡 这几 這幾 这 這 上述 以上 前述 此 其中 其 该 該
    几个方面 幾個方面 几方面 幾方面 方面 几个 幾個 几点 幾點 几条 幾條 几项 幾項 几 幾 若干 多种 多種 多个 多個 一些 不少 许多 許多
    一 二 三 四 五 六 七 八 九 十 两 兩 个 個 点 點 条 條 项 項 种 種 类 類 件 层 層 步 样 樣 大 第 些
    主要 具体 具體 一般 大致 大体 大體 大概 基本 重点 重點 着重 著重 突出 关键 關鍵 至少 至多 最少 不外 无非 無非 有待 进一步 進一步 目前 当前 當前 眼下 如今 现在 現在 今后 今後 同时 同時 此外 另外
    需要 必须 必須 应该 應該 应当 應當 可以 可 能够 能夠 能 要 应 應 须 須 从 從 在 对 對 由 有 是 就 即 为 為 也 还 還 又 都 更 再 的 了 而 但 则 則 与 與 和 上 中 来 來
    区分 區分 划分 劃分 分为 分為 分 包括 包含 体现 體現 表现 表現 反映 在于 在於 归结 歸結 概括 归纳 歸納 总结 總結 说来 說來 入手 着手 著手 做起 发力 發力 用力 着力 著力 努力 下功夫 下工夫 做好 抓好 把握 注意 取得 突破 展开 展開 进行 進行 开展 開展
    分析 考虑 考慮 看 说 說 讲 講 谈谈 談談 谈 談 想 提出 给出 給出 列出 列举 列舉 举 舉 例子 例 我们 我們 我 他们 他們 他 她 它 您 你 人们 大家 认为 認為 觉得 覺得
    问题 問題 情况 情況 工作 事情 事 因素 原因 理由 缘故 缘由 緣由 办法 辦法 方法 措施 对策 對策 建议 建議 意见 意見 看法 观点 觀點 想法 好处 好處 特点 特點 特征 特徵 意义 意義 要求 任务 任務 内容 內容 做法 途径 途徑 结论 結論 答案 思路 步骤 步驟
    道理 含义 含義 意思 教训 教訓 经验 經驗 启示 啟示 表述 说法 說法 情形 可能 选择 選擇 要点 要點 环节 環節 声音 聲音 形式 方式 角度 层次 層次 部分 阶段 階段",
);

/// Words that take up what was just said.
static TAKING_UP: Words =
    Words::new("这些 這些 这种 這種 这一 這一 这个 這個 这样 這樣 上述 以上 此 该 該 前述");

/// Names of trouble.
static TROUBLE: Words = Words::new(
    "问题 問題 状况 狀況 情况 情況 现象 現象 挑战 挑戰 局面 困难 困難 难题 難題 矛盾 困境 弊端 不足 形势 形勢 短板 差距",
);

/// Words that a clause begins with whose subject stands before it.
static PRONOUNS: Words =
    Words::new("其 它 他 她 前者 后者 後者 是 就 才 而不是 不是 而非 并非 並非");

/// Beginnings of sentences in which somebody else speaks.
static OTHERS: Words = Words::new(
    "有人说 有人說 有人认为 有人認為 有观点 有觀點 有一种 有一種 或许有人 也许有人 也許有人 网友 一种观点",
);

/// Verbs at the end of a lead-in that want the series.
static COPULAS: Words = Words::new(
    "主要包括 包括 主要是 就是 是 在于 在於 主要有 有 分为 分為 即 为 為 主要在于 表现在 表現在 体现在 體現在 如下",
);

/// Beginnings of sentences that give figures.
static FIGURES: Words =
    Words::new("据统计 據統計 据调查 據調查 数据显示 數據顯示 统计显示 統計顯示 调查显示 調查顯示");

/// Words in front of a name that do not belong to it.
static FRONT: Words =
    Words::new("为了 為了 对于 對於 针对 針對 关于 關於 至于 至於 由于 由於 因为 因為");

/// Returns the bytes of the name in the words before the first member of a series.
pub fn name(before: &str) -> Option<Range<usize>> {
    let skip = before.chars().count().saturating_sub(MAX_SEARCHED_CHARS);
    let from = before.char_indices().nth(skip).map_or(0, |(i, _)| i);
    let from = cluster::floor(before, from);
    let clauses = split(before.get(from..)?);
    let (lead_in, rest) = last_sentence(&clauses);
    if let Some(name) = announcing(lead_in, before.get(from..)?.trim_end()) {
        return Some(from + name.start..from + name.end);
    }
    let takes_up = lead_in
        .iter()
        .any(|c| TAKING_UP.occur_in(c.text) && TROUBLE.occur_in(c.text));
    let (previous, _) = last_sentence(rest);
    let nearest = || Some((previous, from)).filter(|(s, _)| !s.is_empty());
    let beginning = split(before);
    let first = || Some((first_sentence(&beginning, lead_in, from)?, 0));
    let choice = nearest().filter(|(s, _)| !takes_up && argues(s));
    let choice = choice.or_else(|| first().filter(|(s, _)| argues(s)));
    let subject = lead_in
        .last()
        .filter(|c| has_matter(c.text) || rest.is_empty() && has_name(c.text));
    if let (None, Some(subject)) = (&choice, subject) {
        return Some(from + subject.start..from + subject.end());
    }
    let choice = choice.or_else(|| nearest().filter(|(s, _)| !s.iter().any(is_quotation)));
    let (argument, from) = choice?;
    let name = thesis(before.get(from..)?, argument)?;
    Some(from + name.start..from + name.end)
}

/// Returns the bytes of the name of a list in the line above it, where the line announces it: by
/// ： at its end, or by saying how many there are.
pub fn announcement(line: &str) -> Option<Range<usize>> {
    let line = line.trim_end();
    let start = sentence::last_start(line, 0..line.len());
    let last = split(line.get(start..)?);
    let is_open = line.ends_with(['：', ':']);
    let counts = || last.iter().any(|c| announces(c.text) && matter(c.text) > 0);
    if !is_open && !counts() {
        return None;
    }
    let is_quoted = |name: &Range<usize>| {
        line.get(name.start..)
            .is_some_and(|l| l.starts_with(QUOTES))
    };
    name(line)
        .or_else(|| words(line))
        .filter(|name| !is_quoted(name))
}

/// Returns the bytes of the last clause, where nothing is a name.
pub fn words(before: &str) -> Option<Range<usize>> {
    let start = sentence::last_start(before, 0..before.len());
    let clauses = split(before.get(start..)?);
    let named = clauses.iter().rfind(|c| has_name(c.text));
    let clause = named.or(clauses.last())?;
    Some(start + clause.start..start + clause.end())
}

/// Returns the clauses of the last sentence, and those before it.
fn last_sentence<'a, 't>(clauses: &'a [Clause<'t>]) -> (&'a [Clause<'t>], &'a [Clause<'t>]) {
    let earlier = clauses
        .len()
        .checked_sub(1)
        .and_then(|last| clauses.get(..last));
    let end = earlier.and_then(|c| c.iter().rposition(|c| c.mark.ends_sentence()));
    let (before, last) = clauses
        .split_at_checked(end.map_or(0, |i| i + 1))
        .unwrap_or_default();
    (last, before)
}

/// Returns the clauses of the first sentence, where it is not the lead-in.
fn first_sentence<'a, 't>(
    clauses: &'a [Clause<'t>],
    lead_in: &[Clause<'_>],
    from: usize,
) -> Option<&'a [Clause<'t>]> {
    let end = clauses
        .iter()
        .position(|c| matches!(c.mark, ClauseMark::Stop | ClauseMark::Question))?;
    let lead_in = lead_in.first().map_or(0, |c| from + c.start);
    clauses
        .get(..=end)
        .filter(|s| s.last().is_some_and(|c| c.end() <= lead_in))
}

/// Returns the name in a lead-in: the last clause with matter, and what it cannot be without.
fn announcing(clauses: &[Clause<'_>], before: &str) -> Option<Range<usize>> {
    let last = clauses.len().checked_sub(1)?;
    let text = |i: usize| clauses.get(i).map_or("", |c| c.text);
    let matters = |i: &usize| has_matter(text(*i));
    let is_main = |i: &usize| matters(i) && circumstance(text(*i), text(i + 1)).is_none();
    let counts = |i: &usize| matters(i) && announces(text(*i));
    let mut end = (0..=last)
        .rfind(counts)
        .or_else(|| (0..=last).rfind(is_main))
        .or_else(|| (0..=last).rfind(matters))?;
    // a bare subject before its members is no sentence
    let is_bare = end == last
        && before.ends_with(text(last))
        && !announces(text(last))
        && !has_predicate(text(last));
    if is_bare {
        end = (0..last).rfind(matters)?;
    }
    let start = beginning(clauses, end);
    // the words that announce are the predicate of what stands before them
    let next = text(end + 1);
    let is_open = !has_predicate(text(end)) || circumstance(text(end), next).is_some();
    let joined = clauses.get(end + 1).filter(|c| {
        let clause = clauses.get(start).map_or(0, |c| c.start);
        !is_bare
            && is_open
            && (announces(next) || circumstance(text(end), next).is_some())
            && chars(before.get(clause..c.end()).unwrap_or_default()) <= MAX_LABEL_CHARS
    });
    let range = clauses.get(start)?.start..joined.or(clauses.get(end))?.end();
    Some(fitted(clauses, range, start, end))
}

/// Returns whether a clause says how many there are: 有三个原因, 分为两种.
fn announces(text: &str) -> bool {
    let counts = |at: usize| {
        let mut behind = text.get(at..).unwrap_or_default().chars().skip(1).take(3);
        let is_number = |c: char| c != '一' && numeral::is_han_numeral(c) || "几幾".contains(c);
        behind.next().is_some_and(|c| c == '多' || is_number(c)) || behind.any(is_number)
    };
    let mut verbs = text.match_indices(['有', '分', '是']);
    !text.contains("以下") && verbs.any(|(at, _)| counts(at))
}

/// Cuts what does not belong to a name off its front.
fn fitted(clauses: &[Clause<'_>], range: Range<usize>, start: usize, end: usize) -> Range<usize> {
    let first = clauses.get(start).map_or("", |c| c.text);
    let bare = without_conjunction(first);
    let bare = bare
        .strip_prefix('就')
        .filter(|rest| rest.starts_with(['要', '应', '應', '得', '必']))
        .unwrap_or(bare);
    let bare = if start == end && !has_predicate(bare) {
        FRONT.strip_prefix(bare).unwrap_or(bare)
    } else {
        bare
    };
    let last = clauses
        .get(end)
        .filter(|c| c.end() == range.end)
        .map_or("", |c| c.text);
    let to = range.end - (last.len() - without_copula(last).len());
    let mut from = range.start + first.len() - bare.len();
    if start == end && chars(bare) > MAX_LABEL_CHARS {
        let behind = behind_phrase(bare)
            .filter(|i| chars(bare.get(*i..).unwrap_or_default()) >= MIN_NAME_CHARS);
        from += behind.unwrap_or(0);
    }
    let name = from..to.max(from);
    let opening = first
        .chars()
        .next()
        .filter(|c| QUOTES.contains(c) && from == range.start);
    match opening {
        Some(quote) if !clauses.get(start..=end).is_some_and(closes_quote) => {
            from + quote.len_utf8()..name.end
        }
        _ => name,
    }
}

/// Returns whether a quotation that clauses begin with ends in them.
fn closes_quote(clauses: &[Clause<'_>]) -> bool {
    clauses.iter().any(|c| c.text.contains(['”', '」', '"']))
}

/// Returns the clause that a name begins with which ends with clause `end`.
fn beginning(clauses: &[Clause<'_>], end: usize) -> usize {
    let text = |i: usize| clauses.get(i).map_or("", |c| c.text);
    let len = |i: usize| (i..=end).map(|i| chars(text(i)) + 1).sum::<usize>() - 1;
    let mut start = end;
    while let Some(above) = start.checked_sub(1) {
        if is_opener(text(above)) || is_empty(text(above)) || len(above) > MAX_LABEL_CHARS {
            break;
        }
        let later = clauses.get(above + 1..=end).unwrap_or_default();
        let closes = pair(text(above), later.iter().map(|c| c.text)).is_some();
        let is_bound = closes
            || is_unfinished(text(above))
            || is_subject(text(above), text(start))
            || is_consequence(text(start))
            || (len(start) < MIN_NAME_CHARS && has_matter(text(above)));
        if !is_bound {
            break;
        }
        start = above;
    }
    start
}

/// Returns whether a clause is the main one of a condition before it: 我就反对.
fn is_consequence(text: &str) -> bool {
    text.chars().take(4).any(|c| "就才".contains(c))
}

/// Returns whether a clause says what a series is about.
fn has_matter(text: &str) -> bool {
    let text = without_copula(text);
    if is_opener(text) || is_unfinished(text) {
        return false;
    }
    let takes_up = TAKING_UP.occur_in(text) && TROUBLE.occur_in(text);
    let least = if takes_up {
        MIN_NEW_MATTER_CHARS
    } else {
        MIN_MATTER_CHARS
    };
    matter(text) >= least
}

/// Returns a clause without the verb at its end that wants the series: 好处在于.
fn without_copula(text: &str) -> &str {
    let verb = COPULAS.iter().find_map(|verb| text.strip_suffix(verb));
    verb.filter(|rest| chars(rest) >= MIN_MATTER_CHARS)
        .unwrap_or(text)
}

/// Returns whether anything is left in a text without the words of a formula.
fn has_name(text: &str) -> bool {
    matter(text) > 0
}

/// Returns the characters of a text that are in no word of a formula.
fn matter(text: &str) -> usize {
    let (mut rest, mut count) = (text, 0);
    while let Some(c) = rest.chars().next() {
        let longest = FORMULA.rests(rest).map(str::len).min();
        let len = longest.map_or(c.len_utf8(), |left| rest.len() - left);
        count += usize::from(longest.is_none() && letter::is_alphanumeric(c));
        rest = rest.get(len..).unwrap_or_default();
    }
    count
}

/// Returns whether a clause is quoted whole.
fn is_quotation(clause: &Clause<'_>) -> bool {
    clause.text.starts_with(QUOTES) && clause.text.ends_with(['”', '」', '"'])
}

/// Returns whether a sentence may say what a paragraph argues: no quotation, no figures, no view
/// of others.
fn argues(sentence: &[Clause<'_>]) -> bool {
    let quoted = sentence.iter().any(is_quotation);
    let digits = |c: &Clause<'_>| c.text.chars().filter(char::is_ascii_digit).count();
    let figures = sentence.iter().map(digits).sum::<usize>() > MAX_DIGITS;
    let others = sentence.iter().any(|c| OTHERS.starts(c.text));
    let figures = figures || sentence.iter().any(|c| FIGURES.starts(c.text));
    !quoted && !figures && !others && sentence.iter().any(|c| has_matter(c.text))
}

/// Returns the name in a sentence that argues: all of it, or its last clause that is short and
/// complete.
fn thesis(text: &str, sentence: &[Clause<'_>]) -> Option<Range<usize>> {
    let first = sentence
        .iter()
        .position(|c| !is_opener(c.text))
        .unwrap_or(0);
    let sentence = sentence.get(first..)?;
    let whole = sentence.first()?.start..sentence.last()?.end();
    if chars(text.get(whole.clone())?) <= MAX_LABEL_CHARS {
        return Some(fitted(sentence, whole, 0, sentence.len()));
    }
    let next = |i: usize| sentence.get(i + 1).map_or("", |c| c.text);
    let fits = |i: &usize| {
        let Some(clause) = sentence.get(*i) else {
            return false;
        };
        let start = beginning(sentence, *i);
        let len = sentence.get(start).map_or(0, |c| {
            chars(text.get(c.start..clause.end()).unwrap_or_default())
        });
        (MIN_NAME_CHARS..=MAX_LABEL_CHARS).contains(&len)
            && has_matter(clause.text)
            && !sentence.get(start).is_some_and(|c| PRONOUNS.starts(c.text))
            && circumstance(clause.text, next(*i)).is_none()
            && !is_subject(clause.text, next(*i))
    };
    if let Some(end) = (0..sentence.len()).rfind(fits) {
        let start = beginning(sentence, end);
        let range = sentence.get(start)?.start..sentence.get(end)?.end();
        return Some(fitted(sentence, range, start, end));
    }
    let claim = claim(text.get(whole.start..)?);
    Some(whole.start + claim.start..whole.start + claim.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_are_named_by_what_announces_them() {
        for (before, wanted) in [
            // the clause nearest to the marker, without who speaks
            (
                "驻村的工作队长老林在会上表示，房子要重建，路要先通，有两件事不能等：",
                "有两件事不能等",
            ),
            ("队长在会上说，眼下有两件事不能等：", "眼下有两件事不能等"),
            (
                "夜校办了三年。夜校办不下去有三个原因：",
                "夜校办不下去有三个原因",
            ),
            ("因此，挑渠工要看四样本事。", "挑渠工要看四样本事"),
            ("与此同时，村里的茶山也缺人手：", "村里的茶山也缺人手"),
            // what only announces gives way to the sentence before
            (
                "茶叶卖不动，不是茶不好。举几个例子：",
                "茶叶卖不动，不是茶不好",
            ),
            (
                "路灯要换，钱却不够。为了把这件事办好，村里想了不少主意。为此，",
                "为了把这件事办好，村里想了不少主意",
            ),
            (
                "桥要先修，路才走得通。主要有以下几点：",
                "桥要先修，路才走得通",
            ),
            ("桥要先修，路才走得通。具体而言，", "桥要先修，路才走得通"),
            (
                "桥要先修，路才走得通。至少有两种办法：",
                "桥要先修，路才走得通",
            ),
            (
                "橋要先修，路才走得通。主要有以下幾點：",
                "橋要先修，路才走得通",
            ),
            // in the lead-in's own sentence, too
            (
                "要把集市办下去，守住一杆公平秤，着重从以下几方面用力。",
                "守住一杆公平秤",
            ),
            (
                "集市的摊位分布很散，按照类别划分，大体有：",
                "集市的摊位分布很散",
            ),
            // trouble is not what a paragraph argues
            (
                "渡口要有人管。如今船少人多，码头又窄。解决这些问题，",
                "渡口要有人管",
            ),
            (
                "养渠比修渠更要紧。如今渠底淤了，渠边塌了。改变这种状况，",
                "养渠比修渠更要紧",
            ),
            // the common subject, where nothing else stands before it
            ("办学", "办学"),
            ("这条路", "这条路"),
            ("山里的路该修了。这条路", "山里的路该修了"),
            // a subordinate clause takes its main clause
            (
                "如果噪声大到下面这个地步，我就反对摆夜市：",
                "如果噪声大到下面这个地步，我就反对摆夜市",
            ),
            // no conjunction and no verb that wants the series at the end
            (
                "摊主们怨的不是租金，是规矩天天变，因为",
                "摊主们怨的不是租金，是规矩天天变",
            ),
            ("这样修渠的好处在于，", "这样修渠的好处"),
            ("渠水要看紧，需要反复掂量的", "渠水要看紧"),
            // what announces is the predicate of what stands before it
            (
                "办起来之后又有三个难处，哪个村子都躲不过。",
                "办起来之后又有三个难处",
            ),
            ("存粮过冬，有几种办法：", "存粮过冬，有几种办法"),
            (
                "“天还没亮呢！你们怎么就来了？谁叫你们来的？”老张这样说，这",
                "老张这样说",
            ),
            (
                "国内没有与之完全对位的选手，原因有二：",
                "国内没有与之完全对位的选手",
            ),
            (
                "当谈论云上定价时，需要考虑许多因素，",
                "当谈论云上定价时，需要考虑许多因素",
            ),
            ("", ""),
            ("：", ""),
        ] {
            let name = name(before).or_else(|| words(before)).unwrap_or(0..0);
            assert_eq!(before.get(name), Some(wanted), "{before}");
        }
    }
}
