// Loaded before a program: as where @napi-rs/canvas is not installed.
import { register } from "node:module";

const HOOKS = `export async function resolve(name, context, next) {
  if (name === "@napi-rs/canvas") throw Object.assign(new Error("not found"), { code: "ERR_MODULE_NOT_FOUND" });
  return next(name, context);
}`;
register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
