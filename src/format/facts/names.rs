//! Names of people, as far as their form shows.

use crate::format::prose;
use crate::text::words::Words;

/// Family names of one character.
static FAMILIES: Words = Words::new(
    "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 萧 田
    董 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 傅 方 邹
    熊 白 孟 秦 邱 侯 江 尹 薛 闫 阎 段 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万 覃 武 钱 戴 严 莫 孔 向 常 汤 温
    康 施 文 牛 樊 葛 邢 安 齐 易 乔 伍 庞 颜 倪 庄 聂 章 鲁 岳 翟 殷 詹 申 欧 耿 关 兰 焦 俞 左 柳 甘 祝 包
    宁 尚 符 舒 阮 柯 纪 梅 童 凌 毕 单 季 裴 霍 涂 成 苗 谷 盛 曲 翁 冉 骆 蓝 路 游 辛 靳 管 柴 蒙 鲍 华 喻
    祁 蒲 房 滕 屈 饶 解 牟 艾 尤 阳 时 穆 农 司 卓 古 吉 缪 简 车 项 连 芦 麦 褚 娄 窦 戚 岑 景 党 宫 费 卜
    冷 晏 席 卫 米 柏 宗 瞿 桂 全 佟 应 臧 闵 苟 邬 边 卞 姬 师 和 仇 栾 隋 商 刁 沙 荣 巫 寇 桑 郎 甄 丛 仲
    虞 敖 巩 明 佘 池 查 麻 苑 迟 邝 官 封 谈 匡 鞠 惠 荆 乐 冀 郁 胥 南 班 储 原 栗 燕 楚 鄢 劳 谌 奚 皮 粟",
);
/// Family names of two characters.
static LONG_FAMILIES: Words =
    Words::new("欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 端木 南宫 长孙 宇文");
/// Words that begin with a family name and are not names.
static NO_NAMES: Words = Words::new(
    "文章 文化 文学 文艺 时政 时评 时事 时间 时光 马上 高清 任务 路况 万事 国际 国内 国家 关于 关注 关闭 全国
    全部 全文 公司 公告 公益 公开 海外 华人 金融 房产 游戏 安全 应用 成都 成长 向上 平台 平安 江苏 江西 云南
    广播 车市 党建 法治 都市 强国 商业 商讯 和平 原创 原文 方法 方案 乐活 元旦 古代 支持 支付 利率 相关 来源
    来信 门户 位置 明星 明天 经典 常识 新闻 南方 南京 海南 宁波 宁夏 石油 温度 康养 农业 农村 夏天 秦皇岛 连载
    谷歌 白领 项目 计划 解读 解析 卫生 封面 专访 手记 查看 单位 简介 简体 繁体 管理 包装 应急 信息 富豪 幸福
    印象 银行 智能 智库 边疆 索引 初中 小学 左右 成果 满意 权威 丰收 战略 战争 盘点 展望 由来 阳光
    原标题 全媒体 国务院 公众号 任何人 时尚圈",
);
/// Marks inside the names of foreigners.
const DOTS: [char; 4] = ['·', '・', '•', '‧'];

/// Recognises the name of one person.
pub(crate) fn is_person(word: &str) -> bool {
    let chars = word.chars().count();
    if word.contains(DOTS) {
        let in_name = |c: char| c.is_alphabetic() || DOTS.contains(&c) || c == '.';
        return (3..=24).contains(&chars) && word.chars().all(in_name);
    }
    if word.chars().all(prose::is_han) && chars > 0 {
        let short = (2..=3).contains(&chars) && FAMILIES.starts(word);
        let long = (3..=4).contains(&chars) && LONG_FAMILIES.starts(word);
        return (short || long) && !NO_NAMES.has(word);
    }
    false
}

/// Returns the people that a text names and nothing else: `林深 李雷`, `林深、李雷`.
pub(crate) fn people(text: &str) -> Option<String> {
    let is_between =
        |c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '/' | '／' | '&');
    let words: Vec<&str> = text.split(is_between).filter(|w| !w.is_empty()).collect();
    let named = !words.is_empty() && words.len() <= 6 && words.iter().all(|w| is_person(w));
    named.then(|| words.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_family_names() {
        for name in ["林深", "欧阳林深", "陳大文", "安娜·林", "司马林"] {
            assert!(is_person(name), "{name}");
        }
        for other in [
            "棱角",
            "时政",
            "纪检监察",
            "金融市场",
            "",
            "2019",
            "林中漫步记",
        ] {
            assert!(!is_person(other), "{other}");
        }
        assert_eq!(people("林深 李雷").as_deref(), Some("林深、李雷"));
        assert_eq!(people("林深 财经"), None);
        assert_eq!(people(" "), None);
    }
}
