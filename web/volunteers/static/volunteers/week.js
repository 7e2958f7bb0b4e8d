// Guess the time zone, and keep its clock right. Without this module the list is chosen from by hand.
const form = document.querySelector('[data-week]');
const zones = form?.elements.time_zone;

function describeClock() {
  const hint = document.getElementById('id_time_zone_helptext');
  const chosen = zones.selectedOptions[0];
  const clock = hint.querySelector('[data-zone-clock]');
  if (!clock || !chosen.value) return;
  const hour = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: chosen.value, hour: 'numeric', minute: '2-digit' });
  clock.textContent = hour.format(new Date()).toLowerCase();
  hint.querySelector('[data-zone-words]').textContent = chosen.textContent;
}

// A browser may know the zone by an older name, such as Asia/Calcutta: then the name that it gives to ours tells.
function findZone(guess) {
  const names = [...zones.options].map((option) => option.value).filter(Boolean);
  return names.includes(guess) ? guess : names.find((name) => nameOwn(name) === guess);
}

function nameOwn(zone) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return '';
  }
}

// A browser opens what a link leads into, but not the disclosure that it leads to.
form?.querySelector('[data-exact]')?.addEventListener('click', () => {
  document.getElementById('exact').open = true;
});

if (zones) {
  const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zones.value) zones.value = findZone(guess) ?? '';
  describeClock();
  zones.addEventListener('change', describeClock);
}
