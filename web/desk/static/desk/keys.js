// Single keys for the queue: j next team, a approve, x not this team, ? what the keys are.
// The page loads this file only while its reader has the keys switched on. Without it everything is a link or a button.

const finger = matchMedia("(pointer: coarse)");

function isTyping(target) {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable], dialog[open]") !== null;
}

function say(text) {
  const place = document.querySelector("[data-key-said]");
  if (place) place.textContent = text;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  if (finger.matches || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const control = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
  if (!control) return;
  event.preventDefault();
  say(control.dataset.keySays ?? "");
  control.focus();
  control.click();
});
