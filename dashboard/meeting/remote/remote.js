// The remote control of the wall: keys, the timer of the rotation, and whether the server still answers.
// Words from data only ever become text.
const CANVAS = { width: 1920, height: 1080 };
const SILENCE = 8000; // milliseconds without a sign of life from the server
const BUSY = 600000; // the same while it works, perhaps on a dataset that has to be built first
const NOTE = 15000; // milliseconds a note stays
const TICK = 200;

const now = () => performance.now();
const app = () => document.querySelector('[data-testid="stApp"]');
const writing = (event) => event.composedPath()
  .some((one) => ["INPUT", "TEXTAREA", "SELECT"].includes(one.tagName) || one.isContentEditable);

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const find = (selector) => parentElement.querySelector(selector);
  const root = document.documentElement;
  const own = (parentElement.remote ??= { shown: "", wanted: null, turning: data.rotate, left: 0, noted: "", pulse: "", heard: now() });
  own.data = data;
  own.send = setTriggerValue;

  // A server that came back knows the queue from the address, and from here where the meeting was.
  const returned = own.session && own.session !== data.session ? own.wanted : null;
  own.session = data.session;

  const place = `${data.at}.${data.sheet}`;
  if (own.shown !== place) { // what was asked for is there
    own.shown = place;
    own.left = data.every * 1000;
  }
  own.wanted = [data.at, data.sheet];
  find(".remote").classList.toggle("dark", data.dark);

  const draw = () => {
    const { every, at, n, sheet, sheets, words } = own.data;
    find(".timer i").style.width = own.turning ? `${100 * (1 - own.left / (1000 * every))}%` : "0";
    const part = sheets > 1 ? ` (${words.sheet} ${sheet + 1}/${sheets})` : "";
    const clock = own.turning ? `▶ ${Math.max(Math.ceil(own.left / 1000), 0)} ${words.seconds}` : `❚❚ ${words.paused}`;
    const said = `${at + 1}/${n}${part} · ${clock}`;
    if (find(".counter").textContent !== said) find(".counter").textContent = said;
  };

  const fit = () => {
    const scale = Math.min(innerWidth / CANVAS.width, innerHeight / CANVAS.height);
    root.style.setProperty("--meeting-scale", scale);
    root.style.setProperty("--meeting-left", `${Math.max((innerWidth - CANVAS.width * scale) / 2, 0)}px`);
    root.style.setProperty("--meeting-top", `${Math.max((innerHeight - CANVAS.height * scale) / 2, 0)}px`);
  };

  // Places are absolute, so that keys pressed faster than the server answers do not get lost.
  const go = (at, sheet = 0) => {
    own.wanted = [(at + own.data.n) % own.data.n, sheet];
    own.left = own.data.every * 1000;
    own.send("go", { at: own.wanted[0], sheet: own.wanted[1] });
  };
  const sheets = () => (own.wanted[0] === own.data.at ? own.data.sheets : 1);
  const next = () => (own.wanted[1] + 1 < sheets() ? go(own.wanted[0], own.wanted[1] + 1) : go(own.wanted[0] + 1));
  const back = () => (own.wanted[1] > 0 ? go(own.wanted[0], own.wanted[1] - 1) : go(own.wanted[0] - 1));

  const spotlight = (open) => {
    root.classList.toggle("meeting-spotlit", open);
    const box = document.querySelector(".st-key-meeting_spotlight");
    if (!open || !box) return document.activeElement?.blur();
    const inner = [...box.querySelectorAll("*")].map((one) => one.shadowRoot).find(Boolean);
    setTimeout(() => (inner ?? box).querySelector("input")?.focus(), 50);
  };
  const help = (open) => { find(".help").hidden = !open; };

  const keys = {
    ArrowRight: next, PageDown: next, ArrowLeft: back, PageUp: back,
    Home: () => go(0), End: () => go(own.data.n - 1),
    " ": () => { own.turning = !own.turning; own.left = own.data.every * 1000; draw(); },
    f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    s: () => spotlight(!root.classList.contains("meeting-spotlit")),
    "?": () => help(find(".help").hidden),
  };
  // By the place of the key too: on a Thai layout the key F writes ด.
  const places = { KeyF: "f", KeyS: "s", Slash: "?" };

  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (!find(".help").hidden) help(false);
      else if (root.classList.contains("meeting-spotlit")) spotlight(false);
      else own.send("leave", true);
      return event.preventDefault();
    }
    if (writing(event)) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const act = digit ? () => Number(digit) <= own.data.n && go(Number(digit) - 1)
      : keys[event.key] ?? keys[places[event.code]];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  const beat = () => {
    const pulse = document.querySelector(".meeting-pulse")?.dataset.beat ?? "";
    if (pulse !== own.pulse) {
      own.pulse = pulse;
      own.heard = now();
    }
    const state = app()?.dataset ?? {};
    const connected = state.testConnectionState === "CONNECTED";
    const patience = state.testScriptState === "running" ? BUSY : SILENCE;
    const lost = !connected || now() - own.heard > patience;
    if (lost === find(".lost").hidden) find(".lost").hidden = !lost;
    return lost;
  };

  const tick = () => {
    const lost = beat();
    const looking = !find(".help").hidden || root.classList.contains("meeting-spotlit");
    if (own.turning && !lost && !looking && !document.hidden) {
      own.left -= now() - own.ticked;
      if (own.left <= 0) next();
    }
    own.ticked = now();
    if (own.until && now() > own.until) {
      own.until = 0;
      find(".note").hidden = true;
    }
    draw();
  };

  if (own.centred !== undefined && own.centred !== data.centred) spotlight(false); // somebody was chosen
  own.centred = data.centred;
  if (data.note && data.note !== own.noted) {
    own.noted = data.note;
    own.until = now() + NOTE;
    find(".note").textContent = data.note;
    find(".note").hidden = false;
  }
  find(".lost p").textContent = data.words.lost;
  find(".help h2").textContent = data.words.help;
  find(".help dl").replaceChildren(...data.keys.flatMap(([key, does]) => {
    const [term, meaning] = ["dt", "dd"].map((name) => document.createElement(name));
    term.textContent = key;
    meaning.textContent = does;
    return [term, meaning];
  }));

  own.stop?.(); // what listened for an earlier slide
  own.ticked = now();
  const clock = setInterval(tick, TICK);
  document.addEventListener("keydown", pressed, true);
  window.addEventListener("resize", fit);
  own.stop = () => {
    clearInterval(clock);
    document.removeEventListener("keydown", pressed, true);
    window.removeEventListener("resize", fit);
  };
  fit();
  draw();
  if (returned && returned[0] !== data.at) go(...returned);
  return () => {
    own.stop();
    root.classList.remove("meeting-spotlit");
  };
}
