import {createHash} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {z} from 'zod'
import type {SecondLook} from '../model.ts'
import {recognitionFile, writeBeside} from './store.ts'

/** Part of every fingerprint: what the engine is told, and how its answer is taken. */
const lookVersion = '1'

/**
 * Hash everything that can change what a second look reads.
 *
 * @param recognition
 *   Fingerprint of the first reading: scan, engine and model.
 * @param ways
 *   How words are cut out.
 */
export function lookFingerprint(recognition: string, ways: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([recognition, ways, lookVersion]))
    .digest('hex')
}

/** Where a page's second look lies, relative to the output folder: beside its recognition. */
export function lookFile(pageId: string): string {
  return recognitionFile(pageId).replace(/\.json$/, '.looks.json')
}

/** Read what a second look has read before; null where there is nothing to use: it is taken again. */
export async function readLook(out: string, pageId: string, fingerprint: string): Promise<SecondLook | null> {
  const look = await readAnyLook(out, pageId)
  return look?.pageId === pageId && look.fingerprint === fingerprint ? look : null
}

/** Read the second look of a page, whatever it was taken of; null where there is none. */
export async function readAnyLook(out: string, pageId: string): Promise<SecondLook | null> {
  return parseLook(await readFile(join(out, lookFile(pageId)), 'utf8').catch(() => ''))
}

/** Read a second look as it is written; null where the text is none. */
export function parseLook(text: string): SecondLook | null {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/**
 * Keep a second look as `recognitions/<page id>.looks.json`.
 *
 * @throws UserError
 *   Where it cannot be written.
 */
export async function writeLook(out: string, look: SecondLook): Promise<void> {
  await writeBeside(out, lookFile(look.pageId), serializeLook(look))
}

/** Write a second look; the same look gives the same bytes, a row a word. */
export function serializeLook({schemaVersion, pageId, fingerprint, words}: SecondLook): string {
  const rows = words.map(({box: {x, y, width, height}, readings}) =>
    JSON.stringify({
      box: {x, y, width, height},
      readings: readings.map(({text, confidence, letters}) => ({text, confidence, letters})),
    }),
  )
  const fields = [
    `"schemaVersion":${schemaVersion}`,
    `"pageId":${JSON.stringify(pageId)}`,
    `"fingerprint":${JSON.stringify(fingerprint)}`,
    `"words":${rows.length === 0 ? '[]' : `[\n${rows.join(',\n')}\n]`}`,
  ]
  return `{\n${fields.join(',\n')}\n}\n`
}

const share = z.number().min(0).max(1)
const size = z.number().nonnegative()

const schema: z.ZodType<SecondLook> = z.strictObject({
  schemaVersion: z.literal(1),
  pageId: z.string(),
  fingerprint: z.string(),
  words: z.array(
    z.strictObject({
      box: z.strictObject({x: z.number(), y: z.number(), width: size, height: size}),
      readings: z.array(
        z.strictObject({
          text: z.string(),
          confidence: share,
          letters: z.array(z.array(z.tuple([z.string(), share]))),
        }),
      ),
    }),
  ),
})
