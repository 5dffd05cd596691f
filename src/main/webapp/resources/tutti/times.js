// Times, as they are written where the reader lives and as the reader's own clock shows them. A day without a time is the same
// day everywhere.
const language = document.documentElement.lang;
const locale = navigator.languages.find(one => one.split('-')[0] === language) || language;

function styleOf(time) {
  if (!time.dateTime.includes('T')) return {dateStyle: 'long', timeZone: 'UTC'};
  return time.closest('.cards') ? {dateStyle: 'long'} : {dateStyle: 'long', timeStyle: 'short'};
}

/** Writes all times in a document or a part of one; those that are written already stay as they are. */
export function localise(root) {
  root.querySelectorAll('time[datetime]').forEach(time => {
    const at = new Date(time.dateTime);
    if (!isNaN(at)) time.textContent = at.toLocaleString(locale, styleOf(time));
  });
}
