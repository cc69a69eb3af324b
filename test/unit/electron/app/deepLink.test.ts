import { describe, expect, test } from 'vitest'
import { hashOfLink } from '../../../../electron/app/deepLink.ts'
import { decodeRoute } from '../../../../renderer/state/decodeRoute.ts'

describe('a link to a view', () => {
  test('[L140] names a run and a checkpoint, and is read by the router of the page', () => {
    const hash = hashOfLink('unstuck://run/order-20260102t030405z-a1b2/state?checkpoint=c7')
    expect(hash).toBe('#/run/order-20260102t030405z-a1b2/state?checkpoint=c7')
    expect(decodeRoute(hash ?? '')).toMatchObject({
      kind: 'run',
      document: 'order-20260102t030405z-a1b2',
      tab: 'state',
      checkpoint: 'c7',
    })
  })

  test.each([
    '/srv/runs',
    'https://example.org/',
    'unstuck:',
    'unstuck://',
    'unstuck://run/a b',
    'unstuck://run/a#/b',
    'unstuck://run/\u0000',
    'unstuck://run/\u202eexe',
    `unstuck://run/${'a'.repeat(3000)}`,
  ])('[L140] %j is none', (text) => expect(hashOfLink(text)).toBeNull())
})
