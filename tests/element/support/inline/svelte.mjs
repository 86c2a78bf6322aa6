import { mount, unmount } from "svelte";
import App from "./svelte.svelte";

globalThis.mount = (place, addresses) => {
  const app = mount(App, { target: place, props: { addresses } });
  return () => unmount(app);
};
