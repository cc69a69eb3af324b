import { expect, test } from 'vitest'
import { commandEntries } from '../../../../../renderer/features/palette/commandEntries.ts'
import { runRoute, type RouteSide } from '../../../../../renderer/state/route.ts'

const side = (document: string, checkpoint: string | null): RouteSide => ({
  document,
  format: 'unstuck',
  checkpoint,
})

test('[L145] a run offers the commands of its format, and choosing one copies what is shown', () => {
  const copied: string[] = []
  const offered = (format: 'unstuck' | 'unstuck-v1') =>
    commandEntries({
      subject: { document: 'pay 1', format },
      route: runRoute('pay 1'),
      copy: (text) => copied.push(text),
    })
  expect(offered('unstuck-v1').map(({ note }) => note)).toEqual(["unstuck show 'pay 1'"])
  const pause = offered('unstuck').find(({ title }) => title === 'Copy as command: pause')
  pause?.run()
  expect([pause?.disabled, copied]).toEqual([null, ["unstuck pause 'pay 1'"]])
})

test('[L145] a comparison offers its own command, and one side of it none', () => {
  const compared = (right: RouteSide | null) =>
    commandEntries({
      subject: null,
      route: { kind: 'compare', left: side('a', 'cp-1'), right },
      copy: () => {},
    }).map(({ note }) => note)
  expect(compared(side('b', null))).toEqual(['unstuck diff a@cp-1 b'])
  expect(compared(null)).toEqual([])
})
