/** Connected pieces of ink (8 neighbours), a column each; piece `n` has number `n + 1` in `labels`. */
export interface Components {
  readonly count: number
  readonly left: Int32Array
  readonly top: Int32Array
  /** Exclusive. */
  readonly right: Int32Array
  /** Exclusive. */
  readonly bottom: Int32Array
  /** Pixels of ink. */
  readonly area: Int32Array
  /** Number of each pixel's piece, 0 for paper. */
  readonly labels: Int32Array
}

/** Label the connected pieces of ink, numbered by their first pixel in reading order. */
export function findComponents(ink: Uint8Array, width: number, height: number): Components {
  const labels = new Int32Array(width * height)
  // Runs of ink in a row; runs that touch across rows are joined (union-find).
  let parent = new Int32Array(1024)
  let runs = 0
  const root = (run: number) => {
    let at = run
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; ) {
      if (ink[row + x] === 0) {
        x++
        continue
      }
      const start = x
      while (x < width && ink[row + x] === 1) x++
      if (runs === parent.length) {
        const longer = new Int32Array(parent.length * 2)
        longer.set(parent)
        parent = longer
      }
      let run = runs
      parent[runs++] = run
      if (y > 0) {
        const from = Math.max(0, start - 1)
        const to = Math.min(width - 1, x)
        for (let above = from; above <= to; above++) {
          const label = labels[row - width + above]!
          if (label === 0) continue
          const other = root(label - 1)
          // The lower number stays, which keeps the order of first pixels.
          if (other < run) {
            parent[run] = other
            run = other
          } else parent[other] = run
        }
      }
      labels.fill(run + 1, row + start, row + x)
    }
  }
  return measure(labels, width, runs, root)
}

function measure(labels: Int32Array, width: number, runs: number, root: (run: number) => number): Components {
  const numbers = new Int32Array(runs)
  let count = 0
  for (let run = 0; run < runs; run++) {
    const top = root(run)
    numbers[run] = top === run ? ++count : numbers[top]!
  }
  const components: Components = {
    count,
    left: new Int32Array(count).fill(width),
    top: new Int32Array(count).fill(-1),
    right: new Int32Array(count),
    bottom: new Int32Array(count),
    area: new Int32Array(count),
    labels,
  }
  const {left, top, right, bottom, area} = components
  for (let i = 0, x = 0, y = 0; i < labels.length; i++) {
    const label = labels[i]!
    if (label !== 0) {
      const number = numbers[label - 1]!
      labels[i] = number
      const at = number - 1
      if (top[at] === -1) top[at] = y
      bottom[at] = y + 1
      if (x < left[at]!) left[at] = x
      if (x >= right[at]!) right[at] = x + 1
      area[at]!++
    }
    if (++x === width) {
      x = 0
      y++
    }
  }
  return components
}

/** 1 where a box of one of the pieces is no farther than so many pixels. */
export function near(
  {left, top, right, bottom}: Components,
  pieces: readonly number[],
  distance: number,
  width: number,
  height: number,
): Uint8Array {
  const close = new Uint8Array(width * height)
  const by = Math.round(distance)
  for (const piece of pieces) {
    const from = Math.max(0, left[piece]! - by)
    const to = Math.min(width, right[piece]! + by)
    const lower = Math.min(height, bottom[piece]! + by)
    for (let y = Math.max(0, top[piece]! - by); y < lower; y++) close.fill(1, y * width + from, y * width + to)
  }
  return close
}
