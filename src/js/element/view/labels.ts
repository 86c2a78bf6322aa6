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
  assembling: (percent: number) => `Making the GIF: ${percent} %`,
  live: (steps: number) => `Recording: ${steps} so far`,
  retry: "Try again",
  error: "The replay cannot be shown",
  unavailable: "There is no replay",
  reasons: {
    not_finished: "The task has not finished. Its GIF is made when it ends: come back then.",
    too_few_screenshots: "The task took fewer than two screenshots, which is too few for a GIF.",
    expired: "The GIF has expired: it is kept for 30 days. Run the task again to get a new one.",
    not_found: "The endpoint knows no such task. Check the task's ID and the endpoint.",
    timeout: "The GIF is not there yet. Making it takes some minutes: try again later.",
  } as Record<string, string>,
};

/** The texts of the element. */
export type Labels = typeof LABELS;
