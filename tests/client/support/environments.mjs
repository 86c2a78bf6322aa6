// The places where the client runs in tests, all behind one function: run a scenario, get its record.
import { launchChromium, launchFirefox } from "../../browser/support/browsers.mjs";
import { describe, runScenario } from "./scenario.mjs";

/** Node itself. */
export async function inNode(server) {
  const library = await import("../../../dist/index.node.js");
  const link = {
    subscribe(listener) {
      server.events.on("event", listener);
      return () => server.events.off("event", listener);
    },
    release: (number) => server.release(number),
  };
  server.script({ status: [{ do: "json", body: '"finished"' }] });
  await new library.TaskClient({ baseUrl: `${server.origins.api}/api/v1` }).getStatus("warm_up");
  return {
    name: "Node",
    run: (spec) => runScenario(library, server.origins, link, spec),
    state: () => describe(),
    close: () => {},
  };
}

/** A page in Chromium. */
export function inChromium(server) {
  return inPage("Chromium", server, launchChromium);
}

/** A page in Firefox. */
export function inFirefox(server) {
  return inPage("Firefox", server, launchFirefox);
}

async function inPage(name, server, launch) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`${server.origins.home}/`);
  const call = async ([name, args]) => (await import("/tests/client/support/in-page.mjs"))[name](...args);
  const inside = (name, ...args) => page.evaluate(call, [name, args]);
  server.script({ status: [{ do: "json", body: '"finished"' }] });
  await inside("run", server.origins, { call: "getStatus" });
  return {
    name,
    run: (spec) => inside("run", server.origins, spec),
    state: () => inside("state"),
    inWorker: () => inside("inWorker", server.origins),
    construct: (listOfOptions) => inside("construct", listOfOptions),
    close: () => browser.close(),
  };
}
