import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packError, unpackError } from '../../../../electron/store/diskErrors.ts'
import {
  asReadError,
  asWriteError,
  errorCode,
  explain,
  isRefused,
} from '../../../../electron/store/storeErrors.ts'
import { watchError } from '../../../../electron/store/watchError.ts'
import { AppError } from '../../../../shared/errors.ts'
import { failureOf, temporaryFolder } from './storeFixtures.ts'

/** As it arrives from a thread. */
const sent = (error: unknown) => unpackError(structuredClone(packError(error)))

test('[T45] what the system said arrives from a thread with its code and its place', async () => {
  const path = join(await temporaryFolder(), 'none')
  const error = sent(await failureOf(open(path)))

  expect(error).not.toBeInstanceOf(AppError)
  expect(error).toMatchObject({ code: 'ENOENT', syscall: 'open', path, errno: -2 })
  expect(error.message).toContain('no such file')
  expect(errorCode(error)).toBe('ENOENT')
})

test('[T45] an error of ours arrives with its code, its details and what caused it', () => {
  const cause = Object.assign(new Error('busy'), { code: 'EBUSY', odd: {}, path: undefined })
  const error = sent(new AppError('io', 'It could not be written.', { run: 'a' }, { cause }))

  expect(error).toBeInstanceOf(AppError)
  expect(error).toMatchObject({
    code: 'io',
    message: 'It could not be written.',
    details: { run: 'a' },
  })
  expect(error.cause).toEqual(Object.assign(new Error('busy'), { code: 'EBUSY' }))
})

test('[T45] what was thrown and is no error arrives as its text', () => {
  expect(sent('gone wrong').message).toBe('gone wrong')
})

test.each<[unknown, string]>([
  [
    Object.assign(new Error('x'), { code: 'ENOSPC' }),
    'the disk is full. Free space, then open the run again (ENOSPC).',
  ],
  [Object.assign(new Error('x'), { code: 'EODD' }), 'EODD.'],
  [new Error('it is closed'), 'it is closed.'],
  [Object.assign(new Error('it is closed'), { code: 7 }), 'it is closed.'],
  ['thrown', 'thrown.'],
])('[T45] %o is told with its code and what to do', (error, sentence) => {
  expect(explain(error)).toBe(sentence)
  expect(isRefused(error)).toBe(false)
})

test.each([
  ['', 'EMFILE', /^The workspace is not watched: the system has no watches left for this user\./],
  ['runs', 'EACCES', /^The folder "runs" is not watched: permission denied\./],
  ['runs', 'EODD', /^The folder "runs" is not watched: the system refuses it \(EODD\)\./],
  ['runs', 7, /^The folder "runs" is not watched: the system refuses it \(unknown reason\)\./],
  [
    '',
    'ENOENT',
    /^The folder of this workspace is not there any more: .*open it where it is now\.$/,
  ],
])(
  '[T106] that the folder "%s" is not watched (%s) is told with what that means',
  (folder, code, text) => {
    expect(watchError(folder, Object.assign(new Error('x'), { code })).message).toMatch(text)
  },
)

test('[T45] what was told once is not told again, but for what the system said of a smaller step', () => {
  const refused = Object.assign(new Error('x'), { code: 'EROFS' })
  const step = asWriteError(refused, 'The head could not be written')
  const plain = new AppError('stale', 'It changed.')
  expect([step.code, asWriteError(step, 'The run could not be saved').message]).toEqual([
    'read-only',
    'The run could not be saved: the disk is mounted read-only. Mount it writable, or work on a copy (EROFS).',
  ])
  expect(asWriteError(plain, 'x')).toBe(plain)
  expect(asReadError(step, 'x')).toBe(step)
  expect(asReadError(refused, 'x').code).toBe('io')
})
