// Photos on their way: two at a time, each with its own words. A photo's identity is its content, so sending it again is
// always safe; whatever is chosen is kept in the stash until a site has it, or will never have it.
const {search} = new URL(import.meta.url);
const [{say, codeOf}, {isHeic, jpegOf}, {focusKeeper}] =
  await Promise.all(['words', 'heic', 'focus'].map(noun => import(`./${noun}.js${search}`)));

const AT_ONCE = 2;
const LONGEST_PAUSE_SECONDS = 30;
/** After so long without a byte going out a connection is given up, in milliseconds. */
const STALLED = 45_000;
const ANSWER_MOST = 300_000;
/** What another try with the same file cannot change. */
const LASTING =
  ['unsupported-type', 'unreadable-image', 'too-large', 'validation', 'published', 'not-found', 'cancelled', 'heic', 'erased'];

export function uploadsTo(api, page, stash) {
  const uploads = {onStatus, sendDelayedNow, onAnswer() {}};
  const rows = [];
  const nameField = document.getElementById('name');
  const sendAll = document.getElementById('send-all');
  const library = document.getElementById('files');

  // Who sends them

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
  nameField.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    library.focus();
  });

  // Ways in: the library, the camera, drag and drop, paste

  for (const input of [library, document.getElementById('camera')]) {
    input.addEventListener('change', event => {
      add([...event.target.files]);
      event.target.value = '';
    });
  }

  const drop = document.querySelector('.drop');
  const hasFiles = transfer => [...(transfer?.types ?? [])].includes('Files');
  addEventListener('dragover', event => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    drop.classList.add('over');
  });
  addEventListener('dragleave', event => { if (!event.relatedTarget) drop.classList.remove('over'); });
  addEventListener('drop', event => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    drop.classList.remove('over');
    add([...event.dataTransfer.files]);
  });
  addEventListener('paste', event => {
    if (!hasFiles(event.clipboardData)) return;
    event.preventDefault();
    add([...event.clipboardData.files]);
  });

  async function add(files) {
    const added = files.map(file => rowOf(file));
    for (const row of added) {
      await convert(row);
      if (row.state === 'preparing') {
        row.key = await stash.keep(row.file);
        if (row.state === 'gone') await forget(row);
        else set(row, 'queued', say('queued'));
        work();
      }
    }
  }

  /** What a phone has not converted itself is looked for by content, since names say anything. */
  async function convert(row) {
    try {
      if (!await isHeic(row.file)) return;
      row.file = await jpegOf(row.file);
      preview(row);
    } catch {
      if (row.state !== 'gone') set(row, 'refused', say('heic'), false);
    }
  }

  /** What an earlier page has left goes on; one page at a time, so that two of them do not send the same. */
  async function resume() {
    for (const kept of await stash.all()) {
      if (rows.some(row => row.key === kept.key)) continue;
      const row = rowOf(kept.file);
      row.key = kept.key;
      if (kept.held) set(row, 'held', say('held'));
      else set(row, 'queued', say('queued'));
    }
    onStatus(page.dataset.status);
    work();
  }

  if (navigator.locks) {
    navigator.locks.request('tutti ' + api, async () => {
      await resume();
      await new Promise(() => {}); // until this page is gone
    });
  } else {
    resume();
  }

  addEventListener('beforeunload', event => {
    if (rows.some(row => !row.key && !['in', 'waiting', 'refused'].includes(row.state))) event.preventDefault();
  });

  // Rows

  function rowOf(file) {
    const element = document.getElementById('upload-row').content.firstElementChild.cloneNode(true);
    const row = {file, element, tries: 0};
    element.querySelector('.file').textContent = file.name;
    element.querySelector('progress').setAttribute('aria-label', file.name);
    preview(row);
    element.querySelector('.retry').addEventListener('click', () => again(row));
    element.querySelector('.cancel').addEventListener('click', () => remove(row));
    rows.push(row);
    document.getElementById('uploads').append(element);
    set(row, 'preparing', say('queued'));
    return row;
  }

  function preview(row) {
    const image = row.element.querySelector('img');
    if (row.url) URL.revokeObjectURL(row.url);
    row.url = URL.createObjectURL(row.file);
    image.onload = () => { image.hidden = false; row.element.querySelector('.thumb .icon')?.remove(); };
    image.src = row.url;
  }

  function again(row) {
    row.tries = 0;
    if (row.key) stash.hold(row.key, false);
    set(row, 'queued', say('queued'));
    work();
  }

  sendAll.addEventListener('click', () => rows.filter(row => row.state === 'again').forEach(again));

  async function forget(row) {
    const {key} = row;
    row.key = undefined;
    if (key) await stash.drop(key);
  }

  function remove(row) {
    row.state = 'gone';
    row.request?.abort();
    clearTimeout(row.timer);
    URL.revokeObjectURL(row.url);
    rows.splice(rows.indexOf(row), 1);
    const keepFocus = focusKeeper();
    const beside = row.element.nextElementSibling ?? row.element.previousElementSibling;
    row.element.remove();
    keepFocus(beside?.querySelector('.cancel'), library);
    forget(row);
    work();
  }

  function set(row, state, sentence, mayRetry = true) {
    row.state = state;
    row.element.className = 'upload-row ' + state;
    row.element.querySelector('.state').textContent = sentence;
    const keepFocus = focusKeeper();
    const retry = row.element.querySelector('.retry');
    retry.hidden = !mayRetry || !['refused', 'again'].includes(state);
    retry.textContent = say(state === 'again' ? 'send-now' : 'retry');
    sendAll.hidden = rows.filter(one => one.state === 'again').length < 2;
    keepFocus(row.element.querySelector('.cancel'));
  }

  function work() {
    const next = rows.filter(row => row.state === 'queued');
    if (page.dataset.status === 'voting') {
      next.forEach(hold);
      return;
    }
    const nameless = !nameField.value.trim();
    document.getElementById('name-wrong').hidden = !(nameless && next.length);
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
    const watch = () => {
      clearTimeout(row.timer);
      row.timer = setTimeout(() => request.abort(), STALLED);
    };
    watch();
    request.upload.onprogress = event => {
      watch();
      const percent = Math.floor(100 * event.loaded / event.total);
      row.element.querySelector('progress').value = percent;
      row.element.querySelector('.state').textContent = percent < 100 ? say('sending', percent) : say('checking');
    };
    request.upload.onload = () => {
      clearTimeout(row.timer);
      row.element.querySelector('.state').textContent = say('checking');
    };
    request.onload = () => answered(row, request);
    request.onerror = request.ontimeout = request.onabort = () => tryAgain(row, 'network');
    request.timeout = ANSWER_MOST;
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
    const {status} = request;
    const code = codeOf(body);
    if (status === 201 || (status === 200 && body.status === 'committed')) {
      taken(row, 'in', say(status === 201 ? 'in' : 'already'), 4000);
    } else if (status === 202 || status === 200) {
      taken(row, 'waiting', say('waiting', (body.waitingFor || []).join(', ')), 12000);
    } else if (status === 503 || status === 429 || (status === 404 && !code)) {
      tryAgain(row, code, Number(request.getResponseHeader('Retry-After')));
      return;
    } else if (code === 'voting-in-progress') {
      hold(row);
      uploads.onAnswer();
    } else {
      refused(row, code || {413: 'too-large', 415: 'unsupported-type', 507: 'no-space'}[status] || 'unknown');
    }
    work();
  }

  /** The site has it for good. */
  function taken(row, state, sentence, shown) {
    clearTimeout(row.timer);
    set(row, state, sentence);
    forget(row);
    setTimeout(() => { if (row.state === state) remove(row); }, shown);
    uploads.onAnswer();
  }

  function refused(row, code) {
    const lasting = LASTING.includes(code);
    if (lasting) forget(row);
    set(row, 'refused', say(code), !lasting);
  }

  function hold(row) {
    set(row, 'held', say('held'));
    if (row.key) stash.hold(row.key, true);
  }

  function tryAgain(row, code, seconds) {
    clearTimeout(row.timer);
    if (row.state === 'gone') return;
    set(row, 'later', say(code || 'network'));
    const pause = Math.max(seconds || 0, Math.min(2 ** row.tries, LONGEST_PAUSE_SECONDS));
    row.timer = setTimeout(() => { set(row, 'queued', say('queued')); work(); }, pause * 1000);
    work();
  }

  /** The site answers again, or the phone is awake again: what waits for its next try need not. */
  function sendDelayedNow() {
    rows.filter(row => row.state === 'later').forEach(row => {
      clearTimeout(row.timer);
      again(row);
    });
  }

  document.addEventListener('visibilitychange', () => { if (!document.hidden) sendDelayedNow(); });
  addEventListener('online', sendDelayedNow);

  /** The event is in this status now: what a vote has held back is offered again after it. */
  function onStatus(status) {
    rows.filter(row => ['held', 'again'].includes(row.state)).forEach(row => {
      if (status === 'open') set(row, 'again', say('again'));
      else if (status === 'voting') hold(row);
      else refused(row, status);
    });
  }

  return uploads;
}
