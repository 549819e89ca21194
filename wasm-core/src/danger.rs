//! Phrases of threat and of self-harm (M2), zh and en. A small lexicon on the careful side: an idiom must not call the
//! supervisor, and a supervisor must not miss plain words. What is said between the lines is left to people.

use std::sync::LazyLock;

use domain::analysis::Danger;
use regex_lite::Regex;

use crate::pattern::{head, pattern};

const SELF_HARM: &[&str] = &[
    // English
    r"\b(kill|hurt|harm|cut|hang|shoot|drown) (myself|my self)\b",
    r"\bkilling myself\b(?: (?:trying|laughing|over))?",
    r"\b(end(ing)? (my (own )?life|it all)|tak(e|ing) my own life)\b",
    r"\b(commit(ting)?|thinking (of|about)|thought (of|about)|contemplating|considering) suicide\b",
    r"\bi('m| am| feel| have been| was)( \w+)? suicidal\b",
    r"\bi (don'?t|do not|no longer) (want|wish) to (live|be alive|be here( any ?more| tomorrow)|exist|wake up)\b",
    r"\b(want|wanna|going|ready|rather|better|wish i could) (to )?(die|be dead)\b",
    r"\bwish i (was|were) dead\b",
    r"\bbetter off (dead|without me)\b",
    r"\bnot safe with my(self| own thoughts)\b",
    r"\b(no|nothing|isn'?t|not) (much )?(reason|point|left) (to|in|for me to) (live|living|go on living|be alive|be here)\b",
    r"\bwon'?t be (around|here|alive) (any ?more|tomorrow|much longer|to (use|see) it)\b",
    r"\b(can'?t|cannot) (see a way to )?(go on|keep going) (living|any ?more|like this any ?more)\b",
    r"\b(who|no ?one|nobody)( would|'d|'ll)? (even )?(notice|care|miss me) if i (was|were|am) (gone|dead)\b",
    r"\b(not |isn'?t |n'?t )?(much )?point to me (these days|any ?more)\b",
    r"\b(just )?not wake up\b",
    r"\b(one|only) way out left for me\b",
    r"\bjump (off|from) (a|the|this|my) (bridge|roof|building|balcony|window)\b",
    r"\b(driv|walk|stepp?|jump|throw)\w* (myself )?(off|into|in front of|under) (a|the|that|my) (bridge|cliff|roof|traffic|tree|train|truck|lorry|bus|wall)\b",
    r"\bno (reason|point) (to |in )?(keep(ing)? going|carry(ing)? on|going on|go on)( any ?more)?\s*([.!…]|$)",
    r"\btell my (kids|children|son|daughter|wife|husband|mum|mom|dad|family|parents) (that )?(i'?m sorry|i loved? (them|her|him))\b",
    r"\b(don'?t|do not|can'?t|cannot) see (a|any) way out( any ?more)?\s*([,.!…]|$)",
    r"\bi('ve| have)?( got)? (the|a|my) (razor|blade|pills|rope|noose|gun) (right here|ready|in my hand|next to me|in front of me)\b",
    r"\b(notice|care|miss me) if i (disappeared|vanished|wasn'?t here|weren'?t here)\b",
    r"\b(took|taken|swallowed|taking) (all (of )?)?(my|the|these) (whole bottle of )?(sleeping )?pills\b.{0,20}\b(because|over|so|i'?m done|goodbye|can'?t)\b",
    // 中文
    "自杀|自殺|自残|自殘|自尽|轻生|輕生|割腕|一了百了|寻短见|尋短見",
    "(不想|不愿|没法)(再)?(活|醒)(了|着|下去|过来)",
    "活(着|得)?(都|真|也)?(没|没有|沒有)(什么|啥|多大)?(意思|意义|盼头)",
    "(我|真的?|真|有时候?|还不如|不如|想想|只想|就想)(想|去|要)?(死了算了|去死|死了拉倒|死掉算了)",
    "我(真的|真|就|只|都|现在)?(想|要|去)死(?:[^心磕缠盯守]|$)",
    "(怕|想|要|会)(自己)?做傻事",
    "(结束|了结)(自己|我)?的?(生命|性命|这条命)|离开(这个|这)(世界|人世)|跳楼|跳河|跳江|喝农药|吃安眠药",
    "走(那|这|上)(条)?(绝路|路了)|走上绝路|我?只能走那条路",
    "(不想|别|不)再醒(过来|来)?了",
    "没有明天反而|撑不到(明天|下周|周|这周)",
    "日子过着没什么意思",
    "我.{0,6}在(天台|楼顶|桥上|桥边|江边|窗台).{0,12}(看着办|永别|最后一次|收尸)",
    "(吃完|吃了|喝了|喝下去|闭上眼|这一刀).{0,6}(什么都|都|一切都|全都)(结束|解脱)了",
    "(写好|写了|写完|留好|留了)(了)?遗书|遗书(都|已经|我)?(写|留)好",
    "(刀片?|绳子|安眠药|农药)就在(我)?(手边|手上|手里|面前|旁边)",
    "你们?赔我?一?条?命",
];

/// Self-harm words in these contexts are idioms, questions about others, or jokes.
const NOT_SELF_HARM: &[&str] = &[
    r"killing myself (trying|laughing|over)",
    r"(kick|hate) myself",
    r"to live.?(chat|stream|support|agent|person|tv)",
    r"(phone|app|battery|laptop|screen|session|line|connection|site)s? (is |are |was |just )?(going|about|ready) to die",
    r"(laugh|bored|boredom|curiosity|embarrass\w*|heat|hunger|cold|waiting).{0,12}(to death|die)",
    r"(go|going) to die (of|from) (laugh|boredom|embarrass|hunger|heat|cold)",
    "笑死|气死|热死|饿死|累死|急死|烦死|吓死|冻死|困死|想死你|想死我了|死心|死磕|死缠|吵死|堵死|卡死",
    "赔(你们?|我)?一?条命的?(游戏|角色)|(游戏|角色|副本|队友|英雄|boss|BOSS).{0,8}(自杀|死)",
    "(让|叫|给)(他|她|你|他们|你们)(先)?把?遗书|先写好遗书",
    "跳楼(价|大甩卖|甩卖|机|促销|清仓)|跳河(牌|路)",
];

const THREAT: &[&str] = &[
    // English
    r"\b(i|we)('ll| will|'m (going to|gonna)| am (going to|gonna)| are (going to|gonna)|'re (going to|gonna)|'d| swear i('ll| will)| wanna| want to| could)( come( down| over| round)?( there)? (and|to))?( \w+)? (kill|murder|shoot|stab|strangle|beat up|hurt|smash|punch|bury|hunt down) (you|him|her|them|ur|u|your|one of you|somebody|someone|everyone|that|the|whoever)\b",
    r"\b(come|coming) (down|over|round|to your).{0,30} (and|to) (kill|shoot|stab|hurt|smash|beat|burn|punch)\b",
    r"\b(get|send) (some )?(people|lads|guys|mates|someone) (round )?to (smash|beat|break|burn|hurt|kill)\b",
    r"\bi(('m| am) (coming|going)|'ll be) (down|over|round)( there)?( tonight| tomorrow| now)? to (smash|kill|hurt|burn|beat|stab|shoot|break)\b",
    r"\b(burn|blow|shoot|smash|torch|bomb)(ing)? (down |up )?(your|the|this|ur) (whole |bloody |fucking |damn )?(office|shop|store|building|house|home|branch|place|warehouse|depot|windows?|front|car|van|mast|servers?)( down| up)?\b",
    r"\b(put|throw|chuck) a brick through\b",
    r"\b(bring|got|have|get|use) (my|a) (gun|knife|bat|bomb|machete)\b.{0,40}\b(you|your|branch|office|shop|store|there)\b",
    r"\b(there('s| is)|i('ve| have)?( got| planted| put)) a bomb\b",
    r"\b(i|we) know (where|which \w+) (you|u|your (kids|family|children|wife|husband)|he|she|they) (all )?(live|work|go|sleep|park)s?( at| to)?\b",
    r"\b(i|we)('ll| will) find (you|u|out where (you|u) live)\b",
    r"\b(you|u|he|she)('re| are|'s| is| r) (a )?dead( man| woman| meat)\b",
    r"\b(to|at|into|show(ing)? up|turn(ing)? up|com(e|ing)( down| over| round)?)( (your|the|ur) (branch|office|shop|store|place|house|door|desk|warehouse))? with (a|my|the) (baseball )?(bat|gun|knife|machete|hammer|axe|rifle)\b",
    r"\b(i|we)('ll| will| am going to|'m going to| gonna) find (every (last |single )?one|each( and every)? one|all|each) of (you|u)\b",
    r"\bsay goodbye to your (family|kids|children|wife|husband|loved ones|life)\b",
    r"\b(someone|somebody|one of (you|u))('s| is)? (gonna |going to |about to )?(get|be|getting) (shot|stabbed)\b",
    r"\b(someone|somebody|one of (you|u))('s| is)? (gonna |going to |about to )?(get|be|getting) (hurt|killed)( \w+)? (if|unless|until) (i|my|you|u|this|the (money|refund))\b",
    r"\bleaving in (an ambulance|a body ?bag)\b",
    r"\bwatch your back\b",
    r"\btake your servers down\b",
    r"\b(break|snap) (your|his|her|their) (legs?|neck|arms?|face|jaw|kneecaps)\b",
    // 中文
    "(弄死|打死|砍死|捅死|整死|杀了|宰了|做掉|打断|打残|废了)(你|他|她|你们|他们|妳|那个|这个|那帮|你全家|你们全家)",
    "(砍|捅|揍|打)(你|他|她|你们)(一顿|几刀|全家|丫|个|们一顿)",
    "(找到|查到|摸到|杀到|冲到)你(家|单位|公司|们?公司|们?单位|住的?地方|学校).{0,10}(弄|打|砍|杀|收拾|砸|算账)",
    "(砸|烧|炸)(了)?(你们?|他们?)(的)?(那)?(个|家|破)?(店|公司|门店|网点|大门|办公室|服务器|基站|家|车|柜台|门)|我就砸门",
    "(把|将)(你们|你|他)(那|的|家)?.{0,8}(砸了|烧了|炸了|打残|弄死)",
    "(开车|带人|带刀|拿刀|提刀|叫人|找人).{0,8}(收拾你|弄你|砍|打你|算账|砸)|我?带人(过去|上门)|(带|拿|提)刀(过去|上门|来)",
    "(走夜路|出门|下班路上|晚上)(你)?(给我)?小心点?",
    "知道你(们)?(住|家|在哪上班|家住|孩子|老婆|女儿|儿子|站点|单位).{0,6}",
    "(不|再不|要是不).{0,10}等着出人命|(等着|给你们?)收尸|血债血(偿|还)",
    "(让|叫)(他|她|你|他们|你们)(先)?把?遗书写好",
    "小心你们?(家)?(的)?(孩子|老婆|老公|爹妈|爸妈|家人|全家|小命|狗命)",
    "别让我(查到|找到|碰到|遇到|抓到|逮到)你",
    "(一个|谁)(都|也)(跑不了|别想活)|同归于尽|要了?你(们)?的?狗?命|拦打谁|过一次打一次",
    "我?(有的是|有)办法让你们服务器躺",
];

/// Threat words in these contexts are reports of others' acts, idioms, or the weather of a game.
const NOT_THREAT: &[&str] = &[
    r"(kill|murder|shoot|smash|punch|beat up|hurt) (the|that|this|your) (app|process|session|job|task|tab|button|mood|vibe|price|deal|bug|power|wifi|record|like button|boss|monster|target)",
    r"(he|she|they|someone|somebody|a man|driver|husband|wife|ex) (said|says|threatened|told me|keeps saying)",
    r"(want|like) to know where (you|u) (live|work)",
    r"goodbye to your (family|life) (plan|account|pack|insurance|cover|policy)",
    "知道你们?(站点|单位)(的)?(电话|地址|在哪里?)(吗|么|嘛|？|\\?)",
    "(他|她|骑手|快递员|司机|对方|邻居|客服|骗子|网友|别人|有人)(说|威胁|骂|要|扬言).{0,6}(打|砍|弄死|杀|砸|找到|找人|知道)",
    "(跟|像|好像|似的|等于)要你?命",
    "(打死|杀了|砍死|打断)(那个|这个)?(怪|boss|BOSS|小怪|敌人|英雄|电话|网络|连接)",
];

struct Lexicon {
    hits: Regex,
    exceptions: Regex,
}

impl Lexicon {
    fn new(hits: &[&str], exceptions: &[&str]) -> Option<Self> {
        let any = |patterns: &[&str]| {
            let joined = patterns.iter().map(|p| format!("(?:{p})")).collect::<Vec<_>>().join("|");
            pattern(&format!("(?i){joined}"))
        };
        Some(Self { hits: any(hits)?, exceptions: any(exceptions)? })
    }

    /// A hit that no exception touches.
    fn found_in(&self, text: &str) -> bool {
        let excepted: Vec<_> = self.exceptions.find_iter(text).map(|m| m.range()).collect();
        let free = |hit: std::ops::Range<usize>| excepted.iter().all(|e| e.end <= hit.start || hit.end <= e.start);
        self.hits.find_iter(text).any(|hit| free(hit.range()))
    }
}

static LEXICA: LazyLock<Option<(Lexicon, Lexicon)>> =
    LazyLock::new(|| Some((Lexicon::new(SELF_HARM, NOT_SELF_HARM)?, Lexicon::new(THREAT, NOT_THREAT)?)));

/// The graver of what is found; self-harm before threat.
pub fn find(text: &str) -> Option<Danger> {
    let (self_harm, threat) = LEXICA.as_ref()?;
    let text = head(text).replace(['’', '`'], "'");
    match () {
        () if self_harm.found_in(&text) => Some(Danger::SelfHarm),
        () if threat.found_in(&text) => Some(Danger::Threat),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], danger: Option<Danger>) {
        assert!(LEXICA.is_some(), "the patterns compile");
        let wrong: Vec<_> = lines.iter().filter(|line| find(line) != danger).collect();
        assert!(wrong.is_empty(), "not {danger:?}: {wrong:#?}");
    }

    #[test]
    fn idioms_and_reports_are_no_danger() {
        check(
            &[
                "this app is killing me",
                "my phone is about to die",
                "I'm dying to know when it ships",
                "I could kill for a coffee",
                "the battery is going to die in an hour",
                "I was killing myself laughing",
                "killing myself trying to log in",
                "you people will be the death of me",
                "dead line",
                "the line went dead",
                "my account is dead",
                "over my dead body",
                "I'd kick myself if I missed the sale",
                "how do I kill the process",
                "I want to kill the app in the background",
                "I will smash that like button",
                "I'll sue you",
                "I'm taking this to court",
                "shoot me an email",
                "bury the hatchet",
                "I'll find out where my parcel is",
                "we know where the parcel is",
                "where do you live in the city?",
                "I don't want to live chat",
                "我想死心塌地用你们家",
                "想死心了",
                "笑死我了",
                "气死我了",
                "累死了",
                "急死人了",
                "热死了",
                "跳楼价还能再低吗",
                "死机了",
                "卡死了",
                "这游戏的角色自杀了怎么复活",
                "我要投诉你们",
                "我要去法院告你们",
                "打死那个boss掉什么",
                "想死你们家的蛋糕了",
                "电话打不通",
                "系统挂了",
                "骑手说要打我",
                "快递员威胁要弄死我",
                "门被砸坏了能赔吗",
                "我要退货",
                "活动没意思",
                "不想活动了",
                "烧了一个保险丝",
                "我想开车过去",
                "你们叫人过来看看",
                "赔起来跟要你命一样",
                "I take it all back",
                "知道你们单位地址吗？",
                "我家服务器被人砸了",
                "不想再等了",
                "真没意思",
                "没有意义的回复",
                "my order will not be here tomorrow",
                "There's nothing left to live stream",
                "say goodbye to your family plan",
                "someone is going to get hurt with this faulty plug",
                "this lift will kill somebody one day",
                "no reason to keep going with this subscription",
                "I can't see a way out of this contract",
                "快递放在楼顶天台上了",
                "刀在盒子里断了",
                "吃完就结束了订餐",
                "这电梯迟早要出人命",
                "小心你们的服务评分",
                "I walk into the shop with a voucher",
                "the bat came in the post with a crack",
            ],
            None,
        );
    }

    #[test]
    fn plain_words_of_self_harm() {
        check(
            &[
                "I want to kill myself",
                "I can't do this anymore, there's no reason to keep going",
                "Tell my kids I'm sorry. The money is gone",
                "my wife left. i don't see a way out",
                "I have the razor right here",
                "nobody would notice if i disappeared tonight",
                "i keep thinking about driving off the bridge",
                "我现在就在天台上，你们看着办",
                "药已经买好了，吃完就什么都结束了",
                "我写好遗书了",
                "刀就在手边，我没什么好怕的了",
                "i don't want to be here tomorrow",
                "I'm going to end my life",
                "honestly I am suicidal",
                "my family would be better off without me",
                "I'd be better off dead",
                "I just want to die",
                "i'm not safe with my own thoughts",
                "it'd be nice to log off and just not wake up",
                "I don’t want to live",
                "doesn't matter anyway, I won't be around to use it",
                "我想自杀",
                "我真的想死",
                "不想活了",
                "活着没意思",
                "不如一了百了",
                "有时候想想死了算了",
                "怕自己做傻事",
                "不想再醒过来了",
                "最近总想着离开这个世界",
                "退不了钱我就跳楼",
                "我只能走那条路了",
                "活着真没意思",
                "can't see a way to keep going any more",
                "who'd even notice if i was gone",
            ],
            Some(Danger::SelfHarm),
        );
    }

    #[test]
    fn plain_words_of_threat() {
        check(
            &[
                "I'll come down there and kill you",
                "I know where you live",
                "my cousin is on his way to your branch with a bat",
                "i will find every one of you",
                "say goodbye to your family",
                "you'll be sorry when I show up with my gun",
                "somebody is gonna get shot over this",
                "不退钱就等着出人命",
                "我会让你们血债血偿",
                "小心你家孩子",
                "你让他把遗书写好",
                "I know which depot you work at. see you at closing time",
                "I put a brick through your shop window",
                "we'll burn down your office",
                "what's your full name? I'll find you, don't worry",
                "watch your back",
                "if he comes again he's leaving in an ambulance",
                "i'm gonna smash your shop up",
                "I will break your legs",
                "there's a bomb in your branch",
                "我找到你单位去弄死你",
                "我就砸门，谁拦打谁",
                "走夜路小心点",
                "别让我查到你",
                "我现在就开车过来找你算账",
                "你们再不修我找人把你们那破基站砸了",
                "我弄死你",
                "砸了你们店",
                "大不了同归于尽",
                "下午我带人过去",
                "我知道你住哪",
                "I'll get people to smash your crappy mast",
                "I'm going down tonight to smash his grill",
            ],
            Some(Danger::Threat),
        );
    }
}
