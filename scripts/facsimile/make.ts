/**
 * Makes the facsimile scans of the sample again: `npm run facsimile`.
 *
 * Writes into `scans/`; the same bytes every time. See `scans/README.md`.
 */

import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'
import {letters, renderLetter} from './letters.ts'

for (const letter of letters()) {
  for (const {file, bytes} of await renderLetter(letter)) {
    const path = fileURLToPath(new URL(`../../${file}`, import.meta.url))
    mkdirSync(dirname(path), {recursive: true})
    writeFileSync(path, bytes)
    console.log(`${file}  ${Math.round(bytes.length / 1024)} KB`)
  }
}
