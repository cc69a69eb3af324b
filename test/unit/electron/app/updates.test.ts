import { expect, test } from 'vitest'
import { feedOf, offerUpdate, type Updater } from '../../../../electron/app/updates.ts'

test.each([
  [undefined, null, { kind: 'off' }],
  ['', null, { kind: 'off' }],
  ['', 'https://kept.example/', { kind: 'on', url: 'https://kept.example/' }],
  ['https://a.example/x', 'https://kept.example/', { kind: 'on', url: 'https://a.example/x' }],
  ['http://127.0.0.1:8080/', null, { kind: 'on', url: 'http://127.0.0.1:8080/' }],
  ['http://a.example/', null, { kind: 'refused', why: expect.stringContaining('no https') }],
  ['file:///srv/feed', null, { kind: 'refused', why: expect.stringContaining('no https') }],
  ['feed', null, { kind: 'refused', why: expect.stringContaining('feed is no https address') }],
] as const)('[E234] the environment says %j, the file %j', (named, kept, feed) => {
  expect(feedOf({ UNSTUCK_UPDATE_FEED: named }, kept)).toEqual(feed)
})

test('[E235] nothing is downloaded before a person agreed, or where nothing is newer', async () => {
  const asked: string[] = []
  const answer = (isYes: boolean) => async (question: { readonly message: string }) => {
    asked.push(question.message)
    return isYes
  }

  const same = recording(null)
  expect(await offerUpdate(same.updater, '0.1.0', answer(true))).toBe('none')
  expect(same.done).toEqual(['check'])
  expect(asked).toEqual([])

  const refused = recording('0.2.0')
  expect(await offerUpdate(refused.updater, '0.1.0', answer(false))).toBe('declined')
  expect(refused.done).toEqual(['check'])

  const agreed = recording('0.2.0')
  expect(await offerUpdate(agreed.updater, '0.1.0', answer(true))).toBe('prepared')
  expect(agreed.done).toEqual(['check', 'prepare'])
  expect(asked.at(-1)).toBe('Unstuck 0.2.0 is there. This is 0.1.0.')
})

function recording(newer: string | null): { updater: Updater; done: string[] } {
  const done: string[] = []
  const updater: Updater = {
    check: async () => {
      done.push('check')
      return newer
    },
    prepare: async () => void done.push('prepare'),
  }
  return { updater, done }
}
