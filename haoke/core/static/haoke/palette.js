// Ctrl-K: the search over everything; arrow keys choose, Enter opens. Without this module the top bar's form does the same.

const palette = document.getElementById("palette");
const input = palette?.querySelector("input[type=search]");
const results = palette?.querySelector(".palette-results");

function open() {
  if (palette.open) return;
  palette.showModal();
  input.select();
}

function choices() {
  return [...results.querySelectorAll("a")];
}

const rowOf = (link) => link.closest("li") ?? link;

function choose(step) {
  const all = choices();
  if (!all.length) return;
  const place = all.findIndex((link) => rowOf(link).classList.contains("is-chosen"));
  const next = all[(Math.max(place, step > 0 ? -1 : 0) + step + all.length) % all.length];
  results.querySelector(".is-chosen")?.classList.remove("is-chosen");
  const row = rowOf(next);
  row.classList.add("is-chosen");
  row.id ||= `palette-choice-${all.indexOf(next)}`;
  input.setAttribute("aria-activedescendant", row.id);
  row.scrollIntoView({ block: "nearest" });
}

if (palette) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !event.isComposing) {
      event.preventDefault();
      open();
    }
  });

  // The best answer is chosen at once, but never while what stands there still answers an earlier text.
  results.addEventListener("htmx:afterSwap", () => choose(1));

  input.addEventListener("input", () => {
    results.querySelector(".is-chosen")?.classList.remove("is-chosen");
    input.removeAttribute("aria-activedescendant");
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    }
    const chosen = results.querySelector(".is-chosen");
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      (chosen.matches("a") ? chosen : chosen.querySelector("a")).click();
    }
  });
}
