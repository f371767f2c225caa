import {PDFiumLibrary} from '@hyzyla/pdfium'
import sharp from 'sharp'
import {describe, expect, test} from 'vitest'
import {sensorOf} from '../../scripts/facsimile/noise.ts'
import {blankPage, drawPage, layoutPage, type PageSpec, type Pixels, renderPage} from '../../scripts/facsimile/page.ts'
import {type Paper, specks} from '../../scripts/facsimile/paper.ts'
import {writePdf} from '../../scripts/facsimile/pdf.ts'

// A low resolution keeps these fast; every length is in inches, so nothing else changes.
const page: PageSpec = {
  ...blankPage,
  lines: ['Dear Margaret:', '', 'As you know, we have sought to bring greater stability'],
  dpi: 60,
  seed: 12,
}
const clean: PageSpec = {...page, dpi: 150, noise: 0, specks: 0, paper: {...page.paper, mottling: 0}}

describe('renderPage', () => {
  test('the same spec gives the same bytes, another seed gives others', async () => {
    const [first, again, other] = await Promise.all([page, page, {...page, seed: 13}].map(renderPage))
    expect(first).toEqual(again)
    expect(Buffer.compare(first?.image ?? Buffer.of(), other?.image ?? Buffer.of())).not.toBe(0)
  })

  test.each([
    ['png', false, 'b-w', 1],
    ['png', true, 'srgb', 3],
    ['jpeg', false, 'b-w', 1],
    ['jpeg', true, 'srgb', 3],
  ] as const)('%s, colour %s: says its size and resolution', async (format, colour, space, channels) => {
    const {image, width, height} = await renderPage({...page, format, colour})
    expect([width, height]).toEqual([510, 660])
    expect(await sharp(image).metadata()).toMatchObject({format, space, channels, width, height, density: 60})
  })

  test('a PNG keeps every pixel', async () => {
    const {image} = await renderPage({...page, levels: 16})
    const read = await sharp(image).toColourspace('b-w').raw().toBuffer()
    expect(read.equals(drawPage({...page, levels: 16}).data)).toBe(true)
  })
})

describe('layoutPage', () => {
  test('names every word once, in reading order', () => {
    const {words} = layoutPage(page)
    expect(words.map(({text}) => text).join(' ')).toBe(page.lines.join(' ').replace('  ', ' '))
    expect(words.map(({line}) => line)).toEqual([0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2])
  })

  test.each([0, 1.5, -1.5])('boxes bound the ink of each word at a skew of %s degrees', skew => {
    const spec = {...clean, skew}
    const pixels = drawPage(spec)
    for (const {box} of layoutPage(spec).words) {
      const {left, top, right, bottom} = inkBounds(pixels, box.x - 4, box.y - 4, box.width + 8, box.height + 8)
      // Ink spreads and breaks by less than two pixels at this resolution.
      expect(Math.abs(left - box.x)).toBeLessThanOrEqual(2)
      expect(Math.abs(top - box.y)).toBeLessThanOrEqual(2)
      expect(Math.abs(right - box.x - box.width)).toBeLessThanOrEqual(2)
      expect(Math.abs(bottom - box.y - box.height)).toBeLessThanOrEqual(2)
    }
  })

  test('skew is clockwise: the line falls to the right', () => {
    const [first, last] = [0, -1].map(
      index =>
        layoutPage({...clean, skew: 1.5})
          .words.slice(2)
          .at(index)?.box,
    )
    const slope = ((last?.y ?? 0) - (first?.y ?? 0)) / ((last?.x ?? 0) - (first?.x ?? 0))
    expect(slope).toBeCloseTo(Math.tan((1.5 * Math.PI) / 180), 2)
  })

  test('boxes grow with the resolution', () => {
    const [small, large] = [100, 300].map(dpi => layoutPage({...page, dpi}).words[0]?.box)
    expect((large?.width ?? 0) / (small?.width ?? 1)).toBeCloseTo(3, 0)
    expect((large?.x ?? 0) / (small?.x ?? 1)).toBeCloseTo(3, 1)
  })

  test('a marking has its text as read, its ink, its angle and a box round its words', () => {
    const [marking] = layoutPage({
      ...page,
      skew: 1,
      markings: [
        {
          kind: 'stamp',
          by: 'stamp',
          lines: ['DECLASSIFIED', 'By {djk} NARA'],
          ink: 'red',
          x: 4,
          y: 5,
          degrees: -4,
          sizes: [0.2, 0.1],
          density: 0.7,
          framed: true,
        },
      ],
    }).markings
    expect(marking).toMatchObject({
      kind: 'stamp',
      ink: 'red',
      text: 'DECLASSIFIED\nBy djk NARA',
      angle: -3,
      struck: false,
    })
    for (const {box} of marking?.words ?? []) {
      expect(box.x).toBeGreaterThan(marking?.box.x ?? Infinity)
      expect(box.y).toBeGreaterThan(marking?.box.y ?? Infinity)
      expect(box.x + box.width).toBeLessThan((marking?.box.x ?? 0) + (marking?.box.width ?? 0))
    }
  })
})

describe('paper', () => {
  const light = (paper: Partial<Paper>): Pixels =>
    drawPage({...clean, dpi: 40, lines: [], paper: {...clean.paper, ...paper}})
  const mean = ({data, width}: Pixels, left: number, top: number, size = 6): number => {
    let sum = 0
    for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) sum += data[(top + y) * width + left + x] ?? 0
    return sum / size / size
  }

  test('a gutter darkens its own side', () => {
    const [left, right] = [light({gutter: 'left', shadow: 0.5}), light({gutter: 'right', shadow: 0.5})]
    expect(mean(left, 0, 200)).toBeLessThan(mean(left, 334, 200) - 20)
    expect(mean(right, 334, 200)).toBeLessThan(mean(right, 0, 200) - 20)
    expect(mean(left, 100, 200)).toBe(mean(right, 100, 200))
  })

  test('a fold is lit above, dim below, and leaves the rest of the sheet alone', () => {
    const rows = Array.from({length: 12}, (_, row) => mean(light({folds: [5]}), 100, 194 + row, 1))
    const bare = mean(light({}), 100, 200)
    expect(Math.max(...rows.slice(0, 6))).toBeGreaterThan(bare)
    expect(Math.min(...rows.slice(6))).toBeLessThan(bare - 5)
    expect(mean(light({folds: [5]}), 100, 250)).toBe(mean(light({}), 100, 250))
  })

  test('beyond the border of the sheet the lid is seen', () => {
    const scan = light({border: 0.2, lid: 100})
    // The paper's own tone is that of its grey; the lid is given by the brightest channel.
    expect(Math.abs(mean(scan, 0, 200, 2) - 100)).toBeLessThan(5)
    expect(mean(scan, 100, 200)).toBeGreaterThan(220)
  })

  test('mottling makes the tone uneven', () => {
    const even = new Set(light({}).data)
    expect(even.size).toBe(1)
    expect(new Set(light({mottling: 1}).data).size).toBeGreaterThan(5)
  })

  test('specks lie on the sheet, as many as asked for', () => {
    const made = specks(50, [8.5, 11], 1)
    expect(made).toHaveLength(50)
    for (const [x, y, radius, density] of made) {
      expect(x).toBeLessThan(8.5)
      expect(y).toBeLessThan(11)
      expect(radius).toBeLessThan(0.01)
      expect(density).toBeLessThan(0.7)
    }
  })
})

describe('sensorOf', () => {
  const scanned = (row: Float32Array, deviation: number, levels: number, y = 0): Uint8Array => {
    const scan = new Uint8Array(row.length * (y + 1))
    sensorOf(1, deviation, levels, 1)(y, row, scan)
    return scan.slice(row.length * y)
  }
  const grey = (level: number): Float32Array => new Float32Array(20_000).fill(level)

  test('none leaves the rounded pixel', () => {
    expect(new Set(scanned(grey(128.4), 0, 256))).toEqual(new Set([128]))
  })

  test('its deviation is the one asked for, less by a third where the page is black', () => {
    const deviation = (level: number): number => {
      const made = [...scanned(grey(level), 5, 256)]
      const mean = made.reduce((sum, value) => sum + value, 0) / made.length
      return Math.sqrt(made.reduce((sum, value) => sum + (value - mean) ** 2, 0) / made.length)
    }
    expect(Math.abs(deviation(230) - 5 * (0.65 + (0.35 * 230) / 255))).toBeLessThan(0.2)
    expect(Math.abs(deviation(30) - 5 * (0.65 + (0.35 * 30) / 255))).toBeLessThan(0.2)
  })

  test('a row is the same whichever row was scanned before it', () => {
    const scan = new Uint8Array(60_000)
    const sensor = sensorOf(1, 5, 256, 1)
    for (const y of [2, 0, 1]) sensor(y, grey(128), scan)
    expect(scan.slice(20_000, 40_000)).toEqual(scanned(grey(128), 5, 256, 1))
    expect(scan.slice(0, 20_000)).not.toEqual(scan.slice(20_000, 40_000))
  })

  test('levels are spread from black to white', () => {
    const ramp = Float32Array.from({length: 256}, (_, value) => value)
    expect([...new Set(scanned(ramp, 0, 16))]).toEqual(Array.from({length: 16}, (_, level) => level * 17))
  })
})

describe('writePdf', () => {
  test('a reader finds each page at its size, and every object where the table says', async () => {
    const specs = [{...page, format: 'jpeg'} as const, {...page, format: 'jpeg', colour: true} as const]
    const pages = await Promise.all(
      specs.map(async spec => {
        const {image: jpeg, width, height} = await renderPage(spec)
        return {jpeg, width, height, channels: spec.colour ? (3 as const) : (1 as const), dpi: spec.dpi}
      }),
    )
    const bytes = writePdf(pages)
    const text = Buffer.from(bytes).toString('latin1')
    const table = text.slice(text.lastIndexOf('xref\n0 '))
    const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset))
    expect(offsets).toHaveLength(8)
    for (const [index, offset] of offsets.entries()) expect(text.slice(offset)).toMatch(RegExp(`^${index + 1} 0 obj\n`))
    expect(text).toMatch(RegExp(`startxref\n${text.lastIndexOf('xref\n0 ')}\n%%EOF\n$`))

    const library = await PDFiumLibrary.init()
    const document = await library.loadDocument(bytes)
    const sizes = [...document.pages()].map(one => one.getOriginalSize())
    document.destroy()
    library.destroy()
    expect(sizes).toEqual([0, 1].map(() => expect.objectContaining({originalWidth: 612, originalHeight: 792})))
  })
})

/** Bounds of what is darker than halfway, within a part of the page. */
function inkBounds({data, width}: Pixels, x: number, y: number, across: number, down: number) {
  const bounds = {left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity}
  for (let row = y; row < y + down; row++) {
    for (let column = x; column < x + across; column++) {
      if ((data[row * width + column] ?? 255) > 160) continue
      bounds.left = Math.min(bounds.left, column)
      bounds.top = Math.min(bounds.top, row)
      bounds.right = Math.max(bounds.right, column + 1)
      bounds.bottom = Math.max(bounds.bottom, row + 1)
    }
  }
  return bounds
}
