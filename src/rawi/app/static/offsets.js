// Places in the evidence text. The server counts code points; a browser counts UTF-16 units and sees marks, links
// and visible names of hidden characters. Everything crosses that border here.

// Characters that stay in the text beside their visible name; the name itself counts for nothing then.
const KEPT = new Set(["LRM", "RLM", "ALM"]);

/** The number of code points in the first `units` UTF-16 units of `text`; half a pair counts for nothing. */
export function codePoints(text, units = text.length) {
  const cut = units > 0 && units < text.length && isLow(text, units) && isHigh(text, units - 1) ? units - 1 : units;
  return [...text.slice(0, cut)].length;
}

const isHigh = (text, i) => text.charCodeAt(i) >= 0xd800 && text.charCodeAt(i) <= 0xdbff;
const isLow = (text, i) => text.charCodeAt(i) >= 0xdc00 && text.charCodeAt(i) <= 0xdfff;

/** The characters of a node as they stand in the evidence: one entry a code point, hidden ones as a space-less mark. */
export function characters(node) {
  if (node.nodeType === Node.TEXT_NODE) return [...node.data];
  if (node.nodeType === Node.ELEMENT_NODE) {
    if (node.classList.contains("ref")) return [];
    if (node.classList.contains("hidden")) {
      const name = node.textContent;
      return !name || KEPT.has(name) ? [] : ["\ufffd"];
    }
  }
  return [...node.childNodes].flatMap(characters);
}

/** The paragraphs under `root`, each with its first offset and its characters. */
export function paragraphs(root) {
  return [...root.querySelectorAll("p[data-start]")].map((p) => ({
    element: p,
    start: Number(p.dataset.start),
    characters: characters(p),
  }));
}

/** The offset of a point of the document (as a selection gives it) in the evidence, or null outside `root`. */
export function offsetOf(root, node, unit) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const p = element.closest("p[data-start]");
  if (p && root.contains(p)) {
    const range = document.createRange();
    range.setStart(p, 0);
    range.setEnd(node, node.nodeType === Node.TEXT_NODE ? whole(node.data, unit) : unit);
    return Number(p.dataset.start) + characters(range.cloneContents()).length;
  }
  if (!root.contains(element)) return null;
  const next = [...root.querySelectorAll("p[data-start]")].find(
    (q) => element.childNodes[unit] && (element.childNodes[unit] === q || element.childNodes[unit].compareDocumentPosition(q) & Node.DOCUMENT_POSITION_FOLLOWING),
  );
  return next ? Number(next.dataset.start) : null;
}

const whole = (text, unit) => (unit > 0 && unit < text.length && isLow(text, unit) && isHigh(text, unit - 1) ? unit - 1 : unit);

/** The selected stretch `[start, end]` in code points, without white space at its ends; null where there is none. */
export function selectedSpan(root) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(root, range.startContainer, range.startOffset);
  const end = offsetOf(root, range.endContainer, range.endOffset);
  return start === null || end === null ? null : trimmed(paragraphs(root), start, end);
}

/** `[start, end]` without white space at its ends; null where nothing is left. */
export function trimmed(blocks, start, end) {
  while (start < end && isSpace(characterAt(blocks, start))) start += 1;
  while (end > start && isSpace(characterAt(blocks, end - 1))) end -= 1;
  return start < end ? [start, end] : null;
}

const isSpace = (c) => c === undefined || /^\s$/u.test(c);

function characterAt(blocks, offset) {
  const block = blocks.find((b) => b.start <= offset && offset < b.start + b.characters.length);
  return block?.characters[offset - block.start];
}

/** The words between two offsets. */
export function wordsOf(blocks, start, end) {
  let words = "";
  for (let i = start; i < end; i += 1) words += characterAt(blocks, i) ?? " ";
  return words.replace(/\s+/gu, " ").trim();
}

/** The stretches of the words under `blocks`, in order. */
export function wordSpans(blocks) {
  const spans = [];
  for (const block of blocks) {
    let begin = -1;
    block.characters.forEach((c, i) => {
      if (isSpace(c)) {
        if (begin >= 0) spans.push([block.start + begin, block.start + i]);
        begin = -1;
      } else if (begin < 0) begin = i;
    });
    if (begin >= 0) spans.push([block.start + begin, block.start + block.characters.length]);
  }
  return spans;
}

/** `span` with its start or end moved by `by` words; unchanged where it would become empty or leave the text. */
export function moved(blocks, span, edge, by) {
  const words = wordSpans(blocks);
  const [start, end] = span;
  if (edge === "start") {
    const at = words.findIndex(([, e]) => e > start);
    const to = words[by < 0 && at >= 0 && words[at][0] < start ? at : at + by];
    return to && to[0] < end ? [to[0], end] : span;
  }
  const at = words.findLastIndex(([s]) => s < end);
  const to = words[by > 0 && at >= 0 && words[at][1] > end ? at : at + by];
  return to && to[1] > start ? [start, to[1]] : span;
}
