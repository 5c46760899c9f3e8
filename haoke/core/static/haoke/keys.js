// Single keys that act on the page; silent while somebody writes or an input method composes.

export function isWriting(event) {
  return event.isComposing || event.keyCode === 229 || event.target.closest("input, textarea, select, [contenteditable]") !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event)) return;
  const search = document.querySelector("main [data-search]") ?? document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// Enter that ends a composition chooses a word; it must not send the form (Safari tells it only by the old key code).
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.keyCode === 229) event.preventDefault();
});
