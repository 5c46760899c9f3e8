// Forms: sent once, files named before they leave, all rows of a table chosen with one tick.

// A second click within a moment is a mistake; a page restored from the browser's memory may send again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") {
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
  }
});

function release(form) {
  delete form.dataset.sent;
  form.querySelector("button[aria-busy]")?.removeAttribute("aria-busy");
}

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-sent]");
  if (form) release(form);
});

// Chosen files stand as a list above the buttons, with their size in the reader's own numerals.
const size = (bytes) => {
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const digits = amount < 10 ? 1 : 0;
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: digits }).format(amount);
};

function fileItem(file) {
  const item = document.createElement("li");
  const chip = item.appendChild(document.createElement("span"));
  chip.className = "file";
  const name = chip.appendChild(document.createElement("bdi"));
  name.className = "file-name";
  name.textContent = file.name;
  const weight = chip.appendChild(document.createElement("span"));
  weight.className = "file-size";
  weight.textContent = size(file.size);
  return item;
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches("input[type=file][data-file-list]")) {
    const form = input.closest("form");
    form.querySelector("ul.files[data-chosen]")?.remove();
    if (!input.files.length) return;
    const list = document.createElement("ul");
    list.className = "files";
    list.dataset.chosen = "";
    list.append(...Array.from(input.files, fileItem));
    input.closest(".composer-foot, .field").before(list);
  }
  if (input.matches("[data-check-all]")) {
    for (const box of input.closest("table").querySelectorAll("[data-check]")) box.checked = input.checked;
  }
});
