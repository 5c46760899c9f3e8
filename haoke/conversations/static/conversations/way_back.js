// The list one came from: after an act the page's address no longer names it, but the tab remembers.

const KEPT = "haoke.list";
const named = new URLSearchParams(location.search).get("from");
const back = () => document.getElementById("back");

if (named) sessionStorage.setItem(KEPT, back().getAttribute("href"));
const list = sessionStorage.getItem(KEPT);

function lead() {
  if (!list) return;
  back()?.setAttribute("href", list);
  for (const link of document.querySelectorAll("[data-neighbour]")) {
    link.search = new URLSearchParams({ from: list });
  }
}

lead();
document.addEventListener("htmx:afterSettle", lead);
