import type {Box} from '../model.ts'
import {type DocumentView, unionOf} from './document.ts'
import {type Found, type MarkingRule, scoreOf} from './rule.ts'
import {isProse} from './sentence.ts'

/** A find with the rule that made it. */
export interface RuledFound extends Found {
  readonly rule: MarkingRule
}

/** What lines around a candidate are asked for. */
export interface Surroundings {
  /** Whether a line looks like a marking, by what rules saw in its text. */
  readonly isSuspect: (line: number) => boolean
  /** The lines of a page that are no suspects: the first and last of them and where they stand; null where all are. */
  readonly body: (page: number) => Body | null
  /** How often a marking stands in the document, and on how many pages. */
  readonly occurrences: (repeats: string) => {readonly count: number; readonly pages: number}
}

interface Body {
  readonly first: number
  readonly last: number
  /** Null where no box is known. */
  readonly box: Box | null
  /** From the top of a line to the top of the next, the median in pixels; null where no two lines have boxes. */
  readonly pitch: number | null
}

/** Least score of the text itself for a line to count as a marking around others. */
const suspectScore = 1

/** Gather what all finds of a document say about each other. */
export function surroundingsOf(found: readonly RuledFound[], document: DocumentView): Surroundings {
  const suspects = new Set<number>()
  const seen = new Map<string, {count: number; pages: Set<number>}>()
  for (const {action, evidence, line, repeats} of found) {
    if (action === 'strip' && scoreOf(evidence) >= suspectScore) suspects.add(line)
    if (repeats === null) continue
    const page = document.lines[line]?.page ?? 0
    const entry = seen.get(repeats)
    if (entry === undefined) seen.set(repeats, {count: 1, pages: new Set([page])})
    else {
      entry.count++
      entry.pages.add(page)
    }
  }
  const bodies = document.pages.map(page => bodyOf(document, page.firstLine, page.lastLine, suspects))
  return {
    isSuspect: line => suspects.has(line),
    body: page => bodies[page] ?? null,
    occurrences: repeats => {
      const entry = seen.get(repeats)
      return {count: entry?.count ?? 0, pages: entry?.pages.size ?? 0}
    },
  }
}

/** With so many lines of running text on a page, they alone say where the letter stands. */
const leastProse = 3

function bodyOf(document: DocumentView, from: number, to: number, suspects: ReadonlySet<number>): Body | null {
  const lines = document.lines.slice(from, to).filter(({index}) => !suspects.has(index))
  const first = lines[0]
  const last = lines.at(-1)
  if (first === undefined || last === undefined) return null
  // Specks and damaged stamps that no rule knows would stretch the letter over the whole page.
  const prose = lines.filter(isProse)
  const boxes = (prose.length >= leastProse ? prose : lines).flatMap(({box}) => (box === null ? [] : [box]))
  return {first: first.index, last: last.index, box: unionOf(boxes.map(box => ({box}))), pitch: pitchOf(boxes)}
}

function pitchOf(boxes: readonly Box[]): number | null {
  const steps = boxes.slice(1).flatMap(({y}, index) => {
    const step = y - (boxes[index]?.y ?? y)
    return step > 0 ? [step] : []
  })
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? null
}
