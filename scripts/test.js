// npm test: install what is missing, then everything that must hold before a change lands.
// Arguments go to vitest: `npm test -- tests/align`.
import process from 'node:process'
import {installNodeForQueue, run} from './install.js'

await import('./build.js')
installNodeForQueue()
const node = process.execPath
step('typecheck', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'])
step('typecheck of the page', ['node_modules/typescript/bin/tsc', '-p', 'src/report/html'])
step('lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.'])
step('tests', ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)])

function step(name, args) {
  console.error(`\n> ${name}`)
  run(node, args)
}
