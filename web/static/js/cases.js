// Cases: one box ticks all of a page, a form that opens is ready to be typed into, and a form is sent
// once. Without JavaScript the boxes are ticked by hand, and the server knows what comes twice.

const all = () => document.querySelector("[data-tick-all]");
const boxes = () => document.querySelectorAll(".tick-box input");

function showTickAll() {
  if (all()) all().hidden = false;
}

document.addEventListener("change", (event) => {
  if (event.target !== all()) return;
  for (const box of boxes()) box.checked = event.target.checked;
});
document.addEventListener("htmx:afterSettle", showTickAll);
showTickAll();

document.addEventListener("toggle", (event) => {
  if (!event.target.open || !event.target.matches(".deed") || !event.isTrusted) return;
  event.target.querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input, select, textarea, audio")) return;
  const pressed = document.querySelector(`.deed > summary[data-key="${CSS.escape(event.key)}"]`);
  if (!pressed) return;
  event.preventDefault();
  pressed.click();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches(":has([formaction])")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
