import {existsSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {
  type Acceptance,
  acceptDifference,
  acceptDoubt,
  acceptImprovements,
  acceptPages,
  type CheckRun,
  check,
  ledgerFile,
  serializeLedger,
} from '../index.ts'
import {type Ledger, type LedgerVerdict, UserError} from '../model.ts'
import {engineOptions, openEngine} from './engine.ts'
import {exitCodes} from './exit-codes.ts'
import {gitAuthor} from './git.ts'
import {corpusOptions, parseOptions} from './options.ts'
import {thisProgram} from './program.ts'
import {progressOnStderr} from './progress.ts'
import {prepareFolder, writeWhole} from './write.ts'

export async function accept(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('accept', args, {
    ...corpusOptions,
    ...engineOptions,
    all: {type: 'boolean'},
    improved: {type: 'boolean'},
    reason: {type: 'string'},
    verdict: {type: 'string'},
    author: {type: 'string'},
  })
  const {all = false, improved = false} = values
  if (Number(all) + Number(improved) + Number(positionals.length > 0) !== 1) {
    throw new UserError(
      `Unexpected ${positionals.length > 0 || all || improved ? 'mix of targets' : 'accept without a target'}, expected one of <document>[#page[:difference]], --all or --improved, see \`scanproof accept --help\``,
    )
  }
  const environment = readEnvironment()
  if (environment.ci) {
    throw new UserError(
      'Unexpected `accept` where `CI` is set, expected a person who decides, run it at a desk and commit ledger/',
    )
  }
  const config = readConfig(values)
  const decision = improved ? null : decide(values, config.root)
  const targets = positionals.map(text => parseTarget(text, config.root))
  prepareFolder(join(config.out, 'recognitions'))
  const run = await check(
    config,
    [...new Set(targets.map(({document}) => document))],
    thisProgram(),
    () => openEngine(config),
    {strict: false, full: targets.length > 0, keep: true, drift: null},
    progressOnStderr(environment),
    signal,
  )
  const changed = decision === null ? bankImprovements(run) : acceptTargets(run, all ? null : targets, decision)
  if (changed.size === 0) process.stdout.write('Nothing to accept\n')
  for (const [document, ledger] of changed) {
    const file = ledgerFile(document)
    writeWhole(join(config.root, file), serializeLedger(ledger))
    process.stdout.write(`${describe(run.ledgers.get(document) ?? null, ledger)}: ${file}\n`)
  }
  const open = run.report.documents.filter(({status}) => status !== 'compared')
  if (open.length === 0) return exitCodes.fine
  const names = open.map(({id}) => `\`${id}\``).join(', ')
  process.stderr.write(`scanproof: not judged and not accepted: ${names}, see \`scanproof check\`\n`)
  return exitCodes.incomplete
}

/** What a person asked to be accepted; page and difference null for all of them. */
interface Target {
  readonly text: string
  readonly document: string
  readonly page: string | null
  readonly difference: string | null
}

const verdicts: readonly LedgerVerdict[] = ['ocr', 'transcript', 'both', 'editorial', 'illegible', 'unsure']

function decide(
  {reason, verdict, author}: {reason?: string | undefined; verdict?: string | undefined; author?: string | undefined},
  root: string,
): Acceptance {
  const why = reason?.trim() ?? ''
  if (why === '' || why === '...') {
    throw new UserError('Unexpected accept without a reason, expected --reason "...", say why this may differ')
  }
  const known = verdicts.find(name => name === (verdict ?? 'unsure'))
  if (known === undefined) {
    throw new UserError(`Unexpected --verdict \`${verdict}\`, expected one of ${verdicts.join(', ')}`)
  }
  const who = author?.trim() || gitAuthor(root)
  if (who === null) {
    throw new UserError('Unexpected accept without an author, expected --author or a name in git config user.name')
  }
  return {verdict: known, reason: why, author: who, date: new Date().toISOString().slice(0, 10)}
}

/** Read `document#page:difference`. A document's name may hold `#`: the longest one that exists is meant. */
function parseTarget(text: string, root: string): Target {
  const cuts = [...text.matchAll(/#/g)].map(({index}) => index).reverse()
  const exists = (name: string) =>
    existsSync(join(root, 'transcripts', `${name}.md`)) || existsSync(join(root, 'scans', name))
  const end = exists(text) ? text.length : (cuts.find(cut => exists(text.slice(0, cut))) ?? cuts[0] ?? text.length)
  const document = text.slice(0, end).normalize('NFC')
  const rest = text.slice(end + 1).normalize('NFC')
  const [, page = rest, difference = null] = /^(.*):([0-9a-f]{16})$/s.exec(rest) ?? []
  return {text, document, page: page === '' ? null : `${document}/${page}`, difference}
}

function acceptTargets(
  run: CheckRun,
  targets: readonly Target[] | null,
  decision: Acceptance,
): ReadonlyMap<string, Ledger> {
  const changed = new Map<string, Ledger>()
  if (targets === null) {
    for (const [document, snapshot] of run.snapshots) {
      changed.set(document, acceptPages(run.ledgers.get(document) ?? null, snapshot, null, decision))
    }
    return changed
  }
  for (const {text, document, page, difference} of targets) {
    const snapshot = run.snapshots.get(document)
    if (snapshot === undefined) {
      const reasons = run.report.verdict.gate.judgements.filter(({outcome}) => outcome === 'unjudged')
      throw new UserError(
        `Unexpected \`${text}\`: the document could not be judged, expected one that can: ${reasons.map(({reason}) => reason).join('; ')}`,
      )
    }
    const pages = snapshot.pages.map(state => state.page)
    if (page !== null && !pages.includes(page)) {
      throw new UserError(`Unexpected page \`${page}\`, expected one of ${pages.map(name => `\`${name}\``).join(', ')}`)
    }
    const ledger = changed.get(document) ?? run.ledgers.get(document) ?? null
    if (difference === null) {
      changed.set(document, acceptPages(ledger, snapshot, page === null ? null : new Set([page]), decision))
    } else if (snapshot.differences.some(({id}) => id === difference)) {
      changed.set(document, acceptDifference(ledger, snapshot, difference, decision))
    } else if (snapshot.doubts.some(({id}) => id === difference)) {
      changed.set(document, acceptDoubt(ledger, snapshot, difference, decision))
    } else {
      throw new UserError(
        `Unexpected difference \`${difference}\`, expected one that \`${document}\` has now, see \`scanproof check\` and \`scanproof suspects\``,
      )
    }
  }
  return changed
}

function bankImprovements(run: CheckRun): ReadonlyMap<string, Ledger> {
  const changed = new Map<string, Ledger>()
  for (const [document, improved] of run.improved) {
    const ledger = run.ledgers.get(document)
    const snapshot = run.snapshots.get(document)
    if (ledger !== undefined && snapshot !== undefined) {
      changed.set(document, acceptImprovements(ledger, snapshot, improved))
    }
  }
  return changed
}

function describe(before: Ledger | null, after: Ledger): string {
  const ids = (ledger: Ledger | null) => [
    ...(ledger?.pages ?? []).flatMap(({page, differences}) => differences.map(({id}) => `${page}\0${id}`)),
    ...(ledger?.doubts ?? []).map(({page, id}) => `${page}\0${id}`),
  ]
  const then = new Set(ids(before))
  const now = new Set(ids(after))
  const added = [...now].filter(id => !then.has(id)).length
  const dropped = [...then].filter(id => !now.has(id)).length
  return `Accepted ${added} new, dropped ${dropped} gone, ${now.size} in all`
}
