/* A timed exercise. Its steps stand on the page as a list; here they are read from it, led through by the clock on the
   wall, so that a phone that slept comes back at the right place, and said at intervals that leave room to breathe. */
const root = document.querySelector("[data-tool]");
const find = (selector) => root.querySelector(selector);
const BIG = 1, SMALL = 0.42, NEARLY = 0.86;
const SCALE = { in: BIG, out: SMALL, top: BIG };
// Shorter than this, and a voice would talk all the time: such words are said in the first rounds only.
const SHORT_SECONDS = 8, SAID_ROUNDS = 2;

function read(way) {
  const items = [...way.querySelectorAll("[data-rounds]")];
  const phases = [];
  let at = 0;
  items.forEach((item, index) => {
    const rounds = Number(item.dataset.rounds);
    const parts = [...item.querySelectorAll("[data-seconds]")];
    for (let round = 1; round <= rounds; round += 1) {
      parts.forEach((part, place) => {
        const seconds = Number(part.dataset.seconds);
        const first = round === 1 && place === 0;
        phases.push({
          at, seconds, round, rounds, first, step: index + 1, steps: items.length,
          word: part.dataset.word, move: part.dataset.move, text: item.querySelector("[data-text]").textContent,
          then: parts[place + 1]?.dataset.move, asks: first && "asks" in item.dataset,
        });
        at += seconds;
      });
    }
  });
  return { phases, total: at, slug: way.dataset.way };
}

function exercise(way) {
  const { phases, total, slug } = read(way);
  const [player, light, say] = [find("[data-player]"), find("[data-light]"), find("[data-say]")];
  const words = player.dataset;
  const pause = find("[data-pause]");
  // What counts as done: the first stretch, where the exercise asks before it goes on.
  const goal = phases.find((phase) => phase.asks)?.at ?? total;
  let began = Date.now(), stopped = 0, allowed = 0, shown = -1, minute = 0, asking = false;
  const until = (phase) => (goal < total ? phase.at + phase.seconds : total);
  const gone = () => ((stopped || Date.now()) - began) / 1000;
  const index = (seconds) => phases.findLastIndex((phase) => phase.at <= seconds);
  const speak = (text) => (say.textContent = text);
  const put = (name, text) => (player.querySelector(`[data-${name}]`).textContent = text);
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  const freeze = () => {
    light.style.transform = getComputedStyle(light).transform;
    light.style.transition = "none";
  };
  const move = (phase, left) => {
    const scale = phase.then === "top" ? NEARLY : SCALE[phase.move];
    if (!scale) return;
    light.style.transition = `transform ${left}s ease-in-out`;
    light.style.transform = `scale(${scale})`;
  };
  const enter = (phase, left) => {
    put("word", phase.word || phase.text);
    put("text", phase.word ? phase.text : "");
    const where = phase.steps > 1 ? [words.step, phase.step, phase.steps] : [words.round, phase.round, phase.rounds];
    put("where", where[2] > 1 ? where[0].replace("{n}", where[1]).replace("{all}", where[2]) : "");
    move(phase, left);
    if (phase.seconds >= SHORT_SECONDS || phase.round <= SAID_ROUNDS) {
      speak(phase.first && phase.word ? `${phase.text} ${phase.word}` : phase.word || phase.text);
    }
  };
  const rest = (seconds, asks) => {
    stopped = began + seconds * 1000;
    asking = asks;
    freeze();
    pause.textContent = asks ? words.again : words.carryOn;
  };
  const paint = () => {
    let seconds = Math.min(gone(), total);
    const ask = phases.find((phase) => phase.asks && phase.at > allowed && phase.at <= seconds);
    if (ask && !stopped) {
      seconds = ask.at;
      rest(seconds, true);
      put("word", ask.text);
      speak(ask.text);
    }
    if (!asking && seconds >= total) return end();
    const here = asking ? index(seconds - 1) : index(seconds);
    const phase = phases[here];
    const left = Math.max(0, phase.at + phase.seconds - seconds);
    if (here !== shown && !asking) {
      shown = here;
      enter(phase, left);
    }
    put("count", Math.ceil(left));
    put("left", words.leftWord.replace("{time}", clock(Math.ceil(until(phase) - seconds))));
    find("[data-done]").setAttribute("stroke-dashoffset", 100 - (100 * seconds) / total);
    const passed = Math.floor(seconds / 60);
    if (passed > minute && phase.seconds < SHORT_SECONDS) {
      const minutes = Math.round((total - seconds) / 60);
      if (minutes) speak((minutes === 1 ? words.minute : words.minutes).replace("{minutes}", minutes));
    }
    minute = passed;
  };
  const end = () => {
    clearInterval(ticking);
    const done = Math.min(gone(), total);
    root.querySelectorAll("[name=way]").forEach((field) => (field.value = slug));
    root.querySelectorAll("[name=finished]").forEach((field) => (field.value = done * 2 >= goal ? "1" : ""));
    player.hidden = true;
    find("h1").classList.remove("vh");
    find("[data-finish]").hidden = false;
    find("[data-back]").hidden = false;
    const heading = find("[data-ended]");
    heading.textContent = done * 2 >= goal ? heading.dataset.ended : heading.dataset.early;
    heading.focus();
  };
  const carryOn = () => {
    if (asking) allowed = gone();
    began += Date.now() - stopped;
    stopped = 0;
    asking = false;
    shown = -1;
    pause.textContent = words.pauseWord;
  };

  root.querySelectorAll("[data-rest]").forEach((part) => (part.hidden = true));
  find("[data-finish]").hidden = true;
  find("[data-next]").hidden = phases[0].steps === 1 || goal < total;
  player.hidden = false;
  light.style.transition = "none";
  light.style.transform = `scale(${SMALL})`;
  light.getBoundingClientRect(); // so that the first breath grows from there
  pause.textContent = words.pauseWord;
  pause.onclick = () => {
    if (stopped) carryOn();
    else {
      rest(gone(), false);
      speak(words.paused);
    }
    paint();
  };
  find("[data-next]").onclick = () => {
    if (stopped) carryOn();
    const here = phases[index(gone())];
    const next = phases.find((phase) => phase.step > here.step);
    began = Date.now() - (next?.at ?? total) * 1000;
    paint();
  };
  find("[data-stop]").onclick = end;
  const ticking = setInterval(() => stopped || paint(), 250);
  // Out of sight and not gone: a page has its heading, and a voice starts from it.
  find("h1").classList.add("vh");
  find("h1").focus();
  paint();
}

if (root) {
  root.querySelectorAll("[data-steps]").forEach((details) => (details.open = false));
  root.querySelectorAll("[data-start]").forEach((button) => {
    button.onclick = () => exercise(document.getElementById(button.dataset.start));
  });
  find("[data-back]").onclick = () => {
    find("[data-back]").hidden = true;
    root.querySelectorAll("[data-rest]").forEach((part) => (part.hidden = false));
    find("h1").focus();
  };
  // What was chosen to do meanwhile stays in sight.
  root.addEventListener("change", (event) => {
    if (event.target.name === "meanwhile") find("[data-meanwhile]").textContent = event.target.value;
  });
}
