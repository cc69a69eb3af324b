import { expect, it } from 'vitest'
import { createSessions } from '../../../../electron/remote/sessions.ts'

const token = 'x'.repeat(43)

/** Sessions of one process, and its clock. */
function world(given: string = token) {
  const clock = { ms: 0 }
  return { clock, sessions: createSessions({ token: given, idleMs: 1000, nowMs: () => clock.ms }) }
}

it('[X116] a session lives as long as somebody uses it, and its end is for good', () => {
  const { clock, sessions } = world()
  const { secret } = sessions.open()

  clock.ms = 900
  sessions.find(secret)?.touch()
  clock.ms = 1800
  const isAlive = sessions.find(secret) !== null
  clock.ms = 1900
  const ended = sessions.find(secret)
  clock.ms = 1901

  expect([isAlive, ended, sessions.find(secret)]).toEqual([true, null, null])
})

it('[X117] a session of before a restart with the same token is known for as long as it could have been used', () => {
  const { secret } = world().sessions.open()
  const again = world()
  const other = world('y'.repeat(43))

  const [known, foreign] = [again.sessions.find(secret), other.sessions.find(secret)]
  const late = world()
  late.clock.ms = 1000

  expect([known === null, foreign, late.sessions.find(secret)]).toEqual([false, null, null])
})

it.each(['', '.', 'a.b', `${'a'.repeat(43)}.${'b'.repeat(43)}`, token])(
  '[X116] "%s" is no session',
  (secret) => {
    expect(world().sessions.find(secret)).toBeNull()
  },
)
