// A page in React that shows replays: attributes, properties, events, and what happens when they change.
import { createElement as h, StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

function App({ steps }) {
  const [step, setStep] = useState("none");
  const [state, setState] = useState("none");
  const [gif, setGif] = useState();
  return h(
    "section",
    null,
    h("output", null, `${state}, ${step}`),
    h("button", { type: "button", onClick: async () => setGif(await globalThis.blobOf("/other.gif")) }, "Other"),
    h("task-gif", {
      src: "/shop.gif",
      loop: true,
      gif,
      steps,
      onstatechange: ({ detail }) => setState(detail.state),
      onstepchange: ({ detail }) => setStep(`${detail.index + 1} of ${detail.count} ${detail.caption}`),
    }),
  );
}

globalThis.mount = (place, steps) => {
  const root = createRoot(place);
  root.render(h(StrictMode, null, h(App, { steps })));
  return () => root.unmount();
};
