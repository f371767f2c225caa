import {join} from 'node:path'
import process from 'node:process'
import {readConfig, readEnvironment} from '../config.ts'
import {visibleLine} from '../index.ts'
import {type Decision, UserError} from '../model.ts'
import {compareDecisions, describeDisagreement} from '../review/disagreements.ts'
import {reviewDocument} from '../review/document.ts'
import {patchOf} from '../review/patch.ts'
import {decideCorpus, type OpenDocument} from '../review/review.ts'
import {type FileChange, pathInside, readText, writeTogether} from '../review/server/files.ts'
import {exitCodes} from './exit-codes.ts'
import {corpusOptions, parseOptions} from './options.ts'
import {readDecisions} from './review.ts'
import {readForReview} from './reviewed.ts'
import {prepareFolder} from './write.ts'

export async function apply(args: readonly string[], signal: AbortSignal): Promise<number> {
  const {values, positionals} = parseOptions('apply', args, {
    ...corpusOptions,
    'dry-run': {type: 'boolean'},
  })
  const dryRun = values['dry-run'] ?? false
  if (positionals.length === 0) {
    throw new UserError('Unexpected apply without a file, expected decisions.json, see `scanproof apply --help`')
  }
  const environment = readEnvironment()
  if (environment.ci && !dryRun) {
    throw new UserError(
      'Unexpected `apply` where `CI` is set, expected a person who looks on, run it at a desk and commit, or add --dry-run',
    )
  }
  const config = readConfig(values)
  const all = readDecisions(positionals)
  const {agreed, disagreements} = compareDecisions(all)
  prepareFolder(join(config.out, 'recognitions'))
  const tell = (text: string) => process.stderr.write(text)
  const asked = [...new Set(all.map(({document}) => document))]
  if (asked.length === 0) throw new UserError('Unexpected files without a decision, expected at least one')
  const {corpus, ledgers} = await readForReview(config, asked, environment, tell, signal)
  const documents = new Map(
    corpus.corpus.documents.map((document): [string, OpenDocument] => {
      const now = reviewDocument(corpus, document, ledgers.get(document.id) ?? null)
      return [document.id, {base: now, since: [], now}]
    }),
  )
  const step = decideCorpus(corpus, documents, agreed, [])
  const changes = [...step.files].map(([file, after]): FileChange & {readonly file: string} => {
    const path = pathInside(config.root, file)
    return {file, path, before: readText(path), after}
  })
  if (dryRun) {
    const sorted = [...changes].sort((a, b) => (a.file < b.file ? -1 : 1))
    process.stdout.write(sorted.map(({file, before, after}) => patchOf(file, before, after)).join(''))
  } else writeTogether(changes)

  for (const disagreement of disagreements) {
    const {reference, hypothesis, document} = disagreement.decisions[0] as Decision
    tell(
      `${visibleLine(document)}: \`${visibleLine(reference)}\` / \`${visibleLine(hypothesis)}\`: ${visibleLine(describeDisagreement(disagreement))}\n`,
    )
  }
  for (const {document, reason} of step.outcomes) {
    if (reason !== null) tell(`${visibleLine(document)}: ${visibleLine(reason)}\n`)
  }
  const count = (name: string) => step.outcomes.filter(({status}) => status === name).length
  const counts = `${count('written')} ${dryRun ? 'to be written' : 'written'}, ${count('unchanged')} unchanged, ${count('refused')} refused, ${disagreements.length} disagreed on`
  ;(dryRun ? process.stderr : process.stdout).write(`${counts}\n`)
  return count('refused') + disagreements.length > 0 ? exitCodes.incomplete : exitCodes.fine
}
