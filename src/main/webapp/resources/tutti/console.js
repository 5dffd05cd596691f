// Keeps the page as fresh as it says: it is asked for again every few seconds, and tells how old it is meanwhile.
const EVERY_MILLIS = 1000 * document.getElementById('live').dataset.every;

let shownAt = performance.now();
let asking = false;

async function refresh() {
  if (asking || document.hidden) return;
  asking = true;
  try {
    const answer = await fetch(location.pathname + location.search, {cache: 'no-store', redirect: 'manual'});
    if (answer.type === 'opaqueredirect') {
      location.reload(); // the session is over
      return;
    }
    if (answer.ok) show(await answer.text());
  } catch {
    // The age says it.
  } finally {
    asking = false;
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, 'text/html').getElementById('live');
  if (!fresh) return;
  const live = document.getElementById('live');
  const scrolled = [...live.querySelectorAll('.wide-table')].map(table => [table.scrollLeft, table.scrollTop]);
  live.replaceChildren(...document.importNode(fresh, true).childNodes);
  live.querySelectorAll('.wide-table').forEach((table, i) => table.scrollTo(...(scrolled[i] ?? [0, 0])));
  shownAt = performance.now();
  tellAge();
}

function tellAge() {
  const seconds = Math.round((performance.now() - shownAt) / 1000);
  const at = document.getElementById('at');
  at.textContent = new Date(at.dateTime).toLocaleTimeString();
  document.getElementById('age').textContent = `, ${seconds} s ago`;
  document.getElementById('live').classList.toggle('stale', seconds * 1000 > 3 * EVERY_MILLIS);
}

tellAge();
setInterval(tellAge, 1000);
setInterval(refresh, EVERY_MILLIS);
document.addEventListener('visibilitychange', refresh);
