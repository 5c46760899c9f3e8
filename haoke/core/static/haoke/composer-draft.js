// What is written is kept on the server while one types: after a pause, when the page is put aside, when it is left.

const PAUSE = 1000;
const AGAIN = 5000;
// A browser carries at most 64 KB on after its page is gone.
const CARRIED_ON = 60000;

export function keepDraft(form) {
  if (!form.dataset.draft) return;
  const place = form.querySelector("[data-state]");
  const { text, draft_seen: seen } = form.elements;
  const left = `haoke.draft:${form.dataset.draft}`;
  let timer = 0;
  let isDirty = false;
  let isDecided = true;
  let saving = null;

  function post() {
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    const keepalive = `${body}`.length < CARRIED_ON;
    return fetch(form.dataset.draft, { method: "POST", body, headers: { "HX-Request": "true" }, keepalive });
  }

  function later(pause = PAUSE) {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    if (!isDirty || !isDecided || saving || form.dataset.sent) return;
    isDirty = false;
    let pause = PAUSE;
    saving = post().then(tell).catch(() => {
      // The house is away for a moment; what is written is still here.
      isDirty = true;
      pause = AGAIN;
    });
    await saving;
    saving = null;
    if (isDirty) later(pause);
  }

  async function tell(answer) {
    if (answer.ok || answer.status === 409) show(await answer.text(), answer.status === 409);
    else place.querySelector("[data-draft-seen]").textContent = place.dataset.unsaved;
  }

  function show(state, isConflict) {
    place.innerHTML = state;
    isDecided = !isConflict;
    // Of the other text only somebody who decides knows.
    if (isDecided) seen.value = place.querySelector("[data-draft-seen]").dataset.draftSeen;
  }

  function decide(takesOther) {
    if (takesOther) {
      const other = place.querySelector("pre");
      [text.value, other.textContent] = [other.textContent, text.value];
    } else {
      seen.value = place.querySelector("[data-draft-seen]").dataset.draftSeen;
      isDecided = isDirty = true;
      save();
    }
  }

  // The page may be there again before the words that were sent on leaving it.
  function rememberLeaving() {
    if (form.dataset.sent || !(isDirty || saving)) return;
    sessionStorage.setItem(left, JSON.stringify({ words: text.value, seenAt: seen.value }));
    if (isDecided) post();
  }

  function takeUpAgain() {
    const { words, seenAt } = JSON.parse(sessionStorage.getItem(left) ?? "{}");
    sessionStorage.removeItem(left);
    if (words !== undefined && words !== text.value) {
      text.value = words;
      seen.value = seenAt;
    }
    // Also a refused form that came back, and somebody who was faster than this script: words that stand nowhere else.
    if (words !== undefined || "typed" in form.dataset || text.value !== text.defaultValue) later(0);
  }

  form.addEventListener("input", (event) => {
    isDirty = true;
    if (!event.isComposing) later();
  });
  form.addEventListener("compositionend", () => later());
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving || event.defaultPrevented) return;
    // A saving that overtook the sending would leave a draft of what is sent.
    event.preventDefault();
    const { submitter } = event;
    saving.then(() => form.requestSubmit(submitter));
  });
  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-decides]");
    if (button) decide(button.dataset.decides === "other");
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
  window.addEventListener("pagehide", rememberLeaving);
  window.addEventListener("beforeunload", (event) => {
    if (!isDecided && !form.dataset.sent) event.preventDefault();
  });
  takeUpAgain();
}
