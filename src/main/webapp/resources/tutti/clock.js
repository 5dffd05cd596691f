// The countdown: the server says how long, this only counts between its words.
const {say, tell} = await import('./words.js' + new URL(import.meta.url).search);

/** When the time left is said aloud, in seconds: seldom, since a screen reader has better things to say. */
const SAID = [[60, 'said.minute'], [30, 'said.half'], [10, 'said.ten']];

export function clock() {
  let deadline = 0;
  let told = Infinity;

  function set(secondsLeft) {
    const end = performance.now() + secondsLeft * 1000;
    // The server speaks in whole seconds: less than that apart is the same.
    if (Math.abs(end - deadline) > 1000) deadline = end;
  }

  /** Reads what the page has come with. */
  function take() {
    const shown = document.getElementById('clock');
    if (shown) set(Number(shown.dataset.seconds));
    else told = Infinity;
    tick();
  }

  function tick() {
    const shown = document.getElementById('clock');
    if (!shown) return;
    const left = Math.max(0, Math.ceil((deadline - performance.now()) / 1000));
    shown.textContent = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
    document.getElementById('clock-bar').value = left;
    document.getElementById('part-countdown').classList.toggle('short', left <= 10);
    for (const [at, key] of SAID) {
      if (left <= at && left > at - 5 && told > at) {
        told = at;
        tell(say(key));
      }
    }
  }

  setInterval(tick, 250);
  take();
  return {set, take};
}
