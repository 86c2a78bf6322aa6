// The types of <task-gif>: in the DOM, in its events, in JSX. Only compiled.
import type { TaskGif } from "task-gif";
import type { TaskGifIntrinsicElements } from "task-gif/define";
import { GifPlayer, type GifWarning, inspectGif } from "task-gif/inspect";
import { reportHtml, reportMarkdown } from "task-gif/report";

declare global {
  namespace JSX {
    interface IntrinsicElements extends TaskGifIntrinsicElements {}
  }
}

export async function use(gif: TaskGif, parent: ParentNode): Promise<string> {
  const element = document.createElement("task-gif");
  element.gif = gif;
  element.steps = [{ number: 1, caption: "Open", frame: 0 }];
  element.addEventListener("stepchange", ({ detail }) => console.log(detail.index + detail.count, detail.caption));
  element.addEventListener("statechange", ({ detail }) => console.log(detail.state === "ready", detail.code));
  element.addEventListener("click", ({ clientX }) => console.log(clientX));
  const found = parent.querySelector("task-gif");
  await found?.snapshot();
  const warnings: GifWarning[] = (await inspectGif(gif)).warnings;
  const player = await GifPlayer.open(gif);
  const { data, width, height } = await player.frame(0);
  console.log(new ImageData(data, width, height), warnings.length);
  // @ts-expect-error No such property.
  element.sauce = gif;
  return reportHtml({ steps: [{ caption: "Open" }], gif: data }) + reportMarkdown({ gif: "replay.gif" });
}

export const view = (gif: TaskGif) => (
  <task-gif task-id="7" endpoint="/api/v1" gif={gif} loop onstatechange={({ detail }) => console.log(detail.state)} />
);
export const short = <task-gif max-duration="20s" speed={1.5} camera="follow" controlslist="notranscript" />;
// @ts-expect-error No such camera.
export const blind = <task-gif camera="blind" />;
// @ts-expect-error No such attribute.
export const wrong = <task-gif sauce="replay.gif" />;
