/** The request of a session failed because its worker is lost. */
export class WorkerLostError extends Error {
  constructor(
    /** Whether the worker trapped during a request of this session. */
    readonly crashed: boolean,
    message: string,
    /** Index of the frame in work. */
    readonly index?: number,
  ) {
    super(message);
  }
}
