import {randomFrom} from '../../src/gate/random.ts'
import {type Confusions, type Place, signsOf} from '../../src/judge/features.ts'
import {lettersOf, marksOf} from '../../src/judge/readings.ts'
import {confusionOf, vocabularyWords} from '../../src/judge/surroundings.ts'
import type {Weights} from '../../src/judge/suspect.ts'
import {boxKey, placesOf} from '../../src/pipeline/judging.ts'
import {plantErrors} from './plant.ts'
import {type Compared, compareSource, type KnownError, type Subject} from './subjects.ts'
import {type Sample, weigh} from './weigh.ts'

/** Errors planted on a page: about as many as the transcripts of the corpus have on a bad one. */
export const errorsPerPage = 3

/** A document with errors planted in it, and their kinds. */
export interface PlantedDocument extends Compared {
  readonly kinds: readonly string[]
}

/** Plant errors in a document and compare it; the same seed plants the same errors. */
export function plantIn(subject: Subject, seed: number, only?: RegExp): PlantedDocument {
  const count = errorsPerPage * subject.pages.length
  const {source, errors} = plantErrors(subject.document.transcript, count, randomFrom(seed), only)
  const compared = compareSource(
    subject,
    source,
    errors.map(({span}) => span),
  )
  return {...compared, kinds: errors.map(({kind}) => kind)}
}

/** Count what the OCR confused where the transcript is right. */
export function countConfusions(documents: readonly Compared[]): Confusions {
  const counts = new Map<string, number>()
  for (const {comparison, labels} of documents) {
    for (const [index, {answer}] of labels.entries()) {
      const {reference = '', hypothesis = ''} = comparison.differences[index] ?? {}
      const confusion = answer === 'ocr' ? confusionOf(reference, hypothesis) : null
      if (confusion !== null) counts.set(confusion, (counts.get(confusion) ?? 0) + 1)
    }
  }
  return Object.fromEntries([...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)))
}

/**
 * Learn weights from documents as they are and with errors planted in them.
 *
 * The confusions a document is judged by while learning are those of the other documents, as they will be of one
 * that nobody has seen.
 */
export function learn(natural: readonly Compared[], planted: readonly PlantedDocument[]): Weights {
  const confusionsFor = ({subject}: Compared) =>
    countConfusions(natural.filter(other => other.subject.document.id !== subject.document.id))
  const times = planted.length / natural.length
  const samples = [
    ...planted.flatMap(document => samplesOf(document, confusionsFor(document))),
    ...natural.flatMap(document => misreadings(document, confusionsFor(document), misreadingWeight * times)),
  ]
  return {signs: weigh(samples), confusions: countConfusions(natural)}
}

export function samplesOf({comparison, labels, subject}: Compared, confusions: Confusions): readonly Sample[] {
  const places = placesOf(comparison.questions, subject.looks)
  return places.flatMap((place, index) => {
    const {answer, known} = labels[index]!
    if (known !== null && answer === 'transcript' && !shows(place, known)) return []
    return [{features: signsOf(place, comparison.surroundings, confusions).features, answer, weight: 1}]
  })
}

/** Whether a reading shows an error that a person found: of a word under a stamp nothing can be learned. */
function shows({kind, hypothesis}: Place, {scan, transcript}: KnownError): boolean {
  const words = vocabularyWords(scan).filter(word => !vocabularyWords(transcript).includes(word))
  return kind !== 'insertion' || words.some(word => vocabularyWords(hypothesis).includes(word))
}

/** What a misreading of a second look counts: they are many, and a difference on a page is rarely one. */
const misreadingWeight = 0.05

/**
 * Take the misreadings of second looks as if they were first readings: errors of the OCR where the transcript is
 * right, and many more of them than pages have differences.
 */
function misreadings({comparison, subject}: Compared, confusions: Confusions, weight: number): readonly Sample[] {
  const isDifferent = new Set(comparison.questions.flatMap(({place}) => place?.words ?? []))
  const samples: Sample[] = []
  for (const page of subject.pages) {
    const looks = new Map(subject.looks.get(page.pageId)?.words.map(({box, readings}) => [boxKey(box), readings]) ?? [])
    for (const word of page.words) {
      const reference = page.text.slice(word.span.start, word.span.end)
      const readings = looks.get(boxKey(word.box)) ?? []
      if (isDifferent.has(word) || lettersOf(reference) === '' || word.confidence < 0.6) continue
      for (const [way, {text, confidence}] of readings.entries()) {
        if (marksOf(text) === marksOf(reference) || text === '') continue
        const others = readings.filter((_, other) => other !== way)
        const place: Place = {
          ...{kind: 'substitution', reference, hypothesis: text, before: '', after: '', confidence, readings: others},
          ...{room: null, takenOut: '', blank: null, isHead: false, isBeside: false},
        }
        samples.push({features: signsOf(place, comparison.surroundings, confusions).features, answer: 'ocr', weight})
      }
    }
  }
  return samples
}
