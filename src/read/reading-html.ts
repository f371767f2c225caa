import {sourceLines} from './reading-code.ts'
import {reference} from './reading-inline.ts'
import {type Draft, omit, part, write} from './writing.ts'

const htmlToken =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)|<[!?][^<>]*>|<(\/?[A-Za-z][A-Za-z0-9-]*)[^<>]*>|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{0,30});|\s+|\0/gi
const lineTags =
  /^(?:br|hr|\/?(?:p|div|center|h[1-6]|li|ul|ol|dl|dt|dd|tr|table|thead|tbody|pre|blockquote|section|article|header|footer|address))$/i
const cellTags = /^\/?t[dh]$/i

/**
 * Writes what a reader sees of HTML: the text between tags.
 *
 * White space of a block is folded as a browser does, but line ends stay.
 */
export function writeHtml(draft: Draft, value: string, start: number, end: number): void {
  const origins = originsOf(draft, value, start, end)
  let done = 0
  for (const found of value.matchAll(htmlToken)) {
    writeFrom(draft, value, origins, done, found.index)
    done = found.index + found[0].length
    const at = origins[found.index] ?? start
    const [token, , tag] = found
    if (token.startsWith('<!--')) {
      omit(draft, 'comment', token)
      if (!token.endsWith('-->')) draft.unclosedComments.push(draft.place(at))
    } else if (tag !== undefined) {
      if (/^br$/i.test(tag)) writeBr(draft, at, at + token.length)
      else if (lineTags.test(tag)) part(draft, '\n')
      else if (cellTags.test(tag)) part(draft, ' ')
    } else if (token[0] === '&') {
      const text = reference(draft, token)
      write(draft, text, at, text === token ? 1 : 0, at + token.length)
    } else if (token === '\0') {
      write(draft, '\ufffd', at, 1)
    } else if (/\s/.test(token[0]!)) {
      part(draft, /[\r\n]/.test(token) ? '\n' : ' ')
    }
  }
  writeFrom(draft, value, origins, done, value.length)
}

function writeFrom(draft: Draft, value: string, origins: readonly number[], from: number, to: number): void {
  if (from < to) write(draft, value.slice(from, to), origins[from]!, 1)
}

function writeBr(draft: Draft, start: number, end: number): void {
  if (draft.pending === ' ') draft.pending = ''
  write(draft, '\n', start, 0, end)
  draft.broken = true
}

/** Finds the offset of every unit of a node's value, each line of which is the end of a source line. */
function originsOf(draft: Draft, value: string, start: number, end: number): readonly number[] {
  const origins: number[] = []
  for (const [index, line] of sourceLines(draft, value, start, {stop: end}).entries()) {
    for (let at = line.previousEnd; index > 0 && at < line.previousNext; at++) origins.push(at)
    // Blanks that the value has and the source has not are a tab cut by an indent.
    const lead = line.text.length - (line.end - line.start)
    for (let unit = 0; unit < line.text.length; unit++) origins.push(line.start + Math.max(0, unit - lead))
  }
  return origins
}
