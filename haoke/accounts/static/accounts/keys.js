// Recovery codes: copied or printed with one press; without a script they are marked and copied by hand.

const tools = document.querySelector(".recovery-tools");
if (tools) tools.hidden = false;

document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

document.querySelector("[data-copy]")?.addEventListener("click", async (event) => {
  const button = event.currentTarget;
  const codes = [...document.querySelectorAll(`${button.dataset.copy} li`)].map((item) => item.textContent);
  await navigator.clipboard.writeText(codes.join("\n"));
  button.querySelector(".button-label").textContent = button.dataset.copied;
});
