import type {Blob, ShardPage} from './blob.ts'

/** What a merge stands on: made by the program that merges. */
export interface Expected {
  readonly toolVersion: string
  readonly planHash: string
  readonly fingerprint: string
  /** Ids of the plan's pages, in its order. */
  readonly pages: readonly string[]
}

/** A blob, with the place it was found in. */
export interface FoundBlob {
  readonly name: string
  readonly blob: Blob
}

/** Which blob vouches for a page. */
export interface Vouched {
  readonly source: FoundBlob
  readonly page: ShardPage
}

/** Pages and shards named in one message; the rest is counted. */
const mostNamed = 20

/**
 * See whether blobs hold every shard and every page of a plan exactly once, all made by one version.
 *
 * Which pages a shard took does not count, only that all together are the plan's.
 *
 * @returns
 *   `problems` are whole sentences for a person; `pages` is by page id, and whole where there are none.
 */
export function checkBlobs(
  expected: Expected,
  blobs: readonly FoundBlob[],
): {readonly problems: readonly string[]; readonly pages: ReadonlyMap<string, Vouched>} {
  const problems: string[] = []
  const fitting = blobs.filter(({name, blob}) => {
    const problem = otherVersion(expected, blob)
    if (problem !== null) problems.push(`\`${name}\` is ${problem}, run that shard again`)
    return problem === null
  })
  problems.push(...checkShards(fitting))
  const pages = new Map<string, Vouched>()
  const known = new Set(expected.pages)
  const doubled: string[] = []
  const unknown: string[] = []
  for (const source of fitting) {
    for (const page of source.blob.pages) {
      if (!known.has(page.page)) unknown.push(page.page)
      else if (pages.has(page.page)) doubled.push(page.page)
      else pages.set(page.page, {source, page})
    }
  }
  const missing = expected.pages.filter(page => !pages.has(page))
  if (missing.length > 0) problems.push(`missing ${count(missing.length, 'page')}: ${list(missing)}`)
  if (doubled.length > 0) problems.push(`more than once ${count(doubled.length, 'page')}: ${list(doubled)}`)
  if (unknown.length > 0) problems.push(`not in the plan ${count(unknown.length, 'page')}: ${list(unknown)}`)
  return {problems, pages}
}

function otherVersion(expected: Expected, blob: Blob): string | null {
  if (blob.toolVersion !== expected.toolVersion) {
    return `by scanproof \`${blob.toolVersion}\`, expected \`${expected.toolVersion}\``
  }
  if (blob.planHash !== expected.planHash) {
    return `of another plan (\`${blob.planHash.slice(0, 12)}\`), expected \`${expected.planHash.slice(0, 12)}\``
  }
  if (blob.fingerprint !== expected.fingerprint)
    return 'read with another engine, model or preparation than that of this program'
  return null
}

function checkShards(blobs: readonly FoundBlob[]): readonly string[] {
  const counts = [...new Set(blobs.map(({blob}) => blob.shard.count))].sort((a, b) => a - b)
  if (counts.length > 1) {
    return [`shards of different numbers: ${counts.map(n => `\`…/${n}\``).join(', ')}, take away those of an older run`]
  }
  const [total = 0] = counts
  const names = new Map<number, string[]>()
  for (const {name, blob} of blobs) names.set(blob.shard.index, [...(names.get(blob.shard.index) ?? []), name])
  const missing = Array.from({length: total}, (_, at) => at + 1).filter(index => !names.has(index))
  const problems: string[] = []
  if (missing.length > 0) {
    problems.push(`missing ${count(missing.length, 'shard')}: ${list(missing.map(index => `${index}/${total}`))}`)
  }
  for (const [index, found] of [...names].sort(([a], [b]) => a - b)) {
    if (found.length > 1) problems.push(`more than once shard \`${index}/${total}\`: ${list(found)}`)
  }
  return problems
}

function count(number: number, what: string): string {
  return `${number} ${number === 1 ? what : `${what}s`}`
}

function list(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
  return names
    .slice(0, mostNamed)
    .map(name => `\`${name}\``)
    .join(', ')
    .concat(more)
}
