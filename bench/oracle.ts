/** What benches hold readings against that may know the transcript: lines that stand nowhere in it are dropped. */

/** A line stands in the transcript where at least two thirds of it do, at one place. */
export function stands(line: string, reference: string): boolean {
  return line !== '' && infixDistance(line, reference) <= line.length / 3
}

/** Least edit distance between a line and any part of the reference (Sellers 1980). */
function infixDistance(line: string, reference: string): number {
  let column = Array.from({length: line.length + 1}, (_, at) => at)
  let best = line.length
  for (const unit of reference) {
    const next = [0]
    for (let at = 1; at <= line.length; at++) {
      next.push(Math.min(column[at - 1]! + (line[at - 1] === unit ? 0 : 1), column[at]! + 1, next[at - 1]! + 1))
    }
    column = next
    best = Math.min(best, next[line.length]!)
  }
  return best
}

/** Spell a text as the oracle compares it: quotes, dashes, white space and line-end hyphens do not count. */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[‘’‚`´]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/(\p{L})-\s*\n\s*(?=\p{Ll})/gu, '$1')
    .replace(/\s*[‐‑‒–—―-]+\s*/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}
