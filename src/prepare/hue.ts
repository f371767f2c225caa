/** Sectors of the circle of hues, from red over green and blue. */
export const hues = 36

/** Sectors to each side of its middle that an ink takes: red ink fades to orange and pink. */
export const hueReach = 5

/** Sector of a colour; grey, which has none, counts as red. */
export function hueOf(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue)
  const span = Math.max(1e-9, most - Math.min(red, green, blue))
  const sixths =
    most === red ? (green - blue) / span + 6 : most === green ? (blue - red) / span + 2 : (red - green) / span + 4
  return Math.floor((sixths * hues) / 6) % hues
}

/** Sectors between two hues, the shorter way round. */
export function apart(one: number, other: number): number {
  const away = Math.abs(one - other)
  return Math.min(away, hues - away)
}
