/**
 * The files of the page's script, in `script/` beside this file, in the order in which they are put together.
 *
 * They share one scope, as the page is one file and fetches nothing.
 */
const scriptNames = [
  'data',
  'pages',
  'current',
  'decisions',
  'live',
  'deciding',
  'filters',
  'zoom',
  'series',
  'exchange',
  'go-to',
  'keys',
  'tables',
  'start',
] as const

/**
 * Puts the page's script together.
 *
 * @param read
 *   Gives the text of a file by its path beside this file.
 */
export function joinScripts(read: (path: string) => string): string {
  const texts = scriptNames.map(name => read(`script/${name}.js`).replace(/^\/\/ @ts-check\r?\n/, ''))
  return `'use strict'\n{\n${texts.join('\n')}}\n`
}
