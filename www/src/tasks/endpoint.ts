import { TaskClient } from "task-gif";

/** The task endpoint: its address before `/task`, and the client that asks it. */
export type Endpoint = { base: URL; client: TaskClient };

/**
 * The endpoint that the page names in its head. A page that names none assembles every GIF itself. Media come from the
 * endpoint's own domain, or from the hosts that `task-media-hosts` lists.
 */
export function taskEndpoint(): Endpoint | undefined {
  const address = meta("task-endpoint");
  if (!address) return undefined;
  const base = new URL(address, document.baseURI);
  const hosts = meta("task-media-hosts").split(/\s+/).filter(Boolean);
  return { base, client: new TaskClient({ baseUrl: base, ...(hosts.length > 0 && { allowedMediaHosts: hosts }) }) };
}

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content.trim() ?? "";
