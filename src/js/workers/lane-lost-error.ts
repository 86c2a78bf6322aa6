/** Why a lane's request came to nothing without a typed error: its worker is gone. */
export class LaneLost extends Error {
  constructor(
    /** Whether the worker trapped in the middle of this lane's own work. */
    readonly crashed: boolean,
    message: string,
    /** Index of the frame it was at. */
    readonly index?: number,
  ) {
    super(message);
  }
}
