// What htmx needs to know about our pages: the CSRF token, and where the focus was before a swap.

const token = document.querySelector('meta[name="csrf-token"]')?.content;

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get" && token) event.detail.headers["X-CSRFToken"] = token;
});

// A search settles when nobody has typed for a moment and no input method is composing.
const PAUSE = 250;
const waiting = new WeakMap();

function settle(input) {
  clearTimeout(waiting.get(input));
  waiting.set(input, setTimeout(() => input.dispatchEvent(new Event("settled", { bubbles: true })), PAUSE));
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-search]") && !event.isComposing) settle(event.target);
});

document.addEventListener("compositionend", (event) => {
  if (event.target.matches("[data-search]")) settle(event.target);
});

// A refusal speaks in the corner of the page instead of replacing what one was looking at.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Retarget") === "#toasts") event.detail.shouldSwap = true;
});
