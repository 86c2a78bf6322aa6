/** Why a session's request came to nothing without a typed error: its worker is gone. */
export class WorkerLostError extends Error {
  constructor(
    /** Whether the worker trapped in the middle of this session's own work. */
    readonly crashed: boolean,
    message: string,
    /** Index of the frame it was at. */
    readonly index?: number,
  ) {
    super(message);
  }
}
