/** A number, or why there is none: an undefined rate is never 0, NaN or Infinity. */
export type Measured = {readonly value: number; readonly reason: null} | {readonly value: null; readonly reason: string}

/** Divide; where the denominator is 0 there is no number, for the reason given. */
export function ratio(numerator: number, denominator: number, reason: string): Measured {
  return denominator === 0 ? undefinedFor(reason) : {value: numerator / denominator, reason: null}
}

export function measured(value: number): Measured {
  return {value, reason: null}
}

export function undefinedFor(reason: string): Measured {
  return {value: null, reason}
}
