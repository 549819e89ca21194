// @ts-check
/**
 * Owns the vocabulary of desks, English and Chinese: what badges, labels and buttons are called.
 * Holds no product's class names and looks at no DOM.
 */

export const CUSTOMER_WORDS = /^(?:(?:message |e-?mail |sent |received )?from (?:the )?(?:submitter|customer|client|requester|requestor|visitor|buyer|user|guest|guest user)|customer|client|requester|requestor|submitter|reporter|visitor|guest|end[- ]?user|contact|buyer|shopper|caller|consumer|subscriber|original poster|op|author|incoming|inbound|顾客|客户|客戶|访客|訪客|用户|用戶|买家|買家|会员|来电人|来电者|提交人|请求人|報修人|报修人|申请人|咨询者|游客|粉丝|楼主|来自客户|客户消息|客户回复)$/i;
export const AGENT_WORDS = /^(?:(?:sent |reply |message )?to (?:the )?(?:submitter|customer|client|requester|requestor|visitor|buyer|user)|(?:support |service |human |live )?(?:agent|operator|representative|rep|advisor|adviser|specialist|staff|team)(?: reply| member)?|staff|support|customer (?:service|support|care)|help ?desk|admin|administrator|moderator|maintainer|collaborator|owner|seller|merchant|csr|assignee|responder|outgoing|outbound|sent|(?:public )?reply sent|人工客服|在线客服|客服|客服专员|客服人员|客服代表|坐席|座席|卖家|商家|店铺|店小二|工作人员|官方|接待人员|技术支持|处理人|员工|管理员|版主|发给客户|回复客户|已回复客户)$/i;
export const BOT_WORDS = /^(?:(?:chat ?)?bot|virtual (?:agent|assistant)|ai (?:agent|assistant)|assistant bot|automated(?: reply| message| response)?|automatic reply|auto[- ]?(?:reply|response|responder)|机器人|機器人|智能客服|智能助手|智能机器人|ai ?助手|ai ?客服|自动回复|自動回覆)$/i;
export const NOTE_WORDS = /^(?:internal|private|work notes?|(?:internal|private|staff|agent|team|hidden)[- ](?:note|comment|message|remark|reply|only)s?|notes?(?: to self)?|note added|added (?:a|an) (?:internal |private )?note|(?:only )?(?:visible|shown) (?:only )?to (?:staff|agents|your team|the team|team members|you)(?: only)?|(?:staff|agents|team) only|only (?:your |the )?(?:staff|agents|team|team members|colleagues) can see(?: this)?(?: note| comment| message)?|not (?:sent|visible|shown) to (?:the )?(?:customer|requester|requestors?|client|submitter|user)s?|内部(?:备注|留言|评论|消息|回复|沟通|记录|便签)?|內部(?:備註|留言)?|(?:私有|私密|私人|工单|客服)?备注|工作(?:注释|备注|笔记)|(?:添加|写)了(?:内部|私有|私密|私人)备注|私密|私有|非公开|(?:仅|只有?)(?:内部|客服|坐席|团队|员工|工作人员|同事)(?:人员)?可见|客户不可见|便签|小记|私人的?|(?:this .{1,20} )?(?:will|can) (?:only )?be seen only by (?:internal|staff|agent|team).{0,12}|(?:此.{1,6})?仅对(?:内部|客服|坐席|团队)(?:用户|人员|成员)?可见)$/i;
export const SELF_WORDS = /^[<＜]?(?:you|me|myself|you \(.*\)|我|您|本人|我自己)[>＞]?[:：]?$/i;

export const REQUESTER_LABEL = /^(?:requesters?|requestors?|requested by|requester name|submitters?|submitted by|customers?|(?:customer|submitter|requester|reporter|client)(?:'s)? (?:name|e-?mail(?: address)?)|client(?: name)?|reporter|reported by|raised by|opened by|caller|end[- ]?user|visitor(?: name)?|buyer|contact(?: name| person)?|客户|客戶|客户(?:名称|姓名|昵称|名)|顾客|提交[人者](?:邮箱|姓名)?|提[单问出]人(?:邮箱|姓名)?|请求人|请求者|申请人|报告人|反馈人|联系人(?:姓名|名称)?|访客|访客名称|访客姓名|买家|买家昵称|用户(?:名|昵称|姓名)?|会员名?|来信人|来电人|(?:工单|问题)?发起人)(?:\s*[(（](?:e-?mail|邮箱)[)）])?\s*[:：]?$/i;
/** What a section about the customer is called. */
export const CUSTOMER_SECTION = /^(?:customer|contact|client|requester|visitor|user|sender|buyer|caller|about (?:the )?(?:customer|requester|visitor))(?:'s)?(?: (?:info(?:rmation)?|details|profile|card|data))$|^(?:customer|requester|requestor|visitor|client)s?$|^(?:客户|访客|用户|买家|联系人|顾客|会员|来访者)(?:信息|资料|详情|画像|档案|名片)?$/i;
/** What stands where a person's name would. */
export const NOBODY = /^(?:ignore|block|ban|merge|call|spam|忽略|屏蔽|拉黑|合并|contact|details|notes?|all|everyone|customer|client|ticket|sender|requester|requestors?|visitor|user|this.*|the .*|your? .*|body|content|text|input|box|field|area|editor|here.*|客户|访客|用户|全部|消息|内容|none|n\/a|unassigned|nobody.*|no one|unknown|-+|—|select.*|choose.*|not set|无|谁|未分配|暂无|未设置|请选择|edit|change|view|more|add|filter|all|open|search|编辑|修改|查看|更多|添加|增加|sent|received|delivered|seen|online|offline|away|busy|已发送|已读|在线|离线|忙碌|author|作者)$/i;
/** What records call their fields: nobody's name. */
export const FIELD_NAME = /^(?:主题|帖子|回帖|积分|精华|威望|贡献|金[币钱]|粉丝|关注|好友|电梯直达|(?:full |first |last )?name|e-?mail(?: address)?|phone(?: number)?|mobile|company|organi[sz]ation|address|location|language|time ?zone|joined|posts|registered|member since|messages?|profile|website|姓名|名称|昵称|邮箱|电子邮[箱件]|电话|手机号?|公司|地址|地区|语言|消息|留言|正文)$/i;
/** What a ticket's fields say: nobody's name. */
export const FIELD_VALUE = /^(?:new|open|opened|reopened|assigned|unassigned|in progress|pending|on[- ]hold|waiting(?: (?:for|on) .{1,20})?|feedback|resolved|solved|closed|done|rejected|cancell?ed|low|normal|medium|high|urgent|critical|immediate|新建|待处理|待分配|处理中|进行中|等待.{0,6}|已(?:分配|解决|关闭|完成|取消|拒绝)|低|中|普通|一般|高|紧急|非常紧急)$/i;
/** What a Chinese label or title ends in, and no name. */
export const FIELD_TAIL_ZH = /(?:信息|资料|记录|列表|详情|管理|设置|方式|地区|名单|轨迹|时间|编号|类型|状态|渠道|来源|等级|备注|注释|评论|标签|用语|回复|模板|数据|统计|字段|操作|模式|过程|描述|内容|说明|如下)$/;
/** Of a ticket, beside what a message's head calls it. */
export const SENDER_LABEL = /^(?:sent by|created by|user|creator|来自|创建[人者])\s*[:：]?$/i;
export const OWNER_LABEL = /^(?:(?:(?:chat|ticket|case|conversation|current) )?owner|owned by|assignee|assigned to|assigned(?=\s*[:：])|agent|handled by|responsible|operator|(?:当前|问题)?(?:处理|负责|受理|跟踪)人|受理客服|受理坐席|坐席|客服|接待客服|当前客服|经办人|受托人|跟进人|(?:聊天|会话|对话|工单|个案)?(?:所有[者人]|归属人))\s*[:：]?$/i;
/** Whoever has it: its customer where somebody else is named as responsible. */
export const HOLDER_LABEL = /^(?:owner|owned by|所有[者人]|归属人)\s*[:：]?$/i;
export const CHANNEL_LABEL = /^(?:channel|source|via|received via|contact channel|渠道|来源(?:渠道)?|渠道来源|接入渠道|咨询渠道)\s*[:：]?$/i;
export const TICKET_LABEL = /^(?:status|priority|queue|department|assigned(?: (?:to|users?|agents?|teams?|groups?|departments?))?|assignees?|milestone|reviewers|owner|start date|target version|due(?: date)?|ticket(?: id| no\.?| number| #)?|case(?: id| number)?|sla|severity|tags?|labels?|group|channel|inbox|resolution|状态|优先级|部门|队列|处理人|[指分]派(?:给|人)?|(?:开始|截止|到期|计划完成)(?:日期?|时间)|负责人|经办人|受托人|受理客服|受理人|工单(?:号|编号|状态|类型)?|紧急程度|标签|分类|分组|渠道|会话(?:id|编号|状态)?|技能组|来源)\s*[:：]?$/i;
/** Over what opened a ticket. */
export const DESCRIPTION_LABEL = /^(?:(?:full |issue |ticket |problem |request |case |original )?(?:description|message|request|enquiry|inquiry)|(?:问题|工单|故障|需求|详细|请求|诉求)?(?:描述|内容|详情)|原始(?:消息|请求|内容))\s*[:：]?$/i;

/** Whether words are what a ticket calls one of its fields. @param {string} words */
export function isTicketField(words) {
  return TICKET_LABEL.test(words) || REQUESTER_LABEL.test(words) || OWNER_LABEL.test(words);
}

export const REPLY_WORDS = /\b(?:reply|replies|respond|response|answer|correspond(?:ence)?|reply to (?:customer|requestors?|all)|public (?:reply|response|comment)|send (?:a )?message|write (?:a )?(?:reply|message|response)|type (?:a |your )?(?:message|reply|response|answer)|your (?:reply|message|response|answer)|(?:type|write|say) (?:here|something)(?! to (?:search|find|filter))|message|chat with|e-?mail (?:to )?(?:the )?customer)\b|回复|回覆|答复|應答|消息|请输入|对外回复|公开回复|说点什么|写消息/i;
export const PUBLIC_WORDS = /\b(?:reply|respond|response|correspond(?:ence)?|public|answer|to (?:the )?(?:customer|requestors?|requester|submitter|client|visitor))\b|回复|回覆|答复|公开|对外/i;
export const INTERNAL_WORDS = /\b(?:internal|private|staff[- ]only|agents?[- ]only|team[- ]only|not (?:sent|visible|shown) to|notes?|only (?:visible|shown) to|visible (?:only )?to (?:staff|agents|your team|the team|team members)|whisper|side conversation)\b|内部|內部|备注|備註|私密|私有|便签|小记|(?:仅|只有?)(?:内部|客服|坐席|团队|员工|工作人员|同事)(?:人员)?可见|客户不可见|不(?:会)?(?:发送|发)给(?:客户|顾客|用户|访客|申请人|请求人|提交人)|悄悄话/i;
export const COMMENT_WORDS = /\bcomments?\b|评论|評論|留言/i;
export const SEND_WORDS = /^(?:send|submit|post|publish|save|update|reply|respond|comment|answer|send (?:reply|message|now|&.*|and .*)|submit .*|post .*|update .*|add (?:comment|note|reply)|close .*|resolve.*|delete.*|发送|提交|回复|发布|保存|更新|评论|留言|关闭|结束|删除|添加(?:备注|评论|回复|留言)).{0,12}$/i;
export const NOT_REPLY_WORDS = /\b(?:search|find|filter|subject|title|tags?|labels?|password|user ?name|sign in|log ?in|e-?mail address|phone|cc|bcc|to:|recipients?|description|summary|bio|about|signature|address|coupon|quantity|review|feedback|query|prompt|notes? for|reminder|new ticket|canned|macro|template)\b|搜索|查找|筛选|主题|标题|标签|密码|用户名|抄送|密送|收件人|描述|简介|签名|地址|数量|评价|模板|快捷语|备忘/i;

/** What stands before the name of who wrote, or around it: "Updated by", "comment:1 by", "由 … 更新". */
export const AUTHORED_LEAD = /^(?:(?:last |first )?(?:updated|added|changed|edited|modified|created|opened|submitted|posted|sent|written|reported|requested|replied|commented|answered|noted|logged|started|entered|published)|(?:comment|note|reply|message|update|change|response|entry|answer|post)\s*(?:[:#]\s*)*\d*)\s+by(?:\s*[:：])?(?:\s+|$)|^by\s+(?!(?:e-?mail|mail|phone|telephone|fax|chat|web|api|sms|default|date|the)\b)|^由(?:\s+|$)|^(?:在|于|之?前?(?:更新|添加|创建|修改|提交|回复|评论|发表|发布)(?:于|了|的)?)$/i;
export const SIGNED_IN_LEAD = /\b(?:logged|signed) in as\b|当前(?:用户|坐席|客服|账号|登录)|登[录陆](?:用户|账号|为|身份)/i;
/** What signs out. */
export const LEAVE_PATTERN = "(?:log ?out|sign ?out|log ?off|退出(?:登录|登陆)?|注销|登出)";
export const LEAVE_WORDS = new RegExp(`^${LEAVE_PATTERN}$`, "i");
export const STATUS_MARK = /^(?:online|offline|away|busy|在线|离线|忙碌|勿扰|seen|read|unread|delivered|sent|sending|sending…|not delivered|failed|edited|\(edited\)|\[edited\]|modified|pending|new|✓+|✔+|√+|已读|未读|已送达|送达|已发送|发送中|发送失败|已编辑|no (?:file )?attachments?|no files? attached|(?:没有|无)附件|（已编辑）|\(已编辑\)|编辑过|已撤回|对方已读|seen by .{1,40}|read by .{1,40}|read \d.*|seen \d.*|seen at .*|(?:last )?(?:active|online|seen|available) (?:now|today|yesterday|at .{1,30}|.{1,20} ago)|(?:上次|最后|最近)(?:在线|上线|活跃).{0,24}|.{1,12}前(?:在线|上线|活跃)|via .{1,30}|(?:reported|raised|submitted|created|received|opened) (?:via|by|through) (?:e-?mail|phone|web|chat|portal|form|api).{0,20}|通过.{1,12}|来自.{1,12})$/i;
export const ACTION_WORDS = /^(?:reply|reply all|forward|quote|quote reply|edit|delete|copy|copy link|share|more|actions|more…|\.{3}|…|⋯|⋮|like|react|add reaction|translate|see translation|show translation|show original|report|flag|pin|star|mark as .*|view|view source|download|open|print|permalink|link|hide|show|expand|collapse|show (?:more|less|quoted text|trimmed content|details|full .*)|hide quoted text|read more|retry|resend|select|unread|remove|follow|helpful|回复|回覆|回复全部|全部回复|转发|引用|链接|编辑|删除|复制|分享|更多|点赞|翻译|查看翻译|显示原文|查看原文|举报|置顶|收藏|标记.{0,6}|查看|下载|打开|打印|展开|收起|操作|显示(?:更多|引用内容|详情)?|隐藏|注释|撤回|重发|选择|移除|关注|赞)$/i;

/** What panels of prepared answers are called, and the button beside each. */
export const ANSWERS_WORDS = /^(?:(?:canned|saved|quick|prepared|suggested|common|standard) (?:responses?|replies|answers|texts|messages)|macros?|(?:reply |answer |response )?templates|snippets|(?:快捷|常用|推荐|预设)(?:回复|语|短语|用语|话术|消息)|话术(?:库)?|(?:回复)?模板)\s*(?:[(（]\d+[)）])?$/i;
export const INSERT_WORDS = /^(?:insert|use(?: this)?|apply|插入|使用|选用|采用|填入)$/i;

/** Short texts of a page that sells; what customers write about a checkout is none. */
export const SHOP_WORDS = /^.{0,12}\badd to (?:cart|basket|bag)\b.{0,12}$|^.{0,6}\bbuy now\b.{0,12}$|^(?:proceed to |go to )?checkout\b.{0,8}$|^(?:\d+ )?in stock\b.{0,12}$|^free shipping\b.{0,20}$|^.{0,4}(?:加入购物车|立即购买|加入購物車|立即下单|商品详情|去结算).{0,4}$/im;
export const REVIEW_WORDS = /\b(?:\d\.\d\s*(?:out of|\/)\s*5|\d\s*(?:out of|\/)\s*5 stars?|verified (?:purchase|buyer)|customer reviews|ratings? & reviews|write a review|\d+ reviews?|people found this helpful|was this (?:review )?helpful)\b|★{2,}|☆{2,}|⭐{2,}|累计评价|商品评价|用户评价|好评率|追评|写评价/i;
export const COMMENTS_WORDS = /^(?:\d+ (?:comments?|responses?|replies|answers?|thoughts? on .*)|comments ?\(?\d*\)?|comment ?\(\d+\)|discussion ?\(?\d*\)?|leave a (?:comment|reply)|post a comment|join the (?:discussion|conversation)|(?:全部|最新|热门|精彩)?评论\s*[（(]?\d*[)）]?|\d+\s*条?评论|条评论|\d+\s*条留言|评论(?:区|列表)|发表评论|我来说两句)$/i;
export const RESULTS_WORDS = /\b(?:about )?[\d,]+ results?\b|\bsearch results\b|\bshowing \d+\s*(?:-|–|to)\s*\d+ of\b|\bpage \d+ of (?:[2-9]|\d{2,})\b|搜索结果|共\s*\d+\s*条|约\s*[\d,]+\s*条结果|找到.{0,6}\d+.{0,3}[条张个封篇项]/i;

export const TRANSLATION_LABEL = /^(?:[（(\[]?\s*(?:(?:auto|machine)[- ]?translat(?:ed|ion)|translated(?: automatically)?(?: (?:from|by|with|into) .{2,30}?)?|translation(?: from .{2,20})?|译文|翻译|机器翻译|自动翻译|已?(?:自动|机器)?翻译自.{1,6}|自.{1,4}[文语](?:自动|机器)?翻译|已?由.{1,12}翻译|翻译(?:自|结果|为).{0,8})\s*[)）\]]?)\s*(?:[:：]|$)\s*/i;
