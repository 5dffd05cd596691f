// Keeps the screen in the room right: looks at its own page again and again, and puts what is new in its place.
(() => {
  'use strict';

  const LOOK_MILLIS = 1500;
  const wall = document.getElementById('wall');
  if (!wall) return;

  const rendered = new Map();
  document.querySelectorAll('[data-live]').forEach(part => rendered.set(part.id, part.outerHTML));

  async function look() {
    let missed = false;
    try {
      const answer = await fetch(location.href, {headers: {Accept: 'text/html'}, cache: 'no-store'});
      if (!answer.ok) throw new Error(answer.statusText);
      await show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      missed = true;
    }
    document.getElementById('offline').hidden = !missed;
    setTimeout(look, LOOK_MILLIS);
  }

  async function show(fresh) {
    const freshWall = fresh.getElementById('wall');
    if (!freshWall) return;
    const changed = [...fresh.querySelectorAll('[data-live]')].filter(part => rendered.get(part.id) !== part.outerHTML);
    if (!changed.length && wall.className === freshWall.className) return;
    await painted(freshWall.querySelector('img'));
    document.title = fresh.title;
    wall.className = freshWall.className;
    wall.dataset.status = freshWall.dataset.status;
    changed.forEach(part => {
      rendered.set(part.id, part.outerHTML);
      document.getElementById(part.id).replaceWith(document.importNode(part, true));
    });
    takeClock();
  }

  /** The old picture stays until the new one is there, so that the wall never goes dark. */
  function painted(image) {
    if (!image) return Promise.resolve();
    const ready = new Image();
    ready.src = image.getAttribute('src');
    return ready.decode();
  }

  // Between two looks the seconds are counted here; how many there are is the server's word.

  let deadline = 0;

  function takeClock() {
    const clock = document.getElementById('clock');
    if (!clock) return;
    const end = performance.now() + Number(clock.dataset.seconds) * 1000;
    if (Math.abs(end - deadline) > 1000) deadline = end;
    tick();
  }

  function tick() {
    const clock = document.getElementById('clock');
    if (!clock) return;
    const left = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
    clock.textContent = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
    clock.classList.toggle('short', left <= 10);
  }

  // A screen that sleeps shows nothing.

  async function stayAwake() {
    try {
      if (!document.hidden) await navigator.wakeLock.request('screen');
    } catch {
      // Not every browser can, and on mains most screens stay on anyway.
    }
  }

  const whole = document.getElementById('whole');
  if (document.fullscreenEnabled) {
    whole.hidden = false;
    whole.addEventListener('click', () => document.documentElement.requestFullscreen());
  }

  document.addEventListener('visibilitychange', stayAwake);
  stayAwake();
  takeClock();
  setInterval(tick, 250);
  setTimeout(look, LOOK_MILLIS);
})();
