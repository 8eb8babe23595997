// A box that finds bodies while one types: the server answers what was typed with the first matches.
// Names come from files, so they only ever become text, never markup.
const WAIT = 180; // milliseconds without a key before the server is asked

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  const find = (selector) => parentElement.querySelector(selector);
  const [input, list, told, chosen] = ["input", ".matches", ".told", ".chosen"].map(find);
  const own = (parentElement.picker ??= { active: -1, open: false, timer: 0, asked: "" });
  const full = data.chosen.length >= data.most && data.most > 1;

  find(".label").textContent = data.label;
  input.placeholder = full ? data.words.full : data.placeholder;
  input.disabled = full;
  if (own.taken) { // what was picked has arrived
    own.taken = false;
    input.value = "";
    own.asked = "";
  }

  chosen.replaceChildren(...data.chosen.map(({ id, label }) => {
    const row = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = label;
    const off = document.createElement("button");
    off.type = "button";
    off.textContent = "×";
    off.setAttribute("aria-label", `${data.words.remove} ${label}`);
    off.onclick = () => setTriggerValue("picked", { remove: id });
    row.append(name, off);
    return row;
  }));

  const asking = () => input.value.trim();
  const answered = () => data.search === asking();
  if (answered()) own.active = Math.min(own.active, data.matches.length - 1);

  const show = () => {
    const open = own.open && asking() !== "" && answered() && data.matches.length > 0;
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    list.replaceChildren(...(open ? data.matches : []).map(({ id, label }, at) => {
      const row = document.createElement("li");
      row.id = `match-${at}`;
      row.role = "option";
      row.textContent = label;
      row.setAttribute("aria-selected", String(at === own.active));
      row.onmousedown = (event) => { event.preventDefault(); take(id); };
      return row;
    }));
    if (open && own.active >= 0) input.setAttribute("aria-activedescendant", `match-${own.active}`);
    else input.removeAttribute("aria-activedescendant");
    if (open && !own.shown) find(".picker").scrollIntoView({ block: "nearest" });
    own.shown = open;
    list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    told.textContent = !own.open || asking() === "" ? "" : answered() ? data.told : data.words.searching;
  };

  const take = (id) => {
    own.open = false;
    own.taken = true;
    own.active = -1;
    setTriggerValue("picked", { add: id }); // alone: a second message would overtake the page it leads to
  };

  const ask = () => {
    if (answered()) show(); // asked before, and what is the same is not sent again
    else if (asking() !== own.asked) setStateValue("search", (own.asked = asking()));
  };

  input.oninput = () => {
    own.open = true;
    own.active = -1;
    clearTimeout(own.timer);
    own.timer = setTimeout(ask, WAIT);
    list.hidden = true;
    told.textContent = asking() === "" ? "" : data.words.searching;
  };
  input.onfocus = () => { own.open = true; show(); };
  input.onblur = () => { own.open = false; show(); };
  input.onkeydown = (event) => {
    const last = data.matches.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      own.open = true;
      own.active = event.key === "ArrowDown" ? Math.min(own.active + 1, last) : Math.max(own.active - 1, 0);
      show();
    } else if (event.key === "Enter" && answered() && !list.hidden && last >= 0) {
      event.preventDefault();
      take(data.matches[Math.max(own.active, 0)].id);
    } else if (event.key === "Escape") {
      own.open = false;
      show();
    } else if (event.key === "Backspace" && input.value === "" && data.chosen.length) {
      setTriggerValue("picked", { remove: data.chosen.at(-1).id });
    }
  };
  show();
}
