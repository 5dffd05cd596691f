// The event's page. The server's page is the truth: these modules notice that it has changed, fetch it and put its parts in
// place. They keep nothing that a reload would lose, except photos on their way, which the browser stores.
const {search} = new URL(import.meta.url);
const [{partsOf}, {newsOf}, {clock}, {uploadsTo}, {stashOf}] =
  await Promise.all(['parts', 'news', 'clock', 'uploads', 'stash'].map(noun => import(`./${noun}.js${search}`)));

const page = document.getElementById('event');

/** What nobody in the room should miss is felt, too, by those who have touched the page before. */
const FELT = {voting: [180, 90, 180], published: [70, 50, 70, 50, 260]};

function moment(status) {
  if (FELT[status] && navigator.userActivation?.hasBeenActive) navigator.vibrate?.(FELT[status]);
  if (status === 'published') document.getElementById('part-news').scrollIntoView({block: 'start', behavior: 'smooth'});
}

// A page for the lost has none of it.
if (page) {
  const {api} = page.dataset;
  const countdown = clock();
  const parts = partsOf(page, api);
  const uploads = uploadsTo(api, page, stashOf(api));
  const news = newsOf(api, page, parts);

  let status = page.dataset.status;
  parts.onShown = () => {
    countdown.take();
    uploads.onStatus(page.dataset.status);
    if (status !== page.dataset.status) moment(status = page.dataset.status);
  };
  news.onSecondsLeft = countdown.set;
  news.onBack = uploads.sendDelayedNow;
  uploads.onAnswer = news.look;
}
