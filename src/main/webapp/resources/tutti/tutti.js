// What the pages do beyond links and forms. The server's page is the truth: this script notices that it has changed,
// fetches it and puts its parts in place. It keeps nothing that a reload would lose, except files on their way.
(() => {
  'use strict';

  const $ = (selector, where = document) => where.querySelector(selector);
  const page = $('#event');
  const texts = page ? JSON.parse($('#texts').textContent) : {};
  const say = (key, gap) => (texts[key] || texts.unknown || '').replace('{0}', gap);

  // Everywhere

  // The page's language, as it is written where the reader lives.
  const language = document.documentElement.lang;
  const locale = navigator.languages.find(one => one.split('-')[0] === language) || language;
  document.querySelectorAll('time[datetime]').forEach(time => {
    const at = new Date(time.dateTime);
    if (!isNaN(at)) {
      const hour = time.closest('.cards') ? {} : {timeStyle: 'short'};
      time.textContent = at.toLocaleString(locale, {dateStyle: 'long', ...hour});
    }
  });

  // A picture may be painted a moment after the page has heard of it.
  document.addEventListener('error', event => {
    const image = event.target;
    if (!(image instanceof HTMLImageElement) || image.dataset.again === undefined) return;
    const tries = Number(image.dataset.again);
    if (tries >= 6) return;
    image.dataset.again = tries + 1;
    const url = new URL(image.src);
    url.searchParams.set('try', tries + 1);
    setTimeout(() => { image.src = url; }, 500 * 2 ** tries);
  }, true);

  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.classList.contains('live') && page) {
      event.preventDefault();
      send(form, event.submitter);
    } else if (form.classList.contains('once')) {
      // A second tap on a slow line must not create a second event.
      if (form.classList.contains('busy')) event.preventDefault();
      form.classList.add('busy');
    }
  });
  addEventListener('pageshow', () => document.querySelectorAll('form.busy').forEach(form => form.classList.remove('busy')));

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-copy], [data-share], [data-withdraw]');
    if (!button) return;
    if (button.dataset.copy) copy(button);
    if (button.dataset.share) navigator.share({title: document.title, url: button.dataset.share}).catch(() => {});
    if (button.dataset.withdraw) withdraw(button);
  });

  function offerSharing() {
    if (navigator.share) {
      document.querySelectorAll('[data-share]').forEach(button => { button.hidden = false; });
    }
  }

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
    $('span', button).textContent = say(copied ? 'copied' : 'copy-failed');
    tell(say(copied ? 'copied' : 'copy-failed'));
  }

  offerSharing();
  if (!page) return;

  // Only the event's page from here on

  const api = page.dataset.api;

  function tell(sentence) {
    $('#said').textContent = sentence;
  }

  // Parts of the page, taken from a fresh one

  const rendered = new Map();
  document.querySelectorAll('[data-live]').forEach(part => rendered.set(part.id, part.outerHTML));

  function show(html) {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    const freshPage = $('#event', fresh);
    if (!freshPage) {
      location.reload();
      return;
    }
    document.title = fresh.title;
    const before = page.dataset.status;
    page.dataset.status = freshPage.dataset.status;
    fresh.querySelectorAll('[data-live]').forEach(part => {
      if (rendered.get(part.id) !== part.outerHTML) {
        rendered.set(part.id, part.outerHTML);
        replace(document.getElementById(part.id), part);
      }
    });
    offerSharing();
    takeClock();
    if (before === 'voting' && page.dataset.status === 'open') offerHeldAgain();
    if (before !== page.dataset.status) tell($('#part-head .status').textContent);
  }

  function replace(old, part) {
    const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
    const open = [...old.querySelectorAll('details[open]')].map(details => details.id);
    const node = document.importNode(part, true);
    open.forEach(id => node.querySelector('[id="' + id + '"]')?.setAttribute('open', ''));
    const image = $('.frame img', node);
    if (image && $('.frame img', old)) {
      // The old montage stays until the new one can be shown: nothing flickers.
      const ready = new Image();
      const swap = () => { old.replaceWith(node); };
      const late = setTimeout(swap, 4000);
      ready.onload = ready.onerror = () => { clearTimeout(late); if (old.isConnected) swap(); };
      ready.src = image.src;
      return;
    }
    old.replaceWith(node);
    if (focused) document.getElementById(focused)?.focus({preventScroll: true});
  }

  let refreshing = false;
  let again = false;

  async function refresh() {
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    try {
      do {
        again = false;
        const answer = await fetch(location.pathname, {headers: {Accept: 'text/html'}, cache: 'no-store'});
        if (!answer.ok) throw new Error(answer.statusText);
        show(await answer.text());
      } while (again);
    } catch {
      // The next look will try again.
      seen = '';
    } finally {
      refreshing = false;
    }
  }

  async function send(form, button) {
    if (form.classList.contains('busy')) return;
    form.classList.add('busy');
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.append(button.name, button.value);
    try {
      const answer = await fetch(form.action, {method: 'POST', body, headers: {Accept: 'text/html'}});
      if (answer.status === 404 || answer.status >= 500) throw new Error(answer.statusText);
      show(await answer.text());
      $('#part-news').scrollIntoView({block: 'nearest', behavior: 'smooth'});
    } catch {
      tell(say('vote-unsent'));
      offline(say('vote-unsent'));
    } finally {
      form.classList.remove('busy');
    }
  }

  // What is in goes with a second tap: the first one only asks.
  async function withdraw(button) {
    if (button.dataset.sure) {
      button.textContent = button.dataset.sure;
      delete button.dataset.sure;
      return;
    }
    button.disabled = true;
    try {
      const answer = await fetch(api + '/photos/' + button.dataset.withdraw, {method: 'DELETE'});
      if (!answer.ok && answer.status !== 404) tell(say((await problem(answer)) || 'withdraw-failed'));
      await refresh();
    } catch {
      offline(say('withdraw-failed'));
      button.disabled = false;
    }
  }

  // Looking whether something has changed. A site that is just starting says 404 to everything, but not in our words:
  // leaving the page for that would strand it on whatever the server puts there.

  let seen = '';
  let failures = 0;
  let timer = 0;

  function offline(sentence) {
    const line = $('#offline');
    line.textContent = sentence;
    line.hidden = !sentence;
  }

  /** What the page shows of an event; the seconds are left to the clock. */
  function essence(event) {
    const {ballot, ...rest} = event;
    return JSON.stringify([rest, ballot && {...ballot, secondsLeft: 0}]);
  }

  async function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    try {
      const answer = await fetch(api, {headers: {Accept: 'application/json'}, cache: 'no-store'});
      if (answer.status === 404 && await problem(answer)) return location.reload();
      if (!answer.ok) throw new Error(answer.statusText);
      const event = await answer.json();
      if (failures) sendDelayedNow();
      failures = 0;
      offline('');
      if (event.ballot && event.ballot.state === 'open') setClock(event.ballot.secondsLeft);
      const now = essence(event);
      if (now !== seen) {
        seen = now;
        await refresh();
      }
    } catch {
      if (++failures > 1) offline(say('offline'));
    }
    clearTimeout(timer);
    timer = setTimeout(look, pause());
  }

  function pause() {
    if (failures) return Math.min(1000 * 2 ** failures, 15000);
    return {voting: 1000, creating: 2000, open: 3000}[page.dataset.status] || 15000;
  }

  document.addEventListener('visibilitychange', look);
  addEventListener('pageshow', event => { if (event.persisted) look(); });
  addEventListener('online', look);
  timer = setTimeout(look, 800);

  // The countdown: the server says how long, this only counts between its words

  let deadline = 0;
  let told = Infinity;

  function setClock(secondsLeft) {
    const end = performance.now() + secondsLeft * 1000;
    // The server speaks in whole seconds: less than that apart is the same.
    if (Math.abs(end - deadline) > 1000) deadline = end;
  }

  function takeClock() {
    const clock = $('#clock');
    if (clock) setClock(Number(clock.dataset.seconds));
    else told = Infinity;
    tick();
  }

  function tick() {
    const clock = $('#clock');
    if (!clock) return;
    const left = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
    clock.textContent = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
    $('#clock-bar').value = left;
    $('#part-countdown').classList.toggle('short', left <= 10);
    for (const [at, key] of [[60, 'said.minute'], [30, 'said.half'], [10, 'said.ten']]) {
      if (left <= at && left > at - 5 && told > at) {
        told = at;
        tell(say(key));
      }
    }
  }

  setInterval(tick, 250);
  takeClock();

  // Photos on their way: two at a time, each with its own words

  const AT_ONCE = 2;
  const LONGEST_PAUSE = 30;
  /** What another try with the same file cannot change. */
  const LASTING = ['unsupported-type', 'unreadable-image', 'too-large', 'validation', 'published', 'not-found', 'cancelled'];
  const rows = [];
  const nameField = $('#name');

  try {
    if (!nameField.value) nameField.value = localStorage.getItem('tutti.name') || '';
  } catch {
    // Without storage the name is asked again.
  }

  nameField.addEventListener('change', () => {
    try {
      localStorage.setItem('tutti.name', nameField.value.trim());
    } catch {
      // As above.
    }
    work();
  });
  nameField.addEventListener('keydown', event => { if (event.key === 'Enter') nameField.blur(); });

  $('#files').addEventListener('change', event => {
    add([...event.target.files]);
    event.target.value = '';
  });

  const drop = $('.drop');
  addEventListener('dragover', event => {
    if (![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', event => { if (!event.relatedTarget) drop.classList.remove('over'); });
  addEventListener('drop', event => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    drop.classList.remove('over');
    add([...event.dataTransfer.files]);
  });

  addEventListener('beforeunload', event => {
    if (rows.some(row => ['queued', 'sending', 'later', 'held'].includes(row.state))) event.preventDefault();
  });

  function add(files) {
    files.forEach(file => {
      const element = $('#upload-row').content.firstElementChild.cloneNode(true);
      const row = {file, element, state: 'queued', tries: 0};
      $('.file', element).textContent = file.name;
      $('progress', element).setAttribute('aria-label', file.name);
      preview(row);
      $('.retry', element).addEventListener('click', () => { row.tries = 0; set(row, 'queued', say('queued')); work(); });
      $('.cancel', element).addEventListener('click', () => remove(row));
      rows.push(row);
      $('#uploads').append(element);
      set(row, 'queued', say('queued'));
    });
    work();
  }

  function preview(row) {
    const image = $('img', row.element);
    row.url = URL.createObjectURL(row.file);
    image.onload = () => { image.hidden = false; $('.thumb .icon', row.element).remove(); };
    image.src = row.url;
  }

  function remove(row) {
    row.state = 'gone';
    row.request?.abort();
    clearTimeout(row.timer);
    URL.revokeObjectURL(row.url);
    rows.splice(rows.indexOf(row), 1);
    row.element.remove();
    work();
  }

  function set(row, state, sentence, mayRetry = true) {
    row.state = state;
    row.element.className = 'upload-row ' + state;
    $('.state', row.element).textContent = sentence;
    $('.retry', row.element).hidden = !mayRetry || !['refused', 'again'].includes(state);
  }

  function work() {
    const nameless = !nameField.value.trim();
    const next = rows.filter(row => row.state === 'queued');
    $('#name-wrong').hidden = !(nameless && next.length);
    if (nameless && next.length) {
      next.forEach(row => set(row, 'queued', say('name')));
      nameField.focus();
      return;
    }
    next.forEach(row => set(row, 'queued', say('queued')));
    const free = AT_ONCE - rows.filter(row => row.state === 'sending').length;
    next.slice(0, Math.max(0, free)).forEach(transmit);
  }

  function transmit(row) {
    const form = new FormData();
    form.append('name', nameField.value.trim());
    form.append('photo', row.file, row.file.name);
    const request = new XMLHttpRequest();
    row.request = request;
    row.tries++;
    set(row, 'sending', say('sending', 0));
    request.upload.onprogress = event => {
      const percent = Math.floor(100 * event.loaded / event.total);
      $('progress', row.element).value = percent;
      $('.state', row.element).textContent = percent < 100 ? say('sending', percent) : say('checking');
    };
    request.upload.onload = () => { $('.state', row.element).textContent = say('checking'); };
    request.onload = () => answered(row, request);
    request.onerror = () => tryAgain(row, 'network');
    request.ontimeout = request.onerror;
    request.timeout = 300000;
    request.open('POST', api + '/photos');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.send(form);
  }

  function answered(row, request) {
    let body = {};
    try {
      body = JSON.parse(request.responseText);
    } catch {
      // Without a body the status says enough.
    }
    const status = request.status;
    if (status === 201 || (status === 200 && body.status === 'committed')) {
      set(row, 'in', say(status === 201 ? 'in' : 'already'));
      setTimeout(() => { if (row.state === 'in') remove(row); }, 4000);
      look();
    } else if (status === 202 || status === 200) {
      set(row, 'waiting', say('waiting', (body.waitingFor || []).join(', ')));
      setTimeout(() => { if (row.state === 'waiting') remove(row); }, 12000);
      look();
    } else if (status === 503 || status === 429 || (status === 404 && !codeOf(body))) {
      tryAgain(row, codeOf(body), Number(request.getResponseHeader('Retry-After')));
      return;
    } else if (codeOf(body) === 'voting-in-progress') {
      set(row, 'held', say('held'));
      look();
    } else {
      const code = codeOf(body) || {413: 'too-large', 415: 'unsupported-type', 507: 'no-space'}[status] || 'unknown';
      set(row, 'refused', say(code), !LASTING.includes(code));
    }
    work();
  }

  /** The photo's identity is its content, so that sending it again is always safe. */
  function tryAgain(row, code, seconds) {
    if (row.state === 'gone') return;
    set(row, 'later', say(code || 'network'));
    const pause = Math.max(seconds || 0, Math.min(2 ** row.tries, LONGEST_PAUSE));
    row.timer = setTimeout(() => { set(row, 'queued', say('queued')); work(); }, pause * 1000);
    work();
  }

  /** The site answers again, so what waits for its next try need not. */
  function sendDelayedNow() {
    rows.filter(row => row.state === 'later').forEach(row => {
      clearTimeout(row.timer);
      row.tries = 0;
      set(row, 'queued', say('queued'));
    });
    work();
  }

  function offerHeldAgain() {
    rows.filter(row => row.state === 'held').forEach(row => set(row, 'again', say('again')));
  }

  const codeOf = body => String(body.type || '').replace('urn:tutti:problem:', '');

  async function problem(answer) {
    try {
      return codeOf(await answer.json());
    } catch {
      return '';
    }
  }
})();
