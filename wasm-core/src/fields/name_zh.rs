//! Chinese personal names: a surname and one or two more characters, where a word before them says that a name comes
//! (我叫, 收件人, 患者), a title follows (王小明先生, 孙志强主任), a phone number or 收 follows, the line is a signature, or the agent
//! asked for it. A surname with 先生 or 女士 is a name together with that word. Nicknames (小李) are left out.

use std::ops::Range;
use std::sync::LazyLock;

use domain::FieldKind::PersonName;

use super::{Found, Pattern, first_chars, pattern};
use crate::lang::is_han;

/// The commonest surnames of one character.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐伍易乔庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻厉伊候阎";
const COMPOUND: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯", "独孤", "南宫", "端木",
    "宇文", "长孙", "轩辕", "东方", "百里", "呼延",
];
/// Characters that no given name has, or hardly one.
const NOT_GIVEN: &str = "的了是在有不么吗呢吧啊呀哦嗯我你您他她它们这那哪什怎没还也都就和与及或但会员户卡级号单费款件货店买卖寄收发退换送给把被让叫去来到说要想能请问已经未过下上个位点天年月日元块机电话手址邮箱姓名证银行码";
/// Characters a name is seldom followed by within a name: they end it.
const GOES_ON: &str = "的了是在有不买寄收发退换送给把被让叫去来到说要想能请问已经未过和与电手身证地您你我他她也都就，从今昨明前后申预订下打承负坐怎没还先女老医主经同付";

/// Words after which a name must come.
const SURE: &[&str] = &[
    "我叫",
    "名叫",
    "名字叫",
    "名字是",
    "名字写",
    "姓名",
    "收件人",
    "收货人",
    "寄件人",
    "发件人",
    "联系人",
    "户名",
    "持卡人",
    "开户人",
    "账户名",
    "乘客",
    "旅客",
    "乘车人",
    "入住人",
    "投保人",
    "被保险人",
    "被保人",
    "机主",
    "申请人",
    "报案人",
    "经办人",
    "负责人",
    "孩子叫",
    "对方叫",
    "叫做",
    "本名",
    "真名",
    "预订人",
    "预约人",
    "订购人",
    "签收人",
    "取件人",
    "就诊人",
    "付款人",
    "收款人",
    "办理人",
    "受益人",
    "参保人",
];
/// Words after which one may come: what follows must be a name and nothing more.
const PERHAPS: &[&str] = &[
    "我是",
    "本人",
    "客服",
    "患者",
    "病人",
    "学生",
    "学员",
    "业主",
    "租客",
    "车主",
    "户主",
    "顾客",
    "客户",
    "我妈",
    "我爸",
    "我老公",
    "我老婆",
    "我爱人",
    "我先生",
    "我太太",
    "我丈夫",
    "我妻子",
    "我母亲",
    "我父亲",
    "我儿子",
    "我女儿",
    "孩子",
    "转给",
    "寄给",
    "发给",
    "转交",
    "收货信息",
    "叫",
    "家长",
    "老师",
    "司机",
    "同事",
];
const BETWEEN: &[&str] =
    &["：", ":", "是", "为", "叫", "改成", "改为", "换成", "写的是", "写", "填的是", "填", "一栏", " ", "　"];
const TITLES: &[&str] =
    &["先生", "女士", "小姐", "太太", "医生", "大夫", "主任", "老师", "经理", "律师", "教授", "师傅"];
/// Titles that make a name of a surname alone.
const COURTESY: usize = 4;
/// What may stand before a name with a title.
const BEFORE_TITLED: &str = "是找请给叫对的科让跟向问帮由约联系见位下";

static PHONE_BEHIND: Pattern =
    LazyLock::new(|| pattern(r"^[ ,，、；;]{0,2}(?:手机|电话|tel|Tel)?[号:： ]{0,2}(?:\+?86[ -]?)?1[3-9]\d"));
static ASKS: Pattern = LazyLock::new(|| pattern(r"称呼|姓名|名字|贵姓|叫什么|(?:收件|收货|联系|寄件)人"));

pub fn names(text: &str, asked: Option<&str>, found: &mut Vec<Found>) {
    for (words, sure) in [(SURE, true), (PERHAPS, false)] {
        for word in words {
            for (at, _) in text.match_indices(word) {
                introduced(text, at + word.len(), sure, found);
            }
        }
    }
    titled(text, found);
    before_phone(text, found);
    signed(text, found);
    if asked.is_some_and(|asked| ASKS.as_ref().is_some_and(|regex| regex.is_match(asked))) {
        let start = text.len() - text.trim_start().len();
        if let Some(name) = whole(text, start).filter(|_| !text[start..].starts_with("我")) {
            push(text, name, found);
        }
    }
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Found>) {
    if found.iter().all(|other| other.range.end <= range.start || range.end <= other.range.start) {
        let value = text[range.clone()].to_owned();
        found.push(Found::new(PersonName, range, value));
    }
}

fn introduced(text: &str, mut at: usize, sure: bool, found: &mut Vec<Found>) {
    let mut apart = false;
    while let Some(between) = BETWEEN.iter().find(|between| text[at..].starts_with(**between)) {
        apart = true;
        at += between.len();
    }
    // 我妈安卓1090: what goes on with a number is no name, but for a phone.
    let alone = |name: &Range<usize>| {
        let behind = &text[name.end..];
        sure || !behind.starts_with(|c: char| c.is_ascii_alphanumeric())
            || PHONE_BEHIND.as_ref().is_some_and(|regex| regex.is_match(behind))
    };
    let name = dotted(text, at).or_else(|| whole(text, at).filter(alone)).or_else(|| {
        let goes_on = |name: &Range<usize>| text[name.end..].starts_with(['买', '订', '寄', '手', '电', '身', '申']);
        cut(text, at).filter(|name| sure || apart || name.len() >= 9 || goes_on(name))
    });
    if let Some(name) = name {
        push(text, name, found);
    }
}

/// A name of two parts with a dot between: 古丽娜尔·买买提.
fn dotted(text: &str, at: usize) -> Option<Range<usize>> {
    let run = |at: usize| -> usize { text[at..].chars().take_while(|&c| is_han(c)).map(char::len_utf8).sum() };
    let first = run(at);
    let dot = text[at + first..].chars().next().filter(|&c| matches!(c, '·' | '•' | '・'))?.len_utf8();
    let last = run(at + first + dot);
    let end = at + first + dot + last;
    let parts = [first, last].iter().all(|length| (2 * 3..=7 * 3).contains(length));
    (parts && !text[at..end].contains(['的', '了', '是', '我'])).then_some(at..end)
}

/// The name that is all of the Chinese characters from here on.
fn whole(text: &str, at: usize) -> Option<Range<usize>> {
    let run: usize = text[at..].chars().take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let range = at..at + run;
    is_name(&text[range.clone()]).then_some(range)
}

/// The name before a character that no name goes on with: three characters rather than two.
fn cut(text: &str, at: usize) -> Option<Range<usize>> {
    let lengths = if COMPOUND.iter().any(|name| text[at..].starts_with(name)) { [4, 3] } else { [3, 2] };
    lengths.into_iter().find_map(|length| {
        let words = first_chars(&text[at..], length);
        let next = text[at + words.len()..].chars().next();
        let ends = next.is_some_and(|c| GOES_ON.contains(c));
        (ends && is_name(words)).then_some(at..at + words.len())
    })
}

fn is_name(words: &str) -> bool {
    let count = words.chars().count();
    let compound = COMPOUND.iter().find(|name| words.starts_with(**name));
    let (surname, longest) = match compound {
        Some(name) => (name.len(), 4),
        None => (words.chars().next().filter(|&c| SURNAMES.contains(c)).map_or(0, char::len_utf8), 3),
    };
    let given = &words[surname..];
    surname > 0
        && !given.is_empty()
        && count <= longest
        && given.chars().all(|c| is_han(c) && !NOT_GIVEN.contains(c))
        && !WORDS.split(' ').any(|word| words.starts_with(word))
}

/// Everyday words that begin like a surname and a given name.
const WORDS: &str = "谢谢 谢啦 谢师 时候 时间 时段 时区 时长 时限 时效 时内 麻烦 麻煩 麻辣 师傅 师好 成功 成人 成绩 成交 成新 余额 房东 房子 房租 房贷 房间 房产 房型 \
    房屋 单子 单里 单独 单一 单价 单页 单车 单据 单笔 单次 单身 单人 单位 安排 安全 安装 安检 安卓 安心 周一 周二 周三 周四 周五 周六 周日 周末 周期 周几 \
    周边 周内 费用 管理 管家 管子 商家 商品 商业 商城 商量 商务 商场 商标 包裹 包装 包里 包间 包含 金额 金币 金条 金牌 金融 方式 方便 方案 方向 方言 方程 \
    毕业 应该 应用 应急 程序 程师 游戏 游泳 颜色 明白 明早 明晚 明明 明细 明确 明显 关掉 关闭 关系 关门 关于 关税 关注 关照 关心 关灯 原因 原路 原价 原定 \
    原地 原本 原厂 项目 凌晨 查询 查看 查出 查查 查验 查勘 查无 皮肤 皮球 官网 官方 全额 全部 全程 全家 全国 全称 全班 全责 全面 全新 全款 申诉 申请 申报 \
    钱包 季度 季票 辛苦 任何 任意 孙子 冷链 冷冻 冷静 冷藏 解释 解决 解锁 解除 解冻 解约 解绑 解散 车险 车牌 车票 车场 车站 车辆 车主 车库 路由 路灯 路上 \
    班主 纪念 满意 满减 满足 温度 温控 温馨 左右 左边 连续 连着 连锁 连接 高速 高铁 高级 高考 高血 高兴 高峰 高度 毛病 张票 张券 农历 农业 文字 文档 文件 \
    白色 白金 白跑 白条 白屏 白菜 范围 厉害 米饭 储蓄 储值 景区 万一 万多 万分 万圣 严重 卫生 楼层 楼道 楼梯 楼下 楼上 候补 付钱 付完 牛奶 封信 封闭 封顶 \
    封面 戴着 南门 何处 何时 蓝牙 蓝色 易碎 易损 阳台 齐全 施工 马上 马桶 黄金 于凌 于本 司机 顾客 康复 柴油 盘子 常用 钻石";

fn titled(text: &str, found: &mut Vec<Found>) {
    for (place, title) in TITLES.iter().enumerate() {
        for (end, _) in text.match_indices(title) {
            let starts: Vec<usize> = text[..end].char_indices().rev().take(4).map(|(at, _)| at).collect();
            let is_edge = |start: usize| {
                let before = text[..start].chars().next_back();
                before.is_none_or(|c| !is_han(c) || BEFORE_TITLED.contains(c)) || text[..start].ends_with("尊敬的")
            };
            let named = starts.iter().skip(1).rev().find(|&&start| is_name(&text[start..end]) && is_edge(start));
            if let Some(&start) = named {
                push(text, start..end, found);
                continue;
            }
            let surname = starts.first().filter(|&&start| {
                text[start..end].chars().all(|c| SURNAMES.contains(c) && !"位老和单".contains(c)) && is_edge(start)
            });
            if let Some(&start) = surname.filter(|_| place < COURTESY) {
                push(text, start..end + title.len(), found);
            }
        }
    }
}

/// 马超群，177… and 贾晓晴收.
fn before_phone(text: &str, found: &mut Vec<Found>) {
    let mut at = 0;
    while at < text.len() {
        let gap: usize = text[at..].chars().take_while(|&c| !is_han(c)).map(char::len_utf8).sum();
        let start = at + gap;
        let run: usize = text[start..].chars().take_while(|&c| is_han(c)).map(char::len_utf8).sum();
        at = start + run.max(1).min(text.len() - start);
        let words = &text[start..start + run];
        let behind = &text[start + run..];
        let (start, words) = match ["联系", "打给", "找"].iter().find_map(|word| words.strip_prefix(word)) {
            Some(name) => (start + words.len() - name.len(), name),
            None => (start, words),
        };
        let run = words.len();
        if is_name(words) && PHONE_BEHIND.as_ref().is_some_and(|regex| regex.is_match(behind)) {
            push(text, start..start + run, found);
        }
        let received = words.strip_suffix('收').filter(|name| is_name(name));
        if let Some(name) = received {
            push(text, start..start + name.len(), found);
        }
    }
}

/// A last line that is a name, perhaps with the day, a phone or an e-mail below it; or a name behind a dash at the end.
fn signed(text: &str, found: &mut Vec<Found>) {
    let trimmed = text.trim_end();
    if let Some((at, dash)) = trimmed.rmatch_indices(['—', '－']).next()
        && let Some(name) = whole(trimmed, at + dash.len()).filter(|name| name.end == trimmed.len())
    {
        push(text, name, found);
    }
    if !trimmed.contains('\n') {
        return;
    }
    for line in trimmed.lines().rev().take(4) {
        let words = line.trim();
        let start = words.as_ptr() as usize - text.as_ptr() as usize;
        if is_name(words) && start > 0 {
            push(text, start..start + words.len(), found);
            return;
        }
        let below = words.is_empty() || words.contains('@') || words.bytes().filter(u8::is_ascii_digit).count() >= 3;
        if !below {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::fields::extract;
    use domain::FieldKind::PersonName;

    fn check(text: &str, asked: Option<&str>, expected: &[&str]) {
        let fields = extract(text, asked);
        let found: Vec<_> = fields.iter().filter(|f| f.kind == PersonName).map(|f| f.text.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names() {
        let one = |text: &str, name: &str| check(text, None, &[name]);
        one("我叫王小明，想改地址", "王小明");
        one("收件人：李雷\n电话：13912345678", "李雷");
        one("姓名 欧阳静 手机号", "欧阳静");
        one("收货人改成张静涛，谢谢", "张静涛");
        one("我妈吴军萍买的", "吴军萍");
        one("请林书豪先生回电", "林书豪");
        one("我是陈女士", "陈女士");
        one("您的合同到期了。\n祝好\n韩雪梅\n2025年11月20日", "韩雪梅");
        one("谢谢！——蒋欣", "蒋欣");
        one("我叫古丽娜尔·买买提，谢谢", "古丽娜尔·买买提");
        one("预约人孙浩，下午三点", "孙浩");
        one("联系一下刘建国先生", "刘建国");
        one("寄给王秀兰，谢谢", "王秀兰");
        one("联系梁文浩 15099887766", "梁文浩");
        one("我先生杜鹏程付的款", "杜鹏程");
        one("寄到公司，贾晓晴收", "贾晓晴");
        one("马超群 17700998811", "马超群");
        check("张晓彤", Some("请问怎么称呼您？"), &["张晓彤"]);
    }

    #[test]
    fn no_names() {
        for text in [
            "我是学生",
            "我是高级会员",
            "我是黄金会员",
            "我叫了外卖",
            "她叫小李",
            "我是老客户",
            "本人已经退货",
            "客服态度差",
            "先生您好",
            "和先生一起来的",
            "谢谢\n麻烦了",
            "周末 13912345678",
            "孩子马上要用",
            "客户方便的时候",
            "我妈安卓1090",
            "辛苦师傅",
            "我是商家，早上",
            "转给房东32000",
            "谢谢赵经理",
            "本人于凌晨2:14收到",
            "孩子万圣节要用",
            "与户主关系",
        ] {
            check(text, None, &[]);
        }
        check("明白", Some("怎么称呼您？"), &[]);
    }
}
