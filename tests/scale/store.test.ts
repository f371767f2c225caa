import {createHash} from 'node:crypto'
import {chmodSync, mkdirSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import process from 'node:process'
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {UserError} from '../../src/model.ts'
import {openFileStore} from '../../src/scale/store/file.ts'
import {getHashed, openStore, putHashed} from '../../src/scale/store/open.ts'
import {openS3Store} from '../../src/scale/store/s3.ts'
import {checkedKey, type ObjectStore, objectKey} from '../../src/scale/store/store.ts'
import {folder} from '../cli/command.ts'
import {freePort, type S3Server, startS3} from './s3-server.ts'
import {onSmallDisk, smallDisk} from './small-disk.ts'

let server: S3Server
beforeAll(async () => {
  server = await startS3()
})
afterAll(() => server.stop())

const bytes = (text: string) => new TextEncoder().encode(text)
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

describe.each<[string, () => Promise<ObjectStore>]>([
  ['file:', async () => openFileStore(join(folder(), 'made/later'))],
  ['s3:', () => openS3Store('scans/some/prefix', server.access)],
  ['s3: without prefix', () => openS3Store('scans', server.access)],
])('%s', (_, open) => {
  test('gives back what was put, lists it, and forgets what was deleted', async () => {
    const store = await open()
    const key = objectKey('scans', hash('one'))
    expect([await store.get(key), await store.has(key)]).toEqual([null, false])
    expect(await store.list('v1/scans/')).toEqual([])
    await store.delete(key)
    expect(await putHashed(store, 'scans', bytes('one'))).toBe(hash('one'))
    await putHashed(store, 'recognitions', bytes('two'))
    await putHashed(store, 'scans', bytes(''))
    expect(Buffer.from(await getHashed(store, 'scans', hash('one'))).toString()).toBe('one')
    expect((await getHashed(store, 'scans', hash(''))).length).toBe(0)
    expect(await store.has(key)).toBe(true)
    expect(await store.list('v1/scans/')).toEqual([objectKey('scans', hash('')), key].sort())
    expect(await store.list('v1/')).toHaveLength(3)
    await store.delete(key)
    await store.delete(objectKey('scans', hash('')))
    expect(await store.has(key)).toBe(false)
    expect(await store.list('v1/scans/')).toEqual([])
    await store.delete(objectKey('recognitions', hash('two')))
  })

  test('holds any bytes, and the same bytes put many times at once', async () => {
    const store = await open()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({maxLength: 2000}), async some => {
        const [sha256] = await Promise.all([1, 2, 3].map(() => putHashed(store, 'scans', some)))
        expect(Buffer.from(await getHashed(store, 'scans', sha256 ?? ''))).toEqual(Buffer.from(some))
        await store.delete(objectKey('scans', sha256 ?? ''))
      }),
      {numRuns: 10},
    )
  })

  test('refuses bytes that are not those of their key, and says what is missing', async () => {
    const store = await open()
    await store.put(objectKey('scans', hash('one')), bytes('another'))
    await expect(getHashed(store, 'scans', hash('one'))).rejects.toThrow(/Unexpected bytes of `v1\/scans/)
    await store.delete(objectKey('scans', hash('one')))
    await expect(getHashed(store, 'recognitions', hash('none'))).rejects.toThrow(/Missing `v1\/recognitions/)
  })

  test.each([
    '',
    '..',
    '../../etc/passwd',
    `v1/scans/../${hash('x')}`,
    `/v1/scans/${hash('x').slice(0, 2)}/${hash('x')}`,
    `v1/scans/${hash('x').slice(0, 2)}/${hash('x')}/..`,
    `v1/scans/00/${hash('x')}`,
    `v1/scans/${hash('x').slice(0, 2)}/${hash('x').toUpperCase()}`,
    `v1/secrets/${hash('x').slice(0, 2)}/${hash('x')}`,
    `v1/scans/${hash('x').slice(0, 2)}/${hash('x')}\n`,
    `v1/scans/${hash('x').slice(0, 2)}/${hash('x')}?acl`,
    `v1/scans/${hash('x').slice(0, 2)}/${hash('x')}\0`,
  ])('refuses the key %j', async key => {
    const store = await open()
    for (const use of [store.get(key), store.has(key), store.put(key, bytes('')), store.delete(key)]) {
      await expect(use).rejects.toThrow(UserError)
    }
  })
})

test('only keys made of a hash pass', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      expect(() => checkedKey(text)).toThrow(UserError)
      expect(() => objectKey('scans', text)).toThrow(UserError)
    }),
  )
})

test('files that are no objects are passed over, and none is left half written', async () => {
  const place = folder({'v1/scans/readme.txt': 'x'})
  const store = openFileStore(place)
  await putHashed(store, 'scans', bytes('one'))
  expect(await store.list('')).toEqual([objectKey('scans', hash('one'))])
  const names = readdirSync(place, {recursive: true, encoding: 'utf8'})
  expect(names.filter(name => name.endsWith('.tmp'))).toEqual([])
})

describe('a store that cannot be used says so', () => {
  test('a file where a folder is expected', async () => {
    const store = openFileStore(join(folder({store: 'a file'}), 'store'))
    await expect(putHashed(store, 'scans', bytes('one'))).rejects.toThrow(/a file stands where a folder is expected/)
  })

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a folder without permission', async () => {
    const place = folder()
    mkdirSync(join(place, 'closed'), {mode: 0o500})
    await expect(putHashed(openFileStore(join(place, 'closed')), 'scans', bytes('one'))).rejects.toThrow(
      /permission denied/,
    )
    chmodSync(join(place, 'closed'), 0o700)
  })

  test.skipIf(!smallDisk())('a disk that is full, and what was there stays', () => {
    const module = new URL('../../dist/scale/store/', import.meta.url)
    const script = `
      import {openFileStore} from '${module}file.js'
      import {putHashed} from '${module}open.js'
      const store = openFileStore(process.argv[1])
      await putHashed(store, 'scans', Buffer.from('before'))
      try { await putHashed(store, 'scans', Buffer.alloc(1 << 20, 'x')) } catch (error) { console.log(error.name, error.message) }
      console.log(await store.list(''))`
    const {stdout, stderr} = onSmallDisk([process.execPath, '--input-type=module', '-e', script], folder())
    expect(stdout, stderr).toMatch(/^UserError Cannot write to the store `file:.*`: the disk is full, mend it/)
    expect(stdout).toContain(objectKey('scans', hash('before')))
    expect(stdout.match(/v1/g)).toHaveLength(1)
  })

  test('a server that is not there', async () => {
    const access = {...server.access, endpoint: `http://127.0.0.1:${await freePort()}`}
    const store = await openS3Store('scans', access)
    await expect(store.get(objectKey('scans', hash('one')))).rejects.toThrow(
      /Cannot reach the store `s3:\/\/scans`.*ECONNREFUSED/,
    )
  })

  test('a bucket that is not there is no missing key', async () => {
    const store = await openS3Store('nobucket', server.access)
    await expect(store.get(objectKey('scans', hash('one')))).rejects.toThrow(/404 NoSuchBucket/)
    await expect(putHashed(store, 'scans', bytes('one'))).rejects.toThrow(/404 NoSuchBucket/)
  })

  test('keys that are not known; the secret is not told', async () => {
    const store = await openS3Store('scans', {...server.access, accessKeyId: 'NOBODY', secretAccessKey: 'hunter2'})
    const reason = await putHashed(store, 'scans', bytes('one')).catch(error => error.message)
    expect(reason).toMatch(/403 InvalidAccessKeyId, see AWS_ACCESS_KEY_ID/)
    expect(reason).not.toContain('hunter2')
  })

  test.each(['s3://', 's3://a', 's3://UPPER/x', 's3://scans/../x', 's3://scans/a b', 'ftp://x/y', 'file://host/x'])(
    '%s',
    async place => {
      await expect(openStore(place, server.access)).rejects.toThrow(UserError)
    },
  )

  test('no keys in the environment', async () => {
    await expect(openStore('s3://scans', null)).rejects.toThrow(/AWS_ACCESS_KEY_ID/)
  })
})

test('a folder may be named in three ways', async () => {
  const place = folder()
  const names = await Promise.all(
    [place, `file:${place}`, `file://${place}`].map(async one => (await openStore(one, null)).name),
  )
  expect(new Set(names)).toEqual(new Set([`file:${place}`]))
})
