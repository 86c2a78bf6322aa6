/**
 * What a failure means to an end user, in plain words and with the button that can help: what `<task-gif>` and the
 * dashboard show. Nothing of the assembler is loaded for it.
 *
 * @packageDocumentation
 */
export {
  describeFailure,
  type Failure,
  type FailureAction,
  type FailureContext,
} from "../../js/failures/describe-failure.ts";
export { FAILURE_TEXTS, type FailureKind, type FailureText } from "../../js/failures/failure-texts.ts";
