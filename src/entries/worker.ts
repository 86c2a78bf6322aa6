import { attachRequestHandler, type Port } from "../js/workers/attach-request-handler.ts";

// Bundlers may also run this file in a page or in another library's worker; it listens only in its own.
const scope = globalThis as unknown as Port & { name?: string; WorkerGlobalScope?: unknown };
if (scope.WorkerGlobalScope && scope.name === "task-gif") attachRequestHandler(scope);
