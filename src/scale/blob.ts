import {UserError} from '../model.ts'
import {isHash, parseFields} from './plan.ts'
import type {Shard} from './slice.ts'

/** What became of a page in a shard: read, failed with a reason, or left alone as another program's reading of it is there. */
export interface ShardPage {
  readonly page: string
  /** As the recognition's: hash of scan, preparation and engine. */
  readonly fingerprint: string
  /** SHA-256 of the recognition as scanproof writes it; null where it was not read. */
  readonly recognition: string | null
  /** SHA-256 of its second look as scanproof writes it; null where none was taken: the merge takes it, if there is need. */
  readonly looks: string | null
  /** Why it failed; null where it was read or left alone. */
  readonly failure: string | null
}

/** What a shard says of its work, beside the recognitions: `shards/<i>-of-<n>.json`. */
export interface Blob {
  readonly schemaVersion: 1
  readonly toolVersion: string
  readonly planHash: string
  /** Hash of preparation and engine. */
  readonly fingerprint: string
  readonly shard: Shard
  readonly pages: readonly ShardPage[]
}

export const shardsFolder = 'shards'

export function blobFile({index, count}: Shard): string {
  return `${shardsFolder}/${index}-of-${count}.json`
}

/** Write a blob with a fixed order of keys, a row for each page. */
export function serializeBlob({schemaVersion, toolVersion, planHash, fingerprint, shard, pages}: Blob): string {
  const head = {schemaVersion, toolVersion, planHash, fingerprint, shard: {index: shard.index, count: shard.count}}
  const rows = pages.map(({page, fingerprint, recognition, looks, failure}) =>
    JSON.stringify({page, fingerprint, recognition, looks, failure}),
  )
  return `${JSON.stringify(head).slice(0, -1)},"pages":[\n${rows.join(',\n')}\n]}\n`
}

/**
 * Read a blob.
 *
 * @param name
 *   What to call it in messages.
 * @throws UserError
 *   Where it is damaged, or of another version's form.
 */
export function parseBlob(text: string, name: string): Blob {
  const {schemaVersion, toolVersion, planHash, fingerprint, shard, pages} = parseFields(text) ?? {}
  if (
    schemaVersion === 1 &&
    typeof toolVersion === 'string' &&
    isHash(planHash) &&
    isHash(fingerprint) &&
    isShard(shard) &&
    Array.isArray(pages) &&
    pages.every(isShardPage)
  ) {
    return {schemaVersion, toolVersion, planHash, fingerprint, shard, pages}
  }
  throw new UserError(
    `Unexpected content of \`${name}\`, expected what \`scanproof run --shard\` writes, run that shard again`,
  )
}

function isShard(value: unknown): value is Shard {
  if (typeof value !== 'object' || value === null) return false
  const {index, count} = value as Record<string, unknown>
  return (
    Number.isSafeInteger(index) && Number.isSafeInteger(count) && Number(index) >= 1 && Number(index) <= Number(count)
  )
}

function isShardPage(value: unknown): value is ShardPage {
  if (typeof value !== 'object' || value === null) return false
  const {page, fingerprint, recognition, looks, failure} = value as Record<string, unknown>
  return (
    typeof page === 'string' &&
    isHash(fingerprint) &&
    (looks === null || isHash(looks)) &&
    (recognition === null ? failure === null || typeof failure === 'string' : isHash(recognition) && failure === null)
  )
}
