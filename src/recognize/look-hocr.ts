import type {LetterChoices, LookReading} from '../model.ts'
import {unescaped, unit} from './hocr.ts'

/** A word with its confidence, a letter, or what it may be; groups: kind, the name of the latter two, title, text. */
const element = /class='(ocrx_word|ocrx_cinfo)' id='(\w+)'(?: title='([^']*)')?>([^<]*)/g

/** Below this a choice of a letter is not kept: tesseract lists what it has ruled out as well. */
const leastChoice = 0.05

/**
 * Turn the hOCR of a single word, made with `lstm_choice_mode` 2, into its reading and what its letters may be.
 *
 * Where tesseract sees several words they are joined; the least of their confidences is that of the reading.
 */
export function lookOf(hocr: string): LookReading {
  const confidences: number[] = []
  const letters: (readonly [string, number])[][] = []
  let text = ''
  for (const [, kind, id = '', title = '', content = ''] of hocr.matchAll(element)) {
    const spelled = unescaped(content).replace(/[\s\p{Cc}]+/gu, '')
    if (kind === 'ocrx_word') {
      text += spelled
      confidences.push(unit(Number(/x_wconf (\d+)/.exec(title)?.[1])))
    } else if (id.startsWith('lstm')) letters.push([])
    else {
      const confidence = unit(Number(/x_confs ([\d.]+)/.exec(title)?.[1]))
      if (confidence >= leastChoice && spelled !== '') letters.at(-1)?.push([spelled, confidence])
    }
  }
  const choices: readonly LetterChoices[] = letters.filter(list => list.length > 0)
  return {text, confidence: confidences.length === 0 ? 0 : Math.min(...confidences), letters: choices}
}
