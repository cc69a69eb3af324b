import { describe, expect, it } from 'vitest'
import { errorLabels, wholeErrorLabels } from '../../../../renderer/state/errorLabels.ts'

describe('labels of errors in the rail', () => {
  it('leave out the class', () => {
    expect(errorLabels(['load: ExitCode: No such table: runs'])).toEqual([
      'load: No such table: runs',
    ])
    expect(errorLabels(['pay: requests.exceptions.Timeout: read timed out'])).toEqual([
      'pay: read timed out',
    ])
    expect(errorLabels(['Fetch: no route'])).toEqual(['Fetch: no route'])
    expect(errorLabels(['TypeError: x is not a function'])).toEqual(['x is not a function'])
  })

  it('lead with what a command wrote last, or with how it ended', () => {
    const ended = 'load: ExitCode: The command of step load ended with exit code <n>'

    expect(errorLabels([`${ended}: cat: fixed: No such file`])).toEqual([
      'load: cat: fixed: No such file',
    ])
    expect(errorLabels([`${ended}.`])).toEqual(['load: ended with exit code <n>'])
    const missing =
      'a: ExitCode: The command of step a was not found (exit code <n>): sh: x: not found'
    expect(errorLabels([missing])).toEqual(['a: sh: x: not found'])
    expect(errorLabels(['a: Signal: The command of step a was ended by SIGKILL.'])).toEqual([
      'a: was ended by SIGKILL',
    ])
  })

  it('lead with what differs where others begin with the same words', () => {
    const start = 'The service of payments answered with:'
    const texts = [`load: HttpError: ${start} gone`, `pay: HttpError: ${start} no funds`]

    expect(errorLabels(texts)).toEqual(['load: …gone', 'pay: …no funds'])
  })

  it('are whole where nothing else is left, or little would be cut', () => {
    const shorter = 'load: ExitCode: The command ended'
    const longer = 'load: ExitCode: The command ended with a signal'

    expect(errorLabels([shorter, longer])).toEqual([
      'load: The command ended',
      'load: …with a signal',
    ])
    expect(errorLabels(['a: No luck', 'b: No way'])).toEqual(['a: No luck', 'b: No way'])
    expect(errorLabels(['a: KeyError: same words here', 'b: KeyError: same words here'])).toEqual([
      'a: same words here',
      'b: same words here',
    ])
  })

  it('tell two errors apart, whatever it takes', () => {
    const texts = ['load: KeyError: id', 'load: ValueError: id']

    expect(errorLabels(texts)).toEqual(texts)
  })

  it('are the text itself where it has no parts', () => {
    expect(errorLabels(['cancelled', ''])).toEqual(['cancelled', ''])
  })

  it('keep shared words where there is room for them', () => {
    const start = 'The service of payments answered with:'
    expect(
      wholeErrorLabels([
        `load: HttpError: ${start} gone`,
        'load: KeyError: id',
        'a: ValueError: id',
        'a: KeyError: id',
      ]),
    ).toEqual([`load: ${start} gone`, 'load: id', 'a: ValueError: id', 'a: KeyError: id'])
  })
})
