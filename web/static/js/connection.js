// Without a network no form goes out: what was typed is not lost to the browser's error page, and
// the sentence that says so stands beside the button that was pressed.

const lost = document.getElementById("lost");

document.addEventListener("submit", (event) => {
  const form = event.target;
  form.querySelector(":scope > .lost")?.remove();
  if (form.method !== "post" || navigator.onLine) return;
  event.preventDefault();
  form.append(lost.content.cloneNode(true));
  form.querySelector(":scope > .lost").scrollIntoView({ block: "nearest" });
});
