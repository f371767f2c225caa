import type sharp from 'sharp'

let loaded: Promise<typeof sharp> | null = null

/** The library of pixels, loaded when the first picture is touched: that takes a third of a second, and half of the commands touch none. */
export function loadSharp(): Promise<typeof sharp> {
  loaded ??= import('sharp').then(({default: sharp}) => {
    // Pixels are handed on as plain buffers, so libvips has nothing to gain from a
    // cache, which only holds memory.
    sharp.cache(false)
    // The cores are taken by what reads pages; each thread of libvips has memory of its own.
    sharp.concurrency(1)
    return sharp
  })
  return loaded
}
