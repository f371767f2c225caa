// npm start: install what is missing, build, and run scanproof on the sample corpus.
import {spawnSync} from 'node:child_process'
import process from 'node:process'
import {projectFolder} from './install.js'

await import('./build.js')
const {status} = spawnSync(process.execPath, ['dist/bin.cjs', 'run', ...process.argv.slice(2)], {
  cwd: projectFolder,
  // What a process cannot set for itself: libc keeps less memory that nothing uses. See docs/performance.md.
  env: {MALLOC_ARENA_MAX: '2', ...process.env},
  stdio: 'inherit',
})
process.exit(status ?? 1)
