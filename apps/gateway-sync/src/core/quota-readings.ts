/** What the platform said at one time of the use of one month. */
export interface Reading {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Events of the month so far. */
  readonly used: number;
  /** Events a month; absent when the platform does not tell. */
  readonly limit?: number;
  /** `YYYY-MM`. */
  readonly month: string;
}
