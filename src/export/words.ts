import type {Box, RecognizedLine, RecognizedWord} from '../model.ts'

/** A line as it is written: words that can be seen, spelled without white space and control characters. */
export type WrittenLine = Pick<RecognizedLine, 'box' | 'angle' | 'baseline'> & {
  readonly words: readonly RecognizedWord[]
}

/**
 * Cut the lines of a page into paragraphs, as text that every format can hold: half of
 * a surrogate pair and what XML has no place for is U+FFFD.
 */
export function paragraphsOf(lines: readonly RecognizedLine[]): readonly (readonly WrittenLine[])[] {
  const paragraphs: WrittenLine[][] = []
  for (const line of lines) {
    const words = line.words.flatMap(word => {
      const text = spelled(word.text)
      return text === '' ? [] : [{...word, text}]
    })
    if (words.length === 0) continue
    const paragraph = paragraphs.at(-1)
    if (paragraph === undefined || line.paragraphStart) paragraphs.push([{...line, words}])
    else paragraph.push({...line, words})
  }
  return paragraphs
}

function spelled(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, '').replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
}

/** The smallest box of whole pixels, none below 0, around some boxes; of no size for none. */
export function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return {x: 0, y: 0, width: 0, height: 0}
  const x = Math.max(0, Math.floor(Math.min(...boxes.map(box => box.x))))
  const y = Math.max(0, Math.floor(Math.min(...boxes.map(box => box.y))))
  const right = Math.ceil(Math.max(...boxes.map(box => box.x + box.width)))
  const bottom = Math.ceil(Math.max(...boxes.map(box => box.y + box.height)))
  return {x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y)}
}

/** A number with at most three decimals. */
export function short(value: number): string {
  return String(Math.round(value * 1000) / 1000 + 0)
}
