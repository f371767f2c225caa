import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import sharp from 'sharp'
import {blankPage, renderPage} from '../../scripts/facsimile/page.ts'
import {random as createRandom} from '../../scripts/facsimile/random.ts'

const words =
  'the policy of this government toward its allies has been stated by the president in his letter and remains in force until further notice from both parties who met at Geneva'.split(
    ' ',
  )

/** Lines of a crop: few, so that it is quick to read. */
const linesInCrop = 2
const cropsInPage = 16

/**
 * Make a corpus of small pages: seeded facsimiles, cut to two lines each, in documents of 16.
 *
 * @param count
 *   Pages, at least 1.
 */
export async function makeQuickCorpus(root: string, count: number, seed: number): Promise<void> {
  const random = createRandom(seed, 'queue').uniform
  const put = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(root, name)), {recursive: true})
    writeFileSync(join(root, name), content)
  }
  for (let first = 0, document = 1; first < count; first += cropsInPage, document++) {
    const lines = Array.from({length: cropsInPage * linesInCrop}, () =>
      Array.from({length: 7}, () => words[Math.floor(random() * words.length)]).join(' '),
    )
    const {image} = await renderPage({...blankPage, lines, seed: seed + document})
    const {width, height} = await sharp(image).metadata()
    const crops = Math.min(cropsInPage, count - first)
    for (let crop = 0; crop < crops; crop++) {
      // Cut by equal parts of the page: where a cut goes through a line both halves are hard to read, which is as well.
      const part = Math.floor(height / cropsInPage)
      const region = {left: 0, top: crop * part, width, height: part}
      put(`scans/letter-${document}/${crop + 1}.png`, await sharp(image).extract(region).png().toBuffer())
    }
    put(`transcripts/letter-${document}.md`, `${lines.slice(0, crops * linesInCrop).join('\n')}\n`)
  }
}

/** Make a corpus of whole pages, one a document: seeded facsimiles of 30 lines. */
export async function makeFullCorpus(root: string, count: number, seed: number): Promise<void> {
  const random = createRandom(seed, 'queue').uniform
  mkdirSync(join(root, 'transcripts'), {recursive: true})
  for (let page = 1; page <= count; page++) {
    const lines = Array.from({length: 30}, () =>
      Array.from({length: 9}, () => words[Math.floor(random() * words.length)]).join(' '),
    )
    const {image} = await renderPage({...blankPage, lines, seed: seed + page})
    mkdirSync(join(root, `scans/letter-${page}`), {recursive: true})
    writeFileSync(join(root, `scans/letter-${page}/1.png`), image)
    writeFileSync(join(root, `transcripts/letter-${page}.md`), `${lines.join('\n')}\n`)
  }
}
