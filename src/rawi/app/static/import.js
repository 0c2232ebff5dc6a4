// Adding: files dropped on the page, and the progress of an addition that runs.
import { announce } from "./announce.js";

export function initImport() {
  const drop = document.getElementById("drop");
  if (drop) initDrop(drop);
  const progress = document.getElementById("progress");
  if (progress?.dataset.done === "no") setTimeout(() => refresh(progress), 600);
}

function initDrop(drop) {
  const input = drop.querySelector("input[type=file]");
  const stop = (event) => event.preventDefault();
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      stop(event);
      drop.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    stop(event);
    drop.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  });
}

async function refresh(progress) {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("progress");
  if (!fresh) return;
  progress.replaceWith(fresh);
  announce(fresh.querySelector("[role=status]").textContent);
  if (fresh.dataset.done === "no") setTimeout(() => refresh(fresh), 600);
}
