// @ts-check
/**
 * Owns the popup's group about teaching: start it on the tab's page, what is kept for the site, forget, export, import. Learns and reads nothing itself.
 *
 * @typedef {import("./teach_sites.js").KeptLocator} KeptLocator
 */
import { currentLocale, say } from "./panel_words.js";
import { exportTaught, forgetTaught, importTaught, keepTaught, readTaught } from "./teach_sites.js";

/**
 * @param {HTMLElement} group
 * @param {(text: string) => void} note says what came of it
 */
export function createTaughtGroup(group, note) {
  const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (group.querySelector(`#${id}`));
  const teach = /** @type {HTMLButtonElement} */ (find("teach"));
  const exporting = /** @type {HTMLButtonElement} */ (find("export-taught"));
  const importing = /** @type {HTMLInputElement} */ (find("import-taught"));
  let tab = 0;
  let site = "";
  let isOn = false;

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
    const kept = site === "" ? [] : await readTaught(site);
    group.hidden = site === "" || (!on && kept.length === 0);
    teach.disabled = !on;
    exporting.disabled = kept.length === 0;
    const list = find("taught-list");
    list.replaceChildren(...kept.map(line));
    find("taught-state").textContent = kept.length === 0 ? say("taught_none") : await pageState(on);
  }

  /** @param {boolean} on */
  async function pageState(on) {
    const answer = on ? await chrome.tabs.sendMessage(tab, { type: "teach_state" }).catch(() => undefined) : undefined;
    return answer?.taught === "found" || answer?.taught === "missed" ? say(`taught_${answer.taught}`) : "";
  }

  /** @param {KeptLocator} kept */
  function line(kept) {
    const row = document.createElement("li");
    const words = document.createElement("span");
    const day = new Date(kept.locator.made_at_ms).toLocaleDateString(currentLocale() === "zh" ? "zh-CN" : "en", { dateStyle: "medium" });
    words.textContent = say(`taught_${kept.from}`, { path: kept.locator.path, day });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = say("forget");
    button.setAttribute("aria-label", `${say("forget")}: ${words.textContent}`);
    button.addEventListener("click", () => void forgetTaught(site, kept).then(() => draw(isOn)).then(() => teach.focus()));
    row.append(words, button);
    return row;
  }

  return {
    /** @param {number} tabId @param {string} origin */
    follow(tabId, origin) {
      tab = tabId;
      site = origin;
    },
    draw,
  };
}
