// What the tests do inside the page.
import "/dist/element/define.js";

/** Adds an element, with attributes and properties; remembers it and what it tells. */
globalThis.place = (attributes, properties = {}, content = "") => {
  document.querySelector("task-gif")?.remove();
  const element = document.createElement("task-gif");
  globalThis.told = [];
  for (const type of ["statechange", "stepchange", "play", "pause", "ended"]) {
    element.addEventListener(type, ({ detail }) => globalThis.told.push({ type, ...detail }));
  }
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  Object.assign(element, properties);
  if (content) {
    const child = document.createElement("p");
    child.slot = content;
    child.textContent = `Own content for ${content}`;
    element.append(child);
  }
  document.querySelector("main").append(element);
  globalThis.element = element;
  globalThis.part = (name) => element.shadowRoot.querySelector(`[part~="${name}"]`);
  return element;
};

/** A file as a blob. */
globalThis.blobOf = async (path) => (await fetch(path)).blob();

/** Recorded screenshots with what their steps are about. */
globalThis.shots = (files) =>
  Promise.all(
    files.map(async (file, i) => ({
      image: await globalThis.blobOf(`/screens/shop/${file}`),
      number: i + 1,
      caption: `Goal ${i + 1}`,
      url: `https://shop.example/page/${i + 1}`,
      timestampMs: Date.UTC(2026, 4, 15, 14, 40, i),
    })),
  );

/** A recorder of the package. */
globalThis.record = async () => {
  const { GifRecorder } = await import("/dist/index.js");
  globalThis.recorder = new GifRecorder({ delay: 200 });
  return globalThis.recorder;
};

/** The color of one pixel of the canvas. */
globalThis.pixel = (x, y) => [...globalThis.part("screen").getContext("2d").getImageData(x, y, 1, 1).data];

/** Checks the page with axe; resolves to the rules that found something. */
globalThis.findings = async () => {
  if (!globalThis.axe)
    await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "/axe/axe.min.js";
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
};

globalThis.isLoaded = true;
