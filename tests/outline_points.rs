//! Sentences as the outline reads them: styles, series, nesting, traps.
//!
//! Each line of an expectation is a point: indented by its level, its marker,
//! and the first characters after it.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    clippy::format_push_string,
    reason = "tests: a panic is the report, what they build is short"
)]

use jingdu::document::{BlockKind, Builder, Document};
use jingdu::outline::{Outline, outline};

/// A document of one block a line; `#` makes a heading, `-` an item, `>` a
/// quotation.
pub fn document(text: &str) -> Document {
    let mut b = Builder::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        let level = line.chars().take_while(|c| *c == '#').count();
        let rest = line.trim_start_matches(['#', '>', '-']).trim();
        match line.chars().next() {
            Some('#') => b.block(
                BlockKind::Heading(u8::try_from(level).unwrap()),
                0,
                i + 1,
                rest,
            ),
            Some('-') => b.block(BlockKind::Item, 1, i + 1, rest),
            Some('>') => b.block(BlockKind::Quote, 1, i + 1, rest),
            _ => b.block(BlockKind::Paragraph, 0, i + 1, line),
        }
    }
    b.finish()
}

/// The outline in print.
fn print(d: &Document, o: &Outline) -> String {
    let mut out = String::new();
    for p in &o.points {
        let (marker, span) = (d.slice(p.marker), d.slice(p.span));
        let words: String = span
            .strip_prefix(marker)
            .unwrap_or(span)
            .trim_start_matches(['，', '：', ' ', '　'])
            .chars()
            .take(2)
            .collect();
        let indent = "  ".repeat(usize::from(p.level) - 1);
        out += &format!(
            "{indent}{}|{words}\n",
            if marker.is_empty() { "##" } else { marker }
        );
    }
    out
}

#[track_caller]
pub fn check(text: &str, expected: &str) {
    let d = document(text);
    let indent = expected
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| l.len() - l.trim_start().len())
        .min()
        .unwrap_or(0);
    let expected: Vec<&str> = expected
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| l.get(indent..).unwrap_or_default())
        .collect();
    assert_eq!(
        print(&d, &outline(&d)).lines().collect::<Vec<_>>(),
        expected,
        "\n{text}"
    );
}

/// `markers` are points of one series on the first level, and nothing else is.
#[track_caller]
pub fn one_series(text: &str, markers: &[&str]) {
    let d = document(text);
    let o = outline(&d);
    let found: Vec<&str> = o.points.iter().map(|p| d.slice(p.marker)).collect();
    assert_eq!(found, markers, "\n{text}");
    assert!(o.points.iter().all(|p| p.level == 1), "{text}");
    assert!(o.series.len() == 1 || markers.is_empty(), "{text}");
}

#[test]
fn styles_inside_a_paragraph() {
    let rows = "\
办好这件事，一是人要到位，二是钱要到位；三是章程要到位。 | 一是 二是 三是
干部下乡，一要听得进话，二要坐得住凳，三要算得清账。 | 一要 二要 三要
他没有去，一来路远难行，二来盘缠不够。 | 一来 二来
消息传来，一则以喜，一则以忧。 | 一则 一则
这样一来面子有了，二来里子也有了。 | 一来 二来
古人说交友有三：一曰直，二曰谅，三曰多闻。 | 一曰 二曰 三曰
其因有三：一，地势低；二，水源近；三，路好走。 | 一， 二， 三，
选一项：A．种树；B．挖渠；C．修路。 | A． B． C．
我们首先要修路，其次要修渠。 | 首先 其次
一是修路、二是修渠、三是种树。 | 一是 二是 三是
理由有三：其一，地势低；其二，水源近；其三，路好走。 | 其一 其二 其三
第一，要看得远。第二，要走得稳。第三，要收得住。 | 第一 第二 第三
办学靠什么？第一是先生，第二是学生，第三才算房子。第三是房子。 | 第一 第二 第三
他提了两条意见。第一个是账目不清，第二个是人手太多。 | 第一 第二
改稿有规矩。第一要短，第二要准，第三要活。 | 第一 第二 第三
规矩两条：第一条是不迟到，第二条是不早退。 | 第一 第二
首先，把话说清。其次，把账算清。再次，把路看清。最后，把事办成。 | 首先 其次 再次 最后
首先是人心，其次是制度，再者是器物，最後是時機。 | 首先 其次 再者 最後
河水上涨，一方面淹了田，另一方面肥了地。 | 一方面 另一方面
工厂搬家，一方面省了租金，另一方面近了原料，再一方面远了居民。 | 一方面 另一方面 再一方面
一方面，人手够了；另一方面，经费有了；第三方面，民意也通了。 | 一方面 另一方面 第三方面
大致有三类：（1）种粮的；（2）种菜的；（3）养鱼的。 | （1） （2） （3）
大致有三类:(1)种粮的;(2)种菜的;(3)养鱼的。 | (1) (2) (3)
表现为：①田少了；②人多了；③粮贵了。 | ① ② ③
表现为：⑴田少了；⑵人多了。 | ⑴ ⑵
分三步走：1.摸清家底；2.列出清单；3.逐条办理。 | 1. 2. 3.
分三步走：1、摸清家底；2、列出清单；3、逐条办理。 | 1、 2、 3、
分三步走：１．摸清家底；２．列出清单。 | １． ２．
会上定了三件事：一、修渠；二、修路；三、修学堂。 | 一、 二、 三、
会上定了两件事：（一）修渠；（二）修路。 | （一） （二）";
    for row in rows.lines() {
        let (text, markers) = row.split_once(" | ").unwrap();
        one_series(text, &markers.split(' ').collect::<Vec<_>>());
    }
}

#[test]
fn traditional_characters() {
    one_series(
        "辦好這件事，首先，人要到位；其次，錢要到位；最後，章程要到位。",
        &["首先", "其次", "最後"],
    );
    one_series("他沒有去，一來路遠難行，二來盤纏不夠。", &["一來", "二來"]);
    one_series(
        "規矩兩條：第一條是不遲到，第二條是不早退。",
        &["第一", "第二"],
    );
    one_series("「一是人要到位，二是錢要到位。」", &["一是", "二是"]);
}

#[test]
fn styles_at_line_heads() {
    for (a, b) in [
        ("一、", "二、"),
        ("（一）", "（二）"),
        ("(一)", "(二)"),
        ("1.", "2."),
        ("1、", "2、"),
        ("1．", "2．"),
        ("（1）", "（2）"),
        ("1）", "2）"),
        ("(1)", "(2)"),
        ("①", "②"),
        ("⑴", "⑵"),
        ("⒈", "⒉"),
        ("㈠", "㈡"),
        ("1.1", "1.2"),
        ("1.3.1", "1.3.2"),
        ("壹、", "贰、"),
        ("甲、", "乙、"),
        ("A.", "B."),
        ("a)", "b)"),
        ("I.", "II."),
        ("Ⅰ、", "Ⅱ、"),
        ("第一章", "第二章"),
        ("第一节", "第二节"),
        ("第一条", "第二条"),
        ("第一部分", "第二部分"),
        ("第一编", "第二编"),
        ("一问", "二问"),
        ("二论", "三论"),
        ("一是", "二是"),
        ("第一", "第二"),
        ("【一】", "【二】"),
    ] {
        let blank = if a.starts_with('第') && a.chars().count() > 2 {
            "　"
        } else {
            ""
        };
        let comma = if a == "第一" { "，" } else { "" };
        one_series(
            &format!(
                "{a}{blank}{comma}河流与村庄\n河边有村。\n{b}{blank}{comma}山岭与道路\n山上有路。"
            ),
            &[a, b],
        );
    }
}

#[test]
fn labelled_and_bare_numbers() {
    one_series(
        "问题一：水从哪里来？\n从山上来。\n问题二：水到哪里去？\n到海里去。",
        &["问题一", "问题二"],
    );
    one_series(
        "# 专栏1 水的来历\n从山上来。\n# 专栏2 水的去向\n到海里去。",
        &["专栏1", "专栏2"],
    );
    one_series(
        "- 原则 1. 不取分文\n- 原则 2. 不留姓名",
        &["原则 1", "原则 2"],
    );
    one_series(
        "好处一，省了力气。\n好处二，省了时间。",
        &["好处一", "好处二"],
    );
    one_series("第一次：忘了带伞。\n第二次：忘了带书。", &["第一", "第二"]);
    one_series("一\n清早起来看山。\n二\n晚上回来看水。", &["一", "二"]);
    one_series(
        "一　看山\n清早起来看山。\n二　看水\n晚上回来看水。",
        &["一", "二"],
    );
    one_series(
        "1看山的规矩\n清早起来看山。\n2看水的规矩\n晚上回来看水。",
        &["1", "2"],
    );
    one_series(
        "1 看山的规矩\n清早起来看山。\n2 看水的规矩\n晚上回来看水。",
        &["1", "2"],
    );
}

#[test]
fn mixed_words_make_one_series() {
    one_series(
        "首先，山要绿。第二，水要清。第三，人要勤。",
        &["首先", "第二", "第三"],
    );
    one_series(
        "首先，山要绿。\n其二，水要清。\n第三，人要勤。",
        &["首先", "其二", "第三"],
    );
    one_series("首先是山，其次是水，第三是人。", &["首先", "其次", "第三"]);
    one_series(
        "第一，山要绿；第二，水要清；最後，人要勤。",
        &["第一", "第二", "最後"],
    );
    one_series(
        "第一个是老张，只管说；其次是老李，只管听。",
        &["第一", "其次"],
    );
    one_series("一是山要绿；一是水要清。", &["一是", "一是"]);
    one_series("一方面怕冷，一方面怕热。", &["一方面", "一方面"]);
}

#[test]
fn series_over_paragraphs_and_with_gaps() {
    one_series(
        "说说好处。首先，山绿了。其次，水清了。\n村里人都这么看。再次，人勤了。\n最后，钱多了。",
        &["首先", "其次", "再次", "最后"],
    );
    one_series(
        "一是山绿了。二是水清了。四是人勤了。",
        &["一是", "二是", "四是"],
    );
    one_series(
        "一、看山\n好看。\n三、看水\n也好看。\n四、看人\n更好看。",
        &["一、", "三、", "四、"],
    );
    one_series("二、看山\n好看。\n三、看水\n也好看。", &["二、", "三、"]);
    one_series("咱们村里动力第一就是水，第二是路。", &["第一", "第二"]);
    one_series(
        "厂里一方面催着开工，另一方面拖着不发钱。",
        &["一方面", "另一方面"],
    );
}

#[test]
fn what_is_no_marker() {
    for text in [
        "统一是大势所趋。唯一是他没有来。第一是安全。",
        "山区的特产之一是木耳，二是说不清的。",
        "万一是真的，十一是假日，怎么办？",
        "首先，要把账算清。此外，要把话说清。",
        "他首先学的是木工。大家都佩服。",
        "这首先是人心问题。再次重申，不得延误。最后一刻他来了。",
        "第一产业和第二产业都在增长，第三产业更快。",
        "第一次来，第二次走，都没有见着他。",
        "发展是第一要务，人才是第一资源，创新是第一动力。",
        "产量居全国第一，质量居全国第二，价钱居第三。",
        "第一、二、三产业比例协调。第一、第二产业用工最多。",
        "本法第三条规定，第四条另有规定的除外。",
        "依照（二）、（三）、（四）项规定办理。",
        "增长9.1%，比上年高1.2个百分点；利润2.3亿元。",
        "三、四季度回升，一、二季度下降。",
        "最后来看账目。最后要说的是人。",
        "另一方面，人手也不够。",
        "他说了一句话。一方面是天热，同时也是人懒。",
        "一是一，二是二，话要说清。",
        "甲、乙双方协商；甲、乙、丙三家合股。",
        "一种是能说的，一种是能写的，一种是能干的。",
        "——山里的，——水里的，——地里的。",
        "版本1.0发布，2.0还早。",
        "老张（1）和老李（2）都来了，老王（3）没来。",
        "他的话没有人听①，也没有人信②。",
        "《山志》①说有，《水志》②说没有。",
        "第三方面临压力，另一方面没有压力。",
        "万一，二来的人不认得路。",
        "改革有三要素，也有三要务。",
    ] {
        one_series(text, &[]);
    }
}

#[test]
fn nesting() {
    check(
        "一、看山\n（一）近山\n1.石头\n石头多。\n2.树木\n树木少。\n（二）远山\n1.云\n2.鸟\n二、看水\n（一）河\n（二）海",
        "
        一、|看山
          （一）|近山
            1.|石头
            2.|树木
          （二）|远山
            1.|云
            2.|鸟
        二、|看水
          （一）|河
          （二）|海
        ",
    );
    // What the article does wins over the standard.
    check(
        "1、看山\n(一)近山\n山近。\n(二)远山\n山远。\n2、看水\n(一)河\n(二)海",
        "
        1、|看山
          (一)|近山
          (二)|远山
        2、|看水
          (一)|河
          (二)|海
        ",
    );
    check(
        "一、看山\n1、近山\n一是石多，二是树少。\n2、远山\n说法有两种。\n一、云多。\n二、鸟多。\n3、深山\n没人去。\n二、看水",
        "
        一、|看山
          1、|近山
            一是|石多
            二是|树少
          2、|远山
            一、|云多
            二、|鸟多
          3、|深山
        二、|看水
        ",
    );
    check(
        "第一，山里苦。首先是路难走，一方面坡陡，另一方面弯多；其次是水难挑。\n第二，山里好。",
        "
        第一|山里
          首先|是路
            一方面|坡陡
            另一方面|弯多
          其次|是水
        第二|山里
        ",
    );
    check(
        "# 山里的事\n## 近山\n一是石多；二是树少。\n## 远山\n都是云。\n# 水边的事\n没有事。",
        "
        ##|山里
          ##|近山
            一是|石多
            二是|树少
          ##|远山
        ##|水边
        ",
    );
    check(
        "## 一、看山\n## （一）近山\n## （二）远山\n## 二、看水\n## 结语",
        "一、|看山\n  （一）|近山\n  （二）|远山\n二、|看水\n##|结语",
    );
    check(
        "第一章　看山\n第一条　山不许砍。\n第二条　山不许烧。\n第二章　看水\n第三条　水不许堵。\n第四条　水不许脏。",
        "第一章|看山\n  第一条|山不\n  第二条|山不\n第二章|看水\n  第三条|水不\n  第四条|水不",
    );
    // A restart opens a new series beside the old one.
    check(
        "一是山绿；二是水清。\n又有两条。一是人勤；二是马壮。",
        "一是|山绿\n二是|水清\n一是|人勤\n二是|马壮",
    );
    // A plain line counts on after headings.
    check(
        "## 一、看山\n山高。\n## 二、看水\n水长。\n三、看人\n（一）老人\n（二）孩子",
        "一、|看山\n二、|看水\n三、|看人\n  （一）|老人\n  （二）|孩子",
    );
}

#[test]
fn scope_of_the_last_point() {
    // A point inside a paragraph ends with it, unless it announces a list.
    check(
        "一是山绿，二是水清，办法如下：\n（1）种树。\n（2）挖渠。",
        "一是|山绿\n二是|水清\n  （1）|种树\n  （2）|挖渠",
    );
    // A new count after a list of short items stands beside it.
    check(
        "- （1）种树。\n- （2）挖渠。\n这些事有三个特点。首先，费力。其次，费时。",
        "（1）|种树\n（2）|挖渠\n首先|费力\n其次|费时",
    );
    check(
        "第一，种树。\n第二，挖渠。\n总之，一是要有人，二是要有钱。",
        "第一|种树\n第二|挖渠\n一是|要有\n二是|要有",
    );
}

#[test]
fn lists_in_lists() {
    let mut b = Builder::new();
    for (depth, text) in [
        (1, "1. 看山"),
        (2, "1. 近山"),
        (2, "2. 远山"),
        (1, "2. 看水"),
        (2, "1. 河"),
        (2, "2. 海"),
    ] {
        b.block(BlockKind::Item, depth, 1, text);
    }
    let d = b.finish();
    assert_eq!(
        outline(&d)
            .points
            .iter()
            .map(|p| p.level)
            .collect::<Vec<_>>(),
        [1, 2, 2, 1, 2, 2]
    );
}

#[test]
fn what_is_not_body_has_no_points() {
    let mut b = Builder::new();
    b.meta().title = "看山".into();
    b.block(BlockKind::Heading(1), 0, 1, "看山");
    b.block(BlockKind::Paragraph, 0, 2, "山高。");
    b.block(BlockKind::Heading(2), 0, 3, "参考文献：");
    b.block(BlockKind::Note, 0, 4, "1. 山志");
    b.block(BlockKind::Note, 0, 5, "2. 水志");
    assert_eq!(outline(&b.finish()).points, []);
}

#[test]
fn labels() {
    for (text, labels) in [
        (
            "一是从头做起，先把家底摸清楚。说来话长。二是加快建设山里的大小道路，方便大家。",
            [
                "一是从头做起，先把家底摸清楚",
                "二是加快建设山里的大小道路，方便大家",
            ],
        ),
        (
            "（一）办好“山、水、田，林”四件事。别的不说。\n（二）少说。",
            ["（一）办好“山、水、田，林”四件事", "（二）少说"],
        ),
        (
            "第一，山。第二，水里的鱼和岸上的人都要照顾到，不能只顾一头。",
            [
                "第一，山",
                "第二，水里的鱼和岸上的人都要照顾到，不能只顾一头",
            ],
        ),
    ] {
        let d = document(text);
        let o = outline(&d);
        assert_eq!(
            o.points
                .iter()
                .map(|p| d.slice(p.label))
                .collect::<Vec<_>>(),
            labels
        );
    }
}

#[test]
fn topics_and_entries() {
    let d = document(
        "修好乡村的路，首要的是大家都来想办法，各家都来出力气，事情才办得成，路才走得远。\n要把路修好，一是人要到位，二是钱要到位。修好以后还要养好，养路的人不能少。\n为此，着重从以下几方面用力。一是种树，二是挖渠，三是铺沙。",
    );
    let o = outline(&d);
    let shown: Vec<String> = o
        .entries
        .iter()
        .map(|e| format!("{}{}", "  ".repeat(usize::from(e.depth)), d.slice(e.label)))
        .collect();
    assert_eq!(
        shown,
        [
            "修好乡村的路，首要的是大家都来想办法",
            "要把路修好",
            "  一是人要到位",
            "  二是钱要到位",
            "着重从以下几方面用力",
            "  一是种树",
            "  二是挖渠",
            "  三是铺沙",
        ]
    );
    assert_eq!(
        o.topics
            .iter()
            .map(|t| t.points().len())
            .collect::<Vec<_>>(),
        [2, 3]
    );
}

#[test]
fn plain_subheadings() {
    let long = "山里的路从前是石头铺的，后来是沙土铺的，如今又要铺成柏油的，走的人多了，说话的人也多了，各有各的道理，谁也说服不了谁。";
    let d = document(&format!(
        "{long}\n石头的路\n{long}\n柏油的路\n{long}办法有两个：一是少走，二是慢走。"
    ));
    let o = outline(&d);
    let shown: Vec<String> = o
        .entries
        .iter()
        .map(|e| format!("{}{:?}", e.depth, e.kind))
        .collect();
    assert_eq!(
        shown,
        [
            "0Introduction",
            "0Subheading",
            "0Subheading",
            "1Topic(0)",
            "2Point(0)",
            "2Point(1)"
        ]
    );
}

#[test]
fn a_subheading_inside_a_point_leaves_the_outer_one_in_force() {
    let long = "山里的路从前是石头铺的，后来是沙土铺的，如今又要铺成柏油的，走的人多了，说话的人也多了，各有各的道理，谁也说服不了谁。";
    let d = document(&format!(
        "{long}\n怎样修路\n{long}\n一、备料\n{long}\n石头从哪里来\n{long}\n二、开工\n{long}"
    ));
    let o = outline(&d);
    let entries = o.entries.iter().skip(1);
    let shown: Vec<String> = entries
        .map(|e| format!("{}{}", e.depth, d.slice(e.label)))
        .collect();
    let wanted = ["0怎样修路", "1一、备料", "2石头从哪里来", "1二、开工"];
    assert_eq!(shown, wanted);
}

#[test]
fn a_number_may_begin_the_title_that_a_number_heads() {
    let d = document(
        "一、一扇门的两面\n门里说说，门外也说说。\n二、两扇窗的高低\n高的看远，低的看近。\n三、四个方面的用处\n一、二、三产业都在里面。",
    );
    let o = outline(&d);
    let heads: Vec<_> = o.points.iter().map(|p| d.slice(p.label)).collect();
    assert_eq!(
        heads,
        ["一、一扇门的两面", "二、两扇窗的高低", "三、四个方面的用处"]
    );
}
