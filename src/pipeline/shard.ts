import {createHash} from 'node:crypto'
import type {Config} from '../config.ts'
import type {EngineIdentity, Finding, Page, Recognition} from '../model.ts'
import {UserError} from '../model.ts'
import {preparation} from '../prepare/prepare.ts'
import {pairDocuments} from '../read/documents.ts'
import {listScans} from '../read/scan-list.ts'
import {listTranscripts} from '../read/transcripts.ts'
import type {Engine} from '../recognize/engine.ts'
import {fingerprint} from '../recognize/fingerprint.ts'
import {serialize} from '../recognize/recognition-file.ts'
import {readRecognition, writeRecognition} from '../recognize/store.ts'
import type {Blob, ShardPage} from '../scale/blob.ts'
import {checkBlobs, type FoundBlob, type Vouched} from '../scale/complete.ts'
import {estimateCost, type HashedPlan, hashPlan, type Plan, type PlannedDocument, pagesOf} from '../scale/plan.ts'
import {type Shard, slice} from '../scale/slice.ts'
import {openWhenAsked} from './imported.ts'
import {notStoredRule, pageFailed, type ReadingEvents, readPages, type ScanSource} from './reading.ts'
import {chooseDocuments, compareAndJudge, type Run, selectCorpus} from './run.ts'
import {readLooks} from './second-look.ts'

/**
 * List all that has to be read: the same scans give the same plan, byte for byte, on any machine.
 *
 * @param names
 *   Documents to plan; none for all.
 * @throws UserError
 *   Where there is nothing to read or a name is unknown.
 */
export async function planCorpus(root: string, names: readonly string[], version: string): Promise<Plan> {
  const {pending, findings} = await scansToPlan(root, names)
  const documents: PlannedDocument[] = []
  // Each document is let go when it is planned: a million pages are not held twice.
  for (let scan = pending.pop(); scan !== undefined; scan = pending.pop()) {
    const {id, place, pages, bytes} = scan
    const planned = pages.map((page, index) => {
      const size = bytes[index] ?? 0
      return {id: page.id, document: id, name: page.name, scan: page.scan, bytes: size, cost: estimateCost(size)}
    })
    documents.push({id, place, pages: planned})
  }
  return {toolVersion: version, names, documents, findings}
}

/** The documents to plan, the last one first. */
async function scansToPlan(root: string, names: readonly string[]) {
  const {documents, findings} = await listScans(root)
  return {pending: [...chooseDocuments(documents, names)].reverse(), findings}
}

/** `planCorpus`, with the hash of the file it would be written as. */
export async function planAndHash(root: string, names: readonly string[], version: string): Promise<HashedPlan> {
  const plan = await planCorpus(root, names, version)
  return {plan, hash: hashPlan(plan)}
}

/** Hash of all that can change a recognition but the scan: what parts of one run must have in common. */
export function toolFingerprint(engine: EngineIdentity): string {
  return fingerprint({file: '', format: 'png', frame: 0, sha256: ''}, preparation, engine)
}

/** A page's fingerprint under this program's preparation and an engine. */
export function pageFingerprint(page: Page, engine: EngineIdentity): string {
  return fingerprint(page.scan, preparation, engine)
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
  const engine = await openEngine()
  const {recognitions, findings} = await readPages(pages, engine, config, events, signal, true, source).finally(() =>
    engine.close(),
  )
  const failures = new Map(
    findings.flatMap(({ruleId, page, reason}) =>
      page !== null && ['recognize:page-failed', notStoredRule].includes(ruleId) ? [[page, reason] as const] : [],
    ),
  )
  const told = pages.map((page): ShardPage => {
    const recognition = recognitions.get(page.id)
    const failure = failures.get(page.id) ?? (recognition === undefined ? 'The page was not read' : null)
    return {
      page: page.id,
      fingerprint: pageFingerprint(page, engine.identity),
      // One that could not be stored is not there to be merged.
      recognition: recognition === undefined || failure !== null ? null : recognitionHash(recognition),
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

/** A recognition that a blob vouches for; null where it is not there or damaged. */
export type ReadVouched = (vouched: Vouched) => Promise<Recognition | null>

/**
 * Bring the parts of a run together, as if one machine had read all. The engine is left open.
 *
 * @param read
 *   Gets a recognition from where its blob was found.
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
  const recognitions = new Map<string, Recognition>()
  const findings: Finding[] = []
  const damaged: string[] = []
  for (const [page, voucher, recognition] of await readAll(pages, vouched, read)) {
    const {failure, recognition: wanted} = voucher.page
    if (failure !== null) {
      findings.push(pageFailed(page, failure))
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
  if (damaged.length > 0) {
    const more = damaged.length > 20 ? ` and ${damaged.length - 20} more` : ''
    const named = `${damaged.slice(0, 20).join(', ')}${more}`
    return {
      run: null,
      problems: [`recognitions missing or damaged: ${named}, copy their folder again or run the shard again`],
    }
  }
  const corpus = pairDocuments(plan, await listTranscripts(config.root))
  const looks = await readLooks(recognitions, config.out)
  const selected = selectCorpus(corpus, plan.names, {recognitions, findings, looks}, identity)
  // Words in question are looked at again here, with the transcripts at hand, as in a run on one machine.
  const lazy = openWhenAsked(async () => engine)
  return {run: await compareAndJudge(selected, config, version, lazy, signal), problems: null}
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
    return [page, voucher, voucher.page.failure === null ? await read(voucher) : null] as const
  }
  for (let first = 0; first < pages.length; first += recognitionsAtOnce) {
    all.push(...(await Promise.all(pages.slice(first, first + recognitionsAtOnce).map(get))))
  }
  return all
}

/** The recognition of a page in the folder of a shard. */
export async function readShardRecognition(folder: string, page: string): Promise<Recognition | null> {
  return (await readRecognition(folder, page)).recognition
}

function demandVersion({toolVersion}: Plan, version: string): void {
  if (toolVersion === version) return
  throw new UserError(
    `Unexpected plan by scanproof \`${toolVersion}\`, expected \`${version}\`, which runs here: install the one that made the plan, or make the plan again`,
  )
}
