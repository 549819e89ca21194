// @ts-nocheck
/** Between lines and what editors hold: text to paragraphs, HTML to lines. Runs in the page. */

const BLOCK = /^(?:P|DIV|LI|H[1-6]|PRE|BLOCKQUOTE|FIGURE|TR|UL|OL|SECTION)$/;

export function escapeHtml(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** One element a line. */
export function paragraphs(text, tag = "p") {
  return text === "" ? "" : text.split("\n").map((line) => `<${tag}>${escapeHtml(line) || "<br>"}</${tag}>`).join("");
}

/** An HTML model as lines. */
export function htmlText(html) {
  return shownText(new DOMParser().parseFromString(html, "text/html").body);
}

/** An element's text, a line for each block and break. */
export function shownText(element) {
  let text = "";
  const walk = (node) => {
    if (node.nodeType === 3) text += node.nodeValue;
    else if (node.nodeName === "BR") text += "\n";
    else if (node.nodeType === 1) {
      const block = BLOCK.test(node.nodeName);
      if (block && text !== "" && !text.endsWith("\n")) text += "\n";
      node.childNodes.forEach(walk);
      if (block && !text.endsWith("\n")) text += "\n";
    }
  };
  element.childNodes.forEach(walk);
  return text;
}
