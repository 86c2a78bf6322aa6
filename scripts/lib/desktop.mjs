// Opens an address in the user's browser, where there is a desktop to open it on.
import { spawn } from "node:child_process";
import { which } from "./process.mjs";

/** Opens `url`; resolves to whether it was tried. Silent where there is no desktop. */
export function openInBrowser(url) {
  const command = opener();
  if (!command) return false;
  const child = spawn(command[0], [...command.slice(1), url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
  return true;
}

function opener() {
  if (process.env.CI) return undefined;
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["cmd", "/c", "start", ""];
  const hasDesktop = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const program = which("xdg-open");
  return hasDesktop && program ? [program] : undefined;
}
