import type {Line} from './lines.ts'
import type {TypeSize} from './type.ts'

/** Letters from which on a line may be one of running text, and fewest such lines in a column. */
const leastLetters = 10
const leastLines = 5

/** Least share of the lines that a column has, and most that may run from one into the other, as headings do. */
const leastShare = 0.2
const mostAcross = 0.1

/**
 * Whether a page holds columns of text side by side, as an opened book or a newspaper does: lines on either side of a
 * blank strip that reaches down the page.
 */
export function hasColumns(lines: readonly Line[], {small}: TypeSize): boolean {
  const body = lines.filter(
    ({members, typed, aligned}) => members.length >= leastLetters && typed >= 0.5 && aligned >= 0.5,
  )
  const fewest = Math.max(leastLines, leastShare * body.length)
  return body.some(({right: end}) => {
    const at = end + 0.5 * small
    const before = body.filter(({right}) => right <= at)
    const after = body.filter(({left}) => left > at)
    if (before.length < fewest || after.length < fewest) return false
    if (body.length - before.length - after.length > mostAcross * body.length) return false
    // Side by side, not one below the other.
    const top = Math.min(...before.map(({base}) => base))
    const bottom = Math.max(...before.map(({base}) => base))
    return after.filter(({base}) => base >= top && base <= bottom).length >= 0.5 * after.length
  })
}
