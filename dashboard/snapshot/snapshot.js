// The chart on screen as a picture with words around it. Words come from data and only ever become text.
const EDGE = 28; // pixels around everything
const SVG = "http://www.w3.org/2000/svg";
const LOOKS = {
  kicker: { size: 16, weight: 400, fill: "#5A6B77" },
  headline: { size: 24, weight: 700, fill: "#16242E" },
  mark: { size: 18, weight: 700, fill: "#B8500F" },
  foot: { size: 13, weight: 400, fill: "#5A6B77" },
};

export default function (component) {
  const { data, parentElement } = component;
  const told = parentElement.querySelector(".told");
  const make = async (kind, button) => {
    const chart = chartOf(data.alt, parentElement);
    if (!chart || !window.Plotly) {
      told.textContent = data.words.gone;
      return;
    }
    told.textContent = "";
    button.disabled = true;
    try {
      const picture = await drawn(chart, data);
      save(kind === "svg" ? svgFile(picture) : await pngFile(picture), `${data.name}.${kind}`);
    } catch (problem) {
      console.error(problem);
      told.textContent = data.words.failed;
    } finally {
      button.disabled = false;
    }
  };
  parentElement.querySelector(".kinds").replaceChildren(...data.kinds.map((kind) => {
    const button = document.createElement("button");
    button.type = "button";
    const icon = document.createElement("span");
    icon.className = "icon";
    icon.textContent = "download";
    icon.setAttribute("aria-hidden", "true");
    button.append(icon, kind.toUpperCase());
    button.onclick = () => make(kind, button);
    return button;
  }));
}

// The last chart before the buttons that has this alternative text.
function chartOf(alt, here) {
  const place = here.getRootNode().host ?? here;
  return [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
    .filter((one) => one.getAttribute("aria-label") === alt.trim())
    .filter((one) => one.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)
    .map((one) => one.querySelector(".js-plotly-plot"))
    .filter(Boolean)
    .pop();
}

async function drawn(chart, data) {
  const inner = data.width - 2 * EDGE;
  const height = chart.layout.height ?? chart.clientHeight;
  const layout = { ...chart.layout, width: inner, height, autosize: false };
  const source = await window.Plotly.toImage(
    { data: chart.data, layout },
    { format: "svg", width: inner, height, imageDataOnly: true },
  );
  const picture = document.createElementNS(SVG, "svg");
  let y = EDGE;
  const write = (words, look) => {
    const { size, weight, fill } = LOOKS[look];
    for (const line of wrapped(words, inner, `${weight} ${size}px ${data.font}`)) {
      const text = document.createElementNS(SVG, "text");
      Object.entries({ x: EDGE, y: y + size, "font-size": size, "font-weight": weight, fill, "font-family": data.font })
        .forEach(([name, value]) => text.setAttribute(name, value));
      text.textContent = line;
      picture.append(text);
      y += Math.round(size * 1.5);
    }
  };
  if (data.mark) write(data.mark, "mark");
  write(data.title, "kicker");
  write(data.alt, "headline");
  const shown = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
  Object.entries({ x: EDGE, y, width: inner, height }).forEach(([name, value]) => shown.setAttribute(name, value));
  picture.append(document.importNode(shown, true));
  y += height + 12;
  data.lines.forEach((line) => write(line, "foot"));
  const tall = y + EDGE - 8;
  Object.entries({ width: data.width, height: tall, viewBox: `0 0 ${data.width} ${tall}` })
    .forEach(([name, value]) => picture.setAttribute(name, value));
  const paper = document.createElementNS(SVG, "rect");
  Object.entries({ width: data.width, height: tall, fill: "#FFFFFF" })
    .forEach(([name, value]) => paper.setAttribute(name, value));
  picture.prepend(paper);
  return picture;
}

// Lines that break between words; Thai has no spaces there, which the browser knows.
function wrapped(words, room, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [""];
  for (const { segment } of new Intl.Segmenter("th", { granularity: "word" }).segment(words)) {
    const line = lines[lines.length - 1] + segment;
    if (pen.measureText(line).width <= room || !lines[lines.length - 1]) lines[lines.length - 1] = line;
    else lines.push(segment.trimStart());
  }
  return lines;
}

function svgFile(picture) {
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
}

async function pngFile(picture) {
  const [width, height] = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const source = new XMLSerializer().serializeToString(picture);
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width, 2 * height];
  const pen = canvas.getContext("2d");
  pen.scale(2, 2);
  pen.drawImage(image, 0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
