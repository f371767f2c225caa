import {createHash} from 'node:crypto'
import type {Config} from '../config.ts'
import type {Document, EngineIdentity, Finding, Page, Recognition, SecondLook} from '../model.ts'
import {UserError} from '../model.ts'
import {ways} from '../prepare/looks.ts'
import {preparation} from '../prepare/prepare.ts'
import {pairDocuments} from '../read/documents.ts'
import {findReadings} from '../read/imported.ts'
import {listTranscripts} from '../read/transcripts.ts'
import type {Engine} from '../recognize/engine.ts'
import {fingerprint} from '../recognize/fingerprint.ts'
import {lookFingerprint, readAnyLook, serializeLook, writeLook} from '../recognize/look-store.ts'
import {serialize} from '../recognize/recognition-file.ts'
import {readRecognition, writeRecognition} from '../recognize/store.ts'
import type {Blob, ShardPage} from '../scale/blob.ts'
import {checkBlobs, type FoundBlob, type Vouched} from '../scale/complete.ts'
import {type HashedPlan, type Plan, pagesOf} from '../scale/plan.ts'
import {type Shard, slice} from '../scale/slice.ts'
import {selectCorpus} from './corpus.ts'
import {openGuess} from './guess.ts'
import {isWhole, joinImported, openWhenAsked, takeImported} from './imported.ts'
import {notStoredRule, pageFailed, type ReadingEvents, readPages, type ScanSource} from './reading.ts'
import {compareAndJudge, type Run} from './run.ts'
import {lookAgain, type PageInQuestion, readLooks} from './second-look.ts'

/** Hash of all that can change a recognition but the scan: what parts of one run must have in common. */
export function toolFingerprint(engine: EngineIdentity): string {
  return fingerprint({file: '', format: 'png', frame: 0, sha256: ''}, preparation, engine)
}

/** A page's fingerprint under this program's preparation and an engine. */
export function pageFingerprint(page: Page, engine: EngineIdentity): string {
  return fingerprint(page.scan, preparation, engine)
}

/** SHA-256 of a second look as it is written, lower-case hex. */
function lookHash(look: SecondLook): string {
  return createHash('sha256').update(serializeLook(look)).digest('hex')
}

/** SHA-256 of a recognition as it is written, lower-case hex. */
export function recognitionHash(recognition: Recognition): string {
  return createHash('sha256').update(serialize(recognition)).digest('hex')
}

/**
 * Read one shard of a plan; recognitions are stored as a run stores them.
 *
 * @param source
 *   Where the files of scans come from; the corpus folder unless another is given.
 * @returns
 *   What the shard says of its pages. A page that fails is a part of it, not an error.
 * @throws UserError
 *   Where the plan was made by another version.
 */
export async function readShard(
  config: Config,
  {plan, hash}: HashedPlan,
  shard: Shard,
  version: string,
  openEngine: () => Promise<Engine>,
  events: ReadingEvents = {},
  signal?: AbortSignal,
  source?: ScanSource,
): Promise<Blob> {
  demandVersion(plan, version)
  const pages = slice(pagesOf(plan), shard)
  const {readings, unusable} = await findReadings(documentsOf(plan), config.out, config.readings)
  // What another program read the merge takes from it, as a run does; an engine would read it for nothing.
  const isLeft = ({id}: Page) => readings.has(id) || unusable.has(id)
  const rest = pages.filter(page => !isLeft(page))
  const engine = await openEngine()
  const readAndLook = async () => {
    const guess = await openGuess(config)
    const reading = await readPages(rest, engine, config, events, signal, true, source)
    const open: PageInQuestion[] = []
    for (const page of rest) {
      const recognition = reading.recognitions.get(page.id)
      const question = recognition === undefined ? null : await guess(page, recognition)
      if (question !== null) open.push(question)
    }
    return {...reading, looks: await lookAgain(open, engine, config, signal)}
  }
  const {recognitions, findings, looks} = await readAndLook().finally(() => engine.close())
  const failures = new Map(
    findings.flatMap(({ruleId, page, reason}) =>
      page !== null && ['recognize:page-failed', notStoredRule].includes(ruleId) ? [[page, reason] as const] : [],
    ),
  )
  const told = pages.map((page): ShardPage => {
    const recognition = recognitions.get(page.id)
    if (isLeft(page)) return {page: page.id, fingerprint: pageFingerprint(page, engine.identity), ...leftAlone}
    const failure = failures.get(page.id) ?? (recognition === undefined ? 'The page was not read' : null)
    const look = failure === null ? looks.get(page.id) : undefined
    return {
      page: page.id,
      fingerprint: pageFingerprint(page, engine.identity),
      // One that could not be stored is not there to be merged.
      recognition: recognition === undefined || failure !== null ? null : recognitionHash(recognition),
      looks: look === undefined ? null : lookHash(look),
      failure,
    }
  })
  return {
    schemaVersion: 1,
    toolVersion: version,
    planHash: hash,
    fingerprint: toolFingerprint(engine.identity),
    shard,
    pages: told,
  }
}

/** What a merge gives: a run, or the reasons why there is none. */
export type Merge =
  | {readonly run: Run; readonly problems: null}
  | {readonly run: null; readonly problems: readonly string[]}

/** Gets what a blob vouches for; null where it is not there or damaged. */
export interface ReadVouched {
  readonly recognition: (vouched: Vouched) => Promise<Recognition | null>
  readonly look: (vouched: Vouched) => Promise<SecondLook | null>
}

/**
 * Bring the parts of a run together, as if one machine had read all. The engine is left open.
 *
 * @param read
 *   Gets a recognition, or a second look, from where its blob was found.
 * @param keep
 *   True to store the recognitions as a run would have.
 * @throws UserError
 *   Where the plan was made by another version.
 */
export async function mergeShards(
  config: Config,
  {plan, hash}: HashedPlan,
  blobs: readonly FoundBlob[],
  version: string,
  engine: Engine,
  read: ReadVouched,
  keep: boolean,
  signal?: AbortSignal,
): Promise<Merge> {
  const {identity} = engine
  demandVersion(plan, version)
  const pages = pagesOf(plan)
  const expected = {
    toolVersion: version,
    planHash: hash,
    fingerprint: toolFingerprint(identity),
    pages: pages.map(({id}) => id),
  }
  const {problems, pages: vouched} = checkBlobs(expected, blobs)
  if (problems.length > 0) return {run: null, problems}
  const documents = documentsOf(plan)
  const imported = await takeImported(documents, config)
  const recognitions = new Map<string, Recognition>()
  const findings: Finding[] = []
  const damaged: string[] = []
  const left: string[] = []
  for (const [page, voucher, recognition] of await readAll(imported.rest, vouched, read)) {
    const {failure, recognition: wanted} = voucher.page
    if (failure !== null) {
      findings.push(pageFailed(page, failure))
      continue
    }
    if (wanted === null) {
      left.push(`\`${page.id}\``)
      continue
    }
    if (
      recognition?.pageId !== page.id ||
      recognition.fingerprint !== pageFingerprint(page, identity) ||
      recognitionHash(recognition) !== wanted
    ) {
      damaged.push(`\`${page.id}\` (\`${voucher.source.name}\`)`)
      continue
    }
    if (keep) await writeRecognition(config.out, recognition)
    recognitions.set(page.id, recognition)
  }
  if (left.length > 0) {
    const problem = `left to another program's reading, which is not here: ${first20(left)}, copy it to \`recognitions/\` or name it with --readings`
    return {run: null, problems: [problem]}
  }
  if (damaged.length > 0) {
    return {
      run: null,
      problems: [
        `recognitions missing or damaged: ${first20(damaged)}, copy their folder again or run the shard again`,
      ],
    }
  }
  const corpus = pairDocuments(plan, await listTranscripts(config.root))
  const looks = await gatherLooks(config, recognitions, vouched, read, keep)
  const engineOfRun = isWhole(documents, imported) ? null : identity
  const reading = joinImported(documents, imported, {recognitions, findings}, engineOfRun)
  const selected = selectCorpus(corpus, plan.names, {...reading, looks}, reading.engine)
  // Words in question that no shard has looked at are looked at here, as in a run on one machine.
  const lazy = openWhenAsked(async () => engine)
  return {run: await compareAndJudge(selected, config, version, lazy, signal), problems: null}
}

/** Second looks by page: those that lie in the output folder, else those that a blob vouches for. One that is damaged is taken anew. */
async function gatherLooks(
  {out}: Config,
  recognitions: ReadonlyMap<string, Recognition>,
  vouched: ReadonlyMap<string, Vouched>,
  read: ReadVouched,
  keep: boolean,
): Promise<ReadonlyMap<string, SecondLook>> {
  const looks = new Map(await readLooks(recognitions, out))
  for (const [page, recognition] of recognitions) {
    const voucher = vouched.get(page)
    if (looks.has(page) || voucher === undefined || voucher.page.looks === null) continue
    const look = await read.look(voucher)
    if (look?.pageId !== page || look.fingerprint !== lookFingerprint(recognition.fingerprint, ways)) continue
    if (lookHash(look) !== voucher.page.looks) continue
    if (keep) await writeLook(out, look)
    looks.set(page, look)
  }
  return looks
}

const leftAlone = {recognition: null, looks: null, failure: null}

function documentsOf({documents}: Plan): readonly Document[] {
  return documents.map(({id, pages}) => ({id, pages, transcript: null}))
}

function first20(names: readonly string[]): string {
  return `${names.slice(0, 20).join(', ')}${names.length > 20 ? ` and ${names.length - 20} more` : ''}`
}

/** Recognitions got together: a store on another machine answers many questions as fast as one. */
const recognitionsAtOnce = 16

async function readAll(
  pages: readonly Page[],
  vouched: ReadonlyMap<string, Vouched>,
  read: ReadVouched,
): Promise<readonly (readonly [Page, Vouched, Recognition | null])[]> {
  const all: (readonly [Page, Vouched, Recognition | null])[] = []
  const get = async (page: Page) => {
    const voucher = vouched.get(page.id)
    if (voucher === undefined) throw new Error(`Unexpected page \`${page.id}\` without a blob after the check`)
    return [page, voucher, voucher.page.recognition === null ? null : await read.recognition(voucher)] as const
  }
  for (let first = 0; first < pages.length; first += recognitionsAtOnce) {
    all.push(...(await Promise.all(pages.slice(first, first + recognitionsAtOnce).map(get))))
  }
  return all
}

/** What lies in the folders of shards. */
export function shardReadings(folderOf: (vouched: Vouched) => string): ReadVouched {
  return {
    recognition: async vouched => (await readRecognition(folderOf(vouched), vouched.page.page)).recognition,
    look: vouched => readAnyLook(folderOf(vouched), vouched.page.page),
  }
}

function demandVersion({toolVersion}: Plan, version: string): void {
  if (toolVersion === version) return
  throw new UserError(
    `Unexpected plan by scanproof \`${toolVersion}\`, expected \`${version}\`, which runs here: install the one that made the plan, or make the plan again`,
  )
}
