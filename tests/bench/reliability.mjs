// The reliability diagram: how often the top class is right against the score it is told with (Niculescu-Mizil & Caruana 2005).
const BINS = 10;

/** @typedef {{ rows: number, score: number, right: number }} Bin rows of a bin, the sum of their scores, how many are right */
/** @typedef {{ name: string, bins: Bin[] }} Panel */

/** Ten bins of equal width. @param {{ score: number, right: boolean }[]} said @returns {Bin[]} */
export function binned(said) {
  const bins = Array.from({ length: BINS }, () => ({ rows: 0, score: 0, right: 0 }));
  for (const { score, right } of said) {
    const bin = bins[Math.min(BINS - 1, Math.floor(score * BINS))];
    bin.rows += 1;
    bin.score += score;
    bin.right += Number(right);
  }
  return bins;
}

/** Mean gap between the score told and how often it is right, weighted by rows (expected calibration error, 0–1). @param {Bin[]} bins */
export function calibrationError(bins) {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  return bins.reduce((sum, { score, right }) => sum + Math.abs(score - right), 0) / rows;
}

const SIDE = 200;
const PAD = { left: 44, top: 34, right: 16, bottom: 44 };
const COLUMNS = 3;
const WIDTH = PAD.left + SIDE + PAD.right;
const HEIGHT = PAD.top + SIDE + PAD.bottom;

/** @param {Panel[]} panels @returns {string} an SVG that follows the reader's light or dark mode */
export function reliabilityDiagram(panels) {
  const wide = Math.min(COLUMNS, panels.length) * WIDTH;
  const high = Math.ceil(panels.length / COLUMNS) * HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" width="${wide}" height="${high}" role="img" aria-label="Reliability diagrams: accuracy of the top intent by the score it is told with">`,
    "<style>",
    ".paper{fill:#fdfaf6}text{font:12px system-ui,sans-serif;fill:#3a322b}.name{font-weight:600}.axis{stroke:#b5a898;fill:none}.even{stroke:#b5a898;stroke-dasharray:4 4}",
    ".share{fill:#d8c3a5;opacity:.55}.line{stroke:#a3541f;stroke-width:2;fill:none}.dot{fill:#a3541f}",
    "@media(prefers-color-scheme:dark){.paper{fill:#1f1b17}text{fill:#e9e1d6}.share{fill:#7d6a52}.line{stroke:#f0a36b}.dot{fill:#f0a36b}}",
    "</style>",
    '<rect class="paper" width="100%" height="100%"/>',
    ...panels.map((panel, i) => drawn(panel, (i % COLUMNS) * WIDTH + PAD.left, Math.floor(i / COLUMNS) * HEIGHT + PAD.top)),
    "</svg>",
    "",
  ].join("\n");
}

/** @param {Panel} panel @param {number} left @param {number} top */
function drawn({ name, bins }, left, top) {
  const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
  const x = (/** @type {number} */ value) => (value * SIDE).toFixed(1);
  const y = (/** @type {number} */ value) => ((1 - value) * SIDE).toFixed(1);
  const points = bins.filter((bin) => bin.rows).map((bin) => ({ ...bin, at: [x(bin.score / bin.rows), y(bin.right / bin.rows)] }));
  return [
    `<g transform="translate(${left} ${top})">`,
    `<text class="name" y="-18">${name}</text>`,
    `<text y="-4">${rows} rows, calibration error ${calibrationError(bins).toFixed(3)}</text>`,
    ...bins.map((bin, i) => `<rect class="share" x="${x(i / BINS)}" y="${y(bin.rows / rows)}" width="${x(1 / BINS)}" height="${x(bin.rows / rows)}"/>`),
    `<path class="axis" d="M0 0V${SIDE}H${SIDE}"/><path class="even" d="M0 ${SIDE}L${SIDE} 0"/>`,
    `<polyline class="line" points="${points.map(({ at }) => at.join(",")).join(" ")}"/>`,
    ...points.map(({ at: [cx, cy] }) => `<circle class="dot" cx="${cx}" cy="${cy}" r="3"/>`),
    ...[0, 0.5, 1].map((mark) => `<text text-anchor="end" x="-6" y="${Number(y(mark)) + 4}">${mark}</text><text text-anchor="middle" x="${x(mark)}" y="${SIDE + 16}">${mark}</text>`),
    `<text text-anchor="middle" x="${SIDE / 2}" y="${SIDE + 32}">score told</text>`,
    `<text text-anchor="middle" transform="translate(-28 ${SIDE / 2}) rotate(-90)">share right</text>`,
    "</g>",
  ].join("\n");
}
