import "../node/worker.ts";
