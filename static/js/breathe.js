/* Breathing words, in step with the light that CSS moves. The words come from the page: "Breathe in|Hold|…". */
const place = document.querySelector("[data-breath]");

if (place) {
  const words = place.dataset.breath.split("|");
  const SECONDS_A_SIDE = 4;
  let side = 0;
  place.textContent = words[0];
  setInterval(() => {
    side += 1;
    place.textContent = words[side % words.length];
  }, SECONDS_A_SIDE * 1000);
}
