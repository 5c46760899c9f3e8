// The composer: keys that send and keys that must not, and what helps to write.

import { keepDraft } from "./composer-draft.js";
import { takeFiles } from "./composer-files.js";
import { offerWords } from "./composer-offers.js";

// The longest time in which a reply can be taken back (policies, undo_send), and a moment more.
const UNDO_IS_OVER = 61000;

const isComposing = (event) => event.isComposing || event.keyCode === 229;

// The kind says which of the two buttons stands there; no button would leave the choice to the browser.
function send(form) {
  const kind = form.querySelector("[name=kind]:checked")?.value ?? "reply";
  form.requestSubmit(form.querySelector(`.composer-send [data-mode="${kind}"]`));
}

function onKey(event) {
  if (event.key !== "Enter" || isComposing(event)) return;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    if (!event.repeat) send(event.currentTarget);
  } else if (event.target.matches("input:not([type=checkbox], [type=radio], [type=file])")) {
    // Enter after an address is no wish to send.
    event.preventDefault();
  }
}

for (const form of document.querySelectorAll(".composer")) {
  form.dataset.alive = "";
  form.addEventListener("keydown", onKey);
  takeFiles(form);
  offerWords(form);
  keepDraft(form);
}

for (const undo of document.querySelectorAll('.toast form[action$="/recall"]')) {
  setTimeout(() => undo.closest(".toast").remove(), UNDO_IS_OVER);
}
