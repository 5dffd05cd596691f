// The event's page. The server's page is the truth: these modules notice that it has changed, fetch it and put its parts in
// place. They keep nothing that a reload would lose, except photos on their way, which the browser stores.
const {search} = new URL(import.meta.url);
const [{partsOf}, {newsOf}, {clock}, {uploadsTo}, {stashOf}] =
  await Promise.all(['parts', 'news', 'clock', 'uploads', 'stash'].map(noun => import(`./${noun}.js${search}`)));

const page = document.getElementById('event');
// A page for the lost has none of it.
if (page) {
  const {api} = page.dataset;
  const countdown = clock();
  const parts = partsOf(page, api);
  const uploads = uploadsTo(api, page, stashOf(api));
  const news = newsOf(api, page, parts);

  parts.onShown = () => {
    countdown.take();
    uploads.onStatus(page.dataset.status);
  };
  news.onSecondsLeft = countdown.set;
  news.onBack = uploads.sendDelayedNow;
  uploads.onAnswer = news.look;
}
