import type {Config} from '../config.ts'
import {lettersOf} from '../judge/readings.ts'
import {typingOf} from '../judge/room.ts'
import type {Box, LookReading, Page, PageText, Recognition, Scan, SecondLook, WordLook} from '../model.ts'
import {InterruptedError} from '../model.ts'
import {cutWords, ways} from '../prepare/looks.ts'
import {readScan} from '../read/scans.ts'
import type {Engine} from '../recognize/engine.ts'
import {lookFingerprint, readLook, writeLook} from '../recognize/look-store.ts'
import {pageText} from '../recognize/page-text.ts'
import {boxKey, isWhole} from './judging.ts'
import {type InTurn, limit, preparationsFor, rememberLast} from './reading.ts'

/** A page with the words to look at again. */
export interface PageInQuestion {
  readonly page: Page
  readonly recognition: Recognition
  readonly words: readonly AskedWord[]
}

/** A word to look at again. */
export interface AskedWord {
  readonly box: Box
  /**
   * What both sides have: where the first way of looking reads the same, the others are not tried. Null for a word on
   * which they differ: it is looked at in every way.
   */
  readonly shared: string | null
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
  questions: readonly Asking[],
  pages: readonly Page[],
  {
    recognitions,
    looks,
  }: {
    readonly recognitions: ReadonlyMap<string, Recognition>
    readonly looks: ReadonlyMap<string, SecondLook>
  },
): readonly PageInQuestion[] {
  const words = new Map<string, AskedWord[]>()
  for (const {place, boxes, text} of questions) {
    const asked = boxes.map(box => ({box, shared: text ?? null}))
    const page = place?.page.pageId
    if (page !== undefined && asked.length > 0) words.set(page, [...(words.get(page) ?? []), ...asked])
  }
  return pages.flatMap(page => {
    const asked = words.get(page.id) ?? []
    const recognition = recognitions.get(page.id)
    const known = new Map(looks.get(page.id)?.words.map(({box, readings}) => [boxKey(box), readings]))
    if (recognition === undefined || asked.every(word => isEnough(known.get(boxKey(word.box)), word))) return []
    return [{page, recognition, words: asked}]
  })
}

/** A difference, or a word that both sides share: `text`. */
interface Asking {
  readonly place: {readonly page: PageText} | null
  readonly boxes: readonly Box[]
  readonly text?: string
}

/** Whether readings tell of a word what is asked. */
function isEnough(readings: readonly LookReading[] | undefined, {shared}: AskedWord): boolean {
  const [first] = readings ?? []
  if (readings === undefined || first === undefined) return false
  return isWhole(readings) || (shared !== null && lettersOf(first.text) === lettersOf(shared))
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
  // Pages are decoded as large as they are: no more of them at a time than are prepared.
  inTurn: InTurn = limit(preparationsFor(jobs)),
): Promise<ReadonlyMap<string, SecondLook>> {
  const looks = new Map<string, SecondLook>()
  const queue = pages.values()
  const scanBytes = rememberLast((scan: Scan) => readScan(root, scan))
  const cut: Cut = (page, boxes, smallLetters) =>
    inTurn(async () => cutWords(await scanBytes(page.scan), page, boxes, smallLetters))
  const lane = async () => {
    for (const question of queue) {
      if (signal?.aborted) return
      const {page, recognition} = question
      const stored = await readLook(out, page.id, lookFingerprint(recognition.fingerprint, ways))
      const look = await lookAtPage(question, engine, cut, stored)
      if (look === null) continue
      if (keep && look !== stored) await writeLook(out, look)
      looks.set(page.id, look)
    }
  }
  await Promise.all(Array.from({length: jobs}, lane))
  if (signal?.aborted) throw new InterruptedError('Interrupted; pages already read are stored')
  return looks
}

/** Look at words of a page and write nothing; null where nothing could be read. */
export async function lookOnce(
  question: PageInQuestion,
  engine: Engine,
  scanBytes: (scan: Scan) => Promise<Uint8Array>,
): Promise<SecondLook | null> {
  const cut: Cut = async (page, boxes, smallLetters) => cutWords(await scanBytes(page.scan), page, boxes, smallLetters)
  return lookAtPage(question, engine, cut, null)
}

/** Each word once, from the top, then from the left. */
function inOrder(words: readonly AskedWord[]): readonly AskedWord[] {
  return [...new Map(inEveryWayLast(words).map(word => [boxKey(word.box), word])).values()].sort(
    (a, b) => a.box.y - b.box.y || a.box.x - b.box.x,
  )
}

/** Look at those words of a page that were not looked at before; gives `stored` itself where that leaves nothing to do. */
async function lookAtPage(
  {page, recognition, words: asked}: PageInQuestion,
  engine: Engine,
  cut: Cut,
  stored: SecondLook | null,
): Promise<SecondLook | null> {
  const known = new Map(stored?.words.map(word => [boxKey(word.box), word]) ?? [])
  const wanted = inOrder(asked)
  const open = wanted.filter(word => !isEnough(known.get(boxKey(word.box))?.readings, word))
  if (open.length > 0) {
    const fresh = await lookAtWords(cut, page, recognition, open, engine).catch(() => [])
    for (const word of fresh) known.set(boxKey(word.box), word)
  }
  const words = wanted.flatMap(({box}) => known.get(boxKey(box)) ?? [])
  if (open.length === 0 && words.length === stored?.words.length) return stored
  if (words.length === 0 && stored === null) return null
  return {schemaVersion: 1, pageId: page.id, fingerprint: lookFingerprint(recognition.fingerprint, ways), words}
}

/** A word on which the sides differ is looked at in every way, whoever else asks for it. */
function inEveryWayLast(words: readonly AskedWord[]): readonly AskedWord[] {
  return [...words.filter(({shared}) => shared !== null), ...words.filter(({shared}) => shared === null)]
}

/** Cuts words of a page out of its scan. */
type Cut = (page: Page, boxes: readonly Box[], smallLetters: number) => Promise<readonly (readonly Uint8Array[])[]>

async function lookAtWords(
  cut: Cut,
  page: Page,
  recognition: Recognition,
  words: readonly AskedWord[],
  engine: Engine,
): Promise<readonly WordLook[]> {
  const {smallLetters} = typingOf(pageText(recognition))
  if (engine.look === undefined || smallLetters === 0) return []
  const boxes = words.map(({box}) => box)
  const pictures = await cut(page, boxes, smallLetters)
  const readings: (readonly LookReading[])[] = words.map(() => [])
  const lookAt = async (from: number, chosen: readonly number[], to: number) => {
    const seen = await engine.look!(chosen.flatMap(index => pictures[index]!.slice(from, to)))
    for (const [place, index] of chosen.entries()) {
      readings[index] = [...readings[index]!, ...seen.slice(place * (to - from), (place + 1) * (to - from))]
    }
  }
  const isOpen = (index: number) => !isEnough(readings[index], words[index]!)
  const all = [...words.keys()]
  await lookAt(0, all, 1)
  await lookAt(1, all.filter(isOpen), ways.length)
  return boxes.map(({x, y, width, height}, index) => ({box: {x, y, width, height}, readings: readings[index]!}))
}
