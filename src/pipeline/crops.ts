import type {Config} from '../config.ts'
import type {Judgement, Page} from '../model.ts'
import {crop} from '../prepare/crop.ts'
import {readScan} from '../read/scans.ts'

/**
 * Cut the places that judgements are about out of the scans, as PNG files.
 *
 * Each page is decoded once; what has no place on a scan, or stands on a page that cannot be decoded, gets no picture.
 *
 * @param most
 *   Pictures at most; the first judgements get them.
 */
export async function cropJudgements(
  {root}: Pick<Config, 'root'>,
  pages: readonly Page[],
  judgements: readonly Judgement[],
  most: number,
): Promise<ReadonlyMap<Judgement, Uint8Array>> {
  const placed = judgements
    .flatMap(judgement => {
      const {page = null, box = null} = judgement.difference?.scan ?? {}
      return page === null || box === null ? [] : [{judgement, page, box}]
    })
    .slice(0, most)
  const pictures = new Map<Judgement, Uint8Array>()
  for (const page of pages) {
    const here = placed.filter(item => item.page === page.id)
    if (here.length === 0) continue
    try {
      const cut = await crop(
        await readScan(root, page.scan),
        page,
        here.map(({box}) => box),
      )
      for (const [index, {judgement}] of here.entries()) {
        const picture = cut[index]
        if (picture !== undefined) pictures.set(judgement, picture)
      }
    } catch {
      // A page that cannot be decoded is a finding of its reading already.
    }
  }
  return pictures
}
