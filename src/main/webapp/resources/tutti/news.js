// Looking whether something has changed: when the site gives a hint, and now and then anyway. A hint says nothing but "look
// again", so one that is lost costs time only. A site that is just starting says 404 to everything, but not in our words:
// leaving the page for that would strand it on whatever the server puts there.
const {say, problem} = await import('./words.js' + new URL(import.meta.url).search);

/** How often a page looks that gets hints, in milliseconds. */
const WITH_HINTS = 20_000;
/** How often it looks that gets none. */
const WITHOUT = {voting: 1000, creating: 2000, open: 3000};
const WITHOUT_OTHERWISE = 15_000;
/** The site takes a page for gone after a minute without a word. */
const WORD_EVERY = 25_000;
const LONGEST_PAUSE = 60_000;
/** A connection that has lasted so long was not refused. */
const LASTING = 10_000;

export function newsOf(api, page, parts) {
  const news = {look, onSecondsLeft() {}, onBack() {}};
  let seen = '';
  let failures = 0;
  let timer = 0;
  let looking = false;
  let again = false;
  let hinted = false;

  /** What the page shows of an event; the seconds are left to the clock. */
  function essence(event) {
    const {ballot, ...rest} = event;
    return JSON.stringify([rest, ballot && {...ballot, secondsLeft: 0}]);
  }

  /** Looks now; a wish to look while it does is fulfilled after it. */
  async function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    again = true;
    if (looking) return;
    looking = true;
    while (again) {
      again = false;
      await lookOnce();
    }
    looking = false;
    clearTimeout(timer);
    timer = setTimeout(look, pause());
  }

  async function lookOnce() {
    try {
      await (hinted ? showAtOnce() : showIfNew());
      if (failures) news.onBack();
      failures = 0;
      parts.offline('');
      if (!socket) listen();
    } catch {
      if (++failures > 1) parts.offline(say('offline'));
    }
  }

  /** A hint says that there is something new: the page need not ask first. What it then showed it does not know. */
  async function showAtOnce() {
    hinted = false;
    seen = '';
    await parts.refresh();
  }

  async function showIfNew() {
    const answer = await fetch(api, {headers: {Accept: 'application/json'}, cache: 'no-store'});
    if (answer.status === 404 && await problem(answer)) return location.reload();
    if (!answer.ok) throw new Error(answer.statusText);
    const event = await answer.json();
    if (event.ballot && event.ballot.state === 'open') news.onSecondsLeft(event.ballot.secondsLeft);
    const now = essence(event);
    if (now !== seen) {
      await parts.refresh();
      seen = now;
    }
  }

  function pause() {
    if (failures) return Math.min(1000 * 2 ** failures, 15_000);
    return socket?.readyState === WebSocket.OPEN ? WITH_HINTS : WITHOUT[page.dataset.status] || WITHOUT_OTHERWISE;
  }

  // Hints

  let socket;
  let refused = 0;

  function listen() {
    socket = new WebSocket(location.origin.replace('http', 'ws') + location.pathname + '/news');
    const word = setInterval(() => { if (socket?.readyState === WebSocket.OPEN) socket.send('here'); }, WORD_EVERY);
    const since = performance.now();
    // What changed while nobody listened is looked for.
    socket.onopen = look;
    socket.onmessage = () => {
      hinted = true;
      look();
    };
    socket.onclose = () => {
      clearInterval(word);
      refused = performance.now() - since > LASTING ? 0 : refused + 1;
      setTimeout(() => { socket = undefined; }, Math.min(1000 * 2 ** refused, LONGEST_PAUSE));
      look();
    };
  }

  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', event => { if (event.persisted) look(); });
  addEventListener('online', look);
  timer = setTimeout(look, 800);
  return news;
}
