import { expect, test } from 'vitest'
import { errorFingerprint } from '../../../../../shared/core/diagnose/errorFingerprint.ts'

/** Messages as programs really write them; those of one row are one failure. */
const alike: readonly (readonly [fingerprint: string, ...messages: readonly string[]])[] = [
  [
    'connect ECONNREFUSED <n>:<n>',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'connect ECONNREFUSED 10.0.3.17:6379',
  ],
  [
    'ENOENT: no such file or directory, open "…"',
    "ENOENT: no such file or directory, open '/var/data/in-42.csv'",
    "ENOENT: no such file or directory, open 'C:\\data\\in 7.csv'",
  ],
  [
    'duplicate key value violates unique constraint "…" Key (id)=(<n>) already exists.',
    'duplicate key value violates unique constraint "orders_pkey" Key (id)=(4711) already exists.',
    'duplicate key value violates unique constraint "users_pkey"  Key (id)=(12) already exists.',
  ],
  [
    'order <id> not found at <time>',
    'order 0b8c2c5e-8a6f-4d3a-9f0e-1a2b3c4d5e6f not found at 2026-01-02T03:04:05.678Z',
    'order 7D1F0E7A-0000-4D3A-9F0E-FFFFFFFFFFFF not found at 2026-02-03 11:22:33',
  ],
  [
    'GET <url> answered 503',
    'GET https://api.example.org/orders/42?page=1 answered 503',
    'GET http://localhost:8080/orders/7 answered 503',
  ],
  [
    'segfault at <n> in <path>: commit <id>',
    'segfault at 0x7f3a in /usr/lib/libc.so.6: commit 9f86d081884c7d65',
    'segfault at 0x10 in ./bin/worker: commit e3b0c44298fc1c14',
  ],
  ["can't pickle object", "can't pickle object"],
  [
    'at <time> and <time>, <time> or <time>',
    'at 2026-01-02 and 2026-01-02T03:04, 2026-01-02 03:04:05+02:00 or 2026-01-02T03:04:05,25-0130',
  ],
  ['open "…"', 'open "in 42.csv', 'open `in` ', 'open `in 7', 'open "a\\"b"', "open 'it\\'s'"],
  ["rock'n'roll", "rock'n'roll"],
  ['"…" it', "'a' it", "'é1' it"],
  ["x'a' ü'b' x7'd'", "x'a' ü'b' x7'd'"],
  ['in <path> or <path>', 'in ~/a/b.txt or ../c', 'in D:\\a\\b or ./d/', 'in /x or C:\\y'],
  ['and/or <n>.<n>', 'and/or 1.-2'],
  ['deadbeef but <id>', 'deadbeef but deadbee7', 'deadbeef but 0123456789abcdef'],
  ['<n> and worker12', '1234567 and worker12'],
  ['timeout after <n> ms', 'timeout after 30000 ms', 'timeout after 1,500.25 ms'],
]

/** A person knows these failures by their number. */
const told: readonly (readonly [fingerprint: string, ...messages: readonly string[]])[] = [
  ['429', '429'],
  ['ModelAPIError: 429', 'ModelAPIError: 429'],
  ['NotFound: <n>', 'NotFound: 4711'],
  ['429 Too Many Requests, try again in <n> s', '429 Too Many Requests, try again in 30 s'],
  ['exit code 7: connection refused (db:<n>)', 'exit code 7: connection refused (db:5432)'],
  ['killed by signal 9 after <n> s', 'killed by signal 9 after 31 s'],
  ['exited with -1', 'exited with -1'],
  ['Request failed with status code 404', 'Request failed with status code 404'],
  ['HTTP/<n> 503 for <url>', 'HTTP/1.1 503 for http://a/7', 'HTTP/2 503 for http://b/8'],
  ['status=500, order <n>', 'status=500, order 4711', 'status=500, order 4712'],
  ['<n> tests failed', '3 tests failed', '17 tests failed'],
  ['<n>', '4711', '1.5'],
  ['code <n>', 'code 4711', 'code 1.5'],
  ['status <n> of <n>', 'status 7 of 12'],
]

test.each(told)('[T142] [E223] %s', (fingerprint, ...messages) => {
  for (const message of messages)
    expect(errorFingerprint({ step: null, name: null, message })).toBe(fingerprint)
})

test.each(alike)('[T142] %s', (fingerprint, ...messages) => {
  for (const message of messages)
    expect(errorFingerprint({ step: null, name: null, message })).toBe(fingerprint)
})

test('[T142] step and class tell failures apart; items of a step and what is said twice do not', () => {
  expect(of('load', 'TimeoutError', 'too slow')).toBe('load: TimeoutError: too slow')
  expect(of('load', 'Error', 'load failed: too slow')).toBe('load: too slow')
  expect(of('load', null, 'Error: too slow…')).toBe('load: too slow')
  expect(of('load[3]', null, 'too slow')).toBe(of('load[17]', null, 'too slow'))
  expect(of('load', null, 'too slow')).not.toBe(of('save', null, 'too slow'))
  expect(of(null, null, '')).toBe('')
  expect(of(null, null, 'x'.repeat(500))).toBe('x'.repeat(120))
  expect(of(null, null, 'x'.repeat(120))).toBe('x'.repeat(120))
  expect(of(null, null, `${'x'.repeat(119)}🚀`)).toBe('x'.repeat(119))
  expect(of(null, null, `🚀${'x'.repeat(200)}`)).toBe(`🚀${'x'.repeat(118)}`)
  expect(of('load[3]', null, 'x')).toBe('load[…]: x')
  expect(of('load', 'Refused', ' Step load failed: Refused: too slow ')).toBe(
    'load: Refused: too slow',
  )
  expect(of('load', null, 'load: too … slow')).toBe('load: too … slow')
  expect(of(null, null, 'null: too slow')).toBe('null: too slow')
})

test('[T142] a log in the place of a message is one too', () => {
  expect(of('load', null, `no "${'x'.repeat(20_000_000)}" here`)).toBe('load: no "…"')
})

function of(step: string | null, name: string | null, message: string): string {
  return errorFingerprint({ step, name, message })
}
