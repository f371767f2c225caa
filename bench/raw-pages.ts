import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import sharp from 'sharp'
import {decode} from '../src/prepare/decode.ts'
import {listDocuments} from '../src/read/documents.ts'
import {readScan} from '../src/read/scans.ts'

/** Write every page of a corpus as an image that native tesseract reads, as scanned; gives the files, in order. */
export async function prepareRaw(root: string, folder: string): Promise<readonly string[]> {
  const {documents} = await listDocuments(root)
  const files: string[] = []
  for (const page of documents.flatMap(({pages}) => pages)) {
    const bytes = await readScan(root, page.scan)
    const name = join(folder, `${files.length}.${page.scan.format === 'jpeg' ? 'jpg' : 'png'}`)
    if (page.scan.format === 'jpeg') writeFileSync(name, bytes)
    else {
      const {data, width, height, channels} = await decode(bytes, page)
      await sharp(data, {raw: {width, height, channels}}).png({compressionLevel: 1}).toFile(name)
    }
    files.push(name)
  }
  return files
}
