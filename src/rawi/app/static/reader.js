// The reader: choosing a statement lights its parts, choosing a mark opens its statement.
import { announce } from "./announce.js";

export function initReader() {
  const text = document.getElementById("text");
  if (!text) return;
  const cards = [...document.querySelectorAll(".card")];

  function light(card) {
    for (const mark of text.querySelectorAll(".lit")) mark.classList.remove("lit");
    if (!card?.open) return;
    const marks = text.querySelectorAll(`mark.n${card.dataset.n}`);
    for (const mark of marks) mark.classList.add("lit");
    show(text.querySelector(`mark.cue.n${card.dataset.n}`) ?? marks[0]);
  }

  function show(mark) {
    const page = text.closest(".page");
    if (!mark) return;
    if (page.scrollHeight <= page.clientHeight) {
      // On a narrow screen the statement lies over the lower half: the mark belongs above it.
      const { top, bottom } = mark.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight * 0.42) scrollBy({ top: top - innerHeight * 0.2, behavior: "instant" });
      return;
    }
    const [a, b] = [mark.getBoundingClientRect(), page.getBoundingClientRect()];
    if (a.top < b.top + 40 || a.bottom > b.bottom - 40) page.scrollTop += a.top - b.top - b.height / 3;
  }

  function choose(n, focus) {
    const card = cards.find((c) => c.dataset.n === String(n));
    if (!card) return;
    card.open = true;
    card.scrollIntoView({ block: "nearest" });
    if (focus) card.querySelector("summary").focus({ preventScroll: true });
  }

  for (const card of cards) {
    card.addEventListener("toggle", () => {
      if (card.open || !cards.some((c) => c.open)) light(card);
    });
  }

  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || event.target.closest("a") || String(document.getSelection())) return;
    const numbers = [...mark.classList].filter((c) => /^n\d+$/.test(c)).map((c) => c.slice(1));
    if (numbers.length) choose(numbers.at(-1), true);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,select,textarea")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !cards.length) return;
    const now = cards.findIndex((c) => c.contains(document.activeElement) || c.open);
    const card = cards[Math.min(cards.length - 1, Math.max(0, now + step))];
    choose(card.dataset.n, true);
    event.preventDefault();
  });

  function follow() {
    const match = /^#d1-s(\d+)$/.exec(location.hash);
    if (match) choose(match[1], false);
  }
  addEventListener("hashchange", follow);
  follow();

  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  for (const more of document.querySelectorAll("details[data-more]")) {
    more.addEventListener("toggle", () => more.open && fill(more), { once: true });
  }
}

async function copy(button) {
  const shown = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    document.getSelection().selectAllChildren(shown);
    return;
  }
  announce(button.dataset.done);
  button.classList.add("done");
}

/** Everything else that a speaker said, asked for when it is wanted. */
async function fill(more) {
  const answer = await fetch(more.dataset.more);
  if (!answer.ok) return;
  const said = (await answer.json()).statements.filter((s) => s.id !== more.dataset.not);
  const list = document.createElement("ul");
  for (const s of said.slice(0, 12)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `/article/${encodeURIComponent(s.ref)}#d1-s${s.number}`;
    const words = document.createElement("bdi");
    words.textContent = visible(s.content || s.cue);
    words.className = "gist";
    link.append(words);
    const where = document.createElement("small");
    const outlet = document.createElement("bdi");
    outlet.textContent = visible([s.outlet, s.published_day].filter(Boolean).join(" \u00b7 "));
    where.append(outlet);
    item.append(link, where);
    list.append(item);
  }
  more.querySelector(".others").prepend(list);
}

/** Characters that would reorder what is seen, as a visible mark. */
function visible(words) {
  return words.replace(/[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/gu, "\u2423");
}
