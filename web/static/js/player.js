// The recording: links with a place play that stretch of it, the waveform shows where the answers
// lie. Without wavesurfer the browser's own player does; without JavaScript the links open the
// audio at that place.

const section = document.querySelector(".player");
const audio = section?.querySelector("audio");
let stopAt = null;
let playing = null;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function mark(link) {
  playing?.removeAttribute("aria-pressed");
  playing = link;
  playing?.setAttribute("aria-pressed", "true");
}

function playStretch(link) {
  stopAt = Number(link.dataset.to);
  audio.currentTime = Number(link.dataset.from);
  audio.play();
  mark(link);
}

function stopAtEnd() {
  if (stopAt !== null && audio.currentTime >= stopAt) {
    audio.pause();
    stopAt = null;
    mark(null);
  }
}

function speed(by) {
  const buttons = [...section.querySelectorAll("[data-speed]")];
  const now = buttons.findIndex((button) => button.getAttribute("aria-pressed") === "true");
  setSpeed(buttons[Math.min(Math.max(now + by, 0), buttons.length - 1)]);
}

function setSpeed(button) {
  section.querySelectorAll("[data-speed]").forEach((other) => other.removeAttribute("aria-pressed"));
  button.setAttribute("aria-pressed", "true");
  audio.playbackRate = Number(button.dataset.speed);
}

function drawWave() {
  const box = section.querySelector(".wave");
  box.hidden = false;
  const wave = WaveSurfer.create({
    container: box,
    media: audio,
    url: audio.currentSrc || audio.src,
    height: 64,
    waveColor: colour("--strong-rule"),
    progressColor: colour("--accent"),
    cursorColor: colour("--ink"),
    splitChannels: [{}, {}].map(() => ({ height: 32 })),
    // One scale for both channels and every call: a silent channel stays a line, and speech on the
    // telephone, which seldom passes two thirds, fills its half.
    normalize: false,
    barHeight: 1.6,
    dragToSeek: true,
    cspNonce: section.dataset.nonce,
  });
  wave.on("error", () => { box.hidden = true; });
  const regions = wave.registerPlugin(WaveSurfer.Regions.create());
  wave.on("ready", () => {
    document.querySelectorAll(".time-line .play:not(.hear), .evidence .play, .list .play[data-mark]").forEach((link) => {
      const tone = link.dataset.tone ? `--${link.dataset.tone}` : "--accent";
      const region = regions.addRegion({
        start: Number(link.dataset.from),
        end: Number(link.dataset.to),
        content: link.dataset.mark,
        drag: false,
        resize: false,
        color: `color-mix(in srgb, ${colour(tone)} 22%, transparent)`,
      });
      region.on("click", (event) => {
        event.stopPropagation();
        link.closest(".said")?.focus();
        playStretch(link);
      });
    });
  });
}

if (audio) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".play");
    if (!link || !audio.src.endsWith(new URL(link.href).pathname)) return;
    event.preventDefault();
    playStretch(link);
  });
  audio.addEventListener("timeupdate", stopAtEnd);
  audio.addEventListener("seeking", () => {
    if (stopAt !== null && Math.abs(audio.currentTime - Number(playing?.dataset.from)) > 0.2) stopAt = null;
  });
  section.querySelector(".speeds").hidden = false;
  section.addEventListener("click", (event) => {
    const button = event.target.closest("[data-speed]");
    if (button) setSpeed(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea, button, audio, a") && event.key === " ") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    if (event.key === " ") {
      event.preventDefault();
      stopAt = null;
      if (audio.paused) audio.play(); else audio.pause();
    }
    if (event.key === ",") audio.currentTime = Math.max(0, audio.currentTime - 3);
    if (event.key === ".") audio.currentTime += 3;
    if (event.key === "<") speed(-1);
    if (event.key === ">") speed(1);
  });
  if (window.WaveSurfer) drawWave();
}
