// Toasts: they leave by themselves unless they offer a way back, and are read aloud because their place is a live region.

const STAY = 6000;
const place = document.getElementById("toasts");

function letGo(toast) {
  if (toast.querySelector("form") || toast.classList.contains("tone-danger")) return;
  setTimeout(() => {
    if (toast.matches(":hover, :focus-within")) letGo(toast);
    else toast.remove();
  }, STAY);
}

if (place) {
  place.querySelectorAll(".toast").forEach(letGo);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.classList?.contains("toast")) letGo(node);
    }
  }).observe(place, { childList: true });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-dismiss]");
  button?.closest(button.dataset.dismiss)?.remove();
});
