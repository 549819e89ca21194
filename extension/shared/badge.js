// @ts-check
/**
 * Owns the badge that says a page is read (R15), per tab. Does not know what is read there.
 */

const EMBER = "#C2571B";

/** Content scripts say {type: "reading", on}; a navigation clears a tab's badge by itself. */
export function listenForReading() {
  chrome.runtime.onMessage.addListener((message, sender) => {
    const tabId = sender.tab?.id;
    if (sender.id !== chrome.runtime.id || message?.type !== "reading" || tabId === undefined) return;
    void showReading(tabId, message.on === true);
  });
}

/**
 * @param {number} tabId
 * @param {boolean} on
 */
async function showReading(tabId, on) {
  const title = on ? chrome.i18n.getMessage("reading") : chrome.i18n.getMessage("name");
  await Promise.allSettled([
    chrome.action.setBadgeBackgroundColor({ tabId, color: EMBER }),
    chrome.action.setBadgeTextColor({ tabId, color: "#FFFFFF" }),
    chrome.action.setBadgeText({ tabId, text: on ? "on" : "" }),
    chrome.action.setTitle({ tabId, title }),
  ]);
}
