// Guess the time zone, and keep its clock right. Without this module the list is chosen from by hand.
const form = document.querySelector('[data-week]');
const zones = form?.elements.time_zone;

function describeClock() {
  const hint = document.getElementById('id_time_zone_helptext');
  const chosen = zones.selectedOptions[0];
  const clock = hint.querySelector('[data-zone-clock]');
  if (!clock || !chosen.value) return;
  const hour = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: chosen.value, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clock.textContent = hour.format(new Date());
  hint.querySelector('[data-zone-words]').textContent = chosen.textContent;
}

if (zones) {
  const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zones.value && [...zones.options].some((option) => option.value === guess)) zones.value = guess;
  describeClock();
  zones.addEventListener('change', describeClock);
}
