//! Chinese postal addresses: province, city, district, road and number, estate, building, unit, room.
//!
//! An address is grown from its numbered parts (18号, 12号楼, 3单元, 1203室): to the left through the names before them as
//! far as a word that introduces it (地址, 住在, 寄到) or its province, to the right to the last part of the same clause. A
//! road without a number, a city alone and a lone 3号楼 are no address.

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind::PostalAddress;

use super::{Found, Pattern, first_chars, matches, pattern};
use crate::lang::is_han;

static PART: Pattern = LazyLock::new(|| {
    pattern(
        r"(?:\d{1,5}(?:-\d{1,4}){0,3}|[一二三四五六七八九十]{1,3}|[A-Za-z]\d{0,3}|[甲乙丙丁])(?:号楼|號樓|号院|号|號|弄|栋|棟|幢|座|单元|單元|室|层|層|楼|樓|区|期|门|组|队)",
    )
});
/// A room written without its unit: 2单元501.
static ROOM: Pattern = LazyLock::new(|| pattern(r"^(?:[A-Za-z]座?)?-?(?P<value>\d{2,4}(?:-\d{1,4})?)"));
/// A building's name, its number and the room in one: 创意产业园5-B101.
static BUILDING_ROOM: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?P<value>[\x{4e00}-\x{9fff}]{2,10}(?:\d{1,3}|[A-Z]\d?)-[A-Z]?\d{2,4})(?:$|[^\dA-Za-z元块个天点年月日号])",
    )
});
/// Characters between two parts of one address (a building's name).
const GAP: usize = 16;
/// Characters before the first part.
const LEFT: usize = 48;

/// Words after which an address begins. One character each of the last group: they do not occur in names of places.
const INTRODUCED_BY: &[&str] = &[
    "收货地址",
    "收件地址",
    "寄件地址",
    "家庭地址",
    "详细地址",
    "新地址",
    "地址",
    "住址",
    "所在地",
    "送货到",
    "配送到",
    "送到",
    "寄到",
    "发到",
    "寄往",
    "发往",
    "寄回",
    "寄去",
    "送去",
    "改到",
    "改成",
    "改为",
    "换成",
    "搬到",
    "搬去",
    "位于",
    "我家",
    "家住",
    "我们家",
    "住在",
    "住的是",
    "我住",
    "报修",
    "来到",
    "开到",
    "就是",
    "这边是",
    "那边是",
    "写的是",
    "填的是",
];
const INTRODUCERS: [char; 9] = ['是', '在', '到', '住', '去', '为', '往', '从', '填'];
/// Words that promise an address: two parts after one are enough.
const PROMISES: &[&str] = &["地址", "住", "送到", "寄到", "寄往", "寄回", "发到", "发往", "报修", "位于", "改到", "搬"];

const PROVINCES: &[&str] = &[
    "北京",
    "天津",
    "上海",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "台湾",
    "台灣",
    "臺灣",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
];
/// Cities that are often written without their province, and the regions of Hong Kong.
const CITIES: &[&str] = &[
    "广州",
    "深圳",
    "杭州",
    "南京",
    "苏州",
    "武汉",
    "成都",
    "西安",
    "郑州",
    "长沙",
    "沈阳",
    "青岛",
    "宁波",
    "东莞",
    "佛山",
    "合肥",
    "昆明",
    "大连",
    "厦门",
    "福州",
    "哈尔滨",
    "济南",
    "温州",
    "南宁",
    "长春",
    "泉州",
    "石家庄",
    "贵阳",
    "南昌",
    "金华",
    "常州",
    "无锡",
    "嘉兴",
    "南通",
    "太原",
    "徐州",
    "惠州",
    "珠海",
    "中山",
    "台州",
    "烟台",
    "兰州",
    "绍兴",
    "海口",
    "扬州",
    "台北",
    "臺北",
    "新北",
    "台中",
    "台南",
    "高雄",
    "桃园",
    "桃園",
    "九龙",
    "九龍",
    "新界",
    "港岛",
];
const ROADS: &[&str] =
    &["大街", "大道", "胡同", "路", "街", "道", "巷", "弄", "里", "段", "村", "镇", "园", "院", "苑", "乡", "庄", "径"];
const ESTATES: &[&str] = &[
    "小区", "花园", "花苑", "家园", "公寓", "大厦", "广场", "公馆", "社区", "新村", "府", "苑", "园", "城", "里", "庭",
    "湾", "庄", "大院", "宿舍", "中心", "村",
];
/// Nobody's estate has only such a name.
const UNNAMED: &[&str] =
    &["小区", "我们小区", "你们小区", "本小区", "花园", "公寓", "大厦", "广场", "社区", "园", "城", "我小区"];

pub fn addresses(text: &str, _: Option<&str>, found: &mut Vec<Found>) {
    if !text.contains(['号', '號', '栋', '棟', '幢', '弄', '室', '座', '单', '單', '楼', '樓']) {
        return;
    }
    let parts: Vec<Range<usize>> = matches(&PART, text).into_iter().map(|(_, range)| range).collect();
    let mut rest = parts.as_slice();
    while let [first, ..] = rest {
        let linked = rest.windows(2).take_while(|pair| is_link(&text[pair[0].end..pair[1].start])).count();
        let (chain, after) = rest.split_at(linked + 1);
        rest = after;
        let last = chain.last().map_or(first.end, |part| part.end);
        let start = left_edge(text, first.start);
        if is_address(text, start, chain) {
            let end = right_edge(text, last);
            found.push(Found::new(PostalAddress, start..end, &text[start..end]));
        }
    }
}

/// Whether the text between two parts lets them be one address: nothing, or the name of a building.
fn is_link(between: &str) -> bool {
    let name = between.trim_matches([' ', '-', '·', '（', '）', '(', ')']);
    name.chars().count() <= GAP
        && name.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
        && !name.starts_with('和')
        && !name.contains(['到', '在', '去', '是', '的', '没', '了', '不', '漏', '坏'])
}

/// Where the names before the first part begin.
fn left_edge(text: &str, first: usize) -> usize {
    let name = |c: char| is_han(c) || c.is_ascii_digit() || c == '·';
    let start = text[..first].char_indices().rev().take(LEFT).take_while(|&(_, c)| name(c)).last();
    let mut start = start.map_or(first, |(at, _)| at);
    let of = |start: usize| &text[start..first];
    if let Some(end) = INTRODUCED_BY.iter().filter_map(|word| Some(of(start).rfind(word)? + word.len())).max() {
        start += end;
    }
    // 往北50米 is the way there, and goes on.
    let introduces = |end: &usize| !of(start)[*end..].starts_with(['东', '南', '西', '北', '前']);
    let ends = INTRODUCERS.iter().filter_map(|&c| Some(of(start).rfind(c)? + c.len_utf8()));
    if let Some(end) = ends.filter(introduces).max() {
        start += end;
    }
    let known = PROVINCES.iter().chain(CITIES).filter_map(|place| of(start).find(place)).min();
    let digits = of(start).len() - of(start).trim_start_matches(|c: char| c.is_ascii_digit()).len();
    start + known.unwrap_or(digits)
}

fn right_edge(text: &str, last: usize) -> usize {
    let building = matches(&BUILDING_ROOM, &text[last..]).into_iter().next();
    if let Some((_, building)) =
        building.filter(|(_, building)| is_link(&text[last..last + building.end].replace('-', "")))
    {
        return last + building.end;
    }
    let Some((_, room)) = matches(&ROOM, &text[last..]).into_iter().next() else { return last };
    let next = text[last + room.end..].chars().next();
    let counted = next.is_some_and(|c| c.is_ascii_alphanumeric() || "元块个天点年月日号".contains(c));
    if counted { last } else { last + room.end }
}

fn is_address(text: &str, start: usize, chain: &[Range<usize>]) -> bool {
    let Some(first) = chain.first() else { return false };
    let name = &text[start..first.start];
    let clause_start = text[..start].rfind(['，', '。', '\n', ',', '；', '！', '？']).map_or(0, |at| at + 1);
    let clause_start = text.ceil_char_boundary(clause_start);
    let promised = PROMISES.iter().any(|word| text[clause_start..start].contains(word));
    let known = PROVINCES.iter().chain(CITIES).any(|place| name.starts_with(place));
    let district = name.find(['省', '市', '区', '區', '县', '縣', '州']).is_some_and(|at| at > 0);
    let road = ROADS.iter().any(|road| name.ends_with(road)) && name.chars().count() >= 2;
    let number = chain.iter().any(|part| text[part.clone()].ends_with(['号', '弄', '號', '院']));
    let estate = ESTATES.iter().any(|estate| name.ends_with(estate)) && !UNNAMED.contains(&name);
    // The part behind the number goes on: 2号店, 3号线, 5号之前.
    let next = first_chars(&text[first.end..], 1);
    let other = chain.len() == 1 && "店线之以前后到去出门口机器铺".contains(next) && !next.is_empty();
    match chain.len() {
        // A tower of a road, a street and a building, without any number: 天府三街新希望国际C座.
        1 if !number => {
            let tower = text[first.clone()].ends_with(['座', '栋', '幢', '室']) && name.chars().count() >= 8;
            tower && promised && (known || district) && ROADS.iter().any(|road| name.contains(road))
        }
        1 => (known || district || promised) && road && !other,
        _ => (known || district) || (road && number) || estate || (promised && !name.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use crate::fields::extract;
    use domain::FieldKind::PostalAddress;

    fn check(text: &str, words: &str) {
        let fields = extract(text, None);
        let found: Vec<_> = fields.iter().filter(|f| f.kind == PostalAddress).map(|f| f.text.as_str()).collect();
        assert_eq!(found, [words], "{text}");
    }

    #[test]
    fn addresses() {
        check(
            "地址：广东省深圳市南山区科技园南路18号创维大厦A座1203室",
            "广东省深圳市南山区科技园南路18号创维大厦A座1203室",
        );
        check("我住朝阳区望京西园三区312号楼2单元501，他放到321去了", "朝阳区望京西园三区312号楼2单元501");
        check("麻烦寄到南京市鼓楼区汉口路22号，谢谢", "南京市鼓楼区汉口路22号");
        check("阳光花园小区8栋2单元1102室水管漏水", "阳光花园小区8栋2单元1102室");
        check("在香港，九龙旺角弥敦道610号荷李活商业中心1205室", "九龙旺角弥敦道610号荷李活商业中心1205室");
        check("送到人民路15号行吗", "人民路15号");
        check("青岛市市南区香港中路10号颐和国际A座2306，谢谢", "青岛市市南区香港中路10号颐和国际A座2306");
        check("九龍觀塘道418號創紀之城五期25樓2503室可以嗎", "九龍觀塘道418號創紀之城五期25樓2503室");
        check("寄到成都市高新区天府三街新希望国际C座可以吗", "成都市高新区天府三街新希望国际C座");
        check("地址是苏州市工业园区星湖街328号创意产业园5-B101对吧", "苏州市工业园区星湖街328号创意产业园5-B101");
        check(
            "寄河南省郑州市二七区航海路与大学路交叉口往北50米路东鑫苑名家7号楼1单元902",
            "河南省郑州市二七区航海路与大学路交叉口往北50米路东鑫苑名家7号楼1单元902",
        );
    }

    #[test]
    fn no_addresses() {
        for text in [
            "我在杭州",
            "小区3号楼电梯又坏了",
            "2栋和3栋都停水了",
            "区服是3区",
            "3号之前送到",
            "人民路那家店",
            "朝阳区2号店",
            "地铁3号线",
            "我在公司前台，A座一楼",
            "三年级二班",
            "住在6楼，没有电梯",
            "上海路3号口",
        ] {
            let fields = extract(text, None);
            assert!(fields.iter().all(|f| f.kind != PostalAddress), "{text}: {fields:?}");
        }
    }
}
