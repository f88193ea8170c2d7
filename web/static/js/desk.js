// The agent's keys: whatever carries data-key is pressed by that key, 9 opens the other answers,
// t goes to the customer's words, e and w open the explanation and the guide. A form is sent once.
// Without JavaScript the same buttons are pressed by hand.

const writes = (element) => element.matches("input, select, textarea");
const open = (selector) => {
  const part = document.querySelector(selector);
  if (!part) return false;
  part.open = !part.open;
  (part.querySelector(part.open ? "button" : "summary") ?? part).focus();
  return true;
};
const special = {
  9: () => open("[data-other]"),
  e: () => open(".explain"),
  w: () => open("[data-guide]"),
  t: () => {
    const field = document.querySelector("[data-type]");
    field?.focus();
    return Boolean(field);
  },
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.repeat) return;
  if (writes(event.target) && !event.altKey) return;
  const pressed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (pressed) {
    event.preventDefault();
    pressed.click();
  } else if (special[event.key]?.()) {
    event.preventDefault();
  }
});

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return; // connection.js has kept it back
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

// A page that comes back from the browser's memory may be sent again: the server knows what is old.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
