// Say so when the device gives no passkey: else a press would seem to do nothing.
const failed = document.getElementById('passkey_failed');
document.addEventListener('allauth.error', () => { if (failed) failed.hidden = false; });
