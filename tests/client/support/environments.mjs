// The places where the client runs in tests, all behind one function: run a scenario, get its record.
import { launchChromium, launchFirefox } from "../../browser/support/browsers.mjs";
import { runScenario } from "./scenario.mjs";

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
  return { name: "Node", followsRedirects: false, run: (spec) => runScenario(library, server.origins, link, spec), close: () => {} };
}

/** A page in Chromium. */
export async function inChromium(server) {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`${server.origins.home}/`);
  const call = async ([origins, spec]) => (await import("/tests/client/support/in-page.mjs")).run(origins, spec);
  server.script({ status: [{ do: "json", body: '"finished"' }] });
  await page.evaluate(async (origins) => {
    await (await import("/tests/client/support/in-page.mjs")).run(origins, { call: "getStatus" });
  }, server.origins);
  return {
    name: "Chromium",
    followsRedirects: true,
    run: (spec) => page.evaluate(call, [server.origins, spec]),
    close: () => browser.close(),
  };
}

/** A page in Firefox. */
export async function inFirefox(server) {
  const browser = await launchFirefox();
  const page = await browser.newPage();
  await page.goto(`${server.origins.home}/`);
  const call = async (origins, spec) => (await import("/tests/client/support/in-page.mjs")).run(origins, spec);
  server.script({ status: [{ do: "json", body: '"finished"' }] });
  await page.evaluate(call, server.origins, { call: "getStatus" });
  return {
    name: "Firefox",
    followsRedirects: true,
    run: (spec) => page.evaluate(call, server.origins, spec),
    close: () => browser.close(),
  };
}
