import {randomUUID} from 'node:crypto'
import {mkdir, open, readdir, readFile, rename, rm, stat} from 'node:fs/promises'
import {dirname, join, sep} from 'node:path'
import {UserError} from '../../model.ts'
import {checkedKey, isKey, type ObjectStore, StoreError} from './store.ts'

/** Open a store in a folder that all machines see; it is made on the first write. */
export function openFileStore(folder: string): ObjectStore {
  const name = `file:${folder}`
  const place = (key: string) => join(folder, ...checkedKey(key).split('/'))
  const refused = (what: string, error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return new StoreError(
      `Cannot ${what} the store \`${name}\`: ${reasons[code] ?? code}, mend it or choose another with --store`,
    )
  }
  return {
    name,
    async get(key) {
      try {
        return await readFile(place(key))
      } catch (error) {
        if (isMissing(error)) return null
        throw error instanceof UserError ? error : refused('read', error)
      }
    },
    async put(key, bytes) {
      const file = place(key)
      const beside = `${file}.${randomUUID()}.tmp`
      try {
        await mkdir(dirname(file), {recursive: true})
        const handle = await open(beside, 'wx')
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(beside, file)
      } catch (error) {
        await rm(beside, {force: true}).catch(() => {})
        throw refused('write to', error)
      }
    },
    async has(key) {
      try {
        return (await stat(place(key))).isFile()
      } catch (error) {
        if (isMissing(error)) return false
        throw error instanceof UserError ? error : refused('read', error)
      }
    },
    async list(prefix) {
      try {
        const names = await readdir(folder, {recursive: true})
        return names
          .map(entry => entry.split(sep).join('/'))
          .filter(key => key.startsWith(prefix) && isKey(key))
          .sort()
      } catch (error) {
        if (isMissing(error)) return []
        throw refused('list', error)
      }
    },
    async delete(key) {
      try {
        await rm(place(key), {force: true})
      } catch (error) {
        throw error instanceof UserError ? error : refused('delete from', error)
      }
    },
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENOTDIR: 'a file stands where a folder is expected',
  EEXIST: 'a file stands where a folder is expected',
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
