// @ts-check
/**
 * Passes the browser-wide key command "focus-overlay" to the page in front. Does not know where the overlay stands.
 */

export function listenForFocusKey() {
  chrome.commands.onCommand.addListener((command, tab) => {
    if (command !== "focus-overlay" || tab?.id === undefined) return;
    chrome.tabs.sendMessage(tab.id, { type: "focus" }).catch(() => undefined);
  });
}
