import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { commands } from '../../../../electron/cli/commands.ts'
import { parse } from '../../../../electron/cli/parse.ts'
import { resumeCommand } from '../../../../renderer/features/resume/resumeCommand.ts'
import { startCommand } from '../../../../renderer/features/start/startCommand.ts'
import {
  cleanupCommand,
  compareCommand,
  migrateCommand,
  repairCommand,
  restoreCommand,
  runCommand,
  runVerbs,
} from '../../../../renderer/state/actionCommands.ts'
import { noPolicy } from '../../../../renderer/state/policyDraft.ts'
import { fieldsOf } from '../../../../shared/core/form/fieldsOf.ts'

const odd = [
  'plain-20260102-ab12',
  'a b/état $HOME `id` "q".json',
  "it's; rm -rf ~ #.json",
  '-rf',
  '--apply',
  '=ls',
  '~/x*?[a]!{b}\\',
  'two\nlines',
]
const choices = {
  from: null,
  fork: true,
  definition: 'current',
  acceptLoss: true,
  definitionFile: '',
  stopAfter: '-last step',
  answers: { "pay'1": { kind: 'happened', outputText: '{"a":"b c"}' } },
  inputsText: '{"-who":"$USER"}',
  variables: null,
  mapping: { '-old': 'new one' },
} as const

describe('the command line understands', () => {
  test.each(odd)('[L145] a repair of %j', (name) => {
    const line = repairCommand(name, { source: '-backup 1', rejected: ['fix 1', '--fix'] })
    expect(understood(line)).toMatchObject({
      name: 'repair',
      positionals: [name],
      values: { apply: true, plan: false, source: '-backup 1', reject: ['fix 1', '--fix'] },
    })
  })

  test('[L145] a migration of one document, of all, and a clean-up', () => {
    expect(understood(migrateCommand("it's -old.json"))).toMatchObject({
      name: 'migrate',
      positionals: ["it's -old.json"],
      values: { apply: true, rollback: false },
    })
    expect(understood(migrateCommand(null))).toMatchObject({ name: 'migrate', positionals: [] })
    const days = { completed: 30, failed: 0.5, cancelled: null }
    const line = cleanupCommand({
      ...noPolicy,
      days,
      maxRunsPerWorkflow: 20,
      maxBytes: 2_000_000_000,
    })
    expect(understood(line ?? '').values).toMatchObject({
      apply: true,
      'completed-days': '30',
      'failed-days': '0.5',
      'cancelled-days': undefined,
      keep: '20',
      'max-bytes': '2000000000',
    })
    expect(cleanupCommand(noPolicy)).toBeNull()
  })

  test.each(runVerbs)('[L145] %s of any run', (verb) => {
    for (const name of odd) {
      expect(understood(runCommand(verb, name))).toMatchObject({ name: verb, positionals: [name] })
    }
  })

  test('[L145] what is restored, and what is compared', () => {
    expect(understood(restoreCommand(odd))).toMatchObject({ name: 'restore', positionals: odd })
    const left = { document: 'a b', checkpoint: 'cp-1' }
    const line = compareCommand(left, { document: '-b', checkpoint: null })
    expect(understood(line ?? '')).toMatchObject({ name: 'diff', positionals: ['a b@cp-1', '-b'] })
    expect(compareCommand(left, { document: 'mail@home.json', checkpoint: null })).toBeNull()
  })

  test('[L145] a resume with every choice, and a start with odd inputs', () => {
    expect(understood(resumeCommand('-pay', choices))).toMatchObject({
      name: 'resume',
      positionals: ['-pay'],
      values: {
        fork: true,
        'current-definition': true,
        'accept-loss': true,
        'stop-after': '-last step',
        map: ['-old=new one'],
        input: ['-who="$USER"'],
        decide: ["pay'1=happened"],
        output: [`pay'1={"a":"b c"}`],
      },
    })
    const fields = [...fieldsOf({ '-who': { type: 'string' } })]
    expect(
      understood(startCommand({ path: '-a.yaml', fields }, { '-who': '$(id)' })),
    ).toMatchObject({
      name: 'run',
      positionals: ['-a.yaml'],
      values: { input: ['-who=$(id)'] },
    })
  })
})

/** What `unstuck` makes of the line, once a POSIX shell has read it. */
function understood(line: string) {
  const script = line.replace(/^unstuck /, String.raw`printf '%s\0' `)
  const words = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)
  const { command, positionals, values } = parse(words, commands)
  return { name: command?.name, positionals, values }
}
