import {existsSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {z} from 'zod'
import type {PreviewStore} from '../index.ts'
import {writeWhole} from './write.ts'

const schema = z.strictObject({
  mime: z.literal('image/webp'),
  base64: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/),
  width: z.int().positive(),
  height: z.int().positive(),
})

/** Keeps pictures of pages in a folder, named by the scan's hash, so that a second run draws nothing again. */
export function previewStore(folder: string): PreviewStore {
  const fileOf = ({sha256, frame}: {readonly sha256: string; readonly frame: number}) =>
    join(folder, `${sha256}-${frame}.json`)
  return {
    get({scan}) {
      const file = fileOf(scan)
      if (!existsSync(file)) return null
      try {
        return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
      } catch {
        // A damaged file is drawn again and replaced.
        return null
      }
    },
    put({scan}, preview) {
      const file = fileOf(scan)
      if (!existsSync(file)) writeWhole(file, JSON.stringify(preview))
    },
  }
}
