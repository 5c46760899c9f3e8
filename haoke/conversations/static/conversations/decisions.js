// A decision chosen with the mouse goes by itself; arrow keys only try values out, so they leave it to the button or Enter.

let isByHand = false;

document.addEventListener("pointerdown", () => (isByHand = true), { capture: true });
document.addEventListener("keydown", () => (isByHand = false), { capture: true });

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-decides]");
  if (!form || !event.target.matches("select")) return;
  if (isByHand) form.requestSubmit();
  else form.classList.add("is-chosen");
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-decides].is-chosen");
  if (!form || event.key !== "Enter" || event.isComposing || !event.target.matches("select")) return;
  event.preventDefault();
  form.requestSubmit();
});

// A page asked for on paper is what the printer gets.
if (new URLSearchParams(location.search).get("print") === "1") window.addEventListener("load", () => window.print());
