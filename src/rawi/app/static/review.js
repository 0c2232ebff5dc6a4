// Review by keyboard: j k move, a accepts, x rejects, e corrects; spans by selection, by word, or in writing.
import { announce } from "./announce.js";
import { moved, paragraphs, selectedSpan, wordsOf } from "./offsets.js";

export function initReview() {
  const text = document.getElementById("text");
  const form = document.getElementById("decide");
  if (new URLSearchParams(location.search).has("at")) document.getElementById("h-open")?.focus({ preventScroll: true });
  document.addEventListener("keydown", (event) => key(event, form));
  if (text && form) for (const box of form.querySelectorAll(".span")) initSpan(box, text);
}

function key(event, form) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,select,textarea")) return;
  const act = {
    j: () => step(1),
    k: () => step(-1),
    a: () => form?.querySelector("button[value=accept]").click(),
    x: () => form?.querySelector("button[value=reject]").click(),
    e: () => edit(form),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function step(by) {
  const links = [...document.querySelectorAll(".queue ol a")];
  const now = links.findIndex((a) => a.hasAttribute("aria-current"));
  const next = links[now + by] ?? document.querySelector(by > 0 ? ".pager a[rel=next]" : ".pager a[rel=prev]");
  next?.click();
}

function edit(form) {
  const box = form?.querySelector("#edit");
  if (!box) return;
  box.open = true;
  box.querySelector("input").focus();
}

function initSpan(box, text) {
  const input = box.querySelector("input");
  const output = box.querySelector("output");
  const blocks = paragraphs(text);
  box.querySelector(".withscript").hidden = false;

  function read() {
    return input.value
      .split(",")
      .map((part) => /^\s*(\d+)\s*[-\u2013]\s*(\d+)\s*$/.exec(part))
      .filter((m) => m && Number(m[1]) < Number(m[2]))
      .map((m) => [Number(m[1]), Number(m[2])]);
  }
  function show() {
    output.textContent = read().map(([s, e]) => wordsOf(blocks, s, e)).join(" \u2026 ");
  }
  function write(spans) {
    input.value = spans.map((s) => s.join("-")).join(", ");
    show();
    announce(output.textContent);
  }

  let kept = null;
  // A press on a button must not take the selection away before it is read.
  box.addEventListener("pointerdown", (event) => {
    if (event.target.closest("[data-take]")) {
      kept = selectedSpan(text);
      event.preventDefault();
    }
  });
  box.querySelector("[data-take]").addEventListener("click", () => {
    const span = kept ?? selectedSpan(text);
    kept = null;
    if (span) write([span]);
    else announce(box.dataset.nothing);
  });
  for (const button of box.querySelectorAll("[data-edge]")) {
    button.addEventListener("click", () => {
      const spans = read();
      if (!spans.length) return;
      const at = button.dataset.edge === "start" ? 0 : spans.length - 1;
      spans[at] = moved(blocks, spans[at], button.dataset.edge, Number(button.dataset.by));
      write(spans);
    });
  }
  input.addEventListener("input", show);
}
