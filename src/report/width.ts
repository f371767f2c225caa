/**
 * Columns that text takes in a terminal: 2 for East Asian wide and emoji
 * characters, 0 for combining marks, 1 for the rest; per grapheme cluster, the
 * widest of its characters counts. Text must be free of control characters
 * (`visibleLine`).
 *
 * Source: Unicode Standard Annex 11; ambiguous characters count as narrow.
 */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length
  let width = 0
  for (const {segment} of graphemes.segment(text)) width += clusterWidth(segment)
  return width
}

/** Shortens text to at most `width` columns by an ellipsis in its middle: both ends of a name tell most. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  if (width < 1) return ''
  const clusters = [...graphemes.segment(text)].map(({segment}) => segment)
  const headWidth = Math.ceil((width - 1) / 2)
  const head = take(clusters, headWidth)
  const tail = take(clusters.slice(head.length).reverse(), width - 1 - displayWidth(head.join('')))
  return `${head.join('')}…${tail.reverse().join('')}`
}

/** Fills text with blanks on the right up to `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** Fills text with blanks on the left up to `width` columns. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

/** Breaks text into lines of at most `width` columns, at blanks where there are any; never empty. */
export function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(1, width)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    for (const piece of breakWord(word, room)) {
      if (line === '') line = piece
      else if (displayWidth(line) + 1 + displayWidth(piece) <= room) line += ` ${piece}`
      else {
        lines.push(line)
        line = piece
      }
    }
  }
  return [...lines, line]
}

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'})

/** Blocks of East Asian wide characters that are not emoji; coarse where a block is wide but for gaps. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]+$/u

function clusterWidth(cluster: string): number {
  if (wide.test(cluster)) return 2
  return zeroWidth.test(cluster) ? 0 : 1
}

function take(clusters: readonly string[], width: number): string[] {
  const taken: string[] = []
  let used = 0
  for (const cluster of clusters) {
    used += clusterWidth(cluster)
    if (used > width) break
    taken.push(cluster)
  }
  return taken
}

function breakWord(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word]
  const pieces: string[] = []
  let rest = [...graphemes.segment(word)].map(({segment}) => segment)
  while (rest.length > 0) {
    const piece = take(rest, width)
    const length = Math.max(1, piece.length)
    pieces.push(rest.slice(0, length).join(''))
    rest = rest.slice(length)
  }
  return pieces
}
