/** What was done to one text to make another of it, as far as it is one slip. */
export type Slip = 'swapped' | 'doubled' | 'dropped' | 'added' | 'neighbouring key' | 'changed' | 'capital' | 'other'

/** The part in which two texts differ: what is left without their common beginning and end. */
export interface Core {
  /** Where it begins, in letters. */
  readonly start: number
  readonly from: string
  readonly to: string
  /** The letters beside it; empty at either end. */
  readonly before: string
  readonly after: string
}

/** Cut two texts to where they differ. */
export function coreOf(from: string, to: string): Core {
  const [a, b] = [[...from], [...to]]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return {
    start,
    from: a.slice(start, a.length - end).join(''),
    to: b.slice(start, b.length - end).join(''),
    before: a[start - 1] ?? '',
    after: a[a.length - end] ?? '',
  }
}

/**
 * Name the slip of a typist who meant `meant` and wrote `written`.
 *
 * `doubled` is a letter written twice, `added` any other letter too many.
 */
export function slipOf(meant: string, written: string): Slip {
  const {from, to, before} = coreOf(meant, written)
  const [a, b] = [[...from], [...to]]
  if (a.length === 0 && b.length === 1) return b[0] === before ? 'doubled' : 'added'
  if (a.length === 1 && b.length === 0) return 'dropped'
  if (a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0]) return 'swapped'
  if (a.length !== 1 || b.length !== 1) return 'other'
  if (from.toLowerCase() === to.toLowerCase()) return 'capital'
  return isNeighbour(from.toLowerCase(), to.toLowerCase()) ? 'neighbouring key' : 'changed'
}

const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Whether two keys touch on a typewriter's keyboard. */
function isNeighbour(one: string, other: string): boolean {
  const [a, b] = [keyOf(one), keyOf(other)]
  if (a === null || b === null) return false
  return Math.abs(a.row - b.row) <= 1 && Math.abs(a.x - b.x) <= 1
}

/** Rows are set off by half a key. */
function keyOf(letter: string): {readonly row: number; readonly x: number} | null {
  const row = rows.findIndex(keys => keys.includes(letter))
  return row < 0 ? null : {row, x: (rows[row]?.indexOf(letter) ?? 0) + 0.5 * row}
}

/** Letters that must be changed, added or taken away to make one text of the other (Levenshtein), up to `most`. */
export function editsBetween(from: string, to: string, most = 40): number {
  const [a, b] = [[...from].slice(0, most), [...to].slice(0, most)]
  let row = Array.from({length: b.length + 1}, (_, index) => index)
  for (const [i, letter] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
