import { TaskClient } from "task-gif";

/** The task endpoint. */
export type Endpoint = {
  client: TaskClient;
  /** Fetches a path below the base, such as `tasks?page=1`: every call that `client` has no method for. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Whether it has answered any request since a time by `performance.now()`. */
  heardSince(moment: number): boolean;
};

/**
 * Returns the endpoint in the page's meta tag `task-endpoint`. Without one, the page assembles every GIF itself. Media
 * come from the endpoint's own host, or from the hosts in the meta tag `task-media-hosts`.
 */
export function taskEndpoint(): Endpoint | undefined {
  const address = meta("task-endpoint");
  if (!address) return undefined;
  const base = new URL(address, document.baseURI);
  const hosts = meta("task-media-hosts").split(/\s+/).filter(Boolean);
  let heard = Number.NEGATIVE_INFINITY;
  const noted: typeof fetch = async (url, init) => {
    const response = await fetch(url, init);
    heard = performance.now();
    return response;
  };
  return {
    client: new TaskClient({
      baseUrl: base,
      ...(hosts.length > 0 && { allowedMediaHosts: hosts }),
      fetch: noted,
    }),
    ask: (path, init) => noted(`${base.href.replace(/\/$/, "")}/${path}`, init),
    heardSince: (moment) => heard >= moment,
  };
}

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content.trim() ?? "";
