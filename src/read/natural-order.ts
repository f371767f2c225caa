/**
 * Compares names as people number them: `page2` before `page10`, `a` before `B`.
 *
 * Runs of ASCII digits compare by value, all else by code unit of the lower-case
 * form, whatever the locale; names that are then equal (`1` and `01`, `a` and `A`)
 * compare by code unit, so the order is total.
 *
 * @returns
 *   Negative, zero or positive, for `Array#sort`; zero only for identical names.
 */
export function compareNames(a: string, b: string): number {
  const left = a.toLowerCase().match(parts) ?? []
  const right = b.toLowerCase().match(parts) ?? []
  for (let index = 0; index < left.length && index < right.length; index++) {
    const order = comparePart(left[index]!, right[index]!)
    if (order !== 0) return order
  }
  return left.length - right.length || compareUnits(a, b)
}

const parts = /[0-9]+|[^0-9]+/g

function comparePart(a: string, b: string): number {
  if (!isNumber(a) || !isNumber(b)) return compareUnits(a, b)
  // Without leading zeros the longer number is the greater: no precision to lose.
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  return left.length - right.length || compareUnits(left, right)
}

function isNumber(part: string): boolean {
  const first = part.charCodeAt(0)
  return first >= 0x30 && first <= 0x39
}

function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
