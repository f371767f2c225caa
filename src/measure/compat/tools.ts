import type {Alignment, Tokens, Unit} from '../../model.ts'

/** What the conventions need of the align stage, handed in by whoever knows both stages. */
export interface Tools {
  readonly tokenize: (text: string, unit: Unit, profile: 'strict' | 'reading' | 'caseless') => Tokens
  readonly align: (reference: Tokens, hypothesis: Tokens) => Alignment
}

/** Take a list of strings as tokens, each a unit of its own. */
export function listTokens(keys: readonly string[], unit: Unit): Tokens {
  return {unit, keys, starts: keys.map((_, index) => index), ends: keys.map((_, index) => index + 1)}
}
