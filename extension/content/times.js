// @ts-check
/**
 * Owns the reading of times as desks write them: ISO and epoch attributes, full dates, clock times, "3 minutes ago", 刚刚, 昨天.
 * Takes the present as an argument; times without a zone are read in the agent's own zone.
 */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_PATTERN = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const DAY_PATTERN = "(?:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";
const CLOCK_PATTERN = "(?:上午|下午|早上|晚上|中午|凌晨|傍晚)?\\s*\\d{1,2}\\s*[:：]\\s*\\d{2}(?:\\s*[:：]\\s*\\d{2}(?:\\.\\d+)?)?\\s*(?:a\\.?m\\.?|p\\.?m\\.?)?(?:\\s*(?:z|utc|gmt|[a-z]{3,4}t)?\\s*(?:[+-]\\d{2}:?\\d{2})?)?|\\d{1,2}\\s*(?:a\\.?m\\.?|p\\.?m\\.?)";
const DATE_PATTERN = [
  "\\d{4}\\s*[-/.年]\\s*\\d{1,2}\\s*[-/.月]\\s*\\d{1,2}\\s*日?",
  "(?:(?:星期|周)[一二三四五六日天]\\s*)?\\d{1,2}\\s*月\\s*\\d{1,2}\\s*[日号](?:\\s*\\d{4})?",
  `(?:${DAY_PATTERN}\\.?,?\\s+)?${MONTH_PATTERN}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?`,
  `(?:${DAY_PATTERN}\\.?,?\\s+)?\\d{1,2}(?:st|nd|rd|th)?\\s+${MONTH_PATTERN}\\.?,?(?:\\s+\\d{4})?`,
  "\\d{1,2}/\\d{1,2}/\\d{2,4}|\\d{1,2}/\\d{1,2}(?=[\\s,]+\\d{1,2}:\\d{2})|\\d{1,2}\\.\\d{1,2}\\.\\d{4}|\\d{2}\\.\\d{2}\\.\\d{2}",
  "\\d{1,2}-\\d{1,2}(?:-\\d{2,4})?",
  "today|yesterday|今天|昨天|前天|今日|昨日|星期[一二三四五六日天]|周[一二三四五六日]",
  `${DAY_PATTERN}\\.?`,
].join("|");
const AGO_PATTERN = "just now|now|moments? ago|a (?:few )?(?:seconds?|moments?) ago|less than a minute ago|(?:about |over |almost )?(?:\\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten)\\s*(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mo|months?|y|yrs?|years?)(?:(?:,| and)\\s+\\d+\\s*(?:seconds?|minutes?|hours?|days?|weeks?|months?))?\\s+ago|\\d+\\s*(?:s|m|min|h|hr|d|w|mo|y)|刚刚|刚才|\\d+\\s*秒(?:钟)?前|\\d+\\s*分钟?前|半小时前|\\d+\\s*个?小时前|\\d+\\s*天前|\\d+\\s*周前|\\d+\\s*个月前|\\d+\\s*年前";
const TIME_TEXT = new RegExp(
  `^[\\s(（\\[·•|,，@-]*(?:(?:sent|posted|received|replied|commented|opened|updated|created|written|on|at|发送于|回复于|发表于|提交于|于)\\s*[:：]?\\s*)*(?:(?:${DATE_PATTERN})(?:[\\s,，·•|]*(?:at|@)?[\\s,，·•|]*(?:${CLOCK_PATTERN}))?(?:\\s+\\d{4})?|(?:${CLOCK_PATTERN})(?:[\\s,，·•|]*(?:on)?\\s*(?:${DATE_PATTERN}))?|${AGO_PATTERN})(?:\\s*[（(](?:${AGO_PATTERN}|${DATE_PATTERN})[)）])?[\\s)）\\]·•|,，.-]*$`,
  "i",
);
const TIME_INSIDE = new RegExp(`(?:${DATE_PATTERN})[\\s,，]*(?:at|@)?[\\s,，]*(?:${CLOCK_PATTERN})(?:\\s+\\d{4})?|\\b(?:just now|(?:about )?(?:\\d+|an?)\\s*(?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?)\\s+ago)\\b|刚刚|\\d+\\s*(?:秒|分钟?|个?小时|天|周|个月)前|(?:^|\\s)(?:${CLOCK_PATTERN})(?:$|\\s)`, "i");
/** Such a word beside others is as often said as shown. */
const WORD_ONLY = new RegExp(`^[\\s,，]*(?:now|today|yesterday|今天|昨天|前天|今日|昨日|${DAY_PATTERN})$`, "i");
const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, o: 2_592_000_000, y: 31_536_000_000 };
const NUMBER_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
/** So far a page's clock may be ahead of this machine's. */
const CLOCKS_APART_MS = 600_000;
const EPOCH_MIN_S = 946_684_800;
const EPOCH_MAX_S = 4_102_444_800;

/**
 * Whether the whole text is a time, with the little words and marks around it.
 * @param {string} text
 */
export function isTimeText(text) {
  return text.length <= 60 && /[\d刚昨今前今半星周]|now|today|yesterday|ago|day|^\W*(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text) && TIME_TEXT.test(inFigures(text.replace(/[\s\u00a0\u202f]+/g, " ")));
}

/** "2026-十一月-28 07:19 星期六" in figures; the day of the week goes where a date stands. @param {string} text */
function inFigures(text) {
  if (!/[月时時点]/.test(text)) return text;
  const months = text.replace(/(\d{1,2})[时時点](\d{1,2})分(?:(\d{1,2})秒)?/, (_, hour, minute, second) => `${hour}:${minute.padStart(2, "0")}${second ? `:${second.padStart(2, "0")}` : ""}`).replace(/(十[一二]?|[一二三四五六七八九])月/g, (_, month) => `${"十一二三四五六七八九".indexOf(month.at(-1)) === 0 ? 10 : "一二三四五六七八九".indexOf(month.at(-1)) + 1 + (month.length > 1 ? 10 : 0)}月`);
  return months.replace(/(\d)月\s*-\s*(?=\d)/, "$1-").replace(/(\d)\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?$/, "$1");
}

/**
 * The part of a short text that is a time ("2 minutes ago · agent"), or null.
 * @param {string} text
 */
export function timeInside(text) {
  if (text.length > 120 || !/\d|刚/.test(text)) return null;
  const found = TIME_INSIDE.exec(text.replace(/[\u00a0\u202f]/g, " "));
  return found ? found[0].trim() : null;
}

/**
 * "Marta Kowalska · 18:48", "王小明 3分钟前", "10:02 Anna": the time at one end of a short text and the rest. Null when neither end is a time.
 * @param {string} text
 * @returns {{ time: string, rest: string } | null}
 */
export function splitTime(text) {
  if (text.length > 120 || !/\d|刚|now|yesterday|昨|today|今/i.test(text)) return null;
  const flat = text.replace(/[\s\u00a0\u202f]+/g, " ").trim();
  if (isTimeText(flat)) return null;
  const words = flat.split(" ");
  for (let cut = 1; cut < words.length; cut++) {
    const tail = words.slice(cut).join(" ");
    if (isTimeText(tail) && (!WORD_ONLY.test(tail) || /[·•|–—-]$/.test(words[cut - 1] ?? "") || /^[·•|–—-]/.test(tail))) return { time: tail.replace(/^[\s·•|,，@–—-]+/, ""), rest: words.slice(0, cut).join(" ").replace(/[\s·•|,，@–—-]+$/, "").replace(/\s+(?:on|at)$/i, "") };
  }
  for (let cut = words.length - 1; cut > 0; cut--) {
    const head = words.slice(0, cut).join(" ");
    if (isTimeText(head)) return { time: head, rest: words.slice(cut).join(" ").replace(/^[\s·•|,，:：–—-]+/, "") };
  }
  return null;
}

/**
 * Milliseconds since 1970 of a time as text or attribute, or null when it names none.
 * @param {string | null | undefined} raw
 * @param {number} now_ms
 * @returns {number | null}
 */
export function parseTime(raw, now_ms) {
  if (!raw) return null;
  const text = inFigures(raw.normalize("NFKC").replace(/[\s\u200b]+/g, " ").trim());
  if (text.length < 2 || text.length > 120) return null;
  if (/^\d{10}(?:\.\d+)?$/.test(text) || /^\d{13}$/.test(text)) {
    const seconds = text.length === 13 ? Number(text) / 1000 : Number(text);
    return seconds > EPOCH_MIN_S && seconds < EPOCH_MAX_S ? Math.round(seconds * 1000) : null;
  }
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text)) {
    const iso = Date.parse(text.replace(" ", "T").replace(/(\.\d{3})\d+/, "$1").replace(/ ?([+-]\d{2}):?(\d{2})$/, "$1:$2").replace(/ UTC$/, "Z"));
    if (!Number.isNaN(iso)) return iso;
  }
  const ago = parseAgo(text.toLowerCase(), now_ms);
  if (ago !== null) return ago;
  return parseCalendar(text.toLowerCase(), now_ms);
}

/**
 * Whether what was read as times of the day are a recording's own minutes and seconds: they begin at nought.
 * @param {(number | null)[]} times_ms in the order of the page
 */
export function countsFromZero(times_ms) {
  const first = times_ms.find((time_ms) => time_ms !== null);
  return first != null && new Date(first).getHours() === 0;
}

/** @param {string} text @param {number} now_ms */
function parseAgo(text, now_ms) {
  if (/刚刚|刚才|^(?:just )?now$|moments? ago|few seconds ago|less than a minute/.test(text)) return now_ms;
  if (/半小时前/.test(text)) return now_ms - 30 * UNIT_MS.m;
  const zh = /(\d+)\s*(秒|分|个?小时|天|周|个月|年)\S?前/.exec(text);
  if (zh) {
    const unit = { 秒: "s", 分: "m", 小时: "h", 个小时: "h", 天: "d", 周: "w", 个月: "o", 年: "y" }[zh[2] ?? ""];
    return now_ms - Number(zh[1]) * UNIT_MS[/** @type {keyof typeof UNIT_MS} */ (unit)];
  }
  const en = /(\d+|\ban?\b|one|two|three|four|five|six|seven|eight|nine|ten)\s*(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mo|months?|y|yrs?|years?)\b(?:\s+ago|$|(?=,| and))/.exec(text);
  if (!en || (!/ago/.test(text) && en.index !== 0)) return null;
  const word = en[1] ?? "";
  const count = /^\d/.test(word) ? Number(word) : Math.max(1, NUMBER_WORDS.indexOf(word));
  const name = en[2] ?? "";
  const key = name.startsWith("mo") ? "o" : name[0];
  return now_ms - count * UNIT_MS[/** @type {keyof typeof UNIT_MS} */ (key)];
}

/** @param {string} text @param {number} now_ms */
function parseCalendar(text, now_ms) {
  const now = new Date(now_ms);
  let year = now.getFullYear(), month = -1, day = -1, undated = false;
  /** @type {RegExpExecArray | null} */
  let hit;
  if ((hit = /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})/.exec(text))) [year, month, day] = [Number(hit[1]), Number(hit[2]) - 1, Number(hit[3])];
  else if ((hit = /(\d{1,2})\s*月\s*(\d{1,2})/.exec(text))) [month, day] = [Number(hit[1]) - 1, Number(hit[2])];
  else if ((hit = new RegExp(`(${MONTH_PATTERN})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,?\\s+(\\d{4}))?`).exec(text))) [month, day, year] = [MONTHS.indexOf((hit[1] ?? "").slice(0, 3)), Number(hit[2]), Number(hit[3] ?? (/\b(\d{4})\b/.exec(text.slice(hit.index)) ?? [])[1] ?? year)];
  else if ((hit = new RegExp(`(\\d{1,2})(?:st|nd|rd|th)?\\s+(${MONTH_PATTERN})\\.?,?(?:\\s+(\\d{4}))?`).exec(text))) [day, month, year] = [Number(hit[1]), MONTHS.indexOf((hit[2] ?? "").slice(0, 3)), Number(hit[3] ?? year)];
  else if ((hit = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})\b/.exec(text))) {
    const [first, second] = [Number(hit[1]), Number(hit[2])];
    [month, day] = first > 12 || (hit[0].includes(".") && second <= 12) ? [second - 1, first] : [first - 1, second];
    year = Number(hit[3]) < 100 ? 2000 + Number(hit[3]) : Number(hit[3]);
  } else if ((hit = /(?:^|\s)(\d{1,2})[-/](\d{1,2})(?=\s|$)/.exec(text))) [month, day] = [Number(hit[1]) - 1, Number(hit[2])];
  else {
    const back = /前天/.test(text) ? 2 : /yesterday|昨/.test(text) ? 1 : /today|今/.test(text) ? 0 : weekdaysBack(text, now);
    const clockOnly = /\d{1,2}\s*[:：]\s*\d{2}|\d\s*[ap]\.?m/.test(text);
    if (back < 0 && !clockOnly) return null;
    undated = back < 0;
    const at = new Date(now_ms - Math.max(back, 0) * UNIT_MS.d);
    [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  }
  if (month < 0 || month > 11 || day < 1 || day > 31) return null;
  const clock = /(上午|下午|早上|晚上|中午|凌晨|傍晚)?\s*(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?\s*(a\.?m|p\.?m)?/.exec(text) ?? /()\b(\d{1,2})()()\s*(a\.?m|p\.?m)/.exec(text);
  let hour = 0, minute = 0, second = 0;
  if (clock) {
    [hour, minute, second] = [Number(clock[2]), Number(clock[3] || 0), Number(clock[4] || 0)];
    if ((/^p/.test(clock[5] ?? "") || /下午|晚上|傍晚/.test(clock[1] ?? "")) && hour < 12) hour += 12;
    if ((/^a/.test(clock[5] ?? "") || /凌晨/.test(clock[1] ?? "")) && hour === 12) hour = 0;
  }
  if (hour > 23 || minute > 59) return null;
  const zone = /(?:gmt|utc)?([+-])(\d{2}):?(\d{2})\b(?!\d)\s*$|\b(?:z|utc|gmt)\s*$/.exec(text);
  if (zone && clock) {
    const offset_min = zone[1] ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
    return Date.UTC(year, month, day, hour, minute, second) - offset_min * 60_000;
  }
  const value = new Date(year, month, day, hour, minute, second).getTime();
  if (Number.isNaN(value)) return null;
  // Shortly after midnight "23:50" is yesterday's.
  return undated && value > now_ms + CLOCKS_APART_MS ? new Date(year, month, day - 1, hour, minute, second).getTime() : value;
}

/** @param {string} text @param {Date} now */
function weekdaysBack(text, now) {
  const zh = /(?:星期|周)([一二三四五六日天])/.exec(text);
  const en = /\b(sun|mon|tue|wed|thu|fri|sat)/.exec(text);
  const target = zh ? "日一二三四五六".indexOf((zh[1] ?? "").replace("天", "日")) : en ? ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].indexOf(en[1] ?? "") : -1;
  return target < 0 ? -1 : (now.getDay() - target + 7) % 7;
}

/**
 * The machine-readable time an element carries in its attributes: datetime, data-*time*, data-*date*, a full date in title.
 * @param {Element} element
 * @param {number} now_ms
 * @returns {number | null}
 */
export function attributeTime(element, now_ms) {
  for (const attribute of element.attributes) {
    const name = attribute.name;
    if (name === "datetime" || name === "timestamp" || (name.startsWith("data-") && /time|date|stamp|sent|created/.test(name)) || name === "unixtime" || name === "epoch") {
      const value = parseTime(attribute.value, now_ms);
      if (value !== null && /\d{4}/.test(attribute.value)) return value;
    } else if ((name === "title" || name === "aria-label" || name === "data-original-title" || name === "data-tooltip") && attribute.value.length < 80 && /\d{4}|\d:\d\d/.test(attribute.value)) {
      const inside = isTimeText(attribute.value) ? attribute.value : timeInside(attribute.value);
      const value = inside ? parseTime(attribute.value, now_ms) : null;
      if (value !== null) return value;
    }
  }
  return null;
}
