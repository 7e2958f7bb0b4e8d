// Half-hours to paint with a mouse or by keys, for those who see them at once. The form stays the truth: what is
// painted ticks the boxes and fills the rows of exact times, and a week that these can't hold is not painted.
const FIRST = 12, LAST = 48, DAYS = 7, MAX_ROWS = 12; // half-hours from 6:00 to 24:00
const PARTS = { early: [12, 18], daytime: [18, 34], evening: [34, 44], late: [44, 48] };
const place = document.querySelector('[data-paint]');
const form = place?.closest('form');
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });

const nameTime = (half) => clock.format(new Date(half * 1800000)).toLowerCase();
const writeTime = (half) => `${String(Math.floor((half % 48) / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`;
const readHalf = (text) => (/^\d\d:[03]0$/.test(text) ? Number(text.slice(0, 2)) * 2 + Number(text[3] === '3') : null);
const fill = (words, values) => words.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

function listRows(day) {
  return [...form.querySelectorAll(`[name^="from_${day}_"]`)].map((from) => [from, form.elements[from.name.replace('from', 'to')]]);
}

// The free half-hours of the week, or null where a time lies between them.
function readWeek() {
  const free = new Set();
  for (const box of form.querySelectorAll('[name="windows"]:checked')) {
    const [day, part] = box.value.split('-');
    for (let half = PARTS[part][0]; half < PARTS[part][1]; half++) free.add(day * 48 + half);
  }
  for (let day = 0; day < DAYS; day++) {
    for (const [from, to] of listRows(day)) {
      if (!from.value && !to.value) continue;
      const starts = readHalf(from.value), ends = readHalf(to.value);
      if (starts === null || ends === null || starts === ends) return null;
      const last = ends > starts ? ends : ends + 48;
      for (let half = starts; half < last; half++) free.add((day * 48 + half) % (DAYS * 48));
    }
  }
  return free;
}

// What the boxes do not hold, as stretches of one day each.
function listStretches(free, day) {
  const left = new Set(free);
  for (const [first, last] of Object.values(PARTS)) {
    const halves = Array.from({ length: last - first }, (_, step) => day * 48 + first + step);
    if (halves.every((half) => free.has(half))) halves.forEach((half) => left.delete(half));
  }
  const stretches = [];
  for (let half = 0; half < 48; half++) {
    if (!left.has(day * 48 + half)) continue;
    if (stretches.at(-1)?.[1] === half) stretches.at(-1)[1] = half + 1;
    else stretches.push([half, half + 1]);
  }
  return stretches;
}

function writeWeek(free) {
  const days = Array.from({ length: DAYS }, (_, day) => listStretches(free, day));
  if (days.some((stretches) => stretches.length > MAX_ROWS)) return false;
  for (const box of form.querySelectorAll('[name="windows"]')) {
    const [day, part] = box.value.split('-');
    const [first, last] = PARTS[part];
    box.checked = Array.from({ length: last - first }, (_, step) => free.has(day * 48 + first + step)).every(Boolean);
    box.closest('.cell').classList.remove('partly');
  }
  days.forEach((stretches, day) => {
    while (listRows(day).length < stretches.length) addRow(day);
    document.getElementById(`exact-${day}`).open = stretches.length > 0;
    listRows(day).forEach(([from, to], row) => {
      from.value = row < stretches.length ? writeTime(stretches[row][0]) : '';
      to.value = row < stretches.length ? writeTime(stretches[row][1]) : '';
    });
  });
  return true;
}

function addRow(day) {
  const rows = listRows(day), last = rows.at(-1)[0].closest('.exact-row'), added = last.cloneNode(true);
  for (const input of added.querySelectorAll('input')) {
    input.name = input.name.replace(/\d+$/, rows.length);
    input.id = `id_${input.name}`;
    input.value = '';
  }
  last.after(added);
}

function buildGrid() {
  const words = place.dataset, names = [...form.querySelectorAll('.exact-day > summary')].map((summary) => summary.textContent);
  const heads = [...form.querySelectorAll('.parts .day')].map((day) => day.textContent);
  const hint = Object.assign(document.createElement('p'), { className: 'hint', textContent: words.hint });
  const said = Object.assign(document.createElement('p'), { className: 'said' });
  said.setAttribute('role', 'status');
  const table = Object.assign(document.createElement('table'), { className: 'halves' });
  table.setAttribute('role', 'grid');
  table.setAttribute('aria-label', place.querySelector('summary').textContent);
  table.setAttribute('aria-multiselectable', 'true');
  const head = table.createTHead().insertRow();
  head.append(document.createElement('td'), ...heads.map((name) => Object.assign(document.createElement('th'), { scope: 'col', textContent: name })));
  for (let half = FIRST; half < LAST; half++) {
    const row = table.insertRow();
    row.append(Object.assign(document.createElement('th'), { scope: 'row', textContent: half % 2 ? '' : nameTime(half) }));
    for (let day = 0; day < DAYS; day++) {
      const cell = row.insertCell();
      cell.setAttribute('role', 'gridcell');
      cell.setAttribute('aria-label', fill(words.cell, { day: names[day], from: nameTime(half), to: nameTime(half + 1) }));
      cell.dataset.half = day * 48 + half;
      cell.tabIndex = -1;
    }
  }
  place.append(hint, table, said);
  const cells = new Map([...table.querySelectorAll('[data-half]')].map((cell) => [Number(cell.dataset.half), cell]));
  return { table, said, cells, names };
}

function start() {
  const words = place.dataset, { table, said, cells, names } = buildGrid();
  let free = readWeek() ?? new Set(), before = null, from = null, adds = true, anchor = null;

  function show() {
    for (const [half, cell] of cells) cell.setAttribute('aria-selected', String(free.has(half)));
  }
  function focus(half) {
    for (const cell of table.querySelectorAll('[tabindex="0"]')) cell.tabIndex = -1;
    cells.get(half).tabIndex = 0;
    cells.get(half).focus({ preventScroll: true });
  }
  // The rectangle between two half-hours, in its days.
  function paint(one, other) {
    free = new Set(before);
    const days = [Math.floor(one / 48), Math.floor(other / 48)].sort((a, b) => a - b);
    const halves = [one % 48, other % 48].sort((a, b) => a - b);
    for (let day = days[0]; day <= days[1]; day++) {
      for (let half = halves[0]; half <= halves[1]; half++) adds ? free.add(day * 48 + half) : free.delete(day * 48 + half);
    }
    const name = days[0] === days[1] ? names[days[0]] : fill(words.days, { first: names[days[0]], last: names[days[1]] });
    said.textContent = fill(adds ? words.free : words.taken, { day: name, from: nameTime(halves[0]), to: nameTime(halves[1] + 1) });
    show();
  }
  function begin(half) {
    before = new Set(free);
    from = half;
    adds = !free.has(half);
    paint(half, half);
  }
  function end(half) {
    if (before === null) return;
    anchor = half;
    if (!writeWeek(free)) {
      free = before;
      said.textContent = words.many;
      show();
    }
    before = from = null;
  }
  function undo() {
    free = before;
    before = from = null;
    said.textContent = words.undone;
    show();
  }
  function step(half, key) {
    const day = Math.floor(half / 48), row = half % 48;
    const next = { ArrowUp: [day, row - 1], ArrowDown: [day, row + 1], ArrowLeft: [day - 1, row], ArrowRight: [day + 1, row] }[key];
    return next && cells.has(next[0] * 48 + next[1]) && next[0] >= 0 ? next[0] * 48 + next[1] : half;
  }

  table.addEventListener('pointerdown', (event) => {
    const cell = event.target.closest('[data-half]');
    if (!cell || event.button || event.pointerType === 'touch') return;
    event.preventDefault();
    const half = Number(cell.dataset.half);
    focus(half);
    if (event.shiftKey && anchor !== null) {
      before = new Set(free);
      adds = free.has(anchor);
      paint(anchor, half);
      end(half);
    } else begin(half);
  });
  table.addEventListener('pointerover', (event) => {
    const cell = event.target.closest('[data-half]');
    if (cell && before !== null && from !== null) paint(from, Number(cell.dataset.half));
  });
  document.addEventListener('pointerup', (event) => end(Number(event.target.closest?.('[data-half]')?.dataset.half ?? from)));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && before !== null) undo();
  });
  table.addEventListener('keydown', (event) => {
    const half = Number(event.target.dataset?.half);
    if (Number.isNaN(half)) return;
    if (event.key === ' ') {
      event.preventDefault();
      begin(half);
      end(half);
    } else if (event.key.startsWith('Arrow')) {
      event.preventDefault();
      const next = step(half, event.key);
      if (event.shiftKey && next !== half) {
        before = new Set(free);
        adds = free.has(half);
        paint(half, next);
        end(next);
      }
      focus(next);
    }
  });
  form.addEventListener('change', () => {
    free = readWeek() ?? free;
    show();
  });
  cells.get(18).tabIndex = 0;
  show();
}

if (place && matchMedia('(pointer: fine) and (min-width: 768px)').matches && readWeek() !== null) {
  place.hidden = false;
  start();
}
