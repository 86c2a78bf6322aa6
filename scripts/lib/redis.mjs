// Redis, or Valkey, for the tests of the server's queue, which start it by themselves.
import { aptCommand, aptInstall, aptObstacle } from "./apt.mjs";
import { which } from "./process.mjs";
import { say } from "./report.mjs";

const PACKAGES = ["redis-server"];

/** The program, or undefined. `REDIS_SERVER` names another one than that in the path, as of Valkey. */
export const findRedis = () => process.env.REDIS_SERVER ?? which("redis-server") ?? which("valkey-server");

/** Installs it where Debian's packages can be; elsewhere tests with it are left out, and this says so. */
export async function ensureRedis() {
  if (findRedis()) return;
  const advice = `On Debian: ${aptCommand(PACKAGES)}`;
  const obstacle = aptObstacle();
  if (obstacle) say("redis", `not installed, so tests with it are left out: ${obstacle}. ${advice}`);
  else await aptInstall("redis", PACKAGES, advice);
}
