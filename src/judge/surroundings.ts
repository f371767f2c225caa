import {lettersOf} from './readings.ts'
import {coreOf} from './typing.ts'

/** What is known of a document as a whole, against which one of its differences is judged. */
export interface Surroundings {
  /** How often each word, in lower case, stands in the transcripts of the corpus. */
  readonly vocabulary: ReadonlyMap<string, number>
  /** How often each word, in lower case, was read in this document. */
  readonly read: ReadonlyMap<string, number>
  /** Whether a word in lower case is one of the language. */
  readonly isWord: (word: string) => boolean
  /** Between how many different neighbours each confusion makes a difference of this document, by `confusionOf`. */
  readonly confusions: ReadonlyMap<string, number>
  /** How often each change of a whole text makes a difference of this document, by `changeOf`. */
  readonly changes: ReadonlyMap<string, number>
}

/** Words as the vocabulary counts them: runs of letters and digits, in lower case. */
export function vocabularyWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Count the words of texts. */
export function countWords(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) for (const word of vocabularyWords(text)) count(counts, word)
  return counts
}

/** Take what the differences of a document have in common. */
export function surroundingsOf(
  differences: readonly {readonly reference: string; readonly hypothesis: string}[],
  known: Pick<Surroundings, 'vocabulary' | 'read' | 'isWord'>,
): Surroundings {
  const contexts = new Map<string, Set<string>>()
  const changes = new Map<string, number>()
  for (const {reference, hypothesis} of differences) {
    const confusion = confusionOf(reference, hypothesis)
    if (confusion !== null)
      contexts.set(confusion, (contexts.get(confusion) ?? new Set()).add(contextOf(reference, hypothesis)))
    count(changes, changeOf(reference, hypothesis))
  }
  return {...known, confusions: new Map([...contexts].map(([confusion, {size}]) => [confusion, size])), changes}
}

/** What was read for what, as in `a>e` and `rn>m`; null where the texts differ in more than a few letters. */
export function confusionOf(reference: string, hypothesis: string): string | null {
  const {from, to} = coreOf(reference, hypothesis)
  if (from === '' && to === '') return null
  return [...from].length <= 2 && [...to].length <= 2 ? `${from}>${to}` : null
}

/** The letters around what differs: one word in many forms, as `Romania` and `Romanian`, is one place. */
function contextOf(reference: string, hypothesis: string): string {
  const {before, after} = coreOf(reference, hypothesis)
  return `${before}_${after}`
}

/** A change of words, punctuation left aside, as in `romania>rumania`; where only punctuation changes, that. */
export function changeOf(reference: string, hypothesis: string): string {
  const [from, to] = [lettersOf(reference).toLowerCase(), lettersOf(hypothesis).toLowerCase()]
  if (from !== to) return `${from}>${to}`
  const core = coreOf(reference.trim(), hypothesis.trim())
  return `${core.from}>${core.to}`
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
