// The same page in Vue.
import { createApp, h, ref, shallowRef } from "vue";

globalThis.mount = (place, steps) => {
  const app = createApp({
    setup() {
      const step = ref("none");
      const state = ref("none");
      const gif = shallowRef();
      return () =>
        h("section", [
          h("output", `${state.value}, ${step.value}`),
          h(
            "button",
            {
              onClick: async () => {
                gif.value = await globalThis.blobOf("/other.gif");
              },
            },
            "Other",
          ),
          h("task-gif", {
            src: "/shop.gif",
            loop: "",
            gif: gif.value,
            steps,
            onStatechange: ({ detail }) => {
              state.value = detail.state;
            },
            onStepchange: ({ detail }) => {
              step.value = `${detail.index + 1} of ${detail.count} ${detail.caption}`;
            },
          }),
        ]);
    },
  });
  app.mount(place);
  return () => app.unmount();
};
