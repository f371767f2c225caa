import type {LookReading} from '../model.ts'
import type {Place} from './features.ts'
import {digitsOf, lettersOf, type Nearness, nearnessOf} from './readings.ts'

type Sides = Pick<Place, 'reference' | 'hypothesis'>

/** Whether digits differ of what the transcript has as a number, or digits alone, as in `SS-20`. */
export function isNumber({kind, reference, hypothesis}: Pick<Place, 'kind'> & Sides): boolean {
  if (kind !== 'substitution' || digitsOf(reference) === '' || digitsOf(reference) === digitsOf(hypothesis))
    return false
  const rest = (text: string) => lettersOf(text).replace(/\p{Nd}/gu, '')
  return rest(reference) === '' || rest(reference) === rest(hypothesis)
}

/**
 * Take the evidence of a number apart. Its words tell nothing: a year that stands elsewhere too may be wrong here. What
 * the looks read does, more than the confidence of the first reading; where they are as near to either side and most
 * of them agree, that is what was read.
 *
 * @param whole
 *   With the words that both sides begin or end with, as the looks read them.
 * @param readings
 *   Empty where nobody looked.
 */
export function numberSigns(
  {reference, hypothesis, confidence}: Pick<Place, 'confidence'> & Sides,
  whole: Sides,
  readings: readonly LookReading[],
): readonly string[] {
  const near = nearnessOf(readings, whole.reference, whole.hypothesis, lettersOf)
  const agreed = near.reference + near.hypothesis > 0 ? null : agreedOf(readings)
  const [own, read] = agreed === null ? [reference, hypothesis] : [whole.reference, agreed]
  const seen = agreed === null ? near : nearnessOf(readings, own, read, lettersOf)
  return [
    ...(readings.length > 0 ? [nameOf(seen)] : ['number: no second look', confidenceName(confidence)]),
    ...(digitsOf(own).length === digitsOf(read).length ? [] : ['number: digits lost or added']),
    ...(letterCount(read) > letterCount(own) ? ['number: letters came'] : []),
  ]
}

function nameOf({reference, hypothesis}: Nearness): string {
  if (reference > 0) {
    return hypothesis > reference
      ? 'number: most looks are nearer to the first'
      : 'number: looks are nearer to the transcript'
  }
  if (hypothesis === 1) return 'number: every look is nearer to the first'
  if (hypothesis >= 0.5) return 'number: half the looks are nearer to the first, none to the transcript'
  return hypothesis > 0 ? 'number: a look is nearer to the first, none to the transcript' : 'number: no look tells'
}

/** What three of four looks read, letters and digits alone; null where they do not agree. */
function agreedOf(readings: readonly LookReading[]): string | null {
  const texts = readings.map(({text}) => lettersOf(text))
  const best = texts.find(text => texts.filter(other => other === text).length >= 0.75 * texts.length)
  return best === undefined || best === '' ? null : best
}

function letterCount(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

/** Name the step of a confidence. */
export function confidenceName(confidence: number | null): string {
  if (confidence === null) return 'nothing read'
  const step = [0.3, 0.6, 0.8, 0.9].find(limit => confidence < limit)
  return step === undefined ? 'confidence from 0.9' : `confidence below ${step}`
}
