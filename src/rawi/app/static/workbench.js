// What the pages gain from a script; all of them can be read without it.
import { initReader } from "./reader.js";
import { initReview } from "./review.js";
import { initImport } from "./import.js";

document.documentElement.classList.add("js");

if (document.body.classList.contains("reading")) initReader();
if (document.body.classList.contains("reviewpage")) initReview();
initImport();

for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
