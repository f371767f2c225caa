import type {CheckedDocument, CheckReport, Difference, Doubt, Gate, Judgement, Report} from '../model.ts'
import {formatAmount} from './figures.ts'
import {bothSides} from './judgements.ts'
import {visibleLine} from './visible.ts'
import {wrap} from './width.ts'

/** A place where the transcript is probably wrong: an error it has, or one that it shares with the OCR. */
export interface SuspectPlace {
  readonly document: string
  /** Path of the transcript, relative to the corpus root. */
  readonly file: string
  readonly id: string
  /** How probable it is that the transcript is wrong. */
  readonly probability: number
  readonly place: Pick<Difference, 'kind' | 'reference' | 'hypothesis' | 'before' | 'after' | 'scan' | 'transcript'>
  /** The change of which it is one of many; null where it stands alone. */
  readonly pattern: string | null
  /** True where transcript and OCR agree, and only a second look reads otherwise. */
  readonly isShared: boolean
  readonly evidence: readonly string[]
}

/**
 * Pick the places where the transcript is probably wrong: the most probable first, those of one pattern together.
 *
 * @param settled
 *   Ids of those that a person has looked at, by document: they are left out.
 */
export function suspectsOf(
  {documents}: Pick<Report, 'documents'>,
  settled: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): readonly SuspectPlace[] {
  const places = documents.flatMap(({id: document, transcript: file, differences, doubts}) =>
    file === null
      ? []
      : [
          ...differences
            .filter(({suspect}) => suspect === 'transcript')
            .map(difference => ofDifference(difference, document, file)),
          ...doubts.map(doubt => ofDoubt(doubt, document, file)),
        ].filter(({id}) => !settled.get(document)?.has(id)),
  )
  const best = new Map<string, number>()
  const keyOf = ({document, pattern, id}: SuspectPlace) => `${document}\0${pattern ?? id}`
  for (const place of places) best.set(keyOf(place), Math.max(best.get(keyOf(place)) ?? 0, place.probability))
  const order = new Map([...best.keys()].map((key, index) => [key, index]))
  return places
    .map((place, index) => ({place, index, key: keyOf(place)}))
    .sort((a, b) => best.get(b.key)! - best.get(a.key)! || order.get(a.key)! - order.get(b.key)! || a.index - b.index)
    .map(({place}) => place)
}

/**
 * Take suspects as what a check found, for the formats of `check`: each is an improvement that a person can make.
 *
 * @param documents
 *   Those of the report, as a check lists them.
 * @param isFailing
 *   Whether there are more than may be.
 * @param accept
 *   The command that accepts a suspect after all, for a shell.
 */
export function checkOfSuspects(
  report: Report,
  documents: readonly CheckedDocument[],
  suspects: readonly SuspectPlace[],
  isFailing: boolean,
  accept: (suspect: SuspectPlace) => string,
): CheckReport {
  const gate: Gate = {
    strict: isFailing,
    changes: [],
    judgements: suspects.map(suspect => judgementOf(suspect, accept(suspect))),
    population: null,
    drift: null,
    tolerated: {ocr: 0, transcript: 0, both: 0, editorial: 0, illegible: 0, unsure: 0},
    unchanged: [],
  }
  return {
    tool: report.tool,
    engine: report.engine,
    characters: report.totals.character.clean,
    documents,
    verdict: {...report.verdict, status: isFailing ? 'failed' : report.verdict.status, gate},
  }
}

/**
 * Writes suspects for a person at a terminal; a pattern is told once.
 *
 * @param accept
 *   The command that accepts what stands in place of `TARGET`.
 * @param target
 *   What it is told to accept a suspect, for a shell.
 */
export function renderSuspects(
  suspects: readonly SuspectPlace[],
  {
    base,
    width,
    crops,
    accept,
    target,
  }: {
    readonly base: string
    readonly width: number
    readonly crops: ReadonlyMap<string, string>
    readonly accept: string
    readonly target: (suspect: SuspectPlace) => string
  },
): string {
  if (suspects.length === 0) return 'No place where the transcript is probably wrong\n'
  const blocks: string[] = []
  for (const [index, suspect] of suspects.entries()) {
    const {document, pattern} = suspect
    const isSame = (other: SuspectPlace | undefined) => other?.document === document && other.pattern === pattern
    if (pattern !== null && isSame(suspects[index - 1])) continue
    const others = pattern === null ? [] : suspects.filter((other, at) => at !== index && isSame(other))
    const sides = bothSides({difference: judgedDifference(suspect)})!
    const crop = crops.get(suspect.id)
    const fields: readonly (readonly [string, string])[] = [
      ['transcript', sides.transcript],
      [suspect.isShared ? 'second look' : 'scan', sides.scan],
      ['because', visibleLine(suspect.evidence.join('; '))],
      ...(others.length === 0
        ? []
        : [['also', visibleLine(`${pattern}: ${others.map(other => placeOf(other, '')).join(', ')}`)] as const]),
      ...(crop === undefined ? [] : [['picture', visibleLine(crop)] as const]),
      ['accept', visibleLine(target(suspect))],
    ]
    blocks.push(
      [
        `${visibleLine(placeOf(suspect, base))}  ${Math.round(100 * suspect.probability)} %`,
        ...fields.flatMap(([name, text]) =>
          wrap(text, Math.max(20, width - 15)).map((line, row) => `  ${(row === 0 ? name : '').padEnd(12)} ${line}`),
        ),
      ].join('\n'),
    )
  }
  const found = `${formatAmount(suspects.length, 'place')} where the transcript is probably wrong`
  const hint = `Where the transcript is right after all:\n${visibleLine(accept)}`
  return `${[found, ...blocks, hint].join('\n\n')}\n`
}

/** Writes suspects as JSON: the list that `renderSuspects` shows. */
export function renderSuspectsJson(suspects: readonly SuspectPlace[], crops: ReadonlyMap<string, string>): string {
  return `${JSON.stringify(
    suspects.map(({place, ...suspect}) => ({...suspect, ...place, picture: crops.get(suspect.id) ?? null})),
    null,
    1,
  )}\n`
}

function ofDifference(difference: Difference, document: string, file: string): SuspectPlace {
  const {id, probabilities, pattern, evidence, kind, reference, hypothesis, before, after, scan, transcript} =
    difference
  const place = {kind, reference, hypothesis, before, after, scan, transcript}
  return {document, file, id, probability: probabilities.transcript, place, pattern, isShared: false, evidence}
}

function ofDoubt(
  {id, text, reading, before, after, scan, transcript, probability, evidence}: Doubt,
  document: string,
  file: string,
): SuspectPlace {
  const place = {kind: 'substitution' as const, reference: text, hypothesis: reading, before, after, scan, transcript}
  return {document, file, id, probability, place, pattern: null, isShared: true, evidence}
}

function judgementOf(suspect: SuspectPlace, command: string): Judgement {
  const {document, file, place, probability, isShared, evidence} = suspect
  const {reference, hypothesis, transcript, scan} = place
  const side = isShared ? 'a second look at the scan' : 'the scan'
  const end =
    transcript === null || /\n/.test(reference)
      ? null
      : {
          line: transcript.line,
          column: transcript.column + transcript.endOffset - transcript.offset,
          offset: transcript.endOffset,
        }
  return {
    ruleId: 'judge:transcript',
    outcome: 'improvement',
    reason: `Probably the transcript is wrong (${Math.round(100 * probability)} %): expected \`${hypothesis.trim()}\` as ${side} says, found \`${reference.trim()}\`; ${evidence.join('; ')}`,
    remedy: `Look at the scan and mend the transcript; where it is right, accept the ${isShared ? 'doubt' : 'difference'}`,
    command,
    causes: [],
    document,
    page: scan?.page ?? null,
    file,
    point: transcript,
    end,
    difference: judgedDifference(suspect),
  }
}

function judgedDifference({id, place}: SuspectPlace): NonNullable<Judgement['difference']> {
  const {kind, reference, hypothesis, before, after, scan} = place
  return {id, kind, reference, hypothesis, before, after, errors: 0, scan}
}

/** As in `transcripts/letter.md:12:5`; without a base only line and column. */
function placeOf({file, place: {transcript}}: SuspectPlace, base: string): string {
  const point = transcript === null ? '' : `${transcript.line}:${transcript.column}`
  return base === '' && point !== '' ? point : `${base}${file}${point === '' ? '' : `:${point}`}`
}
