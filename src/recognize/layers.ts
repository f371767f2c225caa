import type {PreparedPage, RecognizedLine, Region} from '../model.ts'

/** Words read with less trust than this are the grain of a stamp's ink. */
const leastConfidence = 0.3

/** Has a layer read, turned by half where that reads better if it lay on its side; gives lines and the engine's confidence in them. */
type ReadLayer = (
  layer: PreparedPage,
  isSideways: boolean,
) => Promise<{readonly lines: readonly RecognizedLine[]; readonly confidence: number}>

/**
 * Read what was taken off a page and may be text, each layer by itself.
 *
 * @returns
 *   The page's regions, those of layers with their text: lines parted by `\n`, empty where nothing could be read.
 */
export async function readLayers(page: PreparedPage, readLayer: ReadLayer): Promise<readonly Region[]> {
  const texts = new Map<number, string>()
  for (const {region, image, imageWidth, imageHeight, isSideways} of page.layers) {
    const size = {width: imageWidth, height: imageHeight, imageWidth, imageHeight}
    const still = {a: 1, b: 0, c: 0, d: 1, e: 0, f: 0}
    const none = {letters: 0, columns: false, regions: [], layers: [], strips: []}
    const layer = {...page, ...size, ...none, image, transform: still}
    const {lines} = await readLayer(layer, isSideways)
    texts.set(region, textOf(lines))
  }
  return page.regions.map((region, index) => ({...region, text: texts.get(index) ?? region.text}))
}

function textOf(lines: readonly RecognizedLine[]): string {
  return lines
    .map(({words}) => words.flatMap(({text, confidence}) => (confidence < leastConfidence ? [] : [text])).join(' '))
    .filter(line => /[\p{L}\p{N}]/u.test(line))
    .join('\n')
}
