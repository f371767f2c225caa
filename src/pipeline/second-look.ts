import type {Config} from '../config.ts'
import {typingOf} from '../judge/room.ts'
import type {Box, Page, PageText, Recognition, Scan, SecondLook, WordLook} from '../model.ts'
import {InterruptedError} from '../model.ts'
import {cutWords, ways} from '../prepare/looks.ts'
import {readScan} from '../read/scans.ts'
import type {Engine} from '../recognize/engine.ts'
import {lookFingerprint, readLook, writeLook} from '../recognize/look-store.ts'
import {pageText} from '../recognize/page-text.ts'
import {boxKey} from './judging.ts'
import {rememberLast} from './reading.ts'

/** A page with the words to look at again. */
export interface PageInQuestion {
  readonly page: Page
  readonly recognition: Recognition
  readonly boxes: readonly Box[]
}

/** Read what second looks have read before, by page. */
export async function readLooks(
  recognitions: ReadonlyMap<string, Recognition>,
  out: string,
): Promise<ReadonlyMap<string, SecondLook>> {
  const looks = new Map<string, SecondLook>()
  const queue = recognitions.values()
  const lane = async () => {
    for (const {pageId, fingerprint} of queue) {
      const look = await readLook(out, pageId, lookFingerprint(fingerprint, ways))
      if (look !== null) looks.set(pageId, look)
    }
  }
  await Promise.all(Array.from({length: filesAtOnce}, lane))
  return looks
}

/** The pages with words in question that nobody has looked at again, with all of their words in question. */
export function openQuestions(
  questions: readonly {readonly place: {readonly page: PageText} | null; readonly boxes: readonly Box[]}[],
  pages: readonly Page[],
  {
    recognitions,
    looks,
  }: {
    readonly recognitions: ReadonlyMap<string, Recognition>
    readonly looks: ReadonlyMap<string, SecondLook>
  },
): readonly PageInQuestion[] {
  const boxes = new Map<string, Box[]>()
  for (const {place, boxes: asked} of questions) {
    const page = place?.page.pageId
    if (page !== undefined && asked.length > 0) boxes.set(page, [...(boxes.get(page) ?? []), ...asked])
  }
  return pages.flatMap(page => {
    const asked = boxes.get(page.id) ?? []
    const recognition = recognitions.get(page.id)
    const known = new Set(looks.get(page.id)?.words.map(({box}) => boxKey(box)))
    if (recognition === undefined || asked.every(box => known.has(boxKey(box)))) return []
    return [{page, recognition, boxes: asked}]
  })
}

/** Stored looks opened together: a disk answers many questions as fast as one. */
const filesAtOnce = 16

/**
 * Look at words again, each in several ways, and keep what was read; what was looked at before is not looked at again.
 *
 * A page that cannot be decoded, or an engine that fails, gives no second look: the first reading has told already.
 *
 * @param keep
 *   False to write nothing to disk.
 */
export async function lookAgain(
  pages: readonly PageInQuestion[],
  engine: Engine,
  {root, out, jobs}: Pick<Config, 'root' | 'out' | 'jobs'>,
  signal?: AbortSignal,
  keep = true,
): Promise<ReadonlyMap<string, SecondLook>> {
  const looks = new Map<string, SecondLook>()
  const queue = pages.values()
  const scanBytes = rememberLast((scan: Scan) => readScan(root, scan))
  const lane = async () => {
    for (const question of queue) {
      if (signal?.aborted) return
      const look = await lookAtPage(question, engine, out, scanBytes, keep)
      if (look !== null) looks.set(look.pageId, look)
    }
  }
  await Promise.all(Array.from({length: jobs}, lane))
  if (signal?.aborted) throw new InterruptedError('Interrupted; pages already read are stored')
  return looks
}

async function lookAtPage(
  {page, recognition, boxes}: PageInQuestion,
  engine: Engine,
  out: string,
  scanBytes: (scan: Scan) => Promise<Uint8Array>,
  keep: boolean,
): Promise<SecondLook | null> {
  const fingerprint = lookFingerprint(recognition.fingerprint, ways)
  const stored = await readLook(out, page.id, fingerprint)
  const known = new Map(stored?.words.map(word => [boxKey(word.box), word]) ?? [])
  const wanted = [...new Map(boxes.map(box => [boxKey(box), box])).values()].sort((a, b) => a.y - b.y || a.x - b.x)
  const open = wanted.filter(box => !known.has(boxKey(box)))
  if (open.length > 0) {
    const fresh = await lookAtWords(scanBytes, page, recognition, open, engine).catch(() => [])
    for (const word of fresh) known.set(boxKey(word.box), word)
  }
  const words = wanted.flatMap(box => known.get(boxKey(box)) ?? [])
  if (words.length === 0 && stored === null) return null
  const look: SecondLook = {schemaVersion: 1, pageId: page.id, fingerprint, words}
  const isChanged = open.length > 0 || words.length !== stored?.words.length
  if (keep && isChanged) await writeLook(out, look)
  return look
}

async function lookAtWords(
  scanBytes: (scan: Scan) => Promise<Uint8Array>,
  page: Page,
  recognition: Recognition,
  boxes: readonly Box[],
  engine: Engine,
): Promise<readonly WordLook[]> {
  const {smallLetters} = typingOf(pageText(recognition))
  if (engine.look === undefined || smallLetters === 0) return []
  const pictures = await cutWords(await scanBytes(page.scan), page, boxes, smallLetters)
  const readings = await engine.look(pictures.flat())
  return boxes.map((box, index) => ({
    box: {x: box.x, y: box.y, width: box.width, height: box.height},
    readings: readings.slice(index * ways.length, (index + 1) * ways.length),
  }))
}
