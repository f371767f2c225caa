import type {Measured} from '../model.ts'

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
