//! Folds traditional characters to simplified ones, so that each word of the rules is in one list
//! only.

use crate::text::words::Words;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Traditional characters that words of the rules are written with, each before its simplified
/// form.
static FOLDED_PAIRS: Words = Words::new(
    "並并 來来 係系 個个 們们 備备 傳传 僅仅 儘尽 兩两 別别 則则 動动 勞劳 \
    勢势 區区 協协 參参 員员 問问 單单 嚴严 國国 圍围 執执 場场 夠够 學学 \
    實实 寧宁 寫写 將将 對对 導导 幹干 幾几 廠厂 張张 強强 後后 從从 復复 \
    慮虑 憑凭 憶忆 應应 戶户 換换 據据 斷断 於于 時时 會会 東东 條条 業业 \
    構构 樣样 樹树 機机 權权 歷历 歸归 決决 沒没 況况 準准 滯滞 濟济 災灾 \
    為为 無无 爭争 爲为 現现 產产 異异 當当 發发 盡尽 眾众 確确 礎础 稅税 \
    種种 稱称 筆笔 節节 簡简 糧粮 級级 紹绍 終终 組组 結结 給给 統统 經经 \
    綜综 線线 緻致 總总 織织 繞绕 義义 職职 臺台 與与 舉举 艱艰 萬万 著着 \
    裏里 補补 裡里 製制 複复 見见 規规 覺觉 計计 記记 許许 訴诉 評评 話话 \
    該该 認认 誠诚 說说 誰谁 調调 談谈 論论 諱讳 講讲 證证 議议 變变 讓让 \
    費费 賽赛 踐践 車车 軍军 較较 轉转 辦办 這这 進进 過过 遠远 適适 選选 \
    還还 邊边 針针 鋪铺 鑑鉴 鑒鉴 長长 門门 間间 關关 陽阳 階阶 際际 隨随 \
    雖虽 難难 響响 須须 頭头 題题 願愿 顯显 飯饭 驗验 體体 麼么 點点",
);

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let pairs = FOLDED_PAIRS.iter().map(|pair| {
        let mut chars = pair.chars();
        Some((chars.next()?, chars.next()?))
    });
    pairs.flatten().collect()
});

/// Returns a text in simplified characters. Every character keeps its place and its bytes.
pub fn simplified(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| SIMPLIFIED.contains_key(&c)) {
        let fold = |c| SIMPLIFIED.get(&c).copied().unwrap_or(c);
        text.chars().map(fold).collect::<String>().into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_stay() {
        assert!(FOLDED_PAIRS.iter().all(|pair| pair.len() == 6));
        assert_eq!(simplified("為了對a這"), "为了对a这");
    }
}
