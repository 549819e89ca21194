//! Every fixed phrase of the dashboard, English and Chinese side by side.
//!
//! Phrases with numbers or names in them are built in [`super::sentence`]; words for moods come from `shared`.

use domain::wire::Locale;

macro_rules! phrases {
    ($($(#[$meta:meta])* $name:ident: $en:literal | $zh:literal,)*) => {
        /// All phrases of one language.
        #[derive(Debug)]
        pub struct Words {
            $($(#[$meta])* pub $name: &'static str,)*
        }

        static EN: Words = Words { $($name: $en,)* };
        static ZH: Words = Words { $($name: $zh,)* };
    };
}

/// The phrases of a language.
pub fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::En => &EN,
        Locale::Zh => &ZH,
    }
}

phrases! {
    // The frame.
    brand: "Warmseat" | "暖席",
    skip: "Skip to content" | "跳到正文",
    places: "Places" | "页面",
    now: "Now" | "此刻",
    /// After the number on the rail, for screen readers.
    need_help: " need help" | " 个需要帮助",
    conversations: "Conversations" | "对话",
    today: "Today" | "今天",
    team: "Team" | "团队",
    devices: "Devices" | "设备",
    /// The language switch names the other language in that language.
    other_language: "中文" | "English",
    theme_auto: "System theme" | "跟随系统",
    theme_light: "Light theme" | "浅色",
    theme_dark: "Dark theme" | "深色",
    sign_out: "Sign out" | "退出",
    loading: "Loading" | "加载中",
    retry: "Try again" | "重试",
    /// On a button while what it does is under way.
    under_way: "Working" | "正在处理",
    sign_out_again: "Sign out again" | "再退出一次",
    stay: "Stay signed in" | "保持登录",
    new_tab: "opens in a new tab" | "在新标签页打开",
    not_found: "No such page" | "没有这个页面",
    not_found_body: "The address leads nowhere. Choose one of the places in the navigation." | "这个地址没有内容，请从导航进入。",

    // Sign-in.
    sign_in: "Sign in" | "登录",
    sign_in_lead: "See which conversations need help now." | "看看哪些对话现在需要帮助。",
    email: "E-mail" | "邮箱",
    password: "Password" | "密码",
    show_password: "Show" | "显示",
    hide_password: "Hide" | "隐藏",
    show_password_name: "Show password" | "显示密码",
    hide_password_name: "Hide password" | "隐藏密码",
    caps_lock: "Caps Lock is on." | "大写锁定已开启。",
    signing_in: "Signing in" | "正在登录",
    needs_email: "Enter your e-mail address." | "请填写邮箱。",
    needs_password: "Enter your password." | "请填写密码。",
    wrong_credentials: "E-mail and password do not match. Check both and try again." | "邮箱和密码对不上，请检查后再试。",
    away_sign_in: "The server does not answer. Check the network, then try again; nothing you entered was lost." | "连不上服务器。请检查网络后重试，填的内容还在。",
    failed_sign_in: "The server could not sign you in. Try again in a moment." | "服务器没能完成登录，请稍后再试。",
    session_ended: "Your session ended. Nothing was lost; sign in to go on." | "登录已过期，数据都在，重新登录即可继续。",
    signed_out: "You are signed out." | "已退出登录。",
    no_access: "This account has no access to the dashboard. Ask your administrator." | "这个账号没有看板权限，请联系管理员。",

    // Failures: what happened, what is safe, what to do.
    away_title: "The server does not answer" | "连不上服务器",
    away_body: "Agents' overlays go on working, and what they record is kept on their machines until the server is back. Check the network, then try again." | "坐席端照常工作，记录先存在各自电脑里，恢复后会补传。请检查网络后重试。",
    failed_title: "This could not be loaded" | "没有加载成功",
    failed_body: "Nothing was changed. Try again; if it stays, tell your administrator the code below." | "数据没有变动。请重试；如果还不行，把下面的代码告诉管理员。",
    forbidden_title: "This is not open to your account" | "这个账号看不到这部分",
    forbidden_body: "Nothing was changed. Ask your administrator for access." | "数据没有变动。需要的话请联系管理员开通。",
    code: "Code" | "代码",

    // Now.
    needs_help: "Needs help" | "需要帮助",
    /// Above those that need help.
    taking_note: "Your team and the agent see who is on it." | "由谁跟进，团队和坐席都看得到。",
    take: "I'm on it" | "我来跟进",
    give_back: "Give back" | "交还",
    take_over: "Take over" | "改由我跟进",
    mine: "You are on it" | "由你跟进",
    taken_meanwhile: "Somebody was faster. Nothing was changed; look who is on it now." | "有人先了一步，没有改动。请看现在由谁跟进。",
    watch: "Worth watching" | "留意一下",
    watch_note: "Tense, upset or turned sharply, without an alert. Heard from in the last half hour." | "着急、不满或骤然变差，还没到提醒的程度；最近半小时有动静。",
    watch_empty: "No tense or upset conversation in the last half hour." | "最近半小时没有着急或不满的对话。",
    quiet: "Alert open, but quiet" | "提醒未关闭，但没有动静",
    quiet_note: "Nothing was heard from them for four hours or more. Look whether someone has seen to them." | "四小时以上没有动静，请看看是否已有人处理。",
    settled: "Settled just now" | "刚刚缓和",
    look_first: "Please look at this one first." | "请先看这一条。",
    open_in_helpdesk: "Open in helpdesk" | "在工单系统中打开",
    now_empty_title: "No conversation needs help" | "现在没有对话需要帮助",
    now_empty_body: "When a conversation turns, it appears here within a second: who needs what, since when, and why." | "对话一有变化，一秒内就会出现在这里：谁需要什么、从什么时候起、为什么。",
    setup_title: "Nothing has arrived yet" | "还没有收到数据",
    setup_body: "Conversations appear here once an agent's extension is connected:" | "坐席装好扩展并连接后，对话就会出现在这里：",
    setup_install: "Install the extension in the agent's browser." | "在坐席的浏览器里安装扩展。",
    setup_token: "Create a token under Devices and paste it into the extension." | "在“设备”里创建令牌，粘贴到扩展里。",
    setup_open: "Open a ticket or chat in the helpdesk." | "在工单系统里打开一个工单或聊天。",
    to_devices: "Go to Devices" | "前往设备",
    agent: "Agent" | "坐席",
    corrected: "set by the agent" | "坐席已确认",
    sure_hint: "How sure the class is" | "分类的把握",
    mood: "Mood" | "情绪",
    course: "Course" | "走势",

    // Conversations.
    filter: "Filter" | "筛选",
    all_moods: "Any mood" | "任何情绪",
    all_channels: "Any channel" | "任何渠道",
    all_sites: "Any site" | "任何站点",
    alert: "Alert" | "提醒",
    all_alerts: "Any" | "全部",
    with_alert: "Alert open" | "有提醒",
    without_alert: "No alert" | "无提醒",
    channel: "Channel" | "渠道",
    site: "Site" | "站点",
    conversation: "Conversation" | "对话",
    last_message: "Last message" | "最近消息",
    link: "Link" | "链接",
    open: "Open" | "打开",
    clear_filters: "Clear filters" | "清除筛选",
    more: "Show older ones" | "显示更早的",
    no_more: "There are no older ones." | "没有更早的了。",
    no_class: "Not classed" | "未分类",
    conversations_lead: "Labels and scores only; what customers wrote stays in the helpdesk." | "这里只有标签和分数，客户的原话留在工单系统里。",

    // Today.
    day_conversations: "Conversations" | "对话",
    day_messages: "Customer messages" | "客户消息",
    day_alerts: "Alerts open" | "未关闭的提醒",
    day_inserted: "Answers inserted" | "插入的回复",
    day_corrections: "Classes corrected" | "更正的分类",
    no_week_ago: "nothing a week ago to compare" | "一周前没有数据可比",
    intent_mix: "What customers want" | "客户想要什么",
    as_table: "Show as table" | "看表格",
    as_bars: "Show as bars" | "看条形图",
    class: "Class" | "分类",
    count_today: "Today" | "今天",
    share: "Share" | "占比",
    week_ago: "A week ago" | "一周前",
    difference: "Difference" | "变化",
    week_ago_mark: "The thin mark is the share a week ago, up to the same hour." | "细线是一周前同一时刻的占比。",
    abuse_today: "Abusive messages today" | "今天的冒犯消息",
    abuse_few: "What causes abuse appears here once ten agents or more have met some today, so that it points to nobody." | "当天有十位及以上坐席遇到冒犯消息时，这里会显示起因，以免指向某一个人。",
    abuse_note: "By what the customer wanted when it happened, as the model reads it. Never by agent; classes that fewer than ten agents met are put together." | "按当时的诉求统计，由模型判断。不按坐席统计；遇到的坐席不足十位的类别合并显示。",
    other_classes: "Other demands" | "其他诉求",
    total: "Total" | "合计",
    today_empty_title: "Nothing today yet" | "今天还没有数据",
    today_empty_body: "Counts appear with the first customer message that an agent's extension reads." | "坐席的扩展读到第一条客户消息后，这里就有数字了。",

    // Team.
    team_load: "Load of the team" | "团队负荷",
    load: "Load" | "负荷",
    agents: "Agents" | "坐席",
    name: "Name" | "姓名",
    conversations_now: "Conversations now" | "进行中的对话",
    conversations_today: "Conversations today" | "今天的对话",
    alerts_open: "Alerts open" | "未关闭的提醒",
    last_seen: "Last seen" | "最近在线",
    never_seen: "not connected yet" | "还没连接",
    team_note: "Counts of conversations, in alphabetical order. Time since a break and what agents say of themselves stay on their own machines; nobody sees them here." | "只有对话数量，按姓名排序。休息间隔和坐席自己的记录只存在他们自己的电脑里，这里谁也看不到。",
    team_empty_title: "No agents yet" | "还没有坐席",
    team_empty_body: "An agent appears here when their extension is connected with a device token." | "坐席用设备令牌连接扩展后，会出现在这里。",

    // Taught sites.
    taught_sites: "Taught sites" | "教过的网站",
    /// After the number on the rail, for screen readers.
    wait_for_you: " wait for a decision" | " 个等待决定",
    taught_lead: "Where Warmseat reads a page wrongly, an agent shows it how. What you approve here, the extensions of the whole team use. It holds how the page is built, none of its words." | "暖席读错页面时，坐席可以教它。你在这里批准的，全团队的扩展都会用。里面只有页面的结构，没有页面上的文字。",
    to_decide: "To decide" | "等待决定",
    in_use: "In use by the team" | "团队在用",
    not_in_use: "Not in use" | "没有在用",
    taught_messages: "Messages" | "消息",
    taught_writers: "Who wrote" | "谁写的",
    taught_box: "Reply box" | "回复框",
    taught_data: "All of it as data" | "全部内容（数据）",
    approve: "Approve" | "批准",
    refuse: "Refuse" | "不采纳",
    withdraw: "Withdraw" | "停用",
    refuse_question: "The team does not get it. The agent keeps it on their own device." | "团队不会用到它，坐席仍可在自己的设备上用。",
    withdraw_question: "The team's extensions stop using it within a minute." | "一分钟内，团队的扩展不再使用它。",
    replaces: "Approving it replaces the one in use for these pages." | "批准后会替换这些页面现在用的那份。",
    only_supervisor: "A supervisor of the team decides." | "由团队主管决定。",
    taught_empty_title: "No site was taught yet" | "还没有教过的网站",
    taught_empty_body: "When an agent teaches Warmseat a page and proposes it to the team, it appears here for your decision." | "坐席教会暖席读一个页面并提议给团队后，会出现在这里，由你决定。",

    // Labels.
    labels: "Labels" | "标签",
    labels_lead: "Your own classes beside the built-in ones. Every device of the team learns them from the examples; five to twenty each are enough." | "内置分类之外的自有分类。团队每台设备都从例句里学，每个标签五到二十个例句就够。",
    import_labels: "Import a list" | "导入列表",
    label_list: "Labels with examples" | "标签和例句",
    label_list_sample: "Bikes on trains,can I take my bike on the express train" | "带车乘车，我想带自行车上火车",
    label_list_hint: "A label and an example on each line, with a comma or tab between; a spreadsheet can be pasted as it is. Write the examples so that nobody can be recognised: lines with e-mail addresses or long numbers are not taken." | "每行一个标签和一个例句，用逗号或制表符隔开，可以直接粘贴表格。例句里不要出现能认出客户的信息：带邮箱或长串数字的行不会被采用。",
    label_file: "Or choose a CSV file" | "或选择 CSV 文件",
    needs_list: "Paste a list or choose a file first." | "请先粘贴列表或选择文件。",
    nothing_new: "There is nothing new in this list." | "列表里没有新的例句。",
    file_not_read: "The file could not be read as text. Save it as CSV in UTF-8 and choose it again." | "文件没能读成文字，请另存为 UTF-8 的 CSV 再选择。",
    share_labels: "Share with the team" | "分享给团队",
    sharing: "Sharing" | "正在分享",
    labels_shared: "The team's devices have them within a minute." | "一分钟内，团队的设备就会收到。",
    labels_empty_title: "No labels of your own yet" | "还没有自己的标签",
    labels_empty_body: "Import a list of labels with examples; every device of the team then recognises them." | "导入带例句的标签列表后，团队的每台设备都能识别。",
    labels_empty_told: "Labels appear here once they are imported; every device of the team then recognises them." | "导入标签后会出现在这里，团队的每台设备都能识别。",
    labels_by_supervisor: "A supervisor of the team imports and removes labels." | "标签由团队主管导入和移除。",
    remove: "Remove" | "移除",
    remove_question: "The team's devices forget it within a minute. What agents taught their own devices stays." | "一分钟内，团队的设备不再使用它；坐席在自己设备上教的保留。",

    // Own model.
    own_model: "Own model" | "自有模型",
    own_model_lead: "A text classifier that your team has trained itself. It gives the classes on every device of the team, in the place of the built-in model; mood, emotion and fields stay as they are." | "团队自己训练的文本分类模型。它在团队每台设备上代替内置模型给出分类；情绪、情感和字段不变。",
    own_model_empty_title: "The built-in model is in use" | "团队在用内置模型",
    own_model_empty_body: "With a fine-tuned BERT or DistilBERT classifier as an ONNX file, its tokenizer.json and its config.json you can put your own in its place. It runs on the agents' devices; the server only hands it out." | "有微调过的 BERT 或 DistilBERT 分类模型（ONNX 文件）、它的 tokenizer.json 和 config.json，就可以换成自己的。模型在坐席的设备上运行，服务器只负责分发。",
    own_model_choose: "Choose a model" | "选择模型",
    own_model_replace: "Replace it" | "换一个模型",
    own_model_how: "How to export one" | "如何导出",
    own_model_how_body: "Then choose model.onnx, tokenizer.json and config.json from the folder EXPORT. A model has at most 128 MB. Where it is larger, as DistilBERT is, the third line makes it four times smaller: choose model_quantized.onnx from the folder SMALLER, with its tokenizer.json and config.json." | "然后从 EXPORT 文件夹里选择 model.onnx、tokenizer.json 和 config.json。模型最大 128 MB；更大的（例如 DistilBERT）用第三行命令可缩小到四分之一：请选择 SMALLER 文件夹里的 model_quantized.onnx，连同那里的 tokenizer.json 和 config.json。",
    own_model_files: "Files: model, tokeniser and label map, together or one after the other." | "文件：模型、分词器和标签表，可一起选，也可分次选。",
    own_model_choose_files: "Choose files" | "选择文件",
    own_model_part_model: "Model" | "模型",
    own_model_part_tokenizer: "Tokeniser" | "分词器",
    own_model_part_labels: "Label map" | "标签表",
    own_model_missing: "not chosen yet" | "还没选择",
    own_model_checking: "Checking it in this browser. Nothing is uploaded yet." | "正在本浏览器里检查，还没有上传。",
    own_model_try: "Try it: a customer's message" | "试一试：一条客户消息",
    own_model_try_sample: "Where is my refund?" | "我的退款到哪了？",
    own_model_try_button: "Try" | "试一下",
    own_model_mapping: "What its labels mean" | "标签的含义",
    own_model_mapping_hint: "A label that stands for a built-in class brings its answers and forms along. The others become labels of your team's own." | "对应内置分类的标签会带上它的回复和表单；其余成为团队自己的标签。",
    own_model_own_label: "A label of the team's own" | "团队自己的标签",
    own_model_share: "Use for the team" | "给团队使用",
    own_model_uploading: "Uploading" | "正在上传",
    own_model_shared: "The team's devices fetch it within a minute." | "一分钟内，团队的设备就会获取。",
    own_model_too_large: "The server takes models of at most 128 MB. Quantise it, or choose a smaller one." | "服务器只接收 128 MB 以内的模型，请量化或换一个小一些的。",
    own_model_remove_question: "Within a minute the team's devices go back to the built-in model. To use it again, choose its files again." | "一分钟内，团队的设备会换回内置模型。要再用，重新选择文件即可。",

    // Devices.
    devices_lead: "A device is one browser with the extension. Its token lets it send labels and scores, nothing else." | "一台设备就是一个装了扩展的浏览器。令牌只允许它上传标签和分数。",
    device: "Device" | "设备",
    created: "Created" | "创建于",
    add_device: "Connect a device" | "连接一台设备",
    device_label: "Name of the device" | "设备名称",
    device_label_hint: "For example: Li Wei, laptop" | "例如：李伟的笔记本",
    device_agent: "Used by" | "使用人",
    create_token: "Create token" | "创建令牌",
    creating: "Creating" | "正在创建",
    needs_label: "Give the device a name." | "请给设备起个名字。",
    token_title: "The token, shown this once" | "令牌，只显示这一次",
    token_body: "Paste it into the extension: click its icon, then Change beside Team server. It cannot be shown again; if it is lost, create another and revoke this one." | "粘贴到扩展里：点扩展图标，在“团队服务器”旁点“更改”。之后不会再显示；如果丢了，重新建一个并停用这个。",
    token: "Token" | "令牌",
    copy: "Copy" | "复制",
    copied: "Copied" | "已复制",
    copy_failed: "The browser did not allow copying. Select the token and copy it by hand." | "浏览器不允许复制，请选中后手动复制。",
    done: "Done" | "完成",
    revoke: "Revoke" | "停用",
    revoke_question: "It stops sending at once. What it sent stays." | "它会立刻停止上传，已上传的数据保留。",
    keep: "Keep" | "保留",
    revoked: "Revoked" | "已停用",
    devices_empty_title: "No device yet" | "还没有设备",
    devices_empty_body: "Create a token above and paste it into an agent's extension; the device then appears here." | "在上面创建令牌并粘贴到坐席的扩展里，设备就会出现在这里。",
    how_title: "How to connect" | "如何连接",
    how_1: "Install the Warmseat extension in the agent's browser." | "在坐席的浏览器里安装暖席扩展。",
    how_2: "Click its icon in the toolbar, then Change beside Team server." | "点工具栏里的图标，在“团队服务器”旁点“更改”。",
    how_3: "Enter the server address and the device token, then Connect." | "填入服务器地址和设备令牌，点“连接”。",
    how_4: "Open a ticket and switch on Read this site. The device then shows as seen here." | "打开一个工单，开启“读取此网站”，设备就会在这里显示在线。",
    server_address: "Server address" | "服务器地址",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_keep_the_rules_for_words() {
        for (locale, banned) in [
            (Locale::En, ["!", "you seem", "You seem", "please wait"].as_slice()),
            (Locale::Zh, &["！", "亲", "您似乎", "!"]),
        ] {
            let all = format!("{:?}", words(locale));
            for word in banned {
                assert!(!all.contains(word), "{locale:?} contains {word}");
            }
        }
    }
}
