// Pictures for records of steps, and what is expected of their screenshots.

/** A picture of 4x4 pixels, which some tools write where there was nothing to be seen. */
export const PLACEHOLDER =
  "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAFElEQVR4nGP8//8/AwwwMSAB3BwAlm4DBfIlvvkAAAAASUVORK5CYII=";
/** A picture of one pixel. */
export const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** What is expected of screenshots, which all keep the order of their record. */
export const inOrder = (screenshots) => screenshots.map((screenshot) => ({ ...screenshot, keepOrder: true }));
