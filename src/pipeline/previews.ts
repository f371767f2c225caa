import type {Config} from '../config.ts'
import type {Page, Preview, Scan} from '../model.ts'
import {picture, preview, previewScan} from '../prepare/preview.ts'
import {readScan} from '../read/scans.ts'
import {listen} from './interrupt.ts'
import {preparationsFor, type ReadingEvents, rememberLast} from './reading.ts'

/** Keeps the pictures of pages from run to run. */
export interface PreviewStore {
  readonly get: (page: Page) => Preview | null
  readonly put: (page: Page, preview: Preview) => void
}

/** Draw a small picture of each page that `store` does not hold yet; pages that cannot be decoded are left out. */
export async function previewPages(
  {root, jobs}: Pick<Config, 'root' | 'jobs'>,
  pages: readonly Page[],
  store: PreviewStore,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Preview>> {
  const previews = new Map<string, Preview>()
  const queue = pages.values()
  const scanBytes = rememberLast(scan => readScan(root, scan))
  const lane = async () => {
    for (const page of queue) {
      await listen(signal)
      const drawn = store.get(page) ?? (await draw(scanBytes, page))
      if (drawn === null) continue
      store.put(page, drawn)
      previews.set(page.id, drawn)
    }
  }
  await Promise.all(Array.from({length: preparationsFor(jobs)}, lane))
  return previews
}

/** Draw the picture of each page that `store` does not hold yet from what is decoded to read it; what fails is left to `previewPages`. */
export function previewWhileReading(store: PreviewStore): NonNullable<ReadingEvents['onScan']> {
  return async (page, scan) => {
    try {
      if (store.get(page) === null) store.put(page, asRecord(await previewScan(scan, previewWidth)))
    } catch {
      // Reading goes on without a picture, and says itself what is wrong with a scan.
    }
  }
}

/** Enough to read a typed line at its natural size on a screen. */
const previewWidth = 1000

/** A page that cannot be decoded is a finding of its reading already. */
async function draw(scanBytes: (scan: Scan) => Promise<Uint8Array>, page: Page): Promise<Preview | null> {
  try {
    return asRecord(await preview(await scanBytes(page.scan), page, previewWidth))
  } catch {
    return null
  }
}

function asRecord({data, mime, width, height}: Awaited<ReturnType<typeof preview>>): Preview {
  return {mime, base64: Buffer.from(data).toString('base64'), width, height}
}

/** Draw a page's scan at its own resolution, upright; errors are those of reading and decoding it. */
export async function drawScan(
  {root}: Pick<Config, 'root'>,
  page: Page,
): Promise<{readonly data: Uint8Array; readonly mime: string}> {
  return picture(await readScan(root, page.scan), page)
}
