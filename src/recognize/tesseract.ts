import {createHash} from 'node:crypto'
import {createRequire} from 'node:module'
import {z} from 'zod'
import type {EngineIdentity, PreparedPage} from '../model.ts'
import {linesOf, unit} from './blocks.ts'
import type {Engine, Reading} from './engine.ts'
import {type ModelFile, readModels} from './model-file.ts'
import {createPool} from './pool.ts'
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
  /** What runs in the threads; only tests give another than tesseract.js. */
  readonly script?: string
}

/** What tesseract is told besides the image; docs/performance.md has the measurements. */
const parameters: Readonly<Record<string, string>> = {
  tessedit_pageseg_mode: '6',
}

/**
 * Make the tesseract.js engine. No thread is started before the first page.
 *
 * @throws UserError
 *   Where the model is missing or damaged.
 */
export async function createTesseract(options: TesseractOptions): Promise<Engine> {
  const {jobs, timeout, language, tessdata, script = tesseractScript} = options
  const models = await readModels(language, tessdata)
  const identity = identityOf(language, models)
  const pool = createPool(jobs, () => start(script, models, language, timeout))
  return {
    identity,
    recognize: page => pool.run(thread => read(thread, page, identity, timeout)),
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
    return thread
  } catch (error) {
    await thread.stop()
    throw error
  }
}

async function read(thread: Thread, page: PreparedPage, engine: EngineIdentity, timeout: number): Promise<Reading> {
  // Set for every page: parameters given with a page would stay set after a page that fails.
  await thread.call('setParameters', {params: {...parameters, user_defined_dpi: String(page.dpi)}}, timeout)
  const answer = await thread.call(
    'recognize',
    {image: page.image, options: {}, output: {text: false, blocks: true}},
    timeout,
  )
  const {blocks, confidence} = answerSchema.parse(answer)
  const lines = linesOf(blocks, page)
  return {
    schemaVersion: 1,
    pageId: page.pageId,
    engine,
    width: page.width,
    height: page.height,
    // An empty page has been given with 95 percent.
    confidence: lines.length === 0 ? 0 : unit(confidence),
    lines,
    regions: page.regions,
    findings: page.findings,
  }
}

const answerSchema = z.object({blocks: z.unknown(), confidence: z.number()})

function identityOf(language: string, models: readonly ModelFile[]): EngineIdentity {
  const [first] = models
  const modelSha256 =
    models.length === 1 && first !== undefined
      ? first.sha256
      : createHash('sha256')
          .update(models.map(({sha256}) => sha256).join('+'))
          .digest('hex')
  return {
    name: 'tesseract.js',
    version: `${versionOf('tesseract.js')} (core ${versionOf('tesseract.js-core')})`,
    model: language,
    modelSha256,
    parameters,
  }
}

function versionOf(name: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('tesseract.js'))
  return z.object({version: z.string()}).parse(require(`${name}/package.json`)).version
}
