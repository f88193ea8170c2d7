// The reviewer's keys: on an answer 1 yes, 2 no, 3 unsure, 9 choose something else, and the next one;
// c comments on the second that is heard. What is marked is kept as it is marked; without
// JavaScript the button keeps it.

const form = document.querySelector("[data-review]");
const sound = document.querySelector(".player audio");
const LABELS = { 1: "affirm", 2: "deny", 3: "unsure" };
const writes = (element) => element.matches("input:not([type=radio]), select, textarea");

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function changed(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function tell(answer, key) {
  const field = answer.querySelector("[data-label]");
  if (key === "9") {
    field.focus();
    return;
  }
  field.value = LABELS[key];
  changed(field);
  const all = [...form.querySelectorAll(".said")];
  const next = all[all.indexOf(answer) + 1];
  if (next) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
}

function comment() {
  sound?.pause();
  const at = form.querySelector("[data-at]");
  if (sound) at.value = clock(sound.currentTime);
  form.querySelector("[data-comment]").focus();
}

function markTheRest() {
  for (const one of form.querySelectorAll(".criterion:not(.critical)")) {
    if (one.querySelector("input:checked")) continue;
    const met = one.querySelector("input[value=met]");
    met.checked = true;
    changed(met);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Enter" && event.target.matches("[data-comment]")) {
    event.preventDefault();
    form.querySelector("[data-add]").click();
    return;
  }
  if (writes(event.target)) return;
  const answer = document.activeElement.closest(".said");
  if (answer && (event.key in LABELS || event.key === "9")) {
    event.preventDefault();
    tell(answer, event.key);
  } else if (event.key === "c") {
    event.preventDefault();
    comment();
  }
});

const rest = form.querySelector("[data-rest]");
rest.hidden = !window.htmx;
rest.addEventListener("click", markTheRest);

// A sheet that could not be kept says so at once, and is sent again with the next mark.
form.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 409) event.detail.shouldSwap = true;
});
form.addEventListener("htmx:sendError", () => {
  const kept = document.getElementById("kept");
  kept.classList.add("bad");
  kept.append(` ${form.dataset.lost}`);
});
