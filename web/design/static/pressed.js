// Show at once that a pressed button works. A second press is no harm: each form is done once.
document.addEventListener('submit', ({ submitter }) => submitter?.setAttribute('aria-busy', 'true'));
// The page may come back as it was left.
addEventListener('pageshow', () => document.querySelectorAll('[aria-busy]').forEach((button) => button.removeAttribute('aria-busy')));
