/* The urge wave: moves the light along the curve that the server drew, and counts down. */
const wave = document.querySelector("[data-wave]");
const find = (selector) => document.querySelector(selector);

if (wave) {
  const total = Number(wave.dataset.total);
  const points = wave.dataset.pts.split(" ").map((pair) => pair.split(",").map(Number));
  const clock = find("[data-clock]");
  const button = find("[data-pause]");
  const said = find("[data-say]");
  const lights = wave.querySelectorAll("[data-light]");
  let gone = Number(wave.dataset.start);
  // data-wait: it starts by a tap, or for whoever stays that many seconds.
  let waiting = Number(wave.dataset.wait || 0);
  let running = !wave.hasAttribute("data-still") && !waiting;
  // Seconds are taken from the clock on the wall: a phone that slept must not come back with the wrong time.
  const clockNow = () => Date.now() / 1000;
  let since = clockNow() - gone;

  const paint = () => {
    const along = Math.min(gone / total, 1) * (points.length - 1);
    const index = Math.floor(along);
    const [from, to] = [points[index], points[Math.min(index + 1, points.length - 1)]];
    const x = from[0] + (to[0] - from[0]) * (along - index);
    const y = from[1] + (to[1] - from[1]) * (along - index);
    const ridden = points.slice(0, index + 1).map((point) => point.join(" ")).join("L");
    wave.querySelector(".wv-done").setAttribute("d", `M${ridden}L${x} ${y}`);
    lights.forEach((light) => {
      light.setAttribute("cx", x);
      light.setAttribute("cy", y);
    });
    const left = Math.max(0, Math.ceil(total - gone));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  };

  const tick = () => {
    const before = Math.floor(gone / 300);
    if (running) gone = Math.max(0, Math.min(total, clockNow() - since));
    // While it is paused its start moves along, so that what was ridden stays what it is.
    else since = clockNow() - gone;
    if (!waiting) write();
    paint();
    // Spoken every five minutes only: a timer that talks each second helps nobody.
    if (said && Math.floor(gone / 300) > before) {
      const minutes = Math.round((total - gone) / 60);
      said.textContent = minutes ? said.dataset.left.replace("{minutes}", minutes) : said.dataset.over;
    }
  };

  const write = () => document.querySelectorAll("[data-since]").forEach((field) => (field.value = String(Math.round(since))));

  // Where it stands goes into the address and the form, so that loading the page again loses nothing.
  const remember = () => {
    const address = new URLSearchParams(location.search);
    address.delete(running ? "gone" : "since");
    address.set(running ? "since" : "gone", running ? Math.round(since) : Math.max(1, Math.round(gone)));
    history.replaceState(null, "", `?${address}`);
    write();
  };

  paint();
  setInterval(tick, 1000);
  if (waiting) setTimeout(() => waiting && button?.click(), waiting * 1000);
  button?.addEventListener("click", () => {
    tick();
    waiting = 0;
    running = !running;
    since = clockNow() - gone;
    remember();
    button.setAttribute("aria-pressed", String(!running));
    if (button.dataset.carryOn) {
      button.lastChild.textContent = running ? button.dataset.pauseWord : button.dataset.carryOn;
    }
  });
}

// Meetings come once the page stands. By hand and not by htmx: without a network this is no error to speak of.
const onNow = document.querySelector("[data-on-now]");
if (onNow) {
  const answer = await fetch(onNow.dataset.onNow, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.status === 200) {
    onNow.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.children);
  }
}
