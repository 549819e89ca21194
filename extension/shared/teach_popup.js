// @ts-check
/**
 * Owns the popup's group about teaching: start it on the tab's page, what is kept for the site and how far it has come with the team, propose, forget,
 * export, import. Learns and reads nothing itself.
 *
 * @typedef {import("./teach_sites.js").KeptLocator} KeptLocator
 * @typedef {import("../wire").Proposal} Proposal
 */
import { currentLocale, say, sayTaught } from "./panel_words.js";
import { exportTaught, forgetTaught, importTaught, isSameLocator, keepTaught, readTaught, readTeam } from "./teach_sites.js";

/**
 * @param {HTMLElement} group
 * @param {{ note: (text: string) => void, propose: (locator: import("../wire").SiteLocator) => Promise<boolean> }} options `note` says what came of it
 */
export function createTaughtGroup(group, { note, propose }) {
  const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (group.querySelector(`#${id}`));
  const teach = /** @type {HTMLButtonElement} */ (find("teach"));
  const exporting = /** @type {HTMLButtonElement} */ (find("export-taught"));
  const importing = /** @type {HTMLInputElement} */ (find("import-taught"));
  let tab = 0;
  let site = "";
  let isOn = false;
  /** What became of proposals; null where there is no team, or the engine has not said. @type {Proposal[] | null} */
  let proposals = null;

  teach.addEventListener("click", () => void startTeaching());
  exporting.addEventListener("click", () => void exportAll());
  importing.addEventListener("change", () => void importFile());

  async function startTeaching() {
    const answer = await chrome.tabs.sendMessage(tab, { type: "teach" }).catch(() => undefined);
    if (answer?.taught === "teaching") window.close();
    else note(say("nothing_read"));
  }

  async function exportAll() {
    const file = new Blob([exportTaught(await readTaught(site))], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `warmseat-${new URL(site).hostname}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function importFile() {
    const file = importing.files?.[0];
    if (!file) return;
    const result = importTaught(await file.text(), site);
    importing.value = "";
    if ("problem" in result) {
      note(say(`import_${result.problem}`));
      return;
    }
    for (const locator of result.locators.reverse()) await keepTaught(site, { locator, own_names: [], from: "file" });
    note(say("imported", { n: result.locators.length }));
    await draw(isOn);
  }

  /** @param {boolean} on the site is read */
  async function draw(on) {
    isOn = on;
    const [own, team] = site === "" ? [[], []] : await Promise.all([readTaught(site), readTeam(site)]);
    const kept = [...own, ...team];
    group.hidden = site === "" || (!on && kept.length === 0);
    teach.disabled = !on;
    exporting.disabled = own.length === 0;
    find("taught-list").replaceChildren(...kept.map(line));
    find("taught-state").textContent = kept.length === 0 ? say("taught_none") : await pageState(on);
  }

  /** @param {boolean} on */
  async function pageState(on) {
    const answer = on ? await chrome.tabs.sendMessage(tab, { type: "teach_state" }).catch(() => undefined) : undefined;
    return sayTaught(answer?.taught);
  }

  /** @param {KeptLocator} kept */
  function line(kept) {
    const row = document.createElement("li");
    const words = document.createElement("div");
    const day = new Date(kept.locator.made_at_ms).toLocaleDateString(currentLocale() === "zh" ? "zh-CN" : "en", { dateStyle: "medium" });
    const what = say(`taught_${kept.from}`, { path: kept.locator.path, day });
    words.append(part("span", what, ""));
    row.append(words);
    if (kept.from === "team") return row;
    const proposal = proposals?.find(({ locator }) => isSameLocator(locator, kept.locator));
    if (proposals) words.append(part("span", say(`shared_${proposal?.state ?? "here"}`), "meta"));
    if (proposals && (!proposal || proposal.state === "not_taken")) row.append(button("propose", what, () => void propose(kept.locator).then((heard) => heard && teach.focus())));
    row.append(button("forget", what, () => void forgetTaught(site, kept).then(() => draw(isOn)).then(() => teach.focus())));
    return row;
  }

  return {
    /** @param {number} tabId @param {string} origin */
    follow(tabId, origin) {
      tab = tabId;
      site = origin;
    },
    /** Where each proposal stands now. @param {Proposal[] | null} now */
    async tell(now) {
      if (JSON.stringify(now) === JSON.stringify(proposals)) return;
      proposals = now;
      await draw(isOn);
    },
    draw,
  };
}

/** @param {string} word @param {string} of what @param {() => void} does */
function button(word, of, does) {
  const made = part("button", say(word), "plain");
  made.setAttribute("aria-label", say("named", { word: say(word), about: of }));
  made.addEventListener("click", does);
  return made;
}

/** @param {string} tag @param {string} text @param {string} className */
function part(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== "") made.className = className;
  if (made instanceof HTMLButtonElement) made.type = "button";
  return made;
}
