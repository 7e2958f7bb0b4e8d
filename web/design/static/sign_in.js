// Carry the address that was typed for a code over to the form with a password, as long as that is empty.
const [typed, other] = ['id_code_login', 'id_login'].map((id) => document.getElementById(id));
document.querySelector('main details').addEventListener('toggle', () => { if (!other.value) other.value = typed.value; });
