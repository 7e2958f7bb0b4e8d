// A field that narrows the states down. Without this module they are found by their regions.
const states = document.querySelector('[data-filter]');

// Without case and accents: “hawai” finds “Hawái”.
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

function narrowDown(typed) {
  const wanted = fold(typed.trim());
  for (const group of states.querySelectorAll('[data-group]')) {
    const choices = [...group.querySelectorAll('.choice')];
    for (const choice of choices) choice.hidden = !fold(choice.textContent).includes(wanted);
    group.hidden = choices.every((choice) => choice.hidden);
  }
}

if (states) {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'search';
  input.autocomplete = 'off';
  // It belongs to no form: Enter sends nothing.
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  input.addEventListener('input', () => narrowDown(input.value));
  label.append(states.dataset.filter, input);
  label.className = 'filter';
  states.querySelector('[data-group]')?.before(label);
}
