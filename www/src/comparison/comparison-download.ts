import type { DescribedScreenshot } from "task-gif";
import { describeFailure } from "task-gif/failures";
import { announce } from "../ui/announcer.ts";
import { fill, h } from "../ui/dom.ts";
import { formatBytes } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { saveFile } from "../ui/save-file.ts";
import { toast } from "../ui/toast.ts";

/** The two runs and their pairs of steps. */
export type ComparisonDownload = {
  runs: readonly [DescribedScreenshot[], DescribedScreenshot[]];
  labels: readonly [string, string];
  fileName: string;
  signal: AbortSignal;
};

/** A button that assembles the GIF of both runs side by side and saves it. */
export function comparisonDownload({ runs, labels, fileName, signal }: ComparisonDownload): HTMLElement {
  const button = h("button", { class: "button primary", type: "button", "data-action": "download-comparison" });
  let isWorking = false;

  function tell(text: string): void {
    fill(button, icon("download"), text);
    button.ariaDisabled = isWorking ? "true" : null;
  }

  async function make(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    tell("Making the GIF …");
    try {
      const { assembleComparison } = await import("task-gif/compare");
      const { gif } = await assembleComparison(...runs, {
        labels,
        signal,
        onProgress: ({ ratio }) => tell(`Making the GIF, ${Math.floor(ratio * 100)} %`),
      });
      saveFile(gif.blob, fileName);
      announce(`The comparison was saved, ${formatBytes(gif.blob.size)}`);
    } catch (error) {
      if (signal.aborted) return;
      const failure = describeFailure(error, { subject: "The comparison" });
      console.error(`${failure.code}: ${failure.message}`);
      toast(`${failure.title} ${failure.advice}`);
    } finally {
      isWorking = false;
      tell("Download comparison GIF");
    }
  }

  tell("Download comparison GIF");
  button.addEventListener("click", () => void make());
  return button;
}
