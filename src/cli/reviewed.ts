import type {Config, Environment} from '../config.ts'
import {parseLedger, readCorpus, readLedgers, sharedBy} from '../index.ts'
import type {Ledger} from '../model.ts'
import type {ReviewedCorpus} from '../review/document.ts'
import {openEngine} from './engine.ts'
import {thisProgram} from './program.ts'
import {showProgress} from './progress.ts'

/** Read a corpus for decisions: what is new is read, as `run` does, and told on standard error. */
export async function readForReview(
  config: Config,
  names: readonly string[],
  environment: Environment,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<{readonly corpus: ReviewedCorpus; readonly ledgers: ReadonlyMap<string, Ledger>}> {
  const ledgers = new Map(
    (await readLedgers(config.root)).map(({document, file, text}) => [document, parseLedger(text, file, document)]),
  )
  const progress = showProgress(write, environment, () => performance.now())
  const corpus = await readCorpus(config, names, () => openEngine(config), progress, signal)
  return {corpus: {corpus, shared: sharedBy(corpus, config), config, program: thisProgram()}, ledgers}
}
