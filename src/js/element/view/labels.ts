import { FAILURE_TEXTS, type FailureKind, type FailureText } from "../../failures/failure-texts.ts";

/** Every text of the element, so that it can speak another language. */
export const LABELS = {
  play: "Play",
  pause: "Pause",
  previous: "Previous step",
  next: "Next step",
  track: "Step",
  speed: "Speed",
  fullscreen: "Full screen",
  transcript: "Transcript",
  controls: "Replay",
  alt: "Replay of a task",
  step: (number: number, of: number, caption: string) => `Step ${number} of ${of}${caption && `: ${caption}`}`,
  loading: "Loading the replay",
  downloading: (percent: number) => `Downloading the GIF: ${percent} %`,
  waiting: (status: string) => `Waiting for the GIF${status && `: the task is ${status}`}`,
  nextCheck: (seconds: number) => `Next check in ${seconds} s`,
  firstScreenshot: "Waiting for the first screenshot",
  assembling: (percent: number) => `Making the GIF: ${percent} %`,
  live: (steps: number) => `Recording: ${steps} so far`,
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
  /** By the kind of failure; `{subject}` and `{address}` are filled in. */
  failures: FAILURE_TEXTS as Readonly<Record<FailureKind, FailureText>>,
};

/** The texts of the element. */
export type Labels = typeof LABELS;
