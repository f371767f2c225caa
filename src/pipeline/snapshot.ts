import {createHash} from 'node:crypto'
import {fold, profiles} from '../align/fold.ts'
import type {Config} from '../config.ts'
import {acceptedOf, type PageState, type Snapshot} from '../gate/accept.ts'
import {acceptedDoubts, type PlacedDoubt} from '../gate/doubts.ts'
import type {Places, SourcePlace} from '../gate/exact.ts'
import {matchDifferences, type PlacedDifference} from '../gate/match.ts'
import type {
  Document,
  DocumentReport,
  EngineIdentity,
  Ledger,
  Normalized,
  PageFingerprints,
  Recognition,
  Scan,
  Span,
  Transcript,
} from '../model.ts'
import {preparation} from '../prepare/prepare.ts'
import {lineStarts, pointIn} from '../read/lines.ts'
import {sourceSpan} from '../read/source-span.ts'
import {serialize} from '../recognize/recognition-file.ts'
import {isImported} from './imported.ts'
import {readingOffset} from './places.ts'

/** What of the program can change a result besides its settings. */
export interface Program {
  readonly version: string
  /** Hashes of the code that cleans, and of the code that compares. */
  readonly rules: string
  readonly comparison: string
}

/** What a page's result is made from, known before it is made. */
export type PageInputs = Omit<PageFingerprints, 'cleaned'>

/** Name or hash everything that the differences of a document's pages are made from; null where a page was not read or there is no transcript. */
export function inputsOf(
  {pages, transcript}: Document,
  recognitions: ReadonlyMap<string, Recognition>,
  engine: EngineIdentity,
  {
    equality,
    equivalences,
    profile,
    disabledRules,
    cleanup,
  }: Pick<Config, 'equality' | 'equivalences' | 'profile' | 'disabledRules' | 'cleanup'>,
  program: Program,
): ReadonlyMap<string, PageInputs> | null {
  const readings = pages.flatMap(({id}) => {
    const recognition = recognitions.get(id)
    return recognition === undefined ? [] : [readingHash(recognition)]
  })
  if (transcript === null || readings.length < pages.length) return null
  const all = hash(readings.join())
  const text = hash(
    fold(transcript.text, {folds: comparedFolds(equality), table: equivalences, compounds: new Set()}).text,
  )
  const {families, words} = cleanup
  const isOwn = Object.keys(families).length + cleanup.rules.length + words.length > 0
  const ownCleanup = isOwn ? [`own-${hash(canonical(cleanup))}`] : []
  const rules = [profile, ...disabledRules.map(id => `-${id}`), ...ownCleanup, program.rules].join(' ')
  const own = Object.keys(equivalences).length === 0 ? '' : ` ${hash(canonical(equivalences))}`
  return new Map(
    pages.map(({id, scan}, index) => [
      id,
      {
        scan: scanText(scan),
        engine: engineText(recognitions.get(id), engine),
        preparation: `${preparation.version} ${hash(canonical(preparation))}`,
        reading: `${readings[index]}/${all}`,
        rules,
        comparison: `${equality}${own} ${program.comparison}`,
        transcript: text,
      },
    ]),
  )
}

/** Name a scan by its content, as in `83fca18c2be1f0d7 image 2`. */
function scanText({sha256, frame}: Pick<Scan, 'sha256' | 'frame'>): string {
  return `${sha256.slice(0, 16)}${frame === 0 ? '' : ` image ${frame + 1}`}`
}

/** What another program read changes with its file, of which the fingerprint is. */
function engineText(recognition: Recognition | undefined, engine: EngineIdentity): string {
  const isForeign = isImported(recognition)
  const {name, version, model} = isForeign ? recognition.engine : engine
  const whole = isForeign ? [recognition.engine, recognition.fingerprint] : engine
  return `${name} ${version} ${model} ${hash(canonical(whole))}`.replace(/ +/g, ' ')
}

/** Take a compared document as a ledger would remember it. */
export function snapshotOf(
  report: DocumentReport,
  normalized: Normalized,
  inputs: ReadonlyMap<string, PageInputs>,
): Snapshot {
  const shares = new Map(normalized.pages.map(share => [share.pageId, share.clean]))
  const pages = report.pages.flatMap(({id, counts}): PageState[] => {
    const known = inputs.get(id)
    const share = shares.get(id)
    if (known === undefined || share === undefined || counts === null) return []
    const {correct, substitutions, insertions, deletions} = counts.character.clean
    return [
      {
        page: id,
        fingerprints: {...known, cleaned: hash(normalized.clean.slice(share.start, share.end))},
        counts: {correct, substitutions, insertions, deletions},
      },
    ]
  })
  return {document: report.id, pages, differences: placedDifferences(report), doubts: placedDoubts(report)}
}

/** The differences of a document with their pages; the first for one that lies on none. */
function placedDifferences({id, pages, differences}: DocumentReport): readonly PlacedDifference[] {
  const first = pages.find(({counts}) => counts !== null)?.id ?? `${id}/1`
  return differences.map(difference => ({...difference, page: difference.scan?.page ?? first}))
}

function placedDoubts({pages, doubts}: DocumentReport): readonly PlacedDoubt[] {
  const scans = new Map(pages.map(({id, scan}) => [id, scanText(scan)]))
  return doubts.flatMap(({id, text, reading, before, after, scan, transcript}) => {
    const name = scans.get(scan?.page ?? '')
    if (scan === null || name === undefined) return []
    const sides = {kind: 'substitution' as const, reference: text, hypothesis: reading, before, after}
    return [{id, ...sides, page: scan.page, scan: name, transcript}]
  })
}

/**
 * The suspects that a person has looked at, by id: differences and doubts that the ledger accepts. One that is accepted
 * with the transcript found wrong, or by nobody who looked, is still to be mended.
 */
export function settledSuspects(report: DocumentReport, ledger: Ledger | null): ReadonlySet<string> {
  const doubts = acceptedDoubts(ledger, placedDoubts(report))
  const {carried} = matchDifferences(acceptedOf(ledger), placedDifferences(report))
  const said = [...doubts, ...carried.map(({difference, accepted}) => [difference, accepted] as const)]
  return new Set(said.flatMap(([{id}, {verdict}]) => (verdict === 'transcript' || verdict === 'unsure' ? [] : [id])))
}

/** Make what finds differences, or parts of them, in a transcript. */
export function placesIn(transcript: Transcript): Places {
  const starts = lineStarts(transcript.source)
  const placeOf = (span: Span): SourcePlace => {
    const {start, end} = sourceSpan(transcript, span)
    return {point: pointIn(starts, start), end: pointIn(starts, end)}
  }
  return {
    inReference(difference, part) {
      const start = readingOffset(transcript, difference)
      return start === null ? null : placeOf({start: start + part.start, end: start + part.end})
    },
    ofText(before, text, after) {
      const [left, middle, right] = [before, text, after].map(part =>
        (part.match(/\S+/g) ?? []).map(escapePattern).join('\\s+'),
      )
      if (left === '' && right === '') return null
      const match = new RegExp(`(?:${left})\\s*(${middle})\\s*(?:${right})`, 'd').exec(transcript.text)
      const [start, end] = match?.indices?.[1] ?? []
      return start === undefined || end === undefined ? null : placeOf({start, end})
    },
  }
}

/** What is compared, but for hyphens at line ends, which fold by what the other side has. */
function comparedFolds(equality: Config['equality']) {
  return profiles[equality].filter(name => name !== 'line-end-hyphens')
}

/** Of all that the rules see of a page. */
function readingHash(recognition: Recognition): string {
  const {width, height, lines, regions} = recognition
  const engine: EngineIdentity = {name: '', version: '', model: '', modelSha256: '', parameters: {}}
  return hash(
    serialize({
      schemaVersion: 1,
      pageId: '',
      fingerprint: '',
      engine,
      width,
      height,
      confidence: 0,
      lines: lines.map(({baseline: _, words, ...line}) => ({
        ...line,
        words: words.map(({text, box, confidence}) => ({text, box, confidence})),
      })),
      regions,
      findings: [],
    }),
  )
}

/** JSON with the keys of every record sorted. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
