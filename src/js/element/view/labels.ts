import { FAILURE_TEXTS, type FailureKind, type FailureText } from "../../failures/failure-texts.ts";

/** All texts of the element; `labels` replaces them, for example in another language. */
export const LABELS = {
  play: "Play",
  pause: "Pause",
  previous: "Previous step",
  next: "Next step",
  track: "Step",
  speed: "Speed",
  fullscreen: "Full screen",
  transcript: "Transcript",
  download: "Download the GIF",
  copy: "Copy this picture",
  copied: "Copied",
  notCopied: "The browser does not let it be copied",
  share: "Share",
  stays: (seconds: string, why: string) => `Stays ${seconds} s${why && `: ${why}`}`,
  delayParts: {
    base: "base",
    change: "change",
    caption: "caption",
    held: "same again",
    tempo: "pace of the task",
    ends: "first or last",
    clamp: "limit",
    camera: "whole page",
    length: "length",
    explicit: "as it was set",
  },
  controls: "Replay",
  alt: "Replay of a task",
  step: (number: number, of: number, caption: string) => `Step ${number} of ${of}${caption && `: ${caption}`}`,
  loading: "Loading the replay",
  downloading: (percent: number) => `Downloading the GIF: ${percent} %`,
  waiting: (status: string) => `Waiting for the GIF${status && `: the task is ${status}`}`,
  nextCheck: (seconds: number) => `Next check in ${seconds} s`,
  firstScreenshot: "Waiting for the first screenshot",
  assembling: (percent: number) => `Making the GIF: ${percent} %`,
  newest: "Live",
  goToNewest: "Go to the newest step",
  live: (steps: number) => `${steps} ${steps === 1 ? "step" : "steps"} so far`,
  finishing: "Making the GIF",
  missing: (steps: number) =>
    steps === 1
      ? "One step is missing: its screenshot could not be read."
      : `${steps} steps are missing: their screenshots could not be read.`,
  retry: "Try again",
  skip: "Go on without it",
  replay: "The replay",
  recording: "The recording",
  screenshot: (number: number) => `Step ${number}`,
  /** Texts by kind of failure; `{subject}` and `{address}` are placeholders. */
  failures: FAILURE_TEXTS as Readonly<Record<FailureKind, FailureText>>,
};

/** The texts of the element. */
export type Labels = typeof LABELS;
