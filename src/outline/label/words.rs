//! Words that tell what part of a sentence a clause is. One list is one fact about Chinese.

use crate::text::words::Words;

/// Whole clauses that say nothing of the matter.
pub static EMPTY: Words = Words::new(
    "众所周知 眾所周知 举例来说 舉例來說 举例说 举个例子 舉個例子 举几个例子 舉幾個例子 总的来看 總的來看
    总的来说 總的來說 总的说来 总体来看 總體來看 总体来说 总体而言 總體而言 总而言之 總而言之 总之 總之 综上所述 綜上所述
    综上 換言之 换言之 换句话说 換句話說 简而言之 簡而言之 简单来说 簡單來說 简单说 一般来说 一般來說 一般而言
    毫无疑问 毫無疑問 毋庸置疑 不可否认 不可否認 不用说 诚然 誠然 事实上 事實上 实际上 實際上 其实 其實 当然 當然
    显然 顯然 我觉得 我覺得 我认为 我認為 我想 我们认为 我們認為 可以说 可以說 应该说 應該說 也就是说 也就是說 具体来说 具體來說
    具体而言 具體而言 具体说来 具体地说 具体来看 具体看 例如 比如 譬如 比方说 比方說 因此 所以 于是 於是 为此 為此 对此 對此
    由此 此外 另外 同时 同時 与此同时 與此同時 而且 并且 並且 不过 不過 然而 但是 可是 但 而 则 則 因为 因為 那么 那麼
    相反 反之 反过来说 反過來說 坦率地说 说实话 說實話 老实说 老實說 严格来说 嚴格來說 从根本上说 從根本上說
    首先 其次 再次 再者 最后 最後 同样 同樣 一句话 一句話 换个角度看 還有 还有",
);

/// Ends of clauses that only say who speaks.
pub static SAYING: Words = Words::new(
    "说 說 说道 說道 表示 认为 認為 指出 强调 強調 坦言 直言 透露 声称 聲稱 据称 报道称 報道稱 报告称 公告称 声明称 来信称
    告诉记者 告訴記者 告诉我们 觉得 覺得 写道 寫道 提醒 感叹 感歎 回忆 回憶 质疑 质疑道 反驳 反駁 常言道 有言 有云",
);

/// Words that end like those and name something else.
pub static NOT_SAYING: Words = Words::new(
    "小说 小說 学说 學說 传说 傳說 解说 解說 演说 演說 邪说 再说 再說 难说 難說 听说 聽說 胡说 胡說 的说 的認為 不说 不說 敢说 能说
    的强调 的強調 的提醒 的回忆 的回憶 的质疑 自我表示 的表示 图说 慢慢说 来说 來說",
);

/// Ends of clauses that only say how one knows.
pub static SHOWING: Words = Words::new(
    "由此可见 由此可見 可见 可見 可以看出 不难看出 不難看出 看得出 得知 了解到 瞭解到 得出结论 得出結論 不难发现 不難發現 可以发现 可以發現 不难想见",
);

/// Ends of clauses that say what evidence shows.
pub static PROVING: Words =
    Words::new("表明 显示 顯示 证明 證明 告诉我们 告訴我們 启示我们 啟示我們");

/// Names of evidence.
pub static EVIDENCE: Words = Words::new(
    "实践 實踐 事实 事實 历史 歷史 经验 經驗 研究 数据 數據 调查 調查 统计 統計 结果 結果 报告 報告 资料 資料 实验 實驗 案例 现实 現實 这些 這些 这 這",
);

/// Ends of clauses that say that one sees, behind a word of duty.
pub static SEEING: Words =
    Words::new("看到 认识到 認識到 意识到 意識到 注意到 承认 承認 明白 知道 清楚 懂得");

/// Words of duty or possibility.
pub static DUTY: Words =
    Words::new("要 应 應 必须 必須 可以 不难 不難 不得不 不能不 需 须 須 让我们 讓我們");

/// Ends of clauses that only lead to what follows.
pub static LEADING: Words = Words::new(
    "的是 的一点 的一點 的一点是 的一點是 的问题是 的問題是 的原因是 的答案是 答案是 的结论是 的結論是 的看法是 的理由是 之处是 之处在于 來看 来看 来说 來說 来讲 來講 而言 看来 看來 说起 說起 如此 角度看 角度说 意义上说 意義上說
    方面看 上看 上说 上說 上讲 据悉 的就是 关键是 關鍵是 问题是 問題是 原因是 结果是 結果是",
);

/// Beginnings of subordinate clauses, whose main clause follows.
pub static SUBORDINATE: Words = Words::new(
    "由于 由於 因为 因為 为了 為了 为着 如果 假如 假使 倘若 倘使 要是 若是 如若 只要 除非 虽然 雖然 虽说 雖說 虽 雖 尽管 儘管 不论 不論
    无论 無論 不管 即使 即便 哪怕 就算 纵然 縱然 既然 一旦 自从 自從 每当 每當 每逢 随着 隨著 隨着 鉴于 鑑於 鑒於 考虑到 考慮到
    面对 面對 除了 除此之外 对于 對於 关于 關於 至于 至於 作为 作為 与其 與其 只有 相比 与此相反 趁着 趁著 伴随着 有鉴于此 有鑒於此 本着 本著
    按理说 按理說 万一 萬一 当初 當初",
);

/// Words behind 为 that make an aim of it, beside verbs with an object.
pub static AIMS: Words =
    Words::new("让 讓 使 便于 便於 方便 不 了 着 著 确保 確保 保证 保證 尽快 盡快 更好 适应 適應");

/// Short ones: the rest must not make another word of them.
pub static SHORT_SUBORDINATE: Words = Words::new("若 如 因 当 當 自");

/// Words that begin like those.
pub static NOT_SUBORDINATE: Words = Words::new(
    "若干 如何 如今 如此 如期 如实 如實 如同 如数 因地 因材 因势 因勢 因人 因时 因時 因素 因果 因应 因應 因循 当前 當前 当地 當地
    当代 當代 当务 當務 当好 當好 当家 當家 当作 當作 当年 當年 当选 當選 当场 当中 当上 当一 当个 當個 自己 自主 自然 自由 自我 自觉 自覺 自愿 自願 自身
    自动 自動 自行 自力 自立 自信 自律 自治 自发 自發 自强 自強 自费 自下 自上 自查 自救 自制 自學 自学 自办 自助 自产 自家",
);

/// Beginnings that make a phrase of aim or means, unless a predicate is in it.
pub static PREPOSITIONS: Words = Words::new(
    "对 對 针对 針對 根据 根據 按照 依照 依据 依據 遵照 通过 通過 经过 經過 围绕 圍繞 凭借 憑藉 依托 依託 立足 借助",
);

/// Words of two characters or more that begin like those.
pub static NOT_PREPOSITIONS: Words = Words::new(
    "在于 在於 在乎 在意 对外 对内 對外 對內 对接 對接 对照 對照 对比 對比 对抗 對抗 对话 對話 对齐 对付 對付 对待 對待 对准
    从严 從嚴 从事 從事 从来 從來 从不 從不 从未 從未 从容 從容 从速 从重 从轻 从简 從簡",
);

/// Ends of phrases of place and time.
pub static PLACE_ENDS: Words = Words::new(
    "下 中 上 时 時 里 裡 裏 内 內 外 后 後 前 期间 期間 之间 之間 时候 時候 之际 之際 以来 以來 起 处 處 旁 旁边 边 方面 过程 阶段 階段 时代 時代 时期 時期
    今天 今日 当下 當下 情况 情況 同时 同時 基础 年代 年份 年 月 日 天 地方 地区 地區 环节 環節 領域 领域 层面 層面 眼里 一侧 两侧",
);

/// Ends of phrases of time and condition, whatever they begin with.
pub static TIME_ENDS: Words = Words::new(
    "的时候 的時候 时候 時候 的时 的時 之时 之時 之际 之際 以后 以後 之后 之後 以来 以來 之前 以前 期间 期間 过程中 過程中 情况下 情況下 背景下 基础上 基礎上
    前提下 条件下 條件下 形势下 形勢下 压力下 壓力下 影响下 影響下 带动下 帶動下 推动下 推動下 领导下 領導下 意义上 意義上 程度上 方面 的同时 的同時 的今天 的当下 的當下
    的话 的話 年来 年來 时 時 后 後 起见 起見",
);

/// Ends of phrases behind a subject: 多数人家在冬天到来之前.
pub static INNER_TIME_ENDS: Words =
    Words::new("下 时 時 后 後 期间 期間 过程中 過程中 之前 以前 之际 之際");

/// Words that end like those.
pub static NOT_TIME_ENDS: Words = Words::new(
    "及时 及時 按时 按時 准时 準時 随时 隨時 临时 臨時 小时 小時 限时 限時 计时 計時 费时 費時 省时 省時 学时 工时 工時 落后 落後 背后 背後 靠后 滞后 滯後
    前后 前後 先后 先後 在后 在後 其后 皇后 实时 即时 適時 适时 定时 定時 同时 同時 善后 善後 断后 殿后 的话语 多方面 各方面 殿後 押后",
);

/// Words of time that stand alone.
pub static TIMES: Words = Words::new(
    "目前 当前 當前 如今 现在 現在 今年 去年 明年 近年来 近年來 近些年来 近些年 近日 今后 今後 过去 過去 以前 从前 從前 长期以来 長期以來 一直以来 一直以來
    眼下 此前 此后 此後 后来 後來 最近 未来 未來 当时 當時 有时 有時 平时 平時 那时 那時 这时 這時 日前 首批 至今 截至目前 很多时候 多年来 多年來 多年以来 一段时间以来 今天 昨天 明天 当天",
);

/// Words that a predicate begins with, where its subject stands before it.
pub static PREDICATE_STARTS: Words = Words::new(
    "一律 都 均 也都 全都 一概 一定要 一定 要 应 應 必须 必須 须 須 需 不得 不能 不许 不許 不准 不准 不可 不宜 不应 不應 不该 不會 不会 不是 不再 不仅要 不但要 可以 可 能够 能夠 能 会 會 将会 將會 将于 將於 将在 將在 将成为 將成為 未
    没有 沒有 没 尚未 已经 已經 已 仍然 仍 正在 正 就是 就要 就应 是 往往 常常 容易 难以 難以 很难 很難 务必 務必 既要 也要 也应 还要 还应 更要 应该 應該 应当 應當 绝不 絕不 决不 決不 切忌 严禁 嚴禁 严格 嚴格
    由 归 歸 占 占到 不 最 至少 平均 只能 只有 主要 直接 无法 無法 并未 並未 并不 並不 普遍 大多 尤其 显得 顯得 被 很 较 較 更 极 極 十分 非常 从未 從未 认为 認為 指出 提出 反而 反倒",
);

/// Words that a phrase before its predicate begins with.
pub static PHRASE_STARTS: Words = Words::new("在 因 与 與 从 從 对 對 为 為 以");

/// Beginnings of clauses that explain the one before.
pub static EXPLAINING: Words = Words::new(
    "包括 例如 比如 譬如 诸如 如 即 其中 也就是 换句话说 換句話說 又可分为 又分 分别是 分別是",
);

/// Characters of words that only a predicate has.
pub static PREDICATE_CHARS: &str =
    "是有要应應会會能可不没沒未了着著被把将將使让讓给給得就都也还還很太更已正须須需才吗嗎呢吧";

/// Those of them that are in no 的 phrase before a name.
pub static STRONG_PREDICATE_CHARS: &str = "就也都将將已被把是";

/// Words in a clause that begin its main part: 对于老人既要….
pub static MAIN_STARTS: Words =
    Words::new("既要 既不 既能 既是 既应 既應 不仅 不僅 不但 一定要 必须 必須 应当 應當 应该 應該");

/// Words that no name with 的 has in it.
pub static CLAUSE_WORDS: Words = Words::new(
    "可能 能够 能夠 可以 正在 已经 已經 来自 來自 意味着 意味著 在于 在於 必须 必須 应该 應該 应当 應當",
);

/// Verbs behind what is done for somebody: no aim.
pub static GIVING: Words = Words::new(
    "提供 带来 帶來 创造 創造 奠定 注入 打下 铺平 鋪平 留下 树立 樹立 作出 做出 赢得 贏得 办 辦 送 做",
);

/// Names and adverbs with such a character in them.
pub static NOT_PREDICATES: Words = Words::new(
    "社会 社會 大会 大會 会议 會議 机会 機會 协会 協會 会员 會員 供给 供給 供应 供應 反应 反應 效应 效應 响应 响應 主要 重要 首要 必要 要素 要求 所有 国有 國有 公有 私有 现有 現有 原有 特有
    固有 有关 有關 有效 有利 有机 有機 能力 功能 性能 智能 职能 職能 能源 节能 節能 技能 首都 成都 都市 人才 才能 就业 就業 成就 将来 將來 正确 正確 公正 真正 正式 许可 許可 应用 應用 应急 應急 不同 不足
    不良 不断 不斷 不少 未来 未來 使用 使命 没落 着力 著力 着重 了解 把握 已有 还款 還款 需求 必需 需要 更加 更好 可持续 可持續",
);

/// Verbs that take an object: an outline's points begin with them.
pub static VERBS: Words = Words::new(
    "加强 加強 加快 加大 提高 提升 推进 推進 推动 推動 促进 促進 完善 健全 建立 建设 建設 构建 構建 构筑 構築 实施 實施 实行 實行 落实 落實 深化 强化 強化 优化 優化 扩大 擴大 发展 發展 创新 創新
    坚持 堅持 保持 保障 维护 維護 保护 保護 改善 改革 改进 改進 改造 改变 改變 解决 解決 处理 處理 抓好 抓住 抓紧 做好 做强 做強 做大 搞好 办好 辦好 管好 修好 用好 守住 拥有 擁有 具有 具备 具備 形成 引领 引領 统筹 統籌 锻造 鍛造
    弘扬 弘揚 打造 培育 培养 培養 探索 研究 支持 鼓励 鼓勵 引导 引導 规范 規範 严格 嚴格 禁止 防止 避免 减少 減少 降低 增加 增强 增強 取消 调整 調整 明确 明確 制定 出台 发挥 發揮 充分 深入 全面 切实 切實 积极 積極 大力 努力 进一步 進一步
    进行 進行 开展 開展 给予 給予 予以 加以 采取 採取 树立 樹立 满足 滿足 突出 突破 拓展 整合 整治 治理 控制 打击 打擊 打破 消除 克服 利用 运用 運用 依靠 依法 尊重 重视 重視 关注 關注 注重 成为 成為 带来 帶來 造成 导致 導致 影响 影響
    缺乏 缺少 存在 属于 屬於 符合 需要 提供 提出 享受 承担 承擔 接受 参与 參與 参加 參加 学习 學習 掌握 理解 认识 認識 看到 承认 承認 实现 實現 完成 达到 達到 巩固 鞏固 贯彻 貫徹 执行 執行 遵守 违反 違反 激发 激發 释放 釋放 服务 服務 领导 留住 从严 從嚴 守好 修复 修復 收取 公布 公开 公開",
);

/// Short ones, at the beginning of a clause alone.
pub static SHORT_VERBS: Words =
    Words::new("再 勿 莫 别 別 抓 做 搞 补 補 拆 查 卖 賣 买 買 让 讓 令 使得 促");

/// What stands behind 上 or 中 where that is no end of a phrase of place.
pub static NOT_BEHIND_PLACE: Words = Words::new(
    "心 国 國 海 市 午 面 层 層 级 級 岗 崗 班 升 线 線 降 游 乡 鄉 一 期 间 間 代 刻 提 者 央 学 學 等 的 、 和",
);

/// Ends of clauses that want their object or the words behind the mark.
pub static UNFINISHED: Words = Words::new(
    "在于 在於 包括 例如 比如 譬如 诸如 即 就是 是 为 為 有 和 或 或者 与 與 以及 及 并 並 而 但 但是 因为 因為 所以 主要是 不仅 不但 来自 來自
    取决于 取決於 来源于 分为 分為 认为 認為 的 地 如下 等于 意味着 意味著 还有 還有",
);

/// Words that make a sentence of a clause that ends with 的.
pub static ASSERTING: Words = Words::new("是 挺 很 蛮 蠻 怪 总要 總要 总会 總會");

/// Words that end with 的 and name something.
pub static NOT_OF: Words = Words::new("目的 有的 中的 似的 端的");

/// Beginnings of a half sentence that belongs to the one before.
pub static GOES_ON: Words = Words::new("或者 或 以及 及 并 並 且");

/// Words that look like one of the first words of a pair.
pub static NOT_PAIRS: Words =
    Words::new("既然 既定 既有 既往 既成 所有的 有的放矢 是不是 虽然 雖然 虽说 雖說");

/// Pairs of words that hold a sentence together: what opens one, and all that may close it.
pub static PAIRS: &[(Words, Words)] = &[
    (Words::new("既"), Words::new("又 也 还 還 更")),
    (
        Words::new("不仅 不僅 不但 不光 不只 不单 不單 不止 非但"),
        Words::new("而且 并且 並且 还 還 也 更 甚至 反而 且 又 同时 同時"),
    ),
    (
        Words::new("不是 并非 並非 不在于 不在於 并不是 並不是"),
        Words::new("而是 就是 而在 便是 是"),
    ),
    (
        Words::new("与其 與其"),
        Words::new("不如 毋宁 毋寧 莫若 倒不如"),
    ),
    (
        Words::new("宁可 寧可 宁愿 寧願 宁肯"),
        Words::new("也不 也要 决不 不"),
    ),
    (Words::new("一边 一邊"), Words::new("一边 一邊")),
    (Words::new("一面"), Words::new("一面")),
    (Words::new("要么 要麼"), Words::new("要么 要麼")),
    (Words::new("或者"), Words::new("或者")),
    (Words::new("有的"), Words::new("有的")),
    (Words::new("只有"), Words::new("才")),
    (
        Words::new("虽然 雖然 虽说 雖說 尽管 儘管 固然 诚然 虽 雖"),
        Words::new("但 却 卻 可 然而 不过 不過"),
    ),
];
