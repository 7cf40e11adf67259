/** Where a one-time link leads. Opening it says what it is for; only a further act, which no mail scanner does, uses it. */
export const linkAddress = (publicUrl: string, secret: string): string =>
  `${publicUrl}/api/v1/one-time-links/${secret}`;

/** Where a reading link leads. */
export const readingAddress = (publicUrl: string, secret: string): string =>
  `${publicUrl}/api/v1/readings/${secret}`;
