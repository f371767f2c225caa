import {createHash} from 'node:crypto'
import {createRequire} from 'node:module'
import {z} from 'zod'
import type {EngineIdentity, LookReading, PreparedPage, RecognizedLine} from '../model.ts'
import {doubtful, leastLetters} from './doubtful.ts'
import type {Engine, Reading} from './engine.ts'
import {linesOf, unit} from './hocr.ts'
import {readLayers} from './layers.ts'
import {lookOf} from './look-hocr.ts'
import {type ModelFile, readModels} from './model-file.ts'
import {createPool} from './pool.ts'
import {portionMarks, readPortionMarks} from './portion-marks/portion-marks.ts'
import {readStrips} from './second-reading.ts'
import {openThread, type Thread, tesseractScript} from './thread.ts'

export interface TesseractOptions {
  /** Threads, at least 1; each takes about 100 MB. */
  readonly jobs: number
  /** Seconds after which a page, or a start, is given up. */
  readonly timeout: number
  /** As in `eng` or `eng+rus`. */
  readonly language: string
  /** Folder of `<language>.traineddata[.gz]`; null for the model that comes with the program. */
  readonly tessdata: string | null
  /** Read for every letter its place and what else it could be, which takes longer. */
  readonly symbols?: boolean
  /** What runs in the threads; only tests give another than tesseract.js. */
  readonly script?: string
}

/** What tesseract is told besides the image; docs/performance.md has the measurements. */
const parameters: Readonly<Record<string, string>> = {
  // A column of text of different sizes: keeps stamps apart from the lines beside them.
  tessedit_pageseg_mode: '4',
  // Preparation turns negatives; trying each poor line once more in white on black only costs time.
  tessedit_do_invert: '0',
}

/** What it is told besides, where symbols are asked for: the choices for each are summed over its width. */
export const symbolParameters: Readonly<Record<string, string>> = {hocr_char_boxes: '1', lstm_choice_mode: '2'}

/** Segmentation of a page with columns: tesseract looks for them itself. */
const columnSegmentation = '3'

/** Segmentation for the second try of a page of which too little was read: one block, no layout to lose a part of. */
const secondSegmentation = '6'

const blockParameters = {...parameters, tessedit_pageseg_mode: secondSegmentation}

/** A reading with less than this share of the letters that were seen has lost some. */
const leastShare = 0.7

/**
 * Make the tesseract.js engine. No thread is started before the first page.
 *
 * @throws UserError
 *   Where the model is missing or damaged.
 */
export async function createTesseract(options: TesseractOptions): Promise<Engine> {
  const {jobs, timeout, language, tessdata, symbols = false, script = tesseractScript} = options
  const models = await readModels(language, tessdata)
  const version = `${versionOf('tesseract.js')} (core ${versionOf('tesseract.js-core')})`
  const more = symbols ? symbolParameters : {}
  const identity = identityOf('tesseract.js', version, language, models, more)
  const pool = createPool(jobs, () => start(script, models, language, timeout))
  return {
    identity,
    recognize: page =>
      pool.run(thread => {
        const once: ReadOnce = (page, settings) => readOnce(thread, page, {...settings, ...more}, timeout)
        return read(once, page, identity)
      }),
    look: pictures => pool.run(thread => look(thread, pictures, timeout)),
    close: pool.close,
  }
}

async function start(script: string, models: readonly ModelFile[], languages: string, timeout: number) {
  const thread = openThread(script)
  try {
    // The core is chosen by the value of OEM, 1 = LSTM only; tesseract.js itself
    // passes `true` here and so always loads the larger core.
    await thread.call('load', {options: {lstmOnly: 1, corePath: null, logging: false}}, timeout)
    for (const {language, data} of models) {
      await thread.call('FS', {method: 'writeFile', args: [`./${language}.traineddata`, data]}, timeout)
    }
    await thread.call('initialize', {langs: languages, oem: 1, config: {}}, timeout)
    // The network is unpacked by now; the file would only take room.
    for (const {language} of models) {
      await thread.call('FS', {method: 'unlink', args: [`./${language}.traineddata`]}, timeout)
    }
    return thread
  } catch (error) {
    await thread.stop()
    throw error
  }
}

/**
 * Read a page, and once more where the first try looks wrong; the same for every way to reach tesseract.
 *
 * @param once
 *   Has tesseract read a page with these parameters.
 */
export async function read(once: ReadOnce, page: PreparedPage, engine: EngineIdentity): Promise<Reading> {
  const first = page.columns ? {...parameters, tessedit_pageseg_mode: columnSegmentation} : parameters
  let best = await once(page, first)
  let seen = page
  const findings = [...page.findings]
  if (best.letters >= leastLetters && best.confidence < doubtful) {
    const half = upsideDown(page)
    const turned = await once(half, first)
    if (turned.confidence > best.confidence + 0.15) [best, seen] = [turned, half]
  }
  const isShort = () => page.letters >= leastLetters && best.letters < leastShare * page.letters
  if (isShort()) {
    const again = await once(page, blockParameters)
    if (again.letters > best.letters) [best, seen] = [again, page]
  }
  if (isShort()) {
    const reason = `Unexpected reading of \`${best.letters}\` letters on page \`${page.pageId}\`, expected about \`${page.letters}\` as seen on the scan, compare it with the scan or scan it again`
    findings.push({
      ruleId: 'recognize:short-text',
      severity: 'warning',
      reason,
      file: null,
      page: page.pageId,
      point: null,
    })
  }
  // What was turned by half was prepared for lines that are none.
  const whole = seen === page ? await readStrips(page, best.lines, strip => once(strip, blockParameters)) : best.lines
  const {lines, regions} = readPortionMarks(seen, whole)
  return {
    schemaVersion: 1,
    pageId: page.pageId,
    engine,
    width: page.width,
    height: page.height,
    confidence: best.confidence,
    lines,
    regions: await readLayers({...page, regions}, (layer, isSideways) => readLayer(once, layer, isSideways)),
    findings,
  }
}

async function readLayer(once: ReadOnce, layer: PreparedPage, isSideways: boolean): Promise<Try> {
  const first = await once(layer, blockParameters)
  if (!isSideways) return first
  const turned = await once(upsideDown(layer), blockParameters)
  return turned.confidence > first.confidence ? turned : first
}

export type ReadOnce = (page: PreparedPage, settings: Readonly<Record<string, string>>) => Promise<Try>

export interface Try {
  readonly lines: readonly RecognizedLine[]
  /** 0 for an empty page, which tesseract has given 95 percent. */
  readonly confidence: number
  readonly letters: number
}

async function readOnce(
  thread: Thread,
  page: PreparedPage,
  settings: Readonly<Record<string, string>>,
  timeout: number,
): Promise<Try> {
  // Set for every page: parameters given with a page would stay set after a page that fails.
  await thread.call('setParameters', {params: {...settings, user_defined_dpi: String(page.dpi)}}, timeout)
  const answer = await thread.call(
    'recognize',
    {image: page.image, options: {}, output: {text: false, hocr: true}},
    timeout,
  )
  const {hocr, confidence} = answerSchema.parse(answer)
  return tryOf(linesOf(hocr, page), unit(confidence))
}

/** What tesseract is told for a single word: one line, and what else each letter may be. */
const lookParameters: Readonly<Record<string, string>> = {
  tessedit_pageseg_mode: '7',
  tessedit_do_invert: '0',
  user_defined_dpi: '150',
  lstm_choice_mode: '2',
}

async function look(thread: Thread, pictures: readonly Uint8Array[], timeout: number): Promise<readonly LookReading[]> {
  await thread.call('setParameters', {params: lookParameters}, timeout)
  const readings: LookReading[] = []
  try {
    for (const image of pictures) {
      const answer = await thread.call('recognize', {image, options: {}, output: {text: false, hocr: true}}, timeout)
      readings.push(lookOf(answerSchema.parse(answer).hocr))
    }
  } finally {
    // Pages are read without it, which costs them time.
    if (thread.alive()) await thread.call('setParameters', {params: {lstm_choice_mode: '0'}}, timeout)
  }
  return readings
}

/** What one try gave; `confidence` is the engine's own in the page. */
export function tryOf(lines: readonly RecognizedLine[], confidence: number): Try {
  const letters = lines.flatMap(({words}) => words).reduce((sum, {text}) => sum + text.length, 0)
  return {lines, confidence: lines.length === 0 ? 0 : confidence, letters}
}

/** Turn a prepared page by half; its pixels are bytes after a header. */
function upsideDown(page: PreparedPage): PreparedPage {
  const {image, imageWidth, imageHeight, transform} = page
  const {a, b, c, d, e, f} = transform
  const header = image.length - imageWidth * imageHeight
  const turned = Uint8Array.from(image)
  turned.subarray(header).reverse()
  return {
    ...page,
    image: turned,
    transform: {
      a: -a,
      b: -b,
      c: -c,
      d: -d,
      e: a * imageWidth + c * imageHeight + e,
      f: b * imageWidth + d * imageHeight + f,
    },
  }
}

const answerSchema = z.object({hocr: z.string(), confidence: z.number()})

/** Who reads: a program of this name and version with these models, told what `read` tells it and `more`. */
export function identityOf(
  name: string,
  version: string,
  language: string,
  models: readonly ModelFile[],
  more: Readonly<Record<string, string>>,
): EngineIdentity {
  const [first] = models
  const modelSha256 =
    models.length === 1 && first !== undefined
      ? first.sha256
      : createHash('sha256')
          .update(models.map(({sha256}) => sha256).join('+'))
          .digest('hex')
  return {
    name,
    version,
    model: language,
    modelSha256,
    parameters: {
      ...parameters,
      ...more,
      tries: `upside down, segmentation ${secondSegmentation}, columns ${columnSegmentation}, poor lines under marks, struck marks ${portionMarks.join(' ')}`,
    },
  }
}

function versionOf(name: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('tesseract.js'))
  return z.object({version: z.string()}).parse(require(`${name}/package.json`)).version
}
