import type {Config} from '../config.ts'
import type {Judgement, Page, ScanPlace} from '../model.ts'
import {crop} from '../prepare/crop.ts'
import {readScan} from '../read/scans.ts'

/**
 * Cut the places that judgements are about out of the scans, as PNG files; parameters are those of `cropPlaces`.
 */
export async function cropJudgements(
  config: Pick<Config, 'root'>,
  pages: readonly Page[],
  judgements: readonly Judgement[],
  most: number,
): Promise<ReadonlyMap<Judgement, Uint8Array>> {
  const items = judgements.map(judgement => ({judgement, scan: judgement.difference?.scan ?? null}))
  const pictures = await cropPlaces(config, pages, items, most)
  return new Map([...pictures].map(([{judgement}, picture]) => [judgement, picture]))
}

/**
 * Cut places out of the scans, as PNG files.
 *
 * Each page is decoded once; what has no place on a scan, or stands on a page that cannot be decoded, gets no picture.
 *
 * @param most
 *   Pictures at most; the first items get them.
 */
export async function cropPlaces<Item extends {readonly scan: ScanPlace | null}>(
  {root}: Pick<Config, 'root'>,
  pages: readonly Page[],
  items: readonly Item[],
  most: number,
): Promise<ReadonlyMap<Item, Uint8Array>> {
  const placed = items
    .flatMap(item => {
      const {page = null, box = null} = item.scan ?? {}
      return page === null || box === null ? [] : [{item, page, box}]
    })
    .slice(0, most)
  const pictures = new Map<Item, Uint8Array>()
  for (const page of pages) {
    const here = placed.filter(place => place.page === page.id)
    if (here.length === 0) continue
    try {
      const cut = await crop(
        await readScan(root, page.scan),
        page,
        here.map(({box}) => box),
      )
      for (const [index, {item}] of here.entries()) {
        const picture = cut[index]
        if (picture !== undefined) pictures.set(item, picture)
      }
    } catch {
      // A page that cannot be decoded is a finding of its reading already.
    }
  }
  return pictures
}
