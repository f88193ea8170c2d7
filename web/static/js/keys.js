// The keyboard: rows and answers with j and k, pages with [ and ], the menu with g and a letter.
// Everything it does can be done with links; without JavaScript nothing is missing but the speed.

const ROWS = ".list tbody tr:has(.row-link), .time-line .said, .evidence .said, .question";
let waitingForGo = false;

const typing = (element) =>
  element.matches("input:not([type=radio]), select, textarea, [contenteditable]");
const hints = () => document.getElementById("hints");
const follow = (selector) => document.querySelector(selector)?.click();

function rows() {
  return [...document.querySelectorAll(ROWS)];
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
  const target = next.querySelector(".row-link") ?? next;
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function showHints(wanted) {
  hints().hidden = !wanted;
}

function go(letter) {
  const link = document.querySelector(`[data-go="${CSS.escape(letter)}"]`);
  if (link) location.assign(link.href);
}

const actions = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  u: () => follow("[data-up]"),
  "[": () => follow("a[rel=prev]"),
  "]": () => follow("a[rel=next]"),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => showHints(hints().hidden),
  Escape: () => showHints(false),
  g: () => {
    waitingForGo = true;
    setTimeout(() => { waitingForGo = false; }, 1500);
  },
  Enter: () => document.activeElement.closest(".said")?.querySelector(".play")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (waitingForGo) {
    waitingForGo = false;
    event.preventDefault();
    go(event.key);
    return;
  }
  const onLink = event.target.matches("a, button, summary, audio");
  const action = actions[event.key];
  if (!action || (event.key === "Enter" && onLink)) return;
  if (event.key.startsWith("Arrow") && (event.target.matches("audio, input") || !rows().length)) return;
  if (event.key !== "Enter") event.preventDefault();
  action();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest(".list tbody tr");
  if (!row || event.target.closest("a, button, input, select, label, summary") || String(getSelection())) return;
  row.querySelector(".row-link")?.click();
});

const button = document.querySelector("[data-hints]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => showHints(hints().hidden));
}
