// What <task-gif> says when there is no replay: plain words, and a button only where it helps. In both browsers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assembleGif } from "task-gif";
import { blobsOf } from "../node/support/fixtures.mjs";
import { BROWSERS, FILES, start } from "./support/pages.mjs";

const files = {
  "/site.png": Buffer.from("<!doctype html>\n<title>My app</title>"),
  "/site.gif": Buffer.from("\n<html><body>My app</body></html>"),
  "/old.png": 410,
  "/text.png": Buffer.from("no picture at all"),
};

before(async () => {
  const [first] = blobsOf("shop");
  const gif = await assembleGif(blobsOf("shop"), { delay: 300 });
  files["/broken.gif"] = Buffer.from(await gif.blob.arrayBuffer()).subarray(0, 40);
  const bytes = Buffer.from(await first.arrayBuffer());
  files["/cut.png"] = bytes.subarray(0, bytes.length / 2);
});

/** What nobody should have to read who only wants to see a replay. */
const DEVELOPERS_WORDS = /[A-Z]+_[A-Z]|options|signal|abort|minFrames|endpoint|undefined|byte|screenshot \d/;

for (const name of BROWSERS) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await start(name, files);
    });
    after(() => site?.close());

    /** Title, advice, buttons and what the last change of state told, once the element is in one of the states. */
    async function shown(page, states = ["error", "unavailable"]) {
      await page.waitFor((wanted) => wanted.includes(globalThis.element.state), states);
      const found = await page.evaluate(() => {
        const seen = (name) => globalThis.part(name)?.checkVisibility() === true;
        const picture = globalThis.part("screen");
        return {
          title: globalThis.part("title").textContent,
          advice: globalThis.part("detail").textContent,
          buttons: ["skip", "retry"].filter(seen),
          picture: picture && [picture.width, picture.height],
          told: globalThis.told.findLast(({ type }) => type === "statechange"),
        };
      });
      assert.doesNotMatch(`${found.title} ${found.advice}`, DEVELOPERS_WORDS);
      return found;
    }

    /** Opens a page for `work`. What it says in the console is what `said` allows, once. */
    const onPage = (work, said) => async () => {
      const page = await site.open("/page");
      try {
        await work(page);
        const problems = (await page.problems()).filter((text) => /<task-gif>/.test(text));
        assert.equal(problems.length, said ? 1 : 0, problems.join("\n"));
        if (said) assert.match(problems[0], said);
      } finally {
        await page.close();
      }
    };

    /** The recorded screenshots by their addresses, with some in place of others. */
    const addresses = (changes = {}) =>
      FILES.map((file, i) => ({
        image: changes[i] ?? `/screens/shop/${file}`,
        number: i + 1,
        caption: `Goal ${i + 1}`,
      }));

    test(
      "a task that is unknown does not exist, which no second try changes",
      onPage(async (page) => {
        site.here.task = 404;
        await page.place({ "task-id": "t", endpoint: "/api/v1" });
        const { title, buttons, told } = await shown(page);
        assert.deepEqual([title, buttons, told.state], ["This task does not exist", [], "unavailable"]);
        assert.deepEqual([told.reason, told.code], ["not_found", "NOT_READY"]);
      }),
    );

    test(
      "a task that runs without screenshots says so and is waited for",
      onPage(async (page) => {
        const steps = [];
        site.here.task = { id: "t", task: "Shop", status: "running", output: null, steps, gif: null, screenshots: [] };
        await page.place({ "task-id": "t", endpoint: "/api/v1" });
        await page.waitFor(() => /the first screenshot/.test(globalThis.part("title")?.textContent));
        const { title, buttons } = await shown(page, ["waiting"]);
        assert.deepEqual([title, buttons], ["Waiting for the first screenshot", []]);
      }),
    );

    test(
      "a server that cannot be reached is named while it is asked again",
      onPage(async (page) => {
        await page.place({ "task-id": "t", endpoint: "http://127.0.0.1:1/api/v1" });
        await page.waitFor(() => /does not answer/.test(globalThis.part("title")?.textContent));
        const { advice, buttons, told } = await shown(page, ["waiting"]);
        assert.match(advice, /tried again by itself/);
        assert.deepEqual([buttons, told.state], [[], "waiting"]);
      }),
    );

    test(
      "a recording waits for its first screenshot, and its end without a GIF is no failure",
      onPage(async (page) => {
        await page.evaluate(async () => globalThis.place({}, { recorder: await globalThis.record() }) && 0);
        await page.waitFor(() => /Waiting for the first screenshot/.test(globalThis.part("title")?.textContent));
        await page.evaluate(() => globalThis.recorder.abort(new Error("the user has left")));
        const { title, buttons, told } = await shown(page);
        assert.deepEqual([title, buttons], ["The recording was cancelled", []]);
        assert.deepEqual([told.state, told.reason, told.code], ["unavailable", "cancelled", "ABORTED"]);
      }),
    );

    test(
      "a recording that ends with its first screenshot shows it",
      onPage(async (page) => {
        await page.evaluate(
          async (files) => {
            globalThis.place({}, { recorder: await globalThis.record() });
            const [shot] = await globalThis.shots(files);
            await globalThis.recorder.add(shot);
          },
          FILES.slice(0, 1),
        );
        await page.until("live");
        await page.evaluate(() => globalThis.recorder.finish().catch(() => {}));
        const { title, buttons } = await shown(page);
        assert.deepEqual([title, buttons], ["Only one screenshot was taken", []]);
        // It is drawn once it is decoded.
        await page.waitFor(() => globalThis.part("screen").width === 420 && globalThis.part("screen").height === 260);
      }),
    );

    test(
      "one screenshot is shown, without what is to be hidden in it",
      onPage(async (page) => {
        const redact = [{ left: 0, top: 0, width: 30, height: 30 }];
        await page.place({}, { screenshots: [{ ...addresses()[0], redact }] });
        const { title, picture, buttons, told } = await shown(page);
        assert.deepEqual([title, picture, buttons], ["Only one screenshot was taken", [420, 260], []]);
        assert.deepEqual(await page.evaluate(() => globalThis.pixel(5, 5)), [0, 0, 0, 255]);
        assert.deepEqual([told.reason, told.code], ["too_few_screenshots", "TOO_FEW_SCREENSHOTS"]);
      }),
    );

    test(
      "a list without screenshots says so",
      onPage(async (page) => {
        await page.place({}, { screenshots: [] });
        const { title, picture } = await shown(page);
        assert.deepEqual([title, picture], ["There are no screenshots", null]);
      }),
    );

    test(
      "a web page in place of a screenshot is told with its address, and can be left out",
      onPage(async (page) => {
        await page.place({}, { screenshots: addresses({ 2: "/site.png?token=secret" }) });
        const { title, advice, buttons, told } = await shown(page);
        assert.equal(title, "Step 3 is a web page, not a picture");
        assert.match(advice, /: \/site\.png$/);
        assert.deepEqual([buttons, told.code], [["skip"], "HTML_PAGE"]);
        assert.doesNotMatch(told.message, /secret/);
        await page.evaluate(() => globalThis.part("skip").click());
        await page.until("ready");
        const note = await page.evaluate(() => globalThis.part("note").textContent);
        assert.equal(note, "One step is missing: its screenshot could not be read.");
        await page.rows(7);
      }, /HTML_PAGE: screenshot 2: .*found an HTML page/),
    );

    test(
      "a web page in place of a GIF is told with its address",
      onPage(async (page) => {
        await page.place({ src: "/site.gif" });
        const { title, advice, buttons } = await shown(page);
        assert.equal(title, "The replay is a web page, not a picture");
        assert.match(advice, /\/site\.gif$/);
        assert.deepEqual(buttons, []);
      }, /HTML_PAGE/),
    );

    test(
      "a screenshot that has expired says so, by the number of its step",
      onPage(async (page) => {
        const shots = addresses({ 1: "/old.png" }).map((shot, i) => ({ ...shot, number: 2 * i + 1 }));
        await page.place({}, { screenshots: shots });
        const { title, buttons, told } = await shown(page);
        assert.deepEqual([title, buttons, told.reason], ["Step 3 has expired", ["skip"], "expired"]);
      }),
    );

    test(
      "damaged and strange files are told apart",
      onPage(async (page) => {
        await page.place({}, { screenshots: addresses({ 1: "/cut.png" }) });
        const { title, buttons } = await shown(page);
        assert.deepEqual([title, buttons], ["Step 2 is damaged", ["skip"]]);
      }, /DECODE_FAILED/),
    );

    test(
      "a GIF that is damaged has no button, and a method to begin anew",
      onPage(async (page) => {
        await page.place({ src: "/broken.gif" });
        const { title, buttons, told } = await shown(page);
        assert.deepEqual([title, buttons, told.code], ["The replay is damaged", [], "BAD_GIF"]);
        assert.match(told.message, /found the end of the file at byte 40/);
      }, /BAD_GIF: .*byte 40/),
    );

    test(
      "a file that is not there can be tried again",
      onPage(async (page) => {
        await page.place({}, { screenshots: addresses({ 4: "/soon.png" }) });
        const { title, buttons } = await shown(page);
        assert.deepEqual([title, buttons], ["Step 5 could not be loaded", ["skip", "retry"]]);
        files["/soon.png"] = Buffer.from(await blobsOf("shop")[4].arrayBuffer());
        await page.evaluate(() => globalThis.part("retry").click());
        await page.until("ready");
        delete files["/soon.png"];
      }, /FETCH_FAILED/),
    );

    test(
      "wrong options are a matter of those who run the page",
      onPage(async (page) => {
        await page.place({}, { screenshots: addresses(), options: { maxByte: 1 } });
        const { title, buttons, told } = await shown(page);
        assert.deepEqual([title, buttons, told.code], ["This replay is set up wrongly", [], "BAD_OPTION"]);
        assert.match(told.message, /maxByte/);
      }, /BAD_OPTION: .*maxByte/),
    );

    test(
      "a wrong address of the API is one too",
      onPage(async (page) => {
        await page.place({ "task-id": "t", endpoint: "http://api.example/v1" });
        assert.match((await shown(page)).told.message, /baseUrl/);
      }, /BAD_OPTION: .*baseUrl/),
    );

    test(
      "the texts can be of another language, one by one",
      onPage(async (page) => {
        const failures = { ONE_SCREENSHOT: { title: "Nur ein Bild", advice: "Zwei braucht es." } };
        await page.place({}, { screenshots: addresses().slice(0, 1), labels: { failures } });
        assert.equal((await shown(page)).title, "Nur ein Bild");
        await page.place({}, { screenshots: [], labels: { failures } });
        assert.equal((await shown(page)).title, "There are no screenshots");
      }),
    );

    test(
      "a step that was left out is told beside the others",
      onPage(async (page) => {
        const screenshots = addresses({ 2: "/text.png", 5: "/old.png" });
        await page.place({}, { screenshots, options: { onBadFrame: "skip" } });
        await page.until("ready");
        const note = await page.evaluate(() => globalThis.part("note").textContent);
        assert.equal(note, "2 steps are missing: their screenshots could not be read.");
      }),
    );

    test(
      "the title card belongs to the first step that is shown, and those are counted",
      onPage(async (page) => {
        const screenshots = addresses().map((shot, i) => ({ ...shot, number: i + 2 }));
        await page.place({}, { screenshots, options: { title: "Shop", effort: "fast" } });
        await page.until("ready");
        const caption = () => page.evaluate(() => globalThis.part("step-text").textContent);
        const position = () => page.evaluate(() => globalThis.part("position").textContent.split(" ")[0]);
        const first = [await position(), await caption()];
        assert.deepEqual(first, ["0:00", "Step 1 of 8: Goal 1"]);
        await page.evaluate(() => globalThis.element.goToStep(0));
        assert.notEqual(await position(), "0:00");
        assert.equal(await caption(), "Step 1 of 8: Goal 1");
        await page.evaluate(() => globalThis.part("previous").click());
        assert.deepEqual([await position(), await caption()], first);
        await page.evaluate(() => globalThis.element.goToStep(7));
        assert.equal(await caption(), "Step 8 of 8: Goal 8");
      }),
    );
  });
}
