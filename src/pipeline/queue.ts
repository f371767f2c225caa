import type {Scan} from '../model.ts'
import {prepare} from '../prepare/prepare.ts'
import {readScan} from '../read/scans.ts'
import type {Engine} from '../recognize/engine.ts'
import {parseLook, serializeLook} from '../recognize/look-store.ts'
import {isRecognition} from '../recognize/recognition-fault.ts'
import {expand, serialize} from '../recognize/recognition-file.ts'
import {type PlanFile, pagesIn} from '../scale/plan-file.ts'
import type {WorkOnPage} from '../scale/queue/work.ts'
import {getHashed, putHashed} from '../scale/store/open.ts'
import {type ObjectKind, type ObjectStore, objectKey, StoreError} from '../scale/store/store.ts'
import type {Guess} from './guess.ts'
import {limit, preparationsFor, readPage, rememberLast, type ScanSource} from './reading.ts'
import {lookOnce} from './second-look.ts'
import {pageFingerprint, type ReadVouched} from './shard.ts'

/** Take scans from a store, where they lie under their hashes. */
export function scansFrom(store: ObjectStore): ScanSource {
  return rememberLast(scan => getHashed(store, 'scans', scan.sha256))
}

/** Take scans from a folder of a corpus, and see that they are those that were planned. */
export function scansIn(root: string): ScanSource {
  return rememberLast(scan => readScan(root, scan))
}

/** Pages to have in hand for so many engines: some are prepared while the others are read. */
export function lanesFor(jobs: number): number {
  return jobs + preparationsFor(jobs)
}

/**
 * Read pages from `source`, take a second look where `guess` says so, and put what was read into `store`.
 *
 * A page whose scan is missing or another fails; where the store itself cannot be used the promise rejects.
 */
export function workWith(
  engine: () => Engine,
  source: ScanSource,
  store: ObjectStore,
  jobs: number,
  guess: Guess,
): WorkOnPage {
  const inTurn = limit(preparationsFor(jobs))
  return async page => {
    let bytes: Uint8Array
    try {
      bytes = await source(page.scan)
    } catch (error) {
      if (error instanceof StoreError || !(error instanceof Error)) throw error
      return {recognition: null, looks: null, failure: error.message}
    }
    const fingerprint = pageFingerprint(page, engine().identity)
    const {recognition, finding} = await readPage(page, fingerprint, () => inTurn(() => prepare(bytes, page)), engine())
    if (recognition === null) {
      return {recognition: null, looks: null, failure: finding?.reason ?? 'The page was not read'}
    }
    const question = await guess(page, recognition)
    const look = question === null ? null : await lookOnce(question, engine(), async () => bytes)
    const put = (kind: ObjectKind, text: string) => putHashed(store, kind, new TextEncoder().encode(text))
    return {
      recognition: await put('recognitions', serialize(recognition)),
      looks: look === null ? null : await put('looks', serializeLook(look)),
      failure: null,
    }
  }
}

/** Files put into a store at once. */
const filesAtOnce = 16

/** Put the scans of a plan into a store, where they are not there; gives the number of files that were put. */
export async function uploadScans(plan: PlanFile, root: string, store: ObjectStore): Promise<number> {
  const queue = scansOf(plan)
  let count = 0
  const lane = async () => {
    for (const scan of queue) {
      const key = objectKey('scans', scan.sha256)
      if (await store.has(key)) continue
      await store.put(key, await readScan(root, scan))
      count++
    }
  }
  await Promise.all(Array.from({length: filesAtOnce}, lane))
  return count
}

/** Each file of a document once. */
function* scansOf(plan: PlanFile): Generator<Scan> {
  let document = ''
  const seen = new Set<string>()
  for (const page of pagesIn(plan)) {
    if (page.document !== document) seen.clear()
    document = page.document
    if (!seen.has(page.scan.sha256)) yield page.scan
    seen.add(page.scan.sha256)
  }
}

/** What lies in a store under the hashes of a page's row. */
export function storedReadings(store: ObjectStore): ReadVouched {
  const get = async <Value>(kind: ObjectKind, sha256: string | null, parse: (text: string) => Value) => {
    try {
      return sha256 === null ? null : parse(new TextDecoder().decode(await getHashed(store, kind, sha256)))
    } catch (error) {
      if (error instanceof StoreError) throw error
      return null
    }
  }
  return {
    async recognition({page}) {
      const value = await get('recognitions', page.recognition, text => expand(JSON.parse(text)))
      return isRecognition(value) ? value : null
    },
    look: ({page}) => get('looks', page.looks, parseLook),
  }
}
