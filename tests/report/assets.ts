import {readFileSync} from 'node:fs'
import type {HtmlAssets} from '../../src/report/html/render.ts'
import {joinScripts} from '../../src/report/html/scripts.ts'

/** The script and style of the report, as the command line reads them. */
export const assets: HtmlAssets = {script: joinScripts(read), style: read('report.css')}

function read(path: string): string {
  return readFileSync(new URL(`../../src/report/html/${path}`, import.meta.url), 'utf8')
}
