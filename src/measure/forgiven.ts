import type {Counts} from '../model.ts'
import {errors} from './counts.ts'

/** What one fold of the equality let pass. */
export interface Forgiven<Fold extends string> {
  readonly fold: Fold
  /** Errors more if this fold alone were off; never counted twice, but what two folds must do together shows under both. */
  readonly errors: number
}

/** What an equality let pass, fold by fold and in all. */
export interface Forgiveness<Fold extends string> {
  readonly folds: readonly Forgiven<Fold>[]
  /** Errors more if every fold were off. */
  readonly total: number
}

/**
 * Count what each fold of an equality forgave, by leaving it out.
 *
 * @param measure
 *   Counts the two texts with so many folds on.
 */
export function forgiven<Fold extends string>(
  folds: readonly Fold[],
  measure: (folds: readonly Fold[]) => Counts,
): Forgiveness<Fold> {
  const all = errors(measure(folds))
  return {
    folds: folds.map(fold => ({fold, errors: errors(measure(folds.filter(other => other !== fold))) - all})),
    total: errors(measure([])) - all,
  }
}
