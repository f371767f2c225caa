import {isUtf8} from 'node:buffer'
import {UserError} from '../model.ts'

/**
 * Decodes UTF-8 and keeps a byte order mark; bytes that are not UTF-8 become U+FFFD.
 *
 * @returns
 *   `invalidAt` is the offset of the first byte that is not UTF-8, and
 *   `invalidIndex` that of its U+FFFD in `text`; both null where there is none.
 */
export function decodeUtf8(bytes: Uint8Array): {
  readonly text: string
  readonly invalidAt: number | null
  readonly invalidIndex: number | null
} {
  const text = new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes)
  if (isUtf8(bytes)) return {text, invalidAt: null, invalidIndex: null}
  const again = new TextEncoder().encode(text)
  let at = 0
  while (bytes[at] === again[at]) at++
  // The first byte that differs may be inside the U+FFFD that stands for the bad bytes; go to its start.
  while (at > 0 && (again[at]! & 0xc0) === 0x80) at--
  return {
    text,
    invalidAt: at,
    invalidIndex: new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes.subarray(0, at)).length,
  }
}

/**
 * Decodes UTF-8 without its byte order mark.
 *
 * @param name
 *   What to call the file: bytes that are not UTF-8 throw a `UserError` with the place of the first.
 */
export function decodeStrict(bytes: Uint8Array, name: string): string {
  const {text, invalidAt} = decodeUtf8(bytes)
  if (invalidAt === null) return text.replace(/^\ufeff/, '')
  const wide = invalidAt === 0 && /^(?:fffe|feff)/.test(Buffer.from(bytes.subarray(0, 2)).toString('hex'))
  const found = wide ? 'UTF-16' : `byte \`0x${bytes[invalidAt]!.toString(16).padStart(2, '0')}\` at byte ${invalidAt}`
  throw new UserError(`Unexpected ${found} in \`${name}\`, expected UTF-8, save the file as UTF-8`)
}
