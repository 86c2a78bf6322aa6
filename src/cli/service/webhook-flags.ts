import { openQueue } from "../../node/queue/bullmq-queue.ts";
import type { WebhookOptions } from "../../serve/server-options.ts";
import { webhookTarget } from "../../serve/webhooks/sign-webhook.ts";
import { usageError } from "../cli-error.ts";
import { type OwnFlag, variableOf } from "../parse-args.ts";

/** Flags for webhooks, of the services that make GIFs. */
export const WEBHOOK_FLAGS = {
  webhook: { value: "URL", help: "address that is told of each GIF that is ready or has failed" },
  "webhook-secret": {
    value: "SECRET",
    help: `what messages to it are signed with; in ${variableOf("webhook-secret")} other users of the machine cannot see it`,
  },
} satisfies Record<string, OwnFlag>;

/** Returns the webhook in these flags. With a queue, its messages have a queue there, too. */
export async function webhookFrom(
  values: Readonly<Record<string, unknown>>,
  queue: string | undefined,
): Promise<WebhookOptions | undefined> {
  const [url, secret] = [values.webhook, values["webhook-secret"]] as (string | undefined)[];
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined || secret === undefined) {
    throw usageError(
      "--webhook and --webhook-secret go together",
      `as in: ${variableOf("webhook-secret")}=whsec_$(openssl rand -base64 32)`,
    );
  }
  try {
    webhookTarget({ url, secret });
  } catch (error) {
    throw usageError(
      (error as Error).message.replace("webhook.url", "--webhook").replace("webhook.secret", "--webhook-secret"),
    );
  }
  return { url, secret, ...(queue !== undefined && { queue: await openQueue(queue, "webhooks") }) };
}
