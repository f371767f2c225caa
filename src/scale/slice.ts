import {UserError} from '../model.ts'

/** One of `count` parts of the work; `index` from 1, as in `2/8`. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** More shards than any scheduler has places. */
const mostShards = 100_000

/**
 * Read `i/n`.
 *
 * @throws UserError
 *   Where it is none; a scheduler that counts from 0 shows as `0/n`.
 */
export function parseShard(text: string): Shard {
  const match = /^([0-9]{1,6})\/([0-9]{1,6})$/.exec(text)
  const index = Number(match?.[1])
  const count = Number(match?.[2])
  if (index >= 1 && index <= count && count <= mostShards) return {index, count}
  throw new UserError(
    `Unexpected --shard \`${text}\`, expected I/N with I from 1 to N, as in \`2/8\`; add 1 where your scheduler counts from 0`,
  )
}

/**
 * Take one shard's pages: the dearest page goes to the shard with least to do, and so on.
 *
 * Every page is in exactly one of the `count` slices, whatever the order of `pages`; the costs of two slices differ by
 * no more than that of the dearest page. Pages of one document are spread over the shards, as they are alike hard to read.
 *
 * @returns
 *   In the order of `pages`.
 */
export function slice<P extends {readonly id: string; readonly cost: number}>(pages: readonly P[], shard: Shard): P[] {
  const order = [...pages].sort((a, b) => b.cost - a.cost || (a.id < b.id ? -1 : 1))
  const load = new Float64Array(shard.count)
  const heap = Uint32Array.from(load.keys())
  const before = (a: number, b: number) => load[a]! < load[b]! || (load[a] === load[b] && a < b)
  const mine = new Set<P>()
  for (const page of order) {
    const least = heap[0]!
    if (least === shard.index - 1) mine.add(page)
    load[least] = load[least]! + page.cost
    sink(heap, before)
  }
  return pages.filter(page => mine.has(page))
}

/** Move the first of a heap, which has grown, to its place. */
function sink(heap: Uint32Array, before: (a: number, b: number) => boolean): void {
  const moved = heap[0]!
  let at = 0
  for (;;) {
    let next = 2 * at + 1
    if (next >= heap.length) break
    if (next + 1 < heap.length && before(heap[next + 1]!, heap[next]!)) next++
    if (!before(heap[next]!, moved)) break
    heap[at] = heap[next]!
    at = next
  }
  heap[at] = moved
}
