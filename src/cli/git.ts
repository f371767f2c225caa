import {spawnSync} from 'node:child_process'
import {UserError} from '../model.ts'

/** The name that git would sign a commit with; null where git or the name is missing. */
export function gitAuthor(folder: string): string | null {
  return git(folder, ['config', 'user.name'])?.toString('utf8').trim() || null
}

/** The commit that is checked out, with `-dirty` where files differ from it; null outside of a repository. */
export function gitRevision(folder: string): string | null {
  return git(folder, ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'])?.toString('utf8').trim() || null
}

/**
 * Read the ledgers as they stood at a revision, as text by document.
 *
 * @param root
 *   Of the corpus.
 * @throws UserError
 *   Where the revision is unknown here, as a tag is in a clone of depth 1, or holds no ledger.
 */
export function ledgersAt(root: string, revision: string): ReadonlyMap<string, string> {
  const tree = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (tree === null) {
    throw new UserError(
      `Unexpected revision \`${revision}\`, expected one that this clone knows, fetch it: git fetch --depth 1 origin tag ${revision}`,
    )
  }
  const commit = tree.toString('utf8').trim()
  const listed = git(root, ['ls-tree', '-z', '--name-only', commit, 'ledger/'])?.toString('utf8') ?? ''
  const files = listed.split('\0').filter(name => name.endsWith('.json'))
  if (files.length === 0) {
    throw new UserError(
      `Unexpected revision \`${revision}\` without a ledger, expected files in \`ledger/\`, name a revision that has them`,
    )
  }
  // A name with a line feed would be two requests; no document has one.
  const asked = files.filter(name => !name.includes('\n'))
  const answer = git(root, ['cat-file', '--batch'], asked.map(name => `${commit}:./${name}\n`).join(''))
  const ledgers = new Map<string, string>()
  let at = 0
  for (const name of asked) {
    if (answer === null) break
    const lineEnd = answer.indexOf(0x0a, at)
    const size = Number(/ blob (\d+)$/.exec(answer.toString('utf8', at, lineEnd))?.[1] ?? Number.NaN)
    if (Number.isNaN(size))
      throw new UserError(`Cannot read \`${name}\` at \`${revision}\`, expected a file, see git show`)
    const document = name.slice('ledger/'.length, -'.json'.length).normalize('NFC')
    ledgers.set(document, answer.toString('utf8', lineEnd + 1, lineEnd + 1 + size))
    at = lineEnd + 1 + size + 1
  }
  return ledgers
}

function git(folder: string, args: readonly string[], input = ''): Buffer | null {
  const {status, stdout, error} = spawnSync('git', ['-C', folder, ...args], {input, maxBuffer: 2 ** 30})
  return error !== undefined || status !== 0 ? null : stdout
}
