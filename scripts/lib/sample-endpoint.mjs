// The documented v1 calls of the task endpoint, answered for the sample tasks of the dashboard.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./process.mjs";

/** Samples whose GIF the endpoint keeps; those of the others have expired by their dates, or never were. */
const HOSTED = ["freight-console", "bike-api"];
const CALL = /\/api\/v1\/task\/([A-Za-z0-9_-]{1,128})(?:\/(status|screenshots|gif|media))?$/;
const LIST = /\/api\/v1\/tasks$/;
const FILE = /\/media\/gifs\/([A-Za-z0-9_-]{1,128})\/execution\.gif$/;

/**
 * Answers `/api/v1/task/...` and the media below `/media/gifs/` for the tasks in `folder`: takes a request and a
 * response, and resolves to whether the request was one of these. `change` gets each task as the endpoint would tell it
 * (`{ id, task, status, finished_at, steps, hosted, ... }`) and may return another, or nothing for a task that the
 * endpoint does not know.
 */
export function sampleEndpoint(folder, { change = (task) => task } = {}) {
  const gifs = new Map();
  const taskOf = async (id) => {
    const { tasks } = JSON.parse(await readFile(join(folder, "index.json"), "utf8"));
    const entry = tasks.find((task) => task.id === id);
    if (!entry) return undefined;
    const task = JSON.parse(await readFile(join(folder, entry.folder, "task.json"), "utf8"));
    return change({ ...task, folder: entry.folder, hosted: HOSTED.includes(entry.folder) });
  };
  return async (request, response) => {
    const { origin, pathname } = new URL(request.url, `http://${request.headers.host}`);
    if (LIST.test(pathname)) {
      // The page has the samples already, with more than the API says of them.
      json(response, 200, { tasks: [], total_pages: 0, page: 1, limit: 100, total_count: 0 });
      return true;
    }
    const [, id, call] = CALL.exec(pathname) ?? FILE.exec(pathname) ?? [];
    if (id === undefined || request.method !== "GET") return false;
    const task = await taskOf(id);
    if (!task) {
      json(response, 404, { detail: "Task not found" });
    } else if (FILE.test(pathname)) {
      if (!gifs.has(id)) gifs.set(id, makeGif(folder, task));
      const gif = await gifs.get(id);
      response.writeHead(200, { "content-type": "image/gif", "content-length": gif.length }).end(gif);
    } else {
      json(response, 200, answers[call ?? "task"](task, origin));
    }
    return true;
  };
}

const answers = {
  task: ({ id, task, status, output = null, created_at, finished_at, steps }) => ({
    id,
    task,
    status,
    output,
    created_at,
    finished_at,
    steps: steps.map(({ number, evaluation_previous_goal, next_goal, url }) => ({
      id: `${id}-${number}`,
      step: number,
      evaluation_previous_goal,
      next_goal,
      url,
    })),
  }),
  status: ({ status }) => status,
  screenshots: ({ folder, steps }, origin) => ({
    screenshots: steps.map(({ screenshot }) => `${origin}/tasks/${folder}/${screenshot}`),
  }),
  gif: ({ id, hosted }, origin) => ({ gif: hosted ? `${origin}/media/gifs/${id}/execution.gif` : null }),
  media: () => ({ recordings: null }),
};

/** The GIF of a task, made by the package itself, as a server would. */
async function makeGif(folder, { folder: name, steps }) {
  const { assembleGif } = await import(pathToFileURL(join(ROOT, "dist/index.node.js")).href);
  const screenshots = steps.map(async ({ number, next_goal, url, screenshot }) => ({
    image: await readFile(join(folder, name, screenshot)),
    caption: next_goal,
    url,
    number,
  }));
  const gif = await assembleGif(screenshots);
  return Buffer.from(await gif.blob.arrayBuffer());
}

function json(response, status, body) {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}
