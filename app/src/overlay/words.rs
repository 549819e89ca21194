//! What the overlay says, phrase by phrase, in both languages. Time and load for the agent (R5); short, present tense,
//! no exclamation. Sentences that depend on the scene are in [`super::sentences`].

use crate::shared::words::{Word, word};

pub const NAME: Word = word("Warmseat", "暖席");

pub const OPEN: Word = word("Open Warmseat", "打开暖席");
pub const COLLAPSE: Word = word("Fold to a pill", "收起");
pub const MOVE: Word = word("Move: drag, or arrow keys", "移动：拖动，或用方向键");

pub const STARTING: Word = word("starting", "启动中");
pub const LOADING: Word = word("loading", "加载中");
pub const GETTING_READY: Word = word("Getting ready. The page works as usual meanwhile.", "正在准备，页面照常使用。");
pub const ENGINE_OFF: Word = word("engine off", "引擎已停");
pub const GONE: Word = word("not connected", "未连接");
pub const RESTART: Word = word("Restart", "重新启动");
pub const BREAK: Word = word("break", "休息");
pub const ALERT: Word = word("shared", "已上报");
pub const ALERT_HERE: Word = word("needs a look", "需关注");

pub const COURSE: Word = word("Course of the mood", "情绪走势");
pub const LABEL_WANTS: Word = word("wants", "诉求");
pub const LABEL_MAYBE: Word = word("may want", "可能诉求");
pub const NOT_SURE: Word = word("not sure yet", "还不确定");
pub const COMMA: Word = word(", ", "，");
pub const OR: Word = word("or", "或");
pub const MAYBE: Word = word("maybe", "也许是");
pub const CHANGE: Word = word("change…", "更改…");
pub const CHOOSE: Word = word("choose…", "选择…");
pub const CONFIRM: Word = word("right", "没错");
pub const SET_BY_YOU: Word = word("set by you", "由你选定");
pub const UNDO: Word = word("Undo", "撤销");
pub const SEARCH: Word = word("Search all categories", "搜索全部类别");
pub const NO_MATCH: Word = word("No category matches.", "没有匹配的类别。");
pub const NAME_TOO_LONG: Word = word("A label has at most 60 characters.", "标签名称最多 60 个字符。");
pub const CATEGORIES: Word = word("Categories", "类别");
pub const TIERS: Word = word("Applied from 85 %, offered from 50 %.", "85% 起直接采用，50% 起供参考。");

pub const FOUND: Word = word("found", "提到");
pub const COPY: Word = word("Copy", "复制");
pub const COPIED: Word = word("Copied.", "已复制。");
pub const COPY_FAILED: Word =
    word("Copying is not allowed on this page. Select the text instead.", "本页不允许复制，请手动选取文字。");
pub const LESS: Word = word("fewer", "收起");

pub const SAME_CUSTOMER: Word = word("the same customer?", "同一位客户？");
pub const ONE_TIMELINE: Word = word("One timeline", "合并时间线");
pub const NOT_THE_SAME: Word = word("Not the same", "不是同一人");
pub const LATER: Word = word("Later", "稍后");
pub const TIMELINE: Word = word("one timeline", "同一时间线");
pub const SEPARATE: Word = word("Separate", "分开");
pub const TOGETHER: Word = word("Show together", "合在一起");

pub const FILL_FORM: Word = word("fill the form", "填写表单");
pub const FROM: Word = word("from", "由");
pub const TO: Word = word("to", "改为");
pub const SAVES_ITSELF: Word = word(
    "No save button in sight: the page may keep each change at once. Undo puts it back.",
    "没看到保存按钮，页面可能会立即保存每处改动，可以撤销。",
);

pub const ANSWERS: Word = word("answers", "可用回复");
pub const NO_ANSWERS: Word = word("No answer fits yet.", "暂时没有合适的回复。");
pub const INSERT: Word = word("Insert", "插入");
pub const DRAFT: Word = word("draft: read before sending", "草稿：发送前请细读");
pub const SHOW_ALL: Word = word("Show all of it", "展开全文");
pub const SHOW_LESS: Word = word("Show less", "收起");
pub const OPEN_FORM: Word = word("Open the reply form", "打开回复框");

pub const NO_CONVERSATION: Word = word("No conversation on this page.", "本页没有对话。");
pub const NO_CONVERSATION_NEXT: Word = word(
    "Open one: its mood, what the customer wants and ready answers appear here.",
    "打开一个对话，这里会显示客户情绪、诉求和可用回复。",
);
pub const NOTHING_READ: Word = word("No customer message read yet.", "还没有读到客户消息。");

pub const LEARNED: Word = word("learned here", "在本机学到");
pub const OWN_MODEL: Word = word("by your team's model", "由团队自己的模型判断");
pub const OWN_MODEL_LONG: Word = word(
    "Your team's own model gave this class. A correction stands above it.",
    "由团队自己的模型给出；你的更正优先。",
);
pub const OWN_MODEL_OFF: Word =
    word("Your team's own model is off; the built-in one works on.", "团队自己的模型没有运行，内置模型照常工作。");
pub const LEARNED_LONG: Word = word(
    "From corrections on this device. Set another class, and it learns that too.",
    "来自本机上的更正；改成别的分类，它也会学到。",
);

pub const OWN_LABELS: Word = word("Own labels", "自己的标签");
pub const NO_LABELS: Word = word("No labels of your own yet.", "还没有自己的标签。");
pub const NO_LABELS_NEXT: Word = word(
    "Press “change…” on a message and type a name that is not in the list.",
    "在消息上点“更改…”，输入列表里没有的名称。",
);
pub const FROM_TEAM: Word = word("your team's", "来自团队");
pub const RENAME: Word = word("Rename", "改名");
pub const DELETE: Word = word("Delete", "删除");
pub const NEW_NAME: Word = word("New name", "新名称");
pub const NAME_TAKEN: Word = word("Another category has this name.", "已有同名类别。");
pub const SAVE: Word = word("Save", "保存");
pub const CANCEL: Word = word("Cancel", "取消");

pub const PAUSE: Word = word("Pause", "休息");
pub const PAUSE_ASK: Word = word("A pause, no reason asked", "休息一下，不问原因");
pub const PAUSE_NOTE: Word = word("Only you see it. The page stays as it is.", "只有你看得到，页面保持原样。");
pub const PAUSE_END: Word = word("End pause", "结束休息");
pub const SHIELD: Word = word("after this message", "收到这条消息后");
pub const BOUNDARY: Word = word("set a boundary", "表明底线");
pub const NOT_ABUSE: Word = word("Not abuse", "不算冒犯");
pub const DENIED: Word = word("Not abuse, as you said", "你已标为不算冒犯");
pub const COVERED: Word = word("Words covered", "内容已遮盖");
pub const SHOW_WORDS: Word = word("Show the words", "查看内容");
pub const COVERED_DOT: Word = word("Words covered. Press the dot to show them.", "内容已遮盖，点圆点查看。");
pub const ASKS_FOR_PERSON: Word = word("Asks for a person", "要求转人工");
pub const COMPLAINS: Word = word("Complains", "投诉");
pub const HELP: Word = word("Help", "关怀");
pub const HELP_LONG: Word = word(
    "Employee assistance: someone to talk to. Opens a new tab; nobody is told",
    "员工关怀：找人聊聊。在新标签页打开，不会告诉任何人",
);
pub const MENU: Word = word("More", "更多");
pub const LANGUAGE: Word = word("Language", "语言");
pub const PROMPTS: Word = word("Rest prompts", "休息提醒");
pub const SHIELDING: Word = word("Card after abuse", "遇冒犯时提示");
pub const ON: Word = word("on", "开");
pub const OFF: Word = word("off", "关");
pub const PLACE: Word = word("Place", "位置");
pub const LEFT: Word = word("Move left", "左移");
pub const RIGHT: Word = word("Move right", "右移");
pub const UP: Word = word("Move up", "上移");
pub const DOWN: Word = word("Move down", "下移");
pub const SHOW: Word = word("show", "查看");
pub const READ_WRONGLY: Word = word("This page is read wrongly", "这个页面读得不对");
pub const TEACH: Word = word("Teach", "教一下");
pub const KEYS: Word = word("Keys", "快捷键");
pub const DISMISS: Word = word("Dismiss", "知道了");
pub const LONG_DAY: Word = word("Over 5.5 h of contact today.", "今天的接待已超过 5.5 小时。");

/// Keys and what they do while the panel has the focus.
pub const KEY_LIST: [(&str, Word); 6] = [
    ("1 2 3", word("insert an answer", "插入回复")),
    ("C", word("change what the customer wants", "更改诉求")),
    ("P", word("pause", "休息")),
    ("← →", word("walk along the course, on a dot", "在走势圆点间移动")),
    ("?", word("this list", "本列表")),
    ("Esc", word("fold, back to the page", "收起并回到页面")),
];

/// As the extension's manifest suggests it; the browser may have another.
pub const KEY_FROM_PAGE: (&str, Word) = ("Alt Shift W", word("from the page to here", "从页面跳到这里"));

/// Why a message counts as the customer's, for the codes of `extension/content/roles.js`; nothing where no code is known.
pub fn author_reason(code: &str) -> Option<Word> {
    Some(match code {
        "author_is_requester" => {
            word("Customer, because the author is the customer shown.", "客户：作者就是页面上的客户。")
        }
        "badge_word" => word("Customer, because a badge on the message says so.", "客户：消息上的标签这样写。"),
        "author_word" => word("Customer, because a word beside the author says so.", "客户：作者旁边的字样这样写。"),
        "same_author" => {
            word("Customer, because the author wrote another customer message.", "客户：与另一条客户消息同一作者。")
        }
        "author_in_requester_domain" => word(
            "Customer, because the author's address is the customer's company's.",
            "客户：作者邮箱与客户同属一家公司。",
        ),
        "same_side" => word("Customer, because it stands on the customer's side.", "客户：消息在客户那一侧。"),
        "other_side" => {
            word("Customer, because it stands across from the agent's messages.", "客户：消息在坐席对面一侧。")
        }
        "other_party" => {
            word("Customer, as the one left when the others are known.", "客户：其他人都已知，剩下的一方。")
        }
        "alignment" => word("Customer, by the side it stands on.", "客户：按消息所在的一侧判断。"),
        "portrait_letters" => word("Customer, by the letters of their portrait.", "客户：按头像上的字。"),
        "speech" => word("Customer, by how they write.", "客户：按说话的方式判断。"),
        "taught" => word("Customer, as taught on this site.", "客户：按此网站上教过的方式。"),
        _ => return None,
    })
}
