// A worker that asks for a GIF and fetches it.
import { TaskClient } from "/dist/index.js";

self.onmessage = async ({ data: { api } }) => {
  const client = new TaskClient({ baseUrl: `${api}/api/v1`, getToken: () => "worker-token" });
  const { gif } = await client.getTaskGif("task_1");
  const { status } = await client.waitForTaskGif("task_1");
  const bytes = await client.downloadTaskGif("task_1");
  self.postMessage({ gif, status, bytes: bytes.length });
};
