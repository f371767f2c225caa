import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs'
import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {layout, letters, renderLetter} from '../../scripts/facsimile/letters.ts'

const root = new URL('../../', import.meta.url)
const found = new URL('../shared/letters/', root)
const read = (path: string): Buffer => readFileSync(new URL(path, root))
/** The letter's words as the transcript has them. */
const words = (id: string): string[] =>
  read(`transcripts/${id}.md`)
    .toString()
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .split(/\s+/)
    .filter(word => word !== '')

/** The bytes of a PNG or JPEG are those of one encoder; the pixels in them are the same everywhere. */
const sameEncoder = sharp.versions.vips === '8.18.7' && process.platform === 'linux' && process.arch === 'x64'

describe.each(letters())('$id', letter => {
  const pages = layout(letter.id)

  test('the pages hold the transcript, word for word', () => {
    const typed = pages.flatMap(page => page.words.map(({text}) => text)).join(' ')
    // A compound may be divided at its own hyphen.
    expect(typed.replace(/(?<=\w)- (?=\w)/g, '-')).toBe(words(letter.id).join(' '))
  })

  test('nothing stands on two places or off the page', () => {
    for (const {words: placed, markings, width, height} of pages) {
      for (const {box} of [...placed, ...markings]) {
        expect(box.x).toBeGreaterThan(0)
        expect(box.y).toBeGreaterThan(0)
        expect(box.x + box.width).toBeLessThan(width)
        expect(box.y + box.height).toBeLessThan(height)
      }
      expect(new Set(placed.map(({box}) => `${box.x} ${box.y}`)).size).toBe(placed.length)
    }
  })

  test('each page says where it lies', () => {
    for (const {file, frame} of pages) expect([existsSync(new URL(file, root)), frame >= 0]).toEqual([true, true])
    expect(pages.map(({file, frame}) => `${file} ${frame}`)).toEqual(
      letter.pages.map(({file, frame}) => `${file} ${frame}`),
    )
  })

  const files = [...new Set(pages.map(({file}) => file))]
  test.runIf(sameEncoder).each(files)('making `%s` again gives the committed bytes', async file => {
    const [made] = await renderLetter({id: letter.id, pages: letter.pages.filter(page => page.file === file)})
    const same = made !== undefined && Buffer.compare(made.bytes, read(file)) === 0
    expect(same, `\`${file}\` is out of date: run \`npm run facsimile\``).toBe(true)
  })
})

test.skipIf(sameEncoder)(
  'the pixels of the PNG page are the committed ones (another encoder: bytes may differ)',
  async () => {
    const file = 'scans/1985-03-24-gorbachev-to-reagan/3.png'
    const letter = letters().find(({id}) => id === '1985-03-24-gorbachev-to-reagan')
    const made = await renderLetter({id: '', pages: letter?.pages.filter(page => page.file === file) ?? []})
    const [now, then] = await Promise.all(
      [made[0]?.bytes ?? Buffer.of(), read(file)].map(image => sharp(image).raw().toBuffer()),
    )
    expect(Buffer.compare(now ?? Buffer.of(), then ?? Buffer.of())).toBe(0)
  },
)

describe('the sample', () => {
  const gorbachev = layout('1985-03-24-gorbachev-to-reagan')
  const thatcher = layout('1984-11-22-reagan-to-thatcher')
  const texts = (pages: typeof gorbachev): string[][] => pages.map(({markings}) => markings.map(({text}) => text))

  test('pages end where the originals end', () => {
    const ends = [...gorbachev, ...thatcher].map(page =>
      page.words
        .slice(-4)
        .map(({text}) => text)
        .join(' '),
    )
    expect(ends).toEqual([
      'the two of us',
      'calm development. This would',
      'relations between our countries.',
      'meeting. Sincerely, M. GORBACHEV',
      'in Brussels next month.',
      'work. Sincerely, /S/ Ron',
    ])
  })

  test('the markings of the letters stand on the pages', () => {
    expect(texts(gorbachev)).toEqual([
      [
        'SECRET',
        'RR1 Exer Secret. NSC: Head of State File,\nUSSR: Gorbachev, Box. 40',
        'DECLASSIFIED/Released\nNLS MR 2000-004 #5',
        'SECRET',
      ],
      ['SECRET', 'DECLASSIFIED\nNLS MR 2000-004 #5\nBy djk NARA, Date 6/14/00', 'SECRET'],
      ['SECRET', 'DECLASSIFIED\nNLS MR 2000-004 #5', 'SECRET'],
      ['SECRET', 'Кертоансаи шис лумина лаво', 'SECRET', 'СЕРТИФИКАТ'],
    ])
    expect(texts(thatcher)).toEqual([
      ['SECRET', 'SECRET'],
      ['SECRET', 'DECLASSIFIED\nBy rmc NARA, Date 3/28/00', 'SECRET'],
    ])
  })

  test('the red stamp lies over words of the letter, the one in the margin over none', () => {
    const covered = (page: number, index: number): string[] => {
      const {words: placed = [], markings = []} = gorbachev[page] ?? {}
      const stamp = markings[index]?.box
      if (stamp === undefined) return []
      return placed
        .filter(({box}) => box.x < stamp.x + stamp.width && box.x + box.width > stamp.x)
        .filter(({box}) => box.y < stamp.y + stamp.height && box.y + box.height > stamp.y)
        .map(({text}) => text)
    }
    expect(covered(1, 1)).toEqual(expect.arrayContaining(['consequences', 'outbreak', 'recall']))
    expect(covered(2, 1)).toEqual([])
  })

  test('one page is 150 dpi, the rest 200 to 300, and no page lies straighter or more askew than scanners leave it', () => {
    const specs = letters().flatMap(({pages}) => pages.map(({spec}) => spec))
    expect(specs.map(({dpi}) => dpi).sort()).toEqual([150, 200, 200, 200, 200, 300])
    for (const {skew} of specs) {
      expect(Math.abs(skew)).toBeGreaterThan(0.3)
      expect(Math.abs(skew)).toBeLessThanOrEqual(1.5)
    }
  })

  test('everything under scans/ is listed in its README and takes less than 4 MB', () => {
    const files = readdirSync(new URL('scans/', root), {recursive: true, encoding: 'utf8'})
      .map(name => name.replaceAll('\\', '/'))
      .filter(name => name !== 'README.md' && statSync(new URL(`scans/${name}`, root)).isFile())
    const readme = read('scans/README.md').toString()
    for (const file of files) expect(readme).toContain(`\`${file}\``)
    const listed = [...gorbachev, ...thatcher].map(({file}) => file.slice('scans/'.length))
    expect(files.sort()).toEqual([...new Set(listed)].sort())
    const size = files.reduce((sum, file) => sum + statSync(new URL(`scans/${file}`, root)).size, 0)
    expect(size).toBeLessThan(4_000_000)
  })

  test('a document that is not of the sample is an error', () => {
    expect(() => layout('nsdd222')).toThrow('Unexpected document `nsdd222`')
  })
})

describe.skipIf(!existsSync(found))('the transcripts (needs ../shared)', () => {
  test.each([
    [
      '1985-03-24-gorbachev-to-reagan',
      /^[\s\S]*?(?=Unofficial)|DECLASSIFIED\/Released\s+NLS MR 2000-004 #5|(?:Кертоансаи шис лумина лаво|СЕРТИФИКАТ)/g,
    ],
    ['1984-11-22-reagan-to-thatcher', /\bSECRET\b/g],
  ])('%s is the letter as found, without its markings', (id, markings) => {
    const source = readFileSync(new URL(`${id}.txt`, found), 'utf8')
    expect(words(id)).toEqual(
      source
        .replace(markings, ' ')
        .split(/\s+/)
        .filter(word => word !== ''),
    )
  })
})
