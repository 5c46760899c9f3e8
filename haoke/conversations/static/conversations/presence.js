// A sign of life while the page is in sight, so that colleagues see who looks and who writes.

const BEAT = 15000;
// Whoever stops typing for so long has not stopped writing; whoever walks away has.
const STILL_WRITING = 60000;

const place = () => document.querySelector("[data-presence]");
const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
let typedAt = 0;
let wasWriting = false;

function isWriting() {
  const text = document.querySelector(".composer textarea")?.value.trim();
  return Boolean(text) && Date.now() - typedAt < STILL_WRITING;
}

async function beat() {
  const people = place();
  if (!people || document.hidden) return;
  wasWriting = isWriting();
  const sign = new URLSearchParams({ sign: wasWriting ? "writing" : "viewing" });
  try {
    const answer = await fetch(people.dataset.presence, { method: "POST", body: sign, headers: { "X-CSRFToken": token } });
    if (!answer.ok) return;
    const others = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    if (others.textContent.trim() !== people.textContent.trim()) place()?.replaceChildren(...others.childNodes);
  } catch {
    // The house is away for a moment; the next beat tells.
  }
}

document.addEventListener("input", (event) => {
  if (!event.target.matches(".composer textarea")) return;
  typedAt = Date.now();
  // That somebody begins to write is news; that they go on is not.
  if (!wasWriting && isWriting()) beat();
});

document.addEventListener("visibilitychange", beat);
setInterval(beat, BEAT);
beat();

window.addEventListener("pagehide", () => {
  if (place()) navigator.sendBeacon(place().dataset.presence, new URLSearchParams({ sign: "left", csrfmiddlewaretoken: token }));
});
