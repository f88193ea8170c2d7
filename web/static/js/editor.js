// The editor of a draft: line numbers and marked lines behind the text, Tab indents, Ctrl+S saves,
// a fault leads to its line, as does an address with ?line=7. The text itself is a plain field: without JavaScript it is edited and
// saved all the same, and the check runs when its button is pressed.

const form = document.querySelector("[data-editor]");
const area = form?.querySelector("textarea");
const found = document.getElementById("found");
const mirror = document.createElement("div"); // the same lines, unseen, one element each
const INDENT = "  ";
let lines = [];
let line = 0;
let leaving = false;

function draw() {
  const now = area.value.split("\n");
  const least = Math.min(now.length, lines.length);
  let start = 0;
  while (start < least && now[start] === lines[start]) start++;
  let end = 0;
  while (end < least - start && now[now.length - 1 - end] === lines[lines.length - 1 - end]) end++;
  for (let gone = lines.length - start - end; gone > 0; gone--) mirror.children[start].remove();
  const fresh = document.createDocumentFragment();
  for (const text of now.slice(start, now.length - end)) {
    fresh.appendChild(document.createElement("div")).textContent = text || "\u200b";
  }
  mirror.insertBefore(fresh, mirror.children[start] ?? null);
  lines = now;
  fit();
}

// The scroll bar takes its width from the field alone, so the lines behind must be told.
function fit() {
  mirror.style.width = `${area.clientWidth}px`;
  mirror.scrollTop = area.scrollTop;
}

function markFaults() {
  mirror.querySelectorAll("[class]").forEach((one) => one.removeAttribute("class"));
  const links = [...found.querySelectorAll("[data-line]")].reverse(); // errors come first, and win
  for (const link of links) {
    const place = mirror.children[Number(link.dataset.line) - 1];
    if (place) place.className = link.dataset.severity;
  }
}

const offset = (number) => lines.slice(0, number).reduce((sum, text) => sum + text.length + 1, 0);

function jump(number) {
  const place = Math.min(Math.max(number, 1), lines.length) - 1;
  const start = offset(place);
  area.focus();
  area.setSelectionRange(start, start + lines[place].length);
  area.scrollTop = Math.max(mirror.children[place].offsetTop - area.clientHeight / 3, 0);
  noteLine();
}

function noteLine() {
  const now = area.value.slice(0, area.selectionStart).split("\n").length;
  if (now === line) return;
  line = now;
  form.querySelector("[name=at]").value = String(line);
  const shown = form.querySelector("[data-at]");
  shown.textContent = shown.dataset.at.replace("0", String(line));
  area.dispatchEvent(new CustomEvent("caret"));
}

// Inserts through the browser, so that undo knows of it.
function insert(text) {
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
}

function wholeLines() {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const to = area.value.indexOf("\n", Math.max(area.selectionEnd - 1, area.selectionStart));
  return [from, to < 0 ? area.value.length : to];
}

function indent(back) {
  if (!back && area.selectionStart === area.selectionEnd) return insert(INDENT);
  const [from, to] = wholeLines();
  const moved = area.value.slice(from, to).split("\n")
    .map((text) => (back ? text.replace(/^ {1,2}/, "") : INDENT + text)).join("\n");
  area.setSelectionRange(from, to);
  insert(moved);
  area.setSelectionRange(from, from + moved.length);
}

function newLine() {
  const before = area.value.slice(0, area.selectionStart);
  insert(`\n${before.slice(before.lastIndexOf("\n") + 1).match(/^ */)[0]}`);
}

const unsaved = () => area.value !== area.defaultValue || "unsaved" in form.dataset;

function warn(event) {
  found.textContent = found.dataset[event.type === "htmx:sendError" ? "offline" : "refused"];
}

function start() {
  mirror.className = "mirror";
  mirror.setAttribute("aria-hidden", "true");
  area.parentElement.prepend(mirror);
  area.parentElement.classList.add("numbered");
  draw();
  noteLine();
  markFaults();
  const asked = Number(new URLSearchParams(location.search).get("line"));
  if (asked) jump(asked);
  area.addEventListener("input", () => { draw(); noteLine(); });
  area.addEventListener("scroll", fit);
  new ResizeObserver(fit).observe(area);
  for (const event of ["keyup", "click", "focus"]) area.addEventListener(event, noteLine);
  area.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab") { event.preventDefault(); indent(event.shiftKey); }
    if (event.key === "Enter") { event.preventDefault(); newLine(); }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    jump(Number(link.dataset.line));
  });
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", (event) => { if (unsaved() && !leaving) event.preventDefault(); });
  // Whoever typed, or came to a line, before htmx was there is not left without the check.
  document.body.addEventListener("htmx:load", () => {
    if (unsaved() || line > 1) area.dispatchEvent(new CustomEvent("caret"));
  }, { once: true });
  document.body.addEventListener("htmx:afterSwap", markFaults);
  document.body.addEventListener("htmx:responseError", warn);
  document.body.addEventListener("htmx:sendError", warn);
}

if (area && !area.readOnly) start();
