/** Find a wording in OCR text: edit distance with costs by what engines confuse. */

/** Where a wording was found: letters `[start, end)`, and what the difference costs; 0 for exact. */
export interface Approximate {
  readonly start: number
  readonly end: number
  readonly cost: number
}

/** Differences below this are of letters that typewriters make the same: `GROUP I` for GROUP 1. */
export const lookalikeCost = 0.3

/**
 * Cost of reading one letter as another, where that is less than a whole edit.
 *
 * Letter pairs counted on 115,000 banner lines of declassified files: how often
 * each stands in place of a letter of SECRET, and the look-alikes of typescript.
 */
const pairs: Readonly<Record<string, number>> = {
  CG: 0.3,
  TI: 0.3,
  RH: 0.3,
  RK: 0.3,
  SB: 0.3,
  CO: 0.3,
  EB: 0.3,
  TL: 0.4,
  EF: 0.3,
  EI: 0.4,
  ES: 0.4,
  EA: 0.5,
  RP: 0.4,
  TE: 0.5,
  TY: 0.4,
  TF: 0.4,
  CR: 0.5,
  CE: 0.5,
  RB: 0.4,
  RN: 0.5,
  EC: 0.5,
  FP: 0.4,
  FT: 0.5,
  FR: 0.5,
  DO: 0.3,
  DC: 0.5,
  DJ: 0.5,
  DI: 0.5,
  NM: 0.4,
  NH: 0.4,
  NR: 0.5,
  NW: 0.5,
  HM: 0.5,
  HW: 0.5,
  HK: 0.5,
  UO: 0.5,
  UV: 0.3,
  UN: 0.5,
  UB: 0.5,
  LI: 0.2,
  LJ: 0.5,
  IJ: 0.3,
  LE: 0.6,
  AR: 0.5,
  AI: 0.6,
  OQ: 0.2,
  OG: 0.5,
  PB: 0.5,
  SG: 0.4,
  YV: 0.3,
  VW: 0.4,
  VY: 0.3,
  XK: 0.4,
  ZS: 0.4,
  '0O': 0.1,
  '0D': 0.3,
  '0Q': 0.2,
  '0C': 0.4,
  '1I': 0.1,
  '1L': 0.1,
  '1T': 0.4,
  '1J': 0.3,
  '2Z': 0.2,
  '3S': 0.4,
  '3B': 0.4,
  '3E': 0.4,
  '4A': 0.4,
  '5S': 0.2,
  '6G': 0.2,
  '6B': 0.3,
  '7T': 0.4,
  '8B': 0.2,
  '8S': 0.3,
  '9G': 0.4,
  '6C': 0.5,
}

const size = 128
const substitution = buildTable()
/** Cost of a letter that is not printed; a thin one is often a speck. */
const insertion = new Float64Array(size).fill(1)
/** Cost of a letter that was not read. */
const deletion = new Float64Array(size).fill(1)
for (const thin of 'IL1J') {
  insertion[thin.charCodeAt(0)] = 0.5
  deletion[thin.charCodeAt(0)] = 0.7
}
/** The ends of a stamp are often faint. */
const endDeletion = 0.7

/**
 * Edits allowed for a wording of `length` letters.
 *
 * By length, as whole-line counts show: at 6 letters a second edit reaches words
 * of the language (REGRET), at 12 letters only CONTINENTAL comes within 3.
 */
export function budgetOf(length: number): number {
  if (length <= 3) return 0
  if (length <= 5) return 0.5
  if (length <= 7) return 1
  if (length <= 9) return 1.5
  if (length <= 13) return 2
  return Math.min(8, length * 0.18)
}

/** Gain of aligning two letters: 1 for equal ones, down to -1.2. */
export function similarity(a: number, b: number): number {
  return a === b ? 1 : 1 - 2.2 * (substitution[a * size + b] ?? 1)
}

/**
 * Find the cheapest place of `pattern` in `text[from, to)` (Sellers 1980).
 *
 * @param pattern
 *   At most 200 letters, as capitals and figures.
 * @returns
 *   The cheapest place, the first of equals; null where every one costs more than `budget`.
 */
export function findApproximate(
  pattern: readonly number[],
  text: readonly number[],
  from: number,
  to: number,
  budget: number,
): Approximate | null {
  const height = pattern.length
  // Row by row of one column: cost and start of the cheapest match of pattern[0, row) that ends here.
  costs[0] = 0
  starts[0] = from
  for (let row = 1; row <= height; row++) {
    costs[row] = costs[row - 1]! + deletionAt(pattern, row)
    starts[row] = from
  }
  let best: Approximate | null = null
  for (let column = from; column < to; column++) {
    const code = text[column]!
    const inserting = insertion[code]!
    let diagonalCost = 0
    let diagonalStart = column
    starts[0] = column + 1
    for (let row = 1; row <= height; row++) {
      const wanted = pattern[row - 1]!
      const substituted = diagonalCost + (wanted === code ? 0 : substitution[wanted * size + code]!)
      const inserted = costs[row]! + inserting
      const deleted = costs[row - 1]! + deletionAt(pattern, row)
      const before = diagonalStart
      diagonalCost = costs[row]!
      diagonalStart = starts[row]!
      if (substituted <= inserted && substituted <= deleted) {
        costs[row] = substituted
        starts[row] = before
      } else if (inserted <= deleted) {
        costs[row] = inserted
      } else {
        costs[row] = deleted
        starts[row] = starts[row - 1]!
      }
    }
    const cost = costs[height]!
    if (cost <= budget && (best === null || cost < best.cost)) best = {start: starts[height]!, end: column + 1, cost}
  }
  return best
}

// One column each, used anew by every call: millions of small arrays would cost more than the search.
const costs = new Float64Array(201)
const starts = new Int32Array(201)

function deletionAt(pattern: readonly number[], row: number): number {
  return row === 1 || row === pattern.length ? endDeletion : deletion[pattern[row - 1]!]!
}

function buildTable(): Float64Array {
  const table = new Float64Array(size * size).fill(1)
  for (const [pair, cost] of Object.entries(pairs)) {
    const a = pair.charCodeAt(0)
    const b = pair.charCodeAt(1)
    table[a * size + b] = cost
    table[b * size + a] = cost
  }
  return table
}
