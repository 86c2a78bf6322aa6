import { loadTaskGif } from "../../js/api/load-task-gif.ts";
import { TaskClient } from "../../js/client/client.ts";
import { resolveOptions } from "../../js/options/resolve-options.ts";
import { checkCanvas } from "../check-canvas.ts";
import { usageError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { inFlags, optionsFrom } from "../option-flags.ts";
import { type OwnFlag, parseCommandLine, wholeNumber } from "../parse-args.ts";
import { printResult } from "../print-result.ts";
import { ProgressDisplay } from "../progress-display.ts";
import { checkGifOutput } from "../write-output.ts";

const HOSTED = "https://api.browser-use.com/api/v1";

const OWN = {
  output: { short: "o", value: "FILE", help: "where the GIF goes; default TASK_ID.gif, - is standard output" },
  "base-url": { value: "URL", help: `address before /task; default: TASK_GIF_API, else ${HOSTED}` },
  timeout: { value: "SECONDS", help: "how long to wait for a GIF that is still being made; default 0" },
  prefer: { value: "WHERE", help: "server (the default) or local: made here from the screenshots" },
  "media-host": { value: "HOST", multiple: true, help: "another host that the GIF may come from; may be repeated" },
  json: { help: "tell programs what came from where, on standard output" },
  quiet: { short: "q", help: "no progress, only warnings" },
} satisfies Record<string, OwnFlag>;

/** `task-gif fetch`: the server's GIF of a task, or one made here of the task's screenshots. */
export const fetchCommand: Command = {
  summary: "get the GIF of a task from its endpoint, or make it here when the endpoint has none",
  synopsis: "fetch TASK_ID [-o replay.gif] [options]",
  flags: OWN,
  withOptions: true,
  examples: [
    ["task-gif fetch 7f0c1f5e-3c0b-4c83 -o replay.gif", "with the key from the variable BROWSER_USE_API_KEY"],
    ["task-gif fetch TASK_ID --timeout 300", "the task has just ended: wait for its GIF"],
    ["task-gif fetch TASK_ID --prefer local --effort smallest", "make it here, whatever the server has"],
    ["task-gif fetch TASK_ID --base-url http://localhost:4173/api/v1", "from a server of your own"],
  ],
  notes: "The key is read from BROWSER_USE_API_KEY and goes to the endpoint only. It is no flag: others can see those.",
  async run(args) {
    const { positionals, values } = parseCommandLine(args, OWN, true);
    const [taskId] = positionals;
    if (taskId === undefined || positionals.length > 1)
      throw usageError("expected one task id", "as in: task-gif fetch TASK_ID");
    const text = (name: keyof typeof OWN) => values[name] as string | undefined;
    const options = optionsFrom(values);
    resolveOptions(options);
    const prefer = text("prefer") ?? "server";
    if (prefer !== "server" && prefer !== "local")
      throw usageError(`--prefer: expected server or local, found ${prefer}`);
    const timeout = wholeNumber(text("timeout") ?? "0", "--timeout", 0, 86_400) * 1000;
    const output = text("output") ?? `${taskId.replace(/[^A-Za-z0-9_-]/g, "_")}.gif`;
    const json = values.json === true;
    if (json && output === "-") throw usageError("--json and -o - both want standard output", "name a file with -o");
    await checkGifOutput(output);
    if (prefer === "local") await checkCanvas(options, values);
    const client = clientFor(text("base-url"), values["media-host"] as string[] | undefined);
    const display = new ProgressDisplay(values.quiet ? undefined : process.stderr);
    try {
      const gif = await loadTaskGif(taskId, { ...options, client, prefer, timeout, onProgress: display.show });
      if (gif.source === "local" && prefer === "server") display.line(`made here: ${inFlags(gif.why.message)}`);
      await printResult(gif, { output, json, display, facts: { why: gif.why } });
    } finally {
      display.clear();
    }
  },
};

function clientFor(given: string | undefined, mediaHosts: string[] | undefined): TaskClient {
  const baseUrl = given ?? process.env.TASK_GIF_API ?? HOSTED;
  const apiKey = process.env.BROWSER_USE_API_KEY;
  const own = mediaHosts && URL.canParse(baseUrl) ? [new URL(baseUrl).host] : [];
  return new TaskClient({
    baseUrl,
    ...(apiKey && { apiKey }),
    ...(mediaHosts && { allowedMediaHosts: [...own, ...mediaHosts] }),
  });
}
