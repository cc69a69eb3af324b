import { expect, test } from 'vitest'
import { readBundlePath, writeBundlePath } from '../../../../../shared/core/bundle/bundlePath.ts'

const run = 'deploy-20260102t030405z-a1b2'
const long = 'x'.repeat(200)

test.each([
  ['run.json', 'head', undefined],
  ['journal.jsonl', 'journal', undefined],
  ['logs/build.1.log', 'log', 'build.1.log'],
  ['logs/each[3].12.log', 'log', 'each[3].12.log'],
  ['logs/build.999999.log', 'log', 'build.999999.log'],
  ['reports/build.1/out.txt', 'step', 'build.1/out.txt'],
  ['backups/b1/run.json', 'backup', 'b1/run.json'],
  ['backups/1/2/3/4/5/6/7/8', 'backup', '1/2/3/4/5/6/7/8'],
  [`backups/b1/${long}`, 'backup', `b1/${long}`],
  ['backups/b1/.hidden', 'backup', 'b1/.hidden'],
  ['backups/b1/console', 'backup', 'b1/console'],
])('[B48] a file of a run is read and written back: %s', (name, kind, rest) => {
  const path = readBundlePath(`runs/${run}/${name}`)
  expect(path).toEqual({ kind, run, ...(rest === undefined ? {} : { rest }) })
  expect(path === null ? null : writeBundlePath(path)).toBe(`runs/${run}/${name}`)
})

test.each([
  '',
  'runs',
  `runs/${run}`,
  `runs/${run}/`,
  `runs/${run}/other.json`,
  `runs/${run}/run.json/`,
  `runs//run.json`,
  `runs/../run.json`,
  `runs/a b/run.json`,
  `/runs/${run}/run.json`,
  `other/${run}/run.json`,
  `C:/runs/${run}/run.json`,
  `runs\\${run}\\run.json`,
  `runs/${run}/logs/build.log`,
  `runs/${run}/logs/build.1`,
  `runs/${run}/logs/build.1234567.log`,
  `runs/${run}/logs/.1.log`,
  `runs/${run}/logs/build.1.log/more`,
  `runs/${run}/logs/build.1.txt`,
  `runs/${run}/reports/build.1`,
  `runs/${run}/reports/build/out.txt`,
  `runs/${run}/reports/build.1/deep/out.txt`,
  `runs/${run}/backups/alone`,
  `runs/${run}/backups/1/2/3/4/5/6/7/8/9`,
  `runs/${run}/other/b1/run.json`,
  ...['..', '.', '', 'a.', 'a:b', 'a b', 'a\\b', 'a\0', 'é', '[x', '~', `${long}x`].map(
    (name) => `runs/${run}/backups/b1/${name}`,
  ),
  ...['con', 'CON', 'nul.txt', 'aux', 'prn', 'com1', 'lpt9.log', 'conin$', 'COM1.a.b'].map(
    (name) => `runs/${run}/backups/b1/${name}`,
  ),
  `runs/${run}/backups/../../../etc/passwd`,
  `runs/${run}/backups/${Array.from({ length: 4 }, () => 'x'.repeat(150)).join('/')}`,
])('[B48] what no bundle of ours has is no path: %s', (name) => {
  expect(readBundlePath(name)).toBeNull()
})

const folders = (count: number) => Array.from({ length: count }, () => 'd').join('/')
const deep = `${'x'.repeat(199)}/${'x'.repeat(199)}/${'x'.repeat(190)}`

test.each(['a.json', 'a b @+=,().json', folders(16), deep, 'sub/runs/a', '.hidden'])(
  '[X141] a document is read and written back: %s',
  (path) => {
    const read = readBundlePath(`documents/${path}`)
    expect(read).toEqual({ kind: 'document', run: null, path })
    expect(read === null ? null : writeBundlePath(read)).toBe(`documents/${path}`)
  },
)

test.each([
  '',
  'runs/a',
  'Runs/a',
  'a/.git/b',
  'a/.UNSTUCK/b',
  'unstuck.json',
  'node_modules/a',
  ' a',
  'a ',
  'a/../b',
  'a/./b',
  'con',
  folders(17),
  `${deep}x`,
])('[X141] a document of another name is none: %s', (path) => {
  expect(readBundlePath(`documents/${path}`)).toBeNull()
})

test('[B48] only a name as long as a bundle may have is read, and its end decides nothing', () => {
  const start = `runs/${run}/backups/b1/`
  const name = (length: number) => {
    const rest = length - start.length
    return `${start}${'x'.repeat(150)}/${'x'.repeat(150)}/${'x'.repeat(150)}/${'x'.repeat(rest - 453)}`
  }
  expect([600, 601].map((length) => readBundlePath(name(length))?.kind)).toEqual([
    'backup',
    undefined,
  ])
  expect([
    readBundlePath(`runs/${run}/documents/`),
    readBundlePath(`runs/${run}/other/build.1.log`),
    readBundlePath(`runs/${run}/other/build.1/out.txt`),
    readBundlePath(`runs/${run}/logs/build 1.1.log`),
    readBundlePath(`runs/${run}/reports/.1/out.txt`),
    readBundlePath(`runs/${run}/backups/b1/xcon`)?.kind,
    readBundlePath(`runs/${run}/backups/b1/a..b`)?.kind,
  ]).toEqual([null, null, null, null, null, 'backup', 'backup'])
})
