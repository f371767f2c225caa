import {readFileSync} from 'node:fs'
import type {HtmlAssets} from '../../src/report/html/render.ts'

/** The script and style of the report, as the command line reads them. */
export const assets: HtmlAssets = {script: read('report.js'), style: read('report.css')}

function read(name: string): string {
  return readFileSync(new URL(`../../src/report/html/${name}`, import.meta.url), 'utf8')
}
