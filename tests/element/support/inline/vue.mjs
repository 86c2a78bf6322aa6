// The same in Vue.
import { createApp, h, ref } from "vue";

globalThis.mount = (place, addresses) => {
  const app = createApp({
    setup() {
      const shown = ref("none");
      const changes = ref(0);
      const ratio = ref(0);
      const delay = ref(60);
      return () =>
        h("section", [
          h("output", shown.value),
          h("output", `${changes.value} changes, ${Math.floor(ratio.value * 100)} %`),
          h("button", { onClick: () => (delay.value = 70) }, "Slower"),
          h("task-gif", {
            autoplay: "",
            screenshots: addresses.map((address, i) => ({
              image: new URL(address, location.href),
              caption: `Goal ${i + 1}`,
            })),
            options: {
              captions: { position: "below" },
              delay: delay.value,
              onProgress: (progress) => {
                ratio.value = progress.ratio;
              },
            },
            labels: { play: "Abspielen", step: (number, of) => `Schritt ${number} von ${of}` },
            onStatechange: ({ detail }) => {
              globalThis.states.push(detail.state);
              changes.value++;
            },
            onStepchange: ({ detail }) => {
              shown.value = `${detail.index + 1} of ${detail.count}`;
            },
          }),
        ]);
    },
  });
  app.mount(place);
  return () => app.unmount();
};
