import type {Alignment, Chunk, Confusion, Tokens} from '../model.ts'

/**
 * List what was confused with what, the costliest first.
 *
 * A confusion is a whole run of edits between two matches (ISRI), so that many-to-one
 * confusions are seen. Summed over all, errors are the numerator of the error
 * rate: in an alignment of least distance a run costs as much as its longer side. Equal
 * errors are in the order of their texts' UTF-16 units.
 */
export function confusions({chunks}: Alignment, reference: Tokens, hypothesis: Tokens): readonly Confusion[] {
  const found = new Map<string, {reference: string; hypothesis: string; times: number; errors: number}>()
  for (const run of editRuns(chunks)) {
    const from = reference.keys.slice(run.reference.start, run.reference.end).join(glue(reference))
    const to = hypothesis.keys.slice(run.hypothesis.start, run.hypothesis.end).join(glue(hypothesis))
    const key = `${from}\0${to}`
    const entry = found.get(key) ?? {reference: from, hypothesis: to, times: 0, errors: 0}
    entry.times++
    entry.errors += run.errors
    found.set(key, entry)
  }
  return [...found.entries()]
    .sort(([one, a], [other, b]) => b.errors - a.errors || (one < other ? -1 : 1))
    .map(([, confusion]) => confusion)
}

/** A maximal run of edits. */
export interface EditRun extends Pick<Chunk, 'reference' | 'hypothesis'> {
  readonly errors: number
}

/** Join neighbouring edits to runs. */
export function editRuns(chunks: readonly Chunk[]): readonly EditRun[] {
  const runs: EditRun[] = []
  let open: EditRun | null = null
  for (const {operation, reference, hypothesis} of chunks) {
    if (operation === 'equal') {
      if (open !== null) runs.push(open)
      open = null
      continue
    }
    const errors = Math.max(reference.end - reference.start, hypothesis.end - hypothesis.start)
    open =
      open === null
        ? {reference, hypothesis, errors}
        : {
            reference: {start: open.reference.start, end: reference.end},
            hypothesis: {start: open.hypothesis.start, end: hypothesis.end},
            errors: open.errors + errors,
          }
  }
  if (open !== null) runs.push(open)
  return runs
}

function glue({unit}: Tokens): string {
  return unit === 'word' ? ' ' : ''
}
