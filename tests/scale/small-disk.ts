import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/**
 * Run a command with a disk of 256 kB in place of `folder`, which it gets as its last argument.
 *
 * The disk is a file system in memory that only the command sees, in a user namespace of its own.
 */
export function onSmallDisk(command: readonly string[], folder: string) {
  const script = 'mount -t tmpfs -o size=256k tmpfs "$0" && exec "$@" "$0"'
  return spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script, folder, ...command], {
    encoding: 'utf8',
  })
}

/** Whether this system lets a process have a small disk of its own. */
export function smallDisk(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'scanproof-'))
  const {status} = onSmallDisk(['true'], folder)
  rmSync(folder, {recursive: true, force: true})
  return status === 0
}
