/** What the process ends with; the same table stands in --help and docs. */
export const exitCodes = {
  fine: 0,
  /** A regression, or a limit exceeded. */
  failed: 1,
  /** Usage, configuration or input that cannot be read at all. */
  usage: 2,
  /** Something could not be judged. */
  incomplete: 3,
  /** A bug in scanproof; its stack is printed. */
  bug: 70,
  interrupted: 130,
} as const
