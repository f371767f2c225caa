import type {CheckReport, Judgement} from '../model.ts'
import {formatAmount} from './figures.ts'
import {bothSides, type CheckFormatOptions, cut, isFailing, judgementName, mending, pathOf} from './judgements.ts'
import {visibleLine} from './visible.ts'

/**
 * Writes a check as SARIF 2.1.0, of which code scanning on GitHub reads a part: each judgement at its transcript line,
 * the scan page as a related location, with a fingerprint that stays when lines move.
 *
 * GitHub keeps 5,000 results of a run: the worst are given, and a notification says how many are not.
 *
 * Source: OASIS SARIF 2.1.0; "SARIF support for code scanning" in the GitHub docs.
 */
export function renderSarif(report: CheckReport, options: CheckFormatOptions): string {
  const {tool, documents, verdict} = report
  const judgements = verdict.gate.judgements.filter(({outcome}) => outcome !== 'note')
  const shown = judgements.slice(0, mostResults)
  const left = judgements.length - shown.length
  const ruleIds = [...new Set(shown.map(({ruleId}) => ruleId))].sort()
  const scans = new Map(documents.flatMap(({pages}) => pages.map(({id, scan}) => [id, scan.file])))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            semanticVersion: tool.version,
            rules: ruleIds.map(ruleOf),
          },
        },
        automationDetails: {id: 'scanproof/check/'},
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: verdict.status !== 'incomplete',
            ...(left === 0
              ? {}
              : {
                  toolExecutionNotifications: [
                    {level: 'warning', message: {text: `${formatAmount(left, 'result')} left out: GitHub keeps 5,000`}},
                  ],
                }),
          },
        ],
        results: shown.map(judgement => resultOf(judgement, ruleIds, scans, report, options)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 1)}\n`
}

const mostResults = 5000
/** Where the limits stand: the place of what is about the corpus as a whole. */
const corpusFile = 'scanproof.config.json'

/** What each rule means, for the page of an alert. */
const meanings: Readonly<Record<string, string>> = {
  'gate:new-difference': 'Scan and transcript differ where the ledger accepts no difference',
  'gate:towards-ocr': 'The transcript was changed to what the OCR reads, although a person found the OCR wrong',
  'gate:gone-difference': 'An accepted difference is gone; bank it, so that it cannot come back unseen',
  'gate:population': 'A new engine, preparation or rule changed the readings of the corpus',
  'gate:no-ledger': 'A document has no ledger, so nothing can be called new',
  'gate:missing-document': 'A document of the ledger is gone',
  'gate:missing-page': 'A page of the ledger is gone',
  'gate:new-page': 'A page has never been accepted',
  'gate:unexplained-change': 'Nothing changed but the result did',
  'gate:limit': 'An error rate is above its limit',
  'judge:transcript': 'The transcript probably does not say what the scan says',
  'gate:drift': 'The error rate has risen since an older state',
}

function ruleOf(id: string) {
  const meaning = meanings[id] ?? 'Something keeps a document from being judged'
  const isGone = id === 'gate:gone-difference' || id === 'judge:transcript'
  return {
    id,
    shortDescription: {text: meaning},
    fullDescription: {text: `${meaning}.`},
    help: {
      text: 'Compare with the scan; then mend the transcript, or accept the difference with a reason: scanproof accept',
    },
    defaultConfiguration: {level: isGone ? 'note' : 'error'},
    properties: {precision: 'high', 'problem.severity': isGone ? 'recommendation' : 'error', tags: ['transcript']},
  }
}

function resultOf(
  judgement: Judgement,
  ruleIds: readonly string[],
  scans: ReadonlyMap<string, string>,
  report: CheckReport,
  options: CheckFormatOptions,
) {
  const {ruleId, reason, point, end, page, difference} = judgement
  const sides = bothSides(judgement)
  const scan = page === null ? undefined : scans.get(page)
  const box = difference?.scan?.box ?? null
  const message = [
    visibleLine(cut(reason, 1000)),
    ...(sides === null ? [] : [`Transcript: ${sides.transcript}`, `Scan: ${sides.scan}`]),
    ...(page === null
      ? []
      : [
          `Page: ${visibleLine(page)}${box === null ? '' : `, box ${[box.x, box.y, box.width, box.height].join(',')}`}`,
        ]),
    visibleLine(mending(judgement)),
  ]
  return {
    ruleId,
    ruleIndex: ruleIds.indexOf(ruleId),
    level: isFailing(judgement, report) ? 'error' : 'note',
    message: {text: message.join('\n')},
    locations: [
      {
        physicalLocation: {
          artifactLocation: {uri: uriOf(pathOf(judgement, options) ?? options.base + corpusFile)},
          region: {
            startLine: point?.line ?? 1,
            startColumn: point?.column ?? 1,
            // A region ends after its last character, and is not empty.
            ...(point !== null && end !== null && end.offset > point.offset
              ? {endLine: end.line, endColumn: end.column}
              : {endLine: point?.line ?? 1, endColumn: (point?.column ?? 1) + 1}),
          },
        },
      },
    ],
    ...(scan === undefined
      ? {}
      : {
          relatedLocations: [
            {
              id: 1,
              message: {text: `Scan of page ${visibleLine(page ?? '')}`},
              physicalLocation: {artifactLocation: {uri: uriOf(options.base + scan)}},
            },
          ],
        }),
    partialFingerprints: {primaryLocationLineHash: `${judgementName(judgement)}:1`},
  }
}

/** A relative path as a URI reference: a `:` in its first part would be taken for a scheme. */
function uriOf(path: string): string {
  return path
    .split('/')
    .map(part => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd')))
    .join('/')
}
