import {describe, expect, test} from 'vitest'
import {folder, scanproof} from './command.ts'

describe('help teaches', () => {
  test.each([
    ['--help', 'Usage: scanproof <command>'],
    ['run --help', 'reports/index.html'],
    ['compare --help', 'Usage: scanproof compare'],
    ['clean --help', '--each-line'],
    ['init --help', 'draft: true'],
  ])('%s', async (args, expected) => {
    const {status, stdout, stderr} = await scanproof(args.split(' '))
    expect({status, stderr}).toEqual({status: 0, stderr: ''})
    expect(stdout).toContain(expected)
  })
  test('--version prints the version of the package', async () => {
    expect((await scanproof(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
  test('without a command the help is shown, and the exit code says that nothing was done', async () => {
    const {status, stdout} = await scanproof([])
    expect(status).toBe(2)
    expect(stdout).toContain('Usage:')
  })
})

describe('what is wrong is named, with what is near, and exit code 2', () => {
  test.each([
    ['rnu', 'perhaps `run`'],
    ['toString', 'Unexpected command `toString`'],
    ['run --job 2', 'perhaps `--jobs`'],
    ['run --jobs', 'see `scanproof run --help`'],
    ['run --jobs nought', 'from 1 to 256'],
    ['run --root /nowhere/at/all', 'check --root'],
    ['run --format pdf', 'expected one of text, json, html'],
    ['run --json --format html', 'give the others a file'],
  ])('%s', async (args, expected) => {
    const {status, stdout, stderr} = await scanproof(args.split(' '))
    expect({status, stdout}).toEqual({status: 2, stdout: ''})
    expect(stderr).toContain(expected)
    expect(stderr).not.toContain('    at ')
  })
  test('an unknown key of the settings file', async () => {
    const root = folder({'scanproof.config.json': '{"job": 2}'})
    const {status, stderr} = await scanproof(['run', '--root', root])
    expect(status).toBe(2)
    expect(stderr).toContain('unexpected key `job`')
  })
  test('no scans at all', async () => {
    const {status, stderr} = await scanproof(['run', '--root', folder()])
    expect(status).toBe(2)
    expect(stderr).toContain('scanproof init')
  })
})
