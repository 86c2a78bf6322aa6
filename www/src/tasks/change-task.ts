import type { Endpoint } from "./endpoint.ts";
import type { TaskChanges } from "./task.ts";

/** Changes of a task over the calls of `task-gif serve`. */
export function changesAt({ ask: askEndpoint }: Endpoint): TaskChanges {
  const ask = async (id: string, init: RequestInit) => {
    const response = await askEndpoint(`task/${id}`, init);
    if (response.ok) return;
    const { detail } = (await response.json().catch(() => ({}))) as { detail?: unknown };
    throw new Error(typeof detail === "string" ? detail : `The server answered ${response.status}`);
  };
  return {
    rename: (id, name) =>
      ask(id, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ task: name }),
      }),
    remove: (id) => ask(id, { method: "DELETE" }),
  };
}
