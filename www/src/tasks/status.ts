import { h } from "../ui/dom.ts";

/** Display of a status: its tone decides the color, its group the filter. */
type Look = { label: string; tone: "good" | "bad" | "warn" | "accent" | "plain"; group: StatusGroup };

/** Choices of the filter. */
export type StatusGroup = "finished" | "failed" | "stopped" | "running";

const looks: Record<string, Look> = {
  finished: { label: "Finished", tone: "good", group: "finished" },
  failed: { label: "Failed", tone: "bad", group: "failed" },
  stopped: { label: "Stopped", tone: "warn", group: "stopped" },
  paused: { label: "Paused", tone: "warn", group: "running" },
  running: { label: "Running", tone: "accent", group: "running" },
  created: { label: "Waiting", tone: "plain", group: "running" },
};

/** Returns the group of a status. Unknown statuses, which endpoints may add, count as running. */
export function groupOf(status: string): StatusGroup {
  return looks[status]?.group ?? "running";
}

/** Returns a badge with a colored dot and the name of a status. */
export function statusBadge(status: string): HTMLElement {
  const { label, tone } = looks[status] ?? { label: status, tone: "plain" };
  return h("span", { class: `badge ${tone} ${status === "running" ? "running" : ""}`.trim() }, label);
}
