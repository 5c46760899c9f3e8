// Single keys that act on the page; silent while somebody writes or an input method composes.
// What a page offers stands, with its words, in its <template data-shortcuts>: a key presses or focuses an element.
// A module with a key of its own registers it here. "?" lists them all, and switches them off (WCAG 2.1.4).

import { isWriting } from "./keys.js";

const KEPT = "haoke.single-keys";
const help = document.getElementById("shortcuts");
const registered = [];

// `scope` is a selector: the key acts while such an element is on the page. `title` heads its part of the list.
export function register(key, label, handler, { scope = "body", title = "" } = {}) {
  registered.unshift({ key, label, handler, scope, title });
}

function offered() {
  const templates = [...document.querySelectorAll("template[data-shortcuts]")];
  const words = templates.flatMap((template) => [...template.content.querySelectorAll("[data-key]")].map((word) => ({ word, title: template.dataset.title })));
  const onPage = words.map(({ word, title }) => ({ key: word.dataset.key, label: word.textContent, title, handler: handlerOf(word.dataset) }));
  return [...registered.filter((each) => document.querySelector(each.scope)), ...onPage];
}

// A key that only stands in the list belongs to a module of the page.
function handlerOf({ presses, focuses }) {
  return presses || focuses ? () => act(presses, focuses) : null;
}

function act(presses, focuses) {
  const pressed = presses && document.querySelector(presses);
  if (pressed instanceof HTMLFormElement) pressed.requestSubmit();
  else if (pressed instanceof HTMLDetailsElement) {
    pressed.open = !pressed.open;
    pressed.querySelector(pressed.open ? ".menu-list :is(a, button)" : "summary")?.focus();
  } else pressed?.click();
  if (focuses) document.querySelector(focuses)?.focus();
}

const isOff = () => localStorage.getItem(KEPT) === "off";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isOff() || isWriting(event)) return;
  if (document.querySelector("dialog[open]")) return;
  const wanted = offered().find((each) => each.key === event.key);
  if (!wanted?.handler) return;
  event.preventDefault();
  wanted.handler(event);
});

// Enter that ends a composition chooses a word; it must not send the form (Safari tells it only by the old key code).
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.keyCode === 229) event.preventDefault();
});

function search() {
  const field = document.querySelector("main [data-search]") ?? document.querySelector("[data-search]");
  field?.focus();
  field?.select();
}

function listKeys() {
  const parts = Map.groupBy(offered(), (each) => each.title);
  const list = help.querySelector("[data-shortcut-list]");
  list.replaceChildren(...[...parts].flatMap(([title, keys]) => [heading(title), table(keys)]).filter(Boolean));
}

function heading(title) {
  if (!title) return null;
  const element = document.createElement("h3");
  element.textContent = title;
  return element;
}

function table(keys) {
  const list = document.createElement("dl");
  for (const { key, label } of keys) {
    const sign = document.createElement("kbd");
    sign.textContent = key;
    list.append(document.createElement("dt"), document.createElement("dd"));
    list.lastChild.previousSibling.append(sign);
    list.lastChild.textContent = label;
  }
  return list;
}

if (help) {
  const words = help.dataset;
  register("?", words.help, () => (listKeys(), help.showModal()), { title: words.everywhere });
  register("/", words.seek, search, { title: words.everywhere });

  const opener = document.querySelector("[data-opens=shortcuts]");
  opener?.removeAttribute("hidden");
  opener?.addEventListener("click", listKeys);

  const acts = help.querySelector("[data-single-keys]");
  acts.checked = !isOff();
  acts.addEventListener("change", () => localStorage.setItem(KEPT, acts.checked ? "on" : "off"));
}
