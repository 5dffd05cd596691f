// Parts of the page, taken from a fresh one, and the forms and buttons in them that need no new page.
const {search} = new URL(import.meta.url);
const [{say, tell, problem}, {localise}, {focusKeeper}] =
  await Promise.all(['words', 'times', 'focus'].map(noun => import(`./${noun}.js${search}`)));

/** How long a new montage may take to be shown before the page goes on without it, in milliseconds. */
const PICTURE_MOST = 4000;
/** Where to go on when what had the focus is no more: the end of a vote, the vote itself, else the beginning. */
const LANDMARKS = ['part-news', 'part-vote', 'part-head'];

export function partsOf(page, api) {
  const parts = {show, refresh, offline, onShown() {}};
  const rendered = new Map();
  localise(document);
  document.querySelectorAll('[data-live]').forEach(part => rendered.set(part.id, part.outerHTML));

  document.addEventListener('submit', event => {
    if (!event.target.classList.contains('live')) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  document.addEventListener('click', event => {
    const button = event.target.closest('[data-withdraw]');
    if (button) withdraw(button);
  });

  function show(html) {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    const freshPage = fresh.getElementById('event');
    if (!freshPage) {
      location.reload();
      return;
    }
    document.title = fresh.title;
    localise(fresh);
    const before = page.dataset.status;
    page.dataset.status = freshPage.dataset.status;
    fresh.querySelectorAll('[data-live]').forEach(part => {
      if (rendered.get(part.id) !== part.outerHTML) {
        rendered.set(part.id, part.outerHTML);
        replace(part);
      }
    });
    parts.onShown();
    if (before !== page.dataset.status) tell(document.querySelector('#part-head .status').textContent);
  }

  /** What each part is to become, while its picture is still on the way: a later one overtakes an earlier one. */
  const coming = new Map();

  function replace(part) {
    const old = document.getElementById(part.id);
    const open = [...old.querySelectorAll('details[open]')].map(details => details.id);
    const node = document.importNode(part, true);
    open.forEach(id => node.querySelector('[id="' + id + '"]')?.setAttribute('open', ''));
    coming.set(part.id, node);
    const image = node.querySelector('.frame img');
    if (image && old.querySelector('.frame img')) {
      // The old montage stays until the new one can be shown: nothing flickers.
      const ready = new Image();
      ready.onload = ready.onerror = () => {
        swap(node);
        ready.onload = ready.onerror = null;
        letGo(ready);
      };
      setTimeout(() => swap(node), PICTURE_MOST);
      ready.sizes = image.sizes;
      ready.srcset = image.srcset;
      ready.src = image.src;
    } else {
      swap(node);
    }
  }

  /** Else a picture would be fetched in another size whenever the window changes, though nobody sees it any more. */
  function letGo(image) {
    image.removeAttribute('src');
    image.removeAttribute('srcset');
  }

  function swap(node) {
    if (coming.get(node.id) !== node) return; // there already, or overtaken
    coming.delete(node.id);
    const keepFocus = focusKeeper();
    const old = document.getElementById(node.id);
    old.replaceWith(node);
    old.querySelectorAll('img[srcset]').forEach(letGo);
    keepFocus(node, ...LANDMARKS.map(id => document.getElementById(id)));
  }

  let running;
  let again = false;

  /** Shows the page as it is now. @throws where it cannot be had */
  function refresh() {
    again = true;
    running ??= fetchPage().finally(() => { running = undefined; });
    return running;
  }

  async function fetchPage() {
    while (again) {
      again = false;
      const answer = await fetch(location.pathname, {headers: {Accept: 'text/html'}, cache: 'no-store'});
      if (!answer.ok) throw new Error(answer.statusText);
      show(await answer.text());
    }
  }

  async function send(form, button) {
    if (form.classList.contains('busy')) return;
    form.classList.add('busy');
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.append(button.name, button.value);
    try {
      const answer = await fetch(form.action, {method: 'POST', body, headers: {Accept: 'text/html'}});
      if ([404, 429].includes(answer.status) || answer.status >= 500) throw new Error(answer.statusText);
      show(await answer.text());
      document.getElementById('part-news').scrollIntoView({block: 'nearest', behavior: 'smooth'});
    } catch {
      tell(say('vote-unsent'));
      offline(say('vote-unsent'));
    } finally {
      form.classList.remove('busy');
    }
  }

  // What is in goes with a second tap: the first one only asks.
  async function withdraw(button) {
    if (button.hasAttribute('aria-disabled')) return;
    if (button.dataset.sure) {
      button.textContent = button.dataset.sure;
      delete button.dataset.sure;
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    try {
      const answer = await fetch(api + '/photos/' + button.dataset.withdraw, {method: 'DELETE'});
      if (!answer.ok && answer.status !== 404) tell(say((await problem(answer)) || 'withdraw-failed'));
      await refresh();
    } catch {
      offline(say('withdraw-failed'));
    } finally {
      button.removeAttribute('aria-disabled');
    }
  }

  /** Says what is wrong with the line; an empty sentence says that nothing is. */
  function offline(sentence) {
    const line = document.getElementById('offline');
    line.textContent = sentence;
    line.hidden = !sentence;
  }

  return parts;
}
