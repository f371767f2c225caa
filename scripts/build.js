// Compiles src/ to dist/ where dist/ is older, and writes the JSON schemas of report.json and decisions.json.
import {chmodSync, cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {installMissing, projectFolder, run} from './install.js'

installMissing()
await build()

export async function build() {
  const dist = join(projectFolder, 'dist')
  const stamp = join(dist, 'report.schema.json')
  const inputs = [
    ...readdirSync(join(projectFolder, 'src'), {recursive: true, encoding: 'utf8'}).map(name => join('src', name)),
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts/build.js',
  ]
  const newest = Math.max(...inputs.map(name => statSync(join(projectFolder, name)).mtimeMs))
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest) return
  rmSync(dist, {recursive: true, force: true})
  run('node', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'])
  for (const name of ['report.css', 'script']) {
    cpSync(join(projectFolder, 'src/report/html', name), join(dist, 'report/html', name), {recursive: true})
  }
  chmodSync(join(dist, 'bin.cjs'), 0o755)
  const {jsonSchema} = await import(pathToFileURL(join(dist, 'report/schema.js')).href)
  const {decisionsJsonSchema} = await import(pathToFileURL(join(dist, 'review/decisions.js')).href)
  writeFileSync(join(dist, 'decisions.schema.json'), `${JSON.stringify(decisionsJsonSchema(), null, 2)}\n`)
  writeFileSync(stamp, `${JSON.stringify(jsonSchema(), null, 2)}\n`)
}
