// Everything is made anew at every rendering, as one writes it first.
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

function App({ addresses }) {
  const [shown, setShown] = useState("none");
  const [changes, setChanges] = useState(0);
  const [ratio, setRatio] = useState(0);
  const [delay, setDelay] = useState(60);
  return (
    <section>
      <output>{shown}</output>
      <output>{`${changes} changes, ${Math.floor(ratio * 100)} %`}</output>
      <button type="button" onClick={() => setDelay(70)}>
        Slower
      </button>
      <task-gif
        autoplay
        screenshots={addresses.map((address, i) => ({
          image: new URL(address, location.href),
          caption: `Goal ${i + 1}`,
        }))}
        options={{ captions: { position: "below" }, delay, onProgress: (progress) => setRatio(progress.ratio) }}
        labels={{ play: "Abspielen", step: (number, of) => `Schritt ${number} von ${of}` }}
        onstatechange={(event) => {
          globalThis.states.push(event.detail.state);
          setChanges((count) => count + 1);
        }}
        onstepchange={(event) => setShown(`${event.detail.index + 1} of ${event.detail.count}`)}
      />
    </section>
  );
}

globalThis.mount = (place, addresses) => {
  const root = createRoot(place);
  root.render(
    <StrictMode>
      <App addresses={addresses} />
    </StrictMode>,
  );
  return () => root.unmount();
};
