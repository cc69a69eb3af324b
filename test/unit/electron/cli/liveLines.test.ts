import { expect, it } from 'vitest'
import { createLiveLines } from '../../../../electron/cli/liveLines.ts'

function lines(isTty: boolean) {
  const written: string[] = []
  const live = createLiveLines({
    say: (line) => void written.push(`${line}\n`),
    write: (text) => void written.push(text),
    paint: (_, text) => text,
    isTty,
    json: false,
  })
  return { live, written }
}

it('[X24] on a terminal there is a line for each step that runs below what happened, and none is left', () => {
  const { live, written } = lines(true)
  live.follow('build', 'stepStarted')
  live.say('build started.')
  live.follow('test', 'stepStarted')
  live.say('test started.')
  live.follow('build', 'stepSucceeded')
  live.say('build succeeded.')
  live.close()
  expect(written).toEqual([
    'build started.\n',
    '  build runs, 0 s\n',
    '\u001B[1A\u001B[0J',
    'test started.\n',
    '  build runs, 0 s\n',
    '  test runs, 0 s\n',
    '\u001B[2A\u001B[0J',
    'build succeeded.\n',
    '  test runs, 0 s\n',
    '\u001B[1A\u001B[0J',
  ])
})

it('[X24] of very many steps the first are shown, and how many there are more', () => {
  const { live, written } = lines(true)
  for (let index = 0; index < 20; index++) live.follow(`s${index}`, 'stepStarted')
  live.say('all started.')
  live.close()
  expect(written).toContain('  and 12 more steps\n')
})

it('[X24] elsewhere there are plain lines only', () => {
  const { live, written } = lines(false)
  live.follow('build', 'stepStarted')
  live.say('build started.')
  live.close()
  expect(written).toEqual(['build started.\n'])
})
