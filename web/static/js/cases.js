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

function beReady(deed) {
  deed.querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
}

// Only a form that somebody opens takes the focus: the one that is open when the page comes would
// swallow the key of another.
document.addEventListener("click", (event) => {
  const deed = event.target.closest(".deed > summary")?.parentElement;
  if (deed && !deed.open) deed.dataset.opening = "yes";
});
document.addEventListener("toggle", (event) => {
  if (!event.target.dataset.opening) return;
  delete event.target.dataset.opening;
  beReady(event.target);
}, true);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input, select, textarea, audio")) return;
  const pressed = document.querySelector(`.deed > summary[data-key="${CSS.escape(event.key)}"]`);
  if (!pressed) return;
  event.preventDefault();
  const deed = pressed.parentElement;
  deed.open = !deed.open;
  if (deed.open) beReady(deed);  // at once: the next key is the first letter
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
