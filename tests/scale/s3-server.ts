import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import process from 'node:process'
import {fileURLToPath} from 'node:url'
import type {S3Access} from '../../src/scale/store/s3.ts'

const program = fileURLToPath(new URL('../../node_modules/s3rver/bin/s3rver.js', import.meta.url))

/** A server that speaks as S3 does, with the bucket `scans`, on loopback. */
export interface S3Server {
  readonly access: S3Access
  readonly stop: () => Promise<void>
}

export async function startS3(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'scanproof-s3-'))
  const port = await freePort()
  const args = [program, '-d', folder, '-a', '127.0.0.1', '-p', String(port), '-s', '--configure-bucket', 'scans']
  const child = spawn(process.execPath, ['--no-deprecation', ...args], {stdio: 'ignore'})
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const endpoint = `http://127.0.0.1:${port}`
  await until(() =>
    fetch(endpoint).then(
      () => true,
      () => false,
    ),
  )
  return {
    access: {accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', sessionToken: null, region: 'us-east-1', endpoint},
    async stop() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, {recursive: true, force: true})
    },
  }
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Wait for a condition; a test's own time limit ends it. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 100))
}
