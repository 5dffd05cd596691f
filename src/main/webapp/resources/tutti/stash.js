// Photos that were chosen and are not in yet, kept by this browser so that a reload, a sleeping phone or a restart of the site
// loses none. One store for all events; bounded in number, bytes and age. Where a browser stores nothing (private windows of
// some, a full disk) photos live as long as their page, which then warns before it is left.

const PHOTOS_MAX = 100;
const BYTES_MAX = 1 << 30;
const DAYS_MAX = 7;

const done = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export function stashOf(event) {
  let opened;

  function database() {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open('tutti', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('photos', {keyPath: 'key', autoIncrement: true});
      request.onsuccess = () => resolve(request.result);
      request.onerror = request.onblocked = () => reject(request.error);
    });
    return opened;
  }

  const photos = async mode => (await database()).transaction('photos', mode).objectStore('photos');

  /** Keeps a photo; its key, or nothing where there is no room or no store. */
  async function keep(file) {
    try {
      const all = await done((await photos('readonly')).getAll());
      const bytes = all.reduce((sum, kept) => sum + kept.file.size, file.size);
      if (all.length >= PHOTOS_MAX || bytes > BYTES_MAX) return undefined;
      return await done((await photos('readwrite')).add({event, file, since: Date.now(), held: false}));
    } catch {
      return undefined;
    }
  }

  /** Notes that a photo waits for the end of a vote and for its owner's word. */
  async function hold(key, held) {
    try {
      const store = await photos('readwrite');
      const kept = await done(store.get(key));
      if (kept) await done(store.put({...kept, held}));
    } catch {
      // It is sent without being asked for then.
    }
  }

  async function drop(key) {
    try {
      await done((await photos('readwrite')).delete(key));
    } catch {
      // It is sent once more then, and found to be in.
    }
  }

  /** What is kept for this event, oldest first; what nobody came back for goes, whatever event it was for. */
  async function all() {
    try {
      const kept = await done((await photos('readonly')).getAll());
      const oldest = Date.now() - DAYS_MAX * 24 * 3600 * 1000;
      kept.filter(one => one.since < oldest).forEach(one => drop(one.key));
      return kept.filter(one => one.event === event && one.since >= oldest);
    } catch {
      return [];
    }
  }

  return {keep, hold, drop, all};
}
