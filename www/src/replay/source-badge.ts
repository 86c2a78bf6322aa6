import type { LoadReason, UnavailableReason } from "task-gif";
import type { MadeGif } from "../assembly/load-or-assemble.ts";
import { h } from "../ui/dom.ts";
import { type IconName, icon } from "../ui/icons.ts";

const reasons: Record<UnavailableReason, string> = {
  not_finished: "not finished",
  expired: "expired",
  not_found: "not found",
  too_few_screenshots: "fewer than two screenshots",
  timeout: "not ready yet",
};

/** Codes for an endpoint that has not answered. */
const UNREACHABLE = ["NETWORK", "SLOW"];

/** A badge with the origin of a GIF and its reason. */
export function sourceBadge(gif: MadeGif): HTMLElement {
  const { name, text, title } = wordsFor(gif);
  return h(
    "span",
    { class: "badge plain source-badge", title, "data-source": gif.source },
    icon(name),
    h("span", {}, text),
  );
}

function wordsFor({ source, why }: MadeGif): { name: IconName; text: string; title: string } {
  if (source === "server") {
    const title =
      why && why.code !== "READY" ? `It could not be assembled here: ${why.message}` : "Made by the task endpoint";
    return { name: "cloud", text: "From the server", title };
  }
  const title = "The screenshots were assembled by this browser";
  if (!why) return { name: "shield", text: "Assembled here", title };
  return { name: "shield", text: `Assembled here: ${localReason(why)}`, title: `${title}: ${why.message}` };
}

function localReason({ code, unavailable }: LoadReason): string {
  if (code === "PREFERRED") return "as you chose";
  if (unavailable) return `the server has no GIF (${reasons[unavailable]})`;
  if (code === "OFFLINE") return "you are offline";
  if (UNREACHABLE.includes(code)) return "the server does not answer";
  return `the server did not help (${code})`;
}
