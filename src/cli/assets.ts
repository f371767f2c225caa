import {readFileSync} from 'node:fs'
import {joinScripts} from '../index.ts'

/** Read the script and the style of the report's page, which lie beside the reporter. */
export function readAssets(): {readonly script: string; readonly style: string} {
  const read = (path: string) => readFileSync(new URL(`../report/html/${path}`, import.meta.url), 'utf8')
  return {script: joinScripts(read), style: read('report.css')}
}
