// A personal link has been opened: what stands behind the # goes out of the address and the history, where the next one at this
// browser would find it, and to the site in the body of a form. The answer only asks, and changes nothing.
const MARK = '#key=';

function come() {
  if (!location.hash.startsWith(MARK)) return;
  const form = document.createElement('form');
  form.method = 'post';
  form.action = location.pathname;
  for (const [name, value] of [['wish', 'look'], ['key', location.hash.slice(MARK.length)]]) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  history.replaceState(null, '', location.pathname);
  document.body.append(form);
  form.submit();
}

addEventListener('hashchange', come);
come();
