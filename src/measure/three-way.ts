import type {ChangeState, Span} from '../model.ts'
import type {FoundDifference} from './differences.ts'

/** A place where the old or the new reading differs from the transcript. */
export interface Change {
  readonly state: ChangeState
  /** In the reference text. */
  readonly span: Span
  readonly reference: string
  readonly old: string
  readonly new: string
  readonly before: string
  readonly after: string
  /** Character errors of either reading here. */
  readonly oldErrors: number
  readonly newErrors: number
}

/** Both readings held against the transcript. */
export interface ThreeWay {
  readonly changes: readonly Change[]
  /** Places in each state. */
  readonly places: Readonly<Record<ChangeState, number>>
  /** Character errors: the numerators of both error rates. */
  readonly oldErrors: number
  readonly newErrors: number
}

/**
 * Hold two readings against one transcript: what a new scan, engine or rule fixed and what it broke.
 *
 * Differences of either reading that share a place in the transcript are one change; texts are equal but for white space.
 * Errors over all changes sum to the numerators of both error rates.
 */
export function compareReadings(
  reference: string,
  oldDifferences: readonly FoundDifference[],
  newDifferences: readonly FoundDifference[],
): ThreeWay {
  const changes: Change[] = []
  const rest = [
    ...oldDifferences.map(difference => ({difference, isNew: false})),
    ...newDifferences.map(difference => ({difference, isNew: true})),
  ].sort(
    ({difference: one}, {difference: other}) =>
      one.referenceSpan.start - other.referenceSpan.start || one.referenceSpan.end - other.referenceSpan.end,
  )
  for (let start = 0; start < rest.length; ) {
    let span = rest[start]!.difference.referenceSpan
    let end = start + 1
    while (end < rest.length && shares(span, rest[end]!.difference.referenceSpan)) {
      span = {start: span.start, end: Math.max(span.end, rest[end]!.difference.referenceSpan.end)}
      end++
    }
    const here = rest.slice(start, end)
    changes.push(
      describe(
        reference,
        span,
        here.filter(({isNew}) => !isNew).map(({difference}) => difference),
        here.filter(({isNew}) => isNew).map(({difference}) => difference),
      ),
    )
    start = end
  }
  const places = {fixed: 0, broken: 0, 'still-wrong': 0, 'newly-wrong': 0}
  for (const {state} of changes) places[state]++
  return {
    changes,
    places,
    oldErrors: changes.reduce((sum, change) => sum + change.oldErrors, 0),
    newErrors: changes.reduce((sum, change) => sum + change.newErrors, 0),
  }
}

/** True where two spans overlap, or an empty one lies in or at the edge of the other. */
function shares(span: Span, next: Span): boolean {
  if (next.start < span.end) return true
  return next.start === span.end && (next.start === next.end || span.start === span.end)
}

function describe(
  reference: string,
  span: Span,
  oldOnes: readonly FoundDifference[],
  newOnes: readonly FoundDifference[],
): Change {
  const [old, now] = [readingOf(reference, span, oldOnes), readingOf(reference, span, newOnes)]
  const [first] = [...oldOnes, ...newOnes].sort((one, other) => one.referenceSpan.start - other.referenceSpan.start)
  const [last] = [...oldOnes, ...newOnes].sort((one, other) => other.referenceSpan.end - one.referenceSpan.end)
  return {
    state:
      newOnes.length === 0
        ? 'fixed'
        : oldOnes.length === 0
          ? 'broken'
          : plain(old) === plain(now)
            ? 'still-wrong'
            : 'newly-wrong',
    span,
    reference: reference.slice(span.start, span.end),
    old,
    new: now,
    before: first!.before,
    after: last!.after,
    oldErrors: errorsOf(oldOnes),
    newErrors: errorsOf(newOnes),
  }
}

/** The transcript's text of a place with the differences of one reading made in it. */
function readingOf(reference: string, {start, end}: Span, differences: readonly FoundDifference[]): string {
  let text = ''
  let at = start
  for (const {referenceSpan, hypothesis} of differences) {
    text += reference.slice(at, referenceSpan.start) + hypothesis
    at = referenceSpan.end
  }
  return text + reference.slice(at, end)
}

function errorsOf(differences: readonly FoundDifference[]): number {
  return differences.reduce(
    (sum, {characters: {substitutions, insertions, deletions}}) => sum + substitutions + insertions + deletions,
    0,
  )
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim()
}
