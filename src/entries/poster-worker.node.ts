import "../node/poster-worker.ts";
