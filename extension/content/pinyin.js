// @ts-check
/**
 * Owns how a Chinese name is spelt in letters (Hanyu Pinyin without tones, GB/T 28039-2011), as logins and addresses have it: 陈思远 is siyuan.chen, chensy.
 * The browser's own collation knows the order of the characters by their readings (CLDR); the table here only says where each syllable begins in it.
 */

/** Each syllable and the first character that reads so, in the collation's order; of the 3,755 characters of GB 2312 level 1 it misreads eleven. */
const BEGINS = "a吖ai哎an安ang肮ao凹ba丷bai挀ban扳bang邦bao勹bei卑ben奔beng伻bi屄bian边biao灬bie憋bin汃bing冫bo癶bu峬ca嚓cai偲can参cang仓cao撡ce冊cen嵾ceng曽cha叉chai芆chan辿chang伥chao抄che车chen抻cheng阷chi吃chong充chou抽chu出chuai歘chuan巛chuang刅chui吹chun旾chuo逴ci呲cong匆cou凑cu粗cuan汆cui崔cun邨cuo搓da咑dai呆dan丹dang当dao刀de嘚den扥deng灯di氐dian嗲diao刁die爹ding丁diu丟dong东dou吺du厾duan耑dui垖dun吨duo多e妸ei诶en奀eng鞥er儿fa发fan帆fang匚fei飞fen分feng丰fiao覅fo仏fou紑fu夫ga旮gai侅gan甘gang冈gao皋ge戈gen给geng刯gong工gou勾gu估gua瓜guai乖guan关guang光gui归gun丨guo呙ha哈hai咍han佄hang夯hao茠he诃hei黒hen拫heng亨hong噷hou齁hu乎hua花huai怀huan欢huang巟hui灰hun昏huo吙ji丌jia加jian戋jiang江jiao艽jie阶jin巾jing坕jiong冂jiu丩ju凥juan姢jue噘jun军ka咔kai开kan刊kang忼kao尻ke匼ken肎keng劥kong空kou抠ku扝kua夸kuai蒯kuan宽kuang匡kui亏kun坤kuo扩la垃lai来lan兰lang啷lao捞le仂lei勒leng崚li哩lian俩liang良liao撩lie毟lin拎ling伶liu溜lo囖long龙lou瞜lu噜lv驴luan娈lun掠luo啰ma呣mai埋man嫚mang牤mao猫me嚒mei呅men椚meng擝mi咪mian宀miao喵mie乜min民ming名miu谬mo摸mou麿mu毪na拏nai腉nan囡nang囔nao孬ne疒nei娞nen恁ni能nian拈niang娘niao鸟nie捏nin囜ning宁niu妞nong农nou羺nu奴nv女nuan奻nun疟nuo郍ou喔pa妑pai拍pan眅pang乓pao抛pei呸pen喷peng匉pi丕pian囨piao剽pie氕pin姘ping乒po钋pou剖pu仆qi七qia掐qian千qiang呛qiao悄qie苆qin亲qing靑qiong卭qiu丘qu区quan奍que炔qun夋ran呥rang穣rao娆re惹ren人reng扔ri日rong戎rou厹ru邚ruan挼rui婑run瞤ruo捼sa仨sai毢san三sang桒sao掻se閪sen森seng僧sha杀shai筛shan山shang伤shao弰she奢shen谁sheng升shi尸shou収shu书shua刷shuai衰shuan闩shuang双shui脽shun吮shuo说si厶song忪sou凁su苏suan狻sui夊sun孙suo唆ta他tai囼tan坍tang汤tao夲te忑teng熥ti剔tian天tiao旫tie帖ting厅tong囲tou偷tu凸tuan湍tui推tun吞tuo乇wa屲wai歪wan弯wang尢wei危wen昷weng翁wo挝wu乌xi夕xia呷xian仙xiang乡xiao灱xie些xin心xing星xiong凶xiu休xu吁xuan吅xue削xun坃ya丫yan恹yang央yao幺ye倻yi一yin囙ying应yong哟you优yu込yuan囦yue曰yun晕za帀zai災zan兂zang匨zao傮ze则zei贼zen怎zeng増zha扎zhai夈zhan枬zhang张zhao佋zhe蜇zhen贞zheng凧zhi之zhong中zhou州zhu朱zhua抓zhuan跩zhuang妆zhui隹zhun宒zhuo拙zi乲zong宗zou邹zu租zuan钻zui厜zun尊zuo嘬";
/** Surnames that are read otherwise than the same character elsewhere. @type {Record<string, string>} */
const SURNAMES = { 曾: "zeng", 覃: "qin", 翟: "zhai", 单: "shan", 單: "shan", 解: "xie", 缪: "miao", 繆: "miao", 卜: "bu", 仇: "qiu", 区: "ou", 區: "ou", 查: "zha", 朴: "piao", 种: "chong", 洗: "xian", 尉迟: "yuchi", 长孙: "zhangsun" };
const COMPOUND = /^(?:欧阳|司马|上官|诸葛|司徒|皇甫|令狐|慕容|东方|夏侯|尉迟|长孙|公孙|宇文|端木|南宫|西门|独孤|歐陽|司馬|諸葛)/;
const NAME = /^[\u4e00-\u9fff]{2,4}$/;
/** Shorter ones are as often another's. */
const LEAST_SPELT = 4;

/** A page is read over and over, and names the same people. @type {Map<string, string[]>} */
const spelt = new Map();
const MOST_SPELT = 500;

/** @type {{ compare: (left: string, right: string) => number, begins: [string, string][] } | null} */
let table = null;

/** Null where the browser has no such order. */
function readings() {
  if (table) return table;
  const collator = new Intl.Collator("zh-u-co-pinyin");
  const begins = collator.resolvedOptions().locale.startsWith("zh") ? [...BEGINS.matchAll(/([a-z]+)([^a-z])/gu)].map(([, syllable = "", first = ""]) => /** @type {[string, string]} */ ([syllable, first])) : [];
  return (table = { compare: collator.compare, begins });
}

/** A character's syllable, "" where it has none. @param {string} character */
function syllableOf(character) {
  const { compare, begins } = readings();
  let low = 0, high = begins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(begins[middle]?.[1] ?? "", character) <= 0) low = middle + 1;
    else high = middle;
  }
  return begins[low - 1]?.[0] ?? "";
}

/** One spelling for the ways to write ü: "lv", "lyu" and "lu". @param {string} letters */
export function plainPinyin(letters) {
  return letters.toLowerCase().replace(/[^\p{L}]/gu, "").replace(/([ln])(?:v|ü|yu(?![ae]))/g, "$1u");
}

/**
 * How programs and people spell a Chinese name, by `plainPinyin`: whole in either order, one part with the other's initials, and a given name of
 * two syllables. Empty for what is no such name.
 * @param {string} name @returns {string[]}
 */
export function spellings(name) {
  if (!NAME.test(name)) return [];
  const known = spelt.get(name);
  if (known) return known;
  if (spelt.size >= MOST_SPELT) spelt.clear();
  const made = spell(name);
  spelt.set(name, made);
  return made;
}

/** @param {string} name @returns {string[]} */
function spell(name) {
  const cut = COMPOUND.test(name) && name.length > 2 ? 2 : 1, own = name.slice(0, cut);
  const given = [...name.slice(cut)].map((character) => plainPinyin(syllableOf(character)));
  const surname = SURNAMES[own] ?? plainPinyin([...own].map(syllableOf).join(""));
  if (surname === "" || given.includes("")) return [];
  const whole = given.join(""), initials = given.map((syllable) => syllable[0]).join("");
  const made = [surname + whole, whole + surname, surname + initials, initials + surname, initials[0] + surname, surname + initials[0], ...(given.length > 1 ? [whole] : [])];
  return made.filter((spelling) => spelling.length >= LEAST_SPELT);
}
