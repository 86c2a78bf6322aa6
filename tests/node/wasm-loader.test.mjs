import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, mock, test } from "node:test";
import { importSource } from "./support/source.mjs";

const {
  "platform/wasm-loader": { WasmLoader },
} = await importSource("platform/wasm-loader");

const WASM = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const PAGE = "<!doctype html><title>Not found</title>";
const answers = {
  "/ok.wasm": [200, "application/wasm", WASM],
  "/untyped.wasm": [200, "application/octet-stream", WASM],
  "/page.wasm": [200, "text/html", PAGE],
  "/page-untyped.wasm": [200, "application/octet-stream", PAGE],
  "/broken.wasm": [200, "application/wasm", WASM.slice(0, 6)],
  "/text.wasm": [200, "text/plain", "hello"],
};
let requests = 0;
let isDown = false;
const server = createServer((request, response) => {
  requests++;
  const [status, type, body] = (!isDown && answers[request.url.replace(/\?.*/, "")]) || [503, "text/plain", "down"];
  response.writeHead(status, { "content-type": type }).end(body);
});
await new Promise((resolve) => server.listen(0, "localhost", resolve));
after(() => {
  server.closeAllConnections();
  server.close();
});
const at = (path) => `http://localhost:${server.address().port}${path}`;
const nowhere = () => assert.fail("the usual place must not be asked");

test("all kinds of source give a module", async () => {
  const sources = [
    at("/ok.wasm"),
    new URL(at("/ok.wasm")),
    WASM,
    WASM.slice().buffer,
    new Uint8Array([9, ...WASM, 9]).subarray(1, 9),
    new WebAssembly.Module(WASM),
    await fetch(at("/ok.wasm")),
    fetch(at("/ok.wasm")),
    Promise.resolve(WASM),
  ];
  for (const source of sources) {
    const loader = new WasmLoader("assembler", nowhere);
    await loader.init(source);
    assert.ok((await loader.module()) instanceof WebAssembly.Module);
  }
});

test("without a source, it is loaded once from the usual place, however many ask at the same time", async () => {
  const loader = new WasmLoader("assembler", () => at("/ok.wasm"));
  const before = requests;
  await Promise.all([loader.init(), loader.module(), loader.init(), loader.module()]);
  await loader.init();
  assert.equal(requests, before + 1);
});

test("the same source again is not loaded again, another one is", async () => {
  const loader = new WasmLoader("assembler", nowhere);
  const before = requests;
  await loader.init(at("/ok.wasm"));
  await loader.init(at("/ok.wasm"));
  assert.equal(requests, before + 1);
  await assert.rejects(loader.init(at("/page.wasm")), { code: "WASM_NOT_FOUND" });
});

test("after a failure the next call tries again", async () => {
  const loader = new WasmLoader("assembler", () => at("/ok.wasm"));
  isDown = true;
  await assert.rejects(loader.init(), { code: "WASM_NOT_FOUND" });
  isDown = false;
  await loader.init();
});

test("a page instead of the file says so, with the address and what to do", async () => {
  const hint = "pass the address of task_gif_bg.wasm to init(); with a bundler, import it as a URL first";
  for (const [path, found] of [
    ["/page.wasm", "an HTML page"],
    ["/page-untyped.wasm", "an HTML page"],
    ["/text.wasm", "something else"],
    ["/missing.wasm", "HTTP status 503"],
  ]) {
    const address = at(path);
    await assert.rejects(new WasmLoader("assembler", nowhere).init(`${address}?v=1`), (error) => {
      assert.equal(error.code, "WASM_NOT_FOUND");
      assert.ok(error.message.startsWith("expected wasm "), error.message);
      assert.ok(error.message.endsWith(`${address}, found ${found}; ${hint}`), error.message);
      return true;
    });
  }
  await assert.rejects(new WasmLoader("assembler", nowhere).init("http://localhost:1/x.wasm"), {
    code: "WASM_NOT_FOUND",
  });
});

test("what cannot be had of the client's wasm names its own file and call", async () => {
  await assert.rejects(new WasmLoader("client", nowhere).init(at("/page.wasm")), (error) => {
    assert.ok(
      error.message.endsWith(
        "pass the address of task_gif_client_bg.wasm to initClient(); with a bundler, import it as a URL first",
      ),
    );
    return true;
  });
});

test("wasm that does not compile is another failure", async () => {
  for (const source of [at("/broken.wasm"), WASM.slice(0, 6)]) {
    await assert.rejects(new WasmLoader("assembler", nowhere).init(source), {
      code: "WASM_FAILED",
      message: /^the wasm was refused: /,
    });
  }
});

test("a wrong content type works, with a warning", async () => {
  const warn = mock.method(console, "warn", () => {});
  try {
    await new WasmLoader("assembler", nowhere).init(at("/untyped.wasm"));
    assert.equal(warn.mock.callCount(), 1);
    assert.match(warn.mock.calls[0].arguments[0], /serve \.wasm as application\/wasm/);
  } finally {
    warn.mock.restore();
  }
});

test("a given response that fails does not stand in the way of the usual place", async () => {
  const loader = new WasmLoader("assembler", () => at("/ok.wasm"));
  await assert.rejects(loader.init(fetch(at("/page.wasm"))), { code: "WASM_NOT_FOUND" });
  await loader.init();
});

test("bytes can be had for a worker that cannot be sent a module", async () => {
  for (const source of [undefined, at("/ok.wasm"), WASM, fetch(at("/ok.wasm")), new WebAssembly.Module(WASM)]) {
    const loader = new WasmLoader("assembler", () => at("/ok.wasm"));
    await loader.init(source);
    assert.deepEqual(new Uint8Array(await loader.bytes()), WASM);
  }
});
