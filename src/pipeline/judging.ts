import type {Place} from '../judge/features.ts'
import {isInQuestion} from '../judge/question.ts'
import {joinReadings} from '../judge/readings.ts'
import {roomBetween, type Typing, typingOf, widestBlank} from '../judge/room.ts'
import type {FoundDifference} from '../measure/differences.ts'
import type {Box, Edit, LookReading, Normalized, PageText, SecondLook} from '../model.ts'
import {ways} from '../prepare/looks.ts'
import type {WordPlace} from './places.ts'

/** A difference with the words it touches, before anyone looked again. */
export interface Question {
  readonly difference: FoundDifference
  readonly place: WordPlace | null
  /** Least confidence of the words touched; null where nothing was read. */
  readonly confidence: number | null
  /** Words to look at again; empty where that tells nothing. */
  readonly boxes: readonly Box[]
  readonly room: number | null
  readonly takenOut: string
  readonly blank: number | null
  readonly isHead: boolean
  readonly isBeside: boolean
}

/** So many UTF-16 units of a transcript are its head. */
const head = 100

/** Ask of each difference what evidence its place has. */
export function questionsOf(
  found: readonly FoundDifference[],
  locate: (span: FoundDifference['hypothesisSpan']) => WordPlace | null,
  normalized: Normalized,
): readonly Question[] {
  const typings = new Map<PageText, Typing>()
  const typing = (page: PageText) => {
    const known = typings.get(page) ?? typingOf(page)
    typings.set(page, known)
    return known
  }
  const isParted = (one: FoundDifference | undefined, other: FoundDifference | undefined) =>
    one === undefined ||
    other === undefined ||
    normalized.clean.slice(one.hypothesisSpan.end, other.hypothesisSpan.start).trim() !== ''
  return found.map((difference, index) => {
    const place = locate(difference.hypothesisSpan)
    const isRead = place !== null && !place.isEmpty && place.words.length > 0
    const words = isRead ? place.words : []
    const spelled = words.filter(({span}) => /[\p{L}\p{N}]/u.test(place?.page.text.slice(span.start, span.end) ?? ''))
    // A speck beside a word tells nothing; one in the place of a word does.
    const asked = spelled.length > 0 ? spelled : words
    const missing = difference.kind === 'deletion' && place !== null
    return {
      difference,
      place,
      confidence: isRead ? Math.min(...words.map(({confidence}) => confidence)) : null,
      boxes: isInQuestion(difference, asked) ? asked.map(({box}) => box) : [],
      room:
        missing && place.before !== null && place.after !== null
          ? roomBetween(place.before, place.after, typing(place.page))
          : null,
      takenOut: takenOutAt(normalized.edits, difference.hypothesisSpan),
      blank: place === null ? null : widestBlank(words, typing(place.page)),
      isHead: difference.referenceSpan.start < head,
      isBeside: !(isParted(found[index - 1], difference) && isParted(difference, found[index + 1])),
    }
  })
}

/** Put the readings of a second look to the questions. */
export function placesOf(questions: readonly Question[], looks: ReadonlyMap<string, SecondLook>): readonly Place[] {
  const readings = readingsBy(looks)
  return questions.map(({difference, place, boxes, ...evidence}) => {
    const {kind, reference, hypothesis, before, after} = difference
    const page = place?.page.pageId ?? ''
    const seen = boxes.map(box => readings(page, box)).map(found => (found !== null && isWhole(found) ? found : null))
    return {kind, reference, hypothesis, before, after, ...evidence, readings: joinReadings(seen)}
  })
}

/** Finds the readings of a word by its page and box; null where it was not looked at. */
export function readingsBy(looks: ReadonlyMap<string, SecondLook>) {
  const pages = new Map<string, ReadonlyMap<string, readonly LookReading[]>>()
  for (const [page, {words}] of looks) pages.set(page, new Map(words.map(({box, readings}) => [boxKey(box), readings])))
  return (page: string, box: Box) => pages.get(page)?.get(boxKey(box)) ?? null
}

/** Whether a word was looked at in every way. */
export function isWhole(readings: readonly LookReading[]): boolean {
  return readings.length === ways.length
}

/** One box, one key. */
export function boxKey({x, y, width, height}: Box): string {
  return `${x} ${y} ${width} ${height}`
}

/** What cleanup took out where text is missing. */
function takenOutAt(edits: readonly Edit[], {start, end}: FoundDifference['hypothesisSpan']): string {
  return edits
    .filter(({action, cleanSpan}) => action === 'strip' && cleanSpan.start <= end + 1 && cleanSpan.end >= start - 1)
    .map(({raw}) => raw)
    .join(' ')
}
