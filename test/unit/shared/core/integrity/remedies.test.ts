import { expect, test } from 'vitest'
import { commands } from '../../../../../electron/cli/commands.ts'
import { contract } from '../../../../../shared/contract/contract.ts'
import { ruleTable } from '../../../../../shared/core/integrity/ruleTable.ts'
import { notRepaired } from '../../../../../shared/core/repair/state/stateRepairs.ts'
import { listFiles, readText } from '../../../../architecture/source.ts'

/** What a remedy can send a person to: how it says so, the call that does it, and the command. */
const ways = [
  { says: /\brepair\b/i, call: 'repair.plan', command: 'repair' },
  { says: /\bin Raw\b/, call: 'run.raw', command: 'show' },
  { says: /\bedit\b/, call: 'edit.plan', command: 'edit' },
  { says: /\bhistory\b/, call: 'run.history', command: 'show' },
  { says: /\bthe logs?\b/, call: 'run.log', command: 'show' },
  { says: /\bresume\b/, call: 'resume.plan', command: 'resume' },
  { says: /\breset the step\b/i, call: 'edit.plan', command: 'edit' },
  { says: /\bbreak the lock\b/, call: 'lock.break', command: 'lock' },
  { says: /"Clean up"/, call: 'cleanup.plan', command: 'cleanup' },
  { says: /\btrash\b/, call: 'cleanup.restore', command: 'restore' },
  { says: /\bmigrate\b/, call: 'migrate.plan', command: 'migrate' },
  { says: /\bcheck again\b/, call: 'run.check', command: 'check' },
] as const

/** What only a person, another program or the next write can do: said so, word for word. */
const elsewhere: Readonly<Record<string, string>> = {
  C8: 'Open it with the version of Unstuck that wrote it; this one leaves it as it is.',
  C10: 'The next write of the head corrects it.',
  F5: 'Set the value right in the file; until then it cannot be migrated.',
  I15: 'Tell them apart by their sequence numbers.',
  I69: 'The clock of the machine was set back, or two machines with different clocks wrote.',
  I76: 'Its run was moved or deleted by hand. Delete the folder when nobody needs it.',
}

test('[I96] a remedy of an integrity rule names a way that is there: a call, and a command', () => {
  const known = new Set(commands.map(({ name }) => name))
  expect(ways.filter(({ call, command }) => !(call in contract) || !known.has(command))).toEqual([])
  const lost = ruleTable.filter(({ id, remedy }) => {
    if (remedy === null) return id !== 'I17'
    return elsewhere[id] === undefined
      ? !ways.some(({ says }) => says.test(remedy))
      : elsewhere[id] !== remedy
  })
  expect(lost.map(({ id, remedy }) => [id, remedy])).toEqual([])
  const used = ways.filter(({ says }) => ruleTable.some(({ remedy }) => says.test(remedy ?? '')))
  expect(used).toEqual(ways)
})

test('[I96] Repair is named exactly where there is a repair', () => {
  const wrong = ruleTable.filter(
    ({ id, remedy }) => /\brepair/i.test(remedy ?? '') === id in notRepaired,
  )
  expect(wrong.map(({ id, remedy }) => [id, remedy])).toEqual([])
})

/** As they are called where processes are looked at. */
const threads = ['reading', 'sweep', 'disk', 'stamps', 'seal']

test('[I97] every command line that a text names begins with a command that is there', () => {
  const known = new Set<string>([...commands.map(({ name }) => name), ...threads])
  const paths = ['shared', 'electron', 'renderer'].flatMap((one) => listFiles(one, /\.tsx?$/))
  const named = paths.flatMap((path) =>
    [...readText(path).matchAll(/[`"'( ]unstuck ([a-z]+)\b(?= |`|'|"|\.|,|$)/g)].map(
      ([, word = '']) => `${word} in ${path}`,
    ),
  )
  expect(named.length).toBeGreaterThan(80)
  const wrong = named.filter((one) => !known.has(one.slice(0, one.indexOf(' '))))
  expect(wrong).toEqual([])
})
