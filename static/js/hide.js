/* The quick way out: a tap on Hide, or Shift three times. The page goes blank before anything else happens. */
const COVER = "/cover/";
const WITHIN_MS = 1500;
const TIMES = 3;

const link = () => document.querySelector("[data-hide]");

function leave() {
  const away = link();
  document.documentElement.classList.add("is-covered");
  document.title = "\u200b";
  // The session is covered on the server too, so that Back and other tabs show the cover and nothing of anybody's.
  navigator.sendBeacon(away?.getAttribute("href") || COVER);
  // This entry of the history is replaced; the older ones answer with the cover.
  location.replace(away?.dataset.hide || document.body.dataset.away || "about:blank");
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-hide]")) return;
  event.preventDefault();
  leave();
});

let presses = [];
document.addEventListener("keydown", (event) => {
  if (event.repeat) return;
  if (event.key !== "Shift") {
    // Shift belongs to typing, too: any other key between starts the count again.
    presses = [];
    return;
  }
  presses = [...presses.filter((moment) => event.timeStamp - moment < WITHIN_MS), event.timeStamp];
  if (presses.length >= TIMES) leave();
});

// A page that the browser kept whole must ask again whether it is covered.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.documentElement.classList.add("is-covered");
  location.reload();
});
