// @ts-check
/**
 * Owns the vocabulary of forms, English and Chinese: which labels are a ticket's, which controls belong to something else, which are not easily taken back.
 * Holds no product's class names and looks at no DOM.
 */

/** Labels that a ticket's form has at least one of. */
export const TICKET_FIELD = /\b(?:orders?|booking|tracking|parcel|waybill|dates?|amount|price|refund|currency|phone|mobile|telephone|e-?mail|contact|customer|client|requester|caller|address|category|type|topic|reason|issue|problem|classification|priority|urgency|severity|impact|status|state|stage|tags?|labels?|queue|group|team|department|assignee|assigned|owner|agent|due|subject|summary|description|details|product|model|serial|company|account|source|channel|resolution|invoice|reference|sla|language|region|country|store|notes?)\b|订单|单号|编号|日期|时间|金额|价格|退款|币种|电话|手机|邮箱|邮件|联系|客户|用户|姓名|地址|分类|类别|类型|原因|诉求|问题|优先级|紧急|严重|状态|阶段|标签|队列|技能组|部门|小组|负责人|处理人|受理|截止|主题|标题|描述|产品|商品|型号|序列号|公司|来源|渠道|备注|发票|解决/i;

/** Controls of the page around a form, not of the ticket. */
export const NOT_A_FIELD = /\b(?:search|find|filter|sort(?:ed)?|order by|group by|per page|page size|rows|view|theme|dark mode|language of (?:the )?(?:page|interface)|captcha|verification code|one[- ]time|password|passphrase|pin|cvv|cvc|card number|security code|name on card|macro|canned|saved repl(?:y|ies)|template|snippet|shortcut|quick repl(?:y|ies)|signature|attach(?:ment)?s?|file|select all|remember me|keep me|subscribe|newsletter|notify|notification|send (?:as|from|via|e-?mail|copy|to)|reply (?:type|to|via|as|from)|cc|bcc|recipients?|(?:public|private|internal) (?:notes?|repl(?:y|ies)|comments?|updates?|messages?)|update public|visible to|time (?:spent|worked)|note type|update type|interface language|mute|volume|zoom)\b|搜索|查找|筛选|过滤|排序|每页|视图|主题色|皮肤|深色|界面语言|验证码|密码|口令|卡号|安全码|快捷(?:回复|语)|常用语|话术|模板|签名|附件|上传|全选|记住|订阅|通知|抄送|密送|收信人|发送(?:给|方式|至)|回复(?:方式|类型)|公开回复|内部(?:备注|留言|评论|回复)|私密|可见|静音/i;
/** Names of a box whose text somebody reads as a message or a note; a bare "请输入" is one only where it is all the name there is. */
export const WRITTEN_TO_SOMEBODY = /\b(?:repl(?:y|ies)|respond|response|answer|correspond\w*|message|comments?|notes?|chat|write|type (?:here|a|your)|internal|public|private)\b|回复|回覆|答复|消息|评论|留言|备注|便签|小记|内部|公开|请输入$|说点什么/i;
/** A placeholder that asks for no words but for a choice, of a day among them. */
export const ASKS_TO_CHOOSE = /^(?:please )?(?:select|choose|pick)\b|^请?(?:点击)?选择/i;
export const ASKS_FOR_DAY = /^(?:please )?(?:select|choose|pick)\b.{0,12}\b(?:date|day)\b|^请?(?:点击)?选择.{0,6}(?:日期|时间)/i;
/** A tick or switch that says who may read. */
export const AUDIENCE_LABEL = /^(?:is )?(?:public|private|internal)\b.{0,12}$|^(?:公开|私密|内部)/i;

export const IRREVERSIBLE = /\b(?:status|state|stage|close|closed|closing|resolved?|resolution|solve[d]?|delete|remove|merge|duplicate of|spam|archive|owner|assignee|assign(?:ed)?(?: to)?|agent|queue|department|team|group|escalate|escalation|refund|charge ?back|cancel|block|ban|void|permission|role|transfer|terminate|deactivate|permanent(?:ly)?)\b|状态|阶段|关闭|结单|结案|完结|解决|删除|移除|合并|作废|归档|负责人|处理人|受理人|受理客服|经办人|坐席|指派|分配|转派|转交|转接|队列|技能组|部门|小组|受理组|升级|退款|取消|注销|冻结|封禁|拉黑|停用|权限|永久/i;
/** A tick that does something, rather than saying what is. */
export const ACT = /^(?:close|delete|remove|merge|archive|escalate|block|ban|transfer|assign|cancel|refund (?:the|this|now))\b|^(?:关闭|删除|合并|归档|升级|拉黑|封禁|注销|冻结|转[交派接]|结[单案]|立即)/i;
/** Such words about what a refund or a closure was, not the act of it. */
export const ABOUT_THE_PAST = /\b(?:date|reason|type|category|topic|number|no|id|reference|phone|e-?mail|name)\b|日期|时间|原因|类型|分类|单号|编号|电话|邮箱|姓名/i;
export const STATE_OPTION = /^(?:\d+[.)]?\s*)?(?:re-?open(?:ed)?|open|opened|new|pending|on[- ]?hold|waiting.*|in progress|solved?|resolved?|closed?|duplicate|rejected|stalled|deleted|archived|spam|待处理|处理中|进行中|已解决|已关闭|关闭|待回复|挂起|已完成|已取消|重新打开|新建|未处理|已受理)$/i;

/** What stands for "nothing chosen". */
export const NO_CHOICE = /^(?:[-–—.…*\s]*|[-–—\s]*(?:please )?(?:select|choose|pick)\b.*|[-–—\s]*(?:none|no value|not set|unset|n\/a|empty|blank|\(no value\)|unknown)[-–—\s]*|请选择.*|选择.{0,8}|未选择|未设置|未填写|暂无|无|空)$/i;

export const SAVE_WORDS = /^(?:save|update|submit|apply|create|confirm|done|finish|add|log|send|reply|post|publish|ok|保存|提交|更新|确定|确认|创建|新建|完成|建单|生成|发送|回复|应用)\b.{0,24}|^(?:保存|提交|更新|确定|确认|创建|新建|完成|建单|生成|发送|回复|应用).{0,12}$/i;
export const FILTER_BUTTON = /^(?:search|filter|find|go|apply filters?|reset filters?|query|show results|run|搜索|查询|筛选|过滤|重置|检索)\s*$/i;
export const SIGN_IN_BUTTON = /^(?:log ?in|sign ?in|sign ?up|register|log ?on|subscribe|pay(?: now)?|place order|check ?out|buy(?: now)?|continue to payment|登录|登陆|注册|订阅|立即支付|支付|付款|去结算|提交订单|立即购买).{0,12}$/i;
export const OTHER_GROUP = /^(?:(?:account |user |notification |display |my |profile |site )?(?:settings|preferences)|my (?:account|profile)|advanced search|filters?|search|sign in|log in|checkout|payment(?: details| method)?|(?:个人|账号|通知|系统|显示)?(?:设置|偏好)|高级搜索|筛选条件|查询条件|登录|支付方式|收银台)$/i;
