// Sends the form on by itself. Its button is for browsers that run no scripts, and for lines on which it gets lost; a second
// tap while the first is on its way would find the token used up.
const form = document.getElementById('onward');

if (form) {
  const button = form.querySelector('button');
  button.disabled = true;
  setTimeout(() => { button.disabled = false; }, 10_000);
  addEventListener('pageshow', event => { if (event.persisted) button.disabled = false; });
  form.submit();
}
