// One WebSocket a tab: the server names what changed, the elements that follow that name fetch themselves again.
// Somebody who types, or holds the focus inside, is never interrupted: the news waits until they leave.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;

let socket = null;
let pause = FIRST_PAUSE;
let wasOpen = false;

const followers = () => [...document.querySelectorAll("[data-live]")];
const namesOf = (element) => element.dataset.live.split(/\s+/).filter(Boolean);

function isBusy(element) {
  const focused = document.activeElement;
  const holdsFocus = focused && focused !== document.body && element.contains(focused);
  const hasText = [...element.querySelectorAll("textarea, input[type=text], input[type=search]")].some((input) => input.value !== input.defaultValue);
  return Boolean(holdsFocus || hasText || element.querySelector("dialog[open], details.menu[open]"));
}

function refresh(element) {
  if (!isBusy(element)) {
    delete element.dataset.liveWaits;
    element.dataset.liveAsks = "";
    element.dispatchEvent(new CustomEvent("live"));
    return;
  }
  element.dataset.liveWaits = "";
}

// Whoever has begun to work in it between the question and the answer is not interrupted either.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  if (requestConfig?.triggeringEvent?.type !== "live" || target?.dataset.liveAsks === undefined) return;
  delete target.dataset.liveAsks;
  if (!isBusy(target)) return;
  event.detail.shouldSwap = false;
  target.dataset.liveWaits = "";
});

function refreshWaiting() {
  for (const element of document.querySelectorAll("[data-live-waits]")) refresh(element);
}

function hear(news) {
  for (const element of followers()) {
    if (news.resync || namesOf(element).some((name) => news.changed.includes(name))) refresh(element);
  }
}

function follow() {
  if (socket?.readyState !== WebSocket.OPEN) return;
  socket.send(JSON.stringify({ follow: [...new Set(followers().flatMap(namesOf))] }));
}

function connect() {
  if (socket || !followers().length) return;
  const path = document.querySelector('meta[name="live-url"]')?.content ?? "/live";
  socket = new WebSocket(new URL(path, location.href.replace(/^http/, "ws")));
  socket.addEventListener("open", () => {
    pause = FIRST_PAUSE;
    follow();
    // What changed while the line was down was not heard.
    if (wasOpen) hear({ resync: true });
    wasOpen = true;
  });
  socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  socket.addEventListener("close", () => {
    socket = null;
    setTimeout(connect, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  });
}

document.addEventListener("focusout", () => setTimeout(refreshWaiting, 200));
document.addEventListener("htmx:afterSettle", () => (socket ? follow() : connect()));
connect();
