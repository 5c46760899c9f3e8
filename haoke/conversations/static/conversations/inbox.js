// The list of the inbox under the hand: keys, a selection that survives a refresh, and news that wait to be asked for.

import { isWriting } from "../haoke/keys.js";
import { register } from "../haoke/shortcuts.js";

const READING = 80;
const FETCH_PAUSE = 2000;

const region = () => document.getElementById("inbox_rows");
const rows = () => [...document.querySelectorAll("#inbox_rows [data-id]")];
const boxOf = (row) => row.querySelector("[data-check]");
const ticked = () => rows().filter((row) => boxOf(row).checked);
const linkOf = (row) => row.querySelector(".row-title");
const current = () => document.activeElement?.closest?.("#inbox_rows [data-id]") ?? null;
const bulk = document.getElementById("bulk");
const news = document.querySelector("[data-news]");

/* The selection */

let lastTicked = null;

function countTicked() {
  const count = bulk?.querySelector("[data-count]");
  const many = ticked().length;
  if (count) count.textContent = many ? count.dataset.label.replace("{count}", many) : "";
  if (!many && bulk) bulk.querySelector("[data-everything]").checked = false;
}

function tick(boxes, isTicked) {
  for (const box of boxes) box.checked = isTicked;
  countTicked();
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("#inbox_rows [data-check]");
  if (!box) return;
  const boxes = rows().map(boxOf);
  const [from, to] = [boxes.indexOf(lastTicked), boxes.indexOf(box)].sort((one, other) => one - other);
  if (event.shiftKey && from >= 0) tick(boxes.slice(from, to + 1), box.checked);
  lastTicked = box;
  countTicked();
});

// The boxes stand outside the form's element, so a reset reaches them a moment later.
bulk?.addEventListener("reset", () => setTimeout(countTicked));
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-selecting]") && !event.target.checked) tick(rows().map(boxOf), false);
});

/* Keys */

function move(step) {
  const all = rows();
  const at = all.indexOf(current());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  if (!all[next]) return;
  linkOf(all[next]).focus({ preventScroll: true });
  all[next].scrollIntoView({ block: "nearest" });
}

function toggle(row) {
  if (row) tick([boxOf(row)], !boxOf(row).checked);
}

function toggleAll() {
  const boxes = rows().map(boxOf);
  tick(boxes, !boxes.every((box) => box.checked));
}

function close() {
  const button = bulk?.querySelector("[name=act][value=close]");
  if (!button || (!ticked().length && !current())) return;
  if (!ticked().length) toggle(current());
  bulk.requestSubmit(button);
}

// After the star, “a” means all of them; any other key means itself again.
function awaitAll() {
  const second = (event) => {
    if (event.key !== "a" || isWriting(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toggleAll();
  };
  document.addEventListener("keydown", second, { capture: true, once: true });
}

const ACTS = { j: () => move(1), k: () => move(-1), x: () => toggle(current()), "*": awaitAll, e: close, u: showNews };

const words = document.querySelector("template[data-inbox-keys]");
// What is registered last is listed first.
for (const word of [...words.content.querySelectorAll("[data-key]")].reverse()) {
  register(word.dataset.key, word.textContent, ACTS[word.dataset.key] ?? null, { title: words.dataset.title });
}

/* News: in place while nobody reads further down, else a quiet bar that says how much is new */

let isAskedFor = false;
let fetchedAt = 0;
let waiting = 0;

function isReading() {
  return window.scrollY > READING || ticked().length > 0 || current() !== null;
}

async function countNews() {
  const known = new Map(rows().map((row) => [row.dataset.id, row.dataset.at]));
  const answer = await fetch(region().getAttribute("hx-get"), { headers: { "HX-Request": "true", "HX-Target": "inbox_rows" } });
  if (!answer.ok) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = [...found.querySelectorAll("[data-id]")];
  const count = fresh.filter((row) => known.get(row.dataset.id) !== row.dataset.at).length;
  if (!count && fresh.length === known.size) return;
  announce(count ? news.dataset.label.replace("{count}", count) : news.dataset.labelUnknown);
}

function announce(words) {
  news.querySelector("[data-words]").textContent = words;
  news.hidden = false;
}

function hearNews() {
  clearTimeout(waiting);
  waiting = setTimeout(
    () => {
      fetchedAt = Date.now();
      if (isReading()) countNews();
      else showNews();
    },
    Math.max(0, fetchedAt + FETCH_PAUSE - Date.now()),
  );
}

function showNews() {
  isAskedFor = true;
  region().dispatchEvent(new CustomEvent("live"));
}

// A "live" event that somebody else sent is only news; the list fetches itself when this module passes it on.
document.addEventListener(
  "live",
  (event) => {
    if (event.target !== region() || isAskedFor) {
      isAskedFor = event.target === region() ? false : isAskedFor;
      return;
    }
    event.stopImmediatePropagation();
    hearNews();
  },
  true,
);

// live.js does not interrupt somebody whose focus is inside the list; then the bar tells.
new MutationObserver(() => {
  if (region()?.dataset.liveWaits !== undefined) hearNews();
}).observe(document.querySelector(".inbox-list"), { subtree: true, attributes: true, attributeFilter: ["data-live-waits"] });

news.addEventListener("click", showNews);

/* What one held stays in hand when the list is drawn anew */

let held = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "inbox_rows") return;
  held = { ids: ticked().map((row) => row.dataset.id), focus: current()?.dataset.id, isSelecting: document.querySelector("[data-selecting]")?.checked };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!held) return;
  const { ids, focus, isSelecting } = held;
  held = null;
  for (const row of rows()) {
    boxOf(row).checked = ids.includes(row.dataset.id);
    if (row.dataset.id === focus) linkOf(row).focus({ preventScroll: true });
  }
  const selecting = document.querySelector("[data-selecting]");
  if (selecting) selecting.checked = Boolean(isSelecting);
  news.hidden = true;
  countTicked();
});

countTicked();
