// @ts-check
/**
 * The demo desk's tickets and what their customers will write next. All people and orders are invented.
 *
 * @typedef {"customer" | "agent"} Role
 * @typedef {object} Ticket
 * @property {number} number
 * @property {string} subject
 * @property {"zh-CN" | "en"} lang
 * @property {"chat" | "email"} channel
 * @property {{ name: string, email: string, since: string }} customer
 * @property {string} order
 * @property {string} category empty: not sorted yet
 * @property {"low" | "normal" | "high" | "urgent"} priority
 * @property {Array<[role: Role, minutesAgo: number, text: string]>} messages
 * @property {string[]} next what the customer writes at each press of the button
 */

/** @type {Ticket[]} */
export const TICKETS = [
  {
    number: 48213,
    subject: "退款一直没有到账",
    lang: "zh-CN",
    channel: "chat",
    customer: { name: "李雯", email: "liwen@example.com", since: "2021" },
    order: "",
    category: "",
    priority: "normal",
    messages: [
      ["customer", 26, "你好，我 11 月 5 日申请的退款 389 元到现在还没到账，麻烦帮我看一下，订单号 20261105-771。"],
      ["agent", 24, "您好李女士，我查一下这笔退款的进度，请稍等。"],
      ["customer", 19, "好的，谢谢。当时说是三个工作日就到的。"],
    ],
    next: [
      "请问查到了吗？已经过去快二十分钟了。",
      "每次来问都是让我等，我的退款到底什么时候能到账？",
      "你们是不是就打算一直拖着？389 块钱拖了半个多月，太过分了！",
      "再不退款我就打 12315 投诉你们，聊天记录我都截图了。",
      "刚刚收到到账短信了，389 元已经到了。早这样处理不就好了。",
      "算了，也谢谢你帮我催，后面这次处理得挺快的。",
    ],
  },
  {
    number: 48220,
    subject: "Parcel marked delivered, nothing here",
    lang: "en",
    channel: "email",
    customer: { name: "Daniel Osei", email: "daniel.osei@example.org", since: "2019" },
    order: "WX-90417",
    category: "delivery",
    priority: "high",
    messages: [
      ["customer", 190, "Hello,\n\nTracking for order WX-90417 says the parcel was delivered this morning at 9:12, but there is nothing at my door and none of my neighbours have it. It is a birthday present for my daughter and the party is on Saturday.\n\nCould you please find out where it is?\n\nDaniel"],
      ["agent", 171, "Hello Daniel, I am sorry about the worry. I have asked the carrier for the driver's photo and the place of delivery and will write again as soon as I have it."],
    ],
    next: [
      "Any news? I have been home all day and the carrier's hotline only plays music.",
      "I am getting really anxious now. If it is lost I need to know today, otherwise I cannot get another one in time.",
      "Found it! The driver left it with the bakery on the corner. Nobody had told me.",
      "Thank you so much for staying on this, Lin. You saved the birthday.",
    ],
  },
  {
    number: 48224,
    subject: "想换大一码",
    lang: "zh-CN",
    channel: "chat",
    customer: { name: "陈一诺", email: "chenyinuo@example.com", since: "2024" },
    order: "20261118-205",
    category: "exchange",
    priority: "low",
    messages: [
      ["customer", 12, "你好呀，昨天收到的羽绒服有点小，可以换大一码吗？吊牌都还在。"],
      ["agent", 10, "您好，可以换的。请问您想换到什么尺码？"],
      ["customer", 9, "想换 L 码，颜色还是雾蓝色。"],
    ],
    next: [
      "请问换货的运费是我出还是你们出？",
      "上门取件可以约明天下午三点以后吗？地址没变。",
      "太好了，服务真贴心，谢谢你们！",
    ],
  },
  {
    number: 48231,
    subject: "Charged twice in November",
    lang: "en",
    channel: "email",
    customer: { name: "Priya Raman", email: "priya.raman@example.net", since: "2022" },
    order: "",
    category: "",
    priority: "high",
    messages: [
      ["customer", 1510, "Hi, my card shows two payments of $64.90 on 3 November for order WX-90388. I only ordered once. Please return one of them."],
      ["agent", 1462, "Hi Priya, thank you for telling us. I have passed this on to our billing team; it can take two working days."],
      ["customer", 95, "It has been longer than that. The second payment is still on my statement. What is happening?"],
    ],
    next: [
      "This is the third time I am asking for the same refund. Please give me a date.",
      "Honestly, this is ridiculous. You took my money twice and nobody can tell me when I get it back.",
      "If this is not resolved by tomorrow I will dispute the charge with my bank and file a complaint with the consumer agency.",
      "OK, I can see the $64.90 now. Thanks for finally sorting it out.",
    ],
  },
  {
    number: 48236,
    subject: "Can't sign in on my new phone",
    lang: "en",
    channel: "chat",
    customer: { name: "Tom Becker", email: "tom.becker@example.org", since: "2023" },
    order: "",
    category: "account",
    priority: "normal",
    messages: [
      ["customer", 7, "hey, got a new phone and the app keeps asking for a code that goes to my old number"],
      ["agent", 6, "Hi Tom, I can help with that. Do you still have access to the e-mail address of your account?"],
      ["customer", 4, "yes i do. but i don't understand where i'd change the number if i can't get in?"],
    ],
    next: [
      "sorry, which page is that? i only see \"enter the code\"",
      "ok found the link in the mail, changing the number now",
      "works!! thanks, that was quick",
    ],
  },
  {
    number: 48240,
    subject: "收到的咖啡机外壳裂了",
    lang: "zh-CN",
    channel: "email",
    customer: { name: "周航", email: "zhouhang@example.com", since: "2020" },
    order: "20261120-038",
    category: "damaged",
    priority: "high",
    messages: [
      ["customer", 340, "客服你好：\n\n今天收到的咖啡机外壳右侧有一道十厘米左右的裂缝，水箱也是歪的。包装完好，应该是出厂就有问题。\n\n订单号 20261120-038，我要求换一台新的。\n\n周航"],
      ["agent", 322, "周先生您好，非常抱歉给您带来不便。请您提供裂缝和机身铭牌的照片，我们马上为您登记换货。"],
    ],
    next: [
      "照片已经发了两遍了，怎么还让我发？",
      "这台机器两千多块，收到就是坏的，现在又要我自己寄回去，凭什么？",
      "你们这样处理让人很失望，我以后不会再买了。",
      "今天师傅上门换了新机，试了一下没问题，谢谢。",
    ],
  },
];

/** Category and priority names, by value. @type {Record<string, [en: string, zh: string]>} */
export const CATEGORIES = {
  refund: ["Refund", "退款"],
  delivery: ["Delivery", "物流配送"],
  exchange: ["Exchange", "换货"],
  billing: ["Billing", "账单扣款"],
  account: ["Account", "账号登录"],
  damaged: ["Damaged goods", "商品破损"],
  complaint: ["Complaint", "投诉"],
  other: ["Other", "其他"],
};

/** @type {Record<string, [en: string, zh: string]>} */
export const PRIORITIES = {
  low: ["Low", "低"],
  normal: ["Normal", "普通"],
  high: ["High", "高"],
  urgent: ["Urgent", "紧急"],
};
