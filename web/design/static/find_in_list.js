// A field that narrows a long list of boxes down. Without this module they are found by their groups.
const list = document.querySelector('[data-filter]');

// Without case and accents: “hawai” finds “Hawái”.
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

function narrowDown(typed) {
  const wanted = fold(typed.trim());
  for (const group of list.querySelectorAll('[data-group]')) {
    const choices = [...group.querySelectorAll('.choice')];
    for (const choice of choices) choice.hidden = !fold(choice.textContent).includes(wanted);
    group.hidden = choices.every((choice) => choice.hidden);
  }
}

if (list) {
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'search';
  input.autocomplete = 'off';
  // It belongs to no form: Enter sends nothing.
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  input.addEventListener('input', () => narrowDown(input.value));
  label.append(list.dataset.filter, input);
  label.className = 'filter';
  list.querySelector('[data-group]')?.before(label);
}
