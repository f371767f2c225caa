/**
 * Say whether the data of a JPEG lost its way; null where it did not, and where it cannot be told.
 *
 * A decoder is silent where bytes changed or are missing: it goes on with what it takes for the next codes, the rest of the
 * page is shifted or of another grey, and at the end some data is left over or missing. That is what is looked
 * for, code by code, without making a pixel. Of a progressive or arithmetic JPEG it is not told.
 *
 * Source: ITU-T T.81, annexes B and F.
 *
 * @returns
 *   A phrase to follow "its".
 */
export function damageOfJpeg(data: Uint8Array): string | null {
  const tables = new Map<number, Uint16Array>()
  let frame: Frame | null = null
  let interval = 0
  for (let at = 2; at + 4 <= data.length; ) {
    if (data[at] !== 0xff) return null
    const marker = data[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const length = (data[at + 2]! << 8) | data[at + 3]!
    const segment = data.subarray(at + 4, at + 2 + length)
    at += 2 + length
    if (marker === 0xc4) readTables(segment, tables)
    else if (marker === 0xdd) interval = (segment[0]! << 8) | segment[1]!
    else if (marker === 0xc0 || marker === 0xc1) frame = readFrame(segment)
    // Of others than those two, and of a height that stands behind the picture, nothing is known.
    else if (marker > 0xc1 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc) return null
    else if (marker === 0xda) {
      if (frame === null || frame.height === 0) return null
      const plan = planOf(segment, frame, tables)
      if (plan === null) return null
      const end = followScan(data, at, plan, interval)
      if (typeof end === 'string') return end
      at = end
    } else if (marker === 0xd9) return null
  }
  return null
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly components: readonly {readonly id: number; readonly across: number; readonly down: number}[]
}

/** The blocks of a scan: how many units it has, and which two tables each block of a unit uses. */
interface Plan {
  readonly units: number
  readonly blocks: readonly {readonly dc: Uint16Array; readonly ac: Uint16Array}[]
}

function readFrame(segment: Uint8Array): Frame {
  const components = Array.from({length: segment[5] ?? 0}, (_, index) => {
    const [id = 0, sampling = 0x11] = segment.subarray(6 + 3 * index)
    return {id, across: Math.max(1, sampling >> 4), down: Math.max(1, sampling & 15)}
  })
  return {
    height: (segment[1]! << 8) | segment[2]!,
    width: (segment[3]! << 8) | segment[4]!,
    components: segment[0] === 8 ? components : [],
  }
}

/** Tables by class and number, and in each, for the next 16 bits, the length of the code before its meaning; 0 where no code begins so. */
function readTables(segment: Uint8Array, tables: Map<number, Uint16Array>): void {
  for (let at = 0; at + 17 <= segment.length; ) {
    const table = new Uint16Array(65536)
    const counts = segment.subarray(at + 1, at + 17)
    let symbol = at + 17
    let code = 0
    for (const [index, count] of counts.entries()) {
      const span = 1 << (15 - index)
      for (let each = 0; each < count && code < 65536; each++) {
        table.fill(((index + 1) << 8) | segment[symbol++]!, code, code + span)
        code += span
      }
    }
    tables.set(segment[at]!, table)
    at = symbol
  }
}

function planOf(segment: Uint8Array, {width, height, components}: Frame, tables: ReadonlyMap<number, Uint16Array>) {
  const most = {
    across: Math.max(...components.map(({across}) => across)),
    down: Math.max(...components.map(({down}) => down)),
  }
  const count = segment[0] ?? 0
  const blocks: Plan['blocks'][number][] = []
  let units = Math.ceil(width / (8 * most.across)) * Math.ceil(height / (8 * most.down))
  for (let index = 0; index < count; index++) {
    const component = components.find(({id}) => id === segment[1 + 2 * index])
    const selected = segment[2 + 2 * index] ?? 0
    const dc = tables.get(selected >> 4)
    const ac = tables.get(0x10 | (selected & 15))
    if (component === undefined || dc === undefined || ac === undefined) return null
    const {across, down} = component
    // One component alone comes block by block.
    if (count === 1) {
      units = Math.ceil((width * across) / (8 * most.across)) * Math.ceil((height * down) / (8 * most.down))
    }
    for (let block = 0; block < (count === 1 ? 1 : across * down); block++) blocks.push({dc, ac})
  }
  return blocks.length === 0 ? null : {units, blocks}
}

/** Bytes that some writers leave before the next mark. */
const mostLeftOver = 8

/**
 * Follow the codes of a scan.
 *
 * @returns
 *   Where its data ends, or what is wrong.
 */
function followScan(data: Uint8Array, start: number, {units, blocks}: Plan, interval: number): number | string {
  let at = start
  let buffer = 0
  let count = 0
  // Bits that were made up behind the end.
  let lent = 0
  const fill = () => {
    while (count <= 24) {
      let byte = 0
      if (at >= data.length || (data[at] === 0xff && data[at + 1] !== 0)) lent += 8
      else {
        byte = data[at]!
        at += byte === 0xff ? 2 : 1
      }
      buffer = (buffer << 8) | byte
      count += 8
    }
  }
  /** Take the next code and the bits that belong to it; -1 where there is none. */
  const take = (table: Uint16Array): number => {
    fill()
    const found = table[(buffer >>> (count - 16)) & 0xffff]!
    if (found === 0) return -1
    count -= found >> 8
    const symbol = found & 0xff
    if (count < (symbol & 15)) fill()
    count -= symbol & 15
    return symbol
  }
  for (let unit = 0; unit < units; ) {
    const until = interval === 0 ? units : Math.min(units, unit + interval)
    for (; unit < until; unit++) {
      for (const {dc, ac} of blocks) {
        if (take(dc) < 0) return wrongCode
        for (let place = 1; place < 64; ) {
          const symbol = take(ac)
          if (symbol < 0) return wrongCode
          if (symbol === 0) break
          place += (symbol >> 4) + 1
          if (place > 64) return wrongCode
        }
      }
      // Of the last unit a writer may owe a few bits.
      if (lent - count > 16) return 'JPEG data is short of a part of the picture'
    }
    let end = at
    while (end < data.length && (data[end] !== 0xff || data[end + 1] === 0)) end++
    if (end - at + Math.max(0, count - lent) / 8 > mostLeftOver) return 'JPEG data holds more than the picture'
    while (data[end + 1] === 0xff) end++
    at = end
    if (unit < units) {
      if ((data[at + 1]! & 0xf8) !== 0xd0) return 'JPEG data is short of a part of the picture'
      at += 2
    }
    buffer = 0
    count = 0
    lent = 0
  }
  return at
}

const wrongCode = 'JPEG data holds a code that means nothing'
