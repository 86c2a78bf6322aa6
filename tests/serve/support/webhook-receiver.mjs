// Receives webhooks, checks them with the library of those who wrote the standard, and answers as it is told.
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

export const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/** `{ url, messages, requests }`; `messages` are those that were verified and answered with 2xx, as all are after `answers`. */
export async function receiver(t, { answers = [], port = 0 } = {}) {
  const webhook = new Webhook(SECRET);
  const [messages, requests] = [[], []];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    requests.push({ path: request.url, headers: request.headers, body });
    const [status, headers = {}] = answers.shift() ?? [204];
    if (status < 300) messages.push({ id: request.headers["webhook-id"], ...webhook.verify(body, request.headers) });
    response.writeHead(status, headers).end();
  });
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}/hooks/token-in-path`, messages, requests };
}
