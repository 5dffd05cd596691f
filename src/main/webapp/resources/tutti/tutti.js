// What every page does beyond links and forms. The event's page does more: see event.js. Modules are loaded under the version
// that this one has, so that all of them are of one release however long a browser keeps them.
const {search} = new URL(import.meta.url);
const [{say, tell}, {localise}] = await Promise.all(['words', 'times'].map(noun => import(`./${noun}.js${search}`)));

localise(document);

// A picture may be painted a moment after the page has heard of it.
function loadAgain(image) {
  const tries = Number(image.dataset.again);
  if (tries >= 6) return;
  image.dataset.again = tries + 1;
  const url = new URL(image.src);
  url.searchParams.set('try', tries + 1);
  setTimeout(() => { image.src = url; }, 500 * 2 ** tries);
}

document.addEventListener('error', event => {
  if (event.target instanceof HTMLImageElement && event.target.dataset.again !== undefined) loadAgain(event.target);
}, true);
// This script comes late: some may have failed before it could listen.
document.querySelectorAll('img[data-again]').forEach(image => {
  if (image.complete && image.naturalWidth === 0 && image.currentSrc) loadAgain(image);
});

// A second tap on a slow line must not create a second event.
document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.classList.contains('once')) return;
  if (form.classList.contains('busy')) event.preventDefault();
  form.classList.add('busy');
});
addEventListener('pageshow', () => document.querySelectorAll('form.busy').forEach(form => form.classList.remove('busy')));

document.documentElement.classList.toggle('can-share', Boolean(navigator.share));
document.addEventListener('click', event => {
  const button = event.target.closest('[data-copy], [data-share], [data-print]');
  if (button?.dataset.copy) copy(button);
  if (button?.dataset.print !== undefined) print();
  if (button?.dataset.share) navigator.share({title: document.title, url: button.dataset.share}).catch(() => {});
});

async function copy(button) {
  const link = document.getElementById(button.dataset.copy);
  link.select();
  let copied = false;
  try {
    await navigator.clipboard.writeText(link.value);
    copied = true;
  } catch {
    copied = document.execCommand('copy');
  }
  const sentence = say(copied ? 'copied' : 'copy-failed');
  button.querySelector('span').textContent = sentence;
  tell(sentence);
}
