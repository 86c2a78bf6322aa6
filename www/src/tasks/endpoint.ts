import { TaskClient } from "task-gif";

/**
 * The client of the endpoint that the page names in its head. A page without a name has none and assembles every GIF
 * itself. Media come from the endpoint's own domain, or from the hosts that `task-media-hosts` lists.
 */
export function taskEndpoint(): TaskClient | undefined {
  const baseUrl = endpointUrl();
  if (!baseUrl) return undefined;
  const hosts = meta("task-media-hosts").split(/\s+/).filter(Boolean);
  return new TaskClient({
    baseUrl,
    ...(hosts.length > 0 && { allowedMediaHosts: hosts }),
  });
}

/** The address before `/task`, if the page names one. */
export function endpointUrl(): URL | undefined {
  const base = meta("task-endpoint");
  return base ? new URL(base, document.baseURI) : undefined;
}

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content.trim() ?? "";
