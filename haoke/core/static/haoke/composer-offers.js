// While one types: `/` offers canned replies, `@` in a note offers colleagues. A list box under the hands of the text:
// arrows choose, Enter or Tab inserts, Escape closes; an input method that composes is left alone.

const PAUSE = 120;
// Chinese keyboards have a full-width slash, or 、 in its place; a date such as 3/4 and a list such as 甲、乙 are meant as typed.
const SLASH = /(?:^|[\s()“”\u3002\uFF01\uFF1F\uFF0C\uFF1B\uFF1A\uFF08\uFF09])([/\uFF0F]|(?<=^|\s)\u3001)([^\s/\uFF0F\u3001]{0,40})$/u;
const AT = /(?:^|[^A-Za-z0-9._%+-])([@\uFF20])([^\s@\uFF20]{0,40})$/u;
const MARK = /⟦[^⟧]+⟧/u;

export function offerWords(form) {
  const text = form.elements.text;
  const list = form.querySelector(".offers");
  if (!list) return;
  const said = form.querySelector("#composer-offers-said");
  const opener = form.querySelector("[data-offers-canned]");
  let place = null;
  let byButton = null;
  let asked = 0;
  let timer = 0;

  const isNote = () => form.querySelector("[name=kind]:checked")?.value === "note";
  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector('[aria-selected="true"]');

  // What is being completed: where it begins, what was typed of it, and who knows.
  function wanted() {
    const caret = text.selectionStart;
    const before = text.value.slice(0, caret);
    if (byButton !== null && byButton <= caret) {
      const query = before.slice(byButton);
      if (!/\s/u.test(query)) return { start: byButton, query, address: form.dataset.canned };
    }
    const slash = form.dataset.canned && SLASH.exec(before);
    if (slash) return { start: caret - slash[2].length - 1, query: slash[2], address: form.dataset.canned };
    const at = form.dataset.colleagues && isNote() && AT.exec(before);
    if (at) return { start: caret - at[2].length - 1, query: at[2], address: form.dataset.colleagues };
    return null;
  }

  function look() {
    place = wanted();
    clearTimeout(timer);
    if (place) timer = setTimeout(fill, PAUSE, place);
    else close();
  }

  async function fill({ query, address }) {
    const turn = (asked += 1);
    const answer = await fetch(`${address}?${new URLSearchParams({ q: query })}`, { headers: { "HX-Request": "true" } });
    if (turn !== asked || !place || !answer.ok) return;
    list.innerHTML = await answer.text();
    said.textContent = list.querySelector("[data-said]")?.dataset.said ?? "";
    said.className = "visually-hidden";
    list.hidden = !list.querySelector("[role=option], .offers-empty");
    choose(options()[0]);
  }

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) text.setAttribute("aria-activedescendant", option.id);
    else text.removeAttribute("aria-activedescendant");
  }

  function close() {
    asked += 1;
    place = byButton = null;
    list.hidden = true;
    choose(null);
  }

  function insert(option) {
    const { start } = place;
    const words = option.dataset.text;
    text.focus();
    text.setSelectionRange(start, text.selectionStart);
    // The one way that leaves Ctrl+Z its memory; the other one for browsers that gave it up.
    if (!document.execCommand("insertText", false, words)) text.setRangeText(words, start, text.selectionEnd, "end");
    const mark = MARK.exec(words);
    if (mark) text.setSelectionRange(start + mark.index, start + mark.index + mark[0].length);
    if (option.dataset.canned) remember(option.dataset.canned);
    close();
    said.textContent = option.dataset.note ?? "";
    said.className = option.dataset.note ? "composer-said" : "visually-hidden";
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Which canned replies helped is counted when the message is sent.
  function remember(id) {
    const used = document.createElement("input");
    Object.assign(used, { type: "hidden", name: "canned", value: id });
    form.append(used);
  }

  const acts = {
    ArrowDown: () => choose(options()[(options().indexOf(chosen()) + 1) % options().length]),
    ArrowUp: () => choose(options().at(options().indexOf(chosen()) - 1)),
    Enter: () => insert(chosen()),
    Tab: () => insert(chosen()),
    Escape: close,
  };

  text.addEventListener("keydown", (event) => {
    if (list.hidden || !chosen() || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || !acts[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  });
  text.addEventListener("input", (event) => !event.isComposing && look());
  text.addEventListener("compositionend", look);
  text.addEventListener("blur", () => setTimeout(() => list.contains(document.activeElement) || close(), 150));
  list.addEventListener("mousedown", (event) => {
    // The text keeps the focus, and with it the place to insert at.
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option && place) insert(option);
  });
  if (opener) {
    opener.hidden = false;
    opener.addEventListener("mousedown", (event) => event.preventDefault());
    opener.addEventListener("click", () => {
      text.focus();
      byButton = text.selectionStart;
      look();
    });
  }
}
