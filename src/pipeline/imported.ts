import type {Config} from '../config.ts'
import type {Document, EngineIdentity, Finding, Page, Recognition} from '../model.ts'
import {scanSize} from '../prepare/size.ts'
import {findReadings} from '../read/imported.ts'
import {fitReading} from '../read/readings/fit.ts'
import {readScan} from '../read/scans.ts'
import type {Engine} from '../recognize/engine.ts'
import {pageFailed, type Reading, type ReadingHooks, readPages, rememberLast, type ScanSource} from './reading.ts'

/** An engine that is opened when it is first asked for. */
export interface LazyEngine {
  readonly open: () => Promise<Engine>
  /** Closes it, if it was opened. */
  readonly close: () => Promise<void>
}

export function openWhenAsked(openEngine: () => Promise<Engine>): LazyEngine {
  let opened: Promise<Engine> | null = null
  return {
    open() {
      opened ??= openEngine()
      return opened
    },
    async close() {
      const engine = await opened?.catch(() => null)
      await engine?.close()
    },
  }
}

/** Whether another program read this, and not an engine of this one. */
export function isImported(recognition: Recognition | undefined): recognition is Recognition {
  return recognition?.engine.name.startsWith('imported:') === true
}

/** What was read of some documents, and by whom. */
export interface WholeReading extends Reading {
  /** The engine that was opened, else who made the readings; several of them under one name. */
  readonly engine: EngineIdentity
}

/**
 * Read some documents: pages of which another program's reading is there are taken from it, the rest the engine reads.
 *
 * @param openEngine
 *   Called where a page is left for it.
 * @param keep
 *   False to write nothing to disk.
 */
export async function readDocuments(
  documents: readonly Document[],
  config: Config,
  openEngine: () => Promise<Engine>,
  events: ReadingHooks,
  signal: AbortSignal | undefined,
  keep = true,
): Promise<WholeReading> {
  const imported = await takeImported(documents, config)
  if (isWhole(documents, imported)) return joinImported(documents, imported, nothingRead, null)
  const engine = await openEngine()
  const read = await readPages(imported.rest, engine, config, events, signal, keep)
  return joinImported(documents, imported, read, engine.identity)
}

/** What other programs read of some documents, made fit for their scans. */
export interface ImportedReading extends Reading {
  /** Pages that are left for an engine. */
  readonly rest: readonly Page[]
}

/** Take what other programs read; errors are those of `findReadings`. */
export async function takeImported(documents: readonly Document[], config: Config): Promise<ImportedReading> {
  const pages = documents.flatMap(document => document.pages)
  const {readings, unusable, findings: found} = await findReadings(documents, config.out, config.readings)
  const recognitions = new Map<string, Recognition>()
  const findings: Finding[] = [...found]
  const scanBytes = rememberLast((scan: Page['scan']) => readScan(config.root, scan))
  for (const page of pages) {
    const reading = readings.get(page.id)
    if (reading === undefined) continue
    try {
      const size = await sizeOf(page, scanBytes)
      recognitions.set(page.id, fitReading(reading.recognition, page, size, reading.file))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      findings.push(pageFailed(page, error.message))
    }
  }
  return {recognitions, findings, rest: pages.filter(({id}) => !readings.has(id) && !unusable.has(id))}
}

/** Whether no page is left for an engine. */
export function isWhole(documents: readonly Document[], {rest}: ImportedReading): boolean {
  return rest.length === 0 && documents.some(({pages}) => pages.length > 0)
}

export const nothingRead: Reading = {recognitions: new Map(), findings: []}

/**
 * Put what other programs read and what an engine read together.
 *
 * @param engine
 *   Null where no page was left for one.
 */
export function joinImported(
  documents: readonly Document[],
  imported: ImportedReading,
  read: Reading,
  engine: EngineIdentity | null,
): WholeReading {
  const {recognitions, findings} = imported
  if (engine === null) {
    return {recognitions, findings, engine: engineOf([...recognitions.values()].map(({engine}) => engine))}
  }
  const all = new Map([...recognitions, ...read.recognitions])
  const pages = documents.flatMap(document => document.pages)
  return {
    recognitions: new Map(pages.flatMap(({id}) => (all.has(id) ? [[id, all.get(id)!]] : []))),
    findings: [...findings, ...documents.flatMap(document => mixed(document, recognitions)), ...read.findings],
    engine,
  }
}

async function sizeOf(page: Page, scanBytes: ScanSource) {
  return scanSize(await scanBytes(page.scan), page)
}

/** Say of a document in a run with an engine which of its pages the engine did not read. */
function mixed({id, pages}: Document, imported: ReadonlyMap<string, Recognition>): readonly Finding[] {
  const own = pages.flatMap(page => imported.get(page.id) ?? [])
  const [first] = own
  if (first === undefined) return []
  const {name, version} = engineOf(own.map(({engine}) => engine))
  const reason = `${own.length} of the ${pages.length} pages of \`${id}\` were read by \`${`${name} ${version}`.trim()}\`, whose readings lie beside the scans' own`
  return [{ruleId: 'read:imported', severity: 'info', reason, file: null, page: first.pageId, point: null}]
}

/** Put several engines under one name, as in `imported:alto + tesseract.js`. */
function engineOf(engines: readonly EngineIdentity[]): EngineIdentity {
  const different = [...new Map(engines.map(engine => [JSON.stringify(engine), engine])).values()]
  const [only] = different
  if (only !== undefined && different.length === 1) return only
  const joined = (pick: (engine: EngineIdentity) => string) =>
    [...new Set(different.map(pick))]
      .filter(part => part !== '')
      .sort()
      .join(' + ')
  return {
    name: joined(({name}) => name),
    version: joined(({version}) => version),
    model: joined(({model}) => model),
    modelSha256: joined(({modelSha256}) => modelSha256),
    parameters: Object.assign({}, ...different.map(({parameters}) => parameters)),
  }
}
