// The task client in Node, over the real wasm and real connections.
import { inNode } from "./support/environments.mjs";
import { runSuite } from "./support/suite.mjs";

runSuite("Node", inNode, { sequences: 600 });
