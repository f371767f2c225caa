/**
 * Matchers for vitest, registered by importing this module.
 *
 *     import 'scanproof/vitest'
 *     await expect('scans/letter').toMatchTranscript('transcripts/letter.md', {maxCharacterErrorRate: 0.02})
 *     await expect('scans/letter').toHaveNoNewDifferences()
 */
import {basename, dirname, extname, join, relative, resolve, sep} from 'node:path'
import process from 'node:process'
import {expect, test} from 'vitest'
import {openEngine} from './cli/engine.ts'
import {thisProgram} from './cli/program.ts'
import {type Config, readConfig, readEnvironment} from './config.ts'
import {type CheckRun, check, listDocuments, type Run, renderCheckText, run} from './index.ts'
import {type CheckReport, type DocumentReport, UserError} from './model.ts'
import {version} from './version.ts'

export interface TranscriptLimits {
  /** Highest clean CER that passes, as a fraction; that of the settings where left out, and 0 where they have none. */
  readonly maxCharacterErrorRate?: number
}

export interface CorpusTestOptions {
  /** Folder that holds scans/, transcripts/ and ledger/; the working folder where left out. */
  readonly root?: string
  /** Milliseconds that reading the whole corpus may take; ten minutes where left out. */
  readonly timeout?: number
}

interface TranscriptMatchers<R = unknown> {
  /**
   * Reads a scan, cleans the text and compares it with its transcript.
   *
   * The value is the path `<root>/scans/<document>`, of a folder or a file. A document that cannot be judged fails,
   * with `.not` too. Asynchronous: await it.
   */
  toMatchTranscript(transcript: string, limits?: TranscriptLimits): R
  /**
   * Holds a document against `<root>/ledger/<document>.json`, as `scanproof check` does; the value is as for
   * `toMatchTranscript`. Asynchronous: await it.
   */
  toHaveNoNewDifferences(): R
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration must repeat vitest's own
  interface Matchers<T = any> extends TranscriptMatchers<Promise<T>> {}
}

expect.extend({
  async toMatchTranscript(scan: unknown, transcript: string, limits: TranscriptLimits = {}) {
    const {config, document} = locate(scan)
    const expected = join(config.root, 'transcripts', `${document}.md`)
    if (resolve(transcript) !== expected) {
      throw new UserError(
        `Unexpected transcript \`${transcript}\`, expected \`${here(expected)}\`, as the scan is \`${scan}\``,
      )
    }
    const report = (await once(runs, `${config.root}\0${document}`, () => runDocument(config, document))).report
      .documents[0]
    const most = limits.maxCharacterErrorRate ?? config.maxCharacterErrorRate ?? 0
    const rate = report?.totals?.character.clean.errorRate ?? null
    if (report === undefined || report.status !== 'compared' || rate === null) {
      throw new Error(`Cannot judge ${here(expected)}:\n${reasons(report)}`)
    }
    return {
      pass: rate <= most,
      message: () => describeRate(report, rate, most, config.root, this.isNot),
      actual: rate,
      expected: most,
    }
  },

  async toHaveNoNewDifferences(scan: unknown) {
    const {config, document} = locate(scan)
    const {report} = await once(checks, `${config.root}\0${document}`, () => checkDocuments(config, [document]))
    const text = () => renderCheckText(report, {color: false, width: 100, base: basePath(config.root)})
    if (report.verdict.status === 'incomplete') throw new Error(`Cannot judge ${document}:\n${text()}`)
    return {
      pass: report.verdict.status === 'passed',
      message: () =>
        this.isNot
          ? `Expected new differences in ${document}, found none`
          : `${document} has new differences:\n\n${text()}`,
    }
  },
})

/**
 * Makes a test of every document of a corpus, and one of what belongs to none: a limit of the corpus, a ledger without
 * a document. The corpus is checked once, when the first test runs. Await it at the top of a test file:
 *
 *     import {corpusTest} from 'scanproof/vitest'
 *     await corpusTest({root: 'archive'})
 */
export async function corpusTest({root = '.', timeout = 600_000}: CorpusTestOptions = {}): Promise<void> {
  const config = readConfig({root})
  const {documents} = await listDocuments(config.root)
  const checked = () => once(checks, config.root, () => checkDocuments(config, []))
  for (const {id} of documents) {
    test(id, {timeout}, async () => failWith(partOf((await checked()).report, id), config))
  }
  test('the corpus as a whole', {timeout}, async () => failWith(partOf((await checked()).report, null), config))
}

/** The part of a check that is about a document; null for what is about none of those it lists. */
function partOf(report: CheckReport, document: string | null): CheckReport {
  const listed = new Set(report.documents.map(({id}) => id))
  const judgements = report.verdict.gate.judgements.filter(judgement =>
    document === null
      ? judgement.document === null || !listed.has(judgement.document)
      : judgement.document === document,
  )
  const has = (...outcomes: readonly string[]) => judgements.some(({outcome}) => outcomes.includes(outcome))
  const status = has('unjudged') ? 'incomplete' : has('regression') ? 'failed' : 'passed'
  return {
    ...report,
    documents: document === null ? report.documents : report.documents.filter(({id}) => id === document),
    verdict: {...report.verdict, status, gate: {...report.verdict.gate, judgements}},
  }
}

function failWith(report: CheckReport, {root}: Config): void {
  if (report.verdict.status === 'passed') return
  throw new Error(`\n${renderCheckText(report, {color: false, width: 100, base: basePath(root)})}`)
}

/** The corpus and document that a path of scans belongs to. */
function locate(scan: unknown): {readonly config: Config; readonly document: string} {
  if (typeof scan !== 'string') {
    throw new UserError(`Unexpected ${typeof scan}, expected the path of a scan, as in expect('scans/letter')`)
  }
  const path = resolve(scan)
  const scans = dirname(path)
  if (basename(scans) !== 'scans') {
    throw new UserError(
      `Unexpected scan \`${scan}\`, expected \`<root>/scans/<document>\`, give the path of its folder or file`,
    )
  }
  const name = basename(path)
  const isFile = /^\.(?:pdf|tiff?|png|jpe?g|webp|jp2|jp[fx]|j2[kc]|jpc)$/i.test(extname(name))
  return {
    config: readConfig({root: dirname(scans)}),
    document: (isFile ? name.slice(0, -extname(name).length) : name).normalize('NFC'),
  }
}

function runDocument(config: Config, document: string): Promise<Run> {
  return run(config, [document], version, () => openEngine(config))
}

function checkDocuments(config: Config, names: readonly string[]): Promise<CheckRun> {
  const options = {strict: false, full: false, keep: !readEnvironment().ci, drift: null}
  return check(config, names, thisProgram(), () => openEngine(config), options)
}

const runs = new Map<string, Promise<Run>>()
const checks = new Map<string, Promise<CheckRun>>()

/** Start what takes long once a test file, whatever the number of matchers. */
function once<T>(started: Map<string, Promise<T>>, key: string, start: () => Promise<T>): Promise<T> {
  const promise = started.get(key) ?? start()
  started.set(key, promise)
  return promise
}

const mostShown = 10

function describeRate(
  {id, transcript, differences}: DocumentReport,
  rate: number,
  most: number,
  root: string,
  isNot: boolean,
): string {
  const file = here(join(root, transcript ?? ''))
  const found = `character error rate ${percent(rate)}`
  if (isNot) return `Expected scans/${id} not to match ${file}, found ${found}, at most ${percent(most)}`
  const lines = differences.slice(0, mostShown).map(({transcript: place, before, reference, hypothesis, after}) => {
    const at = place === null ? file : `${file}:${place.line}:${place.column}`
    return `  ${at}: ${plain(before)} [${plain(reference)}/${plain(hypothesis)}] ${plain(after)}`
  })
  const left = differences.length - lines.length
  return [
    `Expected scans/${id} to match ${file} with a character error rate of at most ${percent(most)}, found ${percent(rate)}`,
    'Differences, as [transcript/scan]:',
    ...lines,
    ...(left > 0 ? [`  and ${left} more`] : []),
    `Look at them beside the scan, then mend the transcript or the limit: scanproof run ${id}`,
  ].join('\n')
}

function reasons(report: DocumentReport | undefined): string {
  const findings = report?.findings.filter(({severity}) => severity === 'error') ?? []
  if (findings.length === 0) return '  the transcript has no text, so that no rate is defined'
  return findings.map(({reason}) => `  ${plain(reason)}`).join('\n')
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(2)} %`
}

/** Text from outside on one line, without what would act on a terminal. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '\ufffd')
    .trim()
}

function here(path: string): string {
  return relative(process.cwd(), path).split(sep).join('/')
}

function basePath(root: string): string {
  const path = here(root)
  return path === '' ? '' : `${path}/`
}
