// A drill: the clock goes on while the page is open. Without JavaScript it stands at the moment at
// which the page came; the server counts the minutes in any case.

const clock = document.querySelector("[data-elapsed]");
if (clock) {
  const [minutes, seconds] = clock.dataset.elapsed.split(":").map(Number);
  const came = performance.now() / 1000 - (minutes * 60 + seconds);
  setInterval(() => {
    const passed = Math.floor(performance.now() / 1000 - came);
    clock.textContent = `${Math.floor(passed / 60)}:${String(passed % 60).padStart(2, "0")}`;
  }, 500);
}
