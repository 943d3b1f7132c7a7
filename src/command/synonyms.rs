//! Other words by which readers look for a command, in the help and the palette: those of other
//! programs, and those for a task rather than for a key.

/// Other words for commands, in both languages, and the names of these commands.
const SYNONYMS: &[(&str, &[&str])] = &[
    (
        "翻页 page",
        &["page-down", "page-up", "half-page-down", "half-page-up"],
    ),
    (
        "目录 大纲 结构 contents toc",
        &[
            "toggle-outline",
            "focus-outline",
            "skeleton",
            "outline-skeleton",
        ],
    ),
    (
        "跳到 段号 goto",
        &["start", "end", "point-number", "palette"],
    ),
    (
        "搜索 检索 全文 find grep",
        &["search", "shelf-search", "list-filter"],
    ),
    (
        "词频 出现 统计 频率 frequency",
        &[
            "list-hits",
            "keywords",
            "shelf-hits",
            "term-table",
            "shelf-term-table",
            "table-rate",
        ],
    ),
    (
        "统计 按年 年份 时间线 趋势 首次 最早 图表 timeline trend first",
        &[
            "term-table",
            "shelf-term-table",
            "table-division",
            "table-division-back",
        ],
    ),
    (
        "首次 最早 谁说 出处 first who",
        &[
            "shelf-hits",
            "shelf-hits-order",
            "same",
            "shelf-same",
            "like",
            "outline-like",
            "shelf-like",
        ],
    ),
    (
        "转载 重复 副本 去重 雷同 copies duplicates repost",
        &[
            "same",
            "shelf-same",
            "shelf-copies",
            "shelf-hits-copies",
            "table-copies",
        ],
    ),
    (
        "对比 比较 异同 差异 compare diff",
        &[
            "same-compare",
            "twin",
            "shelf-twin",
            "shelf-choose",
            "differences-same",
            "phrases-against",
        ],
    ),
    (
        "相似 类似 观点 similar",
        &["like", "outline-like", "shelf-like", "same", "shelf-same"],
    ),
    (
        "热词 高频词 关键词 词云 提法 keyness",
        &["phrases", "keyword-propose"],
    ),
    (
        "复制 拷贝 剪贴板 摘抄 clipboard yank",
        &[
            "copy",
            "copy-sentence",
            "copy-point",
            "copy-paragraph",
            "copy-selection",
            "cite",
            "marks-copy",
        ],
    ),
    (
        "引用 摘录 出处 参考文献 quote citation",
        &["cite", "marks-copy"],
    ),
    (
        "笔记 注解 标注 划线 annotate comment",
        &[
            "note",
            "highlight",
            "note-in-editor",
            "marks",
            "marks-note",
            "marks-everywhere",
        ],
    ),
    (
        "导出 输出 保存 表格 save excel",
        &[
            "export",
            "marks-export",
            "list-export",
            "list-export-csv",
            "list-export-json",
            "twin-export",
        ],
    ),
    (
        "背诵 复习 记忆 自测 考 填空 flashcard quiz recite",
        &[
            "drill",
            "shelf-drill",
            "drill-due",
            "due-drill",
            "drill-kind",
        ],
    ),
    (
        "排序 顺序 sort",
        &[
            "shelf-order",
            "shelf-order-back",
            "shelf-hits-order",
            "shelf-hits-order-back",
            "like-order",
            "phrases-order",
            "phrases-order-back",
        ],
    ),
    (
        "筛选 过滤 filter",
        &["shelf-search", "list-filter", "shelf-views", "only-hits"],
    ),
    (
        "书签 位置 bookmark",
        &["bookmark", "go-to-bookmark", "marks"],
    ),
    ("历史 最近 上次 history", &["recent", "back", "forward"]),
    (
        "夜间 深色 浅色 颜色 配色 dark light colour color",
        &["theme", "settings"],
    ),
    (
        "选项 配置 字号 行宽 options preferences",
        &["settings", "narrower", "wider"],
    ),
    ("乱码 编码 charset garbled", &["encoding", "encoding-take"]),
    (
        "原文 源码 清理 source",
        &["raw", "unfold-all", "unfold-here"],
    ),
    ("字数 篇幅 作者 日期 信息 metadata", &["facts"]),
    (
        "撤回 后悔 revert",
        &["undo", "marks-undo", "view-undo", "back"],
    ),
    ("退出 离开 exit", &["quit", "shelf-quit", "outline-quit"]),
    ("快捷键 按键 shortcuts keys", &["help"]),
    ("标为已读 未读 unread", &["shelf-read"]),
    (
        "刷新 同步 重新读入 sync",
        &["shelf-refresh", "reload", "redraw"],
    ),
    ("书库 文库 列表 全部文章 library", &["shelf"]),
];

/// Returns the other words for a command, each group with blanks between.
pub(crate) fn of(name: &str) -> impl Iterator<Item = &'static str> {
    let groups = SYNONYMS
        .iter()
        .filter(move |(_, names)| names.contains(&name));
    groups.map(|(words, _)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::entry::Group;
    use crate::command::groups::GROUPS;

    #[test]
    fn every_name_is_a_command() {
        for name in SYNONYMS.iter().flat_map(|(_, names)| *names) {
            let mut commands = GROUPS.iter().flat_map(Group::commands);
            assert!(commands.any(|c| c.name == *name), "{name}");
        }
    }
}
