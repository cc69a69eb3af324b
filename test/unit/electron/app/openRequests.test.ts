import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { askedFor } from '../../../../electron/app/askedFor.ts'
import { createOpenRequests } from '../../../../electron/app/openRequests.ts'

test('[E232] what is asked for before, while and after the application begins is opened', () => {
  const app = new EventEmitter()
  const prevented: string[] = []
  const ask = (event: string, target: string): void =>
    void app.emit(event, { preventDefault: () => prevented.push(target) }, target)
  const requests = createOpenRequests(app as never) // it takes what Electron's own takes
  ask('open-file', '/srv/one.unstuck')
  ask('open-url', 'unstuck://runs')
  expect(requests.early()).toBe('unstuck://runs')
  expect(requests.early()).toBeNull()
  ask('open-file', '/srv/meanwhile.unstuck')

  const opened: string[] = []
  requests.onRequest((target) => opened.push(target))
  ask('open-file', '/srv/later.unstuck')

  expect(opened).toEqual(['/srv/meanwhile.unstuck', '/srv/later.unstuck'])
  expect(requests.early()).toBeNull()
  expect(prevented).toHaveLength(4)
})

test.each([
  [['--no-sandbox', '/srv/a b.unstuck'], '/srv/a b.unstuck'],
  [['runs.unstuck'], '/home/ada/runs.unstuck'],
  [['file:///srv/a%20b.unstuck'], '/srv/a b.unstuck'],
  [['unstuck://run/a/history'], 'unstuck://run/a/history'],
  [['--inspect'], null],
  [[], null],
] as const)('[E233] %j asks for %j', (words, path) => {
  expect(askedFor(words, '/home/ada')).toBe(path)
})
