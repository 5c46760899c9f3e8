// Somebody who reads a long letter opens no page. As long as they move, type or touch, a small POST says every other
// minute that they are there, so that they are not taken for away and passed over.

const EVERY = 120_000;
const address = document.querySelector('meta[name="sign-of-life"]')?.content;
const token = document.querySelector('meta[name="csrf-token"]')?.content;
let last = Date.now();

function sign() {
  if (document.hidden || Date.now() - last < EVERY) return;
  last = Date.now();
  // A line that is down says nothing about the person: the next movement tries again.
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {});
}

if (address && token) {
  for (const name of ["pointermove", "pointerdown", "keydown", "scroll"]) {
    document.addEventListener(name, sign, { passive: true, capture: true });
  }
}
