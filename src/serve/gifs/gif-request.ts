import { sha256 } from "hono/utils/crypto";
import { OPTION_GUIDE, SERVER_OPTIONS } from "../../js/options/option-guide.ts";
import type { OptionName } from "../../js/options/option-table.ts";
import { resolveOptions } from "../../js/options/resolve-options.ts";
import type { Options } from "../../js/public-types.ts";
import { invalid, refusal } from "../http/refusal.ts";
import { type Store, writeJson } from "../stores/store.ts";
import { isOver, type Task } from "../task.ts";
import { type GifRequest, homeFiles, readGifFacts } from "./gif-state.ts";

/** Stores a request to make the GIF of a task again with other options. */
export async function requestGif(store: Store, task: Task, options: Record<string, unknown>): Promise<void> {
  if (!isOver(task.record)) throw refusal(409, "The task has not ended");
  for (const [name, value] of Object.entries(options)) {
    const guide = SERVER_OPTIONS.includes(name as OptionName) ? OPTION_GUIDE[name as OptionName].server : false;
    if (!guide) throw invalid(["body", name], `Expected one of ${SERVER_OPTIONS.join(", ")}`);
    if (typeof guide === "object" && typeof value === "number" && value > guide.most) {
      throw invalid(["body", name], `At most ${guide.most} here`);
    }
  }
  try {
    resolveOptions(options as Options);
  } catch (error) {
    const [, path = "", message = ""] = /^options\.?([^:]*): (.*)$/s.exec((error as Error).message) ?? [];
    throw invalid(["body", ...path.split(".")], message);
  }
  // A repeated request with the same options changes nothing, unless the GIF has failed: then it is tried again.
  const id = ((await sha256(JSON.stringify(Object.entries(options).sort()))) ?? "").slice(0, 32);
  const { state } = await readGifFacts(store, task);
  if (state?.request === id && state.state === "failed") await store.write(homeFiles.state(task), null);
  await writeJson(store, homeFiles.request(task), { id, options } satisfies GifRequest);
}
