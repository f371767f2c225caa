import {readFileSync} from 'node:fs'

/** Read the script and the style of the report's page, which lie beside the reporter. */
export function readAssets(): {readonly script: string; readonly style: string} {
  const read = (name: string) => readFileSync(new URL(`../report/html/${name}`, import.meta.url), 'utf8')
  return {script: read('report.js'), style: read('report.css')}
}
