// A field that narrows the states down. Without this module they are found by their regions.
const states = document.querySelector('[data-filter]');

function narrowDown(typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  for (const group of states.querySelectorAll('[data-group]')) {
    const choices = [...group.querySelectorAll('.choice')];
    for (const choice of choices) choice.hidden = !choice.textContent.toLocaleLowerCase().includes(wanted);
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
